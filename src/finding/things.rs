//! What stands beside people on a map: the channels, places, identifiers and case files that tie them.

use std::collections::{BTreeMap, BTreeSet};

use super::Use;
use super::map::{Evidence, Map, MapEdge, MapNode, Part, TieKind};
use super::picture::{Names, Picture};
use super::rows::{evidence, span};
use crate::case::{Assertion, Case, IdKind, IdentifierKind, LinkKind, PlaceClass, Symbol, When};
use crate::graph::{Mode, Network, Shared};
use crate::identity::EntityId;
use crate::untrusted::Untrusted;

/// All rows by which a person, by place on the map, is tied to a thing.
type Bundles = BTreeMap<(Mode, usize, TieKind), Vec<Evidence>>;

impl Picture {
    /// Adds to a map of people what they share, and who is tied to it by which rows.
    ///
    /// A first contact ties both sides to its channel as recruitment; an advertisement ties whom it offers, and who posted or paid it, as
    /// advertising. Other links through a channel are not drawn to it: they are neither.
    pub(super) fn put_beside(
        &self,
        map: &mut Map,
        place: &BTreeMap<EntityId, usize>,
        network: &Network<'_>,
    ) {
        let mut bundles = Bundles::new();
        let mut gathered = Gathered { case: network.case(), place, bundles: &mut bundles };
        for sort in &self.with {
            match sort {
                Shared::Channels => self.channels(network, &mut gathered),
                Shared::Places => self.places(network, &mut gathered),
                Shared::Identifiers => self.identifiers(network, &mut gathered),
                Shared::Cases => self.case_files(network, &mut gathered),
            }
        }
        self.drop_what_ties_nobody(&mut bundles, place);
        self.add(map, bundles, network.case());
    }

    fn channels(&self, network: &Network<'_>, into: &mut Gathered<'_>) {
        for (_, link, from, to) in network.links(&self.view) {
            let kind = match link.kind {
                LinkKind::FirstContact => TieKind::Use(Use::Recruitment),
                LinkKind::Advertised => TieKind::Use(Use::Advertising),
                _ => continue,
            };
            let when = [link.start, link.end];
            into.tie(
                Mode::Channel(link.channel),
                [from, to],
                kind,
                &link.assertion,
                when,
                link.case,
            );
        }
        for (_, ad, people) in network.ads(&self.view) {
            let kind = TieKind::Use(Use::Advertising);
            let when = [ad.posted, ad.last_seen];
            into.tie(Mode::Channel(ad.channel), people, kind, &ad.assertion, when, ad.case);
        }
    }

    fn places(&self, network: &Network<'_>, into: &mut Gathered<'_>) {
        for (_, link, from, to) in network.links(&self.view) {
            let (mode, when) = (Mode::Place(link.place), [link.start, link.end]);
            into.tie(mode, [from, to], TieKind::Place, &link.assertion, when, link.case);
        }
    }

    fn identifiers(&self, network: &Network<'_>, into: &mut Gathered<'_>) {
        for (row, person, mode) in network.identifiers(&self.view, self.region) {
            let one = &network.case().identifiers[row];
            let when = [one.start, one.end];
            into.tie(mode, [person], TieKind::Identifier, &one.assertion, when, Symbol::EMPTY);
        }
    }

    fn case_files(&self, network: &Network<'_>, into: &mut Gathered<'_>) {
        for (_, role, person) in network.roles(&self.view) {
            let (mode, when) = (Mode::Case(role.case), [role.start, role.end]);
            into.tie(mode, [person], TieKind::Role(role.role), &role.assertion, when, role.case);
        }
    }

    /// An identifier that one person used says nothing of ties, unless that person was asked for.
    fn drop_what_ties_nobody(&self, bundles: &mut Bundles, place: &BTreeMap<EntityId, usize>) {
        let mut users: BTreeMap<Mode, BTreeSet<usize>> = BTreeMap::new();
        for &(mode, person, _) in bundles.keys() {
            users.entry(mode).or_default().insert(person);
        }
        let asked: BTreeSet<usize> =
            self.around.iter().filter_map(|person| place.get(person).copied()).collect();
        bundles.retain(|(mode, ..), _| {
            let users = &users[mode];
            !matches!(mode, Mode::Identifier(..)) || users.len() > 1 || !users.is_disjoint(&asked)
        });
    }

    fn add(&self, map: &mut Map, bundles: Bundles, case: &Case) {
        let mut users: BTreeMap<Mode, BTreeSet<usize>> = BTreeMap::new();
        for &(mode, person, _) in bundles.keys() {
            users.entry(mode).or_default().insert(person);
        }
        let mut of_kind: BTreeMap<IdentifierKind, usize> = BTreeMap::new();
        let mut at: BTreeMap<Mode, usize> = BTreeMap::new();
        for (mode, users) in users {
            let shielded =
                |&person: &usize| matches!(map.nodes[person].part, Part::Victim | Part::Bystander);
            let may_name = self.names == Names::Revealed && !users.iter().any(shielded);
            let node = thing(mode, may_name, &mut of_kind, case);
            at.insert(mode, map.nodes.len());
            map.nodes.push(node);
        }
        map.edges.extend(bundles.into_iter().map(|((mode, from, kind), evidence)| MapEdge {
            from,
            to: at[&mode],
            kind,
            count: evidence.len() as f64,
            certainty: evidence.iter().map(|row| row.certainty).fold(0.0, f64::max),
            when: span(evidence.iter().map(|row| row.when)),
            evidence,
        }));
    }
}

/// Rows on their way to the map.
struct Gathered<'a> {
    case: &'a Case,
    place: &'a BTreeMap<EntityId, usize>,
    bundles: &'a mut Bundles,
}

impl Gathered<'_> {
    fn tie(
        &mut self,
        mode: Mode,
        people: impl IntoIterator<Item = EntityId>,
        kind: TieKind,
        assertion: &Assertion,
        when: [When; 2],
        file: Symbol,
    ) {
        let (Mode::Channel(id) | Mode::Place(id) | Mode::Case(id) | Mode::Identifier(_, id)) = mode
        else {
            return;
        };
        if !id.is_known() {
            return;
        }
        for person in people {
            if let Some(&place) = self.place.get(&person) {
                let row = evidence(assertion, when, file, self.case);
                self.bundles.entry((mode, place, kind)).or_default().push(row);
            }
        }
    }
}

/// The sign of a thing. The name of a channel is nobody's; that of a place and the text of an identifier may lead to a person, and stand there
/// only where names may.
fn thing(
    mode: Mode,
    may_name: bool,
    of_kind: &mut BTreeMap<IdentifierKind, usize>,
    case: &Case,
) -> MapNode {
    match mode {
        Mode::Channel(id) => {
            let named = case.channels.iter().find(|channel| channel.channel == id);
            let name = named.and_then(|channel| channel.name.known()).map(|name| case.text(name));
            let label = name.unwrap_or_else(|| case.shown(IdKind::Channel, id));
            MapNode::new(label.into(), Part::Channel)
        }
        Mode::Place(id) => MapNode::new(place_label(id, may_name, case), Part::Place),
        Mode::Identifier(kind, value) => {
            let count = of_kind.entry(kind).or_default();
            *count += 1;
            let code = format!("{} {count}", kind.code());
            let label = if may_name { case.text(value).into() } else { code.into() };
            MapNode::new(label, Part::Identifier)
        }
        Mode::Case(id) => MapNode::new(case.shown(IdKind::Case, id).into(), Part::CaseFile),
        Mode::Person(_) => unreachable!("only things are gathered"),
    }
}

fn place_label(id: Symbol, may_name: bool, case: &Case) -> Untrusted {
    let known = case.places.iter().find(|place| place.place == id);
    let class = known.and_then(|place| place.class);
    let name = known.and_then(|place| place.name.known());
    match (name, class) {
        (Some(name), class) if may_name && class != Some(PlaceClass::Home) => {
            case.text(name).into()
        }
        (_, Some(class)) => {
            let place = case.shown(IdKind::Place, id);
            format!("{} {place}", class.code().replace('_', " ")).into()
        }
        _ => case.shown(IdKind::Place, id).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Role;
    use crate::identity::Entities;
    use crate::identity::sketch::case;

    /// Two offenders share a phone and were at a club; a victim has a phone of her own, and was at a home and a place of no class.
    fn drawn(picture: &Picture) -> Map {
        let case = case(&[
            ("cases.csv", "case_id\nc1\n"),
            ("people.csv", "person_id\np1\np2\np3\n"),
            ("roles.csv", "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,driver\nc1,p3,victim\n"),
            ("channels.csv", "channel_id,name\nch1,Kletshoek\nch2,\n"),
            (
                "places.csv",
                "place_id,name,class\npl1,Bar Zes,youth_institution\npl2,Dorpsstraat 1,home\npl3,De Hoek,\n",
            ),
            (
                "identifiers.csv",
                "person_id,kind,value\np1,phone,06-98700142\np2,phone,+31698700142\np3,phone,06-98700155\n\
                 p1,handle,rob\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,channel_id,place_id,start,grade\n\
                 l1,p1,p3,first_contact,c1,ch1,,2019-03-02,0.4\nl2,p1,p3,first_contact,c1,ch1,,2019-03-04,0.7\n\
                 l3,p1,p2,accomplice,c1,ch1,pl1,,\nl4,p1,p2,contact,c1,,pl2,,\nl5,p2,p3,transported,c1,,pl3,,\n\
                 l6,p2,p3,advertised,c1,ch2,,,\n",
            ),
        ]);
        let entities = Entities::as_given(&case);
        picture.draw(&Network::new(&case, &entities), &[], &[])
    }

    fn with(shared: Shared) -> Picture {
        Picture { with: vec![shared], ..Picture::default() }
    }

    /// What stands beside the three people, and who is tied to it by what.
    fn beside(map: &Map) -> (Vec<&Untrusted>, Vec<(usize, usize, TieKind)>) {
        let labels = map.nodes[3..].iter().map(|node| &node.label).collect();
        let ties = map.edges.iter().filter(|edge| edge.to >= 3);
        (labels, ties.map(|edge| (edge.from, edge.to, edge.kind)).collect())
    }

    #[test]
    fn channels_stand_by_name_and_tie_by_what_they_were_used_for() {
        let map = drawn(&with(Shared::Channels));
        let (labels, ties) = beside(&map);
        assert_eq!(labels, ["Kletshoek", "ch2"], "by id where there is no name");
        let (reached, offered) = (TieKind::Use(Use::Recruitment), TieKind::Use(Use::Advertising));
        assert_eq!(ties, [(0, 3, reached), (2, 3, reached), (1, 4, offered), (2, 4, offered)]);
        let first = map.edges.iter().find(|edge| edge.to == 3).expect("a tie");
        assert!((first.count - 2.0).abs() < 1e-12 && (first.certainty - 0.7).abs() < 1e-12);
        let day = |text| When::parse(text).expect("a day");
        assert_eq!(first.when, day("2019-03-02").until(day("2019-03-04")));
        let rows: Vec<&Untrusted> = first.evidence.iter().map(|one| &one.row).collect();
        assert_eq!(rows, ["links.csv:2", "links.csv:3"]);
    }

    #[test]
    fn places_stand_by_class_and_id_and_by_name_only_where_no_victim_and_no_home_is_told() {
        let coded = drawn(&with(Shared::Places));
        let (labels, ties) = beside(&coded);
        assert_eq!(labels, ["youth institution pl1", "home pl2", "pl3"]);
        let place = TieKind::Place;
        let expected = [
            (0, 3, place),
            (1, 3, place),
            (0, 4, place),
            (1, 4, place),
            (1, 5, place),
            (2, 5, place),
        ];
        assert_eq!(ties, expected);
        let named = drawn(&Picture { names: Names::Revealed, ..with(Shared::Places) });
        assert_eq!(beside(&named).0, ["Bar Zes", "home pl2", "pl3"]);
    }

    #[test]
    fn an_identifier_stands_where_two_used_it_or_where_its_user_was_asked_for() {
        let map = drawn(&with(Shared::Identifiers));
        let identifier = TieKind::Identifier;
        assert_eq!(beside(&map).1, [(0, 3, identifier), (1, 3, identifier)]);
        assert_eq!(beside(&map).0, ["phone 1"]);
        let named = drawn(&Picture { names: Names::Revealed, ..with(Shared::Identifiers) });
        assert_eq!(beside(&named).0, ["06-98700142"]);
        let around = vec![EntityId::from_number(0), EntityId::from_number(2)];
        let asked = drawn(&Picture { around, names: Names::Revealed, ..with(Shared::Identifiers) });
        let (labels, _) = beside(&asked);
        assert_eq!(labels.len(), 3);
        assert!(labels.contains(&&"rob".into()) && labels.contains(&&"06-98700142".into()));
        assert!(labels.iter().any(|label| label.figure(|text| text.starts_with("phone "))), "hers");
    }

    #[test]
    fn case_files_tie_by_roles() {
        let map = drawn(&with(Shared::Cases));
        let (labels, ties) = beside(&map);
        assert_eq!(labels, ["c1"]);
        let role = TieKind::Role;
        let expected = [(0, Role::Recruiter), (1, Role::Driver), (2, Role::Victim)];
        assert_eq!(ties, expected.map(|(person, own)| (person, 3, role(own))));
    }
}
