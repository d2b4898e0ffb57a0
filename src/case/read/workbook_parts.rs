//! The parts of a workbook, looked at before its reader gets them: what they state of their size is not believed.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::super::limits::Limits;
use super::workbook::bad;
use crate::error::Result;

/// Unpacks every part once to nowhere, and refuses a workbook that holds more than it may, or less than it states where the reader would
/// make room for that.
pub(super) fn check_parts(bytes: &[u8], limits: Limits, file: &str) -> Result<()> {
    let broken = |found: String| bad(file, &found);
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut unpacked = bytes.len() as u64;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|error| broken(error.to_string()))?;
        let before = unpacked;
        loop {
            const STEP: u64 = 1 << 20;
            let got = io::copy(&mut (&mut part).take(STEP), &mut io::sink());
            let got = got.map_err(|error| broken(error.to_string()))?;
            unpacked += got;
            limits.check_whole(unpacked, file)?;
            if got < STEP {
                break;
            }
        }
        let name = part.name().map_err(|error| broken(error.to_string()))?.to_lowercase();
        if name.ends_with("sharedstrings.xml") {
            drop(part);
            let part = archive.by_index(at).map_err(|error| broken(error.to_string()))?;
            check_texts(part, unpacked - before, file)?;
        }
    }
    Ok(())
}

/// Refuses a list of texts that states more of them than it has bytes: the reader would make room for all.
fn check_texts(part: impl Read, bytes: u64, file: &str) -> Result<()> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    // What is no XML is for the reader to refuse.
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "sst" => {
                return match stated(&start) {
                    Some(count) if count > bytes => {
                        Err(bad(file, &format!("{count} texts stated in {bytes} bytes")))
                    }
                    _ => Ok(()),
                };
            }
            Event::Eof => break,
            _ => buffer.clear(),
        }
    }
    Ok(())
}

fn stated(start: &BytesStart<'_>) -> Option<u64> {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).filter_map(std::result::Result::ok);
    let counts = attributes.filter(|attribute| attribute.key.as_ref() == "uniqueCount");
    let numbers = counts.map(|count| count.value.into_owned());
    let numbers = numbers.filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
    // A number too long for 64 bits is more than there can be.
    numbers.map(|count| count.parse().unwrap_or(u64::MAX)).max()
}
