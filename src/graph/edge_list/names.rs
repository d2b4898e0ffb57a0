//! What the nodes of a graph from a file are called there.

use std::borrow::Cow;

/// The name of each node, in node order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// All names are small whole numbers.
    Numbers(Vec<u32>),
    /// The names one after another, and where each ends.
    Texts {
        /// All names.
        all: String,
        /// `ends[u]` is where the name of `u` ends and the next begins.
        ends: Vec<usize>,
    },
}

impl Names {
    /// How many nodes have a name.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Texts { ends, .. } => ends.len(),
        }
    }

    /// Whether there are no nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name of node `u`.
    ///
    /// # Panics
    ///
    /// If there is no such node.
    #[must_use]
    pub fn of(&self, u: u32) -> Cow<'_, str> {
        let u = u as usize;
        match self {
            Self::Numbers(numbers) => Cow::Owned(numbers[u].to_string()),
            Self::Texts { all, ends } => {
                let start = if u == 0 { 0 } else { ends[u - 1] };
                Cow::Borrowed(&all[start..ends[u]])
            }
        }
    }

    /// The names in another order: node `u` is then what `order[u]` was.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        match self {
            Self::Numbers(numbers) => {
                Self::Numbers(order.iter().map(|&old| numbers[old as usize]).collect())
            }
            Self::Texts { all, .. } => {
                let (mut text, mut ends) = (String::with_capacity(all.len()), Vec::new());
                ends.reserve_exact(order.len());
                for &old in order {
                    text.push_str(&self.of(old));
                    ends.push(text.len());
                }
                Self::Texts { all: text, ends }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_put_in_another_order() {
        let texts =
            |all: &str, ends: &[usize]| Names::Texts { all: all.into(), ends: ends.to_vec() };
        let names = texts("annabojo", &[4, 4, 6, 8]);
        assert_eq!([0, 1, 2, 3].map(|u| names.of(u).into_owned()), ["anna", "", "bo", "jo"]);
        assert_eq!(names.reordered(&[3, 0, 1]), texts("joanna", &[2, 6, 6]));
        let numbers = Names::Numbers(vec![7, 0, 31]);
        assert_eq!(numbers.of(2), "31");
        assert_eq!(numbers.reordered(&[2, 0]), Names::Numbers(vec![31, 7]));
        assert_eq!((names.len(), numbers.len()), (4, 3));
        assert!(
            !numbers.is_empty() && Names::Numbers(vec![]).is_empty() && texts("", &[]).is_empty()
        );
    }
}
