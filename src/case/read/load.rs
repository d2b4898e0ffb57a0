//! The parts of a file, read by all threads, become a table in the order of the file.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::fault::{Fault, FaultClass, Faults};
use super::super::ids::Ids;
use super::super::local_symbols::Settled;
use super::super::own_ids::OwnIds;
use super::super::record::Assertion;
use super::super::rejects::Refused;
use super::super::schema::Table;
use super::super::symbol::{Symbol, Symbols};
use super::super::table::{Attribute, Rows};
use super::context::{Context, FileContext, IdTables, Lookups};
use super::parse::{Parsed, Part, TooLarge, parse};
use super::record::{Record, claim, duplicate};
use crate::error::Result;

/// How many parts are read side by side; a constant, so that memory does not depend on threads.
const WAVE: usize = 8;

/// How many rows of one file came to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCount {
    /// The table they are of.
    pub table: Table,
    /// The file, or the file and sheet.
    pub file: String,
    /// Rows read; always `used + refused`.
    pub read: usize,
    /// Rows that are in the case.
    pub used: usize,
    /// Rows with a fault.
    pub refused: usize,
    /// Rows that the mapping's `where` leaves to other tables; not among those read.
    pub left_out: usize,
}

/// What is gathered while the files are read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) symbols: Symbols,
    /// By table: ids to which no other row refers.
    pub(super) own_ids: [OwnIds; Table::ALL.len()],
    pub(super) ids: IdTables,
    pub(super) lookups: Lookups,
    pub(super) faults: Faults,
    pub(super) refused: Vec<Refused>,
    pub(super) counts: Vec<RowCount>,
    /// Who is a victim by a row that was refused.
    pub(super) victims: Vec<(Symbol, Assertion)>,
    /// Lines that are of no table.
    pub(super) stray: usize,
    /// Whether the first fault ends the reading.
    pub(super) stop_at_first: bool,
}

impl Gathered {
    /// Reads all parts of one file into `rows`.
    pub(super) fn load<R: Record>(
        &mut self,
        rows: &mut Rows<R>,
        next: impl FnMut() -> Result<Option<Part>> + Send,
        file: &FileContext<'_>,
    ) -> Result<()> {
        let name = file.file_name.clone();
        let count =
            RowCount { table: R::TABLE, file: name, read: 0, used: 0, refused: 0, left_out: 0 };
        self.counts.push(count);
        let mut own = self.ids[R::TABLE as usize].take().unwrap_or_default();
        let before = rows.len();
        let mut waves = Waves { next, ended: false };
        let mut read = || {
            let mut wave = waves.gather()?;
            while !wave.is_empty() {
                let (parsed, upcoming) = rayon::join(|| self.parse(&wave, file), || waves.gather());
                self.take(rows, &mut own, &wave, parsed, file)?;
                wave = upcoming?;
            }
            Ok(())
        };
        let read = read();
        self.ids[R::TABLE as usize] = Some(own);
        if R::REFERRED_TO {
            let lookup = self.lookups[R::TABLE as usize].get_or_insert_default();
            lookup.extend(&self.symbols, rows.iter().skip(before).filter_map(Record::id));
        }
        read
    }

    fn parse<R: Record>(&self, wave: &[Part], file: &FileContext<'_>) -> Vec<Parsed<R>> {
        let (context, symbols) = (Context { file, lookups: &self.lookups }, &self.symbols);
        wave.par_iter().map(|part| parse(part, context, symbols)).collect()
    }

    fn take<R: Record>(
        &mut self,
        rows: &mut Rows<R>,
        own: &mut Ids,
        wave: &[Part],
        mut parsed: Vec<Parsed<R>>,
        file: &FileContext<'_>,
    ) -> Result<()> {
        let (symbols, own_ids) = (&mut self.symbols, &mut self.own_ids[R::TABLE as usize]);
        let settled: Vec<Settled> =
            parsed.iter().map(|part| part.new.settle(symbols, own_ids)).collect();
        parsed.par_iter_mut().zip(&settled).for_each(|(part, settled)| part.settle(settled));
        if let Some(large) = parsed.iter().find_map(|part| part.too_large) {
            return match large {
                TooLarge::Record { line, bytes } => {
                    file.limits.check_record(bytes, &file.position(line, ""))
                }
                TooLarge::Field { line, place, bytes } => {
                    let column = place.map_or("", |at| file.header_of(at));
                    file.limits.check_field(bytes, || file.position(line, column))
                }
            };
        }
        for (part, parsed) in wave.iter().zip(parsed) {
            self.append(rows, own, part, parsed, file);
        }
        match self.faults.first_error() {
            Some(fault) if self.stop_at_first => return Err(fault.to_error()),
            _ => {}
        }
        let read = self.counts.last().map_or(0, |count| count.read);
        file.limits.check_rows(read, "rows", &file.file_name)
    }

    fn append<R: Record>(
        &mut self,
        rows: &mut Rows<R>,
        own: &mut Ids,
        part: &Part,
        parsed: Parsed<R>,
        file: &FileContext<'_>,
    ) {
        let mut attributes = parsed.attributes.into_iter().peekable();
        let mut used = 0;
        rows.reserve(parsed.rows.len());
        let (mut faults, mut refused) = (parsed.faults, parsed.refused);
        self.victims.extend(parsed.victims);
        for ((at, record), text) in (0_u32..).zip(&parsed.rows).zip(&parsed.texts) {
            let new = claim(record, own, rows.len());
            while let Some((_, name, value)) = attributes.next_if(|attribute| attribute.0 == at) {
                if new {
                    rows.push_attribute(name, value);
                }
            }
            if new {
                rows.push(*record);
                used += 1;
            } else {
                let fault = self.duplicate(record, file);
                if file.keep_refused {
                    refused.push(Refused { fault: fault.clone(), row: part.row_text(*text) });
                }
                faults.push(fault);
            }
        }
        // Duplicates come last, and belong where they stand in the file.
        faults.sort_by_key(|fault| fault.position.line);
        refused.sort_by_key(|refused| refused.fault.position.line);
        self.faults.extend(faults);
        self.refused.extend(refused);
        self.count(parsed.read, parsed.left_out, used);
    }

    /// Adds the count that was begun last to an earlier one of the same table and file: rows of a file may come in several runs.
    pub(super) fn join_last_count(&mut self) {
        let Some(last) = self.counts.pop() else { return };
        let is_same = |count: &&mut RowCount| count.table == last.table && count.file == last.file;
        let Some(count) = self.counts.iter_mut().find(is_same) else {
            return self.counts.push(last);
        };
        count.read += last.read;
        count.used += last.used;
        count.refused += last.refused;
        count.left_out += last.left_out;
    }

    /// Adds to the counts of the file that is read.
    fn count(&mut self, read: usize, left_out: usize, used: usize) {
        let count = self.counts.last_mut().expect("the file's count was begun");
        count.read += read;
        count.left_out += left_out;
        count.used += used;
        count.refused = count.read - count.used;
    }

    fn duplicate<R: Record>(&self, record: &R, file: &FileContext<'_>) -> Fault {
        let (mut record, own) = (*record, &self.own_ids[R::TABLE as usize]);
        let kept_apart = record.own_id().is_some();
        let text = |id| if kept_apart { own.text(id) } else { self.symbols.text(id) };
        let (found, expected) = duplicate(record.id().map_or("", text));
        let position = file.position(record.assertion().line, file.id_column());
        Fault { class: FaultClass::Duplicate, position, found, expected }
    }
}

/// The parts of a file, so many at a time.
struct Waves<N> {
    next: N,
    ended: bool,
}

impl<N: FnMut() -> Result<Option<Part>>> Waves<N> {
    /// The parts that are read side by side next; none at the end of the file.
    fn gather(&mut self) -> Result<Vec<Part>> {
        let mut wave = Vec::with_capacity(WAVE);
        while wave.len() < WAVE && !self.ended {
            match (self.next)()? {
                Some(part) => wave.push(part),
                None => self.ended = true,
            }
        }
        Ok(wave)
    }
}

impl<R: Record> Parsed<R> {
    fn settle(&mut self, settled: &Settled) {
        if settled.is_empty() {
            return;
        }
        self.rows.iter_mut().for_each(|record| record.settle(settled));
        for (victim, assertion) in &mut self.victims {
            for symbol in [victim, &mut assertion.source, &mut assertion.grade] {
                settled.settle(symbol);
            }
        }
        for (_, name, value) in &mut self.attributes {
            settled.settle(name);
            settled.settle(value);
        }
    }
}

impl<R> Rows<R> {
    /// An attribute of the row that is pushed next.
    fn push_attribute(&mut self, column: Symbol, value: Symbol) {
        let row = u32::try_from(self.len()).expect("a table has fewer than 2³² rows");
        self.attributes.push(Attribute { row, column, value });
    }
}
