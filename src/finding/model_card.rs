//! The model card: what the findings rest on, how often they err, and where they are known to fail.

use serde::Serialize;

use super::Recruiter;
use super::engine::Engine;
use super::failings::{KnownFailure, SyntheticError};
use crate::case::{Case, Taken};

/// What a reader must know of the model before he uses its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelCard {
    /// What the files hold, and what they lack.
    pub coverage: Coverage,
    /// By threshold: how many are listed, and how many of them should be expected to be no recurring recruiters.
    pub cuts: Vec<Cut>,
    /// What each class of rows is worth, as this case has it.
    pub evidence: Measured,
    /// Errors on invented cases with known truth, and how they were measured.
    pub synthetic_error: SyntheticError,
    /// Where the model is known to fail.
    pub known_failures: &'static [KnownFailure],
}

/// A list cut at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cut {
    /// The least recurrence.
    pub recurrence: f64,
    /// How many are listed.
    pub listed: usize,
    /// How many of them should be expected to be no recurring recruiters: the sum of 1 − recurrence.
    pub expected_innocents: f64,
}

/// What the files hold, and what they lack.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// By table: rows, and the share of cells in which nothing is recorded.
    pub tables: Vec<TableCoverage>,
    /// Case files.
    pub cases: usize,
    /// Sources named.
    pub sources: usize,
    /// The share of rows that name a source.
    pub with_source: Option<f64>,
    /// The share of rows that carry a grade; the others have the certainty of their table.
    pub graded: Option<f64>,
    /// The mean certainty of roles and links.
    pub mean_certainty: Option<f64>,
}

/// The rows of a table, and what is missing from the cells that findings read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableCoverage {
    /// The table.
    pub table: &'static str,
    /// Its rows.
    pub rows: usize,
    /// By column: the share of rows in which nothing is recorded.
    pub missing: Vec<(&'static str, f64)>,
}

/// What rows are worth after the data have moved the rates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// The chance that an offender on record in a victim's case recruited her.
    pub recruiting: f64,
    /// Pairs of offender and victim that the rates are from, beside the prior.
    pub pairs: usize,
    /// By class.
    pub classes: Vec<MeasuredClass>,
}

/// The rates of a class after the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeasuredClass {
    /// The class.
    pub class: &'static str,
    /// How often it is on record for who recruited her.
    pub recruiter: f64,
    /// How often for other offenders.
    pub other: f64,
}

/// The thresholds at which lists are cut.
const CUTS: [f64; 3] = [0.5, 0.8, 0.9];

/// What is known of errors on invented cases. A number stands here only if a command of this repository measured it.
/// That command is `cargo bench --bench recurrence`; `benches/README.md` has the whole table.
const SYNTHETIC_ERROR: SyntheticError = SyntheticError {
    cases: 20,
    victims: 500,
    listed: 0.5,
    announced: [0.11, 0.19],
    observed: [0.15, 0.18],
    found: [0.83, 0.51],
};

impl ModelCard {
    pub(super) fn of(taken: &Taken, recruiters: &[Recruiter], evidence: Measured) -> Self {
        Self {
            coverage: coverage(&taken.case),
            cuts: CUTS.map(|least| cut(recruiters, least)).to_vec(),
            evidence,
            synthetic_error: SYNTHETIC_ERROR,
            known_failures: &KnownFailure::ALL,
        }
    }
}

fn cut(recruiters: &[Recruiter], least: f64) -> Cut {
    let listed = recruiters.iter().filter(|one| one.recurrence >= least);
    Cut {
        recurrence: least,
        listed: listed.clone().count(),
        expected_innocents: listed.map(|one| 1.0 - one.recurrence).sum(),
    }
}

impl Measured {
    pub(super) fn of(engine: &Engine<'_>) -> Self {
        let pairs = engine.record.strands.iter();
        let pairs = pairs.filter(|strand| strand.factor >= 1.0 && strand.victim.is_some());
        let class = |rate: &super::ClassRates| MeasuredClass {
            class: rate.class.name(),
            recruiter: rate.recruiter,
            other: rate.other,
        };
        Self {
            recruiting: engine.weights.recruiting,
            pairs: pairs.count(),
            classes: engine.weights.rates.iter().map(class).collect(),
        }
    }
}

fn share(count: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}

/// A column, and in how many rows of it nothing is recorded.
type Lack = (&'static str, usize);

fn coverage(case: &Case) -> Coverage {
    let assertions = || {
        let of_roles = case.roles.iter().map(|role| role.assertion);
        of_roles.chain(case.links.iter().map(|link| link.assertion))
    };
    let rows = assertions().count();
    let mut sources: Vec<_> = assertions().filter_map(|one| one.source.known()).collect();
    let with_source = sources.len();
    sources.sort_unstable();
    sources.dedup();
    let graded = assertions().filter(|one| one.grade.is_known()).count();
    let certainty: f64 = assertions().map(|one| one.certainty).sum();
    Coverage {
        tables: tables(case),
        cases: super::analysis::case_count(case),
        sources: sources.len(),
        with_source: share(with_source, rows),
        graded: share(graded, rows),
        mean_certainty: (rows > 0).then(|| certainty / rows as f64),
    }
}

fn tables(case: &Case) -> Vec<TableCoverage> {
    let people = || case.people.iter();
    let (roles, links) = (|| case.roles.iter(), || case.links.iter());
    let identifiers = || case.identifiers.iter();
    let victims = roles().filter(|role| role.role.is_victim()).count();
    let table = |table, rows: usize, lacks: Vec<Lack>| TableCoverage {
        table,
        rows,
        missing: lacks
            .into_iter()
            .filter_map(|(column, count)| Some((column, share(count, rows)?)))
            .collect(),
    };
    let no_minor = roles().filter(|role| role.role.is_victim() && role.minor.is_none()).count();
    let mut found = vec![
        table(
            "people",
            case.people.len(),
            vec![("name", people().filter(|one| !one.name.is_known()).count())],
        ),
        table(
            "roles",
            case.roles.len(),
            vec![("status", roles().filter(|one| one.status.is_none()).count())],
        ),
        table(
            "links",
            case.links.len(),
            vec![
                ("case_id", links().filter(|one| !one.case.is_known()).count()),
                ("start", links().filter(|one| !one.start.is_known()).count()),
            ],
        ),
        table(
            "identifiers",
            case.identifiers.len(),
            vec![("value", identifiers().filter(|one| !one.value.is_known()).count())],
        ),
    ];
    found.push(table("victims' roles", victims, vec![("minor", no_minor)]));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::recruiter;
    use crate::identity::EntityId;
    use crate::identity::sketch::case;

    #[test]
    fn a_list_is_cut_at_a_recurrence_and_its_innocents_are_what_is_left_to_one() {
        let of = |recurrence| recruiter(EntityId::from_number(0), recurrence);
        let all = [of(0.95), of(0.8), of(0.79), of(0.1)];
        let found = cut(&all, 0.8);
        assert_eq!((found.recurrence.to_bits(), found.listed), (0.8_f64.to_bits(), 2));
        assert!((found.expected_innocents - 0.25).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_the_files_lack_is_counted_column_by_column() {
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id,name\np1,Rob\np2,\np3,\np4,\n"),
            (
                "roles.csv",
                "case_id,person_id,role,status,minor,source,grade\nc1,p1,driver,suspect,,s1,0.5\nc1,p2,victim,,yes,s1,\n\
                 c1,p3,victim,,,s2,\nc1,p4,victim,victim,no,,\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,start,source,grade\nl1,p1,p2,paid,c1,2019-01-01,s2,0.7\nl2,p1,p3,paid,,,,0.9\n",
            ),
            ("identifiers.csv", "person_id,kind,value\np1,phone,06-98700142\n"),
        ]);
        let found = coverage(&case);
        let tables: Vec<_> =
            found.tables.iter().map(|one| (one.table, one.rows, one.missing.clone())).collect();
        assert_eq!(
            tables,
            [
                ("people", 4, vec![("name", 0.75)]),
                ("roles", 4, vec![("status", 0.5)]),
                ("links", 2, vec![("case_id", 0.5), ("start", 0.5)]),
                ("identifiers", 1, vec![("value", 0.0)]),
                ("victims' roles", 3, vec![("minor", 1.0 / 3.0)]),
            ]
        );
        // Four of six rows name a source, of which there are two; three have a grade.
        assert_eq!((found.cases, found.sources), (1, 2));
        assert_eq!((found.with_source, found.graded), (Some(4.0 / 6.0), Some(0.5)));
        let none = coverage(&crate::identity::sketch::case(&[
            ("people.csv", "person_id\np1\n"),
            ("roles.csv", "case_id,person_id,role\n"),
        ]));
        assert_eq!((none.with_source, none.mean_certainty), (None, None));
        assert!(none.tables[1].missing.is_empty(), "of no rows nothing is missing");
    }
}
