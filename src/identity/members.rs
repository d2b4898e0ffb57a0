//! The rows of `people` that are one person, person by person.

use super::EntityId;

/// All rows, those of one person side by side; a cluster's list of people has a hundred million of them, most alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    rows: Vec<u32>,
    /// By person: where the rows end.
    ends: Vec<u32>,
}

impl Members {
    /// The rows of each of `count` people, in the order in which `order` names them; `of_row` says whose each is.
    pub(super) fn new(order: &[u32], of_row: &[EntityId], count: usize) -> Self {
        let whose = |row: u32| of_row[row as usize].number();
        let mut ends = vec![0; count];
        for &row in order {
            ends[whose(row)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut rows = vec![0; order.len()];
        for &row in order {
            let next: &mut u32 = &mut ends[whose(row)];
            rows[*next as usize] = row;
            *next += 1;
        }
        Self { rows, ends }
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The rows of the person at that place.
    pub(super) fn of(&self, person: usize) -> &[u32] {
        let start = person.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start as usize..self.ends[person] as usize]
    }

    /// All rows, person by person.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_the_rows_that_are_hers_in_order() {
        let of_row = [2, 0, 2, 1, 0].map(EntityId::from_number);
        let members = Members::new(&[4, 0, 3, 2, 1], &of_row, 3);
        assert_eq!(members.len(), 3);
        assert_eq!([0, 1, 2].map(|person| members.of(person)), [&[4, 1][..], &[3], &[0, 2]]);
        assert_eq!(members.rows(), [4, 1, 3, 0, 2]);
        assert_eq!(Members::new(&[], &[], 0).len(), 0);
    }
}
