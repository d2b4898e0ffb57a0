//! The manifest of what is published: how it was made, and nothing of the case.

use serde_json::Value;

use super::manifest::{InputRole, Manifest};
use crate::case::Table;

/// Stands for what whoever made it wrote.
const WITHHELD: &str = "withheld";

/// Reasons, which may name people, and names of files that somebody chose.
const OWN_WORDS: [&str; 7] = [
    "reveal",
    "names_revealed_because",
    "expired",
    "other_purpose",
    "mapping",
    "grades",
    "decisions",
];

/// What tells of the case, and of nothing that is published.
const OF_THE_CASE: [&str; 2] = ["rows_above_clearance", "closed"];

impl Manifest {
    /// The same without words and counts that tell of the case: reasons, names of files that are not those of the contract, rows above a clearance.
    /// The command still leads to the same: reasons in it are given as `withheld`.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::custody::Manifest;
    ///
    /// let mut manifest = Manifest::new(7);
    /// manifest.command = vec!["analyse".into(), "--expired=the case of Anouk".into()];
    /// manifest.settings.insert("expired".into(), "the case of Anouk".into());
    /// assert!(!manifest.for_publication().to_json().contains("Anouk"));
    /// ```
    #[must_use]
    pub fn for_publication(mut self) -> Self {
        for name in OF_THE_CASE {
            self.settings.remove(name);
        }
        for (name, value) in &mut self.settings {
            if OWN_WORDS.contains(&name.as_str()) && !value.is_null() {
                *value = Value::from(WITHHELD);
            }
        }
        self.command = self.command.iter().filter_map(|word| published(word)).collect();
        for file in &mut self.inputs {
            let stem = file.name.split('.').next().unwrap_or_default();
            let is_of_contract = Table::ALL.iter().any(|table| table.name() == stem);
            if file.role != InputRole::Case || !is_of_contract {
                file.name = String::new();
            }
        }
        self
    }
}

/// A word of a command; none for what changes nothing that is published.
fn published(word: &str) -> Option<String> {
    let Some((flag, _)) = word.split_once('=') else { return Some(word.to_owned()) };
    let name = flag.trim_start_matches('-').replace('-', "_");
    if OF_THE_CASE.contains(&name.as_str()) {
        return None;
    }
    let is_path = word.ends_with('}');
    if OWN_WORDS.contains(&name.as_str()) && !is_path {
        return Some(format!("{flag}={WITHHELD}"));
    }
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::InputFile;

    #[test]
    fn nothing_that_somebody_wrote_is_in_it() {
        let mut manifest = Manifest::new(1);
        let words = [
            "analyse",
            "{case}",
            "--expired=of Anouk",
            "--decisions={decisions}",
            "--closed=ch1=2020-01",
            "--seed=3",
        ];
        manifest.command = words.map(Into::into).to_vec();
        for (name, value) in [
            ("expired", Value::from("of Anouk")),
            ("other_purpose", Value::Null),
            ("decisions", "anouk.csv".into()),
            ("closed", "ch1=2020-01".into()),
            ("seed", 3.into()),
        ] {
            manifest.settings.insert(name.into(), value);
        }
        let of = |name| InputFile::of_bytes(name, b"x");
        manifest
            .read_from(
                InputRole::Case,
                &[of("people.csv"), of("links.csv.gz"), of("zaak Anouk.jsonl")],
            )
            .expect("digests");
        manifest.read_from(InputRole::Decisions, &[of("people.csv")]).expect("a digest");
        let published = manifest.for_publication();
        let names: Vec<&str> = published.inputs.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["people.csv", "links.csv.gz", "", ""]);
        let left =
            ["analyse", "{case}", "--expired=withheld", "--decisions={decisions}", "--seed=3"];
        assert_eq!(published.command, left);
        let json = published.to_json();
        assert!(!json.to_lowercase().contains("anouk") && !json.contains("ch1"), "{json}");
        assert!(published.settings["other_purpose"].is_null() && published.settings["seed"] == 3);
    }
}
