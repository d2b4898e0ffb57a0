//! What is tied to what, and when?
//!
//! [`Network`] is the typed temporal multigraph of a case: nothing in it is flattened. A [`View`]
//! chooses links by time, kind, case and certainty. [`Csr`] is the immutable compact graph that
//! [`measure`](crate::measure) works on; [`Network::flatten`] is the one place where links
//! become edges.

mod chance;
mod csr;
mod edge_list;
mod mixed;
mod network;
mod shapes;
mod temporal;
mod two_mode;
mod view;

pub(crate) use csr::SortedRows;
pub use csr::{Csr, Direction, Edge, WeightRow};
pub use edge_list::{EdgeList, Labelled, Names};
pub use mixed::Shared;
pub use network::{Flat, Network};
pub use temporal::{Days, FlatInTime, TimedEdge, TimedGraph};
pub use two_mode::Mode;
pub(crate) use view::span;
pub use view::{Isolates, View, Weight};
