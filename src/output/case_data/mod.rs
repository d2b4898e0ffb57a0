//! A case on its way to other programs: as tables of the contract, as entities, as columns.
//!
//! Unless it is revealed, nobody is named: ids, sources and identifiers become codes, and free text stays behind, because
//! nobody can know what it holds. [`treatment`] says so column by column. The same code stands for the same
//! text throughout one export, and for nothing in any other.

mod cells;
mod disclosure;
mod fates;
mod ftm;
mod ftm_entity;
mod ftm_identifiers;
#[cfg(feature = "parquet")]
mod parquet;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeMap;

use self::cells::{attributes, cells, count};
use self::disclosure::{Codes, Value};
use crate::case::{Case, GradeTable, HANDLING, Pseudonymise, Table};

pub use disclosure::{Disclosure, Treatment, treatment};
pub use fates::{Fate, Kept, ftm_fates, table_fates};
pub use ftm::write_ftm;
#[cfg(feature = "parquet")]
pub use parquet::write_parquet;
pub use tables::{TableFile, write_csv_table, write_json_lines};

/// A case as it goes out.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::output::{Disclosure, CaseData, write_json_lines};
///
/// let case = Case::open("graphs/study25")?;
/// let mut out = Vec::new();
/// write_json_lines(&CaseData::new(&case, Disclosure::Coded), &mut out)?;
/// assert!(!String::from_utf8(out)?.contains("Anouk"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct CaseData<'c> {
    case: &'c Case,
    /// The codes in place of names; none where they are revealed.
    codes: Option<Codes<'c>>,
    /// What may be told, where the data leave the unit.
    /// What handling codes there are.
    grades: GradeTable,
}

/// A row as it goes out.
#[derive(Clone, Debug)]
struct Row<'c> {
    table: Table,
    /// Its place in the table, from 0.
    number: usize,
    /// In the order of the contract's columns.
    values: Vec<Value<'c>>,
    /// What stands in columns of its own.
    attributes: Vec<(Cow<'c, str>, Cow<'c, str>)>,
}

impl Row<'_> {
    fn value(&self, column: &str) -> Option<&Value<'_>> {
        let at = self.table.columns().iter().position(|known| known.name == column)?;
        self.values.get(at)
    }

    /// The handling code in a column of its own, where it has one.
    fn handling(&self) -> Option<&str> {
        let is_it = |name: &str| name.trim().eq_ignore_ascii_case(HANDLING);
        let found = self.attributes.iter().find(|(name, _)| is_it(name));
        found.map(|(_, code)| code.as_ref())
    }

    /// What stands in a column of the contract; empty where nothing does.
    fn text(&self, column: &str) -> Cow<'_, str> {
        self.value(column).map(Value::text).unwrap_or_default()
    }
}

impl<'c> CaseData<'c> {
    /// The case, with names or without.
    ///
    /// - **Cost**: without names one pass over all rows, and a number for each distinct id, source and identifier.
    #[must_use]
    pub fn new(case: &'c Case, disclosure: Disclosure) -> Self {
        let codes = (disclosure == Disclosure::Coded).then(|| Codes::of(case));
        Self { case, codes, grades: GradeTable::default() }
    }

    /// The case without names, with pseudonyms under a key in place of codes: the same in every conversion.
    #[must_use]
    pub fn keyed(case: &'c Case, pseudonyms: &'c dyn Pseudonymise) -> Self {
        let codes = Some(Codes::keyed(pseudonyms));
        Self { case, codes, grades: GradeTable::default() }
    }

    /// Whether names go out.
    #[must_use]
    pub fn is_revealed(&self) -> bool {
        self.codes.is_none()
    }

    /// The tables that go out: those with rows, and those without which it is no case.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let needed = |table: Table| match table {
            Table::People => true,
            Table::Roles => self.case.links.is_empty(),
            _ => false,
        };
        let all = Table::ALL.into_iter();
        all.filter(|&table| count(self.case, table) > 0 || needed(table)).collect()
    }

    /// What stands in some columns of the contract as it goes out, row by row; empty where nothing does.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::Case;
    /// use kluwen::case::Table;
    /// use kluwen::output::{CaseData, Disclosure};
    ///
    /// let case = Case::open("graphs/study25")?;
    /// let data = CaseData::new(&case, Disclosure::Coded);
    /// let first = data.texts(Table::People, &["person_id", "name"]).next();
    /// assert_eq!(first, Some(vec!["person-1".to_owned(), String::new()]));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn texts<'t>(
        &'t self,
        table: Table,
        columns: &'t [&'t str],
    ) -> impl Iterator<Item = Vec<String>> + 't {
        let text = |row: &Row<'_>, column: &&str| row.text(column).into_owned();
        let names = BTreeMap::new();
        (0..count(self.case, table)).map(move |number| {
            let row = self.row(table, number, &names);
            columns.iter().map(|column| text(&row, column)).collect()
        })
    }

    fn rows(&self, table: Table) -> impl Iterator<Item = Row<'c>> + '_ {
        let names = self.attribute_names(table);
        (0..count(self.case, table)).map(move |number| self.row(table, number, &names))
    }

    fn row(&self, table: Table, number: usize, names: &BTreeMap<&'c str, String>) -> Row<'c> {
        let all = table.columns().iter().zip(cells(self.case, table, number));
        let values = all.map(|(column, cell)| match &self.codes {
            Some(codes) => codes.treat(table, column.name, cell),
            None => cell.into(),
        });
        let mut own: Vec<(Cow<'c, str>, Cow<'c, str>)> = Vec::new();
        for (name, text) in attributes(self.case, table, number) {
            if let Some(name) =
                names.get(name).filter(|name| own.iter().all(|(met, _)| met != *name))
            {
                own.push((name.clone().into(), self.attribute(text)));
            }
        }
        Row { table, number, values: values.collect(), attributes: own }
    }

    /// Without names, only a handling code is left of a row's own columns; one that nobody knows could be any text, and is as restricted as any.
    fn attribute<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_revealed() || self.grades.is_handling_code(text) {
            return text.into();
        }
        "unlisted".into()
    }

    /// The columns of a table's own, as they go out: a name that would be read as another column gets `_own` behind it.
    fn attribute_names(&self, table: Table) -> BTreeMap<&'c str, String> {
        let mut names: BTreeMap<&'c str, String> = BTreeMap::new();
        let goes_out =
            |name: &str| self.is_revealed() || name.trim().eq_ignore_ascii_case(HANDLING);
        let mut taken: Vec<String> =
            table.columns().iter().map(|column| column.name.to_owned()).collect();
        taken.push("table".into());
        for row in 0..count(self.case, table) {
            for (name, _) in attributes(self.case, table, row) {
                if names.contains_key(name) || !goes_out(name) {
                    continue;
                }
                let mut written = if name.trim().is_empty() {
                    "column".to_owned()
                } else {
                    name.trim().to_owned()
                };
                while taken.contains(&written) {
                    written.push_str("_own");
                }
                taken.push(written.clone());
                names.insert(name, written);
            }
        }
        names
    }
}
