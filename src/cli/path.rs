//! `kluwen path`: how people are connected.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::{Error, Result};
use kluwen::graph::{Csr, Flat, Mode, Network};
use kluwen::identity::EntityId;
use kluwen::measure::{KShortestPaths, Length, RankedPath, ShortestPaths, SimplePaths};

use super::Manner;
use super::flags::{FlattenFlags, Form, LengthFlag, ViewFlags};
use super::identity::IdentityFlags;
use super::in_time::{self, OrderFlag};
use super::nodes::{self, NetworkFlag};
use super::path_rows;
use super::print;
use super::reading::Reading;

/// How two people are connected: the shortest paths, each tie with the rows that say so
///
/// Several people on a side, such as `E1,E2 E7,E9`, are connected by the paths from any to any. A path is through people; it says
/// nothing of what passed along it. Those who meet everybody by profession shorten every path: try `--without professional`.
/// `--length certainty` seeks the chain that is most likely right in all its ties; it takes rows of different sources to be right
/// or wrong independently. With `--in-time` nothing on a path came to an end before what leads to it began, so that
/// something can have passed along it; links without a date are left out and counted.
#[derive(Debug, Args)]
pub(crate) struct PathCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// From whom: a `person_id` or a code such as E12; or several, with commas
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
    /// The N shortest paths, each as long as the one before or longer
    #[arg(long, value_name = "N", conflicts_with_all = ["limit", "up_to"])]
    next: Option<usize>,
    /// All paths of at most so many ties, short or not
    #[arg(long, value_name = "TIES", conflicts_with_all = ["length", "weight"])]
    up_to: Option<usize>,
    /// List at most so many paths; all of the shortest are counted
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only along ties in the order of time: the order their dates allow, or the one they leave no doubt of
    #[arg(long, value_enum, value_name = "ORDER",
        conflicts_with_all = ["network", "length", "weight", "limit", "next", "up_to"])]
    in_time: Option<OrderFlag>,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl PathCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        self.refuse_what_is_ignored()?;
        let flatten = self.flatten.on_paths(self.length)?;
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let (case, entities) = (&read.taken.case, &identities.entities);
        let ends = [&self.from, &self.to].map(|word| nodes::people(word, case, entities));
        let [from, to] = ends;
        let (from, to) = (from?, to?);
        let view = self.view.view(case)?;
        let network = Network::new(case, entities);
        if let Some(order) = self.in_time {
            let ([from], [to]) = (&from[..], &to[..]) else {
                return Err(Error::usage("`--in-time` needs one person on each side"));
            };
            let flat = network.in_time(&view, flatten.direction());
            let sheet = in_time::journey(order, [*from, *to], &network, &flat, manner);
            print::sheet(&sheet, self.format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let flat = self.network.flatten(&network, &view, flatten);
        let (from, to) = (places(&flat, &from), places(&flat, &to));
        if from.is_empty() || to.is_empty() {
            return Err(Error::usage(
                "nobody on one side has a tie here; loosen what `--during`, `--kind` and the like let in, or try another `--network`",
            ));
        }
        let paths = self.find(&flat.csr, &from, &to, manner)?;
        let paths = self.measured(paths);
        let within = (&view, flatten.direction());
        let sheet = path_rows::sheet(&paths, self.measure(), &flat, &network, within);
        print::sheet(&sheet, self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    fn refuse_what_is_ignored(&self) -> Result<()> {
        let of_people = self.network == NetworkFlag::People;
        if !of_people && (self.flatten.is_weighted() || self.flatten.is_directed()) {
            return Err(Error::usage("`--weight` and `--directed` are for links between people"));
        }
        match self.length {
            LengthFlag::Certainty if !of_people => {
                Err(Error::usage("`--length certainty` is for links between people"))
            }
            LengthFlag::Hops if self.flatten.is_weighted() => {
                Err(Error::usage("`--weight` makes no difference without `--length`"))
            }
            LengthFlag::Weight | LengthFlag::Reciprocal
                if of_people && !self.flatten.is_weighted() =>
            {
                Err(Error::usage("such a `--length` needs a `--weight` other than `none`"))
            }
            _ => Ok(()),
        }
    }

    fn find(&self, csr: &Csr, from: &[u32], to: &[u32], manner: Manner) -> Result<Vec<RankedPath>> {
        let length: Length = self.length.into();
        if let Some(k) = self.next {
            let found = KShortestPaths { k, length }.between(csr, from, to)?;
            let all = if found.len() < k { " There are no more." } else { "" };
            manner.say(&format!("The {} shortest paths.{all}", found.len()));
            return Ok(found);
        }
        if let Some(steps) = self.up_to {
            let found = SimplePaths { steps, limit: self.limit }.between(csr, from, to)?;
            let all = if found.complete {
                "these are all".to_owned()
            } else {
                format!("there are more, and `--limit {}` cut them off", self.limit)
            };
            manner.say(&format!("Paths of at most {steps} ties: {}; {all}.", found.paths.len()));
            let ranked = |nodes: Vec<u32>| RankedPath { length: nodes.len() as f64 - 1.0, nodes };
            return Ok(found.paths.into_iter().map(ranked).collect());
        }
        let options = ShortestPaths { length, limit: self.limit };
        let found = options.search(csr)?.between_any(from, to)?;
        let Some(distance) = found.distance else {
            manner.say("They are not connected here.");
            return Ok(Vec::new());
        };
        let listed = found.paths.len();
        manner.say(&match length.chance(distance) {
            None => format!(
                "Shortest paths of length {distance}: {}, of which {listed} are listed.",
                found.count
            ),
            Some(chance) => format!(
                "Paths that are right in all their ties with a chance of {chance:.3}: {}, of which {listed} are listed.",
                found.count
            ),
        });
        Ok(found.paths.into_iter().map(|nodes| RankedPath { length: distance, nodes }).collect())
    }

    /// What is told of each path.
    fn measure(&self) -> &'static str {
        if self.length == LengthFlag::Certainty { "chance" } else { "length" }
    }

    /// The paths with what is told of them in place of their lengths.
    fn measured(&self, paths: Vec<RankedPath>) -> Vec<RankedPath> {
        let length: Length = self.length.into();
        let told = |path: RankedPath| RankedPath {
            length: length.chance(path.length).unwrap_or(path.length),
            ..path
        };
        paths.into_iter().map(told).collect()
    }
}

/// Where people stand in a graph; those without a tie in it do not.
fn places(flat: &Flat<Mode>, people: &[EntityId]) -> Vec<u32> {
    let is_one = |node: &Mode| matches!(node, Mode::Person(who) if people.contains(who));
    (0..).zip(&flat.nodes).filter(|(_, node)| is_one(node)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[test]
    fn flags_that_would_make_no_difference_are_refused() {
        for (words, refused) in [
            (&[][..], None),
            (&["--directed"], None),
            (&["--network", "cases"], None),
            (&["--network", "cases", "--directed"], Some("are for links between people")),
            (&["--network", "cases", "--weight", "count"], Some("are for links between people")),
            (&["--length", "certainty"], None),
            (&["--length", "certainty", "--network", "cases"], Some("`--length certainty` is for")),
            (&["--weight", "count"], Some("`--weight` makes no difference without `--length`")),
            (&["--weight", "count", "--length", "weight"], None),
            (&["--weight", "count", "--length", "reciprocal"], None),
            (&["--length", "weight"], Some("needs a `--weight` other than `none`")),
            (&["--length", "reciprocal"], Some("needs a `--weight` other than `none`")),
            // Ties to case files have weights of their own.
            (&["--length", "weight", "--network", "cases"], None),
        ] {
            let command = typed::<PathCommand>(&[&["case", "a", "b"], words].concat());
            match (command.refuse_what_is_ignored(), refused) {
                (Ok(()), None) => {}
                (Err(error), Some(why)) => assert!(error.to_string().contains(why), "{error}"),
                (checked, _) => panic!("{words:?}: {checked:?}"),
            }
        }
    }

    #[test]
    fn people_stand_where_their_node_is_and_those_without_a_tie_nowhere() {
        let [one, two, three] = [1, 2, 3].map(EntityId::from_number);
        let nodes = vec![Mode::Person(two), Mode::Person(one), Mode::Person(three)];
        let flat = Flat { csr: Csr::path(3), nodes, left_out: 0 };
        assert_eq!(places(&flat, &[three, EntityId::from_number(9), two]), [0, 2]);
    }

    #[test]
    fn a_path_by_certainty_is_told_as_a_chance() {
        let command = |words: &[&str]| typed::<PathCommand>(&[&["case", "a", "b"], words].concat());
        let told = |words: &[&str]| {
            let path = RankedPath { nodes: vec![0, 1], length: 0.5 };
            (command(words).measure(), command(words).measured(vec![path])[0].length)
        };
        assert_eq!(told(&[]), ("length", 0.5));
        // A length of ln 2 is a chance of a half, so .5 is e^-.5.
        let (name, chance) = told(&["--length", "certainty"]);
        assert_eq!(name, "chance");
        assert!((chance - 0.606_530_659_7).abs() < 1e-9, "{chance}");
    }
}
