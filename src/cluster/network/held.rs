//! Which rows a view holds.

use super::OwnColumns;
use crate::case::Table;
use crate::cluster::program::Assignment;
use crate::cluster::sql::{name, real, text, texts};
use crate::graph::View;

/// The rows of a case that a view holds, as conditions of a query.
pub(super) struct Held<'a> {
    pub(super) view: &'a View,
    pub(super) own: &'a OwnColumns,
}

impl Held<'_> {
    /// Table `without(entity)`: the people whom the view leaves out, for a role in any case.
    pub(super) fn without(&self) -> Assignment {
        let roles = self.view.without.iter().map(|role| role.code());
        let condition = if self.view.without.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("roles.role IN ({})", texts(roles))
        };
        Assignment::new(
            "without",
            format!(
                "SELECT DISTINCT entities.entity AS entity FROM roles JOIN entities ON entities.person_id = roles.person_id \
                 WHERE {condition}"
            ),
        )
    }

    /// The condition that holds of the rows of a table that the view holds, but for who they are of.
    pub(super) fn condition(&self, table: Table) -> String {
        let view = self.view;
        let column = |own: &str| format!("{table}.{}", name(own));
        let mut all = Vec::new();
        if table == Table::Links && !view.kinds.is_empty() {
            let kinds = view.kinds.iter().map(|kind| kind.code());
            all.push(format!("{} IN ({})", column("kind"), texts(kinds)));
        }
        if !view.cases.is_empty() {
            let cases = view.cases.iter().map(String::as_str);
            all.push(format!("{} IN ({})", column("case_id"), texts(cases)));
        }
        if view.certainty > 0.0 {
            all.push(format!("{} >= {}", column("certainty"), real(view.certainty)));
        }
        if let Some(basis) = view.basis {
            all.push(format!("{} = {}", column("basis"), text(basis.code())));
        }
        all.extend(self.during(table));
        all.extend(view.attributes.iter().map(|(own, value)| {
            if self.own.has(table, own) {
                format!("{} = {}", column(own), text(value))
            } else {
                // No row has such a column of its own.
                "1 = 0".to_owned()
            }
        }));
        if all.is_empty() { "1 = 1".to_owned() } else { all.join(" AND ") }
    }

    /// The condition that a row can have been within the time of the view: from the first day of its first date to the last of its last.
    fn during(&self, table: Table) -> Option<String> {
        let during = self.view.during?;
        if !during.is_known() || self.own.is_empty(table) {
            return Some("1 = 0".to_owned());
        }
        let (start, end) =
            if table == Table::Ads { ("posted", "last_seen") } else { ("start", "end") };
        let half = |of: &str, which: &str| format!("{table}.{}", name(&format!("{of}_{which}")));
        let [first, last] = ["earliest", "latest"];
        let is_dated = |of: &str| {
            format!("({} IS NOT NULL OR {} IS NOT NULL)", half(of, first), half(of, last))
        };
        let either = |one: &str, other: &str, which: &str| {
            format!(
                "(CASE WHEN {} THEN {} ELSE {} END)",
                is_dated(one),
                half(one, which),
                half(other, which)
            )
        };
        let (earliest, latest) = (either(start, end, first), either(end, start, last));
        let mut all = vec![format!("({} OR {})", is_dated(start), is_dated(end))];
        // An end that nobody wrote down is open.
        if let Some(day) = during.earliest() {
            all.push(format!("({latest} IS NULL OR {latest} >= {})", date(day.number())));
        }
        if let Some(day) = during.latest() {
            all.push(format!("({earliest} IS NULL OR {earliest} <= {})", date(day.number())));
        }
        Some(all.join(" AND "))
    }
}

fn date(number: i32) -> String {
    format!("DATE_ADD(DATE '1970-01-01', {number})")
}
