//! Values and times of GEXF.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::builder::Builder;
use super::text::quoted;
use super::xml::Element;
use super::{Attributes, Spell};
use crate::error::Result;

/// An attribute that nodes or edges have.
#[derive(Clone, Debug)]
struct Attribute {
    name: Arc<str>,
    default: Option<String>,
}

/// The attributes of nodes, or those of edges.
#[derive(Debug, Default)]
pub(super) struct Class {
    known: HashMap<String, Attribute>,
    /// Those that have a default.
    defaults: Vec<String>,
}

impl Class {
    pub(super) fn declare(&mut self, element: &Element, builder: &mut Builder) -> Result<String> {
        let id = element.need("id", builder)?.to_owned();
        let name = builder.name(element.get("title").unwrap_or(&id));
        if self.known.insert(id.clone(), Attribute { name, default: None }).is_some() {
            let found = format!("the attribute {} a second time", quoted(&id));
            return Err(builder.fault(
                element.line,
                "id",
                found,
                "an id of its own for every attribute",
            ));
        }
        Ok(id)
    }

    pub(super) fn set_default(&mut self, id: &str, text: &str) {
        if let Some(known) = self.known.get_mut(id)
            && known.default.is_none()
        {
            known.default = Some(text.trim().to_owned());
            self.defaults.push(id.to_owned());
        }
    }

    pub(super) fn name(&self, id: &str, builder: &mut Builder) -> Arc<str> {
        if let Some(known) = self.known.get(id) {
            return known.name.clone();
        }
        builder.note(format!(
            "The attribute {} is not declared; its values are kept under that name.",
            quoted(id)
        ));
        builder.name(id)
    }

    /// Adds the defaults of what nothing is said about.
    pub(super) fn complete(
        &self,
        attributes: &mut Attributes,
        line: u64,
        builder: &mut Builder,
    ) -> Result<()> {
        if self.defaults.is_empty() {
            return Ok(());
        }
        let known = self.defaults.iter().map(|id| &self.known[id]);
        let defaults = known.filter_map(|known| Some((&known.name, known.default.as_deref()?)));
        attributes.complete(defaults, line, builder)
    }
}

/// A value, with the time in which it holds if it has one.
pub(super) struct Value {
    pub(super) name: Arc<str>,
    pub(super) text: String,
    pub(super) timed: bool,
}

/// The values of a node or edge as attributes: of those that change in time the last one, and all of them as one text beside it.
pub(super) fn settle_values(
    values: Vec<(Value, Spell)>,
    attributes: &mut Attributes,
    builder: &mut Builder,
) {
    let mut changing: IndexMap<Arc<str>, (String, Vec<String>)> = IndexMap::new();
    for (Value { name, text, timed }, spell) in values {
        if !timed {
            attributes.push(name, text);
            continue;
        }
        let open = String::new();
        let (start, end) =
            (spell.start.as_ref().unwrap_or(&open), spell.end.as_ref().unwrap_or(&open));
        let when = if start == end { start.clone() } else { format!("{start}/{end}") };
        let told = format!("{when}: {text}");
        let (last, all) = changing.entry(name).or_default();
        *last = text;
        all.push(told);
    }
    let mut said = attributes.names();
    for (name, (last, all)) in changing {
        builder.note(format!(
            "Of values that change in time ({}) the one that stands last counts; all are kept as text.",
            quoted(&name)
        ));
        if said.insert(name.clone()) {
            attributes.push(name.clone(), last);
        }
        let over_time = builder.name(&format!("{name} over time"));
        attributes.push(over_time, all.join("; "));
    }
}

/// The time that an element states; none where it states none.
pub(super) fn spell(element: &Element, builder: &mut Builder) -> Option<Spell> {
    if let Some(moment) = element.get("timestamp").filter(|text| !text.is_empty()) {
        let moment = Some(moment.to_owned());
        return Some(Spell { start: moment.clone(), end: moment });
    }
    let of = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| element.get(name))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let spell = Spell { start: of(["start", "startopen"]), end: of(["end", "endopen"]) };
    if element.get("startopen").is_some() || element.get("endopen").is_some() {
        builder.note("Open ends of times (`startopen`, `endopen`) were read as if they belonged to the time.");
    }
    (spell != Spell::default()).then_some(spell)
}

/// Times that stand as a list in one attribute: `<[2004, 2005]>` as moments, `<[1, 2]; [3, 4)>` as intervals.
pub(super) fn listed(element: &Element) -> Vec<Spell> {
    let mut spells = Vec::new();
    if let Some(moments) = element.get("timestamps") {
        for moment in
            moments.split(['<', '>', '[', ']', ',', ';', ' ']).filter(|part| !part.is_empty())
        {
            spells.push(Spell { start: Some(moment.to_owned()), end: Some(moment.to_owned()) });
        }
    }
    if let Some(intervals) = element.get("intervals") {
        for interval in intervals.split(';') {
            let mut ends = interval
                .split(['<', '>', '[', ']', '(', ')', ',', ' '])
                .filter(|part| !part.is_empty())
                .map(|part| {
                    Some(part.to_owned()).filter(|part| !part.to_lowercase().contains("inf"))
                });
            if let Some(start) = ends.next() {
                spells.push(Spell { start, end: ends.next().flatten() });
            }
        }
    }
    spells
}
