//! Pipes, devices, and files that may not be read.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use crate::common::{Folder, SOUND, ended, kluwen, on_case};

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
    assert!(made.success());
}

/// A pipe without a writer would be waited for until the end of days, and /dev/zero has none.
#[test]
fn pipes_and_devices_are_refused_at_once() {
    let case = Folder::of(&SOUND[4..]);
    pipe(&case.join("people.csv"));
    let ran = on_case("check", case.path(), &[]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stderr.contains("people.csv: could not read: it is a pipe or device"), "{ran:#?}");
    for name in ["case.jsonl", "case.xlsx"] {
        let folder = Folder::of::<&str>(&[]);
        pipe(&folder.join(name));
        assert_eq!(on_case("check", &folder.join(name), &[]).code, Some(3), "{name}");
        let folder = Folder::of::<&str>(&[]);
        symlink("/dev/zero", folder.join(name)).expect("a link");
        assert_eq!(on_case("check", &folder.join(name), &[]).code, Some(3), "{name}");
    }
    let case = Folder::of(&SOUND[4..]);
    symlink("/dev/zero", case.join("people.csv")).expect("a link");
    assert_eq!(on_case("check", case.path(), &[]).code, Some(3));
}

#[test]
fn a_pipe_beside_the_tables_is_only_named() {
    let case = Folder::of(&SOUND);
    pipe(&case.join("other.csv"));
    let ran = on_case("check", case.path(), &[]).fine();
    assert!(ran.stdout.contains("other.csv: a name that the contract does not know"), "{ran:#?}");
}

#[test]
fn settings_are_files() {
    let case = Folder::of(&SOUND);
    pipe(&case.join("pipe"));
    let pipe = case.join("pipe");
    let pipe = pipe.to_str().expect("a temporary path is UTF-8");
    for flag in ["--mapping", "--grades"] {
        for path in [pipe, "/dev/zero"] {
            assert_eq!(on_case("check", case.path(), &[flag, path]).code, Some(3), "{flag} {path}");
        }
    }
}

#[test]
fn endless_input_is_stopped() {
    let zero = fs::File::open("/dev/zero").expect("a device");
    let ran = kluwen(["summary", "-"]).stdin(zero).output().expect("it runs");
    assert_eq!(ran.status.code(), Some(1));
}

/// The administrator reads everything, so the program is run as somebody else there.
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::process::CommandExt as _;
    let case = Folder::of(&SOUND);
    let allow = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    allow(case.path(), 0o755);
    allow(&case.join("people.csv"), 0);
    let mut command = kluwen(["check"]);
    command.arg(case.path());
    if fs::read(case.join("people.csv")).is_ok() {
        command.uid(65_534).gid(65_534);
    }
    let ran = ended(command, b"");
    assert_eq!(ran.code, Some(3), "{ran:#?}");
    assert!(ran.stderr.contains("people.csv: could not open: Permission denied"), "{ran:#?}");
}
