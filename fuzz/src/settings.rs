//! Files that say how others are read.

use kluwen::case::{GradeTable, Mapping, Table};
use kluwen::error::Position;
use kluwen::identity::Decisions;

use super::cases::told_well;

/// A mapping is refused with its place, or names only what the contract knows.
pub(crate) fn mapping(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Mapping::from_toml(text, "mapping.toml") {
        Ok(mapping) => {
            for reading in mapping.readings() {
                let table = Table::parse(&reading.table).expect("a table of the contract");
                for column in reading.columns.keys().chain(reading.constants.keys()) {
                    assert!(table.columns().iter().any(|known| known.name == column));
                }
            }
        }
        Err(error) => told_well(&error, "mapping.toml"),
    }
}

/// A table of grades is refused with its place, or holds chances.
pub(crate) fn grades(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let position = Position { file: "grades.toml".into(), ..Position::default() };
    match GradeTable::from_toml(text, position) {
        Ok(grades) => {
            for table in Table::ALL {
                assert!((0.0..=1.0).contains(&grades.ungraded(table)));
            }
            for grade in ["A1", "B2", "5x5x5:B22", "0.4", "1", "-0", "nan", ""] {
                let worth = grades.certainty(grade);
                assert!(
                    worth.is_none_or(|worth| (0.0..=1.0).contains(&worth)),
                    "{grade}: {worth:?}"
                );
            }
            assert!(!grades.expected().is_empty());
        }
        Err(error) => told_well(&error, "grades.toml"),
    }
}

/// Decisions are refused with their place, or come back as they were from what is written of them.
pub(crate) fn decisions(data: &[u8]) {
    match Decisions::from_csv(data, "decisions.csv") {
        Ok(decisions) => {
            let written = decisions.to_csv();
            let back = Decisions::from_csv(written.as_bytes(), "decisions.csv");
            let back = back.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(back.all(), decisions.all());
        }
        Err(error) => told_well(&error, "decisions.csv"),
    }
}
