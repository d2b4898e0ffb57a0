//! Workbooks: an archive as it is, or its parts, packed here, so that what is within is reached.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::cases::both_ways;
use super::scratch;

/// The archive itself if it begins as one, else its parts, each after a line `=== name`.
pub(crate) fn workbook(data: &[u8]) {
    let packed = if data.starts_with(b"PK") { Some(data.to_vec()) } else { packed(data) };
    if let Some(bytes) = packed {
        scratch::file("case.xlsx", &bytes, |path| both_ways(path, None));
    }
}

fn packed(data: &[u8]) -> Option<Vec<u8>> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in scratch::parts(data) {
        archive.start_file(name, stored).ok()?;
        archive.write_all(bytes).ok()?;
    }
    archive.finish().ok().map(Cursor::into_inner)
}
