//! Are advertisements of one hand found, and nothing else?

use std::fmt::Write as _;

use kluwen::Case;
use kluwen::finding::{AdHands, AdNote, Adverts};
use kluwen::identity::Entities;
use kluwen::measure::{NearSets, jaccard};
use proptest::prelude::*;

use crate::common::{Folder, on_case};
use crate::dice::Dice;
use crate::planted_ads::{Agencies, Planted, agreement, plant};

const PLANTED: Planted = Planted {
    hands: 60,
    pairs: 0,
    edited: 0.2,
    strangers: 600,
    agencies: Agencies { count: 8, writers: 6, ads: 1 },
    copied: 150,
    words: 40,
    seed: 1,
};

fn folder(ads: &str) -> Folder {
    Folder::of(&[
        ("people.csv", "person_id\np1\n"),
        ("roles.csv", "case_id,person_id,role\nc1,p1,other\n"),
        ("ads.csv", ads),
    ])
}

fn found(ads: &str) -> AdHands {
    let folder = folder(ads);
    let case = Case::open(folder.path()).expect("a sound case");
    Adverts::default().find(&case, &Entities::as_given(&case))
}

fn groups(found: &AdHands) -> Vec<Vec<usize>> {
    let number = |id: &String| id[1..].parse().expect("a number");
    found.clusters.iter().map(|one| one.ad_ids.iter().map(number).collect()).collect()
}

#[test]
fn planted_hands_are_found_whatever_is_edited() {
    for edited in [0.0, 0.1, 0.2, 0.3] {
        let ads = plant(Planted { edited, ..PLANTED });
        let (precision, recall) = agreement(&groups(&found(&ads.rows)), &ads.hands);
        let f1 = 2.0 * precision * recall / (precision + recall);
        assert!(precision >= 0.98 && f1 >= 0.95, "{edited}: {precision} {recall}");
    }
}

fn is_of_phrases(note: &AdNote) -> bool {
    matches!(note, AdNote::Common { what: "turns of phrase", .. })
}

#[test]
fn who_shares_a_text_that_everybody_copies_is_no_group() {
    let ads = plant(Planted { hands: 0, agencies: Agencies::NONE, ..PLANTED });
    let found = found(&ads.rows);
    assert!(found.clusters.is_empty(), "{:?} {}", found.clusters.first(), ads.hands.len());
    assert!(found.notes.iter().any(is_of_phrases), "{:?}", found.notes);
}

#[test]
fn an_agency_is_coordination_by_its_phone() {
    let ads = plant(Planted { hands: 0, copied: 0, ..PLANTED });
    let found = found(&ads.rows);
    let (precision, recall) = agreement(&groups(&found), &ads.hands);
    assert!(precision > 0.999 && recall > 0.999, "{precision} {recall}");
    assert!(found.clusters.iter().all(|one| one.ties == [("phone", one.ad_ids.len() - 1)]));
    assert!(found.clusters.iter().all(|one| one.coordination < 0.97), "one tie leaves a doubt");
}

/// Variants of one text beside 900 strangers, `shared` of ten under one phone and the others each under its own.
fn variants(count: usize, edited: u64, shared: u64) -> String {
    let mut dice = Dice::new(17);
    let strangers =
        plant(Planted { hands: 0, agencies: Agencies::NONE, copied: 0, strangers: 900, ..PLANTED });
    let mut ads = strangers.rows;
    let template: Vec<u64> = (0..40).map(|_| dice.next() % 4000).collect();
    for ad in 0..count {
        let change =
            |&word: &u64| if dice.next() % 10 < edited { dice.next() % 4000 } else { word };
        let words: Vec<String> =
            template.iter().map(change).map(|word| format!("w{word}")).collect();
        let own = if dice.next() % 10 < shared { 12_345_670 } else { dice.next() % 100_000_000 };
        let ad = strangers.hands.len() + ad;
        writeln!(ads, "a{ad},06{own:08},{}", words.join(" ")).expect("it grows");
    }
    ads
}

#[test]
fn a_busy_hand_is_one_hand_and_a_robot_of_many_phones_is_none() {
    for count in [40, 300] {
        for (shared, phones) in [(10, 1..=1), (5, 2..=count)] {
            let found = found(&variants(count, 2, shared));
            let sizes: Vec<usize> = found.clusters.iter().map(|one| one.ad_ids.len()).collect();
            assert_eq!(sizes, [count], "{shared} of ten under one phone");
            assert!(phones.contains(&found.clusters[0].phones));
        }
        let found = found(&variants(count, 1, 0));
        assert!(found.clusters.is_empty(), "{count}: {:?}", found.clusters);
        assert!(found.notes.iter().any(is_of_phrases));
    }
}

#[test]
fn hands_of_two_are_found_among_strangers_however_few_they_are() {
    for pairs in [1, 10] {
        for edited in [0.0, 0.1] {
            let few = Planted { hands: 0, agencies: Agencies::NONE, strangers: 1_000, ..PLANTED };
            let ads = plant(Planted { pairs, edited, ..few });
            let found = found(&ads.rows);
            let (precision, recall) = agreement(&groups(&found), &ads.hands);
            assert!(precision > 0.999 && recall > 0.999, "{pairs} {edited}: {precision} {recall}");
            assert!(found.clusters.iter().all(|one| one.ties == [("text", 1), ("phone", 1)]));
        }
    }
}

#[test]
fn two_advertisements_alike_by_one_thing_are_one_hand_with_a_doubt() {
    let few = Planted { hands: 0, agencies: Agencies::NONE, strangers: 998, ..PLANTED };
    for (texts, phones, tie) in [([1, 1], [10, 20], "text"), ([1, 2], [10, 10], "phone")] {
        let mut ads = plant(few).rows;
        for (number, (text, phone)) in texts.into_iter().zip(phones).enumerate() {
            let mut dice = Dice::new(text);
            let words: Vec<String> = (0..40).map(|_| format!("w{}", dice.below(4000))).collect();
            let ad = few.strangers + few.copied + number;
            writeln!(ads, "a{ad},06{},{}", 30_000_000 + phone, words.join(" ")).expect("it grows");
        }
        let found = found(&ads);
        assert_eq!(groups(&found), [[1_148, 1_149]], "{tie}");
        assert_eq!(found.clusters[0].ties, [(tie, 1)]);
        assert!((0.5..0.95).contains(&found.clusters[0].coordination), "{tie}: one tie");
    }
}

#[test]
fn advertisements_of_one_phone_are_not_split() {
    for count in [49, 51, 70, 100, 400] {
        for edited in [0, 2, 3] {
            let sizes: Vec<usize> = found(&variants(count, edited, 10))
                .clusters
                .iter()
                .map(|one| one.ad_ids.len())
                .collect();
            // Of hundreds one that is like none of those that it was compared with is left out.
            let most = if count > 100 { count * 19 / 20 } else { count };
            assert!(sizes.len() == 1 && sizes[0] >= most, "{edited} of ten words: {sizes:?}");
        }
    }
}

/// One phone, two texts, and an image that each has for itself.
#[test]
fn a_crowd_under_one_phone_is_one_hand_and_takes_no_square_of_time() {
    let mut ads = String::from("ad_id,phone,image,text\n");
    for ad in 0..60_000 {
        let text = [
            "the same nine words in half of them here",
            "and other words in the others all the same",
        ][ad % 2];
        writeln!(ads, "a{ad},0698700142,{ad:012x},{text}").expect("it grows");
    }
    let sizes: Vec<usize> = found(&ads).clusters.iter().map(|one| one.ad_ids.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 60_000);
    assert!(sizes.len() <= 2, "{sizes:?}");
}

#[test]
fn a_template_shows_words_of_many_hands_and_no_name() {
    let mut ads = String::from("ad_id,phone,text\n");
    let common = "vandaag lieve dame ontvangt discreet in het centrum bel of app mij";
    for ad in 0..6 {
        let price = 100 + 10 * ad;
        writeln!(ads, "a{ad},0698700142,{common} suze nu {price} euro").expect("it grows");
    }
    for ad in 6..12 {
        let own = format!(" x{ad} ");
        let text = format!("{common} nu euro").split(' ').collect::<Vec<_>>().join(&own);
        writeln!(ads, "a{ad},06{},{text}", 20_000_000 + 7_919 * ad).expect("it grows");
    }
    let folder = folder(&ads);
    folder.write("people.csv", "person_id,name,alias\np1,Centrum,App\n");
    let case = Case::open(folder.path()).expect("a sound case");
    let found = Adverts::default().find(&case, &Entities::as_given(&case));
    let hand = found.clusters.iter().find(|one| one.ad_ids.contains(&"a0".into()));
    let hand = hand.expect("six under one phone");
    assert_eq!(
        hand.template.as_deref(),
        Some("vandaag lieve dame ontvangt discreet in het [*] bel of [*] mij [*] nu [] euro"),
        "a name in the case, a name in one hand, a price in each"
    );
    assert_eq!(hand.slots, 1);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let ads = plant(PLANTED).rows;
    let mut rows: Vec<&str> = ads.lines().collect();
    let end = rows.len();
    let mut dice = Dice::new(3);
    for last in (2..end).rev() {
        let other = 1 + usize::try_from(dice.next() % last as u64).expect("small");
        rows.swap(last, other);
    }
    assert_eq!(found(&ads), found(&(rows.join("\n") + "\n")));
}

#[test]
fn what_hides_a_text_or_a_number_hides_nothing() {
    let mut ads = String::from("ad_id,phone,text\n");
    let plain = "lieve dame van negentien ontvangt vandaag discreet aan huis in het centrum";
    let hidden = "L13VE d4me van n3gentien 💋 ontvangt\u{200b} vandaag DISCREET aan huis in het ｃｅｎｔｒｕｍ";
    writeln!(ads, "a0,06-98700142,{plain}").expect("it grows");
    writeln!(ads, "a1,,{hidden} bel nul zes 9 8 7 nul nul één 4 twee").expect("it grows");
    let mut dice = Dice::new(9);
    for ad in 2..80 {
        let words: Vec<String> = (0..12).map(|_| format!("w{}", dice.next() % 900)).collect();
        writeln!(ads, "a{ad},06{:08},{}", dice.next() % 100_000_000, words.join(" ")).expect("");
    }
    let found = found(&ads);
    assert_eq!(groups(&found), [[0, 1]]);
    assert_eq!(found.clusters[0].ties, [("text", 1), ("phone", 1)]);
}

#[test]
fn a_great_many_equal_advertisements_and_a_great_text_end() {
    let mut ads = String::from("ad_id,phone,text\n");
    for ad in 0..60_000 {
        writeln!(ads, "a{ad},06{ad:08},the same words in each of them and nothing else").expect("");
    }
    assert!(found(&ads).clusters.is_empty(), "a text that all share is nobody's");
    let mut one = String::from("ad_id,phone,text\n");
    for ad in 0..60_000 {
        writeln!(one, "a{ad},0698700142,the same words").expect("it grows");
    }
    assert_eq!(found(&one).clusters[0].ad_ids.len(), 60_000);
    let long = format!("ad_id,text\na0,{}\na1,short\n", "word ".repeat(200_000));
    let long = found(&long);
    assert!(
        long.clusters.is_empty() && matches!(long.notes[0], AdNote::Cut { texts: 1, .. }),
        "{long:?}"
    );
    assert_eq!(found("ad_id,text\n"), AdHands::default());
}

#[test]
fn the_command_prints_groups_in_each_form() {
    let ads =
        plant(Planted { hands: 5, strangers: 40, agencies: Agencies::NONE, copied: 0, ..PLANTED })
            .rows;
    let folder = folder(&ads);
    let json = on_case("adverts", folder.path(), &["--format", "json"]).fine().json();
    let rows = json.as_array().expect("a list");
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row["coordination"].as_f64().expect("a number") > 0.5));
    let csv = on_case("adverts", folder.path(), &["--format", "csv"]).fine().stdout;
    assert!(csv.starts_with("cluster,coordination,ads,"), "{csv}");
    assert_eq!(csv.lines().count(), 6);
}

/// The same from the definition: all pairs, counted.
fn slow_jaccard(a: &[u64], b: &[u64]) -> f64 {
    let both = a.iter().filter(|item| b.contains(item)).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

fn sets() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let set = proptest::collection::btree_set(0_u64..40, 0..20);
    proptest::collection::vec(set.prop_map(|set| set.into_iter().collect()), 0..25)
}

proptest! {
    #[test]
    fn pairs_much_alike_are_candidates(sets in sets()) {
        let near = NearSets { bands: 256, ..NearSets::default() };
        let pairs = near.pairs(&sets);
        for b in 0..sets.len() {
            for a in 0..b {
                let slow = slow_jaccard(&sets[a], &sets[b]);
                prop_assert!((jaccard(&sets[a], &sets[b]) - slow).abs() < 1e-12);
                let pair = (u32::try_from(a).expect("few"), u32::try_from(b).expect("few"));
                // The chance to miss it is (1 - .25)^256.
                prop_assert!(slow < 0.5 || pairs.binary_search(&pair).is_ok());
            }
        }
        prop_assert!(pairs.is_sorted() && pairs.iter().all(|(a, b)| a < b));
    }
}
