//! How fast is a case read, from its files and from a snapshot of them, and how much memory does that take?
//!
//! `cargo bench --bench reading [LINKS]` writes an invented case of a million links, reads it in a
//! process of its own for each number of threads, and prints the rate and the peak of memory. With a folder in place
//! of the number it reads the case there.

use std::fs::{self, File};
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kluwen::case::{ReadOptions, Taken, read, write_snapshot};
use kluwen::output::{InputGuard, save};

const LINKS: u64 = 1_000_000;
const READER: &str = "KLUWEN_BENCH_READS";

fn main() {
    if let Ok(folder) = std::env::var(READER) {
        return read_once(Path::new(&folder));
    }
    let folder =
        tempfile::Builder::new().prefix("kluwen-bench").tempdir().expect("a temporary folder");
    let given = std::env::args().skip(1).map(PathBuf::from).find(|path| path.is_dir());
    let case = given.unwrap_or_else(|| {
        let links = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(LINKS);
        let case = folder.path().join("case");
        fs::create_dir(&case).expect("a folder");
        write_case(&case, links);
        case
    });
    let snapshot = folder.path().join("case.kluwen");
    pack(&case, &snapshot);
    for path in [&case, &snapshot] {
        for threads in ["1", "2"] {
            for _ in 0..3 {
                read_elsewhere(path, threads);
            }
        }
    }
}

fn read_elsewhere(path: &Path, threads: &str) {
    let program = std::env::current_exe().expect("this program has a path");
    let status = Command::new(program)
        .env(READER, path)
        .env("RAYON_NUM_THREADS", threads)
        .status()
        .expect("the bench can run itself");
    assert!(status.success(), "reading failed");
}

fn pack(case: &Path, snapshot: &Path) {
    let taken = read(case, &ReadOptions::default()).expect("the case is valid");
    let begin = Instant::now();
    let saved = save(snapshot, &InputGuard::default(), |out| write_snapshot(&taken, &[], out));
    let megabytes = saved.expect("the snapshot is written").bytes as f64 / 1e6;
    let rate = megabytes / begin.elapsed().as_secs_f64();
    println!("snapshot written: {megabytes:.1} MB at {rate:.0} MB/s, synced");
}

fn read_once(case: &Path) {
    let snapshot = case.is_file();
    let yardstick = if snapshot {
        format!("the bytes alone, read and nothing else: {:.0} MB/s", bytes_only(case))
    } else {
        let rate = records_only(&case.join("links.csv"));
        format!("the csv crate alone, one thread, nothing kept: {rate:.0} MB/s")
    };
    let begin = Instant::now();
    let taken = read(case, &ReadOptions::default()).expect("the case is valid");
    let seconds = begin.elapsed().as_secs_f64();
    let megabytes = bytes_of(case) as f64 / 1e6;
    let (peak, rows) = (peak_memory(), rows(&taken) as f64);
    println!(
        "{}, {} threads: {rows} rows, {megabytes:.1} MB in {seconds:.3} s = {:.0} MB/s, {:.2} million rows/s; \
         peak memory {peak:.0} MB = {:.2} x the bytes; {yardstick}",
        if snapshot { "snapshot" } else { "files" },
        rayon::current_num_threads(),
        megabytes / seconds,
        rows / seconds / 1e6,
        peak / megabytes,
    );
}

fn rows(taken: &Taken) -> usize {
    taken.totals().1
}

fn bytes_of(case: &Path) -> u64 {
    let length = |path: &Path| fs::metadata(path).expect("it was written").len();
    if case.is_file() {
        return length(case);
    }
    let files = fs::read_dir(case).expect("the folder was written");
    let files = files.map(|entry| entry.expect("it can be listed").path());
    files
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .map(|path| length(&path))
        .sum()
}

/// How many MB/s come from the file when nothing is done with them.
fn bytes_only(path: &Path) -> f64 {
    let begin = Instant::now();
    let mut file = File::open(path).expect("it was written");
    let mut piece = vec![0; 1 << 20];
    let mut bytes = 0;
    while let got @ 1.. = file.read(&mut piece).expect("it can be read") {
        bytes += got;
    }
    bytes as f64 / 1e6 / begin.elapsed().as_secs_f64()
}

/// How many MB/s the csv crate splits into records, with nothing read or kept: what the machine gives just now.
fn records_only(path: &Path) -> f64 {
    let begin = Instant::now();
    let bytes = fs::metadata(path).expect("the file was written").len();
    let mut reader = csv::Reader::from_path(path).expect("the file was written");
    let mut record = csv::ByteRecord::new();
    let mut fields = 0;
    while reader.read_byte_record(&mut record).expect("the file is CSV") {
        fields += record.len();
    }
    assert!(fields > 0, "the file has rows");
    bytes as f64 / 1e6 / begin.elapsed().as_secs_f64()
}

/// The most memory that this process ever held, in MB.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}

/// A case of so many links: a tenth as many people, all columns filled as a police export fills them.
fn write_case(folder: &Path, links: u64) {
    let people = links / 10;
    let file = |name: &str| BufWriter::new(File::create(folder.join(name)).expect("a file"));
    let mut out = file("people.csv");
    writeln!(out, "person_id,name,birth,sex").expect("written");
    for k in 0..people {
        writeln!(
            out,
            "p{k},Voornaam{} van der Achternaam{},{}-{:02},f",
            k % 997,
            k % 7919,
            1960 + k % 45,
            1 + k % 12
        )
        .expect("written");
    }
    out.flush().expect("written");
    let mut out = file("links.csv");
    writeln!(out, "link_id,from,to,kind,case_id,start,end,count,source,grade").expect("written");
    let kinds = ["contact", "contact", "paid", "transported", "accomplice", "recruited"];
    let mut state = 0x9e37_79b9_u64;
    for k in 0..links {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (from, step) = ((state >> 33) % people, 1 + (state >> 20) % (people - 1));
        let (to, kind) = ((from + step) % people, kinds[(state >> 50) as usize % kinds.len()]);
        let (year, month, day) = (2015 + k % 8, 1 + k % 12, 1 + k % 28);
        writeln!(
            out,
            "l{k},p{from},p{to},{kind},c{},{year}-{month:02}-{day:02},,{},\"PV {}, blad {}\",B{}",
            k / 200,
            1 + k % 7,
            k / 1000,
            k % 10,
            1 + k % 4
        )
        .expect("written");
    }
    out.flush().expect("written");
}
