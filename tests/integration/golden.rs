//! Are bytes those that were written before, on this machine or another?
//!
//! `golden.txt` has the SHA-256 of everything below. What changes an output on purpose changes lines there, and they are looked at:
//! `KLUWEN_GOLDEN=write cargo test golden` writes the file anew. Pictures of pixels are not in it: their renderer calls the
//! machine's own functions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use sha2::{Digest, Sha256};

use crate::common::{Folder, SOUND, ended, kluwen, repository};

const LIST: &str = "tests/integration/golden.txt";
const WRITE: &str = "KLUWEN_GOLDEN";

/// Names of outputs, with their SHA-256.
type Hashes = BTreeMap<String, String>;

/// One run: under what name its outputs are listed, and its words; `{study}`, `{small}` and `{simulated}` are cases, `{out}` is a path of its own.
struct Asked {
    name: &'static str,
    words: Vec<String>,
}

fn asked(name: &'static str, words: &str) -> Asked {
    Asked { name, words: words.split(' ').map(str::to_owned).collect() }
}

fn all() -> Vec<Asked> {
    let mut all = vec![
        asked("analyse", "analyse {study} --out {out}"),
        asked("analyse-simulated", "analyse {simulated} --out {out}"),
        asked("analyse-nl", "analyse {small} --lang nl --out {out}"),
        asked("analyse-published", "analyse {small} --publish --out {out}"),
        asked("analyse-revealed", "analyse {small} --reveal golden --out {out}"),
        asked("rank.json", "rank {study} --format json"),
        asked("rank.csv", "rank {study} --format csv"),
        asked("rank.txt", "rank {study} --format table"),
        asked("group.json", "group {study} --format json"),
        asked("channels.json", "channels {study} --format json"),
        asked("adverts.json", "adverts {study} --format json"),
        asked("motifs.json", "motifs {study} --format json"),
        asked("identities.json", "identities {study} --all --format json"),
        asked("recruiters.json", "recruiters {small} --format json"),
        asked("windows.json", "windows {small} --format json"),
        asked("map-nl.svg", "map {small} --lang nl --format svg"),
        asked("pack.kluwen", "pack {study} {out}.kluwen"),
        asked("simulate-events", "simulate {out} --scale event10m --victims 10"),
    ];
    for tier in ["easy", "standard", "hard"] {
        let words = format!("simulate {{out}} --scale region --tier {tier}");
        all.push(asked(format!("simulate-{tier}").leak(), &words));
    }
    for form in ["dot", "svg", "html", "graphml", "gexf", "gexf-1.2", "anx", "neo4j"] {
        all.push(map(form));
    }
    for form in ["cytoscape", "cytoscape-boxes", "node-link", "pajek", "dl", "parquet"] {
        all.push(map(form));
    }
    for form in ["tables", "parquet", "jsonl", "ftm", "graphml"] {
        let words = format!("convert {{study}} {{out}} --to {form}");
        all.push(asked(format!("convert-{form}").leak(), &words));
    }
    all
}

fn map(form: &str) -> Asked {
    let words = format!("map {{study}} --identity given --format {form} --out {{out}}");
    asked(format!("map-{form}").leak(), &words)
}

/// Everything that the runs write, listed by name.
fn hashes() -> Hashes {
    let small = Folder::of(&SOUND);
    let room = Folder::of::<&str>(&[]);
    let simulated = room.join("simulated");
    let words = ["simulate", &simulated.to_string_lossy(), "--scale", "seed", "--victims", "20"];
    ended(kluwen(words), b"").fine();
    let cases = [
        ("{study}", repository("graphs/study25")),
        ("{small}", small.path().to_owned()),
        ("{simulated}", simulated.clone()),
    ];
    let found = Mutex::new(Hashes::new());
    put(&mut found.lock().unwrap(), "simulate", &simulated);
    let waiting = Mutex::new(all());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(next) = { waiting.lock().unwrap().pop() } {
                    let out = room.join(next.name);
                    let out = out.to_string_lossy();
                    let words = next.words.iter().map(|word| {
                        let word = word.replace("{out}", &out);
                        let put = |word: String, (name, path): &(&str, std::path::PathBuf)| {
                            word.replace(name, &path.to_string_lossy())
                        };
                        cases.iter().fold(word, put)
                    });
                    let ran = ended(kluwen(words), b"").fine();
                    let mut found = found.lock().unwrap();
                    put(&mut found, next.name, Path::new(&*out));
                    let printed = !next.words.iter().any(|word| word.starts_with("{out}"));
                    if printed {
                        found.insert(next.name.into(), hash(ran.stdout.as_bytes()));
                    }
                }
            });
        }
    });
    put(&mut found.lock().unwrap(), "pack.kluwen", &room.join("pack.kluwen.kluwen"));
    found.into_inner().unwrap()
}

/// Lists a file, or those of a folder.
fn put(found: &mut Hashes, name: &str, path: &Path) {
    if path.is_file() {
        found.insert(name.into(), hash(&fs::read(path).unwrap()));
    }
    for entry in fs::read_dir(path).into_iter().flatten() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy();
        found.insert(format!("{name}/{file}"), hash(&fs::read(&path).unwrap()));
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn listed() -> Hashes {
    let text = fs::read_to_string(repository(LIST)).unwrap_or_default();
    let pair = |line: &str| line.split_once("  ").map(|(sum, name)| (name.into(), sum.into()));
    text.lines().filter_map(pair).collect()
}

#[test]
fn golden_bytes_are_written_again() {
    let found = hashes();
    assert!(found.len() >= 20, "too little is looked at: {}", found.len());
    if std::env::var(WRITE).is_ok_and(|value| value == "write") {
        let lines: Vec<String> = found.iter().map(|(name, sum)| format!("{sum}  {name}")).collect();
        fs::write(repository(LIST), lines.join("\n") + "\n").unwrap();
        return;
    }
    let want = listed();
    let mut names: Vec<&String> = found.keys().chain(want.keys()).collect();
    names.sort();
    names.dedup();
    let other: Vec<&&String> =
        names.iter().filter(|name| found.get(**name) != want.get(**name)).collect();
    assert!(
        other.is_empty(),
        "other bytes than {LIST} says: {other:?}; if that is meant, write it anew with {WRITE}=write"
    );
}
