//! Whom, and which ties, the network hangs together by: the rows of `kluwen rank --by cut` and `kluwen ties --cut`.

use std::cmp::Reverse;

use kluwen::graph::{Flat, Mode, Network};
use kluwen::measure::Biconnected;
use kluwen::output::{Cell, Sheet};

use super::flags::Form;
use super::nodes;
use super::print::listed;

/// A row a node, first those whose removal cuts off most.
pub(crate) fn people(flat: &Flat<Mode>, network: &Network<'_>, form: Form, most: usize) -> Sheet {
    /// More are counted, not named.
    const NAMED: usize = 1000;
    let (case, entities) = (network.case(), network.entities());
    let found = Biconnected::of(&flat.csr);
    let cut_off = found.cut_off();
    let mut order: Vec<u32> = flat.csr.nodes().collect();
    order.sort_by_key(|&u| Reverse(cut_off[u as usize]));
    let mut sheet = Sheet::new(["rank", "code", "id", "sort", "cut", "pieces", "cut_off"]);
    for (at, &u) in order.iter().take(most).enumerate() {
        let node = flat.nodes[u as usize];
        let sizes: Vec<String> = found.piece_sizes(u).iter().map(u32::to_string).collect();
        let lost: Vec<String> = (found.cut_off_by(u).take(NAMED))
            .map(|v| nodes::code(flat.nodes[v as usize], case, entities))
            .collect();
        let [code, ids, sort] = nodes::cells(node, case, entities);
        sheet.push([
            Cell::from(at + 1),
            code,
            ids,
            sort,
            Cell::from(cut_off[u as usize] as usize),
            listed(&sizes, form).into(),
            listed(&lost, form).into(),
        ]);
    }
    sheet
}

/// A row a tie without which the network falls apart, first those with most on the smaller side.
pub(crate) fn ties(flat: &Flat<Mode>, network: &Network<'_>) -> Sheet {
    let (case, entities) = (network.case(), network.entities());
    let mut ties = Biconnected::of(&flat.csr).cut_ties();
    ties.sort_by_key(|tie| Reverse(tie.sides[0].min(tie.sides[1])));
    let mut sheet = Sheet::new(["one", "one_id", "other", "other_id", "one_side", "other_side"]);
    for tie in ties {
        let [one, other] = tie.ends.map(|node| flat.nodes[node as usize]);
        sheet.push([
            Cell::from(nodes::code(one, case, entities)),
            nodes::ids(one, case, entities).into(),
            nodes::code(other, case, entities).into(),
            nodes::ids(other, case, entities).into(),
            Cell::from(tie.sides[0] as usize),
            Cell::from(tie.sides[1] as usize),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::graph::{Direction, View, Weight};
    use kluwen::identity::Identities;

    use super::super::trial::{case_of, lines};
    use super::*;

    /// What is asked of a triangle of Anna, Bram and Cees, on whom Dora and Eva hang in a row.
    fn asked(ask: impl FnOnce(&Flat<Mode>, &Network<'_>) -> Sheet) -> Vec<String> {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\ne\n"),
            (
                "links.csv",
                "link_id,from,to,kind\nl1,a,b,contact\nl2,b,c,contact\nl3,c,a,contact\n\
                 l4,c,d,contact\nl5,d,e,contact\n",
            ),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let flat = network.flatten(&View::default(), Direction::Undirected, Weight::None);
        let nodes = flat.nodes.iter().map(|&person| Mode::Person(person)).collect();
        lines(&ask(&Flat { csr: flat.csr, nodes, left_out: 0 }, &network))
    }

    #[test]
    fn those_whose_removal_cuts_off_most_come_first() {
        let rows = asked(|flat, network| people(flat, network, Form::Csv, 3));
        assert_eq!(
            rows,
            ["1,E3,c,person,2,2 2,E4 E5", "2,E4,d,person,1,3 1,E5", "3,E1,a,person,0,4,"]
        );
    }

    #[test]
    fn ties_that_alone_hold_the_network_together_have_two_sides() {
        assert_eq!(asked(ties), ["E3,c,E4,d,3,2", "E4,d,E5,e,4,1"]);
    }
}
