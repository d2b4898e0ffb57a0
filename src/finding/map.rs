//! What a network map shows: who, how tied, and what was left out. It says nothing of how it is drawn.

use crate::case::{LinkKind, Role};
use crate::identity::EntityId;

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
}

/// What ties two nodes of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// Links of this kind.
    Link(LinkKind),
    /// A role in a case file.
    Role(Role),
}

impl TieKind {
    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Link(kind) => kind.code(),
            Self::Role(role) => role.code(),
        }
    }
}

/// A network map.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// What it shows, in a line.
    pub title: String,
    /// What the reader must know: the dates, what was left out, what a link does not mean.
    pub notes: Vec<String>,
    /// Who.
    pub nodes: Vec<MapNode>,
    /// How tied.
    pub edges: Vec<MapEdge>,
    /// How many people the case has in all.
    pub people_in_all: usize,
}

impl Map {
    /// How many of the nodes are people.
    #[must_use]
    pub fn people(&self) -> usize {
        self.nodes.iter().filter(|node| node.part != Part::CaseFile).count()
    }
}

/// A person, or a case file, on a map.
#[derive(Clone, Debug)]
pub struct MapNode {
    /// Who; none for a case file.
    pub entity: Option<EntityId>,
    /// The code, `E12` or `V9`, or the id of a case file; or a name, where a person asked for it and said why.
    pub label: String,
    /// The part played.
    pub part: Part,
    /// The rank among recurring recruiters, and the recurrence, if listed.
    pub recurrence: Option<(usize, f64)>,
    /// The community, from 1.
    pub community: Option<usize>,
    /// 0, 1 or 2: how large the sign is.
    pub size: u8,
    /// What there is to say, line by line: roles, cases, dates.
    pub details: Vec<String>,
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
    /// When, as recorded: `2019-03/2019-05`; empty where not recorded.
    pub dates: String,
    /// The rows that say so: `links.csv:88`.
    pub evidence: Vec<String>,
}
