//! `kluwen ties`: who shares more with whom than chance would give.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::Result;
use kluwen::graph::{Flat, Mode, Network, View};
use kluwen::measure::{Null, Projected, Projection};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::cuts;
use super::flags::{FlattenFlags, Form, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes::{self, NetworkFlag};
use super::print::{self, listed};
use super::reading::Reading;

/// Who shares more case files, identifiers, channels or places with whom than chance would give
///
/// Each pair has a chance of sharing as much, and is listed where that is small in the face of how many pairs there are. To share is not to
/// be an accomplice: victims of one file, households and colleagues share, too.
#[derive(Debug, Args)]
pub(crate) struct Ties {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// What they share
    #[arg(long, value_enum, default_value_t = Through::Cases)]
    through: Through,
    /// What chance would do
    #[arg(long, value_enum, default_value_t = NullFlag::Hypergeometric)]
    null: NullFlag,
    /// The share of false ones among those listed that is put up with
    #[arg(long, value_name = "SHARE", default_value_t = Projection::default().level)]
    fdr: f64,
    /// Leave out what more than so many people share
    #[arg(long, value_name = "N", default_value_t = Projection::default().hub)]
    hub: usize,
    /// Print all pairs that share something
    #[arg(long)]
    all: bool,
    /// Instead, the ties by links without which the network falls apart, and how many are on either side
    #[arg(long, conflicts_with_all = ["through", "null", "fdr", "hub", "all"])]
    cut: bool,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// What people share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Through {
    /// Case files in which they have a role
    Cases,
    /// Phones, handles, accounts and the like that they used
    Identifiers,
    /// Channels of their links and advertisements
    Channels,
    /// Places of their links
    Places,
}

/// What chance would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum NullFlag {
    /// Hands out as many as each has, all alike
    Hypergeometric,
    /// Hands out as many as each has, the common ones more often
    Bicm,
}

impl Ties {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let network = Network::new(case, &identities.entities);
        let view = self.view.view(case)?;
        if self.cut {
            let flat = NetworkFlag::People.flatten(&network, &view, FlattenFlags::default());
            let sheet = cuts::ties(&flat, &network);
            manner.say(&format!(
                "{} of {} ties hold the network together alone; {} rows left out. Others may be there of which no record speaks.",
                sheet.len(),
                flat.csr.edge_count(),
                flat.left_out
            ));
            print::sheet(&sheet, self.format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let flat = self.flatten(&network, &view)?;
        let left: Vec<bool> =
            flat.nodes.iter().map(|node| matches!(node, Mode::Person(_))).collect();
        let found = self.projection().of(&flat.csr, &left)?;
        self.tell(manner, &found, flat.left_out);
        print::sheet(&self.sheet(&found, &flat, &network), self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn flatten(&self, network: &Network<'_>, view: &View) -> Result<Flat<Mode>> {
        Ok(match self.through {
            Through::Cases => network.people_by_cases(view),
            Through::Identifiers => network.people_by_identifiers(view, self.identity.region()?),
            Through::Channels => network.people_by_channels(view),
            Through::Places => network.people_by_places(view),
        })
    }

    fn projection(&self) -> Projection {
        let null = match self.null {
            NullFlag::Hypergeometric => Null::Hypergeometric,
            NullFlag::Bicm => Null::Configuration,
        };
        Projection { null, level: self.fdr, hub: self.hub }
    }

    fn tell(&self, manner: Manner, found: &Projected, left_out: usize) {
        manner.say(&format!(
            "{} pairs of people, of which {} share something; {} are findings at a false discovery rate of {}, {} of \
             them by Bonferroni's threshold of {:.3e}; {} left out because more than {} people share them; {left_out} rows left out.",
            found.tests,
            found.pairs.len(),
            found.findings(),
            self.fdr,
            found.findings_by_bonferroni(),
            found.bonferroni(),
            found.hubs,
            self.hub,
        ));
        if found.approximate > 0 {
            manner.say(&format!(
                "The chances of {} pairs are from a refined normal distribution.",
                found.approximate
            ));
        }
        match found.within_reach {
            None => manner.say("There are too many sorts of pairs to say how many could have been findings."),
            Some(_) if found.is_underpowered() => manner.say(
                "Underpowered: even if every pair shared all it can, none would be a finding. That nothing is listed says nothing.",
            ),
            Some(reach) => manner.say(&format!(
                "{reach} pairs could have passed Bonferroni's threshold, had they shared all they can."
            )),
        }
        manner.say("To share is not to be an accomplice.");
    }

    fn sheet(&self, found: &Projected, flat: &Flat<Mode>, network: &Network<'_>) -> Sheet {
        let (case, entities) = (network.case(), network.entities());
        let mut sheet = Sheet::new([
            "one",
            "one_id",
            "other",
            "other_id",
            "shared",
            "p",
            "q",
            "bonferroni",
            "through",
        ]);
        let threshold = found.bonferroni();
        let listed_pairs = found.pairs.iter().filter(|pair| self.all || pair.q <= self.fdr);
        for pair in listed_pairs {
            let [one, other] = pair.nodes.map(|node| flat.nodes[node as usize]);
            let through: Vec<String> = shared(flat, pair.nodes, self.hub)
                .map(|node| nodes::code(flat.nodes[node as usize], case, entities))
                .collect();
            sheet.push([
                Cell::from(nodes::code(one, case, entities)),
                nodes::ids(one, case, entities).into(),
                nodes::code(other, case, entities).into(),
                nodes::ids(other, case, entities).into(),
                (pair.shared as usize).into(),
                pair.p.into(),
                pair.q.into(),
                (if pair.p <= threshold { "yes" } else { "no" }).into(),
                listed(&through, self.format).into(),
            ]);
        }
        sheet
    }
}

/// What two nodes share, in node order, without what is left out.
fn shared(flat: &Flat<Mode>, [one, other]: [u32; 2], hub: usize) -> impl Iterator<Item = u32> + '_ {
    let of_other = flat.csr.neighbors(other);
    let both = flat.csr.neighbors(one).iter().copied();
    both.filter(move |node| {
        of_other.binary_search(node).is_ok() && flat.csr.neighbors(*node).len() <= hub
    })
}

#[cfg(test)]
mod tests {
    use kluwen::graph::Csr;
    use kluwen::identity::EntityId;

    use super::super::trial::typed;
    use super::*;

    #[test]
    fn what_two_share_is_told_without_what_many_share() {
        // Two people and a third; the first thing is of all three, the others of the two.
        let pairs = [(0, 3), (1, 3), (2, 3), (0, 4), (1, 4), (0, 5), (2, 5)];
        let csr = Csr::unweighted(6, &pairs, kluwen::graph::Direction::Undirected);
        let nodes = (0..6).map(|number| Mode::Person(EntityId::from_number(number))).collect();
        let flat = Flat { csr, nodes, left_out: 0 };
        let of = |hub| shared(&flat, [0, 1], hub).collect::<Vec<u32>>();
        assert_eq!([of(3), of(2), of(1)], [vec![3, 4], vec![4], vec![]]);
    }

    #[test]
    fn chance_is_what_was_typed() {
        let of = |words: &[&str]| typed::<Ties>(&[&["case"], words].concat()).projection();
        let usual = Projection::default();
        assert_eq!(of(&[]).null, Null::Hypergeometric);
        let own = of(&["--null", "bicm", "--fdr", "0.2", "--hub", "7"]);
        assert_eq!((own.null, own.hub), (Null::Configuration, 7));
        assert_eq!(own.level.to_bits(), 0.2_f64.to_bits());
        assert_eq!(of(&[]).hub, usual.hub);
    }
}
