//! The flags of the audit log, and the two entries of a run.

use std::path::PathBuf;

use clap::Args;
use kluwen::custody::{AuditLog, Note, Who};
use kluwen::error::{Error, Result};

use super::{record, retention, secrets};

/// Where a run is logged, and for what it is made.
#[derive(Clone, Debug, Args)]
pub(crate) struct LogFlags {
    /// Log this run in a file: who, why, the words of the command, and the SHA-256 of what was read, written and printed [env: `KLUWEN_AUDIT`]
    ///
    /// Nothing is read before the entry is on the disk. The log holds these words as they are, names among them, and the paths of files:
    /// it is as confidential as the case. `kluwen audit FILE` reads it, and finds any change in it.
    #[arg(long, global = true, value_name = "FILE", help_heading = "Audit")]
    audit: Option<PathBuf>,
    /// Why this run is made, for the audit log
    #[arg(long, global = true, value_name = "TEXT", help_heading = "Audit")]
    purpose: Option<String>,
    /// Who makes this run, for the audit log, besides the name by which the system knows the user
    #[arg(long, global = true, value_name = "NAME", help_heading = "Audit")]
    audit_by: Option<String>,
}

/// A run of which the log knows that it began.
#[derive(Debug)]
pub(crate) struct Run {
    log: AuditLog,
    note: Note,
    number: u64,
}

impl LogFlags {
    /// Notes that the run begins, where there is a log.
    pub(crate) fn begin(&self) -> Result<Option<Run>> {
        self.refuse_words_for_no_log()?;
        let Some(path) = self.path() else { return Ok(None) };
        let stated = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(purpose) = stated(&self.purpose) else {
            return Err(Error::usage(
                "every run is logged here, and a log says why: give `--purpose TEXT`",
            ));
        };
        let who = Who { login: login(), name: stated(&self.audit_by) };
        let words =
            std::env::args_os().skip(1).map(|word| secrets::left_out(&word.to_string_lossy()));
        let note = Note { seconds: retention::seconds()?, who, purpose, command: words.collect() };
        let log = AuditLog::new(path);
        let number = log.begun(&note)?;
        record::keep_log(log.path());
        Ok(Some(Run { log, note, number }))
    }

    /// What is to stand in a log, and has none, would be lost without a word.
    pub(crate) fn refuse_words_for_no_log(&self) -> Result<()> {
        let flags = [("--purpose", &self.purpose), ("--audit-by", &self.audit_by)];
        let given = flags.iter().find(|(_, text)| text.is_some());
        match given {
            Some((flag, _)) if self.path().is_none() => Err(Error::usage(format!(
                "`{flag}` is for the audit log, and there is none: give `--audit FILE` or set KLUWEN_AUDIT, or leave it out"
            ))),
            _ => Ok(()),
        }
    }

    /// The log, given by a flag or by whoever set up the machine.
    fn path(&self) -> Option<PathBuf> {
        let set = || std::env::var_os("KLUWEN_AUDIT").filter(|path| !path.is_empty());
        self.audit.clone().or_else(|| set().map(PathBuf::from))
    }
}

impl Run {
    /// Notes how the run ended.
    pub(crate) fn done(self, exit: u8) -> Result<()> {
        let note = Note { seconds: retention::seconds()?, ..self.note };
        self.log.done(&note, self.number, record::taken_down(exit))
    }
}

/// The name by which the system knows who runs this; not what a variable says, which anybody can set.
#[cfg(unix)]
fn login() -> String {
    let uid = rustix::process::getuid().as_raw();
    let users = std::fs::read("/etc/passwd").unwrap_or_default();
    named(&String::from_utf8_lossy(&users), uid)
}

/// A user with the name that a list of users has for the number.
#[cfg(unix)]
fn named(users: &str, uid: u32) -> String {
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    });
    name.map_or_else(|| format!("uid {uid}"), |name| format!("{name} (uid {uid})"))
}

#[cfg(not(unix))]
fn login() -> String {
    std::env::var("USERNAME").unwrap_or_else(|_| "unknown".into())
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_user_is_called_by_the_name_that_the_system_has_for_the_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\nshort\njansen:x:1000:100:,:/home/j:/bin/sh\n";
        assert_eq!(named(users, 0), "root (uid 0)");
        assert_eq!(named(users, 1000), "jansen (uid 1000)");
        // A group is no user.
        assert_eq!(named(users, 100), "uid 100");
        assert_eq!(named("", 0), "uid 0");
    }

    #[test]
    fn what_is_said_for_a_log_needs_one() {
        assert!(std::env::var_os("KLUWEN_AUDIT").is_none(), "unset KLUWEN_AUDIT for the tests");
        for flag in ["--purpose", "--audit-by"] {
            let flags = typed::<LogFlags>(&[flag, "a test"]);
            let error = flags.refuse_words_for_no_log().expect_err(flag).to_string();
            assert!(error.starts_with(&format!("`{flag}` is for the audit log")), "{error}");
            let logged = typed::<LogFlags>(&[flag, "a test", "--audit", "log.jsonl"]);
            logged.refuse_words_for_no_log().expect("there is a log");
        }
        typed::<LogFlags>(&[]).refuse_words_for_no_log().expect("nothing is said");
        assert!(typed::<LogFlags>(&[]).begin().expect("no log").is_none());
        for words in [&["--audit", "log.jsonl"][..], &["--audit", "log.jsonl", "--purpose", " "]] {
            let error = typed::<LogFlags>(words).begin().expect_err("no purpose").to_string();
            assert!(error.contains("give `--purpose TEXT`"), "{error}");
        }
    }
}
