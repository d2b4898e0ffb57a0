//! From files to a case: streaming, on all threads, every row used or refused with a reason.

mod binding;
mod context;
mod csv_files;
mod files;
mod foreign;
mod given;
mod held;
mod input;
mod json;
mod load;
mod not_text;
#[cfg(feature = "parquet")]
mod parquet;
mod parse;
mod pieces;
mod profile;
mod reader;
mod record;
mod row;
mod scan;
mod text_rows;
mod workbook;
mod workbook_parts;

pub(crate) use files::in_two_forms;
pub use files::{parquet_files, parquet_forms};
pub(crate) use given::{CERTAINTY, ROW_FILE, ROW_LINE, ROW_NUMBER};
pub use given::{GivenRow, GivenTable, read_given};
pub use input::InputFile;
pub(super) use input::{Watch, refuse_what_is_no_file, whole};
pub use load::RowCount;
pub(super) use reader::short_name;
pub use reader::{read, read_tables};
pub(super) use record::{Record, claim};
pub use workbook::WORKBOOK_THREAD;
