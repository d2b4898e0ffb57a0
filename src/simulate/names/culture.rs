//! Syllables, endings, particles and spelling habits of the invented cultures.

use super::super::chance::Chance;

/// How names of one culture are built.
#[derive(Debug)]
pub(super) struct Culture {
    /// Its share of the people.
    pub(super) share: f64,
    starts: &'static [&'static str],
    middles: &'static [&'static str],
    /// Endings of men's and of women's names.
    ends: [&'static [&'static str]; 2],
    last_starts: &'static [&'static str],
    last_middles: &'static [&'static str],
    last_ends: &'static [&'static str],
    /// What may stand before a last name, blank and all.
    particles: &'static [&'static str],
    particle_share: f64,
    /// One spelling of a sound, and another.
    pub(super) spellings: &'static [(&'static str, &'static str)],
}

impl Culture {
    pub(super) fn first_name(&self, female: bool, chance: &mut Chance) -> String {
        let middle = if chance.yes(0.6) { chance.of(self.middles) } else { "" };
        let end = chance.of(self.ends[usize::from(female)]);
        capital(&format!("{}{middle}{end}", chance.of(self.starts)))
    }

    pub(super) fn last_name(&self, chance: &mut Chance) -> String {
        let middle = if chance.yes(0.5) { chance.of(self.last_middles) } else { "" };
        let start = chance.of(self.last_starts);
        let name = capital(&format!("{start}{middle}{}", chance.of(self.last_ends)));
        if chance.yes(self.particle_share) {
            format!("{}{name}", chance.of(self.particles))
        } else {
            name
        }
    }
}

/// A name from the street that tells nothing of the name in the papers.
pub(super) fn nickname(chance: &mut Chance) -> String {
    const STARTS: [&str; 20] = [
        "bo", "ka", "li", "zi", "mo", "ra", "sni", "fla", "dro", "ju", "tre", "gri", "spo", "ke",
        "dju", "sha", "po", "wi", "bla", "ne",
    ];
    const ENDS: [&str; 22] = [
        "nko", "zz", "lle", "x", "ppy", "mba", "ky", "sty", "rro", "ve", "bo", "jay", "tje", "nzo",
        "mmi", "kka", "dy", "sh", "ff", "co", "nna", "to",
    ];
    const BEFORE: [&str; 6] = ["Kleine ", "Dikke ", "Lange ", "Big ", "Lil ", "Ouwe "];
    let name = capital(&format!("{}{}", chance.of(&STARTS), chance.of(&ENDS)));
    if chance.yes(0.25) { format!("{}{name}", chance.of(&BEFORE)) } else { name }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

pub(super) const CULTURES: [Culture; 6] = [
    // Dutch-like.
    Culture {
        share: 0.45,
        starts: &[
            "bra", "jo", "wi", "ma", "sti", "ro", "hei", "ge", "lie", "ka", "da", "sa", "fe", "ti",
            "nie", "ru", "bau", "evel",
        ],
        middles: &["ve", "ri", "se", "ni", "le", "me", "do"],
        ends: [
            &["n", "rd", "m", "jn", "k", "bert", "win", "co", "s", "lt"],
            &["ke", "tje", "na", "lien", "ra", "ë", "sha", "ntje", "le"],
        ],
        last_starts: &[
            "kraan", "linde", "veer", "brink", "zoom", "dorre", "klaver", "hooi", "mole", "water",
            "berge", "eike", "wilde", "rooi", "stee", "duin", "hage", "popel", "gras", "vlie",
        ],
        last_middles: &["n", "r", "s", "ker", "lo"],
        last_ends: &[
            "woud", "waard", "dijk", "stra", "sma", "broek", "horst", "kamp", "veld", "huis",
            "sloot", "man", "bosch", "meijer", "ings", "gaard", "ijk",
        ],
        particles: &["van der ", "van de ", "van ", "de ", "ter ", "van den "],
        particle_share: 0.35,
        spellings: &[
            ("ij", "y"),
            ("sch", "s"),
            ("ei", "ij"),
            ("ë", "e"),
            ("oo", "o"),
            ("k", "c"),
            ("van der ", "v.d. "),
            ("van den ", "v.d. "),
            ("van de ", "v/d "),
            ("v", "f"),
        ],
    },
    // Turkish-like.
    Culture {
        share: 0.12,
        starts: &[
            "ö", "ka", "bü", "çe", "şe", "or", "ay", "er", "gü", "ha", "ya", "se", "tu", "il", "mu",
        ],
        middles: &["lke", "ğu", "rdi", "za", "ra", "mi", "ne"],
        ends: [
            &["n", "t", "k", "han", "al", "can", "ur", "şah"],
            &["l", "nur", "ce", "şe", "a", "gül", "ye"],
        ],
        last_starts: &[
            "yıl", "kor", "gü", "ars", "öz", "çel", "sağ", "tan", "bul", "kara", "dem", "şim",
            "top", "ulu", "er",
        ],
        last_middles: &["dı", "ka", "de", "lü", "ba", "ğa", "ra", "mi"],
        last_ends: &[
            "rım", "oğlu", "maz", "kan", "tekin", "er", "ığ", "lar", "gün", "soy", "can", "dağ",
        ],
        particles: &[""],
        particle_share: 0.0,
        spellings: &[
            ("ş", "s"),
            ("ç", "c"),
            ("ğ", "g"),
            ("ı", "i"),
            ("ö", "o"),
            ("ü", "u"),
            ("ş", "sh"),
            ("ö", "oe"),
            ("ü", "ue"),
            ("c", "dj"),
        ],
    },
    // Arabic-like, by French and by English ears.
    Culture {
        share: 0.14,
        starts: &[
            "mou", "ab", "ya", "kha", "ha", "sa", "ra", "na", "bi", "ou", "dja", "fa", "zi", "ta",
        ],
        middles: &["ssi", "ha", "li", "rou", "dde", "ma", "ya"],
        ends: [
            &["d", "m", "r", "ne", "l", "b", "dine", "q", "f"],
            &["a", "ya", "ra", "na", "ssa", "ma", "ne"],
        ],
        last_starts: &[
            "bou", "cha", "ama", "zer", "kha", "ouh", "bela", "haj", "mans", "tou", "sab", "lah",
            "guen", "dja",
        ],
        last_middles: &["ra", "kou", "dde", "li", "ssa", "zi", "ha"],
        last_ends: &[
            "oui", "ani", "ri", "bi", "chi", "laoui", "mi", "dine", "ouch", "fi", "bar", "ddou",
        ],
        particles: &["el ", "el-", "al-", "ben "],
        particle_share: 0.4,
        spellings: &[
            ("ou", "u"),
            ("dj", "j"),
            ("kh", "ch"),
            ("q", "k"),
            ("ss", "s"),
            ("dd", "d"),
            ("el ", "El"),
            ("el-", "el "),
            ("al-", "el "),
            ("ch", "sh"),
            ("oui", "awi"),
            ("y", "i"),
        ],
    },
    // Slavic-like.
    Culture {
        share: 0.12,
        starts: &["mi", "bo", "sla", "dra", "ra", "vo", "ja", "ta", "ve", "zo", "le", "stra", "du"],
        middles: &["ro", "šla", "du", "ži", "di", "vo", "li"],
        ends: [
            &["slav", "mir", "n", "š", "k", "gor", "jan", "ko"],
            &["na", "ka", "slava", "jana", "ša", "ra", "mila"],
        ],
        last_starts: &[
            "no", "pet", "ko", "hor", "mal", "džu", "šev", "bar", "kru", "led", "vasi", "gro",
            "zel",
        ],
        last_middles: &["va", "ro", "če", "li", "ni", "ja", "ži"],
        last_ends: &[
            "vić", "ček", "nski", "nko", "ev", "rov", "chuk", "lak", "čan", "šek", "vec", "dić",
        ],
        particles: &[""],
        particle_share: 0.0,
        spellings: &[
            ("š", "s"),
            ("č", "c"),
            ("ž", "z"),
            ("ć", "c"),
            ("š", "sh"),
            ("č", "ch"),
            ("ž", "zh"),
            ("j", "y"),
            ("ć", "tj"),
            ("v", "w"),
            ("ev", "eff"),
        ],
    },
    // West-African-like.
    Culture {
        share: 0.09,
        starts: &["o", "a", "e", "ko", "ade", "ife", "chi", "nna", "u", "ye", "ba", "kwa", "ama"],
        middles: &["lu", "ke", "mi", "so", "du", "bi", "to", "nwa"],
        ends: [
            &["ro", "ku", "yo", "ffo", "me", "du", "nde", "la"],
            &["ma", "bi", "sa", "ya", "tina", "ke", "no"],
        ],
        last_starts: &[
            "o", "a", "e", "adé", "owu", "nwo", "ike", "bo", "men", "aso", "ko", "agye", "ugo",
        ],
        last_middles: &["ba", "lu", "no", "ki", "sa", "te", "du", "mo"],
        last_ends: &[
            "su", "ma", "tey", "kwe", "wole", "nya", "doh", "fo", "bor", "ghe", "lami", "chukwa",
        ],
        particles: &[""],
        particle_share: 0.0,
        spellings: &[
            ("é", "e"),
            ("ff", "f"),
            ("kw", "qu"),
            ("u", "oe"),
            ("y", "ij"),
            ("gh", "g"),
            ("ch", "tsj"),
        ],
    },
    // Romanian-like.
    Culture {
        share: 0.08,
        starts: &["mi", "ște", "flo", "că", "io", "ga", "du", "ra", "vi", "no", "la", "cri"],
        middles: &["ri", "li", "nu", "do", "ța", "vi", "be"],
        ends: [
            &["n", "cu", "el", "fan", "tru", "rin", "ță"],
            &["na", "ca", "ela", "ța", "ana", "ria", "uța"],
        ],
        last_starts: &[
            "po", "io", "du", "mă", "stă", "ci", "ghe", "lu", "mo", "tă", "ră", "ne", "bă",
        ],
        last_middles: &["pe", "ne", "mi", "ri", "du", "gu", "că"],
        last_ends: &[
            "scu", "nu", "reanu", "șor", "oiu", "țan", "ru", "ța", "bescu", "an", "cilă", "ghiu",
        ],
        particles: &[""],
        particle_share: 0.0,
        spellings: &[
            ("ș", "s"),
            ("ț", "t"),
            ("ă", "a"),
            ("ș", "sh"),
            ("ț", "ts"),
            ("scu", "sku"),
            ("gh", "g"),
        ],
    },
];
