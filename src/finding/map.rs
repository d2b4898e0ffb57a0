//! What a network map shows: who, how tied, and what was left out. It says nothing of how it is drawn.

use crate::case::LinkKind;
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

/// A person on a map.
#[derive(Clone, Debug)]
pub struct MapNode {
    /// Who.
    pub entity: EntityId,
    /// The code, `E12` or `V9`; or a name, where a person asked for it and said why.
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

/// All links of one kind from one person to another.
#[derive(Clone, Debug)]
pub struct MapEdge {
    /// From which node, by place in [`Map::nodes`].
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// Of what kind.
    pub kind: LinkKind,
    /// How often, over all rows.
    pub count: f64,
    /// The highest certainty of its rows.
    pub certainty: f64,
    /// When, as recorded: `2019-03/2019-05`; empty where not recorded.
    pub dates: String,
    /// The rows that say so: `links.csv:88`.
    pub evidence: Vec<String>,
}
