//! The flags that say who is who.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kluwen::case::InputFile;
use kluwen::custody::Manifest;
use kluwen::error::{Error, Result};
use kluwen::identity::clean::Region;
use kluwen::identity::{Decisions, Identities, Resolution};

use super::Manner;
use super::reading::{Read, Reading, setting};

/// Who the people are.
#[derive(Clone, Debug, Args)]
pub(crate) struct IdentityFlags {
    /// Whether two ids may be one person: worked out, or as the ids say
    #[arg(long, value_enum, default_value_t, value_name = "READING")]
    identity: IdentityForm,
    /// What a person decided about who is who, as `kluwen identities` writes it
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// The country whose telephone numbers are written without a country code
    #[arg(long, value_name = "ISO", default_value = "nl")]
    region: String,
    /// Where random choices come from; codes such as E12 agree between commands with one seed
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
}

/// Where it comes from who is who.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum IdentityForm {
    /// Worked out from names, numbers and company
    #[default]
    Resolved,
    /// Each id is a person of its own
    Given,
}

impl IdentityFlags {
    /// Reads a case and says who its people are.
    pub(crate) fn take(&self, reading: &Reading, manner: Manner) -> Result<(Read, Identities)> {
        let mut read = reading.take(manner, None, self.decisions())?;
        let identities = self.resolve(&mut read)?;
        Ok((read, identities))
    }

    /// Whether each id is a person of its own.
    pub(crate) fn is_given(&self) -> bool {
        self.identity == IdentityForm::Given
    }

    /// The file of decisions: one more that goes in, and is not written over.
    pub(crate) fn decisions(&self) -> Option<&Path> {
        self.decisions.as_deref()
    }

    /// Who the people of a case are; the file of decisions is noted among its settings.
    pub(crate) fn resolve(&self, read: &mut Read) -> Result<Identities> {
        let resolution = self.resolution(&mut read.settings)?;
        match self.identity {
            IdentityForm::Given => Ok(Identities::as_given(&read.taken.case)),
            IdentityForm::Resolved => resolution.of(&read.taken.case),
        }
    }

    /// What the manifest tells of these flags.
    pub(crate) fn note(&self, manifest: &mut Manifest) {
        let identity = match self.identity {
            IdentityForm::Resolved => "resolved",
            IdentityForm::Given => "given",
        };
        let samples = match self.identity {
            IdentityForm::Resolved => Resolution::default().samples,
            IdentityForm::Given => 0,
        };
        for (name, value) in [
            ("identity", identity.into()),
            ("identity_samples", samples.into()),
            ("region", self.region.to_ascii_lowercase().into()),
        ] {
            manifest.settings.insert(name.to_owned(), value);
        }
    }

    /// The country whose telephone numbers are written without a country code.
    pub(crate) fn region(&self) -> Result<Region> {
        Region::parse(&self.region).ok_or_else(|| {
            Error::usage(format!(
                "`--region {}` is no country whose telephone numbers are known; give two letters such as nl",
                self.region
            ))
        })
    }

    pub(crate) fn resolution(&self, settings: &mut Vec<InputFile>) -> Result<Resolution> {
        let region = self.region()?;
        let decisions = match &self.decisions {
            None => Decisions::default(),
            Some(_) if self.identity == IdentityForm::Given => {
                return Err(Error::usage(
                    "`--identity given` takes the ids as they are; leave out `--decisions`, or take `--identity resolved`",
                ));
            }
            Some(path) => decisions(path, settings)?,
        };
        Ok(Resolution { region, decisions, seed: self.seed, ..Resolution::default() })
    }
}

/// The decisions in a file, which is noted; pipes, devices and what is too large for a file of settings are refused.
pub(crate) fn decisions(path: &Path, settings: &mut Vec<InputFile>) -> Result<Decisions> {
    setting(path, settings)?;
    Decisions::read(path)
}
