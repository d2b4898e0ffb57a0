//! `kluwen map` in every form, and what `analyse` writes of maps.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kluwen::error::ErrorKind;
use kluwen::finding::{Map, MapNode, Part};
use kluwen::output::{Exchange, Placement, write_map};

use crate::common::{Folder, on_case, repository};

/// Forms that are one file, by the ending that asks for them, and what such a file begins with.
const FILES: [(&str, &[u8]); 9] = [
    ("dot", b"digraph kluwen {"),
    ("svg", b"<svg"),
    ("png", b"\x89PNG"),
    ("html", b"<!DOCTYPE html>"),
    ("graphml", b"<?xml"),
    ("gexf", b"<?xml"),
    ("net", b"*Vertices"),
    ("cyjs", b"{"),
    ("json", b"{"),
];

fn study() -> std::path::PathBuf {
    repository("graphs/study25")
}

fn drawn(out: &Path, more: &[&str]) -> crate::common::Ran {
    let mut words = vec!["--out", out.to_str().unwrap(), "--most", "30"];
    words.extend(more);
    on_case("map", &study(), &words)
}

#[test]
fn the_ending_says_the_form() {
    let folder = Folder::of::<&str>(&[]);
    for (ending, begins) in FILES {
        let path = folder.join(&format!("map.{ending}"));
        drawn(&path, &[]).fine();
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.starts_with(begins), "{ending}: {:?}", &bytes[..bytes.len().min(40)]);
    }
}

#[test]
fn an_ending_that_says_nothing_is_asked_about() {
    let folder = Folder::of::<&str>(&[]);
    let ran = drawn(&folder.join("map.visio"), &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("say with `--format` what it is to be"), "{}", ran.stderr);
    drawn(&folder.join("map.visio"), &["--format", "anx"]).fine();
}

#[test]
fn several_files_go_into_a_folder_of_their_own() {
    let folder = Folder::of::<&str>(&[]);
    let asked = on_case("map", &study(), &["--format", "neo4j"]);
    assert_eq!(asked.code, Some(2));
    assert!(asked.stderr.contains("into which folder"), "{}", asked.stderr);
    let out = folder.join("neo4j");
    drawn(&out, &["--format", "neo4j"]).fine();
    assert!(out.join("nodes.Person.csv").exists());
    let again = drawn(&out, &["--format", "neo4j"]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("is not empty"), "{}", again.stderr);
}

#[test]
fn every_form_has_the_same_bytes_on_any_number_of_threads() {
    let bytes = |threads: &str| -> BTreeMap<&str, Vec<u8>> {
        let folder = Folder::of::<&str>(&[]);
        FILES
            .iter()
            .map(|&(ending, _)| {
                let path = folder.join(&format!("map.{ending}"));
                drawn(&path, &["--threads", threads]).fine();
                (ending, fs::read(&path).unwrap())
            })
            .collect()
    };
    let (one, three) = (bytes("1"), bytes("3"));
    for (ending, bytes) in one {
        assert!(bytes == three[ending], "{ending} differs");
    }
}

#[test]
fn layouts_differ_and_dot_says_where_signs_stand_when_asked() {
    let folder = Folder::of::<&str>(&[]);
    let text = |layout: &str| {
        let path = folder.join(&format!("{layout}.dot"));
        drawn(&path, &["--layout", layout]).fine();
        fs::read_to_string(path).unwrap()
    };
    let [force, rings, time] = ["force", "concentric", "timeline"].map(text);
    assert!(force.contains("pos=\"") && force != rings && rings != time && force != time);
    let plain = on_case("map", &study(), &[]).fine().stdout;
    assert!(!plain.contains("pos=\""));
}

#[test]
fn the_main_job_writes_the_map_as_page_and_picture_and_shows_it_in_the_report() {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("found");
    on_case("analyse", &study(), &["--out", out.to_str().unwrap(), "--lang", "nl"]).fine();
    let text = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    assert!(text("map.html").contains("<html lang=\"nl\""));
    assert!(text("map.svg").contains("Netwerkkaart"));
    assert!(text("report.html").contains("<svg") && text("report.html").contains("map.html"));
    let manifest: serde_json::Value = serde_json::from_str(&text("manifest.json")).unwrap();
    let listed = manifest.to_string();
    assert!(listed.contains("map.html") && listed.contains("map.svg"));
}

#[test]
fn a_form_that_we_write_is_a_case_again() {
    let folder = Folder::of::<&str>(&[]);
    for ending in ["graphml", "gexf", "json"] {
        let path = folder.join(&format!("map.{ending}"));
        drawn(&path, &[]).fine();
        let again = on_case("map", &path, &["--most", "500", "--identity", "given"]).fine();
        let victims = |dot: &str| dot.matches("class=\"victim\"").count();
        let first = on_case("map", &study(), &["--most", "30"]).fine();
        assert!(victims(&first.stdout) > 3, "{ending}");
        // The legend has one sign more in each.
        assert_eq!(victims(&again.stdout), victims(&first.stdout), "{ending}");
    }
}

#[test]
fn a_report_names_nobody_even_beside_a_map_with_names() {
    let folder = Folder::of::<&str>(&[]);
    let out = folder.join("found");
    let words = ["--out", out.to_str().unwrap(), "--reveal", "for the hearing"];
    on_case("analyse", &study(), &words).fine();
    let text = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let people = fs::read_to_string(study().join("people.csv")).unwrap();
    let names: Vec<&str> =
        people.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    let named =
        |text: &str| names.iter().filter(|name| !name.is_empty() && text.contains(**name)).count();
    assert!(named(&text("map.svg")) > 5);
    for name in ["report.html", "report.md", "findings.json"] {
        assert_eq!(named(&text(name)), 0, "{name}");
    }
}

#[test]
fn more_signs_than_can_be_placed_are_refused_and_written_without_places() {
    let nodes = (0..200_001).map(|n| MapNode::new(format!("E{n}").into(), Part::Client)).collect();
    let map = Map { nodes, people_in_all: 200_001, ..Map::default() };
    let refused = Placement::default().of(&map).unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Limit { .. }), "{refused}");
    assert!(refused.to_string().contains("at most 200000 signs"), "{refused}");
    let mut out = Vec::new();
    write_map(&map, None, Exchange::Pajek, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 200_003);
}
