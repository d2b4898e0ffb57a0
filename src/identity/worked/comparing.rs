//! Which likeness is found in which field of two mentions.

use super::super::comparison::{Compared, Comparison};
use super::super::field::{Field, MISSING, NEAR, PART, SAME};
use super::super::frequency::Frequencies;
use super::mentions;

#[test]
fn an_address_is_also_its_house_and_its_street() {
    let rows = "person_id,kind,value\na,address,\"Kerkstraat 12, 3512 AB Utrecht\"\nb,address,\"Kerkstraat 40, Utrecht\"\n";
    let mentions = mentions(&[("people.csv", "person_id\na\nb\n"), ("identifiers.csv", rows)]);
    let levels = |row: u32| {
        let values = mentions.identifiers.of(row).iter();
        let mut levels: Vec<u8> =
            values.map(|&value| mentions.values[value as usize].level).collect();
        levels.sort_unstable();
        levels
    };
    // Whole; the house by street and by postcode; the street.
    assert_eq!(levels(0), [SAME, NEAR, NEAR, PART]);
    assert_eq!(levels(1), [SAME, NEAR, PART]);
    let shared: Vec<u32> =
        super::super::lists::shared(mentions.identifiers.of(0), mentions.identifiers.of(1))
            .collect();
    let shared = shared.iter().map(|&value| mentions.values[value as usize].level);
    assert_eq!(shared.collect::<Vec<_>>(), [PART]);
}

/// Mentions `a` and `b` compared, and `b` and `a`.
fn both_ways(tables: &[(&str, &str)]) -> [Compared; 2] {
    let mentions = mentions(tables);
    let frequencies = Frequencies::of(&mentions, None);
    let comparison = Comparison { mentions: &mentions, frequencies: &frequencies };
    [comparison.of(0, 1), comparison.of(1, 0)]
}

fn compared(tables: &[(&str, &str)]) -> Compared {
    let [one, other] = both_ways(tables);
    assert_eq!(one.pattern, other.pattern, "the order of the two does not matter");
    one
}

/// Every field in which both say something, and how alike they are: `phone: near`.
fn told(compared: &Compared) -> String {
    let levels = ["", "same", "near", "part", "faint", "other"];
    let fields = Field::ALL.into_iter().map(|field| (field, compared.pattern[field as usize]));
    let told = fields
        .filter(|(_, level)| *level != MISSING)
        .map(|(field, level)| format!("{}: {}", field.name(), levels[usize::from(level)]));
    told.collect::<Vec<_>>().join(", ")
}

/// Two people by name, alias and date of birth.
fn people(a: &str, b: &str) -> String {
    told(&compared(&[("people.csv", &format!("person_id,name,alias,birth\na,{a}\nb,{b}\n"))]))
}

/// `a` and `b` without a name by what they use.
fn using_in_order(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect::<Vec<_>>().concat();
    let identifiers = format!("person_id,kind,value\n{rows}");
    let tables = [("people.csv", "person_id\na\nb\n"), ("identifiers.csv", &*identifiers)];
    told(&both_ways(&tables)[0])
}

/// The same, whichever comes first.
fn using(rows: &[&str]) -> String {
    let swapped: Vec<String> = rows.iter().map(|row| swap(row)).collect();
    let other = using_in_order(&swapped.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(using_in_order(rows), other, "the order of the two does not matter");
    other
}

fn swap(row: &str) -> String {
    let (person, rest) = row.split_once(',').expect("a person and more");
    format!("{},{rest}", if person == "a" { "b" } else { "a" })
}

#[test]
fn names_are_compared_word_by_word() {
    for (a, b, expected) in [
        ("Jan Jansen", "Jan Jansen", "given name: same, family name: same"),
        ("Willem Bakker", "Wim Bakkers", "given name: near, family name: part"),
        ("Jan Schmidt", "Piet Smit", "given name: other, family name: faint"),
        ("J. Bakker", "Jan Bakker", "given name: faint, family name: same"),
        ("J. Bakker", "J. Bakker", "given name: faint, family name: same"),
        ("Jan Bakker", "Piet Visser", "given name: other, family name: other"),
        ("Jan Piet Bakker", "Piet Visser", "given name: same, family name: other"),
        ("Jan Bakker", "", ""),
        ("Jan Bakker", "Visser", "nickname: other"),
    ] {
        assert_eq!(people(&format!("{a},,"), &format!("{b},,")), expected, "{a} | {b}");
    }
}

#[test]
fn names_the_other_way_round_are_near_if_both_agree() {
    let both = "given name: near, family name: near";
    let neither = "given name: other, family name: other";
    for (a, b, expected) in [
        ("Zsófia Nagy", "Nagy Zsófia", both),
        ("Zsófia Nagy", "Nagi Zofia", both),
        ("Jan Bakker", "Bakker Kees", neither),
        ("Jan Bakker", "Visser Jan", neither),
        ("Jan Schmidt", "Smit Jan", neither),
    ] {
        assert_eq!(people(&format!("{a},,"), &format!("{b},,")), expected, "{a} | {b}");
    }
}

#[test]
fn a_nickname_explains_another_name() {
    for (a, b, expected) in [
        ("Jan Bakker,Kobus", "Kobus Visser,", "nickname: same"),
        ("Jan Bakker,Visser", "Kees Visser,", "nickname: same"),
        (
            "Jan Bakker,Kobus",
            "Jan Visser,Kobus",
            "given name: same, family name: other, nickname: same",
        ),
        (
            "Jan Bakker,Wim",
            "Piet Visser,Willem",
            "given name: other, family name: other, nickname: near",
        ),
        (
            "Jan Bakker,Wim",
            "Willem Visser,",
            "given name: other, family name: other, nickname: near",
        ),
        (
            "Jan Bakker,karimi",
            "Piet Visser,karini",
            "given name: other, family name: other, nickname: near",
        ),
        (
            "Jan Bakker,schmidt",
            "Piet Visser,smit",
            "given name: other, family name: other, nickname: other",
        ),
        (
            "Jan Bakker,Kobus",
            "Piet Visser,Dirk",
            "given name: other, family name: other, nickname: other",
        ),
        (
            "Jan Bakker,Kobus;Dirk",
            "Piet Visser,Dirk",
            "given name: other, family name: other, nickname: same",
        ),
    ] {
        assert_eq!(people(&format!("{a},"), &format!("{b},")), expected, "{a} | {b}");
    }
}

#[test]
fn births_have_five_levels() {
    for (a, b, expected) in [
        ("1991-05-17", "1991-05-17", "date of birth: same"),
        ("1991-05-17", "1991-05-28", "date of birth: near"),
        ("1991-05-17", "1991-05", "date of birth: part"),
        ("1991-05-17", "1984-05-17", "date of birth: faint"),
        ("1991-05-17", "1984-06-18", "date of birth: other"),
        ("1991-05-17", "unknown", ""),
    ] {
        assert_eq!(people(&format!(",,{a}"), &format!(",,{b}")), expected, "{a} | {b}");
    }
}

#[test]
fn a_slip_in_a_long_number_is_near() {
    for (rows, expected) in [
        (["a,phone,0698700142", "b,phone,+31698700142"], "phone: same"),
        (["a,phone,0698700142", "b,phone,0698700143"], "phone: near"),
        (["a,phone,0698700142", "b,phone,0698700124"], "phone: near"),
        (["a,phone,0698700142", "b,phone,0698700153"], "phone: other"),
        (["a,phone,0698700142", "b,email,rosa@example.org"], ""),
        (["a,document,AB12345", "b,document,AB12346"], "document: near"),
        (["a,document,AB12345", "b,document,AB123456"], "document: near"),
        (["a,document,AB1234", "b,document,AB1235"], "document: other"),
        (["a,document,AB1234", "b,document,AB12345"], "document: other"),
        (["a,iban,NL00TEST0123456789", "b,iban,NL00TEST0123456788"], "bank account: near"),
        (["a,device,020001AA", "b,device,020001AB"], "device: near"),
        (["a,wallet,1BoatSLRHt", "b,wallet,1BoatSLRHu"], "wallet: near"),
        (["a,vehicle,AA123456", "b,vehicle,AA123457"], "vehicle: other"),
        (["a,image,ab12cd34", "b,image,ab12cd35"], "image: other"),
        (["a,url,example.org/abcd", "b,url,example.org/abce"], "web address: other"),
    ] {
        assert_eq!(using(&rows), expected, "{rows:?}");
    }
}

#[test]
fn the_best_of_several_values_counts() {
    let rows = ["a,phone,0611223344", "b,phone,0698700142", "b,phone,0611223345"];
    assert_eq!(using(&rows), "phone: near");
    let rows =
        ["a,phone,0698700142", "a,phone,0611223344", "b,phone,0611223345", "b,phone,0655555501"];
    assert_eq!(using(&rows), "phone: near");
    let rows =
        ["a,phone,0698700142", "a,phone,0611223344", "b,phone,0611223344", "b,phone,0655555501"];
    assert_eq!(using(&rows), "phone: same");
}

#[test]
fn addresses_agree_as_far_as_they_are_one() {
    for (a, b, expected) in [
        ("Kerkstraat 12, 3512 AB Utrecht", "Kerkstr. 12, 3512AB Utrecht", "address: same"),
        ("Kerkstraat 12, Utrecht", "Kerkstraat 12 B, Utrecht", "address: near"),
        ("Kerkstraat 12, 3512 AB Utrecht", "Dorpsweg 12, 3512 AB Elst", "address: near"),
        ("Kerkstraat 12, Utrecht", "Kerkstraat 87, Utrecht", "address: part"),
        ("Kerkstraat 12, Utrecht", "Kerkstraat 87, Elst", "address: other"),
        ("Kerkstraat 12, Utrecht", "Dorpsweg 87, Elst", "address: other"),
        // One slip in 21 signs, two, and three; the street sounds like another.
        ("Kerkstraat 12, Utrecht", "Merkstraat 12, Utrecht", "address: part"),
        ("Kerkstraat 12, Utrecht", "Merkstraat 13, Utrecht", "address: part"),
        ("Kerkstraat 12, Utrecht", "Merkstroot 12, Utrecht", "address: other"),
    ] {
        let rows = [&*format!("a,address,\"{a}\""), &*format!("b,address,\"{b}\"")];
        assert_eq!(using(&rows), expected, "{a} | {b}");
    }
}

#[test]
fn a_stem_of_a_handle_is_near() {
    assert_eq!(using(&["a,handle,rosalind_99", "b,handle,rosalind_99"]), "handle: same");
    assert_eq!(using(&["a,handle,r0s4lind_99", "b,handle,rosalind.x"]), "handle: other");
    assert_eq!(using(&["a,handle,r0s4lind_99", "b,handle,rosalind_71"]), "handle: near");
    assert_eq!(using(&["a,handle,rosalind_99", "b,handle,quirijn_99"]), "handle: other");
}

/// Two people of these names, and what they use.
fn named(a: &str, b: &str, rows: &str) -> Compared {
    let people = format!("person_id,name\na,{a}\nb,{b}\nc,Yusuf Demir\nd,Piet Bakker\n");
    let identifiers = format!("person_id,kind,value\n{rows}");
    compared(&[("people.csv", &people), ("identifiers.csv", &identifiers)])
}

#[test]
fn a_name_in_a_handle_is_a_hint_where_names_say_less() {
    let told = |a: &str, b: &str, rows: &str| told(&named(a, b, rows));
    assert_eq!(told("", "Yusuf Kaya", "a,handle,real_yusuf_61\n"), "name in a handle: same");
    assert_eq!(told("", "Willem Kaya", "a,handle,real_yusuf_61\n"), "");
    assert_eq!(
        told("", "", "a,handle,real_yusuf_61\nb,handle,yusuf_x8\n"),
        "name in a handle: same, handle: other"
    );
    assert_eq!(
        told("Hasan Celik", "Yusuf Kaya", "a,handle,real_yusuf_61\n"),
        "given name: other, family name: other"
    );
}

#[test]
fn a_handle_that_is_their_name_says_less_of_two_of_one_name() {
    // Ten more handles, so that one which two of twelve have is rare.
    let others: String = (0..10)
        .map(|n| format!("d,handle,{}\n", "zkwjqxvbhg".repeat(n + 1)))
        .collect::<Vec<_>>()
        .concat();
    let handle = |a: &str, b: &str, value: &str| {
        let compared = named(a, b, &format!("a,handle,{value}\nb,handle,{value}\n{others}"));
        assert_eq!(compared.pattern[Field::Handle as usize], SAME);
        compared.chance[Field::Handle as usize]
    };
    // Without dates of birth one of two who share a handle is a stranger as likely as not: half of one in twelve.
    let rare = (0.5_f64 / 12.0).ln();
    // Nobody has the name as a nickname, and what nobody has counts as 0.9 of one in two.
    let name = 0.45_f64.ln();
    // Two who have two full names are two people, and the handle speaks of a Yusuf for both.
    let of_two = (1.5_f64 / 12.0).ln();
    for (a, b, value, chance) in [
        ("Yusuf Kaya", "Yusuf Visser", "krantzz", rare),
        ("Yusuf Kaya", "Willem Visser", "yusuf_x", of_two - name),
        ("Yusuf Kaya", "Willem Visser", "krantzz", of_two),
        ("Ali Kaya", "Ali Visser", "ali_71", rare),
        ("Ali Kaya", "Ali Visser", "ali_7", rare - name),
        ("Yusuf Kaya", "Yusuf Visser", "yusuf_x", rare - name),
        ("Al Kaya", "Al Visser", "al_xqz", rare),
        ("", "", "yusuf_x", rare - name),
    ] {
        let found = handle(a, b, value);
        assert!((found - chance).abs() < 1e-9, "{a} | {b} | {value}: {found} {chance}");
    }
    let two = "a,handle,yusuf_x\nb,handle,yusuf_x\n";
    let common = named("Yusuf Kaya", "Yusuf Visser", two).chance[Field::Handle as usize];
    assert!((common + 1.0).abs() < 1e-12, "a handle still says something: {common}");
}

#[test]
fn what_is_left_of_a_handle_of_their_name_says_nothing_of_two_of_one_name() {
    let near = |handle: &str| {
        let rows = format!("a,handle,{handle}71\nb,handle,{handle}\n");
        named("Yusuf Kaya", "Yusuf Visser", &rows).pattern[Field::Handle as usize]
    };
    assert_eq!(near("yusuf_x"), MISSING);
    assert_eq!(near("krantzz"), NEAR);
}

#[test]
fn places_and_channels_of_acts_are_the_same_if_one_is_shared() {
    let tables = |links: &str| {
        let links = format!("from,to,kind,case_id,place_id,channel_id\n{links}");
        let channels = "channel_id,name\nx,X\ny,Y\n";
        let places = "place_id,name\ns,S\nt,T\n";
        told(&compared(&[
            ("people.csv", "person_id\na\nb\nv\n"),
            ("channels.csv", channels),
            ("places.csv", places),
            ("links.csv", &links),
        ]))
    };
    assert_eq!(
        tables("a,v,recruited,k1,s,x\nb,v,recruited,k2,s,x\n"),
        "places: same, channels: same"
    );
    assert_eq!(
        tables("a,v,recruited,k1,s,x\nb,v,recruited,k2,t,y\n"),
        "places: other, channels: other"
    );
    assert_eq!(
        tables("a,v,recruited,k1,s,x\na,v,recruited,k1,t,\nb,v,recruited,k2,t,\n"),
        "places: same"
    );
    assert_eq!(tables("a,v,recruited,k1,s,\nb,v,recruited,k2,,x\n"), "");
    assert_eq!(tables("a,v,client_of,k1,s,x\nb,v,client_of,k2,s,x\n"), "");
}
