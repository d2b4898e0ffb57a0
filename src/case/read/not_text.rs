//! Files that are plainly not text, told from their first bytes.

use memchr::memchr;

/// How many bytes of a file are looked at.
pub(super) const SAMPLE: usize = 1 << 16;

/// What `sample`, the start of a file, is, and what to do; none if it may be text.
pub(super) fn not_text(sample: &[u8]) -> Option<(&'static str, &'static str)> {
    match sample {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            return Some(("text in UTF-16", "UTF-8; save the file as `CSV UTF-8`"));
        }
        [b'P', b'K', 3, 4, ..] => {
            return Some(("a workbook or zip archive", "text; a workbook must be called `.xlsx`"));
        }
        [0x1f, 0x8b, ..] => {
            return Some(("a gzip archive", "text; if it is a packed CSV file, call it `.csv.gz`"));
        }
        _ => {}
    }
    if memchr(0, sample).is_some() {
        return Some(("a zero byte", "text; this is a binary file or text in UTF-16"));
    }
    if memchr(b'\r', sample).is_some() && memchr(b'\n', sample).is_none() {
        let found = "lines that end in a lone carriage return";
        return Some((found, "lines that end in LF or CRLF; save the file anew"));
    }
    None
}
