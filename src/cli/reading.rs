//! The flags that say how a case is read, and the reading.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use kluwen::case::{
    FaultClass, GradeTable, InputFile, Mapping, ReadOptions, Severity, Strictness, Taken,
    UnknownCodes, read,
};
use kluwen::error::{Error, Position, Result};
use kluwen::output::{InputGuard, Saved, save, write_rejects};

use super::Manner;
use super::limits::LimitFlags;

/// How a case is read.
#[derive(Clone, Debug, Args)]
pub(crate) struct Reading {
    /// A folder of CSV tables, a .jsonl or .ftm.json file, an .xlsx workbook, a .kluwen snapshot, a graph of another tool (GraphML, GEXF, Pajek, UCINET, Neo4j CSV, JSON), or - for JSON Lines on stdin
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Read files with other names and columns as this mapping says [default: mapping.toml in CASE]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Take what each grade is worth from this table
    #[arg(long, value_name = "FILE")]
    grades: Option<PathBuf>,
    /// Set rows with a fault aside in a file and go on
    #[arg(long)]
    lenient: bool,
    /// Where rows go that are set aside [default: rejects.csv]
    #[arg(long, value_name = "FILE", requires = "lenient")]
    rejects: Option<PathBuf>,
    /// Take codes outside their list as `other`
    #[arg(long)]
    unknown_as_other: bool,
    #[command(flatten)]
    pub(crate) limits: LimitFlags,
}

/// A case that was read, and the files that say how.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) taken: Taken,
    /// The mapping, the table of grades, the snapshot and the decisions, where there are any.
    pub(crate) settings: Vec<InputFile>,
    /// The file of rows that were set aside, where one was written.
    pub(crate) rejects: Option<(PathBuf, Saved)>,
}

impl Reading {
    /// Reads the case; the first fault is an error, or faulty rows are set aside in `rejects`, but not over `beside`.
    pub(crate) fn take(
        &self,
        manner: Manner,
        rejects: Option<&Path>,
        beside: Option<&Path>,
    ) -> Result<Read> {
        let strictness = if self.lenient { Strictness::SetAside } else { Strictness::StopAtFirst };
        let read = self.read(strictness)?;
        let rejects = self.set_aside(manner, &read.taken, rejects, &self.guard(beside))?;
        report(manner, &read.taken);
        Ok(Read { rejects, ..read })
    }

    /// Reads the case, whatever is wrong with it.
    pub(crate) fn read(&self, strictness: Strictness) -> Result<Read> {
        let mut settings = Vec::new();
        let mapping = self.mapping(&mut settings)?;
        let grades = self.grades(&mut settings)?;
        let options = ReadOptions {
            mapping,
            grades,
            strictness,
            unknown_codes: if self.unknown_as_other {
                UnknownCodes::AsOther
            } else {
                UnknownCodes::Refuse
            },
            limits: self.limits.limits(),
            digest: true,
        };
        let taken = read(&self.case, &options)?;
        if let Some(snapshot) = &taken.snapshot {
            self.refuse_what_a_snapshot_ignores()?;
            settings = [&snapshot.settings[..], std::slice::from_ref(&snapshot.file)].concat();
        }
        Ok(Read { taken, settings, rejects: None })
    }

    /// A snapshot was read when it was packed: what says how files are read comes too late.
    fn refuse_what_a_snapshot_ignores(&self) -> Result<()> {
        let flags = [
            ("--mapping", self.mapping.is_some()),
            ("--grades", self.grades.is_some()),
            ("--lenient", self.lenient),
            ("--unknown-as-other", self.unknown_as_other),
        ];
        let given = flags.iter().find(|(_, given)| *given).map(|(flag, _)| *flag);
        match given.or_else(|| self.limits.of_reading()) {
            Some(flag) => Err(Error::usage(format!(
                "`{flag}` says how files are read, and a snapshot was read before; give it to `kluwen pack`"
            ))),
            None => Ok(()),
        }
    }

    /// All files that go in, with another one `beside` them, so that none is written over.
    pub(crate) fn guard(&self, beside: Option<&Path>) -> InputGuard {
        let beside = beside.map(Path::to_owned);
        let beside = [Some(self.case.clone()), self.mapping.clone(), self.grades.clone(), beside];
        let inside =
            fs::read_dir(&self.case).into_iter().flatten().flatten().map(|entry| entry.path());
        InputGuard::new(beside.into_iter().flatten().chain(inside))
    }

    fn mapping(&self, settings: &mut Vec<InputFile>) -> Result<Option<Mapping>> {
        let inside = self.case.join("mapping.toml");
        let path = self.mapping.as_ref().or_else(|| inside.is_file().then_some(&inside));
        let Some(path) = path else { return Ok(None) };
        let text = setting(path, settings)?;
        Mapping::from_toml(&text, &path.to_string_lossy()).map(Some)
    }

    fn grades(&self, settings: &mut Vec<InputFile>) -> Result<GradeTable> {
        let Some(path) = &self.grades else { return Ok(GradeTable::default()) };
        let text = setting(path, settings)?;
        let file = path.to_string_lossy().into_owned();
        GradeTable::from_toml(&text, Position { file, ..Position::default() })
    }

    /// Writes the rows that were set aside; with none, only over the rows of an earlier run.
    fn set_aside(
        &self,
        manner: Manner,
        taken: &Taken,
        rejects: Option<&Path>,
        guard: &InputGuard,
    ) -> Result<Option<(PathBuf, Saved)>> {
        let default = rejects.unwrap_or(Path::new("rejects.csv"));
        let path = self.rejects.as_deref().unwrap_or(default);
        let unnamed = rejects.is_none() && self.rejects.is_none();
        if self.lenient && unnamed && path.exists() {
            return Err(Error::usage(
                "rejects.csv is there already; say with `--rejects FILE` where rows go that are set aside",
            ));
        }
        if taken.refused.is_empty() && !(self.lenient && path.exists()) {
            return Ok(None);
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|error| Error::io(folder, "make the folder", error))?;
        }
        let saved = save(path, guard, |out| write_rejects(&taken.refused, out))?;
        manner.say(&format!("{} rows were set aside in {}", taken.refused.len(), path.display()));
        Ok(Some((path.to_owned(), saved)))
    }
}

/// The text of a file of settings, which is noted.
pub(crate) fn setting(path: &Path, settings: &mut Vec<InputFile>) -> Result<String> {
    const ENOUGH: u64 = 16 << 20;
    let io = |error| Error::io(path, "read", error);
    let size = fs::metadata(path).map_err(io)?;
    if !size.is_file() {
        return Err(io(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
    }
    if size.len() > ENOUGH {
        let what = format!("{}: more than {ENOUGH} bytes", path.display());
        return Err(Error::limit(what, "is this a file of settings?"));
    }
    let bytes = fs::read(path).map_err(io)?;
    let name = path.to_string_lossy().into_owned();
    settings.push(InputFile::of_bytes(&name, &bytes));
    String::from_utf8(bytes).map_err(|_| {
        let position = Position { file: name, ..Position::default() };
        Error::data(position, "bytes that are not UTF-8", "text in UTF-8")
    })
}

/// How many rows came to what; always, so that nothing is lost in silence.
fn report(manner: Manner, taken: &Taken) {
    let (read, used, refused) = taken.totals();
    let warnings = taken.faults.count(Severity::Warning);
    let look = if warnings == 0 {
        String::new()
    } else {
        format!("; {warnings} warnings, which `kluwen check` lists")
    };
    let left_out = match taken.counts.iter().map(|count| count.left_out).sum::<usize>() {
        0 => String::new(),
        count => format!("; {count} left to other tables by the mapping's `where`"),
    };
    for fault in taken.faults.listed().iter().filter(|fault| fault.class == FaultClass::Foreign) {
        manner.say(&format!("note: {fault}"));
    }
    manner.say(&format!("{read} rows read = {used} used + {refused} refused{left_out}{look}"));
}
