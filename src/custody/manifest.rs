//! `manifest.json`: what went in, how it was asked, and what came out.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::case::InputFile;
use crate::case::digest::{self, is_sha256, sha256};
use crate::error::{Error, Position, Result, printable};
use crate::output::{Drafts, InputGuard, Saved, save, write_json};

/// What a folder of findings was made from, and what is in it.
///
/// It is written last, so that a folder without it is an unfinished run. It holds no time, no user,
/// no machine, no path and no number of threads: the same input, settings and version give the
/// same bytes.
///
/// Its `seal` is the SHA-256 of its own text with the seal left empty. So a bit that flips in it is found. It is no
/// signature: whoever changes the manifest on purpose can seal it anew, and only who kept its SHA-256 elsewhere, as an
/// [`AuditLog`](super::AuditLog) does, can tell.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Manifest;
///
/// let manifest = Manifest::new(7);
/// let text = manifest.to_json();
/// assert!(text.contains("\"seed\": 7"));
/// assert!(Manifest::parse(&text)?.is_sealed);
/// assert!(!Manifest::parse(&text.replace("\"seed\": 7", "\"seed\": 8"))?.is_sealed);
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`Manifest::SCHEMA`]; an older file may say `kluwen.manifest/1`.
    pub schema: String,
    /// The version of the engine.
    pub version: String,
    /// The command that made the folder, argument by argument; `{case}`, `{out}`, `{mapping}`, `{grades}`, `{decisions}` and
    /// `{rejects}` stand for paths. Empty where it is not known.
    #[serde(default)]
    pub command: Vec<String>,
    /// Every option by its name, whether given or by default.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// Where every random choice comes from.
    pub seed: u64,
    /// How much the reader would have taken in.
    #[serde(default)]
    pub limits: serde_json::Value,
    /// How many rows came to what.
    pub rows: Counts,
    /// What went in.
    pub inputs: Vec<InputEntry>,
    /// What came out, in the order in which it was written.
    pub outputs: Vec<FileEntry>,
    /// The SHA-256 of the text of the manifest with this empty.
    #[serde(default)]
    pub seal: String,
}

/// A file that came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name, without its folder.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A file that went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputEntry {
    /// As what it was read.
    #[serde(default)]
    pub role: InputRole,
    /// Its name, without its folder.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal; only a manifest of the first schema may lack it.
    pub sha256: Option<String>,
}

/// As what a file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputRole {
    /// A file of the case.
    #[default]
    Case,
    /// How files with other names are read.
    Mapping,
    /// What grades are worth.
    Grades,
    /// What a person decided about who is who.
    Decisions,
    /// A file that went into the snapshot, when that was made.
    Packed,
    /// The snapshot.
    Snapshot,
}

/// How many rows came to what; the first is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows read.
    pub read: usize,
    /// Rows that are in the case.
    pub used: usize,
    /// Rows with a fault.
    pub refused: usize,
}

/// A manifest as it was read back.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadManifest {
    /// What it says.
    pub manifest: Manifest,
    /// Whether its text is the one that was sealed.
    pub is_sealed: bool,
}

impl Manifest {
    /// What the file is called.
    pub const NAME: &'static str = "manifest.json";

    /// How it is laid out: the second has `command`, `limits`, `seal`, and the role of each input.
    pub const SCHEMA: &'static str = "kluwen.manifest/2";

    const FIRST: &'static str = "kluwen.manifest/1";

    /// A manifest of nothing yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            command: Vec::new(),
            settings: serde_json::Map::new(),
            seed,
            limits: serde_json::Value::Null,
            rows: Counts::default(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            seal: String::new(),
        }
    }

    /// Names files that went in.
    ///
    /// # Errors
    ///
    /// If one was read without its SHA-256 ([`ReadOptions::digest`](crate::case::ReadOptions::digest)).
    pub fn read_from(&mut self, role: InputRole, files: &[InputFile]) -> Result<()> {
        for file in files {
            let InputFile { name, bytes, sha256 } = file.without_folder();
            if sha256.is_none() {
                return Err(Error::usage(format!(
                    "{}: read without its SHA-256, which a manifest must hold; read or pack it with `digest: true`",
                    printable(&name)
                )));
            }
            self.inputs.push(InputEntry { role, name, bytes, sha256 });
        }
        Ok(())
    }

    /// Names a file that came out.
    pub fn wrote(&mut self, name: impl Into<String>, saved: Saved) {
        let Saved { bytes, sha256 } = saved;
        self.outputs.push(FileEntry { name: name.into(), bytes, sha256 });
    }

    /// The text of the file, sealed.
    ///
    /// # Panics
    ///
    /// Never: its keys are text, and memory takes what is written.
    #[must_use]
    pub fn to_json(&self) -> String {
        let open = Self { seal: String::new(), ..self.clone() };
        let mut json = Vec::new();
        write_json(&open, &mut json).expect("its keys are text and it writes to memory");
        let json = String::from_utf8(json).expect("JSON is UTF-8");
        let Some(before) = json.strip_suffix(END) else { return json };
        format!("{before}{}{END}", sha256(&[json.as_bytes()]))
    }

    /// What a text says, and whether it is the one that was sealed.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or not of a manifest that this version knows.
    pub fn parse(text: &str) -> Result<ReadManifest> {
        let bad = |line: usize, found: String| {
            let position =
                Position { file: Self::NAME.into(), line: line as u64, column: String::new() };
            let expected = "a manifest as this version writes it; make the findings anew";
            Error::data(position, found, expected)
        };
        let manifest: Self = serde_json::from_str(text)
            .map_err(|error| bad(error.line(), printable(&error.to_string())))?;
        if ![Self::SCHEMA, Self::FIRST].contains(&manifest.schema.as_str()) {
            return Err(bad(0, format!("schema `{}`", crate::error::excerpt(&manifest.schema))));
        }
        Ok(ReadManifest { is_sealed: is_sealed(text), manifest })
    }

    /// Whether it was written before there were seals. One that says so, and holds what came with the seals, does not tell the truth.
    #[must_use]
    pub fn is_unsealed_schema(&self) -> bool {
        let is_of_first = |input: &InputEntry| input.role == InputRole::Case;
        self.schema == Self::FIRST
            && self.seal.is_empty()
            && self.command.is_empty()
            && self.limits.is_null()
            && self.inputs.iter().all(is_of_first)
    }

    /// Writes the file into `folder`; the last thing to be done there.
    ///
    /// # Errors
    ///
    /// As those of [`save`].
    pub fn save(&self, folder: &Path, guard: &InputGuard) -> Result<Saved> {
        let json = self.to_json();
        save(folder.join(Self::NAME), guard, |out| out.write_all(json.as_bytes()))
    }

    /// The same beside `drafts`, as the last of them: they are committed with it.
    ///
    /// # Errors
    ///
    /// As those of [`Drafts::stage`].
    pub fn stage(&self, folder: &Path, drafts: &mut Drafts<'_>) -> Result<Saved> {
        let json = self.to_json();
        drafts.stage(folder.join(Self::NAME), |out| out.write_all(json.as_bytes()))
    }
}

/// What stands behind the seal.
const END: &str = "\"\n}\n";

fn is_sealed(text: &str) -> bool {
    let Some(inside) = text.strip_suffix(END) else { return false };
    let cut = inside.len().saturating_sub(digest::LETTERS);
    let (Some(before), Some(seal)) = (inside.get(..cut), inside.get(cut..)) else { return false };
    before.ends_with("\"seal\": \"")
        && is_sha256(seal)
        && sha256(&[before.as_bytes(), END.as_bytes()]) == seal
}

#[cfg(test)]
mod tests;
