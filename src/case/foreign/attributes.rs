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
