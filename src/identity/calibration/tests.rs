use super::super::comparison::Compared;
use super::super::field::OTHER;
use super::super::mentions::Part;
use super::super::model::Stratum;
use super::*;

fn pair(without: f64, agrees: bool) -> Held {
    Held::new(without, if agrees { DATE } else { -DATE }, 1.0)
}

fn chance(line: Line, without: f64) -> f64 {
    sigmoid(line.shift + line.slope * without)
}

#[test]
fn the_ground_is_names_and_numbers_and_whose() {
    let ground = |part: Part, fields: &[(Field, u8)]| {
        let mut compared =
            Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
        for &(field, level) in fields {
            compared.set(field, (level, -1.0));
        }
        Ground::of(&Pair::new((0, 1), &compared, Stratum::of(part, part))).0
    };
    for (fields, expected) in [
        (&[][..], 0),
        (&[(Field::Given, SAME)], 0),
        (&[(Field::Given, SAME), (Field::Family, FAINT)], 0),
        (&[(Field::Given, OTHER), (Field::Family, SAME)], 0),
        (&[(Field::Given, FAINT), (Field::Family, PART)], 8),
        (&[(Field::Alias, NEAR)], 4),
        (&[(Field::Alias, PART)], 0),
        (&[(Field::Hint, SAME)], 4),
        (&[(Field::Alias, SAME), (Field::Given, SAME), (Field::Family, SAME)], 8),
        (&[(Field::Phone, NEAR)], 2),
        (&[(Field::Phone, PART)], 0),
        (&[(Field::Place, SAME), (Field::Company, SAME), (Field::Birth, SAME)], 0),
        (&[(Field::Alias, SAME), (Field::Url, SAME)], 6),
        (&[(Field::Document, SAME)], 10),
        (&[(Field::Document, NEAR)], 2),
    ] {
        assert_eq!(ground(Part::Victim, fields), expected, "{fields:?}");
        assert_eq!(ground(Part::Offender, fields), expected + 1, "{fields:?}");
    }
}

#[test]
fn what_is_alike_by_names_and_numbers_is_doubted_least() {
    // Without dates the mean of chanceⁿ on steps of 1/200: n is 298 on the last two grounds and 14 on the others.
    for ground in 0..Ground::COUNT {
        let n = if ground < 10 { 14 } else { 298 };
        let weight = |step: i32| (f64::from(step) / 200.0).powi(n);
        let total: f64 = (1..200).map(weight).sum();
        let mean = (1..200).map(|step| weight(step) * f64::from(step) / 200.0).sum::<f64>();
        assert!((Ground(ground).ceiling(&[]) - mean / total).abs() < 1e-9, "{ground}");
    }
    // By hand: about one less a sixteenth, and one less 1.29 steps.
    assert!((Ground(0).ceiling(&[]) - 0.937).abs() < 2e-3);
    assert!((Ground(10).ceiling(&[]) - (1.0 - 1.29 / 200.0)).abs() < 2e-4);
}

#[test]
fn odds_that_dates_do_not_reach_are_kept_but_for_the_ceiling() {
    let offenders = Stratum::of(Part::Offender, Part::Offender);
    let model = Model::fit(&[], 1.0, &[], [8.0; Stratum::COUNT]);
    let pair = |fields: &[(Field, u8)], rarity: f64| {
        let mut compared =
            Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
        for &(field, level) in fields {
            compared.set(field, (level, -rarity));
        }
        Pair::new((0, 1), &compared, offenders)
    };
    let calibration = Calibration::of(&model, &[]);
    let ceiling = Ground(1).ceiling(&[]);
    let doubt = (1.0 - ceiling) / ceiling;
    for fields in [&[(Field::Given, SAME)][..], &[(Field::Given, SAME), (Field::Birth, SAME)]] {
        for rarity in [0.0, 3.0, 9.0, 40.0] {
            let pair = pair(fields, rarity);
            let birth = model.weight_of_birth(&pair);
            let without = model.logit(&pair) - birth;
            let expected = -((-without).exp() + doubt).ln() + birth;
            let found = calibration.logit(&model, &pair);
            assert!((found - expected).abs() < 1e-9, "{fields:?} {rarity}: {found} {expected}");
        }
    }
    // What contradicts is taken off whole, and not off the doubt.
    for rarity in [6.0, 9.0, 800.0] {
        let alike = pair(&[(Field::Given, SAME)], rarity);
        let against = pair(&[(Field::Given, SAME), (Field::Phone, OTHER)], rarity);
        let less = calibration.logit(&model, &alike) - calibration.logit(&model, &against);
        let weight = model.weight_of_contradictions(&against);
        assert!(weight < 0.0 && (less + weight).abs() < 1e-9, "{rarity}: {less}");
    }
    // The prior is ln(1/19), −2.9; a pair at −5 and below tells nothing.
    assert!(Calibration::listens_to(&model, &pair(&[(Field::Birth, SAME)], 9.0)));
    let two_names = [(Field::Given, OTHER), (Field::Family, OTHER)];
    assert!(!Calibration::listens_to(&model, &pair(&two_names, 0.0)));
}

#[test]
fn odds_that_dates_bear_out_are_left_alone() {
    let of_even = (0..400).map(|k| pair(0.0, k % 2 == 0));
    let of_three_in_four = (0..400).map(|k| pair(3.0_f64.ln(), k % 4 != 0));
    let line = best_line(&of_even.chain(of_three_in_four).collect::<Vec<_>>());
    assert!((chance(line, 0.0) - 0.5).abs() < 0.02, "{line:?}");
    assert!((chance(line, 3.0_f64.ln()) - 0.75).abs() < 0.02, "{line:?}");
}

#[test]
fn odds_that_dates_belie_are_lowered() {
    let held: Vec<Held> = (0..4000).map(|k| pair(0.0, k % 10 == 0)).collect();
    assert!((chance(best_line(&held), 0.0) - 0.1).abs() < 0.01);
    // Four pairs are no proof, and none are none.
    assert!(chance(best_line(&held[1..5]), 0.0) > 0.1);
    assert_eq!(best_line(&[]), Line { shift: 0.0, slope: 1.0 });
}

#[test]
fn some_doubt_stays_and_dates_move_it() {
    let by_names = Ground(4 * 2);
    assert!((by_names.ceiling(&[]) - (1.0 - 1.0 / ONE_IN)).abs() < 5e-3);
    let of_five = |k: i32| pair(9.0, k % 5 != 0);
    let often_two: Vec<Held> = (0..2000).map(of_five).collect();
    assert!((by_names.ceiling(&often_two) - 0.8).abs() < 0.01);
    let always_one: Vec<Held> = (0..2000).map(|_| pair(9.0, true)).collect();
    assert!(by_names.ceiling(&always_one) > 0.99);
}

#[test]
fn odds_that_say_nothing_are_made_flat() {
    let far = |k: i32| if k % 2 == 0 { 3.0 } else { -3.0 };
    let held: Vec<Held> = (0..4000).map(|k| pair(far(k), k % 5 == 0)).collect();
    let line = best_line(&held);
    assert!(
        (chance(line, 3.0) - 0.2).abs() < 0.05 && (chance(line, -3.0) - 0.2).abs() < 0.05,
        "{line:?}"
    );
}

/// A model that saw nothing: the odds before anything is compared are 1 to 19.
fn unlearned() -> Model {
    Model::fit(&[], 1.0, &[], [8.0; Stratum::COUNT])
}

/// Two offenders whose one given name has this rarity, and whose dates of birth are so alike.
fn dated(rows: (u32, u32), rarity: f64, birth: u8) -> Pair {
    let mut compared = Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
    compared.set(Field::Given, (SAME, -rarity));
    compared.set(Field::Birth, (birth, -9.0));
    Pair::new(rows, &compared, Stratum::of(Part::Offender, Part::Offender))
}

/// The ground of such pairs: no full name, no number, offenders.
const GROUND: usize = 1;

/// What is known of such a pair without dates, and what dates say that exclude each other.
fn without_dates(rarity: f64) -> f64 {
    (1.0_f64 / 19.0).ln() + 0.82_f64.ln() + rarity
}

fn excluding() -> f64 {
    (0.02_f64 / (0.5 / 0.75)).ln()
}

fn is_line(found: Line, held: &[Held]) {
    let expected = best_line(held);
    let apart = (found.shift - expected.shift).abs() + (found.slope - expected.slope).abs();
    assert!(apart < 1e-9, "{found:?} {expected:?}");
}

#[test]
fn each_ground_has_the_line_of_its_own_open_pairs() {
    let model = unlearned();
    let pairs = |stands_for: f64| -> Vec<(Pair, f64)> {
        (0..40).map(|n| (dated((2 * n, 2 * n + 1), 3.0, OTHER), stands_for)).collect()
    };
    let held = [Held::new(without_dates(3.0), excluding(), 1.0); 40];
    for stands_for in [1.0, 7.0] {
        // However many a pair stands for: its mentions are one each.
        let calibration = Calibration::of(&model, &pairs(stands_for));
        is_line(calibration.lines[GROUND], &held);
        assert!(calibration.lines[GROUND].shift < -0.5, "{calibration:?}");
        for ground in (0..Ground::COUNT).filter(|&ground| ground != GROUND) {
            assert_eq!(calibration.lines[ground], Line { shift: 0.0, slope: 1.0 });
        }
        let undated = Ground(GROUND).ceiling(&[]);
        assert!((calibration.ceilings[GROUND] - undated).abs() < 1e-12, "no pair is settled");
    }
}

#[test]
fn a_mention_that_is_like_many_counts_as_one() {
    let model = unlearned();
    let star: Vec<(Pair, f64)> = (1..5).map(|n| (dated((0, n), 3.0, OTHER), 1.0)).collect();
    // A quarter of one mention and the whole of the other, half and half.
    let held = [Held::new(without_dates(3.0), excluding(), 0.625); 4];
    is_line(Calibration::of(&model, &star).lines[GROUND], &held);
    // Who has no date is a likeness too, and no evidence.
    let undated = [(dated((0, 1), 3.0, OTHER), 1.0), (dated((0, 2), 3.0, MISSING), 1.0)];
    let held = [Held::new(without_dates(3.0), excluding(), 0.75)];
    is_line(Calibration::of(&model, &undated).lines[GROUND], &held);
}

#[test]
fn pairs_that_are_settled_move_the_ceiling_alone() {
    let model = unlearned();
    let pairs: Vec<(Pair, f64)> =
        (0..40).map(|n| (dated((2 * n, 2 * n + 1), 9.0, OTHER), 1.0)).collect();
    let calibration = Calibration::of(&model, &pairs);
    assert_eq!(calibration.lines[GROUND], Line { shift: 0.0, slope: 1.0 });
    let held = [Held::new(without_dates(9.0), excluding(), 1.0); 40];
    assert!((calibration.ceilings[GROUND] - Ground(GROUND).ceiling(&held)).abs() < 1e-5);
    assert!(calibration.ceilings[GROUND] < 0.5, "{calibration:?}");
}

#[test]
fn of_many_pairs_some_are_heard() {
    let many = |count: usize| {
        let (step, heard) = heard(&vec![pair(0.0, true); count]);
        (step.to_string(), heard.len())
    };
    assert_eq!(
        [0, 1, 10_000, 10_001, 20_001].map(many),
        [(1, 0), (1, 1), (1, 10_000), (2, 5001), (3, 6667)]
            .map(|(step, heard)| (step.to_string(), heard))
    );
}

#[test]
fn those_of_many_settled_who_are_heard_speak_for_all() {
    let hardly = |stands_for: f64| Held::new(9.0, -2e-4, stands_for);
    let by_names = Ground(8);
    let all = by_names.ceiling(&vec![hardly(1.0); 2 * MOST]);
    assert!((all - by_names.ceiling(&vec![hardly(2.0); MOST])).abs() < 1e-12, "{all}");
    let half = by_names.ceiling(&vec![hardly(1.0); MOST]);
    assert!(all < half - 1e-3, "{half} {all}");
}

#[test]
fn those_of_many_who_are_heard_speak_for_all() {
    // Dates that hardly tell anything, so that what is expected of a line holds against a few of them.
    let hardly = |stands_for: f64| Held::new(0.0, 2e-4, stands_for);
    let all = best_line(&vec![hardly(1.0); 2 * MOST]);
    is_line(all, &vec![hardly(2.0); MOST]);
    let half = best_line(&vec![hardly(1.0); MOST]);
    assert!(half.shift > 0.1 && all.shift > half.shift + 0.1, "{half:?} {all:?}");
}

#[test]
fn dates_are_as_likely_as_chances_make_them() {
    // Twice as likely for one person as for two, at even chances: 1.5 times as likely as for two; said twice.
    let held = Held::new(0.0, 2.0_f64.ln(), 2.0);
    assert!((held.likelier - 1.0).abs() < 1e-12);
    assert!((likelihood(&[held], |_| 0.5) - 2.0 * 1.5_f64.ln()).abs() < 1e-12);
    assert!((likelihood(&[held, held], |_| 1.0) - 4.0 * 2.0_f64.ln()).abs() < 1e-12);
    // A date says no more than e to the sixth.
    let most = Held::new(0.0, 50.0, 1.0).likelier;
    assert!((most - (6.0_f64.exp() - 1.0)).abs() < 1e-9, "{most}");
    // One standard deviation in both.
    assert!((strain(Line { shift: 1.5, slope: 1.4 }) - 1.0).abs() < 1e-12);
    assert!((strain(Line { shift: 0.0, slope: 0.2 }) - 2.0).abs() < 1e-12);
}

#[test]
fn a_line_goes_as_far_as_its_steps_reach() {
    let always = |without: f64, agrees: bool| vec![pair(without, agrees); 4000];
    // 2 + 1 + 1/2 + … + 1/32 on either side.
    for (agrees, shift) in [(false, -3.96875), (true, 3.96875)] {
        let line = best_line(&always(0.0, agrees));
        assert!((line.shift - shift).abs() < 1e-9, "{line:?}");
    }
    // Timid odds are stretched by one half at most, and empty ones pressed to a twentieth.
    let timid = best_line(&[always(2.0, true), always(-2.0, false)].concat());
    assert!((timid.slope - 1.5).abs() < 1e-9 && timid.shift.abs() < 0.1, "{timid:?}");
    let both = |without| [always(without, true), always(without, false)].concat();
    let empty = best_line(&[both(3.0), both(-3.0)].concat());
    assert!((empty.slope - 0.05).abs() < 1e-9 && empty.shift.abs() < 0.1, "{empty:?}");
}

#[test]
fn a_line_is_found_on_the_finest_grid() {
    // Odds that are twice too sure: of 5,000 pairs at odds of 2 dates agree in 0.73, which is odds of 1, and at −2 in 0.27.
    let share = |without: f64, agree: usize| {
        [vec![pair(without, true); agree], vec![pair(without, false); 5000 - agree]].concat()
    };
    let line = best_line(&[share(2.0, 3650), share(-2.0, 1350)].concat());
    // The last step is 0.6 / 128, and of its multiples from 1 on down 107 comes nearest to one half.
    assert!((line.slope - (1.0 - 107.0 * 0.6 / 128.0)).abs() < 1e-9, "{line:?}");
    assert!(line.shift.abs() < 0.04, "{line:?}");
}
