//! Which rows of `links` and `ads` come, as SQL that gives their numbers.
//!
//! Of rows that say the same to a question the first comes. What each question hears:
//!
//! * **People**: who stands in which case file, what offenders have of places and channels, numbers in advertisements of whoever pays or posts; of acts, for
//!   each victim, kind and case one row, and for each actor and kind. First rows of sources, cases, channels and places come, too, so that these are met in
//!   the same order.
//! * **Channels**: of each channel, victim and case the first and the last days; of first contacts, also of each actor.
//! * **Recruiters**: every link with a victim in it, and the last day of all.
//! * **Adverts**: all advertisements.

use super::Question;
use crate::case::{Code as _, LinkKind, ROW_NUMBER, Table};
use crate::cluster::sql::{is_known, texts};

/// Queries that give the numbers of the rows that come; none where all come.
pub(super) fn rows(table: Table, question: Question) -> Option<Vec<String>> {
    let all = match (table, question) {
        (_, Question::All) | (Table::Ads, Question::Adverts) => return None,
        (Table::Links, Question::Channels) => [links(), contacts()].concat(),
        (Table::Links, Question::Recruiters) => {
            [links(), of_victims(), last_days("links", ["start", "end"])].concat()
        }
        (Table::Links, _) => links(),
        (Table::Ads, Question::Channels) => [ads(), offers()].concat(),
        (Table::Ads, Question::Recruiters) => {
            [ads(), last_days("ads", ["posted", "last_seen"])].concat()
        }
        (Table::Ads, _) => ads(),
        _ => return None,
    };
    Some(all)
}

/// The first row of each group of rows that a condition holds of.
fn first(table: &str, when: &str, by: &[&str]) -> String {
    let by: Vec<String> = by.iter().map(|column| format!("`{column}`")).collect();
    format!(
        "SELECT MIN({ROW_NUMBER}) AS {ROW_NUMBER} FROM {table} WHERE {when} GROUP BY {}",
        by.join(", ")
    )
}

fn links() -> Vec<String> {
    let acts = LinkKind::ALL.iter().filter(|(_, kind)| kind.is_done_to_its_end());
    let is_act = format!("kind IN ({})", texts(acts.map(|(code, _)| *code)));
    let handed = format!("kind = '{}' AND {}", LinkKind::HandedOver.code(), is_known("about"));
    let no_client = format!("kind <> '{}'", LinkKind::ClientOf.code());
    let mut all = vec![
        first("links", &is_act, &["to", "kind", "case_id"]),
        first("links", &handed, &["about", "kind", "case_id"]),
        first("links", &is_act, &["from", "kind"]),
        first("links", &handed, &["from", "kind"]),
    ];
    for person in ["from", "to", "about"] {
        all.push(first("links", &format!("`{person}` IS NOT NULL"), &[person, "case_id"]));
    }
    for shared in ["place_id", "channel_id"] {
        all.push(first(
            "links",
            &format!("{no_client} AND {}", is_known(shared)),
            &["from", shared],
        ));
    }
    all.extend(met("links"));
    all
}

fn ads() -> Vec<String> {
    let mut all = Vec::new();
    for person in ["victim_id", "posted_by", "payer"] {
        all.push(first("ads", &is_known(person), &[person, "case_id"]));
    }
    for person in ["posted_by", "payer"] {
        for number in ["phone", "handle"] {
            let both = format!("{} AND {}", is_known(person), is_known(number));
            all.push(first("ads", &both, &[person, number]));
        }
    }
    all.extend(met("ads"));
    all
}

/// The first row of each text by whose order findings are put in order.
fn met(table: &str) -> impl Iterator<Item = String> {
    let columns = ["source", "case_id", "channel_id", "place_id"];
    columns.map(|column| first(table, &format!("`{column}` IS NOT NULL"), &[column])).into_iter()
}

/// Advertisements: of each channel, victim and case.
fn offers() -> Vec<String> {
    let when = format!("{} AND {}", is_known("channel_id"), is_known("victim_id"));
    ends("ads", &when, "channel_id, victim_id, case_id", ["posted", "last_seen"])
}

/// First contacts: of each actor, victim, channel and case.
fn contacts() -> Vec<String> {
    let contact = LinkKind::FirstContact.code();
    let when = format!("kind = '{contact}' AND {}", is_known("channel_id"));
    ends("links", &when, "`from`, `to`, channel_id, case_id", ["start", "end"])
}

/// Of each group its first row, and those with the first and the last of its days.
fn ends(table: &str, when: &str, by: &str, dates: [&str; 2]) -> Vec<String> {
    let group = |number: &str| {
        format!("SELECT {number} AS {ROW_NUMBER} FROM {table} WHERE {when} GROUP BY {by}")
    };
    let mut all = vec![group(&format!("MIN({ROW_NUMBER})"))];
    for day in days(dates) {
        for end in ["MIN_BY", "MAX_BY"] {
            all.push(group(&format!("{end}({ROW_NUMBER}, {day})")));
        }
    }
    all
}

/// Every link with a victim in it.
fn of_victims() -> Vec<String> {
    let with = |column: &str| {
        format!(
            "SELECT links.{ROW_NUMBER} AS {ROW_NUMBER} FROM links LEFT SEMI JOIN victims ON links.`{column}` = victims.person_id"
        )
    };
    ["from", "to", "about"].map(with).into()
}

/// The row with the last day of each column of days.
fn last_days(table: &str, dates: [&str; 2]) -> Vec<String> {
    let last =
        |day: String| format!("SELECT MAX_BY({ROW_NUMBER}, {day}) AS {ROW_NUMBER} FROM {table}");
    days(dates).map(last).collect()
}

fn days(dates: [&str; 2]) -> impl Iterator<Item = String> {
    dates.into_iter().flat_map(|date| ["earliest", "latest"].map(|end| format!("{date}_{end}")))
}
