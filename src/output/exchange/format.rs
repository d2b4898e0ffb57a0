//! The formats of other tools, by name.

use std::str::FromStr;

use super::gexf::GexfVersion;
use crate::error::{Error, excerpt};

/// A format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exchange {
    /// GraphML, for NetworkX, igraph, Gephi, yEd.
    GraphMl,
    /// GEXF, for Gephi, with the time in which each node and edge was there.
    Gexf {
        /// Of which version.
        version: GexfVersion,
    },
    /// ANX, for i2 Analyst's Notebook, with cards and grades.
    Anx,
    /// A folder of CSV files for the import of Neo4j.
    Neo4j,
    /// Cytoscape JSON.
    Cytoscape {
        /// Whether communities are nodes in which their members lie.
        boxes: bool,
    },
    /// Node-link JSON, for NetworkX and D3.
    NodeLink,
    /// A network for Pajek, and a partition where there are communities.
    Pajek,
    /// An edge list for UCINET.
    Dl,
    /// A folder of two Parquet tables, nodes and edges.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Exchange {
    /// All formats that this build has, with their spelling.
    pub const ALL: &[(&'static str, Self)] = &[
        ("graphml", Self::GraphMl),
        ("gexf", Self::Gexf { version: GexfVersion::V1_3 }),
        ("gexf-1.2", Self::Gexf { version: GexfVersion::V1_2 }),
        ("anx", Self::Anx),
        ("neo4j", Self::Neo4j),
        ("cytoscape", Self::Cytoscape { boxes: false }),
        ("cytoscape-boxes", Self::Cytoscape { boxes: true }),
        ("node-link", Self::NodeLink),
        ("pajek", Self::Pajek),
        ("dl", Self::Dl),
        #[cfg(feature = "parquet")]
        ("parquet", Self::Parquet),
    ];

    /// How the format is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
            Self::Gexf { version: GexfVersion::V1_3 } => "gexf",
            Self::Gexf { version: GexfVersion::V1_2 } => "gexf-1.2",
            Self::Anx => "anx",
            Self::Neo4j => "neo4j",
            Self::Cytoscape { boxes: false } => "cytoscape",
            Self::Cytoscape { boxes: true } => "cytoscape-boxes",
            Self::NodeLink => "node-link",
            Self::Pajek => "pajek",
            Self::Dl => "dl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// Whether a map becomes several files, which belong in a folder of their own.
    #[must_use]
    pub fn is_folder(self) -> bool {
        match self {
            Self::Neo4j => true,
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            _ => false,
        }
    }
}

impl FromStr for Exchange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some(&(_, format)) = Self::ALL.iter().find(|(name, _)| *name == text) {
            return Ok(format);
        }
        if text == "parquet" {
            return Err(Error::usage(
                "this build writes no Parquet; build it with `--features parquet`, or write `neo4j`, whose CSV files hold the same",
            ));
        }
        let names: Vec<&str> = Self::ALL.iter().map(|(name, _)| *name).collect();
        let (last, first) = names.split_last().unwrap_or((&"", &[]));
        Err(Error::usage(format!(
            "no format `{}`; there are `{}` and `{last}`",
            excerpt(text),
            first.join("`, `")
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for &(name, format) in Exchange::ALL {
            assert_eq!(format.name(), name);
            assert_eq!(name.parse::<Exchange>().unwrap(), format);
        }
        assert!("visio".parse::<Exchange>().unwrap_err().to_string().contains("`graphml`"));
    }

    #[test]
    fn an_unknown_format_is_told_with_all_that_there_are() {
        let error = "x`y".parse::<Exchange>().unwrap_err().to_string();
        assert!(
            error.starts_with("no format `x`y`; there are `graphml`, `gexf`, `gexf-1.2`, `anx`")
        );
        let (last, before) = Exchange::ALL.split_last().unwrap();
        assert!(
            error.ends_with(&format!("`{}` and `{}`", before.last().unwrap().0, last.0)),
            "{error}"
        );
    }

    #[test]
    fn only_tables_are_a_folder() {
        let folders = Exchange::ALL.iter().filter(|(_, format)| format.is_folder());
        let names: Vec<&str> = folders.map(|(name, _)| *name).collect();
        #[cfg(feature = "parquet")]
        assert_eq!(names, ["neo4j", "parquet"]);
        #[cfg(not(feature = "parquet"))]
        assert_eq!(names, ["neo4j"]);
    }
}
