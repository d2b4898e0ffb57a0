use super::super::field::{MISSING, NEAR};
use super::super::mentions::Part;
use super::super::sketch::case;
use super::*;

/// A model that saw nothing, and what it makes of two offenders who are so alike.
fn weighed(fields: &[(Field, u8)]) -> f64 {
    let model = Model::fit(&[], 1.0, &[], [8.0; Stratum::COUNT]);
    let calibration = Calibration::of(&model, &[]);
    let mut compared = Compared { pattern: [MISSING; Field::COUNT], chance: [0.0; Field::COUNT] };
    for &(field, level) in fields {
        compared.set(field, (level, -3.0));
    }
    let pair = Pair::new((0, 1), &compared, Stratum::of(Part::Offender, Part::Offender));
    weigh(&model, &calibration, &pair)
}

#[test]
fn a_pair_of_which_nothing_is_alike_is_no_person() {
    for fields in
        [&[][..], &[(Field::Given, OTHER)], &[(Field::Phone, OTHER), (Field::Birth, OTHER)]]
    {
        assert_eq!(weighed(fields).to_bits(), f64::NEG_INFINITY.to_bits(), "{fields:?}");
    }
    for fields in [&[(Field::Given, FAINT)][..], &[(Field::Given, OTHER), (Field::Place, SAME)]] {
        assert!(weighed(fields).is_finite(), "{fields:?}");
    }
}

#[test]
fn dates_that_exclude_each_other_need_an_identifier_that_agrees() {
    let named = [(Field::Given, PART), (Field::Family, PART)];
    let faintly = [(Field::Given, FAINT), (Field::Family, SAME)];
    let half = [(Field::Given, SAME), (Field::Family, FAINT)];
    for (names, other, possible) in [
        (&named[..], (Field::Place, SAME), false),
        (&named, (Field::Phone, SAME), true),
        (&named, (Field::Phone, NEAR), true),
        (&named, (Field::Address, PART), true),
        (&named, (Field::Phone, FAINT), false),
        (&named, (Field::Phone, OTHER), false),
        // Without one name a number must be the same.
        (&faintly, (Field::Phone, SAME), true),
        (&faintly, (Field::Phone, NEAR), false),
        (&half, (Field::Phone, NEAR), false),
        (&[], (Field::Url, SAME), true),
        (&[], (Field::Email, NEAR), false),
    ] {
        let fields = [names, &[other, (Field::Birth, OTHER)]].concat();
        assert_eq!(weighed(&fields).is_finite(), possible, "{fields:?}");
        // Dates that a slip explains exclude nobody.
        let fields = [names, &[other, (Field::Birth, FAINT)]].concat();
        assert!(weighed(&fields).is_finite(), "{fields:?}");
    }
}

/// What is done with this many mentions without a name.
fn with<T>(count: usize, decisions: &[(Rows, Verdict)], make: impl FnOnce(&Work<'_>) -> T) -> T {
    let ids: String = (0..count).map(|n| format!("p{n}\n")).collect::<Vec<_>>().concat();
    let roles = "case_id,person_id,role\nk1,p0,driver\nk1,p1,driver\nk2,p2,victim\n";
    let tables = [("people.csv", &*format!("person_id\n{ids}")), ("roles.csv", roles)];
    let mentions = Mentions::of(&case(&tables), Region::default());
    let frequencies = Frequencies::of(&mentions, None);
    let (persons, blind, seed) = (None, Vec::new(), 7);
    make(&Work { mentions: &mentions, decisions, frequencies, persons, blind, seed })
}

#[test]
fn of_few_mentions_all_pairs_tell_of_coincidence_and_of_many_a_draw() {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "a path is of one lifetime alone"
    )]
    let pairs = |count| with(count, &[], |work| work.random_pairs());
    assert_eq!(pairs(4), [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]);
    assert_eq!(pairs(800).len(), 800 * 799 / 2);
    let drawn = pairs(801);
    assert_eq!(drawn.len(), 300_000);
    assert!(drawn.iter().all(|&(a, b)| a <= b && b < 801));
    let met: std::collections::BTreeSet<u32> = drawn.iter().flat_map(|&(a, b)| [a, b]).collect();
    assert_eq!(met.len(), 801, "each is drawn");
}

#[test]
fn two_of_one_file_are_not_compared() {
    with(4, &[], |work| {
        assert!(work.pair((0, 1), None).is_none() && work.pair((2, 2), None).is_none());
        let pair = work.pair((0, 2), None).expect("of two files");
        assert_eq!((pair.rows, pair.stratum), ((0, 2), Stratum::of(Part::Offender, Part::Victim)));
    });
}

#[test]
fn the_evidence_of_a_pair_is_its_odds_without_those_at_the_start() {
    let people = "person_id,name,birth\na,Jan Visser,1980-04-05\nb,Jan Visser,1980-04-05\nc,Piet de Groot,\n";
    let mentions = Mentions::of(&case(&[("people.csv", people)]), Region::default());
    let frequencies = Frequencies::of(&mentions, None);
    let (decisions, persons, blind, seed) = (&[][..], None, Vec::new(), 7);
    let work = Work { mentions: &mentions, decisions, frequencies, persons, blind, seed };
    let (model, edges) = work.compare(&[(0, 1)]);
    let prior = model.prior(&work.pair((0, 1), None).expect("of no file"));
    let [edge] = edges[..] else { panic!("{edges:?}") };
    assert!(prior < -0.5, "{prior}");
    assert!((edge.evidence - (edge.logit - prior)).abs() < 1e-12, "{edge:?} {prior}");
}

fn edge(a: u32, b: u32, logit: f64) -> Edge {
    Edge { rows: (a, b), logit, evidence: logit, stands_for: 1.0 }
}

#[test]
fn decisions_take_the_place_of_odds() {
    let decisions =
        [((0, 2), Verdict::Same), ((1, 3), Verdict::Different), ((2, 3), Verdict::Same)];
    let mut edges = vec![edge(0, 1, 1.0), edge(0, 2, -2.0), edge(1, 2, 3.0)];
    with(4, &decisions, |work| work.decide(&mut edges));
    let told: Vec<(Rows, f64)> = edges.iter().map(|edge| (edge.rows, edge.logit)).collect();
    let (same, two) = (f64::INFINITY, f64::NEG_INFINITY);
    let expected = [((0, 1), 1.0), ((0, 2), same), ((1, 2), 3.0), ((1, 3), two), ((2, 3), same)];
    assert_eq!(told, expected);
}

#[test]
fn a_group_is_explained_by_the_strongest_pairs_that_hold_it() {
    let model = Model::fit(&[], 1.0, &[], [8.0; Stratum::COUNT]);
    let edges = [edge(0, 2, 1.0), edge(0, 3, 3.0), edge(1, 2, 9.0), edge(2, 3, 2.0)];
    let merges = with(4, &[], |work| work.merges(&model, &edges, &[0, 1, 0, 0]));
    let told: Vec<(Rows, f64)> =
        merges.iter().map(|merge| (merge.rows, merge.probability)).collect();
    // 1 is another person; of the three pairs of the others the weakest holds nothing.
    assert_eq!(told.iter().map(|one| one.0).collect::<Vec<_>>(), [(0, 3), (2, 3)]);
    assert!((told[0].1 - 1.0 / (1.0 + (-3.0_f64).exp())).abs() < 1e-12, "{told:?}");
    for merge in &merges {
        // Nothing was compared: all beyond the odds at the start was put right.
        let names: Vec<&str> = merge.weights.iter().map(|weight| weight.0).collect();
        assert_eq!(names, ["before comparing", "held against dates of birth"]);
        let bits: f64 = merge.weights.iter().map(|weight| weight.1).sum();
        let odds = (merge.probability / (1.0 - merge.probability)).log2();
        assert!((bits - odds).abs() < 1e-9, "{bits} {odds}");
    }
    // What is less than a twentieth of a bit is not told.
    let start = (1.0_f64 / 19.0).ln();
    let reasons = |bits: f64| {
        let edge = edge(0, 2, start + bits * std::f64::consts::LN_2);
        with(4, &[], |work| work.reasons(&model, &edge, None)).len()
    };
    assert_eq!([0.0, 0.04, -0.04, 0.06, -0.06].map(reasons), [1, 1, 1, 2, 2]);
}

/// How sure it is that two clients of one name, of one day, are one, where the second is met with this driver and the first with `x`.
fn sure_with(driver: &str) -> f64 {
    let mut people =
        "person_id,name,birth\na,Jan Visser,1980-04-05\nb,Jan Visser,1980-04-05\n".to_owned();
    people += "x,Karim Amrani,1990-01-02\ny,Piet de Groot,1991-02-03\n";
    let mut roles = "case_id,person_id,role\nk1,a,client\nk1,x,driver\nk2,b,client\n".to_owned();
    roles.extend([format!("k2,{driver},driver\nk3,y,driver\n")]);
    for n in 0..40 {
        let letter = |step: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[n * step % 26]);
        let name: String = [7, 11, 13].map(letter).iter().collect();
        people.extend([format!("z{n},{name}o {name}ana,19{}-05-{:02}\n", 60 + n, 1 + n % 28)]);
        roles.extend([format!("k{},z{n},driver\n", 4 + n)]);
    }
    let identities =
        Resolution::default().of(&case(&[("people.csv", &people), ("roles.csv", &roles)]));
    let merges = identities.expect("no decisions").merges;
    let of_both = merges.iter().find(|merge| merge.rows == (0, 1));
    of_both.map_or(0.0, |merge| merge.probability)
}

#[test]
fn those_who_are_no_offenders_are_weighed_again_by_their_company() {
    let (one, another) = (sure_with("x"), sure_with("y"));
    assert!(one > another, "{one} {another}");
}
