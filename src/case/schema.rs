//! The contract's tables and columns, as data.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A table of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Table {
    /// Investigation files.
    Cases,
    /// People mentioned.
    People,
    /// Ways of reaching people.
    Channels,
    /// Somewhere.
    Places,
    /// Phones, handles, accounts that people used.
    Identifiers,
    /// What people were in cases.
    Roles,
    /// What people did to, with or for one another.
    Links,
    /// Advertisements.
    Ads,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in a header.
    pub name: &'static str,
    /// Whether each row must fill it.
    pub required: bool,
}

const fn must(name: &'static str) -> Column {
    Column { name, required: true }
}

const fn may(name: &'static str) -> Column {
    Column { name, required: false }
}

/// The columns that every table takes, because every row is an assertion; first in every schema.
pub(super) mod assertion {
    pub(in crate::case) const SOURCE: usize = 0;
    pub(in crate::case) const GRADE: usize = 1;
    pub(in crate::case) const BASIS: usize = 2;
    /// How many there are: a table's own columns count from here.
    pub(in crate::case) const COUNT: usize = 3;
}

macro_rules! columns {
    ($($column:expr),+ $(,)?) => {
        const { &[may("source"), may("grade"), may("basis"), $($column),+] }
    };
}

impl Table {
    /// All tables, in the order in which they are read: what is referred to comes first.
    pub const ALL: [Self; 8] = [
        Self::Cases,
        Self::People,
        Self::Channels,
        Self::Places,
        Self::Identifiers,
        Self::Roles,
        Self::Links,
        Self::Ads,
    ];

    /// The name of the table, and of its file or sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::People => "people",
            Self::Channels => "channels",
            Self::Places => "places",
            Self::Identifiers => "identifiers",
            Self::Roles => "roles",
            Self::Links => "links",
            Self::Ads => "ads",
        }
    }

    /// The table of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The columns that the contract knows in this table: first `source`, `grade` and `basis`, then its own.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Cases => columns![
                must("case_id"),
                may("unit"),
                may("opened"),
                may("closed"),
                may("outcome"),
                may("purpose"),
                may("retain_until"),
            ],
            Self::People => {
                columns![must("person_id"), may("name"), may("alias"), may("birth"), may("sex")]
            }
            Self::Channels => columns![must("channel_id"), may("name"), may("class")],
            Self::Places => {
                columns![must("place_id"), may("name"), may("class"), may("lat"), may("lon")]
            }
            Self::Identifiers => columns![
                must("person_id"),
                must("kind"),
                must("value"),
                may("channel_id"),
                may("start"),
                may("end"),
            ],
            Self::Roles => columns![
                must("case_id"),
                must("person_id"),
                must("role"),
                may("status"),
                may("minor"),
                may("setting"),
                may("start"),
                may("end"),
            ],
            Self::Links => columns![
                must("from"),
                must("to"),
                must("kind"),
                may("link_id"),
                may("case_id"),
                may("about"),
                may("channel_id"),
                may("place_id"),
                may("means"),
                may("start"),
                may("end"),
                may("count"),
            ],
            Self::Ads => columns![
                must("ad_id"),
                may("channel_id"),
                may("case_id"),
                may("victim_id"),
                may("posted_by"),
                may("payer"),
                may("posted"),
                may("last_seen"),
                may("phone"),
                may("handle"),
                may("place_id"),
                may("price"),
                may("text"),
                may("image"),
            ],
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
