//! `kluwen ties`: who shares more with whom than chance would give.

mod there;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::case::Case;
use kluwen::error::Result;
use kluwen::graph::{Flat, Mode, Network, View};
use kluwen::identity::Entities;
use kluwen::measure::{Null, Projected, Projection};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::cuts;
use super::engine::EngineFlags;
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
    #[command(flatten)]
    engine: EngineFlags,
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

/// What is said of all pairs.
struct Counts {
    tests: u64,
    sharing: u64,
    findings: usize,
    by_bonferroni: usize,
    /// Bonferroni's threshold.
    bonferroni: f64,
    hubs: usize,
    approximate: u64,
    within_reach: Option<u64>,
    is_underpowered: bool,
}

impl From<&Projected> for Counts {
    fn from(found: &Projected) -> Self {
        Self {
            tests: found.tests,
            sharing: found.pairs.len() as u64,
            findings: found.findings(),
            by_bonferroni: found.findings_by_bonferroni(),
            bonferroni: found.bonferroni(),
            hubs: found.hubs,
            approximate: found.approximate as u64,
            within_reach: found.within_reach,
            is_underpowered: found.is_underpowered(),
        }
    }
}

/// Two who share something.
struct Row {
    pair: [Mode; 2],
    p: f64,
    q: f64,
    /// What they share.
    through: Vec<Mode>,
}

impl Ties {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.engine.check()?;
        let sheet = if self.engine.is_local() {
            let (read, identities) = self.identity.take(&self.reading, manner)?;
            let who = (&read.taken.case, &identities.entities);
            if self.cut { self.of_cuts(who, manner)? } else { self.of_case(who, manner)? }
        } else {
            self.of_engine(manner)?
        };
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn of_cuts(&self, (case, entities): (&Case, &Entities), manner: Manner) -> Result<Sheet> {
        let (network, view) = (Network::new(case, entities), self.view.view(case)?);
        let flat = NetworkFlag::People.flatten(&network, &view, FlattenFlags::default());
        let sheet = cuts::ties(&flat, &network);
        manner.say(&format!(
            "{} of {} ties hold the network together alone; {} rows left out. Others may be there of which no record speaks.",
            sheet.len(),
            flat.csr.edge_count(),
            flat.left_out
        ));
        Ok(sheet)
    }

    fn of_case(&self, (case, entities): (&Case, &Entities), manner: Manner) -> Result<Sheet> {
        let (network, view) = (Network::new(case, entities), self.view.view(case)?);
        let flat = self.flatten(&network, &view)?;
        let left: Vec<bool> =
            flat.nodes.iter().map(|node| matches!(node, Mode::Person(_))).collect();
        let found = self.projection().of(&flat.csr, &left)?;
        let counts = Counts::from(&found);
        self.tell(manner, &counts, flat.left_out);
        let named = |node: u32| flat.nodes[node as usize];
        let listed = found.pairs.iter().filter(|pair| self.all || pair.q <= self.fdr);
        let rows = listed.map(|pair| Row {
            pair: pair.nodes.map(named),
            p: pair.p,
            q: pair.q,
            through: shared(&flat, pair.nodes, self.hub).map(named).collect(),
        });
        Ok(self.sheet(&rows.collect::<Vec<_>>(), counts.bonferroni, (case, entities)))
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

    fn tell(&self, manner: Manner, found: &Counts, left_out: usize) {
        manner.say(&format!(
            "{} pairs of people, of which {} share something; {} are findings at a false discovery rate of {}, {} of \
             them by Bonferroni's threshold of {:.3e}; {} left out because more than {} people share them; {left_out} rows left out.",
            found.tests,
            found.sharing,
            found.findings,
            self.fdr,
            found.by_bonferroni,
            found.bonferroni,
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
            Some(_) if found.is_underpowered => manner.say(
                "Underpowered: even if every pair shared all it can, none would be a finding. That nothing is listed says nothing.",
            ),
            Some(reach) => manner.say(&format!(
                "{reach} pairs could have passed Bonferroni's threshold, had they shared all they can."
            )),
        }
        manner.say("To share is not to be an accomplice.");
    }

    fn sheet(&self, rows: &[Row], threshold: f64, (case, entities): (&Case, &Entities)) -> Sheet {
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
        for Row { pair: [one, other], p, q, through } in rows {
            let codes: Vec<String> =
                through.iter().map(|&mode| nodes::code(mode, case, entities)).collect();
            sheet.push([
                Cell::from(nodes::code(*one, case, entities)),
                nodes::ids(*one, case, entities).into(),
                nodes::code(*other, case, entities).into(),
                nodes::ids(*other, case, entities).into(),
                through.len().into(),
                (*p).into(),
                (*q).into(),
                (if *p <= threshold { "yes" } else { "no" }).into(),
                listed(&codes, self.format).into(),
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
