//! Which mentions are compared, and for how many pairs one stands.

use super::super::blocking::{Blocking, key, neighbours};
use super::super::mentions::Mentions;
use super::mentions;

fn all_of(rows: std::ops::Range<u32>) -> Vec<(u64, u32)> {
    rows.map(|row| (9, row)).collect()
}

#[test]
fn in_a_crowded_block_each_meets_those_that_follow() {
    let of =
        |block, window, order: &[u32]| Blocking { block, window }.of_blocks(all_of(0..4), order);
    let all = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
    assert_eq!(of(4, 1, &[0, 1, 2, 3]), all);
    assert_eq!(of(3, 1, &[0, 1, 2, 3]), [(0, 1), (1, 2), (2, 3)]);
    assert_eq!(of(3, 2, &[0, 1, 2, 3]), [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]);
    assert_eq!(of(3, 1, &[0, 2, 1, 3]), [(0, 2), (1, 2), (1, 3)]);
    assert_eq!(of(3, 1, &[3, 2, 1, 0]), [(0, 1), (1, 2), (2, 3)]);
}

#[test]
fn pairs_of_several_blocks_are_met_once() {
    let keys = vec![(1, 0), (1, 1), (2, 1), (2, 0), (3, 2), (1, 1), (4, 1), (4, 2)];
    assert_eq!(Blocking::default().of_blocks(keys, &[0, 1, 2]), [(0, 1), (1, 2)]);
}

/// Whether two people, `role,name,alias,birth` each, are compared.
fn meet(a: &str, b: &str) -> bool {
    let mut people = "person_id,name,alias,birth\n".to_owned();
    let mut roles = "case_id,person_id,role\n".to_owned();
    for (id, person) in [("a", a), ("b", b)] {
        let (role, person) = person.split_once(',').expect("a role and more");
        people.extend([format!("{id},{person}\n")]);
        roles.extend([format!("k{id},{id},{role}\n")]);
    }
    let mentions = mentions(&[("people.csv", &people), ("roles.csv", &roles)]);
    let keys = super::super::blocking::all_keys(&mentions);
    !Blocking::default().of_blocks(keys, &neighbours(&mentions)).is_empty()
}

#[test]
fn two_meet_who_share_a_key() {
    for (a, b, expected) in [
        // Both names by sound, either way round.
        ("witness,Jan Bakker,,", "witness,Jan Bakker,,", true),
        ("witness,Jan Bakker,,", "witness,Bakker Jan,,", true),
        ("witness,Jan Bakker,,", "witness,Piet Bakker,,", false),
        // Family name and the first letter of a given name.
        ("witness,J. Bakker,,", "witness,Johan Bakker,,", true),
        ("witness,Joost Bakker,,", "witness,Johan Bakker,,", true),
        // A day of birth; an interval is none.
        ("witness,,,1990-03-04", "witness,,,1990-03-04", true),
        ("witness,,,1990-03-04", "witness,,,1990-03-05", false),
        ("witness,,,1990", "witness,,,1990", false),
        // A name and about a year of birth.
        ("witness,Jan Bakker,,1990-03-04", "witness,Jan Visser,,1990-03-05", true),
        ("witness,Jan Bakker,,1990-03-04", "witness,Piet Bakker,,1990-03-05", true),
        ("witness,Jan Bakker,,1990", "witness,Jan Visser,,1990", true),
        ("witness,Jan Bakker,,1990-03-04", "witness,Jan Visser,,1995-03-05", false),
        ("witness,Jan Bakker,,1990/..", "witness,Jan Visser,,1990/..", false),
        // A nickname, of people of one group.
        ("witness,,Kobus,", "witness,,Kobus,", true),
        ("driver,,Kobus,", "recruiter,,Kobus,", true),
        ("driver,,Kobus,", "witness,,Kobus,", false),
        ("professional,,Kobus,", "professional,,Kobus,", false),
        // One name of offenders.
        ("driver,Yusuf Kaya,,", "recruiter,Yusuf Demir,,", true),
        ("driver,Yusuf Kaya,,", "recruiter,Hasan Kaya,,", true),
        ("driver,Yusuf Kaya,,", "driver,,Yusuf,", true),
        ("witness,Yusuf Kaya,,", "witness,Yusuf Demir,,", false),
        ("witness,Yusuf Kaya,,", "witness,,Yusuf,", false),
        // What has no sound is no key.
        ("driver,,9,", "driver,,8,", false),
        ("driver,,,", "driver,,,", false),
    ] {
        assert_eq!(meet(a, b), expected, "{a} | {b}");
        assert_eq!(meet(b, a), expected, "{b} | {a}");
    }
}

/// Forty who share a phone.
fn crowd() -> Mentions {
    let rows =
        |suffix: &str| (10..50).map(|n| format!("p{n}{suffix}\n")).collect::<Vec<_>>().concat();
    let people = format!("person_id\n{}", rows(""));
    let identifiers = format!("person_id,kind,value\n{}", rows(",phone,0698700142"));
    mentions(&[("people.csv", &people), ("identifiers.csv", &identifiers)])
}

#[test]
fn a_pair_drawn_of_a_crowd_stands_for_others_and_dates_draw_none() {
    // Five share a phone, and two of them a handle too; the last two only a day of birth.
    let people = "person_id,birth\na,\nb,\nc,\nd,\ne,\nf,1990-03-04\ng,1990-03-04\n";
    let rows: String =
        ["a", "b", "c", "d", "e"].map(|id| format!("{id},phone,0698700142\n")).concat();
    let identifiers = format!("person_id,kind,value\n{rows}a,handle,krantzz\nb,handle,krantzz\n");
    let mentions = mentions(&[("people.csv", people), ("identifiers.csv", &identifiers)]);
    let blind = Blocking { block: 4, window: 2 }.blind(&mentions);
    // Four that meet two each, but for the end: 2 + 2 + 2 + 1 of 10 pairs; a and b stand for themselves by their handle.
    let drawn = blind.len();
    assert!(drawn == 7 || drawn == 8, "{blind:?}");
    for &(rows, stands_for) in &blind {
        let expected: f64 = if rows == (0, 1) { 1.0 } else { 10.0 / 7.0 };
        assert!((stands_for - expected).abs() < 1e-12, "{rows:?} {stands_for}");
    }
    // They are drawn from a shuffle: by the order of ids only neighbours would be.
    let crowd = Blocking { block: 2, window: 1 }.blind(&crowd());
    assert_eq!(crowd.len(), 39);
    let neighbours = crowd.iter().filter(|(rows, _)| rows.0 + 1 == rows.1).count();
    assert!(neighbours < 20, "{crowd:?}");
    let whole = Blocking { block: 5, window: 2 }.blind(&mentions);
    assert_eq!(whole.len(), 10);
    assert!(whole.iter().all(|&(rows, stands_for)| rows.1 < 5 && (stands_for - 1.0).abs() < 1e-12));
}

#[test]
fn neighbours_are_alike_in_family_name_then_given_name_then_birth() {
    let people = "person_id,name,birth\na,Jan Bakker,1990\nb,Jan Bakker,1980\nc,,\nd,Jan Bakker,1985\n\
                  e,Jan Bakker,1980\nf,,1950\n";
    let order = neighbours(&mentions(&[("people.csv", people)]));
    // Without a name first, of those without a birth; then the Bakkers by birth, of one birth by id.
    assert_eq!(order, [5, 2, 0, 4, 3, 1]);
    let people = "person_id,name\na,Piet Bakker\nb,Jan Visser\nc,Jan Bakker\nd,Piet Visser\n";
    let order = neighbours(&mentions(&[("people.csv", people)]));
    let apart = |a: usize, b: usize| order[a].abs_diff(order[b]);
    assert_eq!((apart(0, 2), apart(1, 3)), (1, 1), "{order:?}");
    assert_eq!(order[2] < order[0], order[1] < order[3], "{order:?}");
}

#[test]
fn keys_of_different_things_differ() {
    for kind in 1..8 {
        let mut keys: Vec<u64> =
            (0..64).flat_map(|a| (0..64).map(move |b| key(kind, a, b))).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 64 * 64, "{kind}");
    }
    // Worked out with another implementation of the mixing.
    for (parts, expected) in [
        ((0, 0, 0), 0),
        ((1, 2, 3), 0x740d_38a2_592d_b73d),
        ((7, (1 << 40) + 5, 0), 0x319b_8841_b192_8473),
        ((5, 0xdead_beef, 1 << 63), 0x2846_dce6_5d5f_028d),
    ] {
        assert_eq!(key(parts.0, parts.1, parts.2), expected, "{parts:?}");
    }
    // Also in the lower half, by which mentions are shuffled.
    let mut low: Vec<u64> = (0..1000).map(|row| key(0, row, 0) & u64::from(u32::MAX)).collect();
    let in_order = low.windows(2).filter(|pair| pair[0] < pair[1]).count();
    assert!((400..600).contains(&in_order), "{in_order}");
    low.sort_unstable();
    low.dedup();
    assert_eq!(low.len(), 1000);
}
