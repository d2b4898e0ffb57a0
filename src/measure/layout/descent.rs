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
