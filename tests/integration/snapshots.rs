//! Is a snapshot the case that it was made of, and never taken for anything else?

use std::fs;
use std::path::Path;

use kluwen::case::{
    Case, Mapping, ReadOptions, Strictness, Symbol, Table, Taken, UnknownCodes, read,
    write_snapshot,
};
use kluwen::error::{Error, ErrorKind};
use kluwen::finding::Analysis;
use kluwen::identity::Resolution;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::common::{Folder, SOUND, kluwen, on_case, repository, spoilt};
use crate::corpora::targets::cases::sealed;

/// The bytes of the checksum at the end of a snapshot.
const CHECKSUM: usize = 32;

fn packed(taken: &Taken) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_snapshot(taken, &[], &mut bytes).expect("memory takes what is written");
    bytes
}

fn unpacked(bytes: &[u8]) -> Result<Taken, Error> {
    let folder = Folder::of(&[("case.kluwen", bytes)]);
    read(&folder.join("case.kluwen"), &ReadOptions::default())
}

/// The smallest case with something in every part of a snapshot: attributes, a row refused, a victim by it, a warning.
fn rich() -> Taken {
    let folder = spoilt(
        "links.csv",
        "link_id,from,to,kind,case_id,about,channel_id,place_id,means,start,end,count,grade,Colour\n\
         l1,p2,p1,recruited,c1,p3,ch1,pl1,debt;threat,2019-03,2019-04,2,B2,red\n\
         l2,p3,p1,exploited,c1,,,pl1,,2019-05/..,,,0.4,\n\
         l3,p3,p4,exploited,c2,,,pl1,,yesterday,,,,blue\n\
         ,p2,p3,contact,,,,,,unknown,,,,green\n",
    );
    let options =
        ReadOptions { strictness: Strictness::Report, digest: true, ..ReadOptions::default() };
    let taken = read(folder.path(), &options).expect("faults are reported");
    assert_eq!(taken.case.victims_of_refused_rows().len(), 1);
    assert!(taken.case.links.attributes().len() >= 2);
    taken
}

#[track_caller]
fn assert_same(before: &Taken, after: &Taken) {
    let (a, b) = (&before.case, &after.case);
    assert_eq!(a.symbol_count(), b.symbol_count());
    macro_rules! tables {
        ($($table:ident),+) => {$(
            assert_eq!(a.$table[..], b.$table[..]);
            assert_eq!(a.$table.attributes(), b.$table.attributes());
            for row in b.$table.iter() {
                assert_eq!(a.place_of(&row.assertion), b.place_of(&row.assertion));
                assert_eq!(a.text(row.assertion.source), b.text(row.assertion.source));
            }
        )+};
    }
    tables!(cases, people, channels, places, identifiers, roles, links, ads);
    for (row, person) in a.people.iter().enumerate() {
        let text = a.text(person.person);
        assert_eq!(b.symbol(text), Some(person.person));
        assert_eq!(b.text(person.name), a.text(person.name));
        assert_eq!(b.row_of(Table::People, person.person), Some(row));
    }
    for (ours, theirs) in a.links.iter().zip(b.links.iter()) {
        assert_eq!(a.link_id(ours), b.link_id(theirs));
        assert_eq!(a.row_of(Table::Links, ours.link), b.row_of(Table::Links, theirs.link));
    }
    for (ours, theirs) in a.ads.iter().zip(b.ads.iter()) {
        assert_eq!((a.ad_id(ours), a.text(ours.text)), (b.ad_id(theirs), b.text(theirs.text)));
    }
    assert_eq!(a.victims_of_refused_rows(), b.victims_of_refused_rows());
    assert_eq!((&before.faults, &before.counts), (&after.faults, &after.counts));
    assert_eq!((&before.files, before.totals()), (&after.files, after.totals()));
}

#[test]
fn a_snapshot_is_the_case_that_it_was_made_of() {
    let digest = ReadOptions { digest: true, ..ReadOptions::default() };
    for folder in ["graphs/study25", "graphs/known/path5", "graphs/known/star5"] {
        let folder = repository(folder);
        if folder.exists() {
            let taken = read(&folder, &digest).expect("it is sound");
            assert_same(&taken, &unpacked(&packed(&taken)).expect("it is a snapshot"));
        }
    }
    let sound = Folder::of(&SOUND);
    let taken = read(sound.path(), &digest).expect("it is sound");
    assert_same(&taken, &unpacked(&packed(&taken)).expect("it is a snapshot"));
    let taken = rich();
    assert_same(&taken, &unpacked(&packed(&taken)).expect("it is a snapshot"));
}

#[test]
fn people_whom_no_table_lists_are_in_it() {
    let folder = Folder::of(&[
        ("edges.csv", "a,b\nx,y\ny,z\n"),
        (
            "mapping.toml",
            "people = \"implied\"\n[[read]]\nfile = \"edges.csv\"\ntable = \"links\"\n\
             columns = { from = \"a\", to = \"b\" }\nconstants = { kind = \"contact\" }\n",
        ),
    ]);
    let case = folder.join("edges.kluwen");
    let words = |case: &Path| ["summary", case.to_str().expect("UTF-8")].map(str::to_owned);
    pack(folder.path(), &case, &[]);
    let summary = |case: &Path| crate::common::ended(kluwen(words(case)), b"").fine().stdout;
    assert_eq!(summary(folder.path()), summary(&case));
    assert_eq!(Case::open(&case).expect("it is a snapshot").people.len(), 3);
}

#[test]
fn equal_cases_make_equal_snapshots() {
    assert_eq!(packed(&rich()), packed(&rich()));
    let again = unpacked(&packed(&rich())).expect("it is a snapshot");
    assert_eq!(packed(&again), packed(&rich()));
}

#[test]
fn no_flipped_bit_and_no_cut_passes() {
    let bytes = packed(&rich());
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        let error = unpacked(&flipped).map(|_| at).expect_err("a flipped bit");
        assert!(error.to_string().starts_with("case.kluwen: "), "{at}: {error}");
        assert!(error.to_string().contains("pack"), "{at}: {error}");
        assert!(matches!(error.kind(), ErrorKind::Data { .. }), "{at}: {error}");
        assert!(unpacked(&bytes[..at]).is_err(), "cut at {at}");
    }
    assert!(unpacked(&[&bytes[..], b"\n"].concat()).is_err());
}

/// What the rooms to the right rest on.
fn assert_sound(case: &Case) {
    let text = |symbol: Symbol| case.text(symbol).len();
    let mut seen = 0;
    for person in case.people.iter() {
        seen += text(person.person) + text(person.name) + text(person.alias);
        assert!(case.person(person.person).is_some());
    }
    for link in case.links.iter() {
        assert!(case.person(link.from).is_some() && case.person(link.to).is_some());
        assert!(link.from != link.to && link.count > 0.0 && link.count <= 1e12);
        assert!(!link.end.is_before(link.start));
        assert!((0.0..=1.0).contains(&link.assertion.certainty));
        seen += case.link_id(link).len() + case.place_of(&link.assertion).len();
        seen += text(link.case) + text(link.channel) + text(link.assertion.grade);
    }
    for role in case.roles.iter() {
        assert!(case.person(role.person).is_some());
        seen += text(role.case) + case.place_of(&role.assertion).len();
    }
    for ad in case.ads.iter() {
        seen += case.ad_id(ad).len() + text(ad.text) + text(ad.price);
    }
    for (at, _) in case.links.iter().enumerate() {
        seen += case.links.attributes_of(at).iter().map(|a| text(a.value)).sum::<usize>();
    }
    assert!(seen > 0);
}

#[test]
fn whoever_knows_how_to_seal_it_gets_no_further_than_a_reader_would() {
    let bytes = packed(&rich());
    let mut passed = 0;
    for at in 0..bytes.len() - CHECKSUM {
        for byte in [0, 0xff, bytes[at] ^ 1] {
            let mut forged = bytes.clone();
            forged[at] = byte;
            if let Ok(taken) = unpacked(&sealed(&forged)) {
                passed += 1;
                assert_sound(&taken.case);
            }
        }
    }
    assert!(passed > 0, "a letter of a name may be another one");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_forged_snapshot_is_an_error_or_a_case(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = packed(&rich());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(taken) = unpacked(&sealed(&bytes)) {
            assert_sound(&taken.case);
            if let Ok(identities) = Resolution::default().of(&taken.case) {
                let _ = Analysis::default().of(&taken, &identities);
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(unpacked(&sealed(&bytes)).is_err());
        prop_assert!(unpacked(&[&b"kluwen case\n\x01\0\0\0"[..], &bytes].concat()).is_err());
    }
}

#[test]
fn an_error_says_what_was_found_and_what_to_do() {
    let bytes = packed(&rich());
    let told = |bytes: Vec<u8>| unpacked(&bytes).map(drop).expect_err("no snapshot").to_string();
    let replaced = |from: &str, to: &str| {
        let at = bytes.windows(from.len()).position(|part| part == from.as_bytes());
        let at = at.expect("it is there");
        sealed(&[&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat())
    };
    let version = concat!("\"version\":\"", env!("CARGO_PKG_VERSION"), "\"");
    let mut newer = bytes.clone();
    newer[12] = 9;
    let mut other = bytes.clone();
    let key = b"\"contract\":\"";
    let at = bytes.windows(key.len()).position(|part| part == key).expect("it is there");
    other[at + key.len()] = b'x';
    for (bytes, found) in [
        (replaced(version, "\"version\":\"9.9.9\""), "a snapshot that kluwen 9.9.9 made"),
        (sealed(&other), "a snapshot that another build of kluwen"),
        (replaced("\"stray\":0", "\"stray\":-"), "its notes"),
        (newer, "a snapshot of layout 9, where this program knows 1"),
        (b"person_id,name\np1,Anna\n".repeat(9), "no snapshot"),
        (bytes[..bytes.len() / 2].to_vec(), "bytes, packed as"),
        ([&bytes[..bytes.len() - 1], b"?"].concat(), "its checksum is another"),
    ] {
        let told = told(bytes);
        assert!(told.contains(found) && told.contains("pack it again"), "{found}: {told}");
    }
}

fn pack(case: &Path, snapshot: &Path, words: &[&str]) {
    let snapshot = snapshot.to_str().expect("a temporary path is UTF-8");
    on_case("pack", case, &[&[snapshot], words].concat()).fine();
}

#[test]
fn findings_from_a_snapshot_are_those_from_the_files() {
    let folder = Folder::of(&SOUND);
    let snapshot = folder.join("study25.kluwen");
    let study = repository("graphs/study25");
    let grades = repository("src/case/grades.toml");
    let grades = ["--grades", grades.to_str().expect("UTF-8")];
    pack(&study, &snapshot, &grades);
    let outs = [folder.join("a"), folder.join("b")];
    let out = outs.each_ref().map(|out| ["--out", out.to_str().expect("UTF-8")]);
    on_case("analyse", &study, &[out[0], grades].concat()).fine();
    on_case("analyse", &snapshot, &out[1]).fine();
    for name in ["findings.json", "report.html", "report.md", "network.dot"] {
        let [files, packed] = outs.each_ref().map(|out| fs::read(out.join(name)).expect("written"));
        assert_eq!(files, packed, "{name}");
    }
    let manifests = outs.each_ref().map(|out| {
        let text = fs::read_to_string(out.join("manifest.json")).expect("written");
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON")
    });
    // As what a file went in is another thing: those of a snapshot went into that.
    let without_roles = |manifest: &serde_json::Value| {
        let mut inputs = manifest["inputs"].as_array().expect("a list").clone();
        for input in &mut inputs {
            input.as_object_mut().expect("a file").remove("role");
        }
        inputs
    };
    let [files, packed] = manifests.each_ref().map(without_roles);
    let (last, rest) = packed.split_last().expect("some went in");
    assert_eq!(rest, &files[..]);
    assert_eq!(rest.last().expect("some")["name"], "grades.toml");
    let bytes = fs::read(&snapshot).expect("written");
    let digest = Sha256::digest(&bytes)
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    assert_eq!(last["name"], "study25.kluwen");
    assert_eq!(last["sha256"], digest);
    assert_eq!(last["bytes"], bytes.len());
    assert_eq!(manifests[0]["rows"], manifests[1]["rows"]);
}

#[test]
fn other_commands_take_it_as_well() {
    let folder = Folder::of(&SOUND);
    let snapshot = folder.join("sound.KLUWEN");
    pack(folder.path(), &snapshot, &[]);
    for words in [
        &["recruiters", "--format", "json"][..],
        &["channels", "--format", "json"],
        &["identities", "--format", "json"],
        &["rank", "--by", "degree", "--format", "json"],
        &["map"],
    ] {
        let of = |case: &Path| on_case(words[0], case, &words[1..]).fine();
        let (files, packed) = (of(folder.path()), of(&snapshot));
        assert_eq!((files.stdout, files.stderr), (packed.stdout, packed.stderr), "{words:?}");
    }
}

#[test]
fn check_says_what_it_holds_and_what_was_wrong() {
    let folder = spoilt(
        "links.csv",
        "link_id,from,to,kind,start\nl1,p2,p1,recruited,2019-03\nl2,p3,p1,exploited,yesterday\n",
    );
    let snapshot = folder.join("case.kluwen");
    let rejects = folder.join("rejects.txt");
    let words = ["--lenient", "--rejects", rejects.to_str().expect("UTF-8")];
    pack(folder.path(), &snapshot, &words);
    assert!(fs::read_to_string(&rejects).expect("written").contains("l2,p3,p1"));
    let checked = on_case("check", &snapshot, &[]);
    assert_eq!(checked.code, Some(1), "{checked:#?}");
    for line in [
        "case.kluwen: a snapshot that kluwen",
        "links.csv as links: 2 rows read = 1 used + 1 refused",
        "links.csv:3: column `start`: `yesterday`",
    ] {
        assert!(checked.stdout.contains(line), "{line}: {checked:#?}");
    }
    let json = on_case("check", &snapshot, &["--format", "json"]).json();
    assert_eq!(json["snapshot"]["inputs"][1]["name"], "people.csv");
    assert!(json["snapshot"]["inputs"][1]["sha256"].is_string());
    let of_files = on_case("check", folder.path(), &["--format", "json"]).json();
    assert_eq!(of_files["faults"], json["faults"]);
    assert!(of_files["snapshot"].is_null());
}

#[test]
fn what_it_would_ignore_is_refused() {
    let folder = Folder::of(&SOUND);
    let snapshot = folder.join("sound.kluwen");
    pack(folder.path(), &snapshot, &[]);
    let settings =
        folder.write("grades.toml", fs::read(repository("src/case/grades.toml")).expect("there"));
    let mapping = folder.write("m.toml", "people = \"implied\"\n");
    for words in [
        &["--grades", settings.to_str().expect("UTF-8")][..],
        &["--mapping", mapping.to_str().expect("UTF-8")],
        &["--lenient"],
        &["--unknown-as-other"],
        &["--max-record", "1000"],
    ] {
        let ran = on_case("summary", &snapshot, words);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains("give it to `kluwen pack`"), "{ran:#?}");
    }
    assert_eq!(on_case("summary", &snapshot, &["--max-input", "1000"]).code, Some(4));
    let mapped = ReadOptions {
        mapping: Some(Mapping::default()),
        unknown_codes: UnknownCodes::Refuse,
        ..ReadOptions::default()
    };
    assert!(read(&snapshot, &mapped).is_err());
}

#[test]
fn it_is_written_whole_for_its_owner_and_over_nothing_that_was_read() {
    let folder = Folder::of(&SOUND);
    let elsewhere = Folder::of::<&str>(&[]);
    let snapshot = elsewhere.join("sound.kluwen");
    pack(folder.path(), &snapshot, &[]);
    pack(folder.path(), &snapshot, &[]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&snapshot).expect("written").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let tried = |case: &Path, file: &Path| {
        on_case("pack", case, &[file.to_str().expect("a temporary path is UTF-8")])
    };
    for (case, file) in [
        (folder.path(), folder.join("people.csv")),
        (folder.path(), elsewhere.join("sound.bin")),
        (&snapshot, elsewhere.join("again.kluwen")),
        (&snapshot, snapshot.clone()),
    ] {
        let ran = tried(case, &file);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
    }
    let inside = folder.write("own.kluwen", "something else");
    assert_eq!(tried(folder.path(), &inside).code, Some(2));
    assert_eq!(fs::read(&inside).expect("it is there"), b"something else");
    assert_eq!(tried(folder.path(), &elsewhere.join("no/such/x.kluwen")).code, Some(3));
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 1);
}
