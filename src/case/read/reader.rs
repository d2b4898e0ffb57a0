//! Reads a case, whatever form it is in.

use std::path::Path;

use super::super::fault::{Fault, FaultClass};
use super::super::mapping::{Mapping, Reading};
use super::super::schema::Table;
use super::super::{Case, ReadOptions, Strictness, Taken, snapshot};
use super::binding::Binding;
use super::context::FileContext;
use super::files::{Form, Found, find};
use super::input::InputFile;
use super::load::Gathered;
use super::parse::Part;
use crate::error::{Error, ErrorKind, Position, Result};

/// Reads the case at `path`: a folder of CSV files or of Parquet tables, a `.jsonl`, an `.xlsx`, a `.kluwen` snapshot, a graph file of another tool, or `-`
/// for JSON Lines on standard input.
///
/// Two standards of others are known by what stands in them: `FollowTheMoney` entities among JSON Lines (`.ftm.json`, `.ijson`, or any of the
/// endings above), and workbooks whose header has the field names of HTCDS 2.0. What they hold and the contract does not is counted in faults of
/// class [`Foreign`](FaultClass::Foreign).
///
/// A snapshot was read before: of the options only the limit of a file still counts.
///
/// # Errors
///
/// If a file cannot be read or a limit is reached; with [`Strictness::StopAtFirst`] also at the
/// first fault for which a row would not be used. If a mapping is given for a snapshot, or the snapshot
/// is damaged or of another version.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Taken> {
    read_form(path, &find(path, options.mapping.as_ref())?, options)
}

/// Reads some tables of a case, as [`read`] does: of a folder of tables no other file is opened, and one that lacks some of them is no fault.
///
/// A case in one file is read as a whole, and so is one whose mapping takes people from other tables.
///
/// # Errors
///
/// As [`read`].
///
/// # Examples
///
/// ```
/// use kluwen::case::{ReadOptions, Table, read_tables};
///
/// let taken = read_tables("graphs/study25".as_ref(), &[Table::People], &ReadOptions::default())?;
/// assert!(taken.case.links.is_empty() && !taken.case.people.is_empty());
/// # Ok::<(), kluwen::Error>(())
/// ```
pub fn read_tables(path: &Path, tables: &[Table], options: &ReadOptions) -> Result<Taken> {
    let mut found = find(path, options.mapping.as_ref())?;
    let implied = options.mapping.as_ref().is_some_and(Mapping::implies_people);
    match &mut found.form {
        // Then people stand in all tables.
        _ if implied => return read_form(path, &found, options),
        Some(Form::Tables(files)) => files.retain(|file| tables.contains(&file.table)),
        Some(Form::Parquet(files)) => files.retain(|file| tables.contains(&file.table)),
        _ => return read_form(path, &found, options),
    }
    let mut reader = Reader::new(options);
    reader.met = [true; Table::ALL.len()];
    read_into(reader, path, &found)
}

fn read_form(path: &Path, found: &Found, options: &ReadOptions) -> Result<Taken> {
    match &found.form {
        Some(Form::Snapshot(file)) => snapshot::read(file, options),
        _ => read_into(Reader::new(options), path, found),
    }
}

fn read_into(mut reader: Reader<'_>, path: &Path, found: &Found) -> Result<Taken> {
    for name in &found.unknown {
        reader.unknown_file(name, ".csv");
    }
    match &found.form {
        Some(Form::Tables(files)) => reader.tables(files)?,
        Some(Form::Json(file)) => {
            let read = reader.json(file);
            reader.told(read)?;
        }
        Some(Form::Workbook(file)) => {
            let read = reader.workbook(file);
            reader.told(read)?;
        }
        Some(Form::Foreign(file)) => {
            let read = reader.graph_file(file);
            reader.told(read)?;
        }
        #[cfg(feature = "parquet")]
        Some(Form::Parquet(files)) => reader.parquet(files)?,
        #[cfg(not(feature = "parquet"))]
        Some(Form::Parquet(_)) => {
            return Err(Error::usage(
                "a folder of Parquet tables, which this program was built without; build it with `--features parquet`, or give the case as CSV files",
            ));
        }
        Some(Form::Snapshot(_)) | None => {}
    }
    reader.finish(path)
}

pub(super) struct Reader<'o> {
    pub(super) options: &'o ReadOptions,
    case: Case,
    pub(super) gathered: Gathered,
    pub(super) files: Vec<InputFile>,
    /// Whether rows came with what their grades were worth.
    pub(super) weighed: bool,
    /// Tables of which a file was met.
    pub(super) met: [bool; Table::ALL.len()],
}

impl<'o> Reader<'o> {
    pub(super) fn new(options: &'o ReadOptions) -> Self {
        let stop_at_first = options.strictness == Strictness::StopAtFirst;
        let gathered = Gathered { stop_at_first, ..Gathered::default() };
        let (case, files) = (Case::default(), Vec::new());
        let met = [false; Table::ALL.len()];
        Self { options, case, gathered, files, weighed: false, met }
    }

    /// A file or sheet that is read as no table; a table's own would be called with `ending`.
    pub(super) fn unknown_file(&mut self, name: &str, ending: &str) {
        let names: Vec<String> =
            Table::ALL.iter().map(|table| format!("{table}{ending}")).collect();
        let bare = name.rsplit('#').next().unwrap_or(name);
        let near = super::super::nearest::nearest(bare, names.iter().map(String::as_str));
        let expected = match near.first() {
            Some(near) => format!("did you mean `{near}`? Rename it, or name it in a mapping file"),
            None => {
                "a name of a table, or a mapping file that says what it is; it was not read".into()
            }
        };
        let position = Position { file: name.into(), ..Position::default() };
        let found = "a name that the contract does not know".into();
        self.gathered.faults.push(Fault {
            class: FaultClass::FileUnknown,
            position,
            found,
            expected,
        });
    }

    /// Where all faults are reported, a file that cannot be read is one of them.
    pub(super) fn told(&mut self, read: Result<()>) -> Result<()> {
        let Err(error) = read else { return Ok(()) };
        match error.kind() {
            ErrorKind::Data { position, found, expected }
                if self.options.strictness == Strictness::Report =>
            {
                self.gathered.faults.push(Fault {
                    class: FaultClass::FileBroken,
                    position: position.clone(),
                    found: found.clone(),
                    expected: expected.clone(),
                });
                Ok(())
            }
            _ => Err(error),
        }
    }

    /// How a file with this header is read; none if its columns do not do.
    pub(super) fn bind(
        &mut self,
        table: Table,
        position: &Position,
        header: &[String],
        reading: &Reading,
    ) -> Result<Option<FileContext<'o>>> {
        self.met[table as usize] = true;
        let mut faults = Vec::new();
        let binding = Binding::new(table, header, reading, position, &mut faults);
        let broken = faults.iter().find(|fault| fault.is_error()).map(Fault::to_error);
        self.gathered.faults.extend(faults);
        let number = self.file_number(&position.file)?;
        match broken {
            // No row can be set aside for a fault of the whole file.
            Some(error) if self.options.strictness != Strictness::Report => Err(error),
            Some(_) => Ok(None),
            None => Ok(Some(self.context(binding, position, number, reading.delimiter_byte()))),
        }
    }

    pub(super) fn context(
        &self,
        binding: Binding,
        position: &Position,
        file: u16,
        delimiter: u8,
    ) -> FileContext<'o> {
        FileContext {
            ungraded: self.options.grades.ungraded(binding.table),
            binding,
            grades: &self.options.grades,
            unknown_codes: self.options.unknown_codes,
            file,
            file_name: position.file.clone(),
            delimiter,
            keep_refused: self.options.strictness == Strictness::SetAside,
            people_implied: self.options.mapping.as_ref().is_some_and(Mapping::implies_people),
            limits: self.options.limits,
        }
    }

    /// The number by which records name their file.
    pub(super) fn file_number(&mut self, name: &str) -> Result<u16> {
        let files = &mut self.case.files;
        let at = files.iter().position(|file| file == name).unwrap_or_else(|| {
            files.push(name.into());
            files.len() - 1
        });
        u16::try_from(at)
            .map_err(|_| Error::limit("a case of over 65,535 files", "join some of them"))
    }

    pub(super) fn load(
        &mut self,
        table: Table,
        next: impl FnMut() -> Result<Option<Part>> + Send,
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

    /// A fault of a whole file: only where all faults are reported does the reading go on.
    pub(super) fn fault(
        &mut self,
        class: FaultClass,
        position: Position,
        found: &str,
        expected: String,
    ) -> Result<()> {
        let fault = Fault { class, position, found: found.into(), expected };
        let error = fault.to_error();
        self.gathered.faults.push(fault);
        if self.options.strictness == Strictness::Report { Ok(()) } else { Err(error) }
    }

    pub(super) fn finish(mut self, path: &Path) -> Result<Taken> {
        let implied = self.options.mapping.as_ref().is_some_and(Mapping::implies_people);
        self.require_tables(path, implied)?;
        let Gathered {
            symbols, own_ids, victims, mut ids, mut faults, refused, counts, stray, ..
        } = self.gathered;
        let mut case = self.case;
        case.symbols = symbols;
        case.own_ids = own_ids;
        case.victims_of_refused_rows = victims;
        if implied {
            ids[Table::People as usize] = None;
        }
        case.settle(ids);
        super::super::check::across(&case, &mut faults);
        let (weighed, files) = (self.weighed, self.files);
        Ok(Taken { case, faults, refused, counts, stray, weighed, files, snapshot: None })
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
pub(in crate::case) fn short_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy())
        .into_owned()
}
