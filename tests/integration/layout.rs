//! Do drawings show the graph, and no sign on another, whatever the graph?

use kluwen::graph::{Csr, Direction};
use kluwen::measure::layout::{
    Concentric, ForceLayout, Point, Stress, crossings, neighborhood_preservation, stress,
    without_overlaps,
};
use kluwen::{Error, ErrorKind};
use proptest::prelude::*;

/// What two signs may lie on one another by rounding, in points.
const ROUNDING: f64 = 1e-6;

fn signs(n: usize, half: f64) -> Vec<[f64; 2]> {
    vec![[half; 2]; n]
}

fn drawn(csr: &Csr, extents: &[[f64; 2]]) -> Vec<Point> {
    ForceLayout::default().place(csr, extents).expect("the signs are in range")
}

/// By how much two signs lie on one another at worst, looking at all pairs.
fn overlap(points: &[Point], extents: &[[f64; 2]]) -> f64 {
    let mut worst = f64::NEG_INFINITY;
    for v in 0..points.len() {
        for u in 0..v {
            let lack = [0, 1].map(|axis| {
                extents[u][axis] + extents[v][axis] - (points[u][axis] - points[v][axis]).abs()
            });
            worst = worst.max(lack[0].min(lack[1]));
        }
    }
    worst
}

/// The same for many signs: by a sweep over those sorted by their left ends.
fn overlap_of_many(points: &[Point], extents: &[[f64; 2]]) -> f64 {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let left = |u: usize| points[u][0] - extents[u][0];
    order.sort_by(|&a, &b| left(a).total_cmp(&left(b)));
    let mut worst = f64::NEG_INFINITY;
    for (at, &u) in order.iter().enumerate() {
        for &v in order[at + 1..].iter().take_while(|&&v| left(v) < points[u][0] + extents[u][0]) {
            let lack = [0, 1].map(|axis| {
                extents[u][axis] + extents[v][axis] - (points[u][axis] - points[v][axis]).abs()
            });
            worst = worst.max(lack[0].min(lack[1]));
        }
    }
    worst
}

/// The least corner of all signs is the origin and all numbers are finite.
fn is_framed(points: &[Point], extents: &[[f64; 2]]) -> bool {
    let least = |axis: usize| {
        points.iter().zip(extents).map(|(p, e)| p[axis] - e[axis]).fold(f64::INFINITY, f64::min)
    };
    let is_finite = points.iter().flatten().all(|at| at.is_finite());
    is_finite && (points.is_empty() || (least(0).abs() < 1e-3 && least(1).abs() < 1e-3))
}

/// Random numbers from a linear congruence.
fn dice(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed;
    move |bound| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % u64::from(bound)).expect("below a bound of 32 bits")
    }
}

/// Groups of `size` nodes with about `degree` edges each, one in `out_of` of them to anybody.
fn planted(n: u32, size: u32, degree: u32, out_of: u32) -> Csr {
    let mut roll = dice(7);
    let mut pairs = Vec::new();
    for u in 0..n {
        for _ in 0..degree / 2 {
            let inside = u / size * size + roll(size.min(n - u / size * size));
            pairs.push((u, if roll(out_of) == 0 { roll(n) } else { inside }));
        }
    }
    Csr::unweighted(n as usize, &pairs, Direction::Undirected)
}

fn grid(side: u32) -> Csr {
    let at = |row: u32, column: u32| row * side + column;
    let along = (0..side).flat_map(|r| (1..side).map(move |c| (at(r, c - 1), at(r, c))));
    let across = (1..side).flat_map(|r| (0..side).map(move |c| (at(r - 1, c), at(r, c))));
    let pairs: Vec<_> = along.chain(across).collect();
    Csr::unweighted((side * side) as usize, &pairs, Direction::Undirected)
}

#[test]
fn a_path_is_drawn_straight() {
    let csr = Csr::path(30);
    let points = drawn(&csr, &signs(30, 2.0));
    assert!(stress(&csr, &points) < 0.01, "{}", stress(&csr, &points));
    assert_eq!(crossings(&csr, &points).unwrap(), 0);
    assert!(neighborhood_preservation(&csr, &points) > 0.99);
    let [width, height] = [0, 1].map(|axis| {
        let most = points.iter().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
        most - points.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min)
    });
    assert!(width > 5.0 * height, "wider than high: {width} × {height}");
}

#[test]
fn a_cycle_is_drawn_round() {
    let csr = Csr::cycle(24);
    let points = drawn(&csr, &signs(24, 2.0));
    let middle = [0, 1].map(|axis| points.iter().map(|p| p[axis]).sum::<f64>() / 24.0);
    let radii: Vec<f64> =
        points.iter().map(|p| (p[0] - middle[0]).hypot(p[1] - middle[1])).collect();
    let (least, most) = radii
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(low, high), &radius| (low.min(radius), high.max(radius)));
    assert!(most / least < 1.1, "{least} to {most}");
    assert_eq!(crossings(&csr, &points).unwrap(), 0);
}

#[test]
fn a_grid_is_drawn_without_crossings() {
    let csr = grid(10);
    let points = drawn(&csr, &signs(100, 2.0));
    assert_eq!(crossings(&csr, &points).unwrap(), 0);
    assert!(stress(&csr, &points) < 0.03, "{}", stress(&csr, &points));
}

#[test]
fn components_lie_beside_one_another() {
    let two = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 6), (6, 3)];
    let csr = Csr::unweighted(8, &two, Direction::Undirected);
    let extents = signs(8, 5.0);
    let points = drawn(&csr, &extents);
    let frame = |nodes: std::ops::Range<usize>| {
        [0, 1].map(|axis| {
            let at = nodes.clone().map(|u| points[u][axis]);
            (at.clone().fold(f64::INFINITY, f64::min) - 5.0, at.fold(0.0, f64::max) + 5.0)
        })
    };
    let frames = [frame(0..3), frame(3..7), frame(7..8)];
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let apart = (0..2).any(|axis| {
            frames[a][axis].1 <= frames[b][axis].0 || frames[b][axis].1 <= frames[a][axis].0
        });
        assert!(apart, "{frames:?}");
    }
    assert!(is_framed(&points, &extents));
}

#[test]
fn groups_of_friends_are_drawn_together() {
    let csr = planted(120, 12, 8, 20);
    let points = drawn(&csr, &signs(120, 3.0));
    let mean = |same: bool| {
        let pairs = (0..120).flat_map(|v| (0..v).map(move |u| (u, v)));
        let lengths: Vec<f64> = pairs
            .filter(|(u, v)| (u / 12 == v / 12) == same)
            .map(|(u, v): (usize, usize)| {
                (points[u][0] - points[v][0]).hypot(points[u][1] - points[v][1])
            })
            .collect();
        lengths.iter().sum::<f64>() / lengths.len() as f64
    };
    assert!(mean(true) * 2.0 < mean(false), "{} and {}", mean(true), mean(false));
}

#[test]
fn stress_is_far_below_that_of_chance() {
    for csr in [planted(300, 20, 6, 8), planted(3000, 30, 6, 8), grid(40)] {
        let n = csr.node_count();
        let mut roll = dice(3);
        let chance: Vec<Point> = (0..n).map(|_| [0, 1].map(|_| f64::from(roll(10_000)))).collect();
        let (ours, theirs) = (stress(&csr, &drawn(&csr, &signs(n, 2.0))), stress(&csr, &chance));
        assert!(ours * 1.5 < theirs, "{n}: {ours} against {theirs}");
    }
}

/// Stress by all pairs, made as low as it will get by majorization from many starts: slow and obvious.
fn least_stress(csr: &Csr) -> f64 {
    let n = csr.node_count();
    let steps = all_steps(csr);
    let mut best = f64::INFINITY;
    for seed in 0..20 {
        let mut roll = dice(seed);
        let mut points: Vec<Point> =
            (0..n).map(|_| [0, 1].map(|_| f64::from(roll(1000)) / 100.0)).collect();
        for _ in 0..300 {
            for u in 0..n {
                let (mut sum, mut weights) = ([0.0; 2], 0.0);
                for v in (0..n).filter(|&v| v != u) {
                    let apart = [0, 1].map(|axis| points[u][axis] - points[v][axis]);
                    let length = apart[0].hypot(apart[1]).max(1e-9);
                    let weight = 1.0 / (steps[u][v] * steps[u][v]);
                    for axis in 0..2 {
                        sum[axis] +=
                            weight * (points[v][axis] + steps[u][v] * apart[axis] / length);
                    }
                    weights += weight;
                }
                points[u] = sum.map(|sum| sum / weights);
            }
        }
        best = best.min(stress(csr, &points));
    }
    best
}

/// How many edges lie between each two nodes of a connected graph (Floyd and Warshall).
fn all_steps(csr: &Csr) -> Vec<Vec<f64>> {
    let n = csr.node_count();
    let mut steps = vec![vec![f64::INFINITY; n]; n];
    for u in csr.nodes() {
        steps[u as usize][u as usize] = 0.0;
        csr.neighbors(u).iter().for_each(|&v| steps[u as usize][v as usize] = 1.0);
    }
    for middle in 0..n {
        for u in 0..n {
            for v in 0..n {
                steps[u][v] = steps[u][v].min(steps[u][middle] + steps[middle][v]);
            }
        }
    }
    steps
}

#[test]
fn small_graphs_have_nearly_the_least_stress() {
    for csr in [Csr::ring_of_cliques(6, 5), grid(5), Csr::cycle(15), Csr::path(12)] {
        let n = csr.node_count();
        let (ours, least) = (stress(&csr, &drawn(&csr, &signs(n, 1.0))), least_stress(&csr));
        assert!(ours <= 1.5 * least + 0.01, "{n} nodes: {ours} against {least}");
    }
}

#[test]
fn stress_is_that_of_all_pairs() {
    let csr = grid(6);
    let mut roll = dice(1);
    let points: Vec<Point> = (0..36).map(|_| [0, 1].map(|_| f64::from(roll(100)))).collect();
    let steps = all_steps(&csr);
    let ratios: Vec<f64> = (0..36)
        .flat_map(|v| (0..v).map(move |u| (u, v)))
        .map(|(u, v): (usize, usize)| {
            (points[u][0] - points[v][0]).hypot(points[u][1] - points[v][1]) / steps[u][v]
        })
        .collect();
    let at = |scale: f64| {
        ratios.iter().map(|ratio| (scale * ratio - 1.0).powi(2)).sum::<f64>() / ratios.len() as f64
    };
    let least = (1..20_000).map(|k| at(f64::from(k) * 1e-5)).fold(f64::INFINITY, f64::min);
    assert!((stress(&csr, &points) - least).abs() < 1e-6);
    let sampled = Stress { sources: 18, seed: 5 }.of(&csr, &points);
    assert!((sampled / least - 1.0).abs() < 0.3, "{sampled} of half, {least} of all");
}

#[test]
fn neighborhoods_are_those_of_all_pairs() {
    let csr = planted(80, 10, 6, 5);
    let mut roll = dice(4);
    let points: Vec<Point> = (0..80).map(|_| [0, 1].map(|_| f64::from(roll(1 << 30)))).collect();
    let mut shares = Vec::new();
    for u in csr.nodes().filter(|&u| !csr.neighbors(u).is_empty()) {
        let own = csr.neighbors(u);
        let length = |v: u32| {
            let [p, q] = [points[u as usize], points[v as usize]];
            (p[0] - q[0]).hypot(p[1] - q[1])
        };
        let mut others: Vec<u32> = csr.nodes().filter(|&v| v != u).collect();
        others.sort_by(|&a, &b| length(a).total_cmp(&length(b)));
        let kept = others[..own.len()].iter().filter(|v| own.contains(v)).count();
        shares.push(kept as f64 / own.len() as f64);
    }
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    assert!((neighborhood_preservation(&csr, &points) - mean).abs() < 1e-12);
}

#[test]
fn a_drawing_is_the_same_on_any_number_of_threads() {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let large = planted(2500, 30, 6, 8);
    for u in large.nodes() {
        pairs.extend(large.neighbors(u).iter().filter(|&&v| u < v).map(|&v| (u, v)));
    }
    pairs.extend([(2500, 2501), (2501, 2502), (2503, 2504)]);
    let csr = Csr::unweighted(2600, &pairs, Direction::Undirected);
    let extents = signs(2600, 4.0);
    let bits = |threads: usize| -> Vec<[u64; 2]> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let points = pool.install(|| drawn(&csr, &extents));
        points.iter().map(|point| point.map(f64::to_bits)).collect()
    };
    let alone = bits(1);
    assert_eq!(alone, bits(3));
    let other = ForceLayout { seed: 1, ..ForceLayout::default() }.place(&csr, &extents).unwrap();
    let same = alone.iter().zip(&other).all(|(a, b)| *a == b.map(f64::to_bits));
    assert!(!same, "another seed draws another picture");
}

#[test]
fn hostile_shapes_are_drawn() {
    let wide = |n: u32| -> Vec<[f64; 2]> {
        (0..n).map(|u| [f64::from(u % 7) * 20.0, f64::from(u % 3)]).collect()
    };
    let heavy = Csr::new(3, &[(0, 1, 1e300), (1, 2, 1e-300)], Direction::Undirected);
    let one_way = Csr::unweighted(4, &[(1, 0), (2, 0), (3, 2)], Direction::Directed);
    let shapes = [
        Csr::path(0),
        Csr::path(1),
        Csr::path(2),
        Csr::unweighted(50, &[], Direction::Undirected),
        Csr::star(3000),
        Csr::path(3000),
        Csr::complete(150),
        heavy,
        one_way,
    ];
    for csr in shapes {
        let n = csr.node_count();
        for extents in [signs(n, 0.0), signs(n, 9.0), wide(u32::try_from(n).unwrap())] {
            let points = drawn(&csr, &extents);
            assert!(is_framed(&points, &extents), "{n}");
            assert!(overlap(&points, &extents) < ROUNDING, "{n}");
        }
    }
    let mut huge = signs(40, 1.0);
    huge[7] = [1e6, 1e6];
    let points = drawn(&Csr::cycle(40), &huge);
    assert!(overlap(&points, &huge) < ROUNDING);
}

#[test]
fn large_hostile_shapes_are_drawn_soon() {
    let isolated = Csr::unweighted(100_000, &[], Direction::Undirected);
    for csr in [isolated, Csr::star(20_000), Csr::path(5_000)] {
        let extents = signs(csr.node_count(), 3.0);
        let points = drawn(&csr, &extents);
        assert!(is_framed(&points, &extents));
        assert!(overlap_of_many(&points, &extents) < ROUNDING);
    }
}

#[test]
fn signs_that_cannot_be_drawn_are_refused() {
    let refused = |result: Result<Vec<Point>, Error>| {
        let error = result.expect_err("the signs are out of range");
        assert!(matches!(error.kind(), ErrorKind::Usage(_)), "{error}");
    };
    let csr = Csr::path(2);
    for bad in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        refused(ForceLayout::default().place(&csr, &[[1.0, 1.0], [bad, 1.0]]));
        refused(Concentric { centers: vec![0], gap: bad }.place(&csr, &signs(2, 1.0)));
    }
    refused(ForceLayout::default().place(&csr, &signs(3, 1.0)));
    refused(Concentric { centers: vec![2], ..Concentric::default() }.place(&csr, &signs(2, 1.0)));
}

#[test]
fn rings_are_hops_from_the_center() {
    // Two steps from node 0 along three ways, and a pair out of reach.
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 5), (3, 6), (7, 8)];
    let csr = Csr::unweighted(9, &pairs, Direction::Undirected);
    let extents = signs(9, 4.0);
    let rings = Concentric { centers: vec![0], ..Concentric::default() };
    let points = rings.place(&csr, &extents).unwrap();
    let radius = |u: usize| (points[u][0] - points[0][0]).hypot(points[u][1] - points[0][1]);
    for (ring, next) in [(1..4, 4..7), (4..7, 7..9)] {
        let first = radius(ring.start);
        assert!(ring.clone().all(|u| (radius(u) - first).abs() < 1e-9));
        assert!(next.clone().all(|u| radius(u) > first + 8.0), "a sign fits between rings");
    }
    assert_eq!(crossings(&csr, &points).unwrap(), 0);
    assert!(overlap(&points, &extents) < ROUNDING && is_framed(&points, &extents));
}

#[test]
fn rings_hold_hostile_graphs() {
    for (csr, centers) in [
        (Csr::star(5000), vec![0]),
        (Csr::star(2000), vec![5]),
        (Csr::path(500), vec![0, 499]),
        (Csr::complete(100), (0..100).collect()),
        (Csr::path(0), vec![]),
        (Csr::path(1), vec![0]),
        (Csr::cycle(60), vec![]),
    ] {
        let n = csr.node_count();
        for half in [0.0, 6.0] {
            let extents = signs(n, half);
            let rings = Concentric { centers: centers.clone(), ..Concentric::default() };
            let points = rings.place(&csr, &extents).unwrap();
            assert!(overlap(&points, &extents) < ROUNDING && is_framed(&points, &extents), "{n}");
        }
    }
}

#[test]
fn edges_are_put_in_order_on_rings() {
    let mut roll = dice(11);
    // A tree whose nodes are numbered by chance: it can be drawn without crossings.
    let mut names: Vec<u32> = (0..60).collect();
    for last in (1..60).rev() {
        names.swap(last as usize, roll(last + 1) as usize);
    }
    let pairs: Vec<_> =
        (1..60).map(|u: u32| (names[((u - 1) / 3) as usize], names[u as usize])).collect();
    let csr = Csr::unweighted(60, &pairs, Direction::Undirected);
    let rings = Concentric { centers: vec![names[0] as usize], ..Concentric::default() };
    let points = rings.place(&csr, &signs(60, 2.0)).unwrap();
    let shuffled: Vec<Point> = (0..60).map(|u| points[(u * 7 + 3) % 60]).collect();
    let (ours, chance) = (crossings(&csr, &points).unwrap(), crossings(&csr, &shuffled).unwrap());
    assert!(ours * 10 <= chance, "{ours} against {chance}");
}

#[test]
fn overlaps_of_many_coincident_signs_go() {
    let mut points = vec![[3.0, 3.0]; 20_000];
    let extents = signs(20_000, 2.0);
    without_overlaps(&mut points, &extents, 1.0);
    assert!(overlap_of_many(&points, &extents) < ROUNDING);
    let most = points.iter().flatten().fold(0.0_f64, |most, at| most.max(at.abs()));
    assert!(most < 4000.0, "a heap stays round: {most}");
}

#[test]
fn signs_that_lie_free_stay() {
    let mut points = vec![[0.0, 0.0], [30.0, 0.0], [0.0, 30.0], [100.0, 100.0], [101.0, 100.0]];
    let before = points.clone();
    without_overlaps(&mut points, &signs(5, 5.0), 1.0);
    assert_eq!(points[..3], before[..3]);
    assert!(points[4][0] - points[3][0] >= 11.0 - ROUNDING);
}

#[test]
fn crossings_of_too_many_edges_are_refused() {
    let csr = Csr::complete(400);
    let error = crossings(&csr, &vec![[0.0, 0.0]; 400]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Limit { .. }), "{error}");
}

/// Crossings by looking at each two edges.
fn crossings_of_all_pairs(csr: &Csr, points: &[Point]) -> u64 {
    let edges: Vec<(u32, u32)> = csr
        .nodes()
        .flat_map(|u| csr.neighbors(u).iter().filter(move |&&v| u < v).map(move |&v| (u, v)))
        .collect();
    let side = |a: u32, b: u32, c: u32| {
        let [a, b, c] = [a, b, c].map(|u| points[u as usize]);
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let mut count = 0;
    for (at, &(a, b)) in edges.iter().enumerate() {
        for &(c, d) in &edges[..at] {
            let parts = side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
            count += u64::from(parts && ![c, d].contains(&a) && ![c, d].contains(&b));
        }
    }
    count
}

prop_compose! {
    fn graphs()(n in 1_u32..40)(
        n in Just(n),
        pairs in prop::collection::vec((0..n, 0..n), 0..80),
        places in prop::collection::vec([0_i32..30, 0..30], n as usize),
        halves in prop::collection::vec([0_u32..30, 0..10], n as usize),
    ) -> (Csr, Vec<Point>, Vec<[f64; 2]>) {
        let csr = Csr::unweighted(n as usize, &pairs, Direction::Undirected);
        let points = places.iter().map(|place| place.map(f64::from)).collect();
        let extents = halves.iter().map(|half| half.map(f64::from)).collect();
        (csr, points, extents)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sign_lies_on_another((csr, points, extents) in graphs(), gap in 0_u32..5) {
        let gap = f64::from(gap);
        let mut apart = points.clone();
        without_overlaps(&mut apart, &extents, gap);
        prop_assert!(apart.iter().flatten().all(|at| at.is_finite()));
        let wider: Vec<_> = extents.iter().map(|half| half.map(|half| half + gap / 2.0)).collect();
        prop_assert!(overlap(&apart, &wider) < ROUNDING);
        let drawn = ForceLayout { gap, ..ForceLayout::default() }.place(&csr, &extents).unwrap();
        prop_assert!(is_framed(&drawn, &extents));
        prop_assert!(overlap(&drawn, &wider) < ROUNDING);
        let centers = vec![0];
        let rings = Concentric { centers, gap }.place(&csr, &extents).unwrap();
        prop_assert!(is_framed(&rings, &extents) && overlap(&rings, &wider) < ROUNDING);
    }

    #[test]
    fn crossings_are_those_of_all_pairs((csr, points, _) in graphs()) {
        prop_assert_eq!(crossings(&csr, &points).unwrap(), crossings_of_all_pairs(&csr, &points));
    }

    #[test]
    fn what_lies_apart_is_left((_, points, _) in graphs()) {
        let mut once = points.clone();
        without_overlaps(&mut once, &signs(points.len(), 3.0), 1.0);
        let mut twice = once.clone();
        without_overlaps(&mut twice, &signs(points.len(), 3.0), 0.9);
        prop_assert_eq!(once, twice);
    }
}
