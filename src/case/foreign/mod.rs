//! Graph files of other tools: which nodes and edges do they hold?
//!
//! Each format has a file that turns its text into nodes and edges by way of [`Builder`](builder::Builder), which knows ids, dangling
//! ends and limits; so every format is refused for the same faults in the same words. Nothing is drawn from how a graph looks: colors,
//! places on a drawing and sizes are left where they are, and a note says so.

mod attributes;
mod builder;
mod cytoscape;
mod dl;
mod dl_head;
mod dot;
mod dot_tokens;
mod format;
mod gexf;
mod gexf_element;
mod gml;
mod graphml;
mod graphml_keys;
mod json;
mod konect;
mod matrix;
mod metis;
mod ndjson;
mod neo4j;
mod neo4j_header;
mod node_link;
mod pajek;
mod pajek_line;
mod senses;
mod settle;
mod tables;
mod text;
mod ties;
mod vna;
mod xml;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

pub use attributes::Attributes;
pub use format::ForeignFormat;
pub(super) use tables::{TableRow, TableRows, tables};

use self::builder::Builder;
use super::limits::Limits;
use super::read::{InputFile, Watch, short_name, whole};
use crate::error::Result;

/// A graph as another tool wrote it.
///
/// # Examples
///
/// ```
/// use kluwen::case::{Foreign, Limits};
///
/// # let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("small.net");
/// # std::fs::write(&path, "*Vertices 2\n1 \"Ann\"\n2 \"Bob\"\n*Edges\n1 2 3\n")?;
/// let read = Foreign::read(&path, &Limits::default()).unwrap();
/// assert_eq!(read.nodes[0].label.as_deref(), Some("Ann"));
/// assert_eq!(read.edges[0].weight, Some(3.0));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Foreign {
    /// The nodes, in the order of the file.
    pub nodes: Vec<ForeignNode>,
    /// The edges, in the order of the file.
    pub edges: Vec<ForeignEdge>,
    /// Whether edges run one way.
    pub directed: Directed,
    /// The format of the file.
    pub format: ForeignFormat,
    /// Whether nodes are of two sides, and edges lead from one to the other.
    pub two_mode: bool,
    /// Whether the file was a symmetric matrix, so that each tie stands twice.
    pub mirrored: bool,
    /// What was not read, or not as it stands.
    pub notes: Vec<String>,
    /// The files that it was read from; nodes and edges name theirs by its place here.
    pub files: Vec<InputFile>,
}

/// Whether the edges of a graph run one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Directed {
    /// All of them do.
    Yes,
    /// None of them does, or the format does not say.
    #[default]
    No,
    /// Some do.
    Mixed,
}

/// A time from which and until which something was so, as the file writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spell {
    /// The start; none where it is open.
    pub start: Option<String>,
    /// The end; none where it is open.
    pub end: Option<String>,
}

/// A node of a foreign graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignNode {
    /// What the file calls it; no other node has this id.
    pub id: String,
    /// What it is called on a drawing.
    pub label: Option<String>,
    /// What it is: its type or labels, parted by `;`.
    pub kind: Option<String>,
    /// Whether it is of the second side of a two-mode graph.
    pub second_side: bool,
    /// When it was there.
    pub spells: Vec<Spell>,
    /// Everything else that the file says of it.
    pub attributes: Attributes,
    /// The place of its file in [`Foreign::files`].
    pub file: u16,
    /// The line on which it stands.
    pub line: u64,
}

/// An edge of a foreign graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForeignEdge {
    /// Where it starts, by place in [`Foreign::nodes`].
    pub from: usize,
    /// Where it ends, by place in [`Foreign::nodes`].
    pub to: usize,
    /// Its weight, which is finite.
    pub weight: Option<f64>,
    /// Whether it runs one way.
    pub directed: bool,
    /// What it is: its type or label.
    pub kind: Option<String>,
    /// When it was there.
    pub spells: Vec<Spell>,
    /// Everything else that the file says of it.
    pub attributes: Attributes,
    /// The place of its file in [`Foreign::files`].
    pub file: u16,
    /// The line on which it stands.
    pub line: u64,
}

impl Foreign {
    /// Reads the graph in the file, or for Neo4j the folder, at `path`.
    ///
    /// - **Cost**: linear in the bytes, all of which are held.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is of no known format, or is damaged: two nodes of one id, an edge that ends nowhere, a number that is
    /// none. If it has more bytes than `limits` allow, or stands for far more nodes and edges than it has bytes.
    pub fn read(path: &Path, limits: &Limits) -> Result<Self> {
        Self::read_noting(path, *limits, false)
    }

    /// Reads a graph that is in memory: `name` tells the format as the name of a file does, and stands in messages. A folder for Neo4j
    /// is several files, and is read from where it lies; nothing is unpacked.
    ///
    /// # Errors
    ///
    /// As those of [`read`](Self::read).
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{Foreign, Limits};
    ///
    /// let dot = b"graph { Ann -- Bob }";
    /// let read = Foreign::from_bytes("small.dot", dot, &Limits::default())?;
    /// assert_eq!(read.nodes.len(), 2);
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Result<Self> {
        let Some(format) = ForeignFormat::of_named(name, bytes) else {
            return Err(ForeignFormat::refusal(name.as_ref()));
        };
        limits.check_whole(bytes.len() as u64, name)?;
        Self::parse(format, name, bytes, *limits, InputFile::of_bytes(name, bytes))
    }

    /// The same; with the SHA-256 of each file if `digest`.
    pub(super) fn read_noting(path: &Path, limits: Limits, digest: bool) -> Result<Self> {
        let Some(format) = ForeignFormat::of(path) else {
            return Err(ForeignFormat::refusal(path));
        };
        if format == ForeignFormat::Neo4jCsv {
            return neo4j::read(path, limits, digest);
        }
        let name = short_name(path);
        let watch = Watch::new(digest);
        let bytes = whole(path, &name, &watch, limits, |_| Ok(()))?;
        Self::parse(format, &name, &bytes, limits, watch.file(&name))
    }

    fn parse(
        format: ForeignFormat,
        name: &str,
        bytes: &[u8],
        limits: Limits,
        file: InputFile,
    ) -> Result<Self> {
        let mut builder = Builder::new(format, name, bytes.len(), limits);
        let text = text::decode(bytes, name)?;
        format.parse(&text, &mut builder)?;
        builder.finish(vec![file])
    }

    /// Whether the file or folder at `path` is a graph of another tool, by its ending and, where that is not enough, by how it begins.
    #[must_use]
    pub fn is_foreign(path: &Path) -> bool {
        ForeignFormat::of(path).is_some()
    }

    /// What each node is called: its label where no other node has the same, else its id. Who is a victim, as far as the file says, is
    /// called `V1`, `V2`, … in the order of the file.
    #[must_use]
    pub fn names(&self) -> Vec<Cow<'_, str>> {
        let mut victims = 0;
        let name = |(node, label)| {
            if !senses::is_victim(node) {
                return Cow::Borrowed(label);
            }
            victims += 1;
            Cow::Owned(format!("V{victims}"))
        };
        self.nodes.iter().zip(self.labels()).map(name).collect()
    }

    fn labels(&self) -> Vec<&str> {
        let ids: HashMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let mut holders: HashMap<&str, usize> = HashMap::new();
        for label in self.nodes.iter().filter_map(|node| node.label.as_deref()) {
            *holders.entry(label).or_default() += 1;
        }
        let own = |at: usize, label: &&str| {
            holders[*label] == 1 && ids.get(*label).is_none_or(|&other| other == at)
        };
        let name = |(at, node)| {
            let ForeignNode { id, label, .. }: &ForeignNode = node;
            label.as_deref().filter(|label| own(at, label)).unwrap_or(id)
        };
        self.nodes.iter().enumerate().map(name).collect()
    }
}
