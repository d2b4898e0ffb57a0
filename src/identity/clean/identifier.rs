use crate::case::IdentifierKind;

use super::address::AddressParts;
use super::country::{self, Country};
use super::fold;
use super::handle::{handle, stem};
use super::phone::{dials, is_number, phone};
use super::placeholder::{is_filler, names_nobody};
use super::web::{email, url};

/// The country whose telephone numbers are written without a country code; the Netherlands unless said otherwise.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::Region;
///
/// assert_eq!(Region::parse("nl"), Some(Region::default()));
/// assert_eq!(Region::parse("Holland"), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Region(&'static Country);

impl Region {
    /// The country of an ISO 3166 code of two letters; none where its numbering is not known here.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let iso: [u8; 2] = code.to_ascii_uppercase().as_bytes().try_into().ok()?;
        country::by_iso(iso).map(Self)
    }

    /// Whether digits, or a plus and digits, are a telephone number as it is dialled there.
    pub(crate) fn dials(self, digits: &str) -> bool {
        dials(digits, self.0)
    }

    /// Whether digits are a number of that country, though not as it is dialled there.
    pub(crate) fn has_number(self, digits: &str) -> bool {
        is_number(digits, self.0)
    }
}

impl Default for Region {
    fn default() -> Self {
        Self(country::HOME)
    }
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}

impl Eq for Region {}

/// An identifier made ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// Equal for two writings of one thing. Keys of different kinds can be equal and mean nothing by it.
    pub key: String,
    /// Of a handle: its letters, without what people change when a name is taken. None where fewer than four are left.
    pub stem: Option<String>,
}

/// The keys of an identifier; none if it identifies nothing: empty, `unknown`, `0000000`.
///
/// | kind | key |
/// | --- | --- |
/// | phone | digits of E.164; see [`Region`] |
/// | e-mail | small letters, without `+tag` |
/// | handle | small letters, without `@` and the address of the platform |
/// | IBAN, document, vehicle | letters and digits, capitals |
/// | wallet | as written; small letters where capitals mean nothing (Ethereum, Bech32) |
/// | address | street, number and addition, town ([`AddressParts::key`]) |
/// | device | the 14 digits of an IMEI that name the device; letters and digits of any other |
/// | image | the hash, small letters |
/// | web address | without scheme, `www.`, trailing slash, fragment and tracking parameters |
///
/// - **Cost**: O(length); some allocations, up to three microseconds. Make it once for each distinct value.
///
/// # Examples
///
/// ```
/// use kluwen::case::IdentifierKind;
/// use kluwen::identity::clean::{Region, identifier};
///
/// let key = |kind, text| identifier(kind, text, Region::default()).map(|found| found.key);
/// assert_eq!(key(IdentifierKind::Phone, "06-98700142"), key(IdentifierKind::Phone, "+31 (0)6 98700142"));
/// assert_eq!(key(IdentifierKind::Email, "Rosa+x@Example.org").as_deref(), Some("rosa@example.org"));
/// assert_eq!(key(IdentifierKind::Phone, "0000000"), None);
/// ```
///
/// Source: ITU-T E.164; RFC 5321 §4.1.2, RFC 5233 (`+tag`); ISO 13616 (IBAN); 3GPP TS 23.003 §6.2 (IMEI); BIP-173, EIP-55
/// (case of wallets); RFC 3986 §6 (web addresses).
#[must_use]
pub fn identifier(kind: IdentifierKind, text: &str, region: Region) -> Option<Identifier> {
    let text = text.trim();
    let unknown = |text: &str| kind != IdentifierKind::Phone && is_said_to_be_unknown(text);
    if unknown(text) {
        return None;
    }
    let (key, shortest) = match kind {
        IdentifierKind::Phone => (phone(text, region.0)?, 1),
        IdentifierKind::Email => (email(text), 5),
        IdentifierKind::Handle => (handle(text), 2),
        IdentifierKind::Iban => (signs(text).to_ascii_uppercase(), 8),
        IdentifierKind::Wallet => (wallet(text), 8),
        IdentifierKind::Vehicle | IdentifierKind::Document => (signs(text).to_ascii_uppercase(), 4),
        IdentifierKind::Address => (AddressParts::parse(text).key(), 3),
        IdentifierKind::Device => (device(text), 6),
        IdentifierKind::Image => (image(text), 8),
        IdentifierKind::Url => (url(text), 4),
    };
    let stem = if kind == IdentifierKind::Handle { stem(&key) } else { None };
    // `on-bekend` says so only without its signs.
    (!is_filler(&key, shortest) && !unknown(&key)).then_some(Identifier { key, stem })
}

/// Words such as `onbekend`; a value of digits alone is none.
fn is_said_to_be_unknown(text: &str) -> bool {
    let folded = fold(text);
    folded.is_empty() || (names_nobody(&folded) && !folded.bytes().any(|b| b.is_ascii_digit()))
}

/// The letters and digits of a text, in small ASCII.
fn signs(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn wallet(text: &str) -> String {
    let bare: String = text.split_whitespace().collect();
    let small = bare.to_ascii_lowercase();
    let has_no_case = ["0x", "bc1", "ltc1", "tb1"].iter().any(|start| small.starts_with(start));
    if has_no_case { small } else { bare }
}

/// An IMEI may come with its check digit (15), without it (14) or with a version of the software (16).
fn device(text: &str) -> String {
    let signs = signs(text);
    let is_imei = (14..=16).contains(&signs.len()) && signs.bytes().all(|b| b.is_ascii_digit());
    if is_imei { signs[..14].to_owned() } else { signs }
}

/// A hash without the name of its method, `sha256:`.
fn image(text: &str) -> String {
    signs(text.rsplit(':').next().unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [IdentifierKind; 11] = [
        IdentifierKind::Phone,
        IdentifierKind::Email,
        IdentifierKind::Handle,
        IdentifierKind::Iban,
        IdentifierKind::Wallet,
        IdentifierKind::Vehicle,
        IdentifierKind::Address,
        IdentifierKind::Device,
        IdentifierKind::Document,
        IdentifierKind::Image,
        IdentifierKind::Url,
    ];

    fn key(kind: IdentifierKind, text: &str) -> Option<String> {
        identifier(kind, text, Region::default()).map(|found| found.key)
    }

    #[test]
    fn writings_of_one_thing_have_one_key() {
        for (kind, texts, expected) in [
            (
                IdentifierKind::Iban,
                ["NL00 TEST 0123 4567 89", "nl00test0123456789"],
                "NL00TEST0123456789",
            ),
            (IdentifierKind::Vehicle, ["xx-99-yz", "XX 99 YZ"], "XX99YZ"),
            (IdentifierKind::Document, ["spec 12/34", "SPEC1234"], "SPEC1234"),
            (IdentifierKind::Device, ["00-123456-123456-7", "00123456123456"], "00123456123456"),
            (IdentifierKind::Device, ["02:00:5E:00:53:AF", "02005e0053af"], "02005e0053af"),
            (IdentifierKind::Image, ["SHA256:AB12CD34EF", "ab12cd34ef"], "ab12cd34ef"),
            (IdentifierKind::Wallet, ["0xABCDEF12", "0xabcdef12"], "0xabcdef12"),
            (IdentifierKind::Wallet, ["1BoatSLRHt ", "1BoatSLRHt"], "1BoatSLRHt"),
        ] {
            for text in texts {
                assert_eq!(key(kind, text).as_deref(), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn fillers_identify_nothing() {
        for text in ["", " ", "unknown", "onbekend", "n.v.t.", "?", "0", "0000000000000000", "-"] {
            for kind in KINDS {
                assert_eq!(key(kind, text), None, "{kind:?} {text}");
            }
        }
    }

    #[test]
    fn words_for_nothing_are_such_with_signs_in_them() {
        for kind in [IdentifierKind::Iban, IdentifierKind::Vehicle, IdentifierKind::Document] {
            assert_eq!(key(kind, "On-be.kend"), None, "{kind:?}");
            assert_eq!(key(kind, "onbekend-12").as_deref(), Some("ONBEKEND12"), "{kind:?}");
        }
    }

    #[test]
    fn a_number_is_one_of_the_region() {
        let belgian = Region::parse("be").expect("a known country");
        let found = identifier(IdentifierKind::Phone, "0470 12 30 45", belgian).expect("a number");
        assert_eq!(found.key, "32470123045");
        assert_ne!(belgian, Region::default());
        assert_eq!(Region::parse("é"), None);
    }

    proptest! {
        #[test]
        fn any_text_of_any_kind_is_taken(text in any::<String>()) {
            for kind in KINDS {
                let found = key(kind, &text);
                prop_assert!(found.is_none_or(|key| !key.is_empty()));
            }
        }

        #[test]
        fn a_key_is_its_own_key(text in "[a-zA-Z0-9@._+/ -]{0,30}") {
            // Not phones, whose keys have lost their plus, nor what is made of parts: addresses and web addresses.
            use IdentifierKind::{Device, Document, Email, Handle, Iban, Image, Vehicle, Wallet};
            for kind in [Device, Document, Email, Handle, Iban, Image, Vehicle, Wallet] {
                if let Some(once) = key(kind, &text) {
                    prop_assert_eq!(key(kind, &once), Some(once), "{:?}", kind);
                }
            }
        }
    }

    #[test]
    fn a_handle_alone_has_a_stem() {
        let stem =
            |kind, text| identifier(kind, text, Region::default()).and_then(|found| found.stem);
        assert_eq!(stem(IdentifierKind::Handle, "Rosalind_99").as_deref(), Some("rosalind"));
        assert_eq!(stem(IdentifierKind::Email, "rosalind99@example.org"), None);
    }

    #[test]
    fn what_is_shorter_or_longer_than_an_imei_is_kept_whole() {
        for (text, expected) in [
            ("1234567890987", "1234567890987"),
            ("12345678909876", "12345678909876"),
            ("123456789098765", "12345678909876"),
            ("1234567890987654", "12345678909876"),
            ("12345678909876543", "12345678909876543"),
            ("12345678909876A", "12345678909876a"),
        ] {
            assert_eq!(key(IdentifierKind::Device, text).as_deref(), Some(expected));
        }
        assert_eq!(key(IdentifierKind::Handle, "man 7").as_deref(), Some("man7"));
    }

    #[test]
    fn a_region_tells_what_is_dialled_there() {
        let home = Region::default();
        assert!(home.dials("0698700142") && !home.dials("698700142"));
        assert!(home.has_number("698700142") && !home.has_number("12002300"));
        assert_eq!(Region::parse("NL"), Region::parse("nl"));
    }
}
