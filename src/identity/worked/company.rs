//! What it says that two are met in the company of a third.

use super::super::blocking::Blocking;
use super::super::company::Company;
use super::super::comparison::Compared;
use super::super::field::{Field, MISSING, OTHER, SAME};
use super::mentions;

/// What is found of `a` and `b` where `files` says who stands in which, each a letter; small and capital letter are one person.
///
/// Files that hold one person alone are added until there are ten.
fn company(files: &[&str]) -> (u8, f64) {
    among(files, 10)
}

fn among(files: &[&str], count: usize) -> (u8, f64) {
    let found = compared(files, count);
    (found.pattern[Field::Company as usize], found.chance[Field::Company as usize])
}

fn roles(files: &[&str], count: usize) -> (String, Vec<String>) {
    let mut roles = "case_id,person_id,role\n".to_owned();
    for (file, people) in files.iter().enumerate() {
        people.chars().for_each(|id| roles.extend([format!("k{file},{id},driver\n")]));
    }
    (files.len()..count).for_each(|file| roles.extend([format!("k{file},z{file},driver\n")]));
    let mut ids: Vec<String> = files.concat().chars().map(String::from).collect();
    ids.extend((files.len()..count).map(|file| format!("z{file}")));
    ids.extend(["a".to_owned(), "b".to_owned()]);
    ids.sort_by_key(|id| (id != "a", id != "b", id.clone()));
    ids.dedup();
    (roles, ids)
}

/// By mention, the first of those that are the same letter.
fn persons(ids: &[String]) -> Vec<u32> {
    let alike = |id: &String| ids.iter().position(|other| other.eq_ignore_ascii_case(id));
    ids.iter().map(|id| u32::try_from(alike(id).expect("itself")).expect("few")).collect()
}

fn compared(files: &[&str], count: usize) -> Compared {
    let (roles, ids) = roles(files, count);
    let people = format!("person_id\n{}\n", ids.join("\n"));
    let mentions = mentions(&[("people.csv", &people), ("roles.csv", &roles)]);
    // Mentions are numbered in the order of their ids.
    let in_order: Vec<String> =
        mentions.rows.iter().map(|&row| ids[row as usize].clone()).collect();
    let persons = persons(&in_order);
    let number = |id: &str| {
        u32::try_from(in_order.iter().position(|own| own == id).expect("an id")).expect("few")
    };
    let mut compared = Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
    Company::new(&mentions, &persons).compare((number("a"), number("b")), &mut compared);
    compared
}

fn is(found: (u8, f64), level: u8, chance: f64) {
    assert!(found.0 == level && (found.1 - chance).abs() < 1e-9, "{found:?}");
}

#[test]
fn the_rarest_third_person_tells() {
    // She is in one other file of ten.
    is(company(&["ax", "bX"]), SAME, 0.1_f64.ln());
    // Of two in the file of a, one is in no other, which counts as a tenth.
    is(company(&["axy", "bX"]), SAME, 0.11_f64.ln());
    is(company(&["ax", "bXy"]), SAME, 0.11_f64.ln());
    // Whoever is in three files counts only where nobody rarer is met.
    is(company(&["axw", "bXW", "w"]), SAME, 0.1_f64.ln());
    is(company(&["axw", "bW", "Wq"]), SAME, 0.21_f64.ln());
    is(company(&["ax", "by"]), OTHER, 0.0);
    // Of two files one holds her by chance, and of three such people never more than 0.9.
    is(among(&["ax", "bX"], 2), SAME, 0.5_f64.ln());
    is(among(&["axyw", "bXYW"], 2), SAME, 0.9_f64.ln());
}

#[test]
fn whoever_is_alone_or_with_himself_is_in_no_company() {
    for files in [&["a", "bx"][..], &["ax", "b"], &["aB", "bx"], &["ax", "bA"]] {
        is(company(files), MISSING, 0.0);
    }
}

#[test]
fn whoever_is_in_too_many_files_is_met_everywhere() {
    let files = |of_a: usize, of_b: usize| {
        let files: Vec<&str> = [vec!["ax"; of_a], vec!["bX"; of_b]].concat();
        compared(&files, 20).pattern[Field::Company as usize]
    };
    assert_eq!(files(8, 8), SAME);
    assert_eq!(files(9, 8), MISSING);
}

#[test]
fn a_list_is_no_company() {
    let with = |count: u32| {
        let crowd: String = (0..count).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        compared(&[&format!("ax{crowd}"), "bX"], 10).pattern[Field::Company as usize]
    };
    assert_eq!(with(254), SAME);
    assert_eq!(with(255), MISSING);
}

/// Which mentions are brought together, as letters.
fn brought(role: &str, files: &[&str]) -> Vec<String> {
    let (roles, ids) = roles(files, 0);
    let roles = roles.replace("driver", role);
    let people = format!("person_id\n{}\n", ids.join("\n"));
    let mentions = mentions(&[("people.csv", &people), ("roles.csv", &roles)]);
    let in_order: Vec<String> =
        mentions.rows.iter().map(|&row| ids[row as usize].clone()).collect();
    let persons = persons(&in_order);
    let order: Vec<u32> = (0..).take(in_order.len()).collect();
    let keys = Company::new(&mentions, &persons).keys();
    let pairs = Blocking::default().of_blocks(keys, &order);
    pairs
        .iter()
        .map(|&(a, b)| format!("{}{}", in_order[a as usize], in_order[b as usize]))
        .collect()
}

#[test]
fn offenders_met_with_one_third_person_are_compared() {
    assert_eq!(brought("driver", &["ax", "bX"]), ["ab"]);
    assert_eq!(brought("driver", &["ax", "by"]), Vec::<String>::new());
    assert_eq!(brought("witness", &["ax", "bX"]), Vec::<String>::new());
    // In four files she is still rare, and in five no longer.
    assert_eq!(brought("driver", &["ax", "bX", "X", "X"]), ["ab"]);
    assert_eq!(brought("driver", &["ax", "bX", "X", "X", "X"]), Vec::<String>::new());
}
