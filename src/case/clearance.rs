//! Rows that are not for whoever asks: those whose handling code lies above a clearance.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::Case;
use super::grade::{GradeTable, Handling};
use super::ids::Ids;
use super::read::Record;
use super::record::Assertion;
use super::schema::Table;
use super::symbol::Symbol;
use super::table::{Attribute, Rows};
use crate::error::{Error, Result, excerpt};

/// The column, which any table may have, that says how a row may be handled: `2`, `3x5x2:P`.
pub const HANDLING: &str = "handling";

/// Up to which handling code of each scheme rows may be seen.
///
/// A code stands in a row's grade (the last mark of `5x5x5:B22`) or in its column [`HANDLING`]; where it stands in both, both must be
/// cleared. A row without a code may be seen by all. A code that the table of grades does not know, or of a scheme for which
/// nothing is cleared, counts as the highest.
///
/// # Examples
///
/// ```
/// use kluwen::case::{Clearance, GradeTable};
///
/// let clearance = Clearance::parse("2,3x5x2:P", &GradeTable::default())?;
/// assert!(clearance.clears_grade("5x5x5:B22") && !clearance.clears_grade("5x5x5:B23"));
/// assert!(clearance.clears_mark("P") && !clearance.clears_mark("H0") && !clearance.clears_mark("secret"));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Clearance {
    grades: GradeTable,
    /// By scheme: the place of the highest code that is cleared.
    highest: BTreeMap<String, usize>,
}

impl Clearance {
    /// Reads codes with commas between them, each with its scheme (`5x5x5:2`) or without (`2`: of every scheme that has it).
    ///
    /// # Errors
    ///
    /// If the table knows no such code, or a scheme stands twice.
    pub fn parse(text: &str, grades: &GradeTable) -> Result<Self> {
        let mut highest = BTreeMap::new();
        for word in text.split(',').map(str::trim) {
            let found = grades.handling_places(word);
            if found.is_empty() {
                return Err(Error::usage(format!(
                    "`{}` is no handling code; expected one of {}",
                    excerpt(word),
                    grades.handling_codes()
                )));
            }
            for (scheme, place) in found {
                if highest.insert(scheme.to_owned(), place).is_some() {
                    return Err(Error::usage(format!(
                        "two clearances for the scheme {scheme}; give one"
                    )));
                }
            }
        }
        Ok(Self { grades: grades.clone(), highest })
    }

    /// Whether a row of that grade may be seen.
    #[must_use]
    pub fn clears_grade(&self, grade: &str) -> bool {
        match self.grades.handling(grade) {
            Handling::None => true,
            Handling::Code(scheme, place) => self.clears(scheme, place),
            Handling::Unknown => false,
        }
    }

    /// Whether a row with that handling code in its own column may be seen; of several with `;` between them, each.
    #[must_use]
    pub fn clears_mark(&self, mark: &str) -> bool {
        let marks = mark.split(';').map(str::trim).filter(|mark| !mark.is_empty());
        marks.into_iter().all(|mark| {
            let found = self.grades.handling_places(mark);
            !found.is_empty() && found.into_iter().all(|(scheme, place)| self.clears(scheme, place))
        })
    }

    fn clears(&self, scheme: &str, place: usize) -> bool {
        self.highest.get(scheme).is_some_and(|&highest| place <= highest)
    }
}

impl Case {
    /// The case without the rows above a clearance.
    ///
    /// Whoever is a victim by such a row stays protected. A person whose row of `people` goes, and whom another row names, stays, without a name.
    ///
    /// - **Cost**: one pass over the rows; tables of which all rows stay are not moved.
    #[must_use]
    pub fn cleared(mut self, clearance: &Clearance) -> Self {
        let handling = self.handling_columns();
        let mut sieve =
            Sieve { clearance, handling, grades: HashMap::new(), marks: HashMap::new() };
        let Self {
            symbols,
            ids,
            victims_of_refused_rows: victims,
            above_clearance: above,
            cases,
            people,
            channels,
            places,
            identifiers,
            roles,
            links,
            ads,
            ..
        } = &mut self;
        let text = |symbol| symbols.text(symbol);
        sieve.table(cases, text, ids, victims, above);
        sieve.table(people, text, ids, victims, above);
        sieve.table(channels, text, ids, victims, above);
        sieve.table(places, text, ids, victims, above);
        sieve.table(identifiers, text, ids, victims, above);
        sieve.table(roles, text, ids, victims, above);
        sieve.table(links, text, ids, victims, above);
        sieve.table(ads, text, ids, victims, above);
        if self.above_clearance[Table::People as usize] > 0 {
            self.imply_people();
        }
        self
    }

    /// How many rows were above the clearance, by table; tables without any are not named.
    pub fn above_clearance(&self) -> impl Iterator<Item = (Table, usize)> {
        let all = Table::ALL.into_iter().zip(self.above_clearance);
        all.filter(|(_, count)| *count > 0)
    }

    /// The handling code in the row's own column; empty where it has none. That in its grade stands there.
    #[must_use]
    pub fn handling(&self, assertion: &Assertion) -> &str {
        let marks = self.marks.get_or_init(|| self.find_marks());
        marks.get(&(assertion.file, assertion.line)).map_or("", |&mark| self.text(mark))
    }

    fn find_marks(&self) -> HashMap<(u16, u32), Symbol> {
        let columns = self.handling_columns();
        let mut marks = HashMap::new();
        if columns.is_empty() {
            return marks;
        }
        gather(&self.cases, &columns, &mut marks);
        gather(&self.people, &columns, &mut marks);
        gather(&self.channels, &columns, &mut marks);
        gather(&self.places, &columns, &mut marks);
        gather(&self.identifiers, &columns, &mut marks);
        gather(&self.roles, &columns, &mut marks);
        gather(&self.links, &columns, &mut marks);
        gather(&self.ads, &columns, &mut marks);
        marks
    }

    /// The column, however its letters are cased.
    fn handling_columns(&self) -> Vec<Symbol> {
        let of = [
            self.cases.attributes(),
            self.people.attributes(),
            self.channels.attributes(),
            self.places.attributes(),
            self.identifiers.attributes(),
            self.roles.attributes(),
            self.links.attributes(),
            self.ads.attributes(),
        ];
        let columns: BTreeSet<Symbol> = of.into_iter().flatten().map(|one| one.column).collect();
        let is_it = |name: &str| name.trim().eq_ignore_ascii_case(HANDLING);
        columns.into_iter().filter(|&column| is_it(self.text(column))).collect()
    }
}

/// Notes the handling codes of a table by where their rows stand.
fn gather<R: Record>(rows: &Rows<R>, columns: &[Symbol], marks: &mut HashMap<(u16, u32), Symbol>) {
    for one in rows.attributes().iter().filter(|one| columns.contains(&one.column)) {
        let assertion = rows[one.row as usize].assertion();
        marks.insert((assertion.file, assertion.line), one.value);
    }
}

/// What tells rows above a clearance from others.
struct Sieve<'c> {
    clearance: &'c Clearance,
    handling: Vec<Symbol>,
    /// What was found of the grades and marks met so far.
    grades: HashMap<Symbol, bool>,
    marks: HashMap<Symbol, bool>,
}

impl Sieve<'_> {
    fn table<'t, R: Record>(
        &mut self,
        rows: &mut Rows<R>,
        text: impl Fn(Symbol) -> &'t str,
        ids: &mut [Ids; Table::ALL.len()],
        victims: &mut Vec<(Symbol, Assertion)>,
        above: &mut [usize; Table::ALL.len()],
    ) {
        let kept: Vec<bool> = (0..rows.len()).map(|row| self.clears(rows, row, &text)).collect();
        let gone = kept.iter().filter(|kept| !**kept).count();
        if gone == 0 {
            return;
        }
        above[R::TABLE as usize] += gone;
        let hidden = rows.iter().zip(&kept).filter(|(_, kept)| !**kept);
        victims.extend(hidden.filter_map(|(row, _)| Some((row.victim()?, *row.assertion()))));
        *rows = sieved(rows, &kept);
        let own = &mut ids[R::TABLE as usize];
        *own = Ids::default();
        for (at, row) in rows.iter().enumerate() {
            // Each id stood once before, and does so now.
            row.id().map(|id| own.insert(id, at));
        }
    }

    fn clears<'t, R: Record>(
        &mut self,
        rows: &Rows<R>,
        row: usize,
        text: &impl Fn(Symbol) -> &'t str,
    ) -> bool {
        let clearance = self.clearance;
        let grade = rows[row].assertion().grade;
        let by_grade =
            *self.grades.entry(grade).or_insert_with(|| clearance.clears_grade(text(grade)));
        by_grade
            && (self.handling.is_empty()
                || rows
                    .attributes_of(row)
                    .iter()
                    .filter(|one| self.handling.contains(&one.column))
                    .all(|one| {
                        let mark = || clearance.clears_mark(text(one.value));
                        *self.marks.entry(one.value).or_insert_with(mark)
                    }))
    }
}

/// The rows that are kept, with their attributes.
fn sieved<R: Record>(rows: &Rows<R>, kept: &[bool]) -> Rows<R> {
    let mut place = Vec::with_capacity(kept.len());
    let mut next = 0_u32;
    for &kept in kept {
        place.push(kept.then_some(next));
        next += u32::from(kept);
    }
    let attributes = rows
        .attributes()
        .iter()
        .filter_map(|one| place[one.row as usize].map(|row| Attribute { row, ..*one }));
    let left = rows.iter().zip(kept).filter(|(_, kept)| **kept).map(|(row, _)| *row);
    Rows::new(left.collect(), attributes.collect())
}
