//! `kluwen identities`: who is who, why, and what a person decides about it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::case::Case;
use kluwen::error::{Error, Result};
use kluwen::identity::{Decision, Decisions, EntityId, Identities, Merge, Verdict};
use kluwen::output::{Cell, Sheet, save};
use serde::Serialize;

use super::flags::Form;
use super::identity::IdentityFlags;
use super::reading::Reading;
use super::recruiters::rounded;
use super::{Manner, nodes, print};

/// Who is who: which ids are one person, how sure that is, and why
///
/// Lists everybody with more than one id. `probability` is the share of readings, drawn as often as they are likely, in which
/// two of the ids are one person. A person's decision always wins: `--same` and `--different` add one to the file of decisions, and
/// every command that is given that file with `--decisions` follows it.
#[derive(Debug, Args)]
pub(crate) struct IdentitiesCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// Say why ids are one person, field by field: a `person_id` or a code such as E12
    #[arg(long, value_name = "WHO", conflicts_with_all = ["same", "different"])]
    explain: Option<String>,
    /// List everybody, also people of one id
    #[arg(long)]
    all: bool,
    /// Decide that two ids are one person
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], requires_all = ["decide", "by", "why"], conflicts_with = "different")]
    same: Option<Vec<String>>,
    /// Decide that two ids are two people
    #[arg(long, num_args = 2, value_names = ["ID", "ID"], requires_all = ["decide", "by", "why"])]
    different: Option<Vec<String>>,
    /// The file to which a decision is added; made if it is not there
    #[arg(long = "into", value_name = "FILE", id = "decide")]
    into: Option<PathBuf>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// Where random choices come from
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A person, and why the ids are this person.
#[derive(Debug, Serialize)]
struct Row {
    entity: String,
    person_ids: Vec<String>,
    probability: f64,
    merges: Vec<Reason>,
}

/// Why two ids are one person.
#[derive(Debug, Serialize)]
struct Reason {
    person_ids: [String; 2],
    probability: f64,
    weights: Vec<Weight>,
}

/// What a field says, in bits; none where a person decided.
#[derive(Debug, Serialize)]
struct Weight {
    field: &'static str,
    bits: Option<f64>,
}

impl IdentitiesCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if let Some((ids, verdict)) = self.decision() {
            return self.decide(manner, ids, verdict);
        }
        let taken = self.reading.take(manner, None)?.taken;
        let identities = self.identity.take(&taken.case, self.seed)?;
        let rows = self.rows(&taken.case, &identities)?;
        if self.explain.is_some() {
            print::rows(&rows, || reasons(&rows), self.format)?;
        } else {
            print::rows(&rows, || sheet(&rows), self.format)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn decision(&self) -> Option<(&[String], Verdict)> {
        let same = self.same.as_deref().map(|ids| (ids, Verdict::Same));
        same.or_else(|| self.different.as_deref().map(|ids| (ids, Verdict::Different)))
    }

    /// Adds a decision to its file, if it agrees with those that are there.
    fn decide(&self, manner: Manner, ids: &[String], verdict: Verdict) -> Result<ExitCode> {
        let (Some(file), Some(by), Some(why), [a, b]) = (&self.into, &self.by, &self.why, ids)
        else {
            return Err(Error::usage("a decision needs two ids, `--into`, `--by` and `--why`"));
        };
        if a == b {
            return Err(Error::usage("a decision is about two ids, not about one"));
        }
        let mut decisions =
            if file.exists() { Decisions::read(file)? } else { Decisions::default() };
        decisions.push(Decision {
            person_ids: [a.clone(), b.clone()],
            verdict,
            by: by.clone(),
            why: why.clone(),
        });
        let case = self.reading.take(manner, None)?.taken.case;
        decisions.check(&case)?;
        save(file, &self.reading.guard(), |out| out.write_all(decisions.to_csv().as_bytes()))?;
        manner.say(&format!(
            "{a} and {b}: {verdict}, by {by}; now {} decisions in {}",
            decisions.all().len(),
            file.display()
        ));
        Ok(ExitCode::SUCCESS)
    }

    fn rows(&self, case: &Case, identities: &Identities) -> Result<Vec<Row>> {
        let entities = &identities.entities;
        let wanted =
            self.explain.as_deref().map(|who| nodes::person(who, case, entities)).transpose()?;
        let listed = |entity: &EntityId| match wanted {
            Some(wanted) => *entity == wanted,
            None => self.all || entities.rows(*entity).len() > 1,
        };
        let mut merges: Vec<Vec<&Merge>> = vec![Vec::new(); entities.len()];
        for merge in &identities.merges {
            merges[entities.of_row(merge.rows.0).number()].push(merge);
        }
        let row = |entity: EntityId| Row {
            entity: entities.code(entity),
            person_ids: entities.person_ids(case, entity).map(Into::into).collect(),
            probability: entities.probability(entity),
            merges: merges[entity.number()].iter().map(|merge| reason(case, merge)).collect(),
        };
        Ok(entities.iter().filter(listed).map(row).collect())
    }
}

fn reason(case: &Case, merge: &Merge) -> Reason {
    let id = |row: u32| case.text(case.people[row as usize].person).to_owned();
    let weight = |&(field, bits): &(&'static str, f64)| Weight {
        field,
        bits: bits.is_finite().then_some(bits),
    };
    Reason {
        person_ids: [id(merge.rows.0), id(merge.rows.1)],
        probability: merge.probability,
        weights: merge.weights.iter().map(weight).collect(),
    }
}

fn sheet(rows: &[Row]) -> Sheet {
    let mut sheet = Sheet::new(["entity", "probability", "ids", "person_ids"]);
    for row in rows {
        sheet.push([
            row.entity.clone().into(),
            rounded(row.probability),
            Cell::from(row.person_ids.len()),
            row.person_ids.join(" ").into(),
        ]);
    }
    sheet
}

fn reasons(rows: &[Row]) -> Sheet {
    let mut sheet = Sheet::new(["entity", "one_id", "other_id", "probability", "field", "bits"]);
    for row in rows {
        for Reason { person_ids: [a, b], probability, weights } in &row.merges {
            for weight in weights {
                sheet.push([
                    row.entity.clone().into(),
                    a.clone().into(),
                    b.clone().into(),
                    rounded(*probability),
                    weight.field.into(),
                    weight.bits.map_or(Cell::Missing, rounded),
                ]);
            }
        }
    }
    sheet
}
