//! Who else somebody may be: what readings beside the best one say.

use std::collections::BTreeMap;

use serde::Serialize;

use super::MergeFinding;
use crate::case::{Case, IdKind};
use crate::identity::{EntityId, Identities, Merge};

/// Somebody else with whom a person is one in some readings of who is who.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Who.
    pub entity: EntityId,
    /// The code under which that person is shown: `V9` for a victim.
    pub code: String,
    /// The ids that are that person.
    pub person_ids: Vec<String>,
    /// The share of readings in which at least one id of the one is a person with at least one of the other.
    pub chance: f64,
}

impl Alternative {
    /// All with whom `entity` may be one person, the likeliest first; none where who is who is certain.
    ///
    /// - **Cost**: O(samples × people).
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::finding::Alternative;
    /// use kluwen::identity::Identities;
    ///
    /// let case = kluwen::Case::open("graphs/study25")?;
    /// let given = Identities::as_given(&case);
    /// for entity in given.entities.iter() {
    ///     assert!(Alternative::all(&case, &given, entity).is_empty());
    /// }
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    #[must_use]
    pub fn all(case: &Case, identities: &Identities, entity: EntityId) -> Vec<Self> {
        let Identities { entities, samples, .. } = identities;
        let mut together: BTreeMap<EntityId, usize> = BTreeMap::new();
        for sample in 0..samples.len() {
            for other in others(identities, samples.labels(sample), entity) {
                *together.entry(other).or_default() += 1;
            }
        }
        let alternative = |(other, readings): (EntityId, usize)| Self {
            entity: other,
            code: entities.code(other),
            person_ids: entities.person_ids(case, other).map(Into::into).collect(),
            chance: readings as f64 / samples.len() as f64,
        };
        let mut all: Vec<Self> = together.into_iter().map(alternative).collect();
        all.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.entity.cmp(&b.entity)));
        all
    }
}

/// Who has a mention that one reading puts together with a mention of `entity`; each once.
fn others(identities: &Identities, labels: &[u32], entity: EntityId) -> Vec<EntityId> {
    let entities = &identities.entities;
    let mut own: Vec<u32> = entities.rows(entity).iter().map(|&row| labels[row as usize]).collect();
    own.sort_unstable();
    let mut others: Vec<EntityId> = (0..)
        .zip(labels)
        .filter(|(_, label)| own.binary_search(label).is_ok())
        .map(|(row, _)| entities.of_row(row))
        .filter(|&other| other != entity)
        .collect();
    others.sort_unstable();
    others.dedup();
    others
}

impl MergeFinding {
    /// A merge, with the ids of the files.
    ///
    /// # Panics
    ///
    /// If the merge is of another case.
    #[must_use]
    pub fn of(case: &Case, merge: &Merge) -> Self {
        let id = |row: u32| case.shown(IdKind::Person, case.people[row as usize].person).to_owned();
        Self {
            person_ids: [id(merge.rows.0), id(merge.rows.1)],
            probability: merge.probability,
            weights: merge.weights.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Samples;

    #[test]
    fn a_chance_is_the_share_of_readings() {
        let case = Case::open("graphs/known/path5").expect("it is in the repository");
        let count = u32::try_from(case.people.len()).expect("five");
        let alone: Vec<u32> = (0..count).collect();
        let mut one = alone.clone();
        one[2] = 0;
        let samples = Samples::new(vec![alone.clone(), one.clone(), one, alone]);
        let identities = Identities { samples, ..Identities::as_given(&case) };
        let [first, third] = [0, 2].map(|row| identities.entities.of_row(row));
        let found = Alternative::all(&case, &identities, first);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].entity, found[0].chance.to_bits()), (third, 0.5_f64.to_bits()));
        assert_eq!(Alternative::all(&case, &identities, identities.entities.of_row(1)), []);
    }
}
