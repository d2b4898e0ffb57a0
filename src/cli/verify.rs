//! `kluwen verify`: whether findings are still what was found, and are found again.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _};
use kluwen::custody::{Chain, Difference, InputPaths, Part, Verification, compare, verify};
use kluwen::error::{Error, Result, printable};
use kluwen::output::Sheet;
use serde::Serialize;

use super::asked::{Asked, with_paths};
use super::flags::Form;
use super::record::{self, Repeated, aside};
use super::scratch::Scratch;
use super::{Arguments, Manner, print, retention};

/// Whether findings are still what was found; with --case, whether the same command finds them again
///
/// Without --case: the seal of manifest.json, the size and SHA-256 of each file it names, files that are missing, and files that it does not name.
/// With --case also the SHA-256 of each file that went in, and the command is repeated in a folder of its own, which goes afterwards, and all that comes out is
/// compared byte by byte. The seal shows what happened to a file by chance. Against somebody who changes files and seals them anew only a hash helps that was
/// kept elsewhere: `--log` looks for that of the manifest in an audit log. Exit code 0 if all holds, 1 if something does not.
#[derive(Debug, Args)]
pub(crate) struct VerifyCommand {
    /// The folder with manifest.json, as `analyse` or `convert` made it
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The case from which it was made; the command is repeated with it
    #[arg(long, value_name = "CASE")]
    case: Option<PathBuf>,
    /// The mapping with which it was made, unless it is mapping.toml in CASE
    #[arg(long, value_name = "FILE", requires = "case")]
    mapping: Option<PathBuf>,
    /// The table of grades with which it was made
    #[arg(long, value_name = "FILE", requires = "case")]
    grades: Option<PathBuf>,
    /// The decisions with which it was made
    #[arg(long, value_name = "FILE", requires = "case")]
    decisions: Option<PathBuf>,
    /// The key under which it shows ids
    #[arg(long, value_name = "FILE", requires = "case")]
    key: Option<PathBuf>,
    /// An audit log that must name the SHA-256 of the manifest among what was written
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Where the command is repeated [default: beside DIR]
    #[arg(long, value_name = "FOLDER", requires = "case")]
    scratch: Option<PathBuf>,
    /// Repeat the command although the time of a case is over, and say why
    #[arg(long, value_name = "WHY", requires = "case")]
    expired: Option<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// What came of it, for programs.
#[derive(Serialize)]
struct Verified<'v> {
    holds: bool,
    version: &'v str,
    manifest_sha256: &'v str,
    outputs: usize,
    inputs: usize,
    repeated: bool,
    unseen: &'v [String],
    differences: &'v [Difference],
}

impl VerifyCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let mut found = verify(&self.folder, &self.paths())?;
        self.note_inputs(&found)?;
        self.look_into_log(&mut found)?;
        let repeats = self.case.is_some() && !found.manifest.command.is_empty();
        if repeats {
            Self::say_version(&found, manner);
            let differences = self.repeat(&found)?;
            found.differences.extend(differences);
        } else if self.case.is_some() {
            found.unseen.push(
                "the command: the manifest does not name it, so that it cannot be repeated".into(),
            );
        }
        self.print(&found, repeats)?;
        tell(&found, repeats, manner);
        Ok(if found.holds() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn paths(&self) -> InputPaths {
        let Self { case, mapping, grades, decisions, .. } = self;
        let (case, mapping) = (case.clone(), mapping.clone());
        InputPaths { case, mapping, grades: grades.clone(), decisions: decisions.clone() }
    }

    /// The files that were looked at, for the audit log.
    fn note_inputs(&self, found: &Verification) -> Result<()> {
        let outputs = found.manifest.outputs.iter().map(|file| file.name.as_str());
        for name in outputs.chain([kluwen::custody::Manifest::NAME]) {
            let path = self.folder.join(name);
            if path.is_file() {
                record::read_path(&path)?;
            }
        }
        let given = [&self.case, &self.mapping, &self.grades, &self.decisions];
        for path in given.into_iter().flatten() {
            record::read_all(path)?;
        }
        Ok(())
    }

    fn look_into_log(&self, found: &mut Verification) -> Result<()> {
        let Some(log) = &self.log else { return Ok(()) };
        let chain = Chain::read(log)?;
        let mut say = |found_there: &str, expected: String| {
            let name = log.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let found_there = found_there.to_owned();
            found.differences.push(Difference {
                part: Part::Manifest,
                name,
                found: found_there,
                expected,
            });
        };
        if let Some(broken) = &chain.broken {
            say("a log that was changed", format!("line {} as it was written", broken.line));
        }
        let written = chain.entries.iter().filter_map(|(_, entry)| entry.done.as_ref());
        let is_named =
            written.flat_map(|done| &done.outputs).any(|file| file.sha256 == found.manifest_sha256);
        if !is_named {
            let expected = format!("a run that wrote the manifest {}", found.manifest_sha256);
            say("no run that wrote this manifest", expected);
        }
        Ok(())
    }

    fn say_version(found: &Verification, manner: Manner) {
        let (made, own) = (&found.manifest.version, env!("CARGO_PKG_VERSION"));
        if made != own {
            manner.say(&format!(
                "Made by kluwen {made}, and this is {own}: what comes out may differ without anything being wrong; take the version that made it"
            ));
        }
    }

    /// Repeats the command in a folder of its own, and compares.
    fn repeat(&self, found: &Verification) -> Result<Vec<Difference>> {
        let scratch = Scratch::new(&self.scratch_folder()?)?;
        let out = scratch.path.join("findings");
        let paths = [
            ("case", self.case.clone()),
            ("out", Some(out.clone())),
            ("mapping", self.mapping.clone()),
            ("grades", self.grades.clone()),
            ("decisions", self.decisions.clone()),
            ("key", self.key.clone()),
            ("rejects", Some(scratch.path.join("rejects.csv"))),
        ];
        let words = with_paths(&found.manifest.command, &paths).map_err(|flag| {
            Error::usage(format!("the findings were made with a file that `{flag}` names; give it, to repeat the command"))
        })?;
        let expired_too = retention::reason("expired", self.expired.as_deref())?.is_some();
        let repeated = Repeated { today: retention::today()?, expired_too };
        aside(repeated, || again(words))?;
        compare(&self.folder, &out)
    }

    fn scratch_folder(&self) -> Result<PathBuf> {
        if let Some(scratch) = &self.scratch {
            return Ok(scratch.clone());
        }
        let real = fs::canonicalize(&self.folder)
            .map_err(|error| Error::io(&self.folder, "read", error))?;
        Ok(real.parent().unwrap_or(&real).to_owned())
    }

    fn print(&self, found: &Verification, repeated: bool) -> Result<()> {
        if self.format == Form::Json {
            return print::json(&Verified {
                holds: found.holds(),
                version: &found.manifest.version,
                manifest_sha256: &found.manifest_sha256,
                outputs: found.outputs,
                inputs: found.inputs,
                repeated,
                unseen: &found.unseen,
                differences: &found.differences,
            });
        }
        if self.format == Form::Table {
            return print::print(|out| {
                found.differences.iter().try_for_each(|one| {
                    let Difference { part, name, found, expected } = one;
                    let line = format!("{}: {name}: {found}; expected {expected}", part.name());
                    writeln!(out, "{}", printable(&line))
                })
            });
        }
        print::rows(&found.differences, || sheet(&found.differences), self.format)
    }
}

fn sheet(differences: &[Difference]) -> Sheet {
    let mut sheet = Sheet::new(["part", "name", "found", "expected"]);
    for Difference { part, name, found, expected } in differences {
        let [name, found, expected] = [name, found, expected].map(|text| text.clone().into());
        sheet.push([part.name().into(), name, found, expected]);
    }
    sheet
}

fn tell(found: &Verification, repeated: bool, manner: Manner) {
    for what in &found.unseen {
        manner.say(&format!("Not looked at: {what}"));
    }
    let end = match found.differences.len() {
        0 => "all is as the manifest says".into(),
        1 => "one difference".into(),
        count => format!("{count} differences"),
    };
    manner.say(&format!(
        "{} files that came out and {} that went in were looked at{}; manifest SHA-256 {}: {end}",
        found.outputs,
        found.inputs,
        if repeated { ", and the command was repeated" } else { "" },
        found.manifest_sha256
    ));
}

/// Runs the words of a manifest's command; only commands that make such folders.
fn again(words: Vec<OsString>) -> Result<()> {
    let wrong = |what: String| {
        Error::usage(format!("the command of the manifest cannot be repeated: {what}"))
    };
    let command = Arguments::command();
    let matches = command
        .clone()
        .try_get_matches_from(std::iter::once(OsString::from("kluwen")).chain(words))
        .map_err(|error| wrong(error.to_string()))?;
    let arguments =
        Arguments::from_arg_matches(&matches).map_err(|error| wrong(error.to_string()))?;
    let own = Asked::now();
    Asked::of(&command, &matches)?.keep();
    let manner = Manner { quiet: true };
    let done = match &arguments.command {
        super::Command::Analyse(command) => command.run(manner),
        super::Command::Convert(command) => command.run(manner),
        _ => Err(wrong("it is neither `analyse` nor `convert`".into())),
    };
    own.keep();
    done.map(drop)
}
