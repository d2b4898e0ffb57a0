//! What does an analyst type? One file a command, no logic.

mod adverts;
mod analyse;
mod asked;
mod audit;
mod between;
mod brokers;
mod cells_over_time;
mod census;
mod channels;
mod channels_over_time;
mod check;
mod convert;
mod cuts;
mod drawing;
mod edges;
mod engine;
mod explain;
mod flags;
mod group;
mod held;
mod identities;
mod identity;
mod in_time;
mod key;
mod limits;
mod logbook;
mod manifest;
mod map;
mod measures;
mod merges;
mod motifs;
mod nodes;
mod pack;
mod path;
mod path_rows;
mod plan;
mod print;
mod progress;
mod purge;
mod rank;
mod reading;
mod record;
mod recruiters;
mod refusal;
mod retention;
mod robust;
mod score;
mod scratch;
mod secrets;
#[cfg(unix)]
mod signals;
mod simulate;
mod spectral;
mod summary;
mod there;
mod ties;
mod timing;
#[cfg(test)]
mod trial;
mod verify;
mod whatif;
mod whatif_rows;
mod windows;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use kluwen::case::WORKBOOK_THREAD;
use kluwen::error::{Error, ErrorKind, Result, printable};

use self::asked::Asked;
use self::logbook::LogFlags;
use self::progress::Progress;

/// Who recruits again and again, which channels advertise victims, who belongs together, and how sure we are
///
/// CASE is a folder of CSV tables, a `.jsonl` file, an `.xlsx` workbook, a `.kluwen` snapshot, `FollowTheMoney`
/// entities, or `-` for JSON Lines on standard input. Data go to standard output, all else to standard error.
#[derive(Debug, Parser)]
#[command(name = "kluwen", version, after_help = AFTER_HELP)]
struct Arguments {
    /// Use so many threads; the results do not depend on it [default: all]
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Say nothing but data and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(flatten)]
    log: LogFlags,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  kluwen check graphs/study25
  kluwen analyse graphs/study25 --out findings
  kluwen recruiters graphs/study25 --explain E9

Exit codes: 0 fine, 1 the data is at fault, 2 wrong usage, 3 a file, device or engine failed,
4 a stated limit was reached. Nothing is sent anywhere, unless `--engine` says where.";

/// What each is for stands with its arguments: a line here would take the place of all that is said there.
#[derive(Debug, Subcommand)]
enum Command {
    Analyse(analyse::Analyse),
    Check(check::Check),
    Recruiters(recruiters::RecruitersCommand),
    Channels(channels::ChannelsCommand),
    Adverts(adverts::AdvertsCommand),
    Windows(windows::WindowsCommand),
    Motifs(motifs::MotifsCommand),
    Census(census::CensusCommand),
    Timing(timing::Timing),
    Identities(identities::IdentitiesCommand),
    Plan(plan::PlanCommand),
    Rank(rank::Rank),
    Group(group::Group),
    Path(path::PathCommand),
    Ties(ties::Ties),
    Whatif(whatif::WhatIfCommand),
    Map(map::MapCommand),
    Summary(summary::Summary),
    Pack(pack::Pack),
    Convert(convert::Convert),
    Key(key::KeyCommand),
    Simulate(simulate::SimulateCommand),
    Score(score::ScoreCommand),
    Verify(verify::VerifyCommand),
    Audit(audit::AuditCommand),
    Purge(purge::PurgeCommand),
}

/// What every command is told besides its own flags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    quiet: bool,
}

impl Manner {
    /// Says something that is not data.
    fn say(self, message: &str) {
        if !self.quiet {
            tell(message);
        }
    }
}

/// Writes a line to standard error; that nobody reads it is no reason to stop. What moves a cursor
/// or reverses a line is escaped here, wherever the text came from.
fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", printable(&secrets::tokens_left_out(message)));
}

/// A crash must not write the memory of the process, with names and keys in it, to a disk, and no other process of the same user may look into it.
///
/// Where the system refuses, or has no such thing, the analysis goes on: a core is written only where somebody asks for cores.
fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// A damaged workbook makes the library that reads it panic; an error tells that, and enough of it.
fn say_nothing_of_damaged_workbooks() {
    std::panic::set_hook(Box::new(|panic| {
        if std::thread::current().name() != Some(WORKBOOK_THREAD) {
            refusal::of_ourselves(panic);
        }
    }));
}

pub(crate) fn main() -> ExitCode {
    leave_no_core();
    say_nothing_of_damaged_workbooks();
    let command = Arguments::command();
    let matches = command.clone().try_get_matches();
    let typed = matches.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match typed {
        Ok(typed) => typed,
        Err(error) => return refusal::of_words(error),
    };
    let run = || {
        let asked = Asked::of(&command, &matches)?;
        asked.reasons().for_each(|(flag, why)| record::overridden(flag, why));
        asked.keep();
        edges::refuse_flags_of_cases(&command, &matches)?;
        run(&arguments)
    };
    ExitCode::from(match begin(&arguments) {
        Ok(None) => ended(run()),
        Ok(Some(log)) => {
            let code = ended(run());
            log.done(code).map_or_else(|error| failed(&error), |()| code)
        }
        Err(error) => failed(&error),
    })
}

/// Notes in the audit log that a run begins; to look into a log is no run.
fn begin(arguments: &Arguments) -> Result<Option<logbook::Run>> {
    if matches!(arguments.command, Command::Audit(_)) {
        return arguments.log.refuse_words_for_no_log().map(|()| None);
    }
    arguments.log.begin()
}

/// The exit code of a run; why it failed is told.
fn ended(run: Result<ExitCode>) -> u8 {
    match run {
        Ok(code) => u8::from(code != ExitCode::SUCCESS),
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> u8 {
    tell(&format!("error: {error}"));
    exit_code(error)
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    #[cfg(unix)]
    signals::heed()?;
    set_threads(arguments.threads)?;
    let manner = Manner { quiet: arguments.quiet };
    let _progress = Progress::new(!arguments.quiet && std::io::stderr().is_terminal());
    match &arguments.command {
        Command::Analyse(command) => command.run(manner),
        Command::Check(command) => command.run(manner),
        Command::Recruiters(command) => command.run(manner),
        Command::Channels(command) => command.run(manner),
        Command::Adverts(command) => command.run(manner),
        Command::Windows(command) => command.run(manner),
        Command::Motifs(command) => command.run(manner),
        Command::Census(command) => command.run(manner),
        Command::Timing(command) => command.run(manner),
        Command::Identities(command) => command.run(manner),
        Command::Plan(command) => command.run(manner),
        Command::Rank(command) => command.run(manner),
        Command::Group(command) => command.run(manner),
        Command::Path(command) => command.run(manner),
        Command::Ties(command) => command.run(manner),
        Command::Whatif(command) => command.run(manner),
        Command::Map(command) => command.run(manner),
        Command::Summary(command) => command.run(manner),
        Command::Pack(command) => command.run(manner),
        Command::Convert(command) => command.run(manner),
        Command::Key(command) => command.run(manner),
        Command::Simulate(command) => command.run(manner),
        Command::Score(command) => command.run(manner),
        Command::Verify(command) => command.run(manner),
        Command::Audit(command) => command.run(manner),
        Command::Purge(command) => command.run(manner),
    }
}

fn set_threads(threads: Option<usize>) -> Result<()> {
    if threads.is_some_and(|threads| threads == 0 || threads > 1024) {
        return Err(Error::usage("`--threads` must lie in 1 to 1024"));
    }
    // Made here also where nothing is asked for: made at its first use, it could only panic.
    let all = 0;
    rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(all)).build_global().map_err(
        |error| {
            Error::limit(format!("threads do not start: {error}"), "ask for fewer with `--threads`")
        },
    )
}

fn exit_code(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Data { .. } => 1,
        ErrorKind::Usage(_) => 2,
        ErrorKind::Limit { .. } | ErrorKind::NotConverged { .. } => 4,
        _ => 3,
    }
}

fn is_closed_pipe(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Io { source, .. } => source.kind() == std::io::ErrorKind::BrokenPipe,
        _ => false,
    }
}
