//! Groups of people, as a reader sees them.

use serde::Serialize;

use super::people::Codes;
use super::phrases::{listed, some_of};
use crate::finding::{CellChange, CellsBasis, Community, Findings};
use crate::measure::Divider;
use crate::output::percent::percent;
use crate::output::words::Words;

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

impl CellsView {
    /// Whether there is anything to tell.
    pub(super) fn is_any(&self) -> bool {
        self.loose > 0 || !self.groups.is_empty()
    }
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
    change: String,
    before: String,
    after: String,
}

/// So many changes are shown.
const CHANGES: usize = 40;

pub(super) fn cells(findings: &Findings, codes: &Codes, words: &Words) -> CellsView {
    let firm = || findings.communities.iter().filter(|group| group.is_firm());
    let over_time = &findings.communities_over_time;
    let told = |one: &&CellChange| one.change != "continues";
    let changes = over_time.changes.iter().filter(told);
    let shown: Vec<ChangeView> =
        changes.clone().take(CHANGES).map(|one| change(one, words)).collect();
    CellsView {
        groups: firm().map(|group| community(group, codes, words)).collect(),
        loose: findings.communities.len() - firm().count(),
        basis: basis(&findings.communities_basis, words),
        cautions: cautions(&findings.communities_basis, words),
        more_changes: changes.count() - shown.len(),
        changes: shown,
    }
}

fn community(group: &Community, codes: &Codes, words: &Words) -> CommunityView {
    const SHOWN: usize = 24;
    CommunityView {
        number: group.community,
        people: group.entities.len(),
        stability: percent(group.stability),
        members: some_of(&codes.all(&group.entities), SHOWN, words),
        at_the_edge: group.membership.iter().filter(|&&one| one < Community::FIRM).count(),
    }
}

fn basis(basis: &CellsBasis, words: &Words) -> String {
    let methods: Vec<String> = basis.methods.iter().map(|one| method(*one, words)).collect();
    words.with(
        "cells-basis",
        &[
            ("seeds", basis.seeds.to_string().into()),
            ("methods", methods.join(", ").into()),
            ("agreement", words.fixed(basis.agreement, 2).into()),
        ],
    )
}

fn method(divider: Divider, words: &Words) -> String {
    match divider {
        Divider::Modularity(resolution) => {
            words.with("divider-modularity", &[("resolution", words.decimal(resolution).into())])
        }
        Divider::Density(times) => {
            words.with("divider-density", &[("times", words.decimal(times).into())])
        }
        Divider::Flow => words.say("divider-flow"),
    }
}

fn cautions(basis: &CellsBasis, words: &Words) -> Vec<String> {
    /// In a smaller component one group is no wonder.
    const LARGE: usize = 12;
    let mut cautions = Vec::new();
    for (divider, &count) in basis.methods.iter().zip(&basis.collapsed) {
        if count > 0 && basis.largest_component >= LARGE {
            cautions.push(words.with(
                "cells-collapsed",
                &[
                    ("method", method(*divider, words).into()),
                    ("people", basis.largest_component.into()),
                    ("count", count.into()),
                    ("seeds", basis.seeds.to_string().into()),
                ],
            ));
        }
    }
    cautions.extend(against_chance(basis, words));
    if basis.hubs > 0 {
        cautions.push(words.with("cells-hubs", &[("hubs", basis.hubs.into())]));
    }
    cautions
}

/// How the groups stand out from those of exchanged ties.
fn against_chance(basis: &CellsBasis, words: &Words) -> Option<String> {
    const LITTLE: f64 = 0.05;
    let (Some(expected), Some(p)) = (basis.expected, basis.p) else {
        return (basis.largest_component > 0).then(|| words.say("cells-no-chance"));
    };
    let told = words.with(
        "cells-chance",
        &[
            ("modularity", words.fixed(basis.modularity, 3).into()),
            ("expected", words.fixed(expected, 3).into()),
            ("draws", basis.draws.into()),
            ("p", words.fixed(p, 3).into()),
        ],
    );
    if p > LITTLE { Some(format!("{told} {}", words.say("cells-by-chance"))) } else { Some(told) }
}

fn change(one: &CellChange, words: &Words) -> ChangeView {
    let numbers = |groups: &[usize]| listed(groups.iter().map(ToString::to_string));
    ChangeView {
        from: one.from.clone(),
        change: words.term("change", one.change),
        before: numbers(&one.before),
        after: numbers(&one.after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    /// Divided ten times each, and three times by modularity not at all.
    fn found() -> CellsBasis {
        CellsBasis {
            methods: vec![Divider::Modularity(1.0), Divider::Density(2.0), Divider::Flow],
            seeds: 10,
            agreement: 0.854,
            collapsed: vec![3, 0, 0],
            largest_component: 12,
            modularity: 0.4564,
            expected: Some(0.3),
            p: Some(0.05),
            draws: 100,
            ..CellsBasis::default()
        }
    }

    fn warned(basis: &CellsBasis) -> Vec<String> {
        cautions(basis, &Words::of(Lang::En))
    }

    #[test]
    fn it_is_told_by_what_groups_were_found_and_how_far_that_agrees() {
        assert_eq!(
            basis(&found(), &Words::of(Lang::En)),
            "Divided 10 times by each of: modularity at 1, CPM at 2 × density, map equation. The divisions agree with the groups by an adjusted Rand index of .85."
        );
    }

    #[test]
    fn a_method_that_left_a_large_component_whole_is_told() {
        let collapsed = "Collapsed: modularity at 1 left the largest component of 12 people whole 3 of 10 times, and says nothing of who belongs together there.";
        assert_eq!(warned(&found())[0], collapsed);
        // In a component of eleven that is no wonder.
        let small = CellsBasis { largest_component: 11, ..found() };
        assert_eq!(warned(&small), warned(&found())[1..]);
    }

    #[test]
    fn groups_are_held_against_chance() {
        let chance = "The modularity is .456; .300 when ties are exchanged and everybody keeps as many (100 times, p .050).";
        assert_eq!(warned(&found())[1..], [chance]);
        let likely = warned(&CellsBasis { p: Some(0.051), ..found() });
        assert!(likely[1].ends_with(" So groups do not stand out from chance."), "{likely:?}");
        let never = CellsBasis { expected: None, collapsed: vec![0; 3], ..found() };
        let told =
            "Whether groups stand out from chance was not worked out: there are too many ties.";
        assert_eq!(warned(&never), [told]);
        assert_eq!(warned(&CellsBasis { largest_component: 0, ..never }), [""; 0]);
    }

    #[test]
    fn what_too_many_share_is_counted() {
        let hubs = |hubs| warned(&CellsBasis { hubs, ..found() }).split_off(2);
        assert_eq!(hubs(0), [""; 0]);
        let one = "1 phone, handle or account ties nobody here, because too many share them.";
        assert_eq!(hubs(1), [one]);
    }
}
