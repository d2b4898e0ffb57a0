//! Nodes where forces between them put them, component by component.

use rayon::prelude::*;

use super::near_points::NearPoints;
use super::overlap::without_overlaps;
use super::packing::packed;
use super::signs::{Frame, checked};
use super::ties::Ties;
use super::turning::turn;
use super::{Point, both_ways, multilevel};
use crate::error::Result;
use crate::graph::Csr;
use crate::measure::components::components;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForceLayout {
    /// Chooses among drawings that are as good: where nodes start.
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
    pub fn place(&self, csr: &Csr, extents: &[[f64; 2]]) -> Result<Vec<Point>> {
        checked(csr, extents, self.gap)?;
        let csr = both_ways(csr);
        let parts = Parts::of(&csr);
        let drawn: Vec<(Vec<Point>, Frame)> = parts
            .each()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|members| self.place_part(&csr, &parts, members, extents))
            .collect();
        let sizes: Vec<_> =
            drawn.iter().map(|(_, frame)| frame.size().map(|side| side + self.gap)).collect();
        let corners = packed(&sizes);
        let mut points = vec![[0.0; 2]; csr.node_count()];
        for ((members, (part, frame)), corner) in parts.each().zip(&drawn).zip(corners) {
            for (&u, point) in members.iter().zip(part) {
                points[u as usize] =
                    [0, 1].map(|axis| point[axis] - frame.least[axis] + corner[axis]);
            }
        }
        Ok(points)
    }

    /// One component, drawn somewhere, and the frame around its signs.
    fn place_part(
        &self,
        csr: &Csr,
        parts: &Parts,
        members: &[u32],
        extents: &[[f64; 2]],
    ) -> (Vec<Point>, Frame) {
        let own: Vec<Point> = members.iter().map(|&u| extents[u as usize]).collect();
        let mut points = vec![[0.0; 2]; members.len()];
        if members.len() > 1 {
            let ties = Ties::of(csr, members, &parts.place);
            points = multilevel::place(ties, self.seed);
            turn(&mut points);
            enlarge(&mut points, &own, self.gap);
            without_overlaps(&mut points, &own, self.gap);
        }
        let frame = Frame::of(&points, &own);
        (points, frame)
    }
}

/// Makes a drawing so large that most signs have room beside those nearest to them.
fn enlarge(points: &mut [Point], extents: &[Point], gap: f64) {
    const NEAREST: usize = 4;
    let near = NearPoints::new(points);
    let mut needs: Vec<f64> = (0..u32::try_from(points.len()).unwrap_or(u32::MAX))
        .into_par_iter()
        .map(|u| {
            let u_at = u as usize;
            let need = |v: u32| {
                let v = v as usize;
                let of = |axis: usize| {
                    let apart = (points[u_at][axis] - points[v][axis]).abs();
                    (extents[u_at][axis] + extents[v][axis] + gap) / apart.max(1e-9)
                };
                of(0).min(of(1))
            };
            near.nearest(u, NEAREST).into_iter().map(need).fold(0.0, f64::max)
        })
        .collect();
    let rank = needs.len() * 7 / 10;
    let (_, need, _) = needs.select_nth_unstable_by(rank, f64::total_cmp);
    let factor = if *need > 0.0 { *need } else { 1.0 };
    for point in points {
        *point = point.map(|at| at * factor);
    }
}

/// The components: their nodes, one after another, and where in its component each node stands.
struct Parts {
    members: Vec<u32>,
    starts: Vec<usize>,
    place: Vec<u32>,
}

impl Parts {
    fn of(csr: &Csr) -> Self {
        let labels = components(csr);
        let mut members: Vec<u32> = csr.nodes().collect();
        members.sort_by_key(|&u| labels[u as usize]);
        let mut starts = Vec::new();
        let mut place = vec![0; members.len()];
        for (at, &u) in members.iter().enumerate() {
            // The label of a component is its smallest node, which comes first.
            if labels[u as usize] == u {
                starts.push(at);
            }
            let start = starts.last().copied().unwrap_or_default();
            place[u as usize] = u32::try_from(at - start).unwrap_or(u32::MAX);
        }
        starts.push(members.len());
        Self { members, starts, place }
    }

    fn each(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.members[ends[0]..ends[1]])
    }
}
