//! Reads a snapshot.

use std::path::Path;
use std::sync::OnceLock;

use super::super::own_ids::OwnIds;
use super::super::read::{Record, claim};
use super::super::record::Assertion;
use super::super::schema::Table;
use super::super::symbol::{MISSING, Symbol, Symbols};
use super::super::table::{Attribute, Rows};
use super::super::texts::Texts;
use super::super::{Case, Ids, ReadOptions, Taken};
use super::Snapshot;
use super::field::{Cells, Field};
use super::notes::{Made, Notes};
use super::sound::{Bounds, Sound};
use super::source::Source;
use crate::error::{Error, Result};

/// Reads the snapshot at `path`.
pub(in crate::case) fn read(path: &Path, options: &ReadOptions) -> Result<Taken> {
    if options.mapping.is_some() {
        return Err(Error::usage(
            "a mapping says how files are read, and a snapshot was read before; give it to `kluwen pack`",
        ));
    }
    let (mut source, length) = Source::open(path, options.limits)?;
    let notes = notes(&mut source, length)?;
    let case = case(&mut source, &notes)?;
    if !notes.fit(&case) {
        return Err(source.damaged("its tables have other rows than were counted"));
    }
    let file = source.end()?;
    let Notes { made_by, inputs, settings, counts, stray, faults, .. } = notes;
    let snapshot = Some(Snapshot { file, version: made_by.version, settings });
    Ok(Taken {
        case,
        faults,
        refused: Vec::new(),
        counts,
        stray,
        weighed: false,
        files: inputs,
        snapshot,
    })
}

fn notes(source: &mut Source, length: usize) -> Result<Notes> {
    const WHAT: &str = "its notes";
    let text = source.bytes(length, WHAT)?;
    let Made { made_by } = serde_json::from_slice(&text).map_err(|_| source.damaged(WHAT))?;
    if !made_by.is_own() {
        return Err(source.foreign(&made_by.version));
    }
    let notes: Notes = serde_json::from_slice(&text).map_err(|_| source.damaged(WHAT))?;
    if notes.are_sound() { Ok(notes) } else { Err(source.damaged(WHAT)) }
}

fn case(source: &mut Source, notes: &Notes) -> Result<Case> {
    let shared = texts(source)?;
    let mut own_ids: [OwnIds; Table::ALL.len()] = Default::default();
    for ids in &mut own_ids {
        *ids = OwnIds::of(texts(source)?);
    }
    let bounds = Bounds { texts: shared.len(), files: notes.files.len(), own_ids: 0 };
    let loader = Loader { source, bounds, own_ids: &own_ids, ids: Default::default() };
    // Making texts to be found takes as long as all else.
    let (symbols, loaded) = rayon::join(|| Symbols::of(shared), || loader.tables());
    let case = loaded?;
    let symbols = symbols.ok_or_else(|| source.damaged("its texts"))?;
    Ok(Case { symbols, own_ids, files: notes.files.clone(), ..case })
}

fn texts(source: &mut Source) -> Result<Texts> {
    const WHAT: &str = "its texts";
    let count = source.count(u32::WIDTH)?;
    let bytes = source.count(1)?;
    let mut ends = source.room(count)?;
    let mut end = 0_usize;
    source.pieces((count * u32::WIDTH, u32::WIDTH, WHAT), |piece| {
        for length in piece.chunks_exact(u32::WIDTH) {
            end = end.saturating_add(u32::get(&mut Cells::new(length)) as usize);
            ends.push(end);
        }
        true
    })?;
    let text = String::from_utf8(source.bytes(bytes, WHAT)?).ok();
    let begins = text.and_then(|text| Texts::cut(text, ends)).filter(|t| t.len() >= MISSING.len());
    begins.ok_or_else(|| source.damaged(WHAT))
}

/// What the tables of a snapshot are read with.
struct Loader<'s> {
    source: &'s mut Source,
    bounds: Bounds,
    own_ids: &'s [OwnIds; Table::ALL.len()],
    ids: [Ids; Table::ALL.len()],
}

impl Loader<'_> {
    /// The tables, in a case that has no texts yet.
    fn tables(mut self) -> Result<Case> {
        let victims_of_refused_rows = self.victims()?;
        let (cases, people, channels) = (self.table()?, self.table()?, self.table()?);
        let (places, identifiers, roles) = (self.table()?, self.table()?, self.table()?);
        let (links, ads) = (self.table()?, self.table()?);
        let (symbols, own_ids, files) = Default::default();
        Ok(Case {
            symbols,
            own_ids,
            files,
            ids: self.ids,
            victims_of_refused_rows,
            shown: None,
            above_clearance: [0; Table::ALL.len()],
            marks: OnceLock::new(),
            cases,
            people,
            channels,
            places,
            identifiers,
            roles,
            links,
            ads,
        })
    }

    fn victims(&mut self) -> Result<Vec<(Symbol, Assertion)>> {
        let texts = self.bounds.texts;
        let bounds = &self.bounds;
        fields(self.source, "its refused rows", |_, (victim, assertion): &(Symbol, Assertion)| {
            victim.number() < texts && bounds.hold_assertion(assertion)
        })
    }

    fn table<R: Record + Field + Sound>(&mut self) -> Result<Rows<R>> {
        let what = format!("its table `{}`", R::TABLE);
        let table = R::TABLE as usize;
        self.bounds.own_ids = self.own_ids[table].texts().len();
        let (bounds, people) = (&self.bounds, &self.ids[Table::People as usize]);
        let rows: Vec<R> =
            fields(self.source, &what, |_, row: &R| bounds.hold(row) && row.is_sound(people))?;
        let (mut own, few) = (Ids::default(), u32::try_from(rows.len() + 1).is_ok());
        if !few || !rows.iter().enumerate().all(|(at, row)| claim(row, &mut own, at)) {
            return Err(self.source.damaged(&what));
        }
        self.ids[table] = own;
        let attributes = self.attributes(rows.len(), &what)?;
        Ok(Rows::new(rows, attributes))
    }

    fn attributes(&mut self, rows: usize, what: &str) -> Result<Vec<Attribute>> {
        let texts = self.bounds.texts;
        fields(self.source, what, |before: Option<&Attribute>, attribute: &Attribute| {
            let Attribute { row, column, value } = attribute;
            (*row as usize) < rows
                && column.number().max(value.number()) < texts
                && before.is_none_or(|before| before.row <= *row)
        })
    }
}

/// The next fields of one kind, each of which, with the one before it, must be `sound`.
fn fields<F: Field + Send>(
    source: &mut Source,
    what: &str,
    sound: impl Fn(Option<&F>, &F) -> bool + Sync,
) -> Result<Vec<F>> {
    let count = source.count(F::WIDTH)?;
    let mut all: Vec<F> = source.room(count)?;
    source.pieces((count * F::WIDTH, F::WIDTH, what), |piece| {
        piece.chunks_exact(F::WIDTH).all(|bytes| {
            let mut cells = Cells::new(bytes);
            let field = F::get(&mut cells);
            let fine = cells.are_sound() && sound(all.last(), &field);
            all.push(field);
            fine
        })
    })?;
    Ok(all)
}
