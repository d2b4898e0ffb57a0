//! How a command was asked, flag by flag, from what the command line itself knows: no flag can be forgotten.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use clap::{ArgAction, ArgMatches, Command};
use kluwen::custody::Manifest;
use kluwen::error::Result;

use super::retention::today;
use super::secrets;

/// Paths, which say where something lies and not what is found.
const PATHS: [&str; 8] =
    ["case", "out", "mapping", "grades", "decisions", "rejects", "key", "names"];

/// What a manifest does not repeat: it can only refuse, and is the text of case files.
const UNTOLD: &str = "recorded_for";

/// Flags that set a rule aside, with the reason.
const REASONS: [&str; 3] = ["reveal", "expired", "other_purpose"];

/// A command, as it was asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    command: String,
    flags: Vec<Flag>,
}

#[derive(Clone, Debug)]
struct Flag {
    id: String,
    /// Its name after `--`; none of what stands without.
    long: Option<String>,
    values: Vec<String>,
    is_switch: bool,
    /// Whether it says something else than the default.
    is_told: bool,
}

static ASKED: Mutex<Option<Asked>> = Mutex::new(None);

impl Asked {
    /// What `matches` say of a command.
    pub(crate) fn of(command: &Command, matches: &ArgMatches) -> Result<Self> {
        let Some((name, matches)) = matches.subcommand() else { return Ok(Self::default()) };
        let arguments = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
        let mut flags: Vec<Flag> = arguments.map(|argument| Flag::of(argument, matches)).collect();
        let told =
            |id: &str, flags: &[Flag]| flags.iter().any(|flag| flag.id == id && flag.is_told);
        if told("expired", &flags) && !told("today", &flags) {
            // Which cases are over hangs on the day, and so what the reason was given for.
            let day = today()?.to_string();
            for flag in flags.iter_mut().filter(|flag| flag.id == "today") {
                (flag.values, flag.is_told) = (vec![day.clone()], true);
            }
        }
        Ok(Self { command: name.to_owned(), flags })
    }

    /// Keeps it for who asks later.
    pub(crate) fn keep(self) {
        *ASKED.lock().unwrap_or_else(PoisonError::into_inner) = Some(self);
    }

    /// How the command that runs was asked.
    pub(crate) fn now() -> Self {
        ASKED.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default()
    }

    /// By the name of the flag, why a rule was set aside.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = (&str, &str)> {
        let flags =
            self.flags.iter().filter(|flag| flag.is_told && REASONS.contains(&flag.id.as_str()));
        flags.filter_map(|flag| Some((flag.long.as_deref()?, flag.values.first()?.as_str())))
    }

    /// Tells a manifest of every flag, and of the command by which all is repeated.
    pub(crate) fn note(&self, manifest: &mut Manifest) {
        manifest.command = self.canonical();
        for flag in self.flags.iter().filter(|flag| flag.is_setting()) {
            manifest.settings.insert(flag.id.clone(), flag.value());
        }
    }

    /// The command without paths and defaults; what stands without a flag comes first.
    fn canonical(&self) -> Vec<String> {
        let told = || self.flags.iter().filter(|flag| flag.is_told && flag.id != UNTOLD);
        let (bare, named): (Vec<_>, Vec<_>) = told().partition(|flag| flag.long.is_none());
        let words = bare.into_iter().chain(named).flat_map(Flag::words);
        std::iter::once(self.command.clone()).chain(words).collect()
    }
}

impl Flag {
    fn of(argument: &clap::Arg, matches: &ArgMatches) -> Self {
        let id = argument.get_id().as_str();
        let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
        let values: Vec<OsString> = matches
            .try_get_raw(id)
            .ok()
            .flatten()
            .map(|values| values.map(ToOwned::to_owned).collect())
            .unwrap_or_default();
        let defaults = argument.get_default_values();
        let is_told = if is_switch {
            matches.get_flag(id)
        } else {
            !values.is_empty() && !values.iter().eq(defaults)
        };
        Self {
            id: id.to_owned(),
            long: argument.get_long().map(ToOwned::to_owned),
            values: values
                .iter()
                .map(|value| secrets::left_out(&value.to_string_lossy()))
                .collect(),
            is_switch,
            is_told,
        }
    }

    fn is_path(&self) -> bool {
        PATHS.contains(&self.id.as_str())
    }

    fn is_setting(&self) -> bool {
        !["case", "out", "rejects", "key", UNTOLD].contains(&self.id.as_str())
    }

    fn words(&self) -> Vec<String> {
        let values = if self.is_path() { vec![placeholder(&self.id)] } else { self.values.clone() };
        match &self.long {
            None => values,
            Some(long) if self.is_switch => vec![format!("--{long}")],
            Some(long) => values.iter().map(|value| format!("--{long}={value}")).collect(),
        }
    }

    /// What a manifest says of it: of a file its name, without its folder.
    fn value(&self) -> serde_json::Value {
        let one = |text: &String| match text.parse::<u64>() {
            Ok(number) if !self.is_path() => number.into(),
            _ => serde_json::Value::from(text.as_str()),
        };
        let last = |text: &String| text.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        match self.values.as_slice() {
            _ if self.is_switch => self.is_told.into(),
            [] => serde_json::Value::Null,
            [path] if self.is_path() => last(path).into(),
            [value] => one(value),
            values => values.iter().map(one).collect(),
        }
    }
}

fn placeholder(id: &str) -> String {
    format!("{{{id}}}")
}

/// The words of a manifest's command, with paths where it has none; the flags of paths that are missing.
pub(crate) fn with_paths(
    command: &[String],
    paths: &[(&str, Option<PathBuf>)],
) -> std::result::Result<Vec<OsString>, String> {
    let word = |word: &String| {
        for (id, path) in paths {
            let (bare, flag) = (placeholder(id), format!("--{id}={}", placeholder(id)));
            if *word == bare || *word == flag {
                let path = path.as_ref().ok_or_else(|| format!("--{id}"))?;
                let mut whole =
                    OsString::from(if *word == bare { String::new() } else { format!("--{id}=") });
                whole.push(path);
                return Ok(whole);
            }
        }
        Ok(OsString::from(word))
    };
    command.iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(id: &str, long: Option<&str>, values: &[&str], is_switch: bool) -> Flag {
        Flag {
            id: id.into(),
            long: long.map(str::to_owned),
            values: values.iter().map(|&value| value.to_owned()).collect(),
            is_switch,
            is_told: true,
        }
    }

    #[test]
    fn a_flag_is_repeated_without_the_path_that_it_names() {
        for (flag, words) in [
            (flag("case", None, &["/home/x/case"], false), &["{case}"][..]),
            (flag("out", Some("out"), &["o"], false), &["--out={out}"]),
            (flag("lenient", Some("lenient"), &[], true), &["--lenient"]),
            (flag("kind", Some("kind"), &["paid", "kin"], false), &["--kind=paid", "--kind=kin"]),
            (flag("to", None, &["ftm"], false), &["ftm"]),
        ] {
            assert_eq!(flag.words(), words, "{flag:?}");
        }
    }

    #[test]
    fn a_setting_is_a_number_a_text_a_list_or_the_name_of_a_file() {
        use serde_json::json;
        for (flag, value) in [
            (flag("seed", Some("seed"), &["7"], false), json!(7)),
            (flag("least", Some("least"), &["0.2"], false), json!("0.2")),
            (flag("kind", Some("kind"), &["paid", "3"], false), json!(["paid", 3])),
            (flag("mapping", Some("mapping"), &["/a/b/own.toml"], false), json!("own.toml")),
            (flag("grades", Some("grades"), &["c:\\a\\7"], false), json!("7")),
            (flag("title", Some("title"), &[], false), json!(null)),
            (flag("lenient", Some("lenient"), &[], true), json!(true)),
        ] {
            assert_eq!(flag.value(), value, "{flag:?}");
        }
        for (id, is_setting) in [
            ("seed", true),
            ("mapping", true),
            ("case", false),
            ("out", false),
            ("key", false),
            ("rejects", false),
            ("recorded_for", false),
        ] {
            assert_eq!(flag(id, None, &[], false).is_setting(), is_setting, "{id}");
        }
    }

    #[test]
    fn the_command_of_a_manifest_has_defaults_left_out_and_bare_words_first() {
        let untold = Flag { is_told: false, ..flag("seed", Some("seed"), &["0"], false) };
        let reveal = flag("reveal", Some("reveal"), &["court"], false);
        let purpose = flag("recorded_for", Some("recorded-for"), &["x"], false);
        let asked = Asked {
            command: "convert".into(),
            flags: vec![untold, reveal, purpose, flag("case", None, &["c"], false)],
        };
        assert_eq!(asked.canonical(), ["convert", "{case}", "--reveal=court"]);
        assert_eq!(asked.reasons().collect::<Vec<_>>(), [("reveal", "court")]);
    }

    #[test]
    fn a_command_is_repeated_with_the_paths_that_are_given() {
        let command = ["convert", "{case}", "--mapping={mapping}", "--to=ftm", "{other}"];
        let command = command.map(str::to_owned);
        let case = ("case", Some(PathBuf::from("c 1")));
        let mapping = |path: Option<&str>| ("mapping", path.map(PathBuf::from));
        let words = with_paths(&command, &[case.clone(), mapping(Some("m"))]).expect("all paths");
        assert_eq!(words, ["convert", "c 1", "--mapping=m", "--to=ftm", "{other}"]);
        assert_eq!(with_paths(&command, &[case, mapping(None)]), Err("--mapping".to_owned()));
    }
}
