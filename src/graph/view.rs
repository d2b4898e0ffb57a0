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
