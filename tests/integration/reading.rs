//! The same case in every form is the same case, and what a mapping says is what is read.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use kluwen::case::{
    Attribute, Case, Mapping, ReadOptions, Strictness, Symbol, Table, Taken, When, read,
};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Map, Value};

use crate::common::{
    Dice, Folder, Ran, SOUND, assert_conserved, ended, kluwen, on_case, report, repository, spoilt,
};

/// A table as rows of texts, header first.
type Rows = Vec<Vec<String>>;

fn rows_of(path: &Path) -> Rows {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a file");
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

/// The tables of the invented study.
fn study() -> Vec<(Table, Rows)> {
    let folder = repository("graphs/study25");
    let rows = |table: Table| (table, rows_of(&folder.join(format!("{table}.csv"))));
    Table::ALL.into_iter().map(rows).collect()
}

fn write_packed(folder: &Folder) -> PathBuf {
    for table in Table::ALL {
        let bytes = fs::read(repository("graphs/study25").join(format!("{table}.csv")));
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&bytes.expect("the study has it")).expect("to memory");
        folder.write(&format!("{table}.csv.gz"), packer.finish().expect("to memory"));
    }
    folder.path().to_owned()
}

/// A number or truth as JSON has it, where the cell is one and reads back the same.
fn json_cell(column: &str, text: &str) -> Value {
    match (column, text) {
        ("minor", "yes") => true.into(),
        ("minor", "no") => false.into(),
        ("count" | "price", _) => text.parse::<u64>().map_or_else(|_| text.into(), Into::into),
        ("means", _) if text.contains(';') => text.split(';').map(Value::from).collect(),
        _ => text.into(),
    }
}

fn json_lines() -> String {
    let mut out = String::new();
    for (table, rows) in study() {
        for row in &rows[1..] {
            let cells = rows[0].iter().zip(row).filter(|(_, text)| !text.is_empty());
            let cells = cells.map(|(column, text)| (column.clone(), json_cell(column, text)));
            let named = std::iter::once(("table".to_owned(), table.name().into()));
            let line: Map<String, Value> = named.chain(cells).collect();
            writeln!(out, "{}", Value::from(line)).expect("to memory");
        }
    }
    out
}

/// Real dates, numbers and truths, as a spreadsheet program keeps them.
fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, name: &str, text: &str) {
    let day = ExcelDateTime::parse_from_str(text).ok().filter(|_| text.len() == 10);
    let number = text.parse::<f64>().ok();
    let written = match (name, day, number) {
        (_, Some(day), _) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_datetime_with_format(row, column, &day, &format)
        }
        ("count" | "price" | "lat" | "lon", _, Some(number)) => {
            sheet.write_number(row, column, number)
        }
        ("minor", ..) if matches!(text, "yes" | "no") => {
            sheet.write_boolean(row, column, text == "yes")
        }
        _ => sheet.write_string(row, column, text),
    };
    written.expect("a cell");
}

fn write_workbook(folder: &Folder) -> PathBuf {
    let mut book = Workbook::new();
    for (table, rows) in study() {
        let sheet = book.add_worksheet().set_name(table.name()).expect("a name");
        for (row, cells) in (0..).zip(&rows) {
            for (column, (name, text)) in (0..).zip(rows[0].iter().zip(cells)) {
                if !text.is_empty() {
                    let name = if row == 0 { "" } else { name };
                    write_cell(sheet, row, column, name, text);
                }
            }
        }
    }
    folder.write("case.xlsx", book.save_to_buffer().expect("a workbook"))
}

/// All rows of a case as text, without their places: these differ from form to form.
fn shown(case: &Case) -> Vec<String> {
    let text = |symbol: Symbol| case.text(symbol);
    let span = |start: When, end: When| format!("{start} to {end}");
    let mut all = Vec::new();
    let mut say = |table: Table, words: &[&str], rest: String, said: &kluwen::case::Assertion| {
        let sure = (said.certainty.to_bits(), text(said.source), text(said.grade), said.basis);
        all.push(format!("{table} {words:?} {rest} {sure:?}"));
    };
    for one in case.cases.iter() {
        let words = [text(one.case), text(one.unit), text(one.outcome), text(one.purpose)];
        let rest = format!("{} {}", span(one.opened, one.closed), one.retain_until);
        say(Table::Cases, &words, rest, &one.assertion);
    }
    for one in case.people.iter() {
        let words = [text(one.person), text(one.name), text(one.alias), text(one.sex)];
        say(Table::People, &words, one.birth.to_string(), &one.assertion);
    }
    for one in case.channels.iter() {
        let words = [text(one.channel), text(one.name)];
        say(Table::Channels, &words, format!("{:?}", one.class), &one.assertion);
    }
    for one in case.places.iter() {
        let rest = format!("{:?} {:?}", one.class, one.location);
        say(Table::Places, &[text(one.place), text(one.name)], rest, &one.assertion);
    }
    for one in case.identifiers.iter() {
        let words = [text(one.person), text(one.value), text(one.channel), one.kind.code()];
        say(Table::Identifiers, &words, span(one.start, one.end), &one.assertion);
    }
    for one in case.roles.iter() {
        let what = format!("{:?} {:?} {:?} {:?}", one.role, one.status, one.minor, one.setting);
        let rest = what + &span(one.start, one.end);
        say(Table::Roles, &[text(one.case), text(one.person)], rest, &one.assertion);
    }
    for one in case.links.iter() {
        let who = [one.from, one.to, one.about, one.case, one.channel, one.place].map(text);
        let what = format!("{} {:?} {} {:?}", case.link_id(one), one.kind, one.count, one.means);
        say(Table::Links, &who, what + &span(one.start, one.end), &one.assertion);
    }
    for one in case.ads.iter() {
        let who = [one.channel, one.case, one.victim, one.posted_by, one.payer, one.place];
        let what = [one.phone, one.handle, one.price, one.text, one.image];
        let words: Vec<&str> = who.into_iter().chain(what).map(text).collect();
        let rest = format!("{} {}", case.ad_id(one), span(one.posted, one.last_seen));
        say(Table::Ads, &words, rest, &one.assertion);
    }
    all
}

fn counts_of(taken: &Taken) -> Vec<(Table, usize, usize, usize)> {
    let counts = taken.counts.iter();
    counts.map(|count| (count.table, count.read, count.used, count.refused)).collect()
}

/// What the commands find, where they do not say in which file it stands.
fn findings(case: &Path, input: &[u8]) -> Vec<String> {
    let commands: [&[&str]; 6] = [
        &["recruiters", "--draws", "20", "--format", "csv"],
        &["channels", "--format", "json"],
        &["windows", "--curve", "--format", "csv"],
        &["rank", "--by", "pagerank", "--format", "jsonl"],
        &["group", "--format", "json"],
        &["summary", "--format", "csv"],
    ];
    let run = |words: &&[&str]| {
        let mut command = kluwen(*words);
        command.arg(case);
        ended(command, input).fine().stdout
    };
    commands.iter().map(run).collect()
}

#[test]
fn every_form_holds_the_same_case() {
    let csv = repository("graphs/study25");
    let taken = report(&csv);
    let (wanted, counts, found) = (shown(&taken.case), counts_of(&taken), findings(&csv, b""));
    let folders: [Folder; 3] = std::array::from_fn(|_| Folder::of::<&str>(&[]));
    let lines = json_lines();
    let forms = [
        write_packed(&folders[0]),
        folders[1].write("case.jsonl", &lines),
        write_workbook(&folders[2]),
    ];
    for form in forms {
        let taken = report(&form);
        assert_conserved(&taken);
        assert!(taken.faults.listed().is_empty(), "{}: {:?}", form.display(), taken.faults);
        for (got, want) in shown(&taken.case).iter().zip(&wanted) {
            assert_eq!(got, want, "{}", form.display());
        }
        assert_eq!(counts_of(&taken), counts, "{}", form.display());
        assert_eq!(findings(&form, b""), found, "{}", form.display());
    }
    assert_eq!(findings(Path::new("-"), lines.as_bytes()), found);
}

#[test]
fn a_workbook_keeps_what_it_knows_of_dates_and_numbers() {
    let mut book = Workbook::new();
    let people = book.add_worksheet().set_name("people").expect("a name");
    for (row, cells) in (0..).zip([["person_id", "birth"], ["1", ""], ["2", ""]]) {
        people.write(row, 0, cells[0]).expect("a cell");
        people.write(row, 1, cells[1]).expect("a cell");
    }
    // A number of twelve digits is whole; of eighteen a spreadsheet has lost the last.
    people.write(3, 0, 491_512_345_678.0).expect("a cell");
    people.write(4, 0, 491_512_345_678_901_200.0).expect("a cell");
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let moment = ExcelDateTime::parse_from_str("2001-02-03 04:05").expect("a moment");
    people.write_datetime_with_format(1, 1, &moment, &format).expect("a cell");
    book.add_worksheet().set_name("links").expect("a name").write(0, 0, "x").expect("a cell");
    let folder = Folder::of(&[("case.xlsx", book.save_to_buffer().expect("a workbook"))]);
    let taken = report(&folder.join("case.xlsx"));
    let told: Vec<String> = taken.faults.listed().iter().map(ToString::to_string).collect();
    assert!(
        told[0].starts_with("case.xlsx#people:2: column `birth`: `2001-02-03T04:05:00`"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("case.xlsx#people:5: column `person_id`: `4.915123456789012E+17`"),
        "{told:?}"
    );
    let ids: Vec<&str> = taken.case.people.iter().map(|p| taken.case.text(p.person)).collect();
    assert_eq!(ids, ["2", "491512345678", "4.915123456789012E+17"]);
}

#[test]
fn lines_are_physical_whatever_stands_between() {
    let people = "\u{feff}\r\n\r\nperson_id,name,birth\r\np1,\"An\r\n\r\nna\",\r\n\r\n\np2,,bad\r\np3,\"x\n\",bad\np4,,";
    let case = spoilt("people.csv", people);
    let lines: Vec<u64> = (report(case.path()).faults.listed().iter())
        .filter(|fault| fault.position.column == "birth")
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(lines, [9, 10]);
}

#[test]
fn a_mark_within_a_file_is_told_wherever_it_stands() {
    let case = spoilt("people.csv", "person_id\n\u{feff}p1\np2\n\u{feff}p3\np4\n");
    let lines: Vec<u64> = (report(case.path()).faults.listed().iter())
        .filter(|fault| fault.position.file == "people.csv")
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(lines, [2, 4]);
}

/// A table of people of over two pieces, with quotes, line breaks and letters of many bytes in it.
fn long_table(seed: u64) -> String {
    const WORDS: [&str; 8] = ["a", "\"\"", "\n", "\r\n", ",", "é😀", "long word ", ";"];
    let mut dice = Dice::new(seed);
    let mut text = String::from("person_id,name,alias\n");
    let mut row = 0;
    while text.len() < (2 << 20) + 50_000 {
        row += 1;
        let words = 1 + dice.below(12) * dice.below(12);
        let mut name: String = (0..words).map(|_| WORDS[dice.below(8)]).collect();
        name.push('.');
        let end = ["\n", "\r\n"][dice.below(2)];
        let _ = write!(text, "p{row},\"{name}\",{}{end}", ["", "x", "\"y\""][dice.below(3)]);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_in_pieces_holds_the_rows_that_it_holds_whole(seed in any::<u64>(), shift in 0..4000_usize) {
        // The shift moves the borders of pieces over the rows.
        let text = long_table(seed).replacen("alias", &"a".repeat(1 + shift), 1);
        let folder = Folder::of(&[("people.csv", &text)]);
        let taken = report(folder.path());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut rows = reader.records();
        let mut line = 2;
        for person in taken.case.people.iter() {
            let row = rows.next().expect("as many rows").expect("a row");
            prop_assert_eq!(taken.case.text(person.person), &row[0]);
            prop_assert_eq!(taken.case.text(person.name), &row[1]);
            prop_assert_eq!(person.assertion.line, line);
            line += 1 + u32::try_from(row[1].matches('\n').count()).expect("few lines");
        }
        prop_assert!(rows.next().is_none());
    }
}

#[test]
fn an_odd_quote_at_the_border_of_pieces_is_told_once() {
    let mut text = String::from("person_id,name\n");
    for row in 0..150_000 {
        let _ = writeln!(text, "p{row},\"a\"b");
    }
    let taken = report(Folder::of(&[("people.csv", text)]).path());
    let told: Vec<u64> = (taken.faults.listed().iter())
        .filter(|fault| fault.class == kluwen::case::FaultClass::OddQuote)
        .map(|fault| fault.position.line)
        .collect();
    assert_eq!(taken.faults.counts()[&kluwen::case::FaultClass::OddQuote], 150_000);
    assert_eq!(told, (2..10_002).collect::<Vec<u64>>());
}

#[test]
fn a_reading_does_not_depend_on_threads() {
    let mut people = long_table(7);
    people.push_str("p5,again,\np6,again,\nbroken\n");
    let case = spoilt("people.csv", people);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let options = ReadOptions {
                strictness: Strictness::SetAside,
                digest: true,
                ..ReadOptions::default()
            };
            read(case.path(), &options).expect("rows are set aside")
        })
    };
    let alone = on(1);
    assert_eq!(alone.refused.len(), 3);
    for threads in [2, 8] {
        let many = on(threads);
        assert_eq!(shown(&many.case), shown(&alone.case));
        assert_eq!(many.faults.listed(), alone.faults.listed());
        assert_eq!(
            (many.refused, many.counts, many.files),
            (alone.refused.clone(), alone.counts.clone(), alone.files.clone())
        );
        assert_eq!(many.case.symbol_count(), alone.case.symbol_count());
    }
}

fn rejects(path: &Path) -> Rows {
    rows_of(path)
}

#[test]
fn refused_rows_are_set_aside_with_what_hangs_on_them() {
    let people = "person_id,name,birth\np1,\"An\nna\",\np2,Bram,yesterday\np3,,\np4,,\np4,,\nx\n";
    let case = spoilt("people.csv", people);
    let out = Folder::of::<&str>(&[]);
    let file = out.join("set aside.csv");
    let words = ["--lenient", "--rejects", file.to_str().expect("UTF-8")];
    let ran = on_case("summary", case.path(), &words).fine();
    let set_aside = rejects(&file);
    let told: Vec<[&str; 4]> = set_aside[1..]
        .iter()
        .map(|row| [row[0].as_str(), row[1].as_str(), row[3].as_str(), row[6].as_str()])
        .collect();
    assert_eq!(
        told,
        [
            ["people.csv", "4", "date", "p2,Bram,yesterday"],
            ["people.csv", "7", "duplicate_id", "p4,,"],
            ["people.csv", "8", "field_count", "x"],
            ["identifiers.csv", "2", "dangling_reference", "p2,phone,'+31612345678,ch1,2019,2020"],
            ["roles.csv", "3", "dangling_reference", "c1,p2,recruiter,suspect,,,,"],
            [
                "links.csv",
                "2",
                "dangling_reference",
                "l1,p2,p1,first_contact,c1,,ch1,,,2019-03-02,,"
            ],
            [
                "links.csv",
                "3",
                "dangling_reference",
                "l2,p2,p1,exploited,c1,,,pl1,threat;debt,2019-03-10,2019-05,2"
            ],
            ["ads.csv", "2", "dangling_reference", "a1,ch1,c1,p1,p2,p2,2019-03-12,2019-03-20,pl1"],
        ]
        .map(|[file, line, class, row]| [
            file,
            line,
            class,
            if row.contains('+') { "p2,phone,+31612345678,ch1,2019,2020" } else { row }
        ])
    );
    assert!(ran.stderr.contains("17 rows read = 9 used + 8 refused"), "{ran:#?}");
    assert!(ran.stderr.contains("8 rows were set aside in"), "{ran:#?}");
    // A sound case leaves no rows of an earlier run behind.
    on_case("summary", Folder::of(&SOUND).path(), &words).fine();
    assert_eq!(rejects(&file).len(), 1);
}

#[test]
fn refused_lines_and_cells_are_set_aside_as_they_were_written() {
    let line = r#"{"table":"people","person_id":"p2","birth":"bad","extra":"kept"}"#;
    let stray = r#"{"table":"peeple"}"#;
    let text = format!(
        "{{\"table\":\"people\",\"person_id\":\"p1\"}}\n{stray}\n{line}\n{{\"table\":\"links\",\
         \"from\":\"p1\",\"to\":\"p3\",\"kind\":\"contact\"}}\n"
    );
    let folder = Folder::of(&[("case.jsonl", text)]);
    let out = folder.join("rejects.csv");
    let words = ["--lenient", "--rejects", out.to_str().expect("UTF-8")];
    let ran = on_case("summary", &folder.join("case.jsonl"), &words).fine();
    assert!(ran.stderr.contains("4 rows read = 1 used + 3 refused"), "{ran:#?}");
    let set_aside = rejects(&out);
    let texts: Vec<&str> = set_aside[1..].iter().map(|row| row[6].as_str()).collect();
    let dangling = r#"{"table":"links","from":"p1","to":"p3","kind":"contact"}"#;
    assert_eq!(texts, [stray, line, dangling]);
}

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
    let tie = |link: &kluwen::case::Link| {
        (case.text(link.from), case.text(link.to), link.kind.code(), link.count)
    };
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
    assert_eq!(case.links[0].assertion.basis, kluwen::case::Basis::Assessment);
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
