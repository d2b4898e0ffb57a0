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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::sketch::contact;
    use crate::finding::{MapEdge, MapNode};

    const NEW_YEAR: &str = "2019-01-01";

    fn day(text: &str) -> Day {
        When::parse(text).unwrap().earliest().unwrap()
    }

    fn later(days: i32) -> Day {
        Day::from_number(day(NEW_YEAR).number() + days)
    }

    fn map(parts: &[Part], ties: &[(usize, usize, &str)]) -> Map {
        let node = |&part: &Part| MapNode::new("E1".into(), part);
        let edge = |&(from, to, when): &(usize, usize, &str)| MapEdge {
            when: When::parse(when).unwrap(),
            ..contact(from, to)
        };
        Map {
            nodes: parts.iter().map(node).collect(),
            edges: ties.iter().map(edge).collect(),
            ..Map::default()
        }
    }

    fn from_new_year(days: i32, width: f64) -> Scale {
        Scale { first: day(NEW_YEAR).number(), days, left: 39.0, width }
    }

    #[test]
    fn a_day_stands_as_far_to_the_right_as_time_has_passed() {
        let scale = Scale { first: 100, days: 50, left: 20.0, width: 200.0 };
        let at = [100, 125, 150].map(|number| scale.x(Day::from_number(number)));
        assert_eq!(at.to_vec(), [20.0, 120.0, 220.0]);
        assert!((scale.right() - 240.0).abs() < 1e-12);
        // Where all is of one day, that day is in the middle.
        let one = Scale { days: 0, ..scale };
        assert!((one.x(Day::from_number(100)) - 120.0).abs() < 1e-12);
    }

    #[test]
    fn a_scale_is_from_the_first_to_the_last_day_and_as_wide_as_its_signs_need() {
        let few = scale(
            &[Some(later(40)), None, Some(later(10))],
            &[[20.0, 12.0], [31.0, 12.0], [20.0, 12.0]],
        );
        assert_eq!((few.first, few.days), (day(NEW_YEAR).number() + 10, 30));
        assert_eq!([few.left, few.width].to_vec(), [40.0, 480.0]);
        // Two boxes of 1100 × 250 with the room around them, on a page 2.2 times as wide as high: 1100 × 500.
        let large = scale(&[None; 2], &[[545.5, 120.5]; 2]);
        assert_eq!((large.first, large.days), (0, 0));
        assert!((large.left - 554.5).abs() < 1e-9 && (large.width - 1100.0).abs() < 1e-9);
    }

    #[test]
    fn the_first_day_is_that_of_the_earliest_tie_with_a_date() {
        let ties = [
            (0, 1, "2019-03-02"),
            (2, 0, "2019-01-01/2020-01-01"),
            (1, 1, "2019-03-05"),
            (3, 0, ""),
            (2, 9, "2018-12-31"),
        ];
        let first = first_days(&map(&[Part::Client; 4], &ties));
        let want = [Some(day(NEW_YEAR)), Some(day("2019-03-02")), Some(day("2018-12-31")), None];
        assert_eq!(first, want);
    }

    #[test]
    fn signs_of_a_lane_take_the_first_row_that_is_free_at_their_day() {
        // A sign of half width 10 takes 14.51 to either side.
        let rows = |x: &[f64]| {
            let (members, extents) = ((0..x.len()).collect::<Vec<_>>(), vec![[10.0, 5.0]; x.len()]);
            let mut at = vec![[0.0; 2]; x.len()];
            let rows = by_day(&members, &extents, |place| Some(x[place]), &mut at);
            (rows, at)
        };
        assert_eq!(
            rows(&[129.02, 100.0, 110.0, 139.02]),
            (2, vec![[129.02, 0.0], [100.0, 0.0], [110.0, 1.0], [139.02, 1.0]])
        );
        assert_eq!(rows(&[100.0, 129.01]), (2, vec![[100.0, 0.0], [129.01, 1.0]]));
        assert_eq!(rows(&[7.006, 7.0]), (2, vec![[7.01, 1.0], [7.0, 0.0]]));
        assert_eq!(rows(&[]), (0, vec![]));
        let mut at = [[1.0; 2]];
        assert_eq!(by_day(&[0], &[[10.0, 5.0]], |_| None, &mut at), 1);
        assert_eq!(at, [[0.0, 0.0]]);
    }

    #[test]
    fn signs_without_a_date_stand_side_by_side_and_begin_a_row_where_there_is_no_room() {
        let extents = [[10.0, 5.0], [20.0, 5.0], [30.0, 5.0]];
        let placed = |members: &[usize], right: f64| {
            let mut at = [[0.0; 2]; 3];
            let rows = in_rows(members, &extents, [9.0, right], &mut at);
            (rows, at)
        };
        // 9 to 69, then 78 to 98; what comes next begins a row.
        let two_rows = (2, [[88.0, 0.0], [29.0, 1.0], [39.0, 0.0]]);
        assert_eq!(placed(&[2, 0, 1], 98.0), two_rows);
        assert_eq!(placed(&[2, 0, 1], 97.9), (2, [[19.0, 1.0], [58.0, 1.0], [39.0, 0.0]]));
        // What is wider than the page stands in a row of its own, and before it there is none.
        assert_eq!(placed(&[2, 1, 0], 50.0), (3, [[19.0, 2.0], [29.0, 1.0], [39.0, 0.0]]));
    }

    #[test]
    fn places_are_kept_to_the_hundredth() {
        assert_eq!([1.234, 1.236, -0.5, 0.0].map(hundredths), [123, 124, -50, 0]);
    }

    #[test]
    fn each_part_has_a_lane_and_those_without_a_date_share_one() {
        let parts =
            [Part::Recruiter, Part::Victim, Part::Client, Part::Recruiter, Part::Professional];
        let extents = [[20.0, 12.0], [30.0, 15.0], [25.0, 10.0], [20.0, 10.0], [21.0, 8.0]];
        let first = [Some(later(0)), Some(later(50)), None, Some(later(0)), None];
        let placed = with_scale(&map(&parts, &[]), &extents, &first, from_new_year(100, 480.0));
        let axis = placed.axis.unwrap();
        // Two rows of 33 under 24 for the years and 9 of room, then a row of 39, then one of 29.
        let lane = |part, rows| Lane { part, rows };
        assert_eq!(
            axis.lanes,
            [
                lane(Some(Part::Recruiter), [24.0, 99.0]),
                lane(Some(Part::Victim), [99.0, 147.0]),
                lane(None, [147.0, 185.0])
            ]
        );
        assert!((axis.names - 92.0).abs() < 1e-12);
        // All of it stands 92 further right than it would without names.
        assert_eq!(
            placed.at,
            [[131.0, 45.0], [371.0, 123.0], [126.0, 166.0], [131.0, 78.0], [181.0, 166.0]]
        );
        assert_eq!(placed.size.to_vec(), [659.0, 194.0]);
        assert_eq!(
            (axis.ticks[0].x.to_bits(), &*axis.ticks[0].label),
            (131_f64.to_bits(), "2019-01")
        );
    }

    #[test]
    fn names_of_lanes_have_a_tenth_of_the_longer_side() {
        let names = |extents: [f64; 2], width: f64| {
            let scale = from_new_year(0, width);
            let map = map(&[Part::Client], &[]);
            let placed = with_scale(&map, &[extents], &[Some(later(0))], scale);
            (placed.axis.unwrap().names, placed.size)
        };
        let (wide, size) = names([20.0, 12.0], 1002.0);
        assert!((wide - 108.0).abs() < 1e-9 && (size[0] - 1197.0).abs() < 1e-9, "{wide} {size:?}");
        let (high, size) = names([20.0, 603.5], 480.0);
        // 24 for years, 9 of room and a row of 2 × 603.5 + 9.
        assert!((high - 124.9).abs() < 1e-9 && (size[1] - 1258.0).abs() < 1e-9, "{high} {size:?}");
    }

    #[test]
    fn a_timeline_that_would_be_too_high_is_made_wider() {
        let star = |leaves: usize| {
            let ties: Vec<_> = (1..=leaves).map(|leaf| (0, leaf, NEW_YEAR)).collect();
            let parts = vec![Part::Client; leaves + 1];
            let extents = vec![[20.0, 12.0]; leaves + 1];
            let placed = place(&map(&parts, &ties), extents.clone());
            assert_eq!(placed.extents, extents);
            placed.size
        };
        // 92 for names, 29 on either side of 480, and 9.
        assert_eq!(star(9).to_vec(), [639.0, 372.0]);
        let [width, height] = star(39);
        assert!((height - 1362.0).abs() < 1e-9, "{height}");
        assert!(height <= 1.1 * width && width < 1300.0, "{width}");
    }

    /// The ticks of a line of that width that begins at 10.
    fn ticks_of(from: &str, days: i32, width: f64) -> Vec<Tick> {
        ticks(Scale { first: day(from).number(), days, left: 10.0, width })
    }

    #[test]
    fn a_year_has_as_many_months_as_have_room() {
        let labels = |width| -> Vec<String> {
            ticks_of(NEW_YEAR, 365, width).into_iter().map(|tick| tick.label).collect()
        };
        // Twelve steps of 46.
        assert_eq!(labels(552.0).len(), 13);
        let two_months =
            ["2019-01", "2019-03", "2019-05", "2019-07", "2019-09", "2019-11", "2020-01"];
        assert_eq!(labels(551.9), two_months);
        assert_eq!(labels(275.9), ["2019-01", "2019-04", "2019-07", "2019-10", "2020-01"]);
        assert_eq!(labels(183.9), ["2019-01", "2019-07", "2020-01"]);
        assert_eq!(labels(91.9), ["2019", "2020"]);
        // Two for each day: 31 days of January, 28 of February.
        let at: Vec<f64> = ticks_of(NEW_YEAR, 365, 730.0).iter().map(|tick| tick.x).collect();
        assert_eq!(at[..3], [10.0, 72.0, 128.0]);
    }

    #[test]
    fn no_tick_stands_before_the_first_day() {
        let labels = |from: &str, days, width| -> Vec<String> {
            ticks_of(from, days, width).into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels("2019-01-15", 59, 480.0), ["2019-02", "2019-03"]);
        // Ten years, with room for each or for every second: these begin with 2018.
        assert_eq!(labels(NEW_YEAR, 3653, 460.0).len(), 11);
        assert_eq!(labels(NEW_YEAR, 3653, 459.0), ["2020", "2022", "2024", "2026", "2028"]);
    }
}
