//! Rows above a clearance are in nothing that is drawn or counted, and victims stay protected all the same.

use std::fs;

use kluwen::case::{Case, Clearance, GradeTable};

use crate::common::{Folder, Ran, SOUND, on_case};

/// A recruiter of two victims; what is marked stands in rows of its own.
fn case() -> Folder {
    let folder = Folder::of(&SOUND);
    folder.write(
        "people.csv",
        "person_id,name,handling\np1,Anna,\np2,Bram,1\np3,Cees,\np4,Dora,5x5x5:5\np5,Eva,\n",
    );
    folder.write(
        "roles.csv",
        "case_id,person_id,role,status,grade,handling\nc1,p1,victim,victim,5x5x5:A11,\nc1,p2,recruiter,suspect,5x5x5:B22,\n\
         c2,p4,victim,victim,,H3\nc2,p3,exploiter,suspect,3x5x2:reliable-A-C,\n",
    );
    folder.write(
        "links.csv",
        "link_id,from,to,kind,case_id,start,grade,handling\nl1,p2,p1,recruited,c1,2019-03-02,5x5x5:A11,\nl2,p2,p4,recruited,c2,2020-03-10,5x5x5:A14,\n\
         l3,p3,p5,contact,c2,2020-03,,secret\nl4,p4,p5,recruited,c2,2020-04,,\n",
    );
    folder
}

fn run(command: &str, folder: &Folder, words: &[&str]) -> Ran {
    on_case(command, folder.path(), words)
}

#[test]
fn rows_above_the_clearance_are_counted_and_not_drawn() {
    let folder = case();
    let ran = run("map", &folder, &["--format", "node-link", "--clearance", "2"]).fine();
    let told = "5 rows above the clearance 2 were left out: people 1, roles 2, links 2";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    let kinds: Vec<String> = ran.json()["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["rows"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["links.csv:2", "links.csv:5"]);
    // With all of it, all is there.
    let all = run("map", &folder, &["--format", "node-link"]).fine();
    assert_eq!(all.json()["edges"].as_array().unwrap().len(), 4);
    let most = ["--format", "node-link", "--clearance", "5x5x5:5,3x5x2:C,H3"];
    let most = run("map", &folder, &most).fine();
    // What nobody knows is as restricted as any: `secret`.
    assert!(most.stderr.contains("1 rows above the clearance"), "{}", most.stderr);
    let svg = run("map", &folder, &["--format", "svg", "--clearance", "2"]).fine().stdout;
    assert!(svg.contains("5 rows above the clearance were left out."));
    let out = folder.join("out");
    let words = ["--clearance", "2", "--out", out.to_str().unwrap(), "--lang", "nl"];
    run("analyse", &folder, &words).fine();
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"clearance\": \"2\"") && manifest.contains("\"links\": 2"));
    let report = fs::read_to_string(out.join("report.md")).unwrap();
    assert!(report.contains("5 regels boven de machtiging"), "{report}");
}

#[test]
fn who_is_a_victim_by_a_row_above_the_clearance_is_never_ranked() {
    let folder = case();
    // Only rows above the clearance say that p4 is a victim, and one below that she recruited.
    for words in [&["--clearance", "1"][..], &["--clearance", "5x5x5:3"], &[]] {
        let all = [words, &["--format", "json", "--least", "0", "--identity", "given"]].concat();
        let ran = run("recruiters", &folder, &all).fine();
        let ranked = ran.json().to_string();
        assert!(!ranked.contains("\"p4\""), "{words:?}: {ranked}");
    }
    // Without those rows she would be.
    let links = fs::read_to_string(folder.join("links.csv")).unwrap();
    folder.write(
        "links.csv",
        links.lines().filter(|row| !row.starts_with("l2")).collect::<Vec<_>>().join("\n"),
    );
    folder.write("roles.csv", "case_id,person_id,role,status\nc1,p1,victim,victim\n");
    let ran =
        run("recruiters", &folder, &["--format", "json", "--least", "0", "--identity", "given"]);
    assert!(ran.fine().json().to_string().contains("\"p4\""));
}

#[test]
fn a_snapshot_is_sieved_like_its_files() {
    let folder = case();
    let packed = folder.join("case.kluwen");
    run("pack", &folder, &[packed.to_str().unwrap()]).fine();
    let of = |path| {
        let words = ["--format", "json", "--clearance", "2", "--identity", "given", "--draws", "5"];
        on_case("recruiters", path, &words).fine().stdout
    };
    assert_eq!(of(&packed), of(folder.path()));
    assert_eq!(
        run("pack", &folder, &[folder.join("b.kluwen").to_str().unwrap(), "--clearance", "2"]).code,
        Some(2)
    );
    assert_eq!(run("recruiters", &folder, &["--clearance", "9"]).code, Some(2));
    assert_eq!(run("recruiters", &folder, &["--clearance", "1,2"]).code, Some(2));
    assert_eq!(run("recruiters", &folder, &["--clearance", "2", "--lenient"]).code, Some(2));
}

#[test]
fn handling_codes_travel() {
    let folder = case();
    let out = folder.join("out");
    run("convert", &folder, &[out.to_str().unwrap()]).fine();
    let links = fs::read_to_string(out.join("links.csv")).unwrap();
    // A code that nobody knows is any text, and does not leave; what stands for it is as restricted.
    assert!(links.contains("unlisted") && !links.contains("secret"), "{links}");
    assert!(fs::read_to_string(out.join("roles.csv")).unwrap().contains("H3"));
    let told = |path| on_case("summary", path, &["--clearance", "2"]).fine().stderr;
    let line = |text: String| text.lines().find(|line| line.contains("above")).unwrap().to_owned();
    assert_eq!(line(told(&out)), line(told(folder.path())));
    // An entity carries the code of its row, and a person those of the phones that are properties of it.
    folder
        .write("identifiers.csv", "person_id,kind,value,grade\np2,phone,+31612345678,5x5x5:A14\n");
    let entities = folder.join("case.ftm.json");
    run("convert", &folder, &[entities.to_str().unwrap(), "--reveal", "test"]).fine();
    let above = line(told(&entities));
    assert!(above.contains("people 2, roles 2, links 2"), "{above}");
    let map = run("map", &folder, &["--format", "node-link"]).fine().json().to_string();
    assert!(map.contains("\"handling\":\"secret\"") && map.contains("5x5x5:A14"), "{map}");
    let chart = folder.join("map.anx");
    run("map", &folder, &["--out", chart.to_str().unwrap()]).fine();
    let chart: Vec<u8> = fs::read(chart).unwrap().into_iter().filter(|&byte| byte != 0).collect();
    assert!(String::from_utf8_lossy(&chart).contains("secret"));
    let again = folder.join("map.graphml");
    run("map", &folder, &["--out", again.to_str().unwrap()]).fine();
    assert!(told(&again).contains("above the clearance 2"));
}

#[test]
fn a_table_of_one_s_own_says_what_is_stricter() {
    let toml = "[default]\nany = 0.9\n[scheme.5x5x5]\nsource = { A = 1.0 }\ninformation = { 1 = 1.0 }\nhandling = [\"1\", \"5\", \"4\"]\n";
    let table = GradeTable::from_toml(toml, kluwen::Position::default()).unwrap();
    let clearance = Clearance::parse("5", &table).unwrap();
    let cleared = ["5x5x5:A15", "5x5x5:A14", "5x5x5:A1", "", "0.8"]
        .map(|grade| clearance.clears_grade(grade));
    assert_eq!(cleared, [true, false, true, true, true]);
    let marks =
        ["", "1", "1;5", "1;4", "4", "unknown", "x:5"].map(|mark| clearance.clears_mark(mark));
    assert_eq!(marks, [true, true, true, false, false, false, false]);
}

#[test]
fn rows_that_stay_keep_their_ids_and_columns() {
    let folder = case();
    let case = Case::open(folder.path()).unwrap();
    let people = case.people.len();
    let cleared = case.cleared(&Clearance::parse("2", &GradeTable::default()).unwrap());
    // p4 is still named by a link, so she is there, without a name.
    assert_eq!(cleared.people.len(), people);
    let dora = cleared.person(cleared.symbol("p4").unwrap()).unwrap();
    assert!(!dora.name.is_known());
    let bram = cleared.person(cleared.symbol("p2").unwrap()).unwrap();
    assert_eq!(cleared.text(bram.name), "Bram");
    let own = cleared.people.attributes_of(1);
    assert_eq!(own.iter().map(|one| cleared.text(one.value)).collect::<Vec<_>>(), ["1"]);
    assert_eq!(cleared.above_clearance().map(|(_, count)| count).sum::<usize>(), 5);
}

#[test]
fn check_knows_the_column_that_the_clearance_reads() {
    let folder = case();
    let checked = run("check", &folder, &["--strict"]);
    assert!(!checked.stdout.contains("handling"), "{}", checked.stdout);
    let people = "person_id,name,handlng\np1,Anna,\np2,Bram,1\np3,Cees,\np4,Dora,\np5,Eva,\n";
    folder.write("people.csv", people);
    let checked = run("check", &folder, &[]).fine();
    assert!(checked.stdout.contains("did you mean `handling`?"), "{}", checked.stdout);
}
