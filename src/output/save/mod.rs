//! The one way in which a file is written: all of it, or the old one stays.

mod guard;
#[cfg(target_os = "linux")]
mod nameless;
mod tally;

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IntoInnerError, Write};
use std::path::{Path, PathBuf};

pub use guard::InputGuard;
pub use tally::Saved;

use crate::error::{Error, Result};
use tally::Tally;

/// Writes the file at `path`; whoever reads it sees the old file or the new one, never a part.
///
/// The bytes go to a temporary file in the same folder, reach the disk, and take the name in one
/// step. Where the system has files without a name, a run that is killed leaves nothing behind,
/// but for the instant between the last two steps when an old file is replaced. Only the owner may read the file. A symbolic link at `path` is replaced, not followed.
///
/// # Errors
///
/// If `path` is one of the files in `guard`, or stands for anything but a file; if `write` fails,
/// or the folder cannot be written. The old file is whole in every case.
///
/// # Examples
///
/// ```
/// use kluwen::output::{InputGuard, save};
///
/// let folder = std::env::temp_dir().join("kluwen-save-example");
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("note.txt");
/// let saved = save(&path, &InputGuard::default(), |out| out.write_all(b"seen"))?;
/// assert_eq!(saved.bytes, 4);
/// assert_eq!(std::fs::read(&path)?, b"seen");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn save(
    path: impl AsRef<Path>,
    guard: &InputGuard,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Saved> {
    let path = path.as_ref();
    guard.check(path)?;
    refuse_what_is_no_file(path)?;
    write_and_place(path, write).map_err(|source| Error::io(path, "write", source))
}

/// A device, pipe or folder must not be replaced by a file, and nor must a link to one.
fn refuse_what_is_no_file(path: &Path) -> Result<()> {
    let Ok(target) = fs::metadata(path) else {
        return Ok(());
    };
    if target.is_file() {
        return Ok(());
    }
    let source = io::Error::new(ErrorKind::InvalidInput, "it is not a file");
    Err(Error::io(path, "write", source))
}

fn write_and_place(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Saved> {
    let folder = folder_of(path);
    let draft = Draft::open(folder)?;
    let mut tally = BufWriter::new(Tally::new(&draft.file));
    write(&mut tally)?;
    let saved = tally.into_inner().map_err(IntoInnerError::into_error)?.finish();
    draft.file.sync_all()?;
    draft.place(path)?;
    sync_folder(folder)?;
    Ok(saved)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A file on its way to its name; it goes when it does not get there.
#[derive(Debug)]
struct Draft {
    file: File,
    folder: PathBuf,
    /// Its name in the folder until then; none where it has none.
    name: Option<PathBuf>,
}

impl Draft {
    fn open(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless::open(folder) {
            return Ok(Self { file, folder: folder.to_owned(), name: None });
        }
        let (name, file) = first_free(folder, create)?;
        Ok(Self { file, folder: folder.to_owned(), name: Some(name) })
    }

    fn place(mut self, path: &Path) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if self.name.is_none() {
            match nameless::name(&self.file, path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                done => return done,
            }
            let (name, ()) = first_free(&self.folder, |name| nameless::name(&self.file, name))?;
            self.name = Some(name);
        }
        if let Some(name) = &self.name {
            fs::rename(name, path)?;
        }
        self.name = None;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            // It cannot be told from here; the error that led here is.
            let _ = fs::remove_file(name);
        }
    }
}

/// What `attempt` makes under the first temporary name that nobody has.
fn first_free<T>(
    folder: &Path,
    mut attempt: impl FnMut(&Path) -> io::Result<T>,
) -> io::Result<(PathBuf, T)> {
    const TRIES: u32 = 1000;
    for number in 0..TRIES {
        let name = folder.join(format!(".kluwen-{}-{number}.part", std::process::id()));
        match attempt(&name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            done => return done.map(|made| (name, made)),
        }
    }
    let all_taken = "too many unfinished files `.kluwen-*.part` in the folder";
    Err(io::Error::new(ErrorKind::AlreadyExists, all_taken))
}

fn create(name: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(name)?;
    own(&file)?;
    Ok(file)
}

/// Only the owner may read and write it, whatever the process takes away from new files.
fn own(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    rustix::fs::fchmod(file, rustix::fs::Mode::from_raw_mode(0o600))?;
    let _ = file;
    Ok(())
}

/// Makes the new name survive a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder)?.sync_all() {
        // Some file systems have no such thing for folders.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}
