//! Rows that travel between this machine and an engine.

use crate::case::Texts;

/// A table, column by column; all columns have as many cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns(pub Vec<Column>);

/// A column and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub values: Values,
}

/// The cells of a column; none where a cell is empty.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Whole numbers, and days since 1970.
    Whole(Vec<Option<i64>>),
    /// Real numbers.
    Real(Vec<Option<f64>>),
    /// Texts.
    Text(TextCells),
}

/// The cells of a column of texts, in one piece of memory. A column without a text, as most are in a list of people, takes none.
#[derive(Clone, Debug, Default)]
pub struct TextCells {
    /// How many empty cells there are before the first text.
    empty: usize,
    /// The cells from there on.
    texts: Texts,
    is_known: Vec<bool>,
}

impl TextCells {
    /// The text of a cell; none if the cell is empty, or there is no such cell.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&str> {
        let at = at.checked_sub(self.empty)?;
        let number = u32::try_from(at).ok()?;
        self.is_known.get(at)?.then(|| self.texts.get(number))
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.empty + self.is_known.len()
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl PartialEq for TextCells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: AsRef<str>> FromIterator<Option<T>> for TextCells {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(cells: I) -> Self {
        let mut all = Self::default();
        all.extend(cells);
        all
    }
}

impl<T: AsRef<str>> Extend<Option<T>> for TextCells {
    fn extend<I: IntoIterator<Item = Option<T>>>(&mut self, cells: I) {
        for cell in cells {
            if cell.is_none() && self.is_known.is_empty() {
                self.empty += 1;
                continue;
            }
            self.texts.push(cell.as_ref().map_or("", AsRef::as_ref));
            self.is_known.push(cell.is_some());
        }
    }
}

impl Column {
    /// A column of that name.
    pub fn new(name: impl Into<String>, values: Values) -> Self {
        Self { name: name.into(), values }
    }
}

impl Values {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Whole(cells) => cells.len(),
            Self::Real(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
        }
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Columns {
    /// How many rows there are.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.0.first().map_or(0, |column| column.values.len())
    }

    /// The whole numbers of a column; none if there is no such column, or it holds something else.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<&[Option<i64>]> {
        match &self.column(name)?.values {
            Values::Whole(cells) => Some(cells),
            _ => None,
        }
    }

    /// The real numbers of a column; none if there is no such column, or it holds something else.
    #[must_use]
    pub fn real(&self, name: &str) -> Option<&[Option<f64>]> {
        match &self.column(name)?.values {
            Values::Real(cells) => Some(cells),
            _ => None,
        }
    }

    /// The texts of a column; none if there is no such column, or it holds something else.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&TextCells> {
        match &self.column(name)?.values {
            Values::Text(cells) => Some(cells),
            _ => None,
        }
    }

    /// The whole number in the first row; none if there is none.
    #[must_use]
    pub fn first_whole(&self, name: &str) -> Option<i64> {
        self.whole(name).and_then(|cells| *cells.first()?)
    }

    /// The real number in the first row; none if there is none.
    #[must_use]
    pub fn first_real(&self, name: &str) -> Option<f64> {
        self.real(name).and_then(|cells| *cells.first()?)
    }

    fn column(&self, name: &str) -> Option<&Column> {
        self.0.iter().find(|column| column.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_cell_is_no_empty_text() {
        let cells = [Some("aé"), None, Some(""), Some("b"), None];
        let texts: TextCells = cells.into_iter().collect();
        assert_eq!(texts.iter().collect::<Vec<_>>(), cells);
        assert_eq!((texts.len(), texts.get(5), texts.is_empty()), (5, None, false));
        let late: TextCells = [None, None, Some("a"), None].into_iter().collect();
        assert_eq!((late.len(), late.get(1), late.get(2), late.get(4)), (4, None, Some("a"), None));
        assert!(TextCells::default().is_empty() && TextCells::default().get(0).is_none());
    }
}
