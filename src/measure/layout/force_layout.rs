//! Nodes where forces between them put them, component by component.

use rayon::prelude::*;

use super::near_points::NearPoints;
use super::overlap::without_overlaps;
use super::packing::packed;
use super::parts::Parts;
use super::signs::{Frame, checked};
use super::ties::Ties;
use super::turning::turn;
use super::{Point, both_ways, multilevel};
use crate::error::Result;
use crate::graph::Csr;

/// A drawing in which neighbors are near and the rest is as far apart as it is in the graph.
///
/// Each component is drawn by itself, turned so that it is wider than high, made so large that most signs have room, and cleared of
/// overlaps; then all are packed into a page. Edges pull, all pairs push, and distances to some nodes (in components of up to 1,000: to
/// all) hold the whole in shape. Weights do not count: a weight of contact says nothing of a length on paper, and one of 10³⁰⁰ would leave nothing
/// else to see. Nearness on paper is no evidence: who is drawn side by side may have no edge.
///
/// - **Shape**: a point for each node, in node order; `extents` has half the width and half the height of each node's sign.
/// - **Unit**: points (1/72 inch), to the right and down; the least corner of all signs is the origin.
/// - **Cost**: `O(n log n + m)` time a round, 60 rounds on each of about `log n` levels that halve; memory of up to 16 MB a thousand nodes in
///   components of up to 1,000, about 1 KB a node in larger ones.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: no nodes, no points; isolated nodes are packed like components. An edge counts both ways.
///
/// # Errors
///
/// If there is not one sign for each node, or a sign or the gap is not of 0 to 10⁶ points.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::layout::{ForceLayout, crossings};
///
/// let csr = Csr::ring_of_cliques(5, 3);
/// let points = ForceLayout::default().place(&csr, &[[6.0, 4.0]; 15])?;
/// assert_eq!(crossings(&csr, &points)?, 0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// The scheme is that of Y. Hu, "Efficient, high-quality force-directed graph drawing", Mathematica J. 10(1):37-71, 2005; the forces nearly those of
/// M. Jacomy et al., "`ForceAtlas2`", `PLoS ONE` 9(6):e98679, 2014; the distances those of M. Ortmann, M. Klimenta, U. Brandes, "A sparse stress
/// model", J. Graph Algorithms Appl. 21(5):791-821, 2017.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForceLayout {
    /// Chooses among drawings that are about as good. 0 by default.
    pub seed: u64,
    /// The least room between two signs, in points. 4 by default.
    pub gap: f64,
}

impl Default for ForceLayout {
    fn default() -> Self {
        Self { seed: 0, gap: 4.0 }
    }
}

impl ForceLayout {
    /// The place of each node.
    ///
    /// # Errors
    ///
    /// If there is not one sign for each node, or a sign or the gap is not of 0 to 10⁶ points.
    pub fn place(&self, csr: &Csr, extents: &[[f64; 2]]) -> Result<Vec<Point>> {
        checked(csr, extents, self.gap)?;
        let csr = both_ways(csr);
        let parts = Parts::of(&csr);
        let each = parts.each();
        let drawn: Vec<(Vec<Point>, Frame)> = each
            .par_iter()
            .map(|members| {
                let own: Vec<Point> = members.iter().map(|&u| extents[u as usize]).collect();
                let points = match members.len() {
                    1 => vec![[0.0; 2]],
                    _ => self.place_part(Ties::of(&csr, members, parts.place()), &own),
                };
                let frame = Frame::of(&points, &own);
                (points, frame)
            })
            .collect();
        let sizes: Vec<_> =
            drawn.iter().map(|(_, frame)| frame.size().map(|side| side + self.gap)).collect();
        let mut points = vec![[0.0; 2]; csr.node_count()];
        for ((members, (part, frame)), corner) in each.iter().zip(&drawn).zip(packed(&sizes)) {
            for (&u, point) in members.iter().zip(part) {
                points[u as usize] =
                    [0, 1].map(|axis| point[axis] - frame.least[axis] + corner[axis]);
            }
        }
        Ok(points)
    }

    /// One component, drawn somewhere.
    fn place_part(&self, ties: Ties, extents: &[Point]) -> Vec<Point> {
        let mut points = multilevel::place(ties, self.seed);
        turn(&mut points);
        make_room(&mut points, extents, self.gap);
        without_overlaps(&mut points, extents, self.gap);
        points
    }
}

/// Makes a drawing so large, or so small, that seven signs in ten have just room beside the four nearest to them.
///
/// What overlaps then is few signs in dense places, which can be moved; room for all of them would leave the rest far apart.
fn make_room(points: &mut [Point], extents: &[Point], gap: f64) {
    const NEAREST: usize = 4;
    let near = NearPoints::new(points);
    let at = |u: u32| (points[u as usize], extents[u as usize]);
    let need = |u: u32, v: u32| {
        let ((from, own), (to, other)) = (at(u), at(v));
        let of =
            |axis: usize| (own[axis] + other[axis] + gap) / (from[axis] - to[axis]).abs().max(1e-9);
        of(0).min(of(1))
    };
    let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
    let most =
        |u: u32| near.nearest(u, NEAREST).into_iter().map(|v| need(u, v)).fold(0.0, f64::max);
    let mut needs: Vec<f64> = (0..count).into_par_iter().map(most).collect();
    let rank = needs.len() * 7 / 10;
    let (_, need, _) = needs.select_nth_unstable_by(rank, f64::total_cmp);
    let factor = if *need > 0.0 { *need } else { 1.0 };
    for point in points {
        *point = point.map(|at| at * factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(points: &[Point], extents: &[Point], gap: f64) -> f64 {
        let mut got = points.to_vec();
        make_room(&mut got, extents, gap);
        let last = points.len() - 1;
        let factor = got[last][0] / points[last][0];
        for (got, point) in got.iter().zip(points) {
            assert!((0..2).all(|axis| (got[axis] - factor * point[axis]).abs() < 1e-9), "{got:?}");
        }
        factor
    }

    #[test]
    fn a_drawing_grows_until_seven_signs_in_ten_have_room() {
        let close = |got: f64, want: f64| (got - want).abs() < 1e-9;
        // In a row, one apart, signs of two need twice the way, and with a gap of one three times.
        let row: Vec<Point> = (0..5).map(|u| [f64::from(u), 0.0]).collect();
        assert!(close(grown(&row, &[[1.0; 2]; 5], 0.0), 2.0));
        assert!(close(grown(&row, &[[1.0; 2]; 5], 1.0), 3.0));
        assert!(
            close(grown(&row, &[[0.125, 9.0]; 5], 0.0), 0.25),
            "what is larger than needed shrinks"
        );
        assert!(close(grown(&row, &[[0.0; 2]; 5], 0.0), 1.0), "signs of no size need none");
        // A way along either axis will do.
        let steps: Vec<Point> = (0..5).map(|u| [f64::from(u), 4.0 * f64::from(u)]).collect();
        assert!(close(grown(&steps, &[[1.0; 2]; 5], 0.0), 0.5));
        // Five pairs far from one another, of which the signs need 1/8, 1/4, 1/2, 1 and 2: the eighth of ten needs 1.
        let pairs: Vec<Point> = (0..5)
            .flat_map(|k| [0.0, f64::from(16 >> k)].map(|x| [1000.0 * f64::from(k) + x, 0.0]))
            .collect();
        assert!(close(grown(&pairs, &[[1.0; 2]; 10], 0.0), 1.0));
    }

    #[test]
    fn components_are_framed_and_packed_with_a_gap() {
        let csr = Csr::new(3, &[], crate::graph::Direction::Undirected);
        let layout = ForceLayout { gap: 2.0, ..ForceLayout::default() };
        let points = layout.place(&csr, &[[4.0, 1.0]; 3]).unwrap();
        // Boxes of ten by four in a page of the root of 168: one under another.
        assert_eq!(points, vec![[4.0, 1.0], [4.0, 5.0], [4.0, 9.0]]);
    }
}
