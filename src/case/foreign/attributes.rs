//! What a file says of a node or an edge beside its ends and names.

use std::collections::HashSet;
use std::sync::Arc;

use super::builder::Builder;
use crate::error::Result;

/// Names and values, as texts, in the order of the file; names are shared between nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(Arc<str>, String)>);

impl Attributes {
    /// The value of a name; the first where a name stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_str()))
    }

    /// How many bytes all values have.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|(_, value)| value.len()).sum()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names that are there, to be looked up fast however many there are.
    pub(super) fn names(&self) -> HashSet<Arc<str>> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Adds a value.
    pub(super) fn push(&mut self, name: impl Into<Arc<str>>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds what others say of names that are not there yet.
    pub(super) fn join(&mut self, others: Self) {
        let known = self.names();
        self.0.extend(others.0.into_iter().filter(|(name, _)| !known.contains(name)));
    }

    /// Adds the defaults of what nothing is said about, name by name.
    pub(super) fn complete<'d>(
        &mut self,
        defaults: impl Iterator<Item = (&'d Arc<str>, &'d str)>,
        line: u64,
        builder: &mut Builder,
    ) -> Result<()> {
        let mut said = self.names();
        for (name, default) in defaults {
            if said.insert(name.clone()) {
                builder.imply(1, default.len(), line)?;
                self.push(name.clone(), default);
            }
        }
        Ok(())
    }

    /// Takes the first of `names` out that is there, whatever its case.
    pub(super) fn take(&mut self, names: &[&str]) -> Option<String> {
        let at = names
            .iter()
            .find_map(|name| self.0.iter().position(|(own, _)| own.eq_ignore_ascii_case(name)))?;
        Some(self.0.remove(at).1)
    }

    /// The first of `names` that is there, whatever its case.
    pub(super) fn first_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Attributes {
        Attributes(pairs.iter().map(|&(name, value)| (name.into(), value.to_owned())).collect())
    }

    #[test]
    fn they_are_counted_and_measured_by_their_values() {
        assert!(of(&[]).is_empty());
        let two = of(&[("a", "xyz"), ("b", "é")]);
        assert!(!two.is_empty());
        assert_eq!((two.len(), two.bytes()), (2, 5));
    }

    #[test]
    fn the_first_of_two_values_of_a_name_counts() {
        let twice = of(&[("a", "1"), ("A", "2"), ("a", "3")]);
        assert_eq!(twice.get("a"), Some("1"));
        assert_eq!(twice.get("A"), Some("2"));
        assert_eq!(twice.get("b"), None);
    }

    #[test]
    fn names_are_sought_in_their_own_order_whatever_their_case() {
        let mut own = of(&[("Title", "t"), ("LABEL", "l"), ("x", "y")]);
        assert_eq!(own.first_of(&["label", "title"]), Some("l"));
        assert_eq!(own.first_of(&["name"]), None);
        assert_eq!(own.take(&["name", "label"]).as_deref(), Some("l"));
        assert_eq!(own, of(&[("Title", "t"), ("x", "y")]));
        assert_eq!(own.take(&["label"]), None);
    }

    #[test]
    fn what_others_say_of_a_known_name_is_not_added() {
        let mut own = of(&[("a", "1")]);
        own.join(of(&[("a", "2"), ("b", "3")]));
        assert_eq!(own, of(&[("a", "1"), ("b", "3")]));
    }

    #[test]
    fn a_default_is_added_once_where_nothing_is_said() {
        let mut builder = Builder::new(ForeignFormat::GraphMl, "a.graphml", 0, Limits::default());
        let defaults: [(Arc<str>, &str); 3] =
            [("a".into(), "x"), ("b".into(), "y"), ("b".into(), "z")];
        let mut own = of(&[("a", "1")]);
        let defaults = defaults.iter().map(|(name, value)| (name, *value));
        own.complete(defaults, 1, &mut builder).expect("few values");
        assert_eq!(own, of(&[("a", "1"), ("b", "y")]));
    }
}
