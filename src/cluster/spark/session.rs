//! What is asked of a session on an engine: queries, writes, names of tables, and what their columns are.

use std::io::Cursor;
use std::time::Duration;

use arrow::array::RecordBatch;
use arrow::ipc::reader::StreamReader;
use spark_connect::Result as SparkResult;
use spark_connect::types::DataType;
use spark_connect_core::{SparkConnectClient, SparkError};
use spark_connect_proto::analyze_plan_request::{Analyze, Schema, SparkVersion};
use spark_connect_proto::analyze_plan_response::Result as Analyzed;
use spark_connect_proto::command::CommandType;
use spark_connect_proto::execute_plan_response::ArrowBatch;
use spark_connect_proto::read::{DataSource, NamedTable, ReadType};
use spark_connect_proto::relation::RelType;
use spark_connect_proto::write_operation::{SaveMode, SaveType};
use spark_connect_proto::{
    AnalyzePlanRequest, Command, CreateDataFrameViewCommand, LocalRelation, Plan, Read, Relation,
    Sql, UserContext, WriteOperation, plan,
};

use super::call::{self, Heard};
use super::connection::{Connection, KeptAlive};
use super::fetch::Fetched;

/// Names of columns, and what the engine calls their types.
pub(super) type Named = Vec<(String, String)>;

/// A session on an engine.
#[derive(Clone, Debug)]
pub(super) struct Session {
    connection: Connection,
}

impl Session {
    /// A new session, in which the engine may say nothing for so long. Nothing is sent yet.
    pub(super) fn new(url: &str, patience: Duration) -> SparkResult<Self> {
        Ok(Self { connection: Connection::new(url, patience)? })
    }

    /// Lets hear from us until what it gives is dropped.
    pub(super) fn keep_alive(&self) -> KeptAlive {
        self.connection.keep_alive()
    }

    /// The version that the engine says it has.
    pub(super) fn version(&self) -> SparkResult<String> {
        match self.analyzed(&Analyze::SparkVersion(SparkVersion::default()))? {
            Some(Analyzed::SparkVersion(known)) => Ok(known.version),
            _ => Err(SparkError::connect_msg("the engine did not say its version")),
        }
    }

    /// Sets something for this session.
    pub(super) fn set(&self, key: &str, value: &str) -> SparkResult<()> {
        self.connection.ask(|client| async move { client.set_config(key, value).await })
    }

    /// Ends the session.
    pub(super) fn end(&self) -> SparkResult<()> {
        self.connection.ask(|client| async move { client.release_session().await })
    }

    /// The columns that a query gives.
    pub(super) fn columns_of_query(&self, query: &str) -> SparkResult<Named> {
        self.columns(sql(query))
    }

    /// The columns of a table that has a name.
    pub(super) fn columns_of_table(&self, name: &str) -> SparkResult<Named> {
        let unparsed_identifier = name.to_owned();
        let table = NamedTable { unparsed_identifier, ..NamedTable::default() };
        self.columns(read(ReadType::NamedTable(table)))
    }

    /// The columns of the Parquet files at a place; none where an engine sees no file, and does not mind.
    pub(super) fn columns_at(&self, place: &str) -> SparkResult<Named> {
        self.columns(parquet(place))
    }

    fn columns(&self, of: Relation) -> SparkResult<Named> {
        let plan = Plan { op_type: Some(plan::OpType::Root(of)) };
        let asked = Analyze::Schema(Schema { plan: Some(plan) });
        let Some(Analyzed::Schema(answer)) = self.analyzed(&asked)? else {
            return Err(SparkError::connect_msg("the engine did not say what the columns are"));
        };
        let kind = answer.schema.as_ref().map(DataType::from_proto).transpose()?;
        let Some(DataType::Struct { fields }) = kind else { return Ok(Vec::new()) };
        let named = |field: spark_connect::types::StructField| {
            (field.name, field.data_type.simple_string())
        };
        Ok(fields.into_iter().map(named).collect())
    }

    fn analyzed(&self, asked: &Analyze) -> SparkResult<Option<Analyzed>> {
        self.connection.ask(|client| {
            let request = analysis(&client, asked.clone());
            async move { Ok(Box::pin(client.analyze_plan(request)).await?.result) }
        })
    }

    /// The rows of a query whose columns these are.
    pub(super) fn rows(&self, query: &str, columns: &Named) -> SparkResult<Fetched> {
        let plan = Plan { op_type: Some(plan::OpType::Root(sql(query))) };
        let (mut fetched, mut so_far) = (Fetched::new(columns.clone()), 0);
        call::run(&self.connection, plan, &mut |heard| {
            match heard {
                Heard::Anew => (fetched, so_far) = (Fetched::new(columns.clone()), 0),
                Heard::Rows(batch) => {
                    let rows = batches(&batch.data)?;
                    so_far = counted(so_far, &batch, &rows)?;
                    for rows in &rows {
                        fetched.take(rows);
                    }
                }
            }
            Ok(())
        })?;
        Ok(fetched)
    }

    /// Makes the rows of a query known by a name, in place of what had that name.
    pub(super) fn name(&self, query: &str, name: &str) -> SparkResult<()> {
        self.know(sql(query), name)
    }

    /// Makes the Parquet files at a place known by a name, in place of what had that name.
    pub(super) fn open(&self, place: &str, name: &str) -> SparkResult<()> {
        self.know(parquet(place), name)
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
        self.write_to(sql(query), place)
    }

    /// Writes rows of this machine, as a stream of Arrow, to a place, over what is there.
    pub(super) fn send(&self, rows: Vec<u8>, schema: String, place: &str) -> SparkResult<()> {
        let local = LocalRelation { data: Some(rows.into()), schema: Some(schema) };
        self.write_to(relation(RelType::LocalRelation(local)), place)
    }

    fn write_to(&self, input: Relation, place: &str) -> SparkResult<()> {
        let write = WriteOperation {
            input: Some(input),
            source: Some("parquet".to_owned()),
            mode: SaveMode::Overwrite as i32,
            save_type: Some(SaveType::Path(place.to_owned())),
            ..WriteOperation::default()
        };
        self.command(CommandType::WriteOperation(write))
    }

    /// All commands here do the same when they are run twice.
    fn command(&self, command: CommandType) -> SparkResult<()> {
        let command = Command { command_type: Some(command) };
        let plan = Plan { op_type: Some(plan::OpType::Command(command)) };
        call::run(&self.connection, plan, &mut |_| Ok(()))
    }
}

fn analysis(client: &SparkConnectClient, analyze: Analyze) -> AnalyzePlanRequest {
    let user_id = client.user_id().unwrap_or_default().to_owned();
    AnalyzePlanRequest {
        session_id: client.session_id().to_owned(),
        user_context: Some(UserContext { user_id, ..UserContext::default() }),
        analyze: Some(analyze),
        ..AnalyzePlanRequest::default()
    }
}

fn parquet(place: &str) -> Relation {
    read(ReadType::DataSource(DataSource {
        format: Some("parquet".to_owned()),
        paths: vec![place.to_owned()],
        ..DataSource::default()
    }))
}

fn read(what: ReadType) -> Relation {
    relation(RelType::Read(Read { read_type: Some(what), ..Read::default() }))
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
    use std::sync::Arc;

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
    fn rows_that_are_no_arrow_are_told() {
        assert!(batches(&[]).expect("no rows").is_empty());
        let error = batches(b"no Arrow").expect_err("no rows");
        assert!(error.message.contains("rows that are no Arrow"), "{}", error.message);
    }
}
