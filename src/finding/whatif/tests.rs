//! A network whose losses can be counted by hand.

use super::*;
use crate::graph::{Shared, View};
use crate::identity::clean::Region;
use crate::identity::sketch::case;

/// Two recruiters, tied; the first has two victims and the second one; a social worker, a client and somebody of no part are tied to them.
///
/// People are the nodes 0 to 7. With identifiers the phone of the recruiters is 8 and that of a victim 9.
fn small() -> Case {
    case(&[
        ("cases.csv", "case_id\nc1\n"),
        ("people.csv", "person_id\np1\np2\np3\np4\np5\np6\np7\np8\n"),
        (
            "roles.csv",
            "case_id,person_id,role\nc1,p1,recruiter\nc1,p2,recruiter\nc1,p3,victim\nc1,p4,victim\nc1,p5,victim\n\
             c1,p6,professional\nc1,p7,client\n",
        ),
        (
            "links.csv",
            "link_id,from,to,kind,case_id,start\nl1,p1,p3,recruited,c1,2019-01-01\nl2,p1,p4,recruited,c1,2019-06-01\n\
             l3,p1,p2,accomplice,c1,\nl4,p2,p5,recruited,c1,2019-07-01\nl5,p6,p3,contact,c1,\nl6,p7,p5,contact,c1,\n\
             l7,p8,p2,contact,c1,2020-01-01\n",
        ),
        (
            "identifiers.csv",
            "person_id,kind,value\np1,phone,06-98700142\np2,phone,06-98700142\np4,phone,06-98700155\n",
        ),
    ])
}

fn with<T>(ask: impl Fn(&WhatIfGround<'_>) -> T) -> T {
    let case = small();
    let identities = Identities::as_given(&case);
    let network = Network::new(&case, &identities.entities);
    let flat = network.with_shared(&View::default(), &[Shared::Identifiers], Region::default());
    ask(&WhatIfGround::new(&network, &identities, flat, &Analysis::default()).expect("a ground"))
}

#[test]
fn only_who_is_no_victim_and_of_a_known_offending_part_is_not_guarded() {
    let victim = Some(Guarded::Victim);
    let expected = [
        None,
        None,
        victim,
        victim,
        victim,
        Some(Guarded::Professional),
        Some(Guarded::Client),
        Some(Guarded::Unplaced),
    ];
    let found = with(|ground| {
        [0, 1, 2, 3, 4, 5, 6, 7].map(|one| ground.guarded(EntityId::from_number(one)))
    });
    assert_eq!(found, expected);
    let harm = [true, true, false, false, false, false, true, true];
    let found = with(|ground| {
        [0, 1, 2, 3, 4, 5, 6, 7].map(|one| ground.guard.may_harm(EntityId::from_number(one)))
    });
    assert_eq!(found, harm);
    assert_eq!(
        [Guarded::PerhapsVictim, Guarded::Minor, Guarded::Bystander].map(Guarded::is_protected),
        [true, true, false]
    );
}

#[test]
fn random_removals_take_as_many_of_the_same_sort() {
    // Of two recruiters one is drawn; where both go, so do others who are not protected.
    let people = vec![0, 1, 5, 6, 7];
    assert_eq!(with(|ground| ground.alike(&[0])), [(1, vec![0, 1])]);
    assert_eq!(with(|ground| ground.alike(&[1, 0])), [(2, people.clone())]);
    // The only phone that is no victim's is not enough for a draw.
    assert_eq!(with(|ground| ground.alike(&[8])), [(1, vec![8, 9])]);
    assert_eq!(with(|ground| ground.alike(&[0, 8, 1])), [(2, people), (1, vec![8, 9])]);
    assert!(with(|ground| ground.alike(&[])).is_empty());
}

#[test]
fn what_people_share_is_open_unless_it_is_a_protected_persons() {
    let open =
        |among| with(|ground| (0..10).filter(|&u| ground.is_open(among, u)).collect::<Vec<u32>>());
    assert_eq!(open(Among::People), [0, 1]);
    assert_eq!(open(Among::Shared), [8]);
    let codes = with(|ground| ground.codes(&[0, 2, 8]));
    assert_eq!(codes, ["E1", "V1", "phone 06-98700142"]);
}

#[test]
fn a_removal_names_each_node_once_and_no_other() {
    let refused = |targets: &[u32], to_safety: &[u32]| {
        let removal = Removal { targets: targets.to_vec(), to_safety: to_safety.to_vec() };
        with(|ground| ground.check(&removal).err().map(|error| error.to_string()))
    };
    assert_eq!(refused(&[0, 8], &[2]), None);
    for (targets, to_safety, why) in [
        (&[10][..], &[][..], "no node 10 in this network"),
        (&[0, 1, 0], &[], "E1 is named twice"),
        (&[0], &[2, 2], "V1 is named twice"),
        (&[2], &[], "V1 is a victim in some case"),
        (&[0], &[1], "E2 is no victim and no minor"),
        (&[0], &[8], "phone 06-98700142 is no victim"),
    ] {
        let told = refused(targets, to_safety).expect("it is refused");
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn what_is_left_of_recruiting_and_what_is_missing_are_all_of_it() {
    let removal = Removal { targets: vec![0], to_safety: vec![4] };
    let losses = with(|ground| {
        WhatIf { draws: 15, ..WhatIf::default() }.losses(ground, &removal).expect("it may be")
    });
    let row = |name| losses.figures.iter().find(|row| row.figure == name).expect("a row");
    let (left, missing) = (row("recruitments in 12 months"), row("of them by the removed"));
    let all = left.before.expect("there is recruiting before");
    let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-9, "{got} {want}");
    assert!(all > 0.1 && left.after < all && missing.after > 0.01, "{left:?} {missing:?}");
    close(left.after + missing.after, all);
    close(left.random.expect("draws") + missing.random.expect("draws"), all);
    let ([low, high], [least, most]) =
        (left.random_interval.expect("draws"), missing.random_interval.expect("draws"));
    assert!(least < most, "one of two is removed");
    close(low + most, all);
    close(high + least, all);
    assert_eq!((missing.before, losses.draws), (None, 15));
    assert_eq!((losses.removed, losses.to_safety), (vec!["E1".to_owned()], vec!["V3".to_owned()]));
    // The first two victims have nobody but him; the third is safe and not out of reach.
    assert_eq!(losses.out_of_reach, ["V1", "V2"]);
}
