//! Sheets as CSV that a spreadsheet cannot run.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::Writer;

use super::sheet::{Cell, Sheet};
use crate::untrusted::Untrusted;

/// A header and the rows.
pub(super) fn write(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    writer.write_record(sheet.columns.iter().map(safe))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(field))?;
    }
    writer.flush()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Number(number) => number.to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Missing => String::new(),
    }
}

/// Text as it stands in a cell: nothing in it is a formula or acts on a terminal.
fn safe(text: &Untrusted) -> String {
    text.through(|raw| shown(&guarded(raw)).into_owned())
}

/// `text` with a `'` before everything that a spreadsheet would take for the start of a formula.
///
/// That is the start of the cell, and what follows a semicolon or tab: where the decimal sign is
/// a comma, a spreadsheet cuts the cells there, quoted or not. A plain number stays as it is.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if !begins_formula(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    for c in text.chars() {
        if at_start && is_trigger(c) {
            out.push('\'');
        }
        out.push(c);
        at_start = matches!(c, ';' | '\t');
    }
    Cow::Owned(out)
}

/// `text` with what acts on a terminal, or turns a line around, written as `\u{…}`.
///
/// Joiners and other invisible letters of names stay: programs match rows by these texts.
fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if acts(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a spreadsheet would take a part of the cell for a formula.
pub(super) fn begins_formula(text: &str) -> bool {
    !is_number(text) && has_trigger(text)
}

fn has_trigger(text: &str) -> bool {
    let starts = std::iter::once(text).chain(text.split([';', '\t']).skip(1));
    starts.filter_map(|part| part.chars().next()).any(is_trigger)
}

/// The characters that begin a formula, and their wide forms, which some programs read as them.
fn is_trigger(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// Digits with at most a minus before and one point within. An exponent is no part of a plain number.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_formula_is_guarded() {
        for text in ["=cmd()", "+31612345678", "-a", "@SUM(A1)", "\tx", "\rx", "＝1", "-1+1", "-"]
        {
            assert_eq!(guarded(text), format!("'{text}"));
        }
    }

    #[test]
    fn what_begins_none_is_as_it_was() {
        for text in ["", "-5", "12.5", "-0.25", "E12", "a=b", "links.csv:88", "a; b"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown() {
        assert_eq!(shown("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
        assert_eq!(shown("two\nlines, one\u{200d}letter"), "two\nlines, one\u{200d}letter");
    }

    #[test]
    fn a_formula_behind_a_foreign_separator_is_guarded_too() {
        assert_eq!(guarded("paid;=cmd()\t@x"), "paid;'=cmd()\t'@x");
    }
}
