//! Pseudonyms under a key: the same for the same, nothing in common under another, and nothing else changes.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use kluwen::Case;
use kluwen::case::IdKind;
use kluwen::custody::{Key, Pseudonyms};
use kluwen::finding::{Recruiter, Recruiters};
use kluwen::identity::Identities;
use serde_json::Value;

use crate::common::{Folder, Ran, ended, kluwen, on_case, repository};

fn new_key(folder: &Folder, name: &str) -> PathBuf {
    let path = folder.join(name);
    ended(kluwen([Path::new("key"), &path]), b"").fine();
    path
}

fn keyed(command: &str, key: &Path, words: &[&str]) -> Ran {
    let mut all = vec!["--key", key.to_str().unwrap(), "--identity", "given"];
    all.extend(words);
    on_case(command, &repository("graphs/study25"), &all)
}

/// Every text that is a pseudonym, in any place.
fn pseudonyms(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_one = |word: &str| {
        word.split_once('-').is_some_and(|(kind, rest)| {
            IdKind::ALL.iter().any(|known| known.prefix() == kind) && rest.len() == 18
        })
    };
    words.filter(|word| is_one(word)).map(Into::into).collect()
}

#[test]
fn a_key_gives_the_same_people_the_same_pseudonyms_and_another_others() {
    let folder = Folder::of::<&str>(&[]);
    let [one, other] = ["one.key", "other.key"].map(|name| new_key(&folder, name));
    assert_ne!(fs::read(&one).unwrap(), fs::read(&other).unwrap());
    assert_eq!(fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o600);
    let words = ["--format", "json", "--draws", "5"];
    let first = keyed("recruiters", &one, &words).fine();
    assert_eq!(first.stdout, keyed("recruiters", &one, &words).fine().stdout);
    let second = keyed("recruiters", &other, &words).fine();
    let (a, b) = (pseudonyms(&first.stdout), pseudonyms(&second.stdout));
    assert!(a.len() > 30 && a.len() == b.len() && a.is_disjoint(&b), "{} {}", a.len(), b.len());
    // In a map and in converted data they are the same.
    let map = keyed("map", &one, &["--format", "node-link", "--most", "500"]).fine();
    let leader = first.json()[0]["pseudonym"].as_str().unwrap().to_owned();
    let nodes = map.json()["nodes"].as_array().unwrap().clone();
    let found = nodes.iter().find(|node| node["pseudonym"] == leader.as_str()).unwrap();
    assert_eq!(found["label"], first.json()[0]["entity"]);
    let tables = folder.join("tables");
    let case = repository("graphs/study25");
    on_case("convert", &case, &[tables.to_str().unwrap(), "--key", one.to_str().unwrap()]).fine();
    let people = fs::read_to_string(tables.join("people.csv")).unwrap();
    assert!(people.contains(&leader));
    let whole: String = ["people", "cases", "roles", "links"]
        .map(|name| fs::read_to_string(tables.join(format!("{name}.csv"))).unwrap())
        .concat();
    let of_people = a.iter().filter(|id| id.starts_with("P-") || id.starts_with("C-"));
    of_people.for_each(|id| assert!(whole.contains(id.as_str()), "{id}"));
    // The converted case is a case, with the same ranking.
    let again = on_case(
        "recruiters",
        &tables,
        &["--identity", "given", "--format", "json", "--draws", "5"],
    )
    .fine();
    let ids = |json: &Value| -> Vec<Value> {
        json.as_array().unwrap().iter().take(3).map(|one| one["person_ids"].clone()).collect()
    };
    assert_eq!(ids(&again.json()), ids(&first.json()));
}

#[test]
fn pseudonyms_change_no_finding() {
    let mut case = Case::open(repository("graphs/study25")).unwrap();
    let identities = Identities::as_given(&case);
    let options = Recruiters { draws: 20, ..Recruiters::default() };
    let before = options.find(&case, &identities).unwrap();
    case.show_by(&Pseudonyms::new(&Key::from_bytes([3; 32]))).unwrap();
    let after = options.find(&case, &identities).unwrap();
    let figures = |all: &[Recruiter]| -> Vec<(String, u64, [usize; 2], usize)> {
        let one = |one: &Recruiter| {
            (
                one.entity.to_string(),
                one.recurrence.to_bits(),
                one.rank_interval,
                one.episodes.len(),
            )
        };
        all.iter().map(one).collect()
    };
    assert_eq!(figures(&before), figures(&after));
    assert!(before.len() > 2 && before[0].person_ids[0] == "p9");
    assert!(after.iter().all(|one| one.person_ids.iter().all(|id| id.starts_with("P-"))));
    // Whoever has a pseudonym, or an id, can ask by it.
    let id = after[0].person_ids[0].as_str();
    assert_eq!(case.id_called(IdKind::Person, id), case.id_called(IdKind::Person, "p9"));
}

#[test]
fn a_key_that_others_may_read_is_none() {
    let folder = Folder::of::<&str>(&[]);
    let key = new_key(&folder, "case.key");
    let open = |mode: u32| fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
    let link = folder.join("link.key");
    symlink(&key, &link).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o666] {
        open(mode);
        for path in [&key, &link] {
            let ran = keyed("summary", path, &[]);
            assert_eq!(ran.code, Some(3), "{mode:o}: {}", ran.stderr);
            assert!(ran.stderr.contains("chmod 600"), "{}", ran.stderr);
        }
    }
    open(0o600);
    keyed("summary", &link, &[]).fine();
    for wrong in ["", "kluwen key 1\nabc\n", "secret"] {
        fs::write(&key, wrong).unwrap();
        let ran = keyed("summary", &key, &[]);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("kluwen key FILE") && !ran.stderr.contains("abc"),
            "{}",
            ran.stderr
        );
    }
    assert_eq!(keyed("summary", folder.path(), &[]).code, Some(3));
    assert_eq!(keyed("summary", &folder.join("none.key"), &[]).code, Some(3));
    // No key is written over, nor over anything else.
    let ran = ended(kluwen([Path::new("key"), &key]), b"");
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(&key).unwrap(), "secret");
}

#[test]
fn the_manifest_tells_keys_apart_and_holds_none() {
    let folder = Folder::of::<&str>(&[]);
    let key = new_key(&folder, "case.key");
    let out = folder.join("tables");
    let case = repository("graphs/study25");
    let words = [out.to_str().unwrap(), "--key", key.to_str().unwrap()];
    on_case("convert", &case, &words).fine();
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let fingerprint = Key::read(&key).unwrap().fingerprint();
    assert!(manifest.contains(&format!("\"key\": \"{fingerprint}\"")), "{manifest}");
    let digits = fs::read_to_string(&key).unwrap();
    let digits = digits.lines().nth(1).unwrap();
    assert!(!manifest.contains(&digits[..8]) && !digits.contains(&fingerprint));
    // What would undo it is refused.
    for words in [&["--reveal", "court"][..], &["--lenient"]] {
        let all = [&[out.to_str().unwrap(), "--key", key.to_str().unwrap()], words].concat();
        assert_eq!(on_case("convert", &case, &all).code, Some(2), "{words:?}");
    }
    assert_eq!(on_case("check", &case, &["--key", key.to_str().unwrap()]).code, Some(2));
}
