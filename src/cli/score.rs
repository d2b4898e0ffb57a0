//! `kluwen score`: findings against the truth.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::error::{Error, Result};
use kluwen::output::{Cell, Sheet};
use kluwen::simulate::score::{Calibration, Scores};

use super::Manner;
use super::flags::Form;
use super::recruiters::rounded;
use super::{print, record};

/// How near findings come to a planted truth
///
/// TRUTH is a folder made by `simulate` or its truth.json, FINDINGS a folder made by `analyse` or its
/// findings.json. Of several pairs the means are printed, and the counts of all together (`pooled`).
#[derive(Debug, Args)]
pub(crate) struct ScoreCommand {
    /// Pairs: TRUTH FINDINGS TRUTH FINDINGS …
    #[arg(required = true, value_name = "TRUTH FINDINGS")]
    pairs: Vec<PathBuf>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl ScoreCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if !self.pairs.len().is_multiple_of(2) {
            return Err(Error::usage("each TRUTH needs its FINDINGS; give them in pairs"));
        }
        self.note_inputs()?;
        let pairs = self.pairs.chunks_exact(2).map(|pair| (&pair[0], &pair[1]));
        let scores = Scores::read(pairs)?;
        if scores.runs.len() < 20 {
            manner.say("Under 20 runs, chance says much of this; at seed scale take 200.");
        }
        print::sheet(&sheet(&scores), self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The files that are read, for the audit log.
    fn note_inputs(&self) -> Result<()> {
        let names = ["truth.json", "findings.json"];
        for (path, name) in self.pairs.iter().zip(names.into_iter().cycle()) {
            let inside = path.is_dir().then(|| path.join(name));
            let path = inside.as_ref().unwrap_or(path);
            if path.is_file() {
                record::read_path(path)?;
            }
        }
        Ok(())
    }
}

fn sheet(scores: &Scores) -> Sheet {
    let mut sheet = Sheet::new(["measure", "value", "standard_error", "count"]);
    let number = |value: Option<f64>| value.map_or(Cell::Missing, rounded);
    for one in scores.summaries() {
        sheet.push([
            Cell::from(one.measure),
            number(one.mean),
            number(one.standard_error),
            one.runs.into(),
        ]);
    }
    let mut pooled = |name: String, value: Option<f64>, count: usize| {
        sheet.push([
            Cell::from(format!("pooled_{name}")),
            number(value),
            Cell::Missing,
            count.into(),
        ]);
    };
    let calibration = scores.calibration();
    pooled("brier_from_0.2".into(), calibration.brier(), calibration.count());
    pooled("ece_from_0.2".into(), calibration.expected_error(), calibration.count());
    for (place, bin) in calibration.bins.iter().enumerate() {
        let of = |part: f64| (bin.count > 0).then(|| part / bin.count as f64);
        let from = Calibration::begins(place);
        pooled(format!("announced_from_{from}"), of(bin.announced), bin.count);
        pooled(format!("actual_from_{from}"), of(bin.came_true as f64), bin.came_true);
    }
    for cut in scores.cuts() {
        let at = cut.threshold;
        pooled(format!("precision_at_{at}"), cut.precision(), cut.listed);
        pooled(format!("recall_at_{at}"), cut.recall(), cut.detectable);
        pooled(format!("announced_errors_at_{at}"), cut.announced(), cut.listed);
        pooled(format!("actual_errors_at_{at}"), cut.actual(), cut.listed - cut.hits);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::simulate::score::{Cut, Score};

    use super::super::trial::lines;
    use super::*;

    #[test]
    fn bins_are_told_by_what_they_announced_and_what_came_of_it() {
        let mut calibration = Calibration::default();
        calibration.add(0.9, true);
        calibration.add(0.98, false);
        let cut = Cut {
            threshold: 0.5,
            listed: 4,
            hits: 3,
            detected: 2,
            detectable: 5,
            announced_errors: 0.5,
        };
        let measures = vec![("ap".into(), Some(0.25)), ("none".into(), None)];
        let scores = Scores { runs: vec![Score { measures, calibration, cuts: vec![cut] }] };
        let rows = lines(&sheet(&scores));
        // Squares of .1 and .98; the bin announced .94 on average, and half of it came true.
        for row in [
            "ap,0.25,,1",
            "none,,,0",
            "pooled_brier_from_0.2,0.485,,2",
            "pooled_ece_from_0.2,0.44,,2",
            "pooled_announced_from_0.8,,,0",
            "pooled_actual_from_0.8,,,0",
            "pooled_announced_from_0.9,0.94,,2",
            "pooled_actual_from_0.9,0.5,,1",
            "pooled_precision_at_0.5,0.75,,4",
            "pooled_recall_at_0.5,0.4,,5",
            "pooled_announced_errors_at_0.5,0.125,,4",
            "pooled_actual_errors_at_0.5,0.25,,1",
        ] {
            assert!(rows.iter().any(|own| own == row), "{row}: {rows:#?}");
        }
        // Two measures, two for all bins, two for each of eight, and four for the list.
        assert_eq!(rows.len(), 24);
    }

    #[test]
    fn truths_and_findings_come_in_pairs() {
        let odd = ScoreCommand { pairs: vec!["a".into()], format: Form::Table };
        let error = odd.run(Manner { quiet: true }).expect_err("one is missing").to_string();
        assert!(error.contains("give them in pairs"), "{error}");
    }
}
