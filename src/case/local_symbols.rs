//! The texts that threads meet on their own, before the case knows them.

use super::own_ids::OwnIds;
use super::symbol::{LOCAL, MISSING, Missing, Symbol, Symbols};
use super::texts::Texts;

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
            None => local(self.new.intern(text).to_number()),
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
            return Symbol::from_number(missing as u32);
        }
        let number = u32::try_from(self.own_ids.len()).expect("a thread has fewer than 2³¹ texts");
        self.own_ids.push(text);
        local(number)
    }

    pub(super) fn into_new(self) -> NewTexts {
        NewTexts { texts: self.new, own_ids: self.own_ids }
    }
}

impl NewTexts {
    /// Gives each new text its symbol in `symbols`, and each id of a row's own its symbol in `own_ids`.
    pub(super) fn settle(&self, symbols: &mut Symbols, own_ids: &mut OwnIds) -> Settled {
        let of_rows = &self.own_ids;
        Settled {
            texts: (0..)
                .take(self.texts.len())
                .map(|number| symbols.intern(self.texts.text(Symbol::from_number(number))))
                .collect(),
            own_ids: (0..)
                .take(of_rows.len())
                .map(|number| own_ids.intern(of_rows.get(number)))
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
    let number = symbol.to_number();
    if number & LOCAL != 0 {
        *symbol = settled[(number & !LOCAL) as usize];
    }
}

/// A thread's own symbol of that number.
fn local(number: u32) -> Symbol {
    Symbol::from_number(number | LOCAL)
}

#[cfg(test)]
mod tests {
    use super::*;

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
