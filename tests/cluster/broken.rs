//! Does each row arrive once where a connection breaks, or falls silent, at whatever moment?

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kluwen::cluster::{Column, Columns, SparkEngine, SparkSettings, SqlEngine as _, Values};
use tempfile::TempDir;

use crate::engine::both;

/// What goes over the connection in which direction until it breaks.
#[derive(Clone, Copy, Debug)]
enum Behind {
    Sent(usize),
    Answered(usize),
}

#[derive(Clone, Copy, Debug)]
enum How {
    /// Both ends see that it ended.
    Cut,
    /// It stays open, and nothing comes any more.
    Silent,
}

/// One connection that breaks.
#[derive(Debug)]
struct Fault {
    behind: Behind,
    how: How,
    is_over: AtomicBool,
}

impl Fault {
    fn new(behind: Behind, how: How) -> Arc<Self> {
        Arc::new(Self { behind, how, is_over: AtomicBool::new(false) })
    }

    /// The engine's address by a way on which the first connection breaks that carries so much.
    fn before(self: &Arc<Self>, address: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let place = address.strip_prefix("sc://").expect("an address");
        let (host, token) = place.split_once('/').unwrap_or((place, ""));
        let own = format!("sc://{}/{token}", listener.local_addr().expect("an address"));
        let (fault, host) = (Arc::clone(self), host.to_owned());
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, fault) = (client.expect("a connection"), Arc::clone(&fault));
                let server = TcpStream::connect(&host).expect("the engine listens");
                let back =
                    (server.try_clone().expect("a copy"), client.try_clone().expect("a copy"));
                let to = Arc::clone(&fault);
                let silent = Arc::new(AtomicBool::new(false));
                let silent_back = Arc::clone(&silent);
                thread::spawn(move || to.carry(client, server, Direction::There, &silent));
                thread::spawn(move || fault.carry(back.0, back.1, Direction::Back, &silent_back));
            }
        });
        own
    }

    fn carry(&self, mut from: TcpStream, mut to: TcpStream, way: Direction, silent: &AtomicBool) {
        let (mut bytes, mut carried) = ([0; 4096], 0);
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            carried += count;
            let broken = match (self.behind, way) {
                (Behind::Sent(most), Direction::There)
                | (Behind::Answered(most), Direction::Back) => carried > most,
                _ => false,
            };
            if broken && !self.is_over.swap(true, Ordering::SeqCst) {
                match self.how {
                    How::Cut => break,
                    How::Silent => silent.store(true, Ordering::SeqCst),
                }
            }
            let is_lost = matches!(way, Direction::Back) && silent.load(Ordering::SeqCst);
            if !is_lost && to.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}

#[derive(Clone, Copy, Debug)]
enum Direction {
    There,
    Back,
}

/// As 960 kB, more than are sent at once here.
const COUNT: i64 = 120_000;

fn numbers() -> Columns {
    let values = Values::Whole((0..COUNT).map(Some).collect());
    Columns(vec![Column { name: "n".into(), values }])
}

fn connect(address: &str) -> SparkEngine {
    // Engines at work say so every two or fifteen seconds.
    let (patience, message) = (Duration::from_secs(20), 400_000);
    let settings = SparkSettings { partitions: 4, patience, message };
    SparkEngine::connect(&address.parse().expect("an address"), settings).expect("an engine")
}

#[test]
fn rows_that_are_sent_arrive_once_although_a_connection_breaks() {
    for (name, address) in both() {
        for (sent, how) in [
            (60_000, How::Cut),
            (410_000, How::Cut),
            (640_000, How::Cut),
            (830_000, How::Silent),
            (940_000, How::Cut),
        ] {
            let folder = TempDir::new().expect("a folder");
            let place = folder.path().join("long").to_string_lossy().into_owned();
            let fault = Fault::new(Behind::Sent(sent), how);
            let mut engine = connect(&fault.before(&address));
            let case = format!("{name}, {fault:?}");
            engine
                .put("long", &numbers(), &place)
                .unwrap_or_else(|error| panic!("{case}: {error}"));
            assert!(fault.is_over.load(Ordering::SeqCst), "{case}: nothing broke");
            let sums = "SELECT COUNT(*) AS n, SUM(n) AS s, COUNT(DISTINCT n) AS d FROM long";
            let found = engine.rows(sums).unwrap_or_else(|error| panic!("{case}: {error}"));
            let found = ["n", "s", "d"].map(|sum| found.first_whole(sum));
            assert_eq!(found, [COUNT, COUNT * (COUNT - 1) / 2, COUNT].map(Some), "{case}");
        }
    }
}

#[test]
fn rows_that_come_back_come_once_although_a_connection_breaks() {
    for (name, address) in both() {
        for (answered, how) in [(90_000, How::Cut), (400_000, How::Silent), (700_000, How::Cut)] {
            let fault = Fault::new(Behind::Answered(answered), how);
            let mut engine = connect(&fault.before(&address));
            let case = format!("{name}, {fault:?}");
            let query = format!("SELECT id AS n FROM RANGE({COUNT}) ORDER BY n");
            let found = engine.rows(&query).unwrap_or_else(|error| panic!("{case}: {error}"));
            assert!(fault.is_over.load(Ordering::SeqCst), "{case}: nothing broke");
            assert_eq!(found.0[0].values, numbers().0[0].values, "{case}");
        }
    }
}
