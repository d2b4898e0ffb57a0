//! An outline around those who belong together, where it goes around nobody else.

use std::collections::BTreeMap;

use super::canvas::{Attributes, Canvas, Type, with};
use super::path::{Point, rounded};
use crate::finding::Map;
use crate::output::drawing::telling;
use crate::output::drawing::text::{LINE, width};
use crate::output::placement::{Boxes, Placed, Rect};
use crate::output::words::Words;

/// A group with the outline around its members.
#[derive(Debug)]
pub(super) struct Group {
    community: usize,
    members: usize,
    hull: Vec<Point>,
}

/// How far an outline keeps from the signs within.
const PADDING: f64 = 7.0;

/// The groups of a map that can be drawn around: an outline that went around somebody else would say that he belongs to them.
pub(super) fn of(map: &Map, placed: &Placed) -> Vec<Group> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, node) in map.nodes.iter().enumerate().take(placed.at.len()) {
        if let Some(community) = node.community {
            members.entry(community).or_default().push(place);
        }
    }
    let signs = Boxes::of_signs(&placed.at, &placed.extents);
    let group = |(community, members): (usize, Vec<usize>)| {
        let hull = hull(members.iter().flat_map(|&place| around(placed, place)).collect());
        let stranger = |place: usize| {
            map.nodes[place].community != Some(community)
                && meets(&hull, placed.at[place], placed.extents[place])
        };
        let alone =
            members.len() < 2 || hull.len() < 3 || signs.meeting(frame(&hull)).any(stranger);
        (!alone).then_some(Group { community, members: members.len(), hull })
    };
    members.into_iter().filter_map(group).collect()
}

/// Draws the outlines. They lie under all else.
pub(super) fn draw(canvas: &mut Canvas, groups: &[Group], words: &Words) {
    for group in groups {
        canvas.open("g", with("class", "community"));
        let title = telling::community(group.community, group.members, words);
        canvas.said("title", Attributes::default(), [title]);
        let outline = with("d", rounded(&group.hull, 12.0))
            .with("fill", "#F6F6F4")
            .with("stroke", "#B5B5B0")
            .number("stroke-width", 1.0);
        canvas.leaf("path", outline);
        canvas.close();
    }
}

/// Writes what each group is called at the first free spot by its outline.
pub(super) fn label(
    canvas: &mut Canvas,
    groups: &[Group],
    placed: &Placed,
    words: &Words,
    taken: &mut Boxes,
    size: f64,
) {
    for group in groups {
        let title = telling::community(group.community, group.members, words);
        let half = [title.figure(|title| width(title, size)) / 2.0, size * LINE / 2.0];
        let Rect { from: [left, top], to: [right, bottom] } = frame(&group.hull);
        let middle = f64::midpoint(left, right);
        let highest = |a: &&Point, b: &&Point| a[1].total_cmp(&b[1]);
        let top_x = group.hull.iter().min_by(highest).map_or(middle, |place| place[0]);
        let bottom_x = group.hull.iter().max_by(highest).map_or(middle, |place| place[0]);
        let spots = [
            [top_x, top - half[1]],
            [bottom_x, bottom + half[1]],
            [top_x + half[0], top - half[1]],
            [top_x - half[0], top - half[1]],
            [bottom_x + half[0], bottom + half[1]],
            [bottom_x - half[0], bottom + half[1]],
            [middle, top - half[1]],
            [middle, bottom + half[1]],
        ];
        let all = Rect { from: [0.0, 0.0], to: placed.size };
        let free = |&spot: &Point| {
            let own = Rect::about(spot, half);
            all.holds(&own) && taken.is_free(own)
        };
        let Some(spot) = spots.into_iter().find(free) else { continue };
        taken.add(Rect::about(spot, half));
        let look = Type { color: "#444444", middle: true, rim: true, ..Type::of(size) };
        canvas.line(&title, [spot[0], spot[1] + 0.35 * size], look);
    }
}

/// The corners of a sign with room around it.
fn around(placed: &Placed, place: usize) -> [Point; 4] {
    let ([x, y], [a, b]) = (placed.at[place], placed.extents[place]);
    let (a, b) = (a + PADDING, b + PADDING);
    [[x - a, y - b], [x + a, y - b], [x + a, y + b], [x - a, y + b]]
}

fn frame(hull: &[Point]) -> Rect {
    let end = |axis: usize, sign: f64| {
        hull.iter().map(|place| sign * place[axis]).fold(f64::NEG_INFINITY, f64::max) * sign
    };
    Rect { from: [end(0, -1.0), end(1, -1.0)], to: [end(0, 1.0), end(1, 1.0)] }
}

/// The convex hull, all the way round (A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Inf. Process.
/// Lett. 9(5):216-219, 1979).
fn hull(mut places: Vec<Point>) -> Vec<Point> {
    places.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    places.dedup();
    let mut hull = half(places.iter());
    hull.extend(half(places.iter().rev()));
    hull
}

/// One side of the hull, without its last corner, with which the other side begins.
fn half<'a>(places: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut side: Vec<Point> = Vec::new();
    for &place in places {
        while let [.., a, b] = side[..] {
            if turn(a, b, place) > 0.0 {
                break;
            }
            side.pop();
        }
        side.push(place);
    }
    side.pop();
    side
}

/// Above 0 where the way over these three places turns right, y downwards.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Whether a box shares room with a convex outline: no edge of either parts them.
fn meets(hull: &[Point], at: Point, extent: Point) -> bool {
    let edges = hull.iter().zip(hull.iter().cycle().skip(1));
    let beyond = |(a, b): (&Point, &Point)| {
        let corner = |x: f64, y: f64| [at[0] + x * extent[0], at[1] + y * extent[1]];
        [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]
            .into_iter()
            .all(|corner| turn(*a, *b, corner) <= 0.0)
    };
    frame(hull).meets(&Rect::about(at, extent)) && !edges.into_iter().any(beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hull_goes_around_all_and_through_the_outermost() {
        let square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];
        let mut places = square.to_vec();
        places.extend([[2.0, 2.0], [2.0, 0.0], [1.0, 3.0]]);
        let hull = hull(places);
        assert_eq!(hull.len(), 4);
        assert!(square.iter().all(|corner| hull.contains(corner)));
    }

    #[test]
    fn a_box_meets_an_outline_that_it_touches_and_no_other() {
        let triangle = hull(vec![[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]]);
        assert!(meets(&triangle, [2.0, 2.0], [1.0, 1.0]));
        assert!(meets(&triangle, [6.0, 6.0], [2.0, 2.0]));
        assert!(!meets(&triangle, [9.0, 9.0], [2.0, 2.0]));
    }

    #[test]
    fn a_sign_has_room_within_the_outline() {
        let placed = Placed {
            at: vec![[0.0; 2], [50.0, 40.0]],
            extents: vec![[0.0; 2], [20.0, 10.0]],
            ..Placed::default()
        };
        // Seven on every side.
        let corners = [[23.0, 23.0], [77.0, 23.0], [77.0, 57.0], [23.0, 57.0]];
        assert_eq!(around(&placed, 1), corners);
        let frame = frame(&[[4.0, 1.0], [-3.0, 7.0], [2.0, -5.0]]);
        assert_eq!(frame, Rect { from: [-3.0, -5.0], to: [4.0, 7.0] });
    }

    #[test]
    fn a_way_turns_right_downwards() {
        // Twice the room of the triangle between (1, 1), (4, 2) and (3, 6).
        let [a, b, c] = [[1.0, 1.0], [4.0, 2.0], [3.0, 6.0]];
        let turns = [turn(a, b, c), turn(a, c, b), turn(a, b, [7.0, 3.0])];
        assert_eq!(turns.to_vec(), [13.0, -13.0, 0.0]);
    }

    /// Signs of half 10 by 5 at these places, each in a group or none.
    fn groups_of(signs: &[([f64; 2], Option<usize>)]) -> Vec<(usize, usize)> {
        let node = |&(_, community): &([f64; 2], Option<usize>)| crate::finding::MapNode {
            community,
            ..crate::finding::MapNode::new("E1".into(), crate::finding::Part::Client)
        };
        let map = Map { nodes: signs.iter().map(node).collect(), ..Map::default() };
        let placed = Placed {
            at: signs.iter().map(|sign| sign.0).collect(),
            extents: vec![[10.0, 5.0]; signs.len()],
            ..Placed::default()
        };
        of(&map, &placed).iter().map(|group| (group.community, group.members)).collect()
    }

    #[test]
    fn a_group_has_an_outline_if_it_has_two_members_and_no_stranger_within() {
        let pair = [([0.0, 0.0], Some(1)), ([100.0, 0.0], Some(1))];
        let with = |place: [f64; 2], community: Option<usize>| {
            groups_of(&[pair[0], pair[1], (place, community)])
        };
        assert_eq!(groups_of(&pair), [(1, 2)]);
        assert_eq!(groups_of(&pair[..1]), [(0, 0); 0]);
        assert_eq!(with([50.0, 0.0], Some(1)), [(1, 3)]);
        assert_eq!(with([50.0, 0.0], None), [(0, 0); 0]);
        assert_eq!(with([50.0, 0.0], Some(2)), [(0, 0); 0]);
        // The outline runs 12 under the middle, and a sign there begins 5 over its own.
        assert_eq!(with([50.0, 16.9], None), [(0, 0); 0]);
        assert_eq!(with([50.0, 17.1], None), [(1, 2)]);
    }

    /// Where a group with corners over, right, under and left of the middle of a page is called by its name, with boxes of 1 there.
    fn called(stones: &[Point]) -> Option<Vec<f64>> {
        let hull = hull(vec![[200.0, 100.0], [310.0, 200.0], [220.0, 300.0], [100.0, 200.0]]);
        let group = Group { community: 1, members: 2, hull };
        let placed = Placed { size: [400.0, 400.0], ..Placed::default() };
        let mut taken = Boxes::new(10.0);
        for &stone in stones {
            taken.add(Rect::about(stone, [0.5, 0.5]));
        }
        let mut canvas = Canvas::default();
        let words = Words::of(crate::output::words::Lang::En);
        label(&mut canvas, &[group], &placed, &words, &mut taken, 10.0);
        let svg = canvas.finish();
        (!svg.is_empty()).then(|| {
            let numbers = svg.split('"').skip(1).step_by(2);
            numbers.take(2).map(|number| number.parse().unwrap()).collect()
        })
    }

    #[test]
    fn a_group_is_called_at_the_first_free_spot_by_its_outline() {
        // `Community 1 · 2 shown` is about 118 wide and 12 high.
        assert_eq!(called(&[]), Some(vec![200.0, 97.5]));
        let (over, under) = ([200.0, 94.0], [220.0, 306.0]);
        assert_eq!(called(&[over]), Some(vec![220.0, 309.5]));
        // A stone to the left of the corner leaves its right free, and the other way round.
        let [left, right] = [-3.0, 3.0];
        let beside = |stones: &[Point]| {
            let spot = called(stones).unwrap();
            (spot[0] > 250.0, spot[1].to_bits() == 97.5_f64.to_bits())
        };
        assert_eq!(beside(&[[200.0 + left, 94.0], under]), (true, true));
        assert_eq!(beside(&[[200.0 + right, 94.0], under]), (false, true));
        let many = |y: f64| (0..40).map(move |place| [f64::from(place) * 10.0, y]);
        let all: Vec<Point> = many(94.0).chain(many(306.0)).collect();
        assert_eq!(called(&all), None);
        // All over it is taken, and under it what is on one side of the corner.
        let low =
            |right: f64| -> Vec<Point> { many(94.0).chain([[220.0 + right, 306.0]]).collect() };
        assert!(called(&low(left)).is_some_and(|spot| spot[0] > 270.0));
        assert!(called(&low(right)).is_some_and(|spot| spot[0] < 170.0));
    }
}
