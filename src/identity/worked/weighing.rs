//! What likenesses weigh in a model that has seen little, and how it learns.

use super::super::comparison::Compared;
use super::super::field::{FAINT, Field, MISSING, NEAR, OTHER, PART, SAME};
use super::super::mentions::Part;
use super::super::model::{Model, Pair, Stratum, falling};

use Part::{Client, Offender, Other, Professional, Recruiter, Victim};

/// A pair of two offenders, alike in these fields, each value that is the same as rare as one in a hundred.
fn pair(fields: &[(Field, u8)]) -> Pair {
    of(Stratum::of(Offender, Offender), fields)
}

fn compared(fields: &[(Field, u8)]) -> Compared {
    let mut compared = Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
    for &(field, level) in fields {
        compared.set(field, (level, 0.01_f64.ln()));
    }
    compared
}

fn of(stratum: Stratum, fields: &[(Field, u8)]) -> Pair {
    Pair::new((0, 1), &compared(fields), stratum)
}

/// A model that saw nothing, of a case with so many pairs of each stratum.
fn unlearned(total: f64) -> Model {
    Model::fit(&[], 1.0, &[], [total; Stratum::COUNT])
}

fn close(got: f64, want: f64) {
    assert!((got - want).abs() < 1e-6, "{got} instead of {want}");
}

#[test]
fn strata_are_told_by_both_parts() {
    let all = [Recruiter, Offender, Client, Professional, Victim, Other];
    for a in all {
        for b in all {
            assert_eq!(Stratum::of(a, b), Stratum::of(b, a));
            let offenders = a.is_offender() && b.is_offender();
            assert_eq!(Stratum::of(a, b).is_of_offenders(), offenders, "{a:?} {b:?}");
            let mixed = a != b && !offenders;
            assert_eq!(Stratum::of(a, b) == Stratum::of(Client, Victim), mixed, "{a:?} {b:?}");
        }
    }
    let own = all.map(|part| Stratum::of(part, part));
    for (at, stratum) in own.iter().enumerate() {
        assert!(!own[..at].contains(stratum) && *stratum != Stratum::of(Recruiter, Offender));
    }
}

#[test]
fn pairs_are_counted_by_stratum() {
    let parts = [Recruiter, Recruiter, Offender, Victim, Victim, Victim, Client];
    // Of 21 pairs: one of recruiters, two of a recruiter and an offender, three of victims, the others mixed.
    for (found, expected) in Stratum::totals(&parts).iter().zip([1, 2, 0, 0, 0, 3, 0, 15]) {
        close(*found, f64::from(expected));
    }
    // Three of one person are three pairs, and count as two: as many as joined it.
    let of_one = Stratum::pairs_of_one(&parts, &[0, 0, 0, 3, 3, 5, 6]);
    for (found, expected) in of_one.iter().zip([2.0 / 3.0, 4.0 / 3.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    {
        close(*found, expected);
    }
    close(Stratum::pairs_of_one(&parts, &[0, 1, 2, 3, 4, 5, 6]).iter().sum(), 0.0);
}

#[test]
fn levels_out_of_order_share_a_weight() {
    let runs = |m: &[f64], u: &[f64]| {
        falling(m, u).iter().map(|run| (run.m / run.u, run.length)).collect::<Vec<_>>()
    };
    let is = |found: Vec<(f64, usize)>, expected: &[(f64, usize)]| {
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            close(found.0, expected.0);
            assert_eq!(found.1, expected.1);
        }
    };
    is(runs(&[0.4, 0.2, 0.1], &[0.1, 0.1, 0.4]), &[(4.0, 1), (2.0, 1), (0.25, 1)]);
    is(runs(&[0.5, 0.1, 0.4], &[0.2, 0.4, 0.4]), &[(2.5, 1), (0.625, 2)]);
    is(runs(&[0.1, 0.2, 0.9], &[0.3, 0.2, 0.1]), &[(2.0, 3)]);
    is(runs(&[0.2, 0.2], &[0.4, 0.4]), &[(0.5, 1), (0.5, 1)]);
}

#[test]
fn before_the_data_speak_the_expectation_does() {
    // One of ten pairs, and half a pair of one person in it: 0.5 of 10.
    let prior = (0.05_f64 / 0.95).ln();
    let model = unlearned(8.0);
    close(model.logit(&pair(&[])), prior);
    close(model.prior(&pair(&[])), prior);
    // 82 of 100 people are written the same twice, and one in a hundred bears the name.
    let same = (0.82_f64 / 0.01).ln();
    close(model.logit(&pair(&[(Field::Given, SAME)])), prior + same);
    // Levels that two people have in shares 0.05, 0.05, 0.05 and 0.5 of 0.75; near and part are out of order.
    let near = (0.11_f64 / (0.1 / 0.75)).ln();
    let faint = (0.02_f64 / (0.05 / 0.75)).ln();
    let other = (0.05_f64 / (0.5 / 0.75)).ln();
    for (level, weight) in [(NEAR, near), (PART, near), (FAINT, faint), (OTHER, other)] {
        close(model.logit(&pair(&[(Field::Given, level)])), prior + weight);
    }
    close(
        model.logit(&pair(&[(Field::Given, SAME), (Field::Family, OTHER)])),
        prior + same + other,
    );
    // No pair of a person is likelier than 0.3, however few there are.
    close(unlearned(0.0).logit(&pair(&[])), (0.25_f64 / 0.75).ln());
}

#[test]
fn an_explanation_adds_up_in_bits() {
    let model = unlearned(8.0);
    let fields = [(Field::Given, SAME), (Field::Family, NEAR), (Field::Phone, OTHER)];
    let told = model.explain(&compared(&fields), Stratum::of(Offender, Offender));
    let names: Vec<&str> = told.iter().map(|one| one.0).collect();
    assert_eq!(names, ["before comparing", "given name", "family name", "phone"]);
    close(told[0].1, (0.05_f64 / 0.95).log2());
    close(told[1].1, 82.0_f64.log2());
    close(told[2].1, (0.11_f64 / (0.1 / 0.75)).log2());
    // Near and faint are never expected of a phone: with another one they share a weight.
    close(told[3].1, (0.5_f64 / (0.6 / 0.75)).log2());
    let sum: f64 = told.iter().map(|one| one.1).sum();
    close(sum * std::f64::consts::LN_2, model.logit(&pair(&fields)));
}

#[test]
fn single_fields_can_be_weighed() {
    let model = unlearned(8.0);
    close(model.weight_of_birth(&pair(&[(Field::Birth, SAME)])), (0.84_f64 / 0.01).ln());
    close(model.weight_of_birth(&pair(&[(Field::Birth, OTHER)])), (0.02_f64 / (0.5 / 0.75)).ln());
    close(model.weight_of_birth(&pair(&[(Field::Given, SAME)])), 0.0);
    // What people change, and only where it contradicts.
    let changed = (0.5_f64 / (0.6 / 0.75)).ln();
    let against = |fields: &[(Field, u8)]| model.weight_of_contradictions(&pair(fields));
    close(against(&[(Field::Phone, OTHER), (Field::Email, OTHER)]), 2.0 * changed);
    close(against(&[(Field::Phone, OTHER), (Field::Document, OTHER)]), changed);
    close(against(&[(Field::Phone, NEAR), (Field::Given, OTHER), (Field::Place, OTHER)]), 0.0);
}

#[test]
fn how_often_two_people_agree_is_learnt_from_pairs_at_random() {
    let near: Vec<Pair> = (0..100).map(|_| pair(&[(Field::Given, NEAR)])).collect();
    let other = (0..900).map(|_| pair(&[(Field::Given, OTHER)]));
    let random: Vec<Pair> = near.into_iter().chain(other).collect();
    let model = Model::fit(&[], 1.0, &random, [1e7; Stratum::COUNT]);
    let weight = |level| model.logit(&pair(&[(Field::Given, level)])) - model.prior(&pair(&[]));
    // A tenth of two people are near; less likeness never says more, so part and faint weigh as near does.
    let shared = (0.13_f64 / (100.15 / 1000.75)).ln();
    let [near, part, faint, other] = [NEAR, PART, FAINT, OTHER].map(weight);
    assert!((near - shared).abs() < 1e-3, "{near} {shared}");
    close(near, part);
    close(part, faint);
    assert!((other - (0.05_f64 / (900.5 / 1000.75)).ln()).abs() < 1e-3, "{other}");
}

/// Pairs of two offenders who are one person by name and birth: of so many the phone is the same, of so many another.
fn surely_one(same: usize, other: usize) -> Vec<Pair> {
    let sure = [(Field::Given, SAME), (Field::Family, SAME), (Field::Birth, SAME)];
    let with = |level| pair(&[&sure[..], &[(Field::Phone, level)]].concat());
    (0..same).map(|_| with(SAME)).chain((0..other).map(|_| with(OTHER))).collect()
}

#[test]
fn a_change_says_less_where_people_change_and_never_for_one_person() {
    let totals = [1e4; Stratum::COUNT];
    let weight = |same, other| {
        let model = Model::fit(&surely_one(same, other), 1.0, &[], totals);
        model.logit(&pair(&[(Field::Phone, OTHER)])) - model.prior(&pair(&[]))
    };
    let (often, seldom) = (weight(50, 150), weight(200, 0));
    assert!(often > seldom, "{often} {seldom}");
    // Another phone is never more than two bits against it, and nothing for it.
    close(seldom, -2.0 * std::f64::consts::LN_2);
    assert!(often <= 0.0 && weight(0, 400) <= 0.0, "{often}");
}

#[test]
fn shares_of_one_person_are_learnt_and_taken_from_a_reading() {
    let totals = [1e4; Stratum::COUNT];
    let offenders = Model::fit(&surely_one(100, 0), 1.0, &[], totals);
    // A hundred of 10,000 pairs are one person; of the other strata nobody is.
    let prior = offenders.prior(&pair(&[]));
    assert!((prior - (100.5_f64 / (10_002.0 - 100.5)).ln()).abs() < 0.02, "{prior}");
    let of_victims = of(Stratum::of(Victim, Victim), &[]);
    close(offenders.prior(&of_victims), (0.5_f64 / (10_002.0 - 0.5)).ln());
    let mut of_one = [0.0; Stratum::COUNT];
    of_one[2] = 499.5;
    let taken = offenders.with_shares(of_one, [998.0; Stratum::COUNT]);
    // 500 of 1,000 are more than it believes.
    close(taken.prior(&pair(&[])), (0.3_f64 / 0.7).ln());
    close(taken.prior(&of_victims), (0.5_f64 / 999.5).ln());
}

#[test]
fn a_pair_that_stands_for_many_is_many_pairs() {
    let totals = [1e5; Stratum::COUNT];
    let (few, many) = (surely_one(30, 20), surely_one(3000, 2000));
    let [one, other] =
        [Model::fit(&few, 100.0, &few, totals), Model::fit(&many, 1.0, &few, totals)];
    for fields in
        [&[(Field::Phone, OTHER)][..], &[(Field::Given, NEAR)], &[(Field::Birth, SAME)], &[]]
    {
        close(one.logit(&pair(fields)), other.logit(&pair(fields)));
    }
}

/// A pair of offenders beyond doubt: whatever is the same is as rare as can be.
fn beyond_doubt(fields: &[(Field, u8)]) -> Pair {
    let mut compared = Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
    for &(field, level) in fields {
        compared.set(field, (level, -40.0));
    }
    Pair::new((0, 1), &compared, Stratum::of(Offender, Offender))
}

#[test]
fn what_is_learnt_is_counted_with_what_is_expected() {
    let with =
        |level| beyond_doubt(&[(Field::Given, SAME), (Field::Birth, SAME), (Field::Phone, level)]);
    let pairs: Vec<Pair> = (0..100).map(|n| with(if n < 60 { SAME } else { OTHER })).collect();
    let model = Model::fit(&pairs, 1.0, &[], [1e4; Stratum::COUNT]);
    let weight = |stratum: Stratum, field, level| {
        model.logit(&of(stratum, &[(field, level)])) - model.prior(&of(stratum, &[]))
    };
    let near = |got: f64, want: f64| assert!((got - want).abs() < 1e-4, "{got} instead of {want}");
    // 60 of 100 with six that are expected; and those again for thirty beside the hundred.
    let pooled = (60.0 + 6.0 * 0.45) / 106.0;
    let offenders = Stratum::of(Offender, Offender);
    let rare = 100.0_f64.ln();
    near(weight(offenders, Field::Phone, SAME), f64::ln((60.0 + 30.0 * pooled) / 130.0) + rare);
    // Of clients nothing is seen: what all show together is all there is.
    near(weight(Stratum::of(Client, Client), Field::Phone, SAME), f64::ln(pooled) + rare);
    let given = (100.0 + 6.0 * 0.82) / 106.0;
    near(weight(offenders, Field::Given, SAME), f64::ln((100.0 + 30.0 * given) / 130.0) + rare);
    // 40 phones are others, and a few are expected to be near; nobody is seen nearer than another number.
    let other = (40.0 + 6.0 * 0.5) / 106.0 + 6.0 * 0.05 / 106.0;
    let changed = f64::ln((40.0 + 30.0 * other) / 130.0 / (0.65 / 0.75));
    near(weight(offenders, Field::Phone, OTHER), changed);
    near(weight(offenders, Field::Phone, NEAR), changed);
    near(model.prior(&pair(&[])), f64::ln(100.5 / 10_002.0 / (1.0 - 100.5 / 10_002.0)));
}

#[test]
fn whoever_is_found_by_a_number_does_not_say_how_often_numbers_change() {
    let pairs: Vec<Pair> = (0..100).map(|_| beyond_doubt(&[(Field::Phone, SAME)])).collect();
    let model = Model::fit(&pairs, 1.0, &[], [1e8; Stratum::COUNT]);
    let phone = model.logit(&pair(&[(Field::Phone, SAME)])) - model.prior(&pair(&[]));
    // By all else they are two people, so it stays as expected.
    assert!((phone - (0.45_f64 * 100.0).ln()).abs() < 1e-3, "{phone}");
    // A name is not changed: there it is counted.
    let pairs: Vec<Pair> = (0..100).map(|_| beyond_doubt(&[(Field::Given, SAME)])).collect();
    let model = Model::fit(&pairs, 1.0, &[], [1e8; Stratum::COUNT]);
    let given = model.logit(&pair(&[(Field::Given, SAME)])) - model.prior(&pair(&[]));
    let pooled = (100.0 + 6.0 * 0.82) / 106.0;
    let learnt = (100.0 + 30.0 * pooled) / 130.0;
    assert!((given - (learnt * 100.0_f64).ln()).abs() < 1e-3, "{given}");
}
