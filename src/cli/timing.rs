//! `kluwen timing`: who is near to others in time, and whose acts come in bursts.

use std::process::ExitCode;

use clap::Args;
use kluwen::case::Day;
use kluwen::error::Result;
use kluwen::graph::{Direction, FlatInTime, Mode, Network};
use kluwen::measure::{Burstiness, NearInTime, Scores, TemporalCloseness};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{Form, TopFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::in_time::OrderFlag;
use super::nodes;
use super::print;
use super::reading::Reading;

/// Who is near to others in time, and whose acts come in bursts
///
/// `closeness` is the mean over all others of 1 / (1 + days) from somebody's first tie until what sets out there can arrive. `burstiness` is of the days of
/// his links to others as far as they are known to the day: -1 as by the clock, 0 as at random, 1 all at once; of few acts it says little. High is not guilty.
#[derive(Debug, Args)]
pub(crate) struct Timing {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// Links run one way only
    #[arg(long)]
    directed: bool,
    /// How sure the order of ties on a path must be
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = OrderFlag::Possible)]
    order: OrderFlag,
    #[command(flatten)]
    view: ViewFlags,
    #[command(flatten)]
    top: TopFlag,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl Timing {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let network = Network::new(&read.taken.case, &identities.entities);
        let view = self.view.view(&read.taken.case)?;
        let acts = network.in_time(&view, Direction::Directed);
        let near = if self.directed {
            self.near(&acts)
        } else {
            self.near(&network.in_time(&view, Direction::Undirected))
        };
        manner.say(&format!(
            "{} links are left out because they have no date, {} because of what was asked. High is not guilty.",
            acts.undated, acts.left_out
        ));
        print::sheet(&self.sheet(&near, &acts, &network), self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn near(&self, flat: &FlatInTime) -> Vec<NearInTime> {
        TemporalCloseness { order: self.order.into() }.of(&flat.graph)
    }

    /// A row for everybody who has a dated tie, the nearest first.
    fn sheet(&self, near: &[NearInTime], acts: &FlatInTime, network: &Network<'_>) -> Sheet {
        let (case, entities) = (network.case(), network.entities());
        let order = Scores::new(near.iter().map(|one| one.closeness).collect()).ranked();
        let shown = order.into_iter().filter(|&node| near[node].departs.is_some());
        let shown = shown.take(self.top.most(self.format));
        let mut sheet = Sheet::new([
            "code",
            "id",
            "sort",
            "departs",
            "reached",
            "closeness",
            "acts",
            "burstiness",
        ]);
        for node in shown {
            let who = Mode::Person(acts.nodes[node]);
            let days = days(acts, node);
            let departs = near[node].departs.map(|day| Day::from_number(day).to_string());
            let [code, ids, sort] = nodes::cells(who, case, entities);
            sheet.push([
                code,
                ids,
                sort,
                departs.map_or(Cell::Missing, Cell::from),
                near[node].reached.into(),
                near[node].closeness.into(),
                days.len().into(),
                Burstiness::of(&days).map_or(Cell::Missing, |bursts| bursts.corrected.into()),
            ]);
        }
        sheet
    }
}

/// The days of somebody's links to others, as far as they are known.
fn days(acts: &FlatInTime, node: usize) -> Vec<i32> {
    let node = u32::try_from(node).expect("entities are numbered by 32 bits");
    let starts =
        acts.graph.leaving(node).iter().map(|&edge| acts.graph.edges()[edge as usize].start);
    starts.filter(|start| start.first == start.last).map(|start| start.first).collect()
}

#[cfg(test)]
mod tests {
    use kluwen::graph::View;
    use kluwen::identity::Identities;

    use super::super::trial::{case_of, lines, typed};
    use super::*;

    #[test]
    fn those_with_a_dated_tie_are_told_the_nearest_first() {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\n"),
            (
                "links.csv",
                "link_id,from,to,kind,start\nl1,a,b,contact,2019-01-01\nl2,b,c,contact,2019-01-02\n\
                 l3,a,c,contact,2019-02\nl4,c,d,contact,\n",
            ),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let acts = network.in_time(&View::default(), Direction::Directed);
        let timing = |words: &[&str]| typed::<Timing>(&[&["case"], words].concat());
        let rows = |words: &[&str]| {
            let timing = timing(&[words, &["--format", "csv"]].concat());
            lines(&timing.sheet(&timing.near(&acts), &acts, &network))
        };
        let found = rows(&[]);
        let ids: Vec<&str> =
            found.iter().map(|row| row.split(',').nth(1).expect("an id")).collect();
        // Who only hears of others departs on no day, and who has no dated tie is not told.
        assert_eq!(ids, ["a", "b"], "{found:?}");
        assert!(found[0].starts_with("E1,a,person,2019-01-01,2,"), "{found:?}");
        assert!(found[1].starts_with("E2,b,person,2019-01-02,1,"), "{found:?}");
        assert_eq!(rows(&["--top", "1"]).len(), 1);
        // Of Anna's two acts one is known to the day.
        let day = Day::parse("2019-01-01").expect("a day").number();
        assert_eq!(
            [days(&acts, 0), days(&acts, 1), days(&acts, 2)],
            [vec![day], vec![day + 1], vec![]]
        );
    }
}
