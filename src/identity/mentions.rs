//! The mentions of a case, made ready to be compared.

mod part;
mod values;
mod words;

use std::collections::HashMap;

pub(super) use part::Part;
pub(super) use values::Value;
use values::Values;
use words::{Words, given_names, longest_name};

use super::clean::{Likeness, Name, Region, Token, fold, likeness};
use super::decisions::Verdict;
use super::epithets::Epithets;
use super::lists::Lists;
use crate::case::{Case, IdentifierKind, LinkKind, Role, Status, Symbol, Table, When};

/// All mentions: rows of `people`, each with what is known of it.
///
/// They are numbered in the order of their ids, so that the order of the rows decides nothing, not even ties.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    /// By mention: its row of `people`.
    pub(super) rows: Vec<u32>,
    /// By row of `people`: its mention.
    pub(super) numbers: Vec<u32>,
    /// Each distinct word of a name.
    pub(super) tokens: Vec<Token>,
    /// By row: words of its names.
    pub(super) given: Lists,
    pub(super) family: Lists,
    /// Nicknames, and words of which nobody knows what they are.
    pub(super) alias: Lists,
    /// Given names and nicknames that its handles hold.
    pub(super) hinted: Lists,
    pub(super) birth: Vec<When>,
    /// Each distinct identifier.
    pub(super) values: Vec<Value>,
    /// By row: its identifiers.
    pub(super) identifiers: Lists,
    pub(super) places: Lists,
    pub(super) channels: Lists,
    /// By row: the case files that name it.
    pub(super) cases: Lists,
    pub(super) case_count: usize,
    pub(super) part: Vec<Part>,
}

impl Mentions {
    /// Everything that a case says of the people in it.
    pub(super) fn of(case: &Case, region: Region) -> Self {
        let count = case.people.len();
        let rows = super::order::by_id(case);
        let mut numbers = vec![0; count];
        for (number, &row) in (0..).zip(&rows) {
            numbers[row as usize] = number;
        }
        let birth = rows.iter().map(|&row| case.people[row as usize].birth).collect();
        let mut mentions = Self { rows, numbers, birth, ..Self::default() };
        mentions.take_names(case, count);
        mentions.take_identifiers(case, count, region);
        mentions.take_acts(case, count);
        mentions.part = mentions.parts(case, count);
        mentions
    }

    pub(super) fn len(&self) -> usize {
        self.birth.len()
    }

    /// Whether two mentions stand in one case file.
    pub(super) fn share_a_case(&self, a: u32, b: u32) -> bool {
        super::lists::meet(self.cases.of(a), self.cases.of(b))
    }

    fn take_names(&mut self, case: &Case, count: usize) {
        let mut words = Words::default();
        let epithets = Epithets::of(case);
        for (row, &of_case) in (0_u32..).zip(&self.rows) {
            let person = &case.people[of_case as usize];
            if let Some(name) = person.name.known().map(|name| case.text(name)) {
                if epithets.begin(name) {
                    words.take_nickname(row, &fold(name));
                } else {
                    words.take(row, &Name::parse(name));
                }
            }
            let Some(text) = person.alias.known() else { continue };
            for other in case.text(text).split(';').map(fold) {
                words.take_nickname(row, &other);
            }
        }
        let mut hinted = self.hints(case, &given_names(&words));
        self.given = Lists::from_pairs(count, words.given);
        self.family = Lists::from_pairs(count, words.family);
        self.alias = Lists::from_pairs(count, words.alias);
        self.tokens = words.numbers.texts.iter().map(|word| Token::new(word)).collect();
        // That a Yusuf's handle speaks of a Yusuf, or of a Joesoef, is no news.
        let tokens = &self.tokens;
        let alike =
            |a: u32, b: u32| likeness(&tokens[a as usize], &tokens[b as usize]) < Likeness::Sound;
        hinted.retain(|&(row, word)| {
            let names = [&self.given, &self.family, &self.alias];
            !names.iter().any(|names| names.of(row).iter().any(|&name| alike(name, word)))
        });
        self.hinted = Lists::from_pairs(count, hinted);
    }

    fn take_identifiers(&mut self, case: &Case, count: usize, region: Region) {
        let mut values = Values::default();
        let mut pairs = Vec::new();
        let row = |person| self.number_of(case, person);
        for found in case.identifiers.iter() {
            if let (Some(row), Some(value)) = (row(found.person), found.value.known()) {
                values.take(found.kind, case.text(value), region, |value| pairs.push((row, value)));
            }
        }
        for ad in case.ads.iter() {
            // Who pays for an advertisement or places it uses its phone and handle.
            for row in [ad.posted_by, ad.payer].into_iter().filter_map(row) {
                for (kind, text) in
                    [(IdentifierKind::Phone, ad.phone), (IdentifierKind::Handle, ad.handle)]
                {
                    if let Some(text) = text.known() {
                        values
                            .take(kind, case.text(text), region, |value| pairs.push((row, value)));
                    }
                }
            }
        }
        self.identifiers = Lists::from_pairs(count, pairs);
        self.values = values.all;
    }

    fn take_acts(&mut self, case: &Case, count: usize) {
        let (mut cases, mut places, mut channels) = (Vec::new(), Vec::new(), Vec::new());
        let mut files = HashMap::new();
        let mut file = |case: Symbol| {
            let next = u32::try_from(files.len()).expect("a case has fewer than 2³² files");
            case.known().map(|case| *files.entry(case).or_insert(next))
        };
        let number = |symbol: Symbol| {
            symbol.known().map(|symbol| u32::try_from(symbol.number()).expect("32 bits"))
        };
        for role in case.roles.iter() {
            if let (Some(row), Some(file)) = (self.number_of(case, role.person), file(role.case)) {
                cases.push((row, file));
            }
        }
        for link in case.links.iter() {
            let file = file(link.case);
            let actor = self.number_of(case, link.from);
            let all = [actor, self.number_of(case, link.to), self.number_of(case, link.about)];
            cases.extend(all.into_iter().flatten().zip(file.into_iter().cycle()));
            if let Some(actor) = actor.filter(|_| link.kind != LinkKind::ClientOf) {
                places.extend(number(link.place).map(|place| (actor, place)));
                channels.extend(number(link.channel).map(|channel| (actor, channel)));
            }
        }
        for ad in case.ads.iter() {
            let file = file(ad.case);
            let all =
                [ad.victim, ad.posted_by, ad.payer].map(|person| self.number_of(case, person));
            cases.extend(all.into_iter().flatten().zip(file.into_iter().cycle()));
        }
        self.case_count = files.len();
        self.cases = Lists::from_pairs(count, cases);
        self.places = Lists::from_pairs(count, places);
        self.channels = Lists::from_pairs(count, channels);
    }

    /// Labels by row of `people`, the lowest row of the same person, from labels by mention.
    pub(super) fn by_row(&self, labels: &[u32]) -> Vec<u32> {
        let mut lowest = vec![u32::MAX; labels.len()];
        for (row, &mention) in (0..).zip(&self.numbers) {
            let of_person = &mut lowest[labels[mention as usize] as usize];
            *of_person = row.min(*of_person);
        }
        self.numbers.iter().map(|&mention| lowest[labels[mention as usize] as usize]).collect()
    }

    /// The rows of two mentions, the lower first.
    pub(super) fn rows_of(&self, (a, b): (u32, u32)) -> (u32, u32) {
        let (a, b) = (self.rows[a as usize], self.rows[b as usize]);
        (a.min(b), a.max(b))
    }

    /// Decisions about rows, as decisions about mentions.
    pub(super) fn decided(&self, rows: &[((u32, u32), Verdict)]) -> Vec<((u32, u32), Verdict)> {
        let number = |row: u32| self.numbers[row as usize];
        let mention = |&((a, b), verdict): &((u32, u32), Verdict)| {
            let (a, b) = (number(a), number(b));
            ((a.min(b), a.max(b)), verdict)
        };
        rows.iter().map(mention).collect()
    }

    /// The mention of an id.
    fn number_of(&self, case: &Case, person: Symbol) -> Option<u32> {
        let row = case.row_of(Table::People, person.known()?)?;
        Some(self.numbers[row])
    }

    /// What each mention is.
    fn parts(&self, case: &Case, count: usize) -> Vec<Part> {
        let mut parts = vec![Part::Other; count];
        let mut raise = |person: Symbol, part: Part| {
            if let Some(row) = self.number_of(case, person) {
                let own = &mut parts[row as usize];
                if part.rank() > own.rank() {
                    *own = part;
                }
            }
        };
        for role in case.roles.iter() {
            let part = match (role.role, role.status) {
                (role, _) if role.is_victim() => Part::Victim,
                (_, Some(Status::Victim)) => Part::Victim,
                (Role::Professional, _) | (_, Some(Status::Professional)) => Part::Professional,
                (Role::Client, _) => Part::Client,
                (Role::Recruiter | Role::Groomer, _) => Part::Recruiter,
                (role, _) if role.is_offender() => Part::Offender,
                (_, Some(Status::Suspect | Status::Convicted)) => Part::Offender,
                _ => Part::Other,
            };
            raise(role.person, part);
        }
        for link in case.links.iter() {
            if let Some(victim) = link.acted_upon() {
                raise(victim, Part::Victim);
                let actor = match link.kind {
                    LinkKind::Recruited | LinkKind::Groomed => Part::Recruiter,
                    _ => Part::Offender,
                };
                raise(link.from, actor);
            }
        }
        for ad in case.ads.iter() {
            raise(ad.victim, Part::Victim);
        }
        parts
    }

    /// Mentions and the longest given name in each of their handles: `real_yusuf_61` speaks of a Yusuf.
    fn hints(&self, case: &Case, names: &HashMap<&str, u32>) -> Vec<(u32, u32)> {
        let mut hints = Vec::new();
        for found in case.identifiers.iter().filter(|found| found.kind == IdentifierKind::Handle) {
            let (Some(row), Some(value)) =
                (self.number_of(case, found.person), found.value.known())
            else {
                continue;
            };
            let letters: String = fold(case.text(value)).replace(' ', "");
            hints.extend(longest_name(&letters, names).map(|word| (row, word)));
        }
        hints
    }
}
