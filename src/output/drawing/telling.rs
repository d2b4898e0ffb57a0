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
