//! Texts of the files, each kept once and named by a number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

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
const MISSING: [(&str, Missing); 5] = [
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
        MISSING
            .iter()
            .find(|(code, _)| *code == text)
            .map(|&(_, missing)| missing)
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

    /// The place of this symbol in a table that has one entry per symbol.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// All distinct texts of a case, in one piece of memory.
///
/// - **Cost**: the bytes of each distinct text once, and about 13 bytes more.
#[derive(Clone, Debug)]
pub struct Symbols {
    bytes: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
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
        let hash = self.hasher.hash_one(text);
        if let Some(symbol) = self.find(hash, text) {
            return symbol;
        }
        let number = u32::try_from(self.ends.len()).expect("a case has fewer than 2³¹ texts");
        assert!(number & LOCAL == 0, "a case has fewer than 2³¹ texts");
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        let Self {
            bytes,
            ends,
            table,
            hasher,
        } = self;
        table.insert_unique(hash, number, |&other| {
            hasher.hash_one(slice(bytes, ends, other))
        });
        Symbol(number)
    }

    /// The symbol of `text`, if it was met before.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Symbol> {
        self.find(self.hasher.hash_one(text), text)
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

    fn find(&self, hash: u64, text: &str) -> Option<Symbol> {
        let same = |&number: &u32| slice(&self.bytes, &self.ends, number) == text;
        self.table.find(hash, same).map(|&number| Symbol(number))
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
    last: Vec<(String, Symbol)>,
}

/// What a thread met for the first time, in the order in which it met it.
#[derive(Debug)]
pub(super) struct NewTexts(Symbols);

impl<'a> LocalSymbols<'a> {
    pub(super) fn new(known: &'a Symbols) -> Self {
        Self {
            known,
            new: Symbols::default(),
            last: Vec::new(),
        }
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

    pub(super) fn known(&self) -> &'a Symbols {
        self.known
    }

    pub(super) fn into_new(self) -> NewTexts {
        NewTexts(self.new)
    }
}

impl NewTexts {
    /// Gives each new text its symbol in `symbols`.
    pub(super) fn settle(&self, symbols: &mut Symbols) -> Settled {
        let number = |n: usize| u32::try_from(n).expect("a thread has fewer than 2³¹ texts");
        Settled(
            (0..self.0.len())
                .map(|n| symbols.intern(self.0.text(Symbol(number(n)))))
                .collect(),
        )
    }
}

/// From a thread's own numbers to symbols of the case.
#[derive(Debug)]
pub(super) struct Settled(Vec<Symbol>);

impl Settled {
    /// Whether the thread met nothing new; the codes for missing values are always there.
    pub(super) fn is_empty(&self) -> bool {
        self.0.len() <= MISSING.len()
    }

    pub(super) fn settle(&self, symbol: &mut Symbol) {
        if symbol.0 & LOCAL != 0 {
            *symbol = self.0[(symbol.0 & !LOCAL) as usize];
        }
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
        assert_eq!(
            symbols.intern("not_asked").missing(),
            Some(Missing::NotAsked)
        );
        assert!(symbols.intern("p1").is_known());
    }

    #[test]
    fn a_thread_s_symbols_settle_into_the_case_s() {
        let mut symbols = Symbols::default();
        let old = symbols.intern("old");
        let mut local = LocalSymbols::new(&symbols);
        let (mut a, mut b) = (local.intern(0, "old"), local.intern(0, "new"));
        let new = local.into_new();
        let settled = new.settle(&mut symbols);
        settled.settle(&mut a);
        settled.settle(&mut b);
        assert_eq!(a, old);
        assert_eq!(symbols.text(b), "new");
    }
}
