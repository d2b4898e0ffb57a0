//! `kluwen check`: all that is wrong with the files.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use kluwen::case::{
    Fault, FaultClass, InputFile, RowCount, Severity, Snapshot, Strictness, Taken, suggest_mapping,
};
use kluwen::error::{Result, printable};
use kluwen::output::{Cell, Sheet};
use serde::Serialize;

use super::Manner;
use super::flags::Form;
use super::print;
use super::reading::Reading;

/// All that is wrong with the files, row by row
///
/// For files with columns of their own it prints a mapping to start from.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    reading: Reading,
    /// Count warnings as faults
    #[arg(long)]
    strict: bool,
    /// Print so many faults of each class; 0 prints all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// What JSON says.
#[derive(Serialize)]
struct Checked<'a> {
    schema: &'static str,
    snapshot: Option<SnapshotRow<'a>>,
    rows: Rows,
    files: Vec<FileRows<'a>>,
    classes: BTreeMap<&'static str, Class>,
    faults: Vec<FaultRow<'a>>,
    mapping: Option<&'a str>,
}

/// What a snapshot was made of.
#[derive(Serialize)]
struct SnapshotRow<'a> {
    version: &'a str,
    inputs: &'a [InputFile],
    settings: &'a [InputFile],
}

#[derive(Serialize)]
struct Rows {
    read: usize,
    used: usize,
    refused: usize,
}

#[derive(Serialize)]
struct FileRows<'a> {
    file: &'a str,
    table: &'static str,
    #[serde(flatten)]
    rows: Rows,
    left_out: usize,
}

#[derive(Serialize)]
struct Class {
    severity: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct FaultRow<'a> {
    class: &'static str,
    severity: &'static str,
    file: &'a str,
    line: u64,
    column: &'a str,
    found: &'a str,
    expected: &'a str,
}

impl Check {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let why = "`check` quotes cells of all rows, so that they can be mended; it is for those who may see the files";
        self.reading.refuse_veils(why)?;
        let taken = self.reading.read(Strictness::Report)?.taken;
        self.reading.rules().tell_expired(&taken.case, manner)?;
        let mapping = self.mapping(&taken)?;
        match self.format {
            Form::Table => print::print(|out| self.write_text(&taken, mapping.as_deref(), out))?,
            Form::Json => print::json(&checked(&taken, mapping.as_deref()))?,
            Form::Jsonl | Form::Csv => print::sheet(&sheet(&taken), self.format)?,
        }
        let (errors, warnings) =
            (taken.faults.count(Severity::Error), taken.faults.count(Severity::Warning));
        manner.say(&format!("{errors} errors, {warnings} warnings"));
        let fault = errors > 0 || (self.strict && warnings > 0);
        Ok(if fault { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }

    /// A mapping to start from, if the files have names or columns of their own.
    fn mapping(&self, taken: &Taken) -> Result<Option<String>> {
        const OWN: [FaultClass; 4] = [
            FaultClass::TableMissing,
            FaultClass::ColumnMissing,
            FaultClass::ColumnUnknown,
            FaultClass::FileUnknown,
        ];
        let own = OWN.iter().any(|class| taken.faults.counts().contains_key(class));
        let folder = self.reading.case.is_dir();
        (own && folder).then(|| suggest_mapping(&self.reading.case)).transpose()
    }

    fn write_text(
        &self,
        taken: &Taken,
        mapping: Option<&str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if let Some(snapshot) = &taken.snapshot {
            write_snapshot_text(snapshot, &taken.files, out)?;
        }
        for count in &taken.counts {
            writeln!(out, "{}", conservation(count))?;
        }
        if taken.stray > 0 {
            let stray = taken.stray;
            writeln!(out, "lines of no table: {stray} rows read = 0 used + {stray} refused")?;
        }
        let (read, used, refused) = taken.totals();
        writeln!(out, "in all: {read} rows read = {used} used + {refused} refused")?;
        for (&class, &count) in taken.faults.counts() {
            writeln!(out, "\n{} {}: {} ({count})", severity(class), class.name(), class.title())?;
            let of_class = || taken.faults.listed().iter().filter(|fault| fault.class == class);
            let shown = if self.limit == 0 { count } else { self.limit };
            for fault in of_class().take(shown) {
                writeln!(out, "  {}", printable(&fault.to_string()))?;
            }
            let rest = count - of_class().count().min(shown);
            if rest > 0 {
                writeln!(out, "  … and {rest} more; `--limit 0` prints all that are listed")?;
            }
        }
        match mapping {
            Some(mapping) => write!(out, "\n{}", printable_lines(mapping)),
            None => Ok(()),
        }
    }
}

fn write_snapshot_text(
    snapshot: &Snapshot,
    inputs: &[InputFile],
    out: &mut dyn Write,
) -> io::Result<()> {
    let Snapshot { file, version, settings } = snapshot;
    writeln!(out, "{}: a snapshot that kluwen {version} made of", printable(&file.name))?;
    for InputFile { name, bytes, sha256 } in inputs.iter().chain(settings) {
        let sha256 = sha256.as_deref().unwrap_or("not taken");
        writeln!(out, "  {}: {bytes} bytes, SHA-256 {}", printable(name), printable(sha256))?;
    }
    writeln!(out)
}

/// Safe for a terminal, with its own line ends kept.
fn printable_lines(text: &str) -> String {
    text.split_inclusive('\n').map(|line| printable(line.trim_end_matches('\n')) + "\n").collect()
}

fn conservation(count: &RowCount) -> String {
    let left_out = match count.left_out {
        0 => String::new(),
        n => format!(" ({n} rows of other tables, by the mapping's `where`)"),
    };
    format!(
        "{} as {}: {} rows read = {} used + {} refused{left_out}",
        printable(&count.file),
        count.table,
        count.read,
        count.used,
        count.refused
    )
}

fn severity(class: FaultClass) -> &'static str {
    match class.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn checked<'a>(taken: &'a Taken, mapping: Option<&'a str>) -> Checked<'a> {
    let (read, used, refused) = taken.totals();
    let file = |count: &'a RowCount| FileRows {
        file: &count.file,
        table: count.table.name(),
        rows: Rows { read: count.read, used: count.used, refused: count.refused },
        left_out: count.left_out,
    };
    let class = |(&class, &count): (&FaultClass, &usize)| {
        (class.name(), Class { severity: severity(class), count })
    };
    Checked {
        schema: "kluwen.check/1",
        snapshot: taken.snapshot.as_ref().map(|snapshot| SnapshotRow {
            version: &snapshot.version,
            inputs: &taken.files,
            settings: &snapshot.settings,
        }),
        rows: Rows { read, used, refused },
        files: taken.counts.iter().map(file).collect(),
        classes: taken.faults.counts().iter().map(class).collect(),
        faults: taken.faults.listed().iter().map(row).collect(),
        mapping,
    }
}

fn row(fault: &Fault) -> FaultRow<'_> {
    let Fault { class, position, found, expected } = fault;
    FaultRow {
        class: class.name(),
        severity: severity(*class),
        file: &position.file,
        line: position.line,
        column: &position.column,
        found,
        expected,
    }
}

fn sheet(taken: &Taken) -> Sheet {
    let mut sheet =
        Sheet::new(["severity", "class", "file", "line", "column", "found", "expected"]);
    for fault in taken.faults.listed() {
        let row = row(fault);
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        sheet.push([
            Cell::from(row.severity),
            row.class.into(),
            row.file.into(),
            Cell::Integer(line),
            row.column.into(),
            row.found.into(),
            row.expected.into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use kluwen::case::Table;

    use super::*;

    #[test]
    fn rows_of_a_file_are_told_as_used_and_refused() {
        let count = |left_out| RowCount {
            file: "a\u{7}.csv".into(),
            table: Table::Links,
            read: 5,
            used: 3,
            refused: 2,
            left_out,
        };
        let told = "a\\u{7}.csv as links: 5 rows read = 3 used + 2 refused";
        assert_eq!(conservation(&count(0)), told);
        let others = " (4 rows of other tables, by the mapping's `where`)";
        assert_eq!(conservation(&count(4)), format!("{told}{others}"));
    }

    #[test]
    fn a_mapping_is_shown_line_by_line_and_acts_on_no_terminal() {
        assert_eq!(printable_lines("a\n\u{1b}[2J\n"), "a\n\\u{1b}[2J\n");
        assert_eq!(printable_lines(""), "");
    }

    /// What is told of a case with three roles that are none, and one that is.
    fn told(words: &[&str], mapping: Option<&str>) -> String {
        let roles = "case_id,person_id,role\nc1,a,boss\nc1,a,chief\nc1,a,head\nc1,a,client\n";
        let folder = super::super::trial::folder_of(&[
            ("people.csv", "person_id\na\n"),
            ("roles.csv", roles),
        ]);
        let path = folder.path().to_str().expect("text");
        let check = super::super::trial::typed::<Check>(&[&[path], words].concat());
        let taken = check.reading.read(Strictness::Report).expect("it can be read").taken;
        let mut out = Vec::new();
        check.write_text(&taken, mapping, &mut out).expect("memory takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn faults_are_told_by_class_up_to_a_limit() {
        let rest = "; `--limit 0` prints all that are listed";
        let all = told(&[], None);
        assert!(all.contains("roles.csv as roles: 4 rows read = 1 used + 3 refused\n"), "{all}");
        assert!(all.contains("in all: 5 rows read = 2 used + 3 refused\n"), "{all}");
        for found in ["boss", "chief", "head"] {
            assert!(all.contains(found), "{all}");
        }
        assert!(!all.contains(rest) && !all.contains("lines of no table"), "{all}");
        assert_eq!(told(&["--limit", "3"], None), all);
        assert_eq!(told(&["--limit", "0"], None), all);
        let two = told(&["--limit", "2"], None);
        assert!(two.contains(&format!("  … and 1 more{rest}\n")), "{two}");
        assert!(two.contains("chief") && !two.contains("head"), "{two}");
        assert_eq!(told(&[], Some("a = 1\n")), all + "\na = 1\n");
    }

    #[test]
    fn a_fault_is_a_row_with_its_place() {
        let folder = super::super::trial::folder_of(&[
            ("people.csv", "person_id\na\n"),
            ("roles.csv", "case_id,person_id,role\nc1,a,client\nc1,a,boss\n"),
        ]);
        let path = folder.path().to_str().expect("text");
        let check = super::super::trial::typed::<Check>(&[path]);
        let taken = check.reading.read(Strictness::Report).expect("it can be read").taken;
        let rows = super::super::trial::lines(&sheet(&taken));
        assert_eq!(rows.len(), 1);
        assert!(
            rows[0].starts_with("error,code,") && rows[0].contains(",roles.csv,3,role,`boss`,"),
            "{rows:?}"
        );
        let json = serde_json::to_value(checked(&taken, Some("a = 1"))).expect("JSON");
        assert_eq!(json["schema"], "kluwen.check/1");
        assert_eq!(json["rows"], serde_json::json!({"read": 3, "used": 2, "refused": 1}));
        assert_eq!(json["mapping"], "a = 1");
        assert_eq!(
            (&json["faults"][0]["line"], &json["faults"][0]["found"]),
            (&3.into(), &"`boss`".into())
        );
    }
}
