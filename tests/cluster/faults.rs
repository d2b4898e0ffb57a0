//! Is the answer exact although somebody dies? Each test kills only what it started.

use std::fs;
use std::thread;
use std::time::Duration;

use kluwen::ErrorKind;
use kluwen::cluster::{Run, SqlEngine as _, StepKind};
use tempfile::TempDir;

use crate::client::connect;
use crate::engine::{Sail, Spark};
use crate::flooding;
use crate::rounds::text;

#[test]
fn a_server_that_is_killed_costs_one_round() {
    let (work, edges) = (TempDir::new().expect("a folder"), flooding::edges(12));
    let server = Sail::start();
    let port = server.port();
    let mut engine = connect(&server.address());
    flooding::put(&mut engine, &edges, &text(&work));
    let mut last = 0;
    let failed = thread::scope(|scope| {
        let telling = |step: &kluwen::cluster::Step| {
            last = step.round;
            if step.round == 4 {
                // In the middle of the next round.
                scope.spawn(|| {
                    thread::sleep(Duration::from_millis(60));
                    server.kill();
                });
            }
        };
        let run = Run::new(&mut engine, text(&work)).reading(["nodes", "edges"]);
        run.telling(telling).program(&flooding::program()).expect_err("the server is gone")
    });
    assert!(matches!(failed.kind(), ErrorKind::Engine { .. }), "{failed}");
    assert!(failed.to_string().contains("--resume"), "{failed}");
    assert!((4..12).contains(&last), "killed behind round {last}");
    drop(engine);
    drop(server);

    let server = Sail::start_at(port);
    let mut engine = connect(&server.address());
    for table in ["nodes", "edges"] {
        engine.open(table, &format!("{}/{table}", text(&work))).expect("it is there");
    }
    let mut taken_up = None;
    let run = Run::new(&mut engine, text(&work)).reading(["nodes", "edges"]).resuming(true);
    let telling = |step: &kluwen::cluster::Step| {
        taken_up.get_or_insert((step.kind, step.round));
    };
    let found = run.telling(telling).program(&flooding::program()).expect("it ends");
    assert_eq!(found, flooding::expected(&edges));
    assert_eq!(taken_up, Some((StepKind::TakenUp, last)));
}

#[test]
fn spark_finishes_without_an_executor_and_without_a_machine() {
    let (work, edges) = (TempDir::new().expect("a folder"), flooding::edges(8));
    let cluster = Spark::start();
    let mut engine = connect(&cluster.address());
    flooding::put(&mut engine, &edges, &text(&work));
    let run = Run::new(&mut engine, text(&work)).reading(["nodes", "edges"]);
    let mut rounds = 0;
    let telling = |step: &kluwen::cluster::Step| {
        rounds = step.round;
        match step.round {
            2 => assert!(cluster.kill_executor(), "an executor runs"),
            4 => cluster.kill_worker(),
            _ => {}
        }
    };
    let found = run.telling(telling).program(&flooding::program()).expect("it ends");
    assert_eq!(found, flooding::expected(&edges));
    assert_eq!(rounds, 9);
    let left = fs::read_dir(work.path().join("flooding")).expect("a folder").count();
    assert_eq!(left, 3, "two rounds and the state");
}
