//! What the keys of GraphML stand for.

use std::collections::HashMap;
use std::sync::Arc;

use super::builder::Builder;
use super::xml::Element;
use super::{ForeignEdge, ForeignNode};
use crate::error::Result;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Domain {
    Node,
    Edge,
    Other,
}

impl Domain {
    fn of(text: &str) -> Option<&'static [Self]> {
        Some(match text {
            "node" => &[Self::Node],
            "edge" => &[Self::Edge],
            "all" => &[Self::Node, Self::Edge, Self::Other],
            "graph" | "graphml" | "hyperedge" | "port" | "endpoint" => &[Self::Other],
            _ => return None,
        })
    }
}

/// A key: what it is called, and what has the value where nothing is said.
#[derive(Clone, Debug)]
struct Key {
    name: Arc<str>,
    default: Option<String>,
}

/// The keys of a file; one id may stand for one thing of nodes and another of edges.
#[derive(Debug, Default)]
pub(super) struct Keys {
    known: HashMap<(Domain, String), Key>,
    /// Keys that have a default, in the order of the file.
    defaults: Vec<(Domain, String)>,
    /// The key that is read.
    open: Option<(&'static [Domain], String)>,
}

impl Keys {
    pub(super) fn open(&mut self, element: &Element, builder: &mut Builder) -> Result<()> {
        let id = element.need("id", builder)?.to_owned();
        let name = builder.name(element.get("attr.name").unwrap_or(&id));
        let of = element.get("for").unwrap_or("all");
        let Some(domains) = Domain::of(of) else {
            let expected = "`node`, `edge`, `graph` or `all`";
            return Err(builder.fault(element.line, "for", super::text::quoted(of), expected));
        };
        for &domain in domains {
            let key = Key { name: name.clone(), default: None };
            if self.known.insert((domain, id.clone()), key).is_some() {
                let found = format!("the key {} a second time", super::text::quoted(&id));
                return Err(builder.fault(
                    element.line,
                    "id",
                    found,
                    "an id of its own for every key",
                ));
            }
        }
        self.open = Some((domains, id));
        Ok(())
    }

    /// The text of a default.
    pub(super) fn set_default(&mut self, text: &str) {
        let Some((domains, id)) = &self.open else { return };
        for &domain in *domains {
            let place = (domain, id.clone());
            if let Some(key) = self.known.get_mut(&place).filter(|key| key.default.is_none()) {
                key.default = Some(text.trim().to_owned());
                self.defaults.push(place);
            }
        }
    }

    /// What a key is called; its own id, and a note, where nothing declares it for this.
    pub(super) fn name(&self, domain: Domain, id: &str, builder: &mut Builder) -> Arc<str> {
        let of = |domain| self.known.get(&(domain, id.to_owned()));
        if let Some(key) = of(domain) {
            return key.name.clone();
        }
        let elsewhere = [Domain::Node, Domain::Edge, Domain::Other].into_iter().find_map(of);
        let (what, name) = match elsewhere {
            Some(key) => ("declared for something else than where it stands", key.name.clone()),
            None => ("not declared", builder.name(id)),
        };
        builder
            .note(format!("The key {} is {what}; its values are kept.", super::text::quoted(id)));
        name
    }

    pub(super) fn complete_node(
        &self,
        node: &mut ForeignNode,
        builder: &mut Builder,
    ) -> Result<()> {
        let line = node.line;
        self.complete(Domain::Node, &mut node.attributes, line, builder)
    }

    pub(super) fn complete_edge(
        &self,
        edge: &mut ForeignEdge,
        builder: &mut Builder,
    ) -> Result<()> {
        let line = edge.line;
        self.complete(Domain::Edge, &mut edge.attributes, line, builder)
    }

    /// Adds the defaults of what nothing is said about.
    fn complete(
        &self,
        domain: Domain,
        attributes: &mut super::Attributes,
        line: u64,
        builder: &mut Builder,
    ) -> Result<()> {
        if self.defaults.is_empty() {
            return Ok(());
        }
        let of_this = self.defaults.iter().filter(|place| place.0 == domain);
        let keys = of_this.map(|place| &self.known[place]);
        let defaults = keys.filter_map(|key| Some((&key.name, key.default.as_deref()?)));
        attributes.complete(defaults, line, builder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_for_nodes_for_edges_for_both_or_for_what_is_not_read() {
        for (text, domains) in [
            ("node", Some(&[Domain::Node][..])),
            ("edge", Some(&[Domain::Edge])),
            ("all", Some(&[Domain::Node, Domain::Edge, Domain::Other])),
            ("graph", Some(&[Domain::Other])),
            ("graphml", Some(&[Domain::Other])),
            ("hyperedge", Some(&[Domain::Other])),
            ("port", Some(&[Domain::Other])),
            ("endpoint", Some(&[Domain::Other])),
            ("Node", None),
            ("", None),
        ] {
            assert_eq!(Domain::of(text), domains, "{text}");
        }
    }
}
