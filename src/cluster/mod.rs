//! What if it does not fit one machine?
//!
//! The same whole-graph questions as SQL supersteps over tables of Parquet, on an engine that somebody else runs: Apache
//! Spark, or whatever answers to Spark Connect. We build no cluster of our own. What an engine must be able to do is
//! [`SqlEngine`], and no more; what is asked of it is a [`Program`]: data, so that it can be run, resumed, printed and
//! handed to those who may only submit a script.

mod program;
pub mod programs;
mod sql;
mod sql_engine;
mod table;

pub use program::{Assignment, Program, Stop};
pub use sql_engine::SqlEngine;
pub use table::{Column, Columns, Values};
