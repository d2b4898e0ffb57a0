//! `manifest.json`: what went in, how it was asked, and what came out.

use std::path::Path;

use serde::Serialize;

use crate::case::InputFile;
use crate::error::Result;
use crate::output::{Drafts, InputGuard, Saved, save, write_json};

/// What a folder of findings was made from, and what is in it.
///
/// It is written last, so that a folder without it is an unfinished run. It holds no time, no user,
/// no machine, no path and no number of threads: the same input, settings and version give the
/// same bytes.
///
/// # Examples
///
/// ```
/// use kluwen::custody::Manifest;
///
/// let manifest = Manifest::new(7);
/// assert!(manifest.to_json().contains("\"seed\": 7"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// `kluwen.manifest/1`.
    pub schema: &'static str,
    /// The version of the engine.
    pub version: &'static str,
    /// Every option by its name, whether given or by default.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// Where every random choice comes from.
    pub seed: u64,
    /// How many rows came to what.
    pub rows: Counts,
    /// What went in.
    pub inputs: Vec<FileEntry>,
    /// What came out, in the order in which it was written.
    pub outputs: Vec<FileEntry>,
}

/// A file that went in or came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Its name, without its folder.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal; none where it was not asked for.
    pub sha256: Option<String>,
}

/// How many rows came to what; the first is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows read.
    pub read: usize,
    /// Rows that are in the case.
    pub used: usize,
    /// Rows with a fault.
    pub refused: usize,
}

impl Manifest {
    /// What the file is called.
    pub const NAME: &'static str = "manifest.json";

    /// A manifest of nothing yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            schema: "kluwen.manifest/1",
            version: env!("CARGO_PKG_VERSION"),
            settings: serde_json::Map::new(),
            seed,
            rows: Counts::default(),
            inputs: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// Names the files that went in.
    pub fn read_from(&mut self, files: &[InputFile]) {
        self.inputs.extend(files.iter().map(FileEntry::of_input));
    }

    /// Names a file that came out.
    pub fn wrote(&mut self, name: impl Into<String>, saved: Saved) {
        self.outputs.push(FileEntry {
            name: name.into(),
            bytes: saved.bytes,
            sha256: Some(saved.sha256),
        });
    }

    /// The text of the file.
    ///
    /// # Panics
    ///
    /// Never: its keys are text, and memory takes what is written.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = Vec::new();
        write_json(self, &mut json).expect("its keys are text and it writes to memory");
        String::from_utf8(json).expect("JSON is UTF-8")
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

impl FileEntry {
    fn of_input(file: &InputFile) -> Self {
        let InputFile { name, bytes, sha256 } = file.without_folder();
        Self { name, bytes, sha256 }
    }
}
