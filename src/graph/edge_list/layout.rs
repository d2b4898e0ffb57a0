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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Layout> {
        Layout::of(&Source::held("e.csv".as_ref(), text.as_bytes().to_vec(), Limits::default())?)
    }

    #[test]
    fn the_first_line_says_which_columns_there_are() {
        for (text, comma, columns, read, start, unread) in [
            ("source,target\n", b',', 2, (0, 1, None), 14, &[][..]),
            ("1 2\n3 4\n", b' ', 2, (0, 1, None), 0, &[]),
            ("1;2;0.5", b';', 3, (0, 1, Some(2)), 0, &[]),
            ("#\n\n% x\n1\t2\n", b'\t', 2, (0, 1, None), 7, &[]),
            ("\u{feff}van,x,naar,aantal\n", b',', 4, (0, 2, Some(3)), 21, &["x"]),
            ("weight;dst;src;\"When\"\r\n", b';', 4, (2, 1, Some(0)), 23, &["when"]),
            ("From,To,weight,count\n", b',', 4, (0, 1, Some(2)), 21, &["count"]),
        ] {
            let found = of(text).unwrap();
            assert_eq!((found.comma, found.columns), (comma, columns), "{text:?}");
            assert_eq!((found.source, found.target, found.weight), read, "{text:?}");
            assert_eq!(found.start, start, "{text:?}");
            assert_eq!(found.unread, unread, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_of_neither_names_nor_numbers_is_told_with_its_place() {
        for (text, line) in
            [("a,b\n1,2\n", 1), ("# x\nsource,to whom\n", 2), ("1,2,3,4\n", 1), ("1\n", 1), ("", 1)]
        {
            let error = of(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("e.csv:{line}: `")), "{error}");
            assert!(error.contains("names the columns `source`, `target`"), "{error}");
        }
    }

    #[test]
    fn numbers_alone_are_read_where_nothing_else_stands() {
        for (text, want) in [
            ("1,2\n", true),
            ("1,2,3\n", true),
            ("source,target,weight\n", true),
            ("source,target\n", true),
            ("target,source\n", false),
            ("source,target,x\n", false),
            ("source,target,x,weight\n", false),
            ("source,target,weight,x\n", false),
        ] {
            assert_eq!(of(text).unwrap().is_plain(), want, "{text:?}");
        }
    }
}
