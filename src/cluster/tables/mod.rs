//! The tables of a case on an engine: opened, and held to what the reader of files holds them to.

mod sound;

use super::fetch::all;
use super::home::{Called, Home};
use super::sql::{is_known, name, text};
use super::sql_engine::{SqlEngine, is_nothing};
use super::table::{Column, Columns, TextCells, Values};
use crate::case::{CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER, Table, in_two_forms};
use crate::custody::pseudonym_pattern;
use crate::error::{Error, Position, Result};
use crate::output::{Treatment, treatment};

/// The tables of a case on an engine, each known by its name: `people`, `links`.
///
/// All eight are there: those that the case lacks are empty.
#[derive(Clone, Debug)]
pub struct CaseTables {
    place: String,
    work: String,
    /// By table: whether the case has it.
    has: [bool; Table::ALL.len()],
    /// By table: its columns of its own.
    own: [Vec<String>; Table::ALL.len()],
    /// What is put back into rows that are fetched.
    home: Option<Home>,
}

impl CaseTables {
    /// Opens the tables in a folder as `kluwen convert --to parquet` writes it: each one file, several (`links-1.parquet`), or a folder of parts. Tables that
    /// the case lacks are made in `work`, without a row.
    ///
    /// - **Cost**: some queries that read `links` and `ads` once, and a join of either with each table that they name ids of.
    ///
    /// # Errors
    ///
    /// If a table or a column is missing that must be there, or a row of `links` or `ads` is one that a reader of files refuses: an id that its table
    /// does not hold or holds twice, a code outside its list, a number out of its range, an end before its start. How many such rows there are is told, and
    /// where the first stands. The rows of the other tables are looked at when they are fetched.
    pub fn open(engine: &mut dyn SqlEngine, place: &str, work: &str) -> Result<Self> {
        let place = place.trim_end_matches('/').to_owned();
        let work = work.trim_end_matches('/').to_owned();
        let (has, own) = ([false; Table::ALL.len()], Default::default());
        let mut tables = Self { place, work, has, own, home: None };
        for table in Table::ALL {
            if let Some(names) = tables.find(engine, table)? {
                tables.take(table, names)?;
            } else {
                let place = format!("{}/{table}", tables.work);
                engine.put(table.name(), &empty(table), &place)?;
            }
        }
        tables.require()?;
        for table in [Table::Links, Table::Ads] {
            if tables.has(table) {
                sound::check(engine, table, &tables)?;
            }
        }
        Ok(tables)
    }

    /// The same tables, into the rows of which is put back what stayed at home when they were written.
    #[must_use]
    pub fn told_by(self, home: Home) -> Self {
        Self { home: Some(home), ..self }
    }

    /// By what the engine knows the ids of rows that are fetched.
    #[must_use]
    pub fn called(&self) -> Called {
        self.home.as_ref().map(Home::called).unwrap_or_default()
    }

    /// What is put back into rows that are fetched.
    pub(super) fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// Whether the case has the table.
    #[must_use]
    pub fn has(&self, table: Table) -> bool {
        self.has[table as usize]
    }

    /// Whether the tables tell what those that `kluwen convert` writes without `--reveal` do not: names, texts and the rest that [`treatment`] leaves out, ids, numbers
    /// and accounts that are no codes, days of birth, and prices in words.
    ///
    /// - **Cost**: all columns of these are read once.
    ///
    /// # Errors
    ///
    /// If the engine fails.
    pub fn tell_of_people(&self, engine: &mut dyn SqlEngine) -> Result<bool> {
        let told = Table::ALL.into_iter().filter(|&table| self.has(table)).filter_map(telling);
        let counted = engine.rows(&told.collect::<Vec<_>>().join(" UNION ALL "))?;
        Ok(all(counted.whole("told"), "told")?.iter().any(|&told| told > 0))
    }

    /// Where tables of this run go.
    pub(super) fn work(&self) -> &str {
        &self.work
    }

    /// Columns of a table that the contract does not know.
    pub(super) fn own(&self, table: Table) -> &[String] {
        &self.own[table as usize]
    }

    /// The names of the columns of a table, once it is open; none where there is no such table.
    fn find(&self, engine: &mut dyn SqlEngine, table: Table) -> Result<Option<Vec<String>>> {
        let (mut found, mut failed): (Option<(String, _)>, _) = (None, None);
        for form in [format!("{table}.parquet"), table.to_string(), format!("{table}-*.parquet")] {
            // Engines differ in whether a place at which nothing lies is an error or a table without columns.
            match self.look(engine, table, &form) {
                Ok(columns) if columns.is_empty() => {}
                Ok(columns) => match &found {
                    Some((known, _)) => {
                        return Err(in_two_forms(self.place.as_ref(), table, known, &form));
                    }
                    None => found = Some((form, columns)),
                },
                Err(error) if is_nothing(&error) => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        let Some((form, columns)) = found else { return failed.map_or(Ok(None), Err) };
        // What was looked for last may have taken the name.
        engine.open(table.name(), &format!("{}/{form}", self.place))?;
        Ok(Some(columns.into_iter().map(|one| one.0).collect()))
    }

    fn look(
        &self,
        engine: &mut dyn SqlEngine,
        table: Table,
        form: &str,
    ) -> Result<Vec<(String, String)>> {
        engine.open(table.name(), &format!("{}/{form}", self.place))?;
        engine.columns(table.name())
    }

    fn take(&mut self, table: Table, names: Vec<String>) -> Result<()> {
        for name in columns(table) {
            if !names.contains(&name) {
                let expected = format!(
                    "a column `{name}`; write the tables anew with `kluwen convert CASE OUT --to parquet`, which writes all"
                );
                return Err(Error::data(self.position(table), "no such column", expected));
            }
        }
        let known: Vec<String> = columns(table).collect();
        self.has[table as usize] = true;
        self.own[table as usize] = names.into_iter().filter(|name| !known.contains(name)).collect();
        Ok(())
    }

    fn require(&self) -> Result<()> {
        let missing = |what: &str, table| {
            let expected = format!(
                "{what}, as `kluwen convert CASE OUT --to parquet` writes it, at a place that the engine sees; where it sees them elsewhere than this machine, say so with `--tables PLACE`"
            );
            Err(Error::data(self.position(table), "no such table", expected))
        };
        if !self.has(Table::People) {
            return missing("`people`, in which everybody mentioned has a row", Table::People);
        }
        if !self.has(Table::Roles) && !self.has(Table::Links) {
            return missing("`roles` or `links`, or both", Table::Links);
        }
        Ok(())
    }

    /// Where a table lies.
    pub(super) fn position(&self, table: Table) -> Position {
        Position { file: format!("{}/{table}.parquet", self.place), ..Position::default() }
    }
}

/// Years in which a day can lie, as they go out.
const YEARS: &str = "^([.][.]|[0-9]{4})(/([.][.]|[0-9]{4}))?$";
/// A price as it goes out.
const PLAIN_NUMBER: &str = "^[0-9]{1,9}([.][0-9]{1,9})?$";

/// A query that counts cells of a table that do not go out without `--reveal`; none if there are no such columns.
fn telling(table: Table) -> Option<String> {
    let counts = table.columns().iter().filter_map(|column| {
        let cell = name(column.name);
        let other_than =
            |pattern: &str| format!("{} AND NOT {cell} RLIKE {}", is_known(&cell), text(pattern));
        let told = match treatment(table, column.name) {
            Treatment::Kept => return None,
            Treatment::LeftOut if matches!(column.name, "lat" | "lon") => {
                format!("{cell} IS NOT NULL")
            }
            Treatment::LeftOut => is_known(&cell),
            Treatment::Year => other_than(YEARS),
            Treatment::PlainNumber => other_than(PLAIN_NUMBER),
            Treatment::Coded(kind) => {
                other_than(&format!("^({}|{}-[0-9]+)$", pseudonym_pattern(kind), kind.name()))
            }
        };
        Some(format!("COUNT(CASE WHEN {told} THEN 1 END)"))
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| format!("SELECT {} AS told FROM {table}", counts.join(" + ")))
}

/// What dates of a table are called.
pub(super) fn dates(table: Table) -> &'static [&'static str] {
    match table {
        Table::Cases => &["opened", "closed", "retain_until"],
        Table::People => &["birth"],
        Table::Identifiers | Table::Roles | Table::Links => &["start", "end"],
        Table::Ads => &["posted", "last_seen"],
        Table::Channels | Table::Places => &[],
    }
}

/// All columns of a table as it is written.
fn columns(table: Table) -> impl Iterator<Item = String> {
    let beside = [CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER].map(str::to_owned);
    let days = dates(table)
        .iter()
        .flat_map(|date| ["earliest", "latest"].map(|end| format!("{date}_{end}")));
    table.columns().iter().map(|column| column.name.to_owned()).chain(days).chain(beside)
}

/// The columns of a table of which a case has none, without rows.
#[must_use]
pub fn empty(table: Table) -> Columns {
    let column = |name: String| {
        let is_day = name.ends_with("_earliest") || name.ends_with("_latest");
        let values = match name.as_str() {
            "lat" | "lon" | "count" | CERTAINTY => Values::Real(Vec::new()),
            ROW_LINE | ROW_NUMBER => Values::Whole(Vec::new()),
            _ if is_day => Values::Whole(Vec::new()),
            _ => Values::Text(TextCells::default()),
        };
        Column::new(name, values)
    };
    Columns(columns(table).map(column).collect())
}
