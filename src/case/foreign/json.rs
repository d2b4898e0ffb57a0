//! JSON of graphs: objects with the places of their members, without following how deep values lie.

use indexmap::IndexMap;
use memchr::memchr_iter;
use serde_json::value::RawValue;

use super::builder::Builder;
use super::node_link;
use super::text::quoted;
use super::{Attributes, settle};
use crate::error::{Error, Result, excerpt, printable};

/// The members of an object, unread.
pub(super) type Members<'t> = IndexMap<String, &'t RawValue>;

/// A text of JSON, and where lines were counted to.
pub(super) struct Source<'t> {
    text: &'t str,
    counted: (usize, u64),
}

impl<'t> Source<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, counted: (0, 1) }
    }

    /// The line on which a part of the text begins.
    pub(super) fn line(&mut self, part: &str) -> u64 {
        let offset = (part.as_ptr() as usize)
            .saturating_sub(self.text.as_ptr() as usize)
            .min(self.text.len());
        if offset < self.counted.0 {
            self.counted = (0, 1);
        }
        let (from, line) = self.counted;
        let more = memchr_iter(b'\n', &self.text.as_bytes()[from..offset]).count();
        self.counted = (offset, line + more as u64);
        self.counted.1
    }

    pub(super) fn members(&mut self, part: &'t str, builder: &Builder) -> Result<Members<'t>> {
        match serde_json::from_str::<Members<'t>>(part) {
            Ok(members) if members.len() > builder.limits.columns => {
                let position = builder.position(self.line(part), "");
                builder.limits.check_columns(members.len(), &position).map(|()| members)
            }
            Ok(members) => Ok(members),
            Err(error) => Err(self.broken(part, &error, "an object", builder)),
        }
    }

    pub(super) fn list(&mut self, part: &'t str, builder: &Builder) -> Result<Vec<&'t RawValue>> {
        match serde_json::from_str(part) {
            Ok(list) => Ok(list),
            Err(error) => Err(self.broken(part, &error, "a list", builder)),
        }
    }

    fn broken(
        &mut self,
        part: &str,
        error: &serde_json::Error,
        expected: &str,
        builder: &Builder,
    ) -> Error {
        const SHOWN: usize = 100;
        let line = self.line(part) + (error.line() as u64).saturating_sub(1);
        let said = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let said: String = said.strip_suffix(&place).unwrap_or(&said).chars().take(SHOWN).collect();
        let found = format!("{} (byte {} of the line)", printable(&said), error.column());
        builder.fault(
            line,
            "",
            found,
            format!("{expected} in JSON without faults; is the file whole?"),
        )
    }
}

/// Refuses values that lie too deep within one another. They are not followed, but what reads the file after us may follow them.
pub(super) fn check_depth(text: &str, first_line: u64, builder: &Builder) -> Result<()> {
    let (mut depth, mut line, mut quoted, mut escaped) = (0_usize, first_line, false, false);
    for &byte in text.as_bytes() {
        line += u64::from(byte == b'\n');
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => {
                depth += 1;
                builder.limits.check_depth(depth, "values", || builder.position(line, ""))?;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a text begins as JSON of a graph does.
pub(super) fn begins(head: &str) -> bool {
    let head = head.trim_start();
    let holds = |names: &[&str]| names.iter().any(|name| head.contains(name));
    match head.as_bytes().first() {
        Some(b'[') => holds(&["\"data\""]),
        Some(b'{') => holds(&["\"nodes\"", "\"links\"", "\"edges\"", "\"elements\""]),
        _ => false,
    }
}

/// Reads a file; `elements` takes the elements of Cytoscape.
pub(super) fn read<'t>(
    text: &'t str,
    builder: &mut Builder,
    elements: fn(&mut Source<'t>, &'t str, &mut Builder) -> Result<()>,
) -> Result<()> {
    check_depth(text, 1, builder)?;
    let mut source = Source::of(text);
    let text = text.trim();
    if text.starts_with('[') {
        return elements(&mut source, text, builder);
    }
    let mut members = source.members(text, builder)?;
    node_link::stated(&members, builder);
    if let Some(within) = members.get("elements") {
        return elements(&mut source, within.get(), builder);
    }
    if let Some(graph) = members.get("graph").filter(|graph| graph.get().contains("\"nodes\""))
        && !members.contains_key("nodes")
    {
        // The JSON Graph Format.
        members = source.members(graph.get(), builder)?;
        node_link::stated(&members, builder);
    }
    node_link::read(&mut source, &members, builder)
}

/// A value as text: without its quotes, and a list of plain values parted by `;`; none where it is null or empty.
pub(super) fn value(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<String>(text).ok().filter(|text| !text.is_empty()),
        Some(b'n') => None,
        Some(b'[') => {
            let parts: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            if parts.iter().any(|part| part.get().starts_with(['[', '{'])) {
                return Some(text.to_owned());
            }
            let parts: Vec<String> =
                parts.iter().filter_map(|part| value_of_scalar(part)).collect();
            Some(parts.join(";")).filter(|text| !text.is_empty())
        }
        _ => Some(text.to_owned()),
    }
}

fn value_of_scalar(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    if text.starts_with('"') {
        serde_json::from_str(text).ok()
    } else {
        Some(text.to_owned()).filter(|text| text != "null")
    }
}

/// An id: a text or a number as it is written; of anything else its JSON.
pub(super) fn id(members: &Members<'_>, names: &[&str]) -> Option<String> {
    let raw = names.iter().find_map(|name| members.get(*name))?;
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str(text).ok(),
        Some(b'n') => None,
        _ => Some(text.to_owned()),
    }
}

/// All members but those of `taken`, as attributes; an object `attributes` or `metadata` is opened.
pub(super) fn attributes<'t>(
    source: &mut Source<'t>,
    members: &Members<'t>,
    taken: &[&str],
    builder: &mut Builder,
) -> Result<Attributes> {
    let mut attributes = Attributes::default();
    for (name, raw) in members {
        if taken.contains(&name.as_str()) {
            continue;
        }
        let opened = matches!(name.as_str(), "attributes" | "metadata" | "properties")
            && raw.get().starts_with('{');
        if opened {
            for (name, raw) in &source.members(raw.get(), builder)? {
                if let Some(value) = value(raw) {
                    settle::add(builder, &mut attributes, name, &value);
                }
            }
        } else if let Some(value) = value(raw) {
            settle::add(builder, &mut attributes, name, &value);
        }
    }
    Ok(attributes)
}

/// A fault where JSON holds something else than it should.
pub(super) fn not_this(
    source: &mut Source<'_>,
    part: &str,
    expected: &str,
    builder: &Builder,
) -> Error {
    let line = source.line(part);
    let short: String = part.chars().take(20).collect();
    builder.fault(line, "", quoted(&excerpt(&short)), expected)
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    fn builder() -> Builder {
        Builder::new(ForeignFormat::Json, "a.json", 0, Limits::default())
    }

    /// The members of an object as attributes, but one called `id`.
    fn read(json: &str) -> Vec<(String, String)> {
        let (mut source, mut builder) = (Source::of(json), builder());
        let members = source.members(json, &builder).expect("an object");
        let own = attributes(&mut source, &members, &["id"], &mut builder).expect("attributes");
        own.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn only_objects_of_attributes_are_opened() {
        for (json, own) in [
            (r#"{"id":"a","b":"c"}"#, &[("b", "c")][..]),
            (r#"{"attributes":{"id":"a","b":{"c":1}}}"#, &[("id", "a"), ("b", r#"{"c":1}"#)]),
            (r#"{"metadata":{"a":1},"properties":{"b":2}}"#, &[("a", "1"), ("b", "2")]),
            (r#"{"metadata":"x","properties":[1,2]}"#, &[("metadata", "x"), ("properties", "1;2")]),
            (r#"{"home":{"city":"x"}}"#, &[("home", r#"{"city":"x"}"#)]),
            (r#"{"a":null,"b":"","c":{}}"#, &[("c", "{}")]),
        ] {
            let own: Vec<(String, String)> =
                own.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
            assert_eq!(read(json), own, "{json}");
        }
    }

    #[test]
    fn a_value_is_its_text() {
        for (json, text) in [
            (r#""a\"b""#, Some("a\"b")),
            (r#""""#, None),
            ("null", None),
            ("1.50", Some("1.50")),
            ("true", Some("true")),
            ("[]", None),
            (r#"["a", null, 2]"#, Some("a;2")),
            (r#"["a", [2]]"#, Some(r#"["a", [2]]"#)),
            (r#"["a", {}]"#, Some(r#"["a", {}]"#)),
            (r#"{"a":1}"#, Some(r#"{"a":1}"#)),
        ] {
            let raw: &RawValue = serde_json::from_str(json).expect("JSON");
            assert_eq!(value(raw).as_deref(), text, "{json}");
        }
    }

    #[test]
    fn an_id_is_the_first_that_is_there() {
        let json = r#"{"key":7,"name":"n","no":null,"list":[1]}"#;
        let members: Members<'_> = serde_json::from_str(json).expect("an object");
        for (names, found) in [
            (&["id", "key"][..], Some("7")),
            (&["name", "key"], Some("n")),
            (&["no", "key"], None),
            (&["list"], Some("[1]")),
            (&["id"], None),
        ] {
            assert_eq!(id(&members, names).as_deref(), found, "{names:?}");
        }
    }

    #[test]
    fn lines_are_counted_forwards_and_backwards() {
        let text = "a\nb\n\nc";
        let mut source = Source::of(text);
        for (at, line) in [(0, 1), (6, 4), (2, 2), (5, 4), (4, 3), (4, 3)] {
            assert_eq!(source.line(&text[at..]), line, "{at}");
        }
    }

    #[test]
    fn depth_is_counted_outside_texts_only() {
        let two = Limits { depth: 2, ..Limits::default() };
        let builder = Builder::new(ForeignFormat::Json, "a.json", 0, two);
        for json in ["[[]]", "[{}]", r#"["[[{"]"#, r#"["\"[[[", "\\", [1]]"#, "[[],[],{}]", "]]]]"]
        {
            assert!(check_depth(json, 1, &builder).is_ok(), "{json}");
        }
        for json in ["[\n[\n[]]]", "{\n\"\\\\\":\n[[1]]}", "[[]],[\n[\n["] {
            let error = check_depth(json, 5, &builder).expect_err(json).to_string();
            assert!(error.starts_with("a.json:7: values over 2 deep in one another"), "{error}");
        }
    }

    #[test]
    fn json_of_a_graph_is_known_by_how_it_begins() {
        for head in
            ["{\"nodes\":", " {\"x\":1,\"links\"", "{\"edges\"", "{\"elements\"", "[{\"data\""]
        {
            assert!(begins(head), "{head}");
        }
        for head in ["", "{\"data\"", "[\"nodes\"", "\"nodes\"", "{}", "nodes"] {
            assert!(!begins(head), "{head}");
        }
    }

    #[test]
    fn broken_json_is_told_with_its_line_and_byte() {
        let text = "{\"a\":1}\n{\"a\":\n1,}";
        let mut source = Source::of(text);
        let error =
            source.members(&text[8..], &builder()).expect_err("a comma too many").to_string();
        assert!(
            error.starts_with(
                "a.json:3: trailing comma (byte 3 of the line); expected an object in JSON"
            ),
            "{error}"
        );
        let error = source.list(&text[..7], &builder()).expect_err("an object").to_string();
        assert!(
            error.starts_with("a.json:1: ") && error.contains("expected a list in JSON"),
            "{error}"
        );
    }
}
