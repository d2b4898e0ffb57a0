//! A piece of a file becomes records; this is the part that runs on all threads.

use csv::{ByteRecord, ReaderBuilder};
use memchr::memchr_iter;

use super::super::fault::{Fault, FaultClass};
use super::super::local_symbols::{LocalSymbols, NewTexts};
use super::super::record::Assertion;
use super::super::rejects::Refused;
use super::super::symbol::{Symbol, Symbols};
use super::context::Context;
use super::pieces::{OpenQuote, Piece};
use super::record::Record;
use super::row::{Fields, Row};
use super::text_rows::{Broken, TextRow};

/// A part of a file that one thread reads.
#[derive(Debug)]
pub(super) enum Part {
    Csv(Piece),
    Texts(Vec<TextRow>),
}

/// What a part came to.
#[derive(Debug)]
pub(super) struct Parsed<R> {
    pub(super) rows: Vec<R>,
    /// Of each row: its text, for when it turns out to have an id that is taken.
    pub(super) texts: Vec<RowText>,
    /// By row of this part: a column that the contract does not know, and its value.
    pub(super) attributes: Vec<(u32, Symbol, Symbol)>,
    pub(super) faults: Vec<Fault>,
    pub(super) refused: Vec<Refused>,
    /// Who is a victim by a row that was refused.
    pub(super) victims: Vec<(Symbol, Assertion)>,
    pub(super) read: usize,
    pub(super) left_out: usize,
    /// What is larger than a limit.
    pub(super) too_large: Option<TooLarge>,
    pub(super) new: NewTexts,
}

/// A record or a field that is larger than the limit: how many bytes it has, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum TooLarge {
    Record { line: u32, bytes: usize },
    Field { line: u32, place: Option<usize>, bytes: usize },
}

/// Where the text of a row stands in its part: bytes of a CSV piece, or the number of a text row.
pub(super) type RowText = (usize, usize);

/// Symbol memories from here on are for the names of unknown columns.
const NAMES: usize = 64;

struct Parser<'a, R> {
    context: Context<'a>,
    symbols: LocalSymbols<'a>,
    grades: Vec<(Symbol, f64)>,
    rows: Vec<R>,
    texts: Vec<RowText>,
    attributes: Vec<(u32, Symbol, Symbol)>,
    faults: Vec<Fault>,
    refused: Vec<Refused>,
    victims: Vec<(Symbol, Assertion)>,
    read: usize,
    left_out: usize,
    too_large: Option<TooLarge>,
}

/// Reads all rows of a part.
pub(super) fn parse<'a, R: Record>(
    part: &Part,
    context: Context<'a>,
    symbols: &'a Symbols,
) -> Parsed<R> {
    let mut parser = Parser {
        context,
        symbols: LocalSymbols::new(symbols),
        grades: Vec::new(),
        rows: Vec::new(),
        texts: Vec::new(),
        attributes: Vec::new(),
        faults: Vec::new(),
        refused: Vec::new(),
        victims: Vec::new(),
        read: 0,
        left_out: 0,
        too_large: None,
    };
    match part {
        Part::Csv(piece) => parser.csv(piece),
        Part::Texts(rows) => rows.iter().enumerate().for_each(|(at, row)| parser.text_row(row, at)),
    }
    let Parser {
        rows, texts, attributes, faults, refused, victims, read, left_out, too_large, ..
    } = parser;
    let new = parser.symbols.into_new();
    Parsed { rows, texts, attributes, faults, refused, victims, read, left_out, too_large, new }
}

impl<R: Record> Parser<'_, R> {
    fn csv(&mut self, piece: &Piece) {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.context.delimiter)
            .from_reader(piece.bytes.as_slice());
        let most = memchr_iter(b'\n', &piece.bytes).count() + 1;
        self.rows.reserve(most);
        self.texts.reserve(most);
        let mut record = ByteRecord::new();
        // Reading from memory, of records of any width, cannot fail.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let (before, lines) = record
                .position()
                .map_or((0, 0), |position| (offset(position.byte()), position.line() - 1));
            let start = before + blank(&piece.bytes[before..]);
            let lines = u32::try_from(lines).expect("a piece has fewer than 2³² lines");
            let line = piece.first_line + lines + newlines(&piece.bytes[before..start]);
            let text = (start, offset(reader.position().byte()));
            self.measure(text.1 - text.0, line, record.iter().map(<[u8]>::len));
            self.row(Fields::record(&record), line, (&[], None), text, || raw(text, piece));
        }
        for &line in &piece.odd_quotes {
            self.faults.push(Fault::odd_quote(self.context.position(line, "")));
        }
        if let Some(open) = &piece.open_quote {
            self.open_quote(open);
        }
    }

    /// Notes the first record or field that is larger than a limit; few records are as long as one field may be.
    fn measure(&mut self, bytes: usize, line: u32, fields: impl Iterator<Item = usize>) {
        let limits = self.context.limits;
        if bytes > limits.record_bytes {
            self.too_large = self.too_large.or(Some(TooLarge::Record { line, bytes }));
        } else if bytes > limits.field_bytes
            && let Some((at, bytes)) =
                fields.enumerate().find(|&(_, bytes)| bytes > limits.field_bytes)
        {
            let place = Some(at);
            self.too_large = self.too_large.or(Some(TooLarge::Field { line, place, bytes }));
        }
    }

    /// The same for a row whose fields are texts already.
    fn measure_texts(&mut self, text: &TextRow) {
        let extras = text.extras.iter().flat_map(|(name, text)| [name.len(), text.len()]);
        let fields = text.fields.filled().map(|(at, text)| (Some(at), text.len()));
        let most = self.context.limits.field_bytes;
        let mut all = fields.chain(extras.map(|bytes| (None, bytes)));
        if let Some((place, bytes)) = all.find(|&(_, bytes)| bytes > most) {
            let line = text.line;
            self.too_large = self.too_large.or(Some(TooLarge::Field { line, place, bytes }));
        }
    }

    fn text_row(&mut self, text: &TextRow, at: usize) {
        self.measure_texts(text);
        match &text.broken {
            None => {
                let raw = || text.text();
                let (fields, beside) =
                    (Fields::Texts(&text.fields), (&text.extras[..], text.certainty));
                self.row(fields, text.line, beside, (at, at), raw);
            }
            Some(Broken { class, column, found, expected }) => {
                self.read += 1;
                self.refuse_row(text.line, *class, column, found, expected, || text.text());
            }
        }
    }

    fn row(
        &mut self,
        fields: Fields<'_>,
        line: u32,
        (extras, certainty): (&[(String, String)], Option<f64>),
        text: RowText,
        raw: impl Fn() -> String,
    ) {
        if self.is_of_another_table(fields) {
            self.left_out += 1;
            return;
        }
        self.read += 1;
        let width = self.context.binding.width;
        if fields.len() != width {
            let found = format!("{} fields", fields.len());
            let expected = format!(
                "{width} as in the header; a text with the separator in it must stand between quotes"
            );
            return self.refuse_row(line, FaultClass::FieldCount, "", &found, &expected, raw);
        }
        let first_fault = self.faults.len();
        let mut row = Row {
            fields,
            line,
            certainty,
            context: self.context,
            symbols: &mut self.symbols,
            faults: &mut self.faults,
            grades: &mut self.grades,
            refused: false,
        };
        let record = R::read(&mut row);
        row.unread_text();
        if row.refused {
            self.victims.extend(record.victim().map(|victim| (victim, *record.assertion())));
            return self.set_aside(first_fault, raw);
        }
        self.attributes(fields, extras);
        self.rows.push(record);
        self.texts.push(text);
    }

    /// A row that lacks the field that tells, or in which it cannot be read, is a fault and not another's.
    fn is_of_another_table(&self, fields: Fields<'_>) -> bool {
        self.context.binding.filters.iter().any(|(at, value)| {
            *at < fields.len() && fields.text(*at).is_some_and(|text| text != value)
        })
    }

    /// Keeps what the contract does not know with the row that is read next.
    fn attributes(&mut self, fields: Fields<'_>, extras: &[(String, String)]) {
        let row = u32::try_from(self.rows.len()).expect("a piece has fewer than 2³² rows");
        let binding = &self.context.reading().binding;
        let mut keep = |at: usize, name: &str, value: &str| {
            if !value.is_empty() {
                let name = self.symbols.intern(NAMES + 2 * at, name);
                let value = self.symbols.intern(NAMES + 2 * at + 1, value);
                self.attributes.push((row, name, value));
            }
        };
        match fields {
            Fields::Record(..) => {
                for (place, (at, name)) in binding.extras.iter().enumerate() {
                    keep(place, name, fields.text(*at).unwrap_or_default());
                }
            }
            // Of thousands of columns a row may fill one.
            Fields::Texts(cells) => {
                for (at, value) in cells.filled() {
                    if let Ok(place) = binding.extras.binary_search_by_key(&at, |extra| extra.0) {
                        keep(place, &binding.extras[place].1, value);
                    }
                }
            }
        }
        for (place, (name, value)) in extras.iter().enumerate() {
            keep(place, name, value);
        }
    }

    fn refuse_row(
        &mut self,
        line: u32,
        class: FaultClass,
        column: &str,
        found: &str,
        expected: &str,
        raw: impl FnOnce() -> String,
    ) {
        let position = self.context.position(line, column);
        let fault = Fault { class, position, found: found.into(), expected: expected.into() };
        self.faults.push(fault);
        self.set_aside(self.faults.len() - 1, raw);
    }

    fn set_aside(&mut self, first_fault: usize, raw: impl FnOnce() -> String) {
        if self.context.keep_refused {
            let fault = self.faults[first_fault..].iter().find(|fault| fault.is_error());
            let fault = fault.expect("a row is refused for a fault").clone();
            self.refused.push(Refused { fault, row: raw() });
        }
    }

    fn open_quote(&mut self, open: &OpenQuote) {
        self.read += 1;
        let expected = "a closing quote; from here on nothing could be read";
        let raw = || String::from_utf8_lossy(&open.record).into_owned();
        self.refuse_row(
            open.line,
            FaultClass::Quoting,
            "",
            "a quote that is never closed",
            expected,
            raw,
        );
    }
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).expect("a piece fits in memory")
}

/// How many line ends stand before the next record.
fn blank(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&b| b == b'\n' || b == b'\r').count()
}

fn newlines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', bytes).count()).expect("a piece has fewer than 2³² lines")
}

/// The row as it was written.
fn raw((start, end): RowText, piece: &Piece) -> String {
    String::from_utf8_lossy(&piece.bytes[start..end]).trim_end_matches(['\r', '\n']).into()
}

impl Part {
    /// The text of a row that was read.
    pub(super) fn row_text(&self, text: RowText) -> String {
        match self {
            Self::Csv(piece) => raw(text, piece),
            Self::Texts(rows) => rows[text.0].text(),
        }
    }
}
