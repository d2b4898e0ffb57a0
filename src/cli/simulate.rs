//! `kluwen simulate`: synthetic cases with known truth.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::Result;
use kluwen::simulate::{Scale, Simulation, Tier};

use super::{Manner, record};

/// A synthetic case with known truth, to try findings on
///
/// Writes the tables of a case folder, and truth.json beside them, which readers of cases pass over. Everybody
/// in it is invented. One run at the smallest scale proves nothing: it has two or three recurring
/// recruiters, so take many seeds.
#[derive(Debug, Args)]
pub(crate) struct SimulateCommand {
    /// The folder for the case; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How large
    #[arg(long, value_enum, default_value_t)]
    scale: ScaleFlag,
    /// How many victims [default: the scale's own number]
    #[arg(long, value_name = "N")]
    victims: Option<usize>,
    /// How well the files were kept
    #[arg(long, value_enum, default_value_t)]
    tier: TierFlag,
    /// Where random choices come from
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Over how many days
    #[arg(long, value_name = "N", default_value_t = Simulation::default().days)]
    days: i32,
}

/// How large a synthetic case is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ScaleFlag {
    /// 44 victims
    Seed,
    /// 500 victims
    #[default]
    Region,
    /// 7,500 victims
    National,
    /// As national, and ten million rows of contacts and advertisements
    Event10m,
    /// 90,000 victims, and a hundred million rows
    Event100m,
}

/// How well the files were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum TierFlag {
    /// Names are names, phones stay
    Easy,
    /// As one may expect
    #[default]
    Standard,
    /// Half of what would tell is missing, false or under another name
    Hard,
}

impl From<ScaleFlag> for Scale {
    fn from(flag: ScaleFlag) -> Self {
        match flag {
            ScaleFlag::Seed => Self::Seed,
            ScaleFlag::Region => Self::Region,
            ScaleFlag::National => Self::National,
            ScaleFlag::Event10m => Self::Event10M,
            ScaleFlag::Event100m => Self::Event100M,
        }
    }
}

impl From<TierFlag> for Tier {
    fn from(flag: TierFlag) -> Self {
        match flag {
            TierFlag::Easy => Self::Easy,
            TierFlag::Standard => Self::Standard,
            TierFlag::Hard => Self::Hard,
        }
    }
}

impl SimulateCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let truth = self.simulation().write(&self.folder)?;
        record::wrote_folder(&self.folder)?;
        manner.say(&format!(
            "{} people took part, among them {} recurring recruiters, of whom {} can be seen twice. The case is in {}",
            truth.persons.len(),
            truth.recurring.len(),
            truth.detectable.len(),
            self.folder.display()
        ));
        Ok(ExitCode::SUCCESS)
    }

    /// What is simulated.
    fn simulation(&self) -> Simulation {
        let plain = Simulation::new(self.scale.into(), self.tier.into());
        Simulation {
            victims: self.victims.unwrap_or(plain.victims),
            days: self.days,
            seed: self.seed,
            ..plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[test]
    fn a_case_is_simulated_as_was_typed() {
        let of =
            |words: &[&str]| typed::<SimulateCommand>(&[&["folder"], words].concat()).simulation();
        for (scale, tier, wanted) in [
            ("seed", "easy", (Scale::Seed, Tier::Easy)),
            ("region", "standard", (Scale::Region, Tier::Standard)),
            ("national", "hard", (Scale::National, Tier::Hard)),
            ("event10m", "hard", (Scale::Event10M, Tier::Hard)),
            ("event100m", "hard", (Scale::Event100M, Tier::Hard)),
        ] {
            let words = ["--scale", scale, "--tier", tier, "--days", "90", "--seed", "3"];
            let plain = Simulation::new(wanted.0, wanted.1);
            assert_eq!(of(&words), Simulation { days: 90, seed: 3, ..plain }, "{scale}");
        }
        let words = ["--victims", "7", "--scale", "seed", "--days", "90"];
        assert_eq!(of(&words).victims, 7);
    }
}
