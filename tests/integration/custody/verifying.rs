use std::fs;
use std::path::{Path, PathBuf};

use kluwen::custody::{InputPaths, Manifest, Part, verify};
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Value;

use crate::common::{Folder, Ran, SOUND, ended, kluwen, on_case};

/// A case with every kind of file that goes in, and the findings from it.
struct Evidence {
    folder: Folder,
}

impl Evidence {
    fn new() -> Self {
        let folder = Folder::of::<&str>(&[]);
        fs::create_dir(folder.join("case")).expect("a folder");
        for (name, text) in SOUND {
            fs::write(folder.join("case").join(name), text).expect("a file");
        }
        folder.write(
            "decisions.csv",
            "person_id,other_id,verdict,by,why\np2,p3,different,jan,seen\n",
        );
        folder.write("grades.toml", include_str!("../../../src/case/grades.toml"));
        Self { folder }
    }

    fn case(&self) -> PathBuf {
        self.folder.join("case")
    }

    fn out(&self) -> PathBuf {
        self.folder.join("findings")
    }

    fn analyse(self, words: &[&str]) -> Self {
        let (out, decisions, grades) =
            (self.out(), self.folder.join("decisions.csv"), self.folder.join("grades.toml"));
        let paths = [("--out", &out), ("--decisions", &decisions), ("--grades", &grades)];
        let mut all = words.to_vec();
        for (flag, path) in &paths {
            all.extend([*flag, path.to_str().expect("UTF-8")]);
        }
        on_case("analyse", &self.case(), &all).fine();
        self
    }

    fn paths(&self) -> InputPaths {
        InputPaths {
            case: Some(self.case()),
            decisions: Some(self.folder.join("decisions.csv")),
            grades: Some(self.folder.join("grades.toml")),
            ..InputPaths::default()
        }
    }

    /// `kluwen verify` with all that went in.
    fn verified(&self, words: &[&str]) -> Ran {
        let (case, decisions, grades) =
            (self.case(), self.folder.join("decisions.csv"), self.folder.join("grades.toml"));
        let mut command = kluwen(["verify"]);
        command.arg(self.out()).arg("--case").arg(case).arg("--decisions").arg(decisions);
        command.arg("--grades").arg(grades).args(words);
        ended(command, b"")
    }
}

fn flips(evidence: &Evidence, count: usize) -> usize {
    let mut files: Vec<PathBuf> = [evidence.case(), evidence.out()]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .chain(["decisions.csv", "grades.toml"].map(|name| evidence.folder.join(name)))
        .collect();
    files.sort();
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut next = |below: usize| usize::try_from(random.next_u64()).expect("64 bits") % below;
    let mut found = 0;
    for turn in 0..count {
        // Small files have their turn as often as large ones.
        let path = &files[turn % files.len()];
        let whole = fs::read(path).expect("it is there");
        let mut bytes = whole.clone();
        bytes[next(whole.len())] ^= 1 << next(8);
        fs::write(path, &bytes).expect("it is ours");
        let holds = verify(&evidence.out(), &evidence.paths()).is_ok_and(|found| found.holds());
        assert!(!holds, "turn {turn}: {}", path.display());
        found += 1;
        fs::write(path, &whole).expect("it is ours");
    }
    assert!(verify(&evidence.out(), &evidence.paths()).expect("whole again").holds());
    found
}

#[test]
fn a_thousand_flipped_bits_of_inputs_outputs_and_manifest_are_found() {
    let evidence = Evidence::new().analyse(&[]);
    assert_eq!(flips(&evidence, 1000), 1000);
}

#[test]
fn findings_are_found_again_by_the_command_of_the_manifest() {
    let words = [
        "--seed",
        "7",
        "--most",
        "30",
        "--lang",
        "nl",
        "--identity",
        "resolved",
        "--reveal",
        "a test of Jan's",
    ];
    let evidence = Evidence::new().analyse(&words);
    let verified = evidence.verified(&[]);
    assert_eq!((verified.code, verified.stdout.as_str()), (Some(0), ""), "{verified:#?}");
    assert!(verified.stderr.contains("the command was repeated"), "{}", verified.stderr);
    let left: Vec<_> = fs::read_dir(evidence.folder.path()).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn findings_under_a_key_are_found_again_under_that_key_alone() {
    let key = |folder: &Folder, name: &str| {
        let path = folder.join(name);
        ended(
            {
                let mut new = kluwen(["key"]);
                new.arg(&path);
                new
            },
            b"",
        )
        .fine();
        path.to_str().expect("UTF-8").to_owned()
    };
    let evidence = Evidence::new();
    let (own, other) = (key(&evidence.folder, "own.key"), key(&evidence.folder, "other.key"));
    let evidence = evidence.analyse(&["--key", &own]);
    let text = fs::read_to_string(evidence.out().join("manifest.json")).expect("it is there");
    assert!(text.contains("\"--key={key}\"") && !text.contains("own.key"), "{text}");
    assert_eq!(evidence.verified(&["--key", &own]).code, Some(0));
    let verified = evidence.verified(&["--key", &other]);
    assert!(verified.code == Some(1) && verified.stdout.contains("findings.json"), "{verified:#?}");
    let verified = evidence.verified(&[]);
    assert!(verified.code == Some(2) && verified.stderr.contains("--key"), "{verified:#?}");
}

#[test]
fn what_another_command_would_find_is_told_file_by_file() {
    let evidence = Evidence::new().analyse(&["--seed", "7"]);
    // A forger who knows how: other findings, and a manifest that is sealed anew.
    let forged = fs::read_to_string(evidence.out().join("report.md")).expect("it is there");
    fs::write(evidence.out().join("report.md"), format!("{forged}\nGuilty.\n")).expect("ours");
    let mut manifest = manifest(&evidence.out());
    let digest = kluwen::custody::Digest::of_file(&evidence.out().join("report.md")).expect("read");
    for output in manifest.outputs.iter_mut().filter(|output| output.name == "report.md") {
        (output.bytes, output.sha256) = (digest.bytes(), digest.sha256());
    }
    fs::write(evidence.out().join(Manifest::NAME), manifest.to_json()).expect("ours");
    assert!(verify(&evidence.out(), &evidence.paths()).expect("read").holds(), "sealed anew");
    let verified = evidence.verified(&["--format", "json"]);
    assert_eq!(verified.code, Some(1), "{verified:#?}");
    let names: Vec<Value> = verified.json()["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(names, ["manifest.json", "report.md"]);
}

fn manifest(out: &Path) -> Manifest {
    let text = fs::read_to_string(out.join(Manifest::NAME)).expect("it is there");
    Manifest::parse(&text).expect("a manifest").manifest
}

#[test]
fn files_that_are_missing_or_strange_and_unfinished_runs_are_told() {
    let evidence = Evidence::new().analyse(&[]);
    fs::remove_file(evidence.out().join("map.svg")).expect("ours");
    fs::write(evidence.out().join("extra.txt"), "x").expect("ours");
    let found = verify(&evidence.out(), &InputPaths::default()).expect("read");
    let parts: Vec<_> = found.differences.iter().map(|one| (one.part, one.name.as_str())).collect();
    assert_eq!(parts, [(Part::Output, "map.svg"), (Part::Folder, "extra.txt")]);
    assert_eq!(found.unseen.len(), 1, "inputs were not looked at, and that is said");
    let rows = evidence.verified(&["--format", "csv"]);
    let told: Vec<Vec<&str>> =
        rows.stdout.lines().map(|line| line.split(',').take(2).collect()).collect();
    let expected = [
        ["part", "name"],
        ["output", "map.svg"],
        ["folder", "extra.txt"],
        ["repeated", "extra.txt"],
        ["repeated", "map.svg"],
    ];
    assert_eq!((rows.code, told), (Some(1), expected.map(Vec::from).to_vec()));
    fs::remove_file(evidence.out().join(Manifest::NAME)).expect("ours");
    let unfinished = evidence.verified(&[]);
    assert_eq!(unfinished.code, Some(1));
    assert!(unfinished.stderr.contains("did not finish"), "{}", unfinished.stderr);
}

#[test]
fn a_manifest_cannot_make_verify_look_outside_its_folder() {
    let evidence = Evidence::new().analyse(&[]);
    let mut manifest = manifest(&evidence.out());
    manifest.outputs[0].name = "../decisions.csv".into();
    manifest.inputs[0].name = "../decisions.csv".into();
    fs::write(evidence.out().join(Manifest::NAME), manifest.to_json()).expect("ours");
    let found = verify(&evidence.out(), &evidence.paths()).expect("read");
    assert!(found.differences.iter().any(|one| one.part == Part::Output && one.found == "a path"));
    assert!(found.differences.iter().any(|one| one.part == Part::Input));
}

/// Where results go, how fast and how loud; and what can only refuse.
const NOT: [&str; 11] = [
    "out",
    "rejects",
    "threads",
    "quiet",
    "audit",
    "purpose",
    "audit-by",
    "help",
    "version",
    "recorded-for",
    "publish",
];

#[test]
fn every_flag_of_analyse_that_changes_findings_is_in_the_manifest() {
    let evidence =
        Evidence::new().analyse(&["--closed", "ch1=2019-04", "--lenient", "--unknown-as-other"]);
    let manifest = manifest(&evidence.out());
    let help = ended(kluwen(["analyse", "--help"]), b"").fine().stdout;
    let flags =
        help.lines().filter_map(|line| line.trim().split_once("--")?.1.split([' ', ',']).next());
    let mut seen = 0;
    for flag in flags.filter(|flag| {
        !NOT.contains(flag) && flag.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    }) {
        let name = flag.replace('-', "_");
        assert!(manifest.settings.contains_key(&name), "{flag}: {:#?}", manifest.settings);
        seen += 1;
    }
    assert!(seen >= 15, "{seen} flags seen in:\n{help}");
    for word in [
        "--closed=ch1=2019-04",
        "--lenient",
        "--unknown-as-other",
        "--decisions={decisions}",
        "{case}",
    ] {
        assert!(manifest.command.contains(&word.to_owned()), "{word}: {:?}", manifest.command);
    }
    assert!(manifest.inputs.iter().all(|file| file.sha256.is_some()));
    assert_eq!(evidence.verified(&[]).code, Some(0));
}

#[test]
fn a_manifest_of_the_first_schema_is_read_and_its_lacks_are_told() {
    let folder = Folder::of(&[("note.txt", "abc")]);
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let manifest = format!(
        r#"{{"schema":"kluwen.manifest/1","version":"0.1.0","settings":{{"lang":"en"}},"seed":0,"rows":{{"read":1,"used":1,"refused":0}},
        "inputs":[{{"name":"links.csv","bytes":3,"sha256":null}}],"outputs":[{{"name":"note.txt","bytes":3,"sha256":"{sha256}"}}]}}"#
    );
    folder.write(Manifest::NAME, manifest);
    let case = Folder::of(&SOUND);
    let verified = |folder: &Folder| {
        let mut command = kluwen(["verify"]);
        command.arg(folder.path()).arg("--case").arg(case.path());
        ended(command, b"")
    };
    let found = verified(&folder);
    assert_eq!((found.code, found.stdout.as_str()), (Some(0), ""), "{found:#?}");
    for lack in ["had seals", "links.csv: its SHA-256 was not noted", "it cannot be repeated"] {
        assert!(found.stderr.contains(lack), "{lack}: {}", found.stderr);
    }
    folder.write("note.txt", "abd");
    assert_eq!(verified(&folder).code, Some(1));
}

#[test]
fn a_manifest_that_only_says_it_is_of_the_first_schema_does_not_pass() {
    let evidence = Evidence::new().analyse(&[]);
    let path = evidence.out().join(Manifest::NAME);
    let manifest = fs::read_to_string(&path).expect("there");
    let told = manifest.replace("kluwen.manifest/2", "kluwen.manifest/1");
    let sealed = told.rsplit_once("\"seal\": \"").expect("a seal");
    let unsealed = format!("{}\"seal\": \"\"\n}}\n", sealed.0);
    for text in [told.clone(), unsealed] {
        fs::write(&path, text).expect("ours");
        let found = verify(&evidence.out(), &InputPaths::default()).expect("read");
        let said: Vec<&str> = found.differences.iter().map(|one| one.found.as_str()).collect();
        assert_eq!(said, ["another text: the seal does not hold"]);
    }
}

#[test]
fn a_manifest_says_the_same_however_a_default_is_given() {
    let (plain, told) =
        (Evidence::new().analyse(&[]), Evidence::new().analyse(&["--seed", "0", "--threads", "2"]));
    let text = |one: &Evidence| fs::read_to_string(one.out().join(Manifest::NAME)).expect("there");
    assert_eq!(text(&plain), text(&told));
}

#[test]
fn a_converted_case_and_a_snapshot_are_verified_as_well() {
    let evidence = Evidence::new();
    let (case, tables, packed) =
        (evidence.case(), evidence.folder.join("tables"), evidence.folder.join("case.kluwen"));
    on_case("convert", &case, &[tables.to_str().expect("UTF-8")]).fine();
    let verified = |folder: &Path, case: &Path| {
        let mut command = kluwen(["verify"]);
        command.arg(folder).arg("--case").arg(case);
        ended(command, b"")
    };
    assert_eq!(verified(&tables, &case).code, Some(0), "{:#?}", verified(&tables, &case));
    on_case("pack", &case, &[packed.to_str().expect("UTF-8")]).fine();
    on_case("analyse", &packed, &["--out", evidence.out().to_str().expect("UTF-8")]).fine();
    let found = verified(&evidence.out(), &packed);
    assert_eq!(found.code, Some(0), "{found:#?}");
    assert!(found.stderr.contains("links.csv: it went into the snapshot"), "{}", found.stderr);
}
