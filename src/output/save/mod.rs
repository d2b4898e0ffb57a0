//! The one way in which files are written: all of them, or the old ones stay.

mod draft;
mod drafts;
mod folder;
mod guard;
#[cfg(target_os = "linux")]
mod nameless;
mod part;
mod tally;
mod unfinished;

use std::io::{self, Write};
use std::path::Path;

pub use drafts::Drafts;
pub use folder::Turn;
pub(crate) use folder::sync_folder_of;
pub use guard::InputGuard;
pub use tally::Saved;
pub use unfinished::{Abandoned, abandon_drafts};

use crate::error::Result;

/// Writes the file at `path`; whoever reads it sees the old file or the new one, never a part.
///
/// The bytes go to a temporary file in the same folder, reach the disk, and take the name in one
/// step. Where the system has files without a name, a run that is killed leaves nothing behind,
/// but for the instant between the last two steps when an old file is replaced; the next run in that folder removes
/// what was left. Only the owner may read the file. A symbolic link at `path` is replaced, not followed.
/// Several files that belong together go through [`Drafts`].
///
/// # Errors
///
/// If `path` is one of the files in `guard`, or stands for anything but a file; if `write` fails,
/// or the folder cannot be written. The old file is whole in every case; where nothing but the last step failed, making
/// the new name survive a power cut, the new one is.
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
    let mut drafts = Drafts::new(guard);
    let saved = drafts.stage(path, write)?;
    drafts.commit()?;
    Ok(saved)
}
