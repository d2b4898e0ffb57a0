//! Boxes laid side by side in a page.

/// How wide a page is for its height.
const FORM: f64 = 1.4;

/// Where the least corner of each box comes to lie, all of them in a page that is wider than high. No two lie on one another.
///
/// Boxes stand on shelves, the highest first, one shelf under another; a low box goes under another one where there is room.
///
/// # Source
///
/// E. G. Coffman, M. R. Garey, D. S. Johnson, R. E. Tarjan, "Performance bounds for level-oriented two-dimensional packing algorithms",
/// SIAM J. Comput. 9(4):808-826, 1980 (next fit of decreasing heights).
pub(super) fn packed(sizes: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| {
        sizes[b][1]
            .total_cmp(&sizes[a][1])
            .then(sizes[b][0].total_cmp(&sizes[a][0]))
            .then(a.cmp(&b))
    });
    let area: f64 = sizes.iter().map(|size| size[0] * size[1]).sum();
    let widest = sizes.iter().map(|size| size[0]).fold(0.0, f64::max);
    let page = widest.max((area * FORM).sqrt());
    let mut corners = vec![[0.0; 2]; sizes.len()];
    let (mut shelf, mut floor) = (0.0, 0.0);
    // The column that is being filled: where it begins and ends, and how deep it is filled.
    let (mut left, mut right, mut depth) = (0.0, 0.0, 0.0);
    for u in order {
        let [width, height] = sizes[u];
        let fits_under = width <= right - left && depth + height <= floor;
        if !fits_under && right + width > page && right > 0.0 {
            (shelf, floor, left, right) = (floor, floor + height, 0.0, width);
            depth = shelf;
        } else if !fits_under {
            floor = f64::max(floor, shelf + height);
            (left, right, depth) = (right, right + width, shelf);
        }
        corners[u] = [left, depth];
        depth += height;
    }
    corners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_on_shelves_and_low_ones_under_another() {
        for (sizes, want) in [
            (&[][..], &[][..]),
            (&[[5.0, 1.0]], &[[0.0, 0.0]]),
            // The page is the root of 4.2 wide, so two stand side by side.
            (&[[1.0, 1.0]; 3], &[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
            // The highest first; beside it three low ones, one under another.
            (
                &[[2.0, 1.0], [2.0, 3.0], [2.0, 1.0], [2.0, 1.0]],
                &[[2.0, 0.0], [0.0, 0.0], [2.0, 1.0], [2.0, 2.0]],
            ),
            // A wide one is as wide as the page, and the next shelf begins under the highest of this one.
            (
                &[[1.0, 1.0], [6.0, 2.0], [1.0, 1.0], [1.0, 1.5]],
                &[[1.0, 2.0], [0.0, 0.0], [2.0, 2.0], [0.0, 2.0]],
            ),
            // Of equal heights the widest first.
            (&[[1.0, 1.0], [2.0, 1.0]], &[[0.0, 1.0], [0.0, 0.0]]),
        ] {
            assert_eq!(packed(sizes), want, "{sizes:?}");
        }
    }
}
