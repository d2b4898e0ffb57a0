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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;

    const QUARTER: f64 = PI / 2.0;

    fn ordered(rings: &[&[u32]], angles: &[Option<f64>]) -> OrderedRings {
        let rings = rings.iter().map(|ring| ring.to_vec()).collect();
        OrderedRings { rings, angles: angles.to_vec() }
    }

    fn close(got: f64, want: f64) -> bool {
        (got - want).abs() < 1e-9
    }

    #[test]
    fn angles_lie_in_one_turn() {
        for (angle, want) in [
            (0.0, 0.0),
            (-QUARTER, 3.0 * QUARTER),
            (5.0 * QUARTER, QUARTER),
            (-9.0 * QUARTER, 3.0 * QUARTER),
        ] {
            assert!(close(wrapped(angle), want), "{angle}: {}", wrapped(angle));
        }
    }

    #[test]
    fn nodes_of_a_ring_are_spread_evenly_and_one_in_the_middle_has_no_direction() {
        let mut rings = ordered(&[&[0], &[3, 1, 4, 2]], &[None; 5]);
        rings.number(0, 1.0);
        assert_eq!(rings.angles[0], None);
        rings.number(1, QUARTER);
        for (u, quarters) in [(3, 1.0), (1, 2.0), (4, 3.0), (2, 0.0)] {
            let angle = rings.angles[u].unwrap();
            assert!(close(angle, quarters * QUARTER), "{u}: {angle}");
        }
        let mut several = ordered(&[&[1, 0]], &[None; 2]);
        several.number(0, 0.0);
        assert!(close(several.angles[0].unwrap(), PI) && close(several.angles[1].unwrap(), 0.0));
        let mut one = ordered(&[&[0], &[1]], &[None; 2]);
        one.number(1, 2.0);
        assert!(close(one.angles[1].unwrap(), 2.0), "alone on a ring that is not the middle");
    }

    #[test]
    fn edges_turn_by_the_shorter_way() {
        let csr = Csr::unweighted(5, &[(0, 1), (1, 2), (3, 4)], Direction::Undirected);
        // From both ends: a quarter and 0.2 around the start; nothing to the middle.
        let angles = [Some(QUARTER + 0.1), Some(0.1), Some(TAU - 0.1), Some(3.0), None];
        let turning = ordered(&[], &angles).turning(&csr);
        assert!(close(turning, 2.0 * (QUARTER + 0.2)), "{turning}");
    }

    #[test]
    fn a_ring_is_put_in_the_order_of_the_mean_directions_of_neighbors() {
        // 4 hangs on the first of the inner ring, 5 on the second, 6 on the third and fourth.
        let pairs = [(4, 0), (5, 1), (6, 2), (6, 3)];
        let csr = Csr::unweighted(7, &pairs, Direction::Undirected);
        let mut angles = [0.0, 1.0, 2.0, 3.0].map(|quarters| Some(quarters * QUARTER)).to_vec();
        angles.extend([Some(2.0), Some(1.0), Some(0.0)]);
        let mut rings = ordered(&[&[0, 1, 2, 3], &[6, 5, 4]], &angles);
        rings.reorder(&csr, 1);
        assert_eq!(rings.rings[1], [4, 5, 6]);
        // 0, a quarter and two and a half; less 0, a third and two thirds of a turn: 0, -1/12 and -1/24 of one.
        let off = [0.0, -TAU / 12.0, -TAU / 24.0];
        let (x, y) =
            off.iter().fold((0.0, 0.0), |(x, y), &off| (x + libm::cos(off), y + libm::sin(off)));
        let start = TAU + libm::atan2(y, x);
        for (u, thirds) in [(4, 0.0), (5, 1.0), (6, 2.0)] {
            let (got, want) = (rings.angles[u].unwrap(), (start + thirds * TAU / 3.0) % TAU);
            assert!(close(got, want), "{u}: {got}, not {want}");
        }
        // Who has neighbors all around, or none, stays where he is.
        let csr = Csr::unweighted(4, &[(0, 2), (1, 2)], Direction::Undirected);
        let angles = [Some(0.0), Some(PI), Some(1.0), Some(1.0 + PI)];
        let mut rings = ordered(&[&[0, 1], &[3, 2]], &angles);
        rings.reorder(&csr, 1);
        assert_eq!(rings.rings[1], [2, 3]);
        assert!(close(rings.angles[2].unwrap(), 1.0) && close(rings.angles[3].unwrap(), 1.0 + PI));
    }

    #[test]
    fn the_order_with_least_turning_is_kept() {
        // Three on the inner ring, and one beyond each, in the opposite order.
        let pairs = [(0, 1), (0, 2), (0, 3), (1, 6), (2, 5), (3, 4)];
        let csr = Csr::unweighted(7, &pairs, Direction::Undirected);
        let rings = vec![vec![0], vec![1, 2, 3], vec![4, 5, 6], vec![]];
        let found = OrderedRings::of(&csr, rings);
        assert!(found.turning(&csr) < 1e-9, "{:?} {:?}", found.rings, found.angles);
    }

    #[test]
    fn nodes_have_their_room_and_the_same_share_of_what_is_left() {
        let laid = |rings: &[&[u32]], place, halves: &[f64], radius| {
            let angles = [Some(0.0); 3];
            let mut points = vec![[0.0; 2]; 3];
            ordered(rings, &angles).lay(place, halves, radius, &mut points);
            points
        };
        let at = |turn: f64| [2.0 * libm::cos(turn * TAU), 2.0 * libm::sin(turn * TAU)];
        let far = |got: &[Point], want: &[Point]| {
            let off =
                got.as_flattened().iter().zip(want.as_flattened()).map(|(a, b)| (a - b).abs());
            off.fold(0.0, f64::max)
        };
        // Half of one is half the radius: a twelfth of a turn to either side.
        let got = laid(&[&[0, 1]], 0, &[1.0, 1.0], 2.0);
        assert!(far(&got[..2], &[at(0.0), at(0.5)]) < 1e-9, "{got:?}");
        // On the last ring no more than a twelfth is left between two.
        let got = laid(&[&[2], &[0, 1]], 1, &[1.0, 1.0], 2.0);
        assert!(far(&got[..2], &[at(0.0), at(0.25)]) < 1e-9, "{got:?}");
        // One of half the sixth of a turn and two of none: 5/18 of a turn between each two.
        let got = laid(&[&[0, 1, 2], &[]], 0, &[1.0, 0.0, 0.0], 2.0);
        let first = 1.0 / 12.0 + 5.0 / 18.0;
        assert!(far(&got, &[at(0.0), at(first), at(first + 5.0 / 18.0)]) < 1e-9, "{got:?}");
    }

    #[test]
    fn a_circle_is_as_large_as_its_nodes_need() {
        assert!(close(circle(&[3.0], 5.0), 5.0) && close(circle(&[3.0], 0.0), 0.0));
        assert!(close(circle(&[1.0, 1.0], 0.0), 1.0), "two lie side by side in the middle");
        assert!(close(circle(&[1.0, 1.0], 7.0), 7.0));
        assert!(
            close(circle(&[3.0, 1.0], 0.0), 3.0),
            "what is left of a turn is enough for the small one"
        );
        // Six lie around a seventh: twice their radius, and little more by this bound.
        let six = circle(&[1.0; 6], 0.0);
        assert!((2.0..2.02).contains(&six), "{six}");
        for (half, radius, want) in [(1.0, 2.0, PI / 6.0), (3.0, 2.0, QUARTER), (1.0, 0.0, 0.0)] {
            assert!(close(angle_of(half, radius), want), "{half} {radius}");
        }
    }
}
