//! A timeline: from left to right by the first day of a node's ties, a lane for each part, and one for who has no dated tie.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::{GAP, Placed};
use crate::case::{Day, When};
use crate::finding::{Map, Part};

/// What left and right, over and under mean on a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Beginnings of years or months, from left to right.
    pub ticks: Vec<Tick>,
    /// From over to under.
    pub lanes: Vec<Lane>,
    /// How far from the left border signs begin; before it there is room for the names of lanes.
    pub names: f64,
}

/// The beginning of a year or a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// How far from the left border.
    pub x: f64,
    /// `2019` or `2019-03`.
    pub label: String,
}

/// A row of a timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lane {
    /// Whose; none for those without a dated tie.
    pub part: Option<Part>,
    /// How far under the upper border it begins and ends.
    pub rows: [f64; 2],
}

/// Room for the names of lanes, at the left, in parts of the longer side of the drawing, and at least in points.
const NAMES: [f64; 2] = [0.1, 92.0];

/// Room for the names of years, at the top.
pub(in crate::output) const YEARS: f64 = 24.0;

/// Where a day stands.
#[derive(Clone, Copy, Debug)]
struct Scale {
    first: i32,
    days: i32,
    left: f64,
    width: f64,
}

impl Scale {
    fn x(self, day: Day) -> f64 {
        let passed = f64::from(day.number().saturating_sub(self.first));
        let share = if self.days == 0 { 0.5 } else { passed / f64::from(self.days) };
        self.left + share * self.width
    }

    fn right(self) -> f64 {
        2.0 * self.left + self.width
    }
}

/// Places the signs of a map by time.
pub(super) fn place(map: &Map, extents: Vec<[f64; 2]>) -> Placed {
    /// A drawing that is higher than that many times its width is made again, wider.
    const HIGHEST: f64 = 1.1;
    const TRIES: usize = 4;
    let first = first_days(map);
    let mut scale = scale(&first, &extents);
    let mut placed = with_scale(map, &extents, &first, scale);
    for _ in 0..TRIES {
        let [width, height] = placed.size;
        if height <= HIGHEST * width {
            break;
        }
        scale.width *= libm::sqrt(height / width);
        placed = with_scale(map, &extents, &first, scale);
    }
    placed.extents = extents;
    placed
}

fn with_scale(map: &Map, extents: &[[f64; 2]], first: &[Option<Day>], scale: Scale) -> Placed {
    let mut lanes: BTreeMap<(bool, Part), Vec<usize>> = BTreeMap::new();
    for (place, node) in map.nodes.iter().enumerate() {
        // Those without a date share one lane, whatever their part.
        let lane = if first[place].is_some() { (false, node.part) } else { (true, Part::Unknown) };
        lanes.entry(lane).or_default().push(place);
    }
    let mut at = vec![[0.0; 2]; map.nodes.len()];
    let mut top = YEARS;
    let mut drawn = Vec::new();
    for ((undated, part), members) in lanes {
        let tallest = members.iter().map(|&place| extents[place][1]).fold(0.0, f64::max);
        let step = 2.0 * tallest + GAP;
        let rows = if undated {
            in_rows(&members, extents, [GAP, scale.right()], &mut at)
        } else {
            by_day(&members, extents, |place| first[place].map(|day| scale.x(day)), &mut at)
        };
        for &place in &members {
            at[place][1] = top + GAP + tallest + at[place][1] * step;
        }
        let bottom = top + GAP + rows as f64 * step;
        drawn.push(Lane { part: (!undated).then_some(part), rows: [top, bottom] });
        top = bottom;
    }
    let names = NAMES[1].max(NAMES[0] * scale.right().max(top));
    let mut ticks = ticks(scale);
    for tick in &mut ticks {
        tick.x += names;
    }
    for at in &mut at {
        at[0] += names;
    }
    let size = [names + scale.right() + GAP, top + GAP];
    Placed { at, size, axis: Some(Axis { ticks, lanes: drawn, names }), ..Placed::default() }
}

/// The first day of each node's ties, as early as it can have been.
fn first_days(map: &Map) -> Vec<Option<Day>> {
    let mut first: Vec<Option<Day>> = vec![None; map.nodes.len()];
    for tie in &map.edges {
        let Some(day) = tie.when.earliest() else { continue };
        for end in [tie.from, tie.to] {
            if let Some(own) = first.get_mut(end) {
                *own = Some(own.map_or(day, |own| own.min(day)));
            }
        }
    }
    first
}

/// As wide as a page of these signs would be.
fn scale(first: &[Option<Day>], extents: &[[f64; 2]]) -> Scale {
    const LEAST: f64 = 480.0;
    const ASPECT: f64 = 2.2;
    let days = || first.iter().flatten().map(|day| day.number());
    let (from, to) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
    let room = |extent: &[f64; 2]| (2.0 * extent[0] + GAP) * (2.0 * extent[1] + GAP);
    let area: f64 = extents.iter().map(room).sum();
    let widest = extents.iter().map(|extent| extent[0]).fold(0.0, f64::max);
    Scale {
        first: from,
        days: to.saturating_sub(from),
        left: GAP + widest,
        width: libm::sqrt(area * ASPECT).max(LEAST),
    }
}

/// Each at its day, in the first row that is free there. Gives how many rows there are; rows stand in place of `y`.
fn by_day(
    members: &[usize],
    extents: &[[f64; 2]],
    x: impl Fn(usize) -> Option<f64>,
    at: &mut [[f64; 2]],
) -> usize {
    let mut order: Vec<(i64, usize)> =
        members.iter().map(|&place| (hundredths(x(place).unwrap_or(0.0)), place)).collect();
    order.sort_unstable();
    // Rows by where their last sign ends.
    let mut rows: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
    for (middle, place) in order {
        let half = hundredths(extents[place][0] + GAP / 2.0) + 1;
        let row = match rows.peek() {
            Some(&Reverse((end, row))) if end <= middle - half => {
                rows.pop();
                row
            }
            _ => rows.len(),
        };
        rows.push(Reverse((middle + half, row)));
        at[place] = [middle as f64 / 100.0, row as f64];
    }
    rows.len()
}

/// One beside the other, in as many rows as it takes.
fn in_rows(
    members: &[usize],
    extents: &[[f64; 2]],
    [left, right]: [f64; 2],
    at: &mut [[f64; 2]],
) -> usize {
    let (mut x, mut row) = (left, 0);
    for &place in members {
        let width = 2.0 * extents[place][0];
        if x + width > right && x > left {
            (x, row) = (left, row + 1);
        }
        at[place] = [x + width / 2.0, row as f64];
        x += width + GAP;
    }
    row + 1
}

/// The value to the hundredth. Places on paper are far below what a 64-bit number holds.
#[allow(clippy::cast_possible_truncation)]
fn hundredths(value: f64) -> i64 {
    libm::round(value * 100.0) as i64
}

/// Beginnings of years where there are many, of months where there are few.
fn ticks(scale: Scale) -> Vec<Tick> {
    /// In months.
    const STEPS: [i32; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200];
    const APART: f64 = 46.0;
    let month = |day: i32| {
        Day::from_number(day)
            .year_and_month()
            .map(|(year, month)| i32::from(year) * 12 + i32::from(month) - 1)
    };
    let ends = (month(scale.first), month(scale.first.saturating_add(scale.days)));
    let (Some(from), Some(to)) = ends else { return Vec::new() };
    let most = scale.width / APART;
    let fits = |step: &&i32| f64::from(to - from) <= most * f64::from(**step);
    let step = STEPS.iter().find(fits).copied().unwrap_or(12_000);
    let first = from.div_euclid(step) * step;
    let at = |month: i32| {
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        let written = format!("{year:04}-{month:02}");
        let day = When::parse(&written).ok()?.earliest()?;
        let label = if step >= 12 { format!("{year}") } else { written };
        (day.number() >= scale.first).then(|| Tick { x: scale.x(day), label })
    };
    (first..=to).step_by(step.unsigned_abs() as usize).filter_map(at).collect()
}
