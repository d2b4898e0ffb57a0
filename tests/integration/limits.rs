//! Does every limit let just under it pass, refuse just over it, and say which flag raises it? And are stated counts not believed?

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use crate::common::{Folder, Ran, SOUND, ended, kluwen, on_case, spoilt};

/// Runs `command` on a file of this name with `flag` at `fits`, and one below it.
fn just_fits(command: &str, name: &str, text: &str, flag: &str, fits: u64, message: &str) {
    let folder = Folder::of(&[(name, text)]);
    let ran = |limit: u64| on_case(command, &folder.join(name), &[flag, &limit.to_string()]);
    passes(&ran(fits), name);
    refuses(&ran(fits - 1), flag, message);
}

fn passes(ran: &Ran, name: &str) {
    assert!(matches!(ran.code, Some(0 | 1)), "{name}: {ran:#?}");
    assert!(!ran.stderr.contains("`--max-"), "{name}: {ran:#?}");
}

fn refuses(ran: &Ran, flag: &str, message: &str) {
    assert_eq!(ran.code, Some(4), "{flag}: {ran:#?}");
    assert!(ran.stderr.contains(&format!("`{flag}`")), "{flag}: {ran:#?}");
    assert!(ran.stderr.contains(message), "{flag}: {ran:#?}");
}

const NAME: &str = "Anna Maria Johanna";

#[test]
fn a_field_may_have_so_many_bytes() {
    let bytes = NAME.len() as u64;
    let csv = spoilt("people.csv", format!("person_id,name,x\np1,{NAME},\np2,,\np3,,\np4,,\n"));
    let ran = |limit: u64| on_case("check", csv.path(), &["--max-field", &limit.to_string()]);
    passes(&ran(bytes), "CSV");
    refuses(&ran(bytes - 1), "--max-field", "people.csv:2: column `name`: a field of more than 17");
    let line = format!("{{\"table\":\"people\",\"person_id\":\"p1\",\"name\":\"{NAME}\"}}\n");
    just_fits("check", "a.jsonl", &line, "--max-field", bytes, "a.jsonl:1: column `name`");
    let line = format!("{{\"table\":\"people\",\"person_id\":\"p1\",\"own\":\"{NAME}\"}}\n");
    just_fits("check", "a.jsonl", &line, "--max-field", bytes, "a.jsonl:1: a field");
    let graph = format!("graph {{ a [label=\"{NAME}\"] a -- b }}");
    just_fits("rank", "a.dot", &graph, "--max-field", bytes, "a.dot:1: column `label`");
    let edges = format!("source,target\n{NAME},b\n");
    just_fits("rank", "a.csv", &edges, "--max-field", bytes, "a.csv:2: column `source`");
}

#[test]
fn a_record_may_have_so_many_bytes() {
    let edges = "source,target\na,b\nlong name,other\n";
    just_fits("rank", "a.csv", edges, "--max-record", 15, "a.csv:3: a record of more than 14");
    let line = "{\"table\":\"people\",\"person_id\":\"p1\"}";
    just_fits("check", "a.jsonl", line, "--max-record", line.len() as u64, "a.jsonl:1: a record");
}

#[test]
fn a_file_may_have_so_many_bytes() {
    let edges = "source,target\na,b\n";
    just_fits("rank", "a.csv", edges, "--max-input", 18, "a.csv: more than 17 bytes");
    let ran = ended(kluwen(["rank", "a.csv", "--max-input", "1"]), b"");
    assert_eq!(ran.code, Some(3), "no such file: {ran:#?}");
    let graph = "graph { a -- b }";
    for command in ["rank", "group", "check"] {
        just_fits(command, "a.dot", graph, "--max-input", 16, "a.dot: more than 15 bytes");
        just_fits(
            command,
            "a.dot",
            graph,
            "--max-whole",
            16,
            "a.dot: more than 15 bytes in memory",
        );
    }
    let line = "{\"table\":\"people\",\"person_id\":\"p1\"}";
    just_fits("check", "a.jsonl", line, "--max-whole", line.len() as u64, "a.jsonl: more than");
}

#[test]
fn a_file_may_have_so_many_rows() {
    let ran = |limit: &str| on_case("check", spoilt("x.txt", "").path(), &["--max-rows", limit]);
    passes(&ran("4"), "CSV");
    refuses(&ran("3"), "--max-rows", "people.csv: more than 3 rows");
    let graph = "graph { a -- b; a -- b; a -- b }";
    just_fits("check", "a.dot", graph, "--max-rows", 3, "a.dot: more than 2 edges");
    just_fits("group", "a.dot", "graph { a; b; c }", "--max-rows", 3, "a.dot: more than 2 nodes");
    just_fits("rank", "a.csv", "1 2\n2 3\n", "--max-rows", 2, "a.csv: more than 1 edges");
    let line =
        "{\"table\":\"people\",\"person_id\":\"p1\"}\n{\"table\":\"people\",\"person_id\":\"p2\"}";
    just_fits("check", "a.jsonl", line, "--max-rows", 2, "a.jsonl: more than 1 rows");
}

#[test]
fn a_table_may_have_so_many_columns() {
    let only =
        |limit: &str| on_case("check", spoilt("x.txt", "").path(), &["--max-columns", limit]);
    passes(&only("12"), "CSV");
    refuses(&only("11"), "--max-columns", "links.csv:1: 12 columns");
    let line = "{\"table\":\"people\",\"person_id\":\"p1\",\"x\":1}";
    just_fits("check", "a.jsonl", line, "--max-columns", 3, "a.jsonl:1: 3 columns");
    just_fits("rank", "a.csv", "source,target,x\na,b,c\n", "--max-columns", 3, "3 columns");
    let json = "{\"nodes\":[{\"id\":1,\"x\":2,\"y\":3}],\"links\":[]}";
    just_fits("check", "a.json", json, "--max-columns", 3, "a.json:1: 3 columns");
}

#[test]
fn an_element_may_have_so_many_attributes() {
    let graph = "graph { a [x=1 y=2 z=3]; a -- b }";
    just_fits("rank", "a.dot", graph, "--max-attributes", 3, "a.dot:1: over 2 attributes");
    let twice = "graph { a [x=1 y=2]; a [z=3]; a -- b }";
    just_fits("rank", "a.dot", twice, "--max-attributes", 3, "a.dot:1: over 2 attributes");
    let xml = "<graphml><graph edgedefault='directed'><node id='a' b='' c=''/></graph></graphml>";
    just_fits("check", "a.graphml", xml, "--max-attributes", 3, "over 2 attributes of an element");
    let gml = "graph [ node [ id 1 x 2 y 3 ] ]";
    just_fits("check", "a.gml", gml, "--max-attributes", 3, "a.gml:1: over 2 attributes");
}

#[test]
fn what_lies_within_another_may_be_so_deep() {
    let xml = "<graphml><graph edgedefault='directed'><node id='a'/></graph></graphml>";
    just_fits("check", "a.graphml", xml, "--max-depth", 3, "elements over 2 deep");
    just_fits("group", "a.dot", "graph { { { a } } }", "--max-depth", 3, "groups over 2 deep");
    let gml = "graph [ node [ id 1 graphics [ x 1 ] ] ]";
    just_fits("check", "a.gml", gml, "--max-depth", 3, "lists over 2 deep");
    let json = "{\"nodes\":[{\"id\":1,\"x\":\"[[[[\\\"[[\"}],\"links\":[]}";
    just_fits("rank", "a.json", json, "--max-depth", 3, "values over 2 deep");
    let ran = ended(kluwen(["check", "x", "--max-depth", "65537"]), b"");
    assert_eq!(ran.code, Some(2), "{ran:#?}");
}

#[test]
fn depth_can_be_raised_without_a_stack() {
    const DEEP: usize = 65_000;
    let folder = Folder::of(&[
        ("a.dot", format!("graph {{ {}a{} }}", "{".repeat(DEEP), "}".repeat(DEEP))),
        (
            "a.graphml",
            format!(
                "<graphml><graph edgedefault='directed'><node id='a'/>{}{}</graph></graphml>",
                "<x>".repeat(DEEP),
                "</x>".repeat(DEEP)
            ),
        ),
        ("a.gml", format!("graph [ {}{} node [ id 1 ] ]", "x [ ".repeat(DEEP), "]".repeat(DEEP))),
        (
            "a.json",
            format!(
                "{{\"nodes\":[{{\"id\":1,\"x\":{}{}}}],\"links\":[]}}",
                "[".repeat(DEEP),
                "]".repeat(DEEP)
            ),
        ),
    ]);
    for name in ["a.dot", "a.graphml", "a.gml", "a.json"] {
        refuses(&on_case("check", &folder.join(name), &[]), "--max-depth", "over 128 deep");
        passes(&on_case("check", &folder.join(name), &["--max-depth", "65536"]), name);
    }
}

#[test]
fn every_limit_is_in_the_help_of_all_that_reads() {
    const FLAGS: [(&str, &str); 8] = [
        ("--max-field <BYTES>", "[default: 1048576]"),
        ("--max-record <BYTES>", "[default: 16777216]"),
        ("--max-input <BYTES>", "[default: 68719476736]"),
        ("--max-whole <BYTES>", "[default: 4294967296]"),
        ("--max-rows <ROWS>", "[default: 2147483647]"),
        ("--max-columns <COLUMNS>", "[default: 16384]"),
        ("--max-attributes <ATTRIBUTES>", "[default: 256]"),
        ("--max-depth <DEPTH>", "[default: 128]"),
    ];
    let help = ended(kluwen(["--help"]), b"").fine().stdout;
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands = commands.take_while(|line| !line.is_empty() && !line.ends_with(':'));
    let mut reading = 0;
    for line in commands.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let command = line.split_whitespace().next().expect("a name");
        let help = ended(kluwen([command, "--help"]), b"").stdout;
        if !help.contains("[OPTIONS] <CASE>") && !help.contains("--lenient") {
            continue;
        }
        reading += 1;
        for (flag, default) in FLAGS {
            assert!(help.contains(flag) && help.contains(default), "{command} {flag}: {help}");
        }
    }
    assert!(reading > 15, "{reading} commands read a case");
}

#[test]
fn a_snapshot_keeps_only_the_limit_of_its_file() {
    let folder = Folder::of(&SOUND);
    let snapshot = folder.join("case.kluwen");
    let path = snapshot.to_str().expect("UTF-8");
    on_case("pack", folder.path(), &[path]).fine();
    for flag in ["--max-field", "--max-rows", "--max-columns", "--max-depth"] {
        let ran = on_case("check", &snapshot, &[flag, "77"]);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(flag), "{ran:#?}");
    }
    refuses(&on_case("check", &snapshot, &["--max-input", "99"]), "--max-input", "case.kluwen");
}

/// A workbook whose list of texts states so many, and whose sheet states that it is full.
fn workbook(texts: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns='{main}' xmlns:r='{of}'><sheets><sheet name='people' sheetId='1' r:id='r1'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id='r1' Type='{of}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns='{main}'><dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData></worksheet>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns='{main}' uniqueCount='{texts}'><si><t>person_id</t></si></sst>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// Files that state far more than they hold, by name.
fn boasts() -> Vec<(&'static str, Vec<u8>)> {
    let snapshot = |length: u64, notes: u64| {
        let mut bytes = b"kluwen\0\0".to_vec();
        bytes.extend_from_slice(&[0; 64]);
        bytes[16..24].copy_from_slice(&length.to_le_bytes());
        bytes[24..32].copy_from_slice(&notes.to_le_bytes());
        bytes
    };
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("a.net", text("*Vertices 4000000000\n*Edges\n1 2\n")),
        ("b.net", text("*Vertices 60000 3\n*Matrix\n1 0\n")),
        ("a.dl", text("dl n=4000000000 format=fullmatrix\ndata:\n1 2\n")),
        ("b.dl", text("dl n=60000 nm=4000000000 format=fullmatrix\ndata:\n1 2\n")),
        ("c.dl", text("dl nr=60000 nc=60000 format=edgelist2\ndata:\n1 2\n")),
        ("a.graph", text("4000000000 4000000000 011 4000000000\n1 2\n")),
        ("b.graph", text("2 1 010 60000\n1 2\n1\n")),
        ("a.konect", text("% bip\n4000000000 4000000000\n")),
        ("edges.csv", text("999999999 999999998\n")),
        (
            "a.graphml",
            text(
                "<graphml><graph edgedefault='directed' parse.nodes='4000000000'><node id='a'/></graph></graphml>",
            ),
        ),
        (
            "a.gexf",
            text(
                "<gexf><graph><nodes count='4000000000'><node id='a'/></nodes><edges count='4000000000'/></graph></gexf>",
            ),
        ),
        ("a.xlsx", workbook("99999999999")),
        ("b.xlsx", workbook("99999999999999999999999")),
        ("a.kluwen", snapshot(72, u64::MAX)),
        ("b.kluwen", snapshot(u64::MAX, 1 << 40)),
    ]
}

#[test]
fn files_that_state_huge_counts_are_answered_at_once_in_little_memory() {
    // Room for addresses: each thread's allocator keeps 64 MiB of them, which are no memory.
    const KIB: u64 = 512 << 10;
    for (name, bytes) in boasts() {
        let folder = Folder::of(&[(name, bytes)]);
        let command = if Path::new(name).extension().is_some_and(|end| end == "csv") {
            "rank"
        } else {
            "check"
        };
        let ran = ended(within(KIB, command, &folder.join(name)), b"");
        assert!(matches!(ran.code, Some(0 | 1 | 4)), "{name}: {ran:#?}");
    }
}

/// The binary with no more memory than so many KiB and two seconds of work, on two threads; whoever takes more is killed.
fn within(kib: u64, command: &str, case: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {kib}; ulimit -t 2; exec \"$0\" \"$@\"")]);
    shell.args([env!("CARGO_BIN_EXE_kluwen"), command]).arg(case);
    shell.env("NO_COLOR", "1").env("RAYON_NUM_THREADS", "2");
    shell
}
