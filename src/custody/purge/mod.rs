//! A case is taken out of the files, and shown to be gone.

mod deciding;
mod mention;
mod search;
mod source;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::deciding::{Going, GoneTexts};
use self::mention::Mention;
pub use self::search::Hit;
use self::search::Search;
use self::source::Source;
use self::tables::{RowFile, Rows};
use super::digest::{Digest, sha256};
use crate::case::{Leaving, ReadOptions, Strictness, Table, Taken, read, write_snapshot};
use crate::error::{Error, Result, excerpt};
use crate::output::{InputGuard, Saved, save};

/// A case that is to be taken out of files.
///
/// With it go its rows; people whom no other case mentions, with their identifiers, the links and advertisements that are of no case and name
/// them, and the decisions about them; channels and places that no row mentions which stays. Every other row stays byte for byte, in its
/// order.
///
/// - **Cost**: all files are held in memory, unpacked, twice.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Purge;
///
/// let folder = std::env::temp_dir().join("kluwen-purge-example");
/// std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("people.csv"), "person_id,name\np1,Anna\np2,Bram\n")?;
/// std::fs::write(folder.join("roles.csv"), "case_id,person_id,role\nc1,p1,victim\nc2,p2,victim\n")?;
/// let purge = Purge::plan("c1", std::slice::from_ref(&folder))?;
/// let (proof, _) = purge.carry_out()?;
/// assert_eq!(proof.people, 1);
/// assert!(proof.hits.is_empty());
/// assert_eq!(std::fs::read_to_string(folder.join("people.csv"))?, "person_id,name\np2,Bram\n");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Purge {
    case_id: String,
    people: usize,
    texts: GoneTexts,
    changes: Vec<Change>,
    hits: Vec<Hit>,
}

/// What becomes of one file.
#[derive(Debug)]
struct Change {
    path: PathBuf,
    /// As what it is searched afterwards.
    rows: Option<Rows>,
    before: Digest,
    /// The bytes to be stored; none where the file stays as it is.
    after: Option<Vec<u8>>,
    gone: BTreeMap<String, usize>,
}

/// What was taken out of which files, and what of it is still to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// `kluwen.purge/1`.
    pub schema: &'static str,
    /// The version of the engine.
    pub version: &'static str,
    /// Whether it was done, or would be.
    pub is_done: bool,
    /// The SHA-256 of the id of the case. Ids are short: who tries them all finds it.
    pub case_id_sha256: String,
    /// How many people went, because no other case mentions them.
    pub people: usize,
    /// The files, those that stay as they are among them.
    pub files: Vec<PurgedFile>,
    /// For how many texts all bytes of the files were searched: ids, names, aliases, identifiers and advertisements that went.
    pub searched: usize,
    /// How many were too short to be searched for; rows that hold them as an id are gone.
    pub too_short: usize,
    /// How many were not searched for, because rows that stay say them too.
    pub shared: usize,
    /// Where one of the texts still stands.
    pub hits: Vec<Hit>,
    /// What this does not show.
    pub not_shown: Vec<&'static str>,
}

/// A file of which something was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PurgedFile {
    /// Its name, without its folder.
    pub name: String,
    /// How many rows went, by table.
    pub rows: BTreeMap<String, usize>,
    /// Its SHA-256 before.
    pub sha256_before: String,
    /// Its SHA-256 afterwards.
    pub sha256_after: String,
}

/// What no program can show that only sees files.
const NOT_SHOWN: [&str; 4] = [
    "that the old bytes are gone from the disk: a file system keeps blocks until they are used again",
    "that no other copy is left: backups, snapshots of the file system, mails, exports, findings, audit logs and rejects files",
    "that nothing was written about these people in other words: texts are searched for as they stood in the files",
    "that whoever read the case forgot it",
];

impl Purge {
    /// Finds out what goes with the case, and changes nothing.
    ///
    /// # Errors
    ///
    /// If no file has a row of the case; if a path is nothing that can be purged, or cannot be taken apart into rows, among which one of the case might hide.
    pub fn plan(case_id: &str, paths: &[PathBuf]) -> Result<Self> {
        let mut sources: Vec<Source> = Vec::new();
        for path in paths {
            for source in Source::all_at(path)? {
                if sources.iter().all(|known| known.path() != source.path()) {
                    sources.push(source);
                }
            }
        }
        let going = Going::with(case_id, &sources)?;
        let texts = going.texts(&sources)?;
        let mut purge = Self {
            case_id: case_id.trim().to_owned(),
            people: going.people.len(),
            texts,
            changes: Vec::new(),
            hits: Vec::new(),
        };
        let search = Search::new(&purge.texts.searched);
        for source in &sources {
            let (change, hits) = purge.change(source, &going, &search)?;
            purge.changes.push(change);
            purge.hits.extend(hits);
        }
        if purge.changes.iter().all(|change| change.gone.is_empty()) {
            return Err(Error::usage(format!(
                "no row of these files is of a case `{}`; nothing was changed",
                excerpt(case_id)
            )));
        }
        purge.changes.sort_by_key(order);
        Ok(purge)
    }

    fn change(
        &self,
        source: &Source,
        going: &Going,
        search: &Search,
    ) -> Result<(Change, BTreeSet<Hit>)> {
        let before = Digest::of_file(source.path())?;
        let path = source.path().to_owned();
        match source {
            Source::Rows(file) => {
                let (mut spans, mut gone) = (Vec::new(), BTreeMap::new());
                file.each(&mut |row| {
                    if going.takes(row.table, &row.mention) {
                        spans.push(row.span);
                        let table = row.table.map_or("decisions", Table::name);
                        *gone.entry(table.to_owned()).or_insert(0) += 1;
                    }
                })?;
                let kept = file.without(&spans);
                let hits = hits(&path, Some(file.rows), &kept, search);
                let after = (!spans.is_empty()).then(|| file.stored(&kept));
                Ok((Change { path, rows: Some(file.rows), before, after, gone }, hits))
            }
            Source::Snapshot { taken, .. } => {
                let (kept, gone) = self.snapshot(taken, going, search);
                let hits = hits_of_snapshot(&path, &kept, search);
                let mut bytes = Vec::new();
                let settings = taken.snapshot.as_ref().map_or(&[][..], |made| &made.settings);
                write_snapshot(&kept, settings, &mut bytes)
                    .map_err(|error| Error::io(&path, "write", error))?;
                let after = (!gone.is_empty()).then_some(bytes);
                Ok((Change { path, rows: None, before, after, gone }, hits))
            }
        }
    }

    fn snapshot(
        &self,
        taken: &Taken,
        going: &Going,
        search: &Search,
    ) -> (Taken, BTreeMap<String, usize>) {
        let goes = |table: Table, row: usize| {
            going.takes(Some(table), &Mention::of_row(&taken.case, table, row))
        };
        let mut gone = BTreeMap::new();
        for table in Table::ALL {
            let count = (0..taken.case.rows_of(table)).filter(|&row| goes(table, row)).count();
            if count > 0 {
                gone.insert(table.name().to_owned(), count);
            }
        }
        let quoted =
            |text: &str| self.texts.short.iter().any(|short| text.contains(&format!("`{short}`")));
        let kept = taken.without(&Leaving {
            row: &goes,
            person: &|id| going.people.contains(id),
            tells: &|text| quoted(text) || search.is_in(text),
        });
        (kept, gone)
    }

    /// What would go, and where something of it would still stand.
    #[must_use]
    pub fn proof(&self) -> Proof {
        let after = |change: &Change| match &change.after {
            Some(bytes) => sha256(&[bytes]),
            None => change.before.sha256(),
        };
        self.told(false, self.changes.iter().map(after).collect(), self.hits.clone())
    }

    fn told(&self, is_done: bool, after: Vec<String>, mut hits: Vec<Hit>) -> Proof {
        let file = |(change, sha256_after): (&Change, String)| PurgedFile {
            name: name(&change.path),
            rows: change.gone.clone(),
            sha256_before: change.before.sha256(),
            sha256_after,
        };
        hits.sort();
        Proof {
            schema: "kluwen.purge/1",
            version: env!("CARGO_PKG_VERSION"),
            is_done,
            case_id_sha256: sha256(&[self.case_id.as_bytes()]),
            people: self.people,
            files: self.changes.iter().zip(after).map(file).collect(),
            searched: self.texts.searched.len(),
            too_short: self.texts.short.len(),
            shared: self.texts.shared,
            hits,
            not_shown: NOT_SHOWN.to_vec(),
        }
    }

    /// Writes the files without the case, each whole or not at all, reads them again, and searches them; also which files were written.
    ///
    /// A run that is stopped can be repeated: who is to go is told by the rows of the case, which go last.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or read again, or was changed since.
    pub fn carry_out(&self) -> Result<(Proof, Vec<(PathBuf, Saved)>)> {
        let mut written = Vec::new();
        for change in &self.changes {
            let Some(bytes) = &change.after else { continue };
            if Digest::of_file(&change.path)?.sha256() != change.before.sha256() {
                let name = crate::error::printable(&change.path.to_string_lossy());
                return Err(Error::usage(format!(
                    "{name}: somebody changed it meanwhile; purge again"
                )));
            }
            let saved = save(&change.path, &InputGuard::default(), |out| out.write_all(bytes))?;
            written.push((change.path.clone(), saved));
        }
        let search = Search::new(&self.texts.searched);
        let (mut after, mut found) = (Vec::new(), BTreeSet::new());
        for change in &self.changes {
            after.push(Digest::of_file(&change.path)?.sha256());
            found.extend(search_again(change, &search)?);
        }
        Ok((self.told(true, after, found.into_iter().collect()), written))
    }
}

/// What refers to others goes before them, and the rows of the case, which tell who is to go, go last.
fn order(change: &Change) -> usize {
    let table = match change.rows {
        None | Some(Rows::Unknown | Rows::Decisions) => return 0,
        Some(Rows::Json) => return 1,
        Some(Rows::Csv(table)) => table,
    };
    let written = [
        Table::Identifiers,
        Table::People,
        Table::Channels,
        Table::Places,
        Table::Ads,
        Table::Links,
        Table::Roles,
        Table::Cases,
    ];
    2 + written.iter().position(|one| *one == table).unwrap_or(0)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The lines of a file on which something still stands that should be gone; in JSON also what its escapes hide.
fn hits(path: &Path, rows: Option<Rows>, bytes: &[u8], search: &Search) -> BTreeSet<Hit> {
    let mut lines = search.lines(bytes);
    if rows == Some(Rows::Json) {
        lines.extend(search.lines(&unescaped(bytes)));
    }
    lines.into_iter().map(|line| Hit { file: name(path), line }).collect()
}

/// The texts of each line of JSON, on the same line.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for line in bytes.split(|&b| b == b'\n') {
        if let Ok(serde_json::Value::Object(object)) = serde_json::from_slice(line) {
            for value in object.values().filter_map(serde_json::Value::as_str) {
                text.push_str(&value.replace('\n', " "));
                text.push(' ');
            }
        }
        text.push('\n');
    }
    text.into_bytes()
}

fn hits_of_snapshot(path: &Path, taken: &Taken, search: &Search) -> BTreeSet<Hit> {
    let said = taken.faults.listed().iter().flat_map(|fault| [&fault.found, &fault.expected]);
    let mut texts = taken.case.texts().chain(said.map(String::as_str));
    let found = texts.any(|text| search.is_in(text));
    found.then(|| Hit { file: name(path), line: 0 }).into_iter().collect()
}

/// What is on the disk now.
fn search_again(change: &Change, search: &Search) -> Result<BTreeSet<Hit>> {
    match change.rows {
        Some(rows) => {
            let file = RowFile::read(&change.path, rows)?;
            Ok(hits(&change.path, Some(rows), &file.bytes, search))
        }
        None => {
            let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
            let taken = read(&change.path, &options)?;
            Ok(hits_of_snapshot(&change.path, &taken, search))
        }
    }
}
