//! The tests that look at the house from outside: one binary, one module a question.

mod common;
mod definitions;
mod determinism;
mod laws;
mod measures;
mod oracle;
mod published;
mod shared_data;
