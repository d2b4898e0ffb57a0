//! What if it does not fit one machine?
//!
//! The same whole-graph questions as SQL supersteps over tables of Parquet, on an engine that somebody else runs: Apache
//! Spark, or whatever answers to Spark Connect. We build no cluster of our own. What an engine must be able to do is
//! [`SqlEngine`], and no more; what is asked of it is a [`Program`]: data, so that it can be run, resumed, printed and
//! handed to those who may only submit a script.

mod address;
#[cfg(feature = "parquet")]
mod count;
mod emit;
pub mod fetch;
mod fingerprint;
mod home;
mod machine;
pub mod network;
mod pairs;
mod parts;
mod plan;
mod program;
pub mod programs;
mod projection;
mod reduce;
mod run;
#[cfg(feature = "spark")]
mod spark;
mod sql;
mod sql_engine;
mod state;
mod table;
mod tables;
mod workplace;

pub use address::Address;
#[cfg(feature = "parquet")]
pub use count::{rows_of_parquet, size_of_parquet};
pub use emit::{Check, Job};
pub use home::{Called, Home};
pub use pairs::pairs_on;
pub use parts::{Divided, divided};
pub use plan::{Advice, Estimate, Machine, Plan, Size};
pub use program::{Assignment, Program, Stop};
pub use projection::{ProjectedThere, SharedThere, projected};
pub use reduce::{
    Question, entities_of, fetch_case, fetch_with_identities, put_entities, put_victims,
};
pub use run::{Run, Settled, Step, StepKind};
#[cfg(feature = "spark")]
pub use spark::{SparkEngine, SparkSettings};
pub use sql_engine::SqlEngine;
pub use table::{Column, Columns, TextCells, Values};
pub use tables::{CaseTables, empty};
pub use workplace::Workplace;
