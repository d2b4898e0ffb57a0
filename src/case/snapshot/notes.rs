//! What a snapshot says of itself, as JSON: from which files it is, and what the reader said of them.

use serde::{Deserialize, Serialize};

use super::super::fault::Faults;
use super::super::read::{InputFile, RowCount};
use super::super::{Case, Table, Taken};
use super::contract::contract;

/// By whom a snapshot was made; read before all else, because the rest may be another program's.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Maker {
    pub(super) version: String,
    contract: String,
}

impl Maker {
    /// This program.
    pub(super) fn own() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), contract: contract() }
    }

    /// Whether this program is the maker.
    pub(super) fn is_own(&self) -> bool {
        let own = Self::own();
        self.version == own.version && self.contract == own.contract
    }
}

/// Of the notes only that.
#[derive(Debug, Deserialize)]
pub(super) struct Made {
    pub(super) made_by: Maker,
}

/// The notes of a snapshot.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Notes {
    pub(super) made_by: Maker,
    /// The files that went in.
    pub(super) inputs: Vec<InputFile>,
    /// The mapping and the table of grades.
    pub(super) settings: Vec<InputFile>,
    /// The files that rows name, by number.
    pub(super) files: Vec<String>,
    pub(super) counts: Vec<RowCount>,
    pub(super) stray: usize,
    pub(super) faults: Faults,
}

impl Notes {
    pub(super) fn of(taken: &Taken, settings: &[InputFile]) -> Self {
        Self {
            made_by: Maker::own(),
            inputs: taken.files.clone(),
            settings: settings.iter().map(InputFile::without_folder).collect(),
            files: taken.case.files.clone(),
            counts: taken.counts.clone(),
            stray: taken.stray,
            faults: taken.faults.clone(),
        }
    }

    /// Whether counts add up, and no sum of them is too large.
    pub(super) fn are_sound(&self) -> bool {
        const MANY: usize = 1 << 40;
        let few = |count: &RowCount| {
            let RowCount { read, used, refused, left_out, .. } = count;
            [read, used, refused, left_out].into_iter().all(|&n| n < MANY)
        };
        let whole = |count: &RowCount| few(count) && count.read == count.used + count.refused;
        self.stray < MANY
            && self.counts.len() < 1 << 20
            && self.counts.iter().all(whole)
            && self.faults.are_sound(MANY)
    }

    /// Whether the tables have as many rows as were used; people may be implied by others.
    pub(super) fn fit(&self, case: &Case) -> bool {
        let used = |table: Table| -> usize {
            self.counts.iter().filter(|count| count.table == table).map(|count| count.used).sum()
        };
        case.row_counts().into_iter().all(|(table, rows)| {
            used(table) == rows || (table == Table::People && used(table) < rows)
        })
    }
}
