//! Methods of grouping.

use clap::ValueEnum;
use kluwen::error::Result;
use kluwen::graph::Csr;
use kluwen::measure::{
    Agreed, Communities, Components, Consensus, LabelPropagation, Leiden, Louvain, MapEquation,
    Partition, Quality,
};

/// A method of grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Who is connected at all
    Components,
    /// Louvain
    Louvain,
    /// Leiden, whose groups are connected
    Leiden,
    /// The map equation: groups that a random walk seldom leaves
    MapEquation,
    /// Everybody joins those whom most of their ties lead to: fastest, for millions of people; less sure than Leiden
    LabelPropagation,
    /// What many divisions by several methods agree on, and how firmly each belongs
    Consensus,
}

impl By {
    /// The groups, and how far divisions agree where many are made.
    pub(crate) fn divide(
        self,
        csr: &Csr,
        quality: Quality,
        seed: u64,
    ) -> Result<(Partition, Option<Agreed>)> {
        let partition = match self {
            Self::Components => Components.partition(csr)?,
            Self::Louvain => Louvain { quality, seed, ..Louvain::default() }.partition(csr)?,
            Self::Leiden => Leiden { quality, seed, ..Leiden::default() }.partition(csr)?,
            Self::MapEquation => MapEquation { seed, ..MapEquation::default() }.partition(csr)?,
            Self::LabelPropagation => {
                LabelPropagation { seed, ..LabelPropagation::default() }.partition(csr)?
            }
            Self::Consensus => {
                let agreed = Consensus { seed, ..Consensus::default() }.run(csr)?;
                return Ok((agreed.partition.clone(), Some(agreed)));
            }
        };
        Ok((partition, None))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Components => "components",
            Self::Louvain => "louvain",
            Self::Leiden => "leiden",
            Self::MapEquation => "map-equation",
            Self::LabelPropagation => "label-propagation",
            Self::Consensus => "consensus",
        }
    }
}

#[cfg(test)]
mod tests {
    use kluwen::graph::Direction;

    use super::*;

    /// How many groups two triangles with a tie between them fall into.
    fn groups(by: By, quality: Quality) -> usize {
        let pairs = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)];
        let csr = Csr::unweighted(6, &pairs, Direction::Undirected);
        by.divide(&csr, quality, 0).expect("a division").0.group_count()
    }

    #[test]
    fn each_method_divides_by_the_quality_that_was_asked_for() {
        let coarse = Quality::Modularity { resolution: 1.0 };
        // Denser than twice all ties nothing is, so that everybody is alone.
        let fine = Quality::Cpm { resolution: 2.0 };
        for by in [By::Louvain, By::Leiden] {
            assert_eq!([coarse, fine].map(|quality| groups(by, quality)), [2, 6], "{by:?}");
        }
        assert_eq!(groups(By::Components, coarse), 1);
        assert_eq!(groups(By::MapEquation, coarse), 2);
    }

    #[test]
    fn only_what_many_divisions_agree_on_says_how_far_they_do() {
        let csr = Csr::path(4);
        for by in By::value_variants() {
            let (_, agreed) = by.divide(&csr, Quality::default(), 0).expect("a division");
            assert_eq!(agreed.is_some(), *by == By::Consensus, "{by:?}");
            let value = by.to_possible_value().expect("a name");
            assert_eq!(by.name(), value.get_name());
        }
    }
}
