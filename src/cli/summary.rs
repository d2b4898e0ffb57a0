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
