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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Symbols;
    use crate::finding::evidence::Strand;
    use crate::finding::sketch;
    use crate::finding::weights::EvidenceClass as Class;

    fn symbols() -> [Symbol; 4] {
        let mut symbols = Symbols::default();
        ["c1", "c2", "s1", "s2"].map(|text| symbols.intern(text))
    }

    fn item(class: Class, source: usize, certainty: f64) -> Item {
        sketch::item(class, symbols()[1 + source], certainty)
    }

    /// Strands of one actor, each with its case, its victim and its items.
    fn record(of: &[(usize, Option<u32>, &[Item])]) -> Record {
        let mut record = Record::default();
        for (case, victim, items) in of {
            let start = record.items.len();
            record.items.extend_from_slice(items);
            record.strands.push(Strand {
                actor: 7,
                victim: *victim,
                case: symbols()[*case],
                items: start..record.items.len(),
                factor: 0.5,
                lacks_count: false,
                presence: 0,
                came_later: false,
            });
        }
        record
    }

    #[test]
    fn where_a_role_is_all_there_is_it_is_of_some_one_of_several() {
        let role = [item(Class::RoleRecruiter, 1, 0.6)];
        let helper = [item(Class::RoleHelper, 2, 0.9)];
        let act = [item(Class::Groomed, 1, 0.4), item(Class::Recruited, 2, 0.8)];
        let record = record(&[
            (0, Some(1), &role),
            (0, Some(2), &act),
            (0, Some(3), &role),
            (1, Some(4), &helper),
        ]);
        let units = Units::of(&record);
        let told: Vec<_> = units.units.iter().map(|unit| (unit.case, unit.victim)).collect();
        let [c1, c2, s1, _] = symbols();
        assert_eq!(told, [(c1, Some(2)), (c1, None), (c2, Some(4))]);
        let strands: Vec<&[usize]> =
            units.units.iter().map(|unit| units.strands_of(unit)).collect();
        assert_eq!(strands, [&[1][..], &[0, 2], &[3]]);
        assert!(
            units
                .units
                .iter()
                .all(|unit| unit.actor == 7 && unit.factor.to_bits() == 0.5_f64.to_bits())
        );

        let speaks: Vec<bool> = units.units.iter().map(|unit| unit.speaks).collect();
        assert_eq!(speaks, [true, true, false], "a helper's role does not speak of recruiting");
        let voices: Vec<_> = units.units.iter().map(|unit| unit.voice).collect();
        assert_eq!(voices, [None, Some((s1, Symbol::EMPTY, false)), None]);

        let ratios = units.ratios(&[2.0, 5.0, 4.0, 0.5]);
        for (got, want) in ratios.into_iter().zip([5.0, 3.0, 0.5]) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        let surest =
            |unit: usize| units.surest(&record, &units.units[unit], |one| one.assertion.certainty);
        for (unit, want) in [(0, 0.8), (1, 0.6), (2, 0.0)] {
            assert!((surest(unit) - want).abs() < 1e-12, "{unit}");
        }
    }

    #[test]
    fn it_was_when_the_acts_were_and_else_when_anything_was() {
        let when = |text: &str| When::parse(text).expect("a date");
        let day = |text| when(text).earliest().expect("a day").number();
        let of = |dated: &[(Class, &str)]| {
            dates(&dated.iter().map(|&(class, text)| (class, when(text))))
        };
        let (tie, act) = (Class::Tied, Class::Groomed);
        let both = [(tie, "2015-01-01"), (act, "2019-03-02"), (act, "2019-02"), (act, "unknown")];
        assert_eq!(of(&both), Some((day("2019-02-01"), day("2019-03-02"))));
        let undated = [(tie, "2015-01-01"), (act, "unknown"), (tie, "2015-03-01")];
        assert_eq!(of(&undated), Some((day("2015-01-01"), day("2015-03-01"))));
        assert_eq!(of(&[(act, "2019")]), None, "a year says too little");
        assert_eq!(of(&[]), None);
        // 92 days from first to last, and 93.
        assert!(days(when("2019-01-01/2019-04-03")).is_some());
        assert!(days(when("2019-01-01/2019-04-04")).is_none());
    }
}
