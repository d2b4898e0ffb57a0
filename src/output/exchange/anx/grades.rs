//! Grades of rows as the three lists of a chart: source, information and handling.

use std::collections::BTreeSet;

use crate::finding::Evidence;
use crate::output::exchange::chart::Chart;
use crate::untrusted::Untrusted;

/// The first of each list, which stands for no grade.
const UNGRADED: &str = "not graded";

/// The three lists of all grades on a map.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Grades([Vec<Untrusted>; 3]);

impl Grades {
    /// Walks the rows once; holds what grades there are, not one a row.
    pub(super) fn of(chart: &Chart<'_>) -> Self {
        let mut lists: [BTreeSet<Untrusted>; 3] = Default::default();
        let of_nodes = chart.nodes().flat_map(|(_, node)| &node.evidence);
        let of_edges = chart.edges().flat_map(|(_, edge)| &edge.evidence);
        let grades: BTreeSet<(&Untrusted, &Untrusted)> =
            of_nodes.chain(of_edges).map(|row| (&row.grade, &row.handling)).collect();
        for parts in grades.into_iter().map(|(grade, handling)| handled(grade, handling)) {
            for (list, part) in lists.iter_mut().zip(parts) {
                list.extend(part);
            }
        }
        Self(lists.map(|list| [UNGRADED.into()].into_iter().chain(list).collect()))
    }

    /// The texts of each list, in the order of their numbers.
    pub(super) fn lists(&self) -> &[Vec<Untrusted>; 3] {
        &self.0
    }

    /// The places in the lists of the parts of a row's grade.
    pub(super) fn places(&self, row: Option<&Evidence>) -> [usize; 3] {
        let parts = row.map_or([None, None, None], |row| handled(&row.grade, &row.handling));
        let mut places = [0; 3];
        for ((place, part), list) in places.iter_mut().zip(parts).zip(&self.0) {
            let graded = list.get(1..).unwrap_or_default();
            *place = part.and_then(|part| graded.binary_search(&part).ok()).map_or(0, |at| at + 1);
        }
        places
    }
}

/// The parts of a grade, and the handling code of a column of its own with that of the grade.
fn handled(grade: &Untrusted, handling: &Untrusted) -> [Option<Untrusted>; 3] {
    let [source, information, own] = parts(grade);
    let own_and_beside = own.iter().chain(Some(handling).filter(|code| !code.is_empty()));
    let both = Untrusted::joined(own_and_beside, "; ");
    [source, information, Some(both).filter(|both| !both.is_empty())]
}

/// What a grade says of the source, the information and its handling: `B2`, `5x5x5:B22`, `3x5x2:reliable-A-P`, `4x4:A1H0`. A
/// probability is one of the information. The scheme stands before each part where the grade names it, as its letters mean other things.
fn parts(grade: &Untrusted) -> [Option<Untrusted>; 3] {
    let all = grade.pieces(|grade| taken_apart(grade).into());
    let mut all = all.into_iter().map(|part| Some(part).filter(|part| !part.is_empty()));
    [(); 3].map(|()| all.next().flatten())
}

/// The three parts; what there is not is empty.
fn taken_apart(grade: &str) -> [String; 3] {
    let (scheme, marks) = grade.split_once(':').unwrap_or(("", grade));
    let named = |part: &str| {
        let part = part.trim();
        let scheme = scheme.trim();
        match (part, scheme) {
            ("", _) | (_, "") => part.to_owned(),
            _ => format!("{scheme} {part}"),
        }
    };
    if marks.contains('-') {
        let mut parts = marks.splitn(3, '-');
        return [(); 3].map(|()| parts.next().map(named).unwrap_or_default());
    }
    if marks.trim().parse::<f64>().is_ok() {
        return [String::new(), named(marks), String::new()];
    }
    let mut rest = marks.trim().chars();
    let source = rest.next().map(String::from).unwrap_or_default();
    let information = rest.next().map(String::from).unwrap_or_default();
    [named(&source), named(&information), named(rest.as_str())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_of_the_contract_is_taken_apart() {
        let cases = [
            ("B2", ["B", "2", ""]),
            ("5x5x5:B22", ["5x5x5 B", "5x5x5 2", "5x5x5 2"]),
            ("3x5x2:reliable-A-P", ["3x5x2 reliable", "3x5x2 A", "3x5x2 P"]),
            ("4x4:A1H0", ["4x4 A", "4x4 1", "4x4 H0"]),
            ("0.8", ["", "0.8", ""]),
            ("", ["", "", ""]),
        ];
        for (grade, expected) in cases {
            let parts = parts(&grade.into()).map(Option::unwrap_or_default);
            assert_eq!(parts, expected, "{grade}");
        }
    }
}
