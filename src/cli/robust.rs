//! How far ranks depend on errors in the records.

use clap::{Args, ValueEnum};
use kluwen::error::{Error, Result};
use kluwen::graph::Csr;
use kluwen::measure::{Centrality, Perturbation, Robust, Robustness};
use kluwen::output::Cell;

use super::Manner;

/// Whether and how a ranking is held against errors.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct RobustFlags {
    /// Between which ranks each would stand if records were a little other, and how often two keep their order
    #[arg(long, value_enum, value_name = "ERROR", num_args = 0..=1, require_equals = true, default_missing_value = "rows")]
    robust: Option<ErrorFlag>,
    /// How large a part is missing or too many [default: 0.1]
    #[arg(long, value_name = "SHARE", requires = "robust")]
    share: Option<f64>,
    /// From how many draws [default: 200]
    #[arg(long, value_name = "N", requires = "robust")]
    draws: Option<usize>,
}

/// What may be wrong with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ErrorFlag {
    /// Rows are false: each tie is there with the chance that its rows give it
    Rows,
    /// A part of the ties is not on record
    Ties,
    /// A part of the people is not on record
    People,
    /// There are ties too many between people who have nothing to do with each other
    Spurious,
}

impl RobustFlags {
    /// Whether a ranking is held against errors.
    pub(crate) fn is_asked(self) -> bool {
        self.robust.is_some()
    }

    /// How far a ranking depends on errors, with ranks for the nodes that are shown; none if that was not asked. `chances` are
    /// those of the ties, where ties have some.
    pub(crate) fn of(
        self,
        measure: &(dyn Centrality + Sync),
        csr: &Csr,
        chances: Option<&Csr>,
        (shown, seed): (&[usize], u64),
        manner: Manner,
    ) -> Result<Option<Robust>> {
        let Some(error) = self.robust else { return Ok(None) };
        let share = self.share.unwrap_or(0.1);
        let perturbation = match (error, chances) {
            (ErrorFlag::Rows, _) if self.share.is_some() => {
                return Err(Error::usage(
                    "`--share` is for `--robust=ties`, `people` and `spurious`",
                ));
            }
            (ErrorFlag::Rows, None) => {
                return Err(Error::usage(
                    "`--robust` by rows is for links between people; give `--robust=ties` or `--robust=people`",
                ));
            }
            (ErrorFlag::Rows, Some(chances)) => Perturbation::Chances(chances),
            (ErrorFlag::Ties, _) => Perturbation::EdgesMissing(share),
            (ErrorFlag::People, _) => Perturbation::NodesMissing(share),
            (ErrorFlag::Spurious, None) => {
                return Err(Error::usage("`--robust=spurious` is for links between people"));
            }
            (ErrorFlag::Spurious, Some(_)) => Perturbation::EdgesSpurious(share),
        };
        let defaults = Robustness::new(perturbation);
        let draws = self.draws.unwrap_or(defaults.draws);
        let nodes: Vec<u32> = shown.iter().filter_map(|&node| u32::try_from(node).ok()).collect();
        let found = Robustness { draws, seed, ..defaults }.of(measure, csr, &nodes)?;
        manner.say(&told(error, share, (draws, seed), &found));
        Ok(Some(found))
    }
}

fn told(error: ErrorFlag, share: f64, (draws, seed): (usize, u64), found: &Robust) -> String {
    let wrong = match error {
        ErrorFlag::Rows => "ties are there with the chance that their rows give them".to_owned(),
        ErrorFlag::Ties => format!("{share} of the ties are missing"),
        ErrorFlag::People => format!("{share} of all nodes are missing"),
        ErrorFlag::Spurious => format!("{share} more ties, which are none"),
    };
    let figure = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
    format!(
        "Robustness: {wrong}; {draws} draws, seed {seed}. Of two who are not level the same one stays ahead with a chance of {} \
         (tau {}, standard deviation {}). `low` and `high`: 90 % of draws put somebody between these ranks.",
        figure(found.reliability),
        figure(found.tau),
        figure(found.tau_deviation),
    )
}

/// The two cells of an interval of ranks.
pub(crate) fn cells(ranks: Option<[usize; 2]>) -> [Cell; 2] {
    ranks.map_or([Cell::Missing, Cell::Missing], |ranks| ranks.map(Cell::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_what_may_be_wrong_and_how_far_ranks_hold() {
        let found = Robust {
            reliability: Some(0.75),
            tau: Some(0.5),
            tau_deviation: None,
            ranks: Vec::new(),
        };
        for (error, wrong) in [
            (ErrorFlag::Rows, "ties are there with the chance that their rows give them"),
            (ErrorFlag::Ties, "0.2 of the ties are missing"),
            (ErrorFlag::People, "0.2 of all nodes are missing"),
            (ErrorFlag::Spurious, "0.2 more ties, which are none"),
        ] {
            let told = told(error, 0.2, (40, 3), &found);
            let begin = format!("Robustness: {wrong}; 40 draws, seed 3.");
            assert!(told.starts_with(&begin), "{told}");
            let figures = "with a chance of 0.750 (tau 0.500, standard deviation -).";
            assert!(told.contains(figures), "{told}");
        }
    }

    #[test]
    fn ranks_have_two_ends_or_none() {
        assert_eq!(cells(Some([2, 5])), [Cell::Integer(2), Cell::Integer(5)]);
        assert_eq!(cells(None), [Cell::Missing, Cell::Missing]);
    }
}
