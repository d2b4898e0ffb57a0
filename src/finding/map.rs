//! What a network map shows: who, how tied, and what was left out. It says nothing of how it is drawn.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Recruiter, Use};
use crate::case::{Day, LinkKind, Role, When};
use crate::identity::EntityId;
use crate::untrusted::Untrusted;

/// What a person's sign says: the part played over all cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Recruits or grooms.
    Recruiter,
    /// Exploits, controls, or another offender's part.
    Offender,
    /// Drives, lodges, advertises, handles money.
    Facilitator,
    /// A victim, whatever else she did.
    Victim,
    /// Buys.
    Client,
    /// There by profession.
    Professional,
    /// Family, witness, reporter, other.
    Bystander,
    /// Nothing is known.
    Unknown,
    /// No person: a case file, which ties people together.
    CaseFile,
    /// No person: a platform or another way of reaching people.
    Channel,
    /// No person: somewhere.
    Place,
    /// No person: a phone, an account, a vehicle.
    Identifier,
}

impl Part {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 12] = [
        Self::Recruiter,
        Self::Offender,
        Self::Facilitator,
        Self::Victim,
        Self::Client,
        Self::Professional,
        Self::Bystander,
        Self::Unknown,
        Self::CaseFile,
        Self::Channel,
        Self::Place,
        Self::Identifier,
    ];

    /// Whether this is the part of a person.
    #[must_use]
    pub fn is_person(self) -> bool {
        !matches!(self, Self::CaseFile | Self::Channel | Self::Place | Self::Identifier)
    }

    /// A word for programs: `recruiter`, `case_file`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Recruiter => "recruiter",
            Self::Offender => "offender",
            Self::Facilitator => "facilitator",
            Self::Victim => "victim",
            Self::Client => "client",
            Self::Professional => "professional",
            Self::Bystander => "bystander",
            Self::Unknown => "unknown",
            Self::CaseFile => "case_file",
            Self::Channel => "channel",
            Self::Place => "place",
            Self::Identifier => "identifier",
        }
    }
}

/// What ties two nodes of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// Links of this kind.
    Link(LinkKind),
    /// A role in a case file.
    Role(Role),
    /// Reached or advertised through a channel.
    Use(Use),
    /// Something happened there.
    Place,
    /// Used it.
    Identifier,
}

impl TieKind {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Link(kind) => kind.code(),
            Self::Role(role) => role.code(),
            Self::Use(Use::Advertising) => "advertising",
            Self::Use(Use::Recruitment) => "recruitment",
            Self::Place => "place",
            Self::Identifier => "identifier",
        }
    }
}

/// A network map.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// What stands over it, where somebody chose that; else it is made of what is shown.
    pub title: Option<Untrusted>,
    /// What the reader must know: the dates, what was left out, what a link does not mean.
    pub notes: Vec<Note>,
    /// Who.
    pub nodes: Vec<MapNode>,
    /// How tied.
    pub edges: Vec<MapEdge>,
    /// How many people the case has in all.
    pub people_in_all: usize,
    /// The last day of which the case speaks: the date of the data.
    pub until: Option<Day>,
    /// From what it was made, where that is to be shown.
    pub made: Option<Made>,
}

/// From what a map was made: for repeating it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Where every random choice comes from.
    pub seed: u64,
    /// The files that went in, with their SHA-256 in hexadecimal.
    pub inputs: Vec<(Untrusted, String)>,
}

/// What the reader of a map must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many people and ties are not on it.
    LeftOut {
        /// People.
        people: usize,
        /// Ties: all rows of one kind from one to another.
        ties: usize,
        /// Who was chosen.
        shown: Shown,
    },
    /// Only links that can have been within this time.
    Within(When),
    /// A link is what a row says; victims bear pseudonyms.
    NoAccusation,
    /// To stand in one case file is no tie between two people.
    NoTie,
    /// Signs are large by this measure.
    Size(Untrusted),
    /// Boxes and colors are groups by this method.
    Groups(Untrusted),
    /// So many rows are not for whoever asked, and nothing of them is on it.
    AboveClearance(usize),
    /// Names are shown, for this reason.
    Revealed(Untrusted),
}

/// Who was chosen for a map that cannot show everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The ranked, their victims, and who is tied to them most.
    Ranked,
    /// The people asked for and who is tied to them.
    Around,
    /// Those in most case files, or near whoever was asked for.
    InMostCases,
}

impl Map {
    /// Larger signs for those who score high among the people shown: the highest tenth the largest, the next fifth larger. Equal scores
    /// have equal signs; who has no score, and every victim, has the smallest.
    pub fn size_by(&mut self, measure: &str, score: impl Fn(EntityId) -> Option<f64>) {
        let of =
            |node: &MapNode| node.entity.filter(|_| node.part != Part::Victim).and_then(&score);
        let mut scores: Vec<f64> = self.nodes.iter().filter_map(of).collect();
        scores.sort_unstable_by(|a, b| b.total_cmp(a));
        let (high, higher) =
            (scores.get(scores.len() * 3 / 10).copied(), scores.get(scores.len() / 10).copied());
        for node in &mut self.nodes {
            let above =
                |bound: Option<f64>| bound.zip(of(node)).is_some_and(|(bound, own)| own > bound);
            node.size = u8::from(above(high)) + u8::from(above(higher));
        }
        self.notes.push(Note::Size(measure.into()));
    }

    /// A box for each group of those shown, and a color for each of the largest; victims stay white.
    pub fn color_by(&mut self, method: &str, group: impl Fn(EntityId) -> Option<usize>) {
        let mut members: BTreeMap<usize, usize> = BTreeMap::new();
        for node in &mut self.nodes {
            node.community = node.entity.and_then(&group);
            if let Some(group) = node.community {
                *members.entry(group).or_default() += 1;
            }
        }
        let mut order: Vec<(usize, usize)> =
            members.into_iter().filter(|(_, count)| *count > 1).collect();
        order.sort_by_key(|&(group, count)| (Reverse(count), group));
        let place: BTreeMap<usize, usize> =
            order.iter().zip(0..).map(|(&(group, _), at)| (group, at)).collect();
        for node in &mut self.nodes {
            let at = node.community.and_then(|group| place.get(&group).copied());
            node.community = at.map(|place| place + 1);
            node.hue = Some(at.unwrap_or(usize::MAX));
        }
        self.notes.push(Note::Groups(method.into()));
    }

    /// How many of the nodes are people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.nodes.iter().filter(|node| node.part.is_person()).count()
    }
}

/// A person, a case file, a channel, a place or an identifier on a map.
#[derive(Clone, Debug)]
pub struct MapNode {
    /// Who; none for what is no person.
    pub entity: Option<EntityId>,
    /// The code, `E12` or `V9`, or the id of a case file; or a name, where a person asked for it and said why.
    pub label: Untrusted,
    /// The pseudonym under a key, where ids are shown so; the same person has the same one on every map under that key.
    pub pseudonym: Option<Untrusted>,
    /// The part played.
    pub part: Part,
    /// The rank among recurring recruiters, and the recurrence, if listed.
    pub recurrence: Option<(usize, f64)>,
    /// Why somebody is ranked; none for a victim.
    pub ranked: Option<Box<Recruiter>>,
    /// The community, from 1.
    pub community: Option<usize>,
    /// 0, 1 or 2: how large the sign is.
    pub size: u8,
    /// Where colors tell groups: the place of its group, the largest first, or the highest number for who is in none.
    pub hue: Option<usize>,
    /// Roles by case, in the order of roles: `recruiter` in `c2`, `c19`.
    pub roles: Vec<(Role, Vec<Untrusted>)>,
    /// The rows that say so.
    pub evidence: Vec<Evidence>,
}

impl MapNode {
    /// A sign with nothing to say but who and what it is.
    #[must_use]
    pub fn new(label: Untrusted, part: Part) -> Self {
        Self {
            entity: None,
            label,
            pseudonym: None,
            part,
            recurrence: None,
            ranked: None,
            community: None,
            size: 0,
            hue: None,
            roles: Vec::new(),
            evidence: Vec::new(),
        }
    }
}

/// A row of a file, and what is to be known of it: no statement, but texts that somebody chose all the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Which: `links.csv:88`.
    pub row: Untrusted,
    /// When, as recorded.
    pub when: When,
    /// Its grade as it was written; empty where it has none.
    pub grade: Untrusted,
    /// How sure it is, by its grade.
    pub certainty: f64,
    /// In which case file; empty where none is recorded.
    pub case: Untrusted,
    /// The handling code in a column of its own; empty where it has none. One in the grade stands there.
    pub handling: Untrusted,
}

/// All rows of one kind from one node to another.
#[derive(Clone, Debug)]
pub struct MapEdge {
    /// From which node, by place in [`Map::nodes`].
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// Of what kind.
    pub kind: TieKind,
    /// How often, over all rows.
    pub count: f64,
    /// The highest certainty of its rows.
    pub certainty: f64,
    /// From the first to the last day of its rows, as far as recorded.
    pub when: When,
    /// The rows that say so.
    pub evidence: Vec<Evidence>,
}
