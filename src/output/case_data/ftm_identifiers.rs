//! Where identifiers of people stand in `FollowTheMoney`: some are entities, some a property of the person.

use crate::error::is_unprintable;

/// The schema of an identifier that is an entity: its property, and that of who has it.
pub(super) fn account(kind: &str) -> Option<(&'static str, &'static str, Option<&'static str>)> {
    match kind {
        "handle" => Some(("UserAccount", "username", Some("owner"))),
        "iban" => Some(("BankAccount", "accountNumber", None)),
        "wallet" => Some(("CryptoWallet", "publicKey", Some("holder"))),
        "vehicle" => Some(("Vehicle", "registrationNumber", Some("owner"))),
        "document" => Some(("Identification", "number", Some("holder"))),
        _ => None,
    }
}

/// The property of a person that holds an identifier, where one can.
pub(super) fn telling(kind: &str, value: &str) -> Option<(&'static str, String)> {
    let plain = |text: &str| !text.chars().any(|c| c.is_whitespace() || is_unprintable(c));
    match kind {
        "phone" => international(value).map(|number| ("phone", number)),
        "email"
            if plain(value)
                && value.split_once('@').is_some_and(|(_, host)| host.contains('.')) =>
        {
            Some(("email", value.to_owned()))
        }
        "address" => Some(("address", value.to_owned())),
        "url"
            if plain(value) && (value.starts_with("https://") || value.starts_with("http://")) =>
        {
            Some(("website", value.to_owned()))
        }
        _ => None,
    }
}

/// A number with its country, without what only helps the eye.
fn international(value: &str) -> Option<String> {
    let digits: String =
        value.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
    let number = digits.strip_prefix('+')?;
    let plain = (8..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    plain.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_identifiers_are_entities() {
        for (kind, want) in [
            ("handle", Some(("UserAccount", "username", Some("owner")))),
            ("iban", Some(("BankAccount", "accountNumber", None))),
            ("wallet", Some(("CryptoWallet", "publicKey", Some("holder")))),
            ("vehicle", Some(("Vehicle", "registrationNumber", Some("owner")))),
            ("document", Some(("Identification", "number", Some("holder")))),
            ("phone", None),
            ("email", None),
        ] {
            assert_eq!(account(kind), want, "{kind}");
        }
    }

    #[test]
    fn others_are_properties_of_a_person_where_their_value_is_one() {
        for (kind, value, want) in [
            ("phone", "+31 (6) 12.34-56 78", Some(("phone", "+31612345678"))),
            ("phone", "+1234567", None),
            ("phone", "+12345678", Some(("phone", "+12345678"))),
            ("phone", "+123456789012345", Some(("phone", "+123456789012345"))),
            ("phone", "+1234567890123456", None),
            ("phone", "0612345678", None),
            ("phone", "+31 6 1234 567a", None),
            ("email", "a@b.nl", Some(("email", "a@b.nl"))),
            ("email", "a@b", None),
            ("email", "b.nl", None),
            ("email", "a @b.nl", None),
            ("email", "a\u{202e}@b.nl", None),
            ("address", "Kade 1", Some(("address", "Kade 1"))),
            ("url", "https://a.nl", Some(("website", "https://a.nl"))),
            ("url", "http://a.nl", Some(("website", "http://a.nl"))),
            ("url", "https://a.nl/b c", None),
            ("url", "javascript:x", None),
            ("imei", "49015420323751", None),
        ] {
            let want = want.map(|(property, value)| (property, value.to_owned()));
            assert_eq!(telling(kind, value), want, "{kind} {value}");
        }
    }
}
