//! Which nodes some path joins.

use super::arcs::arcs_of;
use crate::cluster::program::{Assignment, Program, Stop};
use crate::graph::Direction;
use crate::measure::Weights;

/// Connected components, as [`Components`](crate::measure::Components): rows `node`, `label`; the label of a component is its least node.
///
/// Each node points to another of its component that is not greater. In a round every tree of pointers is hooked to the least
/// node that its neighbors point to, and becomes half as high; so chains take about as many rounds as their length has binary digits, where
/// labels that go from neighbor to neighbor take as many as they are long.
///
/// - **Cost**: three queries a round, 4 to 10 rounds in most graphs; each edge is shuffled once a round.
///
/// # Source
///
/// Y. Zhang, A. Azad, Z. Hu, "`FastSV`: A distributed-memory connected component algorithm with fast convergence", SIAM PP 2020, section 3:
/// `f` there is `parent` here, `gf` is `grand`. It ends when no `grand` changes; then every tree is a star, so `parent` is the least node.
#[must_use]
pub fn components() -> Program {
    components_among("edges")
}

/// Connected components by the edges of another table.
#[must_use]
pub fn components_among(edges: &str) -> Program {
    let labels = "SELECT node, node AS parent, node AS grand, node AS before FROM nodes";
    Program {
        name: "components",
        setup: vec![
            arcs_of(edges, Direction::Undirected, Weights::Ignored),
            Assignment::new("labels", labels),
        ],
        step: vec![near(), parents(), grandparents()],
        measure: "SELECT CAST(COUNT(*) AS DOUBLE) AS moved FROM labels WHERE grand <> before"
            .to_owned(),
        stop: Stop { moved: 0.0, rounds: 1000, must_settle: true },
        result: "SELECT node, parent AS label FROM labels".to_owned(),
    }
}

/// The least grandparent of the neighbors of each node.
fn near() -> Assignment {
    Assignment::new(
        "near",
        "SELECT arcs.source AS node, MIN(labels.grand) AS least FROM arcs JOIN labels ON labels.node = arcs.target \
         GROUP BY arcs.source",
    )
}

/// The parents after a shortcut, after hooking each node, and after hooking its parent.
fn parents() -> Assignment {
    Assignment::new(
        "parents",
        "SELECT node, MIN(parent) AS parent FROM (\
         SELECT node, LEAST(parent, grand) AS parent FROM labels \
         UNION ALL SELECT node, least AS parent FROM near \
         UNION ALL SELECT labels.parent AS node, near.least AS parent FROM near JOIN labels ON labels.node = near.node\
         ) AS hooks GROUP BY node",
    )
}

fn grandparents() -> Assignment {
    Assignment::new(
        "labels",
        "SELECT child.node AS node, child.parent AS parent, above.parent AS grand, labels.grand AS before FROM parents AS child \
         JOIN parents AS above ON above.node = child.parent JOIN labels ON labels.node = child.node",
    )
}
