//! How two people are connected in the order of time.

use clap::ValueEnum;
use kluwen::case::Day;
use kluwen::graph::{FlatInTime, Network};
use kluwen::identity::EntityId;
use kluwen::measure::{InTime, Order, TimePaths};
use kluwen::output::{Cell, Sheet};

use super::Manner;

/// How sure the order of time must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OrderFlag {
    /// Some choice of days within the dates puts the ties in this order
    Possible,
    /// Every choice of days does
    Certain,
}

impl OrderFlag {
    fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

impl From<OrderFlag> for Order {
    fn from(flag: OrderFlag) -> Self {
        match flag {
            OrderFlag::Possible => Self::Possible,
            OrderFlag::Certain => Self::Certain,
        }
    }
}

/// How many departures are tried for the fastest journey.
const TRIES: usize = 50;

/// The path that arrives first, a row a tie.
pub(crate) fn journey(
    order: OrderFlag,
    [start, end]: [EntityId; 2],
    network: &Network<'_>,
    flat: &FlatInTime,
    manner: Manner,
) -> Sheet {
    let paths = TimePaths { order: order.into() };
    let (start, end) = (start.node(), end.node());
    let there = paths.foremost(&flat.graph, start);
    let path = there.path(end);
    manner.say(&match &path {
        None => format!("No path keeps to time ({}).", order.name()),
        Some(_) if start == end => "They are one and the same.".to_owned(),
        Some(path) => {
            let back = paths.latest(&flat.graph, end);
            arrival(order, path.len(), there.day(end), back.day(start))
        }
    });
    if path.is_some() && start != end {
        manner.say(&fastest(paths, flat, start, end));
    }
    manner.say(&format!(
        "{} links are left out because they have no date, {} because of what was asked.",
        flat.undated, flat.left_out
    ));
    sheet(&path.unwrap_or_default(), &there, network, flat)
}

fn arrival(order: OrderFlag, steps: usize, arrives: Option<i32>, departs: Option<i32>) -> String {
    let day = |day: Option<i32>| {
        day.map_or("a day that open dates leave open".to_owned(), |day| {
            Day::from_number(day).to_string()
        })
    };
    format!(
        "In {steps} steps; in this order ({}) nothing arrives before {}, and what leaves after {} is too late for all paths.",
        order.name(),
        day(arrives),
        day(departs)
    )
}

fn fastest(paths: TimePaths, flat: &FlatInTime, start: u32, end: u32) -> String {
    match paths.fastest(&flat.graph, start, end, TRIES) {
        None => "How fast it can have gone is left open by open dates.".to_owned(),
        Some(found) => format!(
            "Fastest: {} days, from {} to {}{}.",
            i64::from(found.arrives) - i64::from(found.departs),
            Day::from_number(found.departs),
            Day::from_number(found.arrives),
            if found.is_sure { "" } else { "; departures after that were not all tried" }
        ),
    }
}

fn sheet(path: &[u32], there: &InTime, network: &Network<'_>, flat: &FlatInTime) -> Sheet {
    let (case, entities) = (network.case(), network.entities());
    let mut sheet = Sheet::new([
        "step", "from", "from_id", "to", "to_id", "tie", "start", "end", "arrives", "row",
    ]);
    for (step, &edge) in (1_usize..).zip(path) {
        let timed = flat.graph.edges()[edge as usize];
        let link = &case.links[flat.rows[edge as usize]];
        let [from, to] = [timed.from, timed.to].map(|node| flat.nodes[node as usize]);
        let forth = entities.of(case, link.from) == Some(from);
        let ids = |who| entities.person_ids(case, who).collect::<Vec<_>>().join(" ");
        let end =
            if link.end.is_known() { Cell::from(link.end.to_string()) } else { Cell::Missing };
        let arrives = there.day(timed.to).map(|day| Day::from_number(day).to_string());
        sheet.push([
            Cell::from(step),
            entities.code(from).into(),
            ids(from).into(),
            entities.code(to).into(),
            ids(to).into(),
            format!("{} {}", if forth { "→" } else { "←" }, link.kind).into(),
            if link.start.is_known() { link.start.to_string().into() } else { Cell::Missing },
            end,
            arrives.map_or(Cell::Missing, Cell::from),
            case.place_of(&link.assertion).into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::graph::{Direction, View};
    use kluwen::identity::{EntityId, Identities};

    use super::super::trial::{case_of, lines};
    use super::*;

    #[test]
    fn a_path_is_told_step_by_step_with_the_row_of_each_tie() {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\n"),
            (
                "links.csv",
                "link_id,from,to,kind,start,end\nl1,a,b,contact,2019-01-05,\n\
                 l2,c,b,paid,2019-02-01,2019-02-03\nl3,b,c,contact,,\n",
            ),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let flat = network.in_time(&View::default(), Direction::Undirected);
        let journey = |from: u32, to: u32| {
            let ends = [from, to].map(EntityId::from_number);
            let manner = Manner { quiet: true };
            lines(&journey(OrderFlag::Possible, ends, &network, &flat, manner))
        };
        // The second link was written down the other way round.
        assert_eq!(
            journey(0, 2),
            [
                "1,E1,a,E2,b,→ contact,2019-01-05,,2019-01-05,links.csv:2",
                "2,E2,b,E3,c,← paid,2019-02-01,2019-02-03,2019-02-01,links.csv:3"
            ]
        );
        assert_eq!(journey(2, 0), [""; 0], "that would go back in time");
        assert_eq!(journey(0, 0), [""; 0]);
    }

    #[test]
    fn days_of_arrival_and_departure_are_told_or_left_open() {
        assert_eq!(
            arrival(OrderFlag::Certain, 2, Some(0), None),
            "In 2 steps; in this order (certain) nothing arrives before 1970-01-01, and what leaves after a day that open dates leave open is too late for all paths."
        );
        assert_eq!(OrderFlag::Possible.name(), "possible");
        assert_eq!(Order::from(OrderFlag::Possible), Order::Possible);
        assert_eq!(Order::from(OrderFlag::Certain), Order::Certain);
    }
}
