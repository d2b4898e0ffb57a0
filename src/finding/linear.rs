//! Small systems of linear equations.

/// Solves a small system by elimination with pivots; none where it has no one solution.
pub(super) fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let count = right.len();
    for at in 0..count {
        let pivot = (at..count).max_by(|&a, &b| rows[a][at].abs().total_cmp(&rows[b][at].abs()))?;
        if rows[pivot][at].abs() < 1e-12 {
            return None;
        }
        rows.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..count {
            let times = rows[below][at] / rows[at][at];
            let above = rows[at].clone();
            for (value, above) in rows[below].iter_mut().zip(above).skip(at) {
                *value -= times * above;
            }
            right[below] -= times * right[at];
        }
    }
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|other| rows[at][other] * right[other]).sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::solve;

    #[test]
    fn two_equations_are_solved_by_hand() {
        // 2x + y = 5 and x − y = 1.
        let found = solve(vec![vec![2.0, 1.0], vec![1.0, -1.0]], vec![5.0, 1.0]).expect("one");
        assert!((found[0] - 2.0).abs() < 1e-12 && (found[1] - 1.0).abs() < 1e-12);
        assert_eq!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]), None);
    }
    #[test]
    fn a_first_place_without_a_value_is_exchanged_for_another() {
        // y + 2z = 8, 3x + z = 9 and x + y + z = 7, so x = 2, y = 2 and z = 3.
        let rows = vec![vec![0.0, 1.0, 2.0], vec![3.0, 0.0, 1.0], vec![1.0, 1.0, 1.0]];
        let found = solve(rows, vec![8.0, 9.0, 7.0]).expect("one");
        for (got, want) in found.into_iter().zip([2.0, 2.0, 3.0]) {
            assert!((got - want).abs() < 1e-12, "{got} {want}");
        }
        assert_eq!(solve(Vec::new(), Vec::new()), Some(Vec::new()));
        assert_eq!(solve(vec![vec![0.0]], vec![1.0]), None);
    }
}
