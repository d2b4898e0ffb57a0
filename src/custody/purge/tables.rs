//! Files of rows as bytes, so that what stays is not touched.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

use super::mention::Mention;
use crate::case::{Limits, Table};
use crate::error::{Error, Position, Result, printable};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Of one table, as CSV.
    Csv(Table),
    /// Of any table, each line an object.
    Json,
    /// Decisions about who is who.
    Decisions,
    /// None that are known: the file is only searched.
    Unknown,
}

/// A file, unpacked.
#[derive(Clone, Debug)]
pub(super) struct RowFile {
    pub(super) path: PathBuf,
    pub(super) rows: Rows,
    pub(super) bytes: Vec<u8>,
    is_packed: bool,
}

/// A row: its table, none of a decision, and where it stands.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) table: Option<Table>,
    pub(super) mention: Mention,
    pub(super) span: (usize, usize),
}

/// The cells of a record, by column.
struct Cells<'r> {
    header: &'r [String],
    record: &'r csv::StringRecord,
}

impl<'r> Cells<'r> {
    fn of(&self, column: &str) -> &'r str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }
}

const MARK: &[u8] = b"\xef\xbb\xbf";

impl RowFile {
    pub(super) fn read(path: &Path, rows: Rows) -> Result<Self> {
        let failed = |error| Error::io(path, "read", error);
        let is_packed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        let stored = fs::read(path).map_err(failed)?;
        let mut bytes = Vec::new();
        if is_packed {
            let most = Limits::default().input_bytes;
            let mut unpacked = MultiGzDecoder::new(stored.as_slice()).take(most);
            unpacked.read_to_end(&mut bytes).map_err(failed)?;
            if bytes.len() as u64 == most {
                let what = format!("{}: more than {most} bytes when unpacked", path.display());
                return Err(Error::limit(what, "split the file"));
            }
        } else {
            bytes = stored;
        }
        Ok(Self { path: path.to_owned(), rows, bytes, is_packed })
    }

    /// The rows, in the order of the file.
    pub(super) fn each(&self, visit: &mut dyn FnMut(Row)) -> Result<()> {
        match self.rows {
            Rows::Csv(table) => self.records(&mut |cells, span| {
                let mention = Mention::of_cells(table, |column| cells.of(column));
                visit(Row { table: Some(table), mention, span });
            }),
            Rows::Decisions => self.records(&mut |cells, span| {
                let people =
                    [cells.of("person_id"), cells.of("other_id")].map(str::to_owned).to_vec();
                let mention = Mention { people, ..Mention::default() };
                visit(Row { table: None, mention, span });
            }),
            Rows::Json => {
                self.lines(visit);
                Ok(())
            }
            Rows::Unknown => Ok(()),
        }
    }

    fn records(&self, visit: &mut dyn FnMut(&Cells<'_>, (usize, usize))) -> Result<()> {
        let skipped = if self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let body = &self.bytes[skipped..];
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body);
        let mut header: Option<Vec<String>> = None;
        let mut record = csv::StringRecord::new();
        loop {
            let before = offset(reader.position());
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => {}
                Err(error) => return Err(self.unreadable(&error)),
            }
            let end = past_line_end(body, offset(reader.position()));
            let start = before
                + body[before..end].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let Some(header) = &header else {
                header = Some(record.iter().map(|name| name.trim().to_owned()).collect());
                continue;
            };
            visit(&Cells { header, record: &record }, (skipped + start, skipped + end));
        }
    }

    fn lines(&self, visit: &mut dyn FnMut(Row)) {
        let mut start = if self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        for line in self.bytes[start..].split_inclusive(|&b| b == b'\n') {
            let span = (start, start + line.len());
            start = span.1;
            let Ok(serde_json::Value::Object(object)) = serde_json::from_slice(line) else {
                continue;
            };
            let cells: Vec<(&String, String)> =
                object.iter().map(|(name, value)| (name, cell_of(value))).collect();
            let cell = |column: &str| {
                cells.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text.as_str())
            };
            if let Some(table) = Table::parse(cell("table")) {
                let mention = Mention::of_cells(table, cell);
                visit(Row { table: Some(table), mention, span });
            }
        }
    }

    fn unreadable(&self, error: &csv::Error) -> Error {
        let file = self.path.to_string_lossy().into_owned();
        let line = error.position().map_or(0, csv::Position::line);
        let position = Position { file, line, column: String::new() };
        Error::data(
            position,
            printable(&error.to_string()),
            "CSV in UTF-8; mend the file first, as `kluwen check` says",
        )
    }

    /// The bytes to be stored when these spans are cut out.
    pub(super) fn without(&self, spans: &[(usize, usize)]) -> Vec<u8> {
        let mut kept = Vec::with_capacity(self.bytes.len());
        let mut from = 0;
        for &(start, end) in spans {
            kept.extend_from_slice(&self.bytes[from..start]);
            from = end;
        }
        kept.extend_from_slice(&self.bytes[from..]);
        kept
    }

    /// Bytes as the file stores them.
    pub(super) fn stored(&self, bytes: &[u8]) -> Vec<u8> {
        if !self.is_packed {
            return bytes.to_vec();
        }
        let mut packer: GzEncoder<Vec<u8>> =
            GzBuilder::new().write(Vec::new(), Compression::default());
        // Writing to memory cannot fail.
        let _ = packer.write_all(bytes);
        packer.finish().unwrap_or_default()
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The reader stops between the two bytes of a line's end.
fn past_line_end(body: &[u8], end: usize) -> usize {
    let between = end > 0 && body.get(end - 1) == Some(&b'\r') && body.get(end) == Some(&b'\n');
    end + usize::from(between)
}

/// A value as the reader of cases takes it: a list is joined by `;`, a number stays as it is written.
pub(super) fn cell_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(values) => {
            values.iter().map(cell_of).collect::<Vec<_>>().join(";")
        }
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(rows: Rows, text: &str) -> RowFile {
        RowFile { path: "x/a".into(), rows, bytes: text.into(), is_packed: false }
    }

    /// The rows of a file: the table and the people that each mentions, and its bytes.
    fn rows(file: &RowFile) -> Vec<(Option<Table>, String, String)> {
        let mut all = Vec::new();
        let visit = &mut |row: Row| {
            let text = String::from_utf8_lossy(&file.bytes[row.span.0..row.span.1]).into_owned();
            all.push((row.table, row.mention.people.join("+"), text));
        };
        file.each(visit).expect("rows");
        all
    }

    fn row(table: Option<Table>, people: &str, text: &str) -> (Option<Table>, String, String) {
        (table, people.into(), text.into())
    }

    #[test]
    fn rows_of_csv_are_known_by_their_bytes() {
        let people = Some(Table::People);
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}\r\nname, person_id \r\nAda,p1\r\n\r\n\"B\no\",p2\n,p3");
            assert_eq!(
                rows(&file(Rows::Csv(Table::People), &text)),
                [
                    row(people, "p1", "Ada,p1\r\n"),
                    row(people, "p2", "\"B\no\",p2\n"),
                    row(people, "p3", ",p3")
                ]
            );
        }
        assert_eq!(rows(&file(Rows::Csv(Table::Roles), "person_id\n")), []);
        assert_eq!(rows(&file(Rows::Unknown, "person_id\np1\n")), []);
        let error = RowFile { bytes: b"a\nb\n\xe9\n".to_vec(), ..file(Rows::Decisions, "") };
        let error = error.each(&mut |_| {}).expect_err("no text").to_string();
        assert!(error.starts_with("x/a:3: "), "{error}");
    }

    #[test]
    fn a_decision_is_about_two_people() {
        let text = "person_id,other_id,same\np1,p2,yes\n";
        assert_eq!(rows(&file(Rows::Decisions, text)), [row(None, "p1+p2", "p1,p2,yes\n")]);
    }

    #[test]
    fn rows_of_json_are_lines_of_a_table() {
        let first = "{\"table\":\"people\",\"person_id\":\"p1\"}\n";
        let last = "{\"person_id\":7,\"table\":\"roles\",\"case_id\":null}";
        for mark in ["", "\u{feff}"] {
            let text = format!(
                "{mark}{first}\nno json\n{{\"table\":\"x\",\"person_id\":\"p2\"}}\n[1]\n{last}"
            );
            assert_eq!(
                rows(&file(Rows::Json, &text)),
                [row(Some(Table::People), "p1", first), row(Some(Table::Roles), "7", last)]
            );
        }
    }

    #[test]
    fn what_is_cut_out_leaves_all_else() {
        let file = file(Rows::Unknown, "abcdef");
        assert_eq!(file.without(&[]), b"abcdef");
        assert_eq!(file.without(&[(0, 2), (2, 3), (5, 6)]), b"de");
        assert_eq!(file.without(&[(0, 6)]), b"");
        assert_eq!(file.stored(b"xy"), b"xy");
    }

    #[test]
    fn a_packed_file_is_read_and_stored_packed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.csv.GZ");
        let packed =
            RowFile { is_packed: true, ..file(Rows::Unknown, "") }.stored(b"person_id\np1\n");
        assert_ne!(packed, b"person_id\np1\n");
        fs::write(&path, &packed).expect("it is written");
        let read = RowFile::read(&path, Rows::Unknown).expect("it is read");
        assert_eq!(read.bytes, b"person_id\np1\n");
        assert_eq!(read.stored(&read.bytes), packed);
    }

    #[test]
    fn a_line_ends_after_both_of_its_bytes() {
        let body = b"a\r\nb\rc\n";
        let past = [0, 1, 2, 3, 5, 7].map(|end| past_line_end(body, end));
        assert_eq!(past, [0, 1, 3, 3, 5, 7]);
        assert_eq!(past_line_end(b"\n", 0), 0);
        assert_eq!(past_line_end(b"\r", 1), 1);
    }

    #[test]
    fn a_value_of_json_is_a_cell() {
        for (json, text) in [
            ("\"a\"", "a"),
            ("null", ""),
            ("1.5", "1.5"),
            ("true", "true"),
            ("[\"a\",2,null]", "a;2;"),
        ] {
            let value = serde_json::from_str(json).expect("JSON");
            assert_eq!(cell_of(&value), text, "{json}");
        }
    }
}
