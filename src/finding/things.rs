//! What stands beside people on a map: the channels, places, identifiers and case files that tie them.

use std::collections::{BTreeMap, BTreeSet};

use super::Use;
use super::map::{Evidence, Map, MapEdge, MapNode, Part, TieKind};
use super::picture::{Names, Picture};
use super::rows::{evidence, span};
use crate::case::{Assertion, Case, IdKind, IdentifierKind, LinkKind, PlaceClass, Symbol, When};
use crate::graph::{Mode, Network, Shared};
use crate::identity::EntityId;

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
            MapNode::new(label.to_owned(), Part::Channel)
        }
        Mode::Place(id) => MapNode::new(place_label(id, may_name, case), Part::Place),
        Mode::Identifier(kind, value) => {
            let count = of_kind.entry(kind).or_default();
            *count += 1;
            let code = format!("{} {count}", kind.code());
            let label = if may_name { case.text(value).to_owned() } else { code };
            MapNode::new(label, Part::Identifier)
        }
        Mode::Case(id) => MapNode::new(case.shown(IdKind::Case, id).to_owned(), Part::CaseFile),
        Mode::Person(_) => unreachable!("only things are gathered"),
    }
}

fn place_label(id: Symbol, may_name: bool, case: &Case) -> String {
    let known = case.places.iter().find(|place| place.place == id);
    let class = known.and_then(|place| place.class);
    let name = known.and_then(|place| place.name.known());
    match (name, class) {
        (Some(name), class) if may_name && class != Some(PlaceClass::Home) => {
            case.text(name).to_owned()
        }
        (_, Some(class)) => {
            format!("{} {}", class.code().replace('_', " "), case.shown(IdKind::Place, id))
        }
        _ => case.shown(IdKind::Place, id).to_owned(),
    }
}
