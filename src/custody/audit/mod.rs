//! Who asked what, why, and what came of it: a log to which lines are only added.
//!
//! Each line is one [`Entry`] in JSON. It holds the hash of the line before it, and its own; so a change in any line breaks the
//! chain there, and [`Chain`] says where. A chain that was cut off behind an entry is a chain still: only who kept
//! the [head](Chain::head) can tell, so it is to be kept where those who can write to the log cannot.

mod chain;
mod entry;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

pub use chain::{Broken, Chain, TornLine};
pub use entry::{Detail, Entry, Event, LogFile, Torn, Who};

pub(super) use self::entry::begins;
use self::entry::{NONE_BEFORE, may_begin};
use crate::error::{Error, Position, Result, printable};
use crate::output::sync_folder_of;

/// A log to which entries are added.
///
/// # Examples
///
/// ```
/// use kluwen::custody::{AuditLog, Chain, Note, Who};
///
/// let folder = std::env::temp_dir().join("kluwen-audit-example");
/// std::fs::create_dir_all(&folder)?;
/// let log = AuditLog::new(folder.join("audit.jsonl"));
/// let who = Who { login: "jan".into(), name: None };
/// let note = Note { seconds: 0, who, purpose: "a test".into(), command: vec!["check".into()] };
/// let run = log.begun(&note)?;
/// log.done(&note, run, Default::default())?;
/// let chain = Chain::read(log.path())?;
/// assert!(chain.holds());
/// assert_eq!(chain.entries[1].1.time, "1970-01-01T00:00:00Z");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct AuditLog {
    path: PathBuf,
}

/// What both entries of a run say.
#[derive(Clone, Debug, Default)]
pub struct Note {
    /// When, in seconds since 1970 began in UTC.
    pub seconds: i64,
    /// Who.
    pub who: Who,
    /// Why.
    pub purpose: String,
    /// The words of the command.
    pub command: Vec<String>,
}

impl AuditLog {
    /// The log in a file, which need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes that a run began, before anything of a case is read; the number of the run.
    ///
    /// # Errors
    ///
    /// If the entry did not reach the disk, or the last line of the log is not as it was written: then nothing may be read.
    pub fn begun(&self, note: &Note) -> Result<u64> {
        self.add(note, None)
    }

    /// Notes how a run ended.
    ///
    /// # Errors
    ///
    /// As those of [`AuditLog::begun`].
    pub fn done(&self, note: &Note, run: u64, detail: Detail) -> Result<()> {
        self.add(note, Some((run, detail))).map(drop)
    }

    fn add(&self, note: &Note, done: Option<(u64, Detail)>) -> Result<u64> {
        let failed = |error| Error::io(&self.path, "write the audit log", error);
        let mut file = self.open().map_err(failed)?;
        lock(&file).map_err(failed)?;
        let end = End::of(&mut file).map_err(failed)?.map_err(|line| self.broken(line));
        self.refuse_what_is_no_log(&mut file, end.as_ref().ok())?;
        let end = end?;
        let number = end.number + 1;
        let (run, done) = done.map_or((number, None), |(run, detail)| (run, Some(detail)));
        let mut entry = Entry {
            number,
            time: time(note.seconds)?,
            version: env!("CARGO_PKG_VERSION").into(),
            event: if done.is_some() { Event::Done } else { Event::Begun },
            run,
            who: note.who.clone(),
            purpose: note.purpose.clone(),
            command: note.command.clone(),
            done,
            torn: (!end.torn.is_empty()).then(|| Torn::of(&end.torn)),
            previous: end.hash,
            hash: String::new(),
        };
        let line = entry.seal();
        let start = if end.is_open { "\n" } else { "" };
        write(&mut file, end.length, format!("{start}{line}\n").as_bytes()).map_err(failed)?;
        if end.length == 0 {
            sync_folder_of(&self.path).map_err(failed)?;
        }
        Ok(number)
    }

    fn open(&self) -> io::Result<File> {
        // What is no file may block for ever, or swallow what is written.
        if fs::metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file"));
        }
        let mut options = File::options();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&self.path)?;
        refuse_what_all_may_write(&file)?;
        Ok(file)
    }

    /// A file without one entry at its end may be somebody's table, and not a log that was changed.
    fn refuse_what_is_no_log(&self, file: &mut File, end: Option<&End>) -> Result<()> {
        const ENOUGH: u64 = 64;
        if end.is_some_and(|end| end.number > 0) {
            return Ok(());
        }
        let failed = |error| Error::io(&self.path, "read the audit log", error);
        let mut start = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        file.take(ENOUGH).read_to_end(&mut start).map_err(failed)?;
        if may_begin(&start) {
            return Ok(());
        }
        Err(Error::usage(format!(
            "{}: that is no audit log, and was left as it is; give `--audit` another file, which need not be there yet",
            printable(&self.path.to_string_lossy())
        )))
    }

    fn broken(&self, what: &str) -> Error {
        let file = self.path.to_string_lossy().into_owned();
        let position = Position { file, ..Position::default() };
        let expected = "the entry that was written last; `kluwen audit` says where the log was changed. Keep it as it is, \
             tell who answers for it, and begin another log";
        Error::data(position, what, expected)
    }
}

/// A unit may share a log; what everybody on the machine may write to vouches for nothing.
fn refuse_what_all_may_write(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata()?.permissions()) & 0o777;
        if mode & 0o002 != 0 {
            let what = format!(
                "everybody on this machine may write to it (mode {mode:03o}): `chmod o-w` it and see with `kluwen audit` that it is whole, or begin another log"
            );
            return Err(io::Error::new(ErrorKind::PermissionDenied, what));
        }
    }
    Ok(())
}

/// Waits until nobody else writes to the log; the lock goes with the open file.
fn lock(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    rustix::io::retry_on_intr(|| {
        rustix::fs::flock(file, rustix::fs::FlockOperation::LockExclusive)
    })?;
    let _ = file;
    Ok(())
}

/// All of the line, and on the disk; else nothing of it, where the system lets us take it back.
fn write(file: &mut File, length: u64, line: &[u8]) -> io::Result<()> {
    let written = file.write_all(line).and_then(|()| file.sync_all());
    if written.is_err() {
        // A log to which one may only add keeps the part; the next entry tells of it.
        let _ = file.set_len(length);
    }
    written
}

fn time(seconds: i64) -> Result<String> {
    let time = jiff::Timestamp::from_second(seconds);
    time.map(|time| time.to_string()).map_err(|_| {
        Error::usage(format!("SOURCE_DATE_EPOCH={seconds} is no time that a calendar knows"))
    })
}

/// How a log ends.
#[derive(Debug)]
struct End {
    length: u64,
    number: u64,
    hash: String,
    /// The bytes of a line that was not written to its end.
    torn: Vec<u8>,
    /// Whether the last line has no end, so that the next one must begin with it.
    is_open: bool,
}

impl End {
    /// The end of the log; what is wrong with its last line, if it is none of ours.
    fn of(file: &mut File) -> io::Result<std::result::Result<Self, &'static str>> {
        let length = file.metadata()?.len();
        let mut window = 1 << 16;
        loop {
            let from = length.saturating_sub(window);
            let mut tail = Vec::new();
            file.seek(SeekFrom::Start(from))?;
            file.take(length - from).read_to_end(&mut tail)?;
            match Self::within(&tail, length, from == 0) {
                Some(end) => return Ok(end),
                None => window *= 4,
            }
        }
    }

    /// The same, seen in the last bytes of a log; none if more of it must be seen.
    fn within(
        tail: &[u8],
        length: u64,
        whole: bool,
    ) -> Option<std::result::Result<Self, &'static str>> {
        let end = |number, hash, torn: &[u8], is_open| {
            Some(Ok(Self { length, number, hash, torn: torn.to_vec(), is_open }))
        };
        let cut = tail.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let rest = &tail[cut..];
        if cut == 0 && !whole {
            return None;
        }
        // A whole entry that only lacks its end is an entry.
        if let Some(entry) = Entry::parse(rest) {
            return end(entry.number, entry.hash, &[], true);
        }
        if cut == 0 {
            return end(0, NONE_BEFORE.into(), rest, !rest.is_empty());
        }
        let lines = &tail[..cut - 1];
        let start = match lines.iter().rposition(|&b| b == b'\n') {
            Some(at) => at + 1,
            None if whole => 0,
            None => return None,
        };
        match Entry::parse(&lines[start..]) {
            Some(entry) => end(entry.number, entry.hash, rest, !rest.is_empty()),
            None => Some(Err("a last line that is not as it was written")),
        }
    }
}
