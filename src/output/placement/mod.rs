//! Where signs stand on a drawing: one placement for DOT, SVG, PNG and HTML, so that all show the same picture.

use crate::error::Result;
use crate::finding::Map;

/// How the signs of a map are placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// By what.
    pub layout: Layout,
    /// Where every random choice comes from.
    pub seed: u64,
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

/// Where every sign stands, in points of 1/72 inch from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The middle of the sign of each node of the map.
    pub at: Vec<[f64; 2]>,
    /// Half the width and height of each sign.
    pub extents: Vec<[f64; 2]>,
    /// Width and height of all of it.
    pub size: [f64; 2],
}

impl Placement {
    /// Places the signs of a map.
    ///
    /// # Errors
    ///
    /// If the map is larger than can be placed.
    pub fn of(&self, map: &Map) -> Result<Placed> {
        const STEP: f64 = 72.0;
        let columns = libm::ceil(libm::sqrt(map.nodes.len() as f64)).max(1.0);
        let at = |place: usize| {
            let place = place as f64;
            let row = libm::floor(place / columns);
            [(place - row * columns + 0.5) * STEP, (row + 0.5) * STEP]
        };
        let rows = libm::ceil(map.nodes.len() as f64 / columns);
        Ok(Placed {
            at: (0..map.nodes.len()).map(at).collect(),
            extents: vec![[18.0, 14.0]; map.nodes.len()],
            size: [columns * STEP, rows * STEP],
        })
    }
}
