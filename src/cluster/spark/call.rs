//! A call on an engine, from its beginning to the engine's word that it is complete.
//!
//! Spark ends the stream of a call that takes more than two minutes, or answers more than a gigabyte, and works on; whoever wants the rest
//! attaches to the call again. The client's own calls take the end of the stream for the end of the call: a table that took three minutes to
//! write was empty then, an answer that was cut looked whole, and a name was asked for before it was given. So here only the engine's word that the result is complete ends a call.
//!
//! A call may have arrived, and be done, although no answer came back. Sail would run it again beside itself if it were sent again, so that it is
//! attached to first. Only if the engine knows nothing of it, or no more, is it sent again: what is run here may be run twice, one after the other.

use std::thread;
use std::time::{Duration, Instant};

use spark_connect::Result as SparkResult;
use spark_connect_core::{
    ExecutePlanResponseReattachableIterator, SparkError, block_on, get_runtime,
};
use spark_connect_proto::execute_plan_response::{ArrowBatch, ResponseType};
use spark_connect_proto::{ExecutePlanRequest, ExecutePlanResponse, Plan, UserContext};
use tonic::Streaming;

use super::connection::{Connection, SILENCES};
use super::fault::{is_forgotten, is_lost};

/// How often in a row a call is attached to again that ends without an answer at once, and how often it is sent, before we give up.
const TRIES: u32 = 8;
/// How much longer we wait before each try, and the least between two.
const PAUSE: Duration = Duration::from_secs(1);
/// A stream that lasted longer did not end at once.
const AT_WORK: Duration = Duration::from_secs(10);

/// What is heard of a call.
pub(super) enum Heard {
    /// More rows of its result.
    Rows(ArrowBatch),
    /// It is run anew: what was heard before is void.
    Anew,
}

/// Runs a plan until the engine says that its result is complete. If the plan is a command, running it twice must do what running it once does.
pub(super) fn run(
    connection: &Connection,
    plan: Plan,
    hear: &mut dyn FnMut(Heard) -> SparkResult<()>,
) -> SparkResult<()> {
    let mut call = Call::new(connection, plan);
    let mut stream = call.send();
    loop {
        let missed = match stream {
            Ok(answers) => match call.follow(answers, hear) {
                Ok(()) => return Ok(()),
                Err(missed) => missed,
            },
            Err(missed) => missed,
        };
        stream = match missed {
            Missed::Refused(error) => return Err(call.told(error)),
            Missed::Ended => call.pause().and_then(|()| call.attach()),
            Missed::Lost(error) => {
                call.lost = Some(error);
                call.pause().and_then(|()| call.attach())
            }
            Missed::Silent => call.connect_anew().and_then(|()| call.attach()),
            Missed::Forgotten(error) => call.renew(error).and_then(|()| {
                hear(Heard::Anew).map_err(Missed::Refused)?;
                call.send()
            }),
        };
    }
}

/// Why there is no more of an answer.
enum Missed {
    /// The stream ended, and the call did not.
    Ended,
    /// Nothing came for as long as we have patience.
    Silent,
    /// The connection broke.
    Lost(SparkError),
    /// The engine knows nothing of the call, or no more; or we cannot tell what of its result is missing.
    Forgotten(SparkError),
    /// The engine will not.
    Refused(SparkError),
}

impl From<SparkError> for Missed {
    fn from(error: SparkError) -> Self {
        match error {
            error if is_forgotten(&error) => Self::Forgotten(error),
            error if is_lost(&error) => Self::Lost(error),
            error => Self::Refused(error),
        }
    }
}

type Answers = Result<Streaming<ExecutePlanResponse>, Missed>;

struct Call<'a> {
    connection: &'a Connection,
    own: ExecutePlanResponseReattachableIterator,
    /// When we last sent it or attached to it.
    attached: Instant,
    /// Whether something of the result came since.
    carried: bool,
    /// Whether rows came of which the engine does not say which they are.
    uncounted: bool,
    /// How often in a row it ended without an answer.
    ended: u32,
    /// How often in a row nothing came.
    silences: u32,
    /// How often it was sent anew.
    renewed: u32,
    /// Why the connection was lost, when it was last.
    lost: Option<SparkError>,
}

impl<'a> Call<'a> {
    fn new(connection: &'a Connection, plan: Plan) -> Self {
        let client = connection.client();
        let user_id = client.user_id().unwrap_or_default().to_owned();
        let request = ExecutePlanRequest {
            session_id: client.session_id().to_owned(),
            user_context: Some(UserContext { user_id, ..UserContext::default() }),
            plan: Some(plan),
            ..ExecutePlanRequest::default()
        };
        Self {
            connection,
            own: ExecutePlanResponseReattachableIterator::new(request),
            attached: Instant::now(),
            carried: false,
            uncounted: false,
            ended: 0,
            silences: 0,
            renewed: 0,
            lost: None,
        }
    }

    fn send(&mut self) -> Answers {
        let request = self.own.request().clone();
        self.began();
        self.within(self.connection.client().execute_plan(request))
    }

    fn attach(&mut self) -> Answers {
        if self.uncounted {
            // Of rows without a number none could be seen to be missing.
            return Err(Missed::Forgotten(SparkError::connect_msg("the connection was lost")));
        }
        let request = block_on(self.own.create_reattach_request());
        self.began();
        self.within(self.connection.client().reattach_execute(request))
    }

    fn began(&mut self) {
        (self.attached, self.carried) = (Instant::now(), false);
    }

    /// Hears answers until the result is complete.
    fn follow(
        &mut self,
        mut answers: Streaming<ExecutePlanResponse>,
        hear: &mut dyn FnMut(Heard) -> SparkResult<()>,
    ) -> Result<(), Missed> {
        loop {
            let message = async { answers.message().await.map_err(SparkError::from_grpc_status) };
            let Some(answer) = self.within(message)? else { return Err(Missed::Ended) };
            block_on(self.own.set_last_response_id(&answer));
            (self.ended, self.silences) = (0, 0);
            if let Some(answer) = answer.response_type {
                self.carried |= !matches!(answer, ResponseType::ExecutionProgress(_));
                if let ResponseType::ArrowBatch(rows) = answer {
                    self.uncounted |= rows.start_offset.is_none();
                    hear(Heard::Rows(rows)).map_err(Missed::Refused)?;
                }
            }
            if block_on(self.own.is_completed()) {
                self.release();
                return Ok(());
            }
        }
    }

    fn within<T>(&self, asked: impl Future<Output = SparkResult<T>>) -> Result<T, Missed> {
        self.connection.within(asked).ok_or(Missed::Silent)?.map_err(Missed::from)
    }

    /// Waits before the call is attached to again: not after a part of the result, longer each time that nothing came.
    fn pause(&mut self) -> Result<(), Missed> {
        let lasted = self.attached.elapsed();
        // An engine that has nothing to say for a while is at work.
        self.ended = if lasted > AT_WORK { 1 } else { self.ended + 1 };
        if self.ended > TRIES {
            return Err(Missed::Refused(self.lost.take().unwrap_or_else(|| {
                SparkError::connect_msg(format!(
                    "the engine ended its answer {TRIES} times without saying that it is complete"
                ))
            })));
        }
        if !self.carried {
            thread::sleep(PAUSE.saturating_sub(lasted).max(PAUSE * (self.ended - 1)));
        }
        Ok(())
    }

    fn connect_anew(&mut self) -> Result<(), Missed> {
        self.silences += 1;
        if self.silences == SILENCES {
            return Err(Missed::Refused(self.connection.silent()));
        }
        self.connection.connect_anew().map_err(Missed::Refused)
    }

    /// Makes another call of it, to be sent from its beginning.
    fn renew(&mut self, why: SparkError) -> Result<(), Missed> {
        self.renewed += 1;
        if self.renewed > TRIES {
            return Err(Missed::Refused(why));
        }
        self.release();
        let request = ExecutePlanRequest { operation_id: None, ..self.own.request().clone() };
        self.own = ExecutePlanResponseReattachableIterator::new(request);
        self.uncounted = false;
        Ok(())
    }

    /// Has the engine let go of a result that is here or of no use; if that fails, it does so by itself later.
    fn release(&self) {
        let done = block_on(self.own.create_release_request(true));
        let client = self.connection.client();
        get_runtime().spawn(async move { client.release_execute(done).await.ok() });
    }

    /// The error of a call, and why it had to be attached to again.
    fn told(&mut self, error: SparkError) -> SparkError {
        let before = self.lost.take().filter(|lost| lost.message != error.message);
        let Some(lost) = before else { return error };
        let message =
            format!("{} (after the connection was lost: {})", error.message, lost.message);
        SparkError { message, ..error }
    }
}
