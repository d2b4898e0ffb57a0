//! Who shares what in a network that an engine holds.

use kluwen::cluster::fetch::named;
use kluwen::cluster::network::{Between, Who};
use kluwen::cluster::{ProjectedThere, Question, SharedThere, projected};
use kluwen::error::{Error, Result};
use kluwen::measure::bonferroni;
use kluwen::output::Sheet;

use super::super::Manner;
use super::super::engine::JOBS;
use super::super::flags::FlattenFlags;
use super::super::there::{There, Wanted};
use super::{Counts, Row, Through, Ties};

impl Through {
    /// Between whom the ties are that an engine counts; none where all that is shared is on this machine.
    fn between(self) -> Option<Between> {
        match self {
            Self::Cases => Some(Between::PeopleAndCases),
            Self::Identifiers => None,
            Self::Channels => Some(Between::PeopleAndChannels),
            Self::Places => Some(Between::PeopleAndPlaces),
        }
    }
}

impl Ties {
    /// The pairs that are findings, of those that an engine counts.
    pub(super) fn of_engine(&self, manner: Manner) -> Result<Sheet> {
        self.refuse_there()?;
        let question = ("ties", Question::People);
        let held = self.identity.take_there(&self.engine, &self.reading, question, manner)?;
        let Some(between) = self.through.between() else {
            // Identifiers come whole, so that this machine can count for itself.
            return self.of_case((&held.read.taken.case, &held.identities.entities), manner);
        };
        let wanted = Wanted { between, flatten: FlattenFlags::default(), view: &self.view };
        let mut there = There::make(held, wanted, &self.engine, manner)?;
        let (options, work) = (self.projection(), there.work().to_owned());
        let found = projected(&mut there.run(&["nodes", "edges"]), &options, &work)?;
        let counts = counts(&found, self.fdr);
        self.tell(manner, &counts, there.size.left_out);
        let rows: Vec<Row> =
            found.pairs.iter().map(|pair| row(&there.who, pair)).collect::<Result<_>>()?;
        let who = (&there.read.taken.case, &there.identities.entities);
        Ok(self.sheet(&rows, counts.bonferroni, who))
    }

    fn refuse_there(&self) -> Result<()> {
        if self.engine.job()?.is_some() {
            return Err(Error::usage(format!(
                "`kluwen ties` weighs here what the engine counts, which a job cannot; `--engine emit:` is for {JOBS}"
            )));
        }
        if self.cut {
            return Err(Error::usage(
                "`--cut` looks at the whole graph, which an engine has no program for: leave out `--engine`; `rank --by cut` fetches it, for the people whom others hang on",
            ));
        }
        if self.all {
            return Err(Error::usage(
                "`--all` would fetch every pair that shares something: leave it out, and the findings come; or raise `--fdr`",
            ));
        }
        Ok(())
    }
}

fn counts(found: &ProjectedThere, level: f64) -> Counts {
    let threshold = bonferroni(level, found.tests);
    Counts {
        tests: found.tests,
        sharing: found.sharing,
        findings: found.pairs.len(),
        // Whatever passes it is a finding, so that all that do have come.
        by_bonferroni: found.pairs.iter().filter(|pair| pair.p <= threshold).count(),
        bonferroni: threshold,
        hubs: found.hubs.len(),
        approximate: found.approximate,
        within_reach: found.within_reach,
        is_underpowered: found.any_within_reach == Some(false),
    }
}

fn row(who: &Who, pair: &SharedThere) -> Result<Row> {
    let [one, other] = pair.nodes;
    Ok(Row {
        pair: [named(who, one)?, named(who, other)?],
        p: pair.p,
        q: pair.q,
        through: pair.shared.iter().map(|&node| named(who, node)).collect::<Result<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::typed;
    use super::*;

    #[test]
    fn what_an_engine_found_is_counted_as_it_is_here() {
        let pair = |p, q| SharedThere { nodes: [0, 1], shared: vec![7], p, q };
        let found = ProjectedThere {
            pairs: vec![pair(0.001, 0.01), pair(0.005, 0.025), pair(0.02, 0.04)],
            tests: 10,
            sharing: 6,
            hubs: vec![(9, 80), (8, 70)],
            approximate: 4,
            within_reach: Some(5),
            any_within_reach: Some(true),
        };
        let of = counts(&found, 0.05);
        assert_eq!((of.tests, of.sharing, of.findings, of.by_bonferroni), (10, 6, 3, 2));
        assert_eq!((of.hubs, of.approximate, of.within_reach), (2, 4, Some(5)));
        assert!(!of.is_underpowered && (of.bonferroni - 0.005).abs() < 1e-15);
        let none = ProjectedThere { any_within_reach: Some(false), tests: 0, ..found };
        assert!(counts(&none, 0.05).is_underpowered);
        assert!((counts(&none, 0.05).bonferroni - 0.05).abs() < 1e-15);
    }

    #[test]
    fn what_an_engine_cannot_do_is_refused() {
        let refused = |words: &[&str]| {
            let words = [&["case", "--engine", "sc://localhost"], words].concat();
            typed::<Ties>(&words).refuse_there().map_err(|error| error.to_string())
        };
        assert_eq!(refused(&["--through", "places", "--null", "bicm"]), Ok(()));
        for (flag, why) in [("--all", "every pair"), ("--cut", "the whole graph")] {
            let error = refused(&[flag]).expect_err(flag);
            assert!(error.contains(why), "{error}");
        }
        let job = typed::<Ties>(&["case", "--engine", "emit:job.py"]);
        assert!(job.refuse_there().expect_err("a job").to_string().contains("a job cannot"));
    }
}
