//! `kluwen motifs`: which sequences of acts come oftener than chance gives.

use std::process::ExitCode;

use clap::Args;
use kluwen::error::Result;
use kluwen::finding::{Motif, Motifs};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::Form;
use super::identity::IdentityFlags;
use super::print::{self, listed};
use super::reading::Reading;
use super::recruiters::rounded;

/// Which sequences of acts the case holds, and whether they come oftener than if the same acts had other dates
///
/// An instance counts where some choice of days within the dates makes it one, and is certain where every choice does. That a motif comes
/// often is a sign of a way of working; victims who brought in others are shown with who stood above them.
#[derive(Debug, Args)]
pub(crate) struct MotifsCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// How many days may lie between the first and the last act
    #[arg(long, value_name = "DAYS", default_value_t = Motifs::default().delta)]
    delta: u32,
    /// How often the dates change places for the comparison
    #[arg(long, default_value_t = Motifs::default().draws)]
    draws: usize,
    /// Print the instances, with their rows
    #[arg(long)]
    instances: bool,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl MotifsCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let found = self.options().find(&read.taken.case, &identities)?;
        for motif in &found {
            self.tell(manner, motif);
        }
        if self.instances {
            print::sheet(&instances(&found, self.format), self.format)?;
        } else {
            print::rows(&found, || sheet(&found), self.format)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What is looked for, and how.
    fn options(&self) -> Motifs {
        Motifs {
            delta: self.delta,
            draws: self.draws,
            seed: self.identity.seed,
            ..Motifs::default()
        }
    }

    fn tell(&self, manner: Manner, motif: &Motif) {
        if motif.underpowered {
            manner.say(&format!(
                "{}: underpowered; no arrangement of the dates on record could stand out.",
                motif.motif
            ));
        }
        if motif.draws > 0 && motif.draws < self.draws {
            manner.say(&format!(
                "{}: only {} draws, as there are many acts.",
                motif.motif, motif.draws
            ));
        }
        if motif.unlisted > 0 {
            manner.say(&format!("{}: {} instances are not listed.", motif.motif, motif.unlisted));
        }
    }
}

fn sheet(found: &[Motif]) -> Sheet {
    let mut sheet = Sheet::new([
        "motif",
        "count",
        "certain",
        "expected",
        "z",
        "p",
        "draws",
        "underpowered",
        "undated",
    ]);
    let number = |value: Option<f64>| value.map_or(Cell::Missing, rounded);
    for one in found {
        sheet.push([
            Cell::from(one.motif),
            (one.count as usize).into(),
            (one.certain as usize).into(),
            number(one.expected),
            number(one.z),
            number(one.p),
            one.draws.into(),
            (if one.underpowered { "yes" } else { "no" }).into(),
            one.undated.into(),
        ]);
    }
    sheet
}

fn instances(found: &[Motif], form: Form) -> Sheet {
    let mut sheet = Sheet::new(["motif", "people", "dates", "certain", "above", "rows"]);
    for motif in found {
        for one in &motif.instances {
            let above: Vec<String> = one.above.iter().map(ToString::to_string).collect();
            sheet.push([
                Cell::from(motif.motif),
                one.people.join(" → ").into(),
                listed(&one.dates, form).into(),
                (if one.certain { "yes" } else { "no" }).into(),
                listed(&above, form).into(),
                listed(&one.rows, form).into(),
            ]);
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::finding::MotifInstance;
    use kluwen::identity::EntityId;

    use super::super::trial::lines;
    use super::*;

    fn motif(underpowered: bool) -> Motif {
        let instance = |certain| MotifInstance {
            people: vec!["E1".into(), "V2".into()],
            dates: vec!["2019-03".into(), "2019-04-01".into()],
            rows: vec!["links.csv:2".into(), "links.csv:9".into()],
            certain,
            above: vec![EntityId::from_number(6)],
        };
        Motif {
            motif: "brought in",
            protected: true,
            count: 4,
            certain: 3,
            undated: 2,
            expected: Some(1.23456),
            z: None,
            p: Some(0.0005),
            draws: 200,
            underpowered,
            instances: vec![instance(true), instance(false)],
            unlisted: 0,
        }
    }

    #[test]
    fn a_motif_is_told_with_what_chance_gives() {
        assert_eq!(
            lines(&sheet(&[motif(true), motif(false)])),
            ["brought in,4,3,1.235,,0.001,200,yes,2", "brought in,4,3,1.235,,0.001,200,no,2"]
        );
    }

    #[test]
    fn an_instance_is_told_with_who_when_and_where_it_stands() {
        let told = "brought in,E1 → V2,2019-03 2019-04-01";
        assert_eq!(
            lines(&instances(&[motif(false)], Form::Csv)),
            [
                format!("{told},yes,E7,links.csv:2 links.csv:9"),
                format!("{told},no,E7,links.csv:2 links.csv:9")
            ]
        );
    }

    #[test]
    fn motifs_are_looked_for_as_was_typed() {
        let words = ["case", "--delta", "9", "--draws", "7", "--seed", "3"];
        let options = super::super::trial::typed::<MotifsCommand>(&words).options();
        assert_eq!(options, Motifs { delta: 9, draws: 7, seed: 3, ..Motifs::default() });
    }
}
