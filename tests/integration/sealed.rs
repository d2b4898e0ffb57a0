//! Nothing leaves by the back door: no core of a crash, and no connection.

use std::fs;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::common::{Folder, repository};

/// The program, waiting for its input, after a shell has allowed cores of any size.
fn waiting(folder: &Path) -> std::process::Child {
    let mut command = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_kluwen");
    command.args(["-c", "ulimit -c unlimited; exec \"$0\" check -", program]);
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

fn limits(child: u32) -> String {
    fs::read_to_string(format!("/proc/{child}/limits")).unwrap_or_default()
}

#[test]
fn a_crash_leaves_no_core() {
    // The first of two signals of a wrong address ends what looks whether a stack ran over.
    for (signal, times) in [("ABRT", 1), ("SEGV", 2)] {
        let folder = Folder::of::<&str>(&[]);
        let mut child = waiting(folder.path());
        let sealed = |text: &str| {
            let row = text.lines().find(|row| row.starts_with("Max core file size")).unwrap_or("");
            row.split_whitespace().filter(|word| *word == "0").count() == 2
        };
        // The shell comes first; then the program seals itself.
        let begun = std::time::Instant::now();
        while !sealed(&limits(child.id())) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{}", limits(child.id()));
            thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..times {
            let words = [format!("-{signal}"), child.id().to_string()];
            assert!(Command::new("kill").args(words).status().unwrap().success());
            thread::sleep(Duration::from_millis(100));
        }
        let status = child.wait().unwrap();
        assert!(status.signal().is_some(), "{status:?}");
        assert!(!status.core_dumped(), "{signal}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn nobody_else_may_look_into_the_process_and_it_can_still_write_files() {
    let root = fs::metadata("/proc/self").map(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if !root.unwrap_or(false) {
        return;
    }
    // As a user without privileges, whose own entries in /proc are no longer his.
    let folder = Folder::of::<&str>(&[]);
    std::os::unix::fs::chown(folder.path(), Some(65534), Some(65534)).unwrap();
    let program = folder.join("program");
    fs::copy(env!("CARGO_BIN_EXE_kluwen"), &program).unwrap();
    let mut permissions = fs::metadata(&program).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    fs::set_permissions(&program, permissions).unwrap();
    let key = folder.join("case.key");
    let ran = Command::new(&program)
        .args([Path::new("key"), &key])
        .uid(65534)
        .gid(65534)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert_eq!(fs::metadata(&key).unwrap().len(), 78);
}

#[test]
fn no_command_opens_a_socket() {
    if Command::new("strace").arg("-V").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "strace is wanted here");
        return;
    }
    let folder = Folder::of::<&str>(&[]);
    let case = repository("graphs/study25");
    let case = case.to_str().unwrap();
    let out = folder.join("out");
    let out = out.to_str().unwrap();
    for words in [
        &["check", case][..],
        &["summary", case, "--identity", "given"],
        &["recruiters", case, "--identity", "given", "--draws", "2"],
        &["convert", case, out],
        &["map", case, "--identity", "given", "--network", "cases", "--format", "html"],
    ] {
        let trace = folder.join("trace");
        // Of a thread that ended under its eyes strace cannot say which call it made; then it is watched anew.
        let mut runs = (0..3).map(|_| calls_about_sockets(words, &trace));
        let known = runs.find(|calls| !calls.iter().any(|call| call.contains("???(")));
        assert_eq!(known, Some(Vec::new()), "{words:?}");
    }
}

/// What a run asks of the system about sockets, each call as strace writes it.
fn calls_about_sockets(words: &[&str], trace: &Path) -> Vec<String> {
    let traced = Command::new("strace")
        // A pair of sockets by which a signal wakes a thread leads nowhere else.
        .args(["-f", "-qq", "-e", "trace=socket,connect,bind,listen,accept,accept4", "-o"])
        .arg(trace)
        .arg(env!("CARGO_BIN_EXE_kluwen"))
        .args(words)
        .stdout(Stdio::null())
        .output()
        .unwrap();
    assert!(traced.status.success(), "{words:?}: {traced:?}");
    let calls = fs::read_to_string(trace).unwrap();
    calls.lines().filter(|line| !line.contains("+++")).map(str::to_owned).collect()
}
