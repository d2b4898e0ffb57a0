//! Four victims and four offenders, of whom each figure can be counted by hand.

use super::*;
use crate::identity::sketch::case;

fn figures() -> Vec<StudyFigure> {
    let case = case(&[
        ("cases.csv", "case_id\nc1\nc2\n"),
        (
            "people.csv",
            "person_id,birth\np1,2000-01-01\np2,2000-01-01\np3,\np4,\np5,\np11,\np12,\np13,\np14,\n",
        ),
        (
            "roles.csv",
            "case_id,person_id,role,minor,setting\nc1,p11,victim,yes,institution\nc1,p12,victim,no,homeless\n\
             c2,p12,victim,yes,institution\nc1,p13,victim,,runaway\nc1,p14,victim,no,\nc1,p1,recruiter,,\n\
             c1,p2,exploiter,,\nc1,p3,driver,,\nc1,p4,host,,\nc1,p5,professional,,\n",
        ),
        (
            "channels.csv",
            "channel_id,class\nch1,social_network\nch2,sex_ad_site\nch3,\nch4,messenger\nch5,dating_app\n",
        ),
        ("places.csv", "place_id,class\npl1,hotel\npl2,window\npl3,home\n"),
        (
            "links.csv",
            "link_id,from,to,kind,case_id,channel_id,place_id,means,start\n\
             l1,p1,p11,first_contact,c1,ch1,,affection,2022-12-31\nl2,p2,p12,first_contact,c1,ch2,,threat,2023-01-01\n\
             l3,p2,p12,first_contact,c1,ch5,,,2024-01-01\nl4,p3,p13,first_contact,c1,ch2,,violence,\n\
             l5,p5,p14,first_contact,c1,ch1,,affection,\nl6,p1,p14,first_contact,c1,,,,2024-01-01\n\
             l7,p3,p13,transported,c1,,,affection,\nl8,p1,p11,exploited,c1,,pl1,,\nl9,p1,p12,exploited,c1,,pl2,,\n\
             l10,p1,p12,exploited,c1,,pl3,,\nl11,p2,p13,exploited,c1,,,,\nl12,p2,p11,contact_after,c1,,,,\n\
             l13,p1,p14,contact_after,c1,,,,\n",
        ),
        (
            "ads.csv",
            "ad_id,channel_id,case_id,victim_id\na1,ch2,c1,p11\na2,ch4,c1,p11\na3,ch2,c1,p13\na4,ch3,c1,p14\n\
             a5,ch4,c1,p12\n",
        ),
    ]);
    let windows = Windows {
        victims: 5,
        undated: 2,
        impossible: 1,
        within_7_days: Some(0.5),
        within_30_days: Some(0.75),
        within_7_days_interval: Some([0.2, 0.8]),
        ..Windows::default()
    };
    study(&case, &Entities::as_given(&case), &windows)
}

#[test]
fn each_figure_is_counted_among_those_of_whom_it_is_on_record() {
    let told: Vec<_> = figures()
        .into_iter()
        .skip(2)
        .map(|one| (one.figure, one.count, one.of, one.out_of))
        .collect();
    let want = [
        ("victims who were minors", 2, 3, 4),
        ("victims who lived in an institution", 2, 3, 4),
        ("victims who were homeless or had run away", 2, 3, 4),
        // Not through the professional, and of one it is not on record through what.
        ("victims first reached through a social network or dating app", 2, 3, 4),
        ("victims offered on a sex-ad site", 2, 3, 4),
        ("victims offered in sex chats, dating apps or messengers", 2, 3, 4),
        ("minors among victims offered on a sex-ad site", 1, 1, 2),
        ("minors among victims offered in sex chats, dating apps or messengers", 2, 2, 2),
        ("offenders who feign affection", 2, 3, 4),
        ("offenders who feign none and use threat or violence", 1, 3, 4),
        // On the last day of 2022 somebody born on the first of 2000 is 22, and on the next day 23.
        ("offenders under 23 at their first act on record", 1, 2, 4),
        ("victims exploited as escorts or in hotels", 1, 2, 3),
        ("victims exploited behind windows or in clubs", 1, 2, 3),
        ("victims exploited at home", 1, 2, 3),
        ("exploited victims on record as contacted afterwards", 1, 3, 3),
    ];
    assert_eq!(told, want.map(|(figure, count, of, out_of)| (figure, Some(count), of, out_of)));
}

#[test]
fn the_windows_are_told_as_they_were_estimated() {
    let found = figures();
    let told = |at: usize| (found[at].count, found[at].of, found[at].out_of, found[at].share);
    assert_eq!(told(0), (None, 5, 8, Some(0.5)));
    assert_eq!(told(1), (None, 5, 8, Some(0.75)));
    assert_eq!(found[0].interval, Some([0.2, 0.8]));
}

#[test]
fn a_count_of_nobody_has_no_share() {
    let one = counted("a", "b", 1, (4, 9), "half");
    assert_eq!((one.share, one.interval.is_some()), (Some(0.25), true));
    let none = counted("a", "b", 0, (0, 9), "half");
    assert_eq!((none.share, none.interval), (None, None));
}
