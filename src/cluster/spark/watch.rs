//! Waiting for an engine, and seeing when it is no longer there.
//!
//! The client repeats a call for ten minutes when the connection is lost. A server that was killed does not come back with the
//! same session, so whoever waits asks now and then whether anybody still listens at the address.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use spark_connect::Result as SparkResult;

use super::fault::Failed;
use super::greeting;
use crate::cluster::address::Address;
use crate::error::{Error, Result};

/// How long nobody may listen before we take the engine for gone.
const PATIENCE: u32 = 5;
const PAUSE: Duration = Duration::from_secs(2);

/// Whoever sees that somebody listens at an address.
#[derive(Debug)]
pub(super) struct Watch {
    address: Address,
}

impl Watch {
    pub(super) fn new(address: Address) -> Self {
        Self { address }
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    /// Does something on the engine, for as long as somebody listens there.
    pub(super) fn call<T: Send + 'static>(
        &self,
        what: &str,
        work: impl FnOnce() -> SparkResult<T> + Send + 'static,
    ) -> Result<T> {
        self.call_within(None, what, work)
    }

    /// As [`call`](Self::call), and no longer than `limit`.
    pub(super) fn call_within<T: Send + 'static>(
        &self,
        limit: Option<Duration>,
        what: &str,
        work: impl FnOnce() -> SparkResult<T> + Send + 'static,
    ) -> Result<T> {
        let (done, answer) = channel();
        let started = Instant::now();
        // Nobody can end a call that waits; a thread that is left behind ends with its last repetition.
        thread::spawn(move || done.send(work()));
        let mut silent = 0;
        loop {
            match answer.recv_timeout(PAUSE) {
                Ok(answered) => {
                    return answered.map_err(|error| Failed::new(&self.address, &error).told(what));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.broken(what)),
                Err(RecvTimeoutError::Timeout)
                    if limit.is_some_and(|limit| started.elapsed() > limit) =>
                {
                    return Err(self.slow(what));
                }
                Err(RecvTimeoutError::Timeout) => {
                    silent = if greeting::somebody_listens(&self.address) { 0 } else { silent + 1 };
                    if silent >= PATIENCE {
                        return Err(self.gone(what));
                    }
                }
            }
        }
    }

    fn gone(&self, what: &str) -> Error {
        Error::engine(
            format!("{}: could not {what}: nobody listens there any more", self.address),
            "start the engine again, and go on from the last round with `--resume`",
        )
    }

    fn slow(&self, what: &str) -> Error {
        Error::engine(
            format!(
                "{}: could not {what}: somebody listens there and does not answer",
                self.address
            ),
            "see that it is a Spark Connect server, and that `use_ssl=true` is given if, and only if, it speaks TLS with a certificate that this machine trusts; if it answered before, go on from the last round with `--resume`",
        )
    }

    fn broken(&self, what: &str) -> Error {
        Error::engine(
            format!("{}: could not {what}: the client broke off", self.address),
            "that is a fault of the program; go on from the last round with `--resume`",
        )
    }
}
