//! The ids of one table, to be found by their text.

use hashbrown::HashMap;

use super::symbol::{Symbol, Symbols};

/// The ids of one table: fewer than all texts of the case, and so found faster.
///
/// Most files number their things, `p1` to `p100000`. Ids that share the letters of the first one and
/// lie densely are found by their number, in a tenth of the memory that a table by hash takes: the time
/// to find an id is the time that memory takes to answer.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    prefix: String,
    /// By number: the symbol and 1, or 0 where there is no such id.
    numbered: Vec<u32>,
    others: HashMap<String, Symbol>,
    len: usize,
}

impl Lookup {
    /// Adds ids that are not in it yet.
    pub(super) fn extend(&mut self, symbols: &Symbols, ids: impl Iterator<Item = Symbol>) {
        for id in ids {
            let text = symbols.text(id);
            if self.len == 0 {
                self.prefix = text.trim_end_matches(|c: char| c.is_ascii_digit()).into();
            }
            self.len += 1;
            match self.number(text).filter(|&number| number < 4 * self.len + 1024) {
                Some(number) => {
                    if self.numbered.len() <= number {
                        self.numbered.resize(number + 1, 0);
                    }
                    self.numbered[number] = id.to_number() + 1;
                }
                None => {
                    self.others.insert(text.into(), id);
                }
            }
        }
    }

    /// The id that `text` is.
    pub(super) fn find(&self, text: &str) -> Option<Symbol> {
        let number = self.number(text).and_then(|number| self.numbered.get(number));
        match number {
            Some(&found) if found != 0 => Some(Symbol::from_number(found - 1)),
            _ if self.others.is_empty() => None,
            _ => self.others.get(text).copied(),
        }
    }

    /// The number of an id that is the prefix and a number, written without leading zeros.
    fn number(&self, text: &str) -> Option<usize> {
        let digits = text.as_bytes().strip_prefix(self.prefix.as_bytes())?;
        let canonical = (1..=9).contains(&digits.len()) && (digits[0] != b'0' || digits.len() == 1);
        if !canonical {
            return None;
        }
        let mut number = 0;
        for &digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            number = 10 * number + usize::from(digit - b'0');
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_id_is_found_and_nothing_else() {
        let mut symbols = Symbols::default();
        let texts =
            ["p7", "p07", "p8", "p999999999", "p", "q7", "p1234567890", "p0", "7", "p8x", "é"];
        let ids: Vec<Symbol> = texts.iter().map(|text| symbols.intern(text)).collect();
        let mut lookup = Lookup::default();
        lookup.extend(&symbols, ids[..3].iter().copied());
        lookup.extend(&symbols, ids[3..].iter().copied());
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!(lookup.find(text), Some(id), "{text}");
        }
        for strange in ["", "p1", "p70", "p00", "p 7", "P7", "p99999999", "unknown"] {
            assert_eq!(lookup.find(strange), None, "{strange}");
        }
    }

    #[test]
    fn ids_without_letters_are_numbers() {
        let mut symbols = Symbols::default();
        let (one, two) = (symbols.intern("1"), symbols.intern("200"));
        let mut lookup = Lookup::default();
        lookup.extend(&symbols, [one, two].into_iter());
        assert_eq!((lookup.find("1"), lookup.find("200")), (Some(one), Some(two)));
        assert_eq!(lookup.find("2"), None);
    }
}
