//! The connection to a session on an engine, which may be lost and made again.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use spark_connect::Result as SparkResult;
use spark_connect_core::{ChannelBuilder, SparkConnectClient, SparkError, block_on, get_runtime};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::fault::SAID_NOTHING;

/// How often in a row an engine may say nothing for as long as we have patience, the second time on a new connection.
pub(super) const SILENCES: u32 = 2;
/// How often we let hear from us: Sail ends a session of which it hears nothing for a quarter of an hour, and what is between us and the engine forgets a connection on which nothing goes.
const SIGN_OF_LIFE: Duration = Duration::from_secs(60);

/// A connection to a session, the same for all that hold it.
#[derive(Clone)]
pub(super) struct Connection {
    channel: ChannelBuilder,
    client: Arc<Mutex<Arc<SparkConnectClient>>>,
    patience: Duration,
}

impl fmt::Debug for Connection {
    /// Without the client, which knows the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Connection {
    /// A connection to a new session, on which the engine may say nothing for so long.
    pub(super) fn new(url: &str, patience: Duration) -> SparkResult<Self> {
        let mut channel = ChannelBuilder::parse(url)?;
        let client = block_on(SparkConnectClient::connect(&channel))?;
        channel.set("session_id", client.session_id());
        Ok(Self { channel, client: Arc::new(Mutex::new(Arc::new(client))), patience })
    }

    /// The client of the moment.
    pub(super) fn client(&self) -> Arc<SparkConnectClient> {
        Arc::clone(&self.client.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Leaves a connection on which nothing comes for a new one: what is between us and the engine may have forgotten it.
    pub(super) fn connect_anew(&self) -> SparkResult<()> {
        let client = Arc::new(block_on(SparkConnectClient::connect(&self.channel))?);
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = client;
        Ok(())
    }

    /// What comes of a call; none if nothing does for as long as we have patience.
    pub(super) fn within<T>(
        &self,
        call: impl Future<Output = SparkResult<T>>,
    ) -> Option<SparkResult<T>> {
        block_on(async { timeout(self.patience, call).await }).ok()
    }

    /// Asks for what moves no rows, on a new connection if nothing comes on this.
    pub(super) fn ask<T, F: Future<Output = SparkResult<T>>>(
        &self,
        question: impl Fn(Arc<SparkConnectClient>) -> F,
    ) -> SparkResult<T> {
        for _ in 1..SILENCES {
            if let Some(answer) = self.within(question(self.client())) {
                return answer;
            }
            self.connect_anew()?;
        }
        self.within(question(self.client())).unwrap_or_else(|| Err(self.silent()))
    }

    /// Why we give up an engine that says nothing.
    pub(super) fn silent(&self) -> SparkError {
        let seconds = self.patience.as_secs();
        SparkError::connect_msg(format!(
            "{SAID_NOTHING} for {seconds} seconds, and for as long again on a new connection"
        ))
    }

    /// Lets hear from us until what it gives is dropped.
    pub(super) fn keep_alive(&self) -> KeptAlive {
        let own = self.clone();
        KeptAlive(get_runtime().spawn(async move {
            loop {
                sleep(SIGN_OF_LIFE).await;
                let client = own.client();
                let _ = timeout(own.patience, client.get_configs(&["spark.sql.session.timeZone"]))
                    .await;
            }
        }))
    }
}

/// A session of which the engine hears now and then.
#[derive(Debug)]
pub(super) struct KeptAlive(JoinHandle<()>);

impl Drop for KeptAlive {
    fn drop(&mut self) {
        self.0.abort();
    }
}
