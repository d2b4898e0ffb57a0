//! What a recurrence hangs on: cases, sources, rows, and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use super::companions::Companions;
use super::describe::Own;
use super::engine::{Engine, Weighed};
use super::episodes::{Across, Episodes};
use super::evidence::{Item, Strand};
use super::recurrence::{Share, posterior};
use super::{Change, MissingRow, Without};
use crate::case::{IdKind, Symbol};
use crate::identity::natural;

pub(super) struct Explain<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) weighed: &'a Weighed,
    pub(super) companions: &'a Companions,
    pub(super) own: &'a Own,
    /// The recurrence as it is listed: over all readings of who is who.
    pub(super) recurrence: f64,
}

/// Under this recurrence somebody is not likelier than not.
const LIKELY: f64 = 0.5;

/// At most so many cases, sources or rows are tried one by one.
const TRIED: usize = 50;

/// With more pieces of evidence than these, no handful of rows is decisive.
const WIDE: usize = 300;

/// At most so many rows are named as decisive.
const DECISIVE: usize = 30;

/// What a row would be worth that stated a recruitment: its certainty.
const STATED: f64 = 0.9;

impl Explain<'_> {
    /// P(recruited anybody in an episode of the last 24 months).
    pub(super) fn active_now(&self) -> f64 {
        let Some(recent) = self.companions.recent else { return 0.0 };
        let posterior = &self.own.posterior;
        let mut latest: BTreeMap<usize, i32> = BTreeMap::new();
        for (share, &episode) in self.own.shares.iter().zip(&posterior.episode_of) {
            if let Some((_, until)) = share.piece.days {
                let day = latest.entry(episode).or_insert(until);
                *day = (*day).max(until);
            }
        }
        let recent = latest.iter().filter(|one| *one.1 >= recent);
        1.0 - recent.map(|(&episode, _)| 1.0 - posterior.episodes[episode]).product::<f64>()
    }

    /// The recurrence when what is near in time is one episode, whichever files it is of.
    pub(super) fn by_gap(&self) -> f64 {
        let episodes = Episodes { across: Across::Near, ..self.engine.options.episodes };
        let found = posterior(&self.own.shares, &episodes, self.engine.ratios.odds);
        self.scaled(found.recurrence)
    }

    /// What the best reading gives otherwise, carried over to what is listed.
    fn scaled(&self, recurrence: f64) -> f64 {
        match self.own.posterior.recurrence {
            own if own > 0.0 => (self.recurrence * recurrence / own).min(1.0),
            _ => recurrence.min(self.recurrence),
        }
    }

    fn recurrence_of(&self, shares: &[Share]) -> f64 {
        self.scaled(self.engine.posterior(shares).recurrence)
    }

    /// Without the case file whose loss takes most away.
    pub(super) fn without_case(&self) -> Option<Without> {
        let cases = self.speaking().filter_map(|share| share.piece.case.known()).collect();
        let without = |case: Symbol| {
            let kept: Vec<Share> =
                self.own.shares.iter().copied().filter(|one| one.piece.case != case).collect();
            (self.recurrence_of(&kept), case)
        };
        self.worst(IdKind::Case, self.by_name(cases).take(TRIED).map(without))
    }

    /// Without the source whose loss takes most away.
    pub(super) fn without_source(&self) -> Option<Without> {
        let sources = self.items().filter_map(|item| item.assertion.source.known()).collect();
        let without = |source: Symbol| {
            let holds = |item: &Item| {
                if item.assertion.source == source { 0.0 } else { item.assertion.certainty }
            };
            (self.recurrence_of(&self.shares(holds)), source)
        };
        self.worst(IdKind::Source, self.by_name(sources).take(TRIED).map(without))
    }

    /// In the order of what they are called, which does not hang on the order of rows.
    fn by_name(&self, all: BTreeSet<Symbol>) -> impl Iterator<Item = Symbol> {
        let text = |symbol: Symbol| self.engine.case.text(symbol);
        let mut all: Vec<Symbol> = all.into_iter().collect();
        all.sort_by(|&a, &b| natural(text(a), text(b)));
        all.into_iter()
    }

    /// The first of those that give the least, but for the last bits of sums.
    fn worst(&self, kind: IdKind, all: impl Iterator<Item = (f64, Symbol)>) -> Option<Without> {
        let digits = |recurrence: f64| libm::round(recurrence * 1e12);
        let worst = all.min_by(|a, b| digits(a.0).total_cmp(&digits(b.0)))?;
        Some(Without {
            what: self.engine.case.shown(kind, worst.1).to_owned(),
            recurrence: worst.0,
            rank: self.companions.rank_at(worst.0, self.recurrence),
        })
    }

    fn speaking(&self) -> impl Iterator<Item = &Share> {
        self.own.shares.iter().filter(|share| share.speaks)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.own.units.iter().flat_map(|&unit| self.engine.items_of(unit))
    }

    /// The shares when rows hold by `holds`, as if the others stood in no file; what speaks for other people stays as it is.
    fn shares(&self, holds: impl Fn(&Item) -> f64) -> Vec<Share> {
        let engine = self.engine;
        let share = |&unit: &usize| {
            let of = &engine.units.units[unit];
            if engine.items_of(unit).all(|item| holds(item) <= 0.0) {
                return None;
            }
            let strands = engine.units.strands_of(of);
            let ratios = strands.iter().map(|&at| self.ratio(at, &holds));
            let surest = engine.units.surest(&engine.record, of, &holds);
            Some(Share {
                ratio: ratios.sum::<f64>() / strands.len() as f64,
                speaks: of.speaks && surest > 0.0,
                surest,
                ..engine.share(unit, self.weighed, &engine.best)
            })
        };
        self.own.units.iter().filter_map(share).collect()
    }

    /// The ratio of a strand when its rows hold by `holds`.
    fn ratio(&self, at: usize, holds: &impl Fn(&Item) -> f64) -> f64 {
        let (record, ratios) = (&self.engine.record, &self.engine.ratios);
        let strand = &record.strands[at];
        let items = record.items_of(strand);
        let before = ratios.own(strand, items, |item| item.assertion.certainty);
        let lacks_count = strand.lacks_count && self.acts_are_left(at, holds);
        let after = ratios.own(&Strand { lacks_count, ..strand.clone() }, items, holds);
        self.weighed.by_strand[at] / before * after
    }

    /// Whether, when rows hold by `holds`, acts against the victim of a strand are on record.
    fn acts_are_left(&self, at: usize, holds: &impl Fn(&Item) -> f64) -> bool {
        let record = &self.engine.record;
        let place = record.occasions.partition_point(|occasion| occasion.end <= at);
        let strands = record.strands[record.occasions[place].clone()].iter();
        let mut items = strands.flat_map(|strand| record.items_of(strand));
        items.any(|item| item.class.is_act() && holds(item) > 0.0)
    }

    /// Rows without which the recurrence is under .5, as few as are found by taking off, each time, the row whose loss takes
    /// most away. There may be fewer that do; none are told where thirty do not suffice.
    pub(super) fn decisive_rows(&self) -> Vec<String> {
        let mut gone: BTreeSet<u32> = BTreeSet::new();
        let mut named = Vec::new();
        if self.recurrence < LIKELY || self.own.units.len() > WIDE {
            return named;
        }
        let rows: BTreeMap<u32, &Item> = self
            .items()
            .filter(|item| item.class.speaks())
            .map(|item| (item.row, item))
            .take(TRIED)
            .collect();
        while named.len() < DECISIVE {
            let without = |row: u32| {
                let lost = |item: &Item| item.row == row || gone.contains(&item.row);
                let holds = |item: &Item| if lost(item) { 0.0 } else { item.assertion.certainty };
                self.recurrence_of(&self.shares(holds))
            };
            let left = rows.keys().filter(|row| !gone.contains(row));
            let worst = left.map(|&row| (without(row), row));
            let Some((recurrence, row)) =
                worst.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            else {
                break;
            };
            gone.insert(row);
            named.push(self.engine.case.place_of(&rows[&row].assertion));
            if recurrence < LIKELY {
                return named;
            }
        }
        Vec::new()
    }

    /// What would raise the recurrence most: for each victim of whom no row states it, one that says he recruited her.
    pub(super) fn would_raise(&self) -> Vec<Change> {
        const NAMED: usize = 3;
        let engine = self.engine;
        let stated = engine.ratios.of_class(super::EvidenceClass::Recruited);
        let mut found: Vec<(f64, usize, MissingRow)> = Vec::new();
        for (at, &unit) in self.own.units.iter().enumerate().take(TRIED) {
            let of = &engine.units.units[unit];
            let has_it =
                engine.items_of(unit).any(|item| item.class == super::EvidenceClass::Recruited);
            let Some(victim) = of.victim.filter(|_| !has_it) else { continue };
            let mut shares = self.own.shares.clone();
            shares[at].ratio *= 1.0 - STATED + STATED * stated;
            shares[at].speaks = true;
            shares[at].surest = shares[at].surest.max(STATED);
            shares[at].voice = None;
            let recurrence = self.recurrence_of(&shares);
            if recurrence > self.recurrence + 0.01 {
                let entities = &engine.identities.entities;
                let what = MissingRow {
                    victim: entities.code(entities.of_row(victim)),
                    case_id: of
                        .case
                        .known()
                        .map(|file| engine.case.shown(IdKind::Case, file).to_owned()),
                };
                found.push((recurrence, at, what));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let change = |(recurrence, _, what)| Change { what, recurrence };
        found.into_iter().take(NAMED).map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::case::Case;
    use crate::finding::episodes::{Across, Episodes};
    use crate::finding::{EvidenceWeights, Recruiter, Recruiters};
    use crate::identity::sketch::case;
    use crate::identity::{EntityId, Identities};

    /// Rows of links about one recruiter, each of a source of its own, and of another who is against him in one file.
    const LINKS: [&str; 6] = [
        "l1,p1,p2,recruited,c1,2015-03-01,s1,0.9",
        "l2,p1,p3,recruited,c2,2018-06-01,s2,0.8",
        "l3,p1,p4,groomed,c3,2019-05-01,s3,0.6",
        "l4,p6,p4,first_contact,c3,2019-05-01,s4,0.7",
        "l5,p1,p5,exploited,c4,2020-05-01,s5,0.9",
        "l6,p7,p8,paid,c5,2020-06-01,s6,0.9",
    ];

    const ROLES: [&str; 10] = [
        "c1,p2,victim,",
        "c2,p3,victim,",
        "c3,p4,victim,",
        "c4,p5,victim,",
        "c1,p1,exploiter,s7",
        "c2,p1,exploiter,s8",
        "c3,p1,exploiter,s9",
        "c4,p1,exploiter,s10",
        "c3,p6,exploiter,s11",
        "c5,p7,driver,s12",
    ];

    fn read(links: &[&str], roles: &[&str]) -> Case {
        let table = |header: &str, rows: &[&str]| format!("{header}\n{}\n", rows.join("\n"));
        case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\nc4\nc5\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\np7\np8\n"),
            ("roles.csv", &table("case_id,person_id,role,source", roles)),
            ("links.csv", &table("link_id,from,to,kind,case_id,start,source,grade", links)),
        ])
    }

    /// The rates as they are, so that rows of one file say nothing of those of another.
    fn options() -> Recruiters {
        let weights = EvidenceWeights { prior_pairs: f64::INFINITY, ..EvidenceWeights::default() };
        Recruiters { weights, draws: 0, least: 0.0, ..Recruiters::default() }
    }

    fn first(options: &Recruiters, case: &Case) -> Recruiter {
        let found = options.find(case, &Identities::as_given(case)).expect("a case");
        let own = found.into_iter().find(|one| one.entity == EntityId::from_number(0));
        own.expect("he is listed")
    }

    fn recurrence(links: &[&str], roles: &[&str]) -> f64 {
        first(&options(), &read(links, roles)).recurrence
    }

    fn without<'a>(rows: &[&'a str], word: &str) -> Vec<&'a str> {
        let has = |row: &str| row.split(',').any(|field| field == word);
        rows.iter().copied().filter(|row| !has(row)).collect()
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9, "{got}, expected {want}");
    }

    #[test]
    fn without_a_file_is_what_the_other_files_say() {
        let own = first(&options(), &read(&LINKS, &ROLES));
        let each = ["c1", "c2", "c3", "c4"]
            .map(|file| recurrence(&without(&LINKS, file), &without(&ROLES, file)));
        let least = each.iter().copied().fold(1.0, f64::min);
        let told = own.without_case.expect("there are files");
        close(told.recurrence, least);
        assert_eq!(told.what, "c1");
        assert!((each[0] - least).abs() < 1e-9 && least < own.recurrence, "{each:?}");
    }

    #[test]
    fn without_a_source_is_what_the_other_rows_say() {
        let links = LINKS.map(|row| row.replace("s8", "s2"));
        let roles = ROLES.map(|row| row.replace("s8", "s2"));
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let own = first(&options(), &read(&links, &roles));
        let each = ["s1", "s2", "s3", "s5"]
            .map(|source| recurrence(&without(&links, source), &without(&roles, source)));
        let told = own.without_source.expect("there are sources");
        let least = each.iter().copied().fold(1.0, f64::min);
        close(told.recurrence, least);
        assert!(["s1", "s2"].contains(&told.what.as_str()), "{}", told.what);
    }

    #[test]
    fn what_is_near_in_time_may_be_one_episode() {
        let near = LINKS.map(|row| row.replace("2018-06-01", "2015-03-20"));
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let case = read(&near, &ROLES);
        let episodes = Episodes { across: Across::Near, ..Episodes::default() };
        let own = first(&options(), &case);
        close(
            own.recurrence_by_gap,
            first(&Recruiters { episodes, ..options() }, &case).recurrence,
        );
        assert!(own.recurrence_by_gap < own.recurrence - 0.01, "{own:?}");
        let apart = first(&options(), &read(&LINKS, &ROLES));
        close(apart.recurrence_by_gap, apart.recurrence);
    }

    #[test]
    fn he_is_active_if_an_episode_ends_within_two_years_of_the_last_day() {
        let when = |second: &str| {
            let links =
                LINKS.map(|row| row.replace("exploited", "groomed").replace("2018-06-01", second));
            let links: Vec<&str> = links.iter().map(String::as_str).collect();
            first(&options(), &read(&links, &ROLES))
        };
        let now = |own: &Recruiter, files: &[&str]| {
            let of = own.episodes.iter().filter(|one| files.contains(&one.case_ids[0].as_str()));
            1.0 - of.map(|one| 1.0 - one.probability).product::<f64>()
        };
        // The last day is 1 June 2020, and the first of 730 until then 2 June 2018.
        let own = when("2018-06-01");
        close(own.active_now, now(&own, &["c3", "c4"]));
        let own = when("2018-06-02");
        close(own.active_now, now(&own, &["c2", "c3", "c4"]));
        assert_eq!(own.episodes.len(), 4);
    }

    #[test]
    fn a_row_that_stated_a_recruitment_would_raise_it_for_whom_no_row_does() {
        let own = first(&options(), &read(&LINKS[2..], &ROLES));
        let told: Vec<(&str, Option<&str>)> = own
            .would_raise
            .iter()
            .map(|change| (change.what.victim.as_str(), change.what.case_id.as_deref()))
            .collect();
        assert!((1..=3).contains(&told.len()), "{told:?}");
        assert!(own.would_raise.iter().all(|change| change.recurrence > own.recurrence + 0.01));
        let order: Vec<f64> = own.would_raise.iter().map(|change| change.recurrence).collect();
        assert!(order.windows(2).all(|pair| pair[0] >= pair[1]), "{order:?}");
        // Where rows state it of all but one, only she is named.
        let others = ["l7,p1,p5,recruited,c4,2020-05-01,s13,0.5"];
        let links: Vec<&str> = LINKS.into_iter().chain(others).collect();
        let own = first(&options(), &read(&links, &ROLES));
        assert!(own.would_raise.iter().all(|change| change.what.case_id.as_deref() == Some("c3")));
    }
}
