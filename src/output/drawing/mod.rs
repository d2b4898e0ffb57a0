//! What is the same on every drawing of a map, whatever the format: signs, lines, and what is said.

pub(super) mod line;
pub(super) mod outline;
pub(super) mod sign;
pub(super) mod telling;
pub(super) mod text;
