//! The flags that say who is who.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kluwen::Case;
use kluwen::error::{Error, Result};
use kluwen::identity::clean::Region;
use kluwen::identity::{Decisions, Identities, Resolution};

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
    /// Who the people of a case are, with every random choice from `seed`.
    pub(crate) fn take(&self, case: &Case, seed: u64) -> Result<Identities> {
        match self.identity {
            IdentityForm::Given => Ok(Identities::as_given(case)),
            IdentityForm::Resolved => self.resolution(seed)?.of(case),
        }
    }

    /// How mentions are read as people.
    pub(crate) fn resolution(&self, seed: u64) -> Result<Resolution> {
        let region = Region::parse(&self.region).ok_or_else(|| {
            Error::usage(format!("`--region {}` is no country whose telephone numbers are known; give two letters such as nl", self.region))
        })?;
        let decisions =
            self.decisions.as_deref().map(Decisions::read).transpose()?.unwrap_or_default();
        Ok(Resolution { region, decisions, seed, ..Resolution::default() })
    }
}
