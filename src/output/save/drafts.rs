//! Files that belong together take their names together.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::folder::{Folder, folder_of};
use super::guard::InputGuard;
use super::part;
use super::tally::Saved;
use super::unfinished::{self, Names};
use crate::error::{Error, Result, printable};
use crate::listing::names_in;

/// Files that are written whole before any of them takes its name.
///
/// The last one vouches for the others: an old file of its name goes before any other is replaced, and it takes its
/// name when all others have theirs. So a folder whose last file is there holds one run, and a run that fails before
/// [`commit`](Self::commit), for whatever reason, leaves the folder as it was.
///
/// # Examples
///
/// ```
/// use kluwen::output::{Drafts, InputGuard};
///
/// let folder = std::env::temp_dir().join("kluwen-drafts-example");
/// std::fs::create_dir_all(&folder)?;
/// let guard = InputGuard::default();
/// let mut drafts = Drafts::new(&guard);
/// drafts.stage(folder.join("map.svg"), |out| out.write_all(b"<svg/>"))?;
/// drafts.stage(folder.join("manifest.json"), |out| out.write_all(b"{}"))?;
/// assert!(!folder.join("map.svg").exists());
/// drafts.commit()?;
/// assert!(folder.join("map.svg").exists() && folder.join("manifest.json").exists());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Drafts<'g> {
    guard: &'g InputGuard,
    staged: Vec<Draft>,
    written: Vec<(PathBuf, Saved)>,
    /// Folders in which what dead runs left was looked for.
    swept: Vec<PathBuf>,
    only_new: bool,
}

impl<'g> Drafts<'g> {
    /// No files yet; none will take the place of one in `guard`.
    #[must_use]
    pub fn new(guard: &'g InputGuard) -> Self {
        Self { guard, staged: Vec::new(), written: Vec::new(), swept: Vec::new(), only_new: false }
    }

    /// No files yet, in a folder that is to hold these and no older ones; it is made if it is not there.
    ///
    /// # Errors
    ///
    /// If something is in the folder, or it cannot be made. That another run wrote there meanwhile is an error of [`commit`](Self::commit).
    pub fn in_new_folder(folder: &Path, guard: &'g InputGuard) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::io(folder, "make the folder", error))?;
        let mut drafts = Self { only_new: true, ..Self::new(guard) };
        drafts.sweep(folder);
        let inside = names_in(folder);
        match inside.map_err(|error| Error::io(folder, "list the folder", error))?.as_slice() {
            [] => Ok(drafts),
            _ => Err(Error::usage(format!(
                "{}: the folder is not empty; what is written gets a folder of its own",
                printable(&folder.to_string_lossy())
            ))),
        }
    }

    /// Writes a file that is to stand at `path`, to the disk but without the name.
    ///
    /// # Errors
    ///
    /// As those of [`save`](super::save).
    pub fn stage(
        &mut self,
        path: impl AsRef<Path>,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Saved> {
        let path = path.as_ref();
        self.guard.check(path)?;
        let failed = |source| Error::io(path, "write", source);
        refuse_what_is_no_file(path).map_err(failed)?;
        self.sweep(folder_of(path));
        let draft = Draft::open(path).map_err(failed)?;
        let saved = draft.write(write).map_err(failed)?;
        self.staged.push(draft);
        self.written.push((path.to_owned(), saved.clone()));
        Ok(saved)
    }

    /// Where the files are to stand.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.written.iter().map(|(path, _)| path.as_path())
    }

    /// Gives all files their names, in the order in which they were written, and tells which they are.
    ///
    /// # Errors
    ///
    /// If a file cannot be named. Every file is whole then, the old one or the new one; if some are new and others old, the last is not there.
    pub fn commit(mut self) -> Result<Vec<(PathBuf, Saved)>> {
        let Some(last) = self.staged.last() else { return Ok(Vec::new()) };
        let path = last.path().to_owned();
        let failed = |source| Error::io(&path, "write", source);
        let folder = Folder::open(folder_of(&path)).map_err(failed)?;
        if self.staged.len() > 1 {
            // Before the names are held: whoever waits here for another run can still be told to end.
            folder.lock().map_err(failed)?;
        }
        if self.only_new {
            self.refuse_taken_names()?;
        }
        place(&mut self.staged, &folder, &mut unfinished::names())?;
        Ok(self.written)
    }

    /// Removes what dead runs left in a folder, once.
    pub(crate) fn sweep(&mut self, folder: &Path) {
        if !self.swept.iter().any(|swept| swept == folder) {
            part::remove_stale(folder);
            self.swept.push(folder.to_owned());
        }
    }

    fn refuse_taken_names(&self) -> Result<()> {
        let taken = self.staged.iter().find(|draft| fs::symlink_metadata(draft.path()).is_ok());
        taken.map_or(Ok(()), |draft| {
            let source = io::Error::new(ErrorKind::AlreadyExists, "another run wrote it meanwhile");
            Err(Error::io(draft.path(), "write", source))
        })
    }
}

/// A device, pipe or folder must not be replaced by a file, and nor must a link to one.
fn refuse_what_is_no_file(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(target) if target.is_file() => Ok(()),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "it is not a file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// First all get a name of their own beside the old files, because that is what fails on a full disk.
fn place(staged: &mut [Draft], folder: &Folder, names: &mut Names) -> Result<()> {
    let Some((last, others)) = staged.split_last_mut() else { return Ok(()) };
    let last_path = last.path().to_owned();
    let failed = |source| Error::io(&last_path, "write", source);
    if others.is_empty() {
        last.place_at_once(names).map_err(failed)?;
        return folder.sync().map_err(failed);
    }
    for draft in others.iter_mut().chain([&mut *last]) {
        let named = draft.name(names);
        named.map_err(|source| Error::io(draft.path(), "write", source))?;
    }
    remove(&last_path).map_err(|source| Error::io(&last_path, "remove", source))?;
    folder.sync().map_err(failed)?;
    for draft in others {
        let placed = draft.place(names).and_then(|()| folder.sync_other(folder_of(draft.path())));
        placed.map_err(|source| Error::io(draft.path(), "write", source))?;
    }
    folder.sync().map_err(failed)?;
    last.place(names).map_err(failed)?;
    folder.sync().map_err(failed)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests;
