//! How lines are spelt in DOT.

use graphviz_rust::dot_structures::Attribute;

use super::attribute::word;
use crate::output::drawing::line::{Head, Sureness, Tie};

/// Color and arrowhead.
pub(super) fn attributes(tie: Tie) -> Vec<Attribute> {
    let head = match tie.head() {
        Head::None => "none",
        Head::Arrow => "normal",
        Head::Diamond => "diamond",
        Head::Vee => "vee",
        Head::Box => "box",
        Head::Open => "open",
    };
    let color = tie.color();
    vec![word("color", color), word("fontcolor", color), word("arrowhead", head)]
}

/// The line of a step of certainty.
pub(super) fn style(step: Sureness) -> Attribute {
    let line = match step {
        Sureness::Confirmed => "solid",
        Sureness::Probable => "dashed",
        Sureness::Unconfirmed => "dotted",
    };
    word("style", line)
}
