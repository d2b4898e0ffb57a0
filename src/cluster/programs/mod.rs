//! Whole-graph questions as supersteps over tables.
//!
//! Each program reads the tables `nodes(node BIGINT)` and `edges(source BIGINT, target BIGINT, weight DOUBLE)`: edges in any order,
//! parallel ones and those from a node to itself among them, and is the counterpart of a kernel of [`measure`](crate::measure). Whole
//! numbers are the same as there to the last digit; an engine adds real numbers in no order, so their last digits may differ.

mod arcs;
mod birank;
mod components;
mod cores;
mod degree;
mod label_propagation;
mod modularity;
mod overlaps;
mod pagerank;
mod undirected_walk;

pub use birank::birank;
pub use components::{components, components_among};
pub use cores::cores;
pub use degree::{degree, strength};
pub use label_propagation::{alike, label_propagation};
pub use modularity::modularity;
pub use overlaps::{degree_counts, overlaps};
pub use pagerank::pagerank;

use super::program::{Assignment, Program, Stop};

impl Program {
    /// The program of which only the `most` rows of the highest `score` are fetched; equal scores by node.
    #[must_use]
    pub fn top(mut self, most: usize) -> Self {
        self.result =
            format!("SELECT * FROM ({}) AS answer ORDER BY score DESC, node", self.result);
        // What no machine has rows for is all.
        if let Ok(most) = i32::try_from(most) {
            self.result.extend([" LIMIT ", &most.to_string()]);
        }
        self
    }

    /// What is asked once, without rounds.
    pub(super) fn once(name: &'static str, setup: Vec<Assignment>, result: String) -> Self {
        let measure = "SELECT CAST(0 AS DOUBLE) AS moved".to_owned();
        let stop = Stop { moved: 0.0, rounds: 0, must_settle: false };
        Self { name, setup, step: Vec::new(), measure, stop, result }
    }
}

impl Assignment {
    pub(super) fn new(table: &'static str, query: impl Into<String>) -> Self {
        Self { table, query: query.into() }
    }
}
