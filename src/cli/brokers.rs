//! The rows of `kluwen rank --by brokerage`: who passes things on between whom.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use clap::ValueEnum;
use kluwen::case::Role;
use kluwen::error::Result;
use kluwen::graph::{Flat, Mode, Network};
use kluwen::identity::EntityId;
use kluwen::measure::{Brokerage, Communities as _, Leiden, Partition};
use kluwen::output::{Cell, Sheet};

use super::nodes;

/// Between which groups somebody passes things on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupsFlag {
    /// Communities by Leiden, drawn so that few of these ties lead from one to another
    #[default]
    Leiden,
    /// The role that somebody has most often; whoever is a victim anywhere is one
    Role,
    /// Victims, and all others
    Victims,
}

/// A row a node, those between most pairs first.
pub(crate) fn sheet(
    flat: &Flat<Mode>,
    network: &Network<'_>,
    groups: GroupsFlag,
    seed: u64,
    most: usize,
) -> Result<Sheet> {
    let (partition, names) = grouped(flat, network, groups, seed)?;
    let brokerage = Brokerage::of(&flat.csr, &partition);
    let roles = brokerage.roles();
    let mut order: Vec<u32> = flat.csr.nodes().collect();
    order.sort_by_key(|&u| Reverse(roles[u as usize].total()));
    let mut sheet = Sheet::new(COLUMNS);
    let (case, entities) = (network.case(), network.entities());
    for (at, &u) in order.iter().take(most).enumerate() {
        let (node, roles) = (flat.nodes[u as usize], roles[u as usize]);
        let total = roles.total() as f64;
        let across = |within: f64| {
            if total > 0.0 { Cell::from(1.0 - within / total) } else { Cell::Missing }
        };
        let [code, ids, sort] = nodes::cells(node, case, entities);
        sheet.push([
            Cell::from(at + 1),
            code,
            ids,
            sort,
            names[u as usize].clone().into(),
            count(roles.total()),
            count(roles.coordinator),
            count(roles.itinerant),
            count(roles.representative),
            count(roles.gatekeeper),
            count(roles.liaison),
            across(roles.coordinator as f64),
            across(brokerage.expected(u).coordinator),
        ]);
    }
    Ok(sheet)
}

const COLUMNS: [&str; 13] = [
    "rank",
    "code",
    "id",
    "sort",
    "group",
    "brokerage",
    "coordinator",
    "itinerant",
    "representative",
    "gatekeeper",
    "liaison",
    "across_groups",
    "across_by_chance",
];

fn count(pairs: u64) -> Cell {
    Cell::from(usize::try_from(pairs).unwrap_or(usize::MAX))
}

/// The group of each node, and what it is called.
fn grouped(
    flat: &Flat<Mode>,
    network: &Network<'_>,
    groups: GroupsFlag,
    seed: u64,
) -> Result<(Partition, Vec<String>)> {
    let names: Vec<String> = match groups {
        GroupsFlag::Leiden => {
            let partition = Leiden { seed, ..Leiden::default() }.partition(&flat.csr)?;
            let names = partition.groups().iter().map(|group| (group + 1).to_string()).collect();
            return Ok((partition, names));
        }
        GroupsFlag::Role => {
            let roles = usual_roles(network);
            let name = |&node: &Mode| match (nodes::sort(node, network.entities()), node) {
                ("person", Mode::Person(person)) => {
                    roles.get(&person).map_or("no role", |role| role.code())
                }
                (sort, _) => sort,
            };
            flat.nodes.iter().map(|node| name(node).to_owned()).collect()
        }
        GroupsFlag::Victims => {
            let sort = |&node| nodes::sort(node, network.entities()).to_owned();
            flat.nodes.iter().map(sort).collect()
        }
    };
    let mut first = BTreeMap::new();
    let labels: Vec<u32> =
        (0..).zip(&names).map(|(u, name)| *first.entry(name.as_str()).or_insert(u)).collect();
    Ok((Partition::from_labels(&labels), names))
}

/// The role that each person has most often; of equally frequent ones the first in the list of roles.
fn usual_roles(network: &Network<'_>) -> BTreeMap<EntityId, Role> {
    let (case, entities) = (network.case(), network.entities());
    let mut counts: BTreeMap<EntityId, BTreeMap<Role, usize>> = BTreeMap::new();
    for role in case.roles.iter() {
        if let Some(person) = entities.of(case, role.person) {
            *counts.entry(person).or_default().entry(role.role).or_default() += 1;
        }
    }
    let usual = |roles: BTreeMap<Role, usize>| {
        roles.into_iter().max_by_key(|&(role, count)| (count, Reverse(role))).map(|(role, _)| role)
    };
    counts.into_iter().filter_map(|(person, roles)| Some((person, usual(roles)?))).collect()
}

#[cfg(test)]
mod tests {
    use kluwen::graph::{Direction, View, Weight};
    use kluwen::identity::Identities;

    use super::super::trial::{case_of, lines};
    use super::*;

    /// The rows of a network in which Bram stands between Anna and Cees, and Dora hangs on Cees.
    fn rows(groups: GroupsFlag, most: usize) -> Vec<String> {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,a,recruiter\nc2,a,driver\nc3,a,driver\nc1,b,driver\n\
                 c2,b,recruiter\nc1,c,victim\n",
            ),
            ("links.csv", "link_id,from,to,kind\nl1,a,b,contact\nl2,b,c,contact\nl3,c,d,contact\n"),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let flat = network.flatten(&View::default(), Direction::Undirected, Weight::None);
        let nodes = flat.nodes.iter().map(|&person| Mode::Person(person)).collect();
        let flat = Flat { csr: flat.csr, nodes, left_out: 0 };
        lines(&sheet(&flat, &network, groups, 0, most).expect("rows"))
    }

    /// The id, the group and between how many pairs somebody stands, in the order of rows.
    fn told(rows: &[String]) -> Vec<(String, String, String)> {
        let cell = |row: &str, at: usize| row.split(',').nth(at).expect("a cell").to_owned();
        rows.iter().map(|row| (cell(row, 2), cell(row, 4), cell(row, 5))).collect()
    }

    #[test]
    fn groups_are_by_the_role_that_somebody_has_most_often() {
        let rows = told(&rows(GroupsFlag::Role, 9));
        let group = |id: &str| rows.iter().find(|row| row.0 == id).expect("a row").1.clone();
        // Anna was a driver twice; of equals the first in the list of roles counts.
        assert_eq!(["a", "b", "c", "d"].map(group), ["driver", "recruiter", "victim", "no role"]);
    }

    #[test]
    fn those_between_most_pairs_come_first() {
        let rows = rows(GroupsFlag::Victims, 9);
        let first: Vec<String> = told(&rows).into_iter().map(|row| row.0).collect();
        assert_eq!(first, ["b", "c", "a", "d"]);
        let groups: Vec<String> = told(&rows).into_iter().map(|row| row.1).collect();
        assert_eq!(groups, ["person", "victim", "person", "person"]);
        // Who is between nobody is not between groups either.
        assert!(rows[2].ends_with(",0,0,0,0,0,0,,"), "{rows:?}");
    }

    #[test]
    fn only_so_many_rows_are_told_as_were_asked_for() {
        assert_eq!(rows(GroupsFlag::Leiden, 2).len(), 2);
    }
}
