//! Texts of the files, each kept once and named by a number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable, hash_table};

use super::texts::Texts;

/// A text of the files, by number. Equal texts have equal symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

/// Why a cell holds no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// The cell is empty: nobody wrote anything.
    NotRecorded,
    /// It was asked, and is not known.
    Unknown,
    /// It was asked, and not answered.
    Refused,
    /// It was not asked.
    NotAsked,
    /// The question does not fit.
    NotApplicable,
}

/// The codes for [`Missing`], in its order; they are the first symbols of every table.
pub(super) const MISSING: [(&str, Missing); 5] = [
    ("", Missing::NotRecorded),
    ("unknown", Missing::Unknown),
    ("refused", Missing::Refused),
    ("not_asked", Missing::NotAsked),
    ("not_applicable", Missing::NotApplicable),
];

/// The same codes without what they stand for.
pub(crate) const MISSING_CODES: [&str; 5] =
    [MISSING[0].0, MISSING[1].0, MISSING[2].0, MISSING[3].0, MISSING[4].0];

impl Missing {
    /// The reason that `text` stands for, if it is one of the codes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::NotRecorded);
        }
        // Each letter that a code begins with begins few other cells; most are done here.
        if !matches!(text.as_bytes()[0], b'u' | b'r' | b'n') {
            return None;
        }
        MISSING.iter().find(|(code, _)| *code == text).map(|&(_, missing)| missing)
    }

    /// The code in a file; empty for [`NotRecorded`](Self::NotRecorded).
    #[must_use]
    pub fn code(self) -> &'static str {
        MISSING[self as usize].0
    }
}

impl Symbol {
    /// The empty text: nothing was recorded.
    pub const EMPTY: Self = Self(0);

    /// Whether the cell holds a value rather than a reason why it holds none.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.missing().is_none()
    }

    /// The symbol, unless it says why there is no value.
    #[must_use]
    pub fn known(self) -> Option<Self> {
        self.is_known().then_some(self)
    }

    /// Why the cell holds no value, if it holds none.
    #[must_use]
    pub fn missing(self) -> Option<Missing> {
        MISSING.get(self.0 as usize).map(|&(_, missing)| missing)
    }

    pub(super) fn from_number(number: u32) -> Self {
        Self(number)
    }

    pub(super) fn to_number(self) -> u32 {
        self.0
    }

    /// The place of this symbol in a table that has one entry per symbol.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// All distinct texts of a case, in one piece of memory.
///
/// - **Cost**: the bytes of each distinct text once, and about 40 bytes more.
#[derive(Clone, Debug)]
pub struct Symbols {
    texts: Texts,
    table: HashTable<Entry>,
    hasher: DefaultHashBuilder,
}

/// A text in the table.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    number: u32,
}

impl Entry {
    /// Whether it is that of `text`, whose key is `key`.
    fn is(&self, key: Key, text: &str, texts: &Texts) -> bool {
        self.key == key && (key.is_exact() || texts.get(self.number) == text)
    }
}

/// What texts are compared by: a short text is its own key, so that finding an id touches nothing
/// but the table; of a long one the key is its hash and length, and the text is compared as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key([u64; 2]);

impl Key {
    /// The most bytes of a text that is its own key; the last byte holds the length.
    const SHORT: usize = 15;

    fn of(text: &str, hasher: &DefaultHashBuilder) -> Self {
        let length = text.len();
        if length <= Self::SHORT {
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(text.as_bytes());
            bytes[15] = 1 + length.to_le_bytes()[0];
            let (low, high) = bytes.split_at(8);
            let word = |half: &[u8]| u64::from_le_bytes(half.try_into().expect("half of 16 bytes"));
            Self([word(low), word(high)])
        } else {
            // The last byte is 0 for any length that memory can hold: no short text has this key.
            Self([hasher.hash_one(text), length as u64 & (u64::MAX >> 8)])
        }
    }

    fn is_exact(self) -> bool {
        self.0[1] >> 56 != 0
    }
}

impl Default for Symbols {
    fn default() -> Self {
        let (texts, table, hasher) = <(Texts, HashTable<Entry>, DefaultHashBuilder)>::default();
        let mut symbols = Self { texts, table, hasher };
        for (code, _) in MISSING {
            symbols.intern(code);
        }
        symbols
    }
}

impl Symbols {
    /// The symbols of texts that were taken in before; none if a text stands twice, there are too many,
    /// or the codes for missing values do not come first.
    pub(super) fn of(texts: Texts) -> Option<Self> {
        let count = u32::try_from(texts.len()).ok().filter(|count| count & LOCAL == 0)?;
        let codes =
            MISSING.iter().zip(0..).all(|((code, _), n)| n < count && texts.get(n) == *code);
        let (mut table, hasher) = <(HashTable<Entry>, DefaultHashBuilder)>::default();
        table.try_reserve(texts.len(), |entry| hasher.hash_one(entry.key)).ok()?;
        let mut symbols = Self { texts, table, hasher };
        let each_once = (0..count).all(|number| symbols.enter(number));
        (codes && each_once).then_some(symbols)
    }

    /// Makes the text of that number one to be found; false if an equal one is.
    fn enter(&mut self, number: u32) -> bool {
        let Self { texts, table, hasher } = self;
        let text = texts.get(number);
        let key = Key::of(text, hasher);
        let (hash, same) = (hasher.hash_one(key), |entry: &Entry| entry.is(key, text, texts));
        match table.entry(hash, same, |entry| hasher.hash_one(entry.key)) {
            hash_table::Entry::Occupied(_) => false,
            hash_table::Entry::Vacant(free) => {
                free.insert(Entry { key, number });
                true
            }
        }
    }

    /// The symbol of `text`, new if it was not met before.
    ///
    /// # Panics
    ///
    /// If there are more than 2³¹ distinct texts.
    pub fn intern(&mut self, text: &str) -> Symbol {
        let (key, hash) = self.key(text);
        if let Some(symbol) = self.find(key, hash, text) {
            return symbol;
        }
        let number = u32::try_from(self.len()).expect("a case has fewer than 2³¹ texts");
        assert!(number & LOCAL == 0, "a case has fewer than 2³¹ texts");
        self.texts.push(text);
        let Self { table, hasher, .. } = self;
        table.insert_unique(hash, Entry { key, number }, |entry| hasher.hash_one(entry.key));
        Symbol(number)
    }

    /// The symbol of `text`, if it was met before.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Symbol> {
        let (key, hash) = self.key(text);
        self.find(key, hash, text)
    }

    /// The text of `symbol`.
    ///
    /// # Panics
    ///
    /// If the symbol is of another case.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.0)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no text; never so, because the codes for missing values are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The texts by number.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    fn key(&self, text: &str) -> (Key, u64) {
        let key = Key::of(text, &self.hasher);
        (key, self.hasher.hash_one(key))
    }

    fn find(&self, key: Key, hash: u64, text: &str) -> Option<Symbol> {
        let same = |entry: &Entry| entry.is(key, text, &self.texts);
        self.table.find(hash, same).map(|entry| Symbol(entry.number))
    }
}

/// The bit that marks a symbol that a thread gave out on its own.
pub(super) const LOCAL: u32 = 1 << 31;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_symbols() {
        let mut symbols = Symbols::default();
        let (a, b) = (symbols.intern("anna"), symbols.intern("bram"));
        assert_ne!(a, b);
        assert_eq!(symbols.intern("anna"), a);
        assert_eq!((symbols.text(a), symbols.text(b)), ("anna", "bram"));
        assert_eq!(symbols.get("cees"), None);
    }

    #[test]
    fn empty_and_unknown_are_told_apart() {
        let mut symbols = Symbols::default();
        assert_eq!(symbols.intern("").missing(), Some(Missing::NotRecorded));
        assert_eq!(symbols.intern("not_asked").missing(), Some(Missing::NotAsked));
        assert!(symbols.intern("p1").is_known());
    }
}
