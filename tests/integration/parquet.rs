//! Is a case in Parquet tables the case that it was, row by row, and is damage told?

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kluwen::Case;
use kluwen::case::{Assertion, ReadOptions, Strictness, read};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FloatType, Int32Type, Int64Type,
};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::common::{Folder, SOUND, on_case, repository};

/// The case as Parquet tables, with all that it holds.
fn converted(case: &Path, words: &[&str]) -> Folder {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("out");
    let out = out.to_str().expect("a temporary path is UTF-8");
    let all = [&[out, "--to", "parquet", "--reveal", "a test"], words].concat();
    on_case("convert", case, &all).fine();
    folder
}

fn says(command: &str, case: &Path) -> String {
    on_case(command, case, &["--format", "json"]).fine().stdout
}

#[test]
fn every_command_says_of_parquet_tables_what_it_says_of_the_case() {
    let sound = Folder::of(&SOUND);
    for case in [repository("graphs/study25"), sound.path().to_owned()] {
        let folder = converted(&case, &[]);
        for command in ["recruiters", "channels", "identities", "adverts", "rank", "check"] {
            let (own, its) = (says(command, &case), says(command, &folder.join("out")));
            if command != "check" {
                assert_eq!(own, its, "{command}");
            }
        }
    }
}

#[test]
fn rows_keep_their_places_and_certainties_whatever_grades_were_worth() {
    let grades = include_str!("../../src/case/grades.toml").replace("0.95", "0.93");
    let folder = Folder::of(&[("grades.toml", grades)]);
    let file = folder.join("grades.toml");
    let words = ["--grades", file.to_str().expect("a temporary path is UTF-8")];
    let case = repository("graphs/study25");
    let table = kluwen::case::GradeTable::from_toml(
        &fs::read_to_string(&file).expect("it is there"),
        kluwen::error::Position::default(),
    );
    let options =
        ReadOptions { grades: table.expect("a table of grades"), ..ReadOptions::default() };
    let own = read(&case, &options).expect("it is sound").case;
    let its = Case::open(converted(&case, &words).join("out")).expect("it is sound");
    let told = |case: &Case| -> Vec<String> {
        let all: Vec<Assertion> = (case.people.iter().map(|row| row.assertion))
            .chain(case.roles.iter().map(|row| row.assertion))
            .chain(case.links.iter().map(|row| row.assertion))
            .chain(case.ads.iter().map(|row| row.assertion))
            .collect();
        let tell = |one: &Assertion| {
            format!("{} {} {}", case.place_of(one), one.certainty, case.text(one.grade))
        };
        all.iter().map(tell).collect()
    };
    assert_eq!(told(&own), told(&its));
    let plain = Case::open(&case).expect("it is sound");
    assert_ne!(told(&plain), told(&its), "the other table says something else");
}

#[test]
fn a_table_may_lie_in_parts() {
    let (_, links) = SOUND[6];
    let lines: Vec<&str> = links.lines().collect();
    let part = |rows: &[&str]| {
        let folder = Folder::of(&SOUND);
        folder.write("links.csv", [&lines[..1], rows].concat().join("\n") + "\n");
        converted(folder.path(), &[])
    };
    let (first, second) = (part(&lines[1..2]), part(&lines[2..]));
    let both = converted(Folder::of(&SOUND).path(), &[]);
    let whole = says("recruiters", &both.join("out"));
    let out = both.join("out");
    fs::remove_file(out.join("links.parquet")).expect("it is there");
    for names in
        [["links-1.parquet", "links-2.parquet"], ["links/part-0.parquet", "links/part-1.parquet"]]
    {
        fs::create_dir_all(out.join("links")).expect("a folder is made");
        for (name, folder) in names.iter().zip([&first, &second]) {
            fs::copy(folder.join("out/links.parquet"), out.join(name)).expect("it is copied");
        }
        // The lines are those of two files of one row.
        let case = Case::open(&out).expect("it is sound");
        assert_eq!(case.links.len(), 2);
        assert_eq!(says("recruiters", &out).len(), whole.len());
        for name in names {
            fs::remove_file(out.join(name)).expect("it is there");
        }
    }
}

#[test]
fn a_damaged_file_is_told_and_nothing_breaks() {
    let folder = converted(Folder::of(&SOUND).path(), &[]);
    let file = folder.join("out/links.parquet");
    let whole = fs::read(&file).expect("it is there");
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    let mut told = 0;
    let damages = (0..whole.len()).step_by(7).map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        bytes
    });
    let cuts = (0..whole.len()).step_by(97).map(|at| whole[..at].to_vec());
    for bytes in damages.chain(cuts) {
        fs::write(&file, bytes).expect("it is written");
        match read(&folder.join("out"), &options) {
            Ok(taken) => told += usize::from(taken.faults.first_error().is_some()),
            Err(_) => told += 1,
        }
    }
    assert!(told > whole.len() / 40, "{told} of {} damages were told", whole.len() / 7);
    fs::write(&file, b"PAR1 and nothing else").expect("it is written");
    let ran = on_case("recruiters", &folder.join("out"), &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("links.parquet"), "{ran:?}");
}

/// The cells of a column; none where it is optional and the cell is empty.
enum Cells<'a> {
    Texts(&'a [&'a [u8]]),
    Truths(&'a [bool]),
    Ints(&'a [i32]),
    Longs(&'a [i64]),
    Floats(&'a [Option<f32>]),
    Doubles(&'a [f64]),
}

/// A table of this schema, as Parquet writes one down.
fn table(fields: &str, columns: &[Cells<'_>]) -> Vec<u8> {
    let schema = parse_message_type(&format!("message schema {{ {fields} }}")).expect("a schema");
    let mut out = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::default()).expect("a file");
    let mut group = file.next_row_group().expect("a group");
    for cells in columns {
        let mut column = group.next_column().expect("it goes on").expect("a column");
        let written = match *cells {
            Cells::Texts(cells) => {
                let cells: Vec<ByteArray> = cells.iter().map(|cell| cell.to_vec().into()).collect();
                column.typed::<ByteArrayType>().write_batch(&cells, None, None)
            }
            Cells::Truths(cells) => column.typed::<BoolType>().write_batch(cells, None, None),
            Cells::Ints(cells) => column.typed::<Int32Type>().write_batch(cells, None, None),
            Cells::Longs(cells) => column.typed::<Int64Type>().write_batch(cells, None, None),
            Cells::Doubles(cells) => column.typed::<DoubleType>().write_batch(cells, None, None),
            Cells::Floats(cells) => {
                let levels: Vec<i16> = cells.iter().map(|cell| cell.is_some().into()).collect();
                let filled: Vec<f32> = cells.iter().copied().flatten().collect();
                column.typed::<FloatType>().write_batch(&filled, Some(&levels), None)
            }
        };
        written.expect("it is written");
        column.close().expect("it ends");
    }
    group.close().expect("it ends");
    file.close().expect("it ends");
    out
}

/// A table of people with these certainties and lines.
fn people(certainties: &[f64], lines: &[i64]) -> Vec<u8> {
    let fields =
        "required binary person_id (UTF8); required double certainty; required int64 row_line;";
    let ids = [Cells::Texts(&[b"p0", b"p1"]), Cells::Doubles(certainties), Cells::Longs(lines)];
    table(fields, &ids)
}

/// A case of this table of people, with a role for number 7.
fn of_people(people: &[u8]) -> Folder {
    let folder = Folder::of::<&str>(&[]);
    fs::create_dir(folder.join("case")).expect("a folder");
    fs::write(folder.join("case/people.parquet"), people).expect("it is written");
    let fields =
        "required binary case_id (UTF8); required int32 person_id; required binary role (UTF8);";
    let cells = [Cells::Texts(&[b"k1"]), Cells::Ints(&[7]), Cells::Texts(&[b"driver"])];
    fs::write(folder.join("case/roles.parquet"), table(fields, &cells)).expect("it is written");
    folder
}

#[test]
fn numbers_days_and_truths_are_read_as_the_contract_writes_them() {
    let fields = "required int64 person_id; required int32 birth (DATE); required int32 height;
        optional float shoe; required double weight; required boolean online; required binary name (UTF8);";
    let day = |days: i32| days + 10_000; // 1997-05-19 and some days
    let folder = of_people(&table(
        fields,
        &[
            Cells::Longs(&[7, 12]),
            Cells::Ints(&[day(0), day(13)]),
            Cells::Ints(&[170, -1]),
            Cells::Floats(&[Some(38.1), None]),
            Cells::Doubles(&[61.25, 70.0]),
            Cells::Truths(&[true, false]),
            Cells::Texts(&["Ana é".as_bytes(), b""]),
        ],
    ));
    let out = folder.join("tables");
    let words = [out.to_str().expect("a temporary path is UTF-8"), "--reveal", "a test"];
    on_case("convert", &folder.join("case"), &[&words[..], &["--to", "tables"]].concat()).fine();
    let written = fs::read_to_string(out.join("people.csv")).expect("it is there");
    let rows: Vec<Vec<&str>> = written.lines().map(|line| line.split(',').collect()).collect();
    for (column, cells) in [
        ("person_id", ["7", "12"]),
        ("birth", ["1997-05-19", "1997-06-01"]),
        ("height", ["170", "-1"]),
        ("shoe", ["38.1", ""]),
        ("weight", ["61.25", "70"]),
        ("online", ["yes", "no"]),
        ("name", ["Ana é", ""]),
    ] {
        let at = rows[0].iter().position(|name| *name == column);
        let at = at.unwrap_or_else(|| panic!("{column}: {written}"));
        assert_eq!([rows[1][at], rows[2][at]], cells, "{column}");
    }
}

#[test]
fn columns_of_other_types_are_refused_by_name() {
    let id = "required int64 person_id;";
    for (fields, cells, column) in [
        ("required int32 price (DECIMAL(9,2));", Cells::Ints(&[100]), "price"),
        ("required int64 seen (TIMESTAMP(MILLIS,true));", Cells::Longs(&[0]), "seen"),
        ("required group more { required int32 deep; }", Cells::Ints(&[1]), "deep"),
        ("required binary name (UTF8);", Cells::Texts(&[b"\xff\xfe"]), "name"),
        ("optional float certainty;", Cells::Floats(&[Some(0.5)]), "certainty"),
        ("required double row_line;", Cells::Doubles(&[2.0]), "row_line"),
    ] {
        let case = of_people(&table(&format!("{id} {fields}"), &[Cells::Longs(&[7]), cells]));
        let ran = on_case("recruiters", &case.join("case"), &[]);
        assert_eq!(ran.code, Some(1), "{column}: {ran:?}");
        assert!(ran.stderr.contains("people.parquet") && ran.stderr.contains(column), "{ran:?}");
        assert!(ran.stdout.is_empty(), "{ran:?}");
    }
}

#[test]
fn a_certainty_that_is_none_and_a_line_that_is_none_are_told_where_they_stand() {
    let with = |people: Vec<u8>| {
        let folder = converted(Folder::of(&SOUND).path(), &[]);
        fs::write(folder.join("out/people.parquet"), people).expect("it is written");
        on_case("check", &folder.join("out"), &[])
    };
    let ran = with(people(&[1.0, 1.5], &[2, 3]));
    assert!(ran.stdout.contains("people.parquet:3") && ran.stdout.contains("1.5"), "{ran:?}");
    let ran = with(people(&[1.0, 1.0], &[2, -3]));
    assert!(ran.stdout.contains("row_line") && ran.stdout.contains("-3"), "{ran:?}");
}

#[test]
fn flags_that_say_how_files_are_read_are_refused() {
    let folder = converted(Folder::of(&SOUND).path(), &[]);
    folder.write("mapping.toml", "");
    let mapping = folder.join("mapping.toml");
    let words = ["--mapping", mapping.to_str().expect("a temporary path is UTF-8")];
    let ran = on_case("recruiters", &folder.join("out"), &words);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}
