//! Which columns a file of edges has.

use super::source::Source;
use crate::case::Limits;
use crate::error::{Error, Position, Result, excerpt};

/// Which columns are read.
#[derive(Debug)]
pub(super) struct Layout {
    /// What parts the columns.
    pub(super) comma: u8,
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) weight: Option<usize>,
    /// How many columns there are.
    pub(super) columns: usize,
    /// Where the first edge begins.
    pub(super) start: u64,
    /// The names of columns that are not read.
    pub(super) unread: Vec<String>,
    pub(super) limits: Limits,
}

const SOURCES: [&str; 5] = ["source", "src", "from", "van", "bron"];
const TARGETS: [&str; 5] = ["target", "dst", "to", "naar", "doel"];
const WEIGHTS: [&str; 4] = ["weight", "count", "gewicht", "aantal"];

impl Layout {
    pub(super) fn of(source: &Source) -> Result<Self> {
        let head = source.head()?;
        let mut start = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut line_number = 1;
        let (line, next) = loop {
            let rest = &head[start..];
            let length = memchr::memchr(b'\n', rest);
            let line = &rest[..length.unwrap_or(rest.len())];
            let next = start + length.map_or(rest.len(), |at| at + 1);
            let remark = line.trim_ascii().is_empty() || matches!(line[0], b'#' | b'%');
            if !remark || next == head.len() {
                break (line, next);
            }
            (start, line_number) = (next, line_number + 1);
        };
        let place = Position { file: source.name(), line: line_number, ..Position::default() };
        let Ok(line) = std::str::from_utf8(line) else {
            return Err(Error::data(place, "bytes that are no UTF-8", "text in UTF-8"));
        };
        Self::of_line(line.trim_end(), place, (start as u64, next as u64), source.limits)
    }

    fn of_line(
        line: &str,
        place: Position,
        (start, next): (u64, u64),
        limits: Limits,
    ) -> Result<Self> {
        limits.check_record(line.len(), &place)?;
        let comma = [',', ';', '\t'].into_iter().find(|&comma| line.contains(comma)).unwrap_or(' ');
        let fields: Vec<String> =
            line.split(comma).map(|field| field.trim().trim_matches('"').to_lowercase()).collect();
        let column = |names: &[&str]| fields.iter().position(|name| names.contains(&name.as_str()));
        let comma = u8::try_from(comma).expect("what parts columns is ASCII");
        let columns = fields.len();
        limits.check_columns(columns, &place)?;
        if let (Some(source), Some(target)) = (column(&SOURCES), column(&TARGETS)) {
            let weight = column(&WEIGHTS);
            let read = [Some(source), Some(target), weight];
            let unread = (0..columns).filter(|&at| !read.contains(&Some(at)));
            let unread = unread.map(|at| excerpt(&fields[at])).collect();
            return Ok(Self {
                comma,
                source,
                target,
                weight,
                columns,
                start: next,
                unread,
                limits,
            });
        }
        let numbers = fields.iter().all(|field| field.parse::<f64>().is_ok());
        if numbers && (2..=3).contains(&columns) {
            let weight = (columns == 3).then_some(2);
            return Ok(Self {
                comma,
                source: 0,
                target: 1,
                weight,
                columns,
                start,
                unread: Vec::new(),
                limits,
            });
        }
        let expected =
            "a first line that names the columns `source`, `target` and perhaps `weight`";
        Err(Error::data(place, format!("`{}`", excerpt(line)), expected))
    }

    /// Whether nothing but numbers in the first columns has to be read.
    pub(super) fn is_plain(&self) -> bool {
        (self.source, self.target) == (0, 1)
            && match self.weight {
                None => self.columns == 2,
                Some(weight) => weight == 2 && self.columns == 3,
            }
    }
}
