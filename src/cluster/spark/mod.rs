//! Spark, or whatever answers to Spark Connect, as an engine.
#![expect(
    clippy::result_large_err,
    reason = "the client's error is large, and made only when something failed"
)]

mod certificate;
mod execute;
mod fault;
mod fetch;
mod greeting;
mod send;
mod watch;

use spark_connect::types::DataType;
use spark_connect::{DataFrame, SparkSession};
use spark_connect_proto::write_operation::SaveMode;

use self::execute::Executor;
use self::fault::Failed;
use self::fetch::Fetched;
use self::watch::Watch;
use super::address::Address;
use super::sql_engine::SqlEngine;
use super::table::Columns;
use crate::error::{Error, Result};

/// A session on an engine that answers to Spark Connect: Spark from version 4, or Sail.
///
/// Each call waits for the engine. Where the engine's machine answers no more, a call gives up after some seconds, and the error
/// says how to go on.
#[derive(Debug)]
pub struct SparkEngine {
    watch: Watch,
    executor: Executor,
}

/// How a session is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SparkSettings {
    /// Into how many parts the engine cuts what it sorts and joins.
    pub partitions: u32,
}

impl Default for SparkSettings {
    /// Eight: for one machine of a few cores. A cluster takes two to four for each core.
    fn default() -> Self {
        Self { partitions: 8 }
    }
}

impl SparkEngine {
    /// Begins a session.
    ///
    /// # Errors
    ///
    /// If nobody answers there, or not in this language, or does not know us, or is older than Spark 4. Each says what to do.
    pub fn connect(address: &Address, settings: SparkSettings) -> Result<Self> {
        greeting::greet(address)?;
        let url = address.with_secrets();
        let session = SparkSession::builder().remote(&url).get_or_create();
        let session = session.map_err(|error| Failed::new(address, &error).told("connect"))?;
        let id = session.session_id().to_owned();
        let watch = Watch::new(session, address.clone());
        greeting::check_version(&watch)?;
        let partitions = settings.partitions.to_string();
        watch.call("set up the session", move |session| {
            session.conf().set("spark.sql.shuffle.partitions", &partitions)?;
            session.conf().set("spark.sql.session.timeZone", "UTC")?;
            // `${…}` in a text is that text, not a setting of the server.
            session.conf().set("spark.sql.variable.substitute", "false")
        })?;
        let executor = Executor::connect(&url, &id);
        let executor = executor.map_err(|error| Failed::new(address, &error).told("connect"))?;
        Ok(Self { watch, executor })
    }

    /// The version that the engine says it has.
    ///
    /// # Errors
    ///
    /// If the engine fails.
    pub fn version(&self) -> Result<String> {
        self.watch.call("ask for the version", SparkSession::version)
    }
}

impl Drop for SparkEngine {
    /// The engine would else keep the session, and what it holds for it, for an hour.
    fn drop(&mut self) {
        if greeting::somebody_listens(self.watch.address()) {
            let _ = self.watch.call("end the session", SparkSession::stop);
        }
    }
}

impl SqlEngine for SparkEngine {
    fn open(&mut self, name: &str, place: &str) -> Result<()> {
        let (own, from, executor) = (name.to_owned(), place.to_owned(), self.executor.clone());
        let columns = self.watch.call(&format!("open {place}"), move |session| {
            let columns = columns_of(&session.read().parquet(&from))?;
            if !columns.is_empty() {
                executor.open(&from, &own)?;
            }
            Ok(columns)
        })?;
        if columns.is_empty() {
            return Err(Error::engine(
                format!("{place}: the engine finds no table of Parquet there"),
                "see that the engine can reach this place by the same name",
            ));
        }
        if send::is_note_of_columns(&columns) { self.open_empty(name) } else { Ok(()) }
    }

    fn save(&mut self, name: &str, query: &str, place: &str) -> Result<()> {
        let (asked, to, executor) = (query.to_owned(), place.to_owned(), self.executor.clone());
        let empty = self.watch.call(&format!("write `{name}`"), move |session| {
            executor.write(&asked, &to)?;
            // Some engines write no file where there is no row, and what the columns were is lost with it.
            let written = columns_of(&session.read().parquet(&to)).unwrap_or_default();
            if written.is_empty() { columns_of(&session.sql(&asked)?).map(Some) } else { Ok(None) }
        })?;
        let Some(columns) = empty else { return self.open(name, place) };
        let count = self.rows(&format!("SELECT COUNT(*) AS count FROM ({query}) AS written"))?;
        if count.first_whole("count") != Some(0) {
            return Err(Error::engine(
                format!(
                    "{}: `{name}` was written to {place} and is not there",
                    self.watch.address()
                ),
                "see that the engine can read what it writes, and write it anew with `--resume`",
            ));
        }
        self.put(name, &send::note_of_columns(columns), place)
    }

    fn put(&mut self, name: &str, rows: &Columns, place: &str) -> Result<()> {
        if rows.row_count() == 0 {
            let columns = rows.0.iter().map(|column| (column.name.clone(), send::sql_type(column)));
            let note = send::note_of_columns(columns.collect());
            return self.put_rows(&note, place).and_then(|()| self.open(name, place));
        }
        self.put_rows(rows, place)?;
        self.open(name, place)
    }

    fn columns(&mut self, name: &str) -> Result<Vec<(String, String)>> {
        let own = name.to_owned();
        self.watch.call(&format!("look at `{name}`"), move |session| {
            columns_of(&session.read().table(&own))
        })
    }

    fn rows(&mut self, query: &str) -> Result<Columns> {
        let (query, executor) = (query.to_owned(), self.executor.clone());
        let fetched = self.watch.call("answer a query", move |session| {
            let mut fetched = Fetched::new(columns_of(&session.sql(&query)?)?);
            executor.rows(&query, |batch| fetched.take(batch))?;
            Ok(fetched)
        })?;
        fetched.columns()
    }
}

impl SparkEngine {
    fn put_rows(&self, rows: &Columns, place: &str) -> Result<()> {
        let mut mode = SaveMode::Overwrite;
        for part in send::parts(rows) {
            let (sent, to) = (send::rows(rows, part)?, place.to_owned());
            let (schema, executor) = (send::schema(rows).json(), self.executor.clone());
            self.watch.call(&format!("write to {place}"), move |_| {
                executor.send(sent, schema, (&to, mode))
            })?;
            mode = SaveMode::Append;
        }
        Ok(())
    }

    /// Makes a table without rows of the note of its columns that `name` was opened as.
    fn open_empty(&mut self, name: &str) -> Result<()> {
        let note = self.rows(&send::query_of_note(name))?;
        let (query, own) = (send::query_without_rows(&note)?, name.to_owned());
        let executor = self.executor.clone();
        self.watch.call(&format!("open `{name}`"), move |_| executor.name(&query, &own))
    }
}

fn columns_of(frame: &DataFrame) -> spark_connect::Result<Vec<(String, String)>> {
    let DataType::Struct { fields } = frame.schema()? else { return Ok(Vec::new()) };
    Ok(fields.into_iter().map(|field| (field.name, field.data_type.simple_string())).collect())
}
