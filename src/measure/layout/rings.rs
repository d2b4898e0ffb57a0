//! The order of nodes on rings, and how large a ring is.

use std::f64::consts::{PI, TAU};

use super::Point;
use crate::graph::Csr;

/// How often the nodes of all rings are put in order again.
const SWEEPS: usize = 12;

/// Rings whose nodes are in order, with the direction that each node is to have.
pub(super) struct OrderedRings {
    pub(super) rings: Vec<Vec<u32>>,
    /// The direction of each node, in `[0, 2π)`; none has the one in the middle.
    angles: Vec<Option<f64>>,
}

/// Nodes of the last ring are no farther apart than a twelfth of a turn, so that edges between a few of them do not lead through the middle.
const WIDEST: f64 = TAU / 12.0;

impl OrderedRings {
    /// Puts each node where its neighbors are, ring by ring, outward and inward in turn, and keeps the order with the least turning along edges.
    ///
    /// # Source
    ///
    /// K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE Trans. Syst. Man Cybern.
    /// 11(2):109-125, 1981, section IV (barycenters), on circles as in C. Bachmaier, "A radial adaptation of the Sugiyama framework for
    /// visualizing hierarchical information", IEEE Trans. Vis. Comput. Graph. 13(3):583-594, 2007, section 4.
    pub(super) fn of(csr: &Csr, rings: Vec<Vec<u32>>) -> Self {
        let mut now = Self { rings, angles: vec![None; csr.node_count()] };
        for ring in 0..now.rings.len() {
            now.number(ring, 0.0);
        }
        let mut best = (now.turning(csr), now.rings.clone(), now.angles.clone());
        for sweep in 0..SWEEPS {
            let count = now.rings.len();
            // Those out of reach, on the last ring, stay in the order of their components.
            for step in 1..count {
                now.reorder(csr, if sweep % 2 == 0 { step - 1 } else { count - 1 - step });
            }
            let turning = now.turning(csr);
            if turning < best.0 {
                best = (turning, now.rings.clone(), now.angles.clone());
            }
        }
        Self { rings: best.1, angles: best.2 }
    }

    /// Spreads the nodes of a ring evenly, in their order.
    fn number(&mut self, ring: usize, start: f64) {
        if ring == 0 && self.rings[0].len() < 2 {
            return;
        }
        let step = TAU / self.rings[ring].len() as f64;
        for (place, &u) in self.rings[ring].iter().enumerate() {
            self.angles[u as usize] = Some(wrapped(start + place as f64 * step));
        }
    }

    /// Sorts the nodes of a ring by the mean direction of their neighbors.
    fn reorder(&mut self, csr: &Csr, ring: usize) {
        let mut wanted: Vec<(f64, u32)> = self.rings[ring]
            .iter()
            .map(|&u| {
                let (mut x, mut y) = (0.0, 0.0);
                for angle in csr.neighbors(u).iter().filter_map(|&v| self.angles[v as usize]) {
                    x += libm::cos(angle);
                    y += libm::sin(angle);
                }
                let is_clear = x * x + y * y > 1e-18;
                let own = self.angles[u as usize].unwrap_or(0.0);
                (if is_clear { wrapped(libm::atan2(y, x)) } else { own }, u)
            })
            .collect();
        // Those with one mean keep their order.
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let step = TAU / wanted.len().max(1) as f64;
        let (mut x, mut y) = (0.0, 0.0);
        for (place, (angle, _)) in wanted.iter().enumerate() {
            let off = angle - place as f64 * step;
            x += libm::cos(off);
            y += libm::sin(off);
        }
        self.rings[ring] = wanted.into_iter().map(|(_, u)| u).collect();
        self.number(ring, if x * x + y * y > 1e-18 { libm::atan2(y, x) } else { 0.0 });
    }

    /// How far edges lead around the middle, in all.
    fn turning(&self, csr: &Csr) -> f64 {
        let apart = |u: u32, v: u32| {
            let (own, other) = (self.angles[u as usize]?, self.angles[v as usize]?);
            let apart = wrapped(other - own);
            Some(apart.min(TAU - apart))
        };
        let of = |u: u32| -> f64 { csr.neighbors(u).iter().filter_map(|&v| apart(u, v)).sum() };
        csr.nodes().map(of).sum()
    }

    /// Lays the nodes of a ring on a circle around the origin, each with its room and the same share of what is left.
    pub(super) fn lay(&self, place: usize, halves: &[f64], radius: f64, points: &mut [Point]) {
        let ring = &self.rings[place];
        let taken: Vec<f64> = halves.iter().map(|&half| angle_of(half, radius)).collect();
        let spare = ((TAU - 2.0 * taken.iter().sum::<f64>()) / ring.len() as f64).max(0.0);
        let is_last = place > 0 && place + 1 == self.rings.len();
        let spare = if is_last { spare.min(WIDEST) } else { spare };
        let mut at = ring.first().and_then(|&u| self.angles[u as usize]).unwrap_or(0.0);
        for (place, &u) in ring.iter().enumerate() {
            if place > 0 {
                at += taken[place - 1] + taken[place] + spare;
            }
            points[u as usize] = [radius * libm::cos(at), radius * libm::sin(at)];
        }
    }
}

/// The least radius of at least `least` on which circles of these radii lie side by side; 0 for one circle.
///
/// Two circles side by side are as far apart as the chord between them, which is no shorter than the sum of their radii if each takes
/// the angle whose sine is its radius over that of the ring.
pub(super) fn circle(halves: &[f64], least: f64) -> f64 {
    if halves.len() < 2 {
        return least;
    }
    let largest = halves.iter().copied().fold(0.0, f64::max);
    let radius = least.max(largest).max(halves.iter().sum::<f64>() / PI);
    let turn: f64 = halves.iter().map(|&half| 2.0 * angle_of(half, radius)).sum();
    // An angle falls faster than the radius grows, so this is enough.
    radius * (turn / TAU).max(1.0)
}

fn angle_of(half: f64, radius: f64) -> f64 {
    if radius > 0.0 { libm::asin((half / radius).min(1.0)) } else { 0.0 }
}

fn wrapped(angle: f64) -> f64 {
    let rest = angle % TAU;
    if rest < 0.0 { rest + TAU } else { rest }
}
