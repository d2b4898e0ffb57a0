//! Which links and people of a network are looked at.

use std::collections::BTreeSet;

use crate::case::{Assertion, Attribute, Basis, Case, Link, LinkKind, Role, Symbol, When};
use crate::identity::{Entities, EntityId};

/// Which links of a case are looked at; the default looks at all.
///
/// # Examples
///
/// ```
/// use kluwen::case::{LinkKind, When};
/// use kluwen::graph::View;
///
/// let march = View { during: When::parse("2021-03").ok(), ..View::default() };
/// let money = View { kinds: vec![LinkKind::Paid], ..View::default() };
/// assert_ne!(march, money);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Only links that can have been within this interval; a link without a date is not.
    pub during: Option<When>,
    /// Only links of these kinds; of all kinds where empty.
    pub kinds: Vec<LinkKind>,
    /// Only links of these cases; of all where empty.
    pub cases: Vec<String>,
    /// Only links of at least this certainty.
    pub certainty: f64,
    /// Only links that state a fact, or only those that state an assessment.
    pub basis: Option<Basis>,
    /// Only links with these values in columns that the contract does not know.
    pub attributes: Vec<(String, String)>,
    /// Not the people who have one of these roles in any case, nor their links.
    pub without: Vec<Role>,
    /// What happens to people without a link in the view.
    pub isolates: Isolates,
}

/// What happens to people without a link in a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolates {
    /// They are not in the graph. This is the default.
    #[default]
    Drop,
    /// They are in the graph, tied to nobody.
    Keep,
}

/// What the weight of a link is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// A link counts 1, and so does any number of parallel ones. This is the default.
    #[default]
    None,
    /// Its `count`; parallel links add up.
    Count,
    /// Its certainty; parallel links add up: how many of them are right, on average.
    Certainty,
    /// The chance that at least one of the parallel links is right, in `[0, 1]`: `1 − ∏(1 − certainty)`, where links of one source
    /// are one voice, as sure as the surest of them; and so are those of one case file that name no source.
    ///
    /// A tie with no chance at all is left out.
    Chance,
}

impl Weight {
    pub(super) fn of(self, link: &Link) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Count => link.count,
            Self::Certainty | Self::Chance => link.assertion.certainty,
        }
    }
}

impl View {
    pub(super) fn keeps_isolates(&self) -> bool {
        self.isolates == Isolates::Keep
    }

    /// The view, with its texts looked up in a case.
    pub(super) fn filter<'a>(&'a self, case: &'a Case, entities: &Entities) -> Filter<'a> {
        let symbol = |text: &String| case.symbol(text);
        let mut without = BTreeSet::new();
        for role in case.roles.iter().filter(|role| self.without.contains(&role.role)) {
            without.extend(entities.of(case, role.person));
        }
        Filter {
            view: self,
            case,
            cases: self.cases.iter().map(symbol).collect(),
            attributes: self
                .attributes
                .iter()
                .map(|(name, value)| (symbol(name), symbol(value)))
                .collect(),
            without,
        }
    }
}

/// A view whose texts are looked up in a case.
pub(super) struct Filter<'a> {
    view: &'a View,
    case: &'a Case,
    cases: Vec<Option<Symbol>>,
    attributes: Vec<(Option<Symbol>, Option<Symbol>)>,
    without: BTreeSet<EntityId>,
}

impl Filter<'_> {
    pub(super) fn holds_person(&self, entity: EntityId) -> bool {
        !self.without.contains(&entity)
    }

    /// Whether the view holds the link of that row, from one person to another.
    pub(super) fn holds(&self, row: usize, from: EntityId, to: EntityId) -> bool {
        let (kinds, link) = (&self.view.kinds, &self.case.links[row]);
        (kinds.is_empty() || kinds.contains(&link.kind))
            && self.holds_person(from)
            && self.holds_person(to)
            && self.holds_row(&link.assertion, link.case, span(link.start, link.end))
            && self.has_attributes(self.case.links.attributes_of(row))
    }

    /// Whether the view holds the role of that row, which is this person's.
    pub(super) fn holds_role(&self, row: usize, person: EntityId) -> bool {
        let role = &self.case.roles[row];
        self.holds_person(person)
            && self.holds_row(&role.assertion, role.case, span(role.start, role.end))
            && self.has_attributes(self.case.roles.attributes_of(row))
    }

    /// Whether the view holds the advertisement of that row, which offers this person.
    pub(super) fn holds_ad(&self, row: usize, person: EntityId) -> bool {
        let ad = &self.case.ads[row];
        self.holds_person(person)
            && self.holds_row(&ad.assertion, ad.case, span(ad.posted, ad.last_seen))
            && self.has_attributes(self.case.ads.attributes_of(row))
    }

    /// Whether the view holds the identifier of that row, which is this person's; it is of no case file.
    pub(super) fn holds_identifier(&self, row: usize, person: EntityId) -> bool {
        let one = &self.case.identifiers[row];
        self.holds_person(person)
            && self.holds_row(&one.assertion, Symbol::EMPTY, span(one.start, one.end))
            && self.has_attributes(self.case.identifiers.attributes_of(row))
    }

    fn holds_row(&self, assertion: &Assertion, case: Symbol, span: When) -> bool {
        let view = self.view;
        view.during.is_none_or(|during| during.overlaps(span))
            && (view.cases.is_empty() || self.cases.contains(&Some(case)))
            && assertion.certainty >= view.certainty
            && view.basis.is_none_or(|basis| basis == assertion.basis)
    }

    fn has_attributes(&self, of_row: &[Attribute]) -> bool {
        self.attributes.iter().all(|&(column, value)| {
            of_row.iter().any(|found| Some(found.column) == column && Some(found.value) == value)
        })
    }
}

/// From the first to the last day on which something can have been.
pub(crate) fn span(start: When, end: When) -> When {
    match (start.is_known(), end.is_known()) {
        (true, true) => start.until(end),
        (true, false) => start,
        (false, _) => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Network;
    use crate::identity::sketch;

    const TABLES: [(&str, &str); 5] = [
        ("people.csv", "person_id\na\nb\nc\n"),
        ("channels.csv", "channel_id,name\nx,X\n"),
        (
            "roles.csv",
            "case_id,person_id,role,start,end,grade,team\nk1,b,driver,2020,2021,0.5,red\nk2,a,host,2023,,0.9,blue\n",
        ),
        (
            "links.csv",
            "from,to,kind,case_id,start,end,grade,basis,count,team,floor\n\
             a,b,accomplice,k1,2020-01-01,2020-03-01,0.5,fact,2,red,1\n\
             a,c,controlled,k1,2020-02-01,,0.8,assessment,3,red,2\n\
             c,a,paid,k2,,2020-05,0.9,fact,1,blue,1\n\
             b,a,paid,k3,,,1,,4,,\n",
        ),
        (
            "ads.csv",
            "ad_id,channel_id,case_id,victim_id,posted_by,posted,last_seen,grade,team\n\
             1,x,k1,c,a,2020-01-01,2020-02-01,0.6,red\n2,x,k2,c,b,2021-01-01,,0.9,\n",
        ),
    ];

    /// The rows of links, roles and advertisements that a view holds.
    fn held(view: &View) -> [Vec<usize>; 3] {
        let case = sketch::case(&TABLES);
        let entities = Entities::as_given(&case);
        let network = Network::new(&case, &entities);
        let links = network.links(view).map(|link| link.0).collect();
        let roles = network.roles(view).map(|role| role.0).collect();
        [links, roles, network.ads(view).map(|ad| ad.0).collect()]
    }

    #[test]
    fn a_view_holds_what_each_of_its_wishes_holds() {
        let all = View::default;
        let during = |text: &str| View { during: When::parse(text).ok(), ..all() };
        let cases = |cases: &[&str]| View {
            cases: cases.iter().map(|&case| case.to_owned()).collect(),
            ..all()
        };
        let with = |pairs: &[(&str, &str)]| View {
            attributes: pairs.iter().map(|&(name, value)| (name.into(), value.into())).collect(),
            ..all()
        };
        for (view, links, roles, ads) in [
            (all(), &[0, 1, 2, 3][..], &[0, 1][..], &[0, 1][..]),
            // A row without a date is in no interval, one without an end no longer than its start says.
            (during("2020-03-01"), &[0], &[0], &[]),
            (during("2020-03-02"), &[], &[0], &[]),
            (during("2020-02"), &[0, 1], &[0], &[0]),
            (during("2020-05"), &[2], &[0], &[]),
            (during("2021"), &[], &[0], &[1]),
            (
                View { kinds: vec![LinkKind::Paid, LinkKind::Controlled], ..all() },
                &[1, 2, 3],
                &[0, 1],
                &[0, 1],
            ),
            (cases(&["k1"]), &[0, 1], &[0], &[0]),
            (cases(&["k3", "k2"]), &[2, 3], &[1], &[1]),
            (cases(&["nowhere"]), &[], &[], &[]),
            (View { certainty: 0.8, ..all() }, &[1, 2, 3], &[1], &[1]),
            (View { certainty: 0.81, ..all() }, &[2, 3], &[1], &[1]),
            (with(&[("team", "red")]), &[0, 1], &[0], &[0]),
            (with(&[("team", "red"), ("floor", "1")]), &[0], &[], &[]),
            (with(&[("team", "green")]), &[], &[], &[]),
            (with(&[("colour", "red")]), &[], &[], &[]),
            // Without those who drive, b, whoever they have to do with.
            (View { without: vec![Role::Driver], ..all() }, &[1, 2], &[1], &[0]),
            (View { without: vec![Role::Driver, Role::Host], ..all() }, &[], &[], &[]),
        ] {
            let want = [links, roles, ads].map(<[usize]>::to_vec);
            assert_eq!(held(&view), want, "{view:?}");
        }
        let assessed = View { basis: Some(Basis::Assessment), ..all() };
        assert_eq!(held(&assessed)[0], [1]);
    }

    #[test]
    fn what_is_flattened_has_weights_and_isolates_as_asked() {
        let case = sketch::case(&TABLES);
        let entities = Entities::as_given(&case);
        let network = Network::new(&case, &entities);
        let flat = |view: &View, weight| {
            network.flatten(view, crate::graph::Direction::Undirected, weight)
        };
        let weights = |weight| {
            let csr = flat(&View::default(), weight).csr;
            csr.edges_of(0).map(|(_, weight)| weight).collect::<Vec<f64>>()
        };
        assert_eq!(weights(Weight::None), vec![1.0, 1.0]);
        assert_eq!(weights(Weight::Count), vec![6.0, 4.0]);
        let certain = [weights(Weight::Certainty), weights(Weight::Chance)].concat();
        // Of b 0.5 and 1, of c 0.8 and 0.9; one of them is right by 1 and by 1 - 0.2 · 0.1.
        let off = certain.iter().zip([1.5, 1.7, 1.0, 0.98]).map(|(got, want)| (got - want).abs());
        assert!(off.fold(0.0, f64::max) < 1e-12, "{certain:?}");

        let late = View { during: When::parse("2020-05").ok(), ..View::default() };
        let few = flat(&late, Weight::None);
        assert_eq!((few.nodes.len(), few.csr.edge_count(), few.left_out), (2, 1, 3));
        let kept = flat(&View { isolates: Isolates::Keep, ..late.clone() }, Weight::None);
        assert_eq!((kept.nodes.len(), kept.csr.neighbors(0)), (3, &[2][..]));
        let without = View { isolates: Isolates::Keep, without: vec![Role::Driver], ..late };
        assert_eq!(
            flat(&without, Weight::None).nodes.len(),
            2,
            "nobody is kept who is looked away from"
        );
    }

    #[test]
    fn something_can_have_been_from_its_start_to_its_end() {
        let on = |text: &str| When::parse(text).expect("a date");
        let none = on("");
        assert_eq!(span(on("2020-01-05"), on("2020-03")), on("2020-01-05").until(on("2020-03")));
        assert_eq!(span(on("2020"), none), on("2020"));
        assert_eq!(span(none, on("2021")), on("2021"));
        assert!(!span(none, none).is_known());
    }
}
