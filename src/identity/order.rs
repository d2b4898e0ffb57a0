//! The order of ids as people count: `p9` before `p10`.

use std::cmp::Ordering;

use crate::case::Case;

/// The rows of `people` in the order of their ids.
pub(super) fn by_id(case: &Case) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..).take(case.people.len()).collect();
    let id = |row: u32| case.text(case.people[row as usize].person);
    rows.sort_by(|&a, &b| natural(id(a), id(b)));
    rows
}

/// Compares two ids, digits as numbers; ids that only differ in leading zeros by their bytes.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(&x), Some(&y)) = (left.first(), right.first()) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (number_x, rest_x) = number(left);
            let (number_y, rest_y) = number(right);
            (left, right) = (rest_x, rest_y);
            number_x.len().cmp(&number_y.len()).then(number_x.cmp(number_y))
        } else {
            (left, right) = (&left[1..], &right[1..]);
            x.cmp(&y)
        };
        if order.is_ne() {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// The digits that `text` begins with, without leading zeros, and what follows them.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let zeros = text[..end].iter().take_while(|&&b| b == b'0').count();
    (&text[zeros..end], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_ids_count_as_numbers() {
        let mut ids = vec!["p10", "p9", "q1", "p", "p09", "p9b", "9", "10"];
        ids.sort_by(|a, b| natural(a, b));
        assert_eq!(ids, ["9", "10", "p", "p09", "p9", "p9b", "p10", "q1"]);
    }

    #[test]
    fn every_pair_of_ids_has_an_order() {
        use std::cmp::Ordering::{Equal, Greater, Less};
        for (a, b, order) in [
            ("p2", "p10", Less),
            ("p10q2", "p10q11", Less),
            ("p10q2", "p9q11", Greater),
            ("p007", "p7", Less),
            ("p007b", "p7a", Greater),
            ("p1", "pa", Less),
            ("a1", "a1", Equal),
            ("a", "ab", Less),
            ("a0", "a", Greater),
            ("18446744073709551616", "18446744073709551615", Greater),
        ] {
            assert_eq!(natural(a, b), order, "{a} {b}");
            assert_eq!(natural(b, a), order.reverse(), "{b} {a}");
        }
    }

    #[test]
    fn people_stand_in_the_order_of_their_ids() {
        let case = super::super::sketch::case(&[("people.csv", "person_id\np10\np9\na1\n")]);
        assert_eq!(by_id(&case), [2, 1, 0]);
    }
}
