//! What several modules need: comparing numbers, folders of a case, and running the binary.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use kluwen::Untrusted;
use kluwen::case::{ReadOptions, Strictness, Taken, read};
use tempfile::TempDir;

/// Whether `got` is `want` within a relative error of `tolerance`.
pub(crate) fn close_to(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * want.abs().max(1e-300)
}

/// What a text says, for comparing it: only whoever writes JSON is handed that.
pub(crate) fn raw(text: &Untrusted) -> String {
    serde_json::from_value(serde_json::to_value(text).expect("it is a text")).expect("a text")
}

/// A file or folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder that goes when it is dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with these files in it.
    pub(crate) fn of<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let folder = Self(TempDir::with_prefix("kluwen-test").expect("a temporary folder"));
        for (name, bytes) in files {
            folder.write(name, bytes);
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        fs::write(&path, bytes).expect("a temporary file is written");
        path
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }
}

/// The smallest sound case that has a row in every table; tests spoil one file of it.
pub(crate) const SOUND: [(&str, &str); 8] = [
    ("cases.csv", "case_id,unit,opened,closed\nc1,North,2019-01-05,2020\nc2,South,,\n"),
    (
        "people.csv",
        "person_id,name,alias,birth,sex\np1,Anna,,2003-04,female\np2,Bram,,,male\n\
         p3,Cees,,,\np4,Dora,,,\n",
    ),
    ("channels.csv", "channel_id,name,class\nch1,Kletshoek,social_network\n"),
    ("places.csv", "place_id,name,class,lat,lon\npl1,Hotel,hotel,53.6,3.8\n"),
    (
        "identifiers.csv",
        "person_id,kind,value,channel_id,start,end\np2,phone,+31612345678,ch1,2019,2020\n",
    ),
    (
        "roles.csv",
        "case_id,person_id,role,status,minor,setting,start,end\nc1,p1,victim,victim,yes,home,,\n\
         c1,p2,recruiter,suspect,,,,\nc2,p1,victim,victim,yes,home,,\n",
    ),
    (
        "links.csv",
        "link_id,from,to,kind,case_id,about,channel_id,place_id,means,start,end,count\n\
         l1,p2,p1,first_contact,c1,,ch1,,,2019-03-02,,\n\
         l2,p2,p1,exploited,c1,,,pl1,threat;debt,2019-03-10,2019-05,2\n",
    ),
    (
        "ads.csv",
        "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted,last_seen,place_id\n\
         a1,ch1,c1,p1,p2,p2,2019-03-12,2019-03-20,pl1\n",
    ),
];

/// A sound case, but for one file.
pub(crate) fn spoilt(name: &str, bytes: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::of(&SOUND);
    folder.write(name, bytes);
    folder
}

/// Reads a case as `check` does: all faults are told.
pub(crate) fn report(path: &Path) -> Taken {
    let options = ReadOptions { strictness: Strictness::Report, ..ReadOptions::default() };
    read(path, &options).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Fails unless every row read was used or refused, file by file.
pub(crate) fn assert_conserved(taken: &Taken) {
    for count in &taken.counts {
        assert_eq!(count.read, count.used + count.refused, "{count:?}");
    }
    let (all, used, refused) = taken.totals();
    assert_eq!(all, used + refused);
}

/// What a run of the binary came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The same, once it is sure that the run ended well.
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// The binary, with these words.
pub(crate) fn kluwen<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kluwen"));
    command.args(words).env("NO_COLOR", "1");
    command
}

/// Runs a command of the binary on a case.
pub(crate) fn on_case(command: &str, case: &Path, words: &[&str]) -> Ran {
    let case = case.to_str().expect("a temporary path is UTF-8");
    let mut all = vec![command, case];
    all.extend(words);
    ended(kluwen(all), b"")
}

/// Waits for a command, which must end by itself, and does not panic.
pub(crate) fn ended(mut command: Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let (mut stdin, input) = (child.stdin.take().expect("it is piped"), input.to_vec());
    // A program that has seen enough does not read on.
    let writing = thread::spawn(move || drop(stdin.write_all(&input)));
    let reading = [
        all_of(child.stdout.take().expect("it is piped")),
        all_of(child.stderr.take().expect("it is piped")),
    ];
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("a child can be killed");
            panic!("it hangs: {command:?}");
        }
        thread::sleep(Duration::from_millis(2));
    };
    writing.join().expect("writing does not panic");
    let [stdout, stderr] = reading.map(|text| text.join().expect("reading does not panic"));
    assert!(!stderr.contains("panicked"), "{command:?}: {stderr}");
    Ran { code: status.code(), stdout, stderr }
}

fn all_of(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8(bytes).expect("output is UTF-8")
    })
}
