//! Phones, handles, accounts, plates and addresses that belong to nobody.
//!
//! Phone numbers begin with 06-0, which is not given out to mobile phones; accounts are of a bank
//! `NEPX` that does not exist, with check digits that are right; plates are of the form QQ-000-QQ.

use super::chance::Chance;

/// The seven digits of phone number `serial`; no two serials below ten million share them.
fn digits(serial: u32) -> u32 {
    const PRIME_TO_TEN: u64 = 6_364_139;
    let mixed = (u64::from(serial) * PRIME_TO_TEN + 1_442_695) % 10_000_000;
    u32::try_from(mixed).unwrap_or(0)
}

/// A phone number, written as one of many clerks writes it.
pub(super) fn phone(serial: u32, chance: &mut Chance) -> String {
    let digits = format!("0{:07}", digits(serial));
    let (front, back) = digits.split_at(4);
    match chance.below(7) {
        0 => format!("+31 6 {front} {back}"),
        1 => format!("+316{digits}"),
        2 => format!("06-{digits}"),
        3 => format!("06{digits}"),
        4 => format!("00316{digits}"),
        5 => format!("06 {front}{back}"),
        _ => format!("+31 (0)6 {front} {back}"),
    }
}

/// A handle of somebody called `first`, as chosen for the first time.
pub(super) fn handle(first: &str, chance: &mut Chance) -> String {
    const WORDS: [&str; 16] = [
        "king", "star", "boss", "cash", "zoet", "mooi", "real", "lowkey", "baas", "night", "luxe",
        "vibe", "gold", "rook", "loyal", "snel",
    ];
    let first: String = plain(first);
    let (word, number) = (chance.of(&WORDS), chance.below(100));
    match chance.below(4) {
        0 => format!("{first}.{word}{number}"),
        1 => format!("{word}_{first}{number}"),
        2 => format!("{first}{word}"),
        _ => format!("x{word}{first}x{number}"),
    }
}

/// A handle after a small change, as when an account was blocked.
pub(super) fn changed_handle(handle: &str, chance: &mut Chance) -> String {
    match chance.below(4) {
        0 => format!("{handle}{}", chance.below(10)),
        1 => format!("{handle}_"),
        2 => handle.replace('.', "_"),
        _ => format!("_{handle}"),
    }
}

/// Letters a to z of a name.
fn plain(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = name.nfd().flat_map(char::to_lowercase);
    letters.filter(char::is_ascii_lowercase).collect()
}

/// A bank account, with or without blanks.
pub(super) fn iban(serial: u32, chance: &mut Chance) -> String {
    // N = 23, E = 14, P = 25, X = 33; L = 21: ISO 13616 reads letters as numbers.
    let account = format!("{:010}", u64::from(serial) * 7_919 + 1_000_003);
    let number = format!("23142533{account}232100");
    let rest = number.bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    let check = 98 - rest;
    if chance.yes(0.5) {
        let (a, b, c) = (&account[..4], &account[4..8], &account[8..]);
        format!("NL{check:02} NEPX {a} {b} {c}")
    } else {
        format!("NL{check:02}NEPX{account}")
    }
}

/// A number plate.
pub(super) fn plate(serial: u32, chance: &mut Chance) -> String {
    let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    let (number, first, second) = (serial % 1000, letter(serial / 1000), letter(serial / 26_000));
    match chance.below(3) {
        0 => format!("QQ{number:03}{first}{second}"),
        1 => format!("qq-{number:03}-{first}{second}"),
        _ => format!("QQ-{number:03}-{first}{second}"),
    }
}

/// An address by its serial: one of some thousand streets, and a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address(pub(super) u32);

pub(super) const TOWNS: [&str; 12] = [
    "Lindewaard",
    "Veerkade",
    "Zoomdorp",
    "Oosterbrink",
    "Hooikamp",
    "Klaverhorst",
    "Molenstee",
    "Vlieduin",
    "Eikenwoud",
    "Popelhage",
    "Rooisloot",
    "Grasgaard",
];

/// An address, written as one of many clerks writes it.
pub(super) fn address(address: Address, chance: &mut Chance) -> String {
    const STARTS: [&str; 24] = [
        "Kraan", "Linde", "Veer", "Brink", "Zoom", "Klaver", "Hooi", "Molen", "Water", "Berken",
        "Wilgen", "Rooi", "Duin", "Hage", "Popel", "Vlier", "Steen", "Turf", "Vis", "Zout", "Kerk",
        "School", "Haven", "Noord",
    ];
    const ENDS: [(&str, &str); 6] = [
        ("straat", "str."),
        ("laan", "ln"),
        ("weg", "weg"),
        ("plein", "pl."),
        ("kade", "kade"),
        ("singel", "sngl"),
    ];
    let serial = address.0 as usize;
    let (start, (end, short)) = (STARTS[serial % 24], ENDS[serial / 24 % 6]);
    let (town, number) = (TOWNS[serial / 144 % 12], 1 + serial / 1728 % 180);
    let floor = ["", "A", "B", "-2"][serial / 311_040 % 4];
    match chance.below(5) {
        0 => format!("{start}{short} {number}{floor}, {town}"),
        1 => format!("{start}{end} {number} {floor} {town}").replace("  ", " "),
        2 => format!("{start}{end} {number}{}, {}", floor.to_lowercase(), town.to_uppercase()),
        _ => format!("{start}{end} {number}{floor}, {town}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_phones_are_one() {
        let all: std::collections::BTreeSet<u32> = (0..100_000).map(digits).collect();
        assert_eq!(all.len(), 100_000);
    }

    #[test]
    fn the_check_digits_of_an_account_are_right() {
        let iban = iban(12_345, &mut Chance::new(0, 0)).replace(' ', "");
        let turned = format!("{}{}", &iban[4..], &iban[..4]);
        let value = |c: char| c.to_digit(36).expect("a digit or a letter").to_string();
        let number: String = turned.chars().map(value).collect();
        let rest = number.bytes().fold(0, |rest, d| (rest * 10 + u32::from(d - b'0')) % 97);
        assert_eq!(rest, 1, "{iban}");
    }

    #[test]
    fn however_it_is_written_the_digits_of_a_phone_end_alike() {
        let mut chance = Chance::new(1, 0);
        let ends: std::collections::BTreeSet<String> = (0..50)
            .map(|_| phone(7, &mut chance))
            .map(|text| text.chars().filter(char::is_ascii_digit).collect::<String>())
            .map(|digits| digits[digits.len() - 8..].to_owned())
            .collect();
        assert_eq!(ends.len(), 1);
    }
}
