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
