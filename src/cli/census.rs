//! `kluwen census`: how often each order of three dated links comes.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::Result;
use kluwen::finding::{Census, CensusOf, CensusRow};
use kluwen::graph::Network;
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::{Form, ViewFlags};
use super::identity::IdentityFlags;
use super::print;
use super::reading::Reading;
use super::recruiters::rounded;

/// How often each of the 36 orders of three dated links between two or three people comes, and whether that is more than if the days changed places
///
/// 1→2 is the first link, whoever the two are; 3 is a third person. Links of one day are in no order, and links not known to the day are left out. For the
/// sequences of acts that the trade is known by see `kluwen motifs`.
#[derive(Debug, Args)]
pub(crate) struct CensusCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// How many days may lie between the first and the last link
    #[arg(long, value_name = "DAYS", default_value_t = Census::default().delta)]
    delta: u32,
    /// How often the days of links of one kind change places for the comparison
    #[arg(long, default_value_t = Census::default().draws)]
    draws: usize,
    #[command(flatten)]
    view: ViewFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl CensusCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let network = Network::new(case, &identities.entities);
        let found = self.census().of(&network, &self.view.view(case)?)?;
        self.tell(manner, &found);
        print::rows(&found.motifs, || sheet(&found.motifs), self.format)?;
        Ok(ExitCode::SUCCESS)
    }

    /// What is counted, and how.
    fn census(&self) -> Census {
        Census { delta: self.delta, draws: self.draws, seed: self.identity.seed }
    }

    fn tell(&self, manner: Manner, found: &CensusOf) {
        manner.say(&format!(
            "{} links are known to the day; {} are not and are left out, {} because of what was asked. {} draws.",
            found.links, found.not_to_the_day, found.left_out, found.draws
        ));
        if found.draws > 0 && found.draws < self.draws {
            manner.say("There are fewer draws than asked for, as there are many links.");
        }
        let weak = found.motifs.iter().filter(|motif| motif.underpowered).count();
        if weak > 0 {
            manner.say(&format!(
                "{weak} motifs are underpowered: no arrangement of the days on record could stand out."
            ));
        }
    }
}

fn sheet(found: &[CensusRow]) -> Sheet {
    let mut sheet =
        Sheet::new(["motif", "shape", "links", "count", "expected", "z", "p", "q", "underpowered"]);
    let number = |value: Option<f64>| value.map_or(Cell::Missing, rounded);
    for one in found {
        sheet.push([
            Cell::from(one.motif.clone()),
            one.shape.into(),
            one.links.clone().into(),
            usize::try_from(one.count).unwrap_or(usize::MAX).into(),
            number(one.expected),
            number(one.z),
            number(one.p),
            number(one.q),
            (if one.underpowered { "yes" } else { "no" }).into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::trial::lines;
    use super::*;

    #[test]
    fn an_order_of_links_is_told_with_what_chance_gives() {
        let row = |underpowered| CensusRow {
            motif: "M11".into(),
            shape: "star",
            links: "1→2 2→3 3→1".into(),
            count: 4,
            expected: Some(1.23456),
            z: None,
            p: Some(0.0005),
            q: Some(0.25),
            underpowered,
        };
        let told = "M11,star,1→2 2→3 3→1,4,1.235,,0.001,0.25";
        assert_eq!(
            lines(&sheet(&[row(true), row(false)])),
            [format!("{told},yes"), format!("{told},no")]
        );
    }

    #[test]
    fn links_are_counted_as_was_typed() {
        let words = ["case", "--delta", "9", "--draws", "7", "--seed", "3"];
        let census = super::super::trial::typed::<CensusCommand>(&words).census();
        assert_eq!(census, Census { delta: 9, draws: 7, seed: 3 });
    }
}
