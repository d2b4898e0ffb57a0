//! The pieces of evidence that cannot be of two episodes: one actor, one victim, one case.

use std::collections::BTreeMap;
use std::ops::Range;

use super::evidence::{Item, Record, Voice};
use super::weights::EvidenceClass;
use crate::case::{Symbol, When};

/// What is on record between one mention and one victim in one case; or between him and some one of several, where
/// all that is on record is his role in their case.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) actor: u32,
    /// The row of the victim; none where it is not known which.
    pub(super) victim: Option<u32>,
    pub(super) case: Symbol,
    /// The strands it is made of, as places in `Units::strands`.
    strands: Range<usize>,
    /// The days on which it can have been.
    pub(super) days: Option<(i32, i32)>,
    pub(super) factor: f64,
    /// Whether a row of it speaks of recruiting at all.
    pub(super) speaks: bool,
    /// Its one voice, if all that speaks is one.
    pub(super) voice: Option<Voice>,
}

/// All units of a case, and of which strands they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    strands: Vec<usize>,
}

/// An interval wider than this says too little of when it was.
const VAGUE_DAYS: i32 = 92;

impl Units {
    pub(super) fn of(record: &Record) -> Self {
        let mut by_role_only: BTreeMap<(Symbol, u32), Vec<usize>> = BTreeMap::new();
        let mut all = Self::default();
        for (at, strand) in record.strands.iter().enumerate() {
            if record.items_of(strand).iter().any(|item| !item.class.is_role()) {
                all.push(record, &[at]);
            } else {
                by_role_only.entry((strand.case, strand.actor)).or_default().push(at);
            }
        }
        for strands in by_role_only.values() {
            all.push(record, strands);
        }
        all
    }

    fn push(&mut self, record: &Record, strands: &[usize]) {
        let first = &record.strands[strands[0]];
        let items = || strands.iter().flat_map(|&at| record.items_of(&record.strands[at]));
        let speaking = || items().filter(|item| item.class.speaks());
        let voice = speaking().next().map(|item| item.voice);
        let start = self.strands.len();
        self.strands.extend(strands);
        self.units.push(Unit {
            actor: first.actor,
            victim: if strands.len() == 1 { first.victim } else { None },
            case: first.case,
            strands: start..self.strands.len(),
            days: dates(&items().map(|item| (item.class, item.when))),
            factor: first.factor,
            speaks: voice.is_some(),
            voice: voice.filter(|voice| speaking().all(|item| item.voice == *voice)),
        });
    }

    pub(super) fn strands_of(&self, unit: &Unit) -> &[usize] {
        &self.strands[unit.strands.clone()]
    }

    /// The likelihood ratio of each unit, from those of the strands: their mean, because he
    /// recruited one of them and each is as likely to be the one.
    pub(super) fn ratios(&self, by_strand: &[f64]) -> Vec<f64> {
        let mean = |unit: &Unit| {
            let own = self.strands_of(unit);
            own.iter().map(|&at| by_strand[at]).sum::<f64>() / own.len() as f64
        };
        self.units.iter().map(mean).collect()
    }

    /// How sure the surest row is that speaks of recruiting.
    pub(super) fn surest(&self, record: &Record, unit: &Unit, holds: impl Fn(&Item) -> f64) -> f64 {
        let strands = self.strands_of(unit).iter().map(|&at| &record.strands[at]);
        let items = strands.flat_map(|strand| record.items_of(strand));
        items.filter(|item| item.class.speaks()).map(holds).fold(0.0, f64::max)
    }
}

/// From when to when: by the acts that bring her in, or where none has a date, by all that has one.
fn dates(items: &(impl Iterator<Item = (EvidenceClass, When)> + Clone)) -> Option<(i32, i32)> {
    let span = |acts: bool| {
        let own = items.clone().filter(|(class, _)| class.is_act() || !acts);
        own.filter_map(|(_, when)| days(when))
            .reduce(|(from, until), (first, last)| (from.min(first), until.max(last)))
    };
    span(true).or_else(|| span(false))
}

fn days(when: When) -> Option<(i32, i32)> {
    let (earliest, latest) = (when.earliest()?.number(), when.latest()?.number());
    (i64::from(latest) - i64::from(earliest) <= i64::from(VAGUE_DAYS)).then_some((earliest, latest))
}
