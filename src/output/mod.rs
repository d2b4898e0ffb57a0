//! How is it shown?
//!
//! One format a file, one escaping function a sink, one [`save`] for every file that is written. What
//! comes from a case is text that somebody else chose: none of it may become markup, a formula,
//! a node or a cursor movement on its way out.

mod base64;
mod case_data;
mod csv;
mod dot;
mod drawing;
mod exchange;
mod findings_json;
mod format;
mod json;
mod json_text;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod percent;
mod placement;
#[cfg(feature = "png")]
mod png;
mod rejects;
mod report;
mod save;
mod sheet;
mod spelt;
mod svg;
mod table;
mod words;

#[cfg(feature = "parquet")]
pub use case_data::write_parquet;
pub use case_data::{
    CaseData, Disclosure, Fate, Kept, TableFile, Treatment, ftm_fates, table_fates, treatment,
    write_csv_table, write_ftm, write_json_lines,
};
pub use dot::Dot;
pub use exchange::{Exchange, GexfVersion, Losses, MapFiles, map_files, write_map};
pub use findings_json::write_findings;
pub use format::Format;
pub use json_text::{write_json, write_json_line};
pub use page::HtmlMap;
pub use placement::{Axis, Lane, Layout, Placed, Placement, Tick};
#[cfg(feature = "png")]
pub use png::{Png, Raster};
pub use rejects::write_rejects;
pub use report::Report;
pub(crate) use save::sync_folder_of;
pub use save::{Abandoned, Drafts, InputGuard, Saved, Turn, abandon_drafts, save};
pub use sheet::{Cell, Sheet};
pub use spelt::spelt_out;
pub use svg::{Paper, Svg};
pub use words::Lang;
