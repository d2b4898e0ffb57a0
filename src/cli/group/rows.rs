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

#[cfg(test)]
mod tests {
    use super::super::super::trial::lines;
    use super::*;

    #[test]
    fn a_group_is_told_by_its_first_twelve_members() {
        let group = |count: usize| vec![vec!["a", "b"]; count];
        let all = |count: usize| vec!["a=b"; count].join(" ");
        assert_eq!(
            lines(&by_group(&[group(13), group(12), group(1)])),
            [format!("1,13,{} …", all(12)), format!("2,12,{}", all(12)), "3,1,a=b".to_owned()]
        );
    }

    #[test]
    fn a_node_is_told_with_its_group_and_how_firmly_it_belongs() {
        let partition = Partition::from_labels(&[1, 0, 1]);
        let label = |node: usize| {
            [Cell::from(format!("E{node}")), format!("p{node}").into(), "person".into()]
        };
        assert_eq!(
            lines(&by_node(&partition, Some(&[0.98765, 1.0, 0.5]), label)),
            ["E0,p0,person,1,2,0.988", "E1,p1,person,2,1,1", "E2,p2,person,1,2,0.5"]
        );
        let plain = lines(&by_node(&partition, None, label));
        assert_eq!(plain[0], "E0,p0,person,1,2,");
    }

    #[test]
    fn members_have_all_their_ids() {
        let partition = Partition::from_labels(&[1, 0, 1]);
        let ids = [vec!["a"], vec!["b"], vec!["c", "d"]];
        let members = members(&partition, |node| ids[node as usize].clone());
        assert_eq!(members, [vec![vec!["a"], vec!["c", "d"]], vec![vec!["b"]]]);
        let division = Division::new(("leiden", 3), 0.5, &members);
        assert_eq!(
            serde_json::to_value(&division).expect("JSON"),
            serde_json::json!({
                "schema": "kluwen.groups/1", "by": "leiden", "seed": 3, "quality": 0.5,
                "groups": [
                    {"group": 1, "size": 2, "members": ["a", "c", "d"]},
                    {"group": 2, "size": 1, "members": ["b"]}
                ]
            })
        );
    }
}
