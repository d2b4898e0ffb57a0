//! Do rows come back as they were sent?

use kluwen::cluster::{Column, Columns, SparkEngine, SparkSettings, SqlEngine, Values};
use tempfile::TempDir;

use crate::engine::{both, engine, spark};

pub(crate) fn connect(address: &str) -> SparkEngine {
    let address = address.parse().expect("an address");
    SparkEngine::connect(&address, SparkSettings { partitions: 4, ..SparkSettings::default() })
        .expect("an engine")
}

fn column(name: &str, values: Values) -> Column {
    Column { name: name.into(), values }
}

fn sample() -> Columns {
    let texts = ["é漢🂡", "", "it's \"so\" `\\n` \n"].map(|text| Some(text.to_owned()));
    let texts = texts.into_iter().chain([None]);
    Columns(vec![
        column("n", Values::Whole(vec![Some(i64::MIN), Some(i64::MAX), None, Some(0)])),
        column("x", Values::Real(vec![Some(0.1), Some(-0.0), None, Some(f64::MAX)])),
        column("t", Values::Text(texts.collect())),
    ])
}

fn place(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

const ALL: &str = "SELECT n, x, t FROM sent ORDER BY n NULLS LAST, t";

#[test]
fn rows_come_back_as_they_were_sent() {
    for (name, address) in both() {
        let (mut engine, folder) = (connect(&address), TempDir::new().expect("a folder"));
        engine.put("sent", &sample(), &place(&folder, "sent")).expect(name);
        let types = engine.columns("sent").expect(name);
        assert_eq!(
            types,
            [("n", "bigint"), ("x", "double"), ("t", "string")].map(|(n, t)| (n.into(), t.into())),
            "{name}"
        );
        let back = engine.rows(ALL).expect(name);
        let order = [0, 3, 1, 2];
        assert_eq!(
            back.whole("n"),
            Some(&order.map(|at| sample().whole("n").expect("n")[at])[..]),
            "{name}"
        );
        assert_eq!(
            back.text("t"),
            Some(
                &order
                    .map(|at| sample().text("t").expect("t").get(at).map(str::to_owned))
                    .into_iter()
                    .collect()
            ),
            "{name}"
        );
        assert_eq!(
            back.real("x"),
            Some(&order.map(|at| sample().real("x").expect("x")[at])[..]),
            "{name}"
        );
        // Written from a query, and read by another session.
        engine
            .save(
                "copied",
                "SELECT n + 0 AS m, t FROM sent WHERE n = CAST(0 AS BIGINT)",
                &place(&folder, "copied"),
            )
            .expect(name);
        let mut other = connect(&address);
        other.open("again", &place(&folder, "copied")).expect(name);
        assert_eq!(
            other.rows("SELECT m FROM again").expect(name).whole("m"),
            Some(&[Some(0)][..]),
            "{name}"
        );
    }
}

#[test]
fn a_call_that_outlives_its_stream_is_waited_for() {
    let (mut engine, folder) = (connect(&spark()), TempDir::new().expect("a folder"));
    let sleep = "REFLECT('java.lang.Thread', 'sleep', CAST(1500 AS BIGINT)) AS slept";
    let slow = format!("SELECT id AS n, {sleep} FROM RANGE(0, 3, 1, 1)");
    let started = std::time::Instant::now();
    engine.save("slow", &slow, &place(&folder, "slow")).expect("it is written");
    // A test that does not outlive a stream of one second shows nothing.
    assert!(started.elapsed().as_secs() > 3);
    let numbers = [Some(0), Some(1), Some(2)];
    let rows = engine.rows("SELECT n FROM slow ORDER BY n").expect("rows");
    assert_eq!(rows.whole("n"), Some(&numbers[..]));
    let rows = engine.rows(&format!("SELECT n FROM ({slow}) AS again ORDER BY n")).expect("rows");
    assert_eq!(rows.whole("n"), Some(&numbers[..]));
    let long =
        engine.rows("SELECT id AS n, REPEAT('x', 99) AS t FROM RANGE(100000)").expect("rows");
    assert_eq!(long.row_count(), 100_000);
}

#[test]
fn a_table_without_rows_keeps_its_columns() {
    for (name, address) in both() {
        let (mut engine, folder) = (connect(&address), TempDir::new().expect("a folder"));
        engine.put("sent", &sample(), &place(&folder, "sent")).expect(name);
        engine
            .save(
                "none",
                "SELECT n, x AS `a b`, CURRENT_DATE() AS d FROM sent WHERE false",
                &place(&folder, "none"),
            )
            .expect(name);
        // Over one with rows, too.
        engine.save("less", "SELECT n FROM sent", &place(&folder, "less")).expect(name);
        engine
            .save("more", "SELECT t FROM none CROSS JOIN sent", &place(&folder, "less"))
            .expect(name);
        engine
            .put(
                "nothing",
                &Columns(vec![column("k", Values::Real(Vec::new()))]),
                &place(&folder, "nothing"),
            )
            .expect(name);
        let mut other = connect(&address);
        for (table, columns) in [
            ("none", &[("n", "bigint"), ("a b", "double"), ("d", "date")][..]),
            ("less", &[("t", "string")]),
            ("nothing", &[("k", "double")]),
        ] {
            other.open(table, &place(&folder, table)).expect(name);
            let columns: Vec<_> =
                columns.iter().map(|&(n, t)| (n.to_owned(), t.to_owned())).collect();
            assert_eq!(other.columns(table).expect(name), columns, "{name}, {table}");
            let rows = other.rows(&format!("SELECT * FROM {table}")).expect(name);
            assert_eq!((rows.row_count(), rows.0.len()), (0, columns.len()), "{name}, {table}");
        }
    }
}

#[test]
fn a_query_may_read_what_its_table_held_before() {
    for (name, address) in both() {
        let (mut engine, folder) = (connect(&address), TempDir::new().expect("a folder"));
        engine.save("t", "SELECT CAST(1 AS BIGINT) AS n", &place(&folder, "t-0")).expect(name);
        engine
            .save("t", "SELECT n + CAST(1 AS BIGINT) AS n FROM t", &place(&folder, "t-1"))
            .expect(name);
        engine
            .save("t", "SELECT n * CAST(10 AS BIGINT) AS n FROM t", &place(&folder, "t-0"))
            .expect(name);
        assert_eq!(
            engine.rows("SELECT n FROM t").expect(name).whole("n"),
            Some(&[Some(20)][..]),
            "{name}"
        );
    }
}

#[test]
fn long_tables_arrive_whole_and_in_both_directions() {
    let (address, folder) = (engine().parse().expect("an address"), TempDir::new());
    let folder = folder.expect("a folder");
    let settings = SparkSettings { message: 400_000, ..SparkSettings::default() };
    let mut engine = SparkEngine::connect(&address, settings).expect("an engine");
    let numbers = Values::Whole((0..120_000).map(Some).collect());
    let rows = Columns(vec![column("n", numbers.clone())]);
    engine.put("long", &rows, &place(&folder, "long")).expect("sent");
    let back = engine.rows("SELECT n FROM long ORDER BY n").expect("fetched");
    assert_eq!(back.0[0].values, numbers);
    // It stands at its own place as a whole.
    let mut other = connect(&crate::engine::engine());
    other.open("again", &place(&folder, "long")).expect("it is there");
    assert_eq!(other.rows("SELECT n FROM again").expect("fetched").row_count(), 120_000);
}

#[test]
fn what_goes_wrong_says_what_to_do() {
    for (name, address) in both() {
        let (mut engine, folder) = (connect(&address), TempDir::new().expect("a folder"));
        let missing = engine.open("t", &place(&folder, "nowhere")).expect_err(name).to_string();
        assert!(missing.contains("nowhere") && missing.contains("the engine"), "{name}: {missing}");
        let unknown = engine.rows("SELECT 1 AS n FROM nosuch").expect_err(name).to_string();
        assert!(
            unknown.contains("nosuch") && unknown.contains("tables of the case"),
            "{name}: {unknown}"
        );
        let strange = engine.rows("SELECT 1.5 AS n").expect_err(name).to_string();
        assert!(strange.contains("decimal") && strange.contains("CAST"), "{name}: {strange}");
    }
}

#[test]
fn what_looks_like_a_setting_of_the_server_is_a_text() {
    for (name, address) in both() {
        let rows = connect(&address).rows("SELECT 'a${env:HOME}b${x}' AS t").expect(name);
        let told = rows.text("t").and_then(|cells| cells.get(0));
        assert_eq!(told, Some("a${env:HOME}b${x}"), "{name}");
    }
}

#[test]
fn whoever_asks_by_name_has_one_session() {
    for (name, address) in both() {
        let beside = if address.contains("/;") { ";" } else { "/;" };
        let (mut engine, folder) = (
            connect(&format!("{address}{beside}user_id=analyst")),
            TempDir::new().expect("a folder"),
        );
        engine.put("sent", &sample(), &place(&folder, "sent")).expect(name);
        assert_eq!(engine.rows("SELECT n FROM sent").expect(name).row_count(), 4, "{name}");
    }
}
