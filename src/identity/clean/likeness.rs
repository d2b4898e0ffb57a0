use super::Token;
/// How alike two words of a name are, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same letters.
    Same,
    /// One name in two writings, or a name and its pet form.
    Variant,
    /// A slip of the pen apart.
    Close,
    /// They sound alike.
    Sound,
    /// One is the other's first letter.
    Initial,
    /// None of these.
    Different,
}
/// How alike two words are.
#[must_use]
pub fn likeness(a: &Token, b: &Token) -> Likeness {
    if a == b { Likeness::Same } else { Likeness::Different }
}
