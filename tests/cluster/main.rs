//! Do engines that somebody else runs give what this machine gives? Asked of real ones, which these tests start and end.
//!
//! `cargo test --features spark --test cluster`; `$KLUWEN_ENGINES` names a virtual environment of Python with what
//! `requirements.txt` asks for, and Java must be there for Spark.
#![allow(clippy::float_cmp)] // What comes back is what was sent.
// Numbers of nodes of small graphs.
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]

mod broken; // Does each row arrive once where a connection breaks?
mod cases; // Is what an engine says of a case what this machine says of it?
mod client; // Do rows come back as they were sent?
mod encrypted; // Does it work through a proxy with TLS that asks for a token?
mod engine;
mod faults; // Is the answer exact although somebody dies?
mod flooding;
mod greetings; // What is told when nobody listens?
mod groups; // Are the groups of an engine's network as good, however they are fetched?
mod jobs; // Does a job for Spark give the same?
mod measures; // Do supersteps give what the kernels give?
mod names; // Does who is who come out as at home, although the engine has pseudonyms alone?
mod networks; // Does an engine make the graph that this machine makes, and say the same of it?
mod rounds; // Are programs kept round by round, and gone on with?
mod shapes;
mod ties; // Is who shares what the same?
