//! What a network map shows: who, how tied, and what was left out. It says nothing of how it is drawn.

use std::cmp::Reverse;
use std::collections::BTreeMap;

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
        self.notes.push(format!("Size: {measure} among those shown. High is not guilty."));
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
        self.notes.push(format!(
            "Boxes and colors: groups by {method}, one division of many; gray: a small one, or none. A group is not a gang."
        ));
    }

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
    /// Where colors tell groups: the place of its group, the largest first, or the highest number for who is in none.
    pub hue: Option<usize>,
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
