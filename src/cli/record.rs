//! What this run read, wrote and printed: noted once, wherever it happens, for the audit log.
//!
//! Standard output is one for the whole process, and so is this record. Commands save files and print through this module and
//! `print` alone; a test reads the sources and keeps it so.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use kluwen::case::{Barred, Day, InputFile, Taken};
use kluwen::cluster::Address;
use kluwen::custody::{Detail, Digest, Irreplaceable, LogFile, names_in};
use kluwen::error::{Error, Result, printable};
use kluwen::output::{self, Drafts, InputGuard, Saved};

/// A command that is repeated within another one, to see whether it comes to the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeated {
    /// The day on which that is done.
    pub(crate) today: Day,
    /// Whether cases whose time is over are read all the same.
    pub(crate) expired_too: bool,
}

struct Record {
    inputs: BTreeMap<String, LogFile>,
    outputs: Vec<LogFile>,
    printed: Option<Digest>,
    detail: Option<Detail>,
    repeated: Option<Repeated>,
    log: Option<PathBuf>,
}

static RECORD: Mutex<Record> = Mutex::new(Record {
    inputs: BTreeMap::new(),
    outputs: Vec::new(),
    printed: None,
    detail: None,
    repeated: None,
    log: None,
});

fn record() -> MutexGuard<'static, Record> {
    RECORD.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Record {
    fn is_noted(&self) -> bool {
        self.log.is_some() && self.repeated.is_none()
    }

    fn detail(&mut self) -> &mut Detail {
        self.detail.get_or_insert_with(Detail::default)
    }
}

/// Whether anything is noted: only for a log, and not of a command that is only repeated.
fn is_noted() -> bool {
    record().is_noted()
}

/// Notes something, where anything is.
fn note(with: impl FnOnce(&mut Record)) {
    let mut record = record();
    if record.is_noted() {
        with(&mut record);
    }
}

/// Writes a file, as [`output::save`] does, and notes it.
pub(crate) fn save(
    path: impl AsRef<Path>,
    guard: &InputGuard,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Saved> {
    refuse_what_must_stay(path.as_ref())?;
    let saved = output::save(path.as_ref(), guard, write)?;
    wrote(path.as_ref(), &saved);
    Ok(saved)
}

/// Gives files that belong together their names, as [`Drafts::commit`] does, and notes them.
pub(crate) fn commit(drafts: Drafts<'_>) -> Result<()> {
    drafts.paths().try_for_each(refuse_what_must_stay)?;
    for (path, saved) in drafts.commit()? {
        wrote(&path, &saved);
    }
    Ok(())
}

/// From now on all is noted for this log, to which lines are only added, so that nothing is written over it.
pub(crate) fn keep_log(path: &Path) {
    record().log = Some(std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
}

/// Nothing is written over the log, nor over a key or another log, which nobody could make again.
pub(crate) fn refuse_what_must_stay(path: &Path) -> Result<()> {
    let log = record().log.clone();
    if log.is_some() && std::fs::canonicalize(path).ok() == log {
        return Err(Error::usage("that is the audit log; give what is written another name"));
    }
    match Irreplaceable::at(path) {
        Some(what) => Err(Error::usage(format!(
            "{}: {} stands there, which nothing is written over; give what is written another name",
            printable(&path.to_string_lossy()),
            what.name()
        ))),
        None => Ok(()),
    }
}

/// Notes a file that the library wrote.
pub(crate) fn wrote(path: &Path, saved: &Saved) {
    let Saved { bytes, sha256 } = saved.clone();
    let name = path.to_string_lossy().into_owned();
    note(|record| record.outputs.push(LogFile { name, bytes, sha256 }));
}

/// Notes the files of a folder that the library wrote.
pub(crate) fn wrote_folder(folder: &Path) -> Result<()> {
    if !is_noted() {
        return Ok(());
    }
    for path in files_in(folder)? {
        let digest = Digest::of_file(&path)?;
        wrote(&path, &Saved { bytes: digest.bytes(), sha256: digest.sha256() });
    }
    Ok(())
}

/// Notes a case that was read.
pub(crate) fn read_case(case: &Path, taken: &Taken) {
    let (read, used, refused) = taken.totals();
    note(|record| record.detail().rows = [read, used, refused]);
    match &taken.snapshot {
        Some(snapshot) => read_file(case, &snapshot.file),
        None => taken.files.iter().for_each(|file| {
            let inside = case.is_dir().then(|| case.join(&file.name));
            read_file(inside.as_deref().unwrap_or(case), file);
        }),
    }
}

/// Notes a file that was read and digested.
pub(crate) fn read_file(path: &Path, file: &InputFile) {
    let name = path.to_string_lossy().into_owned();
    let sha256 = file.sha256.clone().unwrap_or_default();
    let file = LogFile { name: name.clone(), bytes: file.bytes, sha256 };
    note(|record| drop(record.inputs.insert(name, file)));
}

/// Notes a file that is read by somebody who does not digest it; that takes a reading of its own.
pub(crate) fn read_path(path: &Path) -> Result<()> {
    if !is_noted() {
        return Ok(());
    }
    let digest = Digest::of_file(path)?;
    let sha256 = Some(digest.sha256());
    read_file(path, &InputFile { name: String::new(), bytes: digest.bytes(), sha256 });
    Ok(())
}

/// Notes a file, or the files in a folder, that are read by somebody who does not digest them.
pub(crate) fn read_all(path: &Path) -> Result<()> {
    if !path.is_dir() {
        return read_path(path);
    }
    files_in(path)?.iter().try_for_each(|file| read_path(file))
}

/// The files in a folder, by name.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| Error::io(folder, "list the folder", error);
    let paths = names_in(folder).map_err(failed)?.into_iter().map(|name| folder.join(name));
    Ok(paths.filter(|path| path.is_file()).collect())
}

/// Notes how many people lists do not show.
pub(crate) fn withheld(count: usize) {
    note(|record| record.detail().withheld = count);
}

/// Notes that a rule was set aside, and why.
pub(crate) fn overridden(flag: &str, why: &str) {
    note(|record| {
        record.detail().overrides.insert(flag.to_owned(), why.to_owned());
    });
}

/// Notes cases that were read although their time is over.
pub(crate) fn expired(cases: &[Barred]) {
    let ids = cases.iter().map(|case| case.case_id.clone());
    note(|record| record.detail().expired_cases.extend(ids));
}

/// Notes cases that were read although they were recorded for another purpose.
pub(crate) fn of_other_purpose(cases: &[Barred]) {
    let ids = cases.iter().map(|case| case.case_id.clone());
    note(|record| record.detail().other_purpose_cases.extend(ids));
}

/// Notes on which engine something is worked out; the address without what is secret in it.
pub(crate) fn engine(address: &Address) {
    note(|record| record.detail().engine = Some(address.to_string()));
}

/// All that was noted.
pub(crate) fn taken_down(exit: u8) -> Detail {
    let mut record = record();
    let printed = record.printed.take().unwrap_or_default();
    let stdout = LogFile { name: "-".into(), bytes: printed.bytes(), sha256: printed.sha256() };
    let inputs = std::mem::take(&mut record.inputs).into_values().collect();
    let outputs = std::mem::take(&mut record.outputs);
    Detail { exit, inputs, outputs, stdout, ..record.detail.take().unwrap_or_default() }
}

/// The repetition of a command that is going on.
pub(crate) fn repeated() -> Option<Repeated> {
    record().repeated
}

/// Does something of which nothing is noted, and which prints nothing.
pub(crate) fn aside<T>(repeated: Repeated, work: impl FnOnce() -> T) -> T {
    record().repeated = Some(repeated);
    let done = work();
    record().repeated = None;
    done
}

/// Standard output, of which is noted what went there.
pub(crate) enum Out {
    Real(io::StdoutLock<'static>),
    /// A repeated command prints nothing.
    Nowhere,
}

impl Out {
    pub(crate) fn open() -> Self {
        if repeated().is_some() { Self::Nowhere } else { Self::Real(io::stdout().lock()) }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self::Real(out) = self else { return Ok(bytes.len()) };
        let written = out.write(bytes)?;
        note(|record| record.printed.get_or_insert_default().take(&bytes[..written]));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Real(out) => out.flush(),
            Self::Nowhere => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of files, without their folders.
    fn names(files: &[LogFile]) -> Vec<&str> {
        files.iter().filter_map(|file| file.name.rsplit('/').next()).collect()
    }

    /// One test for all: what is noted is noted for the whole process.
    #[test]
    fn what_is_read_and_written_is_noted_for_a_log_and_not_while_a_command_is_repeated() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [log, one, two] = ["log.jsonl", "one.csv", "two.csv"].map(|name| {
            let path = folder.path().join(name);
            std::fs::write(&path, name).expect("a temporary file");
            path
        });
        wrote_folder(folder.path()).expect("it can be listed");
        read_path(&one).expect("it can be read");
        let before = taken_down(0);
        assert!(names(&before.outputs).is_empty() && !names(&before.inputs).contains(&"one.csv"));

        keep_log(&log);
        let repeated = Repeated { today: Day::from_number(0), expired_too: true };
        aside(repeated, || wrote_folder(folder.path())).expect("it can be listed");
        assert!(taken_down(0).outputs.is_empty());
        wrote_folder(folder.path()).expect("it can be listed");
        read_path(&one).expect("it can be read");
        read_all(folder.path()).expect("all can be read");
        withheld(3);
        overridden("why", "a court");
        let Detail { exit, inputs, outputs, withheld, overrides, .. } = taken_down(4);
        assert_eq!((exit, withheld), (4, 3));
        assert_eq!(overrides.get("why").map(String::as_str), Some("a court"));
        assert_eq!(names(&outputs), ["log.jsonl", "one.csv", "two.csv"]);
        assert_eq!(outputs.iter().map(|file| file.bytes).collect::<Vec<_>>(), [9, 7, 7]);
        let read = names(&inputs);
        assert!(
            ["log.jsonl", "one.csv", "two.csv"].iter().all(|name| read.contains(name)),
            "{read:?}"
        );
        let text = format!("{:?}", taken_down(0).outputs);
        assert_eq!(text, "[]", "it is told once");

        let error = refuse_what_must_stay(&log).expect_err("the log").to_string();
        assert!(error.starts_with("that is the audit log"), "{error}");
        refuse_what_must_stay(&two).expect("nothing stands there that must stay");
        refuse_what_must_stay(&folder.path().join("new")).expect("nothing stands there");
    }
}
