//! Whether each column of a table comes into its own field.

use super::super::super::date::When;
use super::super::super::sketch::{taken, told};
use super::super::super::vocabulary::{
    Basis, ChannelClass, IdentifierKind, LinkKind, MeansCode, Minor, PlaceClass, Role, Setting,
};
use super::*;

/// A row of each table in which every column is filled, and the people and things that it names.
const FILES: [(&str, &str); 8] = [
    (
        "cases.csv",
        "source,grade,basis,case_id,unit,opened,closed,outcome,purpose,retain_until\n\
         s1,0.1,assessment,c1,u1,2001,2002,o1,f1,2003\n",
    ),
    (
        "people.csv",
        "source,grade,basis,person_id,name,alias,birth,sex\ns2,0.2,fact,p1,n1,a1,1991,x1\n,,,p2,,,,\n,,,p3,,,,\n",
    ),
    ("channels.csv", "source,grade,basis,channel_id,name,class\ns3,0.3,assessment,h1,n2,forum\n"),
    (
        "places.csv",
        "source,grade,basis,place_id,name,class,lat,lon\ns4,0.4,assessment,l1,n3,school,1.5,2.5\n",
    ),
    (
        "identifiers.csv",
        "source,grade,basis,person_id,kind,value,channel_id,start,end\ns5,0.5,assessment,p1,handle,v1,h1,2004,2005\n",
    ),
    (
        "roles.csv",
        "source,grade,basis,case_id,person_id,role,status,minor,setting,start,end\n\
         s6,0.6,assessment,c1,p2,driver,suspect,no,home,2006,2007\n",
    ),
    (
        "links.csv",
        "source,grade,basis,from,to,kind,link_id,case_id,about,channel_id,place_id,means,start,end,count\n\
         s7,0.7,assessment,p1,p2,paid,k1,c1,p3,h1,l1,debt,2008,2009,3\n",
    ),
    (
        "ads.csv",
        "source,grade,basis,ad_id,channel_id,case_id,victim_id,posted_by,payer,posted,last_seen,phone,handle,place_id,price,text,image\n\
         s8,0.8,assessment,d1,h1,c1,p3,p1,p2,2010,2011,t1,g1,l1,e1,w1,i1\n",
    ),
];

fn when(text: &str) -> When {
    When::parse(text).expect("a date")
}

#[test]
fn each_column_comes_into_its_own_field() {
    let taken = taken(&FILES);
    assert_eq!(told(&taken), [""; 0]);
    let case = &taken.case;
    let text = |symbol: Symbol| case.text(symbol);
    let one = &case.cases[0];
    assert_eq!([one.case, one.unit, one.outcome, one.purpose].map(text), ["c1", "u1", "o1", "f1"]);
    assert_eq!([one.opened, one.closed, one.retain_until], ["2001", "2002", "2003"].map(when));
    let one = &case.people[0];
    assert_eq!([one.person, one.name, one.alias, one.sex].map(text), ["p1", "n1", "a1", "x1"]);
    assert_eq!(one.birth, when("1991"));
    let one = &case.channels[0];
    assert_eq!([one.channel, one.name].map(text), ["h1", "n2"]);
    assert_eq!(one.class, Some(ChannelClass::Forum));
    let one = &case.places[0];
    assert_eq!([one.place, one.name].map(text), ["l1", "n3"]);
    assert_eq!((one.class, one.location), (Some(PlaceClass::School), Some((1.5, 2.5))));
    let one = &case.identifiers[0];
    assert_eq!([one.person, one.value, one.channel].map(text), ["p1", "v1", "h1"]);
    assert_eq!(
        (one.kind, one.start, one.end),
        (IdentifierKind::Handle, when("2004"), when("2005"))
    );
    let one = &case.roles[0];
    assert_eq!([one.case, one.person].map(text), ["c1", "p2"]);
    assert_eq!((one.role, one.status), (Role::Driver, Some(Status::Suspect)));
    assert_eq!((one.minor, one.setting), (Some(Minor::No), Some(Setting::Home)));
    assert_eq!([one.start, one.end], ["2006", "2007"].map(when));
    let one = &case.links[0];
    assert_eq!([one.from, one.to, one.about].map(text), ["p1", "p2", "p3"]);
    assert_eq!([one.case, one.channel, one.place].map(text), ["c1", "h1", "l1"]);
    assert_eq!((one.kind, case.link_id(one)), (LinkKind::Paid, "k1"));
    assert_eq!(one.means.iter().collect::<Vec<_>>(), [MeansCode::Debt]);
    assert_eq!(([one.start, one.end], one.count), (["2008", "2009"].map(when), 3.0));
    let one = &case.ads[0];
    assert_eq!([one.channel, one.case, one.place].map(text), ["h1", "c1", "l1"]);
    assert_eq!([one.victim, one.posted_by, one.payer].map(text), ["p3", "p1", "p2"]);
    assert_eq!([one.posted, one.last_seen], ["2010", "2011"].map(when));
    let said = [one.phone, one.handle, one.price, one.text, one.image];
    assert_eq!((case.ad_id(one), said.map(text)), ("d1", ["t1", "g1", "e1", "w1", "i1"]));
}

#[test]
fn every_row_is_an_assertion() {
    let case = taken(&FILES).case;
    let all = [
        case.cases[0].assertion,
        case.people[0].assertion,
        case.channels[0].assertion,
        case.places[0].assertion,
        case.identifiers[0].assertion,
        case.roles[0].assertion,
        case.links[0].assertion,
        case.ads[0].assertion,
    ];
    for (number, one) in (1_u8..).zip(&all) {
        assert_eq!(case.text(one.source), format!("s{number}"));
        assert_eq!(case.text(one.grade), format!("0.{number}"));
        assert!((one.certainty - f64::from(number) / 10.0).abs() < 1e-12);
        let basis = if number == 2 { Basis::Fact } else { Basis::Assessment };
        assert_eq!((one.basis, one.line), (basis, 2));
    }
    let files = ["cases", "people", "channels", "places", "identifiers", "roles", "links", "ads"];
    let places = all.map(|one| case.place_of(&one));
    assert_eq!(places, files.map(|file| format!("{file}.csv:2")));
}

#[test]
fn who_is_a_victim_by_a_row_that_is_refused_stays_one() {
    let people = ("people.csv", "person_id\np1\np2\np3\np4\np5\n");
    let cases = ("cases.csv", "case_id\nc1\n");
    let roles =
        "case_id,person_id,role,status\nc9,p1,victim,\nc9,p2,other,victim\nc9,p3,other,suspect\n";
    let ads = "ad_id,victim_id,posted\na1,p4,soon\na2,,soon\n";
    let taken = taken(&[people, cases, ("roles.csv", roles), ("ads.csv", ads)]);
    let victims: Vec<(&str, u32)> = (taken.case.victims_of_refused_rows().iter())
        .map(|(victim, at)| (taken.case.text(*victim), at.line))
        .collect();
    assert_eq!(victims, [("p1", 2), ("p2", 3), ("p4", 2)]);
}
