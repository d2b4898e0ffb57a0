//! Where the model is known to fail, and how far it was wrong where the truth is known.

use std::fmt;

use serde::{Serialize, Serializer};

/// A way in which the model is known to fail.
///
/// In `findings.json` it is a sentence in English; a report says it in its own language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownFailure {
    /// Two people read as one, or one as two.
    WhoIsWho,
    /// What nobody wrote down.
    Unwritten,
    /// Several who recruit one victim together.
    Several,
    /// Errors that agree.
    AgreeingErrors,
    /// Rates of errors are those of the case itself.
    OwnRates,
    /// Who is watched more ranks higher.
    Watched,
    /// Victims who are recorded nowhere as such.
    UnknownVictims,
}

impl KnownFailure {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::WhoIsWho,
        Self::Unwritten,
        Self::Several,
        Self::AgreeingErrors,
        Self::OwnRates,
        Self::Watched,
        Self::UnknownVictims,
    ];
}

impl fmt::Display for KnownFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WhoIsWho => {
                "Who is who: two people read as one make a recurring recruiter of two who recruited once each, and one read as two \
                 hides one."
            }
            Self::Unwritten => {
                "What nobody wrote down: a recruiter whom no row calls one is not found, whatever he did."
            }
            Self::Several => {
                "Several who recruit one victim together weaken each other, because one recruiter a victim is the rule."
            }
            Self::AgreeingErrors => {
                "Errors that agree: two rows copied from one statement under two sources count as two."
            }
            Self::OwnRates => {
                "Rates of errors are estimated from the case itself; in a small case they are mostly what was assumed beforehand."
            }
            Self::Watched => {
                "Files are not the world: who is watched more is written down more, and ranks higher for it."
            }
            Self::UnknownVictims => "Victims who are recorded nowhere as such are not protected.",
        })
    }
}

impl Serialize for KnownFailure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How far the model was wrong on invented cases whose truth is known; shares of 1, on a standard and on a hard tier.
///
/// In `findings.json` it is a sentence in English; a report says it in its own language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SyntheticError {
    /// How many cases a tier.
    pub cases: usize,
    /// Victims in each.
    pub victims: usize,
    /// The recurrence from which somebody counts as listed.
    pub listed: f64,
    /// Of those listed: the share announced as errors.
    pub announced: [f64; 2],
    /// The share that were.
    pub observed: [f64; 2],
    /// The share of those who could be found that were.
    pub found: [f64; 2],
}

impl fmt::Display for SyntheticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = self.listed.to_string();
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        write!(
            f,
            "on {} invented cases of {} victims a tier, of those listed at {} or more {} (standard tier) and {} \
             (hard) were announced as errors, and {} and {} were: two people read as one, for the most part. Expect up to half as many innocents \
             again as announced. Found were {} and {} of those who could be.",
            self.cases,
            self.victims,
            listed.trim_start_matches('0'),
            percent(self.announced[0]),
            percent(self.announced[1]),
            percent(self.observed[0]),
            percent(self.observed[1]),
            percent(self.found[0]),
            percent(self.found[1]),
        )
    }
}

impl Serialize for SyntheticError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
