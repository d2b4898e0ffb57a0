//! Spark, or whatever answers to Spark Connect, as an engine.
#![expect(
    clippy::result_large_err,
    reason = "the client's error is large, and made only when something failed"
)]

mod call;
mod certificate;
mod connection;
mod fault;
mod fetch;
mod greeting;
mod send;
mod session;
mod watch;

use std::ops::Range;
use std::time::Duration;

use self::connection::KeptAlive;
use self::fault::Failed;
use self::session::{Named, Session};
use self::watch::Watch;
use super::address::Address;
use super::sql_engine::{SqlEngine, is_nothing};
use super::table::Columns;
use crate::error::{Error, Result};

/// A session on an engine that answers to Spark Connect: Spark from version 4, or Sail.
///
/// Each call waits for the engine. Where the engine's machine answers no more, a call gives up after some seconds, and the error
/// says how to go on.
#[derive(Debug)]
pub struct SparkEngine {
    watch: Watch,
    session: Session,
    /// The most bytes of rows that are sent at once.
    message: usize,
    _kept_alive: KeptAlive,
}

/// How a session is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SparkSettings {
    /// Into how many parts the engine cuts what it sorts and joins.
    pub partitions: u32,
    /// How long the engine may say nothing, at work or asked. Then we connect anew; nothing again, and the call fails. At work Spark says so every two seconds
    /// or ends its stream after two minutes, and Sail says so every fifteen seconds.
    pub patience: Duration,
    /// The most bytes of rows that are sent at once, but for a row that is longer. Engines take up to 128 MiB in one message.
    pub message: usize,
}

impl Default for SparkSettings {
    /// Eight partitions: for one machine of a few cores. A cluster takes two to four for each core. Five minutes of patience. 16 MiB.
    fn default() -> Self {
        Self { partitions: 8, patience: Duration::from_secs(300), message: 16 << 20 }
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
        let session = Session::new(&address.with_secrets(), settings.patience);
        let session = session.map_err(|error| Failed::new(address, &error).told("connect"))?;
        let watch = Watch::new(address.clone());
        greeting::check_version(&watch, &session)?;
        let (own, partitions) = (session.clone(), settings.partitions.to_string());
        watch.call("set up the session", move || {
            own.set("spark.sql.shuffle.partitions", &partitions)?;
            own.set("spark.sql.session.timeZone", "UTC")?;
            // `${…}` in a text is that text, not a setting of the server.
            own.set("spark.sql.variable.substitute", "false")
        })?;
        let kept_alive = session.keep_alive();
        Ok(Self { watch, session, message: settings.message, _kept_alive: kept_alive })
    }

    /// The version that the engine says it has.
    ///
    /// # Errors
    ///
    /// If the engine fails.
    pub fn version(&self) -> Result<String> {
        self.ask("ask for the version", Session::version)
    }

    /// Has the session do something, for as long as somebody listens.
    fn ask<T: Send + 'static>(
        &self,
        what: &str,
        work: impl FnOnce(&Session) -> spark_connect::Result<T> + Send + 'static,
    ) -> Result<T> {
        let session = self.session.clone();
        self.watch.call(what, move || work(&session))
    }
}

/// How long the engine may take to end the session.
const PARTED: Duration = Duration::from_secs(10);

impl Drop for SparkEngine {
    /// The engine would else keep the session, and what it holds for it, for an hour.
    fn drop(&mut self) {
        if greeting::somebody_listens(self.watch.address()) {
            let session = self.session.clone();
            let end = move || session.end();
            let _ = self.watch.call_within(Some(PARTED), "end the session", end);
        }
    }
}

impl SqlEngine for SparkEngine {
    fn open(&mut self, name: &str, place: &str) -> Result<()> {
        let columns = self.columns_at(place)?;
        if columns.is_empty() {
            return Err(Error::engine(
                format!("{place}: the engine finds no table of Parquet there"),
                "see that the engine can reach this place by the same name",
            ));
        }
        let (own, from) = (name.to_owned(), place.to_owned());
        self.ask(&format!("open {place}"), move |session| session.open(&from, &own))?;
        if send::is_note_of_columns(&columns) { self.open_empty(name) } else { Ok(()) }
    }

    fn save(&mut self, name: &str, query: &str, place: &str) -> Result<()> {
        let (asked, to) = (query.to_owned(), place.to_owned());
        self.ask(&format!("write `{name}`"), move |session| session.write(&asked, &to))?;
        // Some engines write no file where there is no row, and what the columns were is lost with it.
        match self.columns_at(place) {
            Ok(columns) if columns.is_empty() => {}
            Err(error) if is_nothing(&error) => {}
            Ok(_) => return self.open(name, place),
            Err(error) => return Err(error),
        }
        let columns = self.columns_of_query(query)?;
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
        if rows.0.is_empty() {
            return Err(Error::usage(format!("`{name}` has no columns: a table has one at least")));
        }
        if rows.row_count() == 0 {
            let columns = rows.0.iter().map(|column| (column.name.clone(), send::sql_type(column)));
            return self.put(name, &send::note_of_columns(columns.collect()), place);
        }
        let parts = send::parts(rows, self.message);
        let [_] = &parts[..] else { return self.put_parts(name, rows, parts, place) };
        self.send(rows, 0..rows.row_count(), place)?;
        self.open(name, place)
    }

    fn columns(&mut self, name: &str) -> Result<Vec<(String, String)>> {
        let own = name.to_owned();
        self.ask(&format!("look at `{name}`"), move |session| session.columns_of_table(&own))
    }

    fn rows(&mut self, query: &str) -> Result<Columns> {
        let (columns, query) = (self.columns_of_query(query)?, query.to_owned());
        self.ask("answer a query", move |session| session.rows(&query, &columns))?.columns()
    }
}

impl SparkEngine {
    fn columns_at(&self, place: &str) -> Result<Named> {
        let from = place.to_owned();
        self.ask(&format!("open {place}"), move |session| session.columns_at(&from))
    }

    fn columns_of_query(&self, query: &str) -> Result<Named> {
        let query = query.to_owned();
        self.ask("understand a query", move |session| session.columns_of_query(&query))
    }

    fn send(&self, rows: &Columns, part: Range<usize>, place: &str) -> Result<()> {
        let (sent, schema) = (send::rows(rows, part)?, send::schema(rows).json());
        let to = place.to_owned();
        self.ask(&format!("write to {place}"), move |session| session.send(sent, schema, &to))
    }

    /// Sends a table that is too long for one message: each part to a place of its own, and all as one from there. Rows that are added to others would stand
    /// there twice if they were sent twice.
    fn put_parts(
        &mut self,
        name: &str,
        rows: &Columns,
        parts: Vec<Range<usize>>,
        place: &str,
    ) -> Result<()> {
        let mut all = Vec::with_capacity(parts.len());
        for (at, part) in parts.into_iter().enumerate() {
            let (own, place) = (format!("{name}_part_{at}"), format!("{place}-part-{at}"));
            self.send(rows, part, &place)?;
            self.open(&own, &place)?;
            all.push(format!("SELECT * FROM {own}"));
        }
        self.save(name, &all.join(" UNION ALL "), place)?;
        let there = self.rows(&format!("SELECT COUNT(*) AS count FROM {name}"))?;
        let (sent, there) = (rows.row_count(), there.first_whole("count").unwrap_or(0));
        if i64::try_from(sent) == Ok(there) {
            return Ok(());
        }
        Err(Error::engine(
            format!("{place}: {sent} rows were sent to the engine, and {there} are there"),
            "ask again; if it says so again, see that nobody else writes to this place",
        ))
    }

    /// Makes a table without rows of the note of its columns that `name` was opened as.
    fn open_empty(&mut self, name: &str) -> Result<()> {
        let note = self.rows(&send::query_of_note(name))?;
        let (query, own) = (send::query_without_rows(&note)?, name.to_owned());
        self.ask(&format!("open `{name}`"), move |session| session.name(&query, &own))
    }
}
