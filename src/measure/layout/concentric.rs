//! Rings around some nodes.

use super::rings::{OrderedRings, circle};
use super::signs::{Frame, checked};
use super::{Point, both_ways};
use crate::error::{Error, Result};
use crate::graph::Csr;
use crate::measure::breadth::{Breadth, UNREACHED};

#[derive(Clone, Debug, PartialEq)]
pub struct Concentric {
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
    pub fn place(&self, csr: &Csr, extents: &[[f64; 2]]) -> Result<Vec<Point>> {
        checked(csr, extents, self.gap)?;
        let csr = both_ways(csr);
        let rings = OrderedRings::of(&csr, self.rings(&csr)?);
        let mut points = vec![[0.0; 2]; csr.node_count()];
        let mut border = 0.0;
        for ring in rings.rings.iter().filter(|ring| !ring.is_empty()) {
            let reach = |u: u32| {
                let [x, y] = extents[u as usize];
                (x * x + y * y).sqrt()
            };
            let widest = ring.iter().map(|&u| reach(u)).fold(0.0, f64::max);
            let is_middle = border <= 0.0 && ring.len() == 1;
            let least = if is_middle || border <= 0.0 { 0.0 } else { border + self.gap + widest };
            let halves: Vec<f64> = ring.iter().map(|&u| reach(u) + self.gap / 2.0).collect();
            let radius = circle(&halves, least);
            rings.lay(ring, &halves, radius, &mut points);
            border = radius + widest.max(f64::MIN_POSITIVE);
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
        let centers: Vec<u32> =
            csr.nodes().filter(|&u| self.centers.contains(&(u as usize))).collect();
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
        rings.push(csr.nodes().filter(|&u| breadth.depth[u as usize] == UNREACHED).collect());
        Ok(rings)
    }
}
