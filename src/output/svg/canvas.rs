//! What is written: elements, their attributes and text, each through the door of `escape.rs`.

use std::borrow::Borrow;
use std::fmt::Write;

use super::escape::{number, push, push_own};
use crate::untrusted::Untrusted;

/// SVG as it is written. Everything is a presentation attribute: no style sheet, no script and nothing from elsewhere, so that it
/// stands in any page whatever the page allows.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    out: String,
    open: Vec<&'static str>,
}

/// The attributes of an element.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(&'static str, String)>);

impl Attributes {
    /// One that is a word.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// One that is a number.
    pub(super) fn number(self, name: &'static str, value: f64) -> Self {
        self.with(name, number(value))
    }

    /// Where something stands.
    pub(super) fn at(self, [x, y]: [f64; 2]) -> Self {
        self.number("x", x).number("y", y)
    }
}

/// No attributes yet.
pub(super) fn with(name: &'static str, value: impl Into<String>) -> Attributes {
    Attributes::default().with(name, value)
}

/// How a line of text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) color: &'static str,
    pub(super) bold: bool,
    /// Whether `x` is the middle of the line and not its beginning.
    pub(super) middle: bool,
    /// Whether a white rim sets it apart from lines that cross it.
    pub(super) rim: bool,
}

impl Type {
    pub(super) const fn of(size: f64) -> Self {
        Self { size, color: "#222222", bold: false, middle: false, rim: false }
    }
}

impl Canvas {
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = writeln!(self.out, "</{name}>");
        }
    }

    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with nothing in it but lines of text.
    pub(super) fn said<T: Borrow<Untrusted>>(
        &mut self,
        name: &'static str,
        attributes: Attributes,
        lines: impl IntoIterator<Item = T>,
    ) {
        self.start(name, attributes);
        self.out.push('>');
        for (place, line) in lines.into_iter().enumerate() {
            if place > 0 {
                self.out.push('\n');
            }
            push(&mut self.out, line.borrow());
        }
        let _ = writeln!(self.out, "</{name}>");
    }

    /// A line of text; `at` is its beginning or middle, on the line on which letters stand.
    pub(super) fn line(&mut self, text: &Untrusted, at: [f64; 2], look: Type) {
        let mut attributes = Attributes::default().at(at).number("font-size", look.size);
        attributes = attributes.with("fill", look.color);
        if look.bold {
            attributes = attributes.with("font-weight", "bold");
        }
        if look.middle {
            attributes = attributes.with("text-anchor", "middle");
        }
        if look.rim {
            attributes = attributes
                .with("paint-order", "stroke")
                .with("stroke", "#FFFFFF")
                .number("stroke-width", look.size / 4.0)
                .with("stroke-linejoin", "round");
        }
        self.said("text", attributes, [text]);
    }

    fn start(&mut self, name: &'static str, attributes: Attributes) {
        let _ = write!(self.out, "<{name}");
        for (name, value) in attributes.0 {
            let _ = write!(self.out, " {name}=\"");
            push_own(&mut self.out, &value);
            self.out.push('"');
        }
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}
