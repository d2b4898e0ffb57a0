//! Why ids are one person, as a waterfall of weights.

use kluwen::finding::MergeFinding;
use kluwen::output::{Cell, Sheet};

use super::recruiters::rounded;

/// A row a field, and how far the weights have come with it; no number where a person decided.
pub(crate) fn waterfall<'a>(merges: impl IntoIterator<Item = &'a MergeFinding>) -> Sheet {
    let mut sheet = Sheet::new(["one_id", "other_id", "probability", "field", "bits", "so_far"]);
    for MergeFinding { person_ids: [one, other], probability, weights } in merges {
        let mut sum = 0.0;
        for &(field, bits) in weights {
            sum += bits;
            let number = |bits: f64| if bits.is_finite() { tenths(bits) } else { Cell::Missing };
            sheet.push([
                one.clone().into(),
                other.clone().into(),
                rounded(*probability),
                field.into(),
                number(bits),
                number(sum),
            ]);
        }
    }
    sheet
}

/// Tenths of a bit: finer differences persuade nobody. Adding nothing makes a plain zero of a negative one.
fn tenths(bits: f64) -> Cell {
    Cell::from((bits * 10.0).round() / 10.0 + 0.0)
}
