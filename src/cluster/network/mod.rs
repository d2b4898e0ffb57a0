//! Links, roles and advertisements of a case on an engine, as the simple graph that is measured.
//!
//! The counterpart of [`Network::flatten`](crate::graph::Network::flatten) and of the two-mode networks beside it: which rows a view holds
//! (`held.rs`), which ties they are (`people.rs`, `two_mode.rs`), and who is put to the engine for it (`who.rs`).

mod held;
mod own_columns;
mod people;
mod two_mode;
mod who;

#[cfg(test)]
mod tests;

pub use own_columns::OwnColumns;
pub use who::Who;

use held::Held;

use super::emit::Check;
use super::program::{Assignment, Program};
use super::run::Run;
use super::sql::is_known;
use crate::case::Table;
use crate::error::{Error, Result};
use crate::graph::{Direction, View, Weight};

/// Between whom the ties of a network are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Between {
    /// People, tied by links.
    #[default]
    People,
    /// People and case files, tied by roles.
    PeopleAndCases,
    /// Victims and channels, tied by first contacts and advertisements.
    VictimsAndChannels,
    /// Actors and victims, tied by acts.
    ActorsAndVictims,
    /// People and channels, tied by links and advertisements.
    PeopleAndChannels,
    /// People and places, tied by links.
    PeopleAndPlaces,
}

impl Between {
    /// Which columns name people, and which the things that people are tied to: `others` holds these.
    fn references(self) -> &'static [Reference] {
        const FROM: Reference = (Table::Links, "from", "entities", "person_id");
        const TO: Reference = (Table::Links, "to", "entities", "person_id");
        const VICTIM: Reference = (Table::Ads, "victim_id", "entities", "person_id");
        const CONTACT: Reference = (Table::Links, "channel_id", "others", "id");
        const OFFERED: Reference = (Table::Ads, "channel_id", "others", "id");
        match self {
            Self::People | Self::ActorsAndVictims => &[FROM, TO],
            Self::PeopleAndCases => &[
                (Table::Roles, "person_id", "entities", "person_id"),
                (Table::Roles, "case_id", "others", "id"),
            ],
            Self::VictimsAndChannels => &[FROM, TO, VICTIM, CONTACT, OFFERED],
            Self::PeopleAndChannels => &[
                FROM,
                TO,
                VICTIM,
                (Table::Ads, "posted_by", "entities", "person_id"),
                (Table::Ads, "payer", "entities", "person_id"),
                CONTACT,
                OFFERED,
            ],
            Self::PeopleAndPlaces => &[FROM, TO, (Table::Links, "place_id", "others", "id")],
        }
    }

    /// What must hold of the tables of a case so that no row that ties is lost: each id that a tie needs is one of who is who.
    #[must_use]
    pub fn checks(self) -> Vec<Check> {
        let check = |&(table, column, of, id): &Reference| Check {
            query: format!(
                "SELECT COUNT(*) AS n FROM {table} LEFT ANTI JOIN {of} ON {of}.{id} = {table}.`{column}` WHERE {}",
                is_known(&format!("{table}.`{column}`"))
            ),
            expected: 0,
            what: format!("ids in `{column}` of `{table}` that this job does not know"),
        };
        self.references().iter().map(check).collect()
    }
}

/// A column of a table, and the table and column of who is who that hold what it names.
type Reference = (Table, &'static str, &'static str, &'static str);

/// Which graph is made of a case.
#[derive(Clone, Copy, Debug)]
pub struct Flattening<'a> {
    /// Between whom its ties are.
    pub between: Between,
    /// What is looked at.
    pub view: &'a View,
    /// Whether links run one way; of people only.
    pub direction: Direction,
    /// What a link weighs; of people only.
    pub weight: Weight,
}

/// How large a graph became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flattened {
    /// Its nodes.
    pub nodes: u64,
    /// Its edges.
    pub edges: u64,
    /// Rows of the case that the view does not hold.
    pub left_out: usize,
}

impl Flattening<'_> {
    /// The program that makes the tables `nodes(node BIGINT)` and `edges(source BIGINT, target BIGINT, weight DOUBLE)` of the
    /// tables of a case (`links`, `roles`, `ads`) and of who is who ([`Who`]).
    ///
    /// A person's node is the number of the entity. In a network of two sides, nodes of the second side are numbered on from the
    /// number of people: channels, places and case files in the order of their symbols, victims by their entity. So the order of nodes is that of the local graph. No edge is
    /// named twice, none leads from a node to itself.
    ///
    /// Its result is one row: `nodes`, `edges`, `held` (rows that make a tie), `all_rows`, `unnamed` (rows of channels, places or cases that this machine
    /// does not know).
    ///
    /// - **Cost**: a look at each row of `links`, `roles` or `ads`, joined with who is who; what it holds is shuffled once.
    #[must_use]
    pub fn program(&self, own: &OwnColumns, people: usize) -> Program {
        let held = Held { view: self.view, own };
        let mut setup = vec![held.without()];
        let (held_rows, all_rows) = match self.between {
            Between::People => {
                setup.extend(people::assignments(&held, self.direction, self.weight));
                ("ties", &["links"][..])
            }
            Between::PeopleAndCases => {
                setup.extend(two_mode::people_and_cases(&held));
                ("ties", &["roles"][..])
            }
            Between::VictimsAndChannels => {
                setup.extend(two_mode::victims_and_channels(&held));
                ("ties", &["links", "ads"][..])
            }
            Between::ActorsAndVictims => {
                setup.extend(two_mode::actors_and_victims(&held, people));
                ("ties", &["links"][..])
            }
            Between::PeopleAndChannels => {
                setup.extend(two_mode::people_and_channels(&held));
                (two_mode::TIED_ROWS, &["links", "ads"][..])
            }
            Between::PeopleAndPlaces => {
                setup.extend(two_mode::people_and_places(&held));
                (two_mode::TIED_ROWS, &["links"][..])
            }
        };
        Program::once("network", setup, sizes(held_rows, all_rows))
    }

    /// Makes the graph on the engine, and tells how large it became.
    ///
    /// # Errors
    ///
    /// If the engine fails; if the tables name channels, places or case files that `who` does not.
    pub fn make(&self, run: &mut Run<'_>, who: &Who, own: &OwnColumns) -> Result<Flattened> {
        let rows = run.program(&self.program(own, who.people()))?;
        let count = |name: &str| {
            rows.first_whole(name).and_then(|count| u64::try_from(count).ok()).ok_or_else(|| {
                Error::usage(format!("the engine gave no `{name}`: expected one row of counts"))
            })
        };
        if count("unnamed")? > 0 {
            return Err(Error::usage(format!(
                "{} rows name a channel, place or case file that the tables `channels`, `places` and `cases` do not list; \
                 check the case with `kluwen check`, and convert it anew",
                count("unnamed")?
            )));
        }
        let left_out = count("all_rows")?.saturating_sub(count("held")?);
        Ok(Flattened {
            nodes: count("nodes")?,
            edges: count("edges")?,
            left_out: usize::try_from(left_out).unwrap_or(usize::MAX),
        })
    }

    /// Whether edges of the graph run one way.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.between == Between::People { self.direction } else { Direction::Undirected }
    }

    /// Whether edges of the graph have weights.
    #[must_use]
    pub fn is_weighted(&self) -> bool {
        self.between != Between::People || self.weight != Weight::None
    }
}

/// How many there are of what, in one row; table `held` has a row for each that makes a tie.
fn sizes(held: &str, all_rows: &[&str]) -> String {
    let all: Vec<String> =
        all_rows.iter().map(|table| format!("(SELECT COUNT(*) FROM {table})")).collect();
    format!(
        "SELECT (SELECT COUNT(*) FROM nodes) AS nodes, (SELECT COUNT(*) FROM edges) AS edges, \
         (SELECT COUNT(*) FROM {held}) AS held, {} AS all_rows, \
         (SELECT COUNT(*) FROM {held} WHERE target IS NULL) AS unnamed",
        all.join(" + ")
    )
}

/// One edge for each pair that is tied, as heavy as it is tied often.
fn counted_edges() -> Assignment {
    Assignment::new(
        "edges",
        "SELECT source, target, CAST(COUNT(*) AS DOUBLE) AS weight FROM ties GROUP BY source, target",
    )
}

/// Whoever has a tie.
fn tied_nodes() -> Assignment {
    Assignment::new(
        "nodes",
        "SELECT source AS node FROM ties UNION SELECT target AS node FROM ties",
    )
}
