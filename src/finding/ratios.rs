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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Symbol, Symbols};
    use crate::finding::sketch;

    const INDEPENDENT: f64 = 1.0;
    const ONE_ONLY: f64 = 0.0;

    fn ratios(rates: &[(Class, f64, f64)], recruiting: f64, second: f64) -> Ratios {
        let rate =
            |&(class, recruiter, other): &(Class, f64, f64)| ClassRates { class, recruiter, other };
        Ratios::new(&rates.iter().map(rate).collect::<Vec<_>>(), recruiting, second)
    }

    fn strand(factor: f64) -> Strand {
        Strand {
            actor: 0,
            victim: Some(1),
            case: Symbol::EMPTY,
            items: 0..0,
            factor,
            lacks_count: false,
            presence: 0,
            came_later: false,
        }
    }

    fn item(class: Class, voice: usize, certainty: f64) -> Item {
        let mut symbols = Symbols::default();
        let sources: Vec<Symbol> = (0..9).map(|n| symbols.intern(&format!("s{n}"))).collect();
        sketch::item(class, sources[voice], certainty)
    }

    fn certainty(item: &Item) -> f64 {
        item.assertion.certainty
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9, "{got}, expected {want}");
    }

    /// A row of recruiting makes it 50 times likelier, and the lack of one half as likely; and so on.
    fn some() -> Ratios {
        let rates = [
            (Class::Recruited, 0.5, 0.01),
            (Class::Groomed, 0.2, 0.1),
            (Class::RoleRecruiter, 0.6, 0.1),
            (Class::RoleHelper, 0.1, 0.4),
            (Class::Tied, 0.5, 0.25),
            (Class::CameFirst, 0.4, 0.1),
        ];
        ratios(&rates, 0.2, ONE_ONLY)
    }

    #[test]
    fn a_row_is_worth_its_two_rates_over_one_another() {
        let ratios = some();
        close(ratios.of_class(Class::Recruited), 50.0);
        close(ratios.of_class(Class::Groomed), 2.0);
        close(ratios.of_class(Class::RoleHelper), 0.25);
        close(ratios.of_class(Class::HandedOver), 1.0);
        close(ratios.absent[Class::Groomed.number()], 8.0 / 9.0);
        close(ratios.absent[Class::HandedOver.number()], 1.0);
        close(ratios.odds, 0.25);
    }

    #[test]
    fn no_row_is_worth_more_than_a_hundred_either_way() {
        let bold =
            [(Class::Recruited, 1.0, 0.0), (Class::Groomed, 0.0, 1.0), (Class::Tied, 0.5, 0.1)];
        let ratios = ratios(&bold, 0.5, ONE_ONLY);
        close(ratios.of_class(Class::Recruited), 100.0);
        close(ratios.absent[Class::Recruited.number()], 0.01);
        close(ratios.of_class(Class::Groomed), 0.01);
        close(ratios.absent[Class::Groomed.number()], 100.0);
        let worth = |rows: &[Item]| ratios.own(&strand(1.0), rows, certainty);
        close(worth(&[item(Class::Recruited, 0, 1.0), item(Class::Tied, 1, 1.0)]), 100.0);
        close(worth(&[item(Class::Groomed, 0, 1.0), item(Class::Tied, 1, 1.0)]), 0.05);
    }

    #[test]
    fn competitors_of_whom_one_is_right_share_by_their_odds() {
        // Odds of 1 : 2 : 3 for nobody, the first and the second: chances of 2/6 and 3/6, so odds of 1/2 and 1.
        let own = ratios(&[], 0.5, ONE_ONLY);
        let mut found = [2.0, 3.0];
        own.compete(&[strand(1.0), strand(1.0)], &mut found);
        close(found[0], 0.5);
        close(found[1], 1.0);
        close(own.chance(&strand(1.0), found[0]), 2.0 / 6.0);
        close(own.chance(&strand(1.0), found[1]), 3.0 / 6.0);
    }

    #[test]
    fn who_may_not_count_as_an_offender_competes_by_half() {
        // Odds of 2 and of 4 · ½: each against 1 + 2.
        let own = ratios(&[], 0.5, ONE_ONLY);
        let mut found = [2.0, 4.0];
        own.compete(&[strand(1.0), strand(0.5)], &mut found);
        close(found[0], 2.0 / 3.0);
        close(found[1], 4.0 / 3.0);
        // Odds of 3 are a chance of 3/4, and half of that is against an offender.
        close(own.chance(&strand(0.5), 3.0), 0.375);
    }

    #[test]
    fn a_second_recruiter_is_as_rare_as_is_said() {
        let strands = [strand(1.0), strand(1.0)];
        // Nobody 1, the first 2, the second 3, both 6 · ½ of 9: chances of 5/9 and 6/9.
        let mut found = [2.0, 3.0];
        ratios(&[], 0.5, 0.5).compete(&strands, &mut found);
        close(found[0], 5.0 / 4.0);
        close(found[1], 2.0);
        let mut found = [2.0, 3.0];
        ratios(&[], 0.5, INDEPENDENT).compete(&strands, &mut found);
        close(found[0], 2.0);
        close(found[1], 3.0);
        let mut alone = [7.0];
        ratios(&[], 0.5, 0.15).compete(&strands[..1], &mut alone);
        close(alone[0], 7.0);
    }

    #[test]
    fn of_one_voice_the_strongest_row_counts_and_voices_are_independent() {
        let own = some();
        let signs = |rows: &[Item]| own.signs(&strand(1.0), rows, certainty);
        // 0.1 · 50 is more than 0.9 · 2.
        let one_voice = signs(&[item(Class::Groomed, 0, 0.9), item(Class::Recruited, 0, 0.1)]);
        assert_eq!(one_voice[Class::Groomed.number()], Sign::Silent);
        let Sign::Present(sure) = one_voice[Class::Recruited.number()] else { panic!("said") };
        close(sure, 0.1);
        // Two voices that are right half of the time: one of them is, three times of four.
        let two = signs(&[item(Class::Recruited, 0, 0.5), item(Class::Recruited, 1, 0.5)]);
        let Sign::Present(sure) = two[Class::Recruited.number()] else { panic!("said") };
        close(sure, 0.75);
        let nothing = signs(&[item(Class::Recruited, 0, 0.0)]);
        assert_eq!(nothing[Class::Recruited.number()], Sign::Silent, "a row of no certainty");
    }

    #[test]
    fn the_lack_of_a_row_says_something_where_acts_are_on_record() {
        let own = some();
        let signs = |lacks_count, came_later, rows: &[Item]| {
            own.signs(&Strand { lacks_count, came_later, ..strand(1.0) }, rows, certainty)
        };
        let (groomed, tied) = (Class::Groomed.number(), Class::Tied.number());
        let (first, role) = (Class::CameFirst.number(), Class::RoleRecruiter.number());
        let act = [item(Class::Recruited, 0, 1.0)];
        let found = signs(true, true, &act);
        assert_eq!(found[groomed], Sign::Absent);
        assert_eq!(found[role], Sign::Silent, "of roles a lack says nothing");
        assert_eq!(found[tied], Sign::Silent, "nor of ties where there is an act");
        assert_eq!(found[first], Sign::Absent);
        assert_eq!(signs(true, false, &act)[first], Sign::Silent, "it is not known who came first");
        assert_eq!(signs(false, true, &act)[groomed], Sign::Silent);
        let by_role = [item(Class::RoleRecruiter, 0, 1.0)];
        assert_eq!(signs(true, true, &by_role)[tied], Sign::Absent);
    }

    #[test]
    fn a_strand_is_worth_the_product_of_its_rows_and_the_weightier_role() {
        let own = some();
        let worth = |rows: &[Item]| own.own(&strand(1.0), rows, certainty);
        close(worth(&[]), 1.0);
        // 0.8 · 50 + 0.2 · 50/99, the lack of a row.
        close(worth(&[item(Class::Recruited, 0, 0.8)]), 40.0 + 10.0 / 99.0);
        // 0.5 · 6 + 0.5 · 1: of a role that is not his nothing is said.
        close(worth(&[item(Class::RoleRecruiter, 0, 0.5)]), 3.5);
        let roles = [item(Class::RoleRecruiter, 0, 1.0), item(Class::RoleHelper, 1, 1.0)];
        close(worth(&roles), 6.0);
        let groomed_by_a_helper = [item(Class::Groomed, 0, 1.0), item(Class::RoleHelper, 1, 1.0)];
        close(worth(&groomed_by_a_helper), 0.5);
        let lacks = Strand { lacks_count: true, ..strand(1.0) };
        // A tie, and no row of recruiting (50/99), of grooming (8/9).
        let want = 2.0 * 50.0 / 99.0 * 8.0 / 9.0;
        close(own.own(&lacks, &[item(Class::Tied, 0, 1.0)], certainty), want);
    }

    #[test]
    fn only_those_who_are_on_record_about_one_victim_compete() {
        let own = ratios(&[(Class::Recruited, 0.5, 0.1)], 0.5, ONE_ONLY);
        let of = |victim, at: usize| Strand { victim, items: at..at + 1, ..strand(1.0) };
        let record = Record {
            items: vec![item(Class::Recruited, 0, 1.0); 5],
            strands: vec![of(None, 0), of(None, 1), of(Some(1), 2), of(Some(1), 3), of(Some(2), 4)],
            occasions: vec![0..2, 2..4, 4..5],
            rows: 5,
            presences: 5,
        };
        let all = own.all(&record, certainty, |_| false);
        // Each is worth 5; of two about one victim 5 / (1 + 5).
        for (got, want) in all.into_iter().zip([5.0, 5.0, 5.0 / 6.0, 5.0 / 6.0, 5.0]) {
            close(got, want);
        }
        let without = own.all(&record, certainty, |strand| strand.items.start == 3);
        for (got, want) in without.into_iter().zip([5.0, 5.0, 5.0, 0.0, 5.0]) {
            close(got, want);
        }
    }
}
