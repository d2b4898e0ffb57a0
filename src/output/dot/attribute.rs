//! Attributes: text from a case only as [`Quoted`], everything else in words of our own.

use std::borrow::Borrow;

use graphviz_rust::dot_structures::{Attribute, Id, NodeId};

use super::quote::{Quoted, quote, quote_own, quote_tooltip};
use crate::output::placement::Placed;
use crate::untrusted::Untrusted;

/// Text from a case.
pub(super) fn text(name: &'static str, value: Quoted) -> Attribute {
    Attribute(Id::Plain(name.into()), value.into())
}

/// Text from a case, line by line.
pub(super) fn lines<T: Borrow<Untrusted>>(
    name: &'static str,
    value: impl IntoIterator<Item = T>,
) -> Attribute {
    text(name, quote(value))
}

/// Text from a case that shows when the pointer rests on a sign, line by line.
pub(super) fn tooltip<T: Borrow<Untrusted>>(value: impl IntoIterator<Item = T>) -> Attribute {
    text("tooltip", quote_tooltip(value))
}

/// A word of our own.
pub(super) fn word(name: &'static str, value: &'static str) -> Attribute {
    text(name, quote_own(value))
}

/// What is said in our own words, or made of numbers.
pub(super) fn own(name: &'static str, value: &str) -> Attribute {
    text(name, quote_own(value))
}

/// A number, to the hundredth.
pub(super) fn number(name: &'static str, value: f64) -> Attribute {
    let value = (value * 100.0).round() / 100.0;
    Attribute(Id::Plain(name.into()), Id::Plain(value.to_string()))
}

/// A name that we make, by which the file tells its parts apart: `n0`, `e7`.
pub(super) fn made_id(letter: char, place: usize) -> NodeId {
    NodeId(Id::Plain(format!("{letter}{place}")), None)
}

/// Where a sign stands and how large it is: `pos` in points, upwards, as `neato -n` takes it, and `width` and `height` in inches.
pub(super) fn position(placed: &Placed, place: usize) -> Vec<Attribute> {
    let (Some([x, y]), Some(extent)) = (placed.at.get(place), placed.extents.get(place)) else {
        return Vec::new();
    };
    let hundredth = |value: f64| (value * 100.0).round() / 100.0;
    let at = format!("{},{}", hundredth(*x), hundredth(placed.size[1] - y));
    let [width, height] = extent.map(|half| half / 36.0);
    vec![
        own("pos", &at),
        number("width", width),
        number("height", height),
        word("fixedsize", "true"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_in_points_from_below_and_is_as_large_in_inches() {
        let placed = Placed {
            at: vec![[10.0, 20.126], [0.0, 0.0]],
            extents: vec![[36.0, 18.0]],
            size: [100.0, 50.0],
            ..Placed::default()
        };
        let said = |place| -> Vec<(String, String)> {
            let text = |id: Id| match id {
                Id::Plain(text) | Id::Escaped(text) | Id::Html(text) | Id::Anonymous(text) => text,
            };
            let one = |Attribute(name, value)| (text(name), text(value));
            position(&placed, place).into_iter().map(one).collect()
        };
        // 50 less 20.126, to the hundredth; an inch has 72 points, of which 36 are half.
        let want =
            [("pos", "\"10,29.87\""), ("width", "1"), ("height", "0.5"), ("fixedsize", "\"true\"")];
        assert_eq!(said(0), want.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!([said(1), said(2)], [vec![], vec![]]);
    }
}
