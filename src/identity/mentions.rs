//! The mentions of a case, made ready to be compared.

use std::collections::HashMap;

use super::clean::{AddressParts, Likeness, Name, Region, Token, fold, identifier, likeness};
use super::epithets::Epithets;
use super::field::Field;
use super::lists::Lists;
use crate::case::{Case, IdentifierKind, LinkKind, Role, Status, Symbol, Table, When};

/// What a mention is in its cases, as far as it says how often such people come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// Recruits, grooms or makes the first contact.
    Recruiter,
    /// Takes another part in it.
    Offender,
    Client,
    Professional,
    Victim,
    #[default]
    Other,
}

impl Part {
    /// Which of two parts a mention has that has both: a victim is one before anything else, a professional before an offender.
    fn rank(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Client => 1,
            Self::Offender => 2,
            Self::Recruiter => 3,
            Self::Professional => 4,
            Self::Victim => 5,
        }
    }

    /// One number for parts that one person may have in two files.
    pub(super) fn group(self) -> u64 {
        if self.is_offender() { 0 } else { 1 + u64::from(self.rank()) }
    }

    pub(super) fn is_offender(self) -> bool {
        matches!(self, Self::Recruiter | Self::Offender)
    }
}

/// A value of an identifier, once for all its writings.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) field: Field,
    /// Whether it is the whole value, or what is left of it when people change it a little.
    pub(super) whole: bool,
    pub(super) text: String,
}

/// All mentions: rows of `people`, each with what is known of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    /// Each distinct word of a name.
    pub(super) tokens: Vec<Token>,
    /// By row: words of its names.
    pub(super) given: Lists,
    pub(super) family: Lists,
    /// Nicknames, and words of which nobody knows what they are.
    pub(super) alias: Lists,
    /// Given names and nicknames that its handles hold.
    pub(super) hinted: Lists,
    pub(super) birth: Vec<When>,
    /// Each distinct identifier.
    pub(super) values: Vec<Value>,
    /// By row: its identifiers.
    pub(super) identifiers: Lists,
    pub(super) places: Lists,
    pub(super) channels: Lists,
    /// By row: the case files that name it.
    pub(super) cases: Lists,
    pub(super) case_count: usize,
    pub(super) part: Vec<Part>,
}

impl Mentions {
    /// Everything that a case says of the people in it.
    pub(super) fn of(case: &Case, region: Region) -> Self {
        let count = case.people.len();
        let mut mentions = Self {
            birth: case.people.iter().map(|person| person.birth).collect(),
            ..Self::default()
        };
        mentions.take_names(case, count);
        mentions.take_identifiers(case, count, region);
        mentions.take_acts(case, count);
        mentions.part = parts(case, count);
        mentions
    }

    pub(super) fn len(&self) -> usize {
        self.birth.len()
    }

    /// Whether two mentions stand in one case file.
    pub(super) fn share_a_case(&self, a: u32, b: u32) -> bool {
        super::lists::shared(self.cases.of(a), self.cases.of(b)).next().is_some()
    }

    fn take_names(&mut self, case: &Case, count: usize) {
        let mut words = Words::default();
        let epithets = Epithets::of(case);
        for (row, person) in (0_u32..).zip(case.people.iter()) {
            if let Some(name) = person.name.known().map(|name| case.text(name)) {
                if epithets.begin(name) {
                    words.take_nickname(row, &fold(name));
                } else {
                    words.take(row, &Name::parse(name));
                }
            }
            let Some(text) = person.alias.known() else { continue };
            for other in case.text(text).split(';').map(fold) {
                words.take_nickname(row, &other);
            }
        }
        let mut hinted = hints(case, &given_names(&words));
        self.given = Lists::from_pairs(count, words.given);
        self.family = Lists::from_pairs(count, words.family);
        self.alias = Lists::from_pairs(count, words.alias);
        self.tokens = words.numbers.texts.iter().map(|word| Token::new(word)).collect();
        // That a Yusuf's handle speaks of a Yusuf, or of a Joesoef, is no news.
        let tokens = &self.tokens;
        let alike =
            |a: u32, b: u32| likeness(&tokens[a as usize], &tokens[b as usize]) < Likeness::Sound;
        hinted.retain(|&(row, word)| {
            let names = [&self.given, &self.family, &self.alias];
            !names.iter().any(|names| names.of(row).iter().any(|&name| alike(name, word)))
        });
        self.hinted = Lists::from_pairs(count, hinted);
    }

    fn take_identifiers(&mut self, case: &Case, count: usize, region: Region) {
        let mut values = Values::default();
        let mut pairs = Vec::new();
        let row = |person| row_of(case, person);
        for found in case.identifiers.iter() {
            if let (Some(row), Some(value)) = (row(found.person), found.value.known()) {
                values.take(found.kind, case.text(value), region, |value| pairs.push((row, value)));
            }
        }
        for ad in case.ads.iter() {
            // Who pays for an advertisement or places it uses its phone and handle.
            for row in [ad.posted_by, ad.payer].into_iter().filter_map(row) {
                for (kind, text) in
                    [(IdentifierKind::Phone, ad.phone), (IdentifierKind::Handle, ad.handle)]
                {
                    if let Some(text) = text.known() {
                        values
                            .take(kind, case.text(text), region, |value| pairs.push((row, value)));
                    }
                }
            }
        }
        self.identifiers = Lists::from_pairs(count, pairs);
        self.values = values.all;
    }

    fn take_acts(&mut self, case: &Case, count: usize) {
        let (mut cases, mut places, mut channels) = (Vec::new(), Vec::new(), Vec::new());
        let mut files = HashMap::new();
        let mut file = |case: Symbol| {
            let next = u32::try_from(files.len()).expect("a case has fewer than 2³² files");
            case.known().map(|case| *files.entry(case).or_insert(next))
        };
        let number = |symbol: Symbol| {
            symbol.known().map(|symbol| u32::try_from(symbol.number()).expect("32 bits"))
        };
        for role in case.roles.iter() {
            if let (Some(row), Some(file)) = (row_of(case, role.person), file(role.case)) {
                cases.push((row, file));
            }
        }
        for link in case.links.iter() {
            let file = file(link.case);
            let actor = row_of(case, link.from);
            let all = [actor, row_of(case, link.to), row_of(case, link.about)];
            cases.extend(all.into_iter().flatten().zip(file.into_iter().cycle()));
            if let Some(actor) = actor.filter(|_| link.kind != LinkKind::ClientOf) {
                places.extend(number(link.place).map(|place| (actor, place)));
                channels.extend(number(link.channel).map(|channel| (actor, channel)));
            }
        }
        for ad in case.ads.iter() {
            let file = file(ad.case);
            let all = [ad.victim, ad.posted_by, ad.payer].map(|person| row_of(case, person));
            cases.extend(all.into_iter().flatten().zip(file.into_iter().cycle()));
        }
        self.case_count = files.len();
        self.cases = Lists::from_pairs(count, cases);
        self.places = Lists::from_pairs(count, places);
        self.channels = Lists::from_pairs(count, channels);
    }
}

fn row_of(case: &Case, person: Symbol) -> Option<u32> {
    let row = case.row_of(Table::People, person.known()?)?;
    Some(u32::try_from(row).expect("a table has fewer than 2³² rows"))
}

/// What each mention is.
fn parts(case: &Case, count: usize) -> Vec<Part> {
    let mut parts = vec![Part::Other; count];
    let mut raise = |person: Symbol, part: Part| {
        if let Some(row) = row_of(case, person) {
            let own = &mut parts[row as usize];
            if part.rank() > own.rank() {
                *own = part;
            }
        }
    };
    for role in case.roles.iter() {
        let part = match (role.role, role.status) {
            (role, _) if role.is_victim() => Part::Victim,
            (_, Some(Status::Victim)) => Part::Victim,
            (Role::Professional, _) | (_, Some(Status::Professional)) => Part::Professional,
            (Role::Client, _) => Part::Client,
            (Role::Recruiter | Role::Groomer, _) => Part::Recruiter,
            (role, _) if role.is_offender() => Part::Offender,
            (_, Some(Status::Suspect | Status::Convicted)) => Part::Offender,
            _ => Part::Other,
        };
        raise(role.person, part);
    }
    for link in case.links.iter() {
        if let Some(victim) = link.acted_upon() {
            raise(victim, Part::Victim);
            let actor = match link.kind {
                LinkKind::Recruited | LinkKind::Groomed => Part::Recruiter,
                _ => Part::Offender,
            };
            raise(link.from, actor);
        }
    }
    for ad in case.ads.iter() {
        raise(ad.victim, Part::Victim);
    }
    parts
}

/// The words of names, as pairs of row and word.
#[derive(Default)]
struct Words {
    numbers: Numbers,
    given: Vec<(u32, u32)>,
    family: Vec<(u32, u32)>,
    alias: Vec<(u32, u32)>,
}

impl Words {
    /// `Kleine Ali` is one nickname, and `Ali` may stand for it; `Kleine` is half the town.
    fn take_nickname(&mut self, row: u32, folded: &str) {
        let whole = folded.replace(' ', "");
        let words = folded.rsplit(' ').take(1).chain([whole.as_str()]);
        self.alias.extend(words.filter_map(|word| self.numbers.of(word)).map(|word| (row, word)));
    }

    fn take(&mut self, row: u32, name: &Name) {
        let numbers = &mut self.numbers;
        let single = name.single.iter().flat_map(|single| single.split(' '));
        let loose = name.nick.iter().map(String::as_str).chain(single);
        self.alias.extend(loose.filter_map(|word| numbers.of(word)).map(|word| (row, word)));
        for (names, words) in [(&name.given, &mut self.given), (&name.family, &mut self.family)] {
            words.extend(names.iter().filter_map(|word| numbers.of(word)).map(|word| (row, word)));
        }
    }
}

/// The shortest given name that is looked for in handles.
const LONG_ENOUGH: usize = 4;

/// Given names and nicknames that can be told from other letters.
fn given_names(words: &Words) -> HashMap<&str, u32> {
    let texts = &words.numbers.texts;
    let names = words.given.iter().chain(&words.alias);
    let names = names.map(|&(_, word)| (texts[word as usize].as_str(), word));
    names.filter(|(text, _)| text.len() >= LONG_ENOUGH).collect()
}

/// Rows and the longest given name in each of their handles: `real_yusuf_61` speaks of a Yusuf.
fn hints(case: &Case, names: &HashMap<&str, u32>) -> Vec<(u32, u32)> {
    let mut hints = Vec::new();
    for found in case.identifiers.iter().filter(|found| found.kind == IdentifierKind::Handle) {
        let (Some(row), Some(value)) = (row_of(case, found.person), found.value.known()) else {
            continue;
        };
        let letters: String = fold(case.text(value)).replace(' ', "");
        hints.extend(longest_name(&letters, names).map(|word| (row, word)));
    }
    hints
}

fn longest_name(letters: &str, names: &HashMap<&str, u32>) -> Option<u32> {
    const LONGEST: usize = 16;
    let lengths = (LONG_ENOUGH..=letters.len().min(LONGEST)).rev();
    let mut pieces =
        lengths.flat_map(|length| (0..=letters.len() - length).map(move |at| at..at + length));
    pieces.find_map(|piece| letters.get(piece).and_then(|piece| names.get(piece))).copied()
}

/// Numbers for texts, in the order in which they are met; the empty text has none.
#[derive(Default)]
struct Numbers {
    texts: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        if let Some(&number) = self.numbers.get(text) {
            return Some(number);
        }
        let number = u32::try_from(self.texts.len()).expect("fewer than 2³² texts");
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        Some(number)
    }
}

/// Numbers for identifiers.
#[derive(Default)]
struct Values {
    all: Vec<Value>,
    numbers: HashMap<(Field, bool, String), u32>,
}

impl Values {
    fn take(
        &mut self,
        kind: IdentifierKind,
        text: &str,
        region: Region,
        mut found: impl FnMut(u32),
    ) {
        let Some(cleaned) = identifier(kind, text, region) else { return };
        let field = Field::of(kind);
        found(self.number(field, true, cleaned.key));
        if let Some(stem) = cleaned.stem {
            found(self.number(field, false, stem));
        }
        if kind == IdentifierKind::Address {
            for house in houses(&AddressParts::parse(text)) {
                found(self.number(field, false, house));
            }
        }
    }

    fn number(&mut self, field: Field, whole: bool, text: String) -> u32 {
        let next = u32::try_from(self.all.len()).expect("fewer than 2³² identifiers");
        let number = *self.numbers.entry((field, whole, text.clone())).or_insert(next);
        if number == next {
            self.all.push(Value { field, whole, text });
        }
        number
    }
}

/// What of an address is enough to say that it is nearly another: the house by street and town, or by postcode.
fn houses(parts: &AddressParts) -> impl Iterator<Item = String> {
    let number = parts.number.clone();
    let sound = |words: &Option<String>| {
        words.as_ref().map(|words| super::clean::sound(&words.replace(' ', "")))
    };
    let town = sound(&parts.town).unwrap_or_default();
    let by_street = number.clone().zip(sound(&parts.street));
    let by_street = by_street.map(|(number, street)| format!("{number} {street:x} {town:x}"));
    let by_postcode =
        number.zip(parts.postcode.clone()).map(|(number, code)| format!("{number} {code}"));
    by_street.into_iter().chain(by_postcode)
}
