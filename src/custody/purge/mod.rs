//! A case is taken out of the files, and shown to be gone.

mod deciding;
mod looking;
mod mention;
mod proof;
mod search;
mod source;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use self::deciding::{Going, GoneTexts};
use self::mention::Mention;
pub use self::proof::{Proof, PurgedFile};
pub use self::search::Hit;
use self::search::Search;
use self::source::Source;
use self::tables::{RowFile, Rows};
use crate::case::digest::{Digest, sha256};
use crate::case::{Leaving, Table, Taken, write_snapshot};
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
    unsearched: Vec<String>,
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
            unsearched: Vec::new(),
        };
        let search = Search::new(&purge.texts.searched);
        for source in &sources {
            let (change, hits) = match source {
                Source::Closed(path) => {
                    purge.unsearched.push(looking::name(path));
                    continue;
                }
                Source::Rows(file) => {
                    let (change, kept) = Self::change_rows(file, &going)?;
                    let hits = looking::hits(&file.path, file.rows, &kept, &search);
                    (change, hits)
                }
                Source::Snapshot { path, taken } => {
                    let (change, kept) = purge.change_snapshot(path, taken, &going, &search)?;
                    let hits = looking::hits_of_snapshot(path, &kept, &search);
                    (change, hits)
                }
            };
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

    fn change_rows(file: &RowFile, going: &Going) -> Result<(Change, Vec<u8>)> {
        let (path, before) = (file.path.clone(), Digest::of_file(&file.path)?);
        let (mut spans, mut gone) = (Vec::new(), BTreeMap::new());
        file.each(&mut |row| {
            if going.takes(row.table, &row.mention) {
                spans.push(row.span);
                let table = row.table.map_or("decisions", Table::name);
                *gone.entry(table.to_owned()).or_insert(0) += 1;
            }
        })?;
        let kept = file.without(&spans);
        let after = (!spans.is_empty()).then(|| file.stored(&kept));
        Ok((Change { path, rows: Some(file.rows), before, after, gone }, kept))
    }

    fn change_snapshot(
        &self,
        path: &Path,
        taken: &Taken,
        going: &Going,
        search: &Search,
    ) -> Result<(Change, Taken)> {
        let (kept, gone) = self.snapshot(taken, going, search);
        let mut bytes = Vec::new();
        let settings = taken.snapshot.as_ref().map_or(&[][..], |made| &made.settings);
        write_snapshot(&kept, settings, &mut bytes)
            .map_err(|error| Error::io(path, "write", error))?;
        let (before, after) = (Digest::of_file(path)?, (!gone.is_empty()).then_some(bytes));
        Ok((Change { path: path.to_owned(), rows: None, before, after, gone }, kept))
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
            found.extend(looking::search_again(&change.path, change.rows, &search)?);
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
