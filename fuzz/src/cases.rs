//! Whole cases, in every form.

use std::path::Path;

use kluwen::case::{Mapping, ReadOptions, Strictness, Table, Taken, read};
use kluwen::error::{Error, ErrorKind};
use sha2::{Digest as _, Sha256};

use super::scratch;

/// An error about `file` says what to do; one about what stands in it says which file.
pub(crate) fn told_well(error: &Error, file: &str) {
    let text = error.to_string();
    assert!(!text.chars().any(char::is_control), "{text:?}");
    match error.kind() {
        ErrorKind::Data { position, found, expected } => {
            assert!(!position.file.is_empty(), "an error without its file: {text}");
            assert!(!found.is_empty() && !expected.is_empty(), "{text}");
        }
        ErrorKind::Limit { what, advice } => assert!(!what.is_empty() && !advice.is_empty()),
        ErrorKind::Usage(said) => assert!(!said.is_empty()),
        ErrorKind::Io { .. } => panic!("{file} can be read: {text}"),
        other => panic!("not an error of reading: {other:?}"),
    }
}

/// Every row that was read was used or refused.
pub(crate) fn nothing_lost(taken: &Taken) {
    for count in &taken.counts {
        assert_eq!(count.read, count.used + count.refused, "{count:?}");
    }
    let (all, used, refused) = taken.totals();
    assert_eq!(all, used + refused);
    let case = &taken.case;
    let rows = [
        case.cases.len(),
        case.people.len(),
        case.channels.len(),
        case.places.len(),
        case.identifiers.len(),
        case.roles.len(),
        case.links.len(),
        case.ads.len(),
    ];
    // People who are only named by other rows get a row that no file has.
    assert!(rows.iter().sum::<usize>() >= used);
    for (_, assertion) in case.victims_of_refused_rows() {
        assert!(!case.place_of(assertion).is_empty());
    }
}

/// How a case is read that may be wrong in any way.
pub(crate) fn options(strictness: Strictness) -> ReadOptions {
    ReadOptions { strictness, ..ReadOptions::default() }
}

/// Reads a case with all its faults told, and again up to the first: the two agree, and nothing is lost.
pub(crate) fn both_ways(path: &Path, mapping: Option<&Mapping>) -> Option<Taken> {
    let with = |strictness| ReadOptions { mapping: mapping.cloned(), ..options(strictness) };
    let told = read(path, &with(Strictness::Report));
    let strict = read(path, &with(Strictness::StopAtFirst));
    let name = path.display().to_string();
    match (&told, &strict) {
        (Ok(told), Ok(strict)) => {
            assert!(told.faults.first_error().is_none(), "{:?}", told.faults.first_error());
            assert_eq!(told.totals(), strict.totals());
        }
        (Ok(told), Err(error)) => {
            told_well(error, &name);
            let limit = matches!(error.kind(), ErrorKind::Limit { .. });
            assert!(told.faults.first_error().is_some() || limit, "only by strict: {error}");
        }
        (Err(error), Err(_)) => told_well(error, &name),
        (Err(error), Ok(_)) => panic!("only where all faults are told: {error}"),
    }
    for fault in told.as_ref().map_or(&[][..], |taken| taken.faults.listed()) {
        assert!(!fault.position.file.is_empty(), "{fault}");
        assert!(!fault.to_string().chars().any(char::is_control), "{fault}");
    }
    told.inspect(nothing_lost).ok()
}

/// CSV tables and a mapping, each after a line `=== name`.
pub(crate) fn tables(data: &[u8]) {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    let mut mapping = None;
    for (name, bytes) in scratch::parts(data) {
        if name == "mapping.toml" {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            mapping = Mapping::from_toml(text, name).ok();
        } else if let Some(table) = Table::parse(name)
            && files.iter().all(|(own, _)| own.strip_suffix(".csv") != Some(table.name()))
        {
            files.push((format!("{table}.csv"), bytes));
        }
    }
    if !files.is_empty() {
        scratch::folder(&files, |folder| both_ways(folder, mapping.as_ref()));
    }
}

/// A table of people in Parquet, and one of roles.
pub(crate) fn parquet(data: &[u8]) {
    let roles = (String::from("roles.parquet"), &include_bytes!("../corpus/parquet/roles")[..]);
    scratch::folder(&[(String::from("people.parquet"), data), roles], |folder| {
        both_ways(folder, None);
    });
}

/// The contract's own JSON Lines.
pub(crate) fn json_lines(data: &[u8]) {
    scratch::file("case.jsonl", data, |path| both_ways(path, None));
}

/// Entities of `FollowTheMoney`.
pub(crate) fn follow_the_money(data: &[u8]) {
    scratch::file("case.ftm.json", data, |path| both_ways(path, None));
}

/// A graph of another tool, read as a case: the first line is its ending.
pub(crate) fn graph_case(data: &[u8]) {
    const ENDINGS: [&str; 13] = [
        "graphml", "gexf", "net", "dl", "gml", "graph", "konect", "vna", "dot", "cyjs", "json",
        "ndjson", "csv",
    ];
    let Some(end) = data.iter().position(|&byte| byte == b'\n') else { return };
    let Some(ending) = ENDINGS.iter().find(|ending| ending.as_bytes() == &data[..end]) else {
        return;
    };
    let bytes = &data[end + 1..];
    scratch::file(&format!("graph.{ending}"), bytes, |path| both_ways(path, None));
}

/// A snapshot whose length and checksum are what its bytes have, as by somebody who knows how.
pub(crate) fn snapshot(data: &[u8]) {
    scratch::file("case.kluwen", &sealed(data), |path| both_ways(path, None));
}

/// The bytes with the length where it stands, and the checksum in place of what stands there.
pub(crate) fn sealed(data: &[u8]) -> Vec<u8> {
    const CHECKSUM: usize = 32;
    const LENGTH: std::ops::Range<usize> = 16..24;
    let mut bytes = data[..data.len().saturating_sub(CHECKSUM)].to_vec();
    let length = (bytes.len() + CHECKSUM) as u64;
    if let Some(place) = bytes.get_mut(LENGTH) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&checksum);
    bytes
}
