//! What a drawing says of a map, its people and its links, in the reader's language.
//!
//! All of it is text of a case with ours around it, so all of it is untrusted: each sink escapes it in its own way.

use sha2::{Digest, Sha256};

use crate::case::digest::hex;
use crate::case::{LinkKind, Role};
use crate::finding::{Caution, Evidence, Map, MapEdge, MapNode, Note, Part, Shown, TieKind, Use};
use crate::output::percent::percent;
use crate::output::words::Words;
use crate::untrusted::Untrusted;

use super::line::{Sureness, Tie};
use super::sign::{rank, sign};

/// What stands over the map.
pub(in crate::output) fn title(map: &Map, words: &Words) -> Untrusted {
    if let Some(title) = map.title.as_ref().filter(|title| !title.is_empty()) {
        return title.clone();
    }
    let files = map.nodes.iter().filter(|node| node.part == Part::CaseFile).count();
    if files > 0 {
        let counts = [("people", map.people().into()), ("files", files.into())];
        return words.with("map-title-cases", &counts).into();
    }
    let counts = [("people", map.people().into()), ("all", map.people_in_all.into())];
    words.with("map-title", &counts).into()
}

/// How much the map shows, of when, and from what.
pub(in crate::output) fn lead(map: &Map, words: &Words) -> Vec<Untrusted> {
    let shown = words.with(
        "map-shown",
        &[
            ("people", map.people().into()),
            ("all", map.people_in_all.into()),
            ("ties", map.edges.len().into()),
        ],
    );
    let until = map.until.map(|day| words.with("map-until", &[("day", day.to_string().into())]));
    [shown].into_iter().chain(until).map(Into::into).collect()
}

/// From what the map was made, where that is to be shown: the files that went in by one sum over their names and sums.
pub(in crate::output) fn made(map: &Map, words: &Words) -> Option<Untrusted> {
    const ENOUGH: usize = 8;
    let made = map.made.as_ref()?;
    let mut all = Sha256::new();
    for (name, sum) in &made.inputs {
        all.update(name.through(|name| format!("{}:{name}{sum}\n", name.len())));
    }
    let sum = hex(&all.finalize()[..ENOUGH]);
    let values = [
        ("version", env!("CARGO_PKG_VERSION").into()),
        ("seed", made.seed.to_string().into()),
        ("files", made.inputs.len().into()),
        ("sum", sum.into()),
    ];
    Some(words.with("map-made", &values).into())
}

/// What the reader must know.
pub(in crate::output) fn note(note: &Note, words: &Words) -> Untrusted {
    let own = match note {
        Note::LeftOut { people, ties, shown } => {
            let shown = words.say(match shown {
                Shown::Ranked => "map-shown-ranked",
                Shown::Around => "map-shown-around",
                Shown::InMostCases => "map-shown-in-most-cases",
            });
            words.with(
                "map-left-out",
                &[("people", (*people).into()), ("ties", (*ties).into()), ("shown", shown.into())],
            )
        }
        Note::Within(when) => words.with("map-within", &[("when", when.to_string().into())]),
        Note::NoAccusation => words.say("map-no-accusation"),
        Note::NoTie => words.say("map-no-tie"),
        Note::Size(measure) => return words.about("map-size", "measure", measure),
        Note::Groups(method) => return words.about("map-groups", "method", method),
        Note::AboveClearance(rows) => words.with("above-clearance", &[("rows", (*rows).into())]),
        Note::Revealed(why) => return words.about("map-revealed", "why", why),
    };
    own.into()
}

/// What a part is called.
pub(in crate::output) fn part(part: Part, words: &Words) -> String {
    words.say(&format!("part-{}", sign(part).class))
}

/// What kinds of link that are drawn alike are called.
pub(in crate::output) fn tie(tie: Tie, words: &Words) -> String {
    words.say(&format!("tie-{}", tie.class()))
}

/// What a step of certainty is called.
pub(in crate::output) fn sureness(step: Sureness, words: &Words) -> String {
    words.say(&format!("sure-{}", step.class()))
}

/// What a role is called.
pub(in crate::output) fn role(role: Role, words: &Words) -> String {
    words.say(&format!("role-{}", role.code()))
}

fn link(kind: LinkKind, words: &Words) -> String {
    words.say(&format!("link-{}", kind.code()))
}

/// What a kind of tie is called.
pub(in crate::output) fn kind(kind: TieKind, words: &Words) -> String {
    match kind {
        TieKind::Link(kind) => link(kind, words),
        TieKind::Role(kind) => role(kind, words),
        TieKind::Use(Use::Advertising) => words.say("use-advertising"),
        TieKind::Use(Use::Recruitment) => words.say("use-recruitment"),
        TieKind::Place => words.say("tie-kind-place"),
        TieKind::Identifier => words.say("tie-kind-identifier"),
    }
}

/// The title of a box of people who belong together.
pub(in crate::output) fn community(community: usize, members: usize, words: &Words) -> Untrusted {
    let values = [("community", community.into()), ("members", members.into())];
    words.with("map-community", &values).into()
}

/// The code, and the rank of one who is likely enough to recruit again for it to be a headline.
pub(in crate::output) fn label(node: &MapNode, words: &Words) -> Vec<Untrusted> {
    const WORTH_A_LABEL: f64 = 0.2;
    let ranked = rank(node).filter(|&(_, recurrence)| recurrence >= WORTH_A_LABEL);
    let rank = ranked.map(|(rank, recurrence)| {
        words.with("map-rank", &[("rank", rank.into()), ("recurrence", percent(recurrence).into())])
    });
    [node.label.clone()].into_iter().chain(rank.map(Into::into)).collect()
}

/// All there is to say of somebody, line by line.
pub(in crate::output) fn about_node(node: &MapNode, words: &Words) -> Vec<Untrusted> {
    let code = match &node.pseudonym {
        Some(pseudonym) => Untrusted::joined([&node.label, &pseudonym.between("(", ")")], " "),
        None => node.label.clone(),
    };
    let first = code.between("", &format!(": {}", part(node.part, words)));
    let rank = rank(node).map(|(rank, recurrence)| {
        words.with(
            "map-rank-full",
            &[("rank", rank.into()), ("recurrence", percent(recurrence).into())],
        )
    });
    let roles = node.roles.iter().map(|(own, files)| {
        let files = Untrusted::joined(files, ", ");
        files.between(&format!("{}: ", role(*own, words)), "")
    });
    [first].into_iter().chain(rank.map(Into::into)).chain(roles).collect()
}

/// `recruited (3)`.
pub(in crate::output) fn phrase(edge: &MapEdge, words: &Words) -> String {
    let kind = kind(edge.kind, words);
    if edge.count > 1.0 { format!("{kind} ({})", edge.count) } else { kind }
}

/// All there is to say of a link, line by line.
pub(in crate::output) fn about_edge(edge: &MapEdge, map: &Map, words: &Words) -> Vec<Untrusted> {
    let names = [edge.from, edge.to].map(|place| map.nodes.get(place).map(|node| &node.label));
    let nobody = Untrusted::default();
    let who = Untrusted::joined(names.map(|name| name.unwrap_or(&nobody)), " → ");
    let what = words.with(
        "map-certainty",
        &[
            ("kind", phrase(edge, words).into()),
            ("certainty", format!("{:.2}", edge.certainty).into()),
        ],
    );
    let when = edge.when.is_known().then(|| edge.when.to_string());
    let ours = [what].into_iter().chain(when).map(Into::into);
    [who].into_iter().chain(ours).chain(edge.evidence.iter().map(row)).collect()
}

/// `links.csv:88 · B2`.
pub(in crate::output) fn row(evidence: &Evidence) -> Untrusted {
    let grade = grade(evidence);
    if grade.is_empty() {
        return evidence.row.clone();
    }
    Untrusted::joined([&evidence.row, &grade], " · ")
}

/// The grade, and the handling code that stands in a column of its own: `B2 · 3x5x2:P`.
pub(in crate::output) fn grade(evidence: &Evidence) -> Untrusted {
    let told = [&evidence.grade, &evidence.handling].into_iter().filter(|code| !code.is_empty());
    Untrusted::joined(told, " · ")
}

/// What speaks for caution, as a phrase.
pub(in crate::output) fn caution(caution: &Caution, words: &Words) -> Untrusted {
    let own = match caution {
        Caution::MayBeProtected(chance) => {
            words.with("caution-may-be-protected", &[("chance", percent(*chance).into())])
        }
        Caution::Professional => words.say("caution-professional"),
        Caution::Client => words.say("caution-client"),
        Caution::Bystander => words.say("caution-bystander"),
        Caution::Acquitted(file) => {
            return words.about("caution-acquitted", "case", &file.as_str().into());
        }
        Caution::OneSource => words.say("caution-one-source"),
        Caution::NearInTime => words.say("caution-near-in-time"),
    };
    own.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::When;
    use crate::output::words::Lang;

    fn said(texts: &[Untrusted]) -> Vec<String> {
        texts.iter().map(|text| text.through(str::to_owned)).collect()
    }

    fn english() -> Words {
        Words::of(Lang::En)
    }

    fn evidence(grade: &str, handling: &str) -> Evidence {
        Evidence {
            row: "links.csv:88".into(),
            when: When::UNRECORDED,
            grade: grade.into(),
            certainty: 1.0,
            case: "".into(),
            handling: handling.into(),
        }
    }

    fn edge(count: f64, when: &str) -> MapEdge {
        MapEdge {
            from: 1,
            to: 0,
            kind: TieKind::Link(LinkKind::Recruited),
            count,
            certainty: 0.456,
            when: When::parse(when).expect("a date"),
            evidence: vec![evidence("B2", "")],
        }
    }

    #[test]
    fn a_map_is_called_as_somebody_chose_or_by_what_it_shows() {
        let node = |part| MapNode::new("E1".into(), part);
        let mut map = Map { people_in_all: 9, ..Map::default() };
        map.nodes = vec![node(Part::Client), node(Part::Channel)];
        let called = |map: &Map| title(map, &english()).through(str::to_owned);
        assert_eq!(called(&map), "Network map: 1 of 9 people");
        map.nodes.push(node(Part::CaseFile));
        assert_eq!(called(&map), "1 person and 1 case file");
        map.title = Some("".into());
        assert_eq!(called(&map), "1 person and 1 case file");
        map.title = Some("Harbor".into());
        assert_eq!(called(&map), "Harbor");
    }

    #[test]
    fn a_rank_stands_on_a_sign_from_a_fifth_up() {
        let node = |part, recurrence| MapNode {
            recurrence: Some((3, recurrence)),
            ..MapNode::new("E1".into(), part)
        };
        let on = |part, recurrence| said(&label(&node(part, recurrence), &english()));
        assert_eq!(on(Part::Recruiter, 0.2), ["E1", "rank 3 · 20%"]);
        assert_eq!(on(Part::Recruiter, 0.199), ["E1"]);
        assert_eq!(on(Part::Victim, 0.9), ["E1"]);
    }

    #[test]
    fn of_somebody_are_told_the_part_the_rank_and_the_roles() {
        let plain = MapNode::new("E1".into(), Part::Client);
        assert_eq!(said(&about_node(&plain, &english())), ["E1: client"]);
        let node = MapNode {
            pseudonym: Some("kx7".into()),
            recurrence: Some((3, 0.1)),
            roles: vec![(Role::Recruiter, vec!["c2".into(), "c19".into()])],
            ..MapNode::new("E1".into(), Part::Recruiter)
        };
        assert_eq!(
            said(&about_node(&node, &english())),
            ["E1 (kx7): recruiter", "rank 3 among recurring recruiters, 10%", "recruiter: c2, c19"]
        );
    }

    #[test]
    fn of_a_tie_are_told_who_what_when_and_the_rows() {
        let nodes = ["V1", "E1"].map(|code| MapNode::new(code.into(), Part::Client));
        let map = Map { nodes: nodes.into(), ..Map::default() };
        let told = |edge: &MapEdge| said(&about_edge(edge, &map, &english()));
        let rows = "links.csv:88 · B2";
        assert_eq!(
            told(&edge(3.0, "2019-03-02")),
            ["E1 → V1", "recruited (3), certainty 0.46", "2019-03-02", rows]
        );
        assert_eq!(told(&edge(1.0, "")), ["E1 → V1", "recruited, certainty 0.46", rows]);
        let nowhere = MapEdge { from: 7, ..edge(1.0, "") };
        assert_eq!(told(&nowhere)[0], " → V1");
    }

    #[test]
    fn a_row_is_told_with_its_grade_and_its_handling_code() {
        let told = |grade: &str, handling: &str| said(&[row(&evidence(grade, handling))]).concat();
        assert_eq!(told("", ""), "links.csv:88");
        assert_eq!(told("B2", ""), "links.csv:88 · B2");
        assert_eq!(told("", "3x5x2:P"), "links.csv:88 · 3x5x2:P");
        assert_eq!(told("B2", "3x5x2:P"), "links.csv:88 · B2 · 3x5x2:P");
    }

    #[test]
    fn from_what_a_map_was_made_is_told_by_one_sum_over_names_and_sums() {
        use crate::finding::Made;

        let told = |inputs: &[(&str, &str)]| {
            let inputs = inputs.iter().map(|&(name, sum)| (name.into(), sum.to_owned())).collect();
            let map = Map { made: Some(Made { seed: 7, inputs }), ..Map::default() };
            made(&map, &english()).expect("it says so").through(str::to_owned)
        };
        // Of `2:ab1` and a line end, as sha256sum has it.
        let begin = format!("kluwen {} · seed 7 · 1 file, SHA-256 ", env!("CARGO_PKG_VERSION"));
        let one = told(&[("ab", "1")]);
        assert!(one.starts_with(&begin), "{one}");
        assert_eq!(one[begin.len()..], *"fcb82e4ebf93027d");
        // No other names and sums come to the same.
        assert_ne!(told(&[("a", "b1")]), one);
        assert!(made(&Map::default(), &english()).is_none());
    }
}
