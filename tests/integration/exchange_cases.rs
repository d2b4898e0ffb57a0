//! Does a case come back as it went out, and does nobody's name go out unless it is revealed?

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;
use std::process::{Command, Stdio};

use kluwen::Case;
use kluwen::case::{Assertion, Code, IdentifierKind, ReadOptions, Role, Table, Taken, read};
use kluwen::output::{
    CaseData, Disclosure, Kept, ftm_fates, table_fates, write_csv_table, write_ftm,
    write_json_lines,
};
use proptest::prelude::*;

use crate::common::{Folder, report, repository};

/// Text that means something to a spreadsheet, a browser, a terminal, or nothing at all.
const HOSTILE: &str = "=cmd|' /C calc'!A0;<script>\"</script>,\r\n\u{202e}x\u{1b}[2J é \u{0}";

fn json_lines(case: &Case, disclosure: Disclosure) -> Vec<u8> {
    let mut out = Vec::new();
    write_json_lines(&CaseData::new(case, disclosure), &mut out).expect("memory takes it");
    out
}

fn ftm(case: &Case, disclosure: Disclosure) -> Vec<u8> {
    let mut out = Vec::new();
    write_ftm(&CaseData::new(case, disclosure), &mut out).expect("memory takes it");
    out
}

fn csv(case: &Case, disclosure: Disclosure) -> Folder {
    let folder = Folder::of::<&str>(&[]);
    let data = CaseData::new(case, disclosure);
    for table in data.tables() {
        let mut out = Vec::new();
        write_csv_table(&data, table, &mut out).expect("memory takes it");
        folder.write(&format!("{table}.csv"), out);
    }
    folder
}

fn read_back(path: &Path) -> Case {
    read(path, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}")).case
}

fn read_lines(bytes: &[u8], name: &str) -> Case {
    let folder = Folder::of(&[(name, bytes)]);
    read_back(&folder.join(name))
}

/// Every cell of a case by table, row and column, as texts; what has no text counts as empty.
fn told(case: &Case) -> Vec<(Table, usize, String, String)> {
    let lines = String::from_utf8(json_lines(case, Disclosure::Revealed)).expect("JSON is UTF-8");
    let mut told = Vec::new();
    let mut rows = [0; Table::ALL.len()];
    for line in lines.lines() {
        let row: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).expect("an object");
        let table = Table::parse(row["table"].as_str().expect("a text")).expect("a table");
        let number = rows[table as usize];
        rows[table as usize] += 1;
        for (column, value) in row.into_iter().filter(|(column, _)| column != "table") {
            told.push((table, number, column, value.as_str().expect("a text").to_owned()));
        }
    }
    told.sort();
    told
}

fn assert_same(one: &Case, other: &Case) {
    let (one_told, other_told) = (told(one), told(other));
    for (left, right) in one_told.iter().zip(&other_told) {
        assert_eq!(left, right);
    }
    assert_eq!(one_told.len(), other_told.len());
    let same =
        |left: &dyn Debug, right: &dyn Debug| assert_eq!(format!("{left:?}"), format!("{right:?}"));
    let sure = |assertion: &Assertion| (assertion.certainty.to_bits(), assertion.basis);
    for (left, right) in one.links.iter().zip(other.links.iter()) {
        same(
            &(left.start, left.end, left.means, left.count),
            &(right.start, right.end, right.means, right.count),
        );
        assert_eq!(sure(&left.assertion), sure(&right.assertion));
    }
    for (left, right) in one.people.iter().zip(other.people.iter()) {
        same(&left.birth, &right.birth);
    }
}

/// A case in which every column is filled, with texts of every kind and columns of its own.
fn full(text: &str) -> Case {
    let json = |text: &str| serde_json::to_string(text).expect("a text");
    let [hostile, a, b] = [json(text), json(&format!("a{text}")), json(&format!("b{text}"))];
    let assertion = format!(r#""source":{hostile},"grade":"B2","basis":"assessment""#);
    let lines = [
        format!(
            r#"{{"table":"cases","case_id":{hostile},"unit":{hostile},"opened":"2019","closed":"2020-01/..","outcome":{hostile},"purpose":{hostile},"retain_until":"2040",{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"people","person_id":{a},"name":{hostile},"alias":{hostile},"birth":"2003-04","sex":{hostile},{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"people","person_id":{b},"name":"Bram","alias":"Bram B;Braam","birth":"1990~","sex":"male",{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"channels","channel_id":{hostile},"name":{hostile},"class":"dating_app",{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"places","place_id":{hostile},"name":{hostile},"class":"hotel","lat":53.5,"lon":-0.25,{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"roles","case_id":{hostile},"person_id":{a},"role":"victim","status":"victim","minor":"yes","setting":"institution","start":"2019-02","end":"2019-03-01/2019-05-02",{assertion},"own":{hostile}}}"#
        ),
        format!(
            r#"{{"table":"links","from":{b},"to":{a},"kind":"recruited","link_id":{hostile},"case_id":{hostile},"about":{a},"channel_id":{hostile},"place_id":{hostile},"means":"threat;debt","start":"2019-02-03?","end":"../2020","count":2.5,{assertion},"own":{hostile}}}"#
        ),
        format!(r#"{{"table":"links","from":{b},"to":{a},"kind":"paid","start":"2019-02-03"}}"#),
        format!(r#"{{"table":"links","from":{b},"to":{a},"kind":"kin","start":"unknown"}}"#),
        format!(r#"{{"table":"links","from":{a},"to":{b},"kind":"friend"}}"#),
        format!(
            r#"{{"table":"ads","ad_id":{hostile},"channel_id":{hostile},"case_id":{hostile},"victim_id":{a},"posted_by":{b},"payer":{b},"posted":"2019-03","last_seen":"2019-04","phone":{hostile},"handle":{hostile},"place_id":{hostile},"price":{hostile},"text":{hostile},"image":{hostile},{assertion},"own":{hostile}}}"#
        ),
    ];
    let identifiers = IdentifierKind::ALL.iter().map(|(kind, _)| {
        format!(r#"{{"table":"identifiers","person_id":{a},"kind":"{kind}","value":{hostile},"channel_id":{hostile},"start":"2019","end":"2020",{assertion},"own":{hostile}}}"#)
    });
    let all: Vec<String> = lines.into_iter().chain(identifiers).collect();
    read_lines(all.join("\n").as_bytes(), "full.jsonl")
}

#[test]
fn a_revealed_case_comes_back_as_it_was() {
    let study = Case::open(repository("graphs/study25")).expect("the study is sound");
    let without_zero = HOSTILE.replace('\0', "");
    for case in [study, full(&without_zero), full("plain")] {
        assert_same(&case, &read_lines(&json_lines(&case, Disclosure::Revealed), "x.jsonl"));
        assert_same(&case, &read_back(csv(&case, Disclosure::Revealed).path()));
    }
    let case = full(HOSTILE);
    assert_same(&case, &read_lines(&json_lines(&case, Disclosure::Revealed), "x.jsonl"));
}

#[test]
fn what_csv_cannot_hold_is_refused_and_formulas_are_counted() {
    let case = full(HOSTILE);
    let data = CaseData::new(&case, Disclosure::Revealed);
    let error = write_csv_table(&data, Table::People, &mut Vec::new()).expect_err("a zero byte");
    assert!(error.to_string().contains(".jsonl"), "{error}");
    let case = full("=1+1");
    let data = CaseData::new(&case, Disclosure::Revealed);
    let written =
        write_csv_table(&data, Table::Channels, &mut Vec::new()).expect("memory takes it");
    assert_eq!((written.rows, written.formulas), (1, 4));
}

#[test]
fn columns_whose_names_the_contract_has_give_way() {
    let mapping = kluwen::case::Mapping::from_toml(
        "people = \"implied\"\n[[read]]\nfile = \"edges.csv\"\ntable = \"links\"\n\
         columns = { from = \"a\", to = \"b\" }\nconstants = { kind = \"contact\" }\n",
        "mapping.toml",
    );
    let options =
        ReadOptions { mapping: Some(mapping.expect("a mapping")), ..ReadOptions::default() };
    let folder = Folder::of(&[("edges.csv", "a,b,kind,kind_own,table\nx,y,strong,1,2\n")]);
    let case = read(folder.path(), &options).expect("a case").case;
    for back in [
        read_lines(&json_lines(&case, Disclosure::Revealed), "x.jsonl"),
        read_back(csv(&case, Disclosure::Revealed).path()),
    ] {
        let own = back
            .links
            .attributes_of(0)
            .iter()
            .map(|one| (back.text(one.column), back.text(one.value)));
        let own: BTreeSet<_> = own.collect();
        let expected = [("kind_own", "strong"), ("kind_own_own", "1"), ("table_own", "2")];
        assert_eq!(own, BTreeSet::from(expected));
    }
}

/// Every text of a case that may name somebody, of some length.
fn names(case: &Case) -> Vec<String> {
    let people = case.people.iter().flat_map(|person| [person.person, person.name, person.alias]);
    let values = case.identifiers.iter().map(|one| one.value);
    let said = case.ads.iter().flat_map(|ad| [ad.text, ad.phone, ad.handle, ad.image]);
    let sources = case.links.iter().map(|link| link.assertion.source);
    let places = case.places.iter().map(|place| place.name);
    let all = people.chain(values).chain(said).chain(sources).chain(places);
    all.map(|text| case.text(text).to_owned()).filter(|text| text.len() > 3).collect()
}

#[test]
fn nobody_is_named_unless_it_is_revealed() {
    let study = Case::open(repository("graphs/study25")).expect("the study is sound");
    let tables = csv(&study, Disclosure::Coded);
    let folder: Vec<u8> = Table::ALL
        .iter()
        .flat_map(|table| std::fs::read(tables.join(&format!("{table}.csv"))).unwrap_or_default())
        .collect();
    for bytes in [json_lines(&study, Disclosure::Coded), ftm(&study, Disclosure::Coded), folder] {
        let text = String::from_utf8(bytes).expect("UTF-8");
        for name in names(&study) {
            assert!(!text.contains(&name), "{name}");
        }
    }
    for bytes in [json_lines(&study, Disclosure::Revealed), ftm(&study, Disclosure::Revealed)] {
        assert!(String::from_utf8(bytes).expect("UTF-8").contains("Anouk van den Kraanwaard"));
    }
    // Text in columns of anybody's own is text too.
    let spoilt = full("Zwaanewaard");
    for bytes in [json_lines(&spoilt, Disclosure::Coded), ftm(&spoilt, Disclosure::Coded)] {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text.matches("Zwaanewaard").count(), text.matches("\"Zwaanewaard\"").count());
        // The name of a channel is the one text that stays, once in each form.
        assert!(text.matches("Zwaanewaard").count() <= 2, "{text}");
    }
}

#[test]
fn a_coded_case_says_the_same_of_roles_ties_and_channels() {
    let study = Case::open(repository("graphs/study25")).expect("the study is sound");
    let coded = read_lines(&json_lines(&study, Disclosure::Coded), "x.jsonl");
    let also = read_back(csv(&study, Disclosure::Coded).path());
    assert_same(&coded, &also);
    assert_eq!(study.links.len(), coded.links.len());
    for (one, other) in study.links.iter().zip(coded.links.iter()) {
        assert_eq!(
            (one.kind, one.start, one.end, one.means),
            (other.kind, other.start, other.end, other.means)
        );
        assert!((one.assertion.certainty - other.assertion.certainty).abs() < 1e-12);
    }
    let numbered = |case: &Case, row: usize| case.row_of(Table::People, case.links[row].from);
    assert!((0..study.links.len()).all(|row| numbered(&study, row) == numbered(&coded, row)));
    for (one, other) in study.roles.iter().zip(coded.roles.iter()) {
        assert_eq!(
            (one.role, one.status, one.minor, one.setting),
            (other.role, other.status, other.minor, other.setting)
        );
    }
    assert_eq!(json_lines(&study, Disclosure::Coded), json_lines(&study, Disclosure::Coded));
}

/// Columns that differ between two cases, those of rows' own as `…`.
fn differing(one: &Case, other: &Case) -> BTreeSet<(Table, String)> {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) =
        (told(one).into_iter().collect(), told(other).into_iter().collect());
    let name = |table: Table, column: &str| {
        let known = table.columns().iter().any(|known| known.name == column);
        if known { column.to_owned() } else { "…".to_owned() }
    };
    one.symmetric_difference(&other)
        .map(|(table, _, column, _)| (*table, name(*table, column)))
        .collect()
}

#[test]
fn what_follow_the_money_loses_is_what_its_table_says() {
    let with_phone = full("+31 6 1234-5678");
    let back = read_lines(&ftm(&with_phone, Disclosure::Revealed), "x.ftm.json");
    let not_whole =
        ftm_fates().into_iter().filter(|fate| matches!(fate.kept, Kept::Lost | Kept::InPart));
    let expected: BTreeSet<(Table, String)> =
        not_whole.map(|fate| (fate.table, fate.column.to_owned())).collect();
    // Identifiers come back in another order, those of a person first.
    let mut found = differing(&with_phone, &back);
    found.remove(&(Table::Identifiers, "person_id".into()));
    found.remove(&(Table::Identifiers, "kind".into()));
    assert_eq!(found, expected);
}

#[test]
fn follow_the_money_keeps_the_rest_whatever_it_holds() {
    for text in [HOSTILE, "plain", "kluwen/name: x", "a;b", ";;", " "] {
        let case = full(text);
        let back = read_lines(&ftm(&case, Disclosure::Revealed), "x.ftm.json");
        let allowed =
            |(table, column): &(Table, String)| column == "…" || *table == Table::Identifiers;
        let found: Vec<_> =
            differing(&case, &back).into_iter().filter(|one| !allowed(one)).collect();
        assert_eq!(found, [], "{text:?}");
        assert_eq!(case.identifiers.len(), back.identifiers.len());
    }
    let study = Case::open(repository("graphs/study25")).expect("the study is sound");
    let back = read_lines(&ftm(&study, Disclosure::Revealed), "x.ftm.json");
    let found: Vec<_> = differing(&study, &back)
        .into_iter()
        // A person whose phones became properties of hers carries their handling codes.
        .filter(|(table, column)| {
            *table != Table::Identifiers && (*table, column.as_str()) != (Table::People, "…")
        })
        .collect();
    assert_eq!(found, []);
    let victims = |case: &Case| case.roles.iter().filter(|role| role.role == Role::Victim).count();
    assert_eq!(victims(&study), victims(&back));
}

#[test]
fn the_tables_of_what_is_lost_name_every_column() {
    for fates in [ftm_fates(), table_fates()] {
        for table in Table::ALL {
            for column in table.columns() {
                assert_eq!(
                    fates
                        .iter()
                        .filter(|fate| fate.table == table && fate.column == column.name)
                        .count(),
                    1
                );
            }
        }
    }
}

/// The interpreter that has the packages of `tests/interop/requirements.txt`.
fn python(script: &str, input: &[u8], words: &[&str]) -> String {
    let interpreter = std::env::var("KLUWEN_PYTHON").unwrap_or_else(|_| "python3".into());
    let mut child = Command::new(&interpreter)
        .arg(repository("tests/interop").join(script))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("`{interpreter}` does not run ({error}); name a Python in KLUWEN_PYTHON")
        });
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    let writing = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, &input));
    let output = child.wait_with_output().expect("a child can be waited for");
    let _ = writing.join();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        !errors.contains("ModuleNotFoundError"),
        "{errors}\ninstall what is missing: {interpreter} -m pip install -r tests/interop/requirements.txt, and the same with --no-deps -r tests/interop/requirements-ftm.txt"
    );
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{errors}");
    said
}

/// What the package says of entities, several files at once: it takes a second to start.
fn judged(files: &[Vec<u8>]) -> String {
    python("check_ftm.py", &files.join(&b"\n"[..]), &[])
}

#[test]
fn the_model_of_follow_the_money_takes_our_entities() {
    let study = Case::open(repository("graphs/study25")).expect("the study is sound");
    let cases = [study, full("plain"), full("NL91ABNA0417164300"), full("anna@example.org")];
    let files: Vec<Vec<u8>> = cases
        .iter()
        .flat_map(|case| {
            [Disclosure::Coded, Disclosure::Revealed].map(|disclosure| ftm(case, disclosure))
        })
        .collect();
    let said = judged(&files);
    assert_eq!(said.matches(" entities\n").count(), files.len(), "{said}");
}

fn taken(path: &Path) -> Taken {
    report(path)
}

#[test]
fn a_file_of_another_is_kept_in_what_goes_out() {
    let folder = Folder::of(&[(
        "x.ftm.json",
        r#"{"id":"o","schema":"Company","properties":{"name":["Club"],"phone":["+31612345678"]}}
{"id":"p","schema":"Person","properties":{"name":["Bram"]}}
{"id":"f","schema":"Ownership","properties":{"owner":["p"],"asset":["o"],"percentage":["50"]}}"#,
    )]);
    let case = taken(&folder.join("x.ftm.json")).case;
    let out = ftm(&case, Disclosure::Revealed);
    assert_eq!(judged(std::slice::from_ref(&out)), "3 entities\n");
    assert!(String::from_utf8(out).expect("UTF-8").contains(r#""schema":"Company""#));
}

fn dates() -> impl Strategy<Value = String> {
    let day = (1900_i32..2100, 1_u32..13, 1_u32..29)
        .prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let any = day.prop_flat_map(|day| {
        prop_oneof![Just(day[..4].to_owned()), Just(day[..7].to_owned()), Just(day)]
    });
    (any, prop_oneof![Just(""), Just("?"), Just("~"), Just("/..")])
        .prop_map(|(date, doubt)| date + doubt)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever stands in the cells, revealed tables read back as the same case.
    #[test]
    fn any_case_comes_back(
        texts in proptest::collection::vec("\\PC{1,12}", 6),
        start in dates(),
        kind in 0..22_usize,
        count in 0.001_f64..1e9,
    ) {
        let [one, other, source, own, name, link] = &texts[..] else { unreachable!("six texts") };
        prop_assume!(one.trim() != other.trim());
        let kind = kluwen::case::LinkKind::ALL[kind].0;
        let lines = [
            serde_json::json!({"table": "people", "person_id": format!("p{one}"), "name": name, "birth": start}),
            serde_json::json!({"table": "people", "person_id": format!("q{other}"), "alias": name}),
            serde_json::json!({"table": "links", "from": format!("p{one}"), "to": format!("q{other}"), "kind": kind,
                "start": start, "count": count, "source": source, "own": own, "link_id": format!("l{link}")}),
        ];
        let bytes = lines.map(|line| line.to_string()).join("\n");
        let case = read_lines(bytes.as_bytes(), "x.jsonl");
        assert_same(&case, &read_lines(&json_lines(&case, Disclosure::Revealed), "x.jsonl"));
        assert_same(&case, &read_back(csv(&case, Disclosure::Revealed).path()));
        let back = read_lines(&ftm(&case, Disclosure::Revealed), "x.ftm.json");
        let lost: Vec<_> = differing(&case, &back).into_iter().filter(|(_, column)| column != "…").collect();
        prop_assert_eq!(lost, []);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_tables_hold_what_the_rows_say() {
    use kluwen::output::write_parquet;

    let case = full(&HOSTILE.replace('\0', ""));
    let data = CaseData::new(&case, Disclosure::Revealed);
    let folder = Folder::of::<&str>(&[]);
    let mut rows = Vec::new();
    for table in data.tables() {
        let mut bytes = Vec::new();
        rows.push(write_parquet(&data, table, &mut bytes).expect("memory takes it"));
        folder.write(&format!("{table}.parquet"), bytes);
    }
    let said = python(
        "read_parquet.py",
        b"",
        &[folder.path().to_str().expect("a temporary path is UTF-8")],
    );
    let read: serde_json::Value = serde_json::from_str(&said).expect("an object");
    for (table, rows) in data.tables().into_iter().zip(rows) {
        let table = &read[table.name()];
        assert_eq!(table["rows"].as_array().map(Vec::len), Some(rows));
        assert!(
            table["rows"]
                .as_array()
                .is_some_and(|rows| rows.iter().all(|row| row["certainty"].is_number()))
        );
    }
    for (table, number, column, text) in told(&case) {
        let cell = &read[table.name()]["rows"][number][&column];
        let same = cell
            .as_f64()
            .map_or_else(|| cell.as_str() == Some(&text), |number| number.to_string() == text);
        assert!(same, "{table}.{column}: {cell} is not {text:?}");
    }
    let (types, links) = (&read["links"]["types"], &read["links"]["rows"]);
    assert_eq!(
        [&types["start_earliest"], &types["count"], &types["means"]],
        ["DATE", "DOUBLE", "VARCHAR"]
    );
    assert_eq!(
        [&links[0]["start_earliest"], &links[0]["start_latest"]],
        ["2019-01-27", "2019-02-10"]
    );
    assert!(links[0]["end_earliest"].is_null());
    assert_eq!(links[0]["end_latest"], "2020-12-31");
    assert_eq!(links[1]["count"], 1.0);
}
