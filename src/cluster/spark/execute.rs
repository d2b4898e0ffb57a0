//! Running something on an engine to its very end.
//!
//! Spark ends the stream of a call that takes more than two minutes, or answers more than a gigabyte, and works on; whoever wants the rest
//! attaches to the call again. The client's own calls take the end of the stream for the end of the call: a table that took three minutes to
//! write was empty then, an answer that was cut looked whole, and a name was asked for before it was given. So here only the engine's word that the result is complete ends a call.

use std::fmt;
use std::io::Cursor;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use arrow::array::RecordBatch;
use arrow::ipc::reader::StreamReader;
use spark_connect::Result as SparkResult;
use spark_connect_core::{
    ChannelBuilder, ExecutePlanResponseReattachableIterator, RetryPolicy, SparkConnectClient,
    SparkError, block_on,
};
use spark_connect_proto::command::CommandType;
use spark_connect_proto::execute_plan_response::{ArrowBatch, ResponseType};
use spark_connect_proto::read::{DataSource, ReadType};
use spark_connect_proto::relation::RelType;
use spark_connect_proto::write_operation::{SaveMode, SaveType};
use spark_connect_proto::{
    Command, CreateDataFrameViewCommand, ExecutePlanRequest, LocalRelation, Plan, Read, Relation,
    Sql, UserContext, WriteOperation, plan,
};

/// How often in a row a call is attached to again that ends without an answer at once, before we give up.
const TRIES: u32 = 8;
/// How much longer we wait before each.
const PAUSE: Duration = Duration::from_secs(1);
/// A stream that lasted longer did not end at once.
const AT_WORK: Duration = Duration::from_secs(10);
/// What gRPC says when nobody answers.
const UNAVAILABLE: i32 = 14;

/// Runs plans in a session.
#[derive(Clone)]
pub(super) struct Executor {
    client: Arc<SparkConnectClient>,
}

impl fmt::Debug for Executor {
    /// Without the client, which knows the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Executor").finish_non_exhaustive()
    }
}

impl Executor {
    /// A second connection to a session.
    pub(super) fn connect(url: &str, session: &str) -> SparkResult<Self> {
        let mut channel = ChannelBuilder::parse(url)?;
        channel.set("session_id", session);
        let client = block_on(SparkConnectClient::connect(&channel))?;
        Ok(Self { client: Arc::new(client) })
    }

    /// Gives the rows of a query, as they come.
    pub(super) fn rows(&self, query: &str, mut take: impl FnMut(&RecordBatch)) -> SparkResult<()> {
        let plan = Plan { op_type: Some(plan::OpType::Root(sql(query))) };
        let mut so_far = 0;
        self.run(plan, &mut |answer| {
            let ResponseType::ArrowBatch(batch) = answer else { return Ok(()) };
            let rows = batches(&batch.data)?;
            so_far = counted(so_far, &batch, &rows)?;
            rows.iter().for_each(&mut take);
            Ok(())
        })
    }

    /// Makes the rows of a query known by a name, in place of what had that name.
    pub(super) fn name(&self, query: &str, name: &str) -> SparkResult<()> {
        self.know(sql(query), name)
    }

    /// Makes the Parquet files at a place known by a name, in place of what had that name.
    pub(super) fn open(&self, place: &str, name: &str) -> SparkResult<()> {
        let source = DataSource {
            format: Some("parquet".to_owned()),
            paths: vec![place.to_owned()],
            ..DataSource::default()
        };
        let read = Read { read_type: Some(ReadType::DataSource(source)), ..Read::default() };
        self.know(relation(RelType::Read(read)), name)
    }

    fn know(&self, input: Relation, name: &str) -> SparkResult<()> {
        let view = CreateDataFrameViewCommand {
            input: Some(input),
            name: name.to_owned(),
            is_global: false,
            replace: true,
        };
        self.command(CommandType::CreateDataframeView(view))
    }

    /// Writes the rows of a query to a place, over what is there.
    pub(super) fn write(&self, query: &str, place: &str) -> SparkResult<()> {
        self.write_to(sql(query), place, SaveMode::Overwrite)
    }

    /// Writes rows of this machine, as a stream of Arrow, to a place.
    pub(super) fn send(
        &self,
        rows: Vec<u8>,
        schema: String,
        (place, mode): (&str, SaveMode),
    ) -> SparkResult<()> {
        let local = LocalRelation { data: Some(rows.into()), schema: Some(schema) };
        self.write_to(relation(RelType::LocalRelation(local)), place, mode)
    }

    fn write_to(&self, input: Relation, place: &str, mode: SaveMode) -> SparkResult<()> {
        let write = WriteOperation {
            input: Some(input),
            source: Some("parquet".to_owned()),
            mode: mode as i32,
            save_type: Some(SaveType::Path(place.to_owned())),
            ..WriteOperation::default()
        };
        self.command(CommandType::WriteOperation(write))
    }

    fn command(&self, command: CommandType) -> SparkResult<()> {
        let command = Command { command_type: Some(command) };
        let plan = Plan { op_type: Some(plan::OpType::Command(command)) };
        self.run(plan, &mut |_| Ok(()))
    }

    /// Runs a plan until the engine says that its result is complete.
    fn run(
        &self,
        plan: Plan,
        take: &mut dyn FnMut(ResponseType) -> SparkResult<()>,
    ) -> SparkResult<()> {
        let request = ExecutePlanRequest {
            session_id: self.client.session_id().to_owned(),
            user_context: Some(UserContext::default()),
            plan: Some(plan),
            ..ExecutePlanRequest::default()
        };
        let call = ExecutePlanResponseReattachableIterator::new(request);
        let mut answers = patiently(|| block_on(self.client.execute_plan(call.request().clone())))?;
        let (mut attached, mut silent) = (Instant::now(), 0);
        loop {
            match block_on(answers.message()) {
                Ok(Some(answer)) => {
                    silent = 0;
                    block_on(call.set_last_response_id(&answer));
                    answer.response_type.map_or(Ok(()), &mut *take)?;
                    if block_on(call.is_completed()) {
                        return Ok(());
                    }
                    continue;
                }
                // The stream has ended, and the call has not.
                Ok(None) => {}
                Err(status) if RetryPolicy::default().can_retry(&status) => {}
                Err(status) => return Err(SparkError::from_grpc_status(status)),
            }
            // An engine that has nothing to say for a while is at work.
            silent = if attached.elapsed() > AT_WORK { 1 } else { silent + 1 };
            if silent > TRIES {
                return Err(unfinished());
            }
            thread::sleep(PAUSE * (silent - 1));
            answers = patiently(|| {
                let again = block_on(call.create_reattach_request());
                block_on(self.client.reattach_execute(again))
            })?;
            attached = Instant::now();
        }
    }
}

/// What `ask` gives; where nobody answers, it asks again for half a minute.
fn patiently<T>(mut ask: impl FnMut() -> SparkResult<T>) -> SparkResult<T> {
    for tries in 1..TRIES {
        match ask() {
            Err(error) if error.grpc_code() == Some(UNAVAILABLE) => thread::sleep(PAUSE * tries),
            other => return other,
        }
    }
    ask()
}

fn unfinished() -> SparkError {
    SparkError::connect_msg(format!(
        "the engine ended its answer {TRIES} times without saying that it is complete"
    ))
}

fn sql(query: &str) -> Relation {
    relation(RelType::Sql(Sql { query: query.to_owned(), ..Sql::default() }))
}

fn relation(what: RelType) -> Relation {
    Relation { rel_type: Some(what), ..Relation::default() }
}

/// The rows in a stream of Arrow.
fn batches(stream: &[u8]) -> SparkResult<Vec<RecordBatch>> {
    let strange = |error| SparkError::connect_msg(format!("rows that are no Arrow: {error}"));
    if stream.is_empty() {
        return Ok(Vec::new());
    }
    let reader = StreamReader::try_new(Cursor::new(stream), None).map_err(strange)?;
    reader.map(|batch| batch.map_err(strange)).collect()
}

/// How many rows there are with those of a batch: all that the engine says it holds, next to those before it.
fn counted(so_far: i64, batch: &ArrowBatch, rows: &[RecordBatch]) -> SparkResult<i64> {
    let held: usize = rows.iter().map(RecordBatch::num_rows).sum();
    let held = i64::try_from(held).expect("memory holds fewer than 2⁶³ rows");
    let (said, from) = (batch.row_count, batch.start_offset.unwrap_or(so_far));
    if (said, from) != (held, so_far) {
        return Err(SparkError::connect_msg(format!(
            "the engine sent {held} rows behind row {so_far}, and says that they are {said} behind row {from}"
        )));
    }
    Ok(so_far + held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_missing_or_come_twice_are_told() {
        let ids = Arc::new(arrow::array::Int64Array::from(vec![4, 5, 6]));
        let rows = [RecordBatch::try_from_iter([("id", ids as _)]).expect("rows")];
        let said = |row_count, start_offset| ArrowBatch {
            row_count,
            start_offset,
            ..ArrowBatch::default()
        };
        assert_eq!(counted(7, &said(3, Some(7)), &rows).expect("they follow"), 10);
        assert_eq!(counted(7, &said(3, None), &rows).expect("the engine does not say"), 10);
        assert_eq!(counted(7, &said(0, Some(7)), &[]).expect("none"), 7);
        for (count, start) in [(3, Some(4)), (3, Some(10)), (2, Some(7)), (4, None)] {
            let error = counted(7, &said(count, start), &rows).expect_err("rows are missing");
            assert!(error.message.contains("3 rows behind row 7"), "{}", error.message);
        }
    }

    #[test]
    fn whoever_does_not_answer_is_asked_again_and_whoever_refuses_is_not() {
        let mut asked = 0;
        let found: SparkResult<u32> = patiently(|| {
            asked += 1;
            Ok(asked)
        });
        assert_eq!(found.expect("an answer"), 1);
        let mut asked = 0;
        let refused: SparkResult<()> = patiently(|| {
            asked += 1;
            Err(SparkError::connect_msg("no"))
        });
        assert_eq!((refused.is_err(), asked), (true, 1));
    }

    #[test]
    fn rows_that_are_no_arrow_are_told() {
        assert!(batches(&[]).expect("no rows").is_empty());
        let error = batches(b"no Arrow").expect_err("no rows");
        assert!(error.message.contains("rows that are no Arrow"), "{}", error.message);
    }
}
