//! What every format says of a node and of an edge, under the names of the contract (`kind`, `count`, `start`, `case_id`, `grade`), so
//! that what is written here can be read as case data again.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::chart::Chart;
use crate::case::Day;
use crate::finding::{Evidence, MapEdge, MapNode, Part, TieKind};
use crate::output::drawing::line::Tie;
use crate::output::drawing::sign::rank;
use crate::untrusted::Untrusted;

/// Of what type a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Texts with `;` between them; lists of one row are as long as each other.
    List,
    Long,
    Double,
    Boolean,
    Date,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'m> {
    Missing,
    /// Of ours.
    Word(&'static str),
    Text(Cow<'m, Untrusted>),
    Long(i64),
    Double(f64),
    Boolean(bool),
    Date(Day),
}

/// A column: its name, its type, and what stands in it for the node or edge at a place.
#[derive(Debug)]
pub(super) struct Column<T> {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) of: for<'m> fn(&Chart<'m>, usize, &'m T) -> Value<'m>,
}

/// What is said of a node beside its id.
pub(super) const NODE: [Column<MapNode>; 15] = [
    Column { name: "label", kind: Kind::Text, of: |_, _, node| Value::text(&node.label) },
    Column { name: "part", kind: Kind::Text, of: |_, _, node| Value::Word(node.part.code()) },
    Column {
        name: "role",
        kind: Kind::List,
        of: |_, _, node| words(played(node).map(|(role, _)| role)),
    },
    Column {
        name: "case_id",
        kind: Kind::List,
        of: |_, _, node| list(played(node).map(|(_, file)| file)),
    },
    Column { name: "pseudonym", kind: Kind::Text, of: |_, _, node| pseudonym(node) },
    Column { name: "community", kind: Kind::Long, of: |_, _, node| Value::long(node.community) },
    Column {
        name: "rank",
        kind: Kind::Long,
        of: |_, _, node| Value::long(rank(node).map(|(rank, _)| rank)),
    },
    Column {
        name: "recurrence",
        kind: Kind::Double,
        of: |_, _, node| Value::double(rank(node).map(|(_, recurrence)| recurrence)),
    },
    Column {
        name: "start",
        kind: Kind::Date,
        of: |chart, at, _| Value::date(chart.span(at).earliest()),
    },
    Column {
        name: "end",
        kind: Kind::Date,
        of: |chart, at, _| Value::date(chart.span(at).latest()),
    },
    Column { name: "rows", kind: Kind::List, of: |_, _, node| rows(&node.evidence) },
    Column { name: "grade", kind: Kind::List, of: |_, _, node| grades(&node.evidence) },
    Column { name: "handling", kind: Kind::List, of: |_, _, node| handling(&node.evidence) },
    Column {
        name: "x",
        kind: Kind::Double,
        of: |chart, at, _| Value::double(chart.position(at).map(|at| at[0])),
    },
    Column {
        name: "y",
        kind: Kind::Double,
        of: |chart, at, _| Value::double(chart.position(at).map(|at| at[1])),
    },
];

/// What is said of an edge beside its ends.
pub(super) const EDGE: [Column<MapEdge>; 10] = [
    Column { name: "kind", kind: Kind::Text, of: |_, _, edge| Value::Word(edge.kind.code()) },
    Column {
        name: "certainty",
        kind: Kind::Double,
        of: |_, _, edge| Value::double(Some(edge.certainty)),
    },
    Column { name: "count", kind: Kind::Double, of: |_, _, edge| Value::double(Some(edge.count)) },
    Column { name: "start", kind: Kind::Date, of: |_, _, edge| Value::date(edge.when.earliest()) },
    Column { name: "end", kind: Kind::Date, of: |_, _, edge| Value::date(edge.when.latest()) },
    Column { name: "rows", kind: Kind::List, of: |_, _, edge| rows(&edge.evidence) },
    Column { name: "grade", kind: Kind::List, of: |_, _, edge| grades(&edge.evidence) },
    Column { name: "handling", kind: Kind::List, of: |_, _, edge| handling(&edge.evidence) },
    Column { name: "case_id", kind: Kind::List, of: |_, _, edge| files(&edge.evidence) },
    Column {
        name: "directed",
        kind: Kind::Boolean,
        of: |_, _, edge| Value::Boolean(is_directed(edge.kind)),
    },
];

impl<'m> Value<'m> {
    fn text(text: &'m Untrusted) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(Cow::Borrowed(text)) }
    }

    fn long(number: Option<usize>) -> Self {
        number.and_then(|number| i64::try_from(number).ok()).map_or(Self::Missing, Self::Long)
    }

    fn double(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Missing, Self::Double)
    }

    /// A day beyond the calendar is none that another tool could read.
    fn date(day: Option<Day>) -> Self {
        day.filter(|day| day.year_and_month().is_some()).map_or(Self::Missing, Self::Date)
    }

    pub(super) fn is_missing(&self) -> bool {
        *self == Self::Missing
    }

    /// The value as a text for formats that have no other.
    pub(super) fn told(&self) -> Cow<'_, Untrusted> {
        match self {
            Self::Missing => Cow::Owned(Untrusted::default()),
            Self::Word(word) => Cow::Owned((*word).into()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Long(number) => Cow::Owned(number.to_string().into()),
            Self::Double(number) => Cow::Owned(number.to_string().into()),
            Self::Boolean(yes) => Cow::Owned(yes.to_string().into()),
            Self::Date(day) => Cow::Owned(day.to_string().into()),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Text(text) => text.serialize(serializer),
            Self::Long(number) => serializer.serialize_i64(*number),
            Self::Double(number) => serializer.serialize_f64(*number),
            Self::Boolean(yes) => serializer.serialize_bool(*yes),
            Self::Date(day) => serializer.collect_str(day),
        }
    }
}

/// Whether a tie of this kind leads from one to the other; else it is as true the other way round.
pub(super) fn is_directed(kind: TieKind) -> bool {
    !matches!(Tie::of(kind), Tie::Accomplice | Tie::Private)
}

/// Each role with each case file in which it was played.
fn played(node: &MapNode) -> impl Iterator<Item = (&'static str, &Untrusted)> + Clone {
    node.roles.iter().flat_map(|(role, files)| files.iter().map(|file| (role.code(), file)))
}

/// The pseudonym under a key; without one, a victim's label is hers.
fn pseudonym(node: &MapNode) -> Value<'_> {
    if let Some(pseudonym) = &node.pseudonym {
        return Value::text(pseudonym);
    }
    if node.part == Part::Victim { Value::text(&node.label) } else { Value::Missing }
}

fn rows(evidence: &[Evidence]) -> Value<'_> {
    list(evidence.iter().map(|row| &row.row))
}

fn grades(evidence: &[Evidence]) -> Value<'_> {
    list(evidence.iter().map(|row| &row.grade))
}

fn handling(evidence: &[Evidence]) -> Value<'_> {
    list(evidence.iter().map(|row| &row.handling))
}

fn files(evidence: &[Evidence]) -> Value<'_> {
    list(evidence.iter().map(|row| &row.case))
}

/// Texts with `;` between them, which within a text is written `\u{3b}`. Where all are empty there is nothing to say.
fn list<'m>(items: impl Iterator<Item = &'m Untrusted> + Clone) -> Value<'m> {
    if items.clone().all(Untrusted::is_empty) {
        return Value::Missing;
    }
    let has_sign = |item: &Untrusted| item.figure(|item| item.contains(';'));
    let spelt = items.map(|item| {
        if has_sign(item) {
            Cow::Owned(item.changed(|item| item.replace(';', "\\u{3b}")))
        } else {
            Cow::Borrowed(item)
        }
    });
    Value::Text(Cow::Owned(Untrusted::joined(spelt, ";")))
}

/// Words of ours with `;` between them.
fn words<'m>(items: impl Iterator<Item = &'static str>) -> Value<'m> {
    let all: Vec<&str> = items.collect();
    if all.is_empty() { Value::Missing } else { Value::Text(Cow::Owned(all.join(";").into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_as_long_as_what_it_is_of() {
        let of = |items: [&str; 3]| list(items.map(Untrusted::from).iter()).told().into_owned();
        assert_eq!(of(["a", "", "b;c"]), "a;;b\\u{3b}c");
        assert_eq!(of(["", "", ""]), "");
    }

    #[test]
    fn ties_lead_somewhere_but_those_of_accomplices_and_of_private_life() {
        use crate::case::{LinkKind, Role};
        for (kind, directed) in [
            (TieKind::Link(LinkKind::Recruited), true),
            (TieKind::Link(LinkKind::Contact), true),
            (TieKind::Link(LinkKind::Accomplice), false),
            (TieKind::Link(LinkKind::Kin), false),
            (TieKind::Role(Role::Victim), true),
            (TieKind::Place, true),
        ] {
            assert_eq!(is_directed(kind), directed, "{kind:?}");
        }
    }

    #[test]
    fn a_victim_has_her_label_for_a_pseudonym_unless_there_is_a_key() {
        let told = |part, pseudonym: Option<&str>| {
            let pseudonym = pseudonym.map(Untrusted::from);
            let node = MapNode { pseudonym, ..MapNode::new("V9".into(), part) };
            super::pseudonym(&node).told().through(str::to_owned)
        };
        assert_eq!(told(Part::Victim, None), "V9");
        assert_eq!(told(Part::Client, None), "");
        assert_eq!([Part::Victim, Part::Client].map(|part| told(part, Some("kx7"))), ["kx7"; 2]);
    }

    #[test]
    fn what_no_other_tool_could_read_is_missing() {
        let missing = [
            Value::double(Some(f64::INFINITY)),
            Value::double(Some(f64::NAN)),
            Value::double(None),
            Value::long(None),
            Value::date(None),
            // Beyond the calendar.
            Value::date(Some(Day::from_number(i32::MAX))),
            words(std::iter::empty()),
        ];
        assert!(missing.iter().all(Value::is_missing), "{missing:?}");
        for (value, told, json) in [
            (Value::double(Some(0.5)), "0.5", "0.5"),
            (Value::long(Some(7)), "7", "7"),
            (Value::date(Some(Day::from_number(2))), "1970-01-03", "\"1970-01-03\""),
            (Value::Boolean(true), "true", "true"),
            (Value::Word("client"), "client", "\"client\""),
            (words(["client", "driver"].into_iter()), "client;driver", "\"client;driver\""),
            (Value::Missing, "", "null"),
        ] {
            assert_eq!(value.told().through(str::to_owned), told);
            assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
        }
    }
}
