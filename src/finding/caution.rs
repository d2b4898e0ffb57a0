//! What a reader should know before he thinks ill of somebody.

use std::fmt;

use serde::{Serialize, Serializer};

/// What speaks for caution beside a recurrence.
///
/// In `findings.json` it is a sentence in English; a report says it in its own language.
///
/// # Examples
///
/// ```
/// use kluwen::finding::Caution;
///
/// assert_eq!(Caution::OneSource.to_string(), "all of it comes from one source");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Caution {
    /// May be one person with somebody protected, with this probability.
    MayBeProtected(f64),
    /// There by profession in a case that counts.
    Professional,
    /// A client in a case that counts.
    Client,
    /// Family, witness or reporter in a case that counts.
    Bystander,
    /// Acquitted in the case file of this id.
    Acquitted(String),
    /// All evidence is of one source.
    OneSource,
    /// Its case files lie within a month of each other.
    NearInTime,
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MayBeProtected(chance) => write!(
                f,
                "may be one person with somebody who is a victim in some case ({}): if so, not an offender \
                 to be ranked",
                whole_percent(*chance)
            ),
            Self::Professional => f.write_str("there by profession in a case that counts here"),
            Self::Client => f.write_str("a client in a case that counts here"),
            Self::Bystander => {
                f.write_str("family, witness or reporter in a case that counts here")
            }
            Self::Acquitted(file) => write!(f, "acquitted in {file}; its rows do not count"),
            Self::OneSource => f.write_str("all of it comes from one source"),
            Self::NearInTime => f.write_str(
                "its case files lie within a month of each other: one episode, if that is to count",
            ),
        }
    }
}

impl Serialize for Caution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// At least 1 %: what is said at all is not nothing.
fn whole_percent(chance: f64) -> String {
    format!("{:.0}%", (chance * 100.0).max(1.0))
}
