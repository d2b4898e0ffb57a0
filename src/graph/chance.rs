//! The chance that two people are tied, where several rows say so.

use super::csr::{Direction, Edge};
use crate::case::{Link, Symbol};

/// Who says so: a source, or the case file of a row that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    Source(Symbol),
    Case(Symbol),
}

impl Voice {
    pub(super) fn of(link: &Link) -> Self {
        let source = link.assertion.source;
        if source.is_known() { Self::Source(source) } else { Self::Case(link.case) }
    }
}

/// One edge for each pair that is tied, weighted by the chance that at least one of its rows is right: what one voice says twice
/// counts once, and voices are independent.
pub(super) fn chances(edges: &[Edge], voices: &[Voice], direction: Direction) -> Vec<Edge> {
    let ends = |&(u, v, _): &Edge| match direction {
        Direction::Directed => (u, v),
        Direction::Undirected => (u.min(v), u.max(v)),
    };
    let mut said: Vec<((u32, u32), Voice, f64)> =
        edges.iter().zip(voices).map(|(edge, &voice)| (ends(edge), voice, edge.2)).collect();
    // The surest row of a voice comes first.
    said.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    said.dedup_by_key(|one| (one.0, one.1));
    let of_pair = |pair: &[((u32, u32), Voice, f64)]| {
        let wrong: f64 = pair.iter().map(|one| 1.0 - one.2).product();
        let (u, v) = pair[0].0;
        (u, v, 1.0 - wrong)
    };
    said.chunk_by(|a, b| a.0 == b.0).map(of_pair).filter(|edge| edge.2 > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_speak_once_and_independently() {
        let (one, other) = (Voice::Case(Symbol::EMPTY), Voice::Source(Symbol::EMPTY));
        let edges = [(0, 1, 0.5), (1, 0, 0.8), (0, 1, 0.6), (1, 2, 0.0)];
        let voices = [one, other, one, one];
        let both_ways = chances(&edges, &voices, Direction::Undirected);
        assert_eq!(both_ways.len(), 1, "no chance is no tie");
        assert!((both_ways[0].2 - (1.0 - 0.4 * 0.2)).abs() < 1e-12, "{both_ways:?}");
        let one_way = chances(&edges, &voices, Direction::Directed);
        assert_eq!(
            one_way.iter().map(|edge| (edge.0, edge.1)).collect::<Vec<_>>(),
            [(0, 1), (1, 0)]
        );
        assert!((one_way[0].2 - 0.6).abs() < 1e-12);
    }
}
