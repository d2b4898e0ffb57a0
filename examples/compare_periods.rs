//! Who gains in the network from one year to the next?

use kluwen::Case;
use kluwen::case::When;
use kluwen::graph::{Direction, Network, View, Weight};
use kluwen::identity::Entities;
use kluwen::measure::{Centrality, Degree};

fn main() -> kluwen::Result<()> {
    let case = Case::open("graphs/study25")?;
    let entities = Entities::as_given(&case);
    let network = Network::new(&case, &entities);

    for year in ["2018", "2019"] {
        let view = View { during: When::parse(year).ok(), ..View::default() };
        let flat = network.flatten(&view, Direction::Undirected, Weight::None);
        let degrees = Degree::default().scores(&flat.csr)?;
        let first = degrees.ranked()[0];
        println!(
            "{year}: {} people, {} ties; most ties: {} with {}",
            flat.csr.node_count(),
            flat.csr.edge_count(),
            entities.code(flat.nodes[first]),
            degrees[first]
        );
    }
    Ok(())
}
