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

#[cfg(test)]
mod tests {
    use super::super::trial::lines;
    use super::*;

    #[test]
    fn weights_add_up_field_by_field_and_anew_for_each_pair() {
        let merge = |ids: [&str; 2], weights: &[(&'static str, f64)]| MergeFinding {
            person_ids: ids.map(str::to_owned),
            probability: 0.98765,
            weights: weights.to_vec(),
        };
        let merges = [
            merge(["p1", "p2"], &[("name", 8.25), ("birth", -2.5), ("phone", -5.75)]),
            merge(["p1", "p3"], &[("decision", f64::INFINITY), ("name", 1.0)]),
            merge(["p2", "p3"], &[("sex", -0.04)]),
        ];
        assert_eq!(
            lines(&waterfall(&merges)),
            [
                "p1,p2,0.988,name,8.3,8.3",
                "p1,p2,0.988,birth,-2.5,5.8",
                "p1,p2,0.988,phone,-5.8,0",
                "p1,p3,0.988,decision,,",
                "p1,p3,0.988,name,1,",
                "p2,p3,0.988,sex,0,0"
            ]
        );
    }
}
