//! Does it stay sensible, and end, when everybody is alike?

use std::fmt::Write as _;

use kluwen::Case;
use kluwen::identity::{Identities, Resolution};

use crate::common::Folder;

const MANY: usize = 10_000;

/// Mentions that a test makes up.
#[derive(Default)]
struct Crowd {
    people: String,
    roles: String,
    identifiers: String,
}

impl Crowd {
    /// So many mentions, each in a case file of its own, of which `name` and `birth` say what is written down.
    fn of(count: usize, name: impl Fn(usize) -> String, birth: impl Fn(usize) -> String) -> Self {
        let mut crowd = Self::default();
        for number in 0..count {
            crowd.person(number, &name(number), &birth(number));
            crowd.role(number, number);
        }
        crowd
    }

    fn person(&mut self, number: usize, name: &str, birth: &str) {
        writeln!(self.people, "p{number},{name},{birth}").expect("a text can grow");
    }

    fn role(&mut self, number: usize, file: usize) {
        writeln!(self.roles, "c{file},p{number},exploiter").expect("a text can grow");
    }

    fn identifier(&mut self, number: usize, kind: &str, value: &str) {
        writeln!(self.identifiers, "p{number},{kind},{value}").expect("a text can grow");
    }

    /// Who is who, as a few readings have it.
    fn resolved(&self) -> Identities {
        let folder = Folder::of(&[
            ("people.csv", format!("person_id,name,birth\n{}", self.people)),
            ("roles.csv", format!("case_id,person_id,role\n{}", self.roles)),
            ("identifiers.csv", format!("person_id,kind,value\n{}", self.identifiers)),
        ]);
        let case = Case::open(folder.path()).expect("the case is valid");
        let identities = Resolution { samples: 10, ..Resolution::default() }
            .of(&case)
            .expect("nothing was decided");
        let rows: usize =
            identities.entities.iter().map(|entity| identities.entities.rows(entity).len()).sum();
        assert_eq!(rows, case.people.len(), "everybody is somebody");
        identities
    }
}

/// How many mentions the person has who has most.
fn most(identities: &Identities) -> usize {
    identities
        .entities
        .iter()
        .map(|entity| identities.entities.rows(entity).len())
        .max()
        .unwrap_or(0)
}

/// The same in any of the sampled readings.
fn most_in_any_reading(identities: &Identities) -> usize {
    let most = |sample| {
        let mut labels = identities.samples.labels(sample).to_vec();
        labels.sort_unstable();
        labels.chunk_by(|a, b| a == b).map(<[u32]>::len).max().unwrap_or(0)
    };
    (0..identities.samples.len()).map(most).max().unwrap_or(0)
}

/// A word of its own for each number below a few millions.
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "dor", "fe", "gun", "hil", "jo", "kas", "lem", "mi", "nor", "pu", "rat", "se", "tob",
        "vu", "wel", "zi", "bro", "dran", "fli", "gre", "kla", "pri", "sta",
    ];
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[number % 24]);
        number /= 24;
    }
    word
}

fn full_name(number: usize) -> String {
    format!("{} {}", word(number * 37), word(number * 101 + 5))
}

fn day(number: usize) -> String {
    format!("{}-{:02}-{:02}", 1950 + number % 53, 1 + number / 53 % 12, 1 + number / 636 % 28)
}

fn nothing(_: usize) -> String {
    String::new()
}

#[test]
fn namesakes_of_whom_nothing_else_is_known_are_not_one_person() {
    let crowd = Crowd::of(MANY, |_| "Jan Jansen".into(), nothing);
    let identities = crowd.resolved();
    assert!(most(&identities) < 50, "{}", most(&identities));
    assert!(most_in_any_reading(&identities) < MANY / 20, "{}", most_in_any_reading(&identities));
}

#[test]
fn namesakes_with_their_own_dates_of_birth_are_told_apart() {
    let identities = Crowd::of(MANY, |_| "Jan Jansen".into(), |number| day(number / 2)).resolved();
    assert!(most(&identities) <= 4, "{}", most(&identities));
}

#[test]
fn one_phone_for_everybody_says_nothing() {
    let mut crowd = Crowd::of(MANY, full_name, day);
    (0..MANY).for_each(|number| crowd.identifier(number, "phone", "+31612345678"));
    let identities = crowd.resolved();
    assert!(identities.entities.len() > MANY * 99 / 100, "{}", identities.entities.len());
}

#[test]
fn one_phone_and_no_name_says_little() {
    let mut crowd = Crowd::of(MANY, nothing, nothing);
    (0..MANY).for_each(|number| crowd.identifier(number, "phone", "+31612345678"));
    let identities = crowd.resolved();
    assert!(most(&identities) <= MANY);
}

#[test]
fn one_birthday_for_everybody_says_nothing() {
    let identities = Crowd::of(MANY, full_name, |_| "1990-05-17".into()).resolved();
    assert!(identities.entities.len() > MANY * 99 / 100, "{}", identities.entities.len());
}

#[test]
fn people_without_roles_or_dates_are_still_found() {
    let mut crowd = Crowd::default();
    for number in 0..MANY {
        crowd.person(number, &full_name(number / 2), "");
        crowd.identifier(number, "phone", &format!("+3161{:07}", number / 2));
    }
    let identities = crowd.resolved();
    let found = identities.entities.len();
    assert!((MANY / 2 - 50..MANY / 2 + 50).contains(&found), "{found}");
}

#[test]
fn without_a_name_a_number_tells_who_it_is() {
    let mut crowd = Crowd::of(2000, nothing, nothing);
    (0..2000)
        .for_each(|number| crowd.identifier(number, "phone", &format!("+3161{:07}", number / 2)));
    let identities = crowd.resolved();
    assert!(most(&identities) <= 2);
}

#[test]
fn without_names_and_numbers_everybody_is_himself() {
    assert_eq!(Crowd::of(MANY, nothing, nothing).resolved().entities.len(), MANY);
    assert_eq!(Crowd::of(1, full_name, day).resolved().entities.len(), 1);
    assert!(Crowd::default().resolved().entities.is_empty());
}

#[test]
fn one_person_in_ten_thousand_cases_stays_one() {
    let mut crowd = Crowd::of(20, full_name, day);
    (0..MANY).for_each(|file| crowd.role(0, file));
    let identities = crowd.resolved();
    assert_eq!(identities.entities.len(), 20);
}

#[test]
fn ten_thousand_people_of_one_case_are_as_many() {
    let mut crowd = Crowd::default();
    for number in 0..MANY {
        crowd.person(number, &full_name(number / 2), &day(number / 2));
        crowd.role(number, 0);
    }
    assert_eq!(crowd.resolved().entities.len(), MANY);
}

#[test]
fn those_who_are_alike_in_everything_are_resolved_in_time() {
    let mut crowd = Crowd::of(3000, |_| "Jan Jansen".into(), |_| "1990-05-17".into());
    for number in 0..3000 {
        crowd.identifier(number, "phone", "+31612345678");
        crowd.identifier(number, "handle", "janjansen90");
    }
    let identities = crowd.resolved();
    assert!((1..=3000).contains(&identities.entities.len()));
}

#[test]
fn placeholders_are_nobody() {
    const EMPTY: [&str; 8] = ["unknown", "onbekend", "NN", "N.N.", "?", "-", "...", "\" \""];
    let identities = Crowd::of(MANY, |number| EMPTY[number % 8].into(), nothing).resolved();
    assert!(most(&identities) < 50, "{}", most(&identities));
}

#[test]
fn names_may_be_very_long() {
    let long = |number: usize| {
        format!(
            "{} {}",
            "abcdefgh".repeat(1000),
            (0..500).map(|k| word(k * number)).collect::<Vec<_>>().join(" ")
        )
    };
    let identities = Crowd::of(40, long, nothing).resolved();
    assert!(!identities.entities.is_empty());
}

#[test]
fn five_hundred_phones_of_one_person_are_compared() {
    let mut crowd = Crowd::of(60, full_name, day);
    for number in 0..60 {
        for phone in 0..500 {
            crowd.identifier(number, "phone", &format!("+3161{:07}", number / 2 * 500 + phone));
        }
    }
    let identities = crowd.resolved();
    assert!(most(&identities) <= 2, "{}", most(&identities));
}
