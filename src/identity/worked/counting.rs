//! How rare values are, and how many people they need.

use super::super::field::Field;
use super::super::frequency::Frequencies;
use super::super::mentions::Mentions;
use super::super::persons::{contradict, needed};
use super::mentions;

fn close(got: f64, want: f64) {
    assert!((got - want).abs() < 1e-9, "{} instead of {}", got.exp(), want.exp());
}

/// Mentions by name, alias and date of birth.
fn people(rows: &[&str]) -> Mentions {
    let rows: String =
        (10..).zip(rows).map(|(n, row)| format!("p{n},{row}\n")).collect::<Vec<_>>().concat();
    mentions(&[("people.csv", &format!("person_id,name,alias,birth\n{rows}"))])
}

#[test]
fn two_contradict_each_other_by_birth_by_file_or_by_both_names() {
    let born = |a: &str, b: &str| {
        let (a, b) = (format!(",,{a}"), format!(",,{b}"));
        contradict(&people(&[&a, &b]), 0, 1)
    };
    assert!(born("1990-03-04", "1980-11-09") && born("1990-03-04", "1983-03-04"));
    assert!(!born("1990-03-04", "1990-03-05") && !born("1990-03-04", "1990") && !born("1990", ""));
    let named =
        |a: &str, b: &str| contradict(&people(&[&format!("{a},,"), &format!("{b},,")]), 0, 1);
    assert!(named("Jan Bakker", "Piet Visser"));
    for other in ["Piet Bakker", "Jan Visser", "", "Visser", "J. Visser", "Piet Jan Visser"] {
        assert!(!named("Jan Bakker", other) && !named(other, "Jan Bakker"), "{other}");
    }
    let roles = "case_id,person_id,role\nk1,a,driver\nk1,b,driver\nk2,c,driver\n";
    let filed = mentions(&[("people.csv", "person_id\na\nb\nc\n"), ("roles.csv", roles)]);
    assert!(contradict(&filed, 0, 1) && !contradict(&filed, 0, 2));
}

/// So many mentions of so many days of birth that exclude each other.
fn born(count: usize, days: usize) -> usize {
    let day = |n: usize| format!(",,{}-0{}-1{}", 1950 + 2 * (n % days), 1 + n % days, n % days);
    let rows: Vec<String> = (0..count).map(day).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let holders: Vec<u32> = (0..).take(count).collect();
    needed(&people(&rows), &holders)
}

#[test]
fn a_value_needs_as_many_people_as_contradict_each_other() {
    let three = people(&[",,1990-03-04", ",,1980-11-09", ",,"]);
    assert_eq!(
        [&[0, 1, 2][..], &[0, 2], &[0], &[]].map(|holders| needed(&three, holders)),
        [2, 1, 1, 0]
    );
    assert_eq!((born(64, 8), born(64, 3)), (8, 3));
    // Of more than 64 the first stand for all, where an eighth of them or more are needed.
    assert_eq!((born(80, 8), born(128, 8), born(128, 7)), (10, 16, 7));
}

/// The chances of a word as a given name, a family name and a nickname.
fn of_word(mentions: &Mentions, persons: Option<&[u32]>, word: &str) -> [f64; 3] {
    let frequencies = Frequencies::of(mentions, persons);
    let at = mentions.tokens.iter().position(|token| token.text() == word).expect("a word");
    [&frequencies.given, &frequencies.family, &frequencies.alias].map(|chances| chances[at])
}

#[test]
fn names_are_as_rare_as_the_people_who_need_them() {
    let four = people(&["Jan Bakker,,", "Jan Visser,,", "Piet Smit,,", "Kees Mulder,,"]);
    // Three given names, one person each: discount 3 of 4, so a quarter of a person of three.
    for word in ["jan", "piet", "kees"] {
        close(of_word(&four, None, word)[0], (0.25_f64 / 3.0).ln());
    }
    // Four family names: discount 4 of 5.
    close(of_word(&four, None, "smit")[1], (0.2_f64 / 4.0).ln());
    // Once both Jans are known to be two: two names met once and one twice, discount 2 of 5, of four people.
    let apart: &[u32] = &[0, 1, 2, 3];
    close(of_word(&four, Some(apart), "jan")[0], (1.6_f64 / 4.0).ln());
    close(of_word(&four, Some(apart), "piet")[0], (0.6_f64 / 4.0).ln());
    // And known to be one, they are one again.
    close(of_word(&four, Some(&[0, 0, 2, 3]), "jan")[0], (0.25_f64 / 3.0).ln());
}

#[test]
fn whoever_has_two_given_names_counts_once() {
    // Four names of two people: discount 4 of 5; two each, so of 4 / 2 people.
    let two = people(&["Jan Piet Bakker,,", "Kees Dirk Visser,,", ",,"]);
    close(of_word(&two, None, "dirk")[0], (0.2_f64 / 2.0).ln());
    // What everybody has is no more than 0.9.
    let all = people(&["Jan Bakker,,1990-03-04", "Jan Visser,,1980-11-09", "Jan Smit,,1970-06-30"]);
    close(of_word(&all, None, "jan")[0], 0.9_f64.ln());
}

#[test]
fn another_mention_of_a_nickname_is_another_person_by_chance() {
    // Nobody's birth is known: each further Kobus is another as likely as not. Discount 2 of 3; of three people.
    let unborn = people(&[",Kobus,", ",Kobus,", ",Kobus,", ",Dirk,"]);
    close(of_word(&unborn, None, "kobus")[2], ((2.0 - 2.0 / 3.0) / 3.0_f64).ln());
    close(of_word(&unborn, None, "dirk")[2], ((1.0 - 2.0 / 3.0) / 3.0_f64).ln());
    // The one pair with two births contradicts: two of three further ones are others, 1 + 2 · 2/3 people. Discount 1 of 4.
    let born = people(&[",Kobus,1990-03-04", ",Kobus,1980-11-09", ",Kobus,", ",Dirk,"]);
    close(of_word(&born, None, "kobus")[2], ((7.0 / 3.0 - 0.25) / (10.0 / 3.0_f64)).ln());
    close(of_word(&born, None, "dirk")[2], (0.75 / (10.0 / 3.0_f64)).ln());
    // Near births do not contradict: one of three.
    let near = people(&[",Kobus,1990-03-04", ",Kobus,1990-03-05", ",Kobus,", ",Dirk,"]);
    close(of_word(&near, None, "kobus")[2], ((5.0 / 3.0 - 2.0 / 3.0) / (8.0 / 3.0_f64)).ln());
}

#[test]
fn of_identifiers_that_change_hands_more_others_have_one() {
    let people = "person_id,birth\na,1990-03-04\nb,1980-11-09\nc,\n";
    let rows = "person_id,kind,value\na,phone,0698700142\nb,phone,0698700142\nc,phone,0611223344\n";
    let mentions = mentions(&[("people.csv", people), ("identifiers.csv", rows)]);
    let value = Frequencies::of(&mentions, None).value;
    // The one pair with two births contradicts: two in three are strangers, and one other has the number for certain. Of three phones.
    close(value[0], ((1.0 + 2.0 / 3.0) / 3.0_f64).ln());
    close(value[1], (2.0 / 3.0 / 3.0_f64).ln());
}

#[test]
fn identifiers_are_as_rare_as_others_who_have_one() {
    let chances = |people: &str, rows: &str| {
        let identifiers = format!("person_id,kind,value\n{rows}");
        let people = format!("person_id,name\n{people}");
        let mentions = mentions(&[("people.csv", &people), ("identifiers.csv", &identifiers)]);
        let value = Frequencies::of(&mentions, None).value;
        let chance = |field: Field| {
            let all = mentions.values.iter().zip(value.clone());
            all.filter(|(value, _)| value.field == field)
                .map(|(_, chance)| chance)
                .collect::<Vec<_>>()
        };
        [chance(Field::Phone), chance(Field::Document)]
    };
    let phones = "a,phone,0698700142\nb,phone,0698700142\nc,phone,0698700142\n";
    let [phone, document] = chances("a,\nb,\nc,\n", &format!("{phones}a,document,AB1234\n"));
    // One person is enough, and half a stranger: of three phones; a document alone counts as one of two.
    close(phone[0], (0.5_f64 / 3.0).ln());
    close(document[0], (0.5_f64 / 2.0).ln());
    // Three full names need three people: two others and half a stranger.
    let [phone, _] = chances("a,Jan Bakker\nb,Piet Visser\nc,Kees Smit\n", phones);
    close(phone[0], (2.5_f64 / 3.0).ln());
    let more = "a,phone,0698700142\nb,phone,0698700142\nc,phone,0611223344\n";
    let [phone, _] = chances("a,Jan Bakker\nb,Piet Visser\nc,Kees Smit\n", more);
    close(phone[0], (1.5_f64 / 3.0).ln());
    close(phone[1], (0.5_f64 / 3.0).ln());
}

#[test]
fn places_are_as_rare_as_people_whose_acts_name_them() {
    let links = "from,to,kind,case_id,place_id,channel_id\na,v,recruited,k1,s,x\nb,v,recruited,k2,s,x\n\
                 b,v,recruited,k2,t,\n";
    let mentions = mentions(&[
        ("people.csv", "person_id\na\nb\nv\n"),
        ("places.csv", "place_id,name\ns,S\nt,T\n"),
        ("channels.csv", "channel_id,name\nx,X\n"),
        ("links.csv", links),
    ]);
    let sorted = |persons: Option<&[u32]>| {
        let mut places: Vec<f64> =
            Frequencies::of(&mentions, persons).place.into_values().collect();
        places.sort_by(f64::total_cmp);
        places
    };
    let [t, s] = sorted(None)[..] else { panic!("two places") };
    close(t, (1.0_f64 / 3.0).ln());
    close(s, (2.0_f64 / 3.0).ln());
    let [t, s] = sorted(Some(&[0, 0, 2]))[..] else { panic!("two places") };
    close(t, 0.5_f64.ln());
    close(s, 0.5_f64.ln());
    let channels: Vec<f64> = Frequencies::of(&mentions, None).channel.into_values().collect();
    close(channels[0], (2.0_f64 / 3.0).ln());
}

#[test]
fn days_of_birth_are_those_of_forty_years_until_the_data_say_more() {
    let birth = |rows: &[&str]| Frequencies::of(&people(rows), None).birth;
    let by_chance = 1.0 / (40.0 * 365.25);
    close(birth(&[",,", ",,1990", ",,1990"]), f64::ln(by_chance));
    // Two people of one day and one of another: 2 of 6 ordered pairs.
    let rows = ["Jan Bakker,,1990-03-04", "Piet Visser,,1990-03-04", ",,1970-01-20"];
    close(birth(&rows), ((2.0 + 1e5 * by_chance) / (6.0 + 1e5)).ln());
    // One person of two mentions is one.
    let rows = ["Jan Bakker,,1990-03-04", "Jan Bakker,,1990-03-04", ",,1970-01-20"];
    close(birth(&rows), ((1e5 * by_chance) / (2.0 + 1e5)).ln());
}
