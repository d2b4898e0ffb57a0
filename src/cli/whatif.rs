//! `kluwen whatif`: what the network loses.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::{Error, Result, excerpt};
use kluwen::finding::{
    Among, Analysis, ESTIMATE, Losses, Plan, Proposal, Removal, STRUCTURE_ONLY, WhatIf,
    WhatIfGround,
};
use kluwen::graph::{Mode, Network, Shared};
use kluwen::identity::EntityId;
use kluwen::measure::{Dismantling, DismantlingStrategy, KeyGoal, KeyPlayers, KeySearch};

use super::Manner;
use super::flags::{Form, ViewFlags};
use super::identity::IdentityFlags;
use super::nodes;
use super::print::listed;
use super::reading::Reading;
use super::whatif_rows;

/// What the network loses if some of it is removed: structure only, not a forecast
///
/// Name who or what goes with --remove, or ask with --best for those whose removal does most. Each figure stands before and after, and beside the mean
/// of random removals of as many: almost any removal makes a network smaller. Afterwards vacancies are filled in three ways, because a network may
/// come back more efficient than it was. Victims and minors are never proposed nor removed as targets; --protect takes them to safety.
#[derive(Debug, Args)]
pub(crate) struct WhatIfCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// Remove these: codes such as E12 or `person_id`s, or with --with codes such as "channel ch3"
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    remove: Vec<String>,
    /// Take these victims or minors to safety: they leave the network, and count as safe
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    protect: Vec<String>,
    /// Propose so many whose removal does most, and show what the network loses
    #[arg(long, value_name = "K", conflicts_with = "remove")]
    best: Option<usize>,
    /// What the proposed are to do together
    #[arg(long, value_enum, value_name = "GOAL", conflicts_with = "strategy")]
    goal: Option<Goal>,
    /// Propose the first of an order that takes the network apart, rather than the best set
    #[arg(long, value_enum, value_name = "STRATEGY")]
    strategy: Option<Strategy>,
    /// What removing each costs, for a strategy
    #[arg(long, value_enum, value_name = "COST")]
    cost: Option<Cost>,
    /// For a strategy: the share of the network that the largest component may keep [default: .1]
    #[arg(long, value_name = "SHARE")]
    target: Option<f64>,
    /// Propose people, or what they share
    #[arg(long, value_enum, value_name = "SORT")]
    among: Option<AmongFlag>,
    /// Put what people share beside them into the network
    #[arg(long, value_enum, value_name = "SHARED", value_delimiter = ',')]
    with: Vec<With>,
    /// Who is within reach: within so many steps
    #[arg(long, value_name = "N", default_value_t = WhatIf::default().steps)]
    steps: usize,
    /// How many random removals and regrowths are drawn for comparison
    #[arg(long, value_name = "N", default_value_t = WhatIf::default().draws)]
    draws: usize,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// What the best set does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Goal {
    /// Their removal leaves the fewest pairs of others joined by any path
    #[default]
    Fragment,
    /// Their removal leaves the others farthest apart
    Lengthen,
    /// They have most within reach: whom to watch, rather than to remove
    Reach,
    /// They are nearest to all: whom to watch, rather than to remove
    Near,
}

/// In which order a network is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Strategy {
    /// Always the one with most ties left
    Degree,
    /// Always the one on most shortest paths left
    Betweenness,
    /// Who has most ties in the part with cycles, then who best breaks what is left
    CoreHd,
    /// Whose reach, and that of those two steps away, is highest
    Influence,
    /// Who covers the cheapest cuts into halves
    Generalized,
}

/// What removing somebody costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Cost {
    /// One, whoever it is
    #[default]
    One,
    /// As much as there are ties
    Ties,
}

/// What is proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum AmongFlag {
    /// People
    #[default]
    People,
    /// Phones, accounts, channels and places, as --with has them
    Shared,
}

/// What stands beside people in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum With {
    /// Phones, handles, accounts and the like
    Identifiers,
    /// Channels of links and advertisements
    Channels,
    /// Places of links
    Places,
    /// Case files in which they have a role
    Cases,
}

impl WhatIfCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.check()?;
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let network = Network::new(case, &identities.entities);
        let flat =
            network.with_shared(&self.view.view(case)?, &self.shared(), self.identity.region()?);
        let left_out = flat.left_out;
        let mut analysis = Analysis::default().with_seed(self.identity.seed);
        analysis.cells.region = self.identity.region()?;
        let ground = WhatIfGround::new(&network, &identities, flat, &analysis)?;
        let named = |words: &[String]| {
            words.iter().map(|word| self.node(word, &ground, &network)).collect::<Result<Vec<_>>>()
        };
        let (mut targets, to_safety) = (named(&self.remove)?, named(&self.protect)?);
        if let Some(size) = self.best {
            let proposal = ground.propose(self.among(), &self.plan(size, &ground)?)?;
            self.tell_proposal(manner, &proposal, &ground);
            targets = proposal.nodes;
        }
        let what = WhatIf { draws: self.draws, steps: self.steps, seed: self.identity.seed };
        let losses = what.losses(&ground, &Removal { targets, to_safety })?;
        tell(manner, &losses, &ground, left_out);
        whatif_rows::print(&losses, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn check(&self) -> Result<()> {
        if self.remove.is_empty() && self.protect.is_empty() && self.best.is_none() {
            return Err(Error::usage("say who or what goes: `--remove`, `--protect` or `--best`"));
        }
        // clap lets `requires` pass where what is required conflicts with what is given, so it is checked here.
        for (flag, is_given, needed, is_there) in [
            ("goal", self.goal.is_some(), "best", self.best.is_some()),
            ("strategy", self.strategy.is_some(), "best", self.best.is_some()),
            ("among", self.among.is_some(), "best", self.best.is_some()),
            ("cost", self.cost.is_some(), "strategy", self.strategy.is_some()),
            ("target", self.target.is_some(), "strategy", self.strategy.is_some()),
        ] {
            if is_given && !is_there {
                return Err(Error::usage(format!("`--{flag}` is for `--{needed}`")));
            }
        }
        if self.steps == 0 {
            return Err(Error::usage("`--steps` must be 1 or more"));
        }
        if self.among() == Among::Shared && self.with.iter().all(|&one| one == With::Cases) {
            return Err(Error::usage(
                "`--among shared` proposes what `--with identifiers`, `channels` or `places` puts into the network",
            ));
        }
        Ok(())
    }

    fn among(&self) -> Among {
        match self.among.unwrap_or_default() {
            AmongFlag::People => Among::People,
            AmongFlag::Shared => Among::Shared,
        }
    }

    fn shared(&self) -> Vec<Shared> {
        let shared = self.with.iter().map(|with| match with {
            With::Identifiers => Shared::Identifiers,
            With::Channels => Shared::Channels,
            With::Places => Shared::Places,
            With::Cases => Shared::Cases,
        });
        shared.collect()
    }

    fn plan(&self, size: usize, ground: &WhatIfGround<'_>) -> Result<Plan> {
        let Some(strategy) = self.strategy else {
            let goal = match self.goal.unwrap_or_default() {
                Goal::Fragment => KeyGoal::Fragment,
                Goal::Lengthen => KeyGoal::Lengthen,
                Goal::Reach => {
                    KeyGoal::Reach { steps: u32::try_from(self.steps).unwrap_or(u32::MAX) }
                }
                Goal::Near => KeyGoal::Nearness,
            };
            let search = KeySearch::Auto;
            return Ok(Plan::KeyPlayers(KeyPlayers {
                goal,
                size,
                search,
                ..KeyPlayers::default()
            }));
        };
        let csr = &ground.flat().csr;
        let costs = match self.cost.unwrap_or_default() {
            Cost::One => None,
            Cost::Ties => Some(csr.nodes().map(|u| csr.neighbors(u).len().max(1) as f64).collect()),
        };
        let strategy = match strategy {
            Strategy::Degree => DismantlingStrategy::Degree,
            Strategy::Betweenness => DismantlingStrategy::Betweenness,
            Strategy::CoreHd => DismantlingStrategy::CoreHd,
            Strategy::Influence => DismantlingStrategy::CollectiveInfluence { radius: 2 },
            Strategy::Generalized => DismantlingStrategy::Generalized,
        };
        let target = self.target.unwrap_or(0.1);
        if !(0.0..=1.0).contains(&target) {
            return Err(Error::usage("`--target` must lie in [0, 1]"));
        }
        let seed = self.identity.seed;
        let order = Dismantling { strategy, target, costs, seed, ..Dismantling::default() };
        Ok(Plan::Dismantling { order, most: size })
    }

    /// The node that a word means: a code of what people share, or a person.
    fn node(&self, word: &str, ground: &WhatIfGround<'_>, network: &Network<'_>) -> Result<u32> {
        let all = || (0..).zip(&ground.flat().nodes);
        let shared = |mode: &Mode| !matches!(mode, Mode::Person(_));
        let beside = all().find(|&(u, mode)| shared(mode) && ground.code(u) == word);
        if let Some((node, _)) = beside {
            return Ok(node);
        }
        if self.with.is_empty() && word.contains(' ') {
            return Err(Error::usage(format!(
                "`{}` is nobody's code; what people share is in the network only `--with` it",
                excerpt(word)
            )));
        }
        let entity: EntityId = nodes::person(word, network.case(), network.entities())?;
        all().find(|&(_, &mode)| mode == Mode::Person(entity)).map(|one| one.0).ok_or_else(|| {
            Error::usage(format!(
                "{} has no tie in this network, so that nothing would be lost; with `--isolates` everybody is in it",
                network.entities().code(entity)
            ))
        })
    }

    fn tell_proposal(&self, manner: Manner, proposal: &Proposal, ground: &WhatIfGround<'_>) {
        let codes: Vec<String> = proposal.nodes.iter().map(|&node| ground.code(node)).collect();
        let how = match (self.strategy, proposal.proven) {
            (Some(_), _) => "the first of an order",
            (None, true) => "proven that no other set of as many does more",
            (None, false) => "found greedily, not proven to be best",
        };
        manner.say(&format!(
            "Proposed, for review: {} ({how}), from {} of {} that may be proposed. Victims, minors, professionals, family, witnesses, \
             clients, and people whom no row calls an offender where rows call others so, are not.",
            listed(&codes, self.format),
            proposal.candidates,
            proposal.of,
        ));
        if self.best.is_some_and(|size| proposal.nodes.len() < size) {
            manner.say("Fewer than asked for: no component is larger than the target any more.");
        }
        if !proposal.largest.is_empty() {
            let sizes: Vec<String> = proposal.largest.iter().map(ToString::to_string).collect();
            let sizes = listed(&sizes, self.format);
            manner.say(&format!("The largest component, before and after each of them: {sizes}."));
        }
    }
}

fn tell(manner: Manner, losses: &Losses, ground: &WhatIfGround<'_>, left_out: usize) {
    manner.say(&format!(
        "{} nodes and {} ties; {left_out} links left out. Random: the mean of {} removals of as many, seed {}.",
        ground.flat().nodes.len(),
        ground.flat().csr.edge_count(),
        losses.draws,
        losses.seed,
    ));
    manner.say(&format!("Recruitments: {ESTIMATE}."));
    manner.say(&format!("{}.", capitalized(STRUCTURE_ONLY)));
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[test]
    fn what_is_asked_of_nothing_or_would_be_ignored_is_refused() {
        for (words, refused) in [
            (&[][..], Some("say who or what goes")),
            (&["--remove", "a"], None),
            (&["--protect", "v"], None),
            (&["--best", "2"], None),
            (&["--best", "2", "--goal", "reach"], None),
            (&["--remove", "a", "--goal", "reach"], Some("`--goal` is for `--best`")),
            (&["--remove", "a", "--strategy", "degree"], Some("`--strategy` is for `--best`")),
            (&["--remove", "a", "--among", "people"], Some("`--among` is for `--best`")),
            (&["--best", "2", "--cost", "ties"], Some("`--cost` is for `--strategy`")),
            (&["--best", "2", "--target", "0.2"], Some("`--target` is for `--strategy`")),
            (&["--best", "2", "--strategy", "degree", "--cost", "ties", "--target", "0.2"], None),
            (&["--remove", "a", "--steps", "0"], Some("`--steps` must be 1 or more")),
            (&["--remove", "a", "--steps", "1"], None),
            (&["--best", "2", "--among", "shared"], Some("`--among shared` proposes")),
            (&["--best", "2", "--among", "shared", "--with", "cases"], Some("`--among shared`")),
            (&["--best", "2", "--among", "shared", "--with", "cases,places"], None),
        ] {
            let command = typed::<WhatIfCommand>(&[&["case"], words].concat());
            match (command.check(), refused) {
                (Ok(()), None) => {}
                (Err(error), Some(why)) => assert!(error.to_string().starts_with(why), "{error}"),
                (checked, _) => panic!("{words:?}: {checked:?}"),
            }
        }
    }

    #[test]
    fn what_is_shared_and_proposed_is_what_was_typed() {
        let with = "identifiers,channels,places,cases";
        let words = ["case", "--best", "1", "--with", with, "--among", "shared"];
        let command = typed::<WhatIfCommand>(&words);
        assert_eq!(
            command.shared(),
            [Shared::Identifiers, Shared::Channels, Shared::Places, Shared::Cases]
        );
        assert_eq!(command.among(), Among::Shared);
        assert_eq!(typed::<WhatIfCommand>(&words[..3]).among(), Among::People);
    }

    #[test]
    fn a_sentence_begins_with_a_large_letter() {
        assert_eq!(["structure only", "éé", ""].map(capitalized), ["Structure only", "Éé", ""]);
    }

    /// What is done with a case in which Anna knows Bram and Cees, and Dora nobody, with the channel of a first contact beside them.
    fn on_ground<T>(
        words: &[&str],
        ask: impl FnOnce(&WhatIfCommand, &WhatIfGround<'_>, &Network<'_>) -> T,
    ) -> T {
        let case = super::super::trial::case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\n"),
            ("channels.csv", "channel_id,name\nch1,Site\n"),
            ("links.csv", "link_id,from,to,kind,channel_id\nl1,a,b,contact,\nl2,a,c,contact,ch1\n"),
        ]);
        let identities = kluwen::identity::Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let command = typed::<WhatIfCommand>(&[&["case"], words].concat());
        let view = command.view.view(&case).expect("all of it");
        let region = command.identity.region().expect("ours");
        let flat = network.with_shared(&view, &command.shared(), region);
        let ground = WhatIfGround::new(&network, &identities, flat, &Analysis::default());
        ask(&command, &ground.expect("a ground"), &network)
    }

    #[test]
    fn the_best_are_sought_by_the_goal_that_was_typed() {
        for (word, goal) in [
            ("fragment", KeyGoal::Fragment),
            ("lengthen", KeyGoal::Lengthen),
            ("reach", KeyGoal::Reach { steps: 3 }),
            ("near", KeyGoal::Nearness),
        ] {
            let words = ["--best", "2", "--steps", "3", "--goal", word];
            let plan = on_ground(&words, |command, ground, _| command.plan(2, ground));
            let Ok(Plan::KeyPlayers(found)) = plan else { panic!("{word}: {plan:?}") };
            assert_eq!((found.goal, found.size, found.search), (goal, 2, KeySearch::Auto));
        }
    }

    #[test]
    fn a_network_is_taken_apart_as_was_typed() {
        for (word, strategy) in [
            ("degree", DismantlingStrategy::Degree),
            ("betweenness", DismantlingStrategy::Betweenness),
            ("core-hd", DismantlingStrategy::CoreHd),
            ("influence", DismantlingStrategy::CollectiveInfluence { radius: 2 }),
            ("generalized", DismantlingStrategy::Generalized),
        ] {
            let words =
                ["--best", "2", "--strategy", word, "--cost", "ties", "--seed", "7", "--isolates"];
            let plan = on_ground(&words, |command, ground, _| command.plan(2, ground));
            // Anna has two ties; who has none costs one all the same.
            let costs = Some(vec![2.0, 1.0, 1.0, 1.0]);
            let order =
                Dismantling { strategy, target: 0.1, costs, seed: 7, ..Dismantling::default() };
            assert_eq!(plan.expect("a plan"), Plan::Dismantling { order, most: 2 });
        }
        let target = |target| {
            let words = ["--best", "1", "--strategy", "degree", "--target", target];
            on_ground(&words, |command, ground, _| command.plan(1, ground))
        };
        for fine in ["0", "1"] {
            target(fine).expect("a share");
        }
        let error = target("1.1").expect_err("more than all").to_string();
        assert_eq!(error, "`--target` must lie in [0, 1]");
    }

    #[test]
    fn who_or_what_goes_is_told_by_a_code_or_an_id() {
        let node = |words: &[&str], word: &str| {
            let words = [&["--remove", "a"], words].concat();
            on_ground(&words, |command, ground, network| {
                command.node(word, ground, network).map_err(|error| error.to_string())
            })
        };
        assert_eq!([node(&[], "a"), node(&[], "E1"), node(&[], "c")], [Ok(0), Ok(0), Ok(2)]);
        assert_eq!(node(&["--with", "channels"], "channel ch1"), Ok(3));
        let error = node(&[], "channel ch1").expect_err("it is not there");
        assert!(error.starts_with("`channel ch1` is nobody's code"), "{error}");
        let error = node(&[], "d").expect_err("no tie");
        assert!(error.starts_with("E4 has no tie in this network"), "{error}");
        assert_eq!(node(&["--isolates"], "d"), Ok(3));
        let error = node(&["--with", "places"], "channel ch1").expect_err("nobody");
        assert!(error.starts_with("nobody is `channel ch1`"), "{error}");
    }
}
