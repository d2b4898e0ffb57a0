//! What of a case stays at home when its tables go to an engine under pseudonyms: it is put back here into the rows that come, and never sent.

use std::borrow::Cow;
use std::path::Path;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::table::{Columns, TextCells, Values};
use crate::case::{Case, IdKind, Pseudonymise as _, ReadOptions, Table, Taken, read_tables};
use crate::custody::{KeptPseudonyms, Pseudonyms, is_pseudonym};
use crate::error::{Error, Result};
use crate::graph::View;
use crate::output::{CaseData, Disclosure, Treatment, treatment};

/// The tables that are read at home, and the kind of id that their rows have of their own. Links tell nothing that does not go out.
const AT_HOME: [(Table, Option<IdKind>); 7] = [
    (Table::Cases, Some(IdKind::Case)),
    (Table::People, Some(IdKind::Person)),
    (Table::Channels, Some(IdKind::Channel)),
    (Table::Places, Some(IdKind::Place)),
    (Table::Identifiers, None),
    (Table::Roles, None),
    (Table::Ads, Some(IdKind::Ad)),
];

/// How many rows are given pseudonyms at a time.
const ROWS: usize = 1 << 14;

/// Ids, numbers, names, days of birth and whatever else [`treatment`] keeps out of tables without names, by the pseudonyms that stand in these.
///
/// Advertisements may be missing at home, where there are more of them than this machine holds: what they tell then stays out.
#[derive(Clone, Debug)]
pub struct Home {
    pseudonyms: Pseudonyms,
    /// By kind of id.
    known: [Known; IdKind::ALL.len()],
    /// By table: the columns that do not go out, by the number of the row's id.
    withheld: Vec<(Table, Vec<(&'static str, TextCells)>)>,
}

/// Texts by their pseudonyms.
#[derive(Clone, Debug, Default)]
struct Known {
    numbers: HashMap<Box<str>, u32>,
    texts: TextCells,
}

/// By what an engine knows the ids of a case that this machine holds.
#[derive(Clone, Debug, Default)]
pub enum Called {
    /// By their texts.
    #[default]
    AsHere,
    /// By pseudonyms; what is a pseudonym here, too, stays one.
    ByPseudonyms(Pseudonyms),
}

impl Called {
    /// What an engine calls an id.
    #[must_use]
    pub fn id<'t>(&self, kind: IdKind, text: &'t str) -> Cow<'t, str> {
        match self {
            Self::AsHere => text.into(),
            Self::ByPseudonyms(pseudonyms) => {
                KeptPseudonyms(pseudonyms).pseudonym(kind, text).into()
            }
        }
    }

    /// A view as an engine is asked for it.
    #[must_use]
    pub fn view(&self, view: &View) -> View {
        let case = |id: &String| self.id(IdKind::Case, id).into_owned();
        View { cases: view.cases.iter().map(case).collect(), ..view.clone() }
    }
}

impl Home {
    /// Reads of the case at `path` those tables that stay at home.
    ///
    /// # Errors
    ///
    /// As [`read`](crate::case::read).
    pub fn read(path: &Path, options: &ReadOptions) -> Result<Taken> {
        read_tables(path, &AT_HOME.map(|(table, _)| table), options)
    }

    /// What stays at home of `case`.
    ///
    /// - **Cost**: a pseudonym for each id, source and identifier of its rows, but for links; memory for these, and for what does not go out.
    ///
    /// # Errors
    ///
    /// If an id of the case has the form of a pseudonym: it could not be told from one of the tables.
    pub fn of(case: &Case, pseudonyms: Pseudonyms) -> Result<Self> {
        let revealed = CaseData::new(case, Disclosure::Revealed);
        let mut home = Self { pseudonyms, known: Default::default(), withheld: Vec::new() };
        // An id of its own has the number of its row only if nothing else has taken one before.
        for (table, own) in AT_HOME {
            home.take(&revealed, table, |kind| Some(kind) == own)?;
        }
        for (table, own) in AT_HOME {
            home.take(&revealed, table, |kind| Some(kind) != own)?;
            home.withhold(&revealed, table);
        }
        Ok(home)
    }

    /// Takes in what stands in the columns of those kinds of ids.
    fn take(
        &mut self,
        revealed: &CaseData<'_>,
        table: Table,
        which: impl Fn(IdKind) -> bool,
    ) -> Result<()> {
        let all = table.columns().iter().filter_map(|column| {
            let Treatment::Coded(kind) = treatment(table, column.name) else { return None };
            which(kind).then_some((column.name, kind))
        });
        let (names, kinds): (Vec<&str>, Vec<IdKind>) = all.unzip();
        let mut rows = revealed.texts(table, &names).peekable();
        while rows.peek().is_some() {
            let some: Vec<Vec<String>> = rows.by_ref().take(ROWS).collect();
            let pseudonym = |(kind, text): (&IdKind, String)| {
                (*kind, self.pseudonyms.pseudonym(*kind, &text), text)
            };
            let all = |row: Vec<String>| kinds.iter().zip(row).map(pseudonym).collect::<Vec<_>>();
            let some: Vec<Vec<_>> = some.into_par_iter().map(all).collect();
            for (kind, pseudonym, text) in some.into_iter().flatten() {
                if is_pseudonym(kind, &text) {
                    return Err(is_none_at_home(table, &text));
                }
                self.known[kind as usize].take(pseudonym, &text);
            }
        }
        Ok(())
    }

    fn withhold(&mut self, revealed: &CaseData<'_>, table: Table) {
        let all = table.columns().iter().map(|column| column.name);
        let stays = |name: &&str| {
            use Treatment::{LeftOut, PlainNumber, Year};
            matches!(treatment(table, name), LeftOut | PlainNumber | Year)
        };
        let names: Vec<&'static str> = all.filter(stays).collect();
        let mut columns = vec![TextCells::default(); names.len()];
        for row in revealed.texts(table, &names) {
            for (column, cell) in columns.iter_mut().zip(row) {
                column.extend([Some(cell).filter(|cell| !cell.is_empty())]);
            }
        }
        self.withheld.push((table, names.into_iter().zip(columns).collect()));
    }

    /// By what the engine knows ids.
    #[must_use]
    pub fn called(&self) -> Called {
        Called::ByPseudonyms(self.pseudonyms.clone())
    }

    /// Puts it into the columns of a table, which are called by their places in `header`. What is not known at home stays a pseudonym.
    ///
    /// # Errors
    ///
    /// If a person, case file, channel or place of the table is not at home: the key is another, or the case has changed.
    pub(super) fn put_into(
        &self,
        table: Table,
        header: &[String],
        columns: &mut Columns,
    ) -> Result<()> {
        let place = |name: &str| header.iter().position(|known| known == name);
        if let Some((id, kind)) = own_id(table) {
            let ids = place(id).and_then(|at| text_of(columns, at));
            let rows = self.numbers(table, kind, ids)?;
            let withheld = self.withheld.iter().find(|(own, _)| *own == table);
            for (name, told) in withheld.into_iter().flat_map(|(_, all)| all) {
                let Some(at) = place(name) else { continue };
                let came = text_of(columns, at);
                let cells = rows.iter().enumerate().map(|(row, home)| match home {
                    Some(home) => told.get(*home as usize),
                    None => came?.get(row),
                });
                let cells = cells.collect();
                put(columns, at, cells);
            }
        }
        for (at, name) in header.iter().enumerate() {
            let Treatment::Coded(kind) = treatment(table, name) else { continue };
            let known = &self.known[kind as usize];
            let cells = text_of(columns, at).into_iter().flat_map(TextCells::iter);
            let cells = cells.map(|cell| cell.map(|cell| known.text(cell).unwrap_or(cell)));
            let cells = cells.collect();
            put(columns, at, cells);
        }
        Ok(())
    }

    /// The number of each id at home; none of advertisements that are not there.
    fn numbers(
        &self,
        table: Table,
        kind: IdKind,
        ids: Option<&TextCells>,
    ) -> Result<Vec<Option<u32>>> {
        let known = &self.known[kind as usize].numbers;
        let ids = ids.into_iter().flat_map(TextCells::iter).map(Option::unwrap_or_default);
        ids.map(|id| match known.get(id) {
            None if table != Table::Ads => Err(stranger(table, kind, id)),
            number => Ok(number.copied()),
        })
        .collect()
    }
}

/// The column of the id that a row of a table has of its own, and its kind.
fn own_id(table: Table) -> Option<(&'static str, IdKind)> {
    let kind = AT_HOME.into_iter().find(|&(known, _)| known == table)?.1?;
    let mut names = table.columns().iter().map(|column| column.name);
    Some((names.find(|name| treatment(table, name) == Treatment::Coded(kind))?, kind))
}

fn stranger(table: Table, kind: IdKind, id: &str) -> Error {
    Error::usage(format!(
        "{} `{id}` of the engine's table `{table}` is none of the case at home under this key; give the key and the case that the tables were written with, or write them anew",
        kind.name()
    ))
}

fn is_none_at_home(table: Table, id: &str) -> Error {
    Error::usage(format!(
        "`{id}` in `{table}` of the case at home has the form of a pseudonym: give the case that the tables were written from, not one that was converted; of a case whose own ids are pseudonyms of somebody else's, who is who is worked out without `--names`"
    ))
}

impl Known {
    fn take(&mut self, pseudonym: String, text: &str) {
        let next =
            u32::try_from(self.texts.len()).expect("a case has fewer than 2³² ids of a kind");
        if self.numbers.try_insert(pseudonym.into(), next).is_ok() {
            self.texts.extend([Some(text)]);
        }
    }

    fn text(&self, pseudonym: &str) -> Option<&str> {
        self.texts.get(*self.numbers.get(pseudonym)? as usize)
    }
}

/// The texts of the column with that place.
fn text_of(columns: &Columns, at: usize) -> Option<&TextCells> {
    columns.text(&format!("c{at}"))
}

fn put(columns: &mut Columns, at: usize, cells: TextCells) {
    let name = format!("c{at}");
    if let Some(column) = columns.0.iter_mut().find(|column| column.name == name) {
        column.values = Values::Text(cells);
    }
}
