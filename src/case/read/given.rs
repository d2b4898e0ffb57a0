//! Rows that come with the place at which each stood before: from Parquet tables, or from an engine that holds them.
//!
//! They go through the reader as all others, so that every check holds. A finding names the file and line that the row was first
//! read from, and its certainty is what its grade was worth then.

use std::sync::Arc;

use super::super::fault::Fault;
use super::super::mapping::Reading;
use super::super::schema::Table;
use super::super::{ReadOptions, Strictness, Taken};
use super::binding::Binding;
use super::parse::Part;
use super::reader::Reader;
use super::text_rows::{Cells, TextRow};
use crate::error::{Error, Position, Result};

/// The column with what a row's grade is worth.
pub(crate) const CERTAINTY: &str = "certainty";
/// The column with the file that a row was first read from.
pub(crate) const ROW_FILE: &str = "row_file";
/// The column with the line in that file.
pub(crate) const ROW_LINE: &str = "row_line";
/// The column with the place of the row in its table, from 0, by which rows are put in order.
pub(crate) const ROW_NUMBER: &str = "row_number";

/// How many rows one thread reads at a time.
pub(super) const ROWS: usize = 1 << 12;

/// A table whose rows are at hand.
///
/// Its rows may be made one by one as they are read, so that not all of them are held twice.
#[derive(Clone, Debug)]
pub struct GivenTable<R = Vec<GivenRow>> {
    /// Which table of the contract.
    pub table: Table,
    /// What it is called in messages about the whole of it.
    pub name: String,
    /// The names of its columns: those of the contract, and others, which are kept with the rows.
    pub header: Vec<String>,
    /// The rows, in order.
    pub rows: R,
}

/// A row, and where it stood.
#[derive(Clone, Debug, Default)]
pub struct GivenRow {
    /// The file; empty where it is the table itself.
    pub file: Arc<str>,
    /// The line.
    pub line: u32,
    /// How sure it is; none where that is what its grade is worth.
    pub certainty: Option<f64>,
    /// The fields that hold something, each with the place of its column in the header.
    pub fields: Vec<(u32, String)>,
}

/// Reads a case from tables whose rows are at hand.
///
/// # Errors
///
/// As [`read`](super::read); if a mapping is given.
///
/// # Examples
///
/// ```
/// use kluwen::case::{GivenRow, GivenTable, ReadOptions, Table, read_given};
///
/// let row = |line, fields: &[&str]| GivenRow {
///     file: "people.csv".into(),
///     line,
///     fields: (0..).zip(fields.iter().map(|text| (*text).to_owned())).collect(),
///     ..GivenRow::default()
/// };
/// let table = |table, header: &[&str], rows| GivenTable {
///     table,
///     name: "people".into(),
///     header: header.iter().map(|name| (*name).to_owned()).collect(),
///     rows,
/// };
/// let people = table(Table::People, &["person_id"], vec![row(7, &["p1"])]);
/// let roles = table(Table::Roles, &["case_id", "person_id", "role"], Vec::new());
/// let case = read_given(vec![people, roles], &ReadOptions::default())?.case;
/// assert_eq!(case.place_of(&case.people[0].assertion), "people.csv:7");
/// # Ok::<(), kluwen::Error>(())
/// ```
pub fn read_given<R>(tables: Vec<GivenTable<R>>, options: &ReadOptions) -> Result<Taken>
where
    R: IntoIterator<Item = GivenRow, IntoIter: Send>,
{
    let mut reader = Reader::new(options);
    reader.refuse_mapping()?;
    let mut tables = tables;
    // What is referred to comes first.
    tables.sort_by_key(|given| given.table);
    for GivenTable { table, name, header, rows } in tables {
        let mut rows = rows.into_iter().peekable();
        let width = header.len();
        let next = move || {
            let file = Arc::clone(&rows.peek()?.file);
            let of_file = std::iter::from_fn(|| rows.next_if(|row| row.file == file)).take(ROWS);
            let of_file = of_file.map(|row| row.into_text_row(width)).collect();
            Some(Ok(Run { file, rows: of_file }))
        };
        let read = reader.given(table, &name, &header, next);
        reader.told(read)?;
    }
    reader.finish("the tables".as_ref())
}

impl GivenRow {
    pub(super) fn into_text_row(self, width: usize) -> TextRow {
        let Self { line, certainty, fields, .. } = self;
        TextRow { line, certainty, fields: Cells::new(width, fields), ..TextRow::default() }
    }
}

/// Rows of one file that follow one another.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) file: Arc<str>,
    pub(super) rows: Vec<TextRow>,
}

impl Reader<'_> {
    pub(super) fn refuse_mapping(&self) -> Result<()> {
        match self.options.mapping {
            None => Ok(()),
            Some(_) => Err(Error::usage(
                "a mapping file is for CSV files and workbooks; Parquet tables have the contract's columns",
            )),
        }
    }

    /// Takes in a table called `name`, run by run.
    pub(super) fn given(
        &mut self,
        table: Table,
        name: &str,
        header: &[String],
        mut next: impl FnMut() -> Option<Result<Run>> + Send,
    ) -> Result<()> {
        self.met[table as usize] = true;
        let position = Position { file: name.into(), ..Position::default() };
        self.options.limits.check_columns(header.len(), &position)?;
        let reading = Reading::plain(name, table);
        let mut faults = Vec::new();
        let binding = Binding::new(table, header, &reading, &position, &mut faults);
        let broken = faults.iter().find(|fault| fault.is_error()).map(Fault::to_error);
        self.gathered.faults.extend(faults);
        match broken {
            Some(error) if self.options.strictness != Strictness::Report => return Err(error),
            Some(_) => return Ok(()),
            None => {}
        }
        let mut first = next().transpose()?;
        if first.is_none() {
            first = Some(Run { file: "".into(), rows: Vec::new() });
        }
        while let Some(run) = first.take() {
            self.weighed |= run.rows.iter().any(|row| row.certainty.is_some());
            let file = if run.file.is_empty() { name } else { &*run.file };
            let position = Position { file: file.into(), ..Position::default() };
            let number = self.file_number(file)?;
            let context = self.context(binding.clone(), &position, number, b',');
            let mut now = Some(run.rows);
            let (this, after) = (Arc::clone(&run.file), &mut first);
            let part = || {
                if let Some(rows) = now.take() {
                    return Ok(Some(Part::Texts(rows)));
                }
                match next().transpose()? {
                    Some(run) if run.file == this => Ok(Some(Part::Texts(run.rows))),
                    other => {
                        *after = other;
                        Ok(None)
                    }
                }
            };
            self.load(table, part, &context)?;
            self.gathered.join_last_count();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fault::FaultClass;
    use super::*;

    /// A table whose rows each have a file, a line and their fields.
    fn table(table: Table, header: &[&str], rows: &[(&str, u32, &[&str])]) -> GivenTable {
        let row = |&(file, line, fields): &(&str, u32, &[&str])| GivenRow {
            file: file.into(),
            line,
            certainty: None,
            fields: (0..).zip(fields.iter().map(|text| (*text).to_owned())).collect(),
        };
        GivenTable {
            table,
            name: format!("the {table}"),
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
        }
    }

    fn no_links() -> GivenTable {
        table(Table::Links, &["from", "to", "kind"], &[])
    }

    fn reporting() -> ReadOptions {
        ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() }
    }

    #[test]
    fn rows_of_a_file_are_counted_together_however_often_it_comes_back() {
        let people = table(
            Table::People,
            &["person_id"],
            &[
                ("a", 2, &["p1"]),
                ("a", 3, &["p2"]),
                ("b", 2, &["p3"]),
                ("a", 4, &["p4"]),
                ("", 9, &["p5"]),
                ("b", 3, &["p1"]),
            ],
        );
        let roles = table(
            Table::Roles,
            &["case_id", "person_id", "role"],
            &[("a", 5, &["", "p1", "other"])],
        );
        let taken = read_given(vec![roles, people], &reporting()).expect("a case");
        let counts: Vec<(Table, &str, usize, usize, usize)> = (taken.counts.iter())
            .map(|one| (one.table, one.file.as_str(), one.read, one.used, one.refused))
            .collect();
        assert_eq!(
            counts,
            [
                (Table::People, "a", 3, 3, 0),
                (Table::People, "b", 2, 1, 1),
                (Table::People, "the people", 1, 1, 0),
                (Table::Roles, "a", 1, 0, 1)
            ]
        );
        let case = &taken.case;
        let places: Vec<String> =
            case.people.iter().map(|person| case.place_of(&person.assertion)).collect();
        assert_eq!(places, ["a:2", "a:3", "b:2", "a:4", "the people:9"]);
        let told: Vec<String> =
            taken.faults.listed().iter().map(|fault| fault.position.to_string()).collect();
        assert_eq!(told, ["b:3: column `person_id`", "a:5: column `case_id`"]);
    }

    #[test]
    fn rows_keep_their_order_where_they_are_read_in_several_goes() {
        let names: Vec<String> = (0..ROWS + 2).map(|number| format!("p{number}")).collect();
        let fields: Vec<[&str; 1]> = names.iter().map(|name| [name.as_str()]).collect();
        let rows: Vec<(&str, u32, &[&str])> =
            (2..).zip(&fields).map(|(line, fields)| ("a", line, &fields[..])).collect();
        let people = table(Table::People, &["person_id"], &rows);
        let taken = read_given(vec![people, no_links()], &reporting()).expect("a case");
        let case = &taken.case;
        let read: Vec<&str> = case.people.iter().map(|person| case.text(person.person)).collect();
        assert_eq!(read, names);
        assert_eq!(taken.counts[0].used, ROWS + 2);
    }

    #[test]
    fn a_certainty_that_a_row_states_is_in_its_bounds() {
        let stating = |certainty: Option<f64>| {
            let mut people =
                table(Table::People, &["person_id", "grade"], &[("a", 2, &["p1", "B2"])]);
            people.rows[0].certainty = certainty;
            read_given(vec![people, no_links()], &reporting()).expect("a case")
        };
        for certainty in [0.0, 0.25, 1.0] {
            let taken = stating(Some(certainty));
            assert!(taken.weighed);
            assert!((taken.case.people[0].assertion.certainty - certainty).abs() < 1e-12);
        }
        for (certainty, found) in [(1.5, "`1.5`"), (-0.5, "`-0.5`"), (f64::NAN, "`NaN`")] {
            let taken = stating(Some(certainty));
            let fault = taken.faults.first_error().expect("a fault");
            assert_eq!(fault.class, FaultClass::Number);
            assert_eq!(
                fault.to_string(),
                format!("a:2: column `certainty`: {found}; expected a number in [0, 1]")
            );
        }
        let graded = stating(None);
        assert!(!graded.weighed);
        // 0.95 of the source times 0.85 of what it says.
        assert!((graded.case.people[0].assertion.certainty - 0.8075).abs() < 1e-12);
    }

    #[test]
    fn a_table_without_a_column_that_must_be_there_is_a_fault_of_the_whole() {
        let broken = || vec![table(Table::People, &["name"], &[("a", 2, &["Ada"])]), no_links()];
        let told = "the people: no such column in the header; expected a column `person_id`";
        let taken = read_given(broken(), &reporting()).expect("all faults are told");
        assert!(taken.faults.first_error().expect("a fault").to_string().starts_with(told));
        assert_eq!(taken.case.people.len(), 0);
        for strictness in [Strictness::StopAtFirst, Strictness::SetAside] {
            let options = ReadOptions { strictness, ..ReadOptions::default() };
            let error = read_given(broken(), &options).expect_err("it stops").to_string();
            assert!(error.starts_with(told), "{error}");
        }
    }
}
