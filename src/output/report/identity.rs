//! Why several ids are one person, for whoever is listed.

use fluent_bundle::FluentValue;
use serde::Serialize;

use super::phrases::{chance, some_of};
use crate::finding::{MergeFinding, Recruiter};
use crate::output::percent::percent;
use crate::output::words::Words;

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
pub(super) fn identity(one: &Recruiter, together: f64, words: &Words) -> Option<IdentityView> {
    const SHOWN: usize = 8;
    if one.merges.is_empty() {
        return None;
    }
    let mut merges: Vec<&MergeFinding> = one.merges.iter().collect();
    merges.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    Some(IdentityView {
        ids: one.person_ids.len(),
        together: chance(together, words),
        surer: merges.len().saturating_sub(SHOWN),
        merges: merges.into_iter().take(SHOWN).map(|one| merge(one, words)).collect(),
    })
}

/// Why two ids are one person, field by field, the weightiest first.
fn merge(one: &MergeFinding, words: &Words) -> String {
    const FIELDS: usize = 8;
    let mut values: Vec<(&str, FluentValue<'_>)> =
        ["left", "right"].into_iter().zip(one.person_ids.iter().map(Into::into)).collect();
    if one.weights.iter().any(|(_, bits)| bits.is_infinite()) {
        return words.with("merge-decided", &values);
    }
    let mut weights = one.weights.clone();
    weights.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
    let weights: Vec<String> = weights.iter().map(|one| weight(one, words)).collect();
    values.push(("chance", percent(one.probability).into()));
    values.push(("weights", some_of(&weights, FIELDS, words).into()));
    words.with("merge-weighed", &values)
}

/// `phone +12.6`.
fn weight((field, bits): &(&str, f64), words: &Words) -> String {
    let sign = if bits.is_sign_negative() { "−" } else { "+" };
    format!("{} {sign}{}", words.term("field", field), words.fixed(bits.abs(), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    #[test]
    fn the_weightiest_field_comes_first_and_a_decision_is_called_one() {
        let found = |weights| MergeFinding {
            person_ids: ["p1".into(), "p2".into()],
            probability: 0.98,
            weights,
        };
        let worked_out = found(vec![("before comparing", -7.4), ("phone", 12.6)]);
        let said = |one: &MergeFinding, lang| merge(one, &Words::of(lang));
        assert_eq!(
            said(&worked_out, Lang::En),
            "p1 and p2: 98%; phone +12.6, before comparing −7.4."
        );
        assert_eq!(
            said(&worked_out, Lang::Nl),
            "p1 en p2: 98%; telefoon +12,6, vóór de vergelijking −7,4."
        );
        let decided = found(vec![("decided by a person", f64::INFINITY)]);
        assert_eq!(said(&decided, Lang::En), "p1 and p2: a person decided so.");
    }
}
