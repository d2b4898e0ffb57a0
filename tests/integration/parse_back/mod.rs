//! What is written is read back by parsers that are not ours, and says what went in.
//!
//! Names of the worst kind stand wherever a case has text. A format may spell characters that it cannot hold, or that act on a reader, in
//! the way its documentation says; nothing else may change, and nothing may become structure.

mod case_files;
mod maps;
mod names;
mod reports;
mod sheets;
