//! Rings around some nodes.

use super::rings::{OrderedRings, circle};
use super::signs::{Frame, checked};
use super::{Point, both_ways};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::measure::breadth::{Breadth, UNREACHED};

/// A drawing on rings around some nodes: as many steps from the nearest of them, so far out.
///
/// On each ring nodes stand near those of the rings inside and outside that they have edges with. Those out of reach stand on a last ring. A ring is no wider
/// than its signs need. That somebody stands in the middle is the reader's choice, no finding.
///
/// - **Shape**: a point for each node, in node order; `extents` has half the width and half the height of each node's sign.
/// - **Unit**: points (1/72 inch), to the right and down; the least corner of all signs is the origin.
/// - **Cost**: `O(m + n log n)` time for each of 12 sweeps, `O(n)` memory.
/// - **Order**: one thread.
/// - **Edge cases**: several centers stand on a ring of their own; without any, all nodes are out of reach. An edge counts both ways, weights do not
///   count.
///
/// # Errors
///
/// If a center is not a node, there is not one sign for each node, or a sign or the gap is not of 0 to 10⁶ points.
///
/// # Examples
///
/// ```
/// use kluwen::graph::Csr;
/// use kluwen::measure::layout::Concentric;
///
/// let around = Concentric { centers: vec![0], ..Concentric::default() };
/// let points = around.place(&Csr::star(7), &[[5.0, 5.0]; 7])?;
/// let far = |u: usize| (points[u][0] - points[0][0]).hypot(points[u][1] - points[0][1]);
/// assert!((1..7).all(|u| (far(u) - far(1)).abs() < 1e-9));
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// The order on rings is that of K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE Trans. Syst.
/// Man Cybern. 11(2):109-125, 1981.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentric {
    /// The nodes in the middle. None by default.
    pub centers: Vec<usize>,
    /// The least room between two signs, in points. 4 by default.
    pub gap: f64,
}

impl Default for Concentric {
    fn default() -> Self {
        Self { centers: Vec::new(), gap: 4.0 }
    }
}

impl Concentric {
    /// The place of each node.
    ///
    /// # Errors
    ///
    /// If a center is not a node, there is not one sign for each node, or a sign or the gap is not of 0 to 10⁶ points.
    pub fn place(&self, csr: &Csr, extents: &[[f64; 2]]) -> Result<Vec<Point>> {
        checked(csr, extents, self.gap)?;
        let csr = both_ways(csr);
        let rings = OrderedRings::of(&csr, self.rings(&csr)?);
        let mut points = vec![[0.0; 2]; csr.node_count()];
        // A circle around each sign with its share of the gap: circles that lie apart hold signs that do.
        let reach = |&u: &u32| {
            let [x, y] = extents[u as usize].map(|half| half + self.gap / 2.0);
            (x * x + y * y).sqrt()
        };
        let mut border = None;
        for (place, ring) in rings.rings.iter().enumerate().filter(|(_, ring)| !ring.is_empty()) {
            let halves: Vec<f64> = ring.iter().map(reach).collect();
            let widest = halves.iter().copied().fold(0.0, f64::max);
            let radius = circle(&halves, border.map_or(0.0, |border| border + widest));
            rings.lay(place, &halves, radius, &mut points);
            border = Some(radius + widest);
        }
        let frame = Frame::of(&points, extents);
        for point in &mut points {
            *point = [0, 1].map(|axis| point[axis] - frame.least[axis]);
        }
        Ok(points)
    }

    /// The nodes of each ring: those as many steps from the nearest center; last those out of reach.
    fn rings(&self, csr: &Csr) -> Result<Vec<Vec<u32>>> {
        let n = csr.node_count();
        if let Some(center) = self.centers.iter().find(|&&center| center >= n) {
            return Err(Error::usage(format!(
                "there is no node {center} to be a center; there are {n}"
            )));
        }
        let mut is_center = vec![false; n];
        self.centers.iter().for_each(|&center| is_center[center] = true);
        let centers: Vec<u32> = csr.nodes().filter(|&u| is_center[u as usize]).collect();
        let mut breadth = Breadth::new(n);
        breadth.run(csr, &centers, UNREACHED - 1, |_| true);
        let mut rings: Vec<Vec<u32>> = Vec::new();
        for &u in &breadth.order {
            let depth = breadth.depth[u as usize] as usize;
            if depth == rings.len() {
                rings.push(Vec::new());
            }
            rings[depth].push(u);
        }
        rings.push(out_of_reach(csr, &breadth.depth));
        Ok(rings)
    }
}

/// The nodes that no search reached, component by component, each in the order of a search of its own.
fn out_of_reach(csr: &Csr, depth: &[u32]) -> Vec<u32> {
    let mut seen: Vec<bool> = depth.iter().map(|&depth| depth != UNREACHED).collect();
    let mut order = Vec::new();
    let mut head = 0;
    for start in csr.nodes() {
        if seen[start as usize] {
            continue;
        }
        seen[start as usize] = true;
        order.push(start);
        while let Some(&u) = order.get(head) {
            head += 1;
            for &v in csr.neighbors(u) {
                if !seen[v as usize] {
                    seen[v as usize] = true;
                    order.push(v);
                }
            }
        }
    }
    order
}
