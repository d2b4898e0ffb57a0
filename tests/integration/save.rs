//! Files are written whole or not at all.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kluwen::custody::{InputRole, Manifest};
use kluwen::error::ErrorKind;
use kluwen::output::{Drafts, InputGuard, save};
use sha2::{Digest, Sha256};

fn put(path: &Path, bytes: &[u8]) -> kluwen::Result<kluwen::output::Saved> {
    save(path, &InputGuard::default(), |out| out.write_all(bytes))
}

/// A folder with an old report in it.
fn old_report() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.md");
    put(&path, b"old").unwrap();
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_file_is_made_and_replaced_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.md");
    for text in ["first, and longer", "second"] {
        put(&path, text.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(names(folder.path()), ["report.md"]);
    }
}

#[test]
fn what_was_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big");
    let bytes = vec![b'x'; 100_000];
    let saved = put(&path, &bytes).unwrap();
    let byte = |at: usize| u8::from_str_radix(&saved.sha256[at..at + 2], 16).unwrap();
    let told: Vec<u8> = (0..64).step_by(2).map(byte).collect();
    assert_eq!(told, Sha256::digest(&bytes)[..]);
    assert_eq!(saved.bytes, 100_000);
}

#[test]
fn a_failure_half_way_leaves_the_old_file_and_no_part() {
    let (folder, path) = old_report();
    let failed = save(&path, &InputGuard::default(), |out| {
        out.write_all(&vec![b'n'; 100_000])?;
        Err(io::Error::other("the device is full"))
    });
    assert!(matches!(failed.unwrap_err().kind(), ErrorKind::Io { .. }));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["report.md"]);
}

#[test]
fn a_panic_half_way_leaves_the_old_file_and_no_part() {
    let (folder, path) = old_report();
    let panicked =
        std::panic::catch_unwind(|| save(&path, &InputGuard::default(), |_| panic!("half way")));
    assert!(panicked.is_err());
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["report.md"]);
}

#[test]
fn a_killed_run_leaves_the_old_file() {
    let (folder, path) = old_report();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "save::writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(TARGET, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(said.any(|line| line.unwrap().ends_with(HALF_WAY)), "it gets half way");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"old");
    // A part may be left only where the file system has no files without a name.
    let part = |name: &String| name.starts_with(".kluwen-");
    let others = names(folder.path()).into_iter().filter(|name| name != "report.md");
    assert!(others.into_iter().all(|name| part(&name)));
}

/// Names the file to a run that is to be killed.
const TARGET: &str = "KLUWEN_TEST_TARGET";
const HALF_WAY: &str = "half way";

#[test]
#[ignore = "run by `a_killed_run_leaves_the_old_file`"]
fn writes_until_it_is_killed() {
    let path = std::env::var_os(TARGET).unwrap();
    let _ = save(Path::new(&path), &InputGuard::default(), |out| {
        out.write_all(&vec![b'n'; 100_000])?;
        println!("{HALF_WAY}");
        std::thread::sleep(std::time::Duration::from_secs(60));
        Ok(())
    });
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.md");
    fs::write(&path, "open to all").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    put(&path, b"new").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_what_it_leads_to_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (kept, link) = (folder.path().join("kept"), folder.path().join("link"));
    fs::write(&kept, "kept").unwrap();
    std::os::unix::fs::symlink(&kept, &link).unwrap();
    put(&link, b"new").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_file());
    assert_eq!(fs::read(&kept).unwrap(), b"kept");
}

#[cfg(unix)]
#[test]
fn an_input_is_refused_by_whatever_name() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("links.csv");
    let (link, twin) = (folder.path().join("link"), folder.path().join("twin"));
    fs::write(&input, "evidence").unwrap();
    std::os::unix::fs::symlink(&input, &link).unwrap();
    fs::hard_link(&input, &twin).unwrap();
    let roundabout = folder.path().join(".").join("links.csv");
    let guard = InputGuard::new([&input]);
    for path in [&input, &link, &twin, &roundabout] {
        let refused = save(path, &guard, |out| out.write_all(b"new")).unwrap_err();
        assert!(matches!(refused.kind(), ErrorKind::Usage(_)), "{}", path.display());
    }
    assert_eq!(fs::read(&input).unwrap(), b"evidence");
}

#[test]
fn a_folder_that_takes_no_files_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let no_folder = folder.path().join("missing").join("report.md");
    for path in [file.join("report.md"), no_folder] {
        assert!(matches!(put(&path, b"x").unwrap_err().kind(), ErrorKind::Io { .. }));
    }
    let over_a_folder = put(folder.path(), b"x").unwrap_err();
    assert!(matches!(over_a_folder.kind(), ErrorKind::Io { .. }));
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_and_a_device_are_errors() {
    // The device by a link, so that no fault of ours puts a file in its place. Even root may not make files in /proc.
    let folder = tempfile::tempdir().unwrap();
    let device = folder.path().join("device");
    std::os::unix::fs::symlink("/dev/null", &device).unwrap();
    for path in [Path::new("/proc/report.md"), &device] {
        let refused = put(path, b"x").unwrap_err();
        assert!(matches!(refused.kind(), ErrorKind::Io { .. }), "{}", path.display());
    }
    assert!(fs::symlink_metadata(&device).unwrap().is_symlink());
}

#[test]
fn files_that_belong_together_take_their_names_together() {
    let (folder, report) = old_report();
    let seal = folder.path().join("manifest.json");
    put(&seal, b"old").unwrap();
    let guard = InputGuard::default();
    let mut drafts = Drafts::new(&guard);
    drafts.stage(&report, |out| out.write_all(b"new")).unwrap();
    drafts.stage(&seal, |out| out.write_all(b"new")).unwrap();
    assert_eq!(
        (fs::read(&report).unwrap(), fs::read(&seal).unwrap()),
        (b"old".into(), b"old".into())
    );
    drafts.commit().unwrap();
    assert_eq!(
        (fs::read(&report).unwrap(), fs::read(&seal).unwrap()),
        (b"new".into(), b"new".into())
    );
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn a_file_that_fails_leaves_all_that_belong_to_it() {
    let (folder, report) = old_report();
    let guard = InputGuard::default();
    let mut drafts = Drafts::new(&guard);
    drafts.stage(&report, |out| out.write_all(b"new")).unwrap();
    let failed = drafts.stage(folder.path().join("map.svg"), |_| Err(io::Error::other("full")));
    assert!(matches!(failed.unwrap_err().kind(), ErrorKind::Io { .. }));
    drop(drafts);
    assert_eq!(fs::read(&report).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["report.md"]);
}

#[test]
fn a_name_that_cannot_be_given_leaves_no_folder_that_looks_complete() {
    let (folder, report) = old_report();
    let seal = folder.path().join("manifest.json");
    put(&seal, b"old").unwrap();
    let guard = InputGuard::default();
    let mut drafts = Drafts::new(&guard);
    drafts.stage(&report, |out| out.write_all(b"new")).unwrap();
    drafts.stage(folder.path().join("map.svg"), |out| out.write_all(b"new")).unwrap();
    drafts.stage(&seal, |out| out.write_all(b"new")).unwrap();
    // No file takes the place of a folder.
    fs::create_dir(folder.path().join("map.svg")).unwrap();
    assert!(drafts.commit().is_err());
    let mut left = names(folder.path());
    left.sort();
    assert_eq!(left, ["map.svg", "report.md"]);
}

#[test]
fn a_new_folder_holds_one_run_and_nothing_older() {
    let folder = tempfile::tempdir().unwrap();
    let (guard, new) = (InputGuard::default(), folder.path().join("new"));
    let staged = || {
        let mut drafts = Drafts::in_new_folder(&new, &guard).unwrap();
        drafts.stage(new.join("people.csv"), |out| out.write_all(b"x")).unwrap();
        drafts
    };
    let (one, other) = (staged(), staged());
    one.commit().unwrap();
    assert!(matches!(other.commit().unwrap_err().kind(), ErrorKind::Io { .. }));
    let refused = Drafts::in_new_folder(&new, &guard).unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Usage(_)));
    assert_eq!(names(&new), ["people.csv"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_it_is_not_known_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (endless, out) = (folder.path().join("endless"), folder.path().join("out"));
    std::os::unix::fs::symlink(&endless, &endless).unwrap();
    let refused = save(&out, &InputGuard::new([&endless]), |out| out.write_all(b"new"));
    assert!(matches!(refused.unwrap_err().kind(), ErrorKind::Io { .. }));
    assert!(!out.exists());
}

#[test]
fn the_manifest_names_what_went_in_and_came_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut manifest = Manifest::new(7);
    manifest.settings.insert("least".into(), 3.into());
    let files = [kluwen::case::InputFile {
        name: "/home/somebody/case/links.csv".into(),
        bytes: 12,
        sha256: Some("0".repeat(64)),
    }];
    manifest.read_from(InputRole::Case, &files).unwrap();
    let saved = put(&folder.path().join("report.md"), b"abc").unwrap();
    manifest.wrote("report.md", saved);
    manifest.save(folder.path(), &InputGuard::default()).unwrap();
    let text = fs::read_to_string(folder.path().join(Manifest::NAME)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["schema"], "kluwen.manifest/2");
    assert_eq!(json["settings"]["least"], 3);
    assert_eq!(json["inputs"][0]["name"], "links.csv");
    assert_eq!(json["outputs"][0]["bytes"], 3);
    assert_eq!(
        json["outputs"][0]["sha256"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert!(!text.contains("somebody"));
}
