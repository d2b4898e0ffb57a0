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
///
/// A text that has such a `'` of its own gets another, so that whoever takes one away wherever only more of them stand between the start
/// of a cell, or a semicolon or tab, and what begins a formula, has what was written.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let marks: Vec<usize> = if is_number(text) {
        Vec::new()
    } else {
        starts(text).filter(|&at| leads_to_trigger(&text[at..])).collect()
    };
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + marks.len());
    let mut begin = 0;
    for at in marks {
        out.push_str(&text[begin..at]);
        out.push('\'');
        begin = at;
    }
    out.push_str(&text[begin..]);
    Cow::Owned(out)
}

/// `text` with what acts on a terminal, or turns a line around, written as `\u{…}`.
///
/// Joiners and other invisible letters of names stay: programs match rows by these texts. A byte order mark does not: at the beginning of a
/// file a reader takes it away, and what then begins the first cell might be a formula.
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
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a spreadsheet would take a part of the cell for a formula.
pub(super) fn begins_formula(text: &str) -> bool {
    !is_number(text) && starts(text).any(|at| text[at..].starts_with(is_trigger))
}

/// Where a spreadsheet may begin a cell: at the start, and behind a semicolon or tab.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(0).chain(text.match_indices([';', '\t']).map(|(at, _)| at + 1))
}

/// Whether a text begins with what begins a formula, or with marks before that.
fn leads_to_trigger(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(is_trigger)
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
    fn a_mark_of_its_own_is_told_from_ours() {
        for (text, cell) in [("'=1", "''=1"), ("a;''@x", "a;'''@x"), ("'tis", "'tis")] {
            assert_eq!(guarded(text), cell);
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown() {
        assert_eq!(shown("a\u{1b}[2J\u{202e}b"), "a\\u{1b}[2J\\u{202e}b");
        assert_eq!(shown("\u{feff}=1"), "\\u{feff}=1");
        assert_eq!(shown("two\nlines, one\u{200d}letter"), "two\nlines, one\u{200d}letter");
    }

    #[test]
    fn a_formula_behind_a_foreign_separator_is_guarded_too() {
        assert_eq!(guarded("paid;=cmd()\t@x"), "paid;'=cmd()\t'@x");
    }

    #[test]
    fn a_sheet_becomes_lines_and_its_header_is_guarded_too() -> io::Result<()> {
        let mut sheet = Sheet::new(["=name", "share", "files", "until"]);
        let name = Cell::Text("=a\u{1b}".into());
        sheet.push([name, Cell::Number(-0.25), Cell::Integer(-3), Cell::Missing]);
        let mut out = Vec::new();
        write(&sheet, &mut out)?;
        assert_eq!(out, b"'=name,share,files,until\n'=a\\u{1b},-0.25,-3,\n");
        Ok(())
    }

    #[test]
    fn only_what_is_no_number_begins_a_formula() {
        let begins = ["=1", "a;+1", "-", "-1.", "-.5", "-1e5"];
        assert_eq!(begins.map(begins_formula), [true; 6]);
        assert_eq!(["", "a", "-1", "-1.5", "a;b", "'=1"].map(begins_formula), [false; 6]);
    }
}
