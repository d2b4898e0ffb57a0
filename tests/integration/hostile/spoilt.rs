//! Sound files with bytes changed here and there.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use kluwen::case::{ReadOptions, Strictness, read};
use kluwen::error::ErrorKind;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{assert_inert, case_of};
use crate::common::{Folder, assert_conserved, ended, kluwen, on_case, repository};
use crate::dice::Dice;

/// Spoils bytes here and there.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const PIECES: [&[u8]; 14] = [
        b"\"",
        b",",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\"\"",
        b"NaN",
        b"-1",
        b"2021-02-30",
        b"\xc3",
        b"9999999999999999999999",
    ];
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len().max(1));
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ if dice.below(10) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
}

/// Reads a case in each way; fails if a row is lost, or an error is of no kind.
fn read_all_ways(case: &Path, what: &str) {
    for strictness in [Strictness::StopAtFirst, Strictness::Report, Strictness::SetAside] {
        let options = ReadOptions { strictness, ..ReadOptions::default() };
        match read(case, &options) {
            Ok(taken) => {
                assert_conserved(&taken);
                if strictness == Strictness::SetAside {
                    assert_eq!(taken.refused.len(), taken.totals().2, "{what}");
                }
            }
            Err(error) => {
                let data = matches!(error.kind(), ErrorKind::Data { .. } | ErrorKind::Limit { .. });
                assert!(data, "{what}: {error:?}");
            }
        }
    }
}

#[test]
fn spoilt_files_never_make_it_panic_or_lose_a_row() {
    const NAMES: [&str; 8] =
        ["ads", "cases", "channels", "identifiers", "links", "people", "places", "roles"];
    let files = NAMES.map(|name| {
        let name = format!("{name}.csv");
        let bytes = fs::read(repository("graphs/study25").join(&name)).expect("the study has it");
        (name, bytes)
    });
    let folder = Folder::of::<&str>(&[]);
    for (name, bytes) in &files {
        folder.write(name, bytes);
    }
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let (name, whole) = &files[dice.below(files.len())];
        let mut bytes = whole.clone();
        mutate(&mut bytes, &mut dice);
        folder.write(name, &bytes);
        read_all_ways(folder.path(), &format!("seed {seed}: {name}"));
        if seed % 10 == 0 {
            let commands = ["check", "summary", "recruiters", "map", "channels"];
            let command = commands[dice.below(commands.len())];
            let ran = on_case(command, folder.path(), &[]);
            assert!(matches!(ran.code, Some(0 | 1 | 4)), "seed {seed}: {name}: {ran:#?}");
            assert_inert(&ran.stderr, &['\n'], &format!("seed {seed}"));
        }
        folder.write(name, whole);
    }
}

#[test]
fn spoilt_lines_never_make_it_panic_or_lose_a_row() {
    let whole = case_of("x");
    let folder = Folder::of::<&str>(&[]);
    for seed in 0..400 {
        let mut bytes = whole.clone().into_bytes();
        mutate(&mut bytes, &mut Dice::new(seed));
        let case = folder.write("case.jsonl", &bytes);
        read_all_ways(&case, &format!("seed {seed}"));
    }
}

/// A small workbook: people and links.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in [
        ("people", [["person_id", "name", "birth"], ["p1", "Anna", "2001"], ["p2", "Bram", ""]]),
        ("links", [["from", "to", "kind"], ["p1", "p2", "contact"], ["p2", "p1", "paid"]]),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
        sheet.write(3, 0, 7).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

/// The workbook with one of its parts changed, packed anew so that its checksums are right.
fn with_part(whole: &[u8], change: &mut dyn FnMut(&str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(whole)).expect("a zip archive");
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("a name").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("an entry");
        change(&name, &mut bytes);
        packed.start_file(name, SimpleFileOptions::default()).expect("an entry");
        packed.write_all(&bytes).expect("to memory");
    }
    packed.finish().expect("to memory").into_inner()
}

#[test]
fn spoilt_workbooks_never_make_it_panic_or_lose_a_row() {
    let whole = workbook();
    let parts = ZipArchive::new(Cursor::new(&whole)).expect("a zip archive").len();
    let folder = Folder::of::<&str>(&[]);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let bytes = if seed % 4 == 0 {
            let mut bytes = whole.clone();
            mutate(&mut bytes, &mut dice);
            bytes
        } else {
            let (chosen, mut at) = (dice.below(parts), 0);
            with_part(&whole, &mut |_, bytes| {
                if at == chosen {
                    mutate(bytes, &mut dice);
                }
                at += 1;
            })
        };
        let case = folder.write("case.xlsx", &bytes);
        read_all_ways(&case, &format!("seed {seed}"));
        if seed % 40 == 1 {
            let ran = on_case("check", &case, &[]);
            assert!(matches!(ran.code, Some(0 | 1 | 4)), "seed {seed}: {ran:#?}");
        }
    }
}

#[test]
fn cells_at_impossible_places_are_refused() {
    for (place, with) in [
        ("r=\"B2\"", "r=\"AAAAAAAAAAAAAAAA2\""),
        ("r=\"B2\"", "r=\"ZZZZ2\""),
        ("r=\"B2\"", "r=\"B99999999999999999999\""),
        ("r=\"B2\"", "r=\"A2\""),
        ("r=\"B2\"", "r=\"2\""),
        ("r=\"B2\"", "r=\"\u{c9}2\""),
        ("<dimension ref=\"A1:C4\"", "<dimension ref=\"C4:A1\""),
        ("t=\"s\"><v>0<", "t=\"s\"><v>99999999<"),
        ("t=\"s\"><v>0<", "t=\"s\"><v>-1<"),
    ] {
        let bytes = with_part(&workbook(), &mut |name, bytes| {
            if name == "xl/worksheets/sheet1.xml" {
                let text = String::from_utf8(bytes.clone()).expect("XML is text");
                assert!(text.contains(place), "{place} is not in {text}");
                *bytes = text.replacen(place, with, 1).into_bytes();
            }
        });
        let folder = Folder::of(&[("case.xlsx", bytes)]);
        let ran = on_case("summary", &folder.join("case.xlsx"), &[]);
        // Where the sheet only lies about its size, it is not believed, and nothing else is wrong.
        let fine = place.starts_with("<dimension") && ran.code == Some(0);
        assert!(fine || ran.code == Some(1), "{with}: {ran:#?}");
        assert!(fine || ran.stderr.contains("case.xlsx"), "{with}: {ran:#?}");
    }
}

#[test]
fn a_command_reads_standard_input_of_any_kind() {
    for seed in 0..20 {
        let mut dice = Dice::new(seed);
        let bytes: Vec<u8> =
            (0..dice.below(5000)).map(|_| dice.below(256).to_le_bytes()[0]).collect();
        let ran = ended(kluwen(["check", "-"]), &bytes);
        assert!(matches!(ran.code, Some(0 | 1)), "seed {seed}: {ran:#?}");
        assert_inert(&ran.stdout, &['\n'], "random bytes");
    }
}
