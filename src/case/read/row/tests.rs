//! What each kind of cell comes to, and what is told of one that is wrong.

use super::super::super::sketch::{taken, taken_with, told};
use super::super::super::vocabulary::{ChannelClass, LinkKind};
use super::super::super::{Limits, ReadOptions, Strictness, Taken, UnknownCodes};
use super::*;

const PEOPLE: (&str, &str) = ("people.csv", "person_id\np1\np2\n");
const NO_LINKS: (&str, &str) = ("links.csv", "from,to,kind\n");

/// A case with two people and these links from the first to the second, each of one cell of `column`.
fn links(column: &str, cells: &[&str]) -> Taken {
    let rows: Vec<String> = cells.iter().map(|cell| format!("p1,p2,paid,{cell}\n")).collect();
    taken(&[PEOPLE, ("links.csv", &format!("from,to,kind,{column}\n{}", rows.concat()))])
}

/// What sort of fault there is, and where.
fn places_of(taken: &Taken) -> Vec<(FaultClass, String)> {
    let faults = taken.faults.listed().iter();
    faults.map(|fault| (fault.class, fault.position.to_string())).collect()
}

#[test]
fn a_place_has_both_of_its_numbers_or_neither() {
    let rows = "a,52.1,5.1\nb,52.1,\nc,,5.1\nd,unknown,5.1\ne,,\nf,90,-180\ng,-90,180\nh, 1 ,\t2\n";
    let taken = taken(&[PEOPLE, NO_LINKS, ("places.csv", &format!("place_id,lat,lon\n{rows}"))]);
    let of = |twin| {
        format!("an empty cell; expected a value, because `{twin}` has one; fill both or neither")
    };
    assert_eq!(
        told(&taken),
        [
            format!("places.csv:3: column `lon`: {}", of("lat")),
            format!("places.csv:4: column `lat`: {}", of("lon")),
            format!("places.csv:5: column `lat`: {}", of("lon")),
        ]
    );
    let places: Vec<_> = taken.case.places.iter().map(|place| place.location).collect();
    assert_eq!(
        places,
        [Some((52.1, 5.1)), None, Some((90.0, -180.0)), Some((-90.0, 180.0)), Some((1.0, 2.0))]
    );
}

#[test]
fn a_number_out_of_its_bounds_is_told() {
    let rows = "a,90.5,0\nb,0,-180.5\nc,NaN,0\nd,0,inf\ne,north,0\n";
    let taken = taken(&[PEOPLE, NO_LINKS, ("places.csv", &format!("place_id,lat,lon\n{rows}"))]);
    let bounds = |what| format!("expected a {what}, such as `3` or `0.5`");
    let (latitude, longitude) =
        (bounds("latitude in [-90, 90]"), bounds("longitude in [-180, 180]"));
    assert_eq!(
        told(&taken),
        [
            format!("places.csv:2: column `lat`: `90.5`; {latitude}"),
            format!("places.csv:3: column `lon`: `-180.5`; {longitude}"),
            format!("places.csv:4: column `lat`: `NaN`; {latitude}"),
            format!("places.csv:5: column `lon`: `inf`; {longitude}"),
            format!("places.csv:6: column `lat`: `north`; {latitude}"),
        ]
    );
}

#[test]
fn a_count_is_above_nothing_and_at_most_a_million_millions() {
    let taken = links("count", &["", "unknown", "0.5", "1e12", "0", "-1", "1.1e12", "many"]);
    let counts: Vec<f64> = taken.case.links.iter().map(|link| link.count).collect();
    assert_eq!(counts, [1.0, 1.0, 0.5, 1e12]);
    let bounds = "expected a number above 0 and at most 1e12, such as `3` or `0.5`";
    let wrong = [(6, "0"), (7, "-1"), (8, "1.1e12"), (9, "many")];
    let wrong =
        wrong.map(|(line, cell)| format!("links.csv:{line}: column `count`: `{cell}`; {bounds}"));
    assert_eq!(told(&taken), wrong);
}

#[test]
fn a_code_that_must_be_there_is_one_of_its_list() {
    let kinds = ["recruited", " paid\t", "", "unknown", "recruted", "zzzzzzzzz"];
    let rows: Vec<String> = kinds.iter().map(|kind| format!("p1,p2,{kind}\n")).collect();
    let taken = taken(&[PEOPLE, ("links.csv", &format!("from,to,kind\n{}", rows.concat()))]);
    let read: Vec<LinkKind> = taken.case.links.iter().map(|link| link.kind).collect();
    assert_eq!(read, [LinkKind::Recruited, LinkKind::Paid]);
    let told = told(&taken);
    let at = |line| format!("links.csv:{line}: column `kind`: ");
    assert_eq!(told[0], format!("{}an empty cell; expected a link kind in every row", at(4)));
    assert_eq!(told[1], format!("{}`unknown`; expected a link kind in every row", at(5)));
    assert_eq!(told[2], format!("{}`recruted`; expected a link kind such as `recruited`", at(6)));
    let all = format!("{}`zzzzzzzzz`; expected one of first_contact, groomed, recruited, ", at(7));
    assert!(told[3].starts_with(&all), "{}", told[3]);
    assert_eq!(told.len(), 4);
}

#[test]
fn what_is_expected_has_its_article() {
    let row = "person_id,kind,value\np1,handel,x\n";
    let identifiers = told(&taken(&[PEOPLE, NO_LINKS, ("identifiers.csv", row)]));
    let expected = "`handel`; expected an identifier kind such as `handle`";
    assert_eq!(identifiers, [format!("identifiers.csv:2: column `kind`: {expected}")]);
}

#[test]
fn a_strange_code_is_taken_as_other_where_that_is_asked_for() {
    let files =
        [PEOPLE, NO_LINKS, ("channels.csv", "channel_id,class\na,forum\nb,unknown\nc,vlog\n")];
    assert_eq!(taken(&files).case.channels.len(), 2, "the strange one is refused");
    let options = ReadOptions {
        strictness: Strictness::Report,
        unknown_codes: UnknownCodes::AsOther,
        ..ReadOptions::default()
    };
    let taken = taken_with(&files, &options).expect("a case");
    let classes: Vec<_> = taken.case.channels.iter().map(|channel| channel.class).collect();
    assert_eq!(classes, [Some(ChannelClass::Forum), None, Some(ChannelClass::Other)]);
    let expected = "expected a channel class of the list; it was taken as `other`";
    assert_eq!(told(&taken), [format!("channels.csv:4: column `class`: `vlog`; {expected}")]);
}

#[test]
fn means_are_a_list_of_codes() {
    let taken = links("means", &["", "refused", "debt; threat;;debt", "threat;charm"]);
    let means: Vec<Vec<MeansCode>> =
        taken.case.links.iter().map(|link| link.means.iter().collect()).collect();
    assert_eq!(means, [vec![], vec![], vec![MeansCode::Threat, MeansCode::Debt]]);
    assert_eq!(taken.faults.listed().len(), 1);
    assert_eq!(taken.faults.listed()[0].found, "`charm`");
}

#[test]
fn an_end_is_not_before_its_start() {
    let rows = "2020-03,2020-03\n2020-03-02,2020-03\n2020-03,2020-02\n2021/2020,\n2020-13,\n,02-03-2020\n,2020\n";
    let rows: Vec<String> = rows.lines().map(|dates| format!("p1,p2,paid,{dates}\n")).collect();
    let taken =
        taken(&[PEOPLE, ("links.csv", &format!("from,to,kind,start,end\n{}", rows.concat()))]);
    assert_eq!(taken.case.links.len(), 3);
    let all = taken.faults.listed();
    let classes: Vec<FaultClass> = all.iter().map(|fault| fault.class).collect();
    let (reversed, date) = (FaultClass::SpanReversed, FaultClass::Date);
    assert_eq!(classes, [reversed, reversed, date, date]);
    let told = told(&taken);
    assert_eq!(
        told[0],
        "links.csv:4: column `end`: a start of 2020-03-01/2020-03-31 and an end of 2020-02-01/2020-02-29; \
         expected an end that is not before its start"
    );
    let interval = "`2021/2020`; expected an interval that does not end before it begins";
    assert_eq!(told[1], format!("links.csv:5: column `start`: {interval}"));
    assert_eq!(told[2], "links.csv:6: column `start`: `2020-13`; expected a day that exists");
    assert!(told[3].starts_with("links.csv:7: column `end`: `02-03-2020`; expected year first"));
}

#[test]
fn an_id_is_one_that_its_table_holds() {
    let rows = "p1,p2,\np1,p9,\n,p2,\np1,unknown,\np1,p2,p2\np1,p2,refused\np1,p2,p8\np1,p1,\n";
    let rows: Vec<String> = rows.lines().map(|ends| format!("paid,{ends}, x\n")).collect();
    let taken = taken(&[
        PEOPLE,
        ("links.csv", &format!("kind,from,to,about,channel_id\n{}", rows.concat())),
    ]);
    let expected = "expected an id that people holds; add the row there or mend the id";
    let wrong: Vec<String> = taken
        .faults
        .listed()
        .iter()
        .filter(|fault| fault.is_error())
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        wrong,
        [
            format!("links.csv:3: column `to`: `p9`; {expected}"),
            "links.csv:4: column `from`: an empty cell; expected an id in every row".into(),
            "links.csv:5: column `to`: `unknown`; expected an id in every row".into(),
            format!("links.csv:8: column `about`: `p8`; {expected}"),
            "links.csv:9: column `to`: the same id as in `from`; expected two people; mend one end or remove the row"
                .into(),
        ]
    );
    // There is no table of channels, so any id will do, and is told where it is easily mistaken.
    let case = &taken.case;
    let links: Vec<_> =
        case.links.iter().map(|link| [case.text(link.about), case.text(link.channel)]).collect();
    assert_eq!(links, [["", " x"], ["p2", " x"], ["refused", " x"]]);
    let traps = taken.faults.counts()[&FaultClass::IdentityTrap];
    assert_eq!(traps, 8);
}

#[test]
fn names_that_are_easily_mistaken_are_told_and_kept() {
    let people = "person_id,name,alias,sex\np1,NULL,unknown,NULL\np2,Ada,Ada ,f\nnil,Bo,,\n,Cy,,\nunknown,Di,,\n";
    let taken = taken(&[("people.csv", people), NO_LINKS]);
    let (trap, required) = (FaultClass::IdentityTrap, FaultClass::Required);
    assert_eq!(
        places_of(&taken),
        [
            (trap, "people.csv:2: column `name`".to_owned()),
            (trap, "people.csv:3: column `alias`".to_owned()),
            (trap, "people.csv:4: column `person_id`".to_owned()),
            (required, "people.csv:5: column `person_id`".to_owned()),
            (required, "people.csv:6: column `person_id`".to_owned()),
        ]
    );
    assert_eq!(taken.case.people.len(), 3);
}

#[test]
fn a_grade_is_worth_what_the_table_says() {
    let taken = links("grade", &["A1", "", "unknown", "0.3", "A1", "Z9", " B2 "]);
    let worth: Vec<f64> = taken.case.links.iter().map(|link| link.assertion.certainty).collect();
    // 1 × 0.97; 0.9 without a grade; the number itself; 0.95 × 0.85.
    for (worth, expected) in worth.iter().zip([0.97, 0.9, 0.9, 0.3, 0.97, 0.8075]) {
        assert!((worth - expected).abs() < 1e-12, "{worth} is not {expected}");
    }
    assert_eq!(worth.len(), 6);
    let told = told(&taken);
    assert!(
        told[0].starts_with("links.csv:7: column `grade`: `Z9`; expected a grade such as `B2`")
    );
    assert_eq!(told.len(), 1);
}

#[test]
fn an_advertisement_has_an_id_of_its_own() {
    let rows = "a1,\n,06\na1,06\nunknown,\nnil,\n";
    let taken = taken(&[PEOPLE, NO_LINKS, ("ads.csv", &format!("ad_id,phone\n{rows}"))]);
    assert_eq!(
        places_of(&taken),
        [
            (FaultClass::Required, "ads.csv:3: column `ad_id`".to_owned()),
            (FaultClass::Duplicate, "ads.csv:4: column `ad_id`".to_owned()),
            (FaultClass::Required, "ads.csv:5: column `ad_id`".to_owned()),
            (FaultClass::IdentityTrap, "ads.csv:6: column `ad_id`".to_owned()),
        ]
    );
    let ids: Vec<&str> = taken.case.ads.iter().map(|ad| taken.case.ad_id(ad)).collect();
    assert_eq!(ids, ["a1", "nil"]);
}

#[test]
fn fields_are_bounded_one_by_one() {
    let read = |cell: &str, field_bytes: usize| {
        let limits = Limits { field_bytes, ..Limits::default() };
        let options = ReadOptions { limits, ..ReadOptions::default() };
        let links = format!("from,to,kind,grade\np1,p2,paid,{cell}\n");
        taken_with(&[PEOPLE, ("links.csv", &links)], &options).map(|taken| taken.case.links.len())
    };
    assert_eq!(read("0.123456789", 11).expect("short fields"), 1);
    let error = read("0.1234567890", 11).expect_err("a long field").to_string();
    assert!(
        error.starts_with("links.csv:2: column `grade`: a field of more than 11 bytes"),
        "{error}"
    );
}
