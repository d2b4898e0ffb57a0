//! Rows that travel between this machine and an engine.

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
    Text(Vec<Option<String>>),
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
    pub fn text(&self, name: &str) -> Option<&[Option<String>]> {
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
