//! A folder for what is only looked at.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use kluwen::custody::names_in;
use kluwen::error::{Error, Result};

/// A folder that only its owner may look into, and that goes whatever happens.
pub(crate) struct Scratch {
    pub(crate) path: PathBuf,
}

impl Scratch {
    pub(crate) fn new(beside: &Path) -> Result<Self> {
        const TRIES: u32 = 1000;
        Self::tell_of_old(beside);
        for number in 0..TRIES {
            let path = beside.join(format!(".kluwen-verify-{}-{number}", std::process::id()));
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            match builder.create(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io(beside, "make a folder in", error)),
            }
        }
        Err(Error::usage("too many folders `.kluwen-verify-*` are left; remove them"))
    }

    /// A run that is killed cannot take its folder away.
    fn tell_of_old(beside: &Path) {
        let all = names_in(beside).unwrap_or_default();
        let is_old = |name: &OsString| name.to_string_lossy().starts_with(".kluwen-verify-");
        for name in all.into_iter().filter(is_old) {
            super::tell(&format!(
                "{}: left by a run that was stopped, or of one that goes on; it holds findings",
                beside.join(name).display()
            ));
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            super::tell(&format!(
                "error: {}: could not remove it: {error}; it holds findings, remove it by hand",
                self.path.display()
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_folder_is_its_owners_own_and_goes() {
        let beside = tempfile::tempdir().expect("a temporary folder");
        let [one, two] = [0, 1].map(|_| Scratch::new(beside.path()).expect("a folder"));
        assert_ne!(one.path, two.path);
        for scratch in [&one, &two] {
            assert_eq!(scratch.path.parent(), Some(beside.path()));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = fs::metadata(&scratch.path).expect("it is there").permissions().mode();
                assert_eq!(mode & 0o777, 0o700);
            }
        }
        fs::create_dir(one.path.join("findings")).expect("a folder");
        let path = one.path.clone();
        drop(one);
        assert!(!path.exists() && two.path.exists());
        let nowhere = beside.path().join("nowhere");
        let error = Scratch::new(&nowhere).err().expect("no such folder").to_string();
        assert!(error.contains("nowhere"), "{error}");
    }
}
