//! `kluwen audit`: what an audit log says, and whether it is still the one that was written.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kluwen::custody::{Chain, Entry};
use kluwen::error::{Result, excerpt, printable};
use kluwen::output::{Cell, Sheet};
use serde::Serialize;

use super::flags::Form;
use super::{Manner, print};

/// What an audit log says, and whether it is still the one that was written
///
/// Each line holds the hash of the line before it. A change in any of them breaks the chain, and the first line that is broken is named;
/// what follows it is not shown. A log that was cut off behind an entry, or was made anew from its first line, is a chain as well: that is seen only by who
/// kept the hash of its last entry, the head, where those who write to the log cannot reach it. `--head` holds the log against that.
/// Exit code 1 if something is broken.
#[derive(Debug, Args)]
pub(crate) struct AuditCommand {
    /// The log
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The head that was kept: an entry with this hash must be in the log
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// The log, for programs.
#[derive(Serialize)]
struct Log<'c> {
    holds: bool,
    count: usize,
    /// None of a broken log: whoever kept it would vouch for what was not looked at.
    head: Option<&'c str>,
    first_broken_line: Option<u64>,
    torn_lines: Vec<u64>,
    unfinished_runs: Vec<u64>,
    entries: Vec<Shown<'c>>,
}

/// An entry, with its line and its hash.
#[derive(Serialize)]
struct Shown<'c> {
    line: u64,
    #[serde(flatten)]
    entry: &'c Entry,
    hash: &'c str,
}

impl AuditCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let chain = Chain::read(&self.file)?;
        let kept = self.is_kept(&chain);
        let holds = chain.holds() && kept;
        let entries: Vec<Shown<'_>> = chain.entries.iter().map(Shown::of).collect();
        match self.format {
            Form::Json => print::json(&log(&chain, holds, entries))?,
            Form::Jsonl => print::rows(&entries, || sheet(&chain), Form::Jsonl)?,
            Form::Table | Form::Csv => print::sheet(&sheet(&chain), self.format)?,
        }
        self.tell(&chain, kept, manner);
        Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn is_kept(&self, chain: &Chain) -> bool {
        self.head.as_ref().is_none_or(|head| chain.place_of(&head.trim().to_lowercase()).is_some())
    }

    fn tell(&self, chain: &Chain, kept: bool, manner: Manner) {
        let file = self.file.display();
        for torn in &chain.torn {
            super::tell(&format!(
                "{file}:{}: a line that was not written to its end, because a run was stopped; {}",
                torn.line,
                if torn.is_noted {
                    "the entry after it says so"
                } else {
                    "the next entry will say so"
                }
            ));
        }
        match chain.unfinished().as_slice() {
            [] => {}
            runs => manner.say(&format!(
                "Runs that began and of whose end nothing is said: {}; they were stopped, or still run",
                runs.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
            )),
        }
        if let Some(broken) = &chain.broken {
            super::tell(&format!(
                "error: {file}:{}: {}; expected {}",
                broken.line, broken.found, broken.expected
            ));
        }
        if let (Some(head), false) = (&self.head, kept) {
            super::tell(&format!(
                "error: {file}: no entry has the hash `{}` that was kept: the log was cut off, or made anew",
                excerpt(head)
            ));
        }
        let count = chain.entries.len();
        manner.say(&match head(chain) {
            Some(head) => format!("{count} entries; head {head}"),
            None => format!("{count} entries before the broken line; a broken log has no head"),
        });
    }
}

impl<'c> Shown<'c> {
    fn of((line, entry): &'c (u64, Entry)) -> Self {
        Self { line: *line, entry, hash: &entry.hash }
    }
}

fn head(chain: &Chain) -> Option<&str> {
    chain.broken.is_none().then(|| chain.head())
}

fn log<'c>(chain: &'c Chain, holds: bool, entries: Vec<Shown<'c>>) -> Log<'c> {
    Log {
        holds,
        count: entries.len(),
        head: head(chain),
        first_broken_line: chain.broken.as_ref().map(|broken| broken.line),
        torn_lines: chain.torn.iter().map(|torn| torn.line).collect(),
        unfinished_runs: chain.unfinished(),
        entries,
    }
}

fn sheet(chain: &Chain) -> Sheet {
    let mut sheet = Sheet::new([
        "number",
        "time",
        "event",
        "run",
        "login",
        "name",
        "purpose",
        "command",
        "exit",
        "inputs",
        "outputs",
        "overrides",
    ]);
    for (_, entry) in &chain.entries {
        let done = entry.done.as_ref();
        let count = |count: Option<usize>| count.map_or(Cell::Missing, Cell::from);
        let overrides = done.map(|done| {
            let all = done.overrides.iter().map(|(flag, why)| format!("{flag}: {why}"));
            printable(&all.collect::<Vec<_>>().join("; "))
        });
        let number = |number: u64| Cell::from(usize::try_from(number).unwrap_or(usize::MAX));
        sheet.push([
            number(entry.number),
            entry.time.clone().into(),
            entry.event.name().into(),
            number(entry.run),
            entry.who.login.clone().into(),
            entry.who.name.clone().map_or(Cell::Missing, Cell::from),
            entry.purpose.clone().into(),
            entry.command.join(" ").into(),
            count(done.map(|done| done.exit.into())),
            count(done.map(|done| done.inputs.len())),
            count(done.map(|done| done.outputs.len())),
            overrides.map_or(Cell::Missing, Cell::from),
        ]);
    }
    sheet
}
