//! How long does it take to say who is who, and how much memory?
//!
//! `cargo bench --bench identity [RECORDS]` writes an invented case of a million mentions, reads it in a process of its own for each number
//! of threads, resolves it, and prints seconds, the peak of memory, and how much of what was planted was found.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use kluwen::Case;
use kluwen::identity::{Identities, Resolution};

const RECORDS: u64 = 1_000_000;
const RESOLVER: &str = "KLUWEN_BENCH_RESOLVES";

fn main() {
    if let Ok(folder) = std::env::var(RESOLVER) {
        return resolve_once(Path::new(&folder));
    }
    let records = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(RECORDS);
    let folder =
        tempfile::Builder::new().prefix("kluwen-bench").tempdir().expect("a temporary folder");
    write_case(folder.path(), records);
    for threads in ["1", "2"] {
        let program = std::env::current_exe().expect("this program has a path");
        let status = Command::new(program)
            .env(RESOLVER, folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .status()
            .expect("the bench can run itself");
        assert!(status.success(), "resolving failed");
    }
}

fn resolve_once(folder: &Path) {
    let case = Case::open(folder).expect("the case is valid");
    let begin = Instant::now();
    let identities = Resolution::default().of(&case).expect("nobody decided anything");
    let seconds = begin.elapsed().as_secs_f64();
    let (precision, recall) = agreement(&case, &identities);
    println!(
        "{} threads: {} mentions, {} people in {seconds:.1} s; peak memory {:.0} MB; precision {precision:.3}, recall {recall:.3}",
        rayon::current_num_threads(),
        case.people.len(),
        identities.entities.len(),
        peak_memory(),
    );
}

/// Pairwise precision and recall against who was planted, which the id holds before its dot.
fn agreement(case: &Case, identities: &Identities) -> (f64, f64) {
    let pairs = |count: u64| (count * (count - 1) / 2) as f64;
    let (mut found, mut right) = (0.0, 0.0);
    let mut planted: HashMap<String, u64> = HashMap::new();
    for entity in identities.entities.iter() {
        let mut own: HashMap<&str, u64> = HashMap::new();
        for id in identities.entities.person_ids(case, entity) {
            let person = id.split('.').next().unwrap_or(id);
            *own.entry(person).or_default() += 1;
            *planted.entry(person.to_owned()).or_default() += 1;
        }
        found += pairs(own.values().sum());
        right += own.into_values().map(pairs).sum::<f64>();
    }
    (right / f64::max(found, 1.0), right / f64::max(planted.into_values().map(pairs).sum(), 1.0))
}

/// The most memory that this process ever held, in MB.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}

/// A stream of numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn in_hundred(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// A number below `end`, the low ones far oftener.
    fn skewed(&mut self, end: u64) -> u64 {
        // A number below a number below a number: the density falls with the rank.
        let high = self.below(end) + 1;
        let middle = self.below(high) + 1;
        self.below(middle)
    }
}

/// An invented name, the same for the same number.
fn name(number: u64, endings: &[&str]) -> String {
    const ONSETS: [&str; 20] = [
        "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br",
        "st", "kr",
    ];
    const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "aa", "ie", "oe"];
    let mut dice = Dice(number.wrapping_mul(977));
    let mut text = String::new();
    for _ in 0..2 + number % 2 {
        text.push_str(ONSETS[usize::try_from(dice.below(20)).expect("small")]);
        text.push_str(VOWELS[usize::try_from(dice.below(8)).expect("small")]);
    }
    text.push_str(endings[usize::try_from(dice.below(endings.len() as u64)).expect("small")]);
    text
}

/// Somebody, as he is.
struct Person {
    given: String,
    family: String,
    birth: (u64, u64, u64),
    phones: Vec<String>,
}

fn person(dice: &mut Dice) -> Person {
    let phone = |dice: &mut Dice| format!("+3169{:07}", dice.below(10_000_000));
    let count = 1 + dice.below(3);
    Person {
        given: name(dice.skewed(5_000), &["n", "s", "", "ra", "m"]),
        family: name(1_000_000 + dice.skewed(60_000), &["sen", "man", "ink", "stra", "ga"]),
        birth: (1950 + dice.below(55), 1 + dice.below(12), 1 + dice.below(28)),
        phones: (0..count).map(|_| phone(dice)).collect(),
    }
}

/// A word as it is written down: one in twenty with a letter left out.
fn written(word: &str, dice: &mut Dice) -> String {
    if !dice.in_hundred(5) || word.len() < 4 {
        return word.to_owned();
    }
    let gone = usize::try_from(dice.below(word.len() as u64)).expect("a length");
    word.char_indices().filter(|(at, _)| *at != gone).map(|(_, letter)| letter).collect()
}

/// People with one to six mentions, three mentions a case file; two thirds of the dates and two fifths of the phones were written down.
fn write_case(folder: &Path, records: u64) {
    let file = |name: &str| {
        BufWriter::new(File::create(folder.join(name)).expect("the folder can be written to"))
    };
    let (mut people, mut roles, mut identifiers) =
        (file("people.csv"), file("roles.csv"), file("identifiers.csv"));
    let out = |file: &mut BufWriter<File>, line: String| {
        writeln!(file, "{line}").expect("the disk has room");
    };
    out(&mut people, "person_id,name,birth".into());
    out(&mut roles, "case_id,person_id,role".into());
    out(&mut identifiers, "person_id,kind,value".into());
    let mut dice = Dice(1);
    let (mut written_down, mut number) = (0, 0);
    while written_down < records {
        let somebody = person(&mut dice);
        let mentions = if dice.in_hundred(60) { 1 } else { 1 + dice.below(6) };
        for mention in 0..mentions.min(records - written_down) {
            let id = format!("p{number}.{mention}");
            let (year, month, day) = somebody.birth;
            let birth = if dice.in_hundred(66) {
                format!("{year}-{month:02}-{day:02}")
            } else {
                String::new()
            };
            let (given, family) =
                (written(&somebody.given, &mut dice), written(&somebody.family, &mut dice));
            out(&mut people, format!("{id},{given} {family},{birth}"));
            let role = ["exploiter", "victim", "other", "client"]
                [usize::try_from(number % 4).expect("small")];
            out(&mut roles, format!("c{},{id},{role}", dice.below(records.div_ceil(3))));
            if dice.in_hundred(40) {
                let phone = &somebody.phones
                    [usize::try_from(dice.below(somebody.phones.len() as u64)).expect("small")];
                out(&mut identifiers, format!("{id},phone,{phone}"));
            }
            written_down += 1;
        }
        number += 1;
    }
}
