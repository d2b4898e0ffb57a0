//! What a mapping says is what is read.

use kluwen::case::{Attribute, Basis, Case, Link, Mapping, ReadOptions, Strictness, Taken, read};
use rust_xlsxwriter::Workbook;

use crate::common::{Folder, Ran, assert_conserved, on_case};

/// The library's reading of a folder with a mapping.
fn mapped(folder: &Folder, mapping: &str) -> Taken {
    let mapping = Mapping::from_toml(mapping, "mapping.toml").expect("a mapping");
    let options = ReadOptions {
        mapping: Some(mapping),
        strictness: Strictness::Report,
        ..ReadOptions::default()
    };
    let taken = read(folder.path(), &options).expect("the folder can be read");
    assert_conserved(&taken);
    taken
}

fn ties(case: &Case) -> Vec<(&str, &str, &str, f64)> {
    let tie =
        |link: &Link| (case.text(link.from), case.text(link.to), link.kind.code(), link.count);
    case.links.iter().map(tie).collect()
}

#[test]
fn a_mapping_reads_an_edge_list_of_another_make() {
    let edges =
        "source;target;soort;weight;year\na;b;belt;3;2019\nb;c;betaalt;1;2020\na;c;kijkt;1;2020\n";
    let folder = Folder::of(&[("edges.csv", edges)]);
    let taken = mapped(
        &folder,
        r#"
        people = "implied"
        [[read]]
        file = "edges.csv"
        table = "links"
        delimiter = ";"
        columns = { from = "source", to = "target", kind = "soort", count = "weight" }
        constants = { basis = "assessment" }
        values.kind = { belt = "contact", betaalt = "paid" }
        where = { year = "2019" }
        [[read]]
        file = "edges.csv"
        table = "links"
        delimiter = ";"
        columns = { from = "source", to = "target", kind = "soort" }
        values.kind = { betaalt = "paid" }
        where = { year = "2020" }
        "#,
    );
    let case = &taken.case;
    assert_eq!(ties(case), [("a", "b", "contact", 3.0), ("b", "c", "paid", 1.0)]);
    assert_eq!(case.links[0].assertion.basis, Basis::Assessment);
    // The column that says where an edge begins is not the document that says so.
    assert_eq!(case.text(case.links[0].assertion.source), "");
    let people: Vec<&str> = case.people.iter().map(|one| case.text(one.person)).collect();
    assert_eq!(people, ["a", "b", "c"]);
    let left_out: Vec<usize> = taken.counts.iter().map(|count| count.left_out).collect();
    assert_eq!(left_out, [2, 1]);
    let told: Vec<String> = taken.faults.listed().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("edges.csv:4: column `soort`: `kijkt`"), "{told:?}");
    let kept: Vec<&Attribute> = case.links.attributes().iter().collect();
    assert_eq!(kept.iter().filter(|kept| case.text(kept.column) == "year").count(), 2);
}

#[test]
fn one_file_may_be_two_tables() {
    let all = "who,name,file,part,what\np1,Anna,,,person\np2,Bram,,,person\np1,,c1,victim,role\n\
               p9,,c1,client,role\nlost\n";
    let folder = Folder::of(&[("all.csv", all)]);
    let taken = mapped(
        &folder,
        r#"
        [[read]]
        file = "all.csv"
        table = "roles"
        columns = { person_id = "who", case_id = "file", role = "part" }
        where = { what = "role" }
        [[read]]
        file = "all.csv"
        table = "people"
        columns = { person_id = "who" }
        where = { what = "person" }
        "#,
    );
    assert_eq!(taken.case.people.len(), 2);
    assert_eq!(taken.case.roles.len(), 1);
    let told: Vec<String> = taken.faults.listed().iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with("all.csv:5: column `who`: `p9`")), "{told:?}");
    assert_eq!(taken.files.len(), 1);
    // A row too short to tell of which table it is goes to none in silence.
    assert!(told.iter().any(|told| told.starts_with("all.csv:6: 1 fields")), "{told:?}");
}

#[test]
fn people_may_be_implied_beside_those_listed() {
    let folder = Folder::of(&[
        ("people.csv", "person_id,name\np1,Anna\n"),
        ("links.csv", "from,to,kind\np1,p2,contact\n"),
    ]);
    let mapping = "people = \"implied\"\n[[read]]\nfile = \"people.csv\"\ntable = \"people\"\n[[read]]\nfile = \"links.csv\"\ntable = \"links\"\n";
    let taken = mapped(&folder, mapping);
    assert!(taken.faults.listed().is_empty(), "{:?}", taken.faults);
    let people: Vec<&str> =
        taken.case.people.iter().map(|one| taken.case.text(one.person)).collect();
    assert_eq!(people, ["p1", "p2"]);
}

#[test]
fn a_mapping_that_does_not_fit_is_told() {
    let folder = Folder::of(&[("edges.csv", "a,b\n1,2\n")]);
    for (mapping, code, told) in [
        ("people = 1", 1, "map.toml:1: "),
        ("\n[[read]]\nfile='e'\ntable='peeple'", 1, "table = `peeple`; expected one of cases"),
        ("[[read]]\nfile='x.csv'\ntable='links'", 1, "which the case does not hold"),
        ("[[read]]\nfile='edges.csv'\ntable='links'\ncolumns={from='a',to='c'}", 1, "a column `c`"),
        (
            "[[read]]\nfile='edges.csv'\ntable='links'\ncolumns={from='a',to='b'}\nconstants={kind='contact'}\nwhere={c='1'}",
            1,
            "the mapping's `where` reads",
        ),
        ("\"\\u001b[2J\" = 1", 1, "\\u{1b}[2J"),
        ("\u{feff}[[read", 1, "map.toml:1"),
    ] {
        let map = Folder::of(&[("map.toml", mapping)]);
        let path = map.join("map.toml");
        let ran = on_case("summary", folder.path(), &["--mapping", path.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, Some(code), "{ran:#?}");
        assert!(ran.stderr.contains(told), "{told}: {ran:#?}");
    }
    let json = Folder::of(&[("case.jsonl", "{}\n"), ("map.toml", "")]);
    let path = json.join("map.toml");
    let ran =
        on_case("summary", &json.join("case.jsonl"), &["--mapping", path.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, Some(2), "{ran:#?}");
}

#[test]
fn a_mapping_reads_sheets() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Blad1").expect("a name");
    for (row, cells) in (0..).zip([["van", "naar"], ["p1", "p2"]]) {
        sheet.write(row, 0, cells[0]).expect("a cell");
        sheet.write(row, 1, cells[1]).expect("a cell");
    }
    let folder = Folder::of(&[("case.xlsx", book.save_to_buffer().expect("a workbook"))]);
    let read_as = |sheet: &str| {
        let map = folder.write("map.toml", format!("people='implied'\n[[read]]\nfile='{sheet}'\ntable='links'\ncolumns={{from='van',to='naar'}}\nconstants={{kind='contact'}}\n"));
        on_case("check", &folder.join("case.xlsx"), &["--mapping", map.to_str().expect("UTF-8")])
    };
    let ran = read_as("Blad1").fine();
    assert!(
        ran.stdout.contains("case.xlsx#Blad1 as links: 1 rows read = 1 used + 0 refused"),
        "{ran:#?}"
    );
    let ran = read_as("Blad2");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stdout.contains("`Blad2`, a sheet that the workbook lacks; expected one of Blad1"),
        "{ran:#?}"
    );
}

/// The mapping that `check` prints for a folder: in its text, and in its JSON.
fn suggested(folder: &Folder) -> [String; 2] {
    let text = on_case("check", folder.path(), &[]).stdout;
    let begin = text.find("# A mapping to start from").expect("it prints a mapping");
    let json = on_case("check", folder.path(), &["--format", "json"]).json();
    [text[begin..].to_owned(), json["mapping"].as_str().expect("a mapping").to_owned()]
}

fn works(folder: &Folder, links: usize, people: usize) -> Ran {
    let [as_text, as_json] = suggested(folder);
    assert_eq!(as_text, as_json);
    let beside = Folder::of(&[("map.toml", as_text)]);
    let path = beside.join("map.toml");
    let words = ["--format", "json", "--mapping", path.to_str().expect("UTF-8")];
    let ran = on_case("check", folder.path(), &words).fine();
    let files = &ran.json()["files"];
    let used = |table: &str| -> u64 {
        let of_table =
            files.as_array().expect("files").iter().filter(|file| file["table"] == table);
        of_table.map(|file| file["used"].as_u64().expect("a count")).sum()
    };
    assert_eq!((used("links"), used("people")), (links as u64, people as u64), "{ran:#?}");
    on_case("rank", folder.path(), &words).fine()
}

#[test]
fn the_mapping_that_check_prints_works() {
    let comma = "source,target,weight\na,b,3\nb,c,1\n";
    let ran = works(&Folder::of(&[("edges.csv", comma)]), 2, 0);
    assert_eq!(ran.json().as_array().map(Vec::len), Some(3));
    let semicolon = "Source;Target;Weight;Note\na;b;3;x,y\nb;c;1;\n";
    works(&Folder::of(&[("my edges.csv", semicolon)]), 2, 0);
    let calls = "caller\tcallee\tdate\na\tb\t2019\n";
    let nodes = "id;label\na;Anna\nb;Bram\n";
    works(&Folder::of(&[("calls.csv", calls), ("nodes.csv", nodes)]), 1, 2);
}

#[test]
fn the_mapping_that_check_prints_holds_no_tricks() {
    let folder = Folder::of(&[
        ("a\nb\u{1b}[2J.csv", "van,naar,x\"y\np,q,1\n"),
        ("odd\npeople='x'\n.csv", "u\u{202e},v\n1,2\n"),
    ]);
    let [as_text, as_json] = suggested(&folder);
    assert_eq!(as_text, as_json);
    assert!(!as_text.contains(['\u{1b}', '\u{202e}']));
    let mapping = Mapping::from_toml(&as_text, "map.toml").expect("it is TOML");
    assert_eq!(mapping.readings().len(), 1);
    assert_eq!(mapping.readings()[0].file, "a\nb\u{1b}[2J.csv");
}

#[test]
fn a_mapping_in_the_folder_is_read_without_being_asked_for() {
    let folder = Folder::of(&[
        ("edges.csv", "van,naar\np,q\n"),
        (
            "mapping.toml",
            "people='implied'\n[[read]]\nfile='edges.csv'\ntable='links'\ncolumns={from='van',to='naar'}\nconstants={kind='contact'}\n",
        ),
    ]);
    let ran = on_case("summary", folder.path(), &["--format", "csv"]).fine();
    assert!(ran.stdout.contains("nodes,2"), "{ran:#?}");
    assert!(ran.stderr.contains("1 rows read = 1 used + 0 refused"), "{ran:#?}");
}
