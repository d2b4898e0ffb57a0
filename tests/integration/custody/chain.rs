use std::fs;
use std::io::Write as _;
use std::thread;

use kluwen::custody::{AuditLog, Chain, Detail, Note, Who};
use proptest::prelude::*;

use crate::common::Folder;

fn note(number: usize) -> Note {
    Note {
        seconds: 1_700_000_000 + i64::try_from(number).expect("few"),
        who: Who { login: "jan".into(), name: Some("Jan \"J\" Vries".into()) },
        purpose: "a test\nof two lines".into(),
        command: vec!["check".into(), "case é".into()],
    }
}

/// A log of so many runs.
fn log(folder: &Folder, runs: usize) -> AuditLog {
    let log = AuditLog::new(folder.join("audit.jsonl"));
    for run in 0..runs {
        let number = log.begun(&note(run)).expect("written");
        log.done(&note(run), number, Detail::default()).expect("written");
    }
    log
}

fn bytes(runs: usize) -> Vec<u8> {
    let folder = Folder::of::<&str>(&[]);
    fs::read(log(&folder, runs).path()).expect("it is there")
}

#[derive(Clone, Debug)]
enum Edit {
    Change(prop::sample::Index, u8),
    Delete(prop::sample::Index),
    Insert(prop::sample::Index, u8),
    SwapLines(prop::sample::Index, prop::sample::Index),
    DeleteLine(prop::sample::Index),
    RepeatLine(prop::sample::Index),
}

fn edits() -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), 1..=255_u8).prop_map(|(at, bits)| Edit::Change(at, bits)),
        index().prop_map(Edit::Delete),
        (index(), any::<u8>()).prop_map(|(at, byte)| Edit::Insert(at, byte)),
        (index(), index()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        index().prop_map(Edit::DeleteLine),
        index().prop_map(Edit::RepeatLine),
    ]
}

fn edited(whole: &[u8], edit: &Edit) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let mut lines: Vec<&[u8]> = whole.split_inclusive(|&b| b == b'\n').collect();
    match edit {
        Edit::Change(at, bits) => bytes[at.index(whole.len())] ^= bits,
        Edit::Delete(at) => drop(bytes.remove(at.index(whole.len()))),
        Edit::Insert(at, byte) => bytes.insert(at.index(whole.len() + 1), *byte),
        Edit::SwapLines(a, b) => {
            let count = lines.len();
            lines.swap(a.index(count), b.index(count));
            return lines.concat();
        }
        Edit::DeleteLine(at) => {
            // A chain that is cut at its end is a chain still: that is what the head is for.
            let at = at.index(lines.len() - 1);
            lines.remove(at);
            return lines.concat();
        }
        Edit::RepeatLine(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at]);
            return lines.concat();
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edit_of_a_log_is_found(edit in edits()) {
        static LOG: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
        let whole = LOG.get_or_init(|| bytes(3));
        let changed = edited(whole, &edit);
        prop_assume!(changed != *whole);
        prop_assert!(!Chain::of(&changed).holds(), "{edit:?}");
    }
}

#[test]
fn a_sound_log_holds_and_the_first_broken_line_is_named() {
    let whole = bytes(3);
    let chain = Chain::of(&whole);
    assert!(chain.holds());
    assert_eq!((chain.entries.len(), chain.unfinished().len()), (6, 0));
    let text = String::from_utf8(whole).expect("JSON");
    let third = text.lines().nth(2).expect("six lines").replace("\"number\":3", "\"number\":4");
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let third = format!("{third}\n");
    lines[2] = &third;
    let changed = lines.concat();
    assert_eq!(Chain::of(changed.as_bytes()).broken.expect("broken").line, 3);
}

#[test]
fn only_the_head_tells_of_a_chain_cut_at_its_end() {
    let whole = bytes(3);
    let head = Chain::of(&whole).head().to_owned();
    let last = whole[..whole.len() - 1].iter().rposition(|&b| b == b'\n').expect("six lines");
    let cut = Chain::of(&whole[..=last]);
    assert!(cut.holds());
    assert_eq!(cut.place_of(&head), None);
    assert_eq!(Chain::of(&whole).place_of(cut.head()), Some(5));
}

#[test]
fn a_line_that_was_not_finished_is_neither_fatal_nor_hidden() {
    let whole = bytes(2);
    let start = whole[..whole.len() - 1].iter().rposition(|&b| b == b'\n').expect("four lines") + 1;
    for cut in start..whole.len() {
        let folder = Folder::of(&[("audit.jsonl", &whole[..cut])]);
        let path = folder.join("audit.jsonl");
        let torn = Chain::of(&whole[..cut]);
        // Cut right behind an entry, nothing can be seen.
        assert_eq!(torn.holds(), cut == start, "{cut}");
        AuditLog::new(&path).begun(&note(9)).expect("the log goes on");
        let chain = Chain::read(&path).expect("read");
        assert!(chain.holds(), "{cut}: {:?}", chain.broken);
        let lacks_only_its_end = cut == whole.len() - 1;
        let noted: Vec<_> = chain.torn.iter().map(|torn| (torn.line, torn.is_noted)).collect();
        if cut == start || lacks_only_its_end {
            assert_eq!(noted, []);
        } else {
            assert_eq!(noted, [(4, true)]);
        }
        assert_eq!(chain.entries.len(), if lacks_only_its_end { 5 } else { 4 });
        if cut % 37 == 0 && cut > start && !lacks_only_its_end {
            // What was noted may not be changed either.
            let mut bytes = fs::read(&path).expect("read");
            bytes[start] ^= 1;
            assert!(!Chain::of(&bytes).holds(), "{cut}");
        }
    }
}

#[test]
fn an_altered_last_line_stops_the_log() {
    let folder = Folder::of::<&str>(&[]);
    let log = log(&folder, 1);
    let text = fs::read_to_string(log.path()).expect("read").replace("\"exit\":0", "\"exit\":1");
    fs::write(log.path(), text).expect("ours");
    assert!(
        log.begun(&note(1)).expect_err("altered").to_string().contains("not as it was written")
    );
    fs::OpenOptions::new()
        .append(true)
        .open(log.path())
        .expect("ours")
        .write_all(b"\n")
        .expect("ours");
    assert!(log.begun(&note(1)).is_err(), "an empty line is no entry");
}

#[test]
fn a_log_of_long_entries_is_gone_on_with() {
    let folder = Folder::of::<&str>(&[]);
    let log = AuditLog::new(folder.join("audit.jsonl"));
    for length in [10, 100_000, 300_000, 10] {
        log.begun(&Note { purpose: "x".repeat(length), ..note(0) }).expect("written");
    }
    assert_eq!(Chain::read(log.path()).expect("read").entries.len(), 4);
}

#[test]
fn two_who_write_at_once_take_turns() {
    let folder = Folder::of::<&str>(&[]);
    let path = folder.join("audit.jsonl");
    thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                for _ in 0..10 {
                    AuditLog::new(path).begun(&note(writer)).expect("written");
                }
            });
        }
    });
    let chain = Chain::read(&path).expect("read");
    assert!(chain.holds(), "{:?}", chain.broken);
    assert_eq!(chain.entries.len(), 40);
}

#[test]
#[cfg(unix)]
fn a_log_is_its_owners_alone_and_is_no_device() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::of::<&str>(&[]);
    let log = log(&folder, 1);
    let mode = fs::metadata(log.path()).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(AuditLog::new("/dev/full").begun(&note(0)).is_err());
    assert!(AuditLog::new("/dev/null").begun(&note(0)).is_err());
}
