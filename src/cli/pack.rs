//! `kluwen pack`: a snapshot of a case.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::case::write_snapshot;
use kluwen::error::{Error, Result, printable};

use super::Manner;
use super::reading::{Read, Reading};
use super::record::save;

/// A snapshot of a case, which every command takes in its place and reads at the speed of the disk
///
/// The files are read and checked once, with the mapping and the grades that are given here, and not again. Findings are the
/// same to the byte; rows are still named by the files they stand in, and manifest.json names those files, the mapping and the
/// grades, each with its SHA-256, and the snapshot besides. It does not follow when the files change, and only the version of kluwen that made it
/// reads it: pack again. It holds all names of the case: keep it where the case is kept.
#[derive(Debug, Args)]
pub(crate) struct Pack {
    #[command(flatten)]
    reading: Reading,
    /// The snapshot; its name ends in .kluwen
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Pack {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let ending = self.file.extension().unwrap_or_default();
        if !ending.eq_ignore_ascii_case("kluwen") {
            let name = printable(&self.file.to_string_lossy());
            return Err(Error::usage(format!(
                "{name}: the name of a snapshot ends in `.kluwen`, by which it is known again"
            )));
        }
        self.reading.refuse_veils(
            "a snapshot holds all of a case; give it to the commands that read the snapshot",
        )?;
        let Read { taken, settings, .. } = self.reading.take(manner, None, None)?;
        if taken.snapshot.is_some() {
            return Err(Error::usage("CASE is a snapshot already; copy it, or pack the files"));
        }
        let guard = self.reading.guard(None);
        let saved = save(&self.file, &guard, |out| write_snapshot(&taken, &settings, out))?;
        manner.say(&format!(
            "{} holds the case in {} bytes; SHA-256 {}. It holds its names too: keep it where the case is kept",
            self.file.display(),
            saved.bytes,
            saved.sha256
        ));
        Ok(ExitCode::SUCCESS)
    }
}
