//! `kluwen purge`: a case is taken out of the files.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::custody::{Proof, Purge};
use kluwen::error::Result;
use kluwen::output::{Cell, InputGuard, Sheet, write_json};

use super::flags::Form;
use super::{Manner, print, record};

/// Takes a case out of a folder of tables, JSON Lines, a snapshot and a file of decisions, and shows that it is gone
///
/// With the case go people whom no other case mentions, with their identifiers and the decisions about them; links and advertisements of no case that name them; channels and places that no
/// row mentions which stays. All other rows stay byte for byte. Without --yes nothing is changed, and it is told what would go.
///
/// Afterwards the files are read again, and all their bytes are searched for every id, name, alias, identifier and advertisement that went and that nobody who stays
/// shares: `hits` says on which lines one is left, such as a name in the free text of another case, and the exit code is 1. What this cannot show: that old blocks of the
/// disk, backups, exports and findings are gone. Delete findings, and make them again. Give all files of a case in one command: who is mentioned elsewhere is seen only there.
#[derive(Debug, Args)]
pub(crate) struct PurgeCommand {
    /// Folders of tables, .jsonl files, .kluwen snapshots, files of decisions
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Which case
    #[arg(long, value_name = "ID")]
    case_id: String,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Do it; without this, nothing is changed
    #[arg(long)]
    yes: bool,
    /// Write the proof to a file, as JSON
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl PurgeCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let guard = InputGuard::new(&self.paths);
        // Before anything goes: afterwards there is nothing left of which to make the proof.
        self.proof.as_deref().map_or(Ok(()), record::refuse_what_must_stay)?;
        let purge = Purge::plan(&self.case_id, &self.paths)?;
        if let Some(why) = &self.why {
            record::overridden("why", why);
        }
        self.note_inputs()?;
        let proof = if self.yes {
            let (proof, written) = purge.carry_out()?;
            for (path, saved) in &written {
                record::wrote(path, saved);
            }
            proof
        } else {
            purge.proof()
        };
        if let Some(path) = &self.proof {
            record::save(path, &guard, |out| write_json(&proof, out))?;
        }
        match self.format {
            Form::Json => print::json(&proof)?,
            form => print::sheet(&sheet(&proof), form)?,
        }
        tell(&proof, manner);
        let is_shown = proof.hits.is_empty() && proof.unsearched.is_empty();
        Ok(if is_shown || !self.yes { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    /// What was looked at, for the audit log, as it is before anything changes.
    fn note_inputs(&self) -> Result<()> {
        self.paths.iter().try_for_each(|path| record::read_all(path))
    }
}

fn sheet(proof: &Proof) -> Sheet {
    let mut sheet = Sheet::new(["file", "table", "rows", "sha256_before", "sha256_after"]);
    for file in &proof.files {
        for (table, rows) in &file.rows {
            sheet.push([
                file.name.clone().into(),
                table.clone().into(),
                Cell::from(*rows),
                file.sha256_before.clone().into(),
                file.sha256_after.clone().into(),
            ]);
        }
    }
    sheet
}

fn tell(proof: &Proof, manner: Manner) {
    let (went, stand) =
        if proof.is_done { ("went", "still stand") } else { ("would go", "would still stand") };
    manner.say(&format!(
        "{} people {went} with the case. Searched for {} texts; {} more are too short to search for, {} are also of people who stay",
        proof.people, proof.searched, proof.too_short, proof.shared
    ));
    for hit in &proof.hits {
        super::tell(&format!(
            "{}:{}: texts of the case {stand} here; look at it and mend it",
            hit.file, hit.line
        ));
    }
    for name in &proof.unsearched {
        super::tell(&format!("{name}: no text, and not searched; look into it, or delete it"));
    }
    manner.say("This does not show:");
    for what in &proof.not_shown {
        manner.say(&format!("- {what}"));
    }
    if !proof.is_done {
        manner.say("Nothing was changed; `--yes` does it.");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kluwen::custody::PurgedFile;

    use super::super::trial::lines;
    use super::*;

    #[test]
    fn every_table_of_every_file_has_a_row_with_both_sums() {
        let file = |name: &str, rows: &[(&str, usize)]| PurgedFile {
            name: name.into(),
            rows: rows.iter().map(|&(table, count)| (table.into(), count)).collect(),
            sha256_before: format!("{name} before"),
            sha256_after: format!("{name} after"),
        };
        let proof = Proof {
            schema: "kluwen.purge/1",
            version: "0",
            is_done: true,
            case_id_sha256: String::new(),
            people: 0,
            files: vec![
                file("c.jsonl", &[("links", 2), ("people", 1)]),
                PurgedFile { rows: BTreeMap::new(), ..file("none.csv", &[]) },
                file("ads.csv", &[("ads", 0)]),
            ],
            searched: 0,
            too_short: 0,
            shared: 0,
            hits: Vec::new(),
            unsearched: Vec::new(),
            not_shown: Vec::new(),
        };
        assert_eq!(
            lines(&sheet(&proof)),
            [
                "c.jsonl,links,2,c.jsonl before,c.jsonl after",
                "c.jsonl,people,1,c.jsonl before,c.jsonl after",
                "ads.csv,ads,0,ads.csv before,ads.csv after"
            ]
        );
    }
}
