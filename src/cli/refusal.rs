//! What is said of words that are no command, and of a fault of our own. Both may quote what somebody else chose.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use kluwen::error::printable;

use super::{secrets, tell};

/// Tells what is wrong with the words typed, or gives the help that was asked for.
pub(super) fn of_words(mut error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Help and versions are our own words. That nobody reads them is no reason to fail.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let advice = of_an_engine(&error);
    if advice.is_some() {
        // A flag that is spelt much the same does something else.
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Suggested);
        error.remove(ContextKind::Usage);
    }
    let quoted: Vec<(ContextKind, ContextValue)> =
        error.context().map(|(kind, value)| (kind, harmless(value))).collect();
    for (kind, value) in quoted {
        error.insert(kind, value);
    }
    tell_lines(error.render().to_string().trim_end());
    if let Some(advice) = advice {
        tell(advice);
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// What to do instead of giving a flag of engines to a command that knows none.
fn of_an_engine(error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else { return None };
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    match flag.split('=').next()? {
        "--engine" => Some(
            "This command works on this machine alone. `rank`, `group`, `ties`, `recruiters`, `channels`, `identities` and `adverts` take `--engine`.",
        ),
        "--fetch-most" => Some("`rank` and `group` take `--fetch-most`."),
        _ => None,
    }
}

/// Words that are quoted, with nothing in them that acts on a terminal. This comes before they are put together, because what takes
/// colors out of a message would take a message out with an escape that never ends.
fn harmless(value: &ContextValue) -> ContextValue {
    let styled =
        |text: &StyledStr| StyledStr::from(printable_lines(&secrets::left_out(&text.to_string())));
    match value {
        ContextValue::String(text) => ContextValue::String(printable(&secrets::left_out(text))),
        ContextValue::Strings(texts) => ContextValue::Strings(
            texts.iter().map(|text| printable(&secrets::left_out(text))).collect(),
        ),
        ContextValue::StyledStr(text) => ContextValue::StyledStr(styled(text)),
        ContextValue::StyledStrs(texts) => {
            ContextValue::StyledStrs(texts.iter().map(styled).collect())
        }
        other => other.clone(),
    }
}

/// Tells of a fault of our own: where it is, and what it says.
pub(super) fn of_ourselves(panic: &PanicHookInfo<'_>) {
    tell_lines(&panic.to_string());
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        tell_lines(&trace.to_string());
    }
}

fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

fn tell_lines(text: &str) {
    text.split('\n').for_each(tell);
}
