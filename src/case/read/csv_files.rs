//! Cases in CSV files: read in pieces, each by any thread.

use csv::ReaderBuilder;

use super::super::fault::{Fault, FaultClass};
use super::super::schema::Table;
use super::files::TableFile;
use super::input::{Watch, open};
use super::parse::Part;
use super::pieces::{Header, Pieces};
use super::reader::Reader;
use crate::error::{Error, Position, Result, excerpt};

impl Reader<'_> {
    pub(super) fn tables(&mut self, files: &[TableFile]) -> Result<()> {
        files.iter().try_for_each(|file| {
            let read = self.csv(file);
            self.told(read)
        })
    }

    fn csv(&mut self, file: &TableFile) -> Result<()> {
        self.met[file.table as usize] = true;
        let watch = Watch::new(self.options.digest);
        let input = open(&file.path, &watch)?;
        let delimiter = file.reading.delimiter_byte();
        let mut pieces = Pieces::new(input, &file.name, delimiter, self.options.limits);
        let header = pieces.header()?;
        let position = Position {
            file: file.name.clone(),
            line: header.as_ref().map_or(1, |header| u64::from(header.line)),
            column: String::new(),
        };
        let header = self.header(file.table, header.as_ref(), delimiter, &position)?;
        if let Some(context) = self.bind(file.table, &position, &header, &file.reading)? {
            self.load(file.table, || Ok(pieces.next()?.map(Part::Csv)), &context)?;
        }
        let summary = watch.file(&file.name);
        if !self.files.contains(&summary) {
            self.files.push(summary);
        }
        Ok(())
    }

    /// The names in a header row.
    fn header(
        &mut self,
        table: Table,
        header: Option<&Header>,
        delimiter: u8,
        position: &Position,
    ) -> Result<Vec<String>> {
        let Some(header) = header else {
            let expected = format!("a header row with the columns of {table}");
            self.fault(FaultClass::ColumnMissing, position.clone(), "an empty file", expected)?;
            return Ok(Vec::new());
        };
        self.options.limits.check_record(header.bytes.len(), position)?;
        self.quotes_of_header(header, position)?;
        let names = names(&header.bytes, delimiter).ok_or_else(|| {
            let expected = "UTF-8; save the file as `CSV UTF-8`";
            Error::data(position.clone(), "a header that is not UTF-8", expected)
        })?;
        self.options.limits.check_columns(names.len(), position)?;
        for name in &names {
            self.options.limits.check_field(name.len(), || position.clone())?;
        }
        self.other_delimiter(&names, delimiter, position)?;
        Ok(names)
    }

    /// A header of one column may be one of many, between other signs.
    fn other_delimiter(
        &mut self,
        names: &[String],
        delimiter: u8,
        position: &Position,
    ) -> Result<()> {
        let ([only], b',') = (names, delimiter) else { return Ok(()) };
        let Some(other) = [';', '\t', '|'].into_iter().find(|&c| only.contains(c)) else {
            return Ok(());
        };
        let expected = format!(
            "commas between the fields; a mapping file with `delimiter = {}` reads this",
            if other == '\t' { r#""\t""#.to_owned() } else { format!("\"{other}\"") }
        );
        let found = format!("one column, `{}`", excerpt(only));
        self.fault(FaultClass::ColumnMissing, position.clone(), &found, expected)
    }

    fn quotes_of_header(&mut self, header: &Header, position: &Position) -> Result<()> {
        if let Some(line) = header.open_quote {
            let position = Position { line: line.into(), ..position.clone() };
            let expected = "a closing quote; from here on nothing could be read".into();
            self.fault(FaultClass::Quoting, position, "a quote that is never closed", expected)?;
        }
        for &line in &header.odd_quotes {
            let position = Position { line: line.into(), ..position.clone() };
            self.gathered.faults.push(Fault::odd_quote(position));
        }
        Ok(())
    }
}

/// The names in a header; none if they are not UTF-8.
fn names(header: &[u8], delimiter: u8) -> Option<Vec<String>> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(header);
    let mut record = csv::ByteRecord::new();
    // Reading one record of any width from memory cannot fail.
    let _ = reader.read_byte_record(&mut record);
    let text = |name| std::str::from_utf8(name).ok().map(|name| name.trim().to_owned());
    record.iter().map(text).collect()
}
