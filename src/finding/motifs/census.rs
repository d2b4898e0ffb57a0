//! How often each order of three dated links comes, and how often it would if the days changed places.

use rayon::prelude::*;
use serde::Serialize;

use super::null::{Against, affordable};
use crate::case::LinkKind;
use crate::error::{Error, Result};
use crate::graph::{Direction, Network, TimedEdge, TimedGraph, View};
use crate::measure::{TemporalMotifs, false_discovery};
use crate::random::Random;

/// Counts the 36 motifs of three links between two or three people, whatever the links are, against days that change places.
///
/// Links run as recorded, each on the day on which it began; those not known to the day are left out, and told. Under the null the days
/// of links of one kind change places: who is tied to whom stays, and so does how many links each day has.
///
/// What it is **not**: a list of what the trade does; for that see [`Motifs`](super::Motifs). The links of one case file lie near one another in time, so
/// small chances are to be expected; and 36 motifs are looked at together, for which the rate of false discovery allows.
///
/// - **Unit**: triples of links; chances.
/// - **Cost**: a [count](TemporalMotifs) a draw; above 20 million links × draws there are fewer draws, at least 19, and it is said how many.
/// - **Order**: the same for any number of threads; draws come from `seed`.
/// - **Edge cases**: without dated links all counts are 0, and the test is underpowered.
///
/// # Source
///
/// As for [`Motifs`](super::Motifs); Y. Benjamini, Y. Hochberg, JRSS B 57:289, 1995, for the rate of false discovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Census {
    /// How many days may lie between the first and the last link. 90 by default.
    pub delta: u32,
    /// How often days change places. 999 by default.
    pub draws: usize,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Census {
    fn default() -> Self {
        Self { delta: TemporalMotifs::default().delta, draws: 999, seed: 0 }
    }
}

/// The census of a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CensusOf {
    /// The motifs, row by row of the figure.
    pub motifs: Vec<CensusRow>,
    /// How many links were looked at.
    pub links: usize,
    /// How many were left out because the day on which they began is not known.
    pub not_to_the_day: usize,
    /// How many were left out because of the view, or because both ends are one person.
    pub left_out: usize,
    /// How often days changed places.
    pub draws: usize,
}

/// How often one of the 36 comes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CensusRow {
    /// `M11` to `M66`: the row and the column of the figure.
    pub motif: String,
    /// `pair`, `star` or `triangle`.
    pub shape: &'static str,
    /// The three links in order of time: `1→2 2→3 3→1`.
    pub links: String,
    /// How often it comes.
    pub count: u64,
    /// How often on average when days change places; none without a dated link.
    pub expected: Option<f64>,
    /// How many standard deviations the count is above that; none where the null does not vary.
    pub z: Option<f64>,
    /// The chance of as many or more under the null.
    pub p: Option<f64>,
    /// The rate of false discovery at which this would be called more than chance, over all 36.
    pub q: Option<f64>,
    /// Whether no arrangement of the days that was seen could have a chance of .05 or less: then a large chance says nothing.
    pub underpowered: bool,
}

/// By motif, row by row.
type Counts = [u64; 36];

impl Census {
    /// The census of what `view` holds.
    ///
    /// # Errors
    ///
    /// If `draws` is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{ReadOptions, read};
    /// use kluwen::finding::Census;
    /// use kluwen::graph::{Network, View};
    /// use kluwen::identity::Identities;
    ///
    /// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
    /// let identities = Identities::as_given(&taken.case);
    /// let network = Network::new(&taken.case, &identities.entities);
    /// let found = Census { draws: 19, ..Census::default() }.of(&network, &View::default())?;
    /// assert_eq!(found.motifs.len(), 36);
    /// assert_eq!(found.motifs[9].links, "1→2 2→3 3→1");
    /// assert_eq!(found.links + found.not_to_the_day + found.left_out, taken.case.links.len());
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn of(&self, network: &Network<'_>, view: &View) -> Result<CensusOf> {
        if self.draws == 0 {
            return Err(Error::usage("`draws` must be 1 or more"));
        }
        let flat = network.in_time(view, Direction::Directed);
        let motifs = TemporalMotifs { delta: self.delta };
        let found = motifs.count(&flat.graph);
        let kind = |row: usize| network.case().links[row].kind;
        let both = flat.graph.edges().iter().zip(&flat.rows);
        let mut links: Vec<(LinkKind, TimedEdge)> = both
            .filter(|(edge, _)| is_known(edge))
            .map(|(&edge, &row)| (kind(row), edge))
            .collect();
        // By what they say and not by where they stand, so that rows in another order draw the same.
        links.sort_by_key(|(kind, edge)| (*kind, edge.start.first, edge.from, edge.to));
        let null = self.null(&links, flat.graph.node_count());
        Ok(CensusOf {
            motifs: rows(&flattened(&found.counts), &null),
            links: found.edges,
            not_to_the_day: found.not_to_the_day + flat.undated,
            left_out: flat.left_out,
            draws: null.len(),
        })
    }

    /// By draw: the counts when the days of links of one kind, which lie together, change places.
    fn null(&self, links: &[(LinkKind, TimedEdge)], nodes: usize) -> Vec<Counts> {
        if links.is_empty() {
            return Vec::new();
        }
        let draw = |stream: u64| {
            let mut random = Random::new(self.seed, stream);
            let mut edges = Vec::with_capacity(links.len());
            for same in links.chunk_by(|a, b| a.0 == b.0) {
                let mut days: Vec<i32> = same.iter().map(|link| link.1.start.first).collect();
                random.shuffle(&mut days);
                let moved = |(link, day): (&(LinkKind, TimedEdge), i32)| {
                    TimedEdge::on(day, link.1.from, link.1.to)
                };
                edges.extend(same.iter().zip(days).map(moved));
            }
            let motifs = TemporalMotifs { delta: self.delta };
            flattened(&motifs.count(&TimedGraph::new(nodes, edges)).counts)
        };
        let draws = affordable(self.draws, links.len()) as u64;
        (0..draws).into_par_iter().map(draw).collect()
    }
}

/// Whether the day on which a link began is known.
fn is_known(edge: &TimedEdge) -> bool {
    edge.start.first == edge.start.last
}

fn flattened(counts: &[[u64; 6]; 6]) -> Counts {
    std::array::from_fn(|at| counts[at / 6][at % 6])
}

fn rows(counts: &Counts, null: &[Counts]) -> Vec<CensusRow> {
    let against = |at: usize| {
        let null: Vec<u64> = null.iter().map(|draw| draw[at]).collect();
        Against::of(counts[at], &null)
    };
    let all: Vec<Against> = (0..36).map(against).collect();
    let chances: Vec<f64> = all.iter().filter_map(|one| one.p).collect();
    let mut rates = false_discovery(&chances, 36).into_iter();
    let row = |(at, against): (usize, Against)| {
        let edges = TemporalMotifs::edges(at / 6, at % 6);
        CensusRow {
            motif: format!("M{}{}", at / 6 + 1, at % 6 + 1),
            shape: shape(edges),
            links: edges.map(|[from, to]| format!("{from}→{to}")).join(" "),
            count: counts[at],
            expected: against.expected,
            z: against.z,
            p: against.p,
            q: against.p.and_then(|_| rates.next()),
            underpowered: against.underpowered,
        }
    };
    all.into_iter().enumerate().map(row).collect()
}

/// What three links make, by how many pairs of people they tie.
fn shape(edges: [[u8; 2]; 3]) -> &'static str {
    let mut pairs = edges.map(|[from, to]| [from.min(to), from.max(to)]);
    pairs.sort_unstable();
    let distinct = 1 + pairs.windows(2).filter(|two| two[0] != two[1]).count();
    ["pair", "star", "triangle"][distinct - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_pairs_eight_triangles_and_else_stars() {
        let all = rows(&[0; 36], &[]);
        let many = |shape| all.iter().filter(|row| row.shape == shape).count();
        assert_eq!(["pair", "star", "triangle"].map(many), [4, 24, 8]);
        assert!(all.iter().all(|row| row.underpowered && row.p.is_none() && row.q.is_none()));
    }

    #[test]
    fn the_null_keeps_days_within_a_kind_and_finds_what_stands_out() {
        // Ten people hand on to the next within a day, a year apart; a year between any two at random.
        let link = |at: u32, day: i32| {
            let year = i32::try_from(at).unwrap() * 400;
            let (from, to) =
                (3 * at + u32::try_from(day).unwrap(), 3 * at + u32::try_from(day).unwrap() + 1);
            (LinkKind::Recruited, TimedEdge::on(year + day, from, to))
        };
        let mut links: Vec<_> = (0..10).flat_map(|at| [link(at, 0), link(at, 1)]).collect();
        let third = |at: u32| {
            let year = i32::try_from(at).unwrap() * 400;
            (LinkKind::Recruited, TimedEdge::on(year + 2, 3 * at + 2, 3 * at))
        };
        links.extend((0..10).map(third));
        let edges = links.iter().map(|link| link.1).collect();
        let counts =
            flattened(&TemporalMotifs { delta: 90 }.count(&TimedGraph::new(30, edges)).counts);
        let census = Census { draws: 99, ..Census::default() };
        let found = rows(&counts, &census.null(&links, 30));
        assert_eq!((found[9].motif.as_str(), found[9].count), ("M24", 10));
        assert_eq!((found[9].p, found[9].underpowered), (Some(0.01), false));
        assert!(found[9].q.is_some_and(|q| q > 0.3), "one of 36");
        // Where each link has a kind of its own, no day can change places.
        let own: Vec<_> = [LinkKind::Recruited, LinkKind::Exploited, LinkKind::Controlled]
            .into_iter()
            .zip(&links)
            .map(|(kind, link)| (kind, link.1))
            .collect();
        let same = census.null(&own, 30);
        assert!(same.iter().all(|draw| *draw == same[0]));
    }
}
