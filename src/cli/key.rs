//! `kluwen key`: a key for the pseudonyms of a case.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::custody::Key;
use kluwen::error::Result;
use kluwen::output::InputGuard;

use super::Manner;

/// A new key, under which a case's ids have pseudonyms
///
/// Give it to any command with `--key FILE`. The same id has the same pseudonym under one key, in every run and every state of the files, and under
/// another key another. Keep it apart from the case and from all that goes out: who holds it and the case can tell whose a pseudonym
/// is. It comes from the system's source of randomness; only its owner may read it, and no key is written over.
#[derive(Debug, Args)]
pub(crate) struct KeyCommand {
    /// The file, which must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl KeyCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let key = Key::random()?;
        key.save(&self.file, &InputGuard::default())?;
        manner.say(&format!(
            "{} holds a new key, {}; keep it: without it nobody can tell whose a pseudonym is",
            self.file.display(),
            key.fingerprint()
        ));
        Ok(ExitCode::SUCCESS)
    }
}
