//! Which format a file is in, and what to do about those that are not read.

use std::fmt;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

use super::builder::Builder;
use super::text::lines;
use super::{
    cytoscape, dl, dot, gexf, gml, graphml, json, konect, matrix, metis, ndjson, neo4j, pajek, vna,
};
use crate::error::{Error, Result, printable};

/// A format of graphs that other tools write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignFormat {
    /// GraphML: yEd, Gephi, igraph, `NetworkX` and many more.
    GraphMl,
    /// GEXF 1.1 to 1.3, of Gephi.
    Gexf,
    /// The network files of Pajek.
    Pajek,
    /// The text files of UCINET.
    UcinetDl,
    /// A folder of CSV files as the importer of Neo4j takes them.
    Neo4jCsv,
    /// JSON of nodes and links (`NetworkX`, D3), or the elements of Cytoscape.
    Json,
    /// JSON, a node or an edge a line.
    JsonLines,
    /// The graph modelling language.
    Gml,
    /// The graph files of METIS.
    Metis,
    /// The edge files of the KONECT collection.
    Konect,
    /// The text files of `NetDraw`.
    Vna,
    /// The language of Graphviz.
    Dot,
    /// A CSV file whose rows and columns are nodes.
    MatrixCsv,
}

/// How much of a file is looked at where its ending does not tell.
const HEAD: usize = 1 << 16;

impl ForeignFormat {
    /// The format of the file or folder at `path`; none if it is no graph of another tool that is read.
    pub(super) fn of(path: &Path) -> Option<Self> {
        if path.as_os_str() == "-" {
            return None;
        }
        if path.is_dir() {
            return neo4j::is_folder(path).then_some(Self::Neo4jCsv);
        }
        Self::of_ending(&ending(path), || head(path))
    }

    /// The same of a file that is in memory.
    pub(super) fn of_named(name: &str, bytes: &[u8]) -> Option<Self> {
        let head = || Some(text_of(bytes[..bytes.len().min(HEAD)].to_vec()));
        Self::of_ending(&ending(name.as_ref()), head)
    }

    fn of_ending(ending: &str, head: impl FnOnce() -> Option<String>) -> Option<Self> {
        match ending {
            "graphml" => Some(Self::GraphMl),
            "gexf" => Some(Self::Gexf),
            "net" => Some(Self::Pajek),
            "dl" => Some(Self::UcinetDl),
            "gml" => Some(Self::Gml),
            "graph" | "metis" => Some(Self::Metis),
            "konect" => Some(Self::Konect),
            "vna" => Some(Self::Vna),
            "dot" | "gv" => Some(Self::Dot),
            "cyjs" => Some(Self::Json),
            "json" | "jsonl" | "ndjson" | "xml" | "csv" | "txt" | "tsv" | "dat" => {
                Self::of_content(ending, &head()?)
            }
            _ => None,
        }
    }

    fn of_content(ending: &str, head: &str) -> Option<Self> {
        match ending {
            "json" | "jsonl" | "ndjson" if ndjson::begins(head) => Some(Self::JsonLines),
            "json" => json::begins(head).then_some(Self::Json),
            "xml" if head.contains("<graphml") => Some(Self::GraphMl),
            "xml" if head.contains("<gexf") => Some(Self::Gexf),
            "csv" => matrix::begins(head).then_some(Self::MatrixCsv),
            "txt" | "dat" if dl::begins(head) => Some(Self::UcinetDl),
            "txt" | "dat" if pajek::begins(head) => Some(Self::Pajek),
            "txt" | "tsv" | "dat" if konect::begins(head) => Some(Self::Konect),
            _ => None,
        }
    }

    /// Puts the text of a file into the builder.
    pub(super) fn parse(self, text: &str, builder: &mut Builder) -> Result<()> {
        match self {
            Self::GraphMl => graphml::read(text, builder),
            Self::Gexf => gexf::read(text, builder),
            Self::Pajek => pajek::read(text, builder),
            Self::UcinetDl => dl::read(text, builder),
            Self::Json => json::read(text, builder, cytoscape::elements),
            Self::JsonLines => ndjson::read(text, builder),
            Self::Gml => gml::read(text, builder),
            Self::Metis => metis::read(text, builder),
            Self::Konect => konect::read(text, builder),
            Self::Vna => vna::read(text, builder),
            Self::Dot => dot::read(text, builder),
            Self::MatrixCsv => matrix::read(text, builder),
            Self::Neo4jCsv => Err(Error::usage("a graph for Neo4j is a folder of CSV files")),
        }
    }

    /// Why the file at `path` is not read as a graph, with the format where it is known.
    pub(in crate::case) fn refusal(path: &Path) -> Error {
        let name = printable(&path.to_string_lossy());
        let ending = ending(path);
        match NOT_READ.iter().find(|(known, ..)| *known == ending) {
            Some((_, what, instead)) => {
                Error::usage(format!("{name}: {what} is not read; {instead}"))
            }
            None => Error::usage(format!(
                "{name}: no graph that is read; GraphML, GEXF, Pajek .net, UCINET .dl, GML, DOT, VNA, METIS .graph, KONECT, \
                 node-link or Cytoscape JSON and folders for the Neo4j importer are"
            )),
        }
    }

    /// Whether a file of this ending is a graph of a format that is known and not read.
    pub(in crate::case) fn is_refused(path: &Path) -> bool {
        let ending = ending(path);
        NOT_READ.iter().any(|(known, ..)| *known == ending)
    }
}

/// Formats that are known and not read: their ending, their name, what to do.
const NOT_READ: [(&str, &str, &str); 18] = [
    ("gephi", "a Gephi project", "export the graph as GEXF or GraphML"),
    ("cys", "a Cytoscape session", "export the network as Cytoscape JSON (.cyjs) or GraphML"),
    ("cx", "Cytoscape CX", "export the network as Cytoscape JSON (.cyjs) or GraphML"),
    ("cx2", "Cytoscape CX2", "export the network as Cytoscape JSON (.cyjs) or GraphML"),
    ("xgmml", "XGMML", "export the network as GraphML"),
    ("sif", "Cytoscape SIF", "export the network as GraphML"),
    ("##h", "a UCINET dataset", "export it as DL text or as Pajek .net"),
    ("##d", "a UCINET dataset", "export it as DL text or as Pajek .net"),
    ("paj", "a Pajek project", "save its network as .net"),
    ("mtgl", "a Maltego graph", "export it as CSV and give a mapping"),
    ("mtgx", "a Maltego graph", "export it as CSV and give a mapping"),
    ("anb", "a chart of Analyst's Notebook", "export it as .anx"),
    ("tlp", "Tulip TLP", "export the graph as GEXF"),
    ("tgf", "the trivial graph format", "save the graph as GraphML"),
    ("graphmlz", "packed GraphML", "unpack it, or save it as GraphML"),
    ("gt", "a graph-tool file", "save the graph as GraphML"),
    ("ttl", "RDF", "export the graph as GraphML or as CSV with a mapping"),
    ("rdf", "RDF", "export the graph as GraphML or as CSV with a mapping"),
];

impl fmt::Display for ForeignFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GraphMl => "GraphML",
            Self::Gexf => "GEXF",
            Self::Pajek => "Pajek",
            Self::UcinetDl => "UCINET DL",
            Self::Neo4jCsv => "CSV for Neo4j",
            Self::Json => "JSON of nodes and links",
            Self::JsonLines => "JSON Lines of nodes and edges",
            Self::Gml => "GML",
            Self::Metis => "METIS",
            Self::Konect => "KONECT",
            Self::Vna => "VNA",
            Self::Dot => "DOT",
            Self::MatrixCsv => "a matrix in CSV",
        })
    }
}

/// The ending of a file in lower case, without `.gz`.
fn ending(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_owned())
}

/// How a file begins, as far as it is text, without remarks of a byte order; none if it cannot be read.
fn head(path: &Path) -> Option<String> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")) {
        MultiGzDecoder::new(file).take(HEAD as u64).read_to_end(&mut bytes).ok()?;
    } else {
        file.take(HEAD as u64).read_to_end(&mut bytes).ok()?;
    }
    Some(text_of(bytes))
}

/// The first bytes of a file, as far as they are text.
fn text_of(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        // Of UTF-16 the letters of formats are every second byte.
        bytes.retain(|&byte| byte != 0);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.trim_start_matches(['\u{feff}', '\u{fffd}']).to_owned()
}

/// The first line of a text that holds something and does not begin with any of `remarks`.
pub(super) fn first_line<'t>(text: &'t str, remarks: &[char]) -> Option<&'t str> {
    let line = |(_, line): (u64, &'t str)| Some(line.trim()).filter(|line| !line.is_empty());
    lines(text).filter_map(line).find(|line| !line.starts_with(remarks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_tells_the_format_where_it_can() {
        for (name, format, called) in [
            ("a.graphml", ForeignFormat::GraphMl, "GraphML"),
            ("a.GEXF", ForeignFormat::Gexf, "GEXF"),
            ("a.net.gz", ForeignFormat::Pajek, "Pajek"),
            ("a.dl", ForeignFormat::UcinetDl, "UCINET DL"),
            ("a.gml", ForeignFormat::Gml, "GML"),
            ("a.graph", ForeignFormat::Metis, "METIS"),
            ("a.metis", ForeignFormat::Metis, "METIS"),
            ("a.konect", ForeignFormat::Konect, "KONECT"),
            ("a.vna", ForeignFormat::Vna, "VNA"),
            ("a.b.dot", ForeignFormat::Dot, "DOT"),
            ("a.gv", ForeignFormat::Dot, "DOT"),
            ("a.cyjs", ForeignFormat::Json, "JSON of nodes and links"),
        ] {
            assert_eq!(ForeignFormat::of_named(name, b""), Some(format), "{name}");
            assert_eq!(format.to_string(), called);
        }
        for name in ["graphml", "a.graphml.zip", "a.png", "a", "-"] {
            assert_eq!(ForeignFormat::of_named(name, b"<graphml>"), None, "{name}");
        }
        assert_eq!(ForeignFormat::Neo4jCsv.to_string(), "CSV for Neo4j");
    }

    #[test]
    fn of_endings_that_many_files_have_the_beginning_tells_the_format() {
        let links = r#"{"nodes":[],"links":[]}"#;
        let line = r#"{"type":"node","id":"a"}"#;
        for (name, text, format) in [
            ("a.json", links, Some(ForeignFormat::Json)),
            ("a.json", "[1]", None),
            ("a.jsonl", links, None),
            ("a.xml", "<?xml?>\n<graphml>", Some(ForeignFormat::GraphMl)),
            ("a.xml", "\u{feff}<gexf>", Some(ForeignFormat::Gexf)),
            ("a.xml", "<html>", None),
            ("a.csv", ";a;b\na;0;1\nb;1;0\n", Some(ForeignFormat::MatrixCsv)),
            ("a.csv", "person_id,name\np1,a\n", None),
            ("a.txt", "DL n=3", Some(ForeignFormat::UcinetDl)),
            ("a.dat", "dl n=3", Some(ForeignFormat::UcinetDl)),
            ("a.tsv", "dl n=3", None),
            ("a.txt", "*Vertices 3", Some(ForeignFormat::Pajek)),
            ("a.dat", "*vertices 3", Some(ForeignFormat::Pajek)),
            ("a.tsv", "*vertices 3", None),
            ("a.txt", "% sym\n1 2\n", Some(ForeignFormat::Konect)),
            ("a.tsv", "% sym\n1 2\n", Some(ForeignFormat::Konect)),
            ("a.dat", "% sym\n1 2\n", Some(ForeignFormat::Konect)),
            ("a.txt", "hello", None),
        ] {
            assert_eq!(ForeignFormat::of_named(name, text.as_bytes()), format, "{name}: {text}");
        }
        for name in ["a.json", "a.jsonl", "a.ndjson"] {
            let read = ForeignFormat::of_named(name, line.as_bytes());
            assert_eq!(read, Some(ForeignFormat::JsonLines), "{name}");
        }
    }

    #[test]
    fn a_format_is_known_in_utf16_too() {
        for (mark, unit) in [
            ([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xfe, 0xff], u16::to_be_bytes),
        ] {
            let text = "<?xml version=\"1.0\"?><gexf>".encode_utf16().flat_map(unit);
            let bytes: Vec<u8> = mark.into_iter().chain(text).collect();
            assert_eq!(ForeignFormat::of_named("a.xml", &bytes), Some(ForeignFormat::Gexf));
        }
        assert_eq!(text_of(b"\xef\xbb\xbfa\0b".to_vec()), "a\0b");
    }

    #[test]
    fn a_format_that_is_not_read_is_refused_with_what_to_do() {
        let refusal = |name: &str| ForeignFormat::refusal(name.as_ref()).to_string();
        assert_eq!(
            refusal("a.GEPHI"),
            "a.GEPHI: a Gephi project is not read; export the graph as GEXF or GraphML"
        );
        assert_eq!(
            refusal("x/a.##h"),
            "x/a.##h: a UCINET dataset is not read; export it as DL text or as Pajek .net"
        );
        assert!(refusal("a.png").starts_with("a.png: no graph that is read; GraphML, GEXF, Pajek"));
        for (name, refused) in
            [("a.sif", true), ("a.sif.gz", true), ("a.graphml", false), ("", false)]
        {
            assert_eq!(ForeignFormat::is_refused(name.as_ref()), refused, "{name}");
        }
    }

    #[test]
    fn remarks_and_blank_lines_are_no_first_line() {
        assert_eq!(first_line("\n  \n# x\n % y\n a b \nc", &['#', '%']), Some("a b"));
        assert_eq!(first_line("# x\n", &['%']), Some("# x"));
        assert_eq!(first_line("# x\n\n", &['#']), None);
    }
}
