//! Words of advertisements: harmless on purpose.

use super::chance::Chance;
use super::details::TOWNS;

const WORDS: [&str; 72] = [
    "hallo", "gezellig", "vandaag", "morgen", "rustig", "vraag", "naar", "bel", "even", "langs",
    "nieuw", "in", "de", "stad", "kort", "lang", "lief", "dame", "discreet", "parkeren", "voor",
    "deur", "bericht", "sturen", "alleen", "serieus", "geen", "haast", "altijd", "welkom", "open",
    "tot", "laat", "weekend", "avond", "middag", "prive", "hotel", "thuis", "koffie", "muziek",
    "warm", "zacht", "donker", "blond", "klein", "sportief", "jong", "student", "vriendin", "tijd",
    "afspraak", "snel", "reactie", "foto", "echt", "zeker", "heel", "mooi", "fijn", "wachten",
    "kamer", "centrum", "station", "trein", "auto", "groet", "kus", "tas", "bloem", "zon", "regen",
];

/// What a site puts under every advertisement.
const BOILERPLATE: [&str; 3] = [
    "Geplaatst via de site, lees de voorwaarden en meld misbruik",
    "Deze advertentie is gratis en wordt na dertig dagen verwijderd",
    "Reageer alleen via het formulier van dit platform",
];

/// A text with open places, from which many are written.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<&'static str>);

/// Marks the places that are filled anew each time.
const NAME: &str = "{name}";
const TOWN: &str = "{town}";

impl Template {
    pub(super) fn draw(chance: &mut Chance) -> Self {
        let mut words: Vec<&'static str> =
            (0..14 + chance.below(12)).map(|_| chance.of(&WORDS)).collect();
        for slot in [NAME, TOWN] {
            let at = chance.below(words.len());
            words.insert(at, slot);
        }
        Self(words)
    }

    /// A text in which up to a share `most` of the words are changed.
    pub(super) fn write(&self, most: f64, chance: &mut Chance) -> String {
        const NAMES: [&str; 10] =
            ["Suze", "Lou", "Fae", "Miri", "Zoë", "Noor", "Kiki", "Bo", "Vera", "Dina"];
        let edits = most * chance.unit();
        let mut text = String::new();
        for &word in &self.0 {
            let word = match word {
                NAME => chance.of(&NAMES),
                TOWN => chance.of(&TOWNS),
                _ if chance.yes(edits) => {
                    if chance.yes(0.3) {
                        ""
                    } else {
                        chance.of(&WORDS)
                    }
                }
                word => word,
            };
            if !word.is_empty() && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if chance.yes(0.4) {
            text.push_str(". ");
            text.push_str(chance.of(&BOILERPLATE));
        }
        text
    }
}
