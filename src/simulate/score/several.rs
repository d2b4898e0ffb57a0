//! Many runs together: means, and counts that were added up.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::truth::Truth;
use super::{Calibration, Cut, Found, Score};
use crate::error::{Error, Position, Result, printable};

/// The scores of several runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Run by run.
    pub runs: Vec<Score>,
}

/// A measure over several runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Its name.
    pub measure: String,
    /// The mean over the runs that have it.
    pub mean: Option<f64>,
    /// The standard error of that; none under two runs.
    pub standard_error: Option<f64>,
    /// How many runs have it.
    pub runs: usize,
}

impl Scores {
    /// Reads and compares: each pair is `truth.json` and `findings.json`, or a folder that holds it.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or is not of that shape.
    pub fn read<P: AsRef<Path>>(pairs: impl IntoIterator<Item = (P, P)>) -> Result<Self> {
        let score = |(truth, found): (P, P)| {
            let truth: Truth = open(&file_in(truth.as_ref(), "truth.json"))?;
            let found: Found = open(&file_in(found.as_ref(), "findings.json"))?;
            Ok(Score::of(&truth, &found))
        };
        Ok(Self { runs: pairs.into_iter().map(score).collect::<Result<_>>()? })
    }

    /// Every measure, in the order in which it was first met.
    #[must_use]
    pub fn summaries(&self) -> Vec<Summary> {
        let mut values: indexmap::IndexMap<&str, Vec<f64>> = indexmap::IndexMap::new();
        for (name, value) in self.runs.iter().flat_map(|run| &run.measures) {
            values.entry(name).or_default().extend(value);
        }
        values.into_iter().map(|(name, values)| summary(name, &values)).collect()
    }

    /// The calibration of all runs together.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        let mut all = Calibration::default();
        self.runs.iter().for_each(|run| all.merge(&run.calibration));
        all
    }

    /// The lists of all runs together, cut at each threshold.
    #[must_use]
    pub fn cuts(&self) -> Vec<Cut> {
        let mut all: Vec<Cut> = Vec::new();
        for cut in self.runs.iter().flat_map(|run| &run.cuts) {
            match all.iter_mut().find(|own| own.threshold.total_cmp(&cut.threshold).is_eq()) {
                Some(own) => own.merge(cut),
                None => all.push(*cut),
            }
        }
        all
    }
}

fn summary(name: &str, values: &[f64]) -> Summary {
    let count = values.len() as f64;
    let mean = (!values.is_empty()).then(|| values.iter().sum::<f64>() / count);
    let spread = mean.filter(|_| values.len() > 1).map(|mean| {
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        libm::sqrt(squares / (count - 1.0) / count)
    });
    Summary { measure: name.into(), mean, standard_error: spread, runs: values.len() }
}

fn file_in(path: &Path, name: &str) -> PathBuf {
    if path.is_dir() { path.join(name) } else { path.to_owned() }
}

fn open<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, "read", error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let file = printable(&path.to_string_lossy());
        let position = Position { file, line: error.line() as u64, column: String::new() };
        Error::data(position, printable(&error.to_string()), "JSON of that shape")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_leave_out_runs_without_the_measure() {
        let run = |value| Score { measures: vec![("ap".into(), value)], ..Score::default() };
        let scores = Scores { runs: vec![run(Some(0.5)), run(None), run(Some(0.7))] };
        let [summary] = &scores.summaries()[..] else { panic!("one measure") };
        assert!((summary.mean.expect("two runs have it") - 0.6).abs() < 1e-12);
        // Deviations of .1 each: √(.02 / 1 / 2).
        assert!((summary.standard_error.expect("two") - 0.1).abs() < 1e-12);
        assert_eq!(summary.runs, 2);
    }
}
