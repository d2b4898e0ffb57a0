//! What `kluwen rank` tells of shortest paths besides scores of nodes: of ties, of groups, and of a sample.

use clap::Args;
use kluwen::case::Case;
use kluwen::error::{Error, Result, excerpt};
use kluwen::graph::{Flat, Mode};
use kluwen::identity::Entities;
use kluwen::measure::{
    ApproximateBetweenness, EdgeBetweenness, EdgeScore, GroupBetweenness, GroupCloseness, Length,
};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::measures::By;
use super::nodes;

/// Shortest paths beyond a score for each node.
#[derive(Clone, Debug, Args)]
pub(crate) struct BetweenFlags {
    /// Betweenness from a sample of paths, all scores within this share of all pairs: for networks too large for all paths
    #[arg(long, value_name = "ERROR")]
    approximate: Option<f64>,
    /// The chance that some score of the sample is farther off [default: 0.1]
    #[arg(long, value_name = "P", requires = "approximate")]
    failure: Option<f64>,
    /// Ties instead of nodes: over which most shortest paths run
    #[arg(long, conflicts_with_all = ["approximate", "group", "best"])]
    ties: bool,
    /// Together, these ids or codes: on how many paths at least one of them sits, or how near all others are to one of them
    #[arg(long, value_name = "ID", value_delimiter = ',', conflicts_with_all = ["approximate", "best"])]
    group: Vec<String>,
    /// So many nodes that are best together, where the best single ones may all be of one corner
    #[arg(long, value_name = "K", conflicts_with = "approximate")]
    best: Option<usize>,
}

/// The network that is looked at, and what its nodes are called.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) flat: &'a Flat<Mode>,
    pub(crate) case: &'a Case,
    pub(crate) entities: &'a Entities,
}

impl BetweenFlags {
    /// Whether anything else than exact scores of nodes is asked for.
    pub(crate) fn is_asked(&self) -> bool {
        self.approximate.is_some() || self.ties || !self.group.is_empty() || self.best.is_some()
    }

    /// Fails where a flag would be ignored by that measure.
    pub(crate) fn check(&self, by: By, length: Length, normalized: bool) -> Result<()> {
        let refuse = |flag: &str, why: &str| Err(Error::usage(format!("`{flag}` {why}")));
        if self.approximate.is_some() && (by != By::Betweenness || length != Length::Hops) {
            return refuse("--approximate", "goes with `--by betweenness` by hops");
        }
        if self.ties && by != By::Betweenness {
            return refuse("--ties", "goes with `--by betweenness`");
        }
        let together = !self.group.is_empty() || self.best.is_some();
        let flag = if self.best.is_some() { "--best" } else { "--group" };
        if together && !matches!(by, By::Betweenness | By::Closeness) {
            return refuse(flag, "goes with `--by betweenness` or `--by closeness`");
        }
        if together && length != Length::Hops {
            return refuse(flag, "counts hops: leave out `--length`");
        }
        if together && normalized && by == By::Closeness {
            return refuse("--normalized", "changes nothing about closeness");
        }
        Ok(())
    }

    /// The measure of a sample, if that is asked for.
    pub(crate) fn approximate(
        &self,
        seed: u64,
        normalized: bool,
    ) -> Option<ApproximateBetweenness> {
        let usual = ApproximateBetweenness::default();
        let failure = self.failure.unwrap_or(usual.failure);
        self.approximate.map(|error| ApproximateBetweenness { error, failure, seed, normalized })
    }

    /// What is told of ties or of a group; none where nodes are asked for.
    pub(crate) fn sheet(
        &self,
        named: Named<'_>,
        (by, length, normalized): (By, Length, bool),
        (seed, most): (u64, usize),
        manner: Manner,
    ) -> Result<Option<Sheet>> {
        if self.ties {
            let scores = EdgeBetweenness { length, normalized }.scores(&named.flat.csr)?;
            return Ok(Some(named.ties(scores, most)));
        }
        if self.group.is_empty() && self.best.is_none() {
            return Ok(None);
        }
        let between = GroupBetweenness { normalized, seed, ..GroupBetweenness::default() };
        let near = GroupCloseness::default();
        let csr = &named.flat.csr;
        let group = match (self.best, by) {
            (None, _) => named.find(&self.group)?,
            (Some(size), By::Betweenness) => between.best(csr, size)?,
            (Some(size), _) => near.best(csr, size)?,
        };
        let score = match by {
            By::Betweenness => between.score(csr, &group)?,
            _ => near.score(csr, &group)?,
        };
        if self.best.is_some() && by == By::Betweenness {
            manner.say(&format!(
                "Chosen by a sample of paths of seed {seed}: its shares are within {} with a probability of {}. The score is exact.",
                between.error,
                1.0 - between.failure
            ));
        }
        manner.say(&format!("Together: {score}."));
        Ok(Some(named.group(&group, score)))
    }
}

impl Named<'_> {
    /// The nodes that some words mean.
    fn find(&self, words: &[String]) -> Result<Vec<u32>> {
        words.iter().map(|word| self.node(word)).collect()
    }

    fn node(&self, word: &str) -> Result<u32> {
        let means = |mode: Mode| {
            nodes::code(mode, self.case, self.entities) == word
                || nodes::all_ids(mode, self.case, self.entities).contains(&word)
        };
        let mut found =
            self.flat.csr.nodes().zip(&self.flat.nodes).filter(|(_, mode)| means(**mode));
        match (found.next(), found.next()) {
            (Some((node, _)), None) => Ok(node),
            (None, _) => Err(Error::usage(format!(
                "no node of this network is `{}`; expected an id or a code of one that has a tie",
                excerpt(word)
            ))),
            _ => Err(Error::usage(format!("`{}` means several nodes", excerpt(word)))),
        }
    }

    fn names(&self, node: u32) -> [Cell; 2] {
        let mode = self.flat.nodes[node as usize];
        let code = nodes::code(mode, self.case, self.entities);
        [code.into(), nodes::ids(mode, self.case, self.entities).into()]
    }

    fn ties(&self, mut scores: Vec<EdgeScore>, most: usize) -> Sheet {
        scores.sort_by(|one, other| other.score.total_cmp(&one.score));
        let mut sheet = Sheet::new(["rank", "one", "one_id", "other", "other_id", "betweenness"]);
        for (at, edge) in scores.into_iter().take(most).enumerate() {
            let ([one, one_id], [other, other_id]) = (self.names(edge.from), self.names(edge.to));
            sheet.push([Cell::from(at + 1), one, one_id, other, other_id, edge.score.into()]);
        }
        sheet
    }

    fn group(&self, group: &[u32], score: f64) -> Sheet {
        let mut sheet = Sheet::new(["place", "code", "id", "together"]);
        for (at, &node) in group.iter().enumerate() {
            let [code, id] = self.names(node);
            sheet.push([Cell::from(at + 1), code, id, score.into()]);
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use kluwen::graph::{Direction, Network, View, Weight};
    use kluwen::identity::Identities;

    use super::super::trial::{case_of, lines, typed};
    use super::*;

    #[test]
    fn flags_that_a_measure_would_ignore_are_refused() {
        let (between, close, degree) = (By::Betweenness, By::Closeness, By::Degree);
        let (hops, weight) = (Length::Hops, Length::Weight);
        for (words, by, length, normalized, refused) in [
            (&[][..], degree, weight, true, None),
            (&["--approximate", "0.1"], between, hops, true, None),
            (&["--approximate", "0.1"], close, hops, false, Some("`--approximate` goes with")),
            (&["--approximate", "0.1"], between, weight, false, Some("`--approximate` goes with")),
            (&["--ties"], between, weight, true, None),
            (&["--ties"], close, hops, false, Some("`--ties` goes with `--by betweenness`")),
            (&["--group", "a"], between, hops, true, None),
            (&["--group", "a"], close, hops, false, None),
            (&["--group", "a"], degree, hops, false, Some("`--group` goes with")),
            (&["--best", "2"], degree, hops, false, Some("`--best` goes with")),
            (&["--best", "2"], between, weight, false, Some("`--best` counts hops")),
            (&["--group", "a"], close, hops, true, Some("`--normalized` changes nothing")),
        ] {
            let flags = typed::<BetweenFlags>(words);
            assert_eq!(flags.is_asked(), !words.is_empty(), "{words:?}");
            match (flags.check(by, length, normalized), refused) {
                (Ok(()), None) => {}
                (Err(error), Some(why)) => assert!(error.to_string().starts_with(why), "{error}"),
                (checked, _) => panic!("{words:?} {by:?}: {checked:?}"),
            }
        }
    }

    #[test]
    fn a_sample_has_the_error_and_the_chance_of_failing_that_were_asked_for() {
        let sample = |words: &[&str]| {
            let found = typed::<BetweenFlags>(words).approximate(7, true)?;
            Some([found.error, found.failure, found.seed as f64, f64::from(found.normalized)])
        };
        assert_eq!(sample(&[]), None);
        assert_eq!(sample(&["--approximate", "0.05"]), Some([0.05, 0.1, 7.0, 1.0]));
        let both = ["--approximate", "0.05", "--failure", "0.2"];
        assert_eq!(sample(&both), Some([0.05, 0.2, 7.0, 1.0]));
    }

    /// Anna and Bram, Bram and Cees.
    fn asked(words: &[&str], by: By, normalized: bool) -> Result<Option<Vec<String>>> {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\n"),
            ("links.csv", "link_id,from,to,kind\nl1,a,b,contact\nl2,c,b,contact\n"),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let flat = network.flatten(&View::default(), Direction::Undirected, Weight::None);
        let nodes = flat.nodes.iter().map(|&person| Mode::Person(person)).collect();
        let flat = Flat { csr: flat.csr, nodes, left_out: 0 };
        let named = Named { flat: &flat, case: &case, entities: &identities.entities };
        let how = (by, Length::Hops, normalized);
        let manner = Manner { quiet: true };
        let sheet = typed::<BetweenFlags>(words).sheet(named, how, (0, 1), manner)?;
        Ok(sheet.as_ref().map(lines))
    }

    #[test]
    fn ties_and_groups_have_rows_and_nodes_have_none() {
        let rows = |words: &[&str], by| asked(words, by, false).expect("all are there");
        assert_eq!(rows(&[], By::Betweenness), None);
        // Over each tie runs the path of its ends and that from Anna to Cees; one row was asked for.
        assert_eq!(rows(&["--ties"], By::Betweenness), Some(vec!["1,E1,a,E2,b,2".into()]));
        assert_eq!(rows(&["--group", "b"], By::Betweenness), Some(vec!["1,E2,b,1".into()]));
        // By id or by code.
        let two = Some(vec!["1,E1,a,0".into(), "2,E3,c,0".into()]);
        assert_eq!(rows(&["--group", "a,E3"], By::Betweenness), two);
        assert_eq!(rows(&["--best", "1"], By::Betweenness), Some(vec!["1,E2,b,1".into()]));
        assert_eq!(rows(&["--best", "1"], By::Closeness).map(|rows| rows.len()), Some(1));
    }

    #[test]
    fn a_word_that_means_nobody_here_is_a_slip() {
        let error = asked(&["--group", "a,x"], By::Betweenness, false).expect_err("nobody");
        assert!(error.to_string().starts_with("no node of this network is `x`"), "{error}");
    }
}
