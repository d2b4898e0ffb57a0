//! What is wrong with the files, class by class, each with its place.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Position};

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row is not used.
    Error,
    /// The row is used; somebody should look at it.
    Warning,
}

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident, $title:literal;)+) => {
        /// A class of fault.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[non_exhaustive]
        pub enum FaultClass { $($(#[$doc])* #[serde(rename = $name)] $variant,)+ }

        impl FaultClass {
            /// The name in JSON and in a rejects file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How bad faults of this class are.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// The class in words.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

classes! {
    /// A table that must be there is not.
    TableMissing = "table_missing", Error, "a table is missing";
    /// A column that must be there is not.
    ColumnMissing = "column_missing", Error, "a column is missing";
    /// Two columns have one name.
    ColumnTwice = "column_twice", Error, "a column stands twice";
    /// A file is damaged, or is not what its name says.
    FileBroken = "file_broken", Error, "a file that is damaged or not what its name says";
    /// The bytes are not UTF-8.
    Encoding = "encoding", Error, "text that is not UTF-8";
    /// Quotes do not pair.
    Quoting = "quoting", Error, "quotes that do not pair";
    /// A row has another number of fields than the header.
    FieldCount = "field_count", Error, "a row with too few or too many fields";
    /// A line is not a JSON object of the contract.
    Json = "json", Error, "a line that is not a row in JSON";
    /// A cell that must be filled is empty.
    Required = "required", Error, "a cell that must be filled is not";
    /// A code outside its list.
    Code = "code", Error, "a code that is not in its list";
    /// A code outside its list that was taken as `other`.
    CodeAsOther = "code_as_other", Warning, "a code outside its list that was taken as `other`";
    /// Not a date of the contract.
    Date = "date", Error, "a date that cannot be read";
    /// Not a number of the contract.
    Number = "number", Error, "a number that cannot be read";
    /// A grade outside every scheme.
    Grade = "grade", Error, "a grade that no scheme knows";
    /// An end before its start.
    SpanReversed = "span_reversed", Error, "an end before its start";
    /// An id that its table does not hold.
    Dangling = "dangling_reference", Error, "an id that its table does not hold";
    /// An id that an earlier row has.
    Duplicate = "duplicate_id", Error, "an id that an earlier row has";
    /// A person linked to himself.
    SelfLink = "self_link", Error, "a person linked to himself";
    /// Two tables say what cannot both be.
    Contradiction = "contradiction", Warning, "two rows that cannot both be right";
    /// An id, name or value that programs mistake for another.
    IdentityTrap = "identity_trap", Warning, "an id, name or value that is easily mistaken";
    /// A column that the contract does not know.
    ColumnUnknown = "column_unknown", Warning, "a column that the contract does not know";
    /// Text after a closing quote.
    OddQuote = "odd_quote", Warning, "text after a closing quote";
    /// Records of another standard that the tables have no place for, or give another place.
    Foreign = "foreign_record", Warning, "records of another standard that the tables have no place for";
    /// A file that the contract does not know.
    FileUnknown = "file_unknown", Warning, "a file that the contract does not know";
}

impl fmt::Display for FaultClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Of what class.
    pub class: FaultClass,
    /// Where.
    pub position: Position,
    /// What stands there, quoted.
    pub found: String,
    /// What would be right, and what to do.
    pub expected: String,
}

impl Fault {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.class.severity()
    }

    /// Text after a closing quote.
    pub(super) fn odd_quote(position: Position) -> Self {
        let expected =
            "a separator or the end of the line there; a quote inside a text is written twice";
        Self {
            class: FaultClass::OddQuote,
            position,
            found: "text after a closing quote".into(),
            expected: expected.into(),
        }
    }

    /// Whether a row was not used for it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// The same as an error that stops a command.
    #[must_use]
    pub fn to_error(&self) -> Error {
        Error::data(self.position.clone(), self.found.clone(), self.expected.clone())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; expected {}", self.position, self.found, self.expected)
    }
}

/// All faults of a case, in the order in which the tables are read, and how many of each class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    listed: Vec<Fault>,
    counts: BTreeMap<FaultClass, usize>,
}

/// At most this many faults of one class are listed; all are counted.
pub const LISTED: usize = 10_000;

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, fault: Fault) {
        let count = self.counts.entry(fault.class).or_default();
        *count += 1;
        if *count <= LISTED {
            self.listed.push(fault);
        }
    }

    /// The faults, at most [`LISTED`] of each class.
    #[must_use]
    pub fn listed(&self) -> &[Fault] {
        &self.listed
    }

    /// How many faults there are of each class.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<FaultClass, usize> {
        &self.counts
    }

    /// How many faults of a severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|(class, _)| class.severity() == severity).map(|(_, n)| n).sum()
    }

    /// Whether as many of each class are listed as their count says, and no count reaches `many`.
    pub(super) fn are_sound(&self, many: usize) -> bool {
        let mut listed: BTreeMap<FaultClass, usize> = BTreeMap::new();
        for fault in &self.listed {
            *listed.entry(fault.class).or_default() += 1;
        }
        let count = |&count: &usize| count.min(LISTED);
        self.counts.values().all(|&count| count < many)
            && self.counts.iter().map(|(class, n)| (*class, count(n))).eq(listed)
    }

    /// The first fault for which a row was not used.
    #[must_use]
    pub fn first_error(&self) -> Option<&Fault> {
        self.listed.iter().find(|fault| fault.severity() == Severity::Error)
    }
}

impl Extend<Fault> for Faults {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(class: FaultClass, line: u64) -> Fault {
        let position = Position { file: "a.csv".into(), line, ..Position::default() };
        Fault { class, position, found: "x".into(), expected: "y".into() }
    }

    #[test]
    fn faults_are_counted_by_class_and_by_severity() {
        let mut faults = Faults::default();
        assert!(faults.first_error().is_none() && faults.are_sound(1));
        faults.extend([
            fault(FaultClass::IdentityTrap, 1),
            fault(FaultClass::Code, 2),
            fault(FaultClass::Date, 3),
            fault(FaultClass::Code, 4),
        ]);
        assert_eq!(faults.counts()[&FaultClass::Code], 2);
        assert_eq!((faults.count(Severity::Error), faults.count(Severity::Warning)), (3, 1));
        assert_eq!(faults.first_error(), Some(&fault(FaultClass::Code, 2)));
        assert_eq!(faults.listed().len(), 4);
        assert!(fault(FaultClass::Code, 1).is_error() && !fault(FaultClass::Foreign, 1).is_error());
        assert_eq!(fault(FaultClass::Code, 2).to_string(), "a.csv:2: x; expected y");
        assert_eq!(fault(FaultClass::Code, 2).to_error().to_string(), "a.csv:2: x; expected y");
        assert_eq!(FaultClass::Dangling.to_string(), "dangling_reference");
    }

    #[test]
    fn of_one_class_ten_thousand_are_listed_and_all_are_counted() {
        let mut faults = Faults::default();
        (0..10_001).for_each(|line| faults.push(fault(FaultClass::Code, line)));
        faults.push(fault(FaultClass::Date, 1));
        assert_eq!(faults.listed().len(), 10_001);
        assert_eq!(faults.listed()[9_999].position.line, 9_999);
        assert_eq!(faults.listed()[10_000].class, FaultClass::Date);
        assert_eq!(faults.counts()[&FaultClass::Code], 10_001);
        assert!(faults.are_sound(10_002) && !faults.are_sound(10_001));
    }

    #[test]
    fn faults_are_sound_where_as_many_are_listed_as_are_counted() {
        let sound = |listed: Vec<Fault>, counts: &[(FaultClass, usize)]| {
            Faults { listed, counts: counts.iter().copied().collect() }.are_sound(5)
        };
        let (code, date) = (FaultClass::Code, FaultClass::Date);
        assert!(sound(vec![fault(code, 1), fault(code, 2)], &[(code, 2)]));
        assert!(!sound(vec![fault(code, 1), fault(code, 2)], &[(code, 1)]));
        assert!(!sound(vec![fault(code, 1)], &[(code, 2)]));
        assert!(!sound(vec![fault(code, 1)], &[(date, 1)]));
        assert!(!sound(vec![], &[(date, 1)]));
        assert!(!sound(vec![fault(code, 1)], &[]));
        assert!(!sound((0..5).map(|line| fault(code, line)).collect(), &[(code, 5)]));
    }
}
