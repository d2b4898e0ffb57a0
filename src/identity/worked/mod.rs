//! Worked examples: small cases, of which every answer can be found with a pencil.

mod company;
mod comparing;
mod counting;
mod joining;
mod meeting;
mod parts;
mod reading;
mod weighing;

use super::clean::Region;
use super::mentions::Mentions;
use super::sketch::case;

/// The mentions of the case that these tables are, in the Netherlands.
fn mentions(tables: &[(&str, &str)]) -> Mentions {
    Mentions::of(&case(tables), Region::default())
}
