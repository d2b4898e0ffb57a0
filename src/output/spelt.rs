//! Which texts cannot be written as they are.

use super::exchange::Exchange;
use crate::error::is_unprintable;
use crate::finding::{Evidence, Map};
use crate::untrusted::Untrusted;

/// How many texts of a map hold a character that acts on its reader instead of being seen, or that XML cannot hold: drawings, pages and most
/// formats of other tools write it as `\u{…}`.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{Map, MapNode, Part};
/// use kluwen::output::spelt_out;
///
/// let nodes = ["E1", "Bo\u{202e}"].map(|label| MapNode::new(label.into(), Part::Client));
/// assert_eq!(spelt_out(&Map { nodes: nodes.into(), ..Map::default() }), 1);
/// ```
#[must_use]
pub fn spelt_out(map: &Map) -> usize {
    let labels = map.nodes.iter().map(|node| &node.label);
    let files = map.nodes.iter().flat_map(|node| &node.roles).flat_map(|(_, files)| files);
    let of_nodes = map.nodes.iter().flat_map(|node| &node.evidence);
    let of_edges = map.edges.iter().flat_map(|edge| &edge.evidence);
    let of_rows =
        of_nodes.chain(of_edges).flat_map(|Evidence { row, grade, case, .. }| [row, grade, case]);
    let acts = |text: &&Untrusted| text.figure(|text| text.chars().any(is_unprintable));
    labels.chain(files).chain(of_rows).chain(&map.title).filter(acts).count()
}

impl Exchange {
    /// Whether every text reads back from the format as it was, whatever characters it holds.
    #[must_use]
    pub fn keeps_all_characters(self) -> bool {
        match self {
            Self::Cytoscape { .. } | Self::NodeLink => true,
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            _ => false,
        }
    }
}
