//! How do I add a measure of my own?

use kluwen::graph::Csr;
use kluwen::measure::{Centrality, Scores};

/// How many others can be reached in exactly two steps.
struct TwoSteps;

impl Centrality for TwoSteps {
    fn name(&self) -> &'static str {
        "two_steps"
    }

    fn scores(&self, csr: &Csr) -> kluwen::Result<Scores> {
        let far = |u: u32| {
            let mut reached: Vec<u32> =
                csr.neighbors(u).iter().flat_map(|&v| csr.neighbors(v)).copied().collect();
            reached.retain(|w| *w != u && !csr.neighbors(u).contains(w));
            reached.sort_unstable();
            reached.dedup();
            reached.len() as f64
        };
        Ok(Scores::new(csr.nodes().map(far).collect()))
    }
}

fn main() -> kluwen::Result<()> {
    // On a path of five, the ends see one in two steps, and so do their neighbors; the middle sees both ends.
    let scores = TwoSteps.scores(&Csr::path(5))?;
    println!("{}: {:?}", TwoSteps.name(), &scores[..]);
    Ok(())
}
