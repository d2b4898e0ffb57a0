//! One `FollowTheMoney` entity: a line of JSON.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::super::super::json::{Members, check_names, not_json, utf8};
use crate::error::excerpt;

/// An entity as its line has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entity {
    pub(super) line: u32,
    pub(super) id: String,
    pub(super) schema: String,
    /// In the order of the line.
    properties: Vec<(String, Vec<String>)>,
}

const OBJECT: &str =
    "one FollowTheMoney entity a line: an object with `id`, `schema` and `properties`";

/// What was found and what was expected, with the name that it concerns.
pub(super) type Bad = (String, (String, String));

impl Entity {
    /// The entity that a line holds.
    pub(super) fn parse(bytes: &[u8], line: u32) -> Result<Self, Bad> {
        let text = utf8(bytes).map_err(whole)?;
        let Members(members) = object(text, "")?;
        let mut entity = Self { line, ..Self::default() };
        // Other members, such as `caption` and `datasets`, are what programs add and not what the entity says.
        for (name, raw) in &members {
            match name.as_ref() {
                "id" => entity.id = text_of("id", raw)?,
                "schema" => entity.schema = text_of("schema", raw)?,
                "properties" => entity.properties = properties(raw)?,
                _ => {}
            }
        }
        for (name, text) in [("id", &entity.id), ("schema", &entity.schema)] {
            if text.is_empty() {
                return Err((name.into(), (format!("no `{name}`"), OBJECT.into())));
            }
        }
        Ok(entity)
    }

    /// The values of a property; none where the entity lacks it.
    pub(super) fn values(&self, property: &str) -> &[String] {
        self.properties.iter().find(|(name, _)| name == property).map_or(&[], |(_, values)| values)
    }

    /// The first value of a property; empty where the entity lacks it.
    pub(super) fn first(&self, property: &str) -> &str {
        self.values(property).first().map_or("", String::as_str)
    }

    /// How many properties it has.
    pub(super) fn width(&self) -> usize {
        self.properties.len()
    }

    /// All properties.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.properties.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}

fn whole(bad: (String, String)) -> Bad {
    (String::new(), bad)
}

fn object<'a>(json: &'a str, name: &str) -> Result<Members<'a>, Bad> {
    if !json.starts_with('{') {
        return Err((name.into(), (format!("`{}`", excerpt(json)), OBJECT.into())));
    }
    let members: Members<'_> =
        serde_json::from_str(json).map_err(|error| (name.into(), not_json(&error, OBJECT)))?;
    check_names(&members.0)?;
    Ok(members)
}

fn text_of(name: &str, raw: &RawValue) -> Result<String, Bad> {
    serde_json::from_str(raw.get())
        .map_err(|_| (name.into(), (format!("`{}`", excerpt(raw.get())), "a text".into())))
}

fn properties(raw: &RawValue) -> Result<Vec<(String, Vec<String>)>, Bad> {
    let Members(members) = object(raw.get(), "properties")?;
    members
        .into_iter()
        .map(|(name, raw)| Ok((name.clone().into_owned(), list(&name, raw)?)))
        .collect()
}

/// A list of texts; numbers stay as they are written, because an account number is not a float.
fn list(name: &str, raw: &RawValue) -> Result<Vec<String>, Bad> {
    let bad = |found: &str| {
        let expected = "a list of texts, such as `[\"Anna\"]`".to_owned();
        (name.to_owned(), (format!("`{}`", excerpt(found)), expected))
    };
    if !raw.get().starts_with('[') {
        return Err(bad(raw.get()));
    }
    let parts: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(|_| bad(raw.get()))?;
    let mut values = Vec::with_capacity(parts.len());
    for part in parts {
        let value: Cow<'_, str> = match part.get() {
            text if text.starts_with('"') => serde_json::from_str(text).map_err(|_| bad(text))?,
            "null" => continue,
            other if other.starts_with(['{', '[']) => return Err(bad(other)),
            other => other.into(),
        };
        if !value.is_empty() {
            values.push(value.into_owned());
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Entity, Bad> {
        Entity::parse(line.as_bytes(), 7)
    }

    #[test]
    fn an_entity_is_read() {
        let entity = parse(
            r#"{"id":"a","schema":"Person","properties":{"name":["Anna","An\u00e9"],"n":[12]},"x":{}}"#,
        )
        .expect("an entity");
        assert_eq!(entity.values("name"), ["Anna", "Ané"]);
        assert_eq!(entity.first("n"), "12");
        assert_eq!(entity.values("alias"), [""; 0]);
    }

    #[test]
    fn what_is_no_entity_says_so() {
        for (line, name) in [
            ("{", ""),
            ("[]", ""),
            (r#"{"id":"a"}"#, "schema"),
            (r#"{"schema":"Person"}"#, "id"),
            (r#"{"id":1,"schema":"Person"}"#, "id"),
            (r#"{"id":"a","schema":"Person","properties":{"name":"Anna"}}"#, "name"),
            (r#"{"id":"a","schema":"Person","properties":{"name":[["Anna"]]}}"#, "name"),
            (r#"{"id":"a","schema":"Person","properties":[]}"#, "properties"),
            (r#"{"id":"a","id":"b","schema":"Person"}"#, "id"),
            (r#"{"id":"a","schema":"Person","properties":{"name":[],"name":[]}}"#, "name"),
        ] {
            assert_eq!(parse(line).map_err(|bad| bad.0), Err(name.to_owned()), "{line}");
        }
    }
}
