//! `kluwen summary`: how large and how dense a network is.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::Result;
use kluwen::graph::{Flat, Mode, Network};
use kluwen::measure::{
    Biconnected, Centrality as _, Communities as _, Components, CoreNumbers, degree_assortativity,
    transitivity, triangles,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{FlattenFlags, Form, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::NetworkFlag;
use super::print;
use super::reading::Reading;

/// How large and how dense the network is
#[derive(Debug, Args)]
pub(crate) struct Summary {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// In which network
    #[arg(long, value_enum, default_value_t)]
    network: NetworkFlag,
    #[command(flatten)]
    flatten: FlattenFlags,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl Summary {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let network = Network::new(&read.taken.case, &identities.entities);
        let view = self.view.view(&read.taken.case)?;
        let flat = self.network.flatten(&network, &view, self.flatten);
        print::sheet(&figures(&flat)?, self.format)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn figures(flat: &Flat<Mode>) -> Result<Sheet> {
    let csr = &flat.csr;
    let components = Components.partition(csr)?;
    let isolates =
        csr.nodes().filter(|&u| csr.neighbors(u).is_empty() && csr.in_neighbors(u).is_empty());
    let cores = CoreNumbers.scores(csr)?;
    let joints = Biconnected::of(csr);
    let deepest = cores.iter().copied().fold(0.0, f64::max);
    let mut sheet = Sheet::new(["figure", "value"]);
    let mut row = |name: &str, value: Cell| sheet.push([Cell::from(name), value]);
    row("nodes", csr.node_count().into());
    row("ties", csr.edge_count().into());
    row("rows left out", flat.left_out.into());
    row("components", components.group_count().into());
    row("largest component", components.sizes().first().copied().unwrap_or(0).into());
    row("isolates", isolates.count().into());
    row("triangles", Cell::from(usize::try_from(triangles(csr)).unwrap_or(usize::MAX)));
    row("transitivity", transitivity(csr).map_or(Cell::Missing, Cell::from));
    row("degree assortativity", degree_assortativity(csr).map_or(Cell::Missing, Cell::from));
    row("deepest core", deepest.into());
    row("cut nodes", joints.cut_nodes().len().into());
    row("cut ties", joints.cut_ties().len().into());
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use kluwen::graph::Csr;
    use kluwen::identity::EntityId;

    use super::super::trial::lines;
    use super::*;

    #[test]
    fn a_network_is_told_in_figures() {
        // A triangle with a leaf, and two who have no tie.
        let pairs = [(0, 1), (1, 2), (0, 2), (2, 3)];
        let csr = Csr::unweighted(6, &pairs, kluwen::graph::Direction::Undirected);
        let nodes = (0..6).map(|number| Mode::Person(EntityId::from_number(number))).collect();
        let lines = lines(&figures(&Flat { csr, nodes, left_out: 7 }).expect("figures"));
        for row in [
            "nodes,6",
            "ties,4",
            "rows left out,7",
            "components,3",
            "largest component,4",
            "isolates,2",
            "triangles,1",
            // Three of the five pairs of ties that meet are closed.
            "transitivity,0.6",
            "deepest core,2",
            "cut nodes,1",
            "cut ties,1",
        ] {
            assert!(lines.iter().any(|line| line == row), "{row}: {lines:?}");
        }
    }

    #[test]
    fn a_network_of_nobody_has_figures_too() {
        let csr = Csr::unweighted(0, &[], kluwen::graph::Direction::Undirected);
        let lines =
            lines(&figures(&Flat { csr, nodes: Vec::new(), left_out: 0 }).expect("figures"));
        for row in ["nodes,0", "largest component,0", "deepest core,0", "transitivity,"] {
            assert!(lines.iter().any(|line| line == row), "{row}: {lines:?}");
        }
    }
}
