//! Elements of an XML file one by one, with their places; no document types, and so no entities but the five of XML.

use std::collections::HashSet;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use memchr::{memchr_iter, memrchr};

use super::builder::Builder;
use super::text::quoted;
use crate::error::{Error, Result, excerpt};

/// A step through a file of XML.
pub(super) enum Step {
    /// An element begins; an element without content ends in the next step.
    Open(Element),
    /// Text within the innermost element.
    Text(String),
    /// The innermost element ends.
    Close(String),
}

/// The start of an element.
pub(super) struct Element {
    /// Its name, without the prefix of a namespace.
    pub(super) name: String,
    /// Its attributes, likewise.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) line: u64,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute that must be there.
    pub(super) fn need(&self, name: &str, builder: &Builder) -> Result<&str> {
        self.get(name).ok_or_else(|| {
            let found = format!("<{}> without `{name}`", excerpt(&self.name));
            builder.fault(self.line, name, found, format!("an attribute `{name}`"))
        })
    }
}

/// The steps through a file.
pub(super) struct Xml<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    open: Vec<String>,
    /// An element without content, whose end is the next step.
    ending: bool,
    rooted: bool,
    /// Where the last step began.
    began: u64,
    /// Where lines were counted to, and the line there.
    counted: (usize, u64),
    version: XmlVersion,
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        Self {
            text,
            reader,
            open: Vec::new(),
            ending: false,
            rooted: false,
            began: 0,
            counted: (0, 1),
            version: XmlVersion::Implicit1_0,
        }
    }

    /// The line of a place, which is not before the last one that was asked for.
    fn line_of(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        let (from, line) = self.counted;
        if offset > from {
            let more = memchr_iter(b'\n', &self.text.as_bytes()[from..offset]).count();
            self.counted = (offset, line + more as u64);
        }
        self.counted.1
    }

    /// The line on which the last step began.
    pub(super) fn line(&mut self) -> u64 {
        self.line_of(self.began)
    }

    fn broken(&self, found: &str, offset: u64, builder: &Builder) -> Error {
        let at = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        let before = &self.text.as_bytes()[..at];
        let line = 1 + memchr_iter(b'\n', before).count() as u64;
        let column = 1 + at - memrchr(b'\n', before).map_or(0, |end| end + 1);
        let found = format!("{found} (byte {column} of the line)");
        builder.fault(line, "", found, "XML without faults; save the file anew, or mend it there")
    }

    /// The next step; none at the end of the file.
    pub(super) fn next(&mut self, builder: &Builder) -> Result<Option<Step>> {
        if std::mem::take(&mut self.ending) {
            return Ok(self.open.pop().map(Step::Close));
        }
        loop {
            self.began = self.reader.buffer_position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let offset = self.reader.error_position();
                    return Err(self.broken(&excerpt_of(&error), offset, builder));
                }
            };
            match event {
                Event::Start(start) => return self.open(&start, false, builder).map(Some),
                Event::Empty(start) => return self.open(&start, true, builder).map(Some),
                Event::End(_) => return Ok(self.open.pop().map(Step::Close)),
                Event::Text(text) => {
                    let text = text.xml_content(self.version).into_owned();
                    if let Some(step) = self.text(text, builder)? {
                        return Ok(Some(step));
                    }
                }
                Event::CData(text) => {
                    return Ok(Some(Step::Text(text.xml_content(self.version).into_owned())));
                }
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let text = character.or_else(|| predefined(&reference));
                    let Some(text) = text else {
                        let line = self.line();
                        let found = format!("the entity {}", quoted(&reference));
                        let expected = "`&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;` or the number of a character";
                        return Err(builder.fault(line, "", found, expected));
                    };
                    return Ok(Some(Step::Text(text.into())));
                }
                Event::DocType(_) => {
                    let line = self.line();
                    let expected =
                        "no DOCTYPE: it can make a small file endless; take it out of the file";
                    return Err(builder.fault(line, "", "a document type", expected));
                }
                Event::Eof => return self.end(builder).map(|()| None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn text(&mut self, text: String, builder: &Builder) -> Result<Option<Step>> {
        if !self.open.is_empty() {
            return Ok(Some(Step::Text(text)));
        }
        if text.trim().is_empty() {
            return Ok(None);
        }
        let line = self.line();
        Err(builder.fault(
            line,
            "",
            format!("{} outside the XML", quoted(text.trim())),
            "one element around all else",
        ))
    }

    fn open(&mut self, start: &BytesStart<'_>, ends: bool, builder: &Builder) -> Result<Step> {
        let line = self.line();
        let name = start.local_name().as_ref().to_owned();
        if self.open.is_empty() && std::mem::replace(&mut self.rooted, true) {
            let found = format!("a second outermost element, <{}>", excerpt(&name));
            return Err(builder.fault(line, "", found, "one element around all else"));
        }
        let deeper = self.open.len() + 1;
        builder.limits.check_depth(deeper, "elements", || builder.position(line, ""))?;
        let attributes = self.attributes(start, line, builder)?;
        self.open.push(name.clone());
        self.ending = ends;
        Ok(Step::Open(Element { name, attributes, line }))
    }

    fn attributes(
        &self,
        start: &BytesStart<'_>,
        line: u64,
        builder: &Builder,
    ) -> Result<Vec<(String, String)>> {
        let mut attributes: Vec<(String, String)> = Vec::new();
        let mut keys: HashSet<String> = HashSet::new();
        // The check of the library for names that stand twice goes with the square of their number, which has no limit there.
        for attribute in start.attributes().with_checks(false) {
            let fault =
                |error: &str| builder.fault(line, "", cut(error), "attributes as `name=\"value\"`");
            let attribute = attribute.map_err(|error| fault(&error.to_string()))?;
            let value = attribute
                .normalized_value(self.version)
                .map_err(|error| fault(&error.to_string()))?;
            let more = attributes.len() + 1;
            let position = || builder.position(line, "");
            builder.limits.check_attributes(more, "an element", position)?;
            let key = attribute.key.as_ref();
            if !keys.insert(key.to_owned()) {
                let found = format!("the attribute {} twice", quoted(key));
                return Err(builder.fault(line, "", found, "each attribute once in an element"));
            }
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(attributes)
    }

    fn end(&mut self, builder: &Builder) -> Result<()> {
        let line = self.line_of(self.text.len() as u64);
        let (found, expected) = match self.open.last() {
            Some(name) => (
                format!("the end of the file within <{}>", excerpt(name)),
                "a whole file; copy it anew",
            ),
            None if !self.rooted => ("no XML".to_owned(), "an element around all else"),
            None => return Ok(()),
        };
        Err(builder.fault(line, "", found, expected))
    }
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn excerpt_of(error: &quick_xml::Error) -> String {
    cut(&error.to_string())
}

fn cut(said: &str) -> String {
    const SHOWN: usize = 120;
    let short: String = said.chars().take(SHOWN).collect();
    crate::error::printable(&short)
}
