//! `kluwen path`: how two people are connected.

use std::process::ExitCode;

use clap::Args;
use kluwen::case::Case;
use kluwen::error::{Error, Result};
use kluwen::graph::{Flat, Network, View};
use kluwen::identity::{Entities, EntityId};
use kluwen::measure::ShortestPaths;
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{FlattenFlags, Form, LengthFlag, ViewFlags};
use super::nodes;
use super::print;
use super::reading::Reading;

/// How two people are connected: the shortest paths, each tie with the rows that say so
///
/// A path is through people; it says nothing of what passed along it.
#[derive(Debug, Args)]
pub(crate) struct PathCommand {
    #[command(flatten)]
    reading: Reading,
    /// From whom: a `person_id` or a code such as E12
    from: String,
    /// To whom
    to: String,
    #[command(flatten)]
    flatten: FlattenFlags,
    /// How long a tie is
    #[arg(long, value_enum, default_value_t)]
    length: LengthFlag,
    /// List at most so many paths; all are counted
    #[arg(long, default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl PathCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let taken = self.reading.take(manner, None)?.taken;
        let case = &taken.case;
        let entities = Entities::as_given(case);
        let (from, to) = (
            nodes::person(&self.from, case, &entities)?,
            nodes::person(&self.to, case, &entities)?,
        );
        let view = self.view.view()?;
        let network = Network::new(case, &entities);
        let flat = network.flatten(&view, self.flatten.direction(), self.flatten.weight());
        let (Some(start), Some(end)) = (place(&flat, from), place(&flat, to)) else {
            return Err(Error::usage(
                "one of the two has no link here; loosen what `--during`, `--kind` and the like let in",
            ));
        };
        let paths = ShortestPaths { length: self.length.into(), limit: self.limit };
        let found = paths.between(&flat.csr, start, end)?;
        match found.distance {
            None => manner.say("They are not connected here."),
            Some(distance) => manner.say(&format!(
                "{} shortest paths of length {distance}; {} listed.",
                found.count,
                found.paths.len()
            )),
        }
        let sheet = self.sheet(&found.paths, &flat, &network, &view);
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn sheet(
        &self,
        paths: &[Vec<u32>],
        flat: &Flat<EntityId>,
        network: &Network<'_>,
        view: &View,
    ) -> Sheet {
        let (case, entities) = (network.case(), network.entities());
        let mut sheet =
            Sheet::new(["path", "step", "from", "from_id", "to", "to_id", "ties", "rows"]);
        for (path, nodes) in (1_usize..).zip(paths) {
            for (step, pair) in (1_usize..).zip(nodes.windows(2)) {
                let [from, to] = [pair[0], pair[1]].map(|node| flat.nodes[node as usize]);
                let (ties, rows) = self.ties(network, view, from, to);
                sheet.push([
                    Cell::from(path),
                    step.into(),
                    entities.code(from).into(),
                    id(case, entities, from).into(),
                    entities.code(to).into(),
                    id(case, entities, to).into(),
                    ties.into(),
                    rows.into(),
                ]);
            }
        }
        sheet
    }

    /// What ties two people, and where that stands.
    fn ties(
        &self,
        network: &Network<'_>,
        view: &View,
        from: EntityId,
        to: EntityId,
    ) -> (String, String) {
        let mut ties = Vec::new();
        let mut rows = Vec::new();
        for (_, link, a, b) in network.links(view) {
            let forth = (a, b) == (from, to);
            let back = (a, b) == (to, from)
                && self.flatten.direction() == kluwen::graph::Direction::Undirected;
            if forth || back {
                let arrow = if forth { "→" } else { "←" };
                let when =
                    if link.start.is_known() { format!(" {}", link.start) } else { String::new() };
                ties.push(format!("{arrow} {}{when}", link.kind));
                rows.push(network.case().place_of(&link.assertion));
            }
        }
        (ties.join(", "), rows.join(" "))
    }
}

fn place(flat: &Flat<EntityId>, entity: EntityId) -> Option<u32> {
    flat.nodes.iter().position(|&node| node == entity).and_then(|at| u32::try_from(at).ok())
}

fn id(case: &Case, entities: &Entities, entity: EntityId) -> String {
    entities.person_ids(case, entity).collect::<Vec<_>>().join(" ")
}
