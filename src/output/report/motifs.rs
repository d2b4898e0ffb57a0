//! Motifs, as a reader sees them.

use serde::Serialize;

use super::phrases::{listed, or_dash};
use crate::finding::{Findings, Motif, MotifInstance};
use crate::output::words::Words;

/// One motif, with its first instances.
#[derive(Debug, Serialize)]
pub(super) struct MotifView {
    name: String,
    what: String,
    count: u32,
    certain: u32,
    undated: usize,
    expected: String,
    p: String,
    /// How many instances are not shown.
    more: usize,
    instances: Vec<InstanceView>,
}

#[derive(Debug, Serialize)]
struct InstanceView {
    people: String,
    dates: String,
    sure: String,
    above: String,
    rows: String,
}

/// So many instances of each are shown; the others are in `findings.json`.
const SHOWN: usize = 8;

/// The motifs of which there is an instance.
pub(super) fn motifs(findings: &Findings, words: &Words) -> Vec<MotifView> {
    findings.motifs.iter().filter(|one| one.count > 0).map(|one| motif(one, words)).collect()
}

fn motif(one: &Motif, words: &Words) -> MotifView {
    let shown: Vec<InstanceView> =
        one.instances.iter().take(SHOWN).map(|one| instance(one, words)).collect();
    MotifView {
        name: words.term("motif", one.motif),
        what: words.term("motif-what", one.motif),
        count: one.count,
        certain: one.certain,
        undated: one.undated,
        expected: or_dash(one.expected.map(|expected| words.decimal(expected))),
        p: match one.p {
            _ if one.underpowered => words.say("underpowered"),
            Some(p) => words.fixed(p, 3),
            None => "–".into(),
        },
        more: one.count as usize - shown.len(),
        instances: shown,
    }
}

fn instance(one: &MotifInstance, words: &Words) -> InstanceView {
    InstanceView {
        people: one.people.join(" → "),
        dates: one.dates.join(", "),
        sure: words.say(if one.certain { "sure-certain" } else { "sure-possible" }),
        above: listed(one.above.iter().map(ToString::to_string)),
        rows: one.rows.join(", "),
    }
}
