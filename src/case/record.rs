//! One row of each table, as it was read: who wrote it down, where, and how sure.

use super::date::When;
use super::means::Means;
use super::symbol::Symbol;
use super::vocabulary::{
    Basis, ChannelClass, IdentifierKind, LinkKind, Minor, PlaceClass, Role, Setting, Status,
};

/// What makes a row an assertion: where it stands, who said it, and how far it is to be believed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assertion {
    /// The chance that what the row says is true, from its grade.
    pub certainty: f64,
    /// The document or statement; empty when not recorded.
    pub source: Symbol,
    /// The grade as it was written.
    pub grade: Symbol,
    /// The physical line in the file, counted from 1.
    pub line: u32,
    /// Which of the case's files.
    pub file: u16,
    /// Fact or assessment.
    pub basis: Basis,
}

/// An investigation file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseFile {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Its id.
    pub case: Symbol,
    /// The unit that worked on it.
    pub unit: Symbol,
    /// When it was opened.
    pub opened: When,
    /// When it was closed.
    pub closed: When,
    /// How it ended.
    pub outcome: Symbol,
    /// For what purpose it was recorded.
    pub purpose: Symbol,
    /// Until when it may be kept.
    pub retain_until: When,
}

/// Somebody mentioned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// The id of the mention.
    pub person: Symbol,
    /// The name.
    pub name: Symbol,
    /// Other names, separated by `;`.
    pub alias: Symbol,
    /// The date of birth.
    pub birth: When,
    /// The sex; no score reads it.
    pub sex: Symbol,
}

/// A way of reaching people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Channel {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Its id.
    pub channel: Symbol,
    /// Its name.
    pub name: Symbol,
    /// Its class, where recorded.
    pub class: Option<ChannelClass>,
}

/// Somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Its id.
    pub place: Symbol,
    /// Its name.
    pub name: Symbol,
    /// Its class, where recorded.
    pub class: Option<PlaceClass>,
    /// Latitude and longitude in degrees, where both are recorded.
    pub location: Option<(f64, f64)>,
}

/// A phone, handle, account or the like that a person used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Identifier {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Who used it.
    pub person: Symbol,
    /// What it is.
    pub kind: IdentifierKind,
    /// Its text.
    pub value: Symbol,
    /// On which channel.
    pub channel: Symbol,
    /// From when.
    pub start: When,
    /// Until when.
    pub end: When,
}

/// What a person was in a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoleInCase {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// In which case.
    pub case: Symbol,
    /// Who.
    pub person: Symbol,
    /// What the person did.
    pub role: Role,
    /// What the person is before the law, where recorded.
    pub status: Option<Status>,
    /// Whether the person was a minor at the time, where recorded.
    pub minor: Option<Minor>,
    /// Where a victim lived, where recorded.
    pub setting: Option<Setting>,
    /// From when.
    pub start: When,
    /// Until when.
    pub end: When,
}

/// What one person did to, with or for another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Who did it.
    pub from: Symbol,
    /// To, with or for whom.
    pub to: Symbol,
    /// The id of the row, where there is one; its text is [`Case::link_id`](super::Case::link_id).
    pub link: Symbol,
    /// In which case.
    pub case: Symbol,
    /// The third person.
    pub about: Symbol,
    /// Through which channel.
    pub channel: Symbol,
    /// Where.
    pub place: Symbol,
    /// How often; 1 where not recorded.
    pub count: f64,
    /// From when.
    pub start: When,
    /// Until when.
    pub end: When,
    /// By what means.
    pub means: Means,
    /// What it was.
    pub kind: LinkKind,
}

impl Link {
    /// Whom the link says to be exploited, or brought to it.
    #[must_use]
    pub fn acted_upon(&self) -> Option<Symbol> {
        match self.kind {
            kind if kind.is_done_to_its_end() => self.to.known(),
            LinkKind::HandedOver => self.about.known(),
            _ => None,
        }
    }
}

/// An advertisement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ad {
    /// Where it stands, and how sure it is.
    pub assertion: Assertion,
    /// Its id; the text is [`Case::ad_id`](super::Case::ad_id).
    pub ad: Symbol,
    /// Where it stood.
    pub channel: Symbol,
    /// In which case.
    pub case: Symbol,
    /// Whom it offered.
    pub victim: Symbol,
    /// Who posted it.
    pub posted_by: Symbol,
    /// Who paid for it.
    pub payer: Symbol,
    /// When it was posted.
    pub posted: When,
    /// When it was last seen.
    pub last_seen: When,
    /// The telephone number in it.
    pub phone: Symbol,
    /// The handle in it.
    pub handle: Symbol,
    /// Where.
    pub place: Symbol,
    /// The price as written.
    pub price: Symbol,
    /// Its text.
    pub text: Symbol,
    /// Its image, or a hash of it.
    pub image: Symbol,
}
