//! XML on its way out: the one place where text of a case becomes part of it.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use crate::error::is_unprintable;
use crate::untrusted::Untrusted;

/// What can stand in an attribute or an element: text of a case, and words and numbers of ours.
pub(super) trait Said {
    /// Adds what is safe to `safe`; `room` is for what must be spelt first.
    fn say(self, room: &mut String, safe: &mut String) -> io::Result<()>;
}

impl<T: Display> Said for T {
    fn say(self, room: &mut String, safe: &mut String) -> io::Result<()> {
        write!(room, "{self}").map_err(|_| io::ErrorKind::InvalidData)?;
        escape(room, safe);
        Ok(())
    }
}

impl Said for &Untrusted {
    fn say(self, _: &mut String, safe: &mut String) -> io::Result<()> {
        self.through(|raw| escape(raw, safe));
        Ok(())
    }
}

/// Writes elements, of which only the names of those that are open are held.
pub(super) struct Xml<'w> {
    out: &'w mut dyn Write,
    open: Vec<&'static str>,
    /// A value on its way from its type to text that is safe.
    value: String,
    safe: String,
}

impl<'w> Xml<'w> {
    /// Begins a document in an encoding.
    pub(super) fn new(out: &'w mut dyn Write, encoding: &str) -> io::Result<Self> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"{encoding}\"?>")?;
        Ok(Self { out, open: Vec::new(), value: String::new(), safe: String::new() })
    }

    /// Begins an element; attributes may follow, then [`Tag::open`] or [`Tag::empty`].
    pub(super) fn tag<'x>(&'x mut self, name: &'static str) -> io::Result<Tag<'x, 'w>> {
        write!(self.out, "<{name}")?;
        Ok(Tag { xml: self, name })
    }

    /// Begins an element without attributes.
    pub(super) fn open(&mut self, name: &'static str) -> io::Result<()> {
        self.tag(name)?.open()
    }

    /// Ends the element that was opened last.
    pub(super) fn close(&mut self) -> io::Result<()> {
        match self.open.pop() {
            Some(name) => writeln!(self.out, "</{name}>"),
            None => Ok(()),
        }
    }

    fn safe(&mut self, value: impl Said) -> io::Result<()> {
        self.value.clear();
        self.safe.clear();
        value.say(&mut self.value, &mut self.safe)?;
        self.out.write_all(self.safe.as_bytes())
    }
}

/// An element whose attributes are being written.
pub(super) struct Tag<'x, 'w> {
    xml: &'x mut Xml<'w>,
    name: &'static str,
}

impl Tag<'_, '_> {
    pub(super) fn with(self, name: &str, value: impl Said) -> io::Result<Self> {
        write!(self.xml.out, " {name}=\"")?;
        self.xml.safe(value)?;
        self.xml.out.write_all(b"\"")?;
        Ok(self)
    }

    /// An attribute that is left out where there is nothing to say.
    pub(super) fn maybe(self, name: &str, value: Option<impl Said>) -> io::Result<Self> {
        match value {
            Some(value) => self.with(name, value),
            None => Ok(self),
        }
    }

    /// What follows stands within the element.
    pub(super) fn open(self) -> io::Result<()> {
        self.xml.open.push(self.name);
        self.xml.out.write_all(b">\n")
    }

    /// The element has nothing within.
    pub(super) fn empty(self) -> io::Result<()> {
        self.xml.out.write_all(b"/>\n")
    }

    /// The element holds this text.
    pub(super) fn text(self, text: impl Said) -> io::Result<()> {
        self.xml.out.write_all(b">")?;
        self.xml.safe(text)?;
        writeln!(self.xml.out, "</{}>", self.name)
    }
}

/// `text` with nothing in it that is markup, that XML 1.0 forbids or changes (control characters, line ends), or that acts on a reader
/// instead of being seen: those are written `\u{…}`.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ if is_unprintable(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_no_attribute_and_no_element() -> io::Result<()> {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out, "UTF-8")?;
        xml.tag("a")?.with("b", "\"><c/>'&\u{0}\n]]>")?.open()?;
        xml.tag("d")?.maybe("e", None::<&str>)?.text("</d>\u{fffe}")?;
        xml.close()?;
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with(
            "<a b=\"&quot;&gt;&lt;c/&gt;&apos;&amp;\\u{0}\\u{a}]]&gt;\">\n<d>&lt;/d&gt;\\u{fffe}</d>\n</a>\n"
        ));
        Ok(())
    }

    #[test]
    fn elements_without_attributes_close_in_turn() -> io::Result<()> {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out, "UTF-8")?;
        xml.open("a")?;
        xml.open("b")?;
        xml.tag("c")?.with("d", &Untrusted::from("<\u{202e}"))?.maybe("e", Some(1.5))?.empty()?;
        xml.close()?;
        xml.close()?;
        xml.close()?;
        let text = String::from_utf8(out).unwrap();
        let (_, text) = text.split_once('\n').unwrap();
        assert_eq!(text, "<a>\n<b>\n<c d=\"&lt;\\u{202e}\" e=\"1.5\"/>\n</b>\n</a>\n");
        Ok(())
    }
}
