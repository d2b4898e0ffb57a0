//! The fields of a line, and why reading stops.

use super::layout::Layout;
use super::source::Source;
use crate::error::{Error, excerpt};
use crate::graph::csr::Held;

/// Why a way of reading a file does not work.
pub(super) enum Stop {
    /// A weight is not held by four bytes.
    Inexact,
    /// A node is called by something else than a small number.
    NotNumbers,
    /// There are quotes, so that a line may end within a field.
    Quoted,
    Fault(Fault),
    /// A line that begins there has more bytes than it may have.
    LongLine(u64),
    /// A field of the line that begins there has, in that column.
    LongField(u64, &'static str),
    Error(Error),
}

/// What is wrong with a line.
pub(super) struct Fault {
    /// Where the line begins.
    pub(super) offset: u64,
    pub(super) column: &'static str,
    pub(super) found: String,
    pub(super) expected: &'static str,
}

impl Stop {
    pub(super) fn into_error(self, source: &Source) -> Error {
        let (offset, column, found, expected) = match self {
            Self::Error(error) => return error,
            Self::LongLine(offset) => {
                return source.limits.long_record(&source.position(offset, ""));
            }
            Self::LongField(offset, column) => {
                return source.limits.long_field(&source.position(offset, column));
            }
            Self::Fault(fault) => (fault.offset, fault.column, fault.found, fault.expected),
            // Each of these makes the reader take another way; the last of the ways has none.
            Self::Inexact => {
                (0, "weight", "weights that add up to no number".into(), "a finite sum")
            }
            Self::NotNumbers | Self::Quoted => (0, "", "no edges".into(), "one edge a line"),
        };
        Error::data(source.position(offset, column), found, expected)
    }
}

/// The fields of an edge, as text.
pub(super) struct Fields<'a> {
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    pub(super) weight: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// The fields of a line that were parted already; what is wrong with it otherwise.
    pub(super) fn of(
        fields: impl Iterator<Item = &'a [u8]>,
        layout: &Layout,
        offset: u64,
    ) -> Result<Self, Stop> {
        let fault = |column, found: String, expected| {
            Stop::Fault(Fault { offset, column, found, expected })
        };
        let (mut source, mut target, mut weight, mut count) = (None, None, None, 0);
        for (at, field) in fields.enumerate() {
            count += 1;
            if at == layout.source {
                source = Some(field);
            } else if at == layout.target {
                target = Some(field);
            } else if Some(at) == layout.weight {
                weight = Some(field);
            }
        }
        if count != layout.columns {
            let found = format!("{count} columns");
            return Err(fault(
                "",
                found,
                "as many columns as the first line has; quote names with a comma",
            ));
        }
        let text = |column, field: Option<&'a [u8]>| {
            let field = std::str::from_utf8(field.unwrap_or_default().trim_ascii())
                .map_err(|_| fault(column, "bytes that are no UTF-8".into(), "text in UTF-8"))?;
            if field.is_empty() {
                return Err(fault(column, "nothing".into(), "the name or number of a node"));
            }
            if field.len() > layout.limits.field_bytes {
                return Err(Stop::LongField(offset, column));
            }
            Ok(field)
        };
        Ok(Self {
            source: text("source", source)?,
            target: text("target", target)?,
            weight: layout.weight.map(|_| text("weight", weight)).transpose()?,
        })
    }

    /// The weight; none is 1.
    pub(super) fn weight<W: Held>(&self, offset: u64) -> Result<W, Stop> {
        let Some(text) = self.weight else { return Ok(W::default()) };
        match text.parse::<f64>() {
            Ok(weight) if weight.is_finite() => W::exactly(weight).ok_or(Stop::Inexact),
            _ => Err(Stop::Fault(Fault {
                offset,
                column: "weight",
                found: format!("`{}`", excerpt(text)),
                expected: "a finite number",
            })),
        }
    }
}
