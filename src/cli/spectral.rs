//! What `kluwen rank` needs for measures of walks, of two sides and of time.

use clap::Args;
use kluwen::error::{Error, Result};
use kluwen::graph::{Csr, Flat, Mode, Network, TimedEdge, TimedGraph, View, Weight};
use kluwen::identity::Entities;
use kluwen::measure::{
    Attenuation, BiRank, Centrality, DynamicKatz, PersonalisedPageRank, Scores, TwoModeBetweenness,
    TwoModeCloseness, TwoModeCores, TwoModeDegree,
};

use super::Manner;
use super::flags::FlattenFlags;
use super::nodes::{self, NetworkFlag};

/// What some measures are told.
#[derive(Debug, Args)]
pub(crate) struct SpectralFlags {
    /// From whom the walk of `personalised` starts, such as E12,V9 or an id of the files; may be given again
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    from: Vec<String>,
    /// How much less a walk counts for each tie more, for `katz`, `broadcast` and `receive` [default: .85 of the most possible]
    #[arg(long)]
    alpha: Option<f64>,
    /// How many days a period has, for `broadcast` and `receive` [default: 30]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    period: Option<u32>,
    /// How many ties those on the first side must have, for `two-mode-core` [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    least: Option<u32>,
}

/// A measure that needs more than a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Further {
    Personalised,
    Broadcast,
    Receive,
    BiRank,
    TwoModeDegree,
    TwoModeCloseness,
    TwoModeBetweenness,
    TwoModeCore,
}

/// What was measured, and of whom.
pub(crate) struct Ranked {
    pub(crate) name: &'static str,
    pub(crate) flat: Flat<Mode>,
    pub(crate) scores: Scores,
}

/// Which network, and how it is read.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) network: &'a Network<'a>,
    pub(crate) which: NetworkFlag,
    pub(crate) view: &'a View,
    pub(crate) flatten: FlattenFlags,
    pub(crate) damping: f64,
    /// The graph, where an engine made it.
    pub(crate) fetched: Option<&'a Flat<Mode>>,
}

impl Asked<'_> {
    fn flat(&self) -> Flat<Mode> {
        let here = || self.which.flatten(self.network, self.view, self.flatten);
        self.fetched.cloned().unwrap_or_else(here)
    }
}

impl SpectralFlags {
    /// Refuses flags that a measure would not look at.
    pub(crate) fn check(&self, further: Option<Further>, is_katz: bool) -> Result<()> {
        let in_time = matches!(further, Some(Further::Broadcast | Further::Receive));
        let near = further == Some(Further::Personalised);
        let core = further == Some(Further::TwoModeCore);
        for (flag, given, used, by) in [
            ("from", !self.from.is_empty(), near, "personalised"),
            ("alpha", self.alpha.is_some(), in_time || is_katz, "katz`, `broadcast` or `receive"),
            ("period", self.period.is_some(), in_time, "broadcast` or `receive"),
            ("least", self.least.is_some(), core, "two-mode-core"),
        ] {
            if given && !used {
                return Err(Error::usage(format!("`--{flag}` needs `--by {by}`")));
            }
        }
        if near && self.from.is_empty() {
            return Err(Error::usage(
                "`--by personalised` needs `--from`: to whom should people be near?",
            ));
        }
        Ok(())
    }

    pub(crate) fn attenuation(&self) -> Attenuation {
        self.alpha.map_or(Attenuation::default(), Attenuation::Fixed)
    }

    /// Measures what was asked for.
    pub(crate) fn rank(
        &self,
        further: Further,
        asked: Asked<'_>,
        manner: Manner,
    ) -> Result<Ranked> {
        match further {
            Further::Personalised => self.near(asked),
            Further::Broadcast | Further::Receive => self.in_time(further, asked, manner),
            _ => self.of_two_sides(further, asked),
        }
    }

    fn near(&self, asked: Asked<'_>) -> Result<Ranked> {
        let (case, entities) = (asked.network.case(), asked.network.entities());
        let flat = asked.flat();
        let mut from = Vec::new();
        for word in &self.from {
            let who = nodes::person(word, case, entities)?;
            let at = (0..).zip(&flat.nodes).find(|one| *one.1 == Mode::Person(who));
            let Some((node, _)) = at else {
                return Err(Error::usage(format!(
                    "{} has no tie in the network that was asked for",
                    entities.code(who)
                )));
            };
            from.push(node);
        }
        let measure = PersonalisedPageRank {
            damping: asked.damping,
            ..PersonalisedPageRank::from(flat.nodes.len(), &from)
        };
        let scores = measure.scores(&flat.csr)?;
        Ok(Ranked { name: measure.name(), flat, scores })
    }

    fn of_two_sides(&self, further: Further, asked: Asked<'_>) -> Result<Ranked> {
        if asked.which == NetworkFlag::People {
            return Err(Error::usage(
                "this measure needs a network of two sides: add `--network cases`, `--network channels` or \
                 `--network victims`",
            ));
        }
        let flat = asked.flat();
        let left = sides(&flat, asked.which, asked.network.entities());
        let csr = &flat.csr;
        let alpha = self.least.map_or(TwoModeCores::default().alpha, |least| least as usize);
        let (name, scores) = match further {
            Further::TwoModeDegree => ("two_mode_degree", TwoModeDegree.scores(csr, &left)?),
            Further::TwoModeCloseness => {
                ("two_mode_closeness", TwoModeCloseness.scores(csr, &left)?)
            }
            Further::TwoModeBetweenness => {
                ("two_mode_betweenness", TwoModeBetweenness.scores(csr, &left)?)
            }
            Further::TwoModeCore => ("two_mode_core", TwoModeCores { alpha }.scores(csr, &left)?),
            _ => {
                let [left_damping, right_damping] = [asked.damping; 2];
                let birank = BiRank { left_damping, right_damping, ..BiRank::default() };
                ("birank", birank.scores(csr, &left, &even(&left))?)
            }
        };
        Ok(Ranked { name, flat, scores })
    }

    fn in_time(&self, further: Further, asked: Asked<'_>, manner: Manner) -> Result<Ranked> {
        if asked.which != NetworkFlag::People || asked.flatten.weight() != Weight::None {
            return Err(Error::usage(
                "`broadcast` and `receive` are of people and their dated ties, each of which counts 1",
            ));
        }
        let direction = asked.flatten.direction();
        let timed = asked.network.in_time(asked.view, direction);
        let (nodes, graph) = tied(&timed.graph);
        let days = self.period.unwrap_or(DynamicKatz::default().days);
        let measure = DynamicKatz { alpha: self.attenuation(), days, ..DynamicKatz::default() };
        let found = measure.of(&graph)?;
        manner.say(&format!(
            "{} links are left out because they have no date; ties fall in {} periods of {days} days.",
            timed.undated, found.periods
        ));
        let pairs: Vec<(u32, u32)> =
            graph.edges().iter().map(|edge| (edge.from, edge.to)).collect();
        let (name, scores) = match further {
            Further::Broadcast => ("broadcast", found.broadcast),
            _ => ("receive", found.receive),
        };
        let flat = Flat {
            csr: Csr::unweighted(nodes.len(), &pairs, direction),
            nodes: nodes.iter().map(|&node| Mode::Person(timed.nodes[node as usize])).collect(),
            left_out: timed.left_out + timed.undated,
        };
        Ok(Ranked { name, flat, scores })
    }
}

/// Whether each node is on the first side of a network of two.
fn sides(flat: &Flat<Mode>, which: NetworkFlag, entities: &Entities) -> Vec<bool> {
    let is_left = |node: &Mode| match *node {
        Mode::Person(who) => which != NetworkFlag::Victims || entities.victim(who).is_none(),
        _ => false,
    };
    flat.nodes.iter().map(is_left).collect()
}

/// The same for each of one side, 1 in all on each.
fn even(left: &[bool]) -> Vec<f64> {
    let lefts = left.iter().filter(|&&is_left| is_left).count();
    let share = |&is_left: &bool| {
        let count = if is_left { lefts } else { left.len() - lefts };
        1.0 / count as f64
    };
    left.iter().map(share).collect()
}

/// The nodes that have an edge, and the graph of those alone.
fn tied(graph: &TimedGraph) -> (Vec<u32>, TimedGraph) {
    let mut nodes: Vec<u32> = graph.edges().iter().flat_map(|edge| [edge.from, edge.to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let mut place = vec![0; graph.node_count()];
    for (at, &node) in (0..).zip(&nodes) {
        place[node as usize] = at;
    }
    let renamed = |edge: &TimedEdge| TimedEdge {
        from: place[edge.from as usize],
        to: place[edge.to as usize],
        ..*edge
    };
    let edges = graph.edges().iter().map(renamed).collect();
    let count = nodes.len();
    (nodes, TimedGraph::new(count, edges))
}

#[cfg(test)]
mod tests {
    use kluwen::case::Case;
    use kluwen::identity::{EntityId, Identities};

    use super::super::trial::{case_of, typed};
    use super::*;

    #[test]
    fn each_side_has_one_in_all() {
        let even = even(&[true, false, true, false, false]);
        let third = 1.0 / 3.0;
        assert_eq!(even, [0.5, third, 0.5, third, third]);
    }

    #[test]
    fn flags_that_a_measure_would_ignore_are_refused() {
        use Further::{BiRank, Broadcast, Personalised, Receive, TwoModeCore};
        for (words, further, katz, refused) in [
            (&["--from", "a"][..], Some(Personalised), false, None),
            (&["--from", "a"], Some(BiRank), false, Some("`--from` needs `--by personalised`")),
            (&[], Some(Personalised), false, Some("`--by personalised` needs `--from`")),
            (&["--alpha", "0.1"], None, true, None),
            (&["--alpha", "0.1"], Some(Broadcast), false, None),
            (&["--alpha", "0.1"], Some(Receive), false, None),
            (&["--alpha", "0.1"], None, false, Some("`--alpha` needs `--by katz`, `broadcast`")),
            (&["--period", "3"], Some(Receive), false, None),
            (&["--period", "3"], None, true, Some("`--period` needs `--by broadcast`")),
            (&["--least", "3"], Some(TwoModeCore), false, None),
            (&["--least", "3"], Some(BiRank), false, Some("`--least` needs `--by two-mode-core`")),
            (&[], None, false, None),
        ] {
            match (typed::<SpectralFlags>(words).check(further, katz), refused) {
                (Ok(()), None) => {}
                (Err(error), Some(why)) => assert!(error.to_string().starts_with(why), "{error}"),
                (checked, _) => panic!("{words:?} {further:?}: {checked:?}"),
            }
        }
    }

    /// Cees told Bram in January, and Bram told Anna in May; Dora has no dated tie. All but Anna are victims of no case.
    fn case() -> Case {
        case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,a,victim\nc1,b,client\nc2,b,client\nc2,c,client\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,start\nl1,b,c,contact,2019-01-01\nl2,a,b,contact,2019-05-01\n\
                 l3,c,d,contact,\n",
            ),
        ])
    }

    /// The name of a measure and the score of each id.
    fn ranked(
        further: Further,
        which: NetworkFlag,
        words: &[&str],
    ) -> (&'static str, Vec<(String, f64)>) {
        let case = case();
        let identities = Identities::as_given(&case);
        let entities = &identities.entities;
        let network = Network::new(&case, entities);
        let view = View::default();
        let asked = Asked {
            network: &network,
            which,
            view: &view,
            flatten: FlattenFlags::default(),
            damping: 0.85,
            fetched: None,
        };
        let flags = typed::<SpectralFlags>(words);
        let Ranked { name, flat, scores } =
            flags.rank(further, asked, Manner { quiet: true }).expect("it settles");
        let ids = flat.nodes.iter().map(|&node| nodes::ids(node, &case, entities));
        (name, ids.zip(scores.iter().copied()).collect())
    }

    fn score((_, scores): &(&'static str, Vec<(String, f64)>), id: &str) -> f64 {
        scores.iter().find(|one| one.0 == id).expect("it is ranked").1
    }

    #[test]
    fn in_one_period_there_is_no_before_and_in_several_there_is() {
        let of = |further, period| ranked(further, NetworkFlag::People, &["--period", period]);
        let together = of(Further::Broadcast, "1000");
        assert_eq!((together.0, together.1.len()), ("broadcast", 3), "who has no date is left out");
        assert!((score(&together, "a") - score(&together, "c")).abs() < 1e-9, "{together:?}");
        // What Cees told can have come to Anna, and not the other way round.
        let (told, heard) = (of(Further::Broadcast, "10"), of(Further::Receive, "10"));
        assert!(score(&told, "c") > score(&told, "a"), "{told:?}");
        assert_eq!(heard.0, "receive");
        assert!(score(&heard, "a") > score(&heard, "c"), "{heard:?}");
    }

    #[test]
    fn a_walk_comes_by_most_where_it_starts() {
        for (from, other) in [("a", "c"), ("c", "a")] {
            let near = ranked(Further::Personalised, NetworkFlag::People, &["--from", from]);
            assert!(score(&near, from) > score(&near, other), "{near:?}");
        }
    }

    #[test]
    fn the_first_side_is_of_people_and_of_victims_and_others_the_others() {
        let case = case();
        let identities = Identities::as_given(&case);
        let entities = &identities.entities;
        let file = case.symbol("c1").expect("a case file");
        let csr = Csr::path(3);
        let nodes = vec![
            Mode::Person(EntityId::from_number(0)),
            Mode::Person(EntityId::from_number(1)),
            Mode::Case(file),
        ];
        let flat = Flat { csr, nodes, left_out: 0 };
        assert_eq!(sides(&flat, NetworkFlag::Cases, entities), [true, true, false]);
        assert_eq!(sides(&flat, NetworkFlag::Victims, entities), [false, true, false]);
    }

    #[test]
    fn measures_of_two_sides_are_those_that_were_asked_for() {
        let of = |further| ranked(further, NetworkFlag::Cases, &[]);
        let degree = of(Further::TwoModeDegree);
        // Bram is in both files, and each file has two of three people.
        assert_eq!(degree.0, "two_mode_degree");
        assert!(
            (score(&degree, "b") - 1.0).abs() < 1e-9 && (score(&degree, "a") - 0.5).abs() < 1e-9
        );
        assert!((score(&degree, "c1") - 2.0 / 3.0).abs() < 1e-9, "{degree:?}");
        let names = [
            Further::TwoModeCloseness,
            Further::TwoModeBetweenness,
            Further::TwoModeCore,
            Further::BiRank,
        ]
        .map(|further| of(further).0);
        assert_eq!(
            names,
            ["two_mode_closeness", "two_mode_betweenness", "two_mode_core", "birank"]
        );
    }

    #[test]
    fn nodes_without_an_edge_are_left_out_and_the_others_numbered_anew() {
        let case = case();
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let timed = network.in_time(&View::default(), kluwen::graph::Direction::Directed);
        let (kept, graph) = tied(&timed.graph);
        assert_eq!((kept, graph.node_count()), (vec![0, 1, 2], 3));
        let only = TimedGraph::new(
            5,
            timed
                .graph
                .edges()
                .iter()
                .map(|edge| TimedEdge { from: edge.from + 2, to: edge.to + 2, ..*edge })
                .collect(),
        );
        let (kept, graph) = tied(&only);
        assert_eq!(kept, [2, 3, 4]);
        let mut ends: Vec<(u32, u32)> =
            graph.edges().iter().map(|edge| (edge.from, edge.to)).collect();
        ends.sort_unstable();
        assert_eq!(ends, [(0, 1), (1, 2)]);
    }
}
