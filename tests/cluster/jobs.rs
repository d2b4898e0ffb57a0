//! Does a job that was written for Spark give what the program gives that wrote it?

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kluwen::cluster::{Assignment, Check, Column, Columns, Job, SqlEngine as _, Values};
use tempfile::TempDir;

use crate::client::connect;
use crate::engine::{engine, installed, spark_home};
use crate::flooding;
use crate::rounds::text;

/// The job of flooding; nodes stand in it, edges are of the case.
fn job(rows_of_edges: u64) -> Job {
    let node = (0..13).chain(99..104).map(Some).collect();
    let name =
        ["é\"'\\", "漢"].map(|text| Some(text.to_owned())).into_iter().cycle().take(18).collect();
    let column = |name: &str, values| Column { name: name.into(), values };
    let rows =
        Columns(vec![column("node", Values::Whole(node)), column("name", Values::Text(name))]);
    let named = "SELECT node FROM named WHERE name IN ('\u{e9}\"\\'\\\\', '漢')";
    Job {
        opens: vec![("edges".into(), "edges".into())],
        puts: vec![("named".into(), rows)],
        checks: vec![Check::rows("edges", rows_of_edges)],
        prepare: vec![Assignment { table: "nodes", query: named.into() }],
        reads: vec!["nodes".into(), "edges".into()],
        program: flooding::program(),
        partitions: 2,
    }
}

fn submit(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(installed("python")).arg(folder.join("job.py"));
    for (flag, place) in [("--tables", "."), ("--work", "work"), ("--out", "out")] {
        command.arg(flag).arg(folder.join(place));
    }
    command.args(words).env("SPARK_HOME", spark_home()).env("SPARK_LOCAL_IP", "127.0.0.1");
    command.env(
        "PYSPARK_SUBMIT_ARGS",
        "--master local[2] --driver-memory 640m --conf spark.ui.enabled=false pyspark-shell",
    );
    command.env("PYSPARK_PYTHON", installed("python"));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn write(job: &Job, folder: &TempDir) {
    fs::write(folder.path().join("job.py"), job.to_python().expect("a job")).expect("written");
}

fn finished(mut command: Command) -> String {
    let out = command.output().expect("Python runs");
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{told}");
    told
}

#[test]
fn a_job_gives_the_same_and_goes_on_where_it_was_killed() {
    let (folder, edges) = (TempDir::new().expect("a folder"), flooding::edges(12));
    let mut engine = connect(&engine());
    flooding::put(&mut engine, &edges, &text(&folder));
    let rows = edges.len() as u64;
    write(&job(rows), &folder);

    let mut child = submit(folder.path(), &[]).stderr(Stdio::null()).spawn().expect("Python runs");
    let (fourth, end) =
        (folder.path().join("work/labels-4"), Instant::now() + Duration::from_secs(600));
    while !fourth.exists() {
        assert!(child.try_wait().expect("a child").is_none(), "the job ended by itself");
        assert!(Instant::now() < end, "it does not come so far");
        thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");

    let told = finished(submit(folder.path(), &["--resume"]));
    assert!(told.contains("taken up behind round"), "{told}");
    engine.open("out", &format!("{}/out", text(&folder))).expect("the result");
    let found = engine.rows("SELECT node, label FROM out ORDER BY node").expect("rows");
    assert_eq!(found, flooding::expected(&edges));

    let told = finished(submit(folder.path(), &["--resume", "--format", "csv"]));
    assert!(told.contains("taken up behind round 13"), "{told}");
    let lines: Vec<String> = fs::read_dir(folder.path().join("out"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .flat_map(|path| {
            fs::read_to_string(path).expect("text").lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|line| line != "node,label")
        .collect();
    let expected = flooding::expected(&edges);
    let (nodes, labels) =
        (expected.whole("node").expect("nodes"), expected.whole("label").expect("labels"));
    let rows = nodes
        .iter()
        .zip(labels)
        .map(|(node, label)| format!("{},{}", node.unwrap_or(-1), label.unwrap_or(-1)));
    assert_eq!(lines, rows.collect::<Vec<_>>());
}

#[test]
fn a_job_refuses_other_tables_than_those_it_was_written_from() {
    let folder = TempDir::new().expect("a folder");
    flooding::put(&mut connect(&engine()), &flooding::edges(2), &text(&folder));
    write(&job(11), &folder);
    let out = submit(folder.path(), &[]).output().expect("Python runs");
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(told.contains("10 rows of `edges`, expected 11"), "{told}");
    assert!(!out.status.success() && !folder.path().join("out").exists());
}
