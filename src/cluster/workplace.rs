//! The folders that a run makes in its place of work, as far as they are on this machine.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What begins the name of a run.
const RUN: &str = "run";
/// A run that wrote nothing more for so long is over.
const OVER: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A name that no other run has, for its folders: an engine may go on writing for a run that was broken off. Names of later runs stand behind those of earlier ones.
pub(super) fn name_of_a_run() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let nanoseconds = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{RUN}{nanoseconds:016x}{:08x}{count:08x}", std::process::id())
}

/// Whether a folder carries the name of a run.
fn is_of_a_run(folder: &str) -> bool {
    let name = folder.rsplit('-').next().and_then(|name| name.strip_prefix(RUN));
    name.is_some_and(|name| name.len() == 32 && name.bytes().all(|one| one.is_ascii_hexdigit()))
}

/// Tables of one run beside those of its rounds: a folder of its own in its place of work, which ends with it where it is on this machine.
#[derive(Debug)]
pub struct Workplace {
    shelf: String,
    own: String,
}

impl Workplace {
    /// A folder for this run in a place, as the engine sees it. What runs that were broken off left there is removed a week later.
    #[must_use]
    pub fn at(place: &str) -> Self {
        let shelf = place.trim_end_matches('/').to_owned();
        if let Some(folder) = local_folder(&shelf) {
            remove_leftovers(&folder, |_| false);
        }
        let own = format!("{shelf}/{}", name_of_a_run());
        Self { shelf, own }
    }

    /// Where rounds are kept, for this run and those that go on with it.
    #[must_use]
    pub fn shelf(&self) -> &str {
        &self.shelf
    }

    /// Where this run alone writes.
    #[must_use]
    pub fn own(&self) -> &str {
        &self.own
    }
}

impl Drop for Workplace {
    /// Elsewhere than on this machine, or where the engine's files are not ours, it stays for whoever owns the place.
    fn drop(&mut self) {
        if let Some(folder) = local_folder(&self.own) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// The folder that a place is on this machine; none for a URL, which only the engine knows.
pub(super) fn local_folder(place: &str) -> Option<PathBuf> {
    let path = place.strip_prefix("file://").or(place.strip_prefix("file:")).unwrap_or(place);
    (!path.contains("://")).then(|| Path::new(path).to_owned())
}

/// The files of a table, as far as its place is on this machine.
fn files(place: &str) -> impl Iterator<Item = PathBuf> {
    let entries = local_folder(place).and_then(|folder| std::fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "parquet"))
}

/// Whether files lie at the place of a table, as far as that is on this machine: an engine that sees none there looks elsewhere.
pub(super) fn holds_files(place: &str) -> bool {
    files(place).next().is_some()
}

/// Whether a file at the place of a table was not written to its end, as far as that is on this machine. Engines do not always say so: Spark tells of an
/// exception in a thread.
pub(super) fn holds_a_broken_file(place: &str) -> bool {
    files(place).any(|path| !ends_as_parquet(&path).unwrap_or(true))
}

/// Whether a file ends with the sign with which Parquet ends.
fn ends_as_parquet(path: &Path) -> std::io::Result<bool> {
    let (mut file, mut sign) = (File::open(path)?, [0; 4]);
    if file.metadata()?.len() < 8 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-4))?;
    file.read_exact(&mut sign)?;
    Ok(sign == *b"PAR1")
}

/// Removes what runs left in a folder a week ago, but for what is kept.
pub(super) fn remove_leftovers(folder: &Path, kept: impl Fn(&str) -> bool) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let written = entry.metadata().and_then(|known| known.modified()).ok();
        let age = written.and_then(|written| written.elapsed().ok()).unwrap_or_default();
        if name.to_str().is_some_and(|name| is_of_a_run(name) && !kept(name)) && age > OVER {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_of_this_machine_is_told_from_a_url() {
        for own in ["/w", "file:///w", "file:/w"] {
            assert_eq!(local_folder(own), Some("/w".into()), "{own}");
        }
        assert_eq!(local_folder("s3a://b/w"), None);
    }

    #[test]
    fn runs_have_names_that_nothing_else_has() {
        let (one, other) = (name_of_a_run(), name_of_a_run());
        assert!(is_of_a_run(&one) && is_of_a_run(&format!("labels-5-{other}")));
        for other in
            ["run", "labels-5", "photos-run2026", "STATE", "run-0123456789abcdef0123456789abcdef"]
        {
            assert!(!is_of_a_run(other), "{other}");
        }
    }

    #[test]
    fn a_file_that_was_not_written_to_its_end_is_seen() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let place = folder.path().to_string_lossy().into_owned();
        let write = |name: &str, bytes: &[u8]| {
            fs::write(folder.path().join(name), bytes).expect("written");
            (holds_files(&place), holds_a_broken_file(&place))
        };
        assert_eq!(write("_SUCCESS", b""), (false, false));
        assert_eq!(write("a.parquet", b"PAR1 rows PAR1"), (true, false));
        assert_eq!(write("b.parquet", b"PAR1 ro"), (true, true));
        assert_eq!(write("b.parquet", b"PAR1 rows PA"), (true, true));
        assert!(!holds_files("s3a://b/w") && !holds_a_broken_file("s3a://b/w"));
    }

    #[test]
    fn what_a_run_wrote_ends_with_it_and_what_another_left_a_week_later() {
        let work = tempfile::TempDir::new().expect("a folder");
        let [young, old, kept] = [(); 3].map(|()| work.path().join(name_of_a_run()));
        let theirs = work.path().join("labels-1");
        for folder in [&young, &old, &kept, &theirs] {
            fs::create_dir(folder).expect("a folder");
        }
        let long_ago = SystemTime::now() - OVER - Duration::from_secs(1);
        for folder in [&old, &kept, &theirs] {
            File::open(folder).and_then(|one| one.set_modified(long_ago)).expect("it is older");
        }
        remove_leftovers(work.path(), |name| {
            Some(name) == kept.file_name().and_then(|own| own.to_str())
        });
        assert!(young.exists() && kept.exists() && theirs.exists() && !old.exists());
        let place = Workplace::at(&work.path().to_string_lossy());
        assert!(young.exists() && !kept.exists() && theirs.exists());
        assert_eq!(Path::new(place.own()).parent(), Some(Path::new(place.shelf())));
        fs::create_dir(place.own()).expect("a folder");
        let own = place.own().to_owned();
        drop(place);
        assert!(!Path::new(&own).exists() && young.exists());
    }
}
