//! The ranked list: its order, its thresholds, and who should not be on it.

use std::collections::BTreeMap;

use super::Score;
use super::calibration::Cut;
use super::found::Found;
use super::people::{Entry, People, PersonNo};
use super::ranking::{Ranking, area_under_curve, share};

/// Recurrences at which lists are cut.
const CUTS: [f64; 3] = [0.5, 0.8, 0.9];

impl Score {
    /// How good the order is, against all there are and against those who can be seen twice.
    pub(super) fn list(&mut self, people: &People<'_>, entries: &[Entry<'_>], found: &Found) {
        let detectable = of_detectable(people, entries);
        let all = of_all(people, entries);
        self.put("ap_detectable", detectable.average_precision());
        self.put("ap_all", all.average_precision());
        self.put("r_precision", detectable.r_precision());
        for count in [10, 50, 100] {
            self.put(format!("precision_at_{count}"), all.precision_at(count));
        }
        self.put("recall_at_5", detectable.recall_at(5));
        let ranked =
            if found.entities.is_empty() { mentioned(people) } else { found.entities.len() };
        self.put("recall_at_1_percent", detectable.recall_at(ranked.div_ceil(100)));
        self.put("roc_auc", area_under_curve(&scored(people, entries)));
        self.put("rank_interval_coverage", coverage(people, entries));
        let leaks = entries.iter().filter(|one| people.any_protected(&one.found.person_ids));
        self.put("protected_listed", Some(leaks.count() as f64));
    }

    /// What the list announces, and what is in it when it is cut.
    pub(super) fn thresholds(&mut self, people: &People<'_>, entries: &[Entry<'_>]) {
        for entry in entries {
            self.calibration.add(entry.found.recurrence, is_hit(people, entry));
        }
        let (brier, error) = (self.calibration.brier(), self.calibration.expected_error());
        self.put("brier_from_0.2", brier);
        self.put("ece_from_0.2", error);
        for threshold in CUTS {
            let cut = cut(people, entries, threshold);
            self.put(format!("listed_at_{threshold}"), Some(cut.listed as f64));
            self.put(format!("precision_at_{threshold}"), cut.precision());
            self.put(format!("recall_at_{threshold}"), cut.recall());
            self.put(format!("announced_errors_at_{threshold}"), cut.announced());
            self.put(format!("actual_errors_at_{threshold}"), cut.actual());
            self.cuts.push(cut);
        }
        self.wrongly_listed(people, entries);
    }

    /// Who stands in the list cut at .5 and does not recruit again and again, by kind and by decoy.
    fn wrongly_listed(&mut self, people: &People<'_>, entries: &[Entry<'_>]) {
        let at = |entry: &&Entry<'_>| entry.found.recurrence >= CUTS[0];
        let listed = entries.iter().filter(at).count();
        let mut kinds: BTreeMap<String, usize> = ["professionals", "clients", "taxis", "protected"]
            .map(|kind| (kind.to_owned(), 0))
            .into();
        let mut decoys: BTreeMap<&str, usize> = BTreeMap::new();
        for person in &people.truth.persons {
            decoys.extend(person.decoys.iter().map(|decoy| (&**decoy, 0)));
        }
        for entry in entries.iter().filter(at).filter(|entry| !is_hit(people, entry)) {
            let Some(person) = entry.person.map(|no| &people.truth.persons[no]) else { continue };
            let kind = if person.kind == "victim" {
                "protected".into()
            } else {
                format!("{}s", person.kind)
            };
            *kinds.entry(kind).or_default() += 1;
            for decoy in &person.decoys {
                *decoys.entry(decoy).or_default() += 1;
            }
        }
        let innocent = kinds["professionals"] + kinds["clients"] + kinds["taxis"];
        self.put("innocent_share_at_0.5", share(innocent as f64, listed));
        for (kind, count) in kinds {
            self.put(format!("{kind}_at_0.5"), Some(count as f64));
        }
        for (decoy, count) in decoys {
            self.put(format!("decoy_{decoy}_at_0.5"), Some(count as f64));
        }
    }
}

fn is_hit(people: &People<'_>, entry: &Entry<'_>) -> bool {
    !entry.again && entry.person.is_some_and(|person| people.recurring.contains(&person))
}

fn of_all(people: &People<'_>, entries: &[Entry<'_>]) -> Ranking {
    let hits = entries.iter().map(|entry| is_hit(people, entry)).collect();
    Ranking { hits, positives: people.recurring.len() }
}

/// Those who recruit again and again but cannot be seen to are neither found nor errors: they are left out.
fn of_detectable(people: &People<'_>, entries: &[Entry<'_>]) -> Ranking {
    let detectable =
        |entry: &Entry<'_>| entry.person.is_some_and(|person| people.detectable.contains(&person));
    let kept = entries.iter().filter(|entry| !is_hit(people, entry) || detectable(entry));
    let hits = kept.map(|entry| is_hit(people, entry)).collect();
    Ranking { hits, positives: people.detectable.len() }
}

fn mentioned(people: &People<'_>) -> usize {
    people.truth.persons.iter().filter(|person| !person.person_ids.is_empty()).count()
}

/// Everybody who is mentioned and no victim, with his highest recurrence; 0 who is not listed.
fn scored(people: &People<'_>, entries: &[Entry<'_>]) -> Vec<(f64, bool)> {
    let mut highest: BTreeMap<PersonNo, f64> = BTreeMap::new();
    for entry in entries {
        if let Some(person) = entry.person {
            let best = highest.entry(person).or_default();
            *best = best.max(entry.found.recurrence);
        }
    }
    let persons = people.truth.persons.iter().enumerate();
    let ranked = persons
        .filter(|(no, person)| !person.person_ids.is_empty() && !people.protected.contains(no));
    let score = |no| highest.get(&no).copied().unwrap_or(0.0);
    ranked.map(|(no, _)| (score(no), people.detectable.contains(&no))).collect()
}

fn cut(people: &People<'_>, entries: &[Entry<'_>], threshold: f64) -> Cut {
    let mut cut = Cut { threshold, detectable: people.detectable.len(), ..Cut::default() };
    for entry in entries.iter().filter(|entry| entry.found.recurrence >= threshold) {
        cut.listed += 1;
        cut.announced_errors += 1.0 - entry.found.recurrence;
        if is_hit(people, entry) {
            cut.hits += 1;
            let detectable = entry.person.is_some_and(|person| people.detectable.contains(&person));
            cut.detected += usize::from(detectable);
        }
    }
    cut
}

/// The share of listed true recurring recruiters whose rank interval holds a rank that complete data
/// would give.
///
/// Complete data rank those who recruit again and again by their true recruiting cases; those with
/// equally many share all the ranks between them, and an interval holds the rank if it meets any of these.
fn coverage(people: &People<'_>, entries: &[Entry<'_>]) -> Option<f64> {
    let mut cases: BTreeMap<PersonNo, usize> = BTreeMap::new();
    for episode in &people.truth.episodes {
        if let Some(person) = people.person(&episode.person) {
            *cases.entry(person).or_default() += 1;
        }
    }
    cases.retain(|person, _| people.recurring.contains(person));
    let (mut held, mut judged) = (0.0, 0);
    for entry in entries.iter().filter(|entry| is_hit(people, entry)) {
        let own = entry.person.and_then(|person| cases.get(&person)).copied();
        let (Some([low, high]), Some(own)) = (entry.found.rank_interval, own) else { continue };
        let first = 1 + cases.values().filter(|&&other| other > own).count();
        let last = cases.values().filter(|&&other| other >= own).count();
        held += f64::from(u8::from(low <= last && first <= high));
        judged += 1;
    }
    share(held, judged)
}
