//! The flags that say where whole-graph questions are worked out.

use std::path::{Path, PathBuf};

use clap::Args;
use kluwen::cluster::{Address, SqlEngine, StepKind};
use kluwen::error::{Error, Result};

use super::{Manner, record};

const LOCAL: &str = "local";

/// What a job can be written for: one program, of which nothing is fetched before its end.
pub(crate) const JOBS: &str =
    "`rank` by degree, strength, pagerank, core and birank, and for `group --by components`";

/// Where it is worked out.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub(crate) struct EngineFlags {
    /// Where it is worked out: `local`, this machine; `sc://host:port`, an engine that answers to Spark Connect (Spark 4, Sail); `emit:FILE.py`, nowhere yet: a job for Spark is written
    ///
    /// CASE is then a folder of Parquet tables as `kluwen convert --to parquet --key` writes it, which the engine reads by the same path. Below a billion edges this machine
    /// is faster: see `kluwen plan`. That an engine is sent queries and ids, and its address, is said on standard error and stands in the audit log. Give a token as `SPARK_CONNECT_AUTHENTICATE_TOKEN` in the
    /// environment rather than in the address: other users of this machine see the words of a command.
    #[arg(long, value_name = "WHERE", default_value = LOCAL, help_heading = "Engine")]
    engine: String,
    /// The place of the tables of CASE as the engine sees it, such as `s3a://bucket/case`; none, and it is the path of CASE
    #[arg(long, value_name = "PLACE", help_heading = "Engine")]
    tables: Option<String>,
    /// The case at home that CASE was written from under `--key`: names, numbers and days of birth, which CASE lacks, are read of it here to say who is who, and are not sent
    #[arg(long, value_name = "CASE_AT_HOME", help_heading = "Engine")]
    names: Option<PathBuf>,
    /// Where the engine keeps the tables of each round, as it sees it: a folder that it shares with this machine, or a URL; needed with an engine
    #[arg(long, value_name = "PLACE", help_heading = "Engine")]
    work: Option<String>,
    /// Go on behind the last whole round that stands in `--work`
    #[arg(long, help_heading = "Engine")]
    resume: bool,
    /// Into how many parts the engine cuts what it sorts and joins: two to four for each of its cores [default: 8]
    #[arg(long, value_name = "N", help_heading = "Engine")]
    partitions: Option<u32>,
    /// Send the case to an engine on another machine without TLS; whoever is on the way can read it
    #[arg(long, help_heading = "Engine")]
    insecure_engine: bool,
}

/// Where it is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Where {
    Here,
    There(Address),
    Job(PathBuf),
}

impl EngineFlags {
    /// Whether it is worked out on this machine.
    pub(crate) fn is_local(&self) -> bool {
        self.engine == LOCAL
    }

    /// The file of the job that is to be written, where one is.
    pub(crate) fn job(&self) -> Result<Option<PathBuf>> {
        Ok(match self.place()? {
            Where::Job(path) => Some(path),
            _ => None,
        })
    }

    /// Refuses what contradicts itself, or would be ignored. The first thing that a command with these flags does.
    pub(crate) fn check(&self) -> Result<()> {
        let place = self.place()?;
        if place == Where::Here {
            let given = [
                ("--tables", self.tables.is_some()),
                ("--names", self.names.is_some()),
                ("--work", self.work.is_some()),
                ("--resume", self.resume),
                ("--partitions", self.partitions.is_some()),
                ("--insecure-engine", self.insecure_engine),
            ];
            if let Some((flag, _)) = given.iter().find(|(_, given)| *given) {
                return Err(Error::usage(format!(
                    "`{flag}` would be ignored: it goes with `--engine sc://…` and `--engine emit:…`"
                )));
            }
        }
        if let Where::Job(_) = place {
            self.refuse_what_a_job_does_not_take()?;
        }
        if self.partitions.is_some_and(|parts| parts == 0 || parts > 100_000) {
            return Err(Error::usage("`--partitions` must lie in 1 to 100000"));
        }
        match place {
            Where::There(address) => self.refuse_to_be_read(&address),
            _ => Ok(()),
        }
    }

    /// Begins a session on the engine; says so, and notes it for the audit log.
    pub(crate) fn connect(&self) -> Result<Box<dyn SqlEngine>> {
        self.check()?;
        let Where::There(address) = self.place()? else {
            return Err(Error::usage("`--engine` names no engine to connect to"));
        };
        record::engine(&address);
        let engine = begin(&address, self.partitions())?;
        // Said whatever is to be quiet: that a case leaves this machine is nothing to keep quiet about. Nothing was sent before.
        super::tell(&format!(
            "Worked out on {address}, which is sent queries and ids of this case."
        ));
        Ok(engine)
    }

    /// The folder of Parquet tables that CASE is, as the engine sees it.
    pub(crate) fn tables(&self, case: &Path) -> Result<String> {
        match &self.tables {
            Some(place) => as_seen(place, "--tables"),
            None => as_seen(&case.to_string_lossy(), "CASE"),
        }
    }

    /// The case at home that the tables were written from, where it is to say who is who.
    pub(crate) fn names(&self) -> Option<&Path> {
        self.names.as_deref()
    }

    /// Whether the engine is on another machine.
    pub(crate) fn is_elsewhere(&self) -> Result<bool> {
        Ok(matches!(self.place()?, Where::There(address) if !address.is_this_machine()))
    }

    /// Where the tables of rounds go, for a command.
    pub(crate) fn work(&self, command: &str) -> Result<String> {
        let Some(work) = &self.work else {
            return Err(Error::usage(
                "an engine keeps the tables that it makes: say where with `--work PLACE`, a folder that it shares with this machine, or a URL",
            ));
        };
        Ok(format!("{}/{command}", as_seen(work, "--work")?.trim_end_matches('/')))
    }

    /// Whether to go on where a run was broken off.
    pub(crate) fn resume(&self) -> bool {
        self.resume
    }

    /// Into how many parts the engine cuts what it sorts.
    pub(crate) fn partitions(&self) -> u32 {
        self.partitions.unwrap_or(DEFAULT_PARTITIONS)
    }

    fn place(&self) -> Result<Where> {
        if self.is_local() {
            return Ok(Where::Here);
        }
        match self.engine.strip_prefix("emit:") {
            Some("") => Err(Error::usage(
                "`emit:` is followed by the file of the job: `--engine emit:job.py`",
            )),
            Some(path) => Ok(Where::Job(path.into())),
            None if self.engine.starts_with("sc://") => Ok(Where::There(self.engine.parse()?)),
            None => Err(Error::usage(
                "`--engine` is `local`, `sc://host:port` with the `sc://` before the host, or `emit:FILE.py`; no engine is chosen for you, because a case goes there",
            )),
        }
    }

    fn refuse_what_a_job_does_not_take(&self) -> Result<()> {
        let later = |flag: &str| {
            format!(
                "`{flag}` is for the job that is written: `spark-submit job.py {flag}`; leave it out here"
            )
        };
        let refused = [
            (self.names.is_some(), "`--names` says who is who in rows that an engine gives back, and a job gives none: leave it out, or have who is who worked out by an engine".to_owned()),
            (self.tables.is_some(), later("--tables PLACE")),
            (self.work.is_some(), later("--work PLACE")),
            (self.resume, later("--resume")),
            (self.insecure_engine, "`--insecure-engine` is for an address, and a job is sent nowhere: leave it out".to_owned()),
        ];
        match refused.into_iter().find(|(given, _)| *given) {
            Some((_, why)) => Err(Error::usage(why)),
            None => Ok(()),
        }
    }

    fn refuse_to_be_read(&self, address: &Address) -> Result<()> {
        if address.is_encrypted() || address.is_this_machine() || self.insecure_engine {
            return Ok(());
        }
        Err(Error::usage(format!(
            "{address} is another machine, and what is sent there can be read on the way: have the engine speak TLS and give `;use_ssl=true`, or say `--insecure-engine`"
        )))
    }
}

const DEFAULT_PARTITIONS: u32 = 8;

/// A place as the engine sees it: whole, because it knows nothing of the folder in which we are, and with nothing in it that the engine
/// takes for a pattern.
fn as_seen(place: &str, flag: &str) -> Result<String> {
    if place.contains(['*', '?', '[', ']', '{', '}', '\\', ',']) {
        return Err(Error::usage(format!(
            "`{flag}`: engines take `* ? [ ] {{ }} \\ ,` in a place for a pattern; give it another name"
        )));
    }
    if place.contains("://") {
        return Ok(place.to_owned());
    }
    let path = std::path::absolute(place).map_err(|error| Error::io(place, "find", error))?;
    path.into_os_string()
        .into_string()
        .map_err(|_| Error::usage(format!("`{flag}` is no text in UTF-8, which engines ask for")))
}

#[cfg(feature = "spark")]
fn begin(address: &Address, partitions: u32) -> Result<Box<dyn SqlEngine>> {
    use kluwen::cluster::{SparkEngine, SparkSettings};

    let engine =
        SparkEngine::connect(address, SparkSettings { partitions, ..SparkSettings::default() })?;
    Ok(Box::new(engine))
}

#[cfg(not(feature = "spark"))]
fn begin(_: &Address, _: u32) -> Result<Box<dyn SqlEngine>> {
    Err(Error::usage(format!(
        "this kluwen was built to open no connection: build it with `cargo build --release --features spark` (it takes `protoc`), or have a job written with `--engine emit:FILE.py`, which is for {JOBS}"
    )))
}

/// Tells how far a run on an engine came.
pub(crate) fn teller(manner: Manner) -> impl FnMut(&kluwen::cluster::Step) {
    move |step| {
        let moved =
            step.moved.map_or(String::new(), |moved| format!(", {} still moving", moving(moved)));
        let what = match step.kind {
            StepKind::Made => format!("round {}{moved}", step.round),
            StepKind::TakenUp => format!("taken up behind round {}{moved}", step.round),
            StepKind::GivenUp => "no round that was kept is whole, so that it begins anew".into(),
        };
        manner.say(&format!("{}: {what}", step.program));
    }
}

/// How many still move, or how far.
fn moving(moved: f64) -> String {
    if moved.fract() == 0.0 { format!("{moved}") } else { format!("{moved:.3e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_as_counts() {
        assert_eq!([0.0, 181.0, 1.25e-7].map(moving), ["0", "181", "1.250e-7"]);
    }

    fn flags(engine: &str) -> EngineFlags {
        EngineFlags {
            engine: engine.into(),
            tables: None,
            names: None,
            work: None,
            resume: false,
            partitions: None,
            insecure_engine: false,
        }
    }

    #[test]
    fn an_engine_elsewhere_is_refused_unless_encrypted_or_insisted_on() {
        let insecure = EngineFlags { insecure_engine: true, ..flags("sc://spark.example:15002") };
        for fine in [
            flags(LOCAL),
            flags("sc://localhost:1"),
            flags("sc://s.example/;use_ssl=true"),
            insecure,
        ] {
            fine.check().expect("fine");
        }
        for engine in ["sc://spark.example:15002/;token=s3cret", "sc://10.0.0.1;use_ssl=false"] {
            let error = flags(engine).check().expect_err(engine).to_string();
            assert!(error.contains("--insecure-engine") && !error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn what_would_be_ignored_is_refused() {
        let ignored = EngineFlags { resume: true, ..flags(LOCAL) };
        assert!(ignored.check().expect_err("ignored").to_string().contains("--resume"));
        for engine in ["auto", "spark", "emit:", "sc://", ""] {
            flags(engine).check().expect_err(engine);
        }
        let none = EngineFlags { partitions: Some(0), ..flags("sc://localhost") };
        none.check().expect_err("no parts");
    }

    #[test]
    fn places_are_whole_and_no_patterns() {
        let own = EngineFlags { work: Some("w".into()), ..flags("sc://localhost") };
        let work = own.work("rank").expect("a place");
        assert!(Path::new(&work).is_absolute() && work.ends_with("/w/rank"), "{work}");
        let url = EngineFlags { work: Some("s3a://b/w/".into()), ..flags("sc://localhost") };
        assert_eq!(url.work("rank").expect("a place"), "s3a://b/w/rank");
        let pattern = EngineFlags { work: Some("a*".into()), ..flags("sc://localhost") };
        pattern.work("rank").expect_err("a pattern");
        flags("sc://localhost").work("rank").expect_err("no place");
    }

    #[test]
    fn only_an_engine_on_another_machine_is_elsewhere() {
        for (engine, elsewhere) in [
            (LOCAL, false),
            ("emit:job.py", false),
            ("sc://localhost:15002", false),
            ("sc://127.0.0.1", false),
            ("sc://spark.example", true),
        ] {
            assert_eq!(flags(engine).is_elsewhere().expect(engine), elsewhere, "{engine}");
        }
        flags("nowhere").is_elsewhere().expect_err("no engine");
    }

    #[test]
    fn a_job_has_a_file_and_nothing_else_has() {
        let job = |engine| flags(engine).job().expect(engine);
        assert_eq!(job("emit:a/job.py"), Some("a/job.py".into()));
        assert_eq!([job(LOCAL), job("sc://localhost")], [None, None]);
        assert_eq!([LOCAL, "emit:job.py"].map(|engine| flags(engine).is_local()), [true, false]);
    }

    #[test]
    fn every_flag_of_an_engine_is_refused_by_name_where_there_is_none() {
        let here = || flags(LOCAL);
        for (given, flag) in [
            (EngineFlags { tables: Some("t".into()), ..here() }, "--tables"),
            (EngineFlags { names: Some("n".into()), ..here() }, "--names"),
            (EngineFlags { work: Some("w".into()), ..here() }, "--work"),
            (EngineFlags { resume: true, ..here() }, "--resume"),
            (EngineFlags { partitions: Some(4), ..here() }, "--partitions"),
            (EngineFlags { insecure_engine: true, ..here() }, "--insecure-engine"),
        ] {
            let error = given.check().expect_err(flag).to_string();
            assert!(error.starts_with(&format!("`{flag}` would be ignored")), "{error}");
            let of_job = EngineFlags { engine: "emit:job.py".into(), ..given.clone() }.check();
            if flag == "--partitions" {
                of_job.expect("it is for a job");
            } else {
                let error = of_job.expect_err("the job is given it").to_string();
                assert!(error.contains(flag), "{error}");
            }
            EngineFlags { engine: "sc://localhost".into(), ..given }.check().expect("an engine");
        }
    }

    #[test]
    fn an_engine_sorts_in_one_to_a_hundred_thousand_parts() {
        let of = |parts| EngineFlags { partitions: Some(parts), ..flags("emit:job.py") };
        for parts in [1, 100_000] {
            of(parts).check().expect("so many");
            assert_eq!(of(parts).partitions(), parts);
        }
        for parts in [0, 100_001] {
            let error = of(parts).check().expect_err("too few or many").to_string();
            assert!(error.contains("must lie in 1 to 100000"), "{error}");
        }
        assert_eq!(flags(LOCAL).partitions(), 8);
    }

    #[test]
    fn tables_are_at_the_place_that_is_given_or_at_the_case() {
        let tables = |place: Option<&str>| {
            let tables = place.map(str::to_owned);
            EngineFlags { tables, ..flags("sc://localhost") }.tables(Path::new("case"))
        };
        assert_eq!(tables(Some("s3a://bucket/case")).expect("a place"), "s3a://bucket/case");
        let own = tables(None).expect("a place");
        assert!(Path::new(&own).is_absolute() && own.ends_with("/case"), "{own}");
        let error = tables(Some("a{b}")).expect_err("a pattern").to_string();
        assert!(error.starts_with("`--tables`: engines take"), "{error}");
        let pattern = flags("sc://localhost").tables(Path::new("a,b")).expect_err("a pattern");
        assert!(pattern.to_string().starts_with("`CASE`: engines take"), "{pattern}");
    }

    #[test]
    fn only_an_address_is_connected_to() {
        for engine in [LOCAL, "emit:job.py"] {
            let error = flags(engine).connect().err().expect("no engine").to_string();
            assert!(error.contains("names no engine to connect to"), "{error}");
        }
    }
}
