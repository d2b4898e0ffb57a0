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

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::*;

    fn graph(json: &str) -> Foreign {
        Foreign::from_bytes("g.json", json.as_bytes(), &Limits::default()).expect("a graph")
    }

    /// What one node with these members is, and whether its kind had to be taken as that of a person.
    fn alone(members: &str) -> (Sense, bool) {
        let graph = graph(&format!(r#"{{"nodes":[{{"id":"a",{members}}}],"links":[]}}"#));
        let (senses, taken) = senses(&graph);
        (senses[0], !taken.is_empty())
    }

    #[test]
    fn a_kind_says_what_a_node_is() {
        use IdentifierKind as Is;
        for (kind, meant) in [
            ("Case File", Sense::CaseFile),
            ("zaak", Sense::CaseFile),
            ("Website", Sense::Channel),
            ("location", Sense::Place),
            ("Phone-Number", Sense::Identifier(Is::Phone)),
            ("mailbox", Sense::Identifier(Is::Email)),
            ("UserAccount", Sense::Identifier(Is::Handle)),
            ("IBAN", Sense::Identifier(Is::Iban)),
            ("crypto wallet", Sense::Identifier(Is::Wallet)),
            ("car", Sense::Identifier(Is::Vehicle)),
            ("adres", Sense::Identifier(Is::Address)),
            ("imei", Sense::Identifier(Is::Device)),
            ("Passport", Sense::Identifier(Is::Document)),
            ("thing;phone", Sense::Identifier(Is::Phone)),
            (":Entity:Place", Sense::Place),
        ] {
            assert_eq!(alone(&format!(r#""kind":"{kind}""#)), (meant, false), "{kind}");
        }
        assert_eq!(alone(r#""kind":"phone","part":"place""#), (Sense::Place, false));
    }

    #[test]
    fn all_else_is_a_person_and_unknown_kinds_are_told() {
        for (kind, told) in [
            ("Person", false),
            ("NODE", false),
            ("recruiter", false),
            ("Money Handler", false),
            ("gang;suspect", false),
            ("gang:human", false),
            ("", false),
            ("gang", true),
            ("phones", true),
        ] {
            assert_eq!(alone(&format!(r#""kind":"{kind}""#)), (Sense::Person, told), "{kind}");
        }
        assert_eq!(alone(r#""x":"y""#), (Sense::Person, false));
    }

    #[test]
    fn things_that_are_tied_to_their_like_are_actors() {
        let nodes = r#"{"id":"s","kind":"phone"},{"id":"t","kind":"sim"},{"id":"e","kind":"email"},{"id":"a"}"#;
        let tied = |links: &str| {
            let (found, taken) =
                senses(&graph(&format!(r#"{{"nodes":[{nodes}],"links":[{links}]}}"#)));
            (found[0], found[2], taken)
        };
        let [phone, email] = [IdentifierKind::Phone, IdentifierKind::Email].map(Sense::Identifier);
        let kinds = vec!["phone".to_owned(), "sim".to_owned()];
        assert_eq!(tied(r#"{"source":"s","target":"t"}"#), (Sense::Person, email, kinds));
        let others = r#"{"source":"s","target":"e"},{"source":"a","target":"t"}"#;
        assert_eq!(tied(others), (phone, email, Vec::new()));
    }

    #[test]
    fn a_victim_is_known_by_role_part_status_kind_or_flag() {
        for (members, victim) in [
            (r#""role":"victim""#, true),
            (r#""roles":"driver; Slachtoffer""#, true),
            (r#""part":"client,victim""#, true),
            (r#""status":"victim""#, true),
            (r#""kind":"coerced participant""#, true),
            (r#""victim":"Yes""#, true),
            (r#""is_victim":"ja""#, true),
            (r#""victim":true"#, true),
            (r#""victim":"no""#, false),
            (r#""role":"recruiter""#, false),
            (r#""label":"victim""#, false),
        ] {
            let graph = graph(&format!(r#"{{"nodes":[{{"id":"a",{members}}}],"links":[]}}"#));
            assert_eq!(is_victim(&graph.nodes[0]), victim, "{members}");
        }
    }

    #[test]
    fn a_text_says_yes() {
        for text in ["yes", "True", "1", "JA"] {
            assert!(is_yes(text), "{text}");
        }
        for text in ["", "no", "false", "0", "2", "y"] {
            assert!(!is_yes(text), "{text}");
        }
    }

    #[test]
    fn a_role_is_a_code_or_a_part_on_a_map() {
        for (text, meant) in [
            ("recruiter", Some(Role::Recruiter)),
            (" Money-Handler ", Some(Role::MoneyHandler)),
            ("Identity Provider", Some(Role::IdentityProvider)),
            ("facilitator", Some(Role::Other)),
            ("Bystander", Some(Role::Other)),
            ("slachtoffer", Some(Role::Victim)),
            ("suspect", Some(Role::Offender)),
            ("Perpetrator", Some(Role::Offender)),
            ("boss", None),
            ("", None),
        ] {
            assert_eq!(role(text), meant, "{text}");
        }
    }
}
