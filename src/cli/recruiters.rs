//! `kluwen recruiters`: who recruits again and again.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::cluster::Question;
use kluwen::error::{Error, Result};
use kluwen::finding::{Across, Caution, Episodes, Missing, Recruiter, Recruiters};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::engine::EngineFlags;
use super::explain;
use super::flags::Form;
use super::held::Held;
use super::identity::IdentityFlags;
use super::merges;
use super::nodes;
use super::print;
use super::reading::Reading;

/// Who recruits again and again, with intervals and reasons
///
/// `recurrence` is the chance that somebody brought two or more victims into exploitation in two or more
/// separate episodes, as far as the files go. It is no chance of guilt. Whoever is a victim in any case is not in the list.
#[derive(Debug, Args)]
pub(crate) struct RecruitersCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    #[command(flatten)]
    engine: EngineFlags,
    /// Say why, row by row: a `person_id` or a code such as E12
    #[arg(long, value_name = "WHO")]
    explain: Option<String>,
    /// List only from this recurrence up
    #[arg(long, value_name = "P", default_value_t = Recruiters::default().least)]
    least: f64,
    /// How often rows are drawn anew for the rank intervals
    #[arg(long, default_value_t = Recruiters::default().draws)]
    draws: usize,
    /// For how large a part of the victims complete files would say who recruited her; widens rank intervals
    #[arg(long, value_name = "P", default_value_t = Recruiters::default().missing.settled)]
    settled: f64,
    /// The chance that somebody's presence in a case is on record by luck only; widens rank intervals
    #[arg(long, value_name = "P", default_value_t = Recruiters::default().missing.presences)]
    dropped: f64,
    /// How many episodes nobody has on record there are for each one on record; widens rank intervals
    #[arg(long, value_name = "N", default_value_t = Recruiters::default().missing.unseen)]
    unseen: f64,
    /// When recruitments in several case files are one episode
    #[arg(long, value_enum, default_value_t)]
    episodes: EpisodesFlag,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// When recruitments in several case files are one episode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum EpisodesFlag {
    /// When they are of one victim and a month apart or less
    #[default]
    SameVictim,
    /// When they are a month apart or less, of whichever victims
    Near,
}

impl From<EpisodesFlag> for Across {
    fn from(flag: EpisodesFlag) -> Self {
        match flag {
            EpisodesFlag::SameVictim => Self::SameVictim,
            EpisodesFlag::Near => Self::Near,
        }
    }
}

impl RecruitersCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        for (flag, value) in [
            ("least", self.least),
            ("settled", self.settled),
            ("dropped", self.dropped),
            ("unseen", self.unseen),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(Error::usage(format!("`--{flag}` must lie in [0, 1]")));
            }
        }
        let question = ("recruiters", Question::Recruiters);
        let Held { read, identities, .. } =
            self.identity.take_from(&self.engine, &self.reading, question, manner)?;
        let case = &read.taken.case;
        let entities = &identities.entities;
        let found = self.options().find(case, &identities)?;
        let Some(who) = &self.explain else {
            manner
                .say("A recurrence is no chance of guilt; look at the evidence with `--explain`.");
            print::rows(&found, || sheet(&found, self.format), self.format)?;
            return Ok(ExitCode::SUCCESS);
        };
        let entity = nodes::person(who, case, entities)?;
        if entities.victim(entity).is_some() {
            return Err(Error::usage(format!(
                "{} is a victim in some case, and so in no ranking of offenders",
                entities.code(entity)
            )));
        }
        let Some(one) = found.iter().find(|recruiter| recruiter.entity == entity) else {
            manner.say(&format!(
                "{entity} is not listed: no row speaks of recruiting that counts here."
            ));
            return Ok(ExitCode::SUCCESS);
        };
        manner.say(&format!(
            "{entity}: recurrence {:.3}, rank {} ({} to {}). A row makes a recruitment `weight` times likelier as far as it is certain; rows of one source count once for each victim.",
            one.recurrence, one.rank, one.rank_interval[0], one.rank_interval[1]
        ));
        for caution in &one.cautions {
            manner.say(&format!("caution: {caution}"));
        }
        print::rows(std::slice::from_ref(one), || evidence(one), self.format)?;
        if self.format == Form::Table {
            print::print(|out| writeln!(out))?;
            print::sheet(&explain::around(one), Form::Table)?;
            if !one.merges.is_empty() {
                print::print(|out| {
                    writeln!(out, "\nWhy {} ids are one person:", one.person_ids.len())
                })?;
                print::sheet(&merges::waterfall(&one.merges), Form::Table)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is looked for, and how.
    fn options(&self) -> Recruiters {
        // Whoever is asked for is explained, however little there is.
        let least = if self.explain.is_some() { 0.0 } else { self.least };
        Recruiters {
            least,
            draws: self.draws,
            seed: self.identity.seed,
            missing: Missing {
                settled: self.settled,
                presences: self.dropped,
                unseen: self.unseen,
            },
            episodes: Episodes { across: self.episodes.into(), ..Episodes::default() },
            ..Recruiters::default()
        }
    }
}

pub(crate) fn sheet(found: &[Recruiter], form: Form) -> Sheet {
    let mut sheet = Sheet::new([
        "rank",
        "entity",
        "person_ids",
        "recurrence",
        "rank_low",
        "rank_high",
        "expected_victims",
        "expected_episodes",
        "cases",
        "cautions",
    ]);
    for one in found {
        let cases: Vec<String> =
            one.episodes.iter().map(|episode| episode.case_ids.join("+")).collect();
        sheet.push([
            Cell::from(one.rank),
            one.entity.to_string().into(),
            print::listed(&one.person_ids, form).into(),
            rounded(one.recurrence),
            one.rank_interval[0].into(),
            one.rank_interval[1].into(),
            rounded(one.expected_victims),
            rounded(one.expected_episodes),
            print::listed(&cases, form).into(),
            joined(&one.cautions).into(),
        ]);
    }
    sheet
}

fn joined(cautions: &[Caution]) -> String {
    cautions.iter().map(Caution::to_string).collect::<Vec<_>>().join("; ")
}

fn evidence(one: &Recruiter) -> Sheet {
    let mut sheet = Sheet::new([
        "episode",
        "cases",
        "chance",
        "victim",
        "evidence",
        "row",
        "date",
        "certainty",
        "weight",
        "source",
    ]);
    for (at, episode) in one.episodes.iter().enumerate() {
        for item in &episode.items {
            sheet.push([
                Cell::from(at + 1),
                episode.case_ids.join("+").into(),
                rounded(episode.probability),
                item.victim.map_or(Cell::Missing, |victim| victim.to_string().into()),
                item.class.into(),
                item.row.clone().into(),
                item.date.clone().into(),
                rounded(item.certainty),
                rounded(item.weight),
                item.source.clone().into(),
            ]);
        }
    }
    sheet
}

/// Three digits: more would promise what the figures do not keep.
pub(crate) fn rounded(value: f64) -> Cell {
    Cell::from((value * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{lines, somebody, typed};
    use super::*;

    #[test]
    fn cautions_stand_in_one_cell() {
        let professional = "there by profession in a case that counts here";
        let client = "a client in a case that counts here";
        assert_eq!(joined(&[]), "");
        assert_eq!(joined(&[Caution::Client]), client);
        assert_eq!(
            joined(&[Caution::Professional, Caution::Client]),
            format!("{professional}; {client}")
        );
    }

    #[test]
    fn figures_have_three_digits() {
        for (value, want) in [(0.123_46, 0.123), (0.9996, 1.0), (-0.0006, -0.001), (12.0, 12.0)] {
            assert_eq!(rounded(value), Cell::from(want), "{value}");
        }
    }

    #[test]
    fn shares_lie_between_nothing_and_all() {
        for flag in ["least", "settled", "dropped", "unseen"] {
            for value in ["-0.1", "1.1"] {
                let words = ["case".to_owned(), format!("--{flag}={value}")];
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let command = typed::<RecruitersCommand>(&words);
                let error = command.run(Manner { quiet: true }).expect_err(flag).to_string();
                assert_eq!(error, format!("`--{flag}` must lie in [0, 1]"));
            }
        }
        assert_eq!(Across::from(EpisodesFlag::Near), Across::Near);
        assert_eq!(Across::from(EpisodesFlag::SameVictim), Across::SameVictim);
    }

    #[test]
    fn somebody_is_told_with_intervals_and_cautions() {
        let client = "a client in a case that counts here";
        assert_eq!(
            lines(&sheet(&[somebody()], Form::Csv)),
            [format!("2,E7,p1 p2,0.988,1,4,3.457,2.346,c1+c2 c3,{client}")]
        );
    }

    #[test]
    fn evidence_is_told_row_by_row_under_the_number_of_its_episode() {
        assert_eq!(
            lines(&evidence(&somebody())),
            ["2,c3,0.765,,recruited,links.csv:88,2019-03-02,0.877,12.346,s1"]
        );
    }

    #[test]
    fn recruiters_are_looked_for_as_was_typed() {
        let options =
            |words: &[&str]| typed::<RecruitersCommand>(&[&["case"], words].concat()).options();
        assert_eq!(options(&[]), Recruiters::default());
        let words = [
            "--least",
            "0.5",
            "--draws",
            "7",
            "--seed",
            "3",
            "--settled",
            "0.25",
            "--dropped",
            "0.125",
            "--unseen",
            "0.75",
            "--episodes",
            "near",
        ];
        let want = Recruiters {
            least: 0.5,
            draws: 7,
            seed: 3,
            missing: Missing { settled: 0.25, presences: 0.125, unseen: 0.75 },
            episodes: Episodes { across: Across::Near, ..Episodes::default() },
            ..Recruiters::default()
        };
        assert_eq!(options(&words), want);
        // Whoever is asked for is explained, however little there is.
        let explained = options(&[&words[..], &["--explain", "E9"]].concat());
        assert_eq!(explained, Recruiters { least: 0.0, ..want });
    }
}
