//! How links are drawn: a color and an arrowhead by kind, a line by certainty, a width by count.

use crate::case::LinkKind;
use crate::finding::TieKind;

/// Kinds of link that are drawn alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::output) enum Tie {
    Recruiting,
    Exploiting,
    Serving,
    Buying,
    Accomplice,
    Private,
    Contact,
    Role,
    Use,
}

/// The end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::output) enum Head {
    None,
    Arrow,
    Diamond,
    Vee,
    Box,
    Open,
}

impl Head {
    /// The corners of the end in a box of length 2 whose tip is at (1, 0); nothing where a line just ends.
    pub(in crate::output) fn outline(self) -> &'static [[f64; 2]] {
        match self {
            Self::None => &[],
            Self::Arrow => &[[1.0, 0.0], [-1.0, 0.84], [-1.0, -0.84]],
            Self::Vee => &[[1.0, 0.0], [-1.0, 0.84], [-0.2, 0.0], [-1.0, -0.84]],
            Self::Diamond => &[[1.0, 0.0], [0.0, 0.76], [-1.0, 0.0], [0.0, -0.76]],
            Self::Box => &[[0.8, 0.67], [0.8, -0.67], [-1.0, -0.67], [-1.0, 0.67]],
            Self::Open => &[[-0.8, 0.84], [1.0, 0.0], [-0.8, -0.84]],
        }
    }

    /// Whether its outline is a line that is not closed.
    pub(in crate::output) fn is_hollow(self) -> bool {
        self == Self::Open
    }
}

impl Tie {
    pub(in crate::output) fn of(kind: TieKind) -> Self {
        use LinkKind as K;
        let kind = match kind {
            TieKind::Link(kind) => kind,
            TieKind::Role(_) => return Self::Role,
            TieKind::Use(_) | TieKind::Place | TieKind::Identifier => return Self::Use,
        };
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

    /// The class in SVG; `tie-` before it is the key of the words of the legend.
    pub(in crate::output) fn class(self) -> &'static str {
        match self {
            Self::Recruiting => "recruiting",
            Self::Exploiting => "exploiting",
            Self::Serving => "serving",
            Self::Buying => "buying",
            Self::Accomplice => "accomplice",
            Self::Private => "private",
            Self::Contact => "contact",
            Self::Role => "role",
            Self::Use => "use",
        }
    }

    /// As `#RRGGBB`.
    pub(in crate::output) fn color(self) -> &'static str {
        match self {
            Self::Recruiting => "#D55E00",
            Self::Exploiting => "#9C3F74",
            Self::Serving => "#0072B2",
            Self::Buying => "#B87F00",
            Self::Accomplice => "#000000",
            Self::Private => "#009E73",
            Self::Contact => "#777777",
            Self::Role | Self::Use => "#555555",
        }
    }

    pub(in crate::output) fn head(self) -> Head {
        match self {
            Self::Recruiting => Head::Arrow,
            Self::Exploiting => Head::Diamond,
            Self::Serving => Head::Vee,
            Self::Buying => Head::Box,
            Self::Contact => Head::Open,
            Self::Accomplice | Self::Private | Self::Role | Self::Use => Head::None,
        }
    }

    /// The width of a line: a step for each doubling of the count, to a limit.
    ///
    /// The limit is lower for contacts: a hundred calls must not outshine one recruitment.
    pub(in crate::output) fn width(self, count: f64) -> f64 {
        let widest = if self == Self::Contact { 2.0 } else { 4.0 };
        (1.0 + libm::log2(count.max(1.0))).min(widest)
    }
}

/// How sure a link is, in the steps that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::output) enum Sureness {
    Confirmed,
    Probable,
    Unconfirmed,
}

impl Sureness {
    pub(in crate::output) fn of(certainty: f64) -> Self {
        match certainty {
            c if c >= 0.8 => Self::Confirmed,
            c if c >= 0.5 => Self::Probable,
            _ => Self::Unconfirmed,
        }
    }

    /// `sure-` before it is the key of the words of the legend.
    pub(in crate::output) fn class(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Probable => "probable",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// How its line is broken: a stroke and a gap, each as a length and what is added for a line of width 1; nothing where it is whole.
    pub(in crate::output) fn dashes(self) -> &'static [[f64; 2]] {
        match self {
            Self::Confirmed => &[],
            Self::Probable => &[[5.0, 1.0], [3.0, 1.0]],
            Self::Unconfirmed => &[[0.1, 0.0], [2.0, 1.6]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Role;
    use crate::finding::Use;

    #[test]
    fn kinds_of_tie_are_drawn_by_what_they_are() {
        use LinkKind as K;
        for (tie, kinds) in [
            (
                Tie::Recruiting,
                &[K::FirstContact, K::Groomed, K::Recruited, K::Introduced, K::HandedOver][..],
            ),
            (Tie::Exploiting, &[K::Exploited, K::Controlled, K::Advertised]),
            (Tie::Serving, &[K::Transported, K::Housed]),
            (Tie::Buying, &[K::Paid, K::ClientOf, K::Booked]),
            (Tie::Accomplice, &[K::Accomplice]),
            (Tie::Private, &[K::Kin, K::Partner, K::Friend, K::CoResident]),
            (Tie::Contact, &[K::Contact, K::ProfessionalContact, K::ContactAfter, K::Other]),
        ] {
            assert!(kinds.iter().all(|&kind| Tie::of(TieKind::Link(kind)) == tie), "{tie:?}");
        }
        assert_eq!(Tie::of(TieKind::Role(Role::Victim)), Tie::Role);
        for used in [TieKind::Use(Use::Advertising), TieKind::Place, TieKind::Identifier] {
            assert_eq!(Tie::of(used), Tie::Use);
        }
    }

    #[test]
    fn a_line_is_wider_by_one_for_each_doubling_up_to_a_limit() {
        for (count, usual, contact) in [
            (0.0, 1.0, 1.0),
            (1.0, 1.0, 1.0),
            (2.0, 2.0, 2.0),
            (4.0, 3.0, 2.0),
            (8.0, 4.0, 2.0),
            (1e9, 4.0, 2.0),
        ] {
            let widths = [Tie::Recruiting, Tie::Contact].map(|tie| tie.width(count));
            assert_eq!(widths.to_vec(), [usual, contact], "{count}");
        }
    }

    #[test]
    fn a_link_is_confirmed_from_four_fifths_and_probable_from_a_half() {
        for (certainty, step) in [
            (1.0, Sureness::Confirmed),
            (0.8, Sureness::Confirmed),
            (0.799, Sureness::Probable),
            (0.5, Sureness::Probable),
            (0.499, Sureness::Unconfirmed),
            (0.0, Sureness::Unconfirmed),
        ] {
            assert_eq!(Sureness::of(certainty), step, "{certainty}");
        }
    }
}
