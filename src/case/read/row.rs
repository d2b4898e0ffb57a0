//! One row, cell by cell: each method reads one kind of cell and says what is wrong with it.

use csv::ByteRecord;

use super::super::date::{BadDate, When};
use super::super::fault::{Fault, FaultClass, Severity};
use super::super::local_symbols::LocalSymbols;
use super::super::means::Means;
use super::super::nearest::nearest;
use super::super::record::Assertion;
use super::super::schema::{Table, assertion};
use super::super::symbol::{Missing, Symbol};
use super::super::trap::trap;
use super::super::vocabulary::{Basis, Code, MeansCode};
use super::binding::From;
use super::context::Context;
use super::given::CERTAINTY;
use super::text_rows::Cells;
use crate::error::excerpt;

/// The fields of a row, however its file is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fields<'a> {
    /// A record of a CSV file, and its fields as one text if they are all UTF-8.
    Record(&'a ByteRecord, Option<&'a str>),
    /// A row whose fields are texts already.
    Texts(&'a Cells),
}

impl<'a> Fields<'a> {
    pub(super) fn record(record: &'a ByteRecord) -> Self {
        Self::Record(record, std::str::from_utf8(record.as_slice()).ok())
    }

    pub(super) fn len(self) -> usize {
        match self {
            Self::Record(record, _) => record.len(),
            Self::Texts(texts) => texts.len(),
        }
    }

    /// The text of a field, empty beyond the last; none if it is not UTF-8.
    pub(super) fn text(self, at: usize) -> Option<&'a str> {
        match self {
            Self::Record(record, whole) => {
                let Some(range) = record.range(at) else { return Some("") };
                // Where the whole is not UTF-8, or a letter runs over two fields, each field is looked at.
                whole
                    .and_then(|whole| whole.get(range.clone()))
                    .or_else(|| std::str::from_utf8(&record.as_slice()[range]).ok())
            }
            Self::Texts(texts) => Some(texts.text(at)),
        }
    }
}

/// A row that is being read.
#[derive(Debug)]
pub(in crate::case) struct Row<'r, 'a> {
    pub(super) fields: Fields<'r>,
    pub(super) line: u32,
    /// How sure it is, where its table says so beside the grade.
    pub(super) certainty: Option<f64>,
    pub(super) context: Context<'a>,
    pub(super) symbols: &'r mut LocalSymbols<'a>,
    pub(super) faults: &'r mut Vec<Fault>,
    /// What the grades met so far are worth.
    pub(super) grades: &'r mut Vec<(Symbol, f64)>,
    pub(super) refused: bool,
}

impl<'r, 'a: 'r> Row<'r, 'a> {
    /// The text of a cell; empty where the file has no such column.
    fn cell(&mut self, column: usize) -> &'r str {
        let bound = &self.context.reading().binding.columns[column];
        let text = match &bound.from {
            From::Absent => "",
            From::Constant(text) => text,
            From::Field(at) => {
                let Some(text) = self.fields.text(*at) else {
                    let (found, expected) = not_utf8();
                    self.fault(FaultClass::Encoding, column, found, expected);
                    return "";
                };
                text
            }
        };
        if bound.values.is_empty() {
            return text;
        }
        bound.values.get(text).map_or(text, String::as_str)
    }

    /// A cell of a code, date or number, where blanks at the ends mean nothing.
    fn trimmed(&mut self, column: usize) -> &'r str {
        let text = self.cell(column);
        let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        if blank(text.as_bytes().first()) || blank(text.as_bytes().last()) {
            return text.trim_matches(|c: char| c.is_ascii_whitespace());
        }
        text
    }

    pub(super) fn fault(
        &mut self,
        class: FaultClass,
        column: usize,
        found: String,
        expected: String,
    ) {
        let header = &self.context.reading().binding.columns[column].header;
        self.fault_at(class, header, found, expected);
    }

    pub(super) fn fault_at(
        &mut self,
        class: FaultClass,
        column: &str,
        found: String,
        expected: String,
    ) {
        self.refused |= class.severity() == Severity::Error;
        let position = self.context.position(self.line, column);
        self.faults.push(Fault { class, position, found, expected });
    }

    /// Says so where a column that the contract does not know holds no text.
    pub(super) fn unread_text(&mut self) {
        let Fields::Record(_, None) = self.fields else { return };
        for (at, name) in &self.context.reading().binding.extras {
            if self.fields.text(*at).is_none() {
                let (found, expected) = not_utf8();
                self.fault_at(FaultClass::Encoding, name, found, expected);
            }
        }
    }

    /// Any text.
    pub(in crate::case) fn text(&mut self, column: usize) -> Symbol {
        let text = self.cell(column);
        self.symbols.intern(column, text)
    }

    /// Any text that says who or what somebody is, and so is easily mistaken.
    pub(in crate::case) fn telling(&mut self, column: usize) -> Symbol {
        let text = self.cell(column);
        self.warn_of_trap(column, text);
        self.symbols.intern(column, text)
    }

    /// Says so where a text is easily mistaken; a code that says why nothing is known is not.
    fn warn_of_trap(&mut self, column: usize, text: &str) {
        if let Some(trap) = trap(text).filter(|_| Missing::parse(text).is_none()) {
            self.fault(FaultClass::IdentityTrap, column, quoted(text), trap.into());
        }
    }

    /// The id of the row's own thing.
    pub(in crate::case) fn id(&mut self, column: usize) -> Symbol {
        let text = self.filled(column, "an id");
        if text.is_empty() { self.symbols.intern(column, text) } else { self.telling(column) }
    }

    /// The id of the row's own thing, to which no other row refers.
    pub(in crate::case) fn own_id(&mut self, column: usize) -> Symbol {
        let text = self.cell(column);
        self.warn_of_trap(column, text);
        self.symbols.own_id(text)
    }

    /// The same, where it must be there.
    pub(in crate::case) fn required_own_id(&mut self, column: usize) -> Symbol {
        let text = self.filled(column, "an id");
        self.warn_of_trap(column, text);
        self.symbols.own_id(text)
    }

    /// Text that must be there and known; the empty text, and a fault, if it is not.
    fn filled(&mut self, column: usize, what: &str) -> &'r str {
        let text = self.cell(column);
        match Missing::parse(text) {
            None => text,
            Some(missing) => {
                let found = match missing {
                    Missing::NotRecorded => "an empty cell".into(),
                    _ => format!("`{}`", missing.code()),
                };
                self.fault(FaultClass::Required, column, found, format!("{what} in every row"));
                ""
            }
        }
    }

    /// The id of a thing of `table`, which must be there.
    pub(in crate::case) fn reference(&mut self, column: usize, table: Table) -> Symbol {
        if self.filled(column, "an id").is_empty() {
            return Symbol::EMPTY;
        }
        self.optional_reference(column, table)
    }

    /// The id of a thing of `table`, if there is one.
    pub(in crate::case) fn optional_reference(&mut self, column: usize, table: Table) -> Symbol {
        let text = self.cell(column);
        let Some(ids) = self.context.ids(table) else {
            self.warn_of_trap(column, text);
            return self.symbols.intern(column, text);
        };
        if let Some(id) = ids.find(text) {
            return id;
        }
        if Missing::parse(text).is_none() {
            let expected = format!("an id that {table} holds; add the row there or mend the id");
            self.fault(FaultClass::Dangling, column, quoted(text), expected);
        }
        self.symbols.intern(column, text)
    }

    /// A code that may be missing.
    pub(in crate::case) fn code<C: Code>(&mut self, column: usize) -> Option<C> {
        let text = self.trimmed(column);
        let code = C::parse(text);
        let told = code.is_some() || Missing::parse(text).is_some();
        if told { code } else { self.strange_code::<C>(column, text) }
    }

    /// A code that must be there.
    pub(in crate::case) fn required_code<C: Code>(&mut self, column: usize) -> C {
        let text = self.trimmed(column);
        let code = match C::parse(text) {
            None if Missing::parse(text).is_some() => {
                self.filled(column, &with_article(C::NAME));
                None
            }
            None => self.strange_code::<C>(column, text),
            code => code,
        };
        code.unwrap_or(C::ALL[0].1)
    }

    fn strange_code<C: Code>(&mut self, column: usize, text: &str) -> Option<C> {
        if let Some(other) = C::OTHER.filter(|_| self.context.unknown_codes.as_other()) {
            let expected =
                format!("{} of the list; it was taken as `{other}`", with_article(C::NAME));
            self.fault(FaultClass::CodeAsOther, column, quoted(text), expected);
            return Some(other);
        }
        let codes = || C::ALL.iter().map(|(code, _)| *code);
        let near = nearest(text, codes());
        let expected = if near.is_empty() {
            format!("one of {}", codes().collect::<Vec<_>>().join(", "))
        } else {
            format!("{} such as `{}`", with_article(C::NAME), near.join("` or `"))
        };
        self.fault(FaultClass::Code, column, quoted(text), expected);
        None
    }

    /// A list of means.
    pub(in crate::case) fn means(&mut self, column: usize) -> Means {
        let text = self.trimmed(column);
        let mut means = Means::default();
        if Missing::parse(text).is_some() {
            return means;
        }
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let code = MeansCode::parse(part).or_else(|| self.strange_code(column, part));
            means = code.map_or(means, |code| means.with(code));
        }
        means
    }

    /// A date.
    pub(in crate::case) fn when(&mut self, column: usize) -> When {
        let text = self.trimmed(column);
        When::parse(text).unwrap_or_else(|bad| {
            let class =
                if bad == BadDate::Reversed { FaultClass::SpanReversed } else { FaultClass::Date };
            self.fault(class, column, quoted(text), bad.to_string());
            When::missing(Missing::NotRecorded)
        })
    }

    /// A start and an end; the end may not lie before the start.
    pub(in crate::case) fn span(&mut self, start: usize, end: usize) -> (When, When) {
        let (from, until) = (self.when(start), self.when(end));
        if until.is_before(from) {
            let found = format!("a start of {from} and an end of {until}");
            self.fault(
                FaultClass::SpanReversed,
                end,
                found,
                "an end that is not before its start".into(),
            );
        }
        (from, until)
    }

    /// How often: 1 where the cell is empty.
    pub(in crate::case) fn count(&mut self, column: usize) -> f64 {
        // Sums of counts must stay numbers, however many there are.
        self.number(column, "a number above 0 and at most 1e12", |n| n > 0.0 && n <= 1e12)
            .unwrap_or(1.0)
    }

    /// A number that `fits`, if there is one.
    pub(in crate::case) fn number(
        &mut self,
        column: usize,
        what: &str,
        fits: fn(f64) -> bool,
    ) -> Option<f64> {
        let text = self.trimmed(column);
        if Missing::parse(text).is_some() {
            return None;
        }
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite() && fits(*n));
        if number.is_none() {
            self.fault(
                FaultClass::Number,
                column,
                quoted(text),
                format!("{what}, such as `3` or `0.5`"),
            );
        }
        number
    }

    /// Says so where only one of two cells is filled that tell nothing apart.
    pub(in crate::case) fn both_or_neither(&mut self, one: usize, other: usize) {
        let empty = [one, other].map(|column| Missing::parse(self.trimmed(column)).is_some());
        let (column, twin) = match empty {
            [true, false] => (one, other),
            [false, true] => (other, one),
            _ => return,
        };
        let filled = self.context.reading().binding.columns[twin].header.as_str();
        let expected = format!("a value, because `{filled}` has one; fill both or neither");
        self.fault(FaultClass::Required, column, "an empty cell".into(), expected);
    }

    /// What makes the row an assertion.
    pub(in crate::case) fn assertion(&mut self) -> Assertion {
        let grade = self.trimmed(assertion::GRADE);
        let written = self.symbols.intern(assertion::GRADE, grade);
        let known = self.grades.iter().find(|(symbol, _)| *symbol == written);
        let known = known.map(|&(_, certainty)| certainty);
        let certainty = match self.certainty {
            Some(stated) => self.stated(stated),
            None => known.unwrap_or_else(|| self.certainty(grade, written)),
        };
        Assertion {
            certainty,
            source: self.text(assertion::SOURCE),
            grade: written,
            line: self.line,
            file: self.context.reading().file,
            basis: self.code(assertion::BASIS).unwrap_or(Basis::Fact),
        }
    }

    /// What the row's grade was worth when its table was written, whatever table of grades that was by.
    fn stated(&mut self, certainty: f64) -> f64 {
        if (0.0..=1.0).contains(&certainty) {
            return certainty;
        }
        let expected = "a number in [0, 1]".to_owned();
        self.fault_at(FaultClass::Number, CERTAINTY, format!("`{certainty}`"), expected);
        0.0
    }

    /// What a grade is worth that was not met before in this part of the file.
    fn certainty(&mut self, grade: &str, written: Symbol) -> f64 {
        let certainty = match Missing::parse(grade) {
            Some(_) => Some(self.context.ungraded),
            None => self.context.grades.certainty(grade),
        };
        let Some(certainty) = certainty else {
            let expected = self.context.grades.expected();
            self.fault(FaultClass::Grade, assertion::GRADE, quoted(grade), expected);
            return 0.0;
        };
        // Where every row has a probability of its own, a longer list is no shortcut.
        if self.grades.len() < 64 {
            self.grades.push((written, certainty));
        }
        certainty
    }
}

/// What a code is called, as one of its kind.
fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn not_utf8() -> (String, String) {
    ("bytes that are not UTF-8".into(), "text in UTF-8; save the file as `CSV UTF-8`".into())
}

pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", excerpt(text))
}

#[cfg(test)]
mod tests;
