//! The tests that look at the house from outside: one binary, one module a question.

mod common;
