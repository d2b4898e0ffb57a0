//! A file on its way to its name.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IntoInnerError, Write};
use std::path::{Path, PathBuf};

use super::folder::folder_of;
use super::part;
use super::tally::{Saved, Tally};
use super::unfinished::{self, Names};

/// A file that is written and not yet where it belongs; it goes when it does not get there.
#[derive(Debug)]
pub(super) struct Draft {
    file: File,
    path: PathBuf,
    /// What it is called until then; none where it has no name.
    part: Option<PathBuf>,
}

impl Draft {
    /// A new file in the folder of `path`.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let path = path.to_owned();
        #[cfg(target_os = "linux")]
        if let Some(file) = super::nameless::open(folder_of(&path)) {
            part::claim(&file);
            return Ok(Self { file, path, part: None });
        }
        let mut names = unfinished::names();
        let (name, file) = part::first_free(folder_of(&path), create)?;
        part::claim(&file);
        names.insert(name.clone());
        Ok(Self { file, path, part: Some(name) })
    }

    /// Where it belongs.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes all of it, to the disk.
    pub(super) fn write(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Saved> {
        let mut tally = BufWriter::new(Tally::new(&self.file));
        write(&mut tally)?;
        let saved = tally.into_inner().map_err(IntoInnerError::into_error)?.finish();
        self.file.sync_all()?;
        Ok(saved)
    }

    /// Gives it a name beside the one it is for.
    #[cfg(target_os = "linux")]
    pub(super) fn name(&mut self, names: &mut Names) -> io::Result<()> {
        if self.part.is_none() {
            let link = |name: &Path| super::nameless::name(&self.file, name);
            let (name, ()) = part::first_free(folder_of(&self.path), link)?;
            names.insert(name.clone());
            self.part = Some(name);
        }
        Ok(())
    }

    /// It has one.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn name(&mut self, _: &mut Names) -> io::Result<()> {
        Ok(())
    }

    /// Puts it where it belongs, in place of what is there.
    pub(super) fn place(&mut self, names: &mut Names) -> io::Result<()> {
        if let Some(part) = &self.part {
            fs::rename(part, &self.path)?;
            names.remove(part);
        }
        self.part = None;
        Ok(())
    }

    /// The same, in one step where nothing is there.
    pub(super) fn place_at_once(&mut self, names: &mut Names) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if self.part.is_none() {
            match super::nameless::name(&self.file, &self.path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                done => return done,
            }
        }
        self.name(names)?;
        self.place(names)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            let mut names = unfinished::names();
            // It cannot be told from here; the error that led here is.
            let _ = fs::remove_file(part);
            names.remove(part);
        }
    }
}

fn create(name: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(name)?;
    own(&file).inspect_err(|_| drop(fs::remove_file(name)))?;
    Ok(file)
}

/// Only the owner may read and write it, whatever the process takes away from new files.
pub(super) fn own(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    rustix::fs::fchmod(file, rustix::fs::Mode::from_raw_mode(0o600))?;
    let _ = file;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_is_its_owners_however_open_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::create(folder.path().join("note.txt")).unwrap();
        file.set_permissions(fs::Permissions::from_mode(0o666)).unwrap();
        own(&file).unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
    }

    #[test]
    fn a_named_part_is_new_and_goes_with_its_draft() {
        let folder = tempfile::tempdir().unwrap();
        let part = folder.path().join("part");
        let file = create(&part).unwrap();
        assert_eq!(create(&part).unwrap_err().kind(), ErrorKind::AlreadyExists);
        let path = folder.path().join("note.txt");
        drop(Draft { file, path, part: Some(part) });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
