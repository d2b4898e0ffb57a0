//! Rows in each form: nothing in them is run, and nothing is lost.

use kluwen::case::{Fault, FaultClass, Refused};
use kluwen::error::Position;
use kluwen::output::{Cell, Format, Sheet, write_rejects};

use crate::invented::HOSTILE;

fn written(sheet: &Sheet, format: Format) -> String {
    let mut out = Vec::new();
    sheet.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn hostile() -> Sheet {
    let mut sheet = Sheet::new(["name", "value"]);
    for text in HOSTILE {
        sheet.push([text.into(), 0.1.into()]);
    }
    sheet
}

#[test]
fn a_table_lines_up_and_numbers_stand_right() {
    let mut sheet = Sheet::new(["entity", "rank", "recurrence"]);
    sheet.push(["E12".into(), 1.into(), 0.97.into()]);
    sheet.push(["E9, the first".into(), 10.into(), Cell::Missing]);
    let want = "entity         rank  recurrence\n\
                E12               1        0.97\n\
                E9, the first    10           –\n";
    assert_eq!(written(&sheet, Format::Table), want);
}

#[test]
fn a_table_cannot_move_the_cursor() {
    let table = written(&hostile(), Format::Table);
    assert_eq!(table.lines().count(), HOSTILE.len() + 1);
    let acts = |c: char| c != '\n' && kluwen::error::is_unprintable(c);
    assert!(!table.contains(acts));
}

#[test]
fn json_keeps_text_and_numbers_as_they_are() {
    let array: serde_json::Value =
        serde_json::from_str(&written(&hostile(), Format::Json)).unwrap();
    let lines = written(&hostile(), Format::Jsonl);
    for ((text, row), line) in HOSTILE.iter().zip(array.as_array().unwrap()).zip(lines.lines()) {
        assert_eq!(row["name"], *text);
        assert_eq!(row["value"], 0.1);
        assert_eq!(*row, serde_json::from_str::<serde_json::Value>(line).unwrap());
    }
}

#[test]
fn what_is_no_number_is_missing() {
    let mut sheet = Sheet::new(["a", "b", "c"]);
    sheet.push([f64::NAN.into(), f64::INFINITY.into(), None::<f64>.into()]);
    assert_eq!(written(&sheet, Format::Jsonl), "{\"a\":null,\"b\":null,\"c\":null}\n");
    assert_eq!(written(&sheet, Format::Csv), "a,b,c\n,,\n");
}

/// What stood there before characters that act on a terminal were written as `\u{…}`.
fn unescaped(cell: &str) -> String {
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape is closed");
        let code = u32::from_str_radix(code, 16).expect("an escape is a number");
        text.push(char::from_u32(code).expect("an escape is a character"));
        text.push_str(rest);
    }
    text
}

#[test]
fn csv_reads_back_with_a_guard_before_formulas_only() {
    let csv = written(&hostile(), Format::Csv);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), HOSTILE.len());
    for (row, text) in rows.iter().zip(HOSTILE) {
        let want = if text.starts_with('=') { format!("'{text}") } else { text.into() };
        assert_eq!(unescaped(&row[0]), want);
        let acts = |c: char| matches!(c, '\u{1b}' | '\u{202e}' | '\u{2066}');
        assert!(!row[0].contains(acts), "{:?}", &row[0]);
    }
}

#[test]
fn a_format_has_one_spelling() {
    assert_eq!("jsonl".parse::<Format>().unwrap(), Format::Jsonl);
    assert!("JSON".parse::<Format>().is_err());
}

#[test]
fn rejects_say_where_and_why_and_are_guarded() {
    let refused = Refused {
        fault: Fault {
            class: FaultClass::Date,
            position: Position { file: "links.csv".into(), line: 17, column: "start".into() },
            found: "`03/04/2024`".into(),
            expected: "a date such as 2024-04-03".into(),
        },
        row: "=cmd(),p1,\"a\nb\"".into(),
    };
    let mut out = Vec::new();
    write_rejects(&[refused], &mut out).unwrap();
    let mut reader = csv::Reader::from_reader(out.as_slice());
    let row = reader.records().next().unwrap().unwrap();
    let want = [
        "links.csv",
        "17",
        "start",
        "date",
        "`03/04/2024`",
        "a date such as 2024-04-03",
        "'=cmd(),p1,\"a\nb\"",
    ];
    assert_eq!(row, want[..]);
}
