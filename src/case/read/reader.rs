//! Reads a case, whatever form it is in.

use std::io::{Cursor, Read};
use std::path::Path;

use csv::ReaderBuilder;

use super::super::fault::{Fault, FaultClass};
use super::super::mapping::{Mapping, Reading};
use super::super::schema::Table;
use super::super::{Case, ReadOptions, Strictness, Taken};
use super::binding::Binding;
use super::context::FileContext;
use super::files::{Form, TableFile, find};
use super::input::{InputFile, Watch, open};
use super::load::Gathered;
use super::parse::Part;
use super::pieces::Pieces;
use super::text_rows::TextRow;
use super::{json, workbook};
use crate::error::{Error, Position, Result, excerpt};

/// Reads the case at `path`: a folder, a `.jsonl`, an `.xlsx`, or `-` for JSON Lines on standard input.
///
/// # Errors
///
/// If a file cannot be read or a limit is reached; with [`Strictness::StopAtFirst`] also at the
/// first fault for which a row would not be used.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Taken> {
    let found = find(path, options.mapping.as_ref())?;
    let mut reader = Reader::new(options);
    for name in &found.unknown {
        reader.unknown_file(name);
    }
    match &found.form {
        Some(Form::Tables(files)) => reader.tables(files)?,
        Some(Form::Json(file)) => reader.json(file)?,
        Some(Form::Workbook(file)) => reader.workbook(file)?,
        None => {}
    }
    reader.finish(path)
}

/// By table: lines with their numbers.
type LinesByTable<'b> = [Vec<(u32, &'b [u8])>; Table::ALL.len()];

struct Reader<'o> {
    options: &'o ReadOptions,
    case: Case,
    gathered: Gathered,
    files: Vec<InputFile>,
    /// Tables of which a file was met.
    met: [bool; Table::ALL.len()],
}

impl<'o> Reader<'o> {
    fn new(options: &'o ReadOptions) -> Self {
        let stop_at_first = options.strictness == Strictness::StopAtFirst;
        let gathered = Gathered { stop_at_first, ..Gathered::default() };
        let (case, files) = (Case::default(), Vec::new());
        Self { options, case, gathered, files, met: [false; Table::ALL.len()] }
    }

    fn unknown_file(&mut self, name: &str) {
        let names: Vec<String> = Table::ALL.iter().map(|table| format!("{table}.csv")).collect();
        let near = super::super::vocabulary::nearest(name, names.iter().map(String::as_str));
        let expected = match near.first() {
            Some(near) => format!("did you mean `{near}`? Rename it, or name it in a mapping file"),
            None => "a file named after a table, or a mapping file that says what it is; it was not read".into(),
        };
        let position = Position { file: name.into(), ..Position::default() };
        let found = "a file that the contract does not know".into();
        self.gathered.faults.push(Fault {
            class: FaultClass::FileUnknown,
            position,
            found,
            expected,
        });
    }

    fn tables(&mut self, files: &[TableFile]) -> Result<()> {
        files.iter().try_for_each(|file| self.csv(file))
    }

    fn csv(&mut self, file: &TableFile) -> Result<()> {
        let watch = Watch::new(self.options.digest);
        let input = open(&file.path, &watch)?;
        let delimiter = file.reading.delimiter_byte();
        let mut pieces = Pieces::new(input, &file.name, delimiter, self.options.limits);
        let header = pieces.header()?;
        let header = self.header(file, header.as_deref(), delimiter)?;
        if let Some(context) = self.bind(file.table, &file.name, &header, &file.reading)? {
            self.load(file.table, || Ok(pieces.next()?.map(Part::Csv)), &context)?;
        }
        let summary = watch.file(&file.name);
        if !self.files.contains(&summary) {
            self.files.push(summary);
        }
        Ok(())
    }

    fn header(
        &mut self,
        file: &TableFile,
        bytes: Option<&[u8]>,
        delimiter: u8,
    ) -> Result<Vec<String>> {
        let position = Position { file: file.name.clone(), line: 1, column: String::new() };
        let Some(bytes) = bytes else {
            let expected = format!("a header row with the columns of {}", file.table);
            self.fault(FaultClass::ColumnMissing, position, "an empty file", expected)?;
            return Ok(Vec::new());
        };
        let mut reader =
            ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let _ = reader.read_byte_record(&mut record);
        let names: std::result::Result<Vec<String>, _> = record
            .iter()
            .map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()))
            .collect();
        let names = names.map_err(|_| {
            Error::data(
                position.clone(),
                "a header that is not UTF-8",
                "UTF-8; save the file as `CSV UTF-8`",
            )
        })?;
        if let ([only], b',') = (names.as_slice(), delimiter)
            && let Some(other) = [';', '\t', '|'].into_iter().find(|&c| only.contains(c))
        {
            let found = format!("one column, `{}`", excerpt(only));
            let expected = format!(
                "commas between the fields; a mapping file with `delimiter = {other:?}` reads this"
            );
            self.fault(FaultClass::ColumnMissing, position, &found, expected)?;
        }
        Ok(names)
    }

    /// How a file with this header is read; none if its columns do not do.
    fn bind(
        &mut self,
        table: Table,
        name: &str,
        header: &[String],
        reading: &Reading,
    ) -> Result<Option<FileContext<'o>>> {
        self.met[table as usize] = true;
        let position = Position { file: name.into(), line: 1, column: String::new() };
        let mut faults = Vec::new();
        let binding = Binding::new(table, header, reading, &position, &mut faults);
        let broken = faults.iter().any(Fault::is_error);
        self.gathered.faults.extend(faults);
        self.stop_at_fault()?;
        let number = self.file_number(name)?;
        Ok((!broken).then(|| self.context(binding, name, number, reading.delimiter_byte())))
    }

    fn context(&self, binding: Binding, name: &str, file: u16, delimiter: u8) -> FileContext<'o> {
        FileContext {
            ungraded: self.options.grades.ungraded(binding.table),
            binding,
            grades: &self.options.grades,
            unknown_codes: self.options.unknown_codes,
            file,
            file_name: name.into(),
            delimiter,
            keep_refused: self.options.strictness == Strictness::SetAside,
        }
    }

    /// The number by which records name their file.
    fn file_number(&mut self, name: &str) -> Result<u16> {
        let files = &mut self.case.files;
        let at = files.iter().position(|file| file == name).unwrap_or_else(|| {
            files.push(name.into());
            files.len() - 1
        });
        u16::try_from(at)
            .map_err(|_| Error::limit("a case of over 65,535 files", "join some of them"))
    }

    fn json(&mut self, path: &Path) -> Result<()> {
        if self.options.mapping.is_some() {
            return Err(Error::usage(
                "a mapping file is for CSV files and workbooks, not for JSON Lines",
            ));
        }
        let name = short_name(path);
        let watch = Watch::new(self.options.digest);
        let mut bytes = Vec::new();
        let limit = self.options.limits.input_bytes.saturating_add(1);
        let input = open(path, &watch)?;
        input
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io(path, "read", error))?;
        self.options.limits.check_input(bytes.len() as u64, &name)?;
        let lines = self.sort_lines(&bytes, &name)?;
        for table in Table::ALL {
            let mut lines = lines[table as usize].chunks(1 << 12);
            if lines.len() > 0 {
                let header: Vec<String> =
                    table.columns().iter().map(|column| column.name.into()).collect();
                let reading = Reading::plain(&name, table);
                let context = self
                    .bind(table, &name, &header, &reading)?
                    .expect("the contract's own columns do");
                let part = |lines: &[(u32, &[u8])]| {
                    Part::Texts(
                        lines
                            .iter()
                            .map(|&(number, line)| json::row(line, number, table))
                            .collect(),
                    )
                };
                self.load(table, || Ok(lines.next().map(part)), &context)?;
            }
        }
        self.files.push(watch.file(&name));
        Ok(())
    }

    /// The lines of each table; what is of none is refused.
    fn sort_lines<'b>(&mut self, bytes: &'b [u8], name: &str) -> Result<LinesByTable<'b>> {
        let mut lines = LinesByTable::default();
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (number, line) in (1_u32..).zip(text.split(|&b| b == b'\n')) {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match json::table_of(line) {
                Ok(table) => lines[table as usize].push((number, line)),
                Err((found, expected)) => self.stray_line(name, number, line, &found, expected)?,
            }
        }
        Ok(lines)
    }

    /// A line of no table: it counts as a row read and refused.
    fn stray_line(
        &mut self,
        name: &str,
        number: u32,
        line: &[u8],
        found: &str,
        expected: String,
    ) -> Result<()> {
        let position = Position { file: name.into(), line: number.into(), column: String::new() };
        let fault = Fault { class: FaultClass::Json, position, found: found.into(), expected };
        if self.options.strictness == Strictness::SetAside {
            let row = String::from_utf8_lossy(line).into_owned();
            self.gathered.refused.push(super::super::Refused { fault: fault.clone(), row });
        }
        self.gathered.stray += 1;
        self.gathered.faults.push(fault);
        self.stop_at_fault()
    }

    fn workbook(&mut self, path: &Path) -> Result<()> {
        let name = short_name(path);
        let watch = Watch::new(self.options.digest);
        let mut bytes = Vec::new();
        let input = open(path, &watch)?;
        let limit = self.options.limits.input_bytes.saturating_add(1);
        input
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io(path, "read", error))?;
        let mut sheets = workbook::sheets(Cursor::new(bytes), &name)?;
        let plain: Vec<Reading> =
            Table::ALL.iter().map(|&table| Reading::plain(table.name(), table)).collect();
        let readings = match self.options.mapping.as_ref().map(Mapping::readings) {
            Some(readings) if !readings.is_empty() => readings,
            _ => &plain,
        };
        for table in Table::ALL {
            for reading in readings.iter().filter(|reading| reading.table() == Some(table)) {
                let sheet = sheets.iter_mut().find(|sheet| sheet.name.trim() == reading.file);
                let Some(sheet) = sheet else { continue };
                let file = format!("{name}#{}", sheet.name);
                let rows: Vec<TextRow> = sheet.rows.clone();
                let header = sheet.header.clone();
                if let Some(context) = self.bind(table, &file, &header, reading)? {
                    let mut part = Some(Part::Texts(rows));
                    self.load(table, || Ok(part.take()), &context)?;
                }
            }
        }
        let read = |sheet: &&workbook::Sheet| {
            readings.iter().any(|reading| reading.file == sheet.name.trim())
        };
        let strange: Vec<String> = sheets
            .iter()
            .filter(|sheet| !read(sheet))
            .map(|sheet| format!("{name}#{}", sheet.name))
            .collect();
        for name in &strange {
            self.unknown_file(name);
        }
        self.files.push(watch.file(&name));
        Ok(())
    }

    fn load(
        &mut self,
        table: Table,
        next: impl FnMut() -> Result<Option<Part>>,
        context: &FileContext<'_>,
    ) -> Result<()> {
        let (case, gathered) = (&mut self.case, &mut self.gathered);
        match table {
            Table::Cases => gathered.load(&mut case.cases, next, context),
            Table::People => gathered.load(&mut case.people, next, context),
            Table::Channels => gathered.load(&mut case.channels, next, context),
            Table::Places => gathered.load(&mut case.places, next, context),
            Table::Identifiers => gathered.load(&mut case.identifiers, next, context),
            Table::Roles => gathered.load(&mut case.roles, next, context),
            Table::Links => gathered.load(&mut case.links, next, context),
            Table::Ads => gathered.load(&mut case.ads, next, context),
        }
    }

    fn fault(
        &mut self,
        class: FaultClass,
        position: Position,
        found: &str,
        expected: String,
    ) -> Result<()> {
        self.gathered.faults.push(Fault { class, position, found: found.into(), expected });
        self.stop_at_fault()
    }

    fn stop_at_fault(&self) -> Result<()> {
        match self.gathered.faults.first_error() {
            Some(fault) if self.gathered.stop_at_first => Err(fault.to_error()),
            _ => Ok(()),
        }
    }

    fn finish(mut self, path: &Path) -> Result<Taken> {
        let implied = self.options.mapping.as_ref().is_some_and(Mapping::implies_people);
        self.require_tables(path, implied)?;
        let Gathered { symbols, own_ids, mut ids, mut faults, refused, counts, stray, .. } =
            self.gathered;
        let mut case = self.case;
        case.symbols = symbols;
        case.own_ids = own_ids;
        if implied {
            ids[Table::People as usize] = None;
        }
        case.settle(ids);
        super::super::check::across(&case, &mut faults);
        Ok(Taken { case, faults, refused, counts, stray, files: self.files })
    }

    fn require_tables(&mut self, path: &Path, implied: bool) -> Result<()> {
        let met = |table: Table| self.met[table as usize];
        let people = met(Table::People) || implied;
        let acts = met(Table::Roles) || met(Table::Links);
        let file = short_name(path);
        let mut missing = Vec::new();
        if !people {
            missing.push("`people`, in which everybody mentioned has a row");
        }
        if !acts {
            missing.push("`roles` or `links`, or both");
        }
        for expected in missing {
            let position = Position { file: file.clone(), ..Position::default() };
            let expected = format!(
                "{expected}; for files with other names, `kluwen check` prints a mapping to start from"
            );
            self.fault(FaultClass::TableMissing, position, "no such table", expected)?;
        }
        Ok(())
    }
}

/// A name that does not tell where on this machine the file lies.
fn short_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy())
        .into_owned()
}
