//! Who is where in a network that an engine holds.

use std::path::Path;

use kluwen::cluster::network::{Flattening, Who};
use kluwen::cluster::{Program, Question, programs};
use kluwen::error::{Error, Result};
use kluwen::graph::Network;
use kluwen::identity::Identities;
use kluwen::measure::{BiRank, Centrality as _, Degree, PageRank, Strength};
use kluwen::output::{Cell, Sheet};

use super::super::Manner;
use super::super::nodes::{self, NetworkFlag};
use super::super::spectral::Further;
use super::super::there::{There, Wanted, refuse_a_list, write_job};
use super::{By, Rank};

impl Rank {
    /// The rows of a network on an engine: the top alone of what it can measure, else of the graph that it made, fetched.
    pub(super) fn of_engine(&self, manner: Manner) -> Result<Sheet> {
        let question = ("rank", Question::People);
        let held = self.identity.take_there(&self.engine, &self.reading, question, manner)?;
        let wanted = self.wanted()?;
        let mut there = There::make(held, wanted, &self.engine, manner)?;
        let program = self.program(&wanted.flattening(there.asked()), &there.who)?;
        let Some((name, program)) = program else {
            let flat = there.fetch(self.fetch.fetching(), wanted)?;
            let There { read, identities, view, .. } = there;
            let network = Network::new(&read.taken.case, &identities.entities);
            return self.of_network(&network, &view, Some(flat), manner);
        };
        let top = there.top(program, self.top.most(self.format))?;
        let counted = (there.size.nodes, there.size.edges);
        self.tell(manner, name, counted, there.size.left_out);
        let (case, entities) = (&there.read.taken.case, &there.identities.entities);
        let mut sheet = Sheet::new(["rank", "code", "id", "sort", name]);
        for (at, (mode, score)) in top.into_iter().enumerate() {
            let mut row = vec![Cell::from(at + 1)];
            row.extend(nodes::cells(mode, case, entities));
            row.push(score.into());
            sheet.push(row);
        }
        Ok(sheet)
    }

    pub(super) fn of_job(&self, path: &Path, manner: Manner) -> Result<()> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let read_here: (_, &Identities) = (&read, &identities);
        let most = self.top.most(self.format);
        let program = |flattening: &Flattening<'_>, who: &Who| {
            let program = self.program(flattening, who)?;
            let (_, program) = program.ok_or_else(|| {
                Error::usage(format!(
                    "a job cannot fetch a graph, which `--by {}` needs; it can `--by degree`, `strength`, `pagerank`, `core` and `birank`",
                    self.by.name()
                ))
            })?;
            Ok(program.top(most))
        };
        let from = (self.reading.case.as_path(), &self.engine);
        write_job(path, read_here, self.wanted()?, from, program)?;
        manner.say(&format!(
            "{} is a job for Spark. Node 0 of its answer is E1, node 1 is E2 and so on, which other commands take for codes; from {} up come channels, case files or victims.",
            path.display(),
            identities.entities.len()
        ));
        Ok(())
    }

    fn wanted(&self) -> Result<Wanted<'_>> {
        let flatten = self.flatten.on_paths(self.length)?;
        Ok(Wanted { between: self.network.into(), flatten, view: &self.view })
    }

    /// What an engine is asked, and what the measure is called; none where it has no program for that.
    fn program(
        &self,
        flattening: &Flattening<'_>,
        who: &Who,
    ) -> Result<Option<(&'static str, Program)>> {
        let direction = flattening.direction();
        let damping = self.damping;
        Ok(Some(match self.by {
            By::Degree => {
                let degree = Degree { normalized: self.normalized, ..Degree::default() };
                (degree.name(), programs::degree(&degree, direction))
            }
            By::Strength => {
                let strength = Strength::default();
                (strength.name(), programs::strength(&strength, direction))
            }
            By::Pagerank => {
                let rank = PageRank { damping, ..PageRank::default() };
                (rank.name(), programs::pagerank(&rank, direction)?)
            }
            By::Core => ("core", programs::cores()),
            By::Birank if self.network != NetworkFlag::People => {
                let [left_damping, right_damping] = [damping; 2];
                let birank = BiRank { left_damping, right_damping, ..BiRank::default() };
                let first_right = i64::try_from(who.people()).unwrap_or(i64::MAX);
                ("birank", programs::birank(&birank, first_right)?)
            }
            _ => return Ok(None),
        }))
    }

    /// Refuses what an engine cannot do.
    pub(super) fn refuse_there(&self) -> Result<()> {
        refuse_a_list(&self.reading)?;
        if self.robust.is_asked() {
            return Err(Error::usage(
                "`--robust` measures many graphs drawn anew, each of which an engine would have to make: leave out `--robust` or `--engine`",
            ));
        }
        let further = self.measure().err().flatten();
        if matches!(further, Some(Further::Broadcast | Further::Receive)) {
            return Err(Error::usage(format!(
                "`--by {}` needs the day of each link, and an engine makes graphs without days: leave out `--engine`",
                self.by.name()
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use kluwen::cluster::Called;
    use kluwen::graph::Direction;
    use kluwen::graph::View;
    use kluwen::identity::Identities;

    use super::super::super::trial::{case_of, typed};
    use super::*;

    /// What an engine is asked of a case of three people and a case file.
    fn asked(words: &[&str]) -> Option<(&'static str, Program)> {
        let case = case_of(&[
            ("people.csv", "person_id\na\nb\nc\n"),
            ("roles.csv", "case_id,person_id,role\nc1,a,client\nc1,b,client\n"),
        ]);
        let identities = Identities::as_given(&case);
        let rank = typed::<Rank>(&[&["case"], words].concat());
        let who = Who::of(&case, &identities.entities, rank.network.into(), &Called::AsHere);
        let view = View::default();
        let flattening = rank.wanted().expect("a network").flattening(&view);
        rank.program(&flattening, &who).expect("options that an engine takes")
    }

    #[test]
    fn an_engine_measures_as_it_is_asked_to() {
        let halved = PageRank { damping: 0.5, ..PageRank::default() };
        assert_eq!(
            asked(&["--by", "pagerank", "--damping", "0.5", "--directed"]),
            Some(("pagerank", programs::pagerank(&halved, Direction::Directed).expect("a half")))
        );
        // Case files are numbered behind the three people.
        let both = BiRank { left_damping: 0.5, right_damping: 0.5, ..BiRank::default() };
        assert_eq!(
            asked(&["--by", "birank", "--network", "cases", "--damping", "0.5"]),
            Some(("birank", programs::birank(&both, 3).expect("a half")))
        );
        let share = Degree { normalized: true, ..Degree::default() };
        assert_eq!(
            asked(&["--by", "degree", "--normalized"]),
            Some(("degree", programs::degree(&share, Direction::Undirected)))
        );
        let strength = programs::strength(&Strength::default(), Direction::Undirected);
        assert_eq!(asked(&["--by", "strength"]), Some(("strength", strength)));
        assert_eq!(asked(&["--by", "core"]), Some(("core", programs::cores())));
    }

    #[test]
    fn what_an_engine_has_no_program_for_is_fetched() {
        assert_eq!(asked(&["--by", "betweenness"]), None);
        assert_eq!(asked(&["--by", "birank"]), None, "people have no second side");
    }

    #[test]
    fn what_an_engine_cannot_do_is_refused() {
        for (words, why) in [
            (&["case", "--robust"][..], "`--robust` measures many graphs"),
            (&["case", "--by", "broadcast"], "`--by broadcast` needs the day of each link"),
            (&["case", "--by", "receive"], "`--by receive` needs the day of each link"),
            (&["edges.csv"], "not a list of edges"),
        ] {
            let error = typed::<Rank>(words).refuse_there().expect_err(why).to_string();
            assert!(error.contains(why), "{error}");
        }
        typed::<Rank>(&["case", "--by", "birank"]).refuse_there().expect("fine");
    }
}
