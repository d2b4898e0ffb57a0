//! A share of a number of people, and how far it can be trusted.

use super::quantile::NORMAL_975;

/// The 95 % interval of a share: `count` of `of`; none where there is nobody.
///
/// Source: Wilson (1927), JASA 22:209; `count` is his np, `of` his n. Unlike the usual interval it stays within [0, 1] and
/// holds at small numbers: five of six is .44 to .97.
pub(super) fn wilson(count: usize, of: usize) -> Option<[f64; 2]> {
    if of == 0 {
        return None;
    }
    let (n, z2) = (of as f64, NORMAL_975 * NORMAL_975);
    let share = count as f64 / n;
    let middle = share + z2 / (2.0 * n);
    let half = NORMAL_975 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let end = |sign: f64| ((middle + sign * half) / (1.0 + z2 / n)).clamp(0.0, 1.0);
    Some([end(-1.0), end(1.0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_six_is_anything_from_44_to_97_percent() {
        let [low, high] = wilson(5, 6).expect("there are six");
        assert!((low - 0.4365).abs() < 5e-4 && (high - 0.9699).abs() < 5e-4, "{low} {high}");
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn the_ends_solve_the_equation_that_defines_them() {
        for (count, of) in [(3, 10), (1, 6), (40, 100)] {
            let share = count as f64 / of as f64;
            for end in wilson(count, of).expect("there is somebody") {
                let error = (end * (1.0 - end) / of as f64).sqrt();
                assert!(((share - end).abs() / error - 1.96).abs() < 1e-3, "{count} {of} {end}");
            }
        }
        assert_eq!(wilson(0, 5).map(|ends| ends[0]), Some(0.0));
    }
}
