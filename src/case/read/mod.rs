//! From files to a case: streaming, on all threads, every row used or refused with a reason.

mod binding;
mod context;
mod files;
mod input;
mod json;
mod load;
mod parse;
mod pieces;
mod reader;
mod record;
mod row;
mod text_rows;
mod workbook;

pub(super) use files::is_csv;
pub use input::InputFile;
pub use load::RowCount;
pub use reader::read;
