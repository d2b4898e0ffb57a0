//! How many times likelier the rows on record are if he recruited her than if he did not.

use super::evidence::{Item, Record, Strand};
use super::weights::{ClassRates, EvidenceClass as Class, EvidenceWeights};

const CLASSES: usize = Class::ALL.len();

/// Neither a row nor all rows of a pair make a recruitment likelier by more than this, nor rarer by less than its
/// inverse: a class is never so pure as few rows make it look, and rows of several sources err together at times.
const MOST: f64 = 100.0;

/// The weight of each class of rows, as likelihood ratios.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ratios {
    /// Where there is such a row.
    present: [f64; CLASSES],
    /// Where there is none, though acts against her are on record.
    absent: [f64; CLASSES],
    /// The odds that an offender on record recruited her, before any row is read.
    pub(super) odds: f64,
    /// How much rarer a second recruiter is than independence would have it.
    second: f64,
}

/// What a strand's rows say of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    /// A row says so, with this certainty.
    Present(f64),
    /// No row says so, and one might be expected.
    Absent,
    /// Nothing can be told.
    Silent,
}

impl Ratios {
    pub(super) fn new(rates: &[ClassRates], recruiting: f64, second: f64) -> Self {
        let bound = |ratio: f64| ratio.clamp(1.0 / MOST, MOST);
        let (mut present, mut absent) = ([1.0; CLASSES], [1.0; CLASSES]);
        for rate in rates {
            let at = rate.class.number();
            present[at] = bound(rate.recruiter / rate.other.max(1e-9));
            absent[at] = bound((1.0 - rate.recruiter) / (1.0 - rate.other).max(1e-9));
        }
        let recruiting = recruiting.clamp(1e-6, 1.0 - 1e-6);
        Self { present, absent, odds: recruiting / (1.0 - recruiting), second }
    }

    pub(super) fn of(weights: &EvidenceWeights) -> Self {
        Self::new(&weights.rates, weights.recruiting, weights.second)
    }

    /// How many times likelier a row of this class makes it that he recruited her.
    pub(super) fn of_class(&self, class: Class) -> f64 {
        self.present[class.number()]
    }

    /// What the rows of a strand say of each class, where `holds` is the chance that an item's row is true.
    ///
    /// Of what one voice says, the strongest counts and the rest is silent; voices are independent.
    pub(super) fn signs(
        &self,
        strand: &Strand,
        items: &[Item],
        holds: impl Fn(&Item) -> f64,
    ) -> [Sign; CLASSES] {
        let mut misses = [1.0; CLASSES];
        let mut seen = [false; CLASSES];
        let mut rest = items;
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|item| item.voice == first.voice).count();
            let (own, others) = rest.split_at(length);
            rest = others;
            let mut strongest: Option<(&Item, f64, f64)> = None;
            for item in own {
                let certainty = holds(item);
                if certainty <= 0.0 {
                    continue;
                }
                seen[item.class.number()] = true;
                let worth = certainty * self.present[item.class.number()];
                if strongest.is_none_or(|(_, most, _)| worth > most) {
                    strongest = Some((item, worth, certainty));
                }
            }
            if let Some((item, _, certainty)) = strongest {
                misses[item.class.number()] *= 1.0 - certainty;
            }
        }
        let acts = Class::ALL.iter().any(|class| class.is_act() && seen[class.number()]);
        Class::ALL.map(|class| {
            let at = class.number();
            match (seen[at], misses[at] < 1.0) {
                (true, true) => Sign::Present(1.0 - misses[at]),
                (true, false) => Sign::Silent,
                _ if class.is_role() => Sign::Silent,
                _ if class == Class::CameFirst && !strand.came_later => Sign::Silent,
                _ if class == Class::Tied && acts => Sign::Silent,
                _ if strand.lacks_count => Sign::Absent,
                _ => Sign::Silent,
            }
        })
    }

    /// The likelihood ratio of a strand by its own rows.
    pub(super) fn own(&self, strand: &Strand, items: &[Item], holds: impl Fn(&Item) -> f64) -> f64 {
        let signs = self.signs(strand, items, holds);
        let mut ratio = 1.0;
        let mut role: Option<f64> = None;
        for (class, sign) in Class::ALL.into_iter().zip(signs) {
            let at = class.number();
            let value = match sign {
                Sign::Present(certainty) => {
                    certainty * self.present[at] + (1.0 - certainty) * self.neutral(class)
                }
                Sign::Absent => self.absent[at],
                Sign::Silent => continue,
            };
            // Of two roles in one case the weightier one tells his part.
            if class.is_role() {
                role = Some(role.map_or(value, |other| other.max(value)));
            } else {
                ratio *= value;
            }
        }
        (ratio * role.unwrap_or(1.0)).clamp(1.0 / MOST, MOST)
    }

    /// What a row that is not true leaves: nothing said of a role, and the lack of an act.
    fn neutral(&self, class: Class) -> f64 {
        if class.is_role() { 1.0 } else { self.absent[class.number()] }
    }

    /// The likelihood ratios of all strands, competitors for one victim explained.
    ///
    /// One person, rarely more, recruited a victim in a case: what speaks for another speaks
    /// against him. `P(who recruited = S)` is proportional to `∏ odds · second^(|S| - 1)`. Where `drops` a
    /// strand, it is as if its actor were not on record there.
    ///
    /// # Cost
    ///
    /// `O(items)`.
    pub(super) fn all(
        &self,
        record: &Record,
        holds: impl Fn(&Item) -> f64,
        drops: impl Fn(&Strand) -> bool,
    ) -> Vec<f64> {
        let own: Vec<f64> = record
            .strands
            .iter()
            .map(|strand| {
                if drops(strand) { 0.0 } else { self.own(strand, record.items_of(strand), &holds) }
            })
            .collect();
        let mut all = own;
        for occasion in &record.occasions {
            let strands = &record.strands[occasion.clone()];
            if strands[0].victim.is_some() {
                self.compete(strands, &mut all[occasion.clone()]);
            }
        }
        all
    }

    /// Turns the own ratios of an occasion into ratios that know of the others.
    pub(super) fn compete(&self, strands: &[Strand], ratios: &mut [f64]) {
        let odds = |strand: &Strand, ratio: f64| self.odds * ratio * strand.factor;
        let all: f64 = strands
            .iter()
            .zip(ratios.iter())
            .map(|(strand, &ratio)| 1.0 + self.second * odds(strand, ratio))
            .product();
        let sum: f64 =
            strands.iter().zip(ratios.iter()).map(|(strand, &ratio)| odds(strand, ratio)).sum();
        for (strand, ratio) in strands.iter().zip(ratios.iter_mut()) {
            let own = odds(strand, *ratio);
            let others = all / (1.0 + self.second * own);
            *ratio *= if self.second > 0.0 {
                self.second / (1.0 - (1.0 - self.second) / others)
            } else {
                1.0 / (1.0 + (sum - own).max(0.0))
            };
        }
    }

    /// The chance that he recruited her, by the ratio of a strand.
    pub(super) fn chance(&self, strand: &Strand, ratio: f64) -> f64 {
        let odds = self.odds * ratio;
        strand.factor * odds / (1.0 + odds)
    }
}
