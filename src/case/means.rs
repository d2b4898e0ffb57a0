//! The means of a row.

use super::vocabulary::{Code as _, MeansCode};

/// The means of one row: a set of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Means(u16);

impl Means {
    /// A bit for each code, as a snapshot holds them.
    pub(super) fn to_bits(self) -> u16 {
        self.0
    }

    /// The means of these bits; none where a bit is of no code.
    pub(super) fn from_bits(bits: u16) -> Option<Self> {
        (u32::from(bits) >> MeansCode::ALL.len() == 0).then_some(Self(bits))
    }

    /// The set with `code` in it too.
    #[must_use]
    pub fn with(self, code: MeansCode) -> Self {
        Self(self.0 | 1 << code as u16)
    }

    /// Whether `code` is in the set.
    #[must_use]
    pub fn contains(self, code: MeansCode) -> bool {
        self.0 & (1 << code as u16) != 0
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The codes of the set, in the contract's order.
    pub fn iter(self) -> impl Iterator<Item = MeansCode> {
        MeansCode::ALL.iter().map(|&(_, code)| code).filter(move |&code| self.contains(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_a_set() {
        let means = Means::default().with(MeansCode::Debt).with(MeansCode::Affection);
        let codes: Vec<_> = means.iter().map(MeansCode::code).collect();
        assert_eq!(codes, ["affection", "debt"]);
    }
}
