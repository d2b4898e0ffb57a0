use super::fold;
use crate::case::IdentifierKind;
/// The country whose numbers are written without a country code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Region([u8; 2]);
impl Default for Region {
    fn default() -> Self {
        Self(*b"NL")
    }
}
impl Region {
    /// The country of an ISO 3166 code of two letters, if its numbers are known here.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        code.as_bytes().try_into().ok().map(Self)
    }
}
/// An identifier made ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// Equal for two writings of one thing.
    pub key: String,
    /// What is left of a handle without its numbers.
    pub stem: Option<String>,
}
/// The keys of an identifier; none if it identifies nothing.
#[must_use]
pub fn identifier(_kind: IdentifierKind, text: &str, _region: Region) -> Option<Identifier> {
    Some(Identifier { key: fold(text), stem: None })
}
/// The parts of an address, folded, each as far as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressParts {
    /// `kerkstraat`.
    pub street: Option<String>,
    /// `12`.
    pub number: Option<String>,
    /// `b`.
    pub addition: Option<String>,
    /// `3512ab`.
    pub postcode: Option<String>,
    /// `utrecht`.
    pub town: Option<String>,
}
impl AddressParts {
    /// The parts of an address as people write it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self { street: Some(fold(text)), ..Self::default() }
    }
}
