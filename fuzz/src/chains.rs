//! Cases read, written and read again.

use kluwen::case::{Case, Strictness, Taken, read, write_snapshot};
use kluwen::finding::Analysis;
use kluwen::identity::Identities;
use kluwen::output::{
    CaseData, Disclosure, write_csv_table, write_findings, write_ftm, write_json_lines,
};

use super::cases::{nothing_lost, options};
use super::scratch;

/// A case of which the faulty rows are left out; none where it cannot be read at all.
fn taken(data: &[u8]) -> Option<Taken> {
    scratch::file("case.jsonl", data, |path| read(path, &options(Strictness::Report)).ok())
}

/// All cells of a case: two cases with the same text are the same.
fn lines(case: &Case) -> Vec<u8> {
    let mut out = Vec::new();
    write_json_lines(&CaseData::new(case, Disclosure::Revealed), &mut out).expect("memory");
    out
}

fn back(name: &str, bytes: &[u8], was: &[u8]) -> Taken {
    let shown =
        || format!("{}\nof\n{}", String::from_utf8_lossy(bytes), String::from_utf8_lossy(was));
    scratch::file(name, bytes, |path| {
        read(path, &options(Strictness::StopAtFirst))
            .unwrap_or_else(|error| panic!("{error}\n{}", shown()))
    })
}

fn objects(lines: &[u8]) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let lines = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("an object a line")).collect()
}

#[track_caller]
fn same(one: &[u8], other: &[u8]) {
    assert_eq!(String::from_utf8_lossy(one), String::from_utf8_lossy(other));
}

/// What is written of a case as JSON Lines and as CSV is the case.
pub(crate) fn case_chain(data: &[u8]) {
    let Some(taken) = taken(data) else { return };
    let written = lines(&taken.case);
    // Of a case without people or acts no file can be made that is a case.
    if taken.case.people.is_empty() || taken.case.links.is_empty() && taken.case.roles.is_empty() {
        return;
    }
    same(&lines(&back("again.jsonl", &written, data).case), &written);
    let data = CaseData::new(&taken.case, Disclosure::Revealed);
    let mut files = Vec::new();
    for table in data.tables() {
        let mut out = Vec::new();
        if write_csv_table(&data, table, &mut out).is_err() {
            // CSV holds no zero byte, and says so.
            assert!(String::from_utf8_lossy(&written).contains("\\u0000"));
            return;
        }
        files.push((format!("{table}.csv"), out));
    }
    let borrowed: Vec<(String, &[u8])> =
        files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect();
    let again =
        scratch::folder(&borrowed, |folder| read(folder, &options(Strictness::StopAtFirst)));
    let again = again.unwrap_or_else(|error| panic!("{error}\n{files:?}"));
    // What the contract does not know stands in the order of the columns, not of the row.
    assert_eq!(objects(&lines(&again.case)), objects(&written));
}

/// A snapshot of a case is the case, with the counts that it had.
pub(crate) fn snapshot_chain(data: &[u8]) {
    let Some(taken) = taken(data) else { return };
    let mut packed = Vec::new();
    write_snapshot(&taken, &[], &mut packed).expect("memory");
    let again = back("case.kluwen", &packed, data);
    same(&lines(&again.case), &lines(&taken.case));
    assert_eq!(again.totals(), taken.totals());
    assert_eq!(
        again.case.victims_of_refused_rows().len(),
        taken.case.victims_of_refused_rows().len()
    );
}

/// A case written as entities of `FollowTheMoney` is read without a fault, and with as many people.
pub(crate) fn entities_chain(data: &[u8]) {
    let Some(taken) = taken(data) else { return };
    let mut written = Vec::new();
    write_ftm(&CaseData::new(&taken.case, Disclosure::Revealed), &mut written).expect("memory");
    if written.is_empty() {
        return;
    }
    let again = back("case.ftm.json", &written, data);
    nothing_lost(&again);
    assert_eq!(again.totals().2, 0, "{}", String::from_utf8_lossy(&written));
}

/// Findings are JSON, and the same twice.
pub(crate) fn findings_chain(data: &[u8]) {
    let Some(taken) = taken(data) else { return };
    let identities = Identities::as_given(&taken.case);
    let found = || {
        let mut out = Vec::new();
        let findings = Analysis::default().of(&taken, &identities).expect("options as they are");
        write_findings(&findings, &mut out).expect("memory");
        out
    };
    let first = found();
    let value: serde_json::Value = serde_json::from_slice(&first).expect("JSON");
    assert!(value["schema"].is_string());
    same(&first, &found());
}
