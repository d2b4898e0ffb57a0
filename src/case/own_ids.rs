//! The ids of links and advertisements: each should stand once, and no other row refers to it.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::symbol::{MISSING, Symbol};
use super::texts::Texts;

/// The ids of one table to which no other row refers.
///
/// They are many, and each is looked for only when it comes in. So they are kept apart from the
/// texts that rows share, with only half a hash beside each.
#[derive(Clone, Debug)]
pub(super) struct OwnIds {
    texts: Texts,
    table: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Default for OwnIds {
    fn default() -> Self {
        let mut ids = Self::of(Texts::default());
        for (code, _) in MISSING {
            ids.intern(code);
        }
        ids
    }
}

impl OwnIds {
    /// Ids that were taken in before, of which each stands once; none is looked for any more.
    pub(super) fn of(texts: Texts) -> Self {
        Self { texts, table: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }

    /// The ids by number.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The symbol of an id, new if it was not met before.
    pub(super) fn intern(&mut self, text: &str) -> Symbol {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "half of the hash tells most ids apart"
        )]
        let half = self.hasher.hash_one(text) as u32;
        let same = |&(other, number): &(u32, u32)| other == half && self.texts.get(number) == text;
        if let Some(&(_, number)) = self.table.find(spread(half), same) {
            return Symbol::from_number(number);
        }
        let number = u32::try_from(self.texts.len()).expect("a table has fewer than 2³² rows");
        self.texts.push(text);
        self.table.insert_unique(spread(half), (half, number), |&(half, _)| spread(half));
        Symbol::from_number(number)
    }

    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.to_number())
    }
}

/// The table's 64 bits from the 32 that are kept of a hash.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
