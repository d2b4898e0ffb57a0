use super::fold;
use super::nickname::set_nicknames_aside;
use super::placeholder::names_nobody;

/// A name as people write it, taken apart into folded words.
///
/// - `given`: given names and initials, in order: `J.P.` is `j`, `p`.
/// - `family`: family names without particles; `de Vries-Jansen` is `vries`, `jansen`. It may be an initial too (`Mohammed B.`).
/// - `particles`: `van`, `der`, `el`, `ibn`, wherever they stood.
/// - `nick`: nicknames in quotation marks, in brackets or after `alias`, word for word.
/// - `single`: where there is one word alone, nobody can say which of the three it is; words that a hyphen joins are
///   parted by a blank.
///
/// A comma, a particle or a first word in capitals among others in small letters tells the family name; otherwise it is
/// the last word. **Names written family name first without any such sign** (`Nagy Zsófia`) come out reversed, so compare across
/// the fields as well.
///
/// # Examples
///
/// ```
/// use kluwen::identity::clean::Name;
///
/// let name = Name::parse("dhr. Jan \"Kobus\" van der Berg");
/// assert_eq!(name.given, ["jan"]);
/// assert_eq!(name.particles, ["van", "der"]);
/// assert_eq!(name.family, ["berg"]);
/// assert_eq!(name.nick, ["kobus"]);
/// assert_eq!(Name::parse("AHMED").single.as_deref(), Some("ahmed"));
/// assert!(Name::parse("onbekende vrouw 2").is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// Given names and initials.
    pub given: Vec<String>,
    /// Family names, without particles.
    pub family: Vec<String>,
    /// Particles of the family name.
    pub particles: Vec<String>,
    /// Nicknames.
    pub nick: Vec<String>,
    /// The only word, of which nobody knows what it is.
    pub single: Option<String>,
}

const TITLES: &[&str] = &[
    "dhr", "heer", "meneer", "mr", "mevr", "mw", "mevrouw", "mej", "dr", "drs", "ir", "ing",
    "prof", "mrs", "ms", "miss", "sir", "hr", "herr", "frau", "jr", "sr", "junior", "senior",
];

/// Words before a family name that people leave out, move or write together.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "de", "het", "t", "ter", "ten", "te",
    "op", "in", "aan", "bij", "uit", "voor", "el", "al", "ait", "ben", "bin", "bint", "ibn",
    "ould", "da", "das", "dos", "do", "di", "del", "della", "dello", "la", "le", "les", "los",
    "las", "du", "des", "af", "av", "sint", "saint", "san", "santa",
];

/// Particles that are also given names, and so are none where a name begins with them.
const ALSO_GIVEN: &[&str] = &["ben", "bin", "al", "do", "la", "le", "in", "op", "av"];

/// A word as it was written, and its folded parts.
struct Word<'a> {
    written: &'a str,
    folded: String,
}

impl Word<'_> {
    fn is_particle(&self) -> bool {
        PARTICLES.contains(&self.folded.as_str()) && !is_initial(self.written)
    }

    fn begins_family(&self) -> bool {
        self.is_particle() && !ALSO_GIVEN.contains(&self.folded.as_str())
    }

    fn parts(&self) -> impl Iterator<Item = String> + '_ {
        self.folded.split(' ').map(str::to_owned)
    }

    /// Whether it may be a given name behind a family name in capitals.
    fn may_be_given(&self) -> bool {
        !self.is_in_capitals() && !self.is_particle()
    }

    fn is_in_capitals(&self) -> bool {
        self.folded.len() >= 3 && !self.written.chars().any(|c| c.is_lowercase() || c == '.')
    }
}

/// `T.`, which is no `'t`.
fn is_initial(written: &str) -> bool {
    written.starts_with(char::is_alphanumeric) && written.trim_end_matches('.').chars().count() == 1
}

impl Name {
    /// The name that `text` stands for; empty where it names nobody.
    ///
    /// - **Cost**: O(length).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (text, nicknames) = set_nicknames_aside(text);
        let mut name = Self::default();
        match text.split_once(',') {
            _ if names_nobody(&joined(&words(&text))) => {}
            Some((family, given)) => name.take_reversed(&words(family), &words(given)),
            None => name.take_in_order(&words(&text)),
        }
        let nicknames = nicknames.iter().map(|nickname| fold(nickname));
        for nickname in nicknames.filter(|nickname| !names_nobody(nickname)) {
            name.nick.extend(nickname.split(' ').map(str::to_owned));
        }
        name
    }

    /// Whether it names nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// `Amrani, Fatima el`.
    fn take_reversed(&mut self, family: &[Word], given: &[Word]) {
        let end = given.iter().rposition(|word| !word.is_particle()).map_or(0, |last| last + 1);
        let (given, particles) = given.split_at(end);
        if family.is_empty() || (given.is_empty() && particles.is_empty()) {
            let words = if family.is_empty() { given } else { family };
            return self.take_in_order(words);
        }
        self.take_given(given);
        for word in particles {
            self.particles.push(word.folded.clone());
        }
        self.take_family(family);
    }

    /// `Fatima el Amrani`, `van den Berg`, `YILMAZ Emre`.
    fn take_in_order(&mut self, words: &[Word]) {
        match words {
            [] => {}
            [word] => self.single = Some(word.folded.clone()),
            [first, ..] if first.begins_family() => {
                let end = words.iter().position(|word| !word.is_particle());
                let (family, given) = words.split_at(end.map_or(words.len(), |at| at + 1));
                self.take_family(family);
                self.take_given(given);
            }
            [first, given @ ..]
                if first.is_in_capitals() && given.iter().all(Word::may_be_given) =>
            {
                self.take_reversed(&words[..1], given);
            }
            [_, others @ .., last] => {
                let particle =
                    others.iter().position(Word::is_particle).filter(|_| !last.is_particle());
                let (given, family) = words.split_at(particle.map_or(words.len() - 1, |at| at + 1));
                self.take_given(given);
                self.take_family(family);
            }
        }
    }

    fn take_given(&mut self, words: &[Word]) {
        self.given.extend(words.iter().flat_map(Word::parts));
    }

    /// The particles of a family name apart, unless there is nothing else.
    fn take_family(&mut self, words: &[Word]) {
        let only_particles = words.iter().all(Word::is_particle);
        for word in words {
            if word.is_particle() && !only_particles {
                self.particles.push(word.folded.clone());
            } else {
                self.family.extend(word.parts());
            }
        }
    }
}

/// The words of a name that say something, without titles.
fn words(text: &str) -> Vec<Word<'_>> {
    let written = text.split(|c: char| c.is_whitespace() || c == ',');
    let words = written.map(|written| Word { written, folded: fold(written) });
    let mut words: Vec<Word> = words.filter(|word| !word.folded.is_empty()).collect();
    if words.len() > 2 && words[0].folded == "de" && words[1].folded == "heer" {
        words.remove(0);
    }
    if words.iter().any(|word| !is_title(word)) {
        words.retain(|word| !is_title(word));
    }
    words
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn is_title(word: &Word) -> bool {
    TITLES.contains(&word.folded.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `given | particles | family | nick | single`.
    fn shown(text: &str) -> String {
        let name = Name::parse(text);
        let fields = [&name.given, &name.particles, &name.family, &name.nick].map(|f| f.join(" "));
        format!("{} | {}", fields.join(" | "), name.single.unwrap_or_default())
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Fatima el Amrani", "fatima | el | amrani |  | "),
            ("Amrani, Fatima el", "fatima | el | amrani |  | "),
            ("el Amrani, Fatima", "fatima | el | amrani |  | "),
            ("J. van der Berg", "j | van der | berg |  | "),
            ("Berg, J.P. van der", "j p | van der | berg |  | "),
            ("de Vries-Jansen", " | de | vries jansen |  | "),
            ("de Vries-Jansen, Kim", "kim | de | vries jansen |  | "),
            ("AHMED", " |  |  |  | ahmed"),
            ("Mohammed B.", "mohammed |  | b |  | "),
            ("\"Appie\" Yilmaz", " |  |  | appie | yilmaz"),
            ("Emre (Emmo) Yılmaz", "emre |  | yilmaz | emmo | "),
            ("Emre Yılmaz alias De Lange", "emre |  | yilmaz | de lange | "),
            ("dhr. drs. K. O'Neill", "k |  | oneill |  | "),
            ("de heer Bakker", " |  |  |  | bakker"),
            ("YILMAZ Emre", "emre |  | yilmaz |  | "),
            ("J.P. de Vries", "j p | de | vries |  | "),
            ("JAN DE VRIES", "jan | de | vries |  | "),
            ("Ben Jansen", "ben |  | jansen |  | "),
            ("Omar ben Ali", "omar | ben | ali |  | "),
            ("Gerard 't Hart", "gerard | t | hart |  | "),
            ("Kim T. Hart", "kim t |  | hart |  | "),
            ("Anne-Marie Peeters", "anne marie |  | peeters |  | "),
            ("Anne-Marie", " |  |  |  | anne marie"),
            ("Иван Петрович Озеров", "ivan petrovich |  | ozerov |  | "),
            ("Ștefan Dumbravă", "stefan |  | dumbrava |  | "),
            ("Kis, Zsófia", "zsofia |  | kis |  | "),
            ("van", " |  |  |  | van"),
            ("van der", " |  | van der |  | "),
            (", Kim", " |  |  |  | kim"),
            ("NN alias Kobus", " |  |  | kobus | "),
            ("JP Bakker", "jp |  | bakker |  | "),
            ("YIL Emre", "emre |  | yil |  | "),
            ("A.B.C Emre", "a b c |  | emre |  | "),
            ("YILMAZ EMRE", "yilmaz |  | emre |  | "),
            ("YILMAZ el", "yilmaz |  | el |  | "),
            ("YILMAZ Emre el", "yilmaz emre |  | el |  | "),
            ("de heer", " |  |  |  | de"),
            ("dr.", " |  |  |  | dr"),
            ("de Jong Kim", "kim | de | jong |  | "),
            ("Jan heer Bakker", "jan |  | bakker |  | "),
            ("Berg, van der", " | van der | berg |  | "),
            ("Bakker,", " |  |  |  | bakker"),
            ("Jan de Vries van", "jan de vries |  | van |  | "),
            ("Jan Piet de Vries", "jan piet | de | vries |  | "),
            ("Jan T Bakker", "jan t |  | bakker |  | "),
            ("Jan (Onbekend) Bakker", "jan |  | bakker |  | "),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_of_any_part_is_not_empty() {
        assert!(Name::parse("").is_empty());
        assert!(!Name::parse("Jan").is_empty() && !Name::parse("alias Kobus").is_empty());
    }

    #[test]
    fn placeholders_name_nobody() {
        for text in [
            "",
            "unknown",
            "NN",
            "N.N.",
            "onbekend",
            "?",
            "anoniem",
            "man",
            "vrouw 2",
            "Mevr. Onbekend",
            "(onbekend)",
            "onbekende, vrouw",
            "неизвестно",
            "--",
        ] {
            assert!(Name::parse(text).is_empty(), "{text}: {}", shown(text));
        }
    }

    proptest! {
        #[test]
        fn every_field_holds_folded_words(text in any::<String>()) {
            let name = Name::parse(&text);
            for word in [name.given, name.family, name.particles, name.nick].concat() {
                prop_assert!(!word.is_empty() && !word.contains(' ') && fold(&word) == word, "{:?}", word);
            }
        }

        #[test]
        fn no_word_is_lost(text in "[A-Z][a-z]{2,6}( (van|de|el|[A-Z][a-z]{3,6}))( [A-Z][a-z]{4,6})") {
            let name = Name::parse(&text);
            let count = name.given.len() + name.family.len() + name.particles.len();
            prop_assert!(count == 3 || text.split(' ').any(|word| TITLES.contains(&fold(word).as_str())));
        }
    }
}
