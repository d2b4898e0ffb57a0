//! Is everything that is built in free to use, from where it should be, and opens no connection?

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};

use crate::common::repository;

/// A list of texts in `deny.toml`.
fn texts(list: &toml::Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one.as_str().expect("a text")).collect()
}

fn rules() -> toml::Table {
    fs::read_to_string(repository("deny.toml")).expect("it is there").parse().expect("TOML")
}

/// Every crate of `Cargo.lock`, for whatever system and feature.
fn locked() -> Vec<toml::Table> {
    let lock = fs::read_to_string(repository("Cargo.lock")).expect("it is there");
    let mut lock: toml::Table = lock.parse().expect("TOML");
    let Some(toml::Value::Array(all)) = lock.remove("package") else { panic!("no crates") };
    all.into_iter().map(|one| one.try_into().expect("a crate")).collect()
}

/// What the manifests say of the crates that are built here with these features besides the default ones.
fn described(features: &str) -> Vec<Value> {
    let words = ["metadata", "--locked", "--format-version", "1", "--features", features];
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(version.stdout).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(repository("")).args(words).args(["--filter-platform", host]);
    let out = cargo.output().expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let all: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    all["packages"].as_array().expect("a list").clone()
}

fn is_allowed(license: &str, allowed: &[Licensee]) -> bool {
    let expression = Expression::parse_mode(license, ParseMode::LAX).expect("a licence");
    expression.evaluate(|asked| allowed.iter().any(|one| one.satisfies(asked)))
}

#[test]
fn every_licence_is_one_of_those_allowed() {
    let rules = rules();
    let licenses = &rules["licenses"];
    let allowed: Vec<Licensee> = texts(&licenses["allow"])
        .into_iter()
        .map(|one| Licensee::parse(one).expect("a licence"))
        .collect();
    let clarified: BTreeMap<&str, &str> = licenses["clarify"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["crate"].as_str().expect("a name"), one["expression"].as_str().expect("a text")))
        .collect();
    let all = described("spark");
    assert!(all.len() > described("").len() && all.iter().any(|one| one["name"] == "ring"));
    for one in &all {
        let name = one["name"].as_str().expect("a name");
        let license = one["license"].as_str().or(clarified.get(name).copied());
        let license = license.unwrap_or_else(|| panic!("{name} names no licence"));
        assert!(is_allowed(license, &allowed), "{name}: {license}");
    }
    assert!(!is_allowed("GPL-3.0-only", &allowed) && is_allowed("GPL-3.0-only OR MIT", &allowed));
}

#[test]
fn every_crate_is_from_the_registry_with_its_sum_and_none_is_banned() {
    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let rules = rules();
    let banned = rules["bans"]["deny"].as_array().expect("a list");
    let banned: BTreeMap<&str, Vec<&str>> = banned
        .iter()
        .map(|one| {
            let wrappers = one.get("wrappers").map(texts).unwrap_or_default();
            (one["crate"].as_str().expect("a name"), wrappers)
        })
        .collect();
    assert!(banned.contains_key("hyper"));
    for one in locked() {
        let name = one["name"].as_str().expect("a name");
        let allowed = banned.get(name).is_none_or(|wrappers| !wrappers.is_empty());
        assert!(allowed, "{name} is banned in deny.toml");
        for needed in one.get("dependencies").map(texts).unwrap_or_default() {
            let needed = needed.split(' ').next().expect("a name");
            let allowed = banned.get(needed).is_none_or(|wrappers| wrappers.contains(&name));
            assert!(allowed, "{needed} is banned in deny.toml, and {name} takes it");
        }
        if name == "kluwen" {
            continue;
        }
        assert_eq!(one["source"].as_str(), Some(REGISTRY), "{name}");
        assert_eq!(one["checksum"].as_str().map(str::len), Some(64), "{name}");
    }
}

/// What opens connections, or is there for those who do.
const NETWORK: [&str; 12] = [
    "apache-spark-connect",
    "h2",
    "hyper",
    "mio",
    "openssl-sys",
    "reqwest",
    "ring",
    "rustls",
    "socket2",
    "tokio",
    "tonic",
    "ureq",
];

#[test]
fn nothing_that_opens_connections_is_built_unless_it_is_asked_for() {
    let built = |features| {
        let names = described(features).into_iter().map(|one| one["name"].as_str().expect("a name").to_owned());
        names.filter(|name| NETWORK.contains(&name.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(built(""), [""; 0]);
    assert!(built("spark").len() > 5, "the list tells one from the other");
}
