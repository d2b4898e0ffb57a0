//! Acts whose days are given, ninety days being near.

use super::*;
use crate::case::{Code as _, LinkKind, Symbol};
use crate::finding::sketch;

/// Offenders are under 10, victims from 10 on.
fn e(number: u32) -> EntityId {
    EntityId::from_number(number)
}

/// Who did what to whom, between which days, and between which days it ended.
type Said = (u32, Sort, u32, [i64; 2], Option<(i64, i64)>);

const RECRUITED: Sort = Sort::Link(LinkKind::Recruited);
const EXPLOITED: Sort = Sort::Link(LinkKind::Exploited);
const CLIENT: Sort = Sort::Link(LinkKind::ClientOf);

fn found(pattern: Pattern, said: &[Said]) -> Vec<Instance> {
    let assertion = sketch::said(Symbol::EMPTY, 1.0);
    let act = |&(actor, sort, victim, ..): &Said| Act {
        actor: Some(e(actor)).filter(|_| sort != Sort::Ad),
        victim: e(victim),
        sort,
        assertion,
    };
    let dates = |&(.., [first, last], end): &Said| Dates { first, last, end };
    let acts = Acts {
        list: said.iter().map(act).collect(),
        dates: said.iter().map(dates).collect(),
        undated: BTreeMap::new(),
    };
    let grouped = Grouped::of(&acts, |one| one >= e(10));
    let search = Search { grouped: &grouped, dates: &acts.dates, delta: 90 };
    let mut all = Vec::new();
    search.each(pattern, &mut |instance| all.push(instance));
    assert_eq!(search.count(pattern) as usize, all.len());
    all
}

fn recruits(actor: u32, victim: u32, days: [i64; 2]) -> Said {
    (actor, RECRUITED, victim, days, None)
}

fn takes(actor: u32, victim: u32, days: [i64; 2]) -> Said {
    (actor, EXPLOITED, victim, days, None)
}

/// Whether each instance is certain.
fn certain(pattern: Pattern, said: &[Said]) -> Vec<bool> {
    found(pattern, said).into_iter().map(|one| one.certain).collect()
}

#[test]
fn whom_he_brings_in_next_is_near_within_ninety_days() {
    let two = |one, other| {
        certain(Pattern::RepeatRecruit, &[recruits(1, 10, one), recruits(1, 11, other)])
    };
    assert_eq!(two([0, 0], [90, 90]), [true]);
    assert_eq!(two([0, 0], [91, 91]), [false; 0]);
    assert_eq!(two([0, 0], [80, 90]), [true]);
    assert_eq!(two([0, 0], [80, 91]), [false]);
    assert_eq!(two([0, 10], [100, 120]), [false], "ninety days apart at least");
    assert_eq!(two([0, 10], [101, 120]), [false; 0]);
    assert_eq!(two([91, 91], [0, 0]), [false; 0]);
    let of_three = [
        recruits(1, 10, [50, 50]),
        recruits(1, 11, [0, 0]),
        recruits(1, 11, [60, 60]),
        recruits(1, 12, [100, 100]),
        recruits(2, 13, [1, 1]),
    ];
    let all = found(Pattern::RepeatRecruit, &of_three);
    let people: Vec<_> = all.iter().map(|one| one.people).collect();
    let three = |a, b, c| [Some(e(a)), Some(e(b)), Some(e(c))];
    assert_eq!(people, [three(1, 11, 10), three(1, 10, 12)], "by the first act upon each");
    assert_eq!(all[0].acts, [Some(1), Some(0), None]);
}

#[test]
fn who_takes_her_next_takes_her_from_the_last_who_brought_her_in() {
    let two =
        |brings, days| certain(Pattern::Handover, &[recruits(1, 10, brings), takes(2, 10, days)]);
    assert_eq!(two([0, 0], [0, 0]), [true]);
    assert_eq!(two([0, 0], [90, 90]), [true]);
    assert_eq!(two([0, 0], [91, 91]), [false; 0]);
    assert_eq!(two([0, 0], [-1, -1]), [false; 0], "before he brought her in");
    assert_eq!(two([0, 5], [5, 90]), [true]);
    assert_eq!(two([0, 5], [5, 91]), [false]);
    assert_eq!(two([0, 5], [4, 80]), [false], "perhaps before");
    assert_eq!(two([0, 5], [95, 99]), [false], "perhaps within ninety days");
    let several = [
        recruits(1, 10, [0, 0]),
        recruits(3, 10, [50, 50]),
        recruits(2, 10, [55, 55]),
        takes(2, 10, [60, 60]),
        takes(1, 10, [200, 200]),
    ];
    let all = found(Pattern::Handover, &several);
    assert_eq!(all.len(), 1, "by the time the first takes her the others are long ago: {all:?}");
    assert_eq!(all[0].people, [Some(e(3)), Some(e(10)), Some(e(2))], "not from himself");
    assert_eq!(all[0].acts, [Some(1), Some(3), None]);
}

#[test]
fn she_is_brought_in_then_offered_then_bought() {
    let chain = |brings, offers, buys| {
        let said =
            [recruits(1, 10, brings), (0, Sort::Ad, 10, offers, None), (2, CLIENT, 10, buys, None)];
        certain(Pattern::RecruitAdClient, &said)
    };
    assert_eq!(chain([0, 0], [10, 10], [90, 90]), [true]);
    assert_eq!(chain([0, 0], [10, 10], [91, 91]), [false; 0]);
    assert_eq!(chain([0, 0], [0, 0], [0, 0]), [true]);
    assert_eq!(chain([0, 0], [-1, -1], [5, 5]), [false; 0], "offered before");
    assert_eq!(chain([0, 0], [10, 10], [9, 9]), [false; 0], "bought before she was offered");
    assert_eq!(chain([0, 11], [10, 10], [20, 20]), [false], "perhaps offered before");
    assert_eq!(chain([0, 0], [10, 21], [20, 20]), [false], "perhaps bought before");
    assert_eq!(chain([0, 0], [10, 10], [80, 91]), [false], "perhaps later than ninety days");
    assert_eq!(chain([0, 10], [100, 101], [100, 101]), [false]);
    assert_eq!(chain([0, 10], [101, 102], [101, 102]), [false; 0]);
    let said = [
        recruits(1, 10, [0, 0]),
        (0, Sort::Ad, 10, [-9, -9], None),
        (0, Sort::Ad, 10, [7, 7], None),
        (0, Sort::Link(LinkKind::Advertised), 10, [5, 5], None),
        (2, CLIENT, 10, [4, 4], None),
        (3, CLIENT, 10, [6, 6], None),
    ];
    let all = found(Pattern::RecruitAdClient, &said);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].acts, [Some(0), Some(3), Some(5)], "the first of each that can follow");
}

#[test]
fn he_returns_if_he_acts_upon_her_after_his_exploitation_of_her_ended() {
    let back = |again| {
        let said = [(1, EXPLOITED, 10, [0, 0], Some((10, 20))), recruits(1, 10, again)];
        certain(Pattern::Return, &said)
    };
    assert_eq!(back([21, 21]), [true]);
    assert_eq!(back([20, 20]), [false]);
    assert_eq!(back([11, 11]), [false]);
    assert_eq!(back([10, 10]), [false; 0]);
    assert_eq!(back([5000, 5000]), [true], "however much later");
    let end = Some((10, 10));
    let without_an_end = [takes(1, 10, [0, 0]), recruits(1, 10, [50, 50])];
    assert!(found(Pattern::Return, &without_an_end).is_empty());
    let by_another = [(1, EXPLOITED, 10, [0, 0], end), recruits(2, 10, [50, 50])];
    assert!(found(Pattern::Return, &by_another).is_empty());
    let twice = [
        (1, EXPLOITED, 10, [0, 0], Some((30, 30))),
        (1, EXPLOITED, 10, [2, 2], end),
        recruits(1, 10, [12, 12]),
        recruits(1, 10, [40, 40]),
    ];
    let all = found(Pattern::Return, &twice);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].acts, [Some(1), Some(3), None], "from the first end to the last act");
}

#[test]
fn a_victim_who_brings_in_another_was_acted_upon_before() {
    let two = |acted, brings| {
        certain(Pattern::VictimRecruitsVictim, &[recruits(1, 10, acted), recruits(10, 11, brings)])
    };
    assert_eq!(two([5, 5], [5, 5]), [true]);
    assert_eq!(two([5, 5], [4, 4]), [false; 0]);
    assert_eq!(two([0, 10], [5, 20]), [false]);
    let said = [
        takes(2, 10, [8, 8]),
        recruits(1, 10, [3, 3]),
        recruits(10, 11, [30, 30]),
        recruits(11, 12, [1, 1]),
    ];
    let all = found(Pattern::VictimRecruitsVictim, &said);
    assert_eq!(all.len(), 1, "nobody else acted upon the second of them");
    assert_eq!(all[0].people, [Some(e(1)), Some(e(10)), Some(e(11))]);
    assert_eq!(all[0].acts, [Some(1), Some(2), None]);
    assert!(
        found(Pattern::RepeatRecruit, &said).is_empty(),
        "what a victim does is no offender's motif"
    );
}

#[test]
fn each_sort_of_act_has_its_places() {
    let sorts = LinkKind::ALL.iter().map(|&(_, kind)| Sort::Link(kind)).chain([Sort::Ad]);
    let names = |is: &dyn Fn(Sort) -> bool| -> Vec<String> {
        let name = |sort| match sort {
            Sort::Link(kind) => kind.code().to_owned(),
            Sort::Ad => "ad".to_owned(),
        };
        sorts.clone().filter(|&sort| is(sort)).map(name).collect()
    };
    let brings = ["first_contact", "groomed", "recruited", "introduced"];
    let taken = ["handed_over", "exploited", "controlled"];
    assert_eq!(names(&Sort::brings_in), brings);
    assert_eq!(names(&Sort::takes), taken);
    assert_eq!(names(&Sort::exploits), ["exploited"]);
    assert_eq!(names(&Sort::advertises), ["advertised", "ad"]);
    assert_eq!(names(&Sort::buys), ["client_of"]);
    let again = [&brings[..], &taken, &["contact_after"]].concat();
    assert_eq!(names(&Sort::acts_again), again);
    let reads = |pattern: Pattern| names(&|sort| pattern.reads(sort));
    assert_eq!(reads(Pattern::RepeatRecruit), brings);
    assert_eq!(reads(Pattern::Handover), [&brings[..], &taken].concat());
    assert_eq!(
        reads(Pattern::RecruitAdClient),
        [&brings[..], &["advertised", "client_of", "ad"]].concat()
    );
    assert_eq!(reads(Pattern::Return), again);
    assert_eq!(reads(Pattern::VictimRecruitsVictim), again);
}

#[test]
fn a_day_is_told_as_a_day_and_an_open_end_as_open() {
    let day = |text: &str| {
        let day = crate::case::When::parse(text).expect("a date").earliest();
        i64::from(day.expect("a day").number())
    };
    let told = |first, last| Dates { first, last, end: None }.told();
    let (one, other) = (day("2019-03-02"), day("2019-04-01"));
    assert_eq!(told(one, one), "2019-03-02");
    assert_eq!(told(one, other), "2019-03-02/2019-04-01");
    assert_eq!(told(i64::from(i32::MIN), other), "../2019-04-01");
    assert_eq!(told(one, i64::from(i32::MAX)), "2019-03-02/..");
}
