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

#[cfg(test)]
mod tests {
    use kluwen::identity::Identities;

    use super::super::flags::FlattenFlags;
    use super::super::nodes::NetworkFlag;
    use super::super::trial::{case_of, lines, typed};
    use super::*;

    /// Anna and Bram with links both ways, and in case files; a victim whom Anna reached over one channel, and who was advertised on both.
    fn case() -> kluwen::case::Case {
        case_of(&[
            ("people.csv", "person_id\na\nb\nv\nw\n"),
            ("channels.csv", "channel_id,name\nch1,Site\nch2,App\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,a,recruiter\nc1,b,driver\nc2,a,exploiter\nc1,v,victim\nc1,a,client\n\
                 c3,w,victim\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,channel_id,start\nl1,a,b,accomplice,c1,,2019-03-02\n\
                 l2,b,a,contact,c1,,\nl3,a,v,first_contact,c1,ch1,2019\nl4,a,v,groomed,c1,ch1,\n\
                 l5,a,w,first_contact,c3,ch1,\nl6,b,v,first_contact,c1,ch2,\n",
            ),
            (
                "ads.csv",
                "ad_id,channel_id,case_id,victim_id\na1,ch1,c1,v\na2,ch2,c1,v\na3,ch1,c3,w\n",
            ),
        ])
    }

    /// The rows of a path over nodes with these ids.
    fn rows(network: NetworkFlag, ids: &[&str], words: &[&str]) -> Vec<String> {
        let case = case();
        let identities = Identities::as_given(&case);
        let entities = &identities.entities;
        let (of, view) = (Network::new(&case, entities), View::default());
        let flatten = typed::<FlattenFlags>(words);
        let flat = network.flatten(&of, &view, flatten);
        let place = |id: &&str| {
            let named = |mode: &Mode| nodes::ids(*mode, &case, entities) == *id;
            u32::try_from(flat.nodes.iter().position(named).expect("a node")).expect("few")
        };
        let path = RankedPath { nodes: ids.iter().map(place).collect(), length: 1.5 };
        lines(&sheet(&[path], "length", &flat, &of, (&view, flatten.direction())))
    }

    #[test]
    fn links_of_both_directions_tie_two_people_unless_they_run_one_way() {
        assert_eq!(
            rows(NetworkFlag::People, &["a", "b"], &[]),
            ["1,1,E1,a,E2,b,\"→ accomplice 2019-03-02, ← contact\",links.csv:2 links.csv:3,1.5"]
        );
        assert_eq!(
            rows(NetworkFlag::People, &["b", "a"], &[]),
            ["1,1,E2,b,E1,a,\"← accomplice 2019-03-02, → contact\",links.csv:2 links.csv:3,1.5"]
        );
        assert_eq!(
            rows(NetworkFlag::People, &["a", "b"], &["--directed"]),
            ["1,1,E1,a,E2,b,→ accomplice 2019-03-02,links.csv:2,1.5"]
        );
    }

    #[test]
    fn roles_tie_a_person_to_a_case_file_and_to_no_other() {
        assert_eq!(
            rows(NetworkFlag::Cases, &["a", "c1", "b"], &[]),
            [
                "1,1,E1,a,case c1,c1,\"recruiter, client\",roles.csv:2 roles.csv:6,1.5",
                "1,2,case c1,c1,E2,b,driver,roles.csv:3,1.5"
            ]
        );
    }

    #[test]
    fn first_contacts_and_advertisements_tie_a_victim_to_a_channel_and_to_no_other() {
        assert_eq!(
            rows(NetworkFlag::Channels, &["v", "ch1", "w"], &[]),
            [
                "1,1,V1,v,channel ch1,ch1,\"first_contact, advertised\",links.csv:4 ads.csv:2,1.5",
                "1,2,channel ch1,ch1,V2,w,\"first_contact, advertised\",links.csv:6 ads.csv:4,1.5"
            ]
        );
        assert_eq!(
            rows(NetworkFlag::Channels, &["ch2", "v"], &[]),
            ["1,1,channel ch2,ch2,V1,v,\"first_contact, advertised\",links.csv:7 ads.csv:3,1.5"]
        );
    }
}
