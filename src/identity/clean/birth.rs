use crate::case::When;
/// How alike two dates of birth are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BirthLikeness {
    /// One day.
    Same,
    /// Days a slip of the pen apart.
    Near,
    /// They can be one day.
    Compatible,
    /// They cannot be one day.
    Different,
    /// Two days that differ by more than a slip.
    Excluded,
}
/// How alike two dates of birth are; none where one is missing.
#[must_use]
pub fn birth_likeness(a: When, b: When) -> Option<BirthLikeness> {
    (a.is_known() && b.is_known())
        .then(|| if a == b { BirthLikeness::Same } else { BirthLikeness::Different })
}
