//! Paths as rows: each tie with the rows that say so.

use std::collections::BTreeMap;

use kluwen::case::LinkKind;
use kluwen::graph::{Direction, Flat, Mode, Network, View};
use kluwen::identity::EntityId;
use kluwen::measure::RankedPath;
use kluwen::output::{Cell, Sheet};

use super::nodes;

/// What ties two nodes, and where that stands.
type Ties = Vec<(String, String)>;

/// A row for each step of each path, with how long or how sure the path is.
pub(crate) fn sheet(
    paths: &[RankedPath],
    measured: &'static str,
    flat: &Flat<Mode>,
    network: &Network<'_>,
    (view, direction): (&View, Direction),
) -> Sheet {
    let (case, entities) = (network.case(), network.entities());
    let columns = ["path", "step", "from", "from_id", "to", "to_id", "ties", "rows", measured];
    let mut sheet = Sheet::new(columns);
    let links = links(paths, flat, network, (view, direction));
    for (number, path) in (1_usize..).zip(paths) {
        for (step, pair) in (1_usize..).zip(path.nodes.windows(2)) {
            let [from, to] = [pair[0], pair[1]].map(|node| flat.nodes[node as usize]);
            let found = match (from, to) {
                (Mode::Person(from), Mode::Person(to)) => {
                    links.get(&[from, to]).cloned().unwrap_or_default()
                }
                (Mode::Person(person), other) | (other, Mode::Person(person)) => {
                    rows_of(network, view, person, other)
                }
                _ => Vec::new(),
            };
            let (ties, rows): (Vec<String>, Vec<String>) = found.into_iter().unzip();
            sheet.push([
                Cell::from(number),
                step.into(),
                nodes::code(from, case, entities).into(),
                nodes::ids(from, case, entities).into(),
                nodes::code(to, case, entities).into(),
                nodes::ids(to, case, entities).into(),
                ties.join(", ").into(),
                rows.join(" ").into(),
                path.length.into(),
            ]);
        }
    }
    sheet
}

/// The links between all pairs of people next to each other on a path, in one pass over the links.
fn links(
    paths: &[RankedPath],
    flat: &Flat<Mode>,
    network: &Network<'_>,
    (view, direction): (&View, Direction),
) -> BTreeMap<[EntityId; 2], Ties> {
    let mut found: BTreeMap<[EntityId; 2], Ties> = BTreeMap::new();
    for pair in paths.iter().flat_map(|path| path.nodes.windows(2)) {
        let modes = [pair[0], pair[1]].map(|node| flat.nodes[node as usize]);
        if let [Mode::Person(from), Mode::Person(to)] = modes {
            found.insert([from, to], Vec::new());
        }
    }
    for (_, link, from, to) in network.links(view) {
        let mut note = |pair: [EntityId; 2], arrow: &str| {
            let Some(ties) = found.get_mut(&pair) else { return };
            let when =
                if link.start.is_known() { format!(" {}", link.start) } else { String::new() };
            let row = network.case().place_of(&link.assertion);
            ties.push((format!("{arrow} {}{when}", link.kind), row));
        };
        note([from, to], "→");
        if direction == Direction::Undirected {
            note([to, from], "←");
        }
    }
    found
}

/// What ties a person to a case file or a channel.
fn rows_of(network: &Network<'_>, view: &View, person: EntityId, other: Mode) -> Ties {
    let (case, entities) = (network.case(), network.entities());
    match other {
        Mode::Case(file) => {
            let own =
                network.roles(view).filter(|(_, role, who)| *who == person && role.case == file);
            own.map(|(_, role, _)| (role.role.to_string(), case.place_of(&role.assertion)))
                .collect()
        }
        Mode::Channel(channel) => {
            let contacts = network.links(view).filter(|(_, link, _, to)| {
                *to == person && link.channel == channel && link.kind == LinkKind::FirstContact
            });
            let contacts =
                contacts.map(|(_, link, ..)| ("first_contact".to_owned(), link.assertion));
            let ads = case
                .ads
                .iter()
                .filter(|ad| ad.channel == channel && entities.of(case, ad.victim) == Some(person));
            let ads = ads.map(|ad| ("advertised".to_owned(), ad.assertion));
            contacts.chain(ads).map(|(tie, assertion)| (tie, case.place_of(&assertion))).collect()
        }
        Mode::Person(_) | Mode::Place(_) | Mode::Identifier(..) => Vec::new(),
    }
}
