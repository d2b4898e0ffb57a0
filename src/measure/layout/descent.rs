//! Nodes follow the forces on them.

use rayon::prelude::*;

use super::Point;
use super::pivots::{Drawn, Pivots};
use super::repulsion::repulsion;
use super::ties::Ties;
use crate::wide::widest;

/// How strongly nodes push one another away, where an edge of length 1 pulls by 1.
const PUSH: f64 = 0.1;

/// An edge pulls by its length to this power.
const POWER: f64 = 1.25;

/// What the longest way that a node goes in one round is multiplied by after each.
const COOLING: f64 = 0.95;

/// How long and how far nodes go.
pub(super) struct Descent<'a> {
    pub(super) pivots: &'a Pivots,
    pub(super) rounds: usize,
    /// The longest way that a node goes in the first round.
    pub(super) first: f64,
    /// How much the way that distances ask for counts beside that of the forces, in the first round and after the last; in between it
    /// changes evenly.
    pub(super) share: [f64; 2],
}

impl Descent<'_> {
    /// Moves all nodes at once, round by round.
    ///
    /// Edges pull, all pairs push (by the product of their masses over their distance), and each node goes as far as the
    /// stiffness of its edges makes it; distances to pivots hold the whole in shape, which forces alone would fold.
    ///
    /// # Source
    ///
    /// Forces: M. Jacomy, T. Venturini, S. Heymann, M. Bastian, "`ForceAtlas2`", `PLoS ONE` 9(6):e98679, 2014 (masses are degrees plus one); T. M. J.
    /// Fruchterman, E. M. Reingold, "Graph drawing by force-directed placement", Softw. Pract. Exp. 21(11):1129-1164, 1991 (cooling). Edges
    /// pull by a power between theirs, 1 and 2.
    pub(super) fn run(&self, ties: &Ties, points: &mut Vec<Point>) {
        let mut limit = self.first;
        for round in 0..self.rounds {
            let done = round as f64 / self.rounds as f64;
            let share = self.share[0] + (self.share[1] - self.share[0]) * done;
            *points = self.moved(ties, points, share, limit);
            limit *= COOLING;
        }
    }

    fn moved(&self, ties: &Ties, points: &[Point], share: f64, limit: f64) -> Vec<Point> {
        let pushes = repulsion(points, ties.masses());
        let drawn = self.pivots.drawn(points);
        let one = |u: usize| {
            let [x, y] = forced(ties, points, pushes[u], u);
            let [far_x, far_y] =
                if share > 0.0 { self.asked(u, points[u], &drawn) } else { [0.0; 2] };
            let way = [x + share * far_x, y + share * far_y].map(|way| way / (1.0 + share));
            let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
            let cut = if length > limit { limit / length } else { 1.0 };
            [points[u][0] + cut * way[0], points[u][1] + cut * way[1]]
        };
        (0..ties.len()).into_par_iter().with_min_len(256).map(one).collect()
    }

    fn asked(&self, u: usize, own: Point, drawn: &Drawn) -> Point {
        widest(
            #[inline(always)]
            || self.pivots.way(u, own, drawn),
        )
    }
}

/// The way that the forces on a node would move it if nothing else moved.
fn forced(ties: &Ties, points: &[Point], push: Point, u: usize) -> Point {
    let own = points[u];
    let mass = ties.masses()[u];
    let [mut x, mut y] = push.map(|push| PUSH * mass * push);
    let mut stiffness = 0.0;
    for (v, strength) in ties.row(u) {
        let (dx, dy) = (points[v][0] - own[0], points[v][1] - own[1]);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        // The force over the length: its power less one is a quarter.
        let pull = strength * length.sqrt().sqrt();
        x += dx * pull;
        y += dy * pull;
        stiffness += POWER * pull;
    }
    [x, y].map(|force| force / stiffness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Csr;

    /// Two nodes with an edge, which have a mass of 2 each.
    fn pair() -> (Ties, Pivots) {
        let ties = Ties::of(&Csr::path(2), &[0, 1], &[0, 1]);
        let pivots = Pivots::new(&ties);
        (ties, pivots)
    }

    fn close(got: &[Point], want: &[Point]) -> bool {
        let (got, want) = (got.as_flattened(), want.as_flattened());
        got.len() == want.len() && got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-5)
    }

    #[test]
    fn an_edge_pulls_by_its_length_to_five_quarters_and_all_push() {
        let (ties, _) = pair();
        for (to, push, want) in [
            // At a length of 1 it pulls by 1, of 16 by 32; the stiffness is five quarters of that by length.
            ([1.0, 0.0], [0.0, 0.0], [0.8, 0.0]),
            ([0.0, -16.0], [0.0, 0.0], [0.0, -12.8]),
            ([9.6, 12.8], [0.0, 0.0], [7.68, 10.24]),
            // A tenth of its mass is .2.
            ([1.0, 0.0], [-1.0, 2.0], [0.64, 0.32]),
            ([16.0, 0.0], [5.0, 0.0], [13.2, 0.0]),
        ] {
            let got = forced(&ties, &[[0.0; 2], to], push, 0);
            assert!(close(&[got], &[want]), "{to:?} {push:?}: {got:?}, not {want:?}");
        }
        let rows = [vec![(1, 1.0), (2, 3.0)], vec![(0, 1.0)], vec![(0, 3.0)]];
        let ties = Ties::from_rows(rows.into_iter().map(Vec::into_iter), vec![1.0; 3]);
        // Three to the right and one to the left are two of four to the right.
        let got = forced(&ties, &[[1.0, 1.0], [0.0, 1.0], [2.0, 1.0]], [0.0; 2], 0);
        assert!(close(&[got], &[[0.4, 0.0]]), "{got:?}");
    }

    #[test]
    fn distances_have_their_share_and_no_way_is_longer_than_the_limit() {
        let (ties, pivots) = pair();
        let descent = Descent { pivots: &pivots, rounds: 1, first: 1.0, share: [0.0; 2] };
        // The edge pulls by 1 and the other pushes by .1 · 2 · 2; the only distance is right as it is.
        let half = [[0.0, 0.0], [0.6, 0.8]];
        for (share, limit, way) in [
            (0.0, 9.0, 0.48),
            (1.0, 9.0, 0.24),
            (3.0, 9.0, 0.12),
            (0.0, 0.3, 0.3),
            (1.0, 0.3, 0.24),
        ] {
            let got = descent.moved(&ties, &half, share, limit);
            let (x, y) = (0.6 * way, 0.8 * way);
            assert!(close(&got, &[[x, y], [0.6 - x, 0.8 - y]]), "{share} {limit}: {got:?}");
        }
        // The last of three in a row is too near to both: the middle one asks for a way of 11/36, the first, which counts a quarter, for 1/9.
        let csr = Csr::path(3);
        let ties = Ties::of(&csr, &[0, 1, 2], &[0, 1, 2]);
        let pivots = Pivots::new(&ties);
        let row = [[0.0, 0.0], [1.0, 0.0], [1.5, 0.0]];
        let by = |share: f64| {
            let descent = Descent { pivots: &pivots, rounds: 1, first: 1.0, share: [share; 2] };
            descent.moved(&ties, &row, share, 9.0)
        };
        let asked = pivots.way(2, row[2], &pivots.drawn(&row));
        let (without, with) = (by(0.0)[2][0] - 1.5, by(3.0)[2][0] - 1.5);
        assert!(close(&[asked], &[[4.0 / 15.0, 0.0]]), "{asked:?}");
        assert!((with - (without + 3.0 * asked[0]) / 4.0).abs() < 1e-9, "{with} {without}");
    }

    #[test]
    fn ways_grow_shorter_and_the_share_changes_evenly() {
        let (ties, pivots) = pair();
        let descent = Descent { pivots: &pivots, rounds: 4, first: 0.5, share: [4.0, 0.0] };
        let mut want = vec![[0.0, 0.0], [3.0, 4.0]];
        for (share, limit) in [(4.0, 0.5), (3.0, 0.475), (2.0, 0.451_25), (1.0, 0.428_687_5)] {
            want = descent.moved(&ties, &want, share, limit);
        }
        let mut got = vec![[0.0, 0.0], [3.0, 4.0]];
        descent.run(&ties, &mut got);
        assert!(close(&got, &want), "{got:?}, not {want:?}");
        // So far apart each goes as far as it may, towards the other.
        let descent = Descent { rounds: 2, share: [0.0; 2], ..descent };
        let mut got = vec![[0.0, 0.0], [30.0, 40.0]];
        descent.run(&ties, &mut got);
        assert!(close(&got, &[[0.585, 0.78], [29.415, 39.22]]), "{got:?}");
    }
}
