//! What a person decided about who is who; it always wins.

use std::fmt;
use std::path::Path;

use crate::case::{Case, Table};
use crate::error::{Error, Position, Result};

/// Whether two mentions are one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are one person.
    Same,
    /// They are two.
    Different,
}

impl Verdict {
    /// The code in a file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Same, Self::Different].into_iter().find(|verdict| verdict.code() == text)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A decision about two ids, by whom and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The two ids.
    pub person_ids: [String; 2],
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
}

/// Decisions about who is who, in the order in which they were taken; of two about the same ids the later one holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    all: Vec<Decision>,
}

/// The header of a file of decisions.
const COLUMNS: [&str; 5] = ["person_id", "other_id", "verdict", "by", "why"];

impl Decisions {
    /// Reads a CSV file with the columns `person_id`, `other_id`, `verdict` (`same` or `different`), `by` and `why`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or a row is none of these.
    pub fn read(path: &Path) -> Result<Self> {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", error))?;
        Self::from_csv(&bytes, &file)
    }

    /// The decisions that stand in the bytes of a CSV file called `file`.
    ///
    /// # Errors
    ///
    /// As those of [`read`](Self::read).
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::identity::Decisions;
    ///
    /// let csv = b"person_id,other_id,verdict,by,why\np1,p2,same,desk 4,one passport\n";
    /// assert_eq!(Decisions::from_csv(csv, "decisions.csv")?.all().len(), 1);
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn from_csv(bytes: &[u8], file: &str) -> Result<Self> {
        let at = |line: u64, column: &str| Position {
            file: file.to_string(),
            line,
            column: column.into(),
        };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let broken = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            Error::data(
                at(line, ""),
                "bytes that are not UTF-8",
                "text in UTF-8; save the file as `CSV UTF-8`",
            )
        };
        let header = reader.headers().map_err(broken)?.clone();
        let place = |name: &str| header.iter().position(|column| column.trim() == name);
        let [Some(a), Some(b), Some(verdict)] = [COLUMNS[0], COLUMNS[1], COLUMNS[2]].map(place)
        else {
            let found = header.iter().collect::<Vec<_>>().join(",");
            return Err(Error::data(
                at(1, ""),
                format!("the header `{}`", crate::error::excerpt(&found)),
                format!("the columns {}", COLUMNS.join(", ")),
            ));
        };
        let mut decisions = Self::default();
        for row in reader.records() {
            let row = row.map_err(broken)?;
            let line = row.position().map_or(1, csv::Position::line);
            let cell =
                |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
            let written = cell(Some(verdict));
            let verdict = Verdict::parse(written.trim()).ok_or_else(|| {
                Error::data(
                    at(line, COLUMNS[2]),
                    format!("`{}`", crate::error::excerpt(&written)),
                    "`same` or `different`",
                )
            })?;
            let person_ids = [cell(Some(a)), cell(Some(b))];
            if person_ids[0] == person_ids[1] {
                return Err(Error::data(at(line, COLUMNS[1]), "the same id twice", "two ids"));
            }
            let (by, why) = (cell(place(COLUMNS[3])), cell(place(COLUMNS[4])));
            decisions.push(Decision { person_ids, verdict, by, why });
        }
        Ok(decisions)
    }

    /// Adds a decision.
    pub fn push(&mut self, decision: Decision) {
        self.all.push(decision);
    }

    /// All decisions, in order.
    #[must_use]
    pub fn all(&self) -> &[Decision] {
        &self.all
    }

    /// The file's text, to be read again.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = writer.write_record(COLUMNS);
        for Decision { person_ids: [a, b], verdict, by, why } in &self.all {
            let _ = writer.write_record([a, b, verdict.code(), by, why]);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// The decisions as rows of `people`: which are one, and which are two.
    ///
    /// # Errors
    ///
    /// If an id is not in the case, or if decisions contradict each other.
    pub(super) fn rows(&self, case: &Case) -> Result<Vec<((u32, u32), Verdict)>> {
        let row = |id: &String| {
            let symbol = case.symbol(id).filter(|symbol| symbol.is_known());
            let row = symbol.and_then(|symbol| case.row_of(Table::People, symbol));
            let row = row.and_then(|row| u32::try_from(row).ok());
            row.ok_or_else(|| {
                let found = format!("a decision about `{}`", crate::error::excerpt(id));
                Error::data(
                    Position::default(),
                    found,
                    "an id that `people` holds; mend the file of decisions",
                )
            })
        };
        let mut latest = std::collections::BTreeMap::new();
        for decision in &self.all {
            let (a, b) = (row(&decision.person_ids[0])?, row(&decision.person_ids[1])?);
            latest.insert((a.min(b), a.max(b)), decision.verdict);
        }
        let latest: Vec<_> = latest.into_iter().collect();
        Self::agree(case, &latest)?;
        Ok(latest)
    }

    /// Whether the decisions are about this case and agree with each other.
    ///
    /// # Errors
    ///
    /// If an id is not in the case, or if decisions contradict each other.
    pub fn check(&self, case: &Case) -> Result<()> {
        self.rows(case).map(drop)
    }

    fn agree(case: &Case, latest: &[((u32, u32), Verdict)]) -> Result<()> {
        let mut groups = super::groups::Groups::new(case.people.len());
        for ((a, b), _) in latest.iter().filter(|entry| entry.1 == Verdict::Same) {
            groups.join(*a, *b);
        }
        let different = latest.iter().filter(|entry| entry.1 == Verdict::Different);
        for ((a, b), _) in different {
            if groups.root(*a) == groups.root(*b) {
                let id = |row: u32| case.text(case.people[row as usize].person);
                let found = format!(
                    "`{}` and `{}` are decided to be two people, and by other decisions one",
                    id(*a),
                    id(*b)
                );
                return Err(Error::data(
                    Position::default(),
                    found,
                    "decisions that agree; take one of them back",
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
