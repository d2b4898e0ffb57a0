//! A file of edges in place of a case: for graphs of other people's.

use std::path::Path;

use clap::ArgMatches;
use clap::parser::ValueSource;
use kluwen::case::{Directed, Foreign, Limits};
use kluwen::error::{Error, Result};
use kluwen::graph::{Csr, Direction, EdgeList, Labelled, Names, Weight};

use super::flags::FlattenFlags;
use super::{Manner, record};

/// The endings of files that are lists of edges; a case in CSV is a folder.
const ENDINGS: [&str; 4] = ["csv", "tsv", "txt", "edges"];

/// What commands look at in a list of edges, by argument.
const LOOKED_AT: [&str; 27] = [
    "case",
    "max_field",
    "max_record",
    "max_input",
    "max_whole",
    "max_rows",
    "max_columns",
    "max_attributes",
    "max_depth",
    "by",
    "quality",
    "resolution",
    "directed",
    "weight",
    "length",
    "normalized",
    "damping",
    "radius",
    "alpha",
    "approximate",
    "failure",
    "robust",
    "share",
    "draws",
    "seed",
    "top",
    "format",
];

/// A graph from a file, and what its nodes are called.
pub(crate) struct Edges {
    pub(crate) csr: Csr,
    pub(crate) names: Names,
    /// The ids of nodes, where they are not their names.
    ids: Option<Names>,
}

/// Whether the case that is named is a list of edges, or a graph of another tool.
pub(crate) fn is_list(path: &Path) -> bool {
    if Foreign::is_foreign(path) {
        return true;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && !path.is_dir()
}

/// Fails on the first argument that says something of a case, where there is none.
pub(crate) fn refuse_flags_of_cases(command: &clap::Command, matches: &ArgMatches) -> Result<()> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let Ok(Some(case)) = matches.try_get_one::<std::path::PathBuf>("case") else { return Ok(()) };
    if !is_list(case) || !matches!(name, "rank" | "group") {
        return Ok(());
    }
    let arguments =
        command.find_subcommand(name).into_iter().flat_map(clap::Command::get_arguments);
    for id in arguments.map(|argument| argument.get_id().as_str()) {
        let is_given = matches.value_source(id) == Some(ValueSource::CommandLine);
        if is_given && !LOOKED_AT.contains(&id) {
            let flag = id.replace('_', "-");
            return Err(Error::usage(format!(
                "`--{flag}` is about cases, and this is a list of edges"
            )));
        }
    }
    Ok(())
}

impl Edges {
    pub(crate) fn read(
        path: &Path,
        flatten: FlattenFlags,
        limits: Limits,
        manner: Manner,
    ) -> Result<Self> {
        let uses = match flatten.weight() {
            Weight::None => false,
            Weight::Count => true,
            Weight::Certainty | Weight::Chance => {
                return Err(Error::usage(
                    "a list of edges has no certainties: `--weight count` takes its column `weight`",
                ));
            }
        };
        record::read_path(path)?;
        let (read, ids) = if Foreign::is_foreign(path) {
            foreign(path, flatten.direction(), &limits, manner)?
        } else {
            (EdgeList { direction: flatten.direction(), limits }.read(path)?, None)
        };
        if uses && !read.csr.is_weighted() {
            return Err(Error::usage("`--weight count`: the edges of the file have no weights"));
        }
        if !uses && read.csr.is_weighted() {
            manner
                .say("Each tie counts 1; `--weight count` takes the column or attribute `weight`.");
        }
        if !read.unread.is_empty() {
            manner.say(&format!("Not read: the columns {}.", read.unread.join(", ")));
        }
        let csr = if uses { read.csr } else { read.csr.without_weights() };
        manner.say(&format!(
            "{} edges of the file are {} ties of {} nodes; {} edges from a node to itself are left out.",
            read.lines,
            csr.edge_count(),
            csr.node_count(),
            csr.loops()
        ));
        Ok(Self { csr, names: read.names, ids })
    }

    /// The name of a node.
    pub(crate) fn name(&self, node: usize) -> String {
        u32::try_from(node).map_or_else(|_| String::new(), |node| self.names.of(node).into_owned())
    }

    /// What the file calls a node.
    pub(crate) fn id(&self, node: usize) -> String {
        let names = self.ids.as_ref().unwrap_or(&self.names);
        u32::try_from(node).map_or_else(|_| String::new(), |node| names.of(node).into_owned())
    }
}

/// A graph of another tool, with what was not read of it.
fn foreign(
    path: &Path,
    direction: Direction,
    limits: &Limits,
    manner: Manner,
) -> Result<(Labelled, Option<Names>)> {
    let graph = Foreign::read(path, limits)?;
    manner.say(&format!("Read as {}.", graph.format));
    graph.notes.iter().for_each(|note| manner.say(note));
    let one_way = direction == Direction::Directed;
    match graph.directed {
        Directed::Yes if !one_way => {
            manner.say("The edges of the file run one way; `--directed` keeps that.");
        }
        Directed::Mixed if !one_way => {
            manner.say("Some edges of the file run one way; `--directed` keeps that.");
        }
        Directed::No if one_way => {
            manner.say("The edges of the file run both ways, and so each is two that run one way.");
        }
        _ => {}
    }
    let (read, ids) = Labelled::of_foreign(&graph, direction)?;
    Ok((read, Some(ids)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::Arguments;
    use super::super::trial::{folder_of, typed};
    use super::*;

    #[test]
    fn a_list_of_edges_is_told_by_its_ending() {
        for name in ["e.csv", "e.TSV", "e.txt", "a/e.edges", "g.graphml", "g.net"] {
            assert!(is_list(Path::new(name)), "{name}");
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dotted = folder.path().join("case.csv");
        std::fs::create_dir(&dotted).expect("a folder");
        assert!(!is_list(&dotted), "a case in CSV is a folder");
        for name in ["case", "case.jsonl", "case.kluwen", "e.csv.gz", ""] {
            assert!(!is_list(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn flags_that_are_about_cases_are_refused_for_a_list() {
        for (words, refused) in [
            (&["rank", "e.csv", "--by", "degree", "--top", "3"][..], None),
            (&["rank", "e.csv", "--kind", "contact"], Some("--kind")),
            (&["group", "e.csv", "--case-file", "c1"], Some("--case-file")),
            (&["group", "e.csv", "--identity", "given"], Some("--identity")),
            (&["rank", "case", "--kind", "contact"], None),
            // Only two commands take a list.
            (&["summary", "e.csv", "--kind", "contact"], None),
            (&["plan", "--edges", "3"], None),
        ] {
            let command = Arguments::command();
            let words = ["kluwen"].iter().chain(words);
            let matches = command.clone().try_get_matches_from(words).expect("known flags");
            let found = refuse_flags_of_cases(&command, &matches);
            let message = found.err().map(|error| error.to_string());
            let want =
                refused.map(|flag| format!("`{flag}` is about cases, and this is a list of edges"));
            assert_eq!(message, want);
        }
    }

    /// Two nodes with a tie that weighs 2.5, in a file of that name.
    fn read(name: &str, text: &str, words: &[&str]) -> Result<Edges> {
        let folder = folder_of(&[(name, text)]);
        let path = folder.path().join(name);
        let (limits, manner) = (Limits::default(), Manner { quiet: true });
        Edges::read(&path, typed::<FlattenFlags>(words), limits, manner)
    }

    #[test]
    fn weights_of_a_list_count_where_that_is_asked_for() {
        let list = "source,target,weight\nx,y,2.5\n";
        let plain = read("e.csv", list, &[]).expect("a list");
        assert!(!plain.csr.is_weighted());
        assert!(read("e.csv", list, &["--weight", "count"]).expect("a list").csr.is_weighted());
        let none = read("e.csv", "source,target\nx,y\n", &["--weight", "count"]);
        assert!(none.err().expect("no weights").to_string().contains("have no weights"));
        for weight in ["certainty", "chance"] {
            let error = read("e.csv", list, &["--weight", weight]).err().expect(weight);
            assert!(error.to_string().contains("has no certainties"), "{error}");
        }
    }

    #[test]
    fn nodes_are_called_as_the_file_calls_them() {
        let list = read("e.csv", "source,target\nx,y\n", &[]).expect("a list");
        let mut names: Vec<(String, String)> =
            [0, 1].map(|node| (list.name(node), list.id(node))).into();
        names.sort_unstable();
        assert_eq!(names, [("x".into(), "x".into()), ("y".into(), "y".into())]);
        let graph = "*Vertices 2\n1 \"Anna\"\n2 \"Bram\"\n*Arcs\n1 2 1\n";
        let graph = read("g.net", graph, &["--directed"]).expect("a graph");
        let mut names: Vec<(String, String)> =
            [0, 1].map(|node| (graph.name(node), graph.id(node))).into();
        names.sort_unstable();
        assert_eq!(names, [("Anna".into(), "1".into()), ("Bram".into(), "2".into())]);
    }
}
