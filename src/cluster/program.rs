//! An algorithm as data: SQL that an engine repeats until nothing moves.

/// An iterative algorithm over tables of Parquet, as SQL.
///
/// Tables are named as they stand in the queries. The program reads tables that are open before it begins, assigns its own, and
/// ends with its result: what `result` asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// What it is called, in names of folders: `pagerank`.
    pub name: &'static str,
    /// What is assigned once, in this order.
    pub setup: Vec<Assignment>,
    /// What is assigned in each round, in this order; each query may read what its own table held before.
    pub step: Vec<Assignment>,
    /// A query of one row and one column `moved`, a real number, after each round: what was still moving.
    pub measure: String,
    /// When it ends.
    pub stop: Stop,
    /// The query whose rows are the answer.
    pub result: String,
}

/// A table, and the query that gives its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The table's name.
    pub table: &'static str,
    /// What it holds from now on.
    pub query: String,
}

/// When a program ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// After the round in which no more than this moved.
    pub moved: f64,
    /// After so many rounds at the latest.
    pub rounds: u32,
    /// Whether ending at the last round, with more still moving, is an error: the algorithm has no answer before it settles.
    pub must_settle: bool,
}
