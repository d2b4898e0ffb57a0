//! JSON in which no character acts on a terminal or an editor.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::error::is_unprintable;

/// Writes one value as JSON over several lines, and a line end.
///
/// Text reads back as it was; what would act on a reader instead of being seen (control and
/// bidirectional characters) is written as `\u`.
///
/// # Errors
///
/// If `out` fails.
///
/// # Examples
///
/// ```
/// let mut out = Vec::new();
/// kluwen::output::write_json(&["a\u{202e}b"], &mut out)?;
/// assert_eq!(out, b"[\n  \"a\\u202eb\"\n]\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let formatter = Shown(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(&mut *out, formatter))?;
    out.write_all(b"\n")
}

/// Writes one value as JSON in one line, and a line end.
///
/// # Errors
///
/// If `out` fails.
pub fn write_json_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write_json_part(value, out)?;
    out.write_all(b"\n")
}

/// Writes one value as JSON without a line end, as a part of something larger.
pub(super) fn write_json_part(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Shown(CompactFormatter)))?;
    Ok(())
}

/// Lays JSON out as another formatter does, but for text.
struct Shown<F>(F);

/// Passes calls on that do not concern text.
macro_rules! as_before {
    ($($name:ident($($argument:ident: $kind:ty),*);)+) => {
        $(fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(out $(, $argument)*)
        })+
    };
}

impl<F: Formatter> Formatter for Shown<F> {
    as_before! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| is_unprintable(c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_reader_is_written_as_units_wherever_it_stands() -> io::Result<()> {
        let mut out = Vec::new();
        write_json_line(&["\u{202e}a\u{e0001}\u{feff}b"], &mut out)?;
        write_json_part(&["a\u{2028}"], &mut out)?;
        let expected: &[u8] = b"[\"\\u202ea\\udb40\\udc01\\ufeffb\"]\n[\"a\\u2028\"]";
        assert_eq!(out, expected);
        out.clear();
        write_json(&["a\u{200b}"], &mut out)?;
        assert_eq!(out, b"[\n  \"a\\u200b\"\n]\n");
        Ok(())
    }
}
