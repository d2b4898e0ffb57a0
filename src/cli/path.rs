//! `kluwen path`: how two people are connected.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::{Error, Result};
use kluwen::graph::{Direction, Flat, Mode, Network, View};
use kluwen::identity::EntityId;
use kluwen::measure::ShortestPaths;
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{FlattenFlags, Form, LengthFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::in_time::{self, OrderFlag};
use super::nodes::{self, NetworkFlag};
use super::print;
use super::reading::Reading;

/// How two people are connected: the shortest paths, each tie with the rows that say so
///
/// A path is through people; it says nothing of what passed along it. Those who meet everybody by profession shorten
/// every path: try `--without professional`. With `--in-time` nothing on a path came to an end before what leads to it began, so
/// that something can have passed along it; links without a date are left out and counted.
#[derive(Debug, Args)]
pub(crate) struct PathCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// From whom: a `person_id` or a code such as E12
    from: String,
    /// To whom
    to: String,
    /// In which network
    #[arg(long, value_enum, default_value_t)]
    network: NetworkFlag,
    #[command(flatten)]
    flatten: FlattenFlags,
    /// How long a tie is
    #[arg(long, value_enum, default_value_t)]
    length: LengthFlag,
    /// List at most so many paths; all are counted
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only along ties in the order of time: the order their dates allow, or the one they leave no doubt of
    #[arg(long, value_enum, value_name = "ORDER", conflicts_with_all = ["network", "length", "weight", "limit"])]
    in_time: Option<OrderFlag>,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl PathCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let ends =
            [nodes::person(&self.from, case, entities)?, nodes::person(&self.to, case, entities)?];
        let view = self.view.view(case)?;
        let network = Network::new(case, entities);
        if let Some(order) = self.in_time {
            let flat = network.in_time(&view, self.flatten.direction());
            let sheet = in_time::journey(order, ends, &network, &flat, manner);
            print::sheet(&sheet, self.format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let flat = self.network.flatten(&network, &view, self.flatten);
        let [Some(start), Some(end)] = ends.map(|person| place(&flat, person)) else {
            return Err(Error::usage(
                "one of the two has no tie here; loosen what `--during`, `--kind` and the like let in, or try another `--network`",
            ));
        };
        let paths = ShortestPaths { length: self.length.into(), limit: self.limit };
        let found = paths.between(&flat.csr, start, end)?;
        match found.distance {
            None => manner.say("They are not connected here."),
            Some(distance) => manner.say(&format!(
                "Shortest paths of length {distance}: {}, of which {} are listed.",
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
        flat: &Flat<Mode>,
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
                    nodes::code(from, case, entities).into(),
                    nodes::ids(from, case, entities).into(),
                    nodes::code(to, case, entities).into(),
                    nodes::ids(to, case, entities).into(),
                    ties.into(),
                    rows.into(),
                ]);
            }
        }
        sheet
    }

    /// What ties two nodes, and where that stands.
    fn ties(&self, network: &Network<'_>, view: &View, from: Mode, to: Mode) -> (String, String) {
        let found = match (from, to) {
            (Mode::Person(from), Mode::Person(to)) => self.links(network, view, [from, to]),
            (Mode::Person(person), other) | (other, Mode::Person(person)) => {
                rows_of(network, view, person, other)
            }
            _ => Vec::new(),
        };
        let (ties, rows): (Vec<String>, Vec<String>) = found.into_iter().unzip();
        (ties.join(", "), rows.join(" "))
    }

    fn links(
        &self,
        network: &Network<'_>,
        view: &View,
        [from, to]: [EntityId; 2],
    ) -> Vec<(String, String)> {
        let both_ways = self.flatten.direction() == Direction::Undirected;
        let mut found = Vec::new();
        for (_, link, a, b) in network.links(view) {
            let forth = (a, b) == (from, to);
            let back = (a, b) == (to, from) && both_ways;
            if forth || back {
                let arrow = if forth { "→" } else { "←" };
                let when =
                    if link.start.is_known() { format!(" {}", link.start) } else { String::new() };
                let row = network.case().place_of(&link.assertion);
                found.push((format!("{arrow} {}{when}", link.kind), row));
            }
        }
        found
    }
}

/// What ties a person to a case file or a channel.
fn rows_of(
    network: &Network<'_>,
    view: &View,
    person: EntityId,
    other: Mode,
) -> Vec<(String, String)> {
    let (case, entities) = (network.case(), network.entities());
    match other {
        Mode::Case(file) => {
            let own =
                network.roles(view).filter(|(_, role, who)| *who == person && role.case == file);
            own.map(|(_, role, _)| (role.role.to_string(), case.place_of(&role.assertion)))
                .collect()
        }
        Mode::Channel(channel) => {
            let contacts = network.links(view).filter(|(_, link, _, to)| {
                *to == person
                    && link.channel == channel
                    && link.kind == kluwen::case::LinkKind::FirstContact
            });
            let contacts =
                contacts.map(|(_, link, ..)| ("first_contact".to_owned(), link.assertion));
            let ads = case
                .ads
                .iter()
                .filter(|ad| ad.channel == channel && entities.of(case, ad.victim) == Some(person));
            let ads = ads.map(|ad| ("advertised".to_owned(), ad.assertion));
            contacts.chain(ads).map(|(tie, assertion)| (tie, case.place_of(&assertion))).collect()
        }
        Mode::Person(_) | Mode::Place(_) | Mode::Identifier(..) => Vec::new(),
    }
}

fn place(flat: &Flat<Mode>, person: EntityId) -> Option<u32> {
    let at = flat.nodes.iter().position(|&node| node == Mode::Person(person))?;
    u32::try_from(at).ok()
}
