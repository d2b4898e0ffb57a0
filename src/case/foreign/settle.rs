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

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    fn attributes(pairs: &[(&str, &str)]) -> Attributes {
        let mut own = Attributes::default();
        for &(name, value) in pairs {
            own.push(name, value);
        }
        own
    }

    fn node(label: Option<&str>, kind: Option<&str>, pairs: &[(&str, &str)]) -> ForeignNode {
        let [label, kind] = [label, kind].map(|text| text.map(str::to_owned));
        ForeignNode { label, kind, attributes: attributes(pairs), ..ForeignNode::default() }
    }

    #[test]
    fn kinds_of_two_records_of_a_node_are_joined_each_once() {
        for (own, more, both) in [
            (None, None, None),
            (None, Some("b"), Some("b")),
            (Some("a"), None, Some("a")),
            (Some("a"), Some("a"), Some("a")),
            (Some("a"), Some("b"), Some("a;b")),
            (Some("a;b"), Some("b"), Some("a;b")),
            (Some("ab"), Some("b"), Some("ab;b")),
        ] {
            let mut merged = node(None, own, &[]);
            merged.merge(node(None, more, &[]));
            assert_eq!(merged.kind.as_deref(), both, "{own:?} and {more:?}");
        }
    }

    #[test]
    fn what_the_first_record_of_a_node_says_stays() {
        let mut merged = node(Some("Ann"), None, &[("x", "1")]);
        merged.merge(node(Some("Anna"), None, &[("x", "2"), ("y", "3")]));
        assert_eq!(merged, node(Some("Ann"), None, &[("x", "1"), ("y", "3")]));
        let mut merged = node(None, None, &[]);
        merged.merge(node(Some("Anna"), None, &[]));
        assert_eq!(merged.label.as_deref(), Some("Anna"));
    }

    #[test]
    fn label_and_kind_of_a_node_come_from_its_attributes() {
        let settled = |mut node: ForeignNode| {
            node.settle();
            (node.label, node.kind, node.attributes.len())
        };
        let some = |text: &str| Some(text.to_owned());
        let pairs = [("name", "Ann"), ("Label", "A"), ("class", "c"), ("Kind", "k")];
        assert_eq!(settled(node(None, None, &pairs)), (some("A"), some("k"), 3));
        assert_eq!(settled(node(None, None, &[("title", "T")])), (some("T"), None, 1));
        assert_eq!(settled(node(Some("x"), Some("y"), &pairs)), (some("x"), some("y"), 4));
        assert_eq!(settled(node(None, None, &[("label", " "), ("type", " ")])), (None, None, 1));
    }

    fn settled(mut edge: ForeignEdge) -> Result<(Option<String>, Option<f64>)> {
        let builder = Builder::new(ForeignFormat::Gml, "a.gml", 0, Limits::default());
        edge.settle(&builder)?;
        Ok((edge.kind, edge.weight))
    }

    fn edge(pairs: &[(&str, &str)]) -> ForeignEdge {
        ForeignEdge { attributes: attributes(pairs), line: 7, ..ForeignEdge::default() }
    }

    #[test]
    fn kind_and_weight_of_an_edge_come_from_its_attributes() {
        for (pairs, kind, weight) in [
            (&[][..], None, None),
            (&[("label", "l"), ("Type", "t"), ("COUNT", "3")], Some("t"), Some(3.0)),
            (&[("kind", " "), ("value", " 0.5 ")], None, Some(0.5)),
            (&[("count", "3"), ("Weight", "2")], None, Some(2.0)),
            (&[("count", "3"), ("gewicht", "2")], None, Some(2.0)),
            (&[("count", "3"), ("weight", " ")], None, None),
            (&[("count", "many"), ("strength", "1")], None, None),
            (&[("strength", "inf")], None, None),
        ] {
            let settled = settled(edge(pairs)).expect("a number or none");
            assert_eq!(settled, (kind.map(str::to_owned), weight), "{pairs:?}");
        }
    }

    #[test]
    fn what_the_format_says_of_an_edge_stays() {
        let (kind, weight) = (Some("k".to_owned()), Some(4.0));
        let said = ForeignEdge { weight, kind, ..edge(&[("type", "t"), ("weight", "no")]) };
        assert_eq!(settled(said).expect("it has a weight"), (Some("k".to_owned()), Some(4.0)));
    }

    #[test]
    fn a_weight_that_is_no_number_is_refused_at_its_line() {
        for weight in ["much", "nan", "inf"] {
            let error = settled(edge(&[("weight", weight)])).expect_err("no number").to_string();
            assert!(error.starts_with(&format!("a.gml:7: column `weight`: `{weight}`")), "{error}");
        }
    }
}
