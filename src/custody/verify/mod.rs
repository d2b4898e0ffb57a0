//! Whether a folder of findings is still what its manifest says.

mod verifier;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::verifier::{Verifier, listed, told};
use super::manifest::Manifest;
use crate::case::digest::Digest;
use crate::error::{Error, Position, Result};

/// Where the files lie now that went into findings.
#[derive(Clone, Debug, Default)]
pub struct InputPaths {
    /// The case; without it no input is looked at.
    pub case: Option<PathBuf>,
    /// The mapping, unless it is `mapping.toml` in the case.
    pub mapping: Option<PathBuf>,
    /// The table of grades.
    pub grades: Option<PathBuf>,
    /// The decisions about who is who.
    pub decisions: Option<PathBuf>,
}

/// Of what something is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The manifest itself.
    Manifest,
    /// A file that came out.
    Output,
    /// A file that went in.
    Input,
    /// A file of the folder that the manifest does not name.
    Folder,
    /// A file that comes out otherwise when the command is repeated.
    Repeated,
}

impl Part {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Output => "output",
            Self::Input => "input",
            Self::Folder => "folder",
            Self::Repeated => "repeated",
        }
    }
}

/// One thing that is not as the manifest says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Of what.
    pub part: Part,
    /// Of which file.
    pub name: String,
    /// What is there.
    pub found: String,
    /// What the manifest says.
    pub expected: String,
}

/// What came of looking at a folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Verification {
    /// What the manifest says.
    pub manifest: Manifest,
    /// The SHA-256 of the manifest, to be held against one that was kept elsewhere.
    pub manifest_sha256: String,
    /// How many outputs were looked at.
    pub outputs: usize,
    /// How many inputs were looked at.
    pub inputs: usize,
    /// What could not be looked at, and why.
    pub unseen: Vec<String>,
    /// All that is not as it should be.
    pub differences: Vec<Difference>,
}

impl Verification {
    /// Whether all that was looked at is as the manifest says.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Holds a folder, and the files that went into it, against its manifest.
///
/// Looked at are the seal of the manifest, the size and SHA-256 of each output, whether the folder holds files that the manifest
/// does not name, and, where `paths` has the case, each input. A file that is not there is a difference, too.
///
/// # Errors
///
/// If there is no manifest, because the run did not finish; if it cannot be read.
///
/// # Examples
///
/// ```
/// use kluwen::custody::{InputPaths, Manifest, verify};
/// use kluwen::output::{InputGuard, save};
///
/// let folder = std::env::temp_dir().join("kluwen-verify-example");
/// std::fs::create_dir_all(&folder)?;
/// let guard = InputGuard::default();
/// let mut manifest = Manifest::new(0);
/// manifest.wrote("note.txt", save(folder.join("note.txt"), &guard, |out| out.write_all(b"seen"))?);
/// manifest.save(&folder, &guard)?;
/// assert!(verify(&folder, &InputPaths::default())?.holds());
/// std::fs::write(folder.join("note.txt"), b"sent")?;
/// let verification = verify(&folder, &InputPaths::default())?;
/// assert_eq!(verification.differences[0].name, "note.txt");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(folder: &Path, paths: &InputPaths) -> Result<Verification> {
    let text = manifest_text(folder)?;
    let mut digest = Digest::default();
    digest.take(text.as_bytes());
    let read = Manifest::parse(&text)?;
    let mut verifier = Verifier { folder, differences: Vec::new(), unseen: Vec::new() };
    if read.manifest.is_unsealed_schema() {
        verifier.unseen.push("the manifest: it was written before manifests had seals".into());
    } else if !read.is_sealed {
        let name = Manifest::NAME.into();
        verifier.say(
            Part::Manifest,
            name,
            "another text: the seal does not hold",
            "the text that was sealed",
        );
    }
    verifier.outputs(&read.manifest);
    verifier.strangers(&read.manifest)?;
    let inputs = verifier.inputs(&read.manifest, paths);
    let Verifier { differences, unseen, .. } = verifier;
    Ok(Verification {
        manifest_sha256: digest.sha256(),
        outputs: read.manifest.outputs.len(),
        inputs,
        manifest: read.manifest,
        unseen,
        differences,
    })
}

/// What differs between a folder and one that was made by the same command, byte by byte.
///
/// # Errors
///
/// If a folder cannot be listed.
pub fn compare(folder: &Path, repeated: &Path) -> Result<Vec<Difference>> {
    let names: BTreeSet<String> = listed(folder)?.into_iter().chain(listed(repeated)?).collect();
    let side = |folder: &Path, name: &str| Digest::of_file(&folder.join(name));
    let mut differences = Vec::new();
    for name in names {
        let (old, new) = (side(folder, &name), side(repeated, &name));
        let same = matches!((&old, &new), (Ok(old), Ok(new)) if old.sha256() == new.sha256());
        if !same {
            let (found, expected) = (told(&old), format!("{} from the same command", told(&new)));
            differences.push(Difference { part: Part::Repeated, name, found, expected });
        }
    }
    Ok(differences)
}

fn manifest_text(folder: &Path) -> Result<String> {
    const ENOUGH: u64 = 64 << 20;
    let path = folder.join(Manifest::NAME);
    let at = |found: &str, expected: &str| {
        let file = path.to_string_lossy().into_owned();
        Error::data(Position { file, ..Position::default() }, found, expected)
    };
    let size = match fs::metadata(&path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Err(at("something that is no file", "the manifest")),
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
            return Err(at(
                "no manifest, so the run that made the folder did not finish",
                "a folder of findings; make them again",
            ));
        }
        Err(error) => return Err(Error::io(path, "read", error)),
    };
    if size > ENOUGH {
        return Err(at(&format!("{size} bytes"), &format!("a manifest, of at most {ENOUGH}")));
    }
    let bytes = fs::read(&path).map_err(|error| Error::io(&path, "read", error))?;
    String::from_utf8(bytes).map_err(|_| at("bytes that are not UTF-8", "JSON in UTF-8"))
}
