use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use kluwen::case::{Severity, Table};
use kluwen::custody::{Chain, Purge};

use crate::common::{Folder, Ran, ended, kluwen, on_case, report, repository};

/// Two cases: Anna and the recruiter Bram stand in both, Cees (`p3`) and Dora (`p4`) only in c2.
const TABLES: [(&str, &str); 8] = [
    ("cases.csv", "case_id,unit\r\nc1,North\r\n\r\n\"c2\",South\r\n"),
    (
        "people.csv",
        "person_id,name,alias\np1,Anna Veer,\np2,\"Bram, \"\"B\"\"\",\np3,Cees Dravik,Ceesje;De Lange\n\
         p4,Dora Anna Smits,\n\np5,Nobody Mentions,\n",
    ),
    (
        "channels.csv",
        "channel_id,name,class\nch1,Kletshoek,forum\nch2,Geheimhoek,forum\nch3,Unused,forum\n",
    ),
    ("places.csv", "place_id,name\npl1,Hotel Zon\npl2,Huis van Dora\n"),
    (
        "identifiers.csv",
        "person_id,kind,value\np1,phone,+31611111111\np3,phone,+31633333333\np3,email,cees@dravik.example\np1,email,samen@huis.example\n\
         p4,email,samen@huis.example\n",
    ),
    (
        "roles.csv",
        "case_id,person_id,role\nc1,p1,victim\nc1,p2,recruiter\nc2,p1,victim\nc2,p3,driver\nc2,p4,victim\nc2,p2,recruiter\n",
    ),
    (
        "links.csv",
        "link_id,from,to,kind,case_id,channel_id,place_id\nl1,p2,p1,recruited,c1,ch1,pl1\nl2,p2,p4,recruited,c2,ch2,pl2\n\
         l3,p3,p4,transported,,,\nl4,p2,p3,contact,,,\nl5,p2,p1,contact,,,\nl6,p3,p1,transported,c2,,",
    ),
    (
        "ads.csv",
        "ad_id,channel_id,case_id,victim_id,phone,text\na1,ch1,c1,p1,+31611111111,\"een\nregel, nog een\"\na2,ch1,c2,p4,+31644444444,Dora komt\n\
         a3,ch1,,p4,,\na4,ch1,,,,los\n",
    ),
];

/// The same without c2.
const KEPT: [(&str, &str); 8] = [
    ("cases.csv", "case_id,unit\r\nc1,North\r\n\r\n"),
    (
        "people.csv",
        "person_id,name,alias\np1,Anna Veer,\np2,\"Bram, \"\"B\"\"\",\n\np5,Nobody Mentions,\n",
    ),
    ("channels.csv", "channel_id,name,class\nch1,Kletshoek,forum\nch3,Unused,forum\n"),
    ("places.csv", "place_id,name\npl1,Hotel Zon\n"),
    (
        "identifiers.csv",
        "person_id,kind,value\np1,phone,+31611111111\np1,email,samen@huis.example\n",
    ),
    ("roles.csv", "case_id,person_id,role\nc1,p1,victim\nc1,p2,recruiter\n"),
    (
        "links.csv",
        "link_id,from,to,kind,case_id,channel_id,place_id\nl1,p2,p1,recruited,c1,ch1,pl1\nl5,p2,p1,contact,,,\n",
    ),
    (
        "ads.csv",
        "ad_id,channel_id,case_id,victim_id,phone,text\na1,ch1,c1,p1,+31611111111,\"een\nregel, nog een\"\na4,ch1,,,,los\n",
    ),
];

const DECISIONS: &str = "person_id,other_id,verdict,by,why\np1,p2,different,jan,\"two, surely\"\np3,p4,different,jan,x\np2,p3,same,els,y\n";

fn purge(words: &[&str], paths: &[&Path]) -> Ran {
    let mut command = kluwen(["purge"]);
    command.args(words).args(paths);
    ended(command, b"")
}

fn errors(path: &Path) -> usize {
    report(path).faults.count(Severity::Error)
}

#[test]
fn a_case_goes_with_its_people_and_all_else_stays_byte_for_byte() {
    let folder = Folder::of(&TABLES);
    let decisions = Folder::of(&[("decisions.csv", DECISIONS)]);
    let decisions = decisions.join("decisions.csv");
    assert_eq!(errors(folder.path()), 0);
    let told = purge(&["--case-id", "c2"], &[folder.path(), &decisions]).fine();
    assert!(told.stderr.contains("Nothing was changed"), "{}", told.stderr);
    for (name, text) in TABLES {
        assert_eq!(fs::read_to_string(folder.join(name)).expect("there"), text, "{name}");
    }
    let log = decisions.with_file_name("audit.jsonl");
    let words = [
        "--case-id",
        "c2",
        "--yes",
        "--format",
        "json",
        "--audit",
        log.to_str().expect("UTF-8"),
        "--purpose",
        "erasure",
        "--why",
        "its time is over",
    ];
    let done = purge(&words, &[folder.path(), &decisions]).fine();
    for (name, text) in KEPT {
        assert_eq!(fs::read_to_string(folder.join(name)).expect("there"), text, "{name}");
    }
    assert_eq!(
        fs::read_to_string(&decisions).expect("there"),
        "person_id,other_id,verdict,by,why\np1,p2,different,jan,\"two, surely\"\n"
    );
    assert_eq!(errors(folder.path()), 0, "nothing dangles");
    let proof = done.json();
    assert_eq!(proof["people"], 2);
    assert_eq!(proof["hits"].as_array().map(Vec::len), Some(0));
    assert!(!done.stdout.contains("Dora") && !done.stdout.contains("Cees"));
    let rows: BTreeMap<String, u64> = proof["files"]
        .as_array()
        .expect("files")
        .iter()
        .flat_map(|file| file["rows"].as_object().expect("counts"))
        .map(|(table, count)| (table.clone(), count.as_u64().expect("a count")))
        .collect();
    let counts = [
        ("ads", 2),
        ("cases", 1),
        ("channels", 1),
        ("decisions", 2),
        ("identifiers", 3),
        ("links", 4),
        ("people", 2),
        ("places", 1),
        ("roles", 4),
    ];
    assert_eq!(rows, counts.map(|(table, count)| (table.to_owned(), count)).into());
    let chain = Chain::read(&log).expect("a log");
    let detail = chain.entries[1].1.done.as_ref().expect("how it ended");
    assert_eq!(detail.overrides["why"], "its time is over");
    assert_eq!((detail.inputs.len(), detail.outputs.len()), (9, 9), "{detail:#?}");
    let again = purge(&["--case-id", "c2", "--yes"], &[folder.path()]);
    assert_eq!(again.code, Some(2), "there is nothing left to purge: {}", again.stderr);
}

#[test]
fn packed_tables_lines_of_json_and_snapshots_are_purged_alike() {
    let folder = Folder::of(&TABLES);
    let tables = |path: &Path| report(path).case;
    let want = Folder::of(&KEPT);
    let want = tables(want.path());
    let packed = Folder::of::<&str>(&[]);
    let snapshot = packed.join("case.kluwen");
    on_case("pack", folder.path(), &[snapshot.to_str().expect("UTF-8")]).fine();
    let lines = packed.join("case.jsonl");
    on_case("convert", folder.path(), &[lines.to_str().expect("UTF-8"), "--reveal", "a test"])
        .fine();
    fs::create_dir(packed.join("gz")).expect("ours");
    for (name, text) in TABLES {
        let file = fs::File::create(packed.join("gz").join(format!("{name}.gz"))).expect("ours");
        let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("ours");
        packer.finish().expect("ours");
    }
    for path in [snapshot, lines, packed.join("gz")] {
        let name = path.display().to_string();
        let done = purge(&["--case-id", "c2", "--yes"], &[&path]);
        assert_eq!(done.code, Some(0), "{name}: {done:#?}");
        let left = tables(&path);
        assert_eq!(errors(&path), 0, "{name}");
        for table in Table::ALL {
            assert_eq!(ids(&left, table), ids(&want, table), "{name}: {table}");
        }
        let mut bytes = fs::read(&path).unwrap_or_default();
        if path.is_dir() {
            for file in fs::read_dir(&path).expect("ours").flatten() {
                flate2::read::GzDecoder::new(fs::File::open(file.path()).expect("ours"))
                    .read_to_end(&mut bytes)
                    .expect("packed");
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for gone in ["Dravik", "Smits", "633333333", "644444444", "Geheimhoek", "Dora"] {
            assert!(!text.contains(gone), "{name}: {gone}");
        }
        assert!(text.contains("Anna Veer"));
    }
}

/// The first two texts of each row.
fn ids(case: &kluwen::case::Case, table: Table) -> Vec<String> {
    let text = |symbol| case.text(symbol).to_owned();
    match table {
        Table::Cases => case.cases.iter().map(|row| text(row.case)).collect(),
        Table::People => {
            case.people.iter().map(|row| text(row.person) + case.text(row.name)).collect()
        }
        Table::Channels => case.channels.iter().map(|row| text(row.channel)).collect(),
        Table::Places => case.places.iter().map(|row| text(row.place)).collect(),
        Table::Identifiers => {
            case.identifiers.iter().map(|row| text(row.person) + case.text(row.value)).collect()
        }
        Table::Roles => {
            case.roles.iter().map(|row| text(row.case) + case.text(row.person)).collect()
        }
        Table::Links => case
            .links
            .iter()
            .map(|row| case.link_id(row).to_owned() + case.text(row.from))
            .collect(),
        Table::Ads => {
            case.ads.iter().map(|row| case.ad_id(row).to_owned() + case.text(row.text)).collect()
        }
    }
}

#[test]
fn what_is_left_of_a_name_is_told_with_its_line() {
    let folder = Folder::of(&TABLES);
    folder.write("notes.txt", "met Cees Dravik\n");
    let roles = TABLES[5]
        .1
        .replace("role\nc1,p1,victim", "role,note\nc1,p1,victim,seen with Dora Anna Smits")
        .replace("recruiter\n", "recruiter,\n")
        .replace("victim\n", "victim,\n")
        .replace("driver\n", "driver,\n");
    folder.write("roles.csv", roles);
    let planned = purge(&["--case-id", "c2"], &[folder.path()]).fine();
    assert!(planned.stderr.contains("notes.txt:1: "), "{}", planned.stderr);
    let done = purge(&["--case-id", "c2", "--yes", "--format", "json"], &[folder.path()]);
    assert_eq!(done.code, Some(1));
    let hits = done.json()["hits"].clone();
    let want =
        serde_json::json!([{"file": "notes.txt", "line": 1}, {"file": "roles.csv", "line": 2}]);
    assert_eq!(hits, want);
}

/// A whole cell of a row that stays is no leave for the name of somebody who went, unless it is of a person who stays.
#[test]
fn a_name_that_is_a_whole_cell_of_another_case_is_told() {
    let folder = Folder::of(&TABLES);
    let people = TABLES[1]
        .1
        .replace("name,alias\n", "name,alias,source\n")
        .replace("p1,Anna Veer,\n", "p1,Anna Veer,,p3\n");
    let people: String = people
        .split_inclusive('\n')
        .map(|line| {
            let whole = line == "\n" || line.ends_with(",p3\n") || line.ends_with("source\n");
            if whole { line.to_owned() } else { line.replace('\n', ",\n") }
        })
        .collect();
    folder.write("people.csv", people);
    folder.write("ads.csv", TABLES[7].1.replace("a4,ch1,,,,los", "a4,ch1,c1,,,Cees Dravik"));
    folder.write("channels.csv", format!("{}ch4,Dora Anna Smits,forum\n", TABLES[2].1));
    let done = purge(&["--case-id", "c2", "--yes", "--format", "json"], &[folder.path()]);
    assert_eq!(done.code, Some(1), "{done:#?}");
    let want = serde_json::json!([
        {"file": "ads.csv", "line": 4},
        {"file": "channels.csv", "line": 4},
        {"file": "people.csv", "line": 2},
    ]);
    assert_eq!(done.json()["hits"], want);
}

#[test]
fn a_person_who_stays_keeps_a_name_that_somebody_shares_who_went() {
    let folder = Folder::of(&TABLES);
    folder.write("people.csv", TABLES[1].1.replace("Nobody Mentions", "Cees Dravik"));
    let done = purge(&["--case-id", "c2", "--yes", "--format", "json"], &[folder.path()]).fine();
    assert_eq!(done.json()["hits"], serde_json::json!([]));
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_is_refused_and_nothing_is_touched() {
    let (folder, share) = (Folder::of(&TABLES), Folder::of::<&str>(&[]));
    fs::rename(folder.join("people.csv"), share.join("people.csv")).expect("one disk");
    std::os::unix::fs::symlink(share.join("people.csv"), folder.join("people.csv")).expect("ours");
    let before = digests(folder.path());
    let refused = purge(&["--case-id", "c2", "--yes"], &[folder.path()]);
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    for part in ["people.csv: a symbolic link", "in place of the link"] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    assert_eq!(digests(folder.path()), before);
}

/// A run that was stopped has written some files and not the others, in this order.
#[test]
fn a_purge_that_was_stopped_is_repeated() {
    const ORDER: [&str; 8] = [
        "identifiers.csv",
        "people.csv",
        "channels.csv",
        "places.csv",
        "ads.csv",
        "links.csv",
        "roles.csv",
        "cases.csv",
    ];
    for stopped in 0..ORDER.len() {
        let folder = Folder::of(&TABLES);
        for (name, text) in KEPT.iter().filter(|(name, _)| ORDER[..stopped].contains(name)) {
            folder.write(name, text);
        }
        let purge =
            Purge::plan("c2", &[folder.path().to_owned()]).expect("rows of the case are left");
        let (proof, written) = purge.carry_out().expect("written");
        assert_eq!(proof.hits, [], "{stopped}");
        let names: Vec<String> = written
            .iter()
            .map(|(path, _)| path.file_name().expect("a file").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ORDER[stopped..], "{stopped}");
        for (name, text) in KEPT {
            assert_eq!(
                fs::read_to_string(folder.join(name)).expect("there"),
                text,
                "{stopped}: {name}"
            );
        }
    }
}

#[test]
fn what_cannot_be_searched_is_told() {
    let folder = Folder::of(&TABLES);
    folder.write("old.xlsx", b"PK\x03\x04\0\0");
    fs::create_dir(folder.join("older")).expect("ours");
    let done = purge(&["--case-id", "c2", "--yes", "--format", "json"], &[folder.path()]);
    assert_eq!(done.code, Some(1), "{done:#?}");
    assert_eq!(done.json()["unsearched"], serde_json::json!(["older", "old.xlsx"]));
}

#[test]
fn what_cannot_be_purged_is_refused_and_nothing_is_touched() {
    let folder = Folder::of(&TABLES);
    let out = Folder::of::<&str>(&[]);
    let findings = out.join("findings");
    on_case("analyse", folder.path(), &["--out", findings.to_str().expect("UTF-8")]).fine();
    let broken = Folder::of(&TABLES);
    broken.write("links.csv", "link_id,from,to,kind,case_id\nl1,\"p2,p1,recruited,c2\n");
    let mapped = Folder::of(&TABLES);
    mapped.write("mapping.toml", "people = \"implied\"\n");
    let graph = Folder::of(&[("g.graphml", "<graphml/>")]);
    let (before, graph) = (digests(folder.path()), graph.join("g.graphml"));
    let refusals: [(&Path, &str); 4] = [
        (&findings, "delete the folder"),
        (broken.path(), "a quote that is never closed"),
        (mapped.path(), "a mapping"),
        (&graph, "convert"),
    ];
    for (path, why) in refusals {
        let refused = purge(&["--case-id", "c2", "--yes"], &[folder.path(), path]);
        assert!(matches!(refused.code, Some(1 | 2)), "{refused:#?}");
        assert!(refused.stderr.contains(why), "{why}: {}", refused.stderr);
    }
    fs::hard_link(folder.join("ads.csv"), out.join("second.csv")).expect("one disk");
    let refused = purge(&["--case-id", "c2", "--yes"], &[folder.path()]);
    assert!(refused.stderr.contains("second name"), "{}", refused.stderr);
    assert_eq!(digests(folder.path()), before);
}

fn digests(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).expect("a folder").flatten().map(|file| file.path());
    files.map(|path| (path.clone(), fs::read(path).expect("there"))).collect()
}

/// Each case of the study in turn: no dangling id, no victim of another case lost, the rest of each file as it was.
#[test]
fn any_case_of_the_study_goes_and_the_others_stay() {
    let study = repository("graphs/study25");
    let all = report(&study).case;
    for case in all.cases.iter().step_by(6) {
        let id = all.text(case.case);
        let folder = Folder::of::<&str>(&[]);
        for table in Table::ALL {
            let name = format!("{table}.csv");
            fs::copy(study.join(&name), folder.join(&name)).expect("ours");
        }
        let purge = Purge::plan(id, &[folder.path().to_owned()]).expect("a plan");
        let (proof, _) = purge.carry_out().expect("written");
        let taken = report(folder.path());
        assert_eq!(taken.faults.count(Severity::Error), 0, "{id}");
        assert_eq!(taken.case.cases.len(), all.cases.len() - 1);
        let of_others = all.roles.iter().filter(|role| role.case != case.case).count();
        assert_eq!(taken.case.roles.len(), of_others, "{id}");
        assert_eq!(taken.case.people.len() + proof.people, all.people.len(), "{id}");
        for table in Table::ALL {
            let name = format!("{table}.csv");
            let [old, new] = [study.as_path(), folder.path()]
                .map(|path| fs::read_to_string(path.join(&name)).expect("there"));
            let mut rest = old.lines();
            assert!(
                new.lines().all(|line| rest.any(|old| old == line)),
                "{id}: {name} is not what it was, less some lines"
            );
        }
        for hit in &proof.hits {
            // What is left stands in texts of other cases, which nobody but a person can judge.
            assert!(hit.line > 1, "{id}: {hit:?}");
        }
    }
}
