//! Cases in one file that is held in memory whole: JSON Lines, and a workbook.

use std::path::Path;

use memchr::{memchr_iter, memrchr};

use super::super::fault::{Fault, FaultClass};
use super::super::mapping::{Mapping, Reading};
use super::super::schema::Table;
use super::super::{Refused, Strictness};
use super::input::{Watch, whole};
use super::json;
use super::not_text::{SAMPLE, not_text};
use super::parse::Part;
use super::profile::{is_ftm, is_htcds};
use super::reader::{Reader, short_name};
use super::text_rows::TextRow;
use super::workbook::{Sheet, sheets};
use crate::error::{Error, Position, Result, excerpt};

/// How many rows one thread reads at a time.
const ROWS: usize = 1 << 12;

/// The lines of each table: their number, and what they hold.
type Lines<'b> = [Vec<(u32, &'b [u8])>; Table::ALL.len()];

impl Reader<'_> {
    pub(super) fn json(&mut self, path: &Path) -> Result<()> {
        if self.options.mapping.is_some() {
            return Err(Error::usage(
                "a mapping file is for CSV files and workbooks, not for JSON Lines",
            ));
        }
        let name = short_name(path);
        let watch = Watch::new(self.options.digest);
        let look = |read: &[u8]| self.look_at_lines(&name, read);
        let bytes = whole(path, &name, &watch, self.options.limits, look)?;
        if is_ftm(&bytes) {
            self.ftm(&bytes, &name)?;
        } else {
            self.lines(&bytes, &name)?;
        }
        self.files.push(watch.file(&name));
        Ok(())
    }

    /// The contract's own JSON Lines.
    fn lines(&mut self, bytes: &[u8], name: &str) -> Result<()> {
        let lines = self.sort_lines(bytes, name)?;
        for table in Table::ALL {
            let lines = &lines[table as usize];
            if !lines.is_empty() {
                self.json_table(table, name, lines)?;
            }
        }
        Ok(())
    }

    /// Stops at what is no text, and at a line without an end, before all of it is in memory.
    fn look_at_lines(&self, name: &str, read: &[u8]) -> Result<()> {
        let position = Position { file: name.into(), line: 1, column: String::new() };
        if let Some((found, expected)) = not_text(&read[..read.len().min(SAMPLE)]) {
            return Err(Error::data(position, found, expected));
        }
        let begun = memrchr(b'\n', read).map_or(0, |at| at + 1);
        let limits = self.options.limits;
        if read.len() - begun <= limits.record_bytes {
            return Ok(());
        }
        let line = 1 + memchr_iter(b'\n', read).count() as u64;
        Err(limits.long_record(&Position { line, ..position }))
    }

    fn json_table(&mut self, table: Table, name: &str, lines: &[(u32, &[u8])]) -> Result<()> {
        let header: Vec<String> = table.columns().iter().map(|column| column.name.into()).collect();
        let position = Position { file: name.into(), line: 1, column: String::new() };
        let context = self
            .bind(table, &position, &header, &Reading::plain(name, table))?
            .expect("the contract's own columns do");
        let keep = self.options.strictness == Strictness::SetAside;
        let limits = self.options.limits;
        let row = |&(number, line): &(u32, &[u8])| -> Result<TextRow> {
            let row = json::row(line, number, table);
            limits
                .check_columns(row.names, &Position { line: number.into(), ..position.clone() })?;
            let kept = keep || row.broken.is_some();
            let written = kept.then(|| String::from_utf8_lossy(line).into_owned());
            Ok(TextRow { written, ..row })
        };
        let part = |lines: &[_]| lines.iter().map(row).collect::<Result<_>>().map(Part::Texts);
        let mut parts = lines.chunks(ROWS);
        let next = || parts.next().map(part).transpose();
        self.load(table, next, &context)
    }

    /// The lines of each table; what is of none is refused.
    fn sort_lines<'b>(&mut self, bytes: &'b [u8], name: &str) -> Result<Lines<'b>> {
        let mut lines = Lines::default();
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (number, line) in text.split(|&b| b == b'\n').enumerate() {
            let number = u32::try_from(number + 1)
                .map_err(|_| Error::limit("over four billion lines", "split the file"))?;
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let position =
                Position { file: name.into(), line: number.into(), column: String::new() };
            self.options.limits.check_record(line.len(), &position)?;
            match json::table_of(line) {
                Ok(table) => lines[table as usize].push((number, line)),
                Err((found, expected)) => self.stray_line(position, line, found, expected)?,
            }
        }
        Ok(lines)
    }

    /// A line of no table: it counts as a row read and refused.
    fn stray_line(
        &mut self,
        position: Position,
        line: &[u8],
        found: String,
        expected: String,
    ) -> Result<()> {
        self.refused_record(Fault { class: FaultClass::Json, position, found, expected }, line)
    }

    /// A record that is refused before anybody knows of which table it is.
    pub(super) fn refused_record(&mut self, fault: Fault, line: &[u8]) -> Result<()> {
        let error = fault.to_error();
        self.gathered.stray += 1;
        self.gathered.faults.push(fault.clone());
        match self.options.strictness {
            Strictness::StopAtFirst => return Err(error),
            Strictness::Report => {}
            Strictness::SetAside => {
                let row = String::from_utf8_lossy(line).into_owned();
                self.gathered.refused.push(Refused { fault, row });
            }
        }
        Ok(())
    }

    pub(super) fn workbook(&mut self, path: &Path) -> Result<()> {
        let name = short_name(path);
        let watch = Watch::new(self.options.digest);
        let bytes = whole(path, &name, &watch, self.options.limits, |_| Ok(()))?;
        let sheets = sheets(&bytes, &name, self.options.limits)?;
        let mapped = self.options.mapping.as_ref().map(Mapping::readings);
        if let Some(at) = sheets.iter().position(is_htcds).filter(|_| mapped.is_none()) {
            self.htcds(&sheets, at, &name)?;
            self.files.push(watch.file(&name));
            return Ok(());
        }
        let readings = match mapped.filter(|readings| !readings.is_empty()) {
            Some(readings) => mapped_sheets(readings, &sheets)?,
            None => plain_sheets(&sheets),
        };
        for (at, sheet) in sheets.iter().enumerate() {
            if readings.iter().all(|(_, _, used)| *used != at) {
                self.unknown_file(&format!("{name}#{}", sheet.name), "");
            }
        }
        for (table, reading, at) in readings {
            self.sheet(table, &reading, &name, &sheets[at])?;
        }
        self.files.push(watch.file(&name));
        Ok(())
    }

    fn sheet(&mut self, table: Table, reading: &Reading, book: &str, sheet: &Sheet) -> Result<()> {
        let position = Position {
            file: format!("{book}#{}", sheet.name),
            line: sheet.header_line.into(),
            column: String::new(),
        };
        if let Some(context) = self.bind(table, &position, &sheet.header, reading)? {
            let mut parts = sheet.rows.chunks(ROWS);
            self.load(table, || Ok(parts.next().map(|rows| Part::Texts(rows.to_vec()))), &context)?;
        }
        Ok(())
    }
}

/// A table, how it is read, and the number of the sheet it is in; in the order in which tables are read.
type SheetReadings = Vec<(Table, Reading, usize)>;

/// The sheets that are named after tables; of two with one name the first.
fn plain_sheets(sheets: &[Sheet]) -> SheetReadings {
    let found = Table::ALL.into_iter().filter_map(|table| {
        let at =
            sheets.iter().position(|sheet| sheet.name.trim().to_lowercase() == table.name())?;
        Some((table, Reading::plain(table.name(), table), at))
    });
    found.collect()
}

fn mapped_sheets(readings: &[Reading], sheets: &[Sheet]) -> Result<SheetReadings> {
    let mut found = Vec::new();
    for reading in readings {
        let Some(at) = sheets.iter().position(|sheet| sheet.name.trim() == reading.file) else {
            let position = Position { file: "the mapping".into(), ..Position::default() };
            let names: Vec<String> = sheets.iter().map(|sheet| excerpt(&sheet.name)).collect();
            let what =
                format!("file = `{}`, a sheet that the workbook lacks", excerpt(&reading.file));
            return Err(Error::data(position, what, format!("one of {}", names.join(", "))));
        };
        let table = reading.table().expect("a mapping is checked when it is read");
        found.push((table, reading.clone(), at));
    }
    found.sort_by_key(|(table, _, _)| *table);
    Ok(found)
}
