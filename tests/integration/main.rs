//! The tests that look at the house from outside: one binary, one module a question.

mod cli;
mod common;
mod determinism;
mod examples;
mod faults;
mod hostile;
mod known;
mod laws;
mod layers;
mod measures;
mod oracle;
mod published;
mod reading;
mod shared_data;
