//! A network map as SVG, as charts of investigators are drawn: a sign for each part, a line for each tie, and all that must be known to read
//! them on the same page.

mod arrow;
mod axis;
mod canvas;
mod escape;
mod groups;
mod heading;
mod legend;
mod paper;
mod path;
mod signs;
mod ties;

pub use paper::Paper;

use crate::finding::Map;
use crate::output::drawing::telling;
use crate::output::percent::percent;
use crate::output::placement::{Boxes, Label, Labels, Placed};
use crate::output::words::{Lang, Words};
use crate::untrusted::Untrusted;
use canvas::{Attributes, Canvas, with};
use escape::number;
use legend::Legend;
use paper::{MARGIN, Page};

/// How a map is written as SVG.
///
/// # Examples
///
/// ```
/// use kluwen::finding::{Map, MapNode, Part};
/// use kluwen::output::{Paper, Placement, Svg};
///
/// let nodes = vec![MapNode::new("E1".into(), Part::Client)];
/// let map = Map { nodes, people_in_all: 1, ..Map::default() };
/// let placed = Placement::default().of(&map)?;
/// let svg = Svg { paper: Paper::A4, ..Svg::default() }.text(&map, &placed);
/// assert!(svg.starts_with("<svg") && svg.contains("width=\"297mm\""));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    /// On what.
    pub paper: Paper,
    /// In which language.
    pub lang: Lang,
    /// Up to how many links are labelled on the map; past that, labels would hide it.
    pub labelled_links: usize,
    /// On a map of more signs than this, only large and ranked signs have a label outside.
    pub crowd: usize,
}

impl Default for Svg {
    fn default() -> Self {
        Self { paper: Paper::default(), lang: Lang::default(), labelled_links: 60, crowd: 1500 }
    }
}

/// What is asked for first is found first by whoever has the fonts; all are as wide as DejaVu Sans or narrower.
const FONTS: &str = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

/// The smallest letters that are drawn on paper, in points.
const READABLE: f64 = 5.5;

/// How high letters are that stand beside lines and outlines, in points of the placement.
const LETTERS: f64 = 8.0;

/// How thin a line may be on paper, in points.
const THINNEST: f64 = 0.4;

/// Between the parts of a page.
const BETWEEN: f64 = 8.0;

/// A page with what is on it.
#[derive(Debug)]
struct Laid {
    page: Page,
    scale: f64,
    over: heading::Block,
    legend: Legend,
    /// Room for the drawing.
    room: [f64; 2],
}

impl Svg {
    /// The map as SVG: the same map and placement give the same bytes.
    ///
    /// On paper the drawing is made as large as the page, upright or on its side, holds it; letters never become smaller than 5.5 points:
    /// labels that have no room then are left out, and it is said how many.
    #[must_use]
    pub fn text(&self, map: &Map, placed: &Placed) -> String {
        let words = Words::of(self.lang);
        let laid = self.lay(map, placed, &words);
        let least = READABLE / laid.scale;
        let (labels, taken) = Labels { least, crowd: self.crowd }.place(map, placed, &words);
        let said = said(map, placed, &labels, laid.scale, &words);
        let room = laid.page.size[0] - 2.0 * MARGIN;
        let under = heading::under(map, &said, room, &words);

        let mut canvas = Canvas::default();
        root(&mut canvas, map, &laid.page, &words);
        laid.over.draw(&mut canvas, [MARGIN, MARGIN]);
        let top = MARGIN + laid.over.height + BETWEEN;
        let free = |axis: usize| (laid.room[axis] - placed.size[axis] * laid.scale).max(0.0) / 2.0;
        let (right, down) = (number(MARGIN + free(0)), number(top + free(1)));
        let moved = format!("translate({right} {down}) scale({})", laid.scale);
        canvas.open("g", with("transform", moved));
        let scene = Scene { map, placed, words: &words, labels: &labels, scale: laid.scale };
        scene.draw(&mut canvas, taken, map.edges.len() <= self.labelled_links);
        canvas.close();
        let bottom = laid.page.size[1] - MARGIN - under.height;
        let legend = bottom - BETWEEN - laid.legend.height;
        laid.legend.draw(&mut canvas, [MARGIN, legend]);
        under.draw(&mut canvas, [MARGIN, bottom]);
        canvas.finish()
    }

    /// The way round on which the drawing becomes largest.
    fn lay(&self, map: &Map, placed: &Placed, words: &Words) -> Laid {
        const NARROWEST: f64 = 560.0;
        // As many lines as may have to be said of the drawing once labels are placed.
        let spare = vec![
            Untrusted::from("…");
            2 + 2 * usize::from(placed.axis.is_some() || !placed.centers.is_empty())
        ];
        let around = |width: f64| {
            let room = width - 2.0 * MARGIN;
            let over = heading::over(map, room, words);
            let legend = Legend::of(map, room, words);
            let under = heading::under(map, &spare, room, words);
            let taken = over.height + legend.height + under.height + 2.0 * MARGIN + 3.0 * BETWEEN;
            (over, legend, taken)
        };
        let Some(sides) = self.paper.sides() else {
            let width = placed.size[0].max(NARROWEST) + 2.0 * MARGIN;
            let (over, legend, taken) = around(width);
            let page = Page { size: [width, placed.size[1] + taken], millimeters: None };
            return Laid {
                page,
                scale: 1.0,
                over,
                legend,
                room: [width - 2.0 * MARGIN, placed.size[1]],
            };
        };
        let [wide, upright] = sides.map(|side| {
            let page = Page::of_paper(side);
            let (over, legend, taken) = around(page.size[0]);
            let room = [page.size[0] - 2.0 * MARGIN, (page.size[1] - taken).max(60.0)];
            Laid { scale: scale(room, placed.size), page, over, legend, room }
        });
        if upright.scale > wide.scale { upright } else { wide }
    }
}

/// Everything that stands where the placement says.
#[derive(Debug)]
struct Scene<'a> {
    map: &'a Map,
    placed: &'a Placed,
    words: &'a Words,
    labels: &'a [Option<Label>],
    /// How much smaller it is on the page.
    scale: f64,
}

impl Scene<'_> {
    /// Draws groups or the axis, ties, signs, and what has room besides.
    fn draw(&self, canvas: &mut Canvas, mut taken: Boxes, label_ties: bool) {
        let Self { map, placed, words, labels, scale } = *self;
        let letters = LETTERS.max(READABLE / scale);
        let groups = if placed.axis.is_some() { Vec::new() } else { groups::of(map, placed) };
        groups::draw(canvas, &groups, words);
        if let Some(axis) = &placed.axis {
            axis::draw(canvas, axis, placed, words, letters);
        }
        // Lines that shrink with the drawing must still be seen.
        let thicker = (THINNEST / scale).max(1.0);
        let ties = ties::Ties { map, placed, words, thicker };
        let curves = ties.curves();
        ties.draw(canvas, &curves);
        signs::draw(canvas, map, placed, labels, words);
        groups::label(canvas, &groups, placed, words, &mut taken, letters);
        if label_ties {
            ties.label(canvas, &curves, &mut taken, letters);
        }
    }
}

/// How much the drawing shrinks or grows on a page; small ones do not fill it with a few giant signs.
fn scale(room: [f64; 2], size: [f64; 2]) -> f64 {
    const LARGEST: f64 = 1.3;
    let fits = |axis: usize| room[axis] / size[axis].max(1.0);
    // To the thousandth, and down: a drawing must not be wider than its page.
    libm::floor(fits(0).min(fits(1)).min(LARGEST) * 1000.0).max(1.0) / 1000.0
}

/// What is to be said of this drawing alone.
fn said(
    map: &Map,
    placed: &Placed,
    labels: &[Option<Label>],
    scale: f64,
    words: &Words,
) -> Vec<Untrusted> {
    const SMALL: f64 = 0.7;
    let missing = labels.iter().filter(|label| label.is_none()).count();
    let small =
        (scale < SMALL).then(|| words.with("svg-small", &[("percent", percent(scale).into())]));
    let unlabelled =
        (missing > 0).then(|| words.with("svg-unlabelled", &[("signs", missing.into())]));
    let time = placed.axis.is_some().then(|| words.say("svg-time"));
    let centers = placed.centers.iter().filter_map(|&place| map.nodes.get(place));
    let centers: Vec<&Untrusted> = centers.map(|node| &node.label).collect();
    let rings = || words.about("svg-rings", "centers", &Untrusted::joined(centers.clone(), ", "));
    let rings = (!centers.is_empty()).then(rings);
    let size = [small, unlabelled].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let size = (!size.is_empty()).then_some(size).map(Into::into);
    time.map(Into::into).into_iter().chain(rings).chain(size).collect()
}

fn root(canvas: &mut Canvas, map: &Map, page: &Page, words: &Words) {
    let [width, height] = page.size.map(number);
    let sides = page.millimeters.map_or_else(
        || [width.clone(), height.clone()],
        |sides| sides.map(|side| format!("{}mm", number(side))),
    );
    let [wide, high] = sides;
    let root = with("xmlns", "http://www.w3.org/2000/svg")
        .with("width", wide)
        .with("height", high)
        .with("viewBox", format!("0 0 {width} {height}"))
        .with("role", "img")
        .with("lang", words.lang.code())
        .with("font-family", FONTS)
        .with("xml:space", "preserve");
    canvas.open("svg", root);
    canvas.said("title", Attributes::default(), [telling::title(map, words)]);
    canvas.said("desc", Attributes::default(), telling::lead(map, words));
    let page = with("fill", "#FFFFFF").number("width", page.size[0]).number("height", page.size[1]);
    canvas.leaf("rect", page);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{MapNode, Part};
    use crate::output::placement::Axis;

    #[test]
    fn a_drawing_is_as_large_as_its_page_holds_it_and_small_ones_grow_little() {
        for (room, size, want) in [
            ([500.0, 300.0], [1000.0, 300.0], 0.5),
            ([500.0, 300.0], [500.0, 400.0], 0.75),
            ([500.0, 300.0], [100.0, 100.0], 1.3),
            // Down to the thousandth: 500 of 701 are 0.7132….
            ([500.0, 300.0], [701.0, 300.0], 0.713),
            ([500.0, 300.0], [0.0, 0.0], 1.3),
            ([0.5, 0.5], [0.0, 0.0], 0.5),
            ([1.0, 1.0], [1e6, 1e6], 0.001),
        ] {
            assert!((scale(room, size) - want).abs() < 1e-12, "{room:?} {size:?}");
        }
    }

    /// What is said of a drawing of two signs of which so many have labels.
    fn told(placed: &Placed, labels: usize, scale: f64) -> Vec<String> {
        let node = |code: &str| MapNode::new(code.into(), Part::Client);
        let map = Map { nodes: vec![node("E1"), node("E2"), node("E3")], ..Map::default() };
        let label = Label { lines: Vec::new(), middle: [0.0; 2], size: 8.0, inside: true };
        let labels: Vec<_> = (0..3).map(|place| (place < labels).then(|| label.clone())).collect();
        let said = said(&map, placed, &labels, scale, &Words::of(Lang::En));
        said.iter().map(|text| text.through(str::to_owned)).collect()
    }

    #[test]
    fn it_is_said_how_small_signs_are_and_how_many_have_no_label() {
        let plain = Placed::default();
        assert_eq!(told(&plain, 3, 0.7), [""; 0]);
        assert_eq!(told(&plain, 3, 0.69), ["Signs are drawn at 69% of their size."]);
        let missing =
            "have no room for a label at this size; larger paper or fewer people show more.";
        assert_eq!(told(&plain, 1, 1.0), [format!("2 signs {missing}")]);
        let both = told(&plain, 2, 0.5);
        assert_eq!(both.len(), 1);
        assert!(both[0].starts_with("Signs are drawn at 50% of their size. 1 sign has no room"));
    }

    #[test]
    fn it_is_said_what_a_place_means_where_it_means_something() {
        let rings = Placed { centers: vec![2, 0, 9], ..Placed::default() };
        let said = told(&rings, 3, 1.0);
        assert!(said.len() == 1 && said[0].contains("away from E3, E1; outermost"), "{said:?}");
        let axis = Axis { ticks: Vec::new(), lanes: Vec::new(), names: 92.0 };
        let said = told(&Placed { axis: Some(axis), ..Placed::default() }, 3, 1.0);
        assert!(said.len() == 1 && said[0].starts_with("From left to right"), "{said:?}");
    }
}
