//! How large signs are: as large as what is written in them.

use crate::error::printable;
use crate::finding::{Map, MapNode};
use crate::output::drawing::sign::{sign, size};
use crate::output::drawing::text::{LINE, shortened, width};
use crate::output::drawing::{outline, telling};
use crate::output::words::{Lang, Words};
use crate::untrusted::Untrusted;

/// A label is cut past this width, in sizes: a sign must not be as wide as a page.
const WIDEST: f64 = 14.0;

/// How high the letters of a sign are, in points; `size` is 0, 1 or 2.
pub(in crate::output) fn font(size: u8) -> f64 {
    match size {
        0 => 10.0,
        1 => 12.0,
        _ => 14.0,
    }
}

/// Half the least width and height of a sign.
fn least(size: u8) -> [f64; 2] {
    match size {
        0 => [19.0, 12.5],
        1 => [24.0, 15.5],
        _ => [30.0, 19.0],
    }
}

/// What stands in or beside a sign, as it is shown and cut to a width.
pub(in crate::output) fn lines_of(node: &MapNode, words: &Words) -> Vec<Untrusted> {
    let line = |line: &Untrusted| line.changed(|raw| shortened(&printable(raw), 1.0, WIDEST));
    telling::label(node, words).iter().map(line).collect()
}

/// Half the width and height of a text of these lines.
pub(super) fn of_text(lines: &[Untrusted], size: f64) -> [f64; 2] {
    let widest = lines.iter().map(|line| line.figure(|line| width(line, size))).fold(0.0, f64::max);
    [widest / 2.0, lines.len() as f64 * size * LINE / 2.0]
}

/// Half the width and height of each sign.
pub(super) fn of(map: &Map) -> Vec<[f64; 2]> {
    let languages = Lang::ALL.map(|(_, lang)| Words::of(lang));
    map.nodes.iter().map(|node| of_node(node, &languages)).collect()
}

fn of_node(node: &MapNode, languages: &[Words]) -> [f64; 2] {
    const PADDING: f64 = 3.0;
    let size = size(node);
    let shape = sign(node.part).shape;
    let text = |words: &Words| of_text(&lines_of(node, words), font(size));
    let larger = |a: [f64; 2], b: [f64; 2]| [a[0].max(b[0]), a[1].max(b[1])];
    let [width, height] = languages.iter().map(text).fold([0.0, 0.0], larger);
    outline::around(shape, [width + PADDING, height], least(size))
}
