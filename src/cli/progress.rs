//! A sign of life on a terminal when a command takes more than a second.

use std::sync::mpsc::{Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Shows that work goes on, from the first second until it is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    done: Option<Sender<()>>,
    shown: Option<JoinHandle<()>>,
}

impl Progress {
    /// Nothing is shown where nobody would see it.
    pub(crate) fn new(seen: bool) -> Self {
        if !seen {
            return Self { done: None, shown: None };
        }
        let (done, finished) = channel();
        let shown = spawn(move || {
            const PATIENCE: Duration = Duration::from_secs(1);
            if finished.recv_timeout(PATIENCE).is_err() {
                let bar = ProgressBar::new_spinner();
                let style = ProgressStyle::with_template("{spinner} working, {elapsed}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
                bar.enable_steady_tick(Duration::from_millis(100));
                // Either word ends it: the work is done, or whoever did it is gone.
                let _ = finished.recv();
                bar.finish_and_clear();
            }
        });
        Self { done: Some(done), shown: Some(shown) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(());
        }
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
    }
}
