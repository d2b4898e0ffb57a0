//! A mapping to start from, for files with names and columns of their own.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use csv::ReaderBuilder;
use flate2::read::MultiGzDecoder;

use super::nearest::nearest;
use super::schema::{Column, Table};
use crate::error::{Error, Result, is_unprintable};
use crate::listing::names_in;

/// What other programs call the columns of the contract.
const OTHER_NAMES: [(&str, &[&str]); 22] = [
    (
        "person_id",
        &["id", "person", "node", "nodeid", "persoon", "persoon_id", "suspect_id", "subject"],
    ),
    ("case_id", &["case", "zaak", "dossier", "file_no", "event", "incident", "investigation"]),
    ("from", &["van", "sender", "caller", "from_id", "node1", "person_a", "a", "source", "src"]),
    ("to", &["target", "dst", "naar", "receiver", "callee", "to_id", "node2", "person_b", "b"]),
    ("kind", &["type", "relation", "relationship", "soort", "label", "tie", "edge_type"]),
    ("count", &["weight", "aantal", "n", "calls", "frequency", "times"]),
    ("start", &["date", "datum", "time", "timestamp", "begin", "from_date", "start_date"]),
    ("end", &["until", "einde", "stop", "to_date", "end_date"]),
    ("name", &["label", "naam", "full_name", "title"]),
    ("alias", &["nickname", "bijnaam", "aka", "aliases"]),
    ("birth", &["dob", "geboortedatum", "birthdate", "date_of_birth", "born"]),
    ("sex", &["gender", "geslacht"]),
    ("role", &["rol", "category", "function"]),
    ("value", &["number", "phone", "nummer", "identifier", "telefoon"]),
    ("channel_id", &["channel", "platform", "kanaal", "site", "app"]),
    ("place_id", &["place", "location", "plaats", "locatie"]),
    ("ad_id", &["ad", "advertentie", "advert", "ad_no"]),
    ("victim_id", &["victim", "slachtoffer"]),
    ("posted", &["date", "posted_at", "geplaatst"]),
    ("text", &["body", "description", "tekst", "content"]),
    ("source", &["document", "bron", "reference"]),
    ("grade", &["grading", "reliability", "evaluation", "betrouwbaarheid"]),
];

/// A mapping file to start from, as text: for each CSV file of the folder, the table that its columns fit best.
///
/// It is a guess for a person to look at: nothing is read with it until somebody says so.
///
/// # Errors
///
/// If the folder cannot be read. A file that cannot be read is named in a comment.
pub fn suggest_mapping(folder: &Path) -> Result<String> {
    let io = |error| Error::io(folder, "list the folder", error);
    let mut names: Vec<String> = names_in(folder)
        .map_err(io)?
        .into_iter()
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| {
            let name = name.to_lowercase();
            [".csv", ".csv.gz"].iter().any(|ending| name.ends_with(ending))
        })
        .collect();
    names.sort();
    let guesses: Vec<Guess> = names.into_iter().map(|name| Guess::of(folder, name)).collect();
    Ok(written(&guesses))
}

/// What one file seems to be.
struct Guess {
    file: String,
    delimiter: char,
    header: Vec<String>,
    fit: Option<(Table, Vec<(&'static Column, String)>)>,
}

impl Guess {
    /// A file that cannot be read, or is none, has no columns, and so fits no table.
    fn of(folder: &Path, file: String) -> Self {
        let path = folder.join(&file);
        let line =
            if path.is_file() { first_line(&path).unwrap_or_default() } else { String::new() };
        let delimiter =
            [',', ';', '\t', '|'].into_iter().rev().max_by_key(|&c| line.matches(c).count());
        let delimiter = delimiter.unwrap_or(',');
        let header = fields(&line, delimiter);
        let fits = Table::ALL.into_iter().map(|table| (table, matched(table, &header)));
        let fit = fits.filter(|(_, columns)| worth(columns) > 0).max_by_key(|(table, columns)| {
            (worth(columns) - missing(*table, columns), std::cmp::Reverse(*table))
        });
        Self { file, delimiter, header, fit }
    }
}

fn first_line(path: &Path) -> std::io::Result<String> {
    const ENOUGH: u64 = 1 << 16;
    let file = BufReader::new(File::open(path)?);
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        MultiGzDecoder::new(file).take(ENOUGH).read_to_end(&mut bytes)?;
    } else {
        file.take(ENOUGH).read_to_end(&mut bytes)?;
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned())
}

fn fields(line: &str, delimiter: char) -> Vec<String> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    let read = reader.read_record(&mut record).unwrap_or(false);
    if read { record.iter().map(|field| field.trim().to_owned()).collect() } else { Vec::new() }
}

/// The columns of a table that a header seems to have; no field stands for two.
///
/// What every row must fill has the first choice: in `source,target` the source is no document.
fn matched(table: Table, header: &[String]) -> Vec<(&'static Column, String)> {
    let mut free: Vec<&String> = header.iter().collect();
    let mut found: Vec<(&Column, String)> = Vec::new();
    for required in [true, false] {
        for distance in [exact, by_other_name, nearly] {
            for column in table.columns().iter().filter(|column| column.required == required) {
                if found.iter().any(|(known, _)| known.name == column.name) {
                    continue;
                }
                let near = free.iter().enumerate().filter_map(|(at, field)| {
                    distance(column.name, field).map(|distance| (distance, at))
                });
                if let Some((_, at)) = near.min() {
                    found.push((column, free.remove(at).clone()));
                }
            }
        }
    }
    found
}

fn exact(name: &str, field: &str) -> Option<usize> {
    (name == field).then_some(0)
}

/// How far down the list of other names.
fn by_other_name(name: &str, field: &str) -> Option<usize> {
    let field = field.to_lowercase().replace([' ', '-'], "_");
    if field == name {
        return Some(0);
    }
    let (_, others) = OTHER_NAMES.iter().find(|(known, _)| *known == name)?;
    others.iter().position(|other| *other == field)
}

fn nearly(name: &str, field: &str) -> Option<usize> {
    let near = field.len() > 3 && strsim::jaro_winkler(name, &field.to_lowercase()) > 0.92;
    near.then_some(0)
}

fn worth(columns: &[(&Column, String)]) -> isize {
    columns.iter().map(|(column, _)| if column.required { 4 } else { 1 }).sum()
}

fn missing(table: Table, columns: &[(&Column, String)]) -> isize {
    let has = |name| columns.iter().any(|(column, _)| column.name == name);
    let wanting = table.columns().iter().filter(|column| column.required && !has(column.name));
    // What a mapping can fill in for every row is a smaller want.
    wanting.map(|column| if constant(table, column.name).is_some() { 2 } else { 5 }).sum()
}

/// What a column that a file lacks can be for all its rows.
fn constant(table: Table, column: &str) -> Option<&'static str> {
    match (table, column) {
        (Table::Links, "kind") => Some("contact"),
        (Table::Identifiers, "kind") => Some("phone"),
        (Table::Roles, "role") => Some("unknown"),
        (Table::Roles, "case_id") => Some("c1"),
        _ => None,
    }
}

fn written(guesses: &[Guess]) -> String {
    let mut out = String::from(
        "# A mapping to start from: a guess. Read it, mend it, and pass it as `--mapping FILE`.\n",
    );
    let people = guesses.iter().any(|guess| matches!(guess.fit, Some((Table::People, _))));
    if !people {
        out.push_str("people = \"implied\" # no file lists people: whoever a row names is one\n");
    }
    for guess in guesses {
        guess.write(&mut out);
    }
    out
}

impl Guess {
    fn write(&self, out: &mut String) {
        let Some((table, columns)) = &self.fit else {
            let _ = writeln!(
                out,
                "\n# {}: no table fits; its columns are {}",
                quoted(&self.file),
                quoted(&self.header.join(", "))
            );
            return;
        };
        let _ = writeln!(out, "\n[[read]]\nfile = {}\ntable = \"{table}\"", quoted(&self.file));
        if self.delimiter != ',' {
            let _ = writeln!(out, "delimiter = {}", quoted(&self.delimiter.to_string()));
        }
        let pairs: Vec<String> = columns
            .iter()
            .filter(|(column, field)| column.name != field)
            .map(|(column, field)| format!("{} = {}", column.name, quoted(field)))
            .collect();
        if !pairs.is_empty() {
            let _ = writeln!(out, "columns = {{ {} }}", pairs.join(", "));
        }
        self.write_missing(*table, columns, out);
        let taken = |name: &String| columns.iter().any(|(_, field)| field == name);
        let rest: Vec<&str> =
            self.header.iter().filter(|name| !taken(name)).map(String::as_str).collect();
        if !rest.is_empty() {
            let _ = writeln!(out, "# kept as attributes: {}", quoted(&rest.join(", ")));
        }
    }

    fn write_missing(&self, table: Table, columns: &[(&Column, String)], out: &mut String) {
        let has = |name| columns.iter().any(|(column, _)| column.name == name);
        let wanting = table.columns().iter().filter(|column| column.required && !has(column.name));
        let (filled, open): (Vec<&Column>, Vec<&Column>) =
            wanting.partition(|column| constant(table, column.name).is_some());
        let pairs: Vec<String> = filled
            .iter()
            .map(|column| {
                format!(
                    "{} = {}",
                    column.name,
                    quoted(constant(table, column.name).unwrap_or_default())
                )
            })
            .collect();
        if !pairs.is_empty() {
            let _ = writeln!(
                out,
                "constants = {{ {} }} # the file has no such column",
                pairs.join(", ")
            );
        }
        for column in open {
            let near = nearest(column.name, self.header.iter().map(String::as_str));
            let _ = writeln!(
                out,
                "# needed: a column for `{}`{}",
                column.name,
                near.first().map(|n| format!(" (`{n}`?)")).unwrap_or_default()
            );
        }
        let kind = columns.iter().find(|(column, _)| matches!(column.name, "kind" | "role"));
        if let Some((column, field)) = kind.filter(|(column, field)| column.name != field) {
            let _ = writeln!(
                out,
                "# what {} holds must become codes of the contract:\n# values.{} = {{ \"as written\" = \"contact\" }}",
                quoted(field),
                column.name
            );
        }
    }
}

/// `text` as a TOML string in one line, in which nothing acts on a terminal.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_unprintable(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_reads_back_the_same() {
        let text = "a\"b\\c\nd\u{1b}e\u{202e}f\t\u{e0001}é";
        let table: toml::Table = format!("x = {}", quoted(text)).parse().expect("it is TOML");
        assert_eq!(table["x"].as_str(), Some(text));
    }

    #[test]
    fn an_edge_list_begins_at_its_source() {
        let header = ["source", "target", "weight"].map(str::to_owned);
        let names: Vec<_> = matched(Table::Links, &header)
            .into_iter()
            .map(|(column, field)| (column.name, field))
            .collect();
        let wanted = [("from", "source"), ("to", "target"), ("count", "weight")];
        assert_eq!(names, wanted.map(|(name, field)| (name, field.to_owned())));
    }

    fn columns(table: Table, header: &[&str]) -> Vec<(&'static str, String)> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        matched(table, &header).into_iter().map(|(column, field)| (column.name, field)).collect()
    }

    #[test]
    fn a_field_stands_for_one_column_by_its_own_name_another_or_nearly_it() {
        let named = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
            pairs.iter().map(|&(name, field)| (name, field.to_owned())).collect()
        };
        assert_eq!(
            columns(Table::People, &["Name", "person_id", "x"]),
            named(&[("person_id", "person_id"), ("name", "Name")])
        );
        assert_eq!(
            columns(Table::People, &["Person-ID", "birth", "Birth"]),
            named(&[("person_id", "Person-ID"), ("birth", "birth")])
        );
        assert_eq!(columns(Table::People, &["persn_id"]), named(&[("person_id", "persn_id")]));
        assert_eq!(columns(Table::People, &["sxe", "zzz"]), []);
    }

    #[test]
    fn a_first_line_is_cut_into_fields() {
        assert_eq!(fields("a; \"b;c\" ;d", ';'), ["a", "\"b", "c\"", "d"]);
        assert_eq!(fields("a;\"b;c\";d", ';'), ["a", "b;c", "d"]);
        assert_eq!(fields("", ','), [""; 0]);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "\u{feff}a,b\r\nc\n").expect("it is written");
        assert_eq!(first_line(&path).expect("it is read"), "a,b");
    }

    /// The mapping that is guessed from these files.
    fn guessed(files: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("it is written");
        }
        suggest_mapping(folder.path()).expect("a folder of files")
    }

    const HEAD: &str =
        "# A mapping to start from: a guess. Read it, mend it, and pass it as `--mapping FILE`.\n";

    #[test]
    fn a_mapping_names_what_is_there_what_is_filled_in_and_what_is_kept() {
        let calls = "source|target|colour\na|b|red\n";
        assert_eq!(
            guessed(&[("calls.csv", calls)]),
            format!(
                "{HEAD}people = \"implied\" # no file lists people: whoever a row names is one\n\n[[read]]\nfile = \"calls.csv\"\n\
                 table = \"links\"\ndelimiter = \"|\"\ncolumns = {{ from = \"source\", to = \"target\" }}\n\
                 constants = {{ kind = \"contact\" }} # the file has no such column\n# kept as attributes: \"colour\"\n"
            )
        );
        assert_eq!(
            guessed(&[("a.csv", "foo,bar\n1,2\n")]),
            format!(
                "{HEAD}people = \"implied\" # no file lists people: whoever a row names is one\n\n\
                 # \"a.csv\": no table fits; its columns are \"foo, bar\"\n"
            )
        );
        assert_eq!(
            guessed(&[("b.csv", "person_id,name\n1,2\n")]),
            format!("{HEAD}\n[[read]]\nfile = \"b.csv\"\ntable = \"people\"\n")
        );
    }
}
