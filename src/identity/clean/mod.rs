//! What do two writings have in common?
//!
//! Names, identifiers and dates of birth, made ready to be compared, and compared field by field. Nothing here decides who is
//! who: it says how alike two fields are, and [`fold`] and its like are keys for matching, never for showing.

mod birth;
mod fold;
mod identifier;
mod likeness;
mod name;
mod sound;
mod token;

pub use birth::{BirthLikeness, birth_likeness};
pub use fold::fold;
pub use identifier::{AddressParts, Identifier, Region, identifier};
pub use likeness::{Likeness, likeness};
pub use name::Name;
pub use sound::sound;
pub use token::Token;
