//! Which row of a table has an id.

use super::symbol::Symbol;

/// From the id of a thing to its row.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// By symbol: the row and 1, or 0 where the symbol is no id of the table.
    rows: Vec<u32>,
}

impl Ids {
    /// Whether the table holds the id.
    #[must_use]
    pub fn contains(&self, id: Symbol) -> bool {
        self.row(id).is_some()
    }

    /// The row of the id.
    #[must_use]
    pub fn row(&self, id: Symbol) -> Option<usize> {
        let row = self.rows.get(id.number()).copied().unwrap_or(0);
        row.checked_sub(1).map(|row| row as usize)
    }

    /// Gives the id a row; false, and no change, if it has one.
    pub(super) fn insert(&mut self, id: Symbol, row: usize) -> bool {
        if self.rows.len() <= id.number() {
            self.rows.resize(id.number() + 1, 0);
        }
        let slot = &mut self.rows[id.number()];
        let free = *slot == 0;
        if free {
            *slot = u32::try_from(row + 1).expect("a table has fewer than 2³² rows");
        }
        free
    }
}
