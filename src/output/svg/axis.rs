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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Part;
    use crate::output::placement::{Lane, Tick};
    use crate::output::words::Lang;

    fn axis(labels: &[&str], apart: f64) -> Axis {
        let tick = |(place, label): (usize, &&str)| Tick {
            x: 131.0 + place as f64 * apart,
            label: (*label).to_owned(),
        };
        let lane = |part, rows| Lane { part, rows };
        let lanes = vec![
            lane(Some(Part::Recruiter), [24.0, 66.0]),
            lane(Some(Part::Victim), [66.0, 99.0]),
            lane(None, [99.0, 130.0]),
        ];
        Axis { ticks: labels.iter().enumerate().map(tick).collect(), lanes, names: 92.0 }
    }

    #[test]
    fn ticks_have_labels_where_these_have_room_beside_each_other() {
        // Four digits of 6.4 and 10 between them.
        let years = ["2019"; 6];
        assert_eq!(labelled(&axis(&years, 36.0), 10.0), [0, 1, 2, 3, 4, 5]);
        assert_eq!(labelled(&axis(&years, 35.0), 10.0), [0, 2, 4]);
        assert_eq!(labelled(&axis(&years, 1.0), 10.0), [0]);
        assert_eq!(labelled(&axis(&["2019"], 1.0), 10.0), [0]);
        assert_eq!(labelled(&axis(&[], 1.0), 10.0), [0_usize; 0]);
    }

    #[test]
    fn labels_of_months_fall_on_the_beginnings_of_years() {
        let months = ["2018-10", "2018-11", "2018-12", "2019-01", "2019-02", "2019-03", "2019-04"];
        // 42.2 and 10 between them: every third.
        assert_eq!(labelled(&axis(&months, 20.0), 10.0), [0, 3, 6]);
        assert_eq!(labelled(&axis(&months[1..], 20.0), 10.0), [2, 5]);
        assert_eq!(labelled(&axis(&months[2..], 20.0), 10.0), [1, 4]);
        assert_eq!(labelled(&axis(&months[..3], 20.0), 10.0), [0]);
    }

    fn drawn(axis: &Axis) -> String {
        let mut canvas = Canvas::default();
        let placed = Placed { size: [659.0, 161.0], ..Placed::default() };
        draw(&mut canvas, axis, &placed, &Words::of(Lang::En), 8.0);
        canvas.finish()
    }

    #[test]
    fn every_second_lane_is_a_band_and_lines_of_years_end_above_the_undated() {
        let svg = drawn(&axis(&["2019", "2020"], 100.0));
        let bands: Vec<&str> = svg.lines().filter(|line| line.starts_with("<rect")).collect();
        assert_eq!(
            bands,
            [
                "<rect fill=\"#F6F6F4\" x=\"0\" y=\"24\" width=\"659\" height=\"42\"/>",
                "<rect fill=\"#F6F6F4\" x=\"0\" y=\"99\" width=\"659\" height=\"31\"/>"
            ]
        );
        let lines: Vec<&str> = svg.lines().filter(|line| line.starts_with("<line")).collect();
        assert_eq!(
            lines,
            ["131", "231"].map(|x| format!(
                "<line stroke=\"#C8C8C4\" stroke-width=\"0.8\" x1=\"{x}\" x2=\"{x}\" y1=\"20\" y2=\"99\"/>"
            ))
        );
        let texts: Vec<&str> = svg.lines().filter(|line| line.starts_with("<text")).collect();
        let name = |y: &str, name: &str| {
            format!("<text x=\"4\" y=\"{y}\" font-size=\"8\" fill=\"#444444\">{name}</text>")
        };
        let year = |x: &str, year: &str| {
            format!(
                "<text x=\"{x}\" y=\"16\" font-size=\"8\" fill=\"#444444\" text-anchor=\"middle\">{year}</text>"
            )
        };
        assert_eq!(
            texts,
            [
                name("35.6", "recruiter"),
                name("77.6", "victim"),
                name("110.6", "no date"),
                year("131", "2019"),
                year("231", "2020")
            ]
        );
    }

    #[test]
    fn a_name_that_is_too_long_for_its_lane_is_written_smaller() {
        // `no date` is 30.88 wide in letters of 8, so it takes letters of half that in 8 + 15.44.
        let mut narrow = axis(&[], 1.0);
        narrow.lanes.drain(..2);
        narrow.names = 23.44;
        let svg = drawn(&narrow);
        assert!(svg.contains("<text x=\"4\" y=\"105.8\" font-size=\"4\""), "{svg}");
    }
}
