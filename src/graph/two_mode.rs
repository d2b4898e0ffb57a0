//! Graphs of two kinds of nodes: actor × victim, victim × channel, person × case, place, channel or identifier.

use std::collections::BTreeMap;

use super::csr::{Csr, Direction, Edge};
use super::network::{Flat, Network};
use super::view::View;
use crate::case::{Ad, IdentifierKind, LinkKind, RoleInCase, Symbol};
use crate::identity::EntityId;
use crate::identity::clean::{Region, identifier};

/// A node of a two-mode graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Somebody.
    Person(EntityId),
    /// A channel.
    Channel(Symbol),
    /// A case file.
    Case(Symbol),
    /// A place.
    Place(Symbol),
    /// A phone, handle, account or the like, by the first writing of it on record.
    Identifier(IdentifierKind, Symbol),
}

impl Network<'_> {
    /// Who acted on which victim: an edge from each person who is no victim to each victim whom he
    /// has a link to in the view. Its weight is the number of links.
    ///
    /// Professional contacts and contacts of which nothing is said are not acts.
    #[must_use]
    pub fn actors_by_victims(&self, view: &View) -> Flat<Mode> {
        let entities = self.entities();
        let acts = self.links(view).filter(|(_, link, from, to)| {
            let act = !matches!(
                link.kind,
                LinkKind::ProfessionalContact | LinkKind::Contact | LinkKind::Other
            );
            act && entities.victim(*from).is_none() && entities.victim(*to).is_some()
        });
        let pairs = acts.map(|(_, _, from, to)| (Mode::Person(from), Mode::Person(to)));
        flat(&pairs.collect::<Vec<_>>(), self.case().links.len())
    }

    /// Which victims were offered on, or first contacted through, which channels, in the view. The
    /// weight is the number of rows.
    #[must_use]
    pub fn victims_by_channels(&self, view: &View) -> Flat<Mode> {
        let (case, entities) = (self.case(), self.entities());
        let contacts = self.links(view).filter(|(_, link, ..)| link.kind == LinkKind::FirstContact);
        let contacts = contacts.map(|(_, link, _, victim)| (victim, link.channel));
        let filter = view.filter(case, entities);
        let ads = case.ads.iter().enumerate().filter_map(|(row, ad)| {
            let victim = entities.of(case, ad.victim)?;
            filter.holds_ad(row, victim).then_some((victim, ad.channel))
        });
        let pairs = contacts.chain(ads).filter_map(|(person, channel)| {
            entities.victim(person)?;
            Some((Mode::Person(person), Mode::Channel(channel.known()?)))
        });
        flat(&pairs.collect::<Vec<_>>(), case.links.len() + case.ads.len())
    }

    /// Who has a role in which case file, in the view. The weight is the number of roles.
    #[must_use]
    pub fn people_by_cases(&self, view: &View) -> Flat<Mode> {
        let roles = self.roles(view);
        let pairs = roles.map(|(_, role, person)| (Mode::Person(person), Mode::Case(role.case)));
        flat(&pairs.collect::<Vec<_>>(), self.case().roles.len())
    }

    /// Who has a link at which place, in the view: both of its ends. The weight is the number of links.
    #[must_use]
    pub fn people_by_places(&self, view: &View) -> Flat<Mode> {
        let links = self.links(view).filter_map(|(_, link, from, to)| {
            Some([from, to].map(|person| (Mode::Person(person), link.place)))
                .filter(|_| link.place.is_known())
        });
        let pairs = links.flatten().map(|(person, place)| (person, Mode::Place(place)));
        let pairs: Vec<(Mode, Mode)> = pairs.collect();
        Flat { left_out: self.case().links.len() - pairs.len() / 2, ..flat(&pairs, pairs.len()) }
    }

    /// Who has a link through, posted or paid an advertisement on, or is offered on which channel, in the view. The weight is the number
    /// of rows.
    #[must_use]
    pub fn people_by_channels(&self, view: &View) -> Flat<Mode> {
        let case = self.case();
        let links = self.links(view).map(|(_, link, from, to)| (link.channel, vec![from, to]));
        let ads = self.ads(view).map(|(_, ad, people)| (ad.channel, people));
        let rows: Vec<(Symbol, Vec<EntityId>)> =
            links.chain(ads).filter(|one| one.0.is_known()).collect();
        let pairs = rows.iter().flat_map(|(channel, people)| {
            people.iter().map(|&person| (Mode::Person(person), Mode::Channel(*channel)))
        });
        let pairs: Vec<(Mode, Mode)> = pairs.collect();
        let left_out = case.links.len() + case.ads.len() - rows.len();
        Flat { left_out, ..flat(&pairs, pairs.len()) }
    }

    /// The advertisements that `view` holds: their row, and whose they are, the victim's and whoever posted or paid.
    pub fn ads<'v>(
        &'v self,
        view: &'v View,
    ) -> impl Iterator<Item = (usize, &'v Ad, Vec<EntityId>)> + 'v {
        let (case, entities) = (self.case(), self.entities());
        let filter = view.filter(case, entities);
        case.ads.iter().enumerate().filter_map(move |(row, ad)| {
            let people =
                [ad.victim, ad.posted_by, ad.payer].map(|person| entities.of(case, person));
            let people: Vec<EntityId> = people.into_iter().flatten().collect();
            let held = people.iter().all(|&person| filter.holds_ad(row, person));
            (held && !people.is_empty()).then_some((row, ad, people))
        })
    }

    /// The identifiers that `view` holds: their row, whose they are, and the first writing on record of what two writings of are one.
    pub fn identifiers<'v>(
        &'v self,
        view: &'v View,
        region: Region,
    ) -> impl Iterator<Item = (usize, EntityId, Mode)> + 'v {
        let (case, entities) = (self.case(), self.entities());
        let filter = view.filter(case, entities);
        let mut first: BTreeMap<(IdentifierKind, String), Symbol> = BTreeMap::new();
        case.identifiers.iter().enumerate().filter_map(move |(row, one)| {
            let person = entities.of(case, one.person)?;
            let key = identifier(one.kind, case.text(one.value), region)?.key;
            let value = *first.entry((one.kind, key)).or_insert(one.value);
            let held = filter.holds_identifier(row, person);
            held.then_some((row, person, Mode::Identifier(one.kind, value)))
        })
    }

    /// Who used which phone, handle, account and the like, in the view; two writings of one are one. The weight is the number of rows.
    ///
    /// `region` is the country whose telephone numbers are written without a country code. What identifies nothing (`unknown`,
    /// `0000000`) is left out.
    #[must_use]
    pub fn people_by_identifiers(&self, view: &View, region: Region) -> Flat<Mode> {
        let used = self.identifiers(view, region);
        let pairs: Vec<(Mode, Mode)> =
            used.map(|(_, person, mode)| (Mode::Person(person), mode)).collect();
        flat(&pairs, self.case().identifiers.len())
    }

    /// The roles that `view` holds: their row, and whose they are.
    pub fn roles<'v>(
        &'v self,
        view: &'v View,
    ) -> impl Iterator<Item = (usize, &'v RoleInCase, EntityId)> + 'v {
        let (case, entities) = (self.case(), self.entities());
        let filter = view.filter(case, entities);
        case.roles.iter().enumerate().filter_map(move |(row, role)| {
            let person = entities.of(case, role.person).filter(|_| role.case.is_known())?;
            filter.holds_role(row, person).then_some((row, role, person))
        })
    }
}

/// Nodes in order, the first kind before the second; equal pairs become one edge.
fn flat(pairs: &[(Mode, Mode)], rows: usize) -> Flat<Mode> {
    let mut number: BTreeMap<(u8, Mode), u32> = BTreeMap::new();
    for &(left, right) in pairs {
        number.insert((0, left), 0);
        number.insert((1, right), 0);
    }
    for (new, slot) in (0..).zip(number.values_mut()) {
        *slot = new;
    }
    let edge = |(left, right): &(Mode, Mode)| (number[&(0, *left)], number[&(1, *right)], 1.0);
    let edges: Vec<Edge> = pairs.iter().map(edge).collect();
    let csr = Csr::new(number.len(), &edges, Direction::Undirected);
    Flat {
        csr,
        nodes: number.into_keys().map(|(_, mode)| mode).collect(),
        left_out: rows - pairs.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;
    use crate::identity::{Entities, sketch};

    const TABLES: [(&str, &str); 7] = [
        ("people.csv", "person_id\na\nb\nc\nd\n"),
        ("channels.csv", "channel_id,name\nx,X\ny,Y\n"),
        ("places.csv", "place_id,name\nh,H\n"),
        (
            "roles.csv",
            "case_id,person_id,role\nk1,c,victim\nk1,a,driver\nk2,a,host\nk1,a,recruiter\n",
        ),
        (
            "links.csv",
            "from,to,kind,channel_id,place_id,case_id\n\
             a,c,first_contact,x,,k1\na,c,controlled,,h,k1\nb,c,contact,y,h,k2\na,b,accomplice,x,,k2\n\
             c,a,accomplice,,,k1\nb,c,professional_contact,,,k1\nb,c,other,,,k1\n",
        ),
        (
            "ads.csv",
            "ad_id,channel_id,case_id,victim_id,posted_by,payer\n\
             1,x,k1,c,a,\n2,y,k1,,b,a\n3,,k1,c,,\n4,x,k1,,,\n",
        ),
        (
            "identifiers.csv",
            "person_id,kind,value\na,phone,0653182746\nb,phone,+31 6 5318 2746\nb,phone,06-53182746\n\
             c,handle,zoe\na,phone,0000000\n",
        ),
    ];

    /// Each edge by what its ends are called, with its weight; and how many rows were left out.
    fn told(ask: impl Fn(&Network<'_>) -> Flat<Mode>) -> (Vec<String>, usize) {
        let case: Case = sketch::case(&TABLES);
        let entities = Entities::as_given(&case);
        let flat = ask(&Network::new(&case, &entities));
        let name = |u: u32| match flat.nodes[u as usize] {
            Mode::Person(entity) => ["a", "b", "c", "d"][entity.number()].to_owned(),
            Mode::Channel(symbol)
            | Mode::Case(symbol)
            | Mode::Place(symbol)
            | Mode::Identifier(_, symbol) => case.text(symbol).to_owned(),
        };
        let (csr, mut edges) = (&flat.csr, Vec::new());
        for u in csr.nodes() {
            let later = csr.edges_of(u).filter(|&(v, _)| u < v);
            edges.extend(later.map(|(v, weight)| format!("{} {} {weight}", name(u), name(v))));
        }
        (edges, flat.left_out)
    }

    fn all() -> View {
        View::default()
    }

    fn second() -> View {
        View { cases: vec!["k2".into()], ..View::default() }
    }

    #[test]
    fn acts_are_of_those_who_are_no_victims_on_those_who_are() {
        // Neither a contact, of a profession or not, nor what is not said is an act, nor what a victim does.
        let (edges, left_out) = told(|network| network.actors_by_victims(&all()));
        assert_eq!((edges.as_slice(), left_out), (&["a c 2".to_owned()][..], 5));
        assert_eq!(told(|network| network.actors_by_victims(&second())), (vec![], 7));
    }

    #[test]
    fn victims_are_offered_or_contacted_on_channels() {
        let (edges, left_out) = told(|network| network.victims_by_channels(&all()));
        assert_eq!(
            (edges.as_slice(), left_out),
            (&["c x 2".to_owned()][..], 9),
            "of 7 links and 4 advertisements"
        );
        assert_eq!(told(|network| network.victims_by_channels(&second())), (vec![], 11));
    }

    #[test]
    fn people_have_roles_in_cases() {
        let (edges, left_out) = told(|network| network.people_by_cases(&all()));
        assert_eq!((edges.join(", ").as_str(), left_out), ("a k1 2, a k2 1, c k1 1", 0));
        let (edges, left_out) = told(|network| network.people_by_cases(&second()));
        assert_eq!((edges.join(", ").as_str(), left_out), ("a k2 1", 3));
    }

    #[test]
    fn both_ends_of_a_link_were_at_its_place() {
        let (edges, left_out) = told(|network| network.people_by_places(&all()));
        assert_eq!((edges.join(", ").as_str(), left_out), ("a h 1, b h 1, c h 2", 5));
        let (edges, left_out) = told(|network| network.people_by_places(&second()));
        assert_eq!((edges.join(", ").as_str(), left_out), ("b h 1, c h 1", 6));
    }

    #[test]
    fn people_are_on_the_channels_of_their_links_and_advertisements() {
        let (edges, left_out) = told(|network| network.people_by_channels(&all()));
        let want = "a x 3, a y 1, b x 1, b y 2, c x 2, c y 1";
        assert_eq!((edges.join(", ").as_str(), left_out), (want, 6), "five rows of eleven");
        let (edges, left_out) = told(|network| network.people_by_channels(&second()));
        assert_eq!((edges.join(", ").as_str(), left_out), ("a x 1, b x 1, b y 1, c y 1", 9));
    }

    #[test]
    fn advertisements_have_the_people_they_name() {
        let case = sketch::case(&TABLES);
        let entities = Entities::as_given(&case);
        let network = Network::new(&case, &entities);
        let of = |view: &View| -> Vec<(usize, Vec<usize>)> {
            let ads = network.ads(view);
            ads.map(|(row, _, people)| (row, people.iter().map(|one| one.number()).collect()))
                .collect()
        };
        assert_eq!(of(&all()), [(0, vec![2, 0]), (1, vec![1, 0]), (2, vec![2])]);
        // Who is looked away from takes his advertisements along.
        let without = View { without: vec![crate::case::Role::Driver], ..View::default() };
        assert_eq!(of(&without), [(2, vec![2])]);
    }

    #[test]
    fn two_writings_of_a_number_are_one() {
        let region = Region::parse("NL").expect("a country");
        let (edges, left_out) = told(|network| network.people_by_identifiers(&all(), region));
        assert_eq!(
            (edges.join(", ").as_str(), left_out),
            ("a 0653182746 1, b 0653182746 2, c zoe 1", 1)
        );
    }
}
