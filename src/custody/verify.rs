//! Whether a folder of findings is still what its manifest says.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::digest::Digest;
use super::manifest::{InputEntry, InputRole, Manifest};
use crate::error::{Error, ErrorKind, Position, Result, printable};

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
        verifier.say(Part::Manifest, name, "another text", "the text that was sealed");
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

fn told(digest: &Result<Digest>) -> String {
    match digest {
        Ok(digest) => sized(digest.bytes(), &digest.sha256()),
        Err(error) => reason(error),
    }
}

fn sized(bytes: u64, sha256: &str) -> String {
    format!("{bytes} bytes, SHA-256 {sha256}")
}

/// Why a file could not be read, without its path.
fn reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            "no such file".into()
        }
        ErrorKind::Io { source, .. } => format!("not to be read: {source}"),
        _ => error.to_string(),
    }
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

/// The names of what a folder holds.
fn listed(folder: &Path) -> Result<Vec<String>> {
    let failed = |error| Error::io(folder, "list the folder", error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

struct Verifier<'f> {
    folder: &'f Path,
    differences: Vec<Difference>,
    unseen: Vec<String>,
}

impl Verifier<'_> {
    fn say(
        &mut self,
        part: Part,
        name: String,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let (found, expected) = (found.into(), expected.into());
        self.differences.push(Difference { part, name, found, expected });
    }

    fn outputs(&mut self, manifest: &Manifest) {
        for file in &manifest.outputs {
            if is_plain(&file.name) {
                let path = self.folder.join(&file.name);
                self.hold(Part::Output, &path, (&file.name, file.bytes, &file.sha256));
            } else {
                self.say(Part::Output, file.name.clone(), "a path", "a name in the folder");
            }
        }
    }

    fn hold(&mut self, part: Part, path: &Path, (name, bytes, sha256): (&str, u64, &str)) {
        let found = Digest::of_file(path);
        let same = |found: &Digest| found.bytes() == bytes && found.sha256() == sha256;
        if !found.as_ref().is_ok_and(same) {
            self.say(part, name.to_owned(), told(&found), sized(bytes, sha256));
        }
    }

    /// Files that nobody vouches for.
    fn strangers(&mut self, manifest: &Manifest) -> Result<()> {
        let known: BTreeSet<&str> =
            manifest.outputs.iter().map(|file| file.name.as_str()).collect();
        for name in listed(self.folder)? {
            if name != Manifest::NAME && !known.contains(name.as_str()) {
                self.say(Part::Folder, name, "a file", "no file of this name");
            }
        }
        Ok(())
    }

    fn inputs(&mut self, manifest: &Manifest, paths: &InputPaths) -> usize {
        let Some(case) = &paths.case else {
            if !manifest.inputs.is_empty() {
                self.unseen
                    .push("the files that went in: `--case CASE` says where they lie".into());
            }
            return 0;
        };
        let mut seen = 0;
        for file in &manifest.inputs {
            let Some(path) = place(file, case, paths) else {
                self.not_placed(file);
                continue;
            };
            let Some(sha256) = &file.sha256 else {
                self.unseen.push(format!("{}: its SHA-256 was not noted", printable(&file.name)));
                continue;
            };
            self.hold(Part::Input, &path, (&file.name, file.bytes, sha256));
            seen += 1;
        }
        seen
    }

    fn not_placed(&mut self, file: &InputEntry) {
        let name = file.name.clone();
        let flag = match file.role {
            InputRole::Packed => {
                let what =
                    format!("{}: it went into the snapshot, when that was made", printable(&name));
                return self.unseen.push(what);
            }
            InputRole::Mapping => "--mapping",
            InputRole::Grades => "--grades",
            InputRole::Decisions => "--decisions",
            InputRole::Case | InputRole::Snapshot => "--case",
        };
        self.say(
            Part::Input,
            name,
            "nothing that says where it lies",
            format!("`{flag}` with the file"),
        );
    }
}

/// A name that does not lead out of the folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && Path::new(name).file_name().is_some_and(|last| last == name)
}

/// Where a file that went in lies now.
fn place(file: &InputEntry, case: &Path, paths: &InputPaths) -> Option<PathBuf> {
    let inside = || (case.is_dir() && is_plain(&file.name)).then(|| case.join(&file.name));
    match file.role {
        InputRole::Case | InputRole::Snapshot => {
            inside().or_else(|| (!case.is_dir()).then(|| case.to_owned()))
        }
        InputRole::Mapping => paths.mapping.clone().or_else(inside),
        InputRole::Grades => paths.grades.clone(),
        InputRole::Decisions => paths.decisions.clone(),
        InputRole::Packed => None,
    }
}
