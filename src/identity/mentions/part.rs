//! What a mention is in its cases.

/// What a mention is in its cases, as far as it says how often such people come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::identity) enum Part {
    /// Recruits, grooms or makes the first contact.
    Recruiter,
    /// Takes another part in it.
    Offender,
    Client,
    Professional,
    Victim,
    #[default]
    Other,
}

impl Part {
    /// Which of two parts a mention has that has both: a victim is one before anything else, a professional before an offender.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Client => 1,
            Self::Offender => 2,
            Self::Recruiter => 3,
            Self::Professional => 4,
            Self::Victim => 5,
        }
    }

    /// One number for parts that one person may have in two files.
    pub(in crate::identity) fn group(self) -> u64 {
        if self.is_offender() { 0 } else { 1 + u64::from(self.rank()) }
    }

    pub(in crate::identity) fn is_offender(self) -> bool {
        matches!(self, Self::Recruiter | Self::Offender)
    }
}
