//! How much the reader takes in before it says that something is wrong.

use crate::error::{Error, Result};

/// How much the reader takes in; what is larger is refused with a message, never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of one record, all its fields together.
    pub record_bytes: usize,
    /// The bytes of one file, after it is unpacked.
    pub input_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record_bytes: 16 << 20, input_bytes: 64 << 30 }
    }
}

impl Limits {
    pub(super) fn check_input(&self, read: u64, file: &str) -> Result<()> {
        if read <= self.input_bytes {
            return Ok(());
        }
        let what = format!("{file}: more than {} bytes when unpacked", self.input_bytes);
        Err(Error::limit(what, "split the file or raise `--max-input`"))
    }
}
