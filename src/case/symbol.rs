//! Texts of the files, each kept once and named by a number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::own_ids::OwnIds;

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
    bytes: String,
    ends: Vec<usize>,
    table: HashTable<Entry>,
    hasher: DefaultHashBuilder,
}

/// A text in the table.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    number: u32,
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
        let mut symbols = Self {
            bytes: String::new(),
            ends: Vec::new(),
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        };
        for (code, _) in MISSING {
            symbols.intern(code);
        }
        symbols
    }
}

impl Symbols {
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
        let number = u32::try_from(self.ends.len()).expect("a case has fewer than 2³¹ texts");
        assert!(number & LOCAL == 0, "a case has fewer than 2³¹ texts");
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
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
        slice(&self.bytes, &self.ends, symbol.0)
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text; never so, because the codes for missing values are always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn key(&self, text: &str) -> (Key, u64) {
        let key = Key::of(text, &self.hasher);
        (key, self.hasher.hash_one(key))
    }

    fn find(&self, key: Key, hash: u64, text: &str) -> Option<Symbol> {
        let same = |entry: &Entry| {
            let alike = entry.key == key;
            alike && (key.is_exact() || slice(&self.bytes, &self.ends, entry.number) == text)
        };
        self.table.find(hash, same).map(|entry| Symbol(entry.number))
    }
}

fn slice<'a>(bytes: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &bytes[start..ends[number]]
}

/// The bit that marks a symbol that a thread gave out on its own.
const LOCAL: u32 = 1 << 31;

/// The texts that one thread meets while it reads a piece of a file.
///
/// What the case knows already keeps its symbol; what is new gets a number of this thread's own,
/// which [`settle`](Self::settle) turns into one of the case when the piece's turn comes.
#[derive(Debug)]
pub(super) struct LocalSymbols<'a> {
    known: &'a Symbols,
    new: Symbols,
    own_ids: Texts,
    last: Vec<(String, Symbol)>,
}

/// What a thread met for the first time, in the order in which it met it.
#[derive(Debug)]
pub(super) struct NewTexts {
    texts: Symbols,
    own_ids: Texts,
}

/// Texts in a row, equal or not.
#[derive(Debug, Default)]
struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl<'a> LocalSymbols<'a> {
    pub(super) fn new(known: &'a Symbols) -> Self {
        Self { known, new: Symbols::default(), own_ids: Texts::default(), last: Vec::new() }
    }

    /// The symbol of the text in `column`; most cells repeat the one above.
    pub(super) fn intern(&mut self, column: usize, text: &str) -> Symbol {
        if text.is_empty() {
            return Symbol::EMPTY;
        }
        if self.last.len() <= column {
            self.last.resize(column + 1, (String::new(), Symbol::EMPTY));
        }
        let (above, symbol) = &self.last[column];
        if above == text {
            return *symbol;
        }
        let symbol = match self.known.get(text) {
            Some(symbol) => symbol,
            None => Symbol(self.new.intern(text).0 | LOCAL),
        };
        let (above, memory) = &mut self.last[column];
        above.clear();
        above.push_str(text);
        *memory = symbol;
        symbol
    }

    /// The id of the row's own thing, where no other row refers to it: it is kept apart from the
    /// texts that rows share, which so stay few and fast to find.
    pub(super) fn own_id(&mut self, text: &str) -> Symbol {
        if let Some(missing) = Missing::parse(text) {
            return Symbol(missing as u32);
        }
        let number =
            u32::try_from(self.own_ids.ends.len()).expect("a thread has fewer than 2³¹ texts");
        self.own_ids.bytes.push_str(text);
        self.own_ids.ends.push(self.own_ids.bytes.len());
        Symbol(number | LOCAL)
    }

    pub(super) fn into_new(self) -> NewTexts {
        NewTexts { texts: self.new, own_ids: self.own_ids }
    }
}

impl NewTexts {
    /// Gives each new text its symbol in `symbols`, and each id of a row's own its symbol in `own_ids`.
    pub(super) fn settle(&self, symbols: &mut Symbols, own_ids: &mut OwnIds) -> Settled {
        let Texts { bytes, ends } = &self.own_ids;
        Settled {
            texts: (0..)
                .take(self.texts.len())
                .map(|number| symbols.intern(self.texts.text(Symbol(number))))
                .collect(),
            own_ids: (0..)
                .take(ends.len())
                .map(|n| own_ids.intern(slice(bytes, ends, n)))
                .collect(),
        }
    }
}

/// From a thread's own numbers to symbols of the case.
#[derive(Debug)]
pub(super) struct Settled {
    texts: Vec<Symbol>,
    own_ids: Vec<Symbol>,
}

impl Settled {
    /// Whether the thread met nothing new; the codes for missing values are always there.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.len() <= MISSING.len() && self.own_ids.is_empty()
    }

    pub(super) fn settle(&self, symbol: &mut Symbol) {
        settle(symbol, &self.texts);
    }

    pub(super) fn settle_own_id(&self, symbol: &mut Symbol) {
        settle(symbol, &self.own_ids);
    }
}

fn settle(symbol: &mut Symbol, settled: &[Symbol]) {
    if symbol.0 & LOCAL != 0 {
        *symbol = settled[(symbol.0 & !LOCAL) as usize];
    }
}

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

    #[test]
    fn a_thread_s_symbols_settle_into_the_case_s() {
        let mut symbols = Symbols::default();
        let old = symbols.intern("old");
        let mut local = LocalSymbols::new(&symbols);
        let (mut a, mut b) = (local.intern(0, "old"), local.intern(0, "new"));
        let new = local.into_new();
        let settled = new.settle(&mut symbols, &mut OwnIds::default());
        settled.settle(&mut a);
        settled.settle(&mut b);
        assert_eq!(a, old);
        assert_eq!(symbols.text(b), "new");
    }
}
