//! Groups of people, as a reader sees them.

use serde::Serialize;

use super::people::Codes;
use super::words::some_of;
use crate::finding::{CellChange, CellsBasis, Community, Findings};
use crate::output::percent::percent;

/// Groups, what they rest on, and what became of them.
#[derive(Debug, Serialize)]
pub(super) struct CellsView {
    groups: Vec<CommunityView>,
    /// How many hold together too loosely to be called groups.
    loose: usize,
    basis: String,
    cautions: Vec<String>,
    changes: Vec<ChangeView>,
    /// How many more changes there are.
    more_changes: usize,
}

#[derive(Debug, Serialize)]
struct CommunityView {
    number: usize,
    people: usize,
    stability: String,
    members: String,
    /// Members who fall together with the others too seldom.
    at_the_edge: usize,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    from: String,
    change: &'static str,
    before: String,
    after: String,
}

/// So many changes are shown.
const CHANGES: usize = 40;

pub(super) fn cells(findings: &Findings, codes: &Codes) -> CellsView {
    let firm = || findings.communities.iter().filter(|group| group.is_firm());
    let over_time = &findings.communities_over_time;
    let told = |one: &&CellChange| one.change != "continues";
    let changes = over_time.changes.iter().filter(told);
    let shown: Vec<ChangeView> = changes.clone().take(CHANGES).map(change).collect();
    CellsView {
        groups: firm().map(|group| community(group, codes)).collect(),
        loose: findings.communities.len() - firm().count(),
        basis: basis(&findings.communities_basis),
        cautions: cautions(&findings.communities_basis),
        more_changes: changes.count() - shown.len(),
        changes: shown,
    }
}

fn community(group: &Community, codes: &Codes) -> CommunityView {
    const SHOWN: usize = 24;
    CommunityView {
        number: group.community,
        people: group.entities.len(),
        stability: percent(group.stability),
        members: some_of(&codes.all(&group.entities), SHOWN),
        at_the_edge: group.membership.iter().filter(|&&one| one < Community::FIRM).count(),
    }
}

fn basis(basis: &CellsBasis) -> String {
    format!(
        "Divided {} times by each of: {}. The divisions agree with the groups by an adjusted Rand index of {:.2}.",
        basis.seeds,
        basis.methods.join(", "),
        basis.agreement
    )
}

fn cautions(basis: &CellsBasis) -> Vec<String> {
    /// In a smaller component one group is no wonder.
    const LARGE: usize = 12;
    const LITTLE: f64 = 0.05;
    let mut cautions = Vec::new();
    for (method, &count) in basis.methods.iter().zip(&basis.collapsed) {
        if count > 0 && basis.largest_component >= LARGE {
            cautions.push(format!(
                "Collapsed: {method} left the largest component of {} people whole {count} of {} times, and says nothing of who belongs together there.",
                basis.largest_component, basis.seeds
            ));
        }
    }
    match (basis.expected, basis.p) {
        (Some(expected), Some(p)) => cautions.push(format!(
            "The modularity is {:.3}; {expected:.3} when ties are exchanged and everybody keeps as many ({} times, p {p:.3}).{}",
            basis.modularity,
            basis.draws,
            if p > LITTLE { " So groups do not stand out from chance." } else { "" }
        )),
        _ if basis.largest_component > 0 => {
            cautions.push("Whether groups stand out from chance was not worked out: there are too many ties.".into());
        }
        _ => {}
    }
    if basis.hubs > 0 {
        cautions.push(format!(
            "{} phones, handles or accounts tie nobody here, because too many share them.",
            basis.hubs
        ));
    }
    cautions
}

fn change(one: &CellChange) -> ChangeView {
    let numbers = |groups: &[usize]| {
        let all: Vec<String> = groups.iter().map(ToString::to_string).collect();
        if all.is_empty() { "–".to_owned() } else { all.join(", ") }
    };
    ChangeView {
        from: one.from.clone(),
        change: one.change,
        before: numbers(&one.before),
        after: numbers(&one.after),
    }
}
