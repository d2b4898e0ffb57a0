//! A run that is told to end leaves nothing behind, and one that may not write more says so.

use std::fs;
use std::io;
use std::sync::Arc;
use std::thread;

use kluwen::error::{Error, Result};
use kluwen::output::abandon_drafts;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// From here on unfinished files go before a signal ends the run.
pub(crate) fn heed() -> Result<()> {
    watch().map_err(|error| Error::io("signals", "watch", error))
}

fn watch() -> io::Result<()> {
    // With a handler, a file that grows over its limit is an error as any other, and not the end.
    signal_hook::flag::register(SIGXFSZ, Arc::default())?;
    let ignored = ignored();
    let heeded = [SIGTERM, SIGINT, SIGHUP, SIGQUIT];
    let mut signals = Signals::new(heeded.iter().filter(|signal| !ignored.contains(signal)))?;
    let end = move || {
        for signal in signals.forever() {
            let _held = abandon_drafts();
            // It does not return for these; should it fail, the run goes on.
            let _ = emulate_default_handler(signal);
        }
    };
    thread::Builder::new().name("signals".into()).spawn(end)?;
    Ok(())
}

/// What whoever started the run had it ignore, as `nohup` does; a handler would undo that.
fn ignored() -> Vec<i32> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    (1..=64).filter(|signal| mask >> (signal - 1) & 1 == 1).collect()
}
