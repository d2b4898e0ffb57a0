//! How much each class of evidence speaks for a recruitment, before any data were seen.

use super::standing::Standing;

/// A class of evidence that one person recruited another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceClass {
    /// A link says that he recruited her.
    Recruited,
    /// A link says that he made the first contact.
    FirstContact,
    /// A link says that he groomed her.
    Groomed,
    /// A link says that he introduced her to an offender.
    Introduced,
    /// A link says that he handed her over to another offender.
    HandedOver,
    /// He has the role of recruiter in her case.
    RoleRecruiter,
    /// He has the role of groomer in her case.
    RoleGroomer,
    /// He has the role of exploiter, controller or broker in her case, or of an offender without a known part.
    RoleOffender,
    /// He has a helper's role in her case: advertiser, driver, host, money handler, provider of identities.
    RoleHelper,
    /// His first tie to her is before any other offender's, and exploitation began within a month of it.
    CameFirst,
    /// A link says that he exploited or controlled her.
    Exploited,
    /// Some other link ties him to her.
    Tied,
}

impl EvidenceClass {
    /// All classes, in order.
    pub const ALL: [Self; 12] = [
        Self::Recruited,
        Self::FirstContact,
        Self::Groomed,
        Self::Introduced,
        Self::HandedOver,
        Self::RoleRecruiter,
        Self::RoleGroomer,
        Self::RoleOffender,
        Self::RoleHelper,
        Self::CameFirst,
        Self::Exploited,
        Self::Tied,
    ];

    /// The class in a finding.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recruited => "recruited",
            Self::FirstContact => "first_contact",
            Self::Groomed => "groomed",
            Self::Introduced => "introduced",
            Self::HandedOver => "handed_over",
            Self::RoleRecruiter => "role recruiter",
            Self::RoleGroomer => "role groomer",
            Self::RoleOffender => "other offender's role",
            Self::RoleHelper => "helper's role",
            Self::CameFirst => "came first",
            Self::Exploited => "exploited",
            Self::Tied => "other tie",
        }
    }

    /// Whether a row of the class states an act of bringing her in.
    #[must_use]
    pub fn is_act(self) -> bool {
        matches!(
            self,
            Self::Recruited
                | Self::FirstContact
                | Self::Groomed
                | Self::Introduced
                | Self::HandedOver
        )
    }

    /// Whether a row of the class states his part in the case.
    #[must_use]
    pub fn is_role(self) -> bool {
        matches!(
            self,
            Self::RoleRecruiter | Self::RoleGroomer | Self::RoleOffender | Self::RoleHelper
        )
    }

    /// Whether a row of the class speaks of recruiting at all. Nobody is listed without one that does.
    #[must_use]
    pub fn speaks(self) -> bool {
        self.is_act() || matches!(self, Self::RoleRecruiter | Self::RoleGroomer)
    }

    /// Its place in [`ALL`](Self::ALL).
    #[must_use]
    pub(super) fn number(self) -> usize {
        self as usize
    }
}

/// How often a class is on record for who recruited a victim, and for the other offenders of her case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassRates {
    /// The class.
    pub class: EvidenceClass,
    /// The chance of such a row where he recruited her: `m`.
    pub recruiter: f64,
    /// The chance of such a row where he did not: `u`.
    pub other: f64,
}

/// What rows are worth: rates of each class, which the data at hand move, and doubts by standing.
///
/// The rates are a proposal, set before any data were seen; they never read sex, age or origin. A row
/// makes a recruitment `m / u` times likelier, and where acts against a victim are on record at all, the lack of a
/// row makes it `(1 - m) / (1 - u)` times as likely. How the data move the rates: see `prior_pairs`.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{EvidenceWeights, Standing};
///
/// let weights = EvidenceWeights::default();
/// assert_eq!(weights.factor(Standing::Offender), 1.0);
/// assert!(weights.factor(Standing::Professional) <= 0.1);
/// assert_eq!(weights.factor(Standing::Acquitted), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceWeights {
    /// The rates by class. Of the roles, rates are among those who have one, and add up to 1.
    pub rates: Vec<ClassRates>,
    /// The chance that an offender on record in a victim's case recruited her.
    pub recruiting: f64,
    /// How many pairs of offender and victim the rates above are worth, against those of the data.
    /// [`f64::INFINITY`] keeps the rates as they are.
    pub prior_pairs: f64,
    /// The chance that the evidence of a family member, witness or reporter is that of an offender.
    pub bystander: f64,
    /// The same of a client.
    pub client: f64,
    /// The same of those there by profession.
    pub professional: f64,
    /// How much rarer a second recruiter of one victim is than independence would have it; 0 allows one only.
    pub second: f64,
}

impl Default for EvidenceWeights {
    fn default() -> Self {
        use EvidenceClass as Class;
        let rates = |(class, recruiter, other)| ClassRates { class, recruiter, other };
        Self {
            rates: [
                (Class::Recruited, 0.55, 0.01),
                (Class::FirstContact, 0.40, 0.01),
                (Class::Groomed, 0.25, 0.02),
                (Class::Introduced, 0.06, 0.02),
                (Class::HandedOver, 0.08, 0.03),
                (Class::RoleRecruiter, 0.60, 0.06),
                (Class::RoleGroomer, 0.10, 0.03),
                (Class::RoleOffender, 0.25, 0.46),
                (Class::RoleHelper, 0.05, 0.45),
                (Class::CameFirst, 0.50, 0.12),
                (Class::Exploited, 0.35, 0.40),
                (Class::Tied, 0.60, 0.45),
            ]
            .map(rates)
            .to_vec(),
            recruiting: 0.28,
            prior_pairs: 50.0,
            bystander: 0.2,
            client: 0.1,
            professional: 0.1,
            second: 0.15,
        }
    }
}

impl EvidenceWeights {
    /// The chance that evidence against somebody of that standing is that of an offender.
    #[must_use]
    pub fn factor(&self, standing: Standing) -> f64 {
        match standing {
            Standing::Offender | Standing::Unplaced => 1.0,
            Standing::Bystander => self.bystander,
            Standing::Client => self.client,
            Standing::Professional => self.professional,
            Standing::Acquitted => 0.0,
        }
    }
}
