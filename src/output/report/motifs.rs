//! Motifs, as a reader sees them.

use serde::Serialize;

use super::words::decimal;
use crate::finding::{Findings, Motif, MotifInstance};

/// One motif, with its first instances.
#[derive(Debug, Serialize)]
pub(super) struct MotifView {
    name: &'static str,
    what: &'static str,
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
    sure: &'static str,
    above: String,
    rows: String,
}

/// So many instances of each are shown; the others are in `findings.json`.
const SHOWN: usize = 8;

/// The motifs of which there is an instance.
pub(super) fn motifs(findings: &Findings) -> Vec<MotifView> {
    findings.motifs.iter().filter(|one| one.count > 0).map(motif).collect()
}

fn motif(one: &Motif) -> MotifView {
    let (name, what) = told(one.motif);
    let shown: Vec<InstanceView> = one.instances.iter().take(SHOWN).map(instance).collect();
    MotifView {
        name,
        what,
        count: one.count,
        certain: one.certain,
        undated: one.undated,
        expected: one.expected.map_or("–".into(), decimal),
        p: match one.p {
            _ if one.underpowered => "underpowered".into(),
            Some(p) => format!("{p:.3}"),
            None => "–".into(),
        },
        more: one.count as usize - shown.len(),
        instances: shown,
    }
}

fn told(motif: &str) -> (&'static str, &'static str) {
    match motif {
        "repeat_recruit" => {
            ("Brings in one after another", "one person brings in a victim, and soon the next")
        }
        "handover" => ("Handed on", "one person brings in a victim, and soon another takes her"),
        "recruit_ad_client" => {
            ("Brought in, offered, bought", "soon after one another, the first time each")
        }
        "return" => ("Comes back", "acts upon a victim again after exploitation of her had ended"),
        _ => (
            "Victims who brought in others",
            "after somebody had acted upon them: look at who stood above them, and do not accuse them",
        ),
    }
}

fn instance(one: &MotifInstance) -> InstanceView {
    let above: Vec<String> = one.above.iter().map(ToString::to_string).collect();
    InstanceView {
        people: one.people.join(" → "),
        dates: one.dates.join(", "),
        sure: if one.certain { "certain" } else { "possible" },
        above: if above.is_empty() { "–".into() } else { above.join(", ") },
        rows: one.rows.join(", "),
    }
}
