//! What is compared between two mentions, and how alike it can be.

use crate::case::IdentifierKind;

/// Something that is compared between two mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    Given,
    Family,
    /// Nicknames and names of one word, against each other and against all names of the other.
    Alias,
    /// A given name that a handle holds.
    Hint,
    Birth,
    Phone,
    Email,
    Handle,
    Iban,
    Wallet,
    Vehicle,
    Address,
    Device,
    Document,
    Image,
    Url,
    /// Places that the person's acts name.
    Place,
    /// Channels that the person's acts name.
    Channel,
    /// Other people of the person's case files.
    Company,
}

impl Field {
    pub(super) const ALL: [Self; 19] = [
        Self::Given,
        Self::Family,
        Self::Alias,
        Self::Hint,
        Self::Birth,
        Self::Phone,
        Self::Email,
        Self::Handle,
        Self::Iban,
        Self::Wallet,
        Self::Vehicle,
        Self::Address,
        Self::Device,
        Self::Document,
        Self::Image,
        Self::Url,
        Self::Place,
        Self::Channel,
        Self::Company,
    ];

    pub(super) const COUNT: usize = Self::ALL.len();

    pub(super) fn of(kind: IdentifierKind) -> Self {
        match kind {
            IdentifierKind::Phone => Self::Phone,
            IdentifierKind::Email => Self::Email,
            IdentifierKind::Handle => Self::Handle,
            IdentifierKind::Iban => Self::Iban,
            IdentifierKind::Wallet => Self::Wallet,
            IdentifierKind::Vehicle => Self::Vehicle,
            IdentifierKind::Address => Self::Address,
            IdentifierKind::Device => Self::Device,
            IdentifierKind::Document => Self::Document,
            IdentifierKind::Image => Self::Image,
            IdentifierKind::Url => Self::Url,
        }
    }

    /// Its name in an explanation.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Given => "given name",
            Self::Family => "family name",
            Self::Alias => "nickname",
            Self::Hint => "name in a handle",
            Self::Birth => "date of birth",
            Self::Phone => "phone",
            Self::Email => "e-mail",
            Self::Handle => "handle",
            Self::Iban => "bank account",
            Self::Wallet => "wallet",
            Self::Vehicle => "vehicle",
            Self::Address => "address",
            Self::Device => "device",
            Self::Document => "document",
            Self::Image => "image",
            Self::Url => "web address",
            Self::Place => "places",
            Self::Channel => "channels",
            Self::Company => "company",
        }
    }

    pub(super) fn is_identifier(self) -> bool {
        (Self::Phone..=Self::Url).contains(&self)
    }

    /// The least that another value says, as a natural logarithm; none where it may say as much against as the data show.
    ///
    /// People change phones and have two nicknames. Fitted to the pairs that are found, a change looks rarer than it is, because whoever
    /// changed everything is not found.
    pub(super) fn least_weight(self) -> Option<f64> {
        match self {
            Self::Given | Self::Family | Self::Birth | Self::Document => None,
            Self::Alias => Some(-1.0),
            _ => Some(-2.0 * std::f64::consts::LN_2),
        }
    }

    /// What is expected of one person before the data speak: shares of the levels from [`SAME`] on.
    ///
    /// They count as much as `model::PRIOR_PAIRS` pairs, so they matter where little is known.
    pub(super) fn expected(self) -> [f64; LEVELS] {
        match self {
            Self::Given | Self::Family => [0.82, 0.05, 0.06, 0.02, 0.05],
            Self::Alias => [0.45, 0.10, 0.0, 0.0, 0.45],
            Self::Birth => [0.84, 0.06, 0.06, 0.02, 0.02],
            Self::Iban | Self::Wallet | Self::Device | Self::Document => {
                [0.60, 0.05, 0.0, 0.0, 0.35]
            }
            Self::Address => [0.45, 0.10, 0.05, 0.0, 0.40],
            Self::Company => [0.25, 0.0, 0.0, 0.0, 0.75],
            _ => [0.45, 0.05, 0.0, 0.0, 0.50],
        }
    }
}

/// How many levels of likeness a field can have.
pub(super) const LEVELS: usize = 5;

/// One side or both say nothing.
pub(super) const MISSING: u8 = 0;
/// The same value: how much it says depends on how rare the value is.
pub(super) const SAME: u8 = 1;
/// Another writing of one value, or nearly it.
pub(super) const NEAR: u8 = 2;
/// A slip of the pen in a name, or an interval that holds the other; part of an address.
pub(super) const PART: u8 = 3;
/// Words that sound alike, an initial, or dates that a guess explains.
pub(super) const FAINT: u8 = 4;
/// Another value.
pub(super) const OTHER: u8 = 5;

/// By field: how alike two mentions are.
pub(super) type Pattern = [u8; Field::COUNT];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Code as _;

    #[test]
    fn kinds_of_identifiers_are_fields_of_their_own() {
        let mut fields: Vec<Field> =
            IdentifierKind::ALL.iter().map(|&(_, kind)| Field::of(kind)).collect();
        let count = fields.len();
        fields.sort();
        fields.dedup();
        assert_eq!(fields.len(), count);
        let others = Field::ALL.into_iter().filter(|field| !field.is_identifier());
        assert_eq!(
            others.map(Field::name).collect::<Vec<_>>(),
            [
                "given name",
                "family name",
                "nickname",
                "name in a handle",
                "date of birth",
                "places",
                "channels",
                "company",
            ]
        );
        assert!(fields.iter().all(|field| field.is_identifier()) && count == 11);
    }

    #[test]
    fn what_is_expected_of_one_person_are_shares() {
        for field in Field::ALL {
            assert!((field.expected().iter().sum::<f64>() - 1.0).abs() < 1e-9, "{field:?}");
        }
        // Numbers that people keep are kept more often than those they change; few live in company twice.
        for (field, same, near) in [
            (Field::Given, 0.82, 0.05),
            (Field::Birth, 0.84, 0.06),
            (Field::Alias, 0.45, 0.10),
            (Field::Iban, 0.60, 0.05),
            (Field::Address, 0.45, 0.10),
            (Field::Phone, 0.45, 0.05),
            (Field::Company, 0.25, 0.0),
        ] {
            let expected = field.expected();
            assert!((expected[0] - same).abs() + (expected[1] - near).abs() < 1e-9, "{field:?}");
        }
    }

    #[test]
    fn only_what_people_change_has_a_least_weight() {
        let least = |field: Field| field.least_weight().map(|weight| (weight * 1000.0).round());
        for field in [Field::Given, Field::Family, Field::Birth, Field::Document] {
            assert_eq!(least(field).map(f64::to_bits), None, "{field:?}");
        }
        // One nat, and two bits.
        assert_eq!(least(Field::Alias).map(f64::to_bits), Some((-1000.0_f64).to_bits()));
        assert_eq!(least(Field::Phone).map(f64::to_bits), Some((-1386.0_f64).to_bits()));
    }
}
