//! What entities become, property by property.

use super::*;

/// What entities come to; the first is on line 1.
fn gathered(lines: &[&str]) -> ForeignRows {
    let entity =
        |(line, text): (u32, &&str)| Entity::parse(text.as_bytes(), line).expect("an entity");
    let entities: Vec<Entity> = (1..).zip(lines).map(entity).collect();
    let mut out = ForeignRows::default();
    Rows::new(&entities, &mut out).gather();
    out
}

/// The rows of a table, cell by cell, and what stands beside them.
fn shown(out: &ForeignRows, table: Table) -> Vec<String> {
    let told = |row: &super::super::super::super::text_rows::TextRow| {
        let name = |at: usize| table.columns()[at].name;
        let cells = row.fields.filled().map(|(at, text)| format!("{}={text}", name(at)));
        let beside = row.extras.iter().map(|(name, text)| format!("+{name}={text}"));
        cells.chain(beside).collect::<Vec<_>>().join(" ")
    };
    out.rows[table as usize].iter().map(told).collect()
}

/// What was left out: how often, what, and on which line first.
fn left(out: &ForeignRows) -> Vec<(usize, &str, u32)> {
    out.left.iter().map(|(what, left)| (left.count, what.as_str(), left.line)).collect()
}

/// An entity of a schema with these properties.
fn entity(id: &str, schema: &str, properties: &str) -> String {
    format!(r#"{{"id":"{id}","schema":"{schema}","properties":{{{properties}}}}}"#)
}

fn of(entities: &[String]) -> ForeignRows {
    gathered(&entities.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_person_has_one_name_and_all_others_beside_it() {
    for (properties, row) in [
        ("", ""),
        (
            r#""name":["Ann","A;B"],"alias":["C"],"previousName":["E"],"weakAlias":["D"]"#,
            " name=Ann alias=A,B; C; D; E",
        ),
        (
            r#""firstName":["Ann"],"lastName":["Lee"]"#,
            " name=Ann Lee +ftm_firstName=Ann +ftm_lastName=Lee",
        ),
        (r#""lastName":["Lee"]"#, " name=Lee +ftm_lastName=Lee"),
        (r#""birthDate":["2003-04"],"gender":["female"]"#, " birth=2003-04 sex=female"),
        (r#""nationality":["nl","be"],"notes":["x"]"#, " +ftm_nationality=nl;be +ftm_notes=x"),
        (r#""sourceUrl":["u"],"publisher":["p"]"#, "source=u +ftm_publisher=p +ftm_sourceUrl=u"),
        (r#""publisher":["p"]"#, "source=p +ftm_publisher=p"),
    ] {
        let shown = shown(&of(&[entity("a", "Person", properties)]), Table::People);
        let expected = match row.strip_prefix("source=") {
            Some(rest) => {
                let (source, beside) = rest.split_once(' ').expect("what stands beside");
                format!("source={source} person_id=a {beside}")
            }
            None => format!("person_id=a{row}"),
        };
        assert_eq!(shown, [expected], "{properties}");
    }
    let company = of(&[entity("o", "Company", r#""name":["Club"]"#)]);
    assert_eq!(shown(&company, Table::People), ["person_id=o name=Club +ftm_schema=Company"]);
    assert_eq!(left(&company), [(1, "Company read as people", 1)]);
}

#[test]
fn what_tells_who_somebody_is_is_an_identifier() {
    let properties = r#""phone":["06"],"email":["a@b"],"address":["x 1"],"website":["w"],"idNumber":["1"],"passportNumber":["2"],"addressEntity":["p","q","e"]"#;
    let out = of(&[
        entity("a", "Person", properties),
        entity(
            "p",
            "Address",
            r#""street":["Lindelaan 1"],"postalCode":["1000"],"city":["L"],"country":["nl"]"#,
        ),
        entity("e", "Address", ""),
    ]);
    let identifier = |kind: &str, value: &str| format!("person_id=a kind={kind} value={value}");
    assert_eq!(
        shown(&out, Table::Identifiers),
        [
            identifier("phone", "06"),
            identifier("email", "a@b"),
            identifier("address", "x 1"),
            identifier("url", "w"),
            identifier("document", "1"),
            identifier("document", "2"),
            identifier("address", "Lindelaan 1, 1000, L, nl"),
        ]
    );
    assert_eq!(left(&out), [(2, "addressEntity", 1)]);
    assert_eq!(shown(&out, Table::People), ["person_id=a"]);
}

#[test]
fn cases_and_places_are_rows() {
    let out = of(&[
        entity(
            "c",
            "CourtCase",
            r#""name":["C 7"],"fileDate":["2020"],"closeDate":["2021-03"],"status":["closed"]"#,
        ),
        entity(
            "p",
            "Address",
            r#""full":["x 1"],"name":["X"],"latitude":["52.1"],"longitude":["5.1"]"#,
        ),
        entity("q", "Address", r#""name":["X"]"#),
    ]);
    assert_eq!(
        shown(&out, Table::Cases),
        ["case_id=c opened=2020 closed=2021-03 outcome=closed +ftm_name=C 7"]
    );
    assert_eq!(
        shown(&out, Table::Places),
        ["place_id=p name=x 1 lat=52.1 lon=5.1", "place_id=q name=X"]
    );
}

#[test]
fn a_party_has_the_role_of_its_words() {
    for (properties, row, strange) in [
        (r#""role":["recruiter"],"status":["suspect"]"#, "role=recruiter status=suspect", false),
        (r#""role":[" driver "]"#, "role=driver", false),
        (
            r#""role":["alleged victim"],"status":["suspect"]"#,
            "role=victim status=victim +ftm_role=alleged victim",
            true,
        ),
        (
            r#""role":["neighbour"],"status":["witness"]"#,
            "role=unknown status=witness +ftm_role=neighbour",
            true,
        ),
        ("", "role=unknown", false),
        (
            r#""role":["driver"],"startDate":["2020"],"endDate":["2021"],"date":["1999"]"#,
            "role=driver start=2020 end=2021",
            false,
        ),
        (r#""role":["driver"],"date":["1999"]"#, "role=driver start=1999", false),
    ] {
        let all = format!(
            r#""party":["a"],"case":["c"]{}{properties}"#,
            if properties.is_empty() { "" } else { "," }
        );
        let out = of(&[entity("r", "CourtCaseParty", &all)]);
        assert_eq!(shown(&out, Table::Roles), [format!("case_id=c person_id=a {row}")]);
        assert_eq!(!left(&out).is_empty(), strange, "{properties}");
    }
    let several = of(&[entity(
        "r",
        "CourtCaseParty",
        r#""party":["a","b"],"case":["c","d"],"role":["host"]"#,
    )]);
    let role = |case: &str, person: &str| format!("case_id={case} person_id={person} role=host");
    assert_eq!(
        shown(&several, Table::Roles),
        [role("c", "a"), role("d", "a"), role("c", "b"), role("d", "b")]
    );
}

#[test]
fn a_tie_of_two_who_act_is_a_link() {
    for (schema, properties, row) in [
        (
            "UnknownLink",
            r#""subject":["a"],"object":["b"]"#,
            "kind=other link_id=t +ftm_schema=UnknownLink",
        ),
        (
            "UnknownLink",
            r#""subject":["a"],"object":["b"],"role":["recruited"]"#,
            "kind=recruited link_id=t +ftm_schema=UnknownLink",
        ),
        (
            "UnknownLink",
            r#""subject":["a"],"object":["b"],"role":["friends"]"#,
            "kind=other link_id=t +ftm_schema=UnknownLink +ftm_role=friends",
        ),
        (
            "Payment",
            r#""payer":["a"],"beneficiary":["b"],"amount":["4"],"date":["2020"]"#,
            "kind=paid link_id=t start=2020 +ftm_schema=Payment +ftm_amount=4",
        ),
        ("Call", r#""caller":["a"],"receiver":["b"]"#, "kind=contact link_id=t +ftm_schema=Call"),
    ] {
        let out = of(&[entity("t", schema, properties), entity("a", "Person", "")]);
        assert_eq!(
            shown(&out, Table::Links),
            [format!("from=a to=b {row}")],
            "{schema}: {properties}"
        );
        assert_eq!(left(&out), []);
    }
    let several = of(&[entity("t", "Message", r#""sender":["a"],"recipients":["b","c"]"#)]);
    let link = |to: &str, number: u32| {
        format!("from=a to={to} kind=contact link_id=t#{number} +ftm_schema=Message")
    };
    assert_eq!(shown(&several, Table::Links), [link("b", 1), link("c", 2)]);
}

#[test]
fn a_tie_without_two_who_act_is_left_out() {
    let place = entity("p", "Address", "");
    for (properties, what) in [
        (r#""subject":["a"]"#, "UnknownLink without one of its ends"),
        (r#""object":["a"]"#, "UnknownLink without one of its ends"),
        (r#""subject":["a"],"object":["p"]"#, "UnknownLink that leads to Address"),
        (r#""subject":["p"],"object":["a"]"#, "UnknownLink that leads to Address"),
    ] {
        let out = of(&[entity("t", "UnknownLink", properties), place.clone()]);
        assert_eq!(left(&out), [(1, what, 1)]);
        assert_eq!(shown(&out, Table::Links), [""; 0]);
    }
    let ends = |count: usize| {
        let all: Vec<String> = (0..count).map(|number| format!("\"n{number}\"")).collect();
        let properties = format!(r#""subject":[{}],"object":[{}]"#, all.join(","), all.join(","));
        let out = of(&[entity("t", "UnknownLink", &properties)]);
        (out.rows[Table::Links as usize].len(), out.left.len())
    };
    assert_eq!(ends(100), (10_000, 0));
    assert_eq!(ends(101), (0, 1));
}

#[test]
fn what_people_use_tells_who_they_are() {
    let identifier = |rest: &str| format!("person_id={rest}");
    let account = entity(
        "u",
        "UserAccount",
        r#""username":["@a"],"email":["e"],"number":["06"],"service":["Forum"],"owner":["a"],"startDate":["2020"],"color":["x"]"#,
    );
    let other =
        entity("w", "UserAccount", r#""username":["@b"],"service":["Forum"],"owner":["b"]"#);
    let out = of(&[account, other]);
    let beside = "channel_id=Forum start=2020 +ftm_color=x";
    assert_eq!(
        shown(&out, Table::Identifiers),
        [
            identifier(&format!("a kind=handle value=@a {beside}")),
            identifier(&format!("a kind=email value=e {beside}")),
            identifier(&format!("a kind=phone value=06 {beside}")),
            identifier("b kind=handle value=@b channel_id=Forum"),
        ]
    );
    assert_eq!(shown(&out, Table::Channels), ["channel_id=Forum name=Forum"]);
    let owned = of(&[
        entity("k", "BankAccount", r#""iban":["NL1"]"#),
        entity("v", "Vehicle", r#""registrationNumber":["AB1"]"#),
        entity("o", "Ownership", r#""owner":["a"],"asset":["k"]"#),
    ]);
    assert_eq!(shown(&owned, Table::Identifiers), [identifier("a kind=iban value=NL1")]);
    assert_eq!(left(&owned), [(1, "Vehicle of nobody", 2)]);
}

#[test]
fn entities_that_we_wrote_are_the_rows_that_they_were() {
    let out = of(&[
        entity("kwh", "Person", ""),
        entity(
            "kluwen.people.p1",
            "Person",
            r#""name":["Ann"],"alias":["A","B"],"notes":["kluwen/grade: B2","kluwen/identifier.device: d1"]"#,
        ),
        entity("kluwen.channels.ch1", "Organization", r#""name":["Forum"]"#),
        entity(
            "kluwen.ads.a1",
            "Article",
            r#""bodyText":["hello"],"publishedAt":["2020-03-01"],"name":["x"]"#,
        ),
        entity("kluwen.cases.c1", "CourtCase", r#""name":["c1"]"#),
        entity(
            "kluwen.links.l1",
            "UnknownLink",
            r#""subject":["kluwen.people.p1"],"object":["kwh"],"role":["paid"]"#,
        ),
        entity(
            "kluwen.links-row.2",
            "UnknownLink",
            r#""subject":["kluwen.people.p1"],"object":["kwh"]"#,
        ),
        entity("t", "UnknownLink", r#""subject":["kwh"],"object":["kluwen.channels.ch1"]"#),
    ]);
    assert_eq!(
        shown(&out, Table::People),
        ["person_id=kwh", "grade=B2 person_id=p1 name=Ann alias=A;B"]
    );
    assert_eq!(shown(&out, Table::Identifiers), ["person_id=p1 kind=device value=d1"]);
    assert_eq!(shown(&out, Table::Channels), ["channel_id=ch1 name=Forum"]);
    assert_eq!(shown(&out, Table::Ads), ["ad_id=a1 posted=2020-03-01 text=hello"]);
    assert_eq!(shown(&out, Table::Cases), ["case_id=c1"]);
    assert_eq!(
        shown(&out, Table::Links),
        ["from=p1 to=kwh kind=paid link_id=l1", "from=p1 to=kwh kind=other"]
    );
    assert_eq!(left(&out), [(1, "UnknownLink that leads to Organization", 8)]);
}

#[test]
fn what_has_no_table_is_counted() {
    let out = of(&[
        entity("h", "House", ""),
        entity("j", "House", ""),
        entity("s", "Similar", ""),
        entity("d", "Document", ""),
    ]);
    assert_eq!(left(&out), [(1, "Document", 4), (2, "House", 1), (1, "Similar", 3)]);
}
