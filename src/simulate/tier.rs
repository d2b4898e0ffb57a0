//! How well the files were kept: the observation model, tier by tier.

/// How hard it is to see the truth through the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Careful files: names are names, phones stay.
    Easy,
    /// Files as one may expect them. This is the default.
    #[default]
    Standard,
    /// Half of what would tell is missing, false or under another name.
    Hard,
}

impl Tier {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Standard => "standard",
            Self::Hard => "hard",
        }
    }
}

/// The chances with which the truth is written down, left out or written down wrongly.
///
/// Of assumptions, not of facts about the world. A field named after two roles is the chance
/// that the first is recorded as the second.
///
/// # Examples
///
/// ```
/// use kluwen::simulate::{Recording, Tier};
///
/// assert_eq!(Recording::of(Tier::Hard).mention_missing, 0.25);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Somebody who took part is not mentioned at all; never a victim.
    pub mention_missing: f64,
    /// An offender stands under a nickname or a first name only.
    pub under_alias: f64,
    /// Of those, under a nickname that tells nothing of the name.
    pub free_nickname: f64,
    /// A name has a slip of the pen.
    pub typo: f64,
    /// A name is spelt by another habit: transliteration, diacritics, particles.
    pub other_spelling: f64,
    /// In another case, somebody's phone is still that of before.
    pub phone_kept: f64,
    /// In another case, his handle is still that of before.
    pub handle_kept: f64,
    /// In another case, his address is still that of before.
    pub address_kept: f64,
    /// An address that was left is a hotel.
    pub hotel_instead: f64,
    /// A date of birth is recorded.
    pub birth_known: f64,
    /// A phone is recorded.
    pub phone_known: f64,
    /// A handle is recorded.
    pub handle_known: f64,
    /// An address is recorded.
    pub address_known: f64,
    /// A vehicle is recorded.
    pub vehicle_known: f64,
    /// A bank account is recorded.
    pub iban_known: f64,
    /// A true recruitment is recorded as one; else as a contact.
    pub recruitment_recorded: f64,
    /// Another offender is said to have recruited a victim of the case.
    pub false_recruiter: f64,
    /// The same of somebody who is there by profession.
    pub false_professional: f64,
    /// The same of a client.
    pub false_client: f64,
    /// No role is recorded, or none that tells.
    pub role_missing: f64,
    /// A recruiter is recorded as an exploiter.
    pub recruiter_as_exploiter: f64,
    /// An exploiter is recorded as a recruiter.
    pub exploiter_as_recruiter: f64,
    /// A facilitator is recorded as a recruiter.
    pub facilitator_as_recruiter: f64,
    /// A date is missing.
    pub date_missing: f64,
    /// A date is no finer than a month.
    pub date_month: f64,
    /// A date of birth is false.
    pub false_birth: f64,
    /// In a case of her own, nothing marks a coerced victim who recruited as one.
    ///
    /// 0 in every tier: without a mark nobody could know, and a leak would be no engine's fault. A
    /// trial of its own may raise it.
    pub coerced_unmarked: f64,
}

impl Recording {
    /// The figures of a tier: the table of `science.md` §9.2.
    #[must_use]
    pub fn of(tier: Tier) -> Self {
        let by = |easy: f64, standard: f64, hard: f64| match tier {
            Tier::Easy => easy,
            Tier::Standard => standard,
            Tier::Hard => hard,
        };
        Self {
            mention_missing: by(0.05, 0.15, 0.25),
            under_alias: by(0.15, 0.45, 0.65),
            free_nickname: 0.6,
            typo: 0.08,
            other_spelling: by(0.10, 0.25, 0.40),
            phone_kept: by(0.80, 0.45, 0.25),
            handle_kept: by(0.85, 0.50, 0.30),
            address_kept: by(0.80, 0.50, 0.35),
            hotel_instead: 0.3,
            birth_known: by(0.5, 0.5, 0.3),
            phone_known: by(0.6, 0.6, 0.45),
            handle_known: by(0.4, 0.4, 0.3),
            address_known: 0.4,
            vehicle_known: 0.15,
            iban_known: 0.12,
            recruitment_recorded: by(0.85, 0.60, 0.40),
            false_recruiter: by(0.01, 0.03, 0.08),
            false_professional: by(0.003, 0.01, 0.03),
            false_client: by(0.01, 0.03, 0.08) / 3.0,
            role_missing: by(0.05, 0.15, 0.40),
            recruiter_as_exploiter: by(0.10, 0.25, 0.40),
            exploiter_as_recruiter: by(0.03, 0.08, 0.12),
            facilitator_as_recruiter: by(0.02, 0.06, 0.10),
            date_missing: 0.30,
            date_month: 0.40,
            false_birth: 0.02,
            coerced_unmarked: 0.0,
        }
    }
}
