//! Grades of rows as the three lists of a chart: source, information and handling.

use std::collections::BTreeSet;

use crate::finding::Evidence;
use crate::output::exchange::chart::Chart;

/// The first of each list, which stands for no grade.
const UNGRADED: &str = "not graded";

/// The three lists of all grades on a map.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Grades([Vec<String>; 3]);

impl Grades {
    /// Walks the rows once; holds what grades there are, not one a row.
    pub(super) fn of(chart: &Chart<'_>) -> Self {
        let mut lists: [BTreeSet<String>; 3] = Default::default();
        let of_nodes = chart.nodes().flat_map(|(_, node)| &node.evidence);
        let of_edges = chart.edges().flat_map(|(_, edge)| &edge.evidence);
        let grades: BTreeSet<(&str, &str)> = of_nodes
            .chain(of_edges)
            .map(|row| (row.grade.as_str(), row.handling.as_str()))
            .collect();
        for parts in grades.into_iter().map(|(grade, handling)| handled(grade, handling)) {
            for (list, part) in lists.iter_mut().zip(parts) {
                list.extend(part);
            }
        }
        Self(lists.map(|list| [UNGRADED.to_owned()].into_iter().chain(list).collect()))
    }

    /// The texts of each list, in the order of their numbers.
    pub(super) fn lists(&self) -> &[Vec<String>; 3] {
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
fn handled(grade: &str, handling: &str) -> [Option<String>; 3] {
    let [source, information, own] = parts(grade);
    let handling = Some(handling).filter(|code| !code.is_empty());
    let both = match (own, handling) {
        (Some(own), Some(handling)) => Some(format!("{own}; {handling}")),
        (own, handling) => own.or(handling.map(Into::into)),
    };
    [source, information, both]
}

/// What a grade says of the source, the information and its handling: `B2`, `5x5x5:B22`, `3x5x2:reliable-A-P`, `4x4:A1H0`. A
/// probability is one of the information. The scheme stands before each part where the grade names it, as its letters mean other things.
fn parts(grade: &str) -> [Option<String>; 3] {
    let (scheme, marks) = grade.split_once(':').unwrap_or(("", grade));
    let named = |part: &str| {
        let part = part.trim();
        let scheme = scheme.trim();
        match (part, scheme) {
            ("", _) => None,
            (_, "") => Some(part.to_owned()),
            _ => Some(format!("{scheme} {part}")),
        }
    };
    if marks.contains('-') {
        let mut parts = marks.splitn(3, '-');
        return [(); 3].map(|()| parts.next().and_then(named));
    }
    if marks.trim().parse::<f64>().is_ok() {
        return [None, named(marks), None];
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
            assert_eq!(parts(grade).map(Option::unwrap_or_default), expected, "{grade}");
        }
    }
}
