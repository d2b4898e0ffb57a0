//! What do the files say?
//!
//! A [`Case`] holds the tables of the contract as they were read. Every row is an assertion:
//! it knows its file and line, who said it, and how far it is to be believed. Nothing here is a
//! person yet, and nothing is an edge: those are readings, made to the right of this room.

mod check;
mod clearance;
mod date;
mod date_text;
pub(crate) mod digest;
mod fault;
mod foreign;
pub(crate) mod ftm;
mod grade;
mod ids;
mod limits;
mod local_symbols;
mod lookup;
mod mapping;
mod means;
mod nearest;
mod own_ids;
mod pseudonym;
mod read;
mod record;
mod rejects;
mod retention;
mod schema;
#[cfg(test)]
mod sketch;
mod snapshot;
mod suggest;
mod symbol;
mod table;
mod texts;
mod trap;
mod vocabulary;
mod without;

use std::path::Path;
use std::sync::OnceLock;

use hashbrown::HashMap;

pub use clearance::{Clearance, HANDLING};
pub use date::{BadDate, Day, WIDENED_DAYS, When};
pub use fault::{Fault, FaultClass, Faults, LISTED, Severity};
pub use foreign::{Attributes, Directed, Foreign, ForeignEdge, ForeignFormat, ForeignNode, Spell};
pub use grade::GradeTable;
pub use ids::Ids;
pub use limits::Limits;
pub use mapping::{Mapping, Reading};
pub use means::Means;
pub use pseudonym::{IdKind, Pseudonymise};
pub(crate) use read::in_two_forms;
pub(crate) use read::{CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER};
pub use read::{
    GivenRow, GivenTable, InputFile, RowCount, WORKBOOK_THREAD, parquet_files, parquet_forms, read,
    read_given, read_tables,
};
pub use record::{Ad, Assertion, CaseFile, Channel, Identifier, Link, Person, Place, RoleInCase};
pub use rejects::Refused;
pub use retention::{Barred, Retention};
pub use schema::{Column, Table};
pub use snapshot::{Snapshot, write_snapshot};
pub use suggest::suggest_mapping;
pub(crate) use symbol::MISSING_CODES;
pub use symbol::{Missing, Symbol, Symbols};
pub use table::{Attribute, Rows};
pub(crate) use texts::Texts;
pub use vocabulary::{
    Basis, ChannelClass, Code, IdentifierKind, LinkKind, MeansCode, Minor, PlaceClass, Role,
    Setting, Status,
};
pub(crate) use without::Leaving;

use crate::error::Result;

/// The tables of a case, as they were read.
#[derive(Clone, Debug, Default)]
pub struct Case {
    symbols: Symbols,
    own_ids: [own_ids::OwnIds; Table::ALL.len()],
    files: Vec<String>,
    ids: [Ids; Table::ALL.len()],
    victims_of_refused_rows: Vec<(Symbol, Assertion)>,
    /// By what ids are called in what goes out, where not by their texts.
    shown: Option<pseudonym::Shown>,
    /// By table: how many rows were above the clearance.
    above_clearance: [usize; Table::ALL.len()],
    /// The handling codes in columns of their own, by file and line; found when they are asked for.
    marks: OnceLock<HashMap<(u16, u32), Symbol>>,
    /// Investigation files.
    pub cases: Rows<CaseFile>,
    /// People mentioned.
    pub people: Rows<Person>,
    /// Ways of reaching people.
    pub channels: Rows<Channel>,
    /// Somewhere.
    pub places: Rows<Place>,
    /// Phones, handles, accounts that people used.
    pub identifiers: Rows<Identifier>,
    /// What people were in cases.
    pub roles: Rows<RoleInCase>,
    /// What people did to, with or for one another.
    pub links: Rows<Link>,
    /// Advertisements.
    pub ads: Rows<Ad>,
}

/// How a case is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How files with other names and columns are read as tables of the contract.
    pub mapping: Option<Mapping>,
    /// What each grade is worth.
    pub grades: GradeTable,
    /// What happens to a row with a fault.
    pub strictness: Strictness,
    /// What happens to a code outside its list.
    pub unknown_codes: UnknownCodes,
    /// How much is taken in.
    pub limits: Limits,
    /// Whether the SHA-256 of each file is wanted.
    pub digest: bool,
}

/// What happens to a row with a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// The first fault ends the reading. This is the default.
    #[default]
    StopAtFirst,
    /// The row is not used; all faults are told.
    Report,
    /// The row is not used, and its text is kept to be set aside in a file.
    SetAside,
}

/// What happens to a code outside its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownCodes {
    /// It is a fault. This is the default.
    #[default]
    Refuse,
    /// It is taken as `other`, where the list has that.
    AsOther,
}

impl UnknownCodes {
    fn as_other(self) -> bool {
        self == Self::AsOther
    }
}

/// A case that was read, and what there is to say about the reading.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The case: every row without a fault.
    pub case: Case,
    /// What is wrong with the files.
    pub faults: Faults,
    /// Rows that were set aside, where that was asked for.
    pub refused: Vec<Refused>,
    /// How many rows of each file came to what.
    pub counts: Vec<RowCount>,
    /// Lines of JSON that are of no table: read and refused.
    pub stray: usize,
    /// Whether rows came with what their grades were worth: a table of grades changes nothing in them.
    pub weighed: bool,
    /// The files that went in; of a snapshot those that it was made of.
    pub files: Vec<InputFile>,
    /// The snapshot, where the case comes from one.
    pub snapshot: Option<Snapshot>,
}

impl Taken {
    /// Rows read, used and refused, over all files; the first is the sum of the others.
    #[must_use]
    pub fn totals(&self) -> (usize, usize, usize) {
        let sum = |field: fn(&RowCount) -> usize| self.counts.iter().map(field).sum::<usize>();
        (sum(|c| c.read) + self.stray, sum(|c| c.used), sum(|c| c.refused) + self.stray)
    }
}

impl Case {
    /// Reads the case at `path`; the first fault is an error.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or a row has a fault.
    ///
    /// # Examples
    ///
    /// ```
    /// let case = kluwen::Case::open("graphs/study25")?;
    /// assert_eq!(case.cases.len(), 25);
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Ok(read(path.as_ref(), &ReadOptions::default())?.case)
    }

    /// The text of a symbol.
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        self.symbols.text(symbol)
    }

    /// The id of a link; empty where it has none.
    #[must_use]
    pub fn link_id(&self, link: &Link) -> &str {
        self.own_ids[Table::Links as usize].text(link.link)
    }

    /// The id of an advertisement.
    #[must_use]
    pub fn ad_id(&self, ad: &Ad) -> &str {
        self.own_ids[Table::Ads as usize].text(ad.ad)
    }

    /// The symbol of a text, if the case has it.
    #[must_use]
    pub fn symbol(&self, text: &str) -> Option<Symbol> {
        self.symbols.get(text)
    }

    /// How many distinct texts the case has; every symbol's number is below.
    #[must_use]
    pub fn symbol_count(&self) -> usize {
        self.symbols.len()
    }

    /// Who is a victim by a row that was refused for another of its cells, and where it stands.
    ///
    /// A slip in one cell may cost a row, but not a victim's protection.
    #[must_use]
    pub fn victims_of_refused_rows(&self) -> &[(Symbol, Assertion)] {
        &self.victims_of_refused_rows
    }

    /// The row of an id in the table of its kind.
    #[must_use]
    pub fn row_of(&self, table: Table, id: Symbol) -> Option<usize> {
        self.ids[table as usize].row(id)
    }

    /// The person of an id.
    #[must_use]
    pub fn person(&self, id: Symbol) -> Option<&Person> {
        self.row_of(Table::People, id).map(|row| &self.people[row])
    }

    /// The channel of an id.
    #[must_use]
    pub fn channel(&self, id: Symbol) -> Option<&Channel> {
        self.row_of(Table::Channels, id).map(|row| &self.channels[row])
    }

    /// The place of an id.
    #[must_use]
    pub fn place(&self, id: Symbol) -> Option<&Place> {
        self.row_of(Table::Places, id).map(|row| &self.places[row])
    }

    /// The case file of an id.
    #[must_use]
    pub fn case_file(&self, id: Symbol) -> Option<&CaseFile> {
        self.row_of(Table::Cases, id).map(|row| &self.cases[row])
    }

    /// Where an assertion stands: `links.csv:88`.
    #[must_use]
    pub fn place_of(&self, assertion: &Assertion) -> String {
        format!("{}:{}", self.files[usize::from(assertion.file)], assertion.line)
    }

    /// The file in which an assertion stands.
    #[must_use]
    pub fn file_of(&self, assertion: &Assertion) -> &str {
        &self.files[usize::from(assertion.file)]
    }

    /// How many rows each table has.
    fn row_counts(&self) -> [(Table, usize); Table::ALL.len()] {
        let Self { cases, people, channels, places, identifiers, roles, links, ads, .. } = self;
        [
            (Table::Cases, cases.len()),
            (Table::People, people.len()),
            (Table::Channels, channels.len()),
            (Table::Places, places.len()),
            (Table::Identifiers, identifiers.len()),
            (Table::Roles, roles.len()),
            (Table::Links, links.len()),
            (Table::Ads, ads.len()),
        ]
    }

    /// Takes in the ids; people who have no row, because no table lists people, get one.
    fn settle(&mut self, ids: [Option<Ids>; Table::ALL.len()]) {
        let listed = ids[Table::People as usize].is_some();
        self.ids = ids.map(Option::unwrap_or_default);
        if !listed {
            self.imply_people();
        }
    }

    fn imply_people(&mut self) {
        let Self { ids, people, links, roles, identifiers, ads, .. } = self;
        let own = &mut ids[Table::People as usize];
        for (row, person) in people.iter().enumerate() {
            own.insert(person.person, row);
        }
        let of_links = links.iter().flat_map(|l| [l.from, l.to, l.about].map(|p| (p, l.assertion)));
        let of_roles = roles.iter().map(|role| (role.person, role.assertion));
        let of_identifiers = identifiers.iter().map(|used| (used.person, used.assertion));
        let of_ads = ads
            .iter()
            .flat_map(|ad| [ad.victim, ad.posted_by, ad.payer].map(|p| (p, ad.assertion)));
        let named = of_identifiers.chain(of_roles).chain(of_links).chain(of_ads);
        for (person, assertion) in named.filter(|(person, _)| person.is_known()) {
            if own.insert(person, people.len()) {
                let birth = When::missing(Missing::NotRecorded);
                let [name, alias, sex] = [Symbol::EMPTY; 3];
                people.push(Person { assertion, person, name, alias, birth, sex });
            }
        }
    }
}
