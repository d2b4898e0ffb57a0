//! One recruiter of the findings: the episodes, what each rests on, and what would change the place.

use serde::Serialize;

use super::{Caution, GradeReading, MissingRow, OverExpression, Rate};
use crate::identity::{EntityId, VictimId};

/// Somebody who may have recruited in two or more separate episodes.
#[derive(Clone, Debug, Serialize)]
pub struct Recruiter {
    /// From 1.
    pub rank: usize,
    /// Who.
    pub entity: EntityId,
    /// The pseudonym under a key, where ids are shown so; the same person has the same one in every run under that key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pseudonym: Option<String>,
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// The chance that this person brought victims into exploitation in two or more episodes.
    pub recurrence: f64,
    /// The 5 % and 95 % quantile of the rank when uncertain rows come and go.
    pub rank_interval: [usize; 2],
    /// How many victims are expected.
    pub expected_victims: f64,
    /// How many episodes are expected.
    pub expected_episodes: f64,
    /// In what roles, in how many cases, as recorded: `recruiter`, 3.
    pub roles: Vec<(&'static str, usize)>,
    /// What speaks for caution.
    pub cautions: Vec<Caution>,
    /// The episodes, in order of time.
    pub episodes: Vec<Episode>,
    /// The chance that this is one person with somebody protected; such readings count as no recurrence.
    pub may_be_protected: f64,
    /// The chance that this person recruited anybody in the last 24 months of the data.
    pub active_now: f64,
    /// Victims recruited for each case, shrunken.
    pub rate: Option<Rate>,
    /// Whether ties of a recruiter are more than chance gives.
    pub over_expression: Option<OverExpression>,
    /// Recurrence and rank under three readings of the grades.
    pub grade_readings: Vec<GradeReading>,
    /// Without the one case file that matters most.
    pub without_case: Option<Without>,
    /// Without the one source that matters most.
    pub without_source: Option<Without>,
    /// Recurrence when recruitments in any files a month apart or less are one episode.
    pub recurrence_by_gap: f64,
    /// The fewest rows found without which the recurrence is under .5; none where it is so with them.
    pub decisive_rows: Vec<String>,
    /// What, if it were on record, would raise the recurrence most.
    pub would_raise: Vec<Change>,
    /// Which mentions were put together as this person, and why.
    pub merges: Vec<MergeFinding>,
}

/// What is left of a person's place without one case file or source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Without {
    /// The case file or source.
    pub what: String,
    /// The recurrence then.
    pub recurrence: f64,
    /// The rank then.
    pub rank: usize,
}

/// What would change a recurrence, and to what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What would have to be on record.
    pub what: MissingRow,
    /// The recurrence then.
    pub recurrence: f64,
}

/// Why two ids are read as one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergeFinding {
    /// The two ids.
    pub person_ids: [String; 2],
    /// The chance that they are one person.
    pub probability: f64,
    /// By field: the weight of evidence, as a logarithm to base 2; infinite where a person decided.
    pub weights: Vec<(&'static str, f64)>,
}

/// A connected cluster of recruitments by one person.
#[derive(Clone, Debug, Serialize)]
pub struct Episode {
    /// The first day of any of its evidence.
    pub start: Option<String>,
    /// The last day of any of its evidence.
    pub end: Option<String>,
    /// In which cases.
    pub case_ids: Vec<String>,
    /// Of whom.
    pub victims: Vec<VictimId>,
    /// The chance that this person recruited at least one of them.
    pub probability: f64,
    /// The rows that say so: `links.csv:88`.
    pub evidence: Vec<String>,
    /// The same, item by item.
    pub items: Vec<EvidenceItem>,
}

/// One row's evidence that a person recruited a victim.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceItem {
    /// Of whom; none where a role is recorded in a case without a victim on record.
    pub victim: Option<VictimId>,
    /// What sort of evidence: `recruited`, `first_contact`, `role recruiter`.
    pub class: &'static str,
    /// Where: `links.csv:88`.
    pub row: String,
    /// The document or statement, as recorded.
    pub source: String,
    /// How sure the row is.
    pub certainty: f64,
    /// How many times likelier a recruitment is when such a row is true, as this case has it.
    pub weight: f64,
    /// When, as recorded.
    pub date: String,
    /// Through which channel, where recorded.
    pub channel: String,
}
