//! From a file of edges straight to a graph: one line an edge, on all threads.
//!
//! For graphs that are no cases: two columns of names or numbers and perhaps one of weights. The file is cut into pieces at line
//! ends; each is parsed by itself, and the pieces are put together in the order of the file, so that nothing depends on threads.

mod foreign;
mod layout;
mod line;
mod named;
mod names;
mod numbered;
mod ordering;
mod source;

use std::path::Path;

use super::csr::{Csr, Direction, Held};
use crate::case::Limits;
use crate::error::Result;
use layout::Layout;
use line::Stop;
pub use names::Names;
use ordering::by_degree;
use source::Source;

/// How a file of edges is read.
///
/// The first line names the columns: `source` and `target` (or `src` and `dst`, `from` and `to`) and perhaps `weight`; without such a line
/// the first two columns are the nodes and a third one is the weight, if all of the first line are numbers. Columns are parted by commas,
/// semicolons, tabs or spaces; lines before the first that begin with `#` or `%` are remarks.
///
/// # Examples
///
/// ```no_run
/// use kluwen::graph::EdgeList;
///
/// let read = EdgeList::default().read("edges.csv".as_ref())?;
/// println!("{} has the most ties", read.names.of(0));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgeList {
    /// Whether edges run one way. Both ways by default.
    pub direction: Direction,
    /// How much is taken in.
    pub limits: Limits,
}

/// A graph from a file, and what its nodes are called there.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The graph. Nodes are numbered by falling degree, equals by where they are first named: kernels are fastest so, and the order
    /// does not depend on how the lines of equals are parted.
    pub csr: Csr,
    /// The name of each node.
    pub names: Names,
    /// How many lines were edges.
    pub lines: usize,
    /// The names of columns that were not read.
    pub unread: Vec<String>,
}

/// Edges of one piece of the file.
type Block<W> = Vec<(u32, u32, W)>;

/// All edges by number of node, and what is so numbered.
struct Parsed<W> {
    blocks: Vec<Block<W>>,
    names: Names,
}

impl EdgeList {
    /// Reads the graph; `-` is standard input.
    ///
    /// - **Cost**: linear in the bytes of the file; about 12 bytes an edge beside the graph.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or a line is no edge: too few or too many columns, an empty name, a weight that is no finite number.
    pub fn read(self, path: &Path) -> Result<Labelled> {
        self.read_source(&Source::open(path, self.limits)?)
    }

    /// Reads a graph that is in memory; `name` stands in messages.
    ///
    /// # Errors
    ///
    /// As those of [`read`](Self::read).
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::graph::EdgeList;
    ///
    /// let read = EdgeList::default().read_bytes("edges.csv", b"source,target\na,b\nb,c\n".to_vec())?;
    /// assert_eq!((read.names.of(0).as_ref(), read.csr.edge_count()), ("b", 2));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn read_bytes(self, name: &str, bytes: Vec<u8>) -> Result<Labelled> {
        self.read_source(&Source::held(name.as_ref(), bytes, self.limits)?)
    }

    fn read_source(self, source: &Source) -> Result<Labelled> {
        let layout = Layout::of(source)?;
        let read = match layout.weight {
            None => self.take::<()>(source, &layout),
            Some(_) => match self.take::<f32>(source, &layout) {
                Err(Stop::Inexact) => self.take::<f64>(source, &layout),
                read => read,
            },
        };
        read.map_err(|stop| stop.into_error(source))
    }

    fn take<W: Held>(
        self,
        source: &Source,
        layout: &Layout,
    ) -> std::result::Result<Labelled, Stop> {
        let parsed = match numbered::parse::<W>(source, layout) {
            Err(Stop::NotNumbers) => named::parse::<W>(source, layout)?,
            parsed => parsed?,
        };
        let lines = parsed.blocks.iter().map(Vec::len).sum();
        self.limits.check_rows(lines, "edges", &source.name()).map_err(Stop::Error)?;
        let (blocks, names) = by_degree(parsed);
        let csr = Csr::from_blocks(names.len(), blocks, self.direction).ok_or(Stop::Inexact)?;
        Ok(Labelled { csr, names, lines, unread: layout.unread.clone() })
    }
}
