//! Where signs stand on a drawing: one placement for DOT, SVG, PNG and HTML, so that all show the same picture.

mod boxes;
mod extents;
mod labels;
mod network;
mod rings;
mod timeline;

use crate::error::{Error, Result};
use crate::finding::Map;
use crate::identity::EntityId;
use crate::measure::layout::Concentric;

pub(in crate::output) use boxes::{Boxes, Rect};
pub(in crate::output) use extents::{font, lines_of};
pub(in crate::output) use labels::{Label, Labels};
pub(in crate::output) use timeline::YEARS;
pub use timeline::{Axis, Lane, Tick};

/// How the signs of a map are placed.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{Map, MapNode, Part};
/// use kluwen::output::Placement;
///
/// let nodes = vec![MapNode::new("E1".into(), Part::Recruiter), MapNode::new("V1".into(), Part::Victim)];
/// let placed = Placement::default().of(&Map { nodes, ..Map::default() })?;
/// assert_eq!(placed.at.len(), 2);
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// By what.
    pub layout: Layout,
    /// Where every random choice comes from.
    pub seed: u64,
    /// Around whom rings are drawn; where empty, around the first ranked, or whoever has most ties.
    pub around: Vec<EntityId>,
}

/// By what signs are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Those who are tied stand near each other. This is the default.
    #[default]
    Force,
    /// In rings around those asked for, or the first ranked: by how many links away.
    Concentric,
    /// From left to right by the first day of their links.
    Timeline,
}

/// Where every sign stands, in points of 1/72 inch from the upper left corner, y downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// The middle of the sign of each node of the map.
    pub at: Vec<[f64; 2]>,
    /// Half the width and height of each sign.
    pub extents: Vec<[f64; 2]>,
    /// Width and height of all of it.
    pub size: [f64; 2],
    /// For a timeline: what left and right, over and under mean.
    pub axis: Option<Axis>,
    /// For rings: around which nodes of the map.
    pub centers: Vec<usize>,
}

/// More signs than this are not placed: nobody could read such a drawing, and a star of a million leaves would take minutes.
const MOST_SIGNS: usize = 200_000;

/// Nor is a map of more ties.
const MOST_TIES: usize = 2_000_000;

/// How far signs keep from each other.
const GAP: f64 = 9.0;

/// How far signs keep from the border: room for the outline of a group and what it is called.
const BORDER: f64 = 20.0;

impl Placement {
    /// Places the signs of a map: no two of them overlap, and the same map and seed give the same places.
    ///
    /// Signs are as large as their text in the longest of our languages, so that a map has one picture in all of them.
    ///
    /// # Errors
    ///
    /// If the map has more than 200,000 signs or 2,000,000 ties.
    pub fn of(&self, map: &Map) -> Result<Placed> {
        let (signs, ties) = (map.nodes.len(), map.edges.len());
        if signs > MOST_SIGNS || ties > MOST_TIES {
            return Err(Error::limit(
                format!(
                    "a map of {signs} signs and {ties} ties; at most {MOST_SIGNS} signs and {MOST_TIES} ties are placed"
                ),
                "ask for fewer people with `--most`, for those near somebody with `--around`, or for a form in which signs have no place, such as `graphml`",
            ));
        }
        let extents = extents::of(map);
        if map.nodes.is_empty() {
            return Ok(Placed::default());
        }
        if self.layout == Layout::Timeline {
            return Ok(timeline::place(map, extents));
        }
        let csr = network::of(map);
        if self.layout == Layout::Concentric {
            let centers = rings::centers(map, &self.around);
            let at = Concentric { centers: centers.clone(), gap: GAP }.place(&csr, &extents)?;
            return Ok(Placed { centers, ..framed(at, extents) });
        }
        let at = network::place(&csr, &extents, self.seed)?;
        Ok(framed(at, extents))
    }
}

/// Moves signs so that nothing stands left of or over the border.
fn framed(mut at: Vec<[f64; 2]>, extents: Vec<[f64; 2]>) -> Placed {
    let ends = |axis: usize, sign: f64| {
        let end = |(at, extent): (&[f64; 2], &[f64; 2])| sign * at[axis] + extent[axis];
        at.iter().zip(&extents).map(end).fold(f64::NEG_INFINITY, f64::max)
    };
    let first = [-ends(0, -1.0), -ends(1, -1.0)];
    let size = [ends(0, 1.0) - first[0] + 2.0 * BORDER, ends(1, 1.0) - first[1] + 2.0 * BORDER];
    for place in &mut at {
        for axis in 0..2 {
            place[axis] += BORDER - first[axis];
        }
    }
    Placed { at, extents, size, ..Placed::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_signs_stand_at_the_border() {
        let placed = framed(vec![[0.0, 0.0], [10.0, -20.0]], vec![[5.0, 3.0], [2.0, 4.0]]);
        // They reach from -5 to 12 and from -24 to 3, and have 20 of border on every side.
        assert_eq!(placed.size.to_vec(), [57.0, 67.0]);
        assert_eq!(placed.at, [[25.0, 44.0], [35.0, 24.0]]);
    }
}
