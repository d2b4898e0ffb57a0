//! How is it shown?
//!
//! One format a file, one escaping function a sink, one [`save`] for every file that is written. What
//! comes from a case is text that somebody else chose: none of it may become markup, a formula,
//! a node or a cursor movement on its way out.

mod base64;
mod csv;
mod dot;
mod drawing;
mod findings_json;
mod format;
mod json;
mod json_text;
mod page;
mod percent;
mod placement;
#[cfg(feature = "png")]
mod png;
mod rejects;
mod report;
mod save;
mod sheet;
mod svg;
mod table;
mod words;

pub use dot::Dot;
pub use findings_json::write_findings;
pub use format::Format;
pub use json_text::{write_json, write_json_line};
pub use page::HtmlMap;
pub use placement::{Axis, Lane, Layout, Placed, Placement, Tick};
#[cfg(feature = "png")]
pub use png::{Png, Raster};
pub use rejects::write_rejects;
pub use report::Report;
pub use save::{InputGuard, Saved, save};
pub use sheet::{Cell, Sheet};
pub use svg::{Paper, Svg};
pub use words::Lang;
