//! Which counts of a table are withheld, so that what is published tells of nobody among a few.

/// A table of counts with its totals: the last row and the last column are the sums of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table<const WIDE: usize> {
    rows: Vec<[usize; WIDE]>,
    /// Counts of people below this, and above nobody, are withheld.
    least: usize,
}

/// The two cheapest rows of a pair of columns, each with what it costs to withhold them there.
type Cheapest = [Option<(usize, usize)>; 2];

impl<const WIDE: usize> Table<WIDE> {
    /// Of rows whose last number is their sum, of which counts under `least` are withheld; the row of totals is added.
    pub(super) fn with_totals(mut rows: Vec<[usize; WIDE]>, least: usize) -> Self {
        let mut totals = [0_usize; WIDE];
        for row in &rows {
            totals.iter_mut().zip(row).for_each(|(sum, &count)| *sum = sum.saturating_add(count));
        }
        rows.push(totals);
        Self { rows, least }
    }

    /// By row and column whether the count is withheld; the last row is that of the totals.
    ///
    /// Counts of a few are, and for each of them a row and a column more: the four counts where the two rows and columns cross, all above
    /// nobody. One more in one corner, and one more or fewer in the others, keeps every sum right, so no withheld count can be worked
    /// out from those that are published. Of all such rectangles it is the one that withholds the fewest people more.
    ///
    /// - **Cost**: `O(rows × columns²)`.
    ///
    /// # Source
    ///
    /// L. H. Cox, J. Am. Stat. Assoc. 75:377–385, 1980: complementary suppression by cycles.
    pub(super) fn withheld(&self) -> Vec<[bool; WIDE]> {
        let few: Vec<(usize, usize)> =
            self.cells().filter(|&(r, c)| self.is_few(self.rows[r][c])).collect();
        let mut withheld = vec![[false; WIDE]; self.rows.len()];
        for &(row, column) in &few {
            withheld[row][column] = true;
        }
        let mut cheapest = [[Cheapest::default(); WIDE]; WIDE];
        for row in 0..self.rows.len() {
            self.offer(row, &withheld, &mut cheapest);
        }
        for (row, column) in few {
            if let Some((other_row, other)) = self.corner((row, column), &withheld, &cheapest) {
                for (r, c) in [(row, other), (other_row, column), (other_row, other)] {
                    withheld[r][c] = true;
                }
                self.offer(row, &withheld, &mut cheapest);
                self.offer(other_row, &withheld, &mut cheapest);
            }
        }
        withheld
    }

    /// Whether a count tells of a few people.
    fn is_few(&self, count: usize) -> bool {
        (1..self.least).contains(&count)
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.rows.len()).flat_map(|row| (0..WIDE).map(move |column| (row, column)))
    }

    /// The opposite corner of the cheapest rectangle. There always is one: where a count is above nobody, so are its totals.
    fn corner(
        &self,
        (row, column): (usize, usize),
        withheld: &[[bool; WIDE]],
        cheapest: &[[Cheapest; WIDE]; WIDE],
    ) -> Option<(usize, usize)> {
        let others = (0..WIDE).filter(|&other| other != column && self.rows[row][other] > 0);
        let corners = others.filter_map(|other| {
            let pair = &cheapest[column.min(other)][column.max(other)];
            let (cost, far) = pair.iter().flatten().copied().find(|&(_, far)| far != row)?;
            let own = if withheld[row][other] { 0 } else { self.rows[row][other] };
            Some((cost.saturating_add(own), far, other))
        });
        corners.min().map(|(_, far, other)| (far, other))
    }

    /// Sets a row among the two cheapest of each pair of columns, where it is one of them.
    fn offer(
        &self,
        row: usize,
        withheld: &[[bool; WIDE]],
        cheapest: &mut [[Cheapest; WIDE]; WIDE],
    ) {
        let cost = |c: usize| if withheld[row][c] { 0 } else { self.rows[row][c] };
        let pairs = (0..WIDE).flat_map(|right| (0..right).map(move |left| (left, right)));
        for (left, right) in pairs {
            if self.rows[row][left] == 0 || self.rows[row][right] == 0 {
                continue;
            }
            let own = (cost(left).saturating_add(cost(right)), row);
            let pair = &mut cheapest[left][right];
            let kept = pair.iter().flatten().filter(|one| one.1 != row).copied();
            let mut all: Vec<(usize, usize)> = kept.chain([own]).collect();
            all.sort_unstable();
            *pair = [all.first().copied(), all.get(1).copied()];
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All tables near the true one that agree with what is published: two values of a count are enough to hide it.
    fn slow(table: &Table<3>, withheld: &[[bool; 3]]) -> Vec<Table<3>> {
        let inner = table.rows.len() - 1;
        let mut all = vec![table.rows[..inner].to_vec()];
        for (r, c) in (0..inner).flat_map(|r| [(r, 0), (r, 1)]).filter(|&(r, c)| withheld[r][c]) {
            let each = all.into_iter().flat_map(|rows| {
                let near = rows[r][c].saturating_sub(2)..=rows[r][c] + 2;
                near.map(move |value| {
                    let mut rows = rows.clone();
                    rows[r][c] = value;
                    rows
                })
            });
            all = each.collect();
        }
        let tables = all.into_iter().map(|rows| {
            let rows = rows.into_iter().map(|[a, b, _]| [a, b, a + b]);
            Table::with_totals(rows.collect(), table.least)
        });
        let agrees = |other: &Table<3>| {
            table.cells().all(|(r, c)| withheld[r][c] || other.rows[r][c] == table.rows[r][c])
        };
        tables.filter(agrees).collect()
    }

    fn all_hidden(withheld: &[[bool; 3]]) -> Vec<(usize, usize)> {
        let cells = (0..withheld.len()).flat_map(|r| (0..3).map(move |c| (r, c)));
        cells.filter(|&(r, c)| withheld[r][c]).collect()
    }

    proptest! {
        #[test]
        fn nothing_withheld_can_be_worked_out(
            counts in prop::collection::vec([0_usize..20, 0_usize..20], 1..4),
            least in prop::sample::select(vec![2, 5, 11]),
        ) {
            let rows = counts.iter().map(|[a, b]| [*a, *b, a + b]).collect();
            let table = Table::with_totals(rows, least);
            let withheld = table.withheld();
            let hidden = all_hidden(&withheld);
            for (r, row) in table.rows.iter().enumerate() {
                for (c, &count) in row.iter().enumerate() {
                    prop_assert!(withheld[r][c] || !table.is_few(count));
                }
            }
            let agree = slow(&table, &withheld);
            for (r, c) in hidden {
                let other = agree.iter().any(|other| other.rows[r][c] != table.rows[r][c]);
                prop_assert!(other, "{table:?} {r} {c}");
            }
        }

        #[test]
        fn each_withheld_count_is_a_corner_of_four(
            counts in prop::collection::vec([0_usize..60, 0_usize..25, 0_usize..14], 1..30)
        ) {
            let rows = counts.iter().map(|[a, b, c]| [*a, *b, *c, a + b + c]).collect();
            let table = Table::with_totals(rows, 11);
            let withheld = table.withheld();
            let hidden = |r: usize, c: usize| withheld[r][c] && table.rows[r][c] > 0;
            for (r, c) in table.cells().filter(|&(r, c)| withheld[r][c]) {
                let corner = |k: usize, d: usize| {
                    k != r && d != c && hidden(r, c) && hidden(r, d) && hidden(k, c) && hidden(k, d)
                };
                prop_assert!(table.cells().any(|(k, d)| corner(k, d)), "{table:?} {r} {c}");
            }
        }
    }

    #[test]
    fn what_is_large_is_shown() {
        let table = Table::with_totals(vec![[20, 0, 20], [9, 11, 20], [0, 0, 0]], 5);
        assert!(all_hidden(&table.withheld()).is_empty());
    }

    #[test]
    fn the_smallest_counts_stand_beside_those_of_a_few() {
        let table = Table::with_totals(vec![[3, 20, 23], [40, 40, 80], [6, 7, 13]], 5);
        assert_eq!(all_hidden(&table.withheld()), [(0, 0), (0, 1), (2, 0), (2, 1)]);
    }
}
