use super::super::sketch;
use super::*;

fn decision(a: &str, b: &str, verdict: Verdict) -> Decision {
    let (by, why) = ("inspector Kwik".into(), "seen, \"twice\"".into());
    Decision { person_ids: [a.into(), b.into()], verdict, by, why }
}

fn of(all: &[(&str, &str, Verdict)]) -> Decisions {
    Decisions { all: all.iter().map(|&(a, b, verdict)| decision(a, b, verdict)).collect() }
}

fn read(text: &str) -> Result<Decisions> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("who.csv");
    std::fs::write(&path, text).expect("a temporary file is written");
    Decisions::read(&path)
}

fn people() -> Case {
    sketch::case(&[("people.csv", "person_id\na\nb\nc\nd\n")])
}

#[test]
fn what_is_written_is_what_is_read() {
    let decisions = of(&[("a", "b", Verdict::Same), ("c", "a", Verdict::Different)]);
    let text = "person_id,other_id,verdict,by,why\n\
                a,b,same,inspector Kwik,\"seen, \"\"twice\"\"\"\n\
                c,a,different,inspector Kwik,\"seen, \"\"twice\"\"\"\n";
    assert_eq!(decisions.to_csv(), text);
    let again = read(text).expect("decisions");
    assert_eq!(again, decisions);
    assert_eq!(again.all().len(), 2);
    assert_eq!(again.all()[1].verdict.to_string(), "different");
}

#[test]
fn columns_are_found_by_name_and_reasons_may_be_missing() {
    let decisions = read("verdict, other_id ,person_id\n same ,b,a\n").expect("decisions");
    let expected =
        Decision { by: String::new(), why: String::new(), ..decision("a", "b", Verdict::Same) };
    assert_eq!(decisions.all(), [expected]);
}

#[test]
fn a_row_that_decides_nothing_is_refused_where_it_stands() {
    let header = "person_id,other_id,verdict,by,why\n";
    for (text, message) in [
        (format!("{header}a,b,same,,\na,c,perhaps,,\n"), "who.csv:3: column `verdict`: `perhaps`"),
        (format!("{header}a,a,same,,\n"), "who.csv:2: column `other_id`: the same id twice"),
        ("person_id,verdict\na,same\n".into(), "who.csv:1: the header `person_id,verdict`"),
    ] {
        let error = read(&text).expect_err("it is refused").to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let absent = Decisions::read(Path::new("no such file")).expect_err("there is none");
    assert!(absent.to_string().contains("could not read"), "{absent}");
}

#[test]
fn bytes_that_are_no_text_are_refused_at_their_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("who.csv");
    let bytes = b"person_id,other_id,verdict\na,b,same\na,\xff,same\n";
    std::fs::write(&path, bytes).expect("a temporary file is written");
    let error = Decisions::read(&path).expect_err("it is refused").to_string();
    assert!(error.starts_with("who.csv:3: bytes that are not UTF-8"), "{error}");
}

#[test]
fn the_later_of_two_decisions_holds_whichever_way_round() {
    let case = people();
    let decisions =
        of(&[("c", "b", Verdict::Same), ("d", "a", Verdict::Same), ("b", "c", Verdict::Different)]);
    let rows = decisions.rows(&case).expect("they agree");
    assert_eq!(rows, [((0, 3), Verdict::Same), ((1, 2), Verdict::Different)]);
    assert!(decisions.check(&case).is_ok());
    assert_eq!(Decisions::default().rows(&case).expect("nothing disagrees"), []);
}

#[test]
fn decisions_contradict_each_other_through_others_too() {
    let same = [("a", "b", Verdict::Same), ("b", "c", Verdict::Same)];
    let with = |last: (&'static str, &'static str)| {
        of(&[same[0], same[1], (last.0, last.1, Verdict::Different)]).check(&people())
    };
    assert!(with(("a", "d")).is_ok());
    let error = with(("c", "a")).expect_err("a and c are one through b").to_string();
    assert!(error.contains("`a` and `c` are decided to be two people"), "{error}");
}

#[test]
fn a_decision_about_nobody_is_refused() {
    for id in ["e", "unknown", ""] {
        let error = of(&[("a", id, Verdict::Same)]).check(&people()).expect_err("nobody");
        assert!(error.to_string().contains(&format!("a decision about `{id}`")), "{error}");
    }
}
