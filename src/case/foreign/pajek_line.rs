//! The lines of a Pajek file: vertices, arcs, lists and rows of matrices.

use super::builder::Builder;
use super::text::{Word, quoted, words};
use super::{ForeignNode, Spell};
use crate::error::Result;

/// What the lines of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    None,
    Vertices,
    /// `*Arcs` and `*Edges`: one a line; whether they run one way.
    Pairs(bool),
    /// `*Arcslist` and `*Edgeslist`: a vertex and all it is tied to.
    Lists(bool),
    Matrix,
    /// Sections of the drawing or of Pajek projects.
    Skipped,
}

impl Section {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "*vertices" => Self::Vertices,
            "*arcs" => Self::Pairs(true),
            "*edges" => Self::Pairs(false),
            "*arcslist" => Self::Lists(true),
            "*edgeslist" => Self::Lists(false),
            "*matrix" => Self::Matrix,
            "*network" => Self::None,
            "*partition" | "*vector" | "*permutation" | "*cluster" | "*hierarchy" => Self::Skipped,
            _ => return None,
        })
    }
}

/// The words of a line; a quote that is never closed is a fault.
pub(super) fn parted<'l>(line: &'l str, number: u64, builder: &Builder) -> Result<Vec<Word<'l>>> {
    words(line, &[]).ok_or_else(|| {
        builder.fault(
            number,
            "",
            "a quote that is never closed",
            "a closing quote on the same line",
        )
    })
}

/// The number of a vertex, which must lie in 1 to `count`.
pub(super) fn vertex(text: &str, count: u64, line: u64, builder: &Builder) -> Result<usize> {
    let number = text.parse::<u64>().ok().filter(|number| (1..=count).contains(number));
    number.and_then(|number| usize::try_from(number).ok()).ok_or_else(|| {
        let expected = format!("the number of a vertex, from 1 to {count} as `*Vertices` says");
        builder.fault(line, "", quoted(text), expected)
    })
}

/// A line of `*Vertices`: its number, and all but the number.
pub(super) fn node(words: &[Word<'_>], line: u64, builder: &mut Builder) -> ForeignNode {
    let mut node = ForeignNode { line, ..ForeignNode::default() };
    node.id = words.first().map(|word| word.text.to_owned()).unwrap_or_default();
    node.label =
        words.get(1).map(|word| word.text.to_owned()).filter(|label| !label.trim().is_empty());
    if let Some(rest) = words.get(2..)
        && !rest.is_empty()
    {
        let (spells, drawn) = times(rest);
        node.spells = spells;
        if drawn {
            builder.note("How vertices and lines are drawn was not read.");
        }
    }
    node
}

/// The times in square brackets among words, and whether there are other words.
pub(super) fn times(words: &[Word<'_>]) -> (Vec<Spell>, bool) {
    let (mut spells, mut others) = (Vec::new(), false);
    for word in words {
        let inside = word.text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        let Some(inside) = inside.filter(|_| !word.quoted) else {
            others = true;
            continue;
        };
        for part in inside.split(',').filter(|part| !part.is_empty()) {
            let (start, end) = part.split_once('-').unwrap_or((part, part));
            let known =
                |text: &str| Some(text.to_owned()).filter(|text| text != "*" && !text.is_empty());
            spells.push(Spell { start: known(start), end: known(end) });
        }
    }
    (spells, others)
}

/// What follows the ends of a line: its weight, its times and its label.
#[derive(Default)]
pub(super) struct Rest {
    pub(super) weight: Option<f64>,
    pub(super) spells: Vec<Spell>,
    pub(super) label: Option<String>,
}

/// What follows the ends of a line.
pub(super) fn rest(words: &[Word<'_>], line: u64, builder: &mut Builder) -> Result<Rest> {
    let mut rest = Rest::default();
    let mut words = words;
    if let Some((first, more)) = words.split_first() {
        let is_number = first.text.parse::<f64>().is_ok();
        let names_a_thing = first.text.starts_with(|c: char| c.is_alphabetic() || c == '[');
        if is_number || !names_a_thing {
            rest.weight = Some(builder.weight(first.text, line)?);
            words = more;
        }
    }
    let (spells, drawn) = times(words);
    rest.spells = spells;
    rest.label =
        words.windows(2).find(|pair| pair[0].text == "l").map(|pair| pair[1].text.to_owned());
    if drawn {
        builder.note("How vertices and lines are drawn was not read.");
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    fn builder() -> Builder {
        Builder::new(ForeignFormat::Pajek, "a.net", 0, Limits::default())
    }

    fn spell(start: Option<&str>, end: Option<&str>) -> Spell {
        Spell { start: start.map(str::to_owned), end: end.map(str::to_owned) }
    }

    #[test]
    fn each_section_is_known_by_its_name() {
        for (name, section) in [
            ("*vertices", Some(Section::Vertices)),
            ("*arcs", Some(Section::Pairs(true))),
            ("*edges", Some(Section::Pairs(false))),
            ("*arcslist", Some(Section::Lists(true))),
            ("*edgeslist", Some(Section::Lists(false))),
            ("*matrix", Some(Section::Matrix)),
            ("*network", Some(Section::None)),
            ("*partition", Some(Section::Skipped)),
            ("*vector", Some(Section::Skipped)),
            ("*permutation", Some(Section::Skipped)),
            ("*cluster", Some(Section::Skipped)),
            ("*hierarchy", Some(Section::Skipped)),
            ("*else", None),
            ("vertices", None),
        ] {
            assert_eq!(Section::of(name), section, "{name}");
        }
    }

    #[test]
    fn a_vertex_is_a_number_from_one_to_their_count() {
        assert_eq!(vertex("1", 2, 4, &builder()).expect("the first"), 1);
        assert_eq!(vertex("2", 2, 4, &builder()).expect("the last"), 2);
        for text in ["0", "3", "-1", "x", ""] {
            let error = vertex(text, 2, 4, &builder()).expect_err("none").to_string();
            let told = format!("a.net:4: `{text}`; expected the number of a vertex, from 1 to 2");
            assert!(error.starts_with(&told), "{error}");
        }
        let error = parted("1 \"a", 4, &builder()).expect_err("an open quote").to_string();
        let told =
            "a.net:4: a quote that is never closed; expected a closing quote on the same line";
        assert_eq!(error, told);
    }

    #[test]
    fn a_vertex_has_a_number_a_label_and_times() {
        for (line, label, spells, drawn) in [
            ("7", None, vec![], false),
            ("7 \"Ann Lee\"", Some("Ann Lee"), vec![], false),
            ("7 \" \"", None, vec![], false),
            (
                "7 Ann [1-3,5]",
                Some("Ann"),
                vec![spell(Some("1"), Some("3")), spell(Some("5"), Some("5"))],
                false,
            ),
            ("7 Ann 0.1 0.2 [4-*]", Some("Ann"), vec![spell(Some("4"), None)], true),
            ("7 Ann \"[1-3]\"", Some("Ann"), vec![], true),
            ("7 Ann [*-3,]", Some("Ann"), vec![spell(None, Some("3"))], false),
            ("7 Ann [3", Some("Ann"), vec![], true),
        ] {
            let mut builder = builder();
            let words = parted(line, 4, &builder).expect("whole quotes");
            let node = node(&words, 4, &mut builder);
            assert_eq!(
                (node.id.as_str(), node.label.as_deref(), node.line),
                ("7", label, 4),
                "{line}"
            );
            assert_eq!(node.spells, spells, "{line}");
            let notes = builder.finish(Vec::new()).expect("no edges").notes;
            assert_eq!(!notes.is_empty(), drawn, "{line}: {notes:?}");
        }
    }

    #[test]
    fn after_the_ends_come_weight_times_and_label() {
        for (line, weight, label, spells, drawn) in [
            ("", None, None, 0, false),
            ("2.5", Some(2.5), None, 0, false),
            ("-1 [1-2]", Some(-1.0), None, 1, false),
            ("[1-2]", None, None, 1, false),
            ("l \"knows\"", None, Some("knows"), 0, true),
            ("3 c Blue l knows", Some(3.0), Some("knows"), 0, true),
            ("3 l", Some(3.0), None, 0, true),
        ] {
            let mut builder = builder();
            let words = parted(line, 4, &builder).expect("whole quotes");
            let rest = rest(&words, 4, &mut builder).expect("a weight or none");
            assert_eq!((rest.weight, rest.label.as_deref()), (weight, label), "{line}");
            assert_eq!(rest.spells.len(), spells, "{line}");
            let notes = builder.finish(Vec::new()).expect("no edges").notes;
            assert_eq!(!notes.is_empty(), drawn, "{line}: {notes:?}");
        }
        for line in ["?", "inf", "NaN"] {
            let mut builder = builder();
            let words = parted(line, 4, &builder).expect("whole quotes");
            let error = rest(&words, 4, &mut builder).err().expect("no weight").to_string();
            let told = format!("a.net:4: column `weight`: `{line}`; expected a finite number");
            assert!(error.starts_with(&told), "{error}");
        }
    }
}
