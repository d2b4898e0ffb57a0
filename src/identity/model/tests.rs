//! How the model is fitted, and shares of what was never seen.

use super::super::field::NEAR;
use super::*;

/// Pairs of offenders and, fewer, of clients, alike in ways that leave open who is one person.
fn open_pairs() -> Vec<Pair> {
    let pair = |n: u32| {
        let mut compared =
            Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
        compared.set(Field::Given, ([SAME, NEAR, OTHER][n as usize % 3], -3.5));
        compared.set(Field::Family, ([SAME, OTHER][n as usize / 3 % 2], -3.0));
        if n.is_multiple_of(4) {
            compared.set(Field::Phone, (OTHER, 0.0));
        }
        let part = if n.is_multiple_of(5) { Part::Client } else { Part::Offender };
        Pair::new((n, n + 1), &compared, Stratum::of(part, part))
    };
    (0..240).map(pair).collect()
}

/// Those of them whose given names differ, as pairs drawn at random do.
fn strangers() -> Vec<Pair> {
    open_pairs().into_iter().filter(|pair| pair.pattern[Field::Given as usize] == OTHER).collect()
}

#[test]
fn strata_are_fitted_together_for_half_of_the_rounds_and_then_each_for_itself() {
    let pairs = open_pairs();
    let random = &strangers();
    let totals = [900.0; Stratum::COUNT];
    let fitted = Model::fit(&pairs, 1.0, random, totals);
    let expected = Field::ALL.map(Field::expected);
    let mut slowly = Model {
        ln_m: [logs(&expected); Stratum::COUNT],
        ln_u: [[0.0; LEVELS]; Field::COUNT],
        // Of 900 pairs, 30 and one are thought to hold one of one person.
        prior: [-(30.0_f64.ln()); Stratum::COUNT],
    };
    slowly.take_u(random);
    for together in [[true; 15], [false; 15]].concat() {
        let sums = slowly.expect(&pairs, 1.0);
        slowly.maximize(&sums, &expected, totals, together);
        slowly.take_u(random);
    }
    let apart = |a: f64, b: f64| (a - b).abs();
    let shares = fitted.ln_m.iter().flatten().flatten().zip(slowly.ln_m.iter().flatten().flatten());
    let most = shares.map(|(&a, &b)| apart(a, b)).fold(0.0, f64::max);
    assert!(most < 1e-12, "{most}");
    let priors = fitted.prior.iter().zip(slowly.prior).map(|(&a, b)| apart(a, b));
    assert!(priors.fold(0.0, f64::max) < 1e-12, "{fitted:?}");
}

#[test]
fn each_pair_counts_for_as_many_as_it_stands_for() {
    let pairs = open_pairs();
    let model = Model::fit(&pairs, 1.0, &strangers(), [900.0; Stratum::COUNT]);
    let (one, three) = (model.expect(&pairs, 1.0), model.expect(&pairs, 3.0));
    let levels = one.levels.iter().flatten().flatten().zip(three.levels.iter().flatten().flatten());
    for (one, three) in levels.chain(one.pairs.iter().zip(&three.pairs)) {
        assert!((3.0 * one - three).abs() < 1e-9, "{one} {three}");
    }
    let all = one.pairs.iter().sum::<f64>();
    assert!(all > 1.0 && all < 240.0, "some of them are one person: {all}");
}

#[test]
fn what_was_never_seen_keeps_a_share_that_is_nearly_nothing() {
    let mut counts = [1.0, 0.0, 0.0, 0.0, 0.0];
    add_and_normalize(&mut counts, [1.0, 2.0, 0.0, 0.0, 0.0]);
    assert!((counts[0] - 0.5).abs() < 1e-8 && (counts[1] - 0.5).abs() < 1e-8, "{counts:?}");
    assert!(counts[2..].iter().all(|&share| share > 0.0 && share < 1e-8), "{counts:?}");
}
