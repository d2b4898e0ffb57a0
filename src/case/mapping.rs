//! A mapping file: how a table with other names is read as a table of the contract.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::schema::Table;
use crate::error::{Error, Position, Result, excerpt, printable};

/// How files with other names are read as tables of the contract.
///
/// # Examples
///
/// ```
/// use kluwen::case::Mapping;
///
/// let mapping = Mapping::from_toml(
///     r#"
///     people = "implied"
///
///     [[read]]
///     file = "edges.csv"
///     table = "links"
///     columns = { from = "source", to = "target", count = "weight" }
///     constants = { kind = "contact" }
///     "#,
///     "mapping.toml",
/// )?;
/// assert_eq!(mapping.readings().len(), 1);
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    #[serde(default)]
    people: People,
    #[serde(default)]
    read: Vec<Reading>,
}

/// Where people come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum People {
    /// A table lists them; an id outside it is a fault.
    #[default]
    Listed,
    /// Whoever a row names is one.
    Implied,
}

/// How one file is read as one table. A file may be read as several.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The file's name in the folder, or the sheet's in the workbook.
    pub file: String,
    /// The table it is read as.
    pub table: String,
    /// From a column of the contract to the column of the file that stands for it.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// From a column of the contract to the value that every row has.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// From a column of the contract, by value of the file, to a value of the contract.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Only rows with these values in these columns of the file.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, String>,
    /// What stands between two fields; a comma where not said.
    pub delimiter: Option<char>,
    /// Whether a mapping file said this, so that unknown columns are no surprise.
    #[serde(skip)]
    mapped: bool,
}

impl Reading {
    /// A file of the contract's own name and columns.
    #[must_use]
    pub(super) fn plain(file: &str, table: Table) -> Self {
        Self { file: file.into(), table: table.name().into(), ..Self::default() }
    }

    pub(super) fn is_mapped(&self) -> bool {
        self.mapped
    }

    /// The byte between two fields.
    pub(super) fn delimiter_byte(&self) -> u8 {
        self.delimiter.and_then(|c| u8::try_from(c).ok()).unwrap_or(b',')
    }
}

impl Mapping {
    /// A mapping from the text of a TOML file called `file`.
    ///
    /// # Errors
    ///
    /// If it is not TOML, or names a table or column that the contract does not know.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        let bad = |line: u64, found: String, expected: &str| {
            let position = Position { file: file.into(), line, column: String::new() };
            Error::data(position, found, expected)
        };
        let mut mapping: Self = toml::from_str(text).map_err(|error: toml::de::Error| {
            let before =
                error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            bad(before as u64, printable(error.message()), "a mapping as `kluwen check` prints it")
        })?;
        for reading in &mut mapping.read {
            reading.mapped = true;
            reading.check().map_err(|(found, expected)| bad(0, found, &expected))?;
        }
        Ok(mapping)
    }

    /// How each file is read.
    #[must_use]
    pub fn readings(&self) -> &[Reading] {
        &self.read
    }

    /// Whether whoever a row names is a person, without a table of people.
    #[must_use]
    pub fn implies_people(&self) -> bool {
        self.people == People::Implied
    }
}

impl Reading {
    pub(super) fn table(&self) -> Option<Table> {
        Table::parse(&self.table)
    }

    fn check(&self) -> std::result::Result<(), (String, String)> {
        let Some(table) = self.table() else {
            let names: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
            return Err((
                format!("table = `{}`", excerpt(&self.table)),
                format!("one of {}", names.join(", ")),
            ));
        };
        if self.delimiter.is_some_and(|c| !c.is_ascii() || c == '"' || c == '\n' || c == '\r') {
            return Err((
                format!("delimiter = {:?}", self.delimiter),
                "one ASCII character".into(),
            ));
        }
        let named = self.columns.keys().chain(self.constants.keys()).chain(self.values.keys());
        for name in named {
            if !table.columns().iter().any(|column| column.name == name) {
                let known: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
                return Err((
                    format!("{table} has no column `{}`", excerpt(name)),
                    format!("one of {}", known.join(", ")),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_may_only_name_what_the_contract_knows() {
        for text in [
            "[[read]]\nfile='a'\ntable='peeple'",
            "[[read]]\nfile='a'\ntable='links'\ncolumns={sender='x'}",
            "[[read]]\nfile='a'\ntable='links'\ndelimiter='é'",
            "[[read]]\nfile='a'\ntable='links'\ncolour='x'",
            "people = 'maybe'",
        ] {
            assert!(Mapping::from_toml(text, "m.toml").is_err(), "{text}");
        }
    }
}
