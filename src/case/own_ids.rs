//! The ids of links and advertisements: each should stand once, and no other row refers to it.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::symbol::{MISSING, Symbol};

/// The ids of one table to which no other row refers.
///
/// They are many, and each is looked for only when it comes in. So they are kept apart from the
/// texts that rows share, with only half a hash beside each.
#[derive(Clone, Debug)]
pub(super) struct OwnIds {
    bytes: String,
    ends: Vec<usize>,
    table: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Default for OwnIds {
    fn default() -> Self {
        let (bytes, ends) = (String::new(), Vec::new());
        let mut ids =
            Self { bytes, ends, table: HashTable::new(), hasher: DefaultHashBuilder::default() };
        for (code, _) in MISSING {
            ids.intern(code);
        }
        ids
    }
}

impl OwnIds {
    /// The symbol of an id, new if it was not met before.
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "half of the hash tells most ids apart"
        )]
        let half = self.hasher.hash_one(text) as u32;
        let same = |&(other, number): &(u32, u32)| other == half && self.slice(number) == text;
        if let Some(&(_, number)) = self.table.find(spread(half), same) {
            return Symbol::from_number(number);
        }
        let number = u32::try_from(self.ends.len()).expect("a table has fewer than 2³² rows");
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        self.table.insert_unique(spread(half), (half, number), |&(half, _)| spread(half));
        Symbol::from_number(number)
    }

    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.slice(u32::try_from(symbol.number()).expect("a symbol has 32 bits"))
    }

    fn slice(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }
}

/// The table's 64 bits from the 32 that are kept of a hash.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
