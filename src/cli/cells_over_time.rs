//! Groups in one period after another, as rows.

use std::process::ExitCode;

use kluwen::case::Case;
use kluwen::error::Result;
use kluwen::finding::{CellsOverTime, Community};
use kluwen::identity::Entities;
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::flags::Form;
use super::print::{self, listed};
use super::recruiters::rounded;

/// Prints a row a group and period, and says what became of them.
pub(crate) fn print(
    found: &CellsOverTime,
    (case, entities): (&Case, &Entities),
    form: Form,
    manner: Manner,
) -> Result<ExitCode> {
    for one in &found.changes {
        manner.say(&format!(
            "{}: {} ({} → {})",
            one.from,
            one.change,
            numbers(&one.before),
            numbers(&one.after)
        ));
    }
    manner.say(&format!(
        "{} links are left out because they have no date. A group is not a gang.",
        found.undated
    ));
    let rows = || {
        let mut sheet =
            Sheet::new(["from", "to", "group", "size", "firmness", "members", "became"]);
        for (at, period) in found.periods.iter().enumerate() {
            for group in &period.groups {
                let became = found.periods.get(at + 1).map(|next| became(found, &next.from, group));
                let ids = group
                    .entities
                    .iter()
                    .map(|&who| entities.person_ids(case, who).collect::<Vec<_>>().join("="));
                sheet.push([
                    Cell::from(period.from.as_str()),
                    period.to.as_str().into(),
                    group.community.into(),
                    group.entities.len().into(),
                    rounded(group.stability),
                    listed(&ids.collect::<Vec<_>>(), form).into(),
                    became.map_or(Cell::Missing, Cell::from),
                ]);
            }
        }
        sheet
    };
    print::rows(&[found], rows, form)?;
    Ok(ExitCode::SUCCESS)
}

fn became(found: &CellsOverTime, from: &str, group: &Community) -> String {
    let of = found
        .changes
        .iter()
        .filter(|one| one.from == from && one.before.contains(&group.community));
    let told = of.map(|one| match one.after.as_slice() {
        [] => one.change.to_owned(),
        after => format!("{} {}", one.change, numbers(after)),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn numbers(groups: &[usize]) -> String {
    let all: Vec<String> = groups.iter().map(ToString::to_string).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_by_their_numbers() {
        assert_eq!([&[][..], &[3], &[3, 12]].map(numbers), ["–", "3", "3, 12"]);
    }
}
