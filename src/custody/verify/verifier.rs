//! Holds files against what a manifest says of them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::super::manifest::{InputEntry, InputRole, Manifest};
use super::{Difference, InputPaths, Part};
use crate::case::digest::Digest;
use crate::error::{Error, ErrorKind, Result, printable};
use crate::listing::names_in;

/// Gathers what differs, and what could not be looked at.
pub(super) struct Verifier<'f> {
    pub(super) folder: &'f Path,
    pub(super) differences: Vec<Difference>,
    pub(super) unseen: Vec<String>,
}

impl Verifier<'_> {
    pub(super) fn say(
        &mut self,
        part: Part,
        name: String,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let (found, expected) = (found.into(), expected.into());
        self.differences.push(Difference { part, name, found, expected });
    }

    pub(super) fn outputs(&mut self, manifest: &Manifest) {
        for file in &manifest.outputs {
            if is_plain(&file.name) {
                let path = self.folder.join(&file.name);
                self.hold(Part::Output, &path, (&file.name, file.bytes, &file.sha256));
            } else {
                self.say(Part::Output, file.name.clone(), "a path", "a name in the folder");
            }
        }
    }

    fn hold(&mut self, part: Part, path: &Path, (name, bytes, sha256): (&str, u64, &str)) {
        let found = Digest::of_file(path);
        let same = |found: &Digest| found.bytes() == bytes && found.sha256() == sha256;
        if !found.as_ref().is_ok_and(same) {
            self.say(part, name.to_owned(), told(&found), sized(bytes, sha256));
        }
    }

    /// Files that nobody vouches for.
    pub(super) fn strangers(&mut self, manifest: &Manifest) -> Result<()> {
        let known: BTreeSet<&str> =
            manifest.outputs.iter().map(|file| file.name.as_str()).collect();
        for name in listed(self.folder)? {
            if name != Manifest::NAME && !known.contains(name.as_str()) {
                self.say(Part::Folder, name, "a file", "no file of this name");
            }
        }
        Ok(())
    }

    pub(super) fn inputs(&mut self, manifest: &Manifest, paths: &InputPaths) -> usize {
        let Some(case) = &paths.case else {
            if !manifest.inputs.is_empty() {
                self.unseen
                    .push("the files that went in: `--case CASE` says where they lie".into());
            }
            return 0;
        };
        let mut seen = 0;
        for file in &manifest.inputs {
            let Some(path) = place(file, case, paths) else {
                self.not_placed(file);
                continue;
            };
            let Some(sha256) = &file.sha256 else {
                self.unseen.push(format!("{}: its SHA-256 was not noted", printable(&file.name)));
                continue;
            };
            let name = if file.name.is_empty() { "a file that went in" } else { &file.name };
            self.hold(Part::Input, &path, (name, file.bytes, sha256));
            seen += 1;
        }
        seen
    }

    fn not_placed(&mut self, file: &InputEntry) {
        if file.name.is_empty() {
            return self.unseen.push("a file that went in, whose name is not published".into());
        }
        let name = file.name.clone();
        let flag = match file.role {
            InputRole::Packed => {
                let what =
                    format!("{}: it went into the snapshot, when that was made", printable(&name));
                return self.unseen.push(what);
            }
            InputRole::Mapping => "--mapping",
            InputRole::Grades => "--grades",
            InputRole::Decisions => "--decisions",
            InputRole::Case | InputRole::Snapshot => "--case",
        };
        self.say(
            Part::Input,
            name,
            "nothing that says where it lies",
            format!("`{flag}` with the file"),
        );
    }
}

/// A name that does not lead out of the folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && Path::new(name).file_name().is_some_and(|last| last == name)
}

/// Where a file that went in lies now.
fn place(file: &InputEntry, case: &Path, paths: &InputPaths) -> Option<PathBuf> {
    let inside = || (case.is_dir() && is_plain(&file.name)).then(|| case.join(&file.name));
    match file.role {
        InputRole::Case | InputRole::Snapshot => {
            inside().or_else(|| (!case.is_dir()).then(|| case.to_owned()))
        }
        InputRole::Mapping => paths.mapping.clone().or_else(inside),
        InputRole::Grades => paths.grades.clone(),
        InputRole::Decisions => paths.decisions.clone(),
        InputRole::Packed => None,
    }
}

pub(super) fn told(digest: &Result<Digest>) -> String {
    match digest {
        Ok(digest) => sized(digest.bytes(), &digest.sha256()),
        Err(error) => reason(error),
    }
}

fn sized(bytes: u64, sha256: &str) -> String {
    format!("{bytes} bytes, SHA-256 {sha256}")
}

/// Why a file could not be read, without its path.
fn reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            "no such file".into()
        }
        ErrorKind::Io { source, .. } => format!("not to be read: {source}"),
        _ => error.to_string(),
    }
}

/// The names of what a folder holds.
pub(super) fn listed(folder: &Path) -> Result<Vec<String>> {
    let names = names_in(folder).map_err(|error| Error::io(folder, "list the folder", error))?;
    Ok(names.into_iter().map(|name| name.to_string_lossy().into_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of `abc`, of FIPS 180.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    const NOWHERE: &str = "nothing that says where it lies";

    fn input(role: InputRole, name: &str) -> InputEntry {
        InputEntry { role, name: name.into(), bytes: 3, sha256: Some(ABC.into()) }
    }

    #[test]
    fn a_name_that_leads_out_of_its_folder_is_not_plain() {
        for name in ["a", "a.csv", ".a", "a b"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", ".", "..", "a/b", "/a", "a/", "../a", "./a"] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn a_file_that_went_in_lies_where_its_flag_says() {
        let folder = tempfile::tempdir().expect("a folder");
        let (case, single) = (folder.path(), folder.path().join("case.jsonl"));
        let given = InputPaths {
            case: None,
            mapping: Some("m".into()),
            grades: Some("g".into()),
            decisions: Some("d".into()),
        };
        let none = InputPaths::default();
        let within = Some(case.join("a"));
        for (role, name, paths, place_of) in [
            (InputRole::Case, "a", &none, within.clone()),
            (InputRole::Snapshot, "a", &none, within.clone()),
            (InputRole::Case, "../a", &none, None),
            (InputRole::Mapping, "a", &given, Some("m".into())),
            (InputRole::Mapping, "a", &none, within),
            (InputRole::Grades, "a", &given, Some("g".into())),
            (InputRole::Grades, "a", &none, None),
            (InputRole::Decisions, "a", &given, Some("d".into())),
            (InputRole::Decisions, "a", &none, None),
            (InputRole::Packed, "a", &given, None),
        ] {
            assert_eq!(place(&input(role, name), case, paths), place_of, "{role:?} {name}");
        }
        assert_eq!(place(&input(InputRole::Case, "a"), &single, &none), Some(single.clone()));
        assert_eq!(place(&input(InputRole::Mapping, "a"), &single, &none), None);
    }

    #[test]
    fn what_went_in_is_the_same_another_or_not_to_be_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [("same", "abc"), ("longer", "abcd"), ("other", "abd")] {
            std::fs::write(folder.path().join(name), text).expect("it is written");
        }
        let mut manifest = Manifest::new(0);
        manifest.inputs = vec![
            input(InputRole::Case, "same"),
            input(InputRole::Case, "longer"),
            input(InputRole::Case, "other"),
            input(InputRole::Case, "gone"),
            InputEntry { sha256: None, ..input(InputRole::Case, "same") },
            input(InputRole::Grades, "g.toml"),
            input(InputRole::Decisions, "d.csv"),
            input(InputRole::Case, "x/y"),
            input(InputRole::Packed, "p.csv"),
            input(InputRole::Grades, ""),
        ];
        let mut verifier =
            Verifier { folder: folder.path(), differences: Vec::new(), unseen: Vec::new() };
        assert_eq!(verifier.inputs(&manifest, &InputPaths::default()), 0);
        assert_eq!(verifier.unseen, ["the files that went in: `--case CASE` says where they lie"]);
        verifier.unseen.clear();
        let paths = InputPaths { case: Some(folder.path().into()), ..InputPaths::default() };
        assert_eq!(verifier.inputs(&manifest, &paths), 4);
        assert_eq!(
            verifier.unseen,
            [
                "same: its SHA-256 was not noted",
                "p.csv: it went into the snapshot, when that was made",
                "a file that went in, whose name is not published"
            ]
        );
        let found: Vec<(&str, &str)> = (verifier.differences.iter())
            .map(|one| (one.name.as_str(), one.found.split(',').next().unwrap_or_default()))
            .collect();
        assert_eq!(
            found,
            [
                ("longer", "4 bytes"),
                ("other", "3 bytes"),
                ("gone", "no such file"),
                ("g.toml", NOWHERE),
                ("d.csv", NOWHERE),
                ("x/y", NOWHERE)
            ]
        );
        let expected = verifier.differences.iter().map(|one| one.expected.as_str());
        let whole = format!("3 bytes, SHA-256 {ABC}");
        assert_eq!(
            expected.collect::<Vec<_>>(),
            [
                &whole,
                &whole,
                &whole,
                "`--grades` with the file",
                "`--decisions` with the file",
                "`--case` with the file"
            ]
        );
    }
}
