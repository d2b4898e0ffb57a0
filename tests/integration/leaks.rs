//! Does anything leave that should not? A case with a canary in every cell, and every command and form of output on it.
//!
//! What is shown by contract stands in [`SHOWN`], and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::canaries::{Found, found_in};
use crate::common::{Folder, ended, kluwen, repository};

/// A case of three files in which one person recruited three times, and the canaries in it.
struct Planted {
    folder: Folder,
    /// By kind: what stands in place of each text.
    canaries: BTreeMap<(&'static str, String), String>,
    ids_too: bool,
}

/// A word that all advertisements have in common.
const COMMON: &str = "zqtwbbbbbqz";

const CASES: [&str; 3] = ["c2", "c7", "c13"];

/// The two letters that say what a canary stands for; none for what is no text.
fn kind_of(table: &str, column: &str) -> Option<&'static str> {
    Some(match (table, column) {
        ("channels", "name") => "cn",
        (_, "name" | "alias") if table == "people" => "nm",
        ("places", "name") => "pn",
        ("identifiers", "value") | ("ads", "phone" | "handle" | "image") => "vl",
        ("ads", "text") => "tx",
        ("ads", "price") => "pr",
        (_, "source") => "so",
        (_, "outcome") => "oc",
        (_, "purpose") => "pu",
        (_, "unit") => "un",
        (_, "person_id" | "from" | "to" | "about" | "victim_id" | "posted_by" | "payer") => "ip",
        (_, "case_id") => "ic",
        (_, "channel_id") => "ih",
        (_, "place_id") => "il",
        (_, "link_id") => "ik",
        (_, "ad_id") => "ia",
        _ => return None,
    })
}

impl Planted {
    fn new(ids_too: bool) -> Self {
        let mut planted =
            Self { folder: Folder::of::<&str>(&[]), canaries: BTreeMap::new(), ids_too };
        let people = people();
        for table in
            ["cases", "people", "channels", "places", "identifiers", "roles", "links", "ads"]
        {
            planted.table(table, &people);
        }
        planted
    }

    fn table(&mut self, table: &str, people: &BTreeSet<String>) {
        let path = repository("graphs/study25").join(format!("{table}.csv"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let header = reader.headers().unwrap().clone();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header.iter().chain(["zqhdzzzzzqz", "handling"])).unwrap();
        for record in reader.records().map(Result::unwrap) {
            if !is_ours(table, &header, &record, people) {
                continue;
            }
            let mut row: Vec<String> = Vec::new();
            for (column, text) in header.iter().zip(&record) {
                row.push(self.cell(table, column, text));
            }
            row.push(self.canary("at", &format!("{table} {}", record.as_slice())));
            row.push(String::new());
            writer.write_record(&row).unwrap();
        }
        self.folder.write(&format!("{table}.csv"), writer.into_inner().unwrap());
    }

    fn cell(&mut self, table: &str, column: &str, text: &str) -> String {
        match kind_of(table, column) {
            Some(kind) if !text.is_empty() && (self.ids_too || !kind.starts_with('i')) => {
                let canary = self.canary(kind, text);
                // Advertisements of one hand have words in common.
                if kind == "tx" { format!("{text} {canary} {COMMON}") } else { canary }
            }
            _ => text.to_owned(),
        }
    }

    /// `zq`, the kind, five letters of a number, `qz`: as it stands in any encoding of letters.
    fn canary(&mut self, kind: &'static str, text: &str) -> String {
        let next = self.canaries.len();
        let canary = self.canaries.entry((kind, text.to_owned())).or_insert_with(|| {
            let letters: String = (0..5)
                .map(|place| char::from(b"bcdfghjkmn"[next / 10_usize.pow(place) % 10]))
                .collect();
            format!("zq{kind}{letters}qz")
        });
        canary.clone()
    }

    /// An id as it stands in the planted case.
    fn id(&self, kind: &'static str, text: &str) -> String {
        self.canaries.get(&(kind, text.to_owned())).cloned().unwrap_or_else(|| text.to_owned())
    }
}

fn records(table: &str) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let path = repository("graphs/study25").join(format!("{table}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

fn field<'r>(header: &csv::StringRecord, record: &'r csv::StringRecord, column: &str) -> &'r str {
    header.iter().position(|name| name == column).map_or("", |at| &record[at])
}

/// Everybody whom the three case files name.
fn people() -> BTreeSet<String> {
    const NAMED: [&str; 7] =
        ["person_id", "from", "to", "about", "victim_id", "posted_by", "payer"];
    let mut people = BTreeSet::new();
    for table in ["roles", "links", "ads"] {
        let (header, records) = records(table);
        for record in &records {
            if CASES.contains(&field(&header, record, "case_id")) {
                people.extend(NAMED.map(|column| field(&header, record, column).to_owned()));
            }
        }
    }
    people
}

fn is_ours(
    table: &str,
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    people: &BTreeSet<String>,
) -> bool {
    match table {
        "channels" | "places" => true,
        "people" | "identifiers" => people.contains(field(header, record, "person_id")),
        _ => CASES.contains(&field(header, record, "case_id")),
    }
}

/// What is shown by contract, without a key: the kind of canary, the command, and why.
const SHOWN: [(&str, &str, &str); 5] = [
    ("cn", "", "the name of a platform is nobody's"),
    ("so", "recruiters", "`--explain` names the documents to look up"),
    ("so", "analyse", "findings.json names the documents to look up"),
    ("tw", "adverts", "words that several hands write are the template that they write from"),
    ("tw", "analyse", "as `adverts`"),
];

fn is_shown(found: &Found, command: &str) -> bool {
    let shown = SHOWN.iter().any(|(kind, of, _)| *kind == found.kind && command.starts_with(of));
    // Where documents are named is told file by file.
    let internal = found.kind != "so" || !found.place.contains("report.");
    shown && internal
}

/// The words of every command; `OUT` stands for a file or folder that it may write.
fn commands(planted: &Planted) -> Vec<Vec<String>> {
    let who = planted.id("ip", "p9");
    let mut all: Vec<Vec<String>> = [
        "recruiters --format json",
        "recruiters --identity given --explain WHO",
        "channels --format json --identity given",
        "channels --over-time --identity given",
        "channels --publish --min-cell 2 --identity given",
        "adverts --format json",
        "windows --identity given --format json",
        "motifs --identity given --format json",
        "census --identity given",
        "timing --identity given",
        "identities --all --format json",
        "identities --explain WHO",
        "rank --identity given --by degree --format json",
        "rank --identity given --by degree --network channels",
        "rank --identity given --by degree --network cases",
        "group --identity given --by leiden --network cases --format json",
        "ties --identity given --format json",
        "whatif --identity given --best 1 --format json",
        "summary --identity given",
        "map --identity given --network cases",
        "analyse --out OUT",
        "analyse --publish --identity given --out OUT",
    ]
    .map(|words| words.split(' ').map(|word| word.replace("WHO", &who)).collect())
    .into();
    let forms = [
        "html",
        "svg",
        "png",
        "dot",
        "graphml",
        "gexf",
        "anx",
        "cytoscape",
        "node-link",
        "pajek",
        "dl",
        "neo4j",
        "parquet",
    ];
    let beside = "map --identity given --with channels,places,identifiers,cases --around";
    for form in forms {
        let mut words: Vec<String> = beside.split(' ').map(Into::into).collect();
        words.extend([who.clone(), "--format".into(), form.into(), "--out".into(), "OUT".into()]);
        all.push(words);
    }
    for target in ["tables", "jsonl", "ftm", "parquet", "graphml", "neo4j"] {
        all.push(["convert", "OUT", "--to", target].map(Into::into).into());
    }
    all.push(["analyse", "--publish", "--min-cell", "2", "--out", "OUT"].map(Into::into).into());
    all
}

/// Runs everything, and tells what left that is not `allowed`.
fn leaks(planted: &Planted, key: Option<&Path>, allowed: fn(&Found, &str) -> bool) -> Vec<String> {
    let (cwd, temporary) = (Folder::of::<&str>(&[]), Folder::of::<&str>(&[]));
    let mut leaks = Vec::new();
    for words in commands(planted) {
        let out = cwd.join("out");
        let mut run = kluwen([&words[0]]);
        run.arg(planted.folder.path());
        for word in &words[1..] {
            match word.as_str() {
                "OUT" => run.arg(&out),
                word => run.arg(word),
            };
        }
        run.args(key.iter().flat_map(|key| [Path::new("--key"), key]));
        run.current_dir(cwd.path()).env("TMPDIR", temporary.path());
        let ran = ended(run, b"");
        assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
        let mut found = found_in("stdout", ran.stdout.as_bytes());
        found.extend(found_in("stderr", ran.stderr.as_bytes()));
        for file in files(cwd.path()) {
            found.extend(found_in(&file.to_string_lossy(), &fs::read(&file).unwrap()));
        }
        let told = found.iter().filter(|one| !allowed(one, &words[0]));
        leaks.extend(told.map(|one| format!("{one:?} by {words:?}")));
        let _ = fs::remove_file(&out);
        let _ = fs::remove_dir_all(&out);
        assert!(files(cwd.path()).is_empty(), "{words:?} left a file beside its output");
    }
    assert!(files(temporary.path()).is_empty(), "something was left in the temporary folder");
    leaks
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { all.extend(files(&entry)) } else { all.push(entry) }
    }
    all
}

#[test]
fn without_a_key_no_name_identifier_or_text_leaves() {
    let planted = Planted::new(false);
    let leaks = leaks(&planted, None, is_shown);
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn with_a_key_nothing_of_any_cell_leaves_but_names_of_channels() {
    let planted = Planted::new(true);
    let keys = Folder::of::<&str>(&[]);
    let key = keys.join("case.key");
    let made = ended(kluwen([Path::new("key"), &key]), b"").fine();
    assert!(found_in("stderr", made.stderr.as_bytes()).is_empty());
    let leaks = leaks(&planted, Some(&key), |found, _| found.kind == "cn");
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// An analyst must mend a cell, so `check`, and the message that ends a reading, quote it: forty characters, and no other cell.
#[test]
fn a_fault_quotes_its_own_cell_and_forty_characters_of_it() {
    let long = format!("zqatbbbbbqz{}zqatcccccqz", "x".repeat(40));
    let links = format!(
        "from,to,kind,case_id,start,source\np2,p1,{long},c1,{long},zqsobbbbbqz\np2,zqipbbbbbqz,contact,c1,,zqsocccccqz\n"
    );
    let folder = crate::common::spoilt("links.csv", links);
    let people = "person_id,name,alias,birth,sex\np1,zqnmbbbbbqz,,zqatdddddqz,\np2,zqnmcccccqz,,,\np3,,,,\np4,,,,\n";
    folder.write("people.csv", people);
    let path = folder.path().to_str().unwrap();
    let shown: BTreeSet<String> = ["table", "json", "csv"]
        .into_iter()
        .map(|form| ended(kluwen(["check", path, "--format", form]), b""))
        .flat_map(|ran| found_in("", format!("{}{}", ran.stdout, ran.stderr).as_bytes()))
        .map(|found| found.text)
        .collect();
    assert_eq!(Vec::from_iter(shown), ["zqatbbbbbqz", "zqatdddddqz", "zqipbbbbbqz"]);
    for command in ["recruiters", "map", "summary", "rank"] {
        let ran = ended(kluwen([command, path]), b"");
        assert_eq!(ran.code, Some(1));
        let found = found_in("", format!("{}{}", ran.stdout, ran.stderr).as_bytes());
        let texts: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(texts, ["zqatdddddqz"], "{command}: the first fault, and its own cell");
    }
    // Under a clearance not even that: the row may be above it.
    let ran = ended(kluwen(["recruiters", path, "--clearance", "2"]), b"");
    assert_eq!(
        (ran.code, found_in("", ran.stderr.as_bytes()).len()),
        (Some(1), 0),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("people.csv:2"), "{}", ran.stderr);
}
