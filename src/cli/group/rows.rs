//! Groups as rows and as JSON.

use kluwen::measure::Partition;
use kluwen::output::{Cell, Sheet};
use serde::Serialize;

use super::super::recruiters::rounded;

/// What JSON says.
#[derive(Serialize)]
pub(super) struct Division<'a> {
    schema: &'static str,
    by: &'static str,
    seed: u64,
    quality: f64,
    groups: Vec<Members<'a>>,
}

#[derive(Serialize)]
struct Members<'a> {
    group: usize,
    size: usize,
    /// All ids of all members; more than `size` where somebody has several.
    #[serde(rename = "members")]
    ids: Vec<&'a str>,
}

impl<'a> Division<'a> {
    pub(super) fn new(
        (by, seed): (&'static str, u64),
        quality: f64,
        members: &[Vec<Vec<&'a str>>],
    ) -> Self {
        let group = |(at, members): (usize, &Vec<Vec<&'a str>>)| Members {
            group: at + 1,
            size: members.len(),
            ids: members.concat(),
        };
        let groups = members.iter().enumerate().map(group).collect();
        Self { schema: "kluwen.groups/1", by, seed, quality, groups }
    }
}

/// By group and member: the member's ids.
pub(super) fn members<'a>(
    partition: &Partition,
    ids: impl Fn(u32) -> Vec<&'a str>,
) -> Vec<Vec<Vec<&'a str>>> {
    let ids = |&node: &u32| ids(node);
    partition.members().iter().map(|group| group.iter().map(ids).collect()).collect()
}

/// A row a group, with its first members.
pub(super) fn by_group(members: &[Vec<Vec<&str>>]) -> Sheet {
    const SHOWN: usize = 12;
    let mut sheet = Sheet::new(["group", "size", "members"]);
    for (at, members) in members.iter().enumerate() {
        let shown = members.iter().take(SHOWN).map(|ids| ids.join("="));
        let mut names = shown.collect::<Vec<_>>().join(" ");
        if members.len() > SHOWN {
            names.push_str(" …");
        }
        sheet.push([Cell::from(at + 1), members.len().into(), names.into()]);
    }
    sheet
}

/// A row a node.
pub(super) fn by_node(
    partition: &Partition,
    membership: Option<&[f64]>,
    label: impl Fn(usize) -> [Cell; 3],
) -> Sheet {
    let mut sheet = Sheet::new(["code", "id", "sort", "group", "size", "membership"]);
    for (at, &group) in partition.groups().iter().enumerate() {
        let mut row = Vec::from(label(at));
        row.extend([
            (group as usize + 1).into(),
            partition.sizes()[group as usize].into(),
            membership.map_or(Cell::Missing, |shares| rounded(shares[at])),
        ]);
        sheet.push(row);
    }
    sheet
}
