//! From files to a case: streaming, on all threads, every row used or refused with a reason.

mod binding;
mod context;
mod csv_files;
mod files;
mod held;
mod input;
mod json;
mod load;
mod not_text;
mod parse;
mod pieces;
mod reader;
mod record;
mod row;
mod scan;
mod text_rows;
mod workbook;

pub use input::InputFile;
pub use load::RowCount;
pub use reader::read;
pub use workbook::WORKBOOK_THREAD;
