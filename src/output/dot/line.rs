//! How links are drawn: a color and an arrowhead by kind, a line by certainty, a width by count.

use graphviz_rust::dot_structures::Attribute;

use super::attribute::{number, word};
use crate::case::LinkKind;
use crate::finding::TieKind;

/// Kinds of link that are drawn alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    Recruiting,
    Exploiting,
    Serving,
    Buying,
    Accomplice,
    Private,
    Contact,
    Role,
}

impl Tie {
    pub(super) fn of(kind: TieKind) -> Self {
        use LinkKind as K;
        let TieKind::Link(kind) = kind else { return Self::Role };
        match kind {
            K::FirstContact | K::Groomed | K::Recruited | K::Introduced | K::HandedOver => {
                Self::Recruiting
            }
            K::Exploited | K::Controlled | K::Advertised => Self::Exploiting,
            K::Transported | K::Housed => Self::Serving,
            K::Paid | K::ClientOf | K::Booked => Self::Buying,
            K::Accomplice => Self::Accomplice,
            K::Kin | K::Partner | K::Friend | K::CoResident => Self::Private,
            K::Contact | K::ProfessionalContact | K::ContactAfter | K::Other => Self::Contact,
        }
    }

    /// What the legend says.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Recruiting => "contact, grooming, recruiting",
            Self::Exploiting => "exploiting, controlling",
            Self::Serving => "transport, housing",
            Self::Buying => "paying, buying",
            Self::Accomplice => "accomplices",
            Self::Private => "family, friends, partners",
            Self::Contact => "other contact",
            Self::Role => "role in a case",
        }
    }

    /// The class in SVG.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Recruiting => "recruiting",
            Self::Exploiting => "exploiting",
            Self::Serving => "serving",
            Self::Buying => "buying",
            Self::Accomplice => "accomplice",
            Self::Private => "private",
            Self::Contact => "contact",
            Self::Role => "role",
        }
    }

    /// Color and arrowhead.
    pub(super) fn attributes(self) -> Vec<Attribute> {
        let (color, head) = match self {
            Self::Recruiting => ("#D55E00", "normal"),
            Self::Exploiting => ("#9C3F74", "diamond"),
            Self::Serving => ("#0072B2", "vee"),
            Self::Buying => ("#B87F00", "box"),
            Self::Accomplice => ("#000000", "none"),
            Self::Private => ("#009E73", "none"),
            Self::Contact => ("#777777", "open"),
            Self::Role => ("#555555", "none"),
        };
        vec![word("color", color), word("fontcolor", color), word("arrowhead", head)]
    }
}

/// How sure a link is, in the steps that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    Confirmed,
    Probable,
    Unconfirmed,
}

impl Sureness {
    pub(super) fn of(certainty: f64) -> Self {
        match certainty {
            c if c >= 0.8 => Self::Confirmed,
            c if c >= 0.5 => Self::Probable,
            _ => Self::Unconfirmed,
        }
    }

    /// What the legend says.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "certainty of .8 and more",
            Self::Probable => "certainty of .5 to .8",
            Self::Unconfirmed => "certainty under .5",
        }
    }

    /// The line.
    pub(super) fn attribute(self) -> Attribute {
        let line = match self {
            Self::Confirmed => "solid",
            Self::Probable => "dashed",
            Self::Unconfirmed => "dotted",
        };
        word("style", line)
    }
}

/// The width of a line: a step for each doubling of the count, to a limit.
///
/// The limit is lower for contacts: a hundred calls must not outshine one recruitment.
pub(super) fn width(tie: Tie, count: f64) -> Attribute {
    let widest = if tie == Tie::Contact { 2.0 } else { 4.0 };
    number("penwidth", (1.0 + count.max(1.0).log2()).min(widest))
}
