//! One error type for the whole house, with the place in the input where it has one.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Where in the input something was found.
///
/// Lines and columns count from 1. A column is a field of the row, by its name where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The file as the user named it; `-` is standard input.
    pub file: String,
    /// The physical line, counted from 1; 0 where the whole file is meant.
    pub line: u64,
    /// The column's name; empty where the whole row is meant.
    pub column: String,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", printable(&self.file))?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ": column `{}`", excerpt(&self.column))?;
        }
        Ok(())
    }
}

/// What went wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of error, by what a caller can do about them.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input says something it may not say.
    Data {
        /// Where.
        position: Position,
        /// What stands there.
        found: String,
        /// What would be right, and what to do.
        expected: String,
    },
    /// An option or argument is out of its range.
    Usage(String),
    /// A file or device failed.
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried: `read`, `write`, …
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// A stated limit was reached.
    Limit {
        /// What reached it, and where.
        what: String,
        /// What to do.
        advice: String,
    },
    /// An engine that somebody else runs failed, or is not there.
    Engine {
        /// Which, what was tried, and what it said.
        what: String,
        /// What to do.
        advice: String,
    },
    /// An iteration did not settle.
    NotConverged {
        /// The measure.
        measure: &'static str,
        /// Rounds made.
        rounds: usize,
        /// What was still moving after them.
        residual: f64,
    },
}

impl Error {
    /// The input is at fault at `position`.
    pub fn data(position: Position, found: impl Into<String>, expected: impl Into<String>) -> Self {
        ErrorKind::Data { position, found: found.into(), expected: expected.into() }.into()
    }

    /// An option or argument is out of its range.
    pub fn usage(message: impl Into<String>) -> Self {
        ErrorKind::Usage(message.into()).into()
    }

    /// A file or device failed while `action` was tried.
    pub fn io(path: impl Into<PathBuf>, action: &'static str, source: std::io::Error) -> Self {
        ErrorKind::Io { path: path.into(), action, source }.into()
    }

    /// A stated limit was reached.
    pub fn limit(what: impl Into<String>, advice: impl Into<String>) -> Self {
        ErrorKind::Limit { what: what.into(), advice: advice.into() }.into()
    }

    /// An engine that somebody else runs failed, or is not there.
    pub fn engine(what: impl Into<String>, advice: impl Into<String>) -> Self {
        ErrorKind::Engine { what: what.into(), advice: advice.into() }.into()
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// Where in the input, if the input is at fault.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        match self.kind() {
            ErrorKind::Data { position, .. } => Some(position),
            _ => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Data { position, found, expected } => {
                write!(f, "{position}: {found}; expected {expected}")
            }
            ErrorKind::Usage(message) => write!(f, "{message}"),
            ErrorKind::Io { path, action, source } => {
                write!(f, "{}: could not {action}: {source}", printable(&path.to_string_lossy()))
            }
            ErrorKind::Limit { what, advice } | ErrorKind::Engine { what, advice } => {
                write!(f, "{what}; {advice}")
            }
            ErrorKind::NotConverged { measure, rounds, residual } => write!(
                f,
                "{measure} did not settle in {rounds} rounds (still moving by {residual:e}); \
                 raise the rounds or the tolerance"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// At most this many characters of the input are quoted in a message.
const EXCERPT: usize = 40;

/// `text` made safe for a message: cut to 40 characters, nothing in it that moves a cursor,
/// reverses a line or hides itself.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let mut cut: String = text.chars().take(EXCERPT).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    printable(&cut)
}

/// `text` with control, bidirectional and invisible characters written as `\u{…}`.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// Whether a terminal or reader may act on `c` instead of showing it.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_move_the_cursor() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202e}"), "a\\u{1b}[2Jb\\u{202e}");
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(excerpt(&"x".repeat(100)).chars().count(), EXCERPT + 1);
    }

    #[test]
    fn a_data_error_says_where_what_and_what_else() {
        let position = Position { file: "links.csv".into(), line: 17, column: "from".into() };
        let error = Error::data(position, "`p9`", "an id in people.csv");
        assert_eq!(
            error.to_string(),
            "links.csv:17: column `from`: `p9`; expected an id in people.csv"
        );
    }

    #[test]
    fn a_short_value_is_whole() {
        assert_eq!(excerpt("p9"), "p9");
        assert_eq!(excerpt(&"é".repeat(EXCERPT)), "é".repeat(EXCERPT));
    }

    #[test]
    fn what_hides_or_turns_text_is_written_out_and_its_neighbours_are_not() {
        let acting = "\u{0}\u{1f}\u{7f}\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}\u{200f}\u{2028}\u{202e}\u{2060}\u{206f}\u{feff}\
                      \u{fff9}\u{fffb}\u{fffe}\u{ffff}\u{e0000}\u{e007f}";
        assert_eq!(acting.chars().find(|&c| !is_unprintable(c)), None);
        let plain = " ~\u{a0}é\u{61b}\u{200a}\u{2010}\u{2027}\u{202f}\u{205f}\u{2070}\u{fefe}\u{fff8}\u{fffd}\u{e0080}漢🂡";
        assert_eq!(printable(plain), plain);
    }

    #[test]
    fn an_error_of_a_whole_file_names_no_line() {
        let file = "a\u{1b}.csv".into();
        let position = Position { file, ..Position::default() };
        assert_eq!(position.to_string(), "a\\u{1b}.csv");
    }

    #[test]
    fn each_kind_of_error_says_what_to_do() {
        use std::error::Error as _;

        let data = Error::data(Position::default(), "x", "y");
        assert_eq!(data.position(), Some(&Position::default()));
        let usage = Error::usage("a seed is a number");
        assert_eq!(usage.to_string(), "a seed is a number");
        assert!(matches!(usage.kind(), ErrorKind::Usage(_)) && usage.position().is_none());
        let io = Error::io("a.csv", "read", std::io::Error::other("gone"));
        assert_eq!(io.to_string(), "a.csv: could not read: gone");
        assert_eq!(io.source().map(ToString::to_string).as_deref(), Some("gone"));
        let limit = Error::limit("a.csv has 9 rows", "raise the limit");
        assert_eq!(limit.to_string(), "a.csv has 9 rows; raise the limit");
        assert!(limit.source().is_none());
        let engine = Error::engine("nobody listens", "start it");
        assert_eq!(engine.to_string(), "nobody listens; start it");
    }
}
