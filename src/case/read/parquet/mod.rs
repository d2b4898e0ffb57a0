//! Cases in Parquet tables: what `kluwen convert --to parquet` writes, in one file a table or in the parts that engines write.
//!
//! A file is decoded in a thread of its own, some thousand rows at a time, while the rows before are read.

mod columns;
mod file;
mod pages;

use std::sync::mpsc::sync_channel;
use std::thread;

use bytes::Bytes;

use super::files::PartFile;
use super::given::Run;
use super::input::{Watch, whole};
use super::reader::Reader;
use super::workbook::WORKBOOK_THREAD;
use crate::error::{Error, Position, Result, excerpt};

use self::file::TableFile;

impl Reader<'_> {
    pub(super) fn parquet(&mut self, files: &[PartFile]) -> Result<()> {
        self.refuse_mapping()?;
        files.iter().try_for_each(|file| {
            let read = self.part(file);
            self.told(read)
        })
    }

    fn part(&mut self, file: &PartFile) -> Result<()> {
        self.met[file.table as usize] = true;
        let (watch, limits) = (Watch::new(self.options.digest), self.options.limits);
        let bytes = Bytes::from(whole(&file.path, &file.name, &watch, limits, |_| Ok(()))?);
        let (sender, runs) = sync_channel::<Result<Run>>(2);
        let (headers, header) = sync_channel(1);
        let damaged = || bad(&file.name, "a damaged Parquet file");
        thread::scope(|scope| {
            // The library panics on some damaged files. A thread of its own contains that: it shares nothing but the bytes, and these it
            // cannot change.
            let decode = move || {
                let open = TableFile::open(bytes, &file.name, limits)?;
                // Whoever reads has left when nobody takes what is sent.
                if headers.send(open.header()).is_ok() {
                    open.runs(|run| sender.send(Ok(run)).is_ok())?;
                }
                Ok(())
            };
            let decoding = thread::Builder::new().name(WORKBOOK_THREAD.into());
            let decoding = decoding.spawn_scoped(scope, decode);
            let decoding =
                decoding.map_err(|error| Error::io(&file.name, "start a thread to read", error))?;
            let read = match header.recv() {
                // Whoever decodes ends when this end of the runs is gone.
                Ok(header) => self.given(file.table, &file.name, &header, move || runs.recv().ok()),
                Err(_) => Ok(()),
            };
            let decoded = decoding.join().unwrap_or_else(|_| Err(damaged()));
            // A fault of a row comes before damage that lies behind it.
            read.and(decoded)
        })?;
        self.files.push(watch.file(&file.name));
        Ok(())
    }
}

/// A Parquet file that cannot be read.
fn bad(file: &str, found: &str) -> Error {
    let position = Position { file: file.into(), ..Position::default() };
    let expected = "a whole Parquet file; copy it or convert the case anew";
    Error::data(position, excerpt(found), expected)
}
