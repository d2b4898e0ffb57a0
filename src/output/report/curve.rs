//! The Kaplan–Meier curve as paths of an SVG.

use serde::Serialize;

use crate::finding::SurvivalPoint;

/// The size of the field within the axes.
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 220.0;

/// The share exploited by each day, with its band: the curve turned over, so that it climbs.
#[derive(Debug, Serialize)]
pub(super) struct Curve {
    line: String,
    band: String,
    width: f64,
    height: f64,
    days: Vec<Tick>,
    shares: Vec<Tick>,
}

#[derive(Debug, Serialize)]
struct Tick {
    at: f64,
    label: String,
}

/// The curve; none without a single event.
pub(super) fn curve(points: &[SurvivalPoint]) -> Option<Curve> {
    let last = points.last()?.days;
    let (end, step) = scale(points, last);
    let shown: Vec<&SurvivalPoint> = points.iter().filter(|point| point.days <= end).collect();
    let at = |point: &SurvivalPoint| across(point.days, end);
    let stair = |share: fn(&SurvivalPoint) -> f64| -> Vec<(f64, f64)> {
        let steps = shown.iter().map(|point| (at(point), down(share(point))));
        steps.collect()
    };
    let until = across(last.min(end), end);
    let line = stairs(&stair(|point| 1.0 - point.survival), until);
    let upper = stairs(&stair(|point| 1.0 - point.interval[0]), until);
    let lower = stairs_back(&stair(|point| 1.0 - point.interval[1]));
    Some(Curve {
        line: format!("M0 {HEIGHT}{line}"),
        band: format!("M0 {HEIGHT}{upper}{lower}Z"),
        width: WIDTH,
        height: HEIGHT,
        days: ticks(end, step),
        shares: [0.0, 0.25, 0.5, 0.75, 1.0].map(share_tick).into(),
    })
}

/// Up to which day the field goes, and how far its marks are apart.
///
/// It ends once nine in ten are exploited: a few late ones would press the rest together.
fn scale(points: &[SurvivalPoint], last: f64) -> (f64, f64) {
    const NINE_IN_TEN: f64 = 0.1;
    let most = points.iter().find(|point| point.survival <= NINE_IN_TEN);
    let until = most.map_or(last, |point| point.days).max(7.0);
    let steps = [1.0, 2.0, 5.0, 7.0, 10.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0];
    let few_marks = |step: &&f64| until / **step <= 8.0;
    let step = steps.iter().find(few_marks).copied().unwrap_or(until / 8.0);
    ((until / step).ceil() * step, step)
}

fn across(days: f64, end: f64) -> f64 {
    tenth(days / end * WIDTH)
}

fn down(share: f64) -> f64 {
    tenth((1.0 - share) * HEIGHT)
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Across to each step and then up; across to the end.
fn stairs(steps: &[(f64, f64)], until: f64) -> String {
    let moves = steps.iter().map(|(x, y)| format!("H{x}V{y}"));
    moves.collect::<String>() + &format!("H{until}")
}

/// The same from the end to the beginning.
fn stairs_back(steps: &[(f64, f64)]) -> String {
    let moves = steps.iter().rev().map(|(x, y)| format!("V{y}H{x}"));
    moves.collect::<String>() + &format!("V{HEIGHT}")
}

fn ticks(end: f64, step: f64) -> Vec<Tick> {
    let count = (end / step).round();
    let mut marks = Vec::new();
    let mut number = 0.0;
    while number <= count {
        let days = number * step;
        marks.push(Tick { at: across(days, end), label: super::words::decimal(days) });
        number += 1.0;
    }
    marks
}

fn share_tick(share: f64) -> Tick {
    Tick { at: down(share), label: crate::output::percent::percent(share) }
}
