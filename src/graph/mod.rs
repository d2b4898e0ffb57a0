//! What is tied to what, and when?
//!
//! [`Csr`] is the immutable compact graph that [`measure`](crate::measure) works on.

mod csr;
mod shapes;

pub use csr::{Csr, Direction};
