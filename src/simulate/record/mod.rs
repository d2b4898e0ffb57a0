//! What of the truth is written down, and how: the observation model.

mod identifiers;
mod links;
mod person;
mod roles;
mod voucher;

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chance;
use super::details::Address;
use super::people::{Kind, PersonNo, days};
use super::tier::Recording;
use super::world::{TrueCase, World};
use crate::case::{Day, IdentifierKind, LinkKind, Minor, Role, Setting, Status};
use voucher::Desk;
pub(super) use voucher::Voucher;

/// A mention: somebody in a case; an index into [`Rows::mentions`].
pub(super) type MentionNo = usize;

/// Everything that was written down, and of whom it speaks.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Who is mentioned, and in which case.
    pub(super) mentions: Vec<(PersonNo, usize)>,
    /// The mentions of each case.
    pub(super) of_case: Vec<Vec<MentionNo>>,
    pub(super) people: Vec<PersonRow>,
    pub(super) identifiers: Vec<IdentifierRow>,
    pub(super) roles: Vec<RoleRow>,
    pub(super) links: Vec<LinkRow>,
    /// Who stands under a false date of birth.
    pub(super) false_births: BTreeSet<PersonNo>,
}

#[derive(Debug)]
pub(super) struct PersonRow {
    pub(super) mention: MentionNo,
    pub(super) name: String,
    pub(super) alias: String,
    pub(super) birth: String,
    pub(super) sex: &'static str,
    pub(super) voucher: Voucher,
}

#[derive(Debug)]
pub(super) struct IdentifierRow {
    pub(super) mention: MentionNo,
    pub(super) kind: IdentifierKind,
    pub(super) value: String,
    pub(super) channel: Option<usize>,
    pub(super) start: String,
    pub(super) voucher: Voucher,
}

#[derive(Debug)]
pub(super) struct RoleRow {
    pub(super) case: usize,
    pub(super) mention: MentionNo,
    pub(super) role: Role,
    pub(super) status: Option<Status>,
    pub(super) minor: Answer<Minor>,
    pub(super) setting: Answer<Setting>,
    pub(super) voucher: Voucher,
}

/// What was put down for a question: an answer, or why there is none.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer<T> {
    Given(T),
    Missing(&'static str),
}

#[derive(Debug)]
pub(super) struct LinkRow {
    pub(super) from: MentionNo,
    pub(super) to: MentionNo,
    pub(super) kind: LinkKind,
    pub(super) case: usize,
    pub(super) about: Option<MentionNo>,
    pub(super) channel: Option<usize>,
    pub(super) place: Option<usize>,
    pub(super) means: String,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) voucher: Voucher,
}

/// What somebody has at present: it may change from case to case.
#[derive(Clone, Debug)]
struct Present {
    phone: u32,
    handle: String,
    address: Address,
    at_hotel: bool,
    met_before: bool,
}

struct Recorder<'a> {
    world: &'a World,
    recording: &'a Recording,
    chance: Chance,
    rows: Rows,
    present: Vec<Present>,
    next_phone: u32,
}

/// One case while it is written down.
struct Open<'a> {
    no: usize,
    case: &'a TrueCase,
    desk: Desk,
    /// Who is mentioned; none for one who was left out.
    mentions: BTreeMap<PersonNo, Option<MentionNo>>,
}

impl Open<'_> {
    /// The mention of somebody who was met when roles were written down.
    fn seen(&self, person: PersonNo) -> Option<MentionNo> {
        self.mentions.get(&person).copied().flatten()
    }
}

/// Writes down a world.
pub(super) fn record(world: &World, recording: &Recording, seed: u64) -> Rows {
    let present = world.people.all.iter().map(|person| Present {
        phone: person.phone,
        handle: person.handle.clone(),
        address: person.address,
        at_hotel: false,
        met_before: false,
    });
    let mut recorder = Recorder {
        world,
        recording,
        chance: Chance::new(seed, 2),
        rows: Rows::default(),
        present: present.collect(),
        // Above all numbers of the world.
        next_phone: 6_000_000,
    };
    for (no, case) in world.cases.iter().enumerate() {
        recorder.case(no, case);
    }
    recorder.rows
}

impl Recorder<'_> {
    fn case(&mut self, no: usize, case: &TrueCase) {
        let desk = Desk::new(&mut self.chance);
        let mut open = Open { no, case, desk, mentions: BTreeMap::new() };
        self.rows.of_case.push(Vec::new());
        let (first_role, first_link) = (self.rows.roles.len(), self.rows.links.len());
        self.roles(&mut open);
        self.links(&mut open);
        self.chance.shuffle(&mut self.rows.roles[first_role..]);
        self.chance.shuffle(&mut self.rows.links[first_link..]);
    }

    /// The mention of somebody in a case; none if he is left out. Victims never are.
    fn mention(&mut self, open: &mut Open<'_>, person: PersonNo) -> Option<MentionNo> {
        if let Some(&known) = open.mentions.get(&person) {
            return known;
        }
        let kind = self.world.people.all[person].kind;
        let always = matches!(kind, Kind::Victim | Kind::Bystander);
        let left_out = !always && self.chance.yes(self.recording.mention_missing);
        let mention = (!left_out).then(|| {
            self.rows.mentions.push((person, open.no));
            self.rows.mentions.len() - 1
        });
        open.mentions.insert(person, mention);
        if let Some(mention) = mention {
            self.rows.of_case[open.no].push(mention);
            self.person(open, mention, person);
            self.identifiers(open, mention, person);
        }
        mention
    }

    /// A day as it is written down: often as a month, often not at all.
    fn date(&mut self, day: i32) -> String {
        if self.chance.yes(self.recording.date_missing) {
            return self.why_missing().into();
        }
        let text = Day::from_number(day).to_string();
        if self.chance.yes(self.recording.date_month / (1.0 - self.recording.date_missing)) {
            return text.get(..7).unwrap_or(&text).to_owned();
        }
        if self.chance.yes(0.07) {
            let off = days(self.chance.normal() * 2.0).clamp(-7, 7);
            return format!("{}~", Day::from_number(day + off));
        }
        text
    }

    /// Why a cell is empty: mostly nobody says.
    fn why_missing(&mut self) -> &'static str {
        let weights = [0.8, 0.1, 0.06, 0.04];
        ["", "unknown", "not_asked", "refused"][self.chance.weighted(&weights)]
    }
}
