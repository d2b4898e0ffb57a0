//! People, tied by links.

use super::held::Held;
use crate::case::Table;
use crate::cluster::program::Assignment;
use crate::cluster::sql::is_known;
use crate::graph::{Direction, Isolates, Weight};

/// Tables `ties` (a row for each link that is held), `edges` and `nodes`.
pub(super) fn assignments(
    held: &Held<'_>,
    direction: Direction,
    weight: Weight,
) -> [Assignment; 3] {
    [ties(held, direction, weight), edges(weight), nodes(held.view.isolates)]
}

/// A query of the links that are held: `from_entity`, `to_entity` and `columns`.
pub(super) fn links(held: &Held<'_>, columns: &str) -> String {
    format!(
        "SELECT sender.entity AS from_entity, receiver.entity AS to_entity, {columns} FROM links \
         JOIN entities AS sender ON sender.person_id = links.`from` \
         JOIN entities AS receiver ON receiver.person_id = links.`to` \
         LEFT ANTI JOIN without AS left_out ON left_out.entity = sender.entity \
         LEFT ANTI JOIN without AS left_out_too ON left_out_too.entity = receiver.entity \
         WHERE sender.entity <> receiver.entity AND {}",
        held.condition(Table::Links)
    )
}

fn ties(held: &Held<'_>, direction: Direction, weight: Weight) -> Assignment {
    let weighs = match weight {
        Weight::None => "CAST(1 AS DOUBLE)",
        Weight::Count => "links.count",
        Weight::Certainty | Weight::Chance => "links.certainty",
    };
    let voice = match weight {
        Weight::Chance => format!(", {}", voice()),
        _ => String::new(),
    };
    let rows = links(held, &format!("{weighs} AS weight{voice}"));
    let (source, target) = match direction {
        Direction::Directed => ("from_entity", "to_entity"),
        Direction::Undirected => {
            ("LEAST(from_entity, to_entity)", "GREATEST(from_entity, to_entity)")
        }
    };
    let voice = if weight == Weight::Chance { ", source_id, case_id" } else { "" };
    let query = format!(
        "SELECT {source} AS source, {target} AS target, weight{voice} FROM ({rows}) AS held"
    );
    Assignment::new("ties", query)
}

/// Who says so: a source, or the case file of a row that names none.
fn voice() -> String {
    let known = is_known("links.source");
    format!(
        "CASE WHEN {known} THEN links.source ELSE '' END AS source_id, \
         CASE WHEN {known} THEN '' ELSE COALESCE(links.case_id, '') END AS case_id"
    )
}

/// Parallel ties as one. Weights are added in the order of their size, as the local graph does, so that sums are the same to the bit.
fn edges(weight: Weight) -> Assignment {
    let query = match weight {
        Weight::None => "SELECT DISTINCT source, target, weight FROM ties".to_owned(),
        Weight::Count | Weight::Certainty => {
            "SELECT source, target, AGGREGATE(ARRAY_SORT(COLLECT_LIST(weight)), CAST(0 AS DOUBLE), (total, next) -> total + next) AS weight \
             FROM ties GROUP BY source, target"
                .to_owned()
        }
        Weight::Chance => chances(),
    };
    Assignment::new("edges", query)
}

/// The chance that at least one voice is right; what one voice says twice counts once.
fn chances() -> String {
    "SELECT source, target, weight FROM (\
     SELECT source, target, CAST(1 AS DOUBLE) - AGGREGATE(ARRAY_SORT(COLLECT_LIST(CAST(1 AS DOUBLE) - weight)), \
     CAST(1 AS DOUBLE), (total, next) -> total * next) AS weight FROM (\
     SELECT source, target, source_id, case_id, MAX(weight) AS weight FROM ties \
     GROUP BY source, target, source_id, case_id) AS voices GROUP BY source, target) AS chances \
     WHERE weight > CAST(0 AS DOUBLE)"
        .to_owned()
}

/// Whoever has a tie; or all but those whom the view leaves out.
fn nodes(isolates: Isolates) -> Assignment {
    match isolates {
        Isolates::Drop => super::tied_nodes(),
        Isolates::Keep => Assignment::new(
            "nodes",
            "SELECT DISTINCT entities.entity AS node FROM entities LEFT ANTI JOIN without ON without.entity = entities.entity",
        ),
    }
}
