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

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a schema, in words.
    fn told(schema: &str) -> String {
        match Place::of(schema) {
            Place::Actor => "actor".into(),
            Place::Case => "case".into(),
            Place::Somewhere => "place".into(),
            Place::Party => "party".into(),
            Place::Tie(Tie { from, to, kind, role }) => format!("{from} {kind} {to} ({role})"),
            Place::Used(Used { holders, values }) => {
                let values = values.iter().map(|(name, kind)| format!("{name} is {kind}"));
                format!("{}: {}", holders.join(", "), values.collect::<Vec<_>>().join(", "))
            }
            Place::None(why) => why.into(),
        }
    }

    #[test]
    fn each_schema_has_its_place() {
        for (schema, place) in [
            ("Person", "actor"),
            ("LegalEntity", "actor"),
            ("Organization", "actor"),
            ("Company", "actor"),
            ("PublicBody", "actor"),
            ("CourtCase", "case"),
            ("Address", "place"),
            ("CourtCaseParty", "party"),
            ("UnknownLink", "subject other object (role)"),
            ("Associate", "person contact associate (relationship)"),
            ("Family", "person kin relative (relationship)"),
            ("Payment", "payer paid beneficiary (purpose)"),
            ("Debt", "debtor other creditor ()"),
            ("Employment", "employee professional_contact employer (role)"),
            ("Membership", "member professional_contact organization (role)"),
            ("Directorship", "director professional_contact organization (role)"),
            ("Representation", "agent professional_contact client (role)"),
            ("Ownership", "owner other asset (role)"),
            ("Succession", "predecessor other successor ()"),
            ("Call", "caller contact receiver ()"),
            ("Message", "sender contact recipients ()"),
            ("UserAccount", "owner: username is handle, email is email, number is phone"),
            ("BankAccount", "holder, owner: iban is iban, accountNumber is iban"),
            ("CryptoWallet", "holder, owner: publicKey is wallet"),
            ("Vehicle", "owner, operator: registrationNumber is vehicle"),
            ("Identification", "holder: number is document"),
            ("Passport", "holder: number is document"),
            ("Similar", SAME),
            ("Email", DOCUMENT),
            ("Mention", DOCUMENT),
            ("Video", DOCUMENT),
            ("Event", NO_TABLE),
            ("person", NO_TABLE),
        ] {
            assert_eq!(told(schema), place, "{schema}");
        }
    }

    #[test]
    fn who_may_be_a_victim_is_read_as_one() {
        let victim = Some((Role::Victim, Some(Status::Victim)));
        for text in [
            "Victim",
            "alleged victims",
            "victime",
            "Víctima",
            "vittima",
            "Vítima",
            "SLACHTOFFER",
            "Opfer",
            "brottsoffer",
            "ofiara",
            "ЖЕРТВА",
            "потерпевшая",
            "injured party",
            "Aggrieved person",
            "complainant",
            "convicted victim",
        ] {
            assert_eq!(role(text), victim, "{text}");
        }
    }

    #[test]
    fn other_roles_are_known_by_a_word_in_them() {
        for (text, role_of, status) in [
            ("Convicted offender", Role::Offender, Status::Convicted),
            ("acquitted defendant", Role::Other, Status::Acquitted),
            ("Defendant", Role::Offender, Status::Suspect),
            ("the accused", Role::Offender, Status::Suspect),
            ("prime suspect", Role::Offender, Status::Suspect),
            ("eyewitness", Role::Witness, Status::Witness),
            ("Lawyer of the accuser", Role::Professional, Status::Professional),
            ("prosecutor", Role::Professional, Status::Professional),
            ("Judge", Role::Professional, Status::Professional),
        ] {
            assert_eq!(role(text), Some((role_of, Some(status))), "{text}");
        }
        assert_eq!(role("neighbour"), None);
        assert_eq!(role(""), None);
    }
}
