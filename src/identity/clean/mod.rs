//! What do two writings have in common?
//!
//! Names, identifiers and dates of birth, made ready to be compared, and compared field by field. Nothing here decides who is
//! who: it says how alike two fields are, and [`fold`] and its like are keys for matching, never for showing.

mod address;
mod birth;
mod country;
mod fold;
mod handle;
mod identifier;
mod likeness;
mod name;
mod nickname;
mod packed;
mod pet_form;
mod phone;
mod placeholder;
mod root;
mod sound;
mod token;
mod web;

pub use address::AddressParts;
pub use birth::{BirthLikeness, birth_likeness};
pub use fold::fold;
pub(crate) use handle::as_letter;
pub use identifier::{Identifier, Region, identifier};
pub use likeness::{LIKE, Likeness, likeness};
pub use name::Name;
pub use sound::sound;
pub use token::Token;
