//! From a grade as it is written to a certainty, by a table that users can replace.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::schema::Table;
use crate::error::{Error, Position, Result, printable};

/// What each grade is worth: the chance that what the row says is true, in [0, 1].
///
/// The default table is the proposal of `grades.toml`; nobody has published one.
///
/// # Examples
///
/// ```
/// use kluwen::case::GradeTable;
///
/// let grades = GradeTable::default();
/// assert_eq!(grades.certainty("0.8"), Some(0.8));
/// assert_eq!(grades.certainty("A1"), Some(0.97));
/// assert_eq!(grades.certainty("B2"), grades.certainty("5x5x5:B22"));
/// assert_eq!(grades.certainty("Z9"), None);
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeTable {
    default: BTreeMap<String, f64>,
    scheme: BTreeMap<String, Scheme>,
}

/// One scheme: what its marks for source and information are worth.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scheme {
    source: BTreeMap<String, f64>,
    information: BTreeMap<String, f64>,
    #[serde(default)]
    handling: Vec<String>,
}

/// How a row may be handled, by its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handling<'t> {
    /// The grade does not say.
    None,
    /// A code of this scheme, by its place, counted from the least restricted.
    Code(&'t str, usize),
    /// The table does not know the grade.
    Unknown,
}

/// The scheme of a grade that names none.
const PLAIN: &str = "admiralty";

impl Default for GradeTable {
    fn default() -> Self {
        let file = Position { file: "grades.toml".into(), ..Position::default() };
        Self::from_toml(include_str!("grades.toml"), file).expect("the table we ship is whole")
    }
}

impl GradeTable {
    /// A table from the text of a TOML file at `position`.
    ///
    /// # Errors
    ///
    /// If it is not such a table, or a certainty is not in [0, 1].
    pub fn from_toml(text: &str, position: Position) -> Result<Self> {
        let expected = "a table of grades as `grades.toml` in the source shows it";
        let table: Self = toml::from_str(text).map_err(|error: toml::de::Error| {
            let before =
                error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            let position = Position { line: before as u64, ..position.clone() };
            Error::data(position, printable(error.message()), expected)
        })?;
        let strange = table.values().find(|value| !(0.0..=1.0).contains(value));
        match strange {
            Some(value) => {
                Err(Error::data(position, format!("certainty {value}"), "a number in [0, 1]"))
            }
            None => Ok(table),
        }
    }

    /// What `grade` is worth; none if the table does not know it.
    #[must_use]
    pub fn certainty(&self, grade: &str) -> Option<f64> {
        let bare = || grade.parse().ok().filter(|value| (0.0..=1.0).contains(value));
        match grade.split_once(':') {
            Some((scheme, marks)) => self.scheme.get(scheme)?.certainty(marks),
            None => self.scheme.get(PLAIN).and_then(|plain| plain.certainty(grade)).or_else(bare),
        }
    }

    /// What an empty grade is worth in `table`.
    #[must_use]
    pub fn ungraded(&self, table: Table) -> f64 {
        let named = self.default.get(table.name()).or_else(|| self.default.get("any"));
        named.copied().unwrap_or(1.0)
    }

    /// The schemes that the table knows, for a message.
    #[must_use]
    pub fn expected(&self) -> String {
        let schemes: Vec<&str> = self.scheme.keys().map(String::as_str).collect();
        format!(
            "a grade such as `B2`, `5x5x5:B22`, `3x5x2:reliable-A-P`, `4x4:A1` or a number in \
             [0, 1]; the schemes known are {}",
            schemes.join(", ")
        )
    }

    /// The handling code of a grade.
    pub(super) fn handling(&self, grade: &str) -> Handling<'_> {
        let (scheme, marks) = grade.split_once(':').unwrap_or((PLAIN, grade));
        let known = self.scheme.get_key_value(scheme);
        let code = known.and_then(|(name, scheme)| Some((name, scheme, scheme.code(marks)?)));
        match code {
            Some((_, _, "")) => Handling::None,
            Some((name, scheme, code)) => {
                scheme.place(code).map_or(Handling::Unknown, |place| Handling::Code(name, place))
            }
            None if grade.is_empty() || grade.parse::<f64>().is_ok() => Handling::None,
            None => Handling::Unknown,
        }
    }

    /// Every scheme that has a handling code, and its place there, counted from the least restricted: `2`, or `5x5x5:2`.
    pub(super) fn handling_places(&self, code: &str) -> Vec<(&str, usize)> {
        let (named, code) =
            code.split_once(':').map_or((None, code), |(s, c)| (Some(s.trim()), c.trim()));
        let schemes =
            self.scheme.iter().filter(|(name, _)| named.is_none_or(|named| named == *name));
        schemes.filter_map(|(name, scheme)| Some((name.as_str(), scheme.place(code)?))).collect()
    }

    /// The handling codes that the table knows, for a message.
    pub(super) fn handling_codes(&self) -> String {
        let all = self.scheme.iter().filter(|(_, scheme)| !scheme.handling.is_empty());
        all.map(|(name, scheme)| format!("{name}: {}", scheme.handling.join(" ")))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// The handling code of a grade, with its scheme; none where it has none.
    ///
    /// # Examples
    ///
    /// ```
    /// let grades = kluwen::case::GradeTable::default();
    /// assert_eq!(grades.handling_code("5x5x5:B23").as_deref(), Some("5x5x5:3"));
    /// assert_eq!(grades.handling_code("B2"), None);
    /// ```
    #[must_use]
    pub fn handling_code(&self, grade: &str) -> Option<String> {
        let Handling::Code(scheme, place) = self.handling(grade) else { return None };
        Some(format!("{scheme}:{}", self.scheme[scheme].handling[place]))
    }

    /// Whether this is a handling code, or several with `;` between them, that the table knows: no text of somebody's own.
    ///
    /// # Examples
    ///
    /// ```
    /// let grades = kluwen::case::GradeTable::default();
    /// assert!(grades.is_handling_code("3x5x2:P") && !grades.is_handling_code("only for Anna"));
    /// ```
    #[must_use]
    pub fn is_handling_code(&self, text: &str) -> bool {
        let codes = text.split(';').map(str::trim).filter(|code| !code.is_empty());
        codes.into_iter().all(|code| !self.handling_places(code).is_empty())
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        let schemes = self.scheme.values();
        let marks = schemes.flat_map(|s| s.source.values().chain(s.information.values()));
        self.default.values().chain(marks).copied()
    }
}

impl Scheme {
    /// What stands after source and information in `marks`.
    fn code<'m>(&self, marks: &'m str) -> Option<&'m str> {
        let (_, rest) = first_mark(&self.source, marks)?;
        first_mark(&self.information, rest).map(|(_, rest)| rest)
    }

    /// The place of a handling code, however its letters are cased; the most restricted where several are alike.
    fn place(&self, code: &str) -> Option<usize> {
        self.handling.iter().rposition(|known| known.eq_ignore_ascii_case(code))
    }

    /// `marks` is source, information and perhaps handling, with or without `-` between them.
    fn certainty(&self, marks: &str) -> Option<f64> {
        let (source, rest) = first_mark(&self.source, marks)?;
        let (information, rest) = first_mark(&self.information, rest)?;
        let handled = rest.is_empty() || self.handling.iter().any(|code| code == rest);
        handled.then_some(source * information)
    }
}

/// The longest mark that `text` begins with, what it is worth, and what follows it.
fn first_mark<'a>(marks: &BTreeMap<String, f64>, text: &'a str) -> Option<(f64, &'a str)> {
    let fitting = marks
        .iter()
        .filter_map(|(mark, &worth)| Some((mark, worth, text.strip_prefix(mark.as_str())?)));
    let (_, worth, rest) = fitting.max_by_key(|(mark, _, _)| mark.len())?;
    Some((worth, rest.strip_prefix('-').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_of_the_contract_is_read() {
        let grades = GradeTable::default();
        for (grade, worth) in [
            ("B2", 0.95 * 0.85),
            ("5x5x5:B22", 0.95 * 0.85),
            ("3x5x2:reliable-A-P", 0.97),
            ("3x5x2:not_reliable-B-C", 0.6 * 0.85),
            ("4x4:A1", 0.97),
            ("1", 1.0),
            ("0", 0.0),
        ] {
            assert_eq!(grades.certainty(grade), Some(worth), "{grade}");
        }
    }

    #[test]
    fn a_grade_out_of_every_scheme_is_none() {
        let grades = GradeTable::default();
        for grade in ["B", "2B", "B22", "9x9:A1", "1.2", "-0.1", "NaN", "inf", "5x5x5:B29", "A 1"] {
            assert_eq!(grades.certainty(grade), None, "{grade}");
        }
    }

    #[test]
    fn a_table_of_one_s_own_must_be_of_probabilities() {
        let text = "[default]\nany = 1.5\n[scheme]\n";
        assert!(GradeTable::from_toml(text, Position::default()).is_err());
    }
}
