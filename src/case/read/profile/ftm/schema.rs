//! What becomes of each schema of `FollowTheMoney`, as data.

use super::super::super::super::vocabulary::{IdentifierKind, LinkKind, Role, Status};

/// What an entity is to the tables.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Somebody who acts: a row of people.
    Actor,
    /// A case file.
    Case,
    /// Somewhere.
    Somewhere,
    /// What a person was in a case.
    Party,
    /// A tie between two who act.
    Tie(Tie),
    /// Something that people use, and that tells who they are.
    Used(Used),
    /// Nothing: why it is not read.
    None(&'static str),
}

/// The ends of a tie, and the kind of link it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) kind: LinkKind,
    /// The property in which a kind of our own may stand.
    pub(super) role: &'static str,
}

/// By which properties something is of somebody, and which tell who that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    pub(super) holders: &'static [&'static str],
    pub(super) values: &'static [(&'static str, IdentifierKind)],
}

const fn tie(from: &'static str, to: &'static str, kind: LinkKind, role: &'static str) -> Place {
    Place::Tie(Tie { from, to, kind, role })
}

const fn used(
    holders: &'static [&'static str],
    values: &'static [(&'static str, IdentifierKind)],
) -> Place {
    Place::Used(Used { holders, values })
}

const NO_TABLE: &str = "nothing: the contract has no table for it, so it was not read";
const DOCUMENT: &str =
    "nothing: documents are not read; where a row rests on one, say so in its `source`";
const SAME: &str = "nothing: whether two are one person is told with `--decisions`, or worked out";

impl Place {
    /// What an entity of this schema is to the tables.
    pub(super) fn of(schema: &str) -> Self {
        use IdentifierKind as Is;
        match schema {
            "Person" | "LegalEntity" | "Organization" | "Company" | "PublicBody" => Self::Actor,
            "CourtCase" => Self::Case,
            "Address" => Self::Somewhere,
            "CourtCaseParty" => Self::Party,
            "UnknownLink" => tie("subject", "object", LinkKind::Other, "role"),
            "Associate" => tie("person", "associate", LinkKind::Contact, "relationship"),
            "Family" => tie("person", "relative", LinkKind::Kin, "relationship"),
            "Payment" => tie("payer", "beneficiary", LinkKind::Paid, "purpose"),
            "Debt" => tie("debtor", "creditor", LinkKind::Other, ""),
            "Employment" => tie("employee", "employer", LinkKind::ProfessionalContact, "role"),
            "Membership" => tie("member", "organization", LinkKind::ProfessionalContact, "role"),
            "Directorship" => {
                tie("director", "organization", LinkKind::ProfessionalContact, "role")
            }
            "Representation" => tie("agent", "client", LinkKind::ProfessionalContact, "role"),
            "Ownership" => tie("owner", "asset", LinkKind::Other, "role"),
            "Succession" => tie("predecessor", "successor", LinkKind::Other, ""),
            "Call" => tie("caller", "receiver", LinkKind::Contact, ""),
            "Message" => tie("sender", "recipients", LinkKind::Contact, ""),
            "UserAccount" => used(
                &["owner"],
                &[("username", Is::Handle), ("email", Is::Email), ("number", Is::Phone)],
            ),
            "BankAccount" => {
                used(&["holder", "owner"], &[("iban", Is::Iban), ("accountNumber", Is::Iban)])
            }
            "CryptoWallet" => used(&["holder", "owner"], &[("publicKey", Is::Wallet)]),
            "Vehicle" => used(&["owner", "operator"], &[("registrationNumber", Is::Vehicle)]),
            "Identification" | "Passport" => used(&["holder"], &[("number", Is::Document)]),
            "Similar" => Self::None(SAME),
            "Document" | "Pages" | "PlainText" | "HyperText" | "Email" | "Image" | "Audio"
            | "Video" | "Table" | "Workbook" | "Folder" | "Package" | "Article"
            | "Documentation" | "Mention" | "Page" => Self::None(DOCUMENT),
            _ => Self::None(NO_TABLE),
        }
    }
}

/// Properties of somebody who acts that tell who it is.
pub(super) const TELLING: [(&str, IdentifierKind); 6] = [
    ("phone", IdentifierKind::Phone),
    ("email", IdentifierKind::Email),
    ("address", IdentifierKind::Address),
    ("website", IdentifierKind::Url),
    ("idNumber", IdentifierKind::Document),
    ("passportNumber", IdentifierKind::Document),
];

/// What a role of free text is in the contract; none where that cannot be told.
///
/// Whoever may be a victim is read as one: of the two mistakes that one takes nobody's protection away.
pub(super) fn role(text: &str) -> Option<(Role, Option<Status>)> {
    const VICTIM: [&str; 14] = [
        "victim",
        "victime",
        "víctima",
        "vittima",
        "vítima",
        "slachtoffer",
        "opfer",
        "offer",
        "ofiara",
        "жертва",
        "потерпевш",
        "injured party",
        "aggrieved",
        "complainant",
    ];
    const OTHERS: [(&str, Role, Option<Status>); 9] = [
        ("convict", Role::Offender, Some(Status::Convicted)),
        ("acquit", Role::Other, Some(Status::Acquitted)),
        ("defendant", Role::Offender, Some(Status::Suspect)),
        ("accused", Role::Offender, Some(Status::Suspect)),
        ("suspect", Role::Offender, Some(Status::Suspect)),
        ("witness", Role::Witness, Some(Status::Witness)),
        ("lawyer", Role::Professional, Some(Status::Professional)),
        ("prosecutor", Role::Professional, Some(Status::Professional)),
        ("judge", Role::Professional, Some(Status::Professional)),
    ];
    let text = text.to_lowercase();
    if VICTIM.iter().any(|word| text.contains(word)) {
        return Some((Role::Victim, Some(Status::Victim)));
    }
    OTHERS.iter().find(|(word, ..)| text.contains(word)).map(|&(_, role, status)| (role, status))
}
