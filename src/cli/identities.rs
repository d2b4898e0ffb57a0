//! `kluwen identities`: who is who, why, and what a person decides about it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::case::{Case, Table};
use kluwen::cluster::Question;
use kluwen::error::{Error, Result, excerpt};
use kluwen::finding::{Alternative, MergeFinding};
use kluwen::identity::{Decision, Decisions, Identities, Verdict};
use kluwen::output::{Cell, Sheet, Turn};
use serde::Serialize;

use super::engine::EngineFlags;
use super::flags::Form;
use super::held::Held;
use super::identity::{IdentityFlags, decisions};
use super::reading::Reading;
use super::record::save;
use super::recruiters::rounded;
use super::{Manner, merges, nodes, print};

/// Who is who: which ids are one person, how sure that is, and why
///
/// Lists everybody with more than one id. `probability` says how sure it is that all of the ids are one person: the share of pairs
/// of them that are so, over readings drawn as often as they are likely. `loosest` is the tie that holds the least.
/// `--explain` shows, for each tie, what every field adds in bits; one bit doubles the odds.
///
/// A person's decision always wins: `--same` and `--different` add one to the file `--into`, and every command that is given that file
/// with `--decisions` follows it. The tables of the case are never changed. A later decision about the same two ids takes the place of the
/// earlier; to take one back, delete its line.
#[derive(Debug, Args)]
pub(crate) struct IdentitiesCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    #[command(flatten)]
    engine: EngineFlags,
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
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A person, why the ids are this person, and who else it may be.
#[derive(Debug, Serialize)]
struct Row {
    entity: String,
    person_ids: Vec<String>,
    probability: f64,
    merges: Vec<MergeFinding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    may_also_be: Option<Vec<Alternative>>,
}

impl IdentitiesCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if let Some((ids, verdict)) = self.decision() {
            if !self.engine.is_local() {
                return Err(Error::usage("a decision is about ids of files; leave out `--engine`"));
            }
            return self.decide(manner, ids, verdict);
        }
        let question = ("identities", Question::People);
        let Held { read, identities, .. } =
            self.identity.take_from(&self.engine, &self.reading, question, manner)?;
        let case = &read.taken.case;
        match &self.explain {
            None => self.list(manner, &rows(case, &identities, self.all))?,
            Some(who) => {
                let entity = nodes::person(who, case, &identities.entities)?;
                let mut row = rows(case, &identities, true).swap_remove(entity.number());
                row.may_also_be = Some(Alternative::all(case, &identities, entity));
                self.explain(manner, &row)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn list(&self, manner: Manner, rows: &[Row]) -> Result<()> {
        const SURE: f64 = 0.9;
        let several: Vec<&Row> = rows.iter().filter(|row| row.person_ids.len() > 1).collect();
        let doubtful = several.iter().filter(|row| row.probability < SURE).count();
        manner.say(&match (several.len(), doubtful) {
            (0, _) => "Nobody is read as having more than one id.".into(),
            (several, 0) => format!("People with more than one id: {several}."),
            (several, doubtful) => format!(
                "People with more than one id: {several}, of whom {doubtful} less surely than {SURE}: look at those with `--explain`."
            ),
        });
        print::rows(rows, || sheet(rows, self.format), self.format)
    }

    fn explain(&self, manner: Manner, row: &Row) -> Result<()> {
        match row.person_ids.as_slice() {
            [one] => manner.say(&format!("{}: no other id is read as one person with {one}.", row.entity)),
            ids => manner.say(&format!(
                "{}: {} ids are one person, sure to {:.2}. A bit doubles the odds, −1 halves them; `so_far` is their sum.",
                row.entity,
                ids.len(),
                row.probability
            )),
        }
        if !(row.merges.is_empty() && self.format == Form::Table) {
            print::rows(std::slice::from_ref(row), || merges::waterfall(&row.merges), self.format)?;
        }
        match &row.may_also_be {
            Some(others) if self.format == Form::Table && !others.is_empty() => {
                print::print(|out| writeln!(out, "\nIn some readings also one person with:"))?;
                print::sheet(&alternatives(others), Form::Table)
            }
            _ => Ok(()),
        }
    }

    fn decision(&self) -> Option<(&[String], Verdict)> {
        let same = self.same.as_deref().map(|ids| (ids, Verdict::Same));
        same.or_else(|| self.different.as_deref().map(|ids| (ids, Verdict::Different)))
    }

    /// Adds a decision to its file, if it agrees with those that are there.
    fn decide(&self, manner: Manner, ids: &[String], verdict: Verdict) -> Result<ExitCode> {
        let decision = self.stated(ids, verdict)?;
        let Some(file) = &self.into else {
            return Err(Error::usage("a decision needs `--into FILE`"));
        };
        let read = self.reading.take(manner, None, None)?;
        for id in ids {
            if read
                .taken
                .case
                .symbol(id)
                .and_then(|id| read.taken.case.row_of(Table::People, id))
                .is_none()
            {
                return Err(Error::usage(format!(
                    "nobody has the id `{}`; a decision is about two person_ids",
                    excerpt(id)
                )));
            }
        }
        // Two decisions at once must not lose one.
        let _turn = Turn::at(file)?;
        let mut decisions =
            if file.exists() { decisions(file, &mut Vec::new())? } else { Decisions::default() };
        decisions.push(decision);
        decisions.check(&read.taken.case)?;
        save(file, &self.reading.guard(None), |out| out.write_all(decisions.to_csv().as_bytes()))?;
        let count = decisions.all().len();
        manner.say(&format!(
            "{} and {}: {verdict}. {} now holds {count} decision{}; give it to any command with `--decisions`.",
            ids[0],
            ids[1],
            file.display(),
            if count == 1 { "" } else { "s" }
        ));
        Ok(ExitCode::SUCCESS)
    }

    /// The decision, with who took it and why.
    fn stated(&self, ids: &[String], verdict: Verdict) -> Result<Decision> {
        let said = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        match (ids, said(&self.by), said(&self.why)) {
            ([a, b], _, _) if a == b => {
                Err(Error::usage("a decision is about two ids, not about one"))
            }
            ([a, b], Some(by), Some(why)) => {
                Ok(Decision { person_ids: [a.clone(), b.clone()], verdict, by, why })
            }
            _ => Err(Error::usage("a decision says who took it (`--by`) and why (`--why`)")),
        }
    }
}

/// Everybody with more than one id, or everybody, in the order of their codes.
fn rows(case: &Case, identities: &Identities, all: bool) -> Vec<Row> {
    let entities = &identities.entities;
    let mut merges: Vec<Vec<MergeFinding>> = vec![Vec::new(); entities.len()];
    for merge in &identities.merges {
        merges[entities.of_row(merge.rows.0).number()].push(MergeFinding::of(case, merge));
    }
    let listed =
        entities.iter().zip(merges).filter(|(entity, _)| all || entities.rows(*entity).len() > 1);
    let row = |(entity, merges)| Row {
        entity: entities.code(entity),
        person_ids: entities.person_ids(case, entity).map(Into::into).collect(),
        probability: entities.probability(entity),
        merges,
        may_also_be: None,
    };
    listed.map(row).collect()
}

fn sheet(rows: &[Row], form: Form) -> Sheet {
    let mut sheet =
        Sheet::new(["entity", "probability", "loosest", "ids", "person_ids", "through"]);
    for row in rows {
        let loosest = row.merges.iter().map(|merge| merge.probability).min_by(f64::total_cmp);
        sheet.push([
            row.entity.clone().into(),
            rounded(row.probability),
            loosest.map_or(Cell::Missing, rounded),
            Cell::from(row.person_ids.len()),
            print::listed(&row.person_ids, form).into(),
            through(&row.merges).join(", ").into(),
        ]);
    }
    sheet
}

/// The fields that speak for a person's ties, the one that says most first.
fn through(merges: &[MergeFinding]) -> Vec<&'static str> {
    const SPEAKS: f64 = 1.0;
    let mut most: BTreeMap<&'static str, f64> = BTreeMap::new();
    for &(field, bits) in merges.iter().flat_map(|merge| &merge.weights) {
        let own = most.entry(field).or_insert(bits);
        *own = own.max(bits);
    }
    let mut fields: Vec<(&'static str, f64)> =
        most.into_iter().filter(|(_, bits)| *bits >= SPEAKS).collect();
    fields.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    fields.into_iter().map(|(field, _)| field).collect()
}

fn alternatives(others: &[Alternative]) -> Sheet {
    let mut sheet = Sheet::new(["entity", "chance", "person_ids"]);
    for other in others {
        sheet.push([
            other.code.clone().into(),
            rounded(other.chance),
            print::listed(&other.person_ids, Form::Table).into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::super::trial::{lines, typed};
    use super::*;

    fn row(merges: Vec<MergeFinding>) -> Row {
        Row {
            entity: "E1".into(),
            person_ids: vec!["p1".into(), "p2".into()],
            probability: 0.98765,
            merges,
            may_also_be: None,
        }
    }

    fn merge(probability: f64, weights: &[(&'static str, f64)]) -> MergeFinding {
        let person_ids = ["p1".into(), "p2".into()];
        MergeFinding { person_ids, probability, weights: weights.to_vec() }
    }

    #[test]
    fn a_person_is_told_with_the_loosest_tie_and_what_speaks_for_it() {
        let merges = vec![
            merge(0.9, &[("name", 8.0), ("sex", 0.9), ("birth", 1.0)]),
            merge(0.75, &[("name", 2.0), ("phone", 9.0), ("birth", -3.0)]),
        ];
        assert_eq!(through(&merges), ["phone", "name", "birth"]);
        assert_eq!(
            lines(&sheet(&[row(merges), row(Vec::new())], Form::Csv)),
            ["E1,0.988,0.75,2,p1 p2,\"phone, name, birth\"", "E1,0.988,,2,p1 p2,"]
        );
        // Of fields that say as much the first by name.
        assert_eq!(through(&[merge(0.9, &[("sex", 2.0), ("name", 2.0)])]), ["name", "sex"]);
    }

    #[test]
    fn a_decision_says_about_which_two_who_and_why() {
        let stated = |a: &str, b: &str, by: &str, why: &str| {
            let words = ["case", "--same", a, b, "--into", "d.csv", "--by", by, "--why", why];
            let command = typed::<IdentitiesCommand>(&words);
            let (ids, verdict) = command.decision().expect("a decision");
            assert_eq!(verdict, Verdict::Same);
            command.stated(ids, verdict).map_err(|error| error.to_string())
        };
        let decision = stated("p1", "p2", " Jansen ", "same face ").expect("all is said");
        assert_eq!((&*decision.by, &*decision.why), ("Jansen", "same face"));
        assert_eq!(decision.person_ids, ["p1", "p2"]);
        let one = stated("p1", "p1", "Jansen", "x").expect_err("one id");
        assert_eq!(one, "a decision is about two ids, not about one");
        for (by, why) in [(" ", "x"), ("Jansen", "")] {
            let error = stated("p1", "p2", by, why).expect_err("who or why is missing");
            assert!(error.starts_with("a decision says who took it"), "{error}");
        }
        let other = typed::<IdentitiesCommand>(&[
            "case",
            "--different",
            "p1",
            "p2",
            "--into",
            "d",
            "--by",
            "x",
            "--why",
            "y",
        ]);
        assert_eq!(other.decision().expect("a decision").1, Verdict::Different);
        assert!(typed::<IdentitiesCommand>(&["case"]).decision().is_none());
    }

    #[test]
    fn others_who_may_be_the_same_are_told_with_the_chance() {
        let other = Alternative {
            entity: kluwen::identity::EntityId::from_number(2),
            code: "V9".into(),
            person_ids: vec!["p3".into(), "p4".into()],
            chance: 0.12345,
        };
        assert_eq!(lines(&alternatives(&[other])), ["V9,0.123,p3 p4"]);
    }
}
