//! The rows of one table, in file order, with what the contract does not know beside them.

use std::ops::Deref;

use super::symbol::Symbol;

/// A cell in a column that the contract does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Of which row.
    pub row: u32,
    /// The column's name.
    pub column: Symbol,
    /// What stands there.
    pub value: Symbol,
}

/// The rows of one table, in file order.
#[derive(Clone, Debug)]
pub struct Rows<R> {
    rows: Vec<R>,
    pub(super) attributes: Vec<Attribute>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), attributes: Vec::new() }
    }
}

impl<R> Rows<R> {
    /// Rows, and attributes of them sorted by row.
    pub(super) fn new(rows: Vec<R>, attributes: Vec<Attribute>) -> Self {
        Self { rows, attributes }
    }

    /// What stands in columns that the contract does not know; sorted by row.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The attributes of one row.
    #[must_use]
    pub fn attributes_of(&self, row: usize) -> &[Attribute] {
        let start = self.attributes.partition_point(|attribute| (attribute.row as usize) < row);
        let end = self.attributes.partition_point(|attribute| (attribute.row as usize) <= row);
        &self.attributes[start..end]
    }

    pub(super) fn push(&mut self, row: R) {
        self.rows.push(row);
    }

    pub(super) fn reserve(&mut self, more: usize) {
        self.rows.reserve(more);
    }
}

impl<R> Deref for Rows<R> {
    type Target = [R];

    fn deref(&self) -> &[R] {
        &self.rows
    }
}
