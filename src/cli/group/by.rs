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
