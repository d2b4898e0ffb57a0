//! What left and right, over and under mean on a timeline.

use super::canvas::{Canvas, Type, with};
use crate::output::drawing::telling;
use crate::output::drawing::text::width;
use crate::output::placement::{Axis, Placed, YEARS};
use crate::output::words::Words;

/// Draws lanes, years and their names. They lie under all else.
pub(super) fn draw(canvas: &mut Canvas, axis: &Axis, placed: &Placed, words: &Words, size: f64) {
    let [right, bottom] = placed.size;
    canvas.open("g", with("class", "axis"));
    for (place, lane) in axis.lanes.iter().enumerate() {
        let [top, end] = lane.rows;
        if place % 2 == 0 {
            let band = with("fill", "#F6F6F4").at([0.0, top]);
            canvas.leaf("rect", band.number("width", right).number("height", end - top));
        }
        let name =
            lane.part.map_or_else(|| words.say("svg-undated"), |part| telling::part(part, words));
        // A name that is too long for its room is written smaller, not over signs.
        let room = axis.names - 8.0;
        let letters = size * (room / width(&name, size)).min(1.0);
        let look = Type { color: "#444444", ..Type::of(letters) };
        canvas.line(&name.into(), [4.0, top + 1.2 * letters + 2.0], look);
    }
    let last = axis.lanes.iter().filter(|lane| lane.part.is_some()).map(|lane| lane.rows[1]);
    let last = last.fold(0.0, f64::max).min(bottom);
    let labelled = labelled(axis, size);
    for (place, tick) in axis.ticks.iter().enumerate() {
        let line = with("stroke", "#C8C8C4").number("stroke-width", 0.8);
        let ends = line.number("x1", tick.x).number("x2", tick.x).number("y1", YEARS - 4.0);
        canvas.leaf("line", ends.number("y2", last));
        let look = Type { color: "#444444", middle: true, ..Type::of(size) };
        if labelled.contains(&place) {
            canvas.line(&tick.label.as_str().into(), [tick.x, YEARS - 8.0], look);
        }
    }
    canvas.close();
}

/// The ticks whose labels have room beside each other, beginnings of years first.
fn labelled(axis: &Axis, size: f64) -> Vec<usize> {
    let ticks = &axis.ticks;
    let widest = ticks.iter().map(|tick| width(&tick.label, size)).fold(0.0, f64::max) + size;
    let apart = ticks.windows(2).map(|pair| pair[1].x - pair[0].x).fold(f64::INFINITY, f64::min);
    let step = (1..=ticks.len().max(1)).find(|&step| step as f64 * apart >= widest);
    let step = step.unwrap_or(ticks.len().max(1));
    let year = ticks.iter().position(|tick| tick.label.ends_with("-01")).unwrap_or(0);
    (year % step..ticks.len()).step_by(step).collect()
}
