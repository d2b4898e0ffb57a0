//! Columns of a table that the contract does not know.

use std::collections::BTreeSet;

use crate::case::{CERTAINTY, Case, ROW_FILE, ROW_LINE, ROW_NUMBER, Table};
use crate::cluster::SqlEngine;
use crate::error::Result;

/// The columns that the tables of a case have of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnColumns {
    of: Vec<(Table, String)>,
    /// Tables that were made for want of one: they have no row, and no column of dates.
    empty: Vec<Table>,
}

impl OwnColumns {
    /// Those of the tables `roles`, `links` and `ads` that are open on an engine.
    ///
    /// # Errors
    ///
    /// If a table is not open, or the engine fails.
    pub fn of(engine: &mut dyn SqlEngine) -> Result<Self> {
        let mut all = Self::default();
        for table in [Table::Roles, Table::Links, Table::Ads] {
            let columns = engine.columns(table.name())?;
            let is_date =
                |(name, kind): &(String, String)| name.ends_with("_earliest") && kind == "date";
            if !columns.iter().any(is_date) {
                all.empty.push(table);
            }
            let own = columns.into_iter().map(|(name, _)| name).filter(|name| is_own(table, name));
            all.of.extend(own.map(|name| (table, name)));
        }
        Ok(all)
    }

    /// Those of a case that this machine holds, of which the tables that are not among `there` are missing.
    #[must_use]
    pub fn of_case(case: &Case, there: &[Table]) -> Self {
        let tables = [
            (Table::Roles, case.roles.attributes()),
            (Table::Links, case.links.attributes()),
            (Table::Ads, case.ads.attributes()),
        ];
        let mut all = Self::default();
        for (table, attributes) in tables {
            let names: BTreeSet<&str> =
                attributes.iter().map(|one| case.text(one.column)).collect();
            all.of.extend(names.into_iter().map(|name| (table, name.to_owned())));
            if !there.contains(&table) {
                all.empty.push(table);
            }
        }
        all
    }

    /// Whether a table has no row because the case lacks it.
    #[must_use]
    pub fn is_empty(&self, table: Table) -> bool {
        self.empty.contains(&table)
    }

    /// Whether a table has such a column of its own.
    #[must_use]
    pub fn has(&self, table: Table, column: &str) -> bool {
        self.of.iter().any(|(of, name)| *of == table && name == column)
    }

    /// Whether any of the tables has such a column of its own.
    #[must_use]
    pub fn has_any(&self, column: &str) -> bool {
        self.of.iter().any(|(_, name)| name == column)
    }
}

/// Whether a column of a table is none of the contract, nor worked out of one, nor says where a row stood.
fn is_own(table: Table, name: &str) -> bool {
    let beside = [CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER];
    let of_contract = |name: &str| table.columns().iter().any(|column| column.name == name);
    let worked_out = ["_earliest", "_latest"].iter().filter_map(|end| name.strip_suffix(end));
    !of_contract(name) && !beside.contains(&name) && !worked_out.into_iter().any(of_contract)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worked_out_of_the_contract_is_no_column_of_its_own() {
        for known in ["from", "start", "start_earliest", "end_latest", "certainty", "count"] {
            assert!(!is_own(Table::Links, known), "{known}");
        }
        for own in ["colour", "posted", "posted_earliest", "certainty_own"] {
            assert!(is_own(Table::Links, own), "{own}");
        }
        assert!(!is_own(Table::Ads, "posted_earliest"));
    }
}
