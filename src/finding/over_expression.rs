//! Who has more ties of a recruiter than chance gives: a second opinion beside the recurrence.

use serde::Serialize;

use crate::measure::false_discovery;

/// How many of somebody's ties to victims are such as a recruiter has.
///
/// If such ties fell on people by chance, so many or more would be his with chance `p`; `q` is the least
/// share of false discoveries at which he would be on a list.
///
/// # Source
///
/// M. Tumminello et al., "Statistically validated networks in bipartite complex systems", `PLoS ONE`
/// 6(3):e17994, 2011 (`N` ties, `K` of a recruiter, `n` his, `x` his of a recruiter); Y. Benjamini, Y. Hochberg, J. R.
/// Stat. Soc. B 57(1):289-300, 1995.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OverExpression {
    /// His ties to victims, by case.
    pub ties: usize,
    /// Of them, those that say he brought her in, or in a case in which he is called a recruiter.
    pub recruiting: usize,
    /// The chance of as many or more.
    pub p: f64,
    /// The false discovery rate.
    pub q: f64,
}

/// The over-expression of each, from the number of ties and of those of a recruiter.
pub(super) fn over_expressions(of: &[(usize, usize)]) -> Vec<OverExpression> {
    let ties: usize = of.iter().map(|one| one.0).sum();
    let recruiting: usize = of.iter().map(|one| one.1).sum();
    let mut found: Vec<OverExpression> = of
        .iter()
        .map(|&(n, x)| {
            let p = at_least(x, n, recruiting, ties);
            OverExpression { ties: n, recruiting: x, p, q: p }
        })
        .collect();
    let chances: Vec<f64> = found.iter().map(|one| one.p).collect();
    for (one, q) in found.iter_mut().zip(false_discovery(&chances, chances.len() as u64)) {
        one.q = q;
    }
    found
}

/// P(X ≥ `x`) when `n` of `all` are drawn, of which `marked` are marked.
fn at_least(x: usize, n: usize, marked: usize, all: usize) -> f64 {
    let choose = |n: usize, k: usize| {
        let log = |n: usize| libm::lgamma(n as f64 + 1.0);
        log(n) - log(k) - log(n - k)
    };
    let most = n.min(marked);
    let chance = |k: usize| {
        if n - k > all - marked {
            return 0.0;
        }
        libm::exp(choose(marked, k) + choose(all - marked, n - k) - choose(all, n))
    };
    if x == 0 { 1.0 } else { (x..=most).map(chance).sum::<f64>().min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing_two_marked_of_two_is_as_counted() {
        // Of 5, 3 are marked: 3 of the 10 pairs are all marked, 9 hold at least one.
        assert!((at_least(2, 2, 3, 5) - 0.3).abs() < 1e-12);
        assert!((at_least(1, 2, 3, 5) - 0.9).abs() < 1e-12);
        assert!((at_least(0, 2, 3, 5) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_hub_without_a_recruiter_s_ties_is_not_expressed() {
        let mut of = vec![(8, 7), (300, 2)];
        of.extend(vec![(2, 0); 50]);
        let found = over_expressions(&of);
        assert!(found[0].q < 1e-6 && found[1].q > 0.5, "{:?}", &found[..2]);
    }

    #[test]
    fn false_discovery_rates_keep_the_order() {
        let found = over_expressions(&[(4, 4), (4, 3), (4, 1), (40, 3)]);
        assert!(found.windows(2).all(|pair| pair[0].q <= pair[1].q));
    }
    #[test]
    fn what_cannot_be_drawn_has_no_chance() {
        // Of three, two are marked: whoever draws two has one of them, and whoever draws all has both.
        assert!((at_least(1, 2, 2, 3) - 1.0).abs() < 1e-12);
        assert!((at_least(2, 2, 2, 3) - 1.0 / 3.0).abs() < 1e-12);
        assert!((at_least(2, 3, 2, 3) - 1.0).abs() < 1e-12);
        assert!(at_least(3, 3, 2, 3).abs() < 1e-12);
        let alone = over_expressions(&[(3, 1)]);
        assert_eq!((alone[0].ties, alone[0].recruiting), (3, 1));
        assert!((alone[0].p - 1.0).abs() < 1e-12 && (alone[0].q - 1.0).abs() < 1e-12);
    }
}
