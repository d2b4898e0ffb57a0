//! Maps in the formats of other tools.
//!
//! One format a file. What is said of nodes and edges stands once, in `columns.rs`, under the names of the contract; each format spells it in
//! its own way and has one place where text of a case becomes part of it. Files are written while the map is walked: beside the map
//! there is an id and two days for each node, whatever its size.

mod anx;
mod chart;
mod columns;
mod cytoscape;
mod dl;
mod format;
mod gexf;
mod graphml;
mod json_parts;
mod losses;
mod neo4j;
mod node_link;
mod pajek;
#[cfg(feature = "parquet")]
mod parquet;
mod xml;

use std::io::{self, ErrorKind, Write};

pub use format::Exchange;
pub use gexf::GexfVersion;
pub use losses::Losses;

use crate::finding::Map;
use crate::output::placement::Placed;
use chart::Chart;

/// Writes a map in a format that is one file.
///
/// Nodes are called by code; names stand in labels where the map shows names. With a placement, formats that have positions say
/// where each sign stands. The same map gives the same bytes.
///
/// - **Cost**: linear in what is written; an id and two days are held for each node.
///
/// # Errors
///
/// If `out` fails, or the format is a folder: [`map_files`] writes those.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{Map, MapNode, Part};
/// use kluwen::output::{Exchange, write_map};
///
/// let map = Map { nodes: vec![MapNode::new("V9".into(), Part::Victim)], ..Map::default() };
/// let mut out = Vec::new();
/// write_map(&map, None, Exchange::Pajek, &mut out)?;
/// assert_eq!(out, b"*Vertices 1\n1 \"V9\" ellipse\n*Arcs\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write_map(
    map: &Map,
    placed: Option<&Placed>,
    format: Exchange,
    out: &mut dyn Write,
) -> io::Result<()> {
    let whole = What::Whole(format);
    if format.is_folder() {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            "this format is a folder of several files",
        ));
    }
    whole.write(&Chart::new(map, placed), out)
}

/// The files of a map in any format: those of a folder, or one, and for Pajek a partition where there are communities.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{Map, MapNode, Part};
/// use kluwen::output::{Exchange, map_files};
///
/// let map = Map { nodes: vec![MapNode::new("V9".into(), Part::Victim)], ..Map::default() };
/// let files = map_files(&map, None, Exchange::Neo4j);
/// assert_eq!(files.names().collect::<Vec<_>>(), ["nodes.Person.csv"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn map_files<'m>(map: &'m Map, placed: Option<&'m Placed>, format: Exchange) -> MapFiles<'m> {
    let chart = Chart::new(map, placed);
    let file = |name: &str, what| (name.to_owned(), what);
    let parts = match format {
        Exchange::Neo4j => neo4j::tables(&chart)
            .into_iter()
            .map(|own| (own.file_name(), What::Neo4j(own)))
            .collect(),
        #[cfg(feature = "parquet")]
        Exchange::Parquet => {
            vec![
                file("nodes.parquet", What::ParquetNodes),
                file("edges.parquet", What::ParquetEdges),
            ]
        }
        Exchange::Pajek => {
            let groups = map.nodes.iter().any(|node| node.community.is_some());
            let partition = groups.then(|| file("map.clu", What::Partition));
            [file("map.net", What::Whole(format))].into_iter().chain(partition).collect()
        }
        Exchange::GraphMl => vec![file("map.graphml", What::Whole(format))],
        Exchange::Gexf { .. } => vec![file("map.gexf", What::Whole(format))],
        Exchange::Anx => vec![file("map.anx", What::Whole(format))],
        Exchange::Cytoscape { .. } => vec![file("map.cyjs", What::Whole(format))],
        Exchange::NodeLink => vec![file("map.json", What::Whole(format))],
        Exchange::Dl => vec![file("map.dl", What::Whole(format))],
    };
    MapFiles { chart, parts }
}

/// The files of a map, each of which is written when it is asked for.
#[derive(Debug)]
pub struct MapFiles<'m> {
    chart: Chart<'m>,
    parts: Vec<(String, What)>,
}

impl MapFiles<'_> {
    /// The names of the files, in their order.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Writes the file of that place among [`names`](Self::names).
    ///
    /// # Errors
    ///
    /// If `out` fails, or there is no such file.
    pub fn write(&self, place: usize, out: &mut dyn Write) -> io::Result<()> {
        let (_, what) = self.parts.get(place).ok_or(ErrorKind::NotFound)?;
        what.write(&self.chart, out)
    }
}

/// What stands in a file.
#[derive(Clone, Copy, Debug)]
enum What {
    Whole(Exchange),
    Neo4j(neo4j::Table),
    /// Communities for Pajek.
    Partition,
    #[cfg(feature = "parquet")]
    ParquetNodes,
    #[cfg(feature = "parquet")]
    ParquetEdges,
}

impl What {
    fn write(self, chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Whole(Exchange::GraphMl) => graphml::write(chart, out),
            Self::Whole(Exchange::Gexf { version }) => gexf::write(chart, version, out),
            Self::Whole(Exchange::Anx) => anx::write(chart, out),
            Self::Whole(Exchange::Cytoscape { boxes }) => cytoscape::write(chart, boxes, out),
            Self::Whole(Exchange::NodeLink) => node_link::write(chart, out),
            Self::Whole(Exchange::Pajek) => pajek::write(chart, out),
            Self::Whole(Exchange::Dl) => dl::write(chart, out),
            // Their files are parts, never whole.
            Self::Whole(_) => Err(ErrorKind::InvalidInput.into()),
            Self::Neo4j(table) => table.write(chart, out),
            Self::Partition => pajek::write_partition(chart, out),
            #[cfg(feature = "parquet")]
            Self::ParquetNodes => parquet::write_nodes(chart, out),
            #[cfg(feature = "parquet")]
            Self::ParquetEdges => parquet::write_edges(chart, out),
        }
    }
}
