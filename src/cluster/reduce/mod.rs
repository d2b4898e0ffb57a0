//! What of a case a question reads, fetched from an engine as an ordinary case.
//!
//! People and what is said of them come whole. Of `links` and `ads`, which may not fit this machine, come those rows on which the answer hangs: rows as they
//! were written and in their order, never sums of them, so that the findings are made by the same code and name the same rows.
//! A row is left behind only where others that come say all that the question hears from it.

mod fetch;
mod kept;

use super::home::Called;
use super::sql_engine::SqlEngine;
use super::table::{Column, Columns, Values};
use super::tables::CaseTables;
use crate::case::{Case, IdKind, Person, ReadOptions, Table, Taken, read_given};
use crate::error::Result;
use crate::identity::{Entities, Identities};

/// What is asked, and so which rows of `links` and `ads` are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who is who, and who is a victim.
    People,
    /// Where victims are reached and advertised.
    Channels,
    /// Who recruits again and again. The engine knows who is a victim: [`put_victims`] comes first.
    Recruiters,
    /// Which advertisements are of one hand.
    Adverts,
    /// Anything: all rows.
    All,
}

/// Fetches what a question reads.
///
/// - **Cost**: memory for all people and for the rows on which the answer hangs; on the engine a handful of groupings of `links` and `ads`.
///
/// # Errors
///
/// If the engine fails, or a row is one that a reader of files refuses.
pub fn fetch_case(
    engine: &mut dyn SqlEngine,
    tables: &CaseTables,
    question: Question,
    options: &ReadOptions,
) -> Result<Taken> {
    let mut given = Vec::new();
    for table in Table::ALL.into_iter().filter(|&table| tables.has(table)) {
        let rows = kept::rows(table, question);
        given.push(fetch::table(engine, tables, table, rows.as_deref())?);
    }
    read_given(given, options)
}

/// Makes it known to the engine who each `person_id` is: a table `entities(person_id STRING, entity BIGINT)`, where an entity's number is its place.
///
/// # Errors
///
/// If the engine fails.
pub fn put_entities(
    engine: &mut dyn SqlEngine,
    case: &Case,
    entities: &Entities,
    called: &Called,
    work: &str,
) -> Result<()> {
    let rows = entities_of(case, entities, called);
    engine.put("entities", &rows, &format!("{work}/entities"))
}

/// The rows of [`put_entities`].
#[must_use]
pub fn entities_of(case: &Case, entities: &Entities, called: &Called) -> Columns {
    let id = |person: &Person| called.id(IdKind::Person, case.text(person.person));
    let ids = case.people.iter().map(|person| Some(id(person))).collect();
    let numbers = (0..)
        .take(case.people.len())
        .map(|row| Some(i64::from(entities.of_row(row).node())))
        .collect();
    columns([("person_id", Values::Text(ids)), ("entity", Values::Whole(numbers))])
}

/// Makes it known to the engine who is a victim: a table `victims(person_id STRING)`, all ids of hers.
///
/// # Errors
///
/// If the engine fails.
pub fn put_victims(
    engine: &mut dyn SqlEngine,
    case: &Case,
    entities: &Entities,
    called: &Called,
    work: &str,
) -> Result<()> {
    let id = |person: &Person| called.id(IdKind::Person, case.text(person.person));
    let is_victim = |row: &u32| entities.victim(entities.of_row(*row)).is_some();
    let rows = (0..).zip(case.people.iter()).filter(|(row, _)| is_victim(row));
    let ids = rows.map(|(_, person)| Some(id(person))).collect();
    engine.put("victims", &columns([("person_id", Values::Text(ids))]), &format!("{work}/victims"))
}

/// Fetches what a question reads, and who is who in it.
///
/// `resolve` says who is who, from a case of the rows that tell that; the answer is of the case that comes back with it. The engine then
/// knows `entities` ([`put_entities`]), under `work`.
///
/// # Errors
///
/// As [`fetch_case`]; whatever `resolve` fails by.
pub fn fetch_with_identities(
    engine: &mut dyn SqlEngine,
    tables: &CaseTables,
    question: Question,
    options: &ReadOptions,
    work: &str,
    resolve: &mut dyn FnMut(&mut dyn SqlEngine, &Case) -> Result<Identities>,
) -> Result<(Taken, Identities)> {
    let first = fetch_case(engine, tables, Question::People, options)?;
    let identities = resolve(engine, &first.case)?;
    let called = tables.called();
    put_entities(engine, &first.case, &identities.entities, &called, work)?;
    if question == Question::People {
        return Ok((first, identities));
    }
    put_victims(engine, &first.case, &identities.entities, &called, work)?;
    drop(first);
    let taken = fetch_case(engine, tables, question, options)?;
    let identities = identities.in_case(&taken.case);
    Ok((taken, identities))
}

fn columns<const N: usize>(named: [(&str, Values); N]) -> Columns {
    Columns(named.map(|(name, values)| Column::new(name, values)).into())
}
