//! What the attributes of a node or an edge say that every node or edge has a place for: labels, kinds, weights.

use super::builder::Builder;
use super::{Attributes, ForeignEdge, ForeignNode};
use crate::error::Result;

/// What the names of attributes say that every format has a place for.
const LABELS: [&str; 5] = ["label", "name", "caption", "shortlabel", "title"];
const KINDS: [&str; 4] = ["type", "kind", "class", "node_type"];
const EDGE_KINDS: [&str; 6] = ["kind", "type", "relation", "relationship", "interaction", "label"];
const WEIGHTS: [&str; 5] = ["weight", "count", "value", "strength", "gewicht"];

impl ForeignNode {
    /// Takes in what a second record of the same node says.
    pub(super) fn merge(&mut self, other: Self) {
        match (&mut self.kind, other.kind) {
            (Some(own), Some(more)) if own.split(';').all(|kind| kind != more) => {
                own.push(';');
                own.push_str(&more);
            }
            (own @ None, more) => *own = more,
            _ => {}
        }
        self.label = self.label.take().or(other.label);
        self.attributes.join(other.attributes);
    }

    /// Takes label and kind out of what the file calls attributes.
    pub(super) fn settle(&mut self) {
        if self.label.is_none() {
            self.label = self
                .attributes
                .take(&["label"])
                .or_else(|| self.attributes.first_of(&LABELS).map(str::to_owned));
        }
        if self.kind.is_none() {
            self.kind = self.attributes.first_of(&KINDS).map(str::to_owned);
        }
        self.label.take_if(|label| label.trim().is_empty());
        self.kind.take_if(|kind| kind.trim().is_empty());
    }
}

impl ForeignEdge {
    /// Takes kind and weight out of what the file calls attributes; a `weight` must be a number.
    pub(super) fn settle(&mut self, builder: &Builder) -> Result<()> {
        if self.kind.is_none() {
            self.kind = self.attributes.first_of(&EDGE_KINDS).map(str::to_owned);
        }
        self.kind.take_if(|kind| kind.trim().is_empty());
        if self.weight.is_some() {
            return Ok(());
        }
        if let Some(text) = self.attributes.first_of(&["weight", "gewicht"]) {
            if !text.trim().is_empty() {
                self.weight = Some(builder.weight(text, self.line)?);
            }
            return Ok(());
        }
        let number =
            |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        self.weight = self.attributes.first_of(&WEIGHTS).and_then(number);
        Ok(())
    }
}

/// One more attribute, under a name that all nodes share.
pub(super) fn add(builder: &mut Builder, attributes: &mut Attributes, name: &str, value: &str) {
    let name = builder.name(name);
    attributes.push(name, value);
}
