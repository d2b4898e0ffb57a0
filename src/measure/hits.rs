//! Who names those that many name, and who is named by those who name many.

use super::eigenvector::Eigenvector;
use super::perron::{dot, mix};
use super::{Centrality, Scores};
use crate::error::Result;
use crate::graph::{Csr, Direction, Edge};

/// Which of the two scores of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HubOrAuthority {
    /// How far it points to good authorities. This is the default.
    #[default]
    Hub,
    /// How far good hubs point to it.
    Authority,
}

/// HITS: hubs point to good authorities, and authorities are pointed to by good hubs.
///
/// The hub score of a node is proportional to the sum of the authority scores of the nodes that it has an edge to, and the authority score to
/// the sum of the hub scores of those with an edge to it. In a network of calls or payments a hub is who turns to those that many turn to.
/// On an undirected graph both are [`Eigenvector`].
///
/// - **Shape**: one score per node, in node order.
/// - **Unit**: none; the squares of the scores sum to 1.
/// - **Cost**: that of [`Eigenvector`] on a graph of `2n` nodes, and `O(n + m)` memory.
/// - **Order**: the same to the bit for any number of threads.
/// - **Edge cases**: a node without outgoing edges is no hub, one without incoming edges no authority, and scores 0. The graph of hubs on one
///   side and authorities on the other may be in parts; these do as in [`Eigenvector`].
///
/// # Errors
///
/// Those of [`Eigenvector`].
///
/// # Examples
///
/// Two call one phone, and one of them calls another phone as well:
///
/// ```
/// use kluwen::graph::{Csr, Direction};
/// use kluwen::measure::{Centrality, Hits, HubOrAuthority};
///
/// let calls = Csr::unweighted(4, &[(0, 2), (1, 2), (1, 3)], Direction::Directed);
/// let hubs = Hits::default().scores(&calls)?;
/// let named = Hits { score: HubOrAuthority::Authority, ..Hits::default() }.scores(&calls)?;
/// // The ratio is the golden one.
/// let golden = (1.0 + 5.0_f64.sqrt()) / 2.0;
/// assert!((hubs[1] / hubs[0] - golden).abs() < 1e-9 && hubs[2] == 0.0);
/// assert!((named[2] / named[3] - golden).abs() < 1e-9 && named[0] == 0.0);
/// # Ok::<(), kluwen::Error>(())
/// ```
///
/// # Source
///
/// J. M. Kleinberg, "Authoritative sources in a hyperlinked environment", J. ACM 46(5):604-632, 1999, section 3: `y` are the hubs, `x` the
/// authorities. Both are one eigenvector of the undirected graph with an edge from `u`, as a hub, to `v`, as an authority, for each edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    /// Which score. The hub's by default.
    pub score: HubOrAuthority,
    /// How it is solved.
    pub solver: Eigenvector,
}

impl Centrality for Hits {
    fn name(&self) -> &'static str {
        match self.score {
            HubOrAuthority::Hub => "hits_hub",
            HubOrAuthority::Authority => "hits_authority",
        }
    }

    fn scores(&self, csr: &Csr) -> Result<Scores> {
        let n = csr.node_count();
        let both = self.solver.solve(&double_cover(csr), self.name())?;
        let mut scores = match self.score {
            HubOrAuthority::Hub => both[..n].to_vec(),
            HubOrAuthority::Authority => both[n..].to_vec(),
        };
        let length = libm::sqrt(dot(&scores, &scores));
        if length > 0.0 {
            mix(&mut scores, 1.0 / length, []);
        }
        Ok(Scores::new(scores))
    }
}

/// Each node twice, as a hub and as an authority; its edges lead from the one to the other.
fn double_cover(csr: &Csr) -> Csr {
    let n = csr.nodes().end;
    let edges: Vec<Edge> = csr
        .nodes()
        .flat_map(|u| csr.edges_of(u).map(move |(v, weight)| (u, n + v, weight)))
        .collect();
    let cover = Csr::new(2 * csr.node_count(), &edges, Direction::Undirected);
    if csr.is_weighted() { cover } else { cover.without_weights() }
}
