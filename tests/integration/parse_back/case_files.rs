//! A case as other programs get it: tables, JSON Lines, FollowTheMoney, Parquet.

use kluwen::Case;
use kluwen::case::{ReadOptions, Table, read};
use kluwen::output::{CaseData, Disclosure, write_csv_table, write_ftm, write_json_lines};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::names::{cases, name};
use crate::common::Folder;

/// Two people, of whom one has that name, alias and a column of her own; ids, sources and a channel bear it too.
fn case_of(name: &str) -> Option<Case> {
    let lines = [
        json!({"table": "people", "person_id": format!("p{name}"), "name": name, "alias": name, "source": name, "own": name}),
        json!({"table": "people", "person_id": "q"}),
        json!({"table": "channels", "channel_id": format!("c{name}"), "name": name}),
        json!({"table": "links", "from": "q", "to": format!("p{name}"), "kind": "contact", "channel_id": format!("c{name}"),
            "start": "2020"}),
    ];
    let text = lines.map(|line| line.to_string()).join("\n");
    let folder = Folder::of(&[("case.jsonl", text)]);
    read(&folder.join("case.jsonl"), &ReadOptions::default()).ok().map(|taken| taken.case)
}

fn lines(text: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(text).expect("JSON is text");
    assert!(!text.contains(|c| c != '\n' && kluwen::error::is_unprintable(c)));
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn a_case_says_what_went_in(name in name()) {
        // Some names are none that a case can have; the reader says so.
        let Some(case) = case_of(&name) else { return Ok(()) };
        let person = &case.people[0];
        let [id, name, own] = [person.person, person.name, person.assertion.source].map(|text| case.text(text));
        let data = CaseData::new(&case, Disclosure::Revealed);

        let mut out = Vec::new();
        write_json_lines(&data, &mut out).unwrap();
        let rows = lines(&out);
        prop_assert_eq!(rows.len(), 4);
        let first = &rows[0];
        prop_assert_eq!(first["person_id"].as_str(), Some(id));
        prop_assert_eq!(first["name"].as_str().unwrap_or_default(), name);
        prop_assert_eq!(first["source"].as_str().unwrap_or_default(), own);

        let mut out = Vec::new();
        if write_csv_table(&data, Table::People, &mut out).is_ok() {
            let mut reader = csv::Reader::from_reader(out.as_slice());
            let head = reader.headers().unwrap().clone();
            let at = |column: &str| head.iter().position(|own| own == column).unwrap();
            let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(rows.len(), 2);
            prop_assert_eq!((&rows[0][at("person_id")], &rows[0][at("name")]), (id, name));
        } else {
            prop_assert!(name.contains('\0'), "only a zero byte is refused");
        }

        let mut out = Vec::new();
        write_ftm(&data, &mut out).unwrap();
        let people: Vec<Value> = lines(&out).into_iter().filter(|one| one["schema"] == "Person").collect();
        prop_assert_eq!(people.len(), 2);
        if !name.trim().is_empty() {
            prop_assert!(people.iter().any(|one| one["properties"]["name"][0] == name), "{people:?}");
        }
    }
}

#[cfg(feature = "parquet")]
mod columns {
    use kluwen::output::write_parquet;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::super::names::in_a_file;
    use super::*;

    proptest! {
        #![proptest_config(cases(8))]

        #[test]
        fn tables_say_what_went_in(name in name()) {
            let Some(case) = case_of(&name) else { return Ok(()) };
            let mut out = Vec::new();
            write_parquet(&CaseData::new(&case, Disclosure::Revealed), Table::People, &mut out).unwrap();
            let file = SerializedFileReader::new(in_a_file(&out)).unwrap();
            let rows: Vec<_> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
            prop_assert_eq!(rows.len(), 2);
            let of = |column: &str| rows[0].get_column_iter().find(|(name, _)| *name == column).map(|(_, field)| field.clone());
            prop_assert_eq!(of("person_id"), Some(Field::Str(case.text(case.people[0].person).into())));
        }
    }
}
