use super::country::{Country, by_code};

/// The fewest digits of a subscriber's number: below are emergency and short numbers.
const FEWEST: usize = 7;
/// The most digits of an international number (E.164).
const MOST: usize = 15;
/// How many equal or ascending digits at the end make a number a filler.
const FILLER: usize = 7;

/// The digits of a telephone number in the form of E.164, without `+`.
///
/// A number without a country code is one of `home`. `(0)` and a trunk prefix behind a country code go. What fits no form
/// of `home` keeps its digits as they are. None where there are fewer than 7 or more than 15 digits, or only a filler: seven equal digits at the end,
/// or seven that count up (`1234567`).
pub(super) fn phone(text: &str, home: &Country) -> Option<String> {
    let (digits, has_plus) = dialled(text);
    let number = if has_plus {
        international(&digits)
    } else {
        match digits.strip_prefix(home.abroad) {
            Some(rest) if rest.len() >= FEWEST => international(rest),
            _ => national(&digits, home),
        }
    };
    let fits = (FEWEST..=MOST).contains(&number.len());
    (fits && !is_filler(&number)).then_some(number)
}

/// The ASCII digits of a number up to an extension, `(0)` left out, and whether a `+` stands before them.
fn dialled(text: &str) -> (String, bool) {
    let ascii = any_ascii::any_ascii(text).replace("(0)", "");
    let mut digits = String::new();
    let mut has_plus = false;
    for c in ascii.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => has_plus = true,
            _ if c.is_ascii_alphabetic() && digits.len() >= FEWEST => break,
            _ => {}
        }
    }
    (digits, has_plus)
}

/// A number from its country code on, without a trunk prefix that stands behind the code by mistake.
fn international(digits: &str) -> String {
    let Some(country) = by_code(digits) else { return digits.to_owned() };
    let rest = &digits[country.code.len()..];
    format!("{}{}", country.code, without_trunk(rest, country).unwrap_or(rest))
}

fn national(digits: &str, home: &Country) -> String {
    let rest = digits.strip_prefix(home.code);
    let abroad =
        rest.map(|rest| without_trunk(rest, home).unwrap_or(rest)).filter(|rest| fits(rest, home));
    // A trunk zero that a spreadsheet took away, or a country that has none.
    let bare = || fits(digits, home).then_some(digits);
    // A country code without its plus.
    let found = without_trunk(digits, home).or_else(bare).or(abroad);
    found.map_or_else(|| digits.to_owned(), |rest| format!("{}{rest}", home.code))
}

/// Whether digits, or a plus and digits, are a number as it is dialled from `home`: from a plus or what is dialled to call abroad on, or
/// from the trunk prefix on; where there is none, a national number.
pub(super) fn dials(digits: &str, home: &Country) -> bool {
    let of_country = |digits: &str| match by_code(digits) {
        Some(country) => {
            let rest = &digits[country.code.len()..];
            fits(without_trunk(rest, country).unwrap_or(rest), country)
        }
        None => (FEWEST..=MOST).contains(&digits.len()),
    };
    match digits.strip_prefix('+').or_else(|| digits.strip_prefix(home.abroad)) {
        Some(rest) => of_country(rest),
        None if home.trunk.is_empty() => fits(digits, home),
        None => without_trunk(digits, home).is_some(),
    }
}

/// Whether digits are a national number without its trunk prefix, or behind the country code without a plus.
pub(super) fn is_number(digits: &str, home: &Country) -> bool {
    let rest = || digits.strip_prefix(home.code);
    fits(digits, home)
        || rest().is_some_and(|rest| fits(rest, home) || without_trunk(rest, home).is_some())
}

/// What stands behind the trunk prefix, if there is one and a national number is left.
fn without_trunk<'a>(digits: &'a str, country: &Country) -> Option<&'a str> {
    let rest = digits.strip_prefix(country.trunk).filter(|_| !country.trunk.is_empty())?;
    fits(rest, country).then_some(rest)
}

fn fits(national: &str, country: &Country) -> bool {
    country.lengths.contains(&national.len())
}

fn is_filler(digits: &str) -> bool {
    let Some(end) = digits.len().checked_sub(FILLER) else { return false };
    let steps = |step: u8| {
        digits.as_bytes()[end..]
            .windows(2)
            .all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0')
    };
    steps(0) || steps(1)
}

#[cfg(test)]
mod tests {
    use super::super::country::by_iso;
    use super::*;

    fn from(iso: [u8; 2], text: &str) -> Option<String> {
        phone(text, by_iso(iso).expect("a known country"))
    }

    #[test]
    fn writings_of_one_number_have_one_key() {
        for text in [
            "06-98700142",
            "06 98 70 01 42",
            "0031698700142",
            "+31 (0)6 98700142",
            "+31 06 98700142",
            "+31698700142",
            "31698700142",
            "31 0698700142",
            "tel. 06-98700142",
            "0698700142 (oud)",
            "698700142",
            "+٣١٦٩٨٧٠٠١٤٢",
            "06–98700142 ext. 12",
        ] {
            assert_eq!(from(*b"NL", text).as_deref(), Some("31698700142"), "{text}");
        }
    }

    #[test]
    fn what_is_dialled_is_told_from_other_digits() {
        let home = by_iso(*b"NL").expect("a known country");
        for text in [
            "0698700142",
            "+31698700142",
            "+310698700142",
            "0031698700142",
            "+15550142999",
            "+8001234",
            "003725123457",
        ] {
            assert!(dials(text, home), "{text}");
        }
        for text in [
            "698700142",
            "906090170",
            "12002300",
            "06987001421",
            "+316987",
            "",
            "+800123",
            "+8001234567890123",
        ] {
            assert!(!dials(text, home), "{text}");
        }
        assert!(is_number("698700142", home) && is_number("310698700142", home));
        assert!(!is_number("12002300", home));
        assert!(dials("612304507", by_iso(*b"ES").expect("a known country")));
    }

    #[test]
    fn what_is_too_short_for_abroad_keeps_its_digits() {
        let home = by_iso(*b"NL").expect("a known country");
        assert_eq!(phone("00 987 65", home).as_deref(), Some("0098765"));
    }

    #[test]
    fn each_country_has_its_habits() {
        for (iso, text, number) in [
            (b"BE", "0470 12 30 45", "32470123045"),
            (b"IT", "06 698 12345", "390669812345"),
            (b"NL", "+39 06 698 12345", "390669812345"),
            (b"ES", "612 30 45 07", "34612304507"),
            (b"HU", "06 20 123 4907", "36201234907"),
            (b"RU", "8 (912) 340-57-01", "79123405701"),
            (b"RU", "8 10 31 6 98700142", "31698700142"),
            (b"US", "(212) 555-0142", "12125550142"),
            (b"US", "1 212 555 0142", "12125550142"),
            (b"US", "011 31 6 98700142", "31698700142"),
            (b"NL", "+212 06 12 30 45 07", "212612304507"),
            (b"NL", "+998 90 123 40 57", "998901234057"),
            (b"TR", "0532 140 57 01", "905321405701"),
            (b"EE", "5123457 x9", "3725123457"),
            (b"NL", "00 8001234", "8001234"),
            (b"NL", "0698700142 +", "31698700142"),
            (b"NL", "0800 1234", "08001234"),
        ] {
            assert_eq!(from(*iso, text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn what_reaches_nobody_has_no_key() {
        for text in [
            "",
            "112",
            "0000000",
            "1234567",
            "06-12345678",
            "06 11111111",
            "onbekend",
            "0031 6",
            "1234509876543210",
            "06 34567890",
        ] {
            assert_eq!(from(*b"NL", text), None, "{text}");
        }
    }
}
