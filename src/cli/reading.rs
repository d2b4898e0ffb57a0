//! The flags that say how a case is read, and the reading.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use kluwen::case::{
    Clearance, FaultClass, GradeTable, IdKind, InputFile, Limits, Mapping, ReadOptions, Severity,
    Strictness, Taken, UnknownCodes, read,
};
use kluwen::cluster::Home;
use kluwen::custody::{KeptPseudonyms, Key, Manifest, Pseudonyms, is_pseudonym};
use kluwen::error::{Error, ErrorKind, Position, Result, printable};
use kluwen::output::{Drafts, InputGuard, Saved, write_rejects};

use super::Manner;
use super::limits::LimitFlags;
use super::record::{self, save};
use super::retention::Rules;

/// How a case is read.
// Flags of another struct within take their own group: that of this one must name what tells that it is there.
#[derive(Clone, Debug, Args)]
#[group(args = ["case"])]
pub(crate) struct Reading {
    /// A folder of CSV tables or of Parquet tables, a .jsonl or .ftm.json file, an .xlsx workbook, a .kluwen snapshot, a graph of another tool (GraphML, GEXF, Pajek, UCINET, Neo4j CSV, JSON), or - for JSON Lines on stdin
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
    /// Show ids of people, cases, sources and all else by pseudonyms under the key in this file, which `kluwen key` makes
    #[arg(long, visible_alias = "pseudonyms", value_name = "FILE")]
    key: Option<PathBuf>,
    /// Leave out rows whose handling code is above these, such as 2 or 5x5x5:2,3x5x2:P, or of a scheme that is not named here; rows without a code stay
    #[arg(long, value_name = "CODES", conflicts_with = "lenient")]
    clearance: Option<String>,
    /// Refuse cases that were recorded for another purpose than this, as `cases` says; may be given again
    #[arg(long, value_name = "PURPOSE")]
    recorded_for: Vec<String>,
    /// Read cases that were recorded for another purpose all the same, and say why
    #[arg(long, value_name = "WHY")]
    other_purpose: Option<String>,
    /// Read cases whose `retain_until` is past all the same, and say why
    #[arg(long, value_name = "WHY")]
    expired: Option<String>,
    /// The day on which it is asked whether the time of a case is over; a past day takes `--expired`, too [default: today, in UTC]
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
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
    /// What tells under which key ids are shown, where they are.
    pub(crate) key: Option<String>,
    /// What gives them under that key.
    pub(crate) pseudonyms: Option<Pseudonyms>,
    /// Up to which handling codes rows are shown, where not all are.
    pub(crate) clearance: Option<String>,
}

impl Read {
    /// What the manifest tells of who may see what.
    pub(crate) fn note(&self, manifest: &mut Manifest) {
        let case = &self.taken.case;
        let above = case.above_clearance().map(|(table, count)| (table.to_string(), count.into()));
        for (name, value) in [
            ("key", self.key.clone().into()),
            ("clearance", self.clearance.clone().into()),
            ("rows_above_clearance", above.collect::<serde_json::Map<_, _>>().into()),
        ] {
            manifest.settings.insert(name.to_owned(), value);
        }
    }

    /// Says that a key gives pseudonyms to what are pseudonyms, which leads back to nobody.
    fn tell_of_pseudonyms_of_pseudonyms(&self, manner: Manner) {
        let case = &self.taken.case;
        let mut ids = case.people.iter().map(|one| case.text(one.person)).peekable();
        let is_keyed = self.key.is_some() && ids.peek().is_some();
        if is_keyed && ids.all(|id| is_pseudonym(IdKind::Person, id)) {
            manner.say(
                "caution: the ids of this case are pseudonyms already, and `--key` gives them others, which no other run has: leave it out; with an engine, give the case at home with `--names`",
            );
        }
    }

    /// Says how many rows are not for whoever asks, table by table.
    fn tell_what_is_above(&self, manner: Manner) {
        let Some(codes) = &self.clearance else { return };
        let all: Vec<(_, usize)> = self.taken.case.above_clearance().collect();
        let sum: usize = all.iter().map(|(_, count)| count).sum();
        let by: Vec<String> = all.iter().map(|(table, count)| format!("{table} {count}")).collect();
        let by = if by.is_empty() { String::new() } else { format!(": {}", by.join(", ")) };
        manner.say(&format!("{sum} rows above the clearance {codes} were left out{by}"));
    }
}

/// What the ids of a case are that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// Those of the files.
    AreOwn,
    /// Pseudonyms under the key that is given, but for those that were put back.
    ArePseudonyms,
}

/// Rows that are set aside as one of several files.
#[derive(Debug)]
pub(crate) struct Among<'p, 'g> {
    /// Where they go unless it is said.
    pub(crate) path: &'p Path,
    /// The files that they are one of.
    pub(crate) drafts: &'p mut Drafts<'g>,
}

impl Reading {
    /// Reads the case; the first fault is an error, or faulty rows are set aside, but not over `beside`.
    pub(crate) fn take(
        &self,
        manner: Manner,
        among: Option<Among<'_, '_>>,
        beside: Option<&Path>,
    ) -> Result<Read> {
        let strictness = if self.lenient { Strictness::SetAside } else { Strictness::StopAtFirst };
        self.checked(self.read(strictness)?, manner, among, beside)
    }

    /// What was read, once it is sure that it may be; says what is to be said of it.
    pub(crate) fn checked(
        &self,
        read: Read,
        manner: Manner,
        among: Option<Among<'_, '_>>,
        beside: Option<&Path>,
    ) -> Result<Read> {
        self.rules().check(&read.taken.case, manner)?;
        let rejects = self.set_aside(manner, &read.taken, among, &self.guard(beside))?;
        report(manner, &read.taken);
        read.tell_what_is_above(manner);
        read.tell_of_pseudonyms_of_pseudonyms(manner);
        Ok(Read { rejects, ..read })
    }

    /// Reads the case, whatever is wrong with it.
    pub(crate) fn read(&self, strictness: Strictness) -> Result<Read> {
        let case = self.case.to_string_lossy();
        if case.contains("://") {
            return Err(Error::usage(format!(
                "{}: a URL, which this machine does not read: give a file or a folder; `--engine sc://…` has an engine read it, and `kluwen plan --edges N --people N` plans without it",
                printable(&case)
            )));
        }
        self.read_by(strictness, Ids::AreOwn, |options, _| read(&self.case, options))
    }

    /// The same, as `take_in` reads it, which is told by what ids are shown.
    pub(crate) fn read_by(
        &self,
        strictness: Strictness,
        ids: Ids,
        take_in: impl FnOnce(&ReadOptions, Option<&Pseudonyms>) -> Result<Taken>,
    ) -> Result<Read> {
        let key = self.key.as_deref().map(|path| self.checked_key(path)).transpose()?;
        let mut settings = Vec::new();
        let mapping = self.mapping(&mut settings)?;
        let grades = self.grades(&mut settings)?;
        let clearance =
            self.clearance.as_deref().map(|codes| Clearance::parse(codes, &grades)).transpose()?;
        let options = ReadOptions {
            mapping,
            grades,
            strictness,
            unknown_codes: if self.unknown_as_other {
                UnknownCodes::AsOther
            } else {
                UnknownCodes::Refuse
            },
            limits: self.limits(),
            digest: true,
        };
        let pseudonyms = key.as_ref().map(Pseudonyms::new);
        let mut taken = take_in(&options, pseudonyms.as_ref())
            .map_err(|error| self.kept_from_whoever_may_not_see(error))?;
        record::read_case(&self.case, &taken);
        if let Some(snapshot) = &taken.snapshot {
            self.refuse_what_a_snapshot_ignores()?;
            settings =
                [&snapshot.settings[..], &settings, std::slice::from_ref(&snapshot.file)].concat();
        }
        if taken.weighed && self.grades.is_some() && self.clearance.is_none() {
            return Err(Error::usage(
                "`--grades` says what grades are worth when files are read, and these tables say beside each row what its grade was worth; give it to `kluwen convert`",
            ));
        }
        if let Some(clearance) = &clearance {
            taken.case = std::mem::take(&mut taken.case).cleared(clearance);
        }
        match (&pseudonyms, ids) {
            (Some(pseudonyms), Ids::AreOwn) => taken.case.show_by(pseudonyms)?,
            (Some(pseudonyms), Ids::ArePseudonyms) => {
                taken.case.show_by(&KeptPseudonyms(pseudonyms))?;
            }
            (None, _) => {}
        }
        Ok(Read {
            taken,
            settings,
            rejects: None,
            key: key.as_ref().map(Key::fingerprint),
            pseudonyms,
            clearance: self.clearance.clone(),
        })
    }

    /// The key; rows that are set aside are written as they are, which whoever asks for pseudonyms must want.
    fn checked_key(&self, path: &Path) -> Result<Key> {
        if self.lenient && self.rejects.is_none() {
            return Err(Error::usage(
                "rows that are set aside keep their names and ids: with `--key`, say with `--rejects FILE` where they go, apart from what is made",
            ));
        }
        Key::read(path)
    }

    /// A message quotes the faulty cell, which may stand in a row above the clearance, or hold an id that is shown by a pseudonym.
    fn kept_from_whoever_may_not_see(&self, error: Error) -> Error {
        let why = match (&self.clearance, &self.key) {
            (Some(_), _) => "its row may be above the clearance",
            (None, Some(_)) => "ids are shown by pseudonyms",
            (None, None) => return error,
        };
        match error.kind() {
            ErrorKind::Data { position, .. } => Error::data(
                position.clone(),
                format!("a fault, which is not quoted because {why}"),
                "whoever may see all rows to find it by `kluwen check`, and to mend it",
            ),
            _ => error,
        }
    }

    /// Whether ids are shown by pseudonyms.
    pub(crate) fn is_keyed(&self) -> bool {
        self.key.is_some()
    }

    /// Refuses flags of who may see what, for a command that shows or copies the files as they are.
    pub(crate) fn refuse_veils(&self, why: &str) -> Result<()> {
        let flags = [("--key", self.key.is_some()), ("--clearance", self.clearance.is_some())];
        match flags.iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Error::usage(format!("`{flag}`: {why}"))),
            None => Ok(()),
        }
    }

    /// Whether a case may be read today, and for this purpose.
    pub(crate) fn rules(&self) -> Rules<'_> {
        Rules {
            recorded_for: &self.recorded_for,
            other_purpose: self.other_purpose.as_deref(),
            expired: self.expired.as_deref(),
            today: self.today.as_deref(),
            by_pseudonyms: self.is_keyed(),
        }
    }

    /// How much is taken in.
    pub(crate) fn limits(&self) -> Limits {
        self.limits.limits()
    }

    /// The table of grades, where one was given.
    pub(crate) fn grades_path(&self) -> Option<&Path> {
        self.grades.as_deref()
    }

    /// A snapshot was read when it was packed: what says how files are read comes too late.
    fn refuse_what_a_snapshot_ignores(&self) -> Result<()> {
        let flags = [
            ("--mapping", self.mapping.is_some()),
            // What handling codes mean is asked now.
            ("--grades", self.grades.is_some() && self.clearance.is_none()),
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

    /// Tables on an engine were read and graded when they were converted, and rows above a clearance have to go before rows are chosen.
    pub(crate) fn refuse_what_an_engine_ignores(&self) -> Result<()> {
        let flags = [
            ("--mapping", self.mapping.is_some()),
            ("--grades", self.grades.is_some()),
            ("--lenient", self.lenient),
            ("--unknown-as-other", self.unknown_as_other),
            ("--clearance", self.clearance.is_some()),
        ];
        match flags.iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Error::usage(format!(
                "`{flag}` says how files are read, and an engine holds tables that were read before; give it to `kluwen convert`"
            ))),
            None => Ok(()),
        }
    }

    /// Reads what another case, at `path`, tells of people whom tables name by pseudonyms.
    pub(crate) fn home(
        path: &Path,
        options: &ReadOptions,
        pseudonyms: &Pseudonyms,
    ) -> Result<Home> {
        let mapping = mapping_of(path, None, &mut Vec::new())?;
        let taken = Home::read(path, &ReadOptions { mapping, ..options.clone() })?;
        record::read_case(path, &taken);
        Home::of(&taken.case, pseudonyms.clone())
    }

    /// All files that go in, with another one `beside` them, so that none is written over.
    pub(crate) fn guard(&self, beside: Option<&Path>) -> InputGuard {
        let beside = beside.map(Path::to_owned);
        let [mapping, grades, key] = [&self.mapping, &self.grades, &self.key].map(Clone::clone);
        let all = [Some(self.case.clone()), mapping, grades, key, beside];
        InputGuard::new(all.into_iter().flatten())
    }

    fn mapping(&self, settings: &mut Vec<InputFile>) -> Result<Option<Mapping>> {
        mapping_of(&self.case, self.mapping.as_deref(), settings)
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
        among: Option<Among<'_, '_>>,
        guard: &InputGuard,
    ) -> Result<Option<(PathBuf, Saved)>> {
        let default = among.as_ref().map_or(Path::new("rejects.csv"), |among| among.path);
        let path = self.rejects.as_deref().unwrap_or(default);
        let unnamed = among.is_none() && self.rejects.is_none();
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
        let write = |out: &mut dyn io::Write| write_rejects(&taken.refused, out);
        let saved = match among {
            Some(among) => among.drafts.stage(path, write),
            None => save(path, guard, write),
        }?;
        manner.say(&format!("{} rows were set aside in {}", taken.refused.len(), path.display()));
        Ok(Some((path.to_owned(), saved)))
    }
}

/// How the files of a case are read: as was said, or as the case itself says.
fn mapping_of(
    case: &Path,
    said: Option<&Path>,
    settings: &mut Vec<InputFile>,
) -> Result<Option<Mapping>> {
    let inside = case.join("mapping.toml");
    let path = said.or_else(|| inside.is_file().then_some(&inside));
    let Some(path) = path else { return Ok(None) };
    let text = setting(path, settings)?;
    Mapping::from_toml(&text, &path.to_string_lossy()).map(Some)
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
    let file = InputFile::of_bytes(&name, &bytes);
    record::read_file(path, &file);
    settings.push(file);
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

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::super::trial::{folder_of, typed};
    use super::*;

    /// A folder with one file, and the path of that.
    fn file(name: &str, bytes: &[u8]) -> (TempDir, String) {
        let folder = folder_of(&[(name, bytes)]);
        let path = folder.path().join(name).to_str().expect("text").to_owned();
        (folder, path)
    }

    fn reading(words: &[&str]) -> Reading {
        typed(&[&["case"], words].concat())
    }

    #[test]
    fn a_fault_in_a_table_of_grades_is_told_with_its_file() {
        let (_folder, path) = file("worth.toml", b"[[scheme]]\nname = 7\n");
        let error = reading(&["--grades", &path]).grades(&mut Vec::new()).expect_err("a fault");
        assert!(error.to_string().starts_with(&path), "{error}");
        let usual = reading(&[]).grades(&mut Vec::new()).expect("ours");
        assert_eq!(usual.certainty("A1"), Some(0.97));
    }

    #[test]
    fn a_setting_is_a_file_of_text_and_noted() {
        let (folder, path) = file("own.toml", "x = \"é\"".as_bytes());
        let mut settings = Vec::new();
        let text = setting(Path::new(&path), &mut settings).expect("text");
        assert_eq!(text, "x = \"é\"");
        assert_eq!((settings.len(), settings[0].bytes), (1, 8));
        assert_eq!(settings[0].name, path);
        let error = setting(folder.path(), &mut settings).expect_err("a folder").to_string();
        assert!(error.contains("it is not a file"), "{error}");
        let (_other, bytes) = file("bytes.toml", &[0xff]);
        let error = setting(Path::new(&bytes), &mut settings).expect_err("no text").to_string();
        assert!(error.starts_with(&bytes) && error.contains("not UTF-8"), "{error}");
    }

    #[test]
    fn a_mapping_is_the_one_that_is_given_or_that_of_the_case() {
        let (folder, _) = file("mapping.toml", b"people = \"implied\"\n");
        let own = typed::<Reading>(&[folder.path().to_str().expect("text")]);
        let mut settings = Vec::new();
        assert!(own.mapping(&mut settings).expect("a mapping").is_some());
        assert!(settings[0].name.ends_with("mapping.toml"), "{settings:?}");
        assert!(reading(&[]).mapping(&mut settings).expect("none").is_none());
        let (_folder, other) = file("other.toml", b"\"");
        let error = reading(&["--mapping", &other]).mapping(&mut settings).expect_err("a fault");
        assert!(error.to_string().starts_with(&other), "{error}");
    }

    #[test]
    fn flags_that_come_too_late_are_refused_by_name() {
        for words in
            [&["--mapping", "m"][..], &["--grades", "g"], &["--lenient"], &["--unknown-as-other"]]
        {
            let reading = reading(words);
            for (error, whose) in [
                (reading.refuse_what_a_snapshot_ignores(), "kluwen pack"),
                (reading.refuse_what_an_engine_ignores(), "kluwen convert"),
            ] {
                let error = error.expect_err(words[0]).to_string();
                let told = format!("`{}` says how files are read", words[0]);
                assert!(error.starts_with(&told) && error.contains(whose), "{error}");
            }
        }
        let limited = reading(&["--max-rows", "7"]);
        let error = limited.refuse_what_a_snapshot_ignores().expect_err("a limit").to_string();
        assert!(error.starts_with("`--max-rows` says how"), "{error}");
        limited.refuse_what_an_engine_ignores().expect("what it gives is limited");
        // What handling codes mean is asked of a snapshot now, and of an engine never.
        let cleared = reading(&["--clearance", "2", "--grades", "g"]);
        cleared.refuse_what_a_snapshot_ignores().expect("grades are for the clearance");
        let cleared = reading(&["--clearance", "2"]).refuse_what_an_engine_ignores();
        assert!(cleared.expect_err("rows go first").to_string().starts_with("`--clearance` says"));
        reading(&["--key", "k"]).refuse_what_a_snapshot_ignores().expect("it is about showing");
        reading(&[]).refuse_what_an_engine_ignores().expect("nothing is given");
    }

    #[test]
    fn who_sees_the_files_as_they_are_takes_no_veil() {
        for flag in ["--key", "--clearance"] {
            let error = reading(&[flag, "x"]).refuse_veils("because").expect_err(flag).to_string();
            assert_eq!(error, format!("`{flag}`: because"));
        }
        reading(&["--lenient"]).refuse_veils("because").expect("no veil");
    }

    #[test]
    fn under_a_key_it_is_said_where_rows_go_that_are_set_aside() {
        let error = reading(&["--lenient", "--key", "k"]).checked_key(Path::new("k"));
        let error = error.expect_err("names would go anywhere").to_string();
        assert!(error.contains("say with `--rejects FILE`"), "{error}");
        let said = reading(&["--lenient", "--key", "k", "--rejects", "r"]);
        let error = said.checked_key(Path::new("no/key")).expect_err("no key").to_string();
        assert!(!error.contains("--rejects"), "{error}");
    }

    #[test]
    fn a_fault_is_quoted_only_to_those_who_may_see_it() {
        let told = |words: &[&str]| {
            let position = Position { file: "a.csv".into(), line: 7, column: "x".into() };
            let fault = Error::data(position, "Anna", "a date");
            reading(words).kept_from_whoever_may_not_see(fault).to_string()
        };
        assert!(told(&[]).contains("Anna"));
        for (words, why) in [
            (&["--key", "k"][..], "because ids are shown by pseudonyms"),
            (&["--clearance", "2"], "because its row may be above the clearance"),
            (&["--clearance", "2", "--key", "k"], "because its row may be above the clearance"),
        ] {
            let told = told(words);
            assert!(told.starts_with("a.csv:7") && told.contains(why), "{told}");
            assert!(!told.contains("Anna"), "{told}");
        }
        let usage = reading(&["--key", "k"]).kept_from_whoever_may_not_see(Error::usage("a slip"));
        assert_eq!(usage.to_string(), "a slip");
    }
}
