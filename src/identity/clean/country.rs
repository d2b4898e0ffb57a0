/// How telephone numbers of a country are written.
#[derive(Debug)]
pub(super) struct Country {
    iso: [u8; 2],
    /// The country code of E.164.
    pub(super) code: &'static str,
    /// What stands before a national number at home.
    pub(super) trunk: &'static str,
    /// What is dialled at home to call abroad.
    pub(super) abroad: &'static str,
    /// How many digits a national number has, without the trunk prefix.
    pub(super) lengths: Lengths,
}

type Lengths = std::ops::RangeInclusive<usize>;

const fn usual(iso: [u8; 2], code: &'static str, lengths: Lengths) -> Country {
    other(iso, code, ("0", "00"), lengths)
}

const fn without_trunk(iso: [u8; 2], code: &'static str, lengths: Lengths) -> Country {
    other(iso, code, ("", "00"), lengths)
}

const fn other(
    iso: [u8; 2],
    code: &'static str,
    (trunk, abroad): (&'static str, &'static str),
    lengths: Lengths,
) -> Country {
    Country { iso, code, trunk, abroad, lengths }
}

/// The countries whose habits are known.
///
/// Source: ITU-T E.164 (list of country codes) and the national numbering plans at the ITU (E.129).
static COUNTRIES: [Country; 56] = [
    usual(*b"NL", "31", 9..=9),
    usual(*b"BE", "32", 8..=9),
    usual(*b"DE", "49", 6..=11),
    usual(*b"FR", "33", 9..=9),
    usual(*b"GB", "44", 9..=10),
    usual(*b"IE", "353", 7..=9),
    usual(*b"AT", "43", 6..=13),
    usual(*b"CH", "41", 9..=9),
    usual(*b"SE", "46", 7..=10),
    usual(*b"FI", "358", 6..=11),
    usual(*b"RO", "40", 9..=9),
    usual(*b"BG", "359", 8..=9),
    usual(*b"AL", "355", 8..=9),
    usual(*b"RS", "381", 8..=9),
    usual(*b"HR", "385", 8..=9),
    usual(*b"SI", "386", 8..=8),
    usual(*b"BA", "387", 8..=9),
    usual(*b"MK", "389", 8..=8),
    usual(*b"ME", "382", 8..=8),
    usual(*b"XK", "383", 8..=8),
    usual(*b"SK", "421", 9..=9),
    usual(*b"MD", "373", 8..=8),
    usual(*b"UA", "380", 9..=9),
    usual(*b"TR", "90", 10..=10),
    usual(*b"MA", "212", 9..=9),
    usual(*b"DZ", "213", 8..=9),
    usual(*b"EG", "20", 8..=10),
    usual(*b"SY", "963", 8..=9),
    usual(*b"IQ", "964", 8..=10),
    usual(*b"IR", "98", 10..=10),
    usual(*b"AF", "93", 9..=9),
    usual(*b"PK", "92", 9..=10),
    usual(*b"GH", "233", 9..=9),
    usual(*b"NG", "234", 8..=10),
    usual(*b"ET", "251", 9..=9),
    usual(*b"VN", "84", 9..=10),
    usual(*b"CN", "86", 10..=11),
    usual(*b"PH", "63", 8..=10),
    usual(*b"TH", "66", 8..=9),
    usual(*b"GE", "995", 9..=9),
    without_trunk(*b"LU", "352", 6..=9),
    without_trunk(*b"IT", "39", 8..=11),
    without_trunk(*b"ES", "34", 9..=9),
    without_trunk(*b"PT", "351", 9..=9),
    without_trunk(*b"DK", "45", 8..=8),
    without_trunk(*b"NO", "47", 8..=8),
    without_trunk(*b"PL", "48", 9..=9),
    without_trunk(*b"CZ", "420", 9..=9),
    without_trunk(*b"GR", "30", 10..=10),
    without_trunk(*b"LV", "371", 8..=8),
    without_trunk(*b"EE", "372", 7..=8),
    other(*b"HU", "36", ("06", "00"), 8..=9),
    other(*b"LT", "370", ("0", "00"), 8..=8),
    other(*b"RU", "7", ("8", "810"), 10..=10),
    other(*b"US", "1", ("1", "011"), 10..=10),
    other(*b"SR", "597", ("", "00"), 6..=7),
];

/// The country at home unless said otherwise: the Netherlands.
pub(super) static HOME: &Country = &COUNTRIES[0];

/// The country of an ISO 3166 code.
pub(super) fn by_iso(iso: [u8; 2]) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.iso == iso)
}

/// The country whose code a number begins with. Country codes are prefix-free, so there is at most one.
pub(super) fn by_code(digits: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| digits.starts_with(country.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_begins_another() {
        for country in &COUNTRIES {
            let found = by_code(country.code).map(|found| found.iso);
            assert_eq!(found, Some(country.iso));
            let begun = COUNTRIES.iter().filter(|other| other.code.starts_with(country.code));
            assert_eq!(begun.count(), 1, "{}", country.code);
        }
    }
}
