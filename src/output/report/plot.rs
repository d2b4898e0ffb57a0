//! Curves and series as SVG, drawn by plotters; the page's style sheet colours them by their roles.

use plotters::backend::SVGBackend;
use plotters::chart::ChartBuilder;
use plotters::drawing::IntoDrawingArea as _;
use plotters::element::{Polygon, Text};
use plotters::series::{DashedLineSeries, LineSeries};
use plotters::style::{Color as _, IntoFont as _, RGBColor, ShapeStyle};
use serde::Serialize;

use crate::error::printable;
use crate::output::percent::percent;
use crate::output::words::Words;

/// A drawing that a page can hold.
#[derive(Debug, Serialize)]
pub(super) struct Plot {
    /// What it shows, for who does not see it.
    title: String,
    about: String,
    width: u32,
    height: u32,
    /// What stands within the `svg` element; the only text in it is what [`draw`] put there, escaped by plotters.
    body: String,
}

/// What a drawing is called, and what its axis counts.
pub(super) struct Labels<'a> {
    pub(super) title: &'a str,
    pub(super) about: &'a str,
    pub(super) across: &'a str,
}

/// A share that climbs in steps.
pub(super) struct Steps {
    pub(super) name: String,
    /// The day, and the share from it on.
    pub(super) points: Vec<(f64, f64)>,
    /// The ends of the interval at the same days.
    pub(super) band: Option<Vec<[f64; 2]>>,
}

/// Counts of months, and the levels between changes.
pub(super) struct Months {
    pub(super) names: Vec<String>,
    pub(super) counts: Vec<u32>,
    /// From which month on which level.
    pub(super) levels: Vec<(usize, f64)>,
    /// Months from which on the channel was closed.
    pub(super) closed: Vec<usize>,
}

/// Okabe and Ito's colours, which the colour-blind tell apart; `report.css` has others for dark pages, by these values.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(213, 94, 0),
    RGBColor(86, 180, 233),
];
const WIDTH: u32 = 640;
const HEIGHT: u32 = 300;

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Curves of shares by day; none where no curve has a step.
pub(super) fn steps(labels: &Labels<'_>, curves: &[Steps], words: &Words) -> Option<Plot> {
    let last = curves.iter().filter_map(|one| Some(one.points.last()?.0)).fold(0.0, f64::max);
    if curves.iter().all(|one| one.points.is_empty()) {
        return None;
    }
    let (end, step) = scale(curves, last);
    plot(labels.title, labels.about, HEIGHT, |body| {
        let area = SVGBackend::with_string(body, (WIDTH, HEIGHT)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(44)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..end, 0.0..1.0)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few marks")]
        let marks = (end / step).round() as usize + 1;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(NONE)
            .bold_line_style(GRID)
            .x_labels(marks)
            .y_labels(5)
            .x_label_formatter(&|day| words.decimal(*day))
            .y_label_formatter(&|share| percent(*share))
            .x_desc(labels.across)
            .draw()?;
        for (one, colour) in curves.iter().zip(COLOURS.into_iter().cycle()) {
            if let Some(band) = &one.band {
                let edge = |side: usize| -> Vec<(f64, f64)> {
                    let own = one.points.iter().zip(band).map(|(step, band)| (step.0, band[side]));
                    stairs(own, end)
                };
                let (upper, lower) = (edge(1), edge(0));
                let around: Vec<(f64, f64)> =
                    upper.into_iter().chain(lower.into_iter().rev()).collect();
                chart.draw_series([Polygon::new(around, colour.mix(0.25))])?;
            }
            let line = stairs(one.points.iter().copied(), end);
            chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
        }
        if curves.len() > 1 {
            for ((at, one), colour) in curves.iter().enumerate().zip(COLOURS.into_iter().cycle()) {
                let (row, left) = (0.05 + 0.07 * (curves.len() - 1 - at) as f64, 0.66 * end);
                let key = [(left, row + 0.02), (left + 0.03 * end, row + 0.02)];
                chart.draw_series(LineSeries::new(key, colour.stroke_width(3)))?;
                let style = ("sans-serif", 12).into_font();
                let name = printable(&one.name);
                chart.draw_series([Text::new(name, (left + 0.04 * end, row + 0.045), style)])?;
            }
        }
        Ok(area.present()?)
    })
}

/// A channel's months; none where there are none.
pub(super) fn months(labels: &Labels<'_>, of: &Months, words: &Words) -> Option<Plot> {
    const LOW: u32 = 170;
    let most = of.counts.iter().copied().max().filter(|&most| most > 0)?;
    let (end, top) = (of.counts.len() as f64, f64::from(most) * 1.05);
    plot(labels.title, labels.about, LOW, |body| {
        let area = SVGBackend::with_string(body, (WIDTH, LOW)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(24)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..end, 0.0..top)?;
        let name = |at: &f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a month")]
            let at = at.round().max(0.0) as usize;
            of.names.get(at).cloned().unwrap_or_default()
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(NONE)
            .bold_line_style(GRID)
            .x_labels(8)
            .y_labels(4)
            .x_label_formatter(&name)
            .y_label_formatter(&|count| words.decimal(*count))
            .draw()?;
        let counts = of.counts.iter().enumerate().map(|(at, &count)| (at as f64, f64::from(count)));
        let line = stairs(counts, end);
        chart.draw_series(LineSeries::new(line, COLOURS[0].stroke_width(1)))?;
        let levels = of.levels.iter().map(|&(from, level)| (from as f64, level.min(top)));
        let style: ShapeStyle = COLOURS[4].stroke_width(2);
        let level = stairs(levels, end).split_off(1);
        chart.draw_series(DashedLineSeries::new(level, 6, 3, style))?;
        for &at in &of.closed {
            let line = [(at as f64, 0.0), (at as f64, top)];
            chart.draw_series(DashedLineSeries::new(line, 2, 3, COLOURS[3].stroke_width(2)))?;
        }
        Ok(area.present()?)
    })
}

const GRID: ShapeStyle = ShapeStyle {
    color: plotters::style::RGBAColor(212, 212, 207, 1.0),
    filled: false,
    stroke_width: 1,
};
const NONE: ShapeStyle =
    ShapeStyle { color: plotters::style::RGBAColor(0, 0, 0, 0.0), filled: false, stroke_width: 0 };

/// Draws, and keeps what lies within the `svg` element: the page has an element of its own, with title and description.
fn plot(
    title: &str,
    about: &str,
    height: u32,
    draw: impl FnOnce(&mut String) -> Drawn,
) -> Option<Plot> {
    let mut text = String::new();
    draw(&mut text).ok()?;
    let (_, body) = text.split_once('>')?;
    let body = body.trim_end().strip_suffix("</svg>")?.to_owned();
    Some(Plot { title: title.into(), about: about.into(), width: WIDTH, height, body })
}

/// Up to which day the field goes, and how far its marks are apart.
///
/// It ends once nine in ten are exploited: a few late ones would press the rest together.
fn scale(curves: &[Steps], last: f64) -> (f64, f64) {
    const NINE_IN_TEN: f64 = 0.9;
    let most = |one: &Steps| {
        let reached = one.points.iter().find(|step| step.1 >= NINE_IN_TEN);
        reached.map_or(last, |step| step.0)
    };
    let until = curves.iter().map(most).fold(0.0, f64::max).max(7.0);
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let few_marks = |step: &&f64| until / **step <= 8.0;
    let step = steps.iter().find(few_marks).copied().unwrap_or(until / 8.0);
    ((until / step).ceil() * step, step)
}

/// From 0 across to each step and then up; across to the end, and nothing beyond it.
fn stairs(points: impl Iterator<Item = (f64, f64)>, end: f64) -> Vec<(f64, f64)> {
    let (mut line, mut level) = (vec![(0.0, 0.0)], 0.0);
    for (day, share) in points.take_while(|step| step.0 <= end) {
        line.extend([(day, level), (day, share)]);
        level = share;
    }
    line.push((end, level));
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    const LABELS: Labels<'_> = Labels { title: "t", about: "a", across: "days" };

    #[test]
    fn a_share_climbs_in_steps() {
        let line = stairs([(3.0, 0.5), (9.0, 1.0)].into_iter(), 7.0);
        assert_eq!(line, [(0.0, 0.0), (3.0, 0.0), (3.0, 0.5), (7.0, 0.5)]);
    }

    #[test]
    fn names_from_a_case_are_text_and_two_drawings_are_one() {
        let curve = |name: &str| Steps {
            name: name.into(),
            points: vec![(2.0, 0.25), (40.0, 0.95)],
            band: None,
        };
        let words = Words::of(Lang::Nl);
        let draw =
            || steps(&LABELS, &[curve("<script>&\""), curve("b")], &words).expect("it is drawn");
        let plot = draw();
        assert!(!plot.body.contains("<script") && plot.body.contains("&lt;script&gt;"));
        assert_eq!(plot.body, draw().body);
        assert!(steps(&LABELS, &[], &words).is_none());
    }

    #[test]
    fn months_of_nothing_are_not_drawn() {
        let of = |counts: Vec<u32>| Months {
            names: counts.iter().map(|_| "2020-01".into()).collect(),
            levels: vec![(0, 1.0)],
            closed: vec![1],
            counts,
        };
        let drawn = |counts| months(&LABELS, &of(counts), &Words::of(Lang::En)).is_some();
        assert!(!drawn(vec![0, 0]) && !drawn(Vec::new()) && drawn(vec![3, 0, u32::MAX]));
    }

    fn curve(name: &str, points: &[(f64, f64)]) -> Steps {
        Steps { name: name.into(), points: points.to_vec(), band: None }
    }

    #[test]
    fn a_field_ends_at_a_mark_once_nine_in_ten_are_reached() {
        let of = |points: &[(f64, f64)]| {
            let last = points.last().map_or(0.0, |one| one.0);
            scale(&[curve("a", points)], last)
        };
        assert_eq!(of(&[(2.0, 0.25), (40.0, 0.9), (200.0, 1.0)]), (40.0, 5.0));
        assert_eq!(of(&[(2.0, 0.25), (33.0, 0.5)]), (35.0, 5.0));
        // A week at least, and eight steps at most.
        assert_eq!(of(&[(3.0, 0.95)]), (7.0, 1.0));
        assert_eq!(of(&[(8.0, 0.95)]), (8.0, 1.0));
        assert_eq!(of(&[(8.1, 0.95)]), (10.0, 2.0));
        assert_eq!(of(&[(5000.0, 0.95)]), (5000.0, 625.0));
        let two = [curve("a", &[(9.0, 0.95)]), curve("b", &[(30.0, 0.95)])];
        assert_eq!(scale(&two, 30.0), (30.0, 5.0));
    }

    #[test]
    fn a_step_at_the_end_of_the_field_is_drawn() {
        let line = stairs([(7.0, 0.5), (7.5, 1.0)].into_iter(), 7.0);
        assert_eq!(line, [(0.0, 0.0), (7.0, 0.0), (7.0, 0.5), (7.0, 0.5)]);
        assert_eq!(stairs(std::iter::empty(), 7.0), [(0.0, 0.0), (7.0, 0.0)]);
    }

    #[test]
    fn a_band_is_drawn_where_there_is_one_and_names_where_there_are_several() {
        let body = |curves: &[Steps]| {
            steps(&LABELS, curves, &Words::of(Lang::En)).expect("it is drawn").body
        };
        let points = [(2.0, 0.25), (9.0, 0.95)];
        let alone = body(&[curve("Kletshoek", &points)]);
        assert!(!alone.contains("<polygon") && !alone.contains("Kletshoek"));
        let band = Some(vec![[0.125, 0.5], [0.5, 1.0]]);
        assert!(body(&[Steps { band, ..curve("a", &points) }]).contains("<polygon"));
        let two = body(&[curve("Kletshoek", &points), curve("Marktplein", &points)]);
        let height_of = |name: &str| -> f64 {
            let text = two.split("<text").find(|text| text.contains(name)).expect("its name");
            let begin = text.find(" y=\"").expect("a place") + 4;
            text[begin..].split('"').next().expect("a number").parse().expect("a number")
        };
        // The first stands over the second.
        assert!(height_of("Kletshoek") < height_of("Marktplein"));
    }
}
