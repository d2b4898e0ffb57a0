use super::fold;
/// A name as people write it, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Given names and initials, folded.
    pub given: Vec<String>,
    /// Family names, folded, without particles.
    pub family: Vec<String>,
    /// `van`, `der`, `el`.
    pub particles: Vec<String>,
    /// Nicknames in quotes or brackets.
    pub nick: Vec<String>,
    /// The one word of a name of one word.
    pub single: Option<String>,
}
impl Name {
    /// The name that `text` stands for.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self { single: Some(fold(text)), ..Self::default() }
    }
    /// Whether it names nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
