//! Is who is who worked out as the files allow, and decided as a person says?

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use crate::common::{Folder, Ran, ended, kluwen, on_case, repository};
use crate::dice::Dice;

/// Given and family names of which each is one person's only.
const NAMES: [(&str, &str); 19] = [
    ("Anneke", "Aalbrink"),
    ("Bram", "Haverland"),
    ("Cees", "Ooststee"),
    ("Dorien", "Boskwaard"),
    ("Evert", "Ijskamp"),
    ("Fenna", "Puthaak"),
    ("Gijs", "Cranevelt"),
    ("Hilde", "Jolmeer"),
    ("Ids", "Querrel"),
    ("Jorrit", "Dijkmolen"),
    ("Klaske", "Kwelder"),
    ("Lammert", "Rietvoorn"),
    ("Mirthe", "Eikrade"),
    ("Nynke", "Lindwaard"),
    ("Okke", "Schelpzand"),
    ("Pleun", "Fluitwijk"),
    ("Quirijn", "Mosterik"),
    ("Roelof", "Terpwijk"),
    ("Sietske", "Grutbeek"),
];

/// Seven case files with a victim, who recruited her and who exploited her. `r1` and `r2` are one man: his name is written in two ways,
/// and so is his phone.
fn seven() -> Folder {
    let mut people =
        "person_id,name,sex\nr1,Zbyszko Mroznicki,male\nr2,Zbyszek Mroźnicki,\n".to_owned();
    let mut identifiers =
        "person_id,kind,value\nr1,phone,+44 7700 900123\nr2,phone,07700 900 123\n".to_owned();
    let mut roles = "case_id,person_id,role\nc1,r1,recruiter\nc2,r2,recruiter\n".to_owned();
    let mut links = "from,to,kind,case_id,source\n".to_owned();
    let mut next = 0..NAMES.len();
    for file in 1..=7 {
        let mut person = |role: &str| {
            let at = next.next().expect("enough names");
            let (given, family) = NAMES[at];
            let _ = writeln!(people, "p{at},{given} {family},");
            let _ = writeln!(identifiers, "p{at},phone,+44 7700 900{}", 200 + at);
            let _ = writeln!(roles, "c{file},p{at},{role}");
            format!("p{at}")
        };
        let (victim, exploiter) = (person("victim"), person("exploiter"));
        let recruiter = if file <= 2 { format!("r{file}") } else { person("recruiter") };
        let _ = writeln!(links, "{recruiter},{victim},recruited,c{file},statement {file}");
        let _ = writeln!(links, "{exploiter},{victim},exploited,c{file},statement {file}");
    }
    Folder::of(&[
        ("people.csv", people),
        ("identifiers.csv", identifiers),
        ("roles.csv", roles),
        ("links.csv", links),
    ])
}

/// Runs a command on a case in Britain, whose numbers those of the invented case are.
fn run(command: &str, case: &Path, words: &[&str]) -> Ran {
    on_case(command, case, &[&["--region", "gb"], words].concat())
}

/// The ids of everybody with more than one.
fn merged(case: &Path, words: &[&str]) -> Vec<Vec<String>> {
    let rows = run("identities", case, &[&["--format", "json"], words].concat()).fine().json();
    let ids = |row: &Value| serde_json::from_value(row["person_ids"].clone()).expect("ids");
    rows.as_array().expect("rows").iter().map(ids).collect()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary path is UTF-8")
}

fn decide(case: &Path, verdict: &str, ids: [&str; 2], file: &Path) -> Ran {
    let who = ["--by", "inspector Kwik", "--why", "seen together, \"twice\""];
    run("identities", case, &[&[verdict, ids[0], ids[1], "--into", text(file)][..], &who].concat())
}

#[test]
fn two_writings_of_a_name_and_a_phone_are_one_recruiter() {
    let case = seven();
    assert_eq!(merged(case.path(), &[]), [["r1", "r2"]]);
    assert!(merged(case.path(), &["--identity", "given"]).is_empty());
    let found = |words: &[&str]| {
        let words = [&["--draws", "20", "--format", "json"], words].concat();
        run("recruiters", case.path(), &words).fine().json()
    };
    let resolved = found(&[]);
    assert_eq!(resolved[0]["person_ids"], serde_json::json!(["r1", "r2"]));
    assert!(resolved[0]["recurrence"].as_f64().expect("a number") > 0.5, "{resolved:#}");
    let given = found(&["--identity", "given"]);
    let likely = |one: &Value| one["recurrence"].as_f64().expect("a number") >= 0.5;
    assert!(!given.as_array().expect("rows").iter().any(likely), "{given:#}");
}

#[test]
fn a_merge_is_explained_field_by_field() {
    let case = seven();
    let told = run("identities", case.path(), &["--explain", "r2"]).fine();
    for field in ["before comparing", "given name", "family name", "phone", "so_far"] {
        assert!(told.stdout.contains(field), "{field}: {told:#?}");
    }
    let told = run("recruiters", case.path(), &["--draws", "20", "--explain", "r1"]).fine();
    assert!(told.stdout.contains("Why 2 ids are one person:"), "{told:#?}");
    assert!(told.stdout.contains("phone"), "{told:#?}");
    let alone = run("identities", case.path(), &["--explain", "p1"]).fine();
    assert!(alone.stderr.contains("no other id is read as one person with p1"), "{alone:#?}");
    // A waterfall ends where the odds of the pair stand.
    let row =
        run("identities", case.path(), &["--explain", "r1", "--format", "json"]).fine().json();
    let merge = &row[0]["merges"][0];
    let weights = merge["weights"].as_array().expect("weights").iter();
    let bits: f64 = weights.map(|weight| weight[1].as_f64().expect("bits")).sum();
    assert!(bits > 0.0 && merge["probability"].as_f64().expect("a chance") > 0.5, "{row:#}");
}

#[test]
fn the_report_says_why_ids_are_one_person_of_those_who_are_listed() {
    let case = seven();
    let out = Folder::of::<&str>(&[]);
    run("analyse", case.path(), &["--out", text(out.path())]).fine();
    for name in ["report.html", "report.md"] {
        let report = fs::read_to_string(out.join(name)).expect("it is written");
        let told = report.matches("Why 2 ids are one person").count();
        assert_eq!(told, 1, "{name}");
        assert!(report.contains("21 ids are read as these people"), "{name}");
        assert!(report.contains("r1 and r2") && report.contains("phone +"), "{name}");
    }
}

#[test]
fn a_person_of_two_ids_is_one_member_of_a_group() {
    let case = seven();
    let group = |form| run("group", case.path(), &["--by", "components", "--format", form]).fine();
    assert!(group("table").stdout.contains("r1=r2"));
    let json = group("json").json();
    let groups = json["groups"].as_array().expect("groups");
    let has =
        |group: &&Value, id: &str| group["members"].as_array().expect("ids").contains(&id.into());
    let own = groups.iter().find(|group| has(group, "r1")).expect("his group");
    assert!(has(&own, "r2"), "{own:#}");
    assert_eq!(own["members"].as_array().expect("ids").len(), 6);
    assert_eq!(own["size"], 5, "he, two victims and two exploiters");
}

#[test]
fn a_table_keeps_its_lines_short_and_other_forms_tell_all() {
    let count = 40;
    let victims = |n: usize| {
        format!(
            "v{n}
"
        )
    };
    let acts = |n: usize| {
        format!(
            "r,v{n},recruited,c{n},s{n}
"
        )
    };
    let case = Folder::of(&[
        ("people.csv", format!("person_id\nr\n{}", (0..count).map(victims).collect::<String>())),
        (
            "links.csv",
            format!("from,to,kind,case_id,source\n{}", (0..count).map(acts).collect::<String>()),
        ),
    ]);
    let found = |form| run("recruiters", case.path(), &["--draws", "2", "--format", form]).fine();
    assert!(found("table").stdout.contains("… (40 in all)"));
    let csv = found("csv").stdout;
    assert!(csv.contains("c39") && !csv.contains('…'), "{csv}");
}

#[test]
fn a_decision_wins_and_can_be_replaced() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("decisions.csv");
    let with =
        |words: &[&str]| merged(case.path(), &[&["--decisions", text(&file)], words].concat());
    decide(case.path(), "--different", ["r1", "r2"], &file).fine();
    assert!(with(&[]).is_empty());
    decide(case.path(), "--same", ["p1", "p6"], &file).fine();
    assert_eq!(with(&[]), [["p1", "p6"]]);
    let told = decide(case.path(), "--same", ["r2", "r1"], &file).fine();
    assert!(told.stderr.contains("now holds 3 decisions"), "{told:#?}");
    assert_eq!(with(&[]), [["p1", "p6"], ["r1", "r2"]]);
    let explained = ["--decisions", text(&file), "--explain", "r1"];
    let told = run("identities", case.path(), &explained).fine();
    assert!(told.stdout.contains("decided by a person"), "{told:#?}");
    // Everybody follows the file: E-codes are the same in all commands.
    let words = ["--decisions", text(&file), "--draws", "5", "--format", "json"];
    let found = run("recruiters", case.path(), &words).fine().json();
    let code = found[0]["entity"].as_str().expect("a code").to_owned();
    let map = run("map", case.path(), &["--decisions", text(&file), "--around", &code]).fine();
    assert!(map.stdout.contains(&code));
}

#[test]
fn a_decision_makes_a_victim_of_whoever_is_one_person_with_her() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("decisions.csv");
    decide(case.path(), "--same", ["r1", "p10"], &file).fine();
    let victims = fs::read_to_string(case.join("roles.csv")).expect("it is written");
    assert!(victims.contains("p10,victim"), "the test means a victim: {victims}");
    let words = ["--decisions", text(&file), "--draws", "5", "--format", "json"];
    let found = run("recruiters", case.path(), &words).fine();
    assert!(!found.stdout.contains("\"r1\"") && !found.stdout.contains("\"p10\""), "{found:#?}");
}

#[test]
fn decisions_are_noted_in_the_manifest_like_other_settings() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("who.csv");
    decide(case.path(), "--different", ["r1", "r2"], &file).fine();
    let out = folder.join("out");
    let words = ["--out", text(&out), "--decisions", text(&file)];
    run("analyse", case.path(), &words).fine();
    let manifest = fs::read(out.join("manifest.json")).expect("it is written");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let inputs = manifest["inputs"].as_array().expect("files");
    let noted = inputs.iter().find(|input| input["name"] == "who.csv").expect("it is noted");
    assert_eq!(noted["bytes"], fs::read(&file).expect("it is there").len());
    assert_eq!(noted["sha256"].as_str().expect("a sum").len(), 64);
    assert_eq!(manifest["settings"]["identity"], "resolved");
    assert_eq!(manifest["settings"]["region"], "gb");
    // What goes in is not written over.
    let before = fs::read(&file).expect("it is there");
    for output in ["--out", "--rejects"] {
        let words = ["--decisions", text(&file), output, text(&file), "--lenient"];
        let ran = run("map", case.path(), &words);
        assert_eq!(ran.code, Some(2), "{output}: {ran:#?}");
        assert_eq!(fs::read(&file).expect("it is there"), before, "{output}");
    }
}

#[test]
fn decisions_that_contradict_each_other_are_refused() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("decisions.csv");
    decide(case.path(), "--same", ["r1", "p1"], &file).fine();
    decide(case.path(), "--same", ["p1", "p4"], &file).fine();
    let before = fs::read(&file).expect("it is written");
    let ran = decide(case.path(), "--different", ["p4", "r1"], &file);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(
        ran.stderr.contains("are decided to be two people, and by other decisions one"),
        "{ran:#?}"
    );
    assert_eq!(fs::read(&file).expect("it is there"), before, "a refused decision is not kept");
    let both = "person_id,other_id,verdict,by,why\nr1,p1,same,,\np1,p4,same,,\np4,r1,different,,\n";
    let file = folder.write("both.csv", both);
    for command in
        ["identities", "recruiters", "channels", "windows", "rank", "group", "summary", "map"]
    {
        let ran = run(command, case.path(), &["--decisions", text(&file)]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{command}: {}", ran.stderr);
    }
}

#[test]
fn a_decision_about_nobody_is_refused() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("decisions.csv");
    let ran = decide(case.path(), "--same", ["r1", "r77"], &file);
    assert_eq!(ran.code, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("`r77`") && !file.exists(), "{ran:#?}");
    assert_eq!(decide(case.path(), "--same", ["r1", "r1"], &file).code, Some(2));
    let unsigned = ["--same", "r1", "r2", "--into", text(&file), "--by", " ", "--why", "x"];
    assert_eq!(run("identities", case.path(), &unsigned).code, Some(2));
    let over = case.join("people.csv");
    assert_ne!(decide(case.path(), "--same", ["r1", "r2"], &over).code, Some(0));
    let unknown = folder.write("unknown.csv", "person_id,other_id,verdict\nr1,r77,same\n");
    let ran = run("identities", case.path(), &["--decisions", text(&unknown)]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(ran.stderr.contains("a decision about `r77`"), "{ran:#?}");
    let given = ["--identity", "given", "--decisions", text(&unknown)];
    assert_eq!(run("identities", case.path(), &given).code, Some(2));
    assert_eq!(on_case("rank", case.path(), &["--region", "atlantis"]).code, Some(2));
}

#[test]
fn hostile_files_of_decisions_are_an_error() {
    let case = seven();
    let folder = Folder::of::<&str>(&[]);
    let header = "person_id,other_id,verdict,by,why\n";
    let mut dice = Dice::new(7);
    let noise: Vec<u8> =
        (0..5000).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
    let long = "x".repeat(3 << 20);
    let bad: [(&str, Vec<u8>); 9] = [
        ("binary", noise.clone()),
        ("binary below a header", [header.as_bytes(), &noise].concat()),
        ("empty", Vec::new()),
        ("another header", b"id1,id2,same\nr1,r2,same\n".to_vec()),
        ("a huge line", format!("{header}{long},r2,same,,\n").into_bytes()),
        ("a huge header", long.into_bytes()),
        ("no verdict", format!("{header}r1,r2,,,\n").into_bytes()),
        ("a short row", format!("{header}r1\n").into_bytes()),
        ("one id", format!("{header}r1,r1,same,,\n").into_bytes()),
    ];
    for (what, bytes) in bad {
        let file = folder.write("decisions.csv", bytes);
        let ran = run("identities", case.path(), &["--decisions", text(&file)]);
        assert_eq!(ran.code, Some(1), "{what}: {}", ran.stderr);
        assert!(ran.stderr.len() < 4000, "{what}: {} bytes are said", ran.stderr.len());
        let before = fs::read(&file).expect("it is there");
        assert_eq!(decide(case.path(), "--same", ["r1", "r2"], &file).code, Some(1), "{what}");
        assert_eq!(fs::read(&file).expect("it is there"), before, "{what}");
    }
    for (path, code) in [(folder.path(), 3), (&folder.join("none.csv"), 3)] {
        let ran = run("identities", case.path(), &["--decisions", text(path)]);
        assert_eq!(ran.code, Some(code), "{ran:#?}");
    }
    #[cfg(unix)]
    assert_eq!(run("identities", case.path(), &["--decisions", "/dev/zero"]).code, Some(3));
}

#[test]
fn two_mentions_in_one_case_file_are_two_people() {
    // Alike in everything, and in one file; whoever is in another file may be one of them, never both.
    let people = "person_id,name,birth\na1,Zbyszko Mroznicki,1984-03-02\na2,Zbyszko Mroznicki,1984-03-02\n\
                  a3,Zbyszko Mroznicki,1984-03-02\n";
    let others =
        |n: usize| format!("o{n},{} {},19{}-01-1{}\n", NAMES[n].0, NAMES[n].1, 70 + n, n % 9);
    let people: String = [people.to_owned()].into_iter().chain((0..19).map(others)).collect();
    let roles = |n: usize| format!("d{},o{n},offender\n", n / 2);
    let roles: String =
        ["case_id,person_id,role\nc1,a1,recruiter\nc1,a2,recruiter\nc2,a3,recruiter\n".to_owned()]
            .into_iter()
            .chain((0..19).map(roles))
            .collect();
    let phones = "person_id,kind,value\na1,phone,+447700900123\na2,phone,+447700900123\na3,phone,+447700900123\n";
    let case = Folder::of(&[
        ("people.csv", people),
        ("roles.csv", roles),
        ("identifiers.csv", phones.to_owned()),
    ]);
    for ids in merged(case.path(), &[]) {
        assert!(!(ids.contains(&"a1".to_owned()) && ids.contains(&"a2".to_owned())), "{ids:?}");
    }
    // Unless a person says so.
    let folder = Folder::of::<&str>(&[]);
    let file = folder.join("decisions.csv");
    decide(case.path(), "--same", ["a1", "a2"], &file).fine();
    let ids = merged(case.path(), &["--decisions", text(&file)]);
    assert!(
        ids.iter().any(|ids| ids.contains(&"a1".to_owned()) && ids.contains(&"a2".to_owned())),
        "{ids:?}"
    );
}

/// A simulated case, as the binary writes it.
fn simulated(tier: &str, scale: &str, seed: &str) -> Folder {
    let folder = Folder::of::<&str>(&[]);
    let words = ["--scale", scale, "--tier", tier, "--seed", seed];
    on_case("simulate", &folder.join("case"), &words).fine();
    folder
}

#[test]
fn people_are_the_same_bytes_on_any_number_of_threads() {
    let folder = simulated("standard", "seed", "4");
    let on = |threads| {
        let words = ["--all", "--format", "json", "--threads", threads];
        on_case("identities", &folder.join("case"), &words).fine().stdout
    };
    let alone = on("1");
    assert!(alone.contains("phone"), "there are merges by phone");
    assert!(on("2") == alone && on("8") == alone);
    let found = |threads| {
        let words = ["--draws", "20", "--format", "json", "--threads", threads];
        on_case("recruiters", &folder.join("case"), &words).fine().stdout
    };
    let alone = found("1");
    assert!(found("2") == alone && found("8") == alone);
}

#[test]
fn nobody_protected_is_listed_in_what_is_simulated_at_any_tier() {
    for tier in ["easy", "standard", "hard"] {
        for seed in ["1", "2", "3"] {
            let folder = simulated(tier, "seed", seed);
            let (case, out) = (folder.join("case"), folder.join("out"));
            on_case("analyse", &case, &["--out", text(&out)]).fine();
            let scored = ended(kluwen(["score", text(&case), text(&out), "--format", "json"]), b"")
                .fine()
                .json();
            let rows = scored.as_array().expect("rows");
            let row = |name| rows.iter().find(|row| row["measure"] == name).expect("a measure");
            assert_eq!(row("protected_listed")["value"], 0.0, "{tier} {seed}");
            assert!(row("b3_all_f1")["value"].as_f64().expect("a number") > 0.85, "{tier} {seed}");
        }
    }
}

/// `people.csv` with the sexes handed round, and columns of its own.
fn with_other_sexes(people: &str, turn: usize) -> String {
    let mut reader = csv::Reader::from_reader(people.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let sex = header.iter().position(|column| column == "sex").expect("a column");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(header.iter().chain(["ethnicity", "nationality"])).expect("memory");
    for (at, row) in rows.iter().enumerate() {
        let other = &rows[(at * 7 + turn) % rows.len()];
        let cells = row
            .iter()
            .enumerate()
            .map(|(place, cell)| if place == sex { &other[sex] } else { cell });
        let own = [["x", "y", "z"][(at + turn) % 3], ["q", "r"][at % 2]];
        written.write_record(cells.chain(own)).expect("memory");
    }
    String::from_utf8(written.into_inner().expect("memory")).expect("UTF-8")
}

#[test]
fn sex_and_columns_of_one_s_own_change_no_identity() {
    let folder = simulated("hard", "seed", "2");
    let case = folder.join("case");
    let identities = || on_case("identities", &case, &["--all", "--format", "json"]).fine().stdout;
    let people = fs::read_to_string(case.join("people.csv")).expect("it is written");
    let before = identities();
    for turn in [1, 3] {
        fs::write(case.join("people.csv"), with_other_sexes(&people, turn))
            .expect("it can be written");
        assert!(identities() == before, "{turn}");
    }
}

#[test]
fn a_case_of_bare_ids_reads_as_the_ids_say() {
    for graph in ["kite", "two_mode_small", "ring_of_cliques", "weighted_square"] {
        let graph = repository("graphs/known").join(graph);
        for command in ["recruiters", "channels", "windows", "rank", "group", "summary", "map"] {
            let given = on_case(command, &graph, &["--identity", "given"]).fine();
            let resolved = on_case(command, &graph, &[]).fine();
            assert_eq!(resolved.stdout, given.stdout, "{command} {}", graph.display());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_file_of_decisions_makes_it_panic(lines in proptest::collection::vec("[a-z0-9,\"\n\r;\u{e9}]{0,30}", 0..12)) {
        let case = seven();
        let folder = Folder::of(&[("d.csv", format!("person_id,other_id,verdict\n{}", lines.join("\n")))]);
        let ran = run("identities", case.path(), &["--decisions", text(&folder.join("d.csv"))]);
        prop_assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
    }
}
