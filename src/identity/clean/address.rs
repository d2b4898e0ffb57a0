use super::fold;

/// The parts of an address, folded, each as far as it is written, so that two addresses can agree in part.
///
/// - `street`: with its kind written in full: `Kerkstr.` is `kerkstraat`.
/// - `number`, and `addition` of the house: `12-B` is `12`, `b`.
/// - `postcode`: without blanks, `3512ab`.
/// - `town`: what stands behind the postcode or the last comma.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::AddressParts;
///
/// let parts = AddressParts::parse("Kerkstr. 12-B, 3512 AB Utrecht");
/// assert_eq!(parts.street.as_deref(), Some("kerkstraat"));
/// assert_eq!(parts.number.as_deref(), Some("12"));
/// assert_eq!(parts.addition.as_deref(), Some("b"));
/// assert_eq!(parts.postcode.as_deref(), Some("3512ab"));
/// assert_eq!(parts.town.as_deref(), Some("utrecht"));
/// assert_eq!(AddressParts::parse("12 Kerkstraat"), AddressParts::parse("Kerkstraat 12"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AddressParts {
    /// The street, or the name of a building where there is no number.
    pub street: Option<String>,
    /// The number of the house.
    pub number: Option<String>,
    /// What stands behind the number.
    pub addition: Option<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The town, and what follows it.
    pub town: Option<String>,
}

/// Ends of a street's name that are abbreviated, and in full.
const ENDS: &[(&str, &str)] = &[
    ("strasse", "straat"),
    ("straat", "straat"),
    ("str", "straat"),
    ("ln", "laan"),
    ("wg", "weg"),
    ("pln", "plein"),
];

/// Words for a kind of street, abbreviated or in another form, and the form that is kept.
const KINDS: &[(&str, &str)] = &[
    ("strada", "straat"),
    ("st", "street"),
    ("rd", "road"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("bd", "boulevard"),
    ("blvd", "boulevard"),
    ("bld", "boulevard"),
    ("ul", "ulica"),
    ("ulitsa", "ulica"),
    ("u", "utca"),
    ("sok", "sokak"),
    ("sk", "sokak"),
    ("sokagi", "sokak"),
    ("cad", "cadde"),
    ("cd", "cadde"),
    ("caddesi", "cadde"),
    ("burg", "burgemeester"),
    ("dr", "doctor"),
];

/// Where a postcode of digits alone can stand at the earliest in the piece with the street: behind a street and a number.
const AFTER_STREET_AND_NUMBER: usize = 2;

/// The most letters or digits of an addition to a number; what is longer is a town.
const LONGEST_ADDITION: usize = 4;

impl AddressParts {
    /// The parts of an address as people write it: street and number in either order, then postcode and town.
    ///
    /// - **Cost**: O(length).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut pieces = text.split([',', ';', '\n']).map(fold).filter(|piece| !piece.is_empty());
        let mut parts = Self::default();
        let first = pieces.next().unwrap_or_default();
        let first: Vec<&str> = first.split(' ').filter(|word| !word.is_empty()).collect();
        let rest = pieces.collect::<Vec<_>>().join(" ");
        let rest: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).collect();
        let house = parts.take_postcode_and_town(&first, AFTER_STREET_AND_NUMBER);
        let behind = parts.take_postcode_and_town(&rest, 0);
        parts.take_house(house);
        parts.town = parts.town.take().or_else(|| joined(behind));
        parts
    }

    /// What all writings of the address share: street, number, addition, and the town, or the postcode where there is no town.
    #[must_use]
    pub fn key(&self) -> String {
        let place = self.town.as_ref().or(self.postcode.as_ref());
        let parts = [self.street.as_ref(), self.number.as_ref(), self.addition.as_ref(), place];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Takes a postcode, and the town behind it; gives what stands before. A postcode of digits alone stands behind `earliest` words or more.
    fn take_postcode_and_town<'a>(
        &mut self,
        words: &'a [&'a str],
        earliest: usize,
    ) -> &'a [&'a str] {
        let found = (0..words.len()).find_map(|at| {
            let behind = &words[at..];
            let digits = || digits_and_town(behind).filter(|_| at >= earliest);
            digits_and_letters(behind).or_else(digits).map(|(code, used)| (at, code, used))
        });
        let Some((at, code, used)) = found else { return words };
        self.postcode = Some(code);
        self.town = joined(&words[at + used..]);
        &words[..at]
    }

    fn take_house(&mut self, words: &[&str]) {
        let Some(at) = words.iter().position(|word| is_house_number(word)) else {
            self.street = street(words);
            return;
        };
        let (before, behind) = (&words[..at], &words[at + 1..]);
        let (number, mut addition) = number_and_addition(words[at]);
        self.number = Some(number.to_owned());
        if before.is_empty() {
            self.street = street(behind);
        } else {
            self.street = street(before);
            let is_town = |word: &&str| word.len() > LONGEST_ADDITION;
            let end = behind.iter().position(is_town).unwrap_or(behind.len());
            addition.extend(behind[..end].iter().copied());
            self.town = self.town.take().or_else(|| joined(&behind[end..]));
        }
        self.addition = (!addition.is_empty()).then_some(addition);
    }
}

/// `12b` as `12` and `b`.
fn number_and_addition(word: &str) -> (&str, String) {
    let (number, addition) = word.split_at(digits_at_start(word));
    (number, addition.to_owned())
}

fn digits_at_start(word: &str) -> usize {
    word.bytes().take_while(u8::is_ascii_digit).count()
}

/// A word that begins with a digit, and is no ordinal (`1e Dwarsstraat`).
fn is_house_number(word: &str) -> bool {
    let digits = digits_at_start(word);
    digits > 0 && !matches!(&word[digits..], "e" | "de" | "ste" | "st" | "nd" | "rd" | "th")
}

/// `3512 ab`, the postcode of the Netherlands, and how many words it takes.
fn digits_and_letters(words: &[&str]) -> Option<(String, usize)> {
    let is_code = |code: &str| {
        let (digits, letters) = code.split_at(digits_at_start(code));
        digits.len() == 4 && letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_lowercase())
    };
    let whole = (*words.first()?).to_owned();
    let parted = words.get(1).filter(|_| whole.len() == 4).map(|letters| whole.clone() + letters);
    match parted.filter(|code| is_code(code)) {
        Some(code) => Some((code, 2)),
        None => is_code(&whole).then_some((whole, 1)),
    }
}

/// A postcode of four to six digits, as in most of Europe, with a town behind it.
fn digits_and_town(words: &[&str]) -> Option<(String, usize)> {
    let (word, next) = (*words.first()?, *words.get(1)?);
    let is_code = (4..=6).contains(&word.len()) && digits_at_start(word) == word.len();
    (is_code && digits_at_start(next) == 0).then(|| (word.to_owned(), 1))
}

/// A street with its kind in full.
fn street(words: &[&str]) -> Option<String> {
    let in_full: Vec<String> = words.iter().map(|word| street_word(word)).collect();
    (!in_full.is_empty()).then(|| in_full.join(" "))
}

fn street_word(word: &str) -> String {
    if let Some((_, kind)) = KINDS.iter().find(|(short, _)| *short == word) {
        return (*kind).to_owned();
    }
    for (short, full) in ENDS {
        if let Some(start) = word.strip_suffix(short) {
            return format!("{start}{full}");
        }
    }
    word.to_owned()
}

fn joined(words: &[&str]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `street | number | addition | postcode | town`.
    fn shown(text: &str) -> String {
        let parts = AddressParts::parse(text);
        [parts.street, parts.number, parts.addition, parts.postcode, parts.town]
            .map(Option::unwrap_or_default)
            .join(" | ")
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Kerkstraat 12", "kerkstraat | 12 |  |  | "),
            ("12 Kerkstraat", "kerkstraat | 12 |  |  | "),
            ("Kerkstr. 12, Utrecht", "kerkstraat | 12 |  |  | utrecht"),
            ("Kerkstraat 12-B, 3512 AB Utrecht", "kerkstraat | 12 | b | 3512ab | utrecht"),
            ("Kerkstraat 12b 3512AB Utrecht", "kerkstraat | 12 | b | 3512ab | utrecht"),
            ("Kerkstraat 12 bis Utrecht", "kerkstraat | 12 | bis |  | utrecht"),
            ("1e Dwarsstraat 7", "1e dwarsstraat | 7 |  |  | "),
            ("Lange Straße 4, 12345 Musterstadt", "lange straat | 4 |  | 12345 | musterstadt"),
            ("Rue Haute 4, 1000 Bruxelles", "rue haute | 4 |  | 1000 | bruxelles"),
            ("Str. Lungă 4, Brașov", "straat lunga | 4 |  |  | brasov"),
            ("4 High St, Leeds", "high street | 4 |  |  | leeds"),
            ("Lange Straße 4 12345 Musterstadt", "lange straat | 4 |  | 12345 | musterstadt"),
            ("Hotel Zon, Breda", "hotel zon |  |  |  | breda"),
            ("3512 AB", " |  |  | 3512ab | "),
            ("3512 AB Utrecht", " |  |  | 3512ab | utrecht"),
            ("Kerkstraat 12 3512 Utrecht", "kerkstraat | 12 |  | 3512 | utrecht"),
            ("Kerkstraat 1234 Utrecht", "kerkstraat | 1234 |  |  | utrecht"),
            ("Kerkstraat 4, 123 Dorp", "kerkstraat | 4 |  |  | 123 dorp"),
            ("Kerkstraat 4, 123456 Dorp", "kerkstraat | 4 |  | 123456 | dorp"),
            ("Kerkstraat 4, 1234567 Dorp", "kerkstraat | 4 |  |  | 1234567 dorp"),
            ("Kerkstraat 4, 1234 5 Dorp", "kerkstraat | 4 |  |  | 1234 5 dorp"),
            ("Kerkstraat 4, 12a45 Dorp", "kerkstraat | 4 |  |  | 12a45 dorp"),
            ("Kerkstraat 4, 351 AB Dorp", "kerkstraat | 4 |  |  | 351 ab dorp"),
            ("Kerkstraat 4, 3512 A1 Dorp", "kerkstraat | 4 |  | 3512 | a1 dorp"),
            ("Kerkstraat 4, 3512ABC", "kerkstraat | 4 |  |  | 3512abc"),
            ("Kerkstraat 4 tuin Utrecht", "kerkstraat | 4 | tuin |  | utrecht"),
            ("Kerkstraat 4 hs 2 Utrecht", "kerkstraat | 4 | hs2 |  | utrecht"),
            ("4b Kerkstraat", "kerkstraat | 4 | b |  | "),
            ("2nd Avenue 5", "2nd avenue | 5 |  |  | "),
            ("Dorpswg 5; Elst", "dorpsweg | 5 |  |  | elst"),
            ("", " |  |  |  | "),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn writings_of_one_address_have_one_key() {
        let key = |text| AddressParts::parse(text).key();
        let expected = key("Kerkstraat 12-B, 3512 AB Utrecht");
        for text in
            ["Kerkstr. 12b, Utrecht", "KERKSTRAAT 12 B, Utrecht", "12b Kerkstr, 3512ab  Utrecht"]
        {
            assert_eq!(key(text), expected, "{text}");
        }
        assert_ne!(key("Kerkstraat 12-C, 3512 AB Utrecht"), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in any::<String>()) {
            let parts = AddressParts::parse(&text);
            prop_assert_eq!(fold(&text).is_empty(), parts.key().is_empty());
        }
    }
}
