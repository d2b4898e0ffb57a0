//! What the nodes of a foreign graph are in a case: people, unless their kind says something else.

use std::collections::BTreeSet;

use super::super::vocabulary::{IdentifierKind, Role};
use super::{Foreign, ForeignNode};

/// What a node is in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Person,
    CaseFile,
    Channel,
    Place,
    Identifier(IdentifierKind),
}

/// Kinds of nodes that are no people.
const KINDS: [(&[&str], Sense); 12] = [
    (&["casefile", "case", "investigation", "dossier", "zaak", "crime", "event"], Sense::CaseFile),
    (&["channel", "platform", "website", "kanaal"], Sense::Channel),
    (&["place", "location", "plaats"], Sense::Place),
    (
        &["phone", "phonenumber", "telephone", "mobile", "msisdn", "sim", "telefoon"],
        Sense::Identifier(IdentifierKind::Phone),
    ),
    (&["email", "emailaddress", "mailbox"], Sense::Identifier(IdentifierKind::Email)),
    (
        &["handle", "username", "account", "useraccount", "alias", "identifier"],
        Sense::Identifier(IdentifierKind::Handle),
    ),
    (&["bankaccount", "iban"], Sense::Identifier(IdentifierKind::Iban)),
    (&["wallet", "cryptowallet"], Sense::Identifier(IdentifierKind::Wallet)),
    (
        &["vehicle", "car", "licenseplate", "licenceplate", "voertuig"],
        Sense::Identifier(IdentifierKind::Vehicle),
    ),
    (&["address", "adres", "postalcode"], Sense::Identifier(IdentifierKind::Address)),
    (&["device", "imei", "computer"], Sense::Identifier(IdentifierKind::Device)),
    (&["document", "passport", "idcard"], Sense::Identifier(IdentifierKind::Document)),
];

/// Kinds of nodes that are people without anybody having to be told.
const PEOPLE: [&str; 10] = [
    "person",
    "people",
    "actor",
    "player",
    "individual",
    "suspect",
    "persoon",
    "human",
    "subject",
    "node",
];

/// What each node is, and kinds of nodes that were taken as people for want of anything else.
pub(super) fn senses(graph: &Foreign) -> (Vec<Sense>, Vec<String>) {
    let own: Vec<Option<Sense>> = graph.nodes.iter().map(sense).collect();
    // Phones that call one another stand for their users: things that are tied to their like are actors.
    let mut acting = [false; KINDS.len()];
    let place = |sense: Sense| KINDS.iter().position(|kind| kind.1 == sense);
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (own[edge.from], own[edge.to])
            && from == to
            && let Some(at) = place(from)
        {
            acting[at] = true;
        }
    }
    let mut taken = BTreeSet::new();
    let senses = graph.nodes.iter().zip(&own).map(|(node, own)| {
        if node.second_side {
            return Sense::CaseFile;
        }
        if let Some(own) = own.filter(|own| place(*own).is_none_or(|at| !acting[at])) {
            return own;
        }
        let kind = node.kind.as_deref().unwrap_or_default();
        let folded = fold(kind);
        if own.is_some()
            || !(kind.is_empty() || PEOPLE.contains(&folded.as_str()) || says_role(node))
        {
            taken.insert(kind.to_owned());
        }
        Sense::Person
    });
    let senses = senses.collect();
    (senses, taken.into_iter().collect())
}

fn sense(node: &ForeignNode) -> Option<Sense> {
    let part = node.attributes.get("part");
    let kinds =
        part.into_iter().chain(node.kind.as_deref()).flat_map(|kinds| kinds.split([';', ':']));
    let mut folded = kinds.map(fold);
    folded.find_map(|kind| {
        KINDS.iter().find(|(names, _)| names.contains(&kind.as_str())).map(|&(_, sense)| sense)
    })
}

fn says_role(node: &ForeignNode) -> bool {
    node.kind.as_deref().is_some_and(|kinds| {
        kinds
            .split([';', ':'])
            .any(|kind| role(kind).is_some() || PEOPLE.contains(&fold(kind).as_str()))
    })
}

/// Whether a file says of a node that it is a victim.
pub(super) fn is_victim(node: &ForeignNode) -> bool {
    let own = &node.attributes;
    let said = ["role", "roles", "part", "status"]
        .iter()
        .filter_map(|name| own.get(name))
        .chain(node.kind.as_deref());
    let by_role =
        said.flat_map(|list| list.split([';', ','])).filter_map(role).any(Role::is_victim);
    let flags = ["victim", "is_victim"];
    by_role || flags.iter().any(|name| own.get(name).is_some_and(is_yes))
}

/// Whether a text says yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "true" | "1" | "ja")
}

/// A kind without case, blanks and hyphens.
fn fold(kind: &str) -> String {
    kind.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The role that a text names: a code of the contract, or a part on a map.
pub(super) fn role(text: &str) -> Option<Role> {
    use super::super::vocabulary::Code as _;
    let code = text.trim().to_lowercase().replace([' ', '-'], "_");
    Role::parse(&code).or(match code.as_str() {
        "facilitator" | "bystander" => Some(Role::Other),
        "slachtoffer" => Some(Role::Victim),
        "suspect" | "perpetrator" => Some(Role::Offender),
        _ => None,
    })
}
