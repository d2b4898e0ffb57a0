//! In what form a map is written, and the writing.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use kluwen::error::{Error, Result, printable};
use kluwen::finding::Map;
use kluwen::identity::EntityId;
use kluwen::output::{
    Dot, Drafts, Exchange, HtmlMap, InputGuard, Lang, Layout, Paper, Placed, Placement, Png, Svg,
    map_files, spelt_out, write_map,
};

use super::flags::LangFlag;
use super::record::{self, save};
use super::{Manner, print};

/// In what form a map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapForm {
    Dot,
    Svg,
    Png,
    Html,
    Exchange(Exchange),
}

impl MapForm {
    const DRAWN: [(&'static str, Self); 4] =
        [("dot", Self::Dot), ("svg", Self::Svg), ("png", Self::Png), ("html", Self::Html)];

    fn all() -> impl Iterator<Item = (&'static str, Self)> {
        let other = Exchange::ALL.iter().map(|&(name, format)| (name, Self::Exchange(format)));
        Self::DRAWN.into_iter().chain(other)
    }

    /// The form of that name, which is among those that the command line offers.
    fn named(name: &str) -> Self {
        Self::all().find(|(known, _)| *known == name).map_or(Self::Dot, |(_, form)| form)
    }

    /// What the name of a file or folder says; none where it says nothing.
    pub(crate) fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        let name = match ending.as_str() {
            "gv" => "dot",
            "htm" => "html",
            "net" => "pajek",
            "cyjs" => "cytoscape",
            "json" => "node-link",
            other => other,
        };
        Self::all().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// Reads a form from the command line.
    pub(crate) fn parser() -> impl clap::builder::TypedValueParser<Value = Self> {
        PossibleValuesParser::new(Self::all().map(|(name, _)| name)).map(|name| Self::named(&name))
    }
}

/// Where signs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LayoutFlag {
    /// Those who are tied stand near each other
    Force,
    /// In rings around those asked for, or around the first ranked
    Concentric,
    /// From left to right by the first day of their ties
    Timeline,
}

impl From<LayoutFlag> for Layout {
    fn from(layout: LayoutFlag) -> Self {
        match layout {
            LayoutFlag::Force => Self::Force,
            LayoutFlag::Concentric => Self::Concentric,
            LayoutFlag::Timeline => Self::Timeline,
        }
    }
}

/// On what a map is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperFlag {
    /// As large as it needs
    #[default]
    Screen,
    /// 210 × 297 mm, upright or on its side
    A4,
    /// 297 × 420 mm, upright or on its side
    A3,
}

impl From<PaperFlag> for Paper {
    fn from(paper: PaperFlag) -> Self {
        match paper {
            PaperFlag::Screen => Self::Screen,
            PaperFlag::A4 => Self::A4,
            PaperFlag::A3 => Self::A3,
        }
    }
}

/// How a map is drawn and where it goes.
#[derive(Debug, Args)]
pub(crate) struct DrawingFlags {
    /// Write to this file, or folder for `neo4j` and `parquet`, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// In what form [default: as the ending of --out says, else dot]
    #[arg(long, value_name = "FORMAT", value_parser = MapForm::parser())]
    format: Option<MapForm>,
    /// Where signs stand [default: force; dot leaves it to Graphviz unless this is given]
    #[arg(long, value_enum, value_name = "LAYOUT")]
    layout: Option<LayoutFlag>,
    /// On what paper, for svg and png
    #[arg(long, value_enum, value_name = "PAPER", default_value_t)]
    paper: PaperFlag,
    /// How many pixels an inch has, for png
    #[arg(long, value_name = "N", default_value_t = Png::default().dpi)]
    dpi: f64,
    /// What stands over the map [default: how much it shows]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// In which language
    #[arg(long, value_enum, value_name = "LANG", default_value_t)]
    lang: LangFlag,
}

/// Up to so many signs get a place in the formats of other tools without being asked: those place signs themselves.
const PLACED_UNASKED: usize = 5_000;

impl DrawingFlags {
    /// Writes the map where it belongs.
    pub(crate) fn write(
        &self,
        map: &Map,
        placement: &Placement,
        guard: &InputGuard,
        manner: Manner,
    ) -> Result<()> {
        let form = self.form()?;
        let placed = self.place(form, map, placement)?;
        if !matches!(form, MapForm::Exchange(format) if format.keeps_all_characters()) {
            say_what_is_spelt(map, manner);
        }
        let bytes = match form {
            MapForm::Dot => self.dot().text(map, placed.as_ref()).into_bytes(),
            MapForm::Svg => self.svg(map, &placed.unwrap_or_default()).into_bytes(),
            MapForm::Png => self.png(map, &placed.unwrap_or_default(), manner)?,
            MapForm::Html => html(map, &placed.unwrap_or_default(), self.lang.into()).into_bytes(),
            MapForm::Exchange(format) if format.is_folder() => {
                let Some(folder) = &self.out else {
                    return Err(Error::usage(format!(
                        "`--format {}` writes several files; say with `--out` into which folder",
                        format.name()
                    )));
                };
                return write_folder(map, placed.as_ref(), format, folder, guard);
            }
            MapForm::Exchange(format) => {
                return self.stream(guard, |out| write_map(map, placed.as_ref(), format, out));
            }
        };
        self.stream(guard, |out| out.write_all(&bytes))
    }

    fn form(&self) -> Result<MapForm> {
        if let Some(form) = self.format {
            return Ok(form);
        }
        let Some(out) = &self.out else { return Ok(MapForm::Dot) };
        MapForm::of_ending(out).ok_or_else(|| {
            Error::usage(format!(
                "{}: its ending says no form of map; say with `--format` what it is to be",
                printable(&out.to_string_lossy())
            ))
        })
    }

    /// Where signs stand, where the form has use for it.
    fn place(&self, form: MapForm, map: &Map, placement: &Placement) -> Result<Option<Placed>> {
        let unasked = match form {
            MapForm::Dot => false,
            MapForm::Exchange(_) => map.nodes.len() <= PLACED_UNASKED,
            MapForm::Svg | MapForm::Png | MapForm::Html => true,
        };
        if self.layout.is_none() && !unasked {
            return Ok(None);
        }
        let layout = self.layout.map_or(Layout::Force, Layout::from);
        Placement { layout, ..placement.clone() }.of(map).map(Some)
    }

    fn dot(&self) -> Dot {
        Dot { lang: self.lang.into(), ..Dot::default() }
    }

    fn svg(&self, map: &Map, placed: &Placed) -> String {
        let (paper, lang) = (self.paper.into(), self.lang.into());
        Svg { paper, lang, ..Svg::default() }.text(map, placed)
    }

    fn png(&self, map: &Map, placed: &Placed, manner: Manner) -> Result<Vec<u8>> {
        if self.out.is_none() && std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            return Err(Error::usage(
                "a picture is no text for a terminal; say where it goes with `--out`",
            ));
        }
        let picture = Png { dpi: self.dpi }.of(&self.svg(map, placed))?;
        if !picture.missing.is_empty() {
            let missing: String = picture.missing.iter().collect();
            manner.say(&format!(
                "A box stands for letters that the font of pictures lacks: {missing}"
            ));
        }
        Ok(picture.bytes)
    }

    fn stream(
        &self,
        guard: &InputGuard,
        write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> Result<()> {
        match &self.out {
            Some(path) => save(path, guard, write).map(drop),
            None => print::print(write),
        }
    }
}

/// Says that texts are not written as they are, where they are not.
pub(crate) fn say_what_is_spelt(map: &Map, manner: Manner) {
    let texts = spelt_out(map);
    if texts > 0 {
        manner.say(&format!(
            "{texts} texts hold control, bidirectional or invisible characters; each of these is written as `\\u{{…}}`"
        ));
    }
}

/// The map as a page, with the static picture for paper and for when scripts are off.
pub(crate) fn html(map: &Map, placed: &Placed, lang: Lang) -> String {
    let svg = Svg { paper: Paper::A3, lang, ..Svg::default() }.text(map, placed);
    HtmlMap { lang }.text(map, placed, &svg)
}

/// Writes the files of a map into a folder of their own: a file of an older map would be read as one of this.
pub(crate) fn write_folder(
    map: &Map,
    placed: Option<&Placed>,
    format: Exchange,
    folder: &Path,
    guard: &InputGuard,
) -> Result<()> {
    let mut drafts = Drafts::in_new_folder(folder, guard)?;
    let files = map_files(map, placed, format);
    for (place, name) in files.names().enumerate() {
        drafts.stage(folder.join(name), |out| files.write(place, out))?;
    }
    record::commit(drafts)
}

/// Around whom rings are drawn, and from which seed.
pub(crate) fn placement(seed: u64, around: Vec<EntityId>) -> Placement {
    Placement { seed, around, ..Placement::default() }
}

#[cfg(test)]
mod tests {
    use kluwen::finding::{MapNode, Part};

    use super::super::trial::typed;
    use super::*;

    fn flags(words: &[&str]) -> DrawingFlags {
        typed(words)
    }

    #[test]
    fn the_ending_of_a_file_says_the_form() {
        for (name, form) in [
            ("m.dot", MapForm::Dot),
            ("m.GV", MapForm::Dot),
            ("m.svg", MapForm::Svg),
            ("m.png", MapForm::Png),
            ("m.html", MapForm::Html),
            ("m.htm", MapForm::Html),
            ("m.net", MapForm::Exchange(Exchange::Pajek)),
            ("m.cyjs", MapForm::Exchange(Exchange::Cytoscape { boxes: false })),
            ("m.json", MapForm::Exchange(Exchange::NodeLink)),
            ("m.graphml", MapForm::Exchange(Exchange::GraphMl)),
        ] {
            assert_eq!(MapForm::of_ending(Path::new(name)), Some(form), "{name}");
            assert_eq!(flags(&["--out", name]).form().expect(name), form, "{name}");
        }
        for name in ["m", "m.docx", ".svg"] {
            assert_eq!(MapForm::of_ending(Path::new(name)), None, "{name}");
        }
    }

    #[test]
    fn a_form_that_is_given_goes_before_an_ending() {
        for (name, form) in MapForm::all() {
            assert_eq!(flags(&["--format", name, "--out", "m.svg"]).form().expect(name), form);
        }
        assert_eq!(flags(&[]).form().expect("the usual"), MapForm::Dot);
        let error = flags(&["--out", "m.docx"]).form().expect_err("no form").to_string();
        assert!(error.starts_with("m.docx: its ending says no form"), "{error}");
    }

    #[test]
    fn signs_are_placed_where_the_form_has_use_for_it() {
        let node = |_| MapNode::new("E1".into(), Part::Client);
        let map = |count: usize| Map { nodes: (0..count).map(node).collect(), ..Map::default() };
        let placed = |words: &[&str], form, count| {
            let placed = flags(words).place(form, &map(count), &Placement::default());
            placed.expect("few signs").is_some()
        };
        let other = MapForm::Exchange(Exchange::GraphMl);
        for form in [MapForm::Svg, MapForm::Png, MapForm::Html, other] {
            assert!(placed(&[], form, 2), "{form:?}");
        }
        assert!(!placed(&[], MapForm::Dot, 2));
        assert!(placed(&["--layout", "timeline"], MapForm::Dot, 2));
        // Other tools place many themselves.
        assert!(!placed(&[], other, 5001));
    }

    #[test]
    fn layouts_and_papers_are_those_that_were_typed() {
        let layouts = [LayoutFlag::Force, LayoutFlag::Concentric, LayoutFlag::Timeline];
        assert_eq!(
            layouts.map(Layout::from),
            [Layout::Force, Layout::Concentric, Layout::Timeline]
        );
        let papers = [PaperFlag::Screen, PaperFlag::A4, PaperFlag::A3];
        assert_eq!(papers.map(Paper::from), [Paper::Screen, Paper::A4, Paper::A3]);
    }

    #[test]
    fn rings_are_around_those_asked_for_and_chance_has_its_seed() {
        let around = vec![EntityId::from_number(3)];
        let want = Placement { layout: Layout::Force, seed: 7, around: around.clone() };
        assert_eq!(placement(7, around), want);
    }
}
