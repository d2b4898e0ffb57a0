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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_ties_have_a_word_for_programs() {
        let codes = [
            "recruiter",
            "offender",
            "facilitator",
            "victim",
            "client",
            "professional",
            "bystander",
            "unknown",
            "case_file",
            "channel",
            "place",
            "identifier",
        ];
        assert_eq!(Part::ALL.map(Part::code), codes);
        let people = Part::ALL.iter().take_while(|part| part.is_person()).count();
        assert_eq!(people, 8);
        assert!(Part::ALL[8..].iter().all(|part| !part.is_person()));
        for (kind, code) in [
            (TieKind::Link(LinkKind::Paid), "paid"),
            (TieKind::Role(Role::Driver), "driver"),
            (TieKind::Use(Use::Advertising), "advertising"),
            (TieKind::Use(Use::Recruitment), "recruitment"),
            (TieKind::Place, "place"),
            (TieKind::Identifier, "identifier"),
        ] {
            assert_eq!(kind.code(), code);
        }
    }

    /// A map of people with these parts, and of a channel.
    fn map(parts: &[Part]) -> Map {
        let person = |(at, &part): (u32, &Part)| MapNode {
            entity: Some(EntityId::from_number(at)),
            ..MapNode::new("somebody".into(), part)
        };
        let mut nodes: Vec<MapNode> = (0..).zip(parts).map(person).collect();
        nodes.push(MapNode::new("a channel".into(), Part::Channel));
        Map { nodes, ..Map::default() }
    }

    #[test]
    fn of_ten_the_highest_is_the_largest_and_the_next_two_are_larger() {
        let mut map = map(&[Part::Offender; 10]);
        assert_eq!(map.people(), 10);
        map.size_by("degree", |one| {
            Some([3.0, 10.0, 5.0, 9.0, 8.0, 7.0, 6.0, 4.0, 2.0, 1.0][one.number()])
        });
        let sizes: Vec<u8> = map.nodes.iter().map(|node| node.size).collect();
        assert_eq!(sizes, [0, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(map.notes, [Note::Size("degree".into())]);
    }

    #[test]
    fn victims_and_those_without_a_score_have_the_smallest_sign() {
        let parts: Vec<Part> = [&[Part::Victim][..], &[Part::Offender; 10]].concat();
        let mut map = map(&parts);
        // Nine scores count, 9 to 1: two are above the third of them, and none above the first.
        let score = |one: EntityId| (one.number() < 10).then(|| 10.0 - one.number() as f64);
        map.size_by("degree", score);
        let sizes: Vec<u8> = map.nodes.iter().map(|node| node.size).collect();
        assert_eq!(sizes, [0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        map.size_by("degree", |_| Some(2.0));
        assert!(map.nodes.iter().all(|node| node.size == 0), "equal scores have equal signs");
    }

    #[test]
    fn the_largest_group_is_the_first_and_one_alone_is_in_none() {
        let mut map = map(&[Part::Offender; 8]);
        let groups = [Some(9), Some(7), Some(5), Some(9), Some(7), Some(9), Some(3), None];
        map.color_by("Leiden", |one| groups[one.number()]);
        let boxes: Vec<Option<usize>> = map.nodes.iter().map(|node| node.community).collect();
        let (one, two) = (Some(1), Some(2));
        assert_eq!(boxes, [one, two, None, one, two, one, None, None, None]);
        let hues: Vec<Option<usize>> = map.nodes.iter().map(|node| node.hue).collect();
        let none = Some(usize::MAX);
        let (first, second) = (Some(0), Some(1));
        assert_eq!(hues, [first, second, none, first, second, first, none, none, none]);
        assert_eq!(map.notes, [Note::Groups("Leiden".into())]);
    }

    #[test]
    fn of_groups_of_one_size_the_lower_number_is_the_first() {
        let mut map = map(&[Part::Offender; 4]);
        map.color_by("Leiden", |one| Some([8, 2, 8, 2][one.number()]));
        let boxes: Vec<Option<usize>> = map.nodes.iter().map(|node| node.community).collect();
        assert_eq!(boxes, [Some(2), Some(1), Some(2), Some(1), None]);
    }
}
