//! Which things that share a key are pairs: a rule that another machine can follow, too.

use crate::error::Result;

/// Which things with one key are pairs.
///
/// Of a key that few have all pairs are made. Of a crowded one fewer, so that the work grows with the things and never with their square.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairRule {
    /// The most things of which all pairs are made.
    pub block: usize,
    /// In a larger block: how many that follow each is paired with, or how many the others are paired with.
    pub window: usize,
    /// Who is paired in a larger block.
    pub crowded: Crowded,
}

/// Who is paired in a crowded block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowded {
    /// Each with those that follow it in the order of places.
    Next,
    /// The first few with all others.
    First,
}

/// Keys and the things that have them: each once, sorted by key, then thing.
#[derive(Clone, Copy, Debug)]
pub struct SharedKeys<'a> {
    /// Key and thing.
    pub keys: &'a [(u64, u32)],
    /// By thing: its place in the order of blocks; none where that is the thing's number.
    pub places: Option<&'a [u32]>,
}

/// Makes the pairs of a rule: the lower thing first, sorted, each once.
///
/// Keys tell nothing of what they stand for; whoever makes the pairs need not know.
pub type MakePairs<'a> = dyn FnMut(PairRule, SharedKeys<'_>) -> Result<Vec<(u32, u32)>> + 'a;
