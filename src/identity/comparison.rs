//! Compares two mentions, field by field.

use rapidfuzz::distance::osa;

use super::clean::{BirthLikeness, Likeness, birth_likeness, likeness};
use super::field::{FAINT, Field, MISSING, NEAR, OTHER, PART, Pattern, SAME};
use super::frequency::Frequencies;
use super::lists::shared;
use super::mentions::{Mentions, Value};

/// How alike two mentions are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    pub(super) pattern: Pattern,
    /// By field that is [`SAME`]: the logarithm of the chance that somebody else has the value.
    pub(super) chance: [f64; Field::COUNT],
}

/// Everything that comparing needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison<'a> {
    pub(super) mentions: &'a Mentions,
    pub(super) frequencies: &'a Frequencies,
}

/// What nicknames say.
struct Alias {
    found: (u8, f64),
    /// Whether a nickname of one is a name of the other.
    by_name: bool,
}

/// The fewest signs of an identifier in which a slip of the pen can be told from another one.
const LONG_ENOUGH: usize = 7;
/// One slip of the pen in so many signs leaves an address alike in part.
const SIGNS_A_SLIP: usize = 8;
/// Longer texts take long to be compared, and are no addresses.
const LONGEST: usize = 200;

impl Comparison<'_> {
    /// Compares two mentions in everything but their company.
    pub(super) fn of(&self, a: u32, b: u32) -> Compared {
        let mut compared =
            Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
        self.names(a, b, &mut compared);
        self.births(a, b, &mut compared);
        self.identifiers(a, b, &mut compared);
        self.handles_of_one_name(a, b, &mut compared);
        let (mentions, frequencies) = (self.mentions, self.frequencies);
        acts(
            Field::Place,
            mentions.places.of(a),
            mentions.places.of(b),
            &frequencies.place,
            &mut compared,
        );
        acts(
            Field::Channel,
            mentions.channels.of(a),
            mentions.channels.of(b),
            &frequencies.channel,
            &mut compared,
        );
        compared
    }

    fn names(&self, a: u32, b: u32, compared: &mut Compared) {
        let (mentions, chances) = (self.mentions, self.frequencies);
        let given = [a, b].map(|row| mentions.given.of(row));
        let family = [a, b].map(|row| mentions.family.of(row));
        let mut best = [
            self.words(given[0], given[1], &chances.given, &chances.given),
            self.words(family[0], family[1], &chances.family, &chances.family),
        ];
        if best.iter().all(|found| found.0 == OTHER) {
            let across = [
                self.words(given[0], family[1], &chances.given, &chances.family),
                self.words(family[0], given[1], &chances.given, &chances.family),
            ];
            if across.iter().all(|found| (SAME..=PART).contains(&found.0)) {
                best = [(NEAR, 0.0); 2];
            }
        }
        let alias = self.aliases(a, b, given, family);
        if alias.by_name {
            // One of the two goes by the other's nickname: that explains another name.
            best.iter_mut()
                .filter(|found| found.0 == OTHER)
                .for_each(|found| *found = (MISSING, 0.0));
        }
        compared.set(Field::Given, best[0]);
        compared.set(Field::Family, best[1]);
        compared.set(Field::Alias, alias.found);
        compared.set(Field::Hint, self.hints(a, b, given));
    }

    /// Nicknames of either against nicknames and names of the other.
    fn aliases(&self, a: u32, b: u32, given: [&[u32]; 2], family: [&[u32]; 2]) -> Alias {
        let (mentions, chances) = (self.mentions, self.frequencies);
        let alias = [a, b].map(|row| mentions.alias.of(row));
        let among = self.words(alias[0], alias[1], &chances.alias, &chances.alias);
        let mut by_name = (MISSING, 0.0);
        for (alias, other) in [(alias[0], 1), (alias[1], 0)] {
            for (names, chances) in
                [(given[other], &chances.given), (family[other], &chances.family)]
            {
                by_name =
                    better(by_name, self.words(alias, names, chances, &self.frequencies.alias));
            }
        }
        let found = match better(among, by_name) {
            best @ (SAME | MISSING, _) => best,
            (NEAR | PART, _) => (NEAR, 0.0),
            _ => (OTHER, 0.0),
        };
        Alias { found, by_name: by_name.0 == SAME }
    }

    /// Given names that handles hold, where names do not say as much themselves; another name, or none, says nothing.
    fn hints(&self, a: u32, b: u32, given: [&[u32]; 2]) -> (u8, f64) {
        if given.iter().all(|names| !names.is_empty()) {
            return (MISSING, 0.0);
        }
        let (mentions, chances) = (self.mentions, self.frequencies);
        let hinted = [a, b].map(|row| mentions.hinted.of(row));
        let alias = [a, b].map(|row| mentions.alias.of(row));
        let pairs = [
            (hinted[0], given[1]),
            (hinted[1], given[0]),
            (hinted[0], alias[1]),
            (hinted[1], alias[0]),
            (hinted[0], hinted[1]),
        ];
        let found = pairs.map(|(x, y)| self.words(x, y, &chances.given, &chances.alias));
        found.into_iter().filter(|found| found.0 == SAME).fold((MISSING, 0.0), better)
    }

    /// The best likeness of any two words, and the chance of the word in the commoner of two uses.
    fn words(&self, a: &[u32], b: &[u32], chances: &[f64], or: &[f64]) -> (u8, f64) {
        let mut best = (MISSING, 0.0);
        for &x in a {
            for &y in b {
                best = better(best, self.word(x, y, chances, or));
            }
        }
        best
    }

    fn word(&self, x: u32, y: u32, chances: &[f64], or: &[f64]) -> (u8, f64) {
        let (first, second) =
            (&self.mentions.tokens[x as usize], &self.mentions.tokens[y as usize]);
        match likeness(first, second) {
            Likeness::Same if first.is_initial() => (FAINT, 0.0),
            Likeness::Same => (SAME, chances[x as usize].max(or[x as usize])),
            Likeness::Variant => (NEAR, 0.0),
            Likeness::Close => (PART, 0.0),
            Likeness::Sound | Likeness::Initial => (FAINT, 0.0),
            Likeness::Different => (OTHER, 0.0),
        }
    }

    fn births(&self, a: u32, b: u32, compared: &mut Compared) {
        let birth = &self.mentions.birth;
        let level = match birth_likeness(birth[a as usize], birth[b as usize]) {
            None => return,
            Some(BirthLikeness::Same) => SAME,
            Some(BirthLikeness::Near) => NEAR,
            Some(BirthLikeness::Compatible) => PART,
            Some(BirthLikeness::Different) => FAINT,
            Some(BirthLikeness::Excluded) => OTHER,
        };
        compared.set(Field::Birth, (level, self.frequencies.birth));
    }

    fn identifiers(&self, a: u32, b: u32, compared: &mut Compared) {
        let lists = [a, b].map(|row| self.mentions.identifiers.of(row));
        let values = &self.mentions.values;
        for number in shared(lists[0], lists[1]) {
            let value = &values[number as usize];
            let found = if value.level == SAME {
                (SAME, self.frequencies.value[number as usize])
            } else {
                (value.level, 0.0)
            };
            let place = value.field as usize;
            let before = (compared.pattern[place], compared.chance[place]);
            compared.set(value.field, better(before, found));
        }
        // Of several numbers of a kind the two most alike count, whichever of the two people has them.
        let shared = compared.pattern;
        for &x in lists[0] {
            let field = values[x as usize].field;
            if shared[field as usize] != MISSING {
                continue;
            }
            let of_kind = lists[1].iter().filter(|&&y| values[y as usize].field == field);
            if let Some(level) = of_kind.map(|&y| self.likeness_of_values(x, y)).min() {
                let before = compared.pattern[field as usize];
                let best = if before == MISSING { level } else { before.min(level) };
                compared.set(field, (best, 0.0));
            }
        }
    }

    /// That two of one name have one handle, which holds the name, says less than the handle alone.
    fn handles_of_one_name(&self, a: u32, b: u32, compared: &mut Compared) {
        let level = compared.pattern[Field::Handle as usize];
        if level != SAME && level != NEAR {
            return;
        }
        let mentions = self.mentions;
        let names = |row| {
            mentions
                .given
                .of(row)
                .iter()
                .chain(mentions.alias.of(row))
                .chain(mentions.hinted.of(row))
        };
        let both = names(a).filter(|word| names(b).any(|other| other == *word));
        let handles = || {
            shared(mentions.identifiers.of(a), mentions.identifiers.of(b))
                .map(|value| &mentions.values[value as usize])
        };
        let held = both.filter(|&&word| {
            let name = mentions.tokens[word as usize].text();
            let holds = |value: &Value| value.field == Field::Handle && value.text.contains(name);
            name.len() >= 3 && handles().any(|value| holds(value) && !is_numbered(&value.text))
        });
        let name = held.map(|&word| {
            self.frequencies.given[word as usize].max(self.frequencies.alias[word as usize])
        });
        let Some(name) = name.min_by(f64::total_cmp) else { return };
        let chance = if level == SAME {
            (compared.chance[Field::Handle as usize] - name).min(-1.0)
        } else {
            0.0
        };
        compared.set(Field::Handle, if level == SAME { (SAME, chance) } else { (MISSING, 0.0) });
    }

    /// How alike two values of one kind are: a slip of the pen is near, and an address with a slip in every eight signs still alike in part.
    fn likeness_of_values(&self, x: u32, y: u32) -> u8 {
        let [first, second] = [x, y].map(|number| &self.mentions.values[number as usize]);
        if self.is_slip(x, y) {
            return NEAR;
        }
        let whole = first.level == SAME && second.level == SAME && first.field == Field::Address;
        let length = first.text.len().max(second.text.len());
        let cutoff = osa::Args::default().score_cutoff(length / SIGNS_A_SLIP);
        let in_part =
            || osa::distance_with_args(first.text.bytes(), second.text.bytes(), &cutoff).is_some();
        if whole && (LONG_ENOUGH..=LONGEST).contains(&length) && in_part() { PART } else { OTHER }
    }

    fn is_slip(&self, x: u32, y: u32) -> bool {
        let (x, y) = (&self.mentions.values[x as usize], &self.mentions.values[y as usize]);
        let numbers = matches!(
            x.field,
            Field::Phone | Field::Iban | Field::Document | Field::Device | Field::Wallet
        );
        let long = x.text.len().min(y.text.len()) >= LONG_ENOUGH
            && x.text.len().abs_diff(y.text.len()) <= 1;
        let cutoff = osa::Args::default().score_cutoff(1);
        numbers
            && long
            && osa::distance_with_args(x.text.bytes(), y.text.bytes(), &cutoff).is_some()
    }
}

impl Compared {
    pub(super) fn set(&mut self, field: Field, (level, chance): (u8, f64)) {
        self.pattern[field as usize] = level;
        self.chance[field as usize] = if level == SAME { chance } else { 0.0 };
    }

    /// How little coincidence explains all that is the same, as a logarithm.
    pub(super) fn rarity(&self) -> f64 {
        -self.chance.iter().sum::<f64>()
    }
}

/// Whether a handle holds a number of its own: two of one name do not hit upon the same.
fn is_numbered(handle: &str) -> bool {
    handle.bytes().filter(u8::is_ascii_digit).count() >= 2
}

fn acts(
    field: Field,
    a: &[u32],
    b: &[u32],
    chances: &std::collections::BTreeMap<u32, f64>,
    compared: &mut Compared,
) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let rarest =
        shared(a, b).filter_map(|value| chances.get(&value)).copied().min_by(f64::total_cmp);
    compared.set(field, rarest.map_or((OTHER, 0.0), |chance| (SAME, chance)));
}

/// The stronger likeness; of two that are the same, the rarer.
fn better(a: (u8, f64), b: (u8, f64)) -> (u8, f64) {
    let order = |found: (u8, f64)| (found.0 == MISSING, found.0);
    match order(a).cmp(&order(b)) {
        std::cmp::Ordering::Less => a,
        std::cmp::Ordering::Greater => b,
        std::cmp::Ordering::Equal => (a.0, a.1.min(b.1)),
    }
}
