//! Why several ids are one person, for whoever is listed.

use serde::Serialize;

use super::words::{chance, some_of};
use crate::finding::{MergeFinding, Recruiter};
use crate::output::percent::percent;

/// The merges behind a person, the loosest first: what he hangs together by.
#[derive(Debug, Serialize)]
pub(super) struct IdentityView {
    ids: usize,
    together: String,
    merges: Vec<String>,
    /// How many merges, all surer than these, are in `findings.json` only.
    surer: usize,
}

/// None for a person of one id; `together` is how sure it is that the ids are one person.
pub(super) fn identity(one: &Recruiter, together: f64) -> Option<IdentityView> {
    const SHOWN: usize = 8;
    if one.merges.is_empty() {
        return None;
    }
    let mut merges: Vec<&MergeFinding> = one.merges.iter().collect();
    merges.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    Some(IdentityView {
        ids: one.person_ids.len(),
        together: chance(together),
        surer: merges.len().saturating_sub(SHOWN),
        merges: merges.into_iter().take(SHOWN).map(merge).collect(),
    })
}

/// Why two ids are one person, field by field, the weightiest first.
fn merge(one: &MergeFinding) -> String {
    const FIELDS: usize = 8;
    let [left, right] = &one.person_ids;
    if one.weights.iter().any(|(_, bits)| bits.is_infinite()) {
        return format!("{left} and {right}: a person decided so.");
    }
    let mut weights = one.weights.clone();
    weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
    let weights: Vec<String> =
        weights.iter().map(|(field, bits)| format!("{field} {bits:+.1}")).collect();
    format!("{left} and {right}: {}; {}.", percent(one.probability), some_of(&weights, FIELDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_field_comes_first_and_a_decision_is_called_one() {
        let found = |weights| MergeFinding {
            person_ids: ["p1".into(), "p2".into()],
            probability: 0.98,
            weights,
        };
        let worked_out = found(vec![("before comparing", -7.4), ("phone", 12.6)]);
        assert_eq!(merge(&worked_out), "p1 and p2: 98%; phone +12.6, before comparing -7.4.");
        let decided = found(vec![("decided by a person", f64::INFINITY)]);
        assert_eq!(merge(&decided), "p1 and p2: a person decided so.");
    }
}
