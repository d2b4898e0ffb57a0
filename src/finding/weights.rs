//! How likely a recruitment is, given that a row of some class is true.

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
    /// His first tie to her is before any other offender's, and exploitation began within a month of it.
    CameFirst,
    /// A link says that he exploited or controlled her.
    Exploited,
}

impl EvidenceClass {
    /// All classes.
    pub const ALL: [Self; 10] = [
        Self::Recruited,
        Self::FirstContact,
        Self::Groomed,
        Self::Introduced,
        Self::HandedOver,
        Self::RoleRecruiter,
        Self::RoleGroomer,
        Self::RoleOffender,
        Self::CameFirst,
        Self::Exploited,
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
            Self::CameFirst => "came first",
            Self::Exploited => "exploited",
        }
    }

    /// Whether the class says by itself who recruited, so that it makes weaker signs against others fade.
    #[must_use]
    pub fn is_direct(self) -> bool {
        matches!(self, Self::Recruited | Self::FirstContact | Self::Groomed | Self::RoleRecruiter)
    }
}

/// How likely a true recruitment is, given that a row of a class is true: the table ρ of the
/// recurrence posterior.
///
/// The values are a proposal, set before any data were seen, and never read sex, age or
/// origin. They are to be fitted on closed cases when there are any.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{EvidenceClass, EvidenceWeights, Standing};
///
/// let weights = EvidenceWeights::default();
/// let suspect = weights.of(EvidenceClass::FirstContact, Standing::Offender);
/// let social_worker = weights.of(EvidenceClass::FirstContact, Standing::Professional);
/// assert!(suspect > 8.0 * social_worker);
/// assert_eq!(weights.of(EvidenceClass::Recruited, Standing::Acquitted), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceWeights {
    /// By class, for an offender and for somebody whom no row places.
    pub rows: Vec<(EvidenceClass, f64, f64)>,
    /// By how much an offender's weight is multiplied for family, witnesses and reporters.
    pub bystander: f64,
    /// The same for clients.
    pub client: f64,
    /// The same for those there by profession.
    pub professional: f64,
    /// By how much weak signs are multiplied where another person directly stands as her recruiter.
    pub explained: f64,
}

impl Default for EvidenceWeights {
    fn default() -> Self {
        use EvidenceClass as Class;
        Self {
            rows: vec![
                (Class::Recruited, 0.90, 0.75),
                (Class::FirstContact, 0.90, 0.50),
                (Class::Groomed, 0.85, 0.60),
                (Class::Introduced, 0.60, 0.45),
                (Class::HandedOver, 0.45, 0.30),
                (Class::RoleRecruiter, 0.85, 0.85),
                (Class::RoleGroomer, 0.55, 0.55),
                (Class::RoleOffender, 0.12, 0.12),
                (Class::CameFirst, 0.45, 0.15),
                (Class::Exploited, 0.10, 0.05),
            ],
            bystander: 0.2,
            client: 0.15,
            professional: 0.1,
            explained: 0.15,
        }
    }
}

impl EvidenceWeights {
    /// The weight of a class for somebody of that standing; nothing for one who was acquitted.
    #[must_use]
    pub fn of(&self, class: EvidenceClass, standing: Standing) -> f64 {
        let row = self.rows.iter().find(|row| row.0 == class);
        let (offender, unplaced) = row.map_or((0.0, 0.0), |row| (row.1, row.2));
        match standing {
            Standing::Unplaced => unplaced,
            _ => offender * self.factor(standing),
        }
    }

    /// By how much an offender's weight is multiplied for somebody of that standing.
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
