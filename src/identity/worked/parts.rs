//! What mentions are in their cases, and where they stand.

use super::super::decisions::Verdict;
use super::super::mentions::{Mentions, Part};
use super::{case, mentions};

/// What `a` is by roles and statuses, each `role,status`.
fn part(roles: &[&str]) -> Part {
    let rows: String =
        (0..).zip(roles).map(|(n, role)| format!("k{n},a,{role}\n")).collect::<Vec<_>>().concat();
    let roles = format!("case_id,person_id,role,status\n{rows}");
    mentions(&[("people.csv", "person_id\na\n"), ("roles.csv", &roles)]).part[0]
}

#[test]
fn a_part_is_told_by_role_and_status() {
    for (role, expected) in [
        ("victim,", Part::Victim),
        ("coerced_participant,suspect", Part::Victim),
        ("recruiter,victim", Part::Victim),
        ("professional,", Part::Professional),
        ("witness,professional", Part::Professional),
        ("client,suspect", Part::Client),
        ("recruiter,", Part::Recruiter),
        ("groomer,suspect", Part::Recruiter),
        ("driver,", Part::Offender),
        ("witness,suspect", Part::Offender),
        ("witness,convicted", Part::Offender),
        ("witness,acquitted", Part::Other),
        ("other,", Part::Other),
    ] {
        assert_eq!(part(&[role]), expected, "{role}");
    }
}

#[test]
fn of_several_parts_the_gravest_for_her_counts_in_any_order() {
    let ranked = ["other,", "client,", "driver,", "recruiter,", "professional,", "victim,"];
    for (at, lower) in ranked.iter().enumerate() {
        for higher in &ranked[at..] {
            assert_eq!(part(&[lower, higher]), part(&[higher]), "{lower} {higher}");
            assert_eq!(part(&[higher, lower]), part(&[higher]), "{higher} {lower}");
        }
    }
}

#[test]
fn acts_and_advertisements_tell_parts_too() {
    use Part::{Offender, Other, Recruiter, Victim};
    let people = ("people.csv", "person_id\na\nb\nc\n");
    let parts = |kind: &str| {
        let links = format!("from,to,kind,case_id,about\na,b,{kind},k,c\n");
        mentions(&[people, ("links.csv", &links)]).part
    };
    assert_eq!(parts("recruited"), [Recruiter, Victim, Other]);
    assert_eq!(parts("groomed"), [Recruiter, Victim, Other]);
    assert_eq!(parts("exploited"), [Offender, Victim, Other]);
    assert_eq!(parts("handed_over"), [Offender, Other, Victim]);
    assert_eq!(parts("associate"), [Other, Other, Other]);
    let channels = ("channels.csv", "channel_id,name\nx,X\n");
    let ads = "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted\n1,x,k,a,b,c,2020\n";
    assert_eq!(mentions(&[people, channels, ("ads.csv", ads)]).part, [Victim, Other, Other]);
}

#[test]
fn offenders_are_one_group_and_others_are_apart() {
    use Part::{Client, Offender, Other, Professional, Recruiter, Victim};
    assert!(Recruiter.is_offender() && Offender.is_offender() && !Client.is_offender());
    assert_eq!(Recruiter.group(), Offender.group());
    let groups = [Offender, Client, Professional, Victim, Other].map(Part::group);
    for (at, group) in groups.iter().enumerate() {
        assert!(!groups[..at].contains(group), "{groups:?}");
    }
}

#[test]
fn whoever_one_row_names_stands_in_its_file() {
    let tables = [
        ("people.csv", "person_id\na\nb\nc\nd\ne\n"),
        ("channels.csv", "channel_id,name\nx,X\n"),
        ("roles.csv", "case_id,person_id,role\nk1,a,driver\nk1,b,driver\nk2,e,driver\n"),
        ("links.csv", "from,to,kind,case_id,about\na,d,handed_over,k3,c\nb,e,associate,,\n"),
        (
            "ads.csv",
            "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted\n1,x,k4,e,d,b,2020\n",
        ),
    ];
    let mentions = mentions(&tables);
    let together: Vec<(u32, u32)> = (0..5)
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter(|&(a, b)| mentions.share_a_case(a, b))
        .collect();
    // a and b by their roles; a, c and d by the link; b, d and e by the advertisement.
    assert_eq!(together, [(0, 1), (0, 2), (0, 3), (1, 3), (2, 3), (1, 4), (3, 4)]);
    assert_eq!((mentions.len(), mentions.case_count), (5, 4));
}

/// Three mentions whose rows stand the other way round.
fn turned() -> Mentions {
    mentions(&[("people.csv", "person_id\np10\np9\np8\n")])
}

#[test]
fn mentions_stand_in_the_order_of_ids_and_rows_as_they_are() {
    let mentions = turned();
    assert_eq!((&mentions.rows[..], &mentions.numbers[..]), (&[2, 1, 0][..], &[2, 1, 0][..]));
    assert_eq!(mentions.rows_of((0, 1)), (1, 2));
    assert_eq!(mentions.rows_of((0, 2)), (0, 2));
    // Mentions 0 and 2 are one person, rows 2 and 0: named by the lower row.
    assert_eq!(mentions.by_row(&[0, 1, 0]), [0, 1, 0]);
    assert_eq!(mentions.by_row(&[0, 0, 2]), [0, 1, 1]);
    let decided = mentions.decided(&[((0, 1), Verdict::Same), ((0, 2), Verdict::Different)]);
    assert_eq!(decided, [((1, 2), Verdict::Same), ((0, 2), Verdict::Different)]);
}

#[test]
fn what_posts_and_pays_for_advertisements_uses_their_numbers() {
    let ads = "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted,phone,handle\n\
               1,x,k,a,b,c,2020,0698700142,krantzz_1\n";
    let people = ("people.csv", "person_id\na\nb\nc\n");
    let mentions =
        mentions(&[people, ("channels.csv", "channel_id,name\nx,X\n"), ("ads.csv", ads)]);
    let texts = |mention: u32| {
        let values = mentions.identifiers.of(mention).iter();
        values.map(|&value| mentions.values[value as usize].text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(texts(0), Vec::<&str>::new());
    assert_eq!(texts(1), ["31698700142", "krantzz_1", "krantzz"]);
    assert_eq!(texts(2), texts(1));
}

#[test]
fn words_of_names_are_nicknames_where_nobody_knows_better() {
    let people =
        "person_id,name,alias\na,Jan de Vries,Kleine Kobus;Appie\nb,Kleine Ali,\nc,Yusuf,\n";
    let mentions = mentions(&[("people.csv", people)]);
    let words = |lists: &super::super::lists::Lists, mention: u32| {
        let words = lists.of(mention).iter();
        let mut words: Vec<String> =
            words.map(|&word| mentions.tokens[word as usize].text().to_owned()).collect();
        words.sort();
        words
    };
    assert_eq!(words(&mentions.given, 0), ["jan"]);
    assert_eq!(words(&mentions.family, 0), ["vries"]);
    assert_eq!(words(&mentions.alias, 0), ["appie", "kleinekobus", "kobus"]);
    assert_eq!(words(&mentions.alias, 1), ["ali", "kleineali"]);
    assert_eq!(words(&mentions.given, 1), Vec::<String>::new());
    assert_eq!(words(&mentions.alias, 2), ["yusuf"]);
}

#[test]
fn the_longest_name_in_a_handle_is_its_hint() {
    let people = "person_id,name\na,Yusuf Kaya\nb,Yusufcan Kaya\nc,Ali Kaya\nd,Willem Kaya\ne,\nf,\ng,\n\
                  h,\ni,Schmidt Kaya\nj,Smit Kaya\n";
    let identifiers = "person_id,kind,value\ne,handle,x_yusufcan_1\nf,handle,ali_99\ng,handle,will\n\
                       d,handle,willem_7\nf,email,willem@example.org\n\
                       h,handle,zzzzzz_willem\ni,handle,x_smit_9\n";
    let mentions = mentions(&[("people.csv", people), ("identifiers.csv", identifiers)]);
    let hinted = |mention: u32| {
        let words = mentions.hinted.of(mention).iter();
        words.map(|&word| mentions.tokens[word as usize].text().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(hinted(4), ["yusufcan"]);
    assert_eq!(hinted(7), ["willem"]);
    // A name that only sounds like his own is another name.
    assert_eq!(hinted(8), ["smit"]);
    // Three letters are any letters, a part of a name is no name, and his own name is no news.
    for mention in [3, 5, 6] {
        assert_eq!(hinted(mention), Vec::<String>::new(), "{mention}");
    }
}

#[test]
fn words_before_nicknames_are_learnt_from_the_files() {
    use super::super::epithets::Epithets;
    let epithets = |rows: &[&str]| {
        let rows: String =
            (0..).zip(rows).map(|(n, row)| format!("p{n},{row}\n")).collect::<Vec<_>>().concat();
        Epithets::of(&case(&[("people.csv", &format!("person_id,name,alias\n{rows}"))]))
    };
    let three = [",Malle Kobus", ",Malle Dirk;Malle Appie"];
    assert!(epithets(&three).begin("Malle Yusuf"));
    assert!(!epithets(&three[1..]).begin("Malle Yusuf"), "two are no habit");
    assert!(!epithets(&three).begin("Yusuf, Malle") && !epithets(&three).begin("Malle de Vries"));
    // Three nicknames outweigh nine people of that name, and not ten.
    let named: Vec<String> = ["Aa", "Bo", "Ce", "Do", "Ek", "Fo", "Ga", "Ho", "Io", "Jo"]
        .map(|x| format!("Malle {x},"))
        .into();
    let with = |count: usize| {
        let named = named[..count].iter().map(String::as_str);
        epithets(&named.chain(three).collect::<Vec<_>>()).begin("Malle Yusuf")
    };
    assert!(with(9) && !with(10));
    assert!(epithets(&[]).begin("Kleine Yusuf") && !epithets(&[]).begin("Kleine"));
}
