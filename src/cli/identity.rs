//! The flags that say who is who.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use kluwen::case::{Case, IdKind, InputFile};
use kluwen::custody::{Manifest, is_pseudonym};
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
        self.tell_of_lost_names(&read.taken.case, manner);
        Ok((read, identities))
    }

    /// Says that names were lost on the way, where who is who is to be worked out without them.
    pub(crate) fn tell_of_lost_names(&self, case: &Case, manner: Manner) {
        if !self.is_given() && has_lost_its_names(case) {
            manner.say(
                "caution: nobody in this case has a name, and its ids are codes: it was converted without names, so that whoever has two ids is taken for two people, does not recur, and \
                 as a victim under one id is not protected under the other. Ask the case itself; or, with an engine, give it with `--names CASE_AT_HOME --key FILE`",
            );
        }
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

/// Whether nobody has a name, and everybody a code or a pseudonym as conversions give them.
fn has_lost_its_names(case: &Case) -> bool {
    let is_code = |id: &str| {
        let number = id.strip_prefix("person-").unwrap_or_default();
        is_pseudonym(IdKind::Person, id) || number.parse::<u64>().is_ok()
    };
    let mut people = case.people.iter();
    case.people.len() > 1
        && people.all(|one| {
            !one.name.is_known() && !one.alias.is_known() && is_code(case.text(one.person))
        })
}

/// The decisions in a file, which is noted; pipes, devices and what is too large for a file of settings are refused.
pub(crate) fn decisions(path: &Path, settings: &mut Vec<InputFile>) -> Result<Decisions> {
    setting(path, settings)?;
    Decisions::read(path)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{folder_of, typed};
    use super::*;

    fn flags(words: &[&str]) -> IdentityFlags {
        typed(words)
    }

    #[test]
    fn a_country_is_told_by_two_letters() {
        assert_eq!(flags(&[]).region().expect("ours"), Region::parse("nl").expect("ours"));
        assert_eq!(flags(&["--region", "DE"]).region().ok(), Region::parse("de"));
        let error = flags(&["--region", "atlantis"]).region().expect_err("none").to_string();
        assert!(error.starts_with("`--region atlantis` is no country"), "{error}");
    }

    #[test]
    fn who_is_who_is_worked_out_by_what_was_typed() {
        let folder = folder_of(&[("d.csv", Decisions::default().to_csv())]);
        let path = folder.path().join("d.csv");
        let path = path.to_str().expect("text");
        let words = ["--decisions", path, "--region", "de", "--seed", "7"];
        let mut settings = Vec::new();
        let found = flags(&words).resolution(&mut settings).expect("all is known");
        assert_eq!((found.seed, found.region), (7, Region::parse("de").expect("a country")));
        assert_eq!(settings.len(), 1, "the decisions are noted");
        assert_eq!(flags(&words).decisions(), Some(Path::new(path)));
        assert_eq!(flags(&[]).decisions(), None);
        let given = flags(&["--identity", "given", "--decisions", path]);
        assert!(given.is_given() && !flags(&words).is_given());
        let error = given.resolution(&mut settings).expect_err("ignored").to_string();
        assert!(error.starts_with("`--identity given` takes the ids as they are"), "{error}");
    }

    #[test]
    fn a_manifest_tells_how_people_were_told_apart() {
        let noted = |words: &[&str]| {
            let mut manifest = Manifest::new(0);
            flags(words).note(&mut manifest);
            ["identity", "identity_samples", "region"].map(|name| manifest.settings[name].clone())
        };
        let given = noted(&["--identity", "given", "--region", "BE"]);
        assert_eq!(given, ["given".into(), serde_json::json!(0), "be".into()]);
        let [how, samples, _] = noted(&[]);
        assert!(how == "resolved" && samples.as_u64().is_some_and(|count| count > 0), "{samples}");
    }
}
