//! Readings of who is who, beside the best one.

use super::Entities;
use crate::case::Case;

/// Readings of who is who that the evidence allows, drawn as often as they are likely.
///
/// By sample and by row of `people`: the lowest row of the same person in that sample.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    labels: Vec<Vec<u32>>,
}

impl Samples {
    /// No reading beside the best one: who is who is taken as certain.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Samples from one list of labels each, all of the length of `people`.
    #[must_use]
    pub fn new(labels: Vec<Vec<u32>>) -> Self {
        Self { labels }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// By row of `people`: the lowest row of the same person in this sample.
    ///
    /// # Panics
    ///
    /// If there is no such sample.
    #[must_use]
    pub fn labels(&self, sample: usize) -> &[u32] {
        &self.labels[sample]
    }
}

impl Samples {
    /// The share of the pairs among `rows` that are one person, over all samples on average; 1 where there is no pair or no sample.
    #[must_use]
    pub fn cohesion(&self, rows: &[u32]) -> f64 {
        // Each pair both ways round.
        let pairs = |count: usize| (count * count.saturating_sub(1)) as f64;
        if rows.len() < 2 || self.labels.is_empty() {
            return 1.0;
        }
        let together = |labels: &Vec<u32>| {
            let mut own: Vec<u32> = rows.iter().map(|&row| labels[row as usize]).collect();
            own.sort_unstable();
            own.chunk_by(|a, b| a == b).map(|group| pairs(group.len())).sum::<f64>()
        };
        let total: f64 = self.labels.iter().map(together).sum();
        total / (pairs(rows.len()) * self.labels.len() as f64)
    }
}

/// Why two mentions are read as one person: what each field says, as weights of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The two rows of `people`.
    pub rows: (u32, u32),
    /// The chance that they are one person.
    pub probability: f64,
    /// By field: the logarithm to base 2 of how many times likelier its values are for one person than for two.
    pub weights: Vec<(&'static str, f64)>,
}

/// Who is who: the best reading, and how far others are possible.
///
/// # Examples
///
/// ```
/// let case = kluwen::Case::open("graphs/study25")?;
/// let identities = kluwen::identity::Identities::as_given(&case);
/// assert_eq!(identities.entities.len(), 200);
/// assert!(identities.samples.is_empty());
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Identities {
    /// The best reading.
    pub entities: Entities,
    /// Others, as often as they are likely; none where the best reading is certain.
    pub samples: Samples,
    /// Why mentions were read as one person.
    pub merges: Vec<Merge>,
}

impl Identities {
    /// Each `person_id` is a person of its own, for certain: what the owner of the data says.
    #[must_use]
    pub fn as_given(case: &Case) -> Self {
        Self { entities: Entities::as_given(case), samples: Samples::none(), merges: Vec::new() }
    }

    /// The same people in a case of the same rows of `people`, of whose other rows there are more or fewer: who is protected is what that case says.
    #[must_use]
    pub(crate) fn in_case(self, case: &Case) -> Self {
        Self { entities: self.entities.in_case(case), ..self }
    }
}
