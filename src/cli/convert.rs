//! `kluwen convert`: a case as other programs read it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use kluwen::error::{Error, Result, printable};
use kluwen::finding::{Map, Names, Picture};
use kluwen::graph::{Isolates, Network, Shared, View};
use kluwen::identity::Identities;
use kluwen::output::{
    CaseData, Disclosure, Drafts, Exchange, Fate, InputGuard, Kept, Losses, Saved, Sheet,
    ftm_fates, table_fates, write_csv_table, write_ftm, write_json_lines, write_map,
};

use super::drawing::{MapForm, say_what_is_spelt, write_folder};
use super::flags::Form;
use super::manifest::manifest;
use super::map::made;
use super::reading::{Read, Reading};
use super::record::{self, save};
use super::{Manner, print};

/// A case as other programs read it: tables, JSON Lines, `FollowTheMoney` entities, Parquet, graphs
///
/// CASE is anything that is read as one, `FollowTheMoney` entities and HTCDS workbooks among it. What OUT becomes is told by its ending,
/// or by --to: a folder has the contract's tables as CSV. Unless --reveal says why, nobody is named: ids, sources, phones and
/// accounts become codes, and names and free text stay behind. Codes are of one conversion and stand for nothing in another, unless --key gives
/// pseudonyms in their place; who is who cannot be worked out from them anew. A handling code goes with its row. In Parquet each row keeps the file and line that it was read from, and what its grade was worth. A folder also gets manifest.json, which says what went in and why names are in it.
/// A graph has each id as a person of its own, all ties and roles, channels, places, case files, and the identifiers that two people share; `kluwen map` draws whom who-is-who finds.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    #[command(flatten)]
    reading: Option<Reading>,
    /// What is written: a folder, or a file that ends in .jsonl, .ftm.json, .graphml, .gexf, .anx, .net, .cyjs or .dl
    #[arg(value_name = "OUT")]
    out: Option<PathBuf>,
    /// What OUT becomes [default: as its ending says]
    #[arg(long, value_name = "FORMAT", value_parser = Target::parser())]
    to: Option<Target>,
    /// Write names, identifiers and texts as the case has them, victims' too but for graphs, and say why
    #[arg(long, value_name = "WHY")]
    reveal: Option<String>,
    /// Refused: no rows about people are for publication
    #[arg(long, hide = true)]
    publish: bool,
    /// Say what of a case survives in a format and what is lost, column by column, and convert nothing
    #[arg(long, value_name = "FORMAT", value_parser = Target::parser(), exclusive = true)]
    explain: Option<Target>,
}

/// What a case becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// The contract's tables as CSV files, in a folder.
    Tables,
    /// The contract's rows as JSON Lines.
    Jsonl,
    /// `FollowTheMoney` entities.
    Ftm,
    /// The contract's tables as Parquet files, in a folder.
    #[cfg(feature = "parquet")]
    Parquet,
    /// A graph for another tool.
    Graph(Exchange),
}

impl Target {
    fn all() -> Vec<(&'static str, Self)> {
        let mut all = vec![("tables", Self::Tables), ("jsonl", Self::Jsonl), ("ftm", Self::Ftm)];
        #[cfg(feature = "parquet")]
        all.push(("parquet", Self::Parquet));
        let graphs = Exchange::ALL.iter().map(|&(name, format)| (name, Self::Graph(format)));
        // As Parquet a case becomes its tables.
        all.extend(graphs.filter(|(name, _)| *name != "parquet"));
        all
    }

    fn parser() -> impl TypedValueParser<Value = Self> {
        let named = |name: String| {
            let found = Self::all().into_iter().find(|(known, _)| *known == name);
            found.map_or(Self::Tables, |(_, target)| target)
        };
        PossibleValuesParser::new(Self::all().into_iter().map(|(name, _)| name)).map(named)
    }

    /// What the name of a file or folder says.
    fn of(path: &Path) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if path.is_dir() || !name.contains('.') {
            return Ok(Self::Tables);
        }
        if ends(&[".jsonl", ".ndjson"]) {
            return Ok(Self::Jsonl);
        }
        if ends(&[".ftm.json", ".ftm", ".ijson"]) {
            return Ok(Self::Ftm);
        }
        if let Some(MapForm::Exchange(format)) = MapForm::of_ending(path) {
            return Ok(Self::Graph(format));
        }
        Err(Error::usage(format!(
            "{}: a case becomes a folder of tables, a `.jsonl`, a `.ftm.json` or a graph file such as `.graphml`; say with `--to` what it is to be",
            printable(&path.to_string_lossy())
        )))
    }

    fn explained(self) -> Sheet {
        match self {
            Self::Ftm => explained(&ftm_fates()),
            Self::Graph(format) => lost(&format.losses()),
            _ => explained(&table_fates()),
        }
    }
}

impl Convert {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if let Some(target) = self.explain {
            print::sheet(&target.explained(), Form::Table)?;
            return Ok(ExitCode::SUCCESS);
        }
        let (Some(reading), Some(out)) = (&self.reading, &self.out) else {
            return Err(Error::usage("a case and what is written: `kluwen convert CASE OUT`"));
        };
        if self.publish {
            return Err(Error::usage(NO_ROWS));
        }
        let disclosure = disclosure(self.reveal.as_deref())?;
        let target = self.to.map_or_else(|| Target::of(out), Ok)?;
        let read = reading.take(manner, None, None)?;
        refuse_lost_protection(&read)?;
        let data = data(&read, disclosure)?;
        let job = Job { read: &read, reading, data, out, guard: reading.guard(None) };
        match target {
            Target::Tables => {
                let formulas = job.tables(self.reveal.as_deref())?;
                if formulas > 0 {
                    manner.say(&format!(
                        "{formulas} cells begin as a formula does; open these tables in a spreadsheet only by importing columns as text"
                    ));
                }
            }
            Target::Jsonl => job.file(|data, out| write_json_lines(data, out))?,
            Target::Ftm => {
                job.file(|data, out| write_ftm(data, out))?;
                manner.say("What FollowTheMoney loses is told by `kluwen convert --explain ftm`");
            }
            #[cfg(feature = "parquet")]
            Target::Parquet => job.parquet(self.reveal.as_deref())?,
            Target::Graph(format) => {
                job.graph(format, disclosure, manner)?;
                manner.say(&format!(
                    "What a graph loses is told by `kluwen convert --explain {}`",
                    format.name()
                ));
            }
        }
        let what = match disclosure {
            Disclosure::Coded => "without names",
            Disclosure::Revealed if matches!(target, Target::Graph(_)) => {
                "with names, those of victims excepted: keep it where the case is kept"
            }
            Disclosure::Revealed => {
                "with all names, those of victims too: keep it where the case is kept"
            }
        };
        manner.say(&format!("{} holds the case {what}", out.display()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Why no rows about people are published, in any form: whoever counts them learns what `analyse --publish` withholds.
const NO_ROWS: &str = "rows about people can be counted and told apart, whatever is left out of them; none are for publication. Publish figures: `kluwen analyse --publish`";

/// The case as it goes out.
fn data(read: &Read, disclosure: Disclosure) -> Result<CaseData<'_>> {
    let case = &read.taken.case;
    match (&read.pseudonyms, disclosure) {
        (Some(pseudonyms), Disclosure::Coded) => Ok(CaseData::keyed(case, pseudonyms)),
        (Some(_), Disclosure::Revealed) => Err(Error::usage(
            "`--reveal` writes ids as they are, and `--key` pseudonyms in their place; give one of them",
        )),
        (None, disclosure) => Ok(CaseData::new(case, disclosure)),
    }
}

fn disclosure(reveal: Option<&str>) -> Result<Disclosure> {
    match reveal.map(str::trim) {
        None => Ok(Disclosure::Coded),
        Some("") => Err(Error::usage("`--reveal` takes the reason for which names are written")),
        Some(_) => Ok(Disclosure::Revealed),
    }
}

/// Who is a victim by a row that was set aside is protected here, and would not be where the data go.
fn refuse_lost_protection(read: &Read) -> Result<()> {
    let Some((_, assertion)) = read.taken.case.victims_of_refused_rows().first() else {
        return Ok(());
    };
    let place = printable(&read.taken.case.place_of(assertion));
    Err(Error::usage(if read.clearance.is_some() {
        format!(
            "{place}: a row above the clearance says that somebody is a victim; converted without it, the case would rank her; convert with a higher `--clearance`, or give findings instead of the case"
        )
    } else {
        format!(
            "{place}: a row that was set aside says that somebody is a victim, which the converted case would not; mend it first"
        )
    }))
}

fn explained(fates: &[Fate]) -> Sheet {
    let mut sheet = Sheet::new(["table", "column", "kept", "becomes", "without --reveal"]);
    for fate in fates {
        sheet.push([
            fate.table.name().into(),
            fate.column.into(),
            fate.kept.name().into(),
            fate.becomes.as_str().into(),
            if fate.kept == Kept::Lost {
                "left out".into()
            } else {
                fate.unrevealed.as_str().into()
            },
        ]);
    }
    sheet
}

fn lost(losses: &Losses) -> Sheet {
    let mut sheet = Sheet::new(["of a map", "kept"]);
    for (facts, kept) in [(&losses.kept, "yes"), (&losses.lost, "no")] {
        for fact in facts {
            sheet.push([(*fact).into(), kept.into()]);
        }
    }
    sheet
}

/// All of a case as a map.
fn whole(read: &Read, disclosure: Disclosure) -> Map {
    let case = &read.taken.case;
    let identities = Identities::as_given(case);
    let picture = Picture {
        most: usize::MAX,
        view: View { isolates: Isolates::Keep, ..View::default() },
        names: match disclosure {
            Disclosure::Coded => Names::Codes,
            Disclosure::Revealed => Names::Revealed,
        },
        with: vec![Shared::Channels, Shared::Places, Shared::Identifiers, Shared::Cases],
        ..Picture::default()
    };
    let map = picture.draw(&Network::new(case, &identities.entities), &[], &[]);
    Map { made: Some(made(read, 0)), ..map }
}

/// One conversion.
struct Job<'r> {
    read: &'r Read,
    reading: &'r Reading,
    data: CaseData<'r>,
    out: &'r Path,
    guard: InputGuard,
}

impl Job<'_> {
    fn file(
        &self,
        write: impl FnOnce(&CaseData<'_>, &mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> Result<()> {
        save(self.out, &self.guard, |out| write(&self.data, out))?;
        Ok(())
    }

    fn graph(&self, format: Exchange, disclosure: Disclosure, manner: Manner) -> Result<()> {
        let map = whole(self.read, disclosure);
        if !format.keeps_all_characters() {
            say_what_is_spelt(&map, manner);
        }
        if format.is_folder() {
            return write_folder(&map, None, format, self.out, &self.guard);
        }
        save(self.out, &self.guard, |out| write_map(&map, None, format, out)).map(drop)
    }

    /// CSV tables in a folder; how many of their cells a spreadsheet would take for formulas.
    fn tables(&self, why: Option<&str>) -> Result<usize> {
        let mut formulas = 0;
        self.folder("csv", why, |drafts, name, table| {
            drafts.stage(name, |out| {
                formulas += write_csv_table(&self.data, table, out)?.formulas;
                Ok(())
            })
        })?;
        Ok(formulas)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, why: Option<&str>) -> Result<()> {
        self.folder("parquet", why, |drafts, name, table| {
            drafts
                .stage(name, |out| kluwen::output::write_parquet(&self.data, table, out).map(drop))
        })
    }

    /// A file a table, and last the manifest: a folder without one is an unfinished run.
    fn folder(
        &self,
        ending: &str,
        why: Option<&str>,
        mut write: impl FnMut(&mut Drafts<'_>, &Path, kluwen::case::Table) -> Result<Saved>,
    ) -> Result<()> {
        let mut drafts = Drafts::in_new_folder(self.out, &self.guard)?;
        let mut manifest = manifest(self.read, self.reading, None, 0)?;
        manifest.settings.insert("names_revealed_because".into(), why.into());
        self.read.note(&mut manifest);
        for table in self.data.tables() {
            let name = format!("{table}.{ending}");
            manifest.wrote(name.as_str(), write(&mut drafts, &self.out.join(&name), table)?);
        }
        manifest.stage(self.out, &mut drafts)?;
        record::commit(drafts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::lines;
    use super::*;

    #[test]
    fn the_name_of_what_is_written_says_what_it_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dotted = folder.path().join("v1.jsonl");
        std::fs::create_dir(&dotted).expect("a folder");
        assert_eq!(Target::of(&dotted).expect("a folder"), Target::Tables);
        for (name, target) in [
            ("out", Target::Tables),
            ("a/b.d/out", Target::Tables),
            ("case.jsonl", Target::Jsonl),
            ("CASE.NDJSON", Target::Jsonl),
            ("case.ftm.json", Target::Ftm),
            ("case.ftm", Target::Ftm),
            ("case.ijson", Target::Ftm),
            ("case.graphml", Target::Graph(Exchange::GraphMl)),
            ("case.net", Target::Graph(Exchange::Pajek)),
            ("case.json", Target::Graph(Exchange::NodeLink)),
        ] {
            assert_eq!(Target::of(Path::new(name)).expect(name), target, "{name}");
        }
        for name in ["case.docx", "case.svg", "case.html"] {
            let error = Target::of(Path::new(name)).expect_err(name).to_string();
            assert!(error.starts_with(&format!("{name}: a case becomes")), "{error}");
        }
    }

    #[test]
    fn names_go_out_only_for_a_reason() {
        assert_eq!(disclosure(None).expect("codes"), Disclosure::Coded);
        assert_eq!(disclosure(Some(" court ")).expect("names"), Disclosure::Revealed);
        for empty in ["", "  "] {
            disclosure(Some(empty)).expect_err("no reason");
        }
    }

    #[test]
    fn losses_are_told_fact_by_fact_and_column_by_column() {
        let losses = Losses { format: "x", kept: vec!["codes"], lost: vec!["grades", "dates"] };
        assert_eq!(lines(&lost(&losses)), ["codes,yes", "grades,no", "dates,no"]);
        let fate = |kept| Fate {
            table: kluwen::case::Table::People,
            column: "birth",
            becomes: "a text".into(),
            kept,
            unrevealed: "the year".into(),
        };
        assert_eq!(
            lines(&explained(&[fate(Kept::AsText), fate(Kept::Lost)])),
            ["people,birth,as text,a text,the year", "people,birth,lost,a text,left out"]
        );
    }
}
