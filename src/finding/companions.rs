//! What stands beside the recurrence, never blended into it.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::{Engine, Score, Weighed};
use super::over_expression::{OverExpression, over_expressions};
use super::rates::{Rate, rates};
use super::recruiters::ranked;
use crate::case::{Case, Day, Symbol, When};
use crate::identity::EntityId;

/// The companions of everybody, by entity.
pub(super) struct Companions {
    rates: BTreeMap<EntityId, Rate>,
    over: BTreeMap<EntityId, OverExpression>,
    /// By reading of the grades: everybody in order.
    readings: Vec<(&'static str, Vec<(EntityId, Score)>)>,
    /// The recurrences of everybody who is ranked, the largest first.
    pub(super) recurrences: Vec<f64>,
    /// The first day that is still "now".
    pub(super) recent: Option<i32>,
}

/// What somebody's recurrence and rank are when grades are read otherwise.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct GradeReading {
    /// `strict`, `default` or `lenient`.
    pub grades: &'static str,
    /// The recurrence then.
    pub recurrence: f64,
    /// The rank then.
    pub rank: usize,
}

/// How the odds that a row is true change from one reading of the grades to the next.
const STRICTNESS: f64 = 3.0;

/// "Now" is this long, until the last day of the data.
const NOW_DAYS: i32 = 730;

impl Companions {
    pub(super) fn of(engine: &Engine<'_>, weighed: &Weighed, all: &[(EntityId, Score)]) -> Self {
        let cases = cases(engine);
        let none = BTreeSet::new();
        let of_one = |entity: &EntityId| cases.get(entity).unwrap_or(&none).len();
        let rated: Vec<(f64, usize)> =
            all.iter().map(|(entity, score)| (score.expected_victims, of_one(entity))).collect();
        let ties = ties(engine, weighed);
        let counts: Vec<(usize, usize)> = ties.values().copied().collect();
        let entities = all.iter().map(|one| one.0);
        Self {
            rates: entities.zip(rates(&rated)).collect(),
            over: ties.keys().copied().zip(over_expressions(&counts)).collect(),
            readings: readings(engine, all),
            recurrences: all.iter().map(|one| one.1.recurrence).collect(),
            recent: last_day(engine.case).map(|day| day.number() - NOW_DAYS),
        }
    }

    pub(super) fn rate(&self, entity: EntityId) -> Option<Rate> {
        self.rates.get(&entity).copied()
    }

    pub(super) fn over_expression(&self, entity: EntityId) -> Option<OverExpression> {
        self.over.get(&entity).copied()
    }

    pub(super) fn readings(&self, entity: EntityId) -> Vec<GradeReading> {
        let of = |(grades, all): &(&'static str, Vec<(EntityId, Score)>)| {
            let at = all.iter().position(|one| one.0 == entity)?;
            Some(GradeReading { grades, recurrence: all[at].1.recurrence, rank: at + 1 })
        };
        self.readings.iter().filter_map(of).collect()
    }

    /// The rank of somebody whose recurrence would be this, and was `own`.
    pub(super) fn rank_at(&self, recurrence: f64, own: f64) -> usize {
        let above = self.recurrences.partition_point(|&other| other > recurrence);
        above + 1 - usize::from(own > recurrence)
    }
}

/// Everybody's order when the odds of every row are divided by three, as they are, and multiplied by three.
fn readings(
    engine: &Engine<'_>,
    all: &[(EntityId, Score)],
) -> Vec<(&'static str, Vec<(EntityId, Score)>)> {
    let kept: BTreeSet<EntityId> = all.iter().map(|one| one.0).collect();
    let read = |times: f64| {
        let certainty = |certainty: f64| {
            let yes = certainty * times;
            yes / (yes + 1.0 - certainty)
        };
        let weighed = engine.weigh(|item| certainty(item.assertion.certainty));
        let mut people = engine.people(&engine.readings(&weighed));
        people.retain(|one| kept.contains(&one.0));
        ranked(people, |_| true)
    };
    vec![
        ("strict", read(1.0 / STRICTNESS)),
        ("default", all.to_vec()),
        ("lenient", read(STRICTNESS)),
    ]
}

/// In which case files everybody is on record.
fn cases(engine: &Engine<'_>) -> BTreeMap<EntityId, BTreeSet<Symbol>> {
    let (case, entities) = (engine.case, &engine.identities.entities);
    let of_roles = case.roles.iter().map(|role| (role.person, role.case));
    let of_links =
        case.links.iter().flat_map(|link| [link.from, link.to].map(|person| (person, link.case)));
    let mut found: BTreeMap<EntityId, BTreeSet<Symbol>> = BTreeMap::new();
    for (person, file) in of_roles.chain(of_links).filter(|(_, file)| file.is_known()) {
        if let Some(entity) = entities.of(case, person) {
            found.entry(entity).or_default().insert(file);
        }
    }
    found
}

/// Everybody's ties to victims by case, and how many of them are such as a recruiter has.
///
/// People who are no offenders have ties too: without them nobody would have more than is usual.
fn ties(engine: &Engine<'_>, weighed: &Weighed) -> BTreeMap<EntityId, (usize, usize)> {
    let (case, entities) = (engine.case, &engine.identities.entities);
    let mut tied: BTreeMap<(EntityId, EntityId, Symbol), bool> = BTreeMap::new();
    for link in case.links.iter() {
        for (actor, victim) in [(link.from, link.to), (link.to, link.from)] {
            if let (Some(actor), Some(victim)) =
                (entities.of(case, actor), entities.of(case, victim))
                && entities.victim(actor).is_none()
                && entities.victim(victim).is_some()
            {
                tied.entry((actor, victim, link.case)).or_insert(false);
            }
        }
    }
    for (at, unit) in engine.units.units.iter().enumerate() {
        let entity = entities.of_row(unit.actor);
        if entities.victim(entity).is_some() || weighed.surest[at] <= 0.0 {
            continue;
        }
        for &strand in engine.units.strands_of(unit) {
            if let Some(victim) = engine.record.strands[strand].victim {
                tied.insert((entity, entities.of_row(victim), unit.case), unit.speaks);
            }
        }
    }
    let mut counts: BTreeMap<EntityId, (usize, usize)> = BTreeMap::new();
    for (&(actor, ..), &recruiting) in &tied {
        let count = counts.entry(actor).or_default();
        count.0 += 1;
        count.1 += usize::from(recruiting);
    }
    counts
}

/// The last day of anything dated that somebody did.
pub(super) fn last_day(case: &Case) -> Option<Day> {
    let of_links = case.links.iter().flat_map(|link| [link.start, link.end]);
    let of_ads = case.ads.iter().flat_map(|ad| [ad.posted, ad.last_seen]);
    of_links.chain(of_ads).filter_map(When::latest).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Recruiter, Recruiters};
    use crate::identity::Identities;
    use crate::identity::sketch::case;

    /// He recruited one and groomed another, and paid a third; somebody of unknown part knows the first.
    fn found() -> Vec<Recruiter> {
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\n"),
            ("people.csv", "person_id\np1\np2\np3\np4\np5\n"),
            (
                "roles.csv",
                "case_id,person_id,role\nc1,p3,victim\nc2,p4,victim\nc3,p5,victim\nc3,p1,driver\n",
            ),
            (
                "links.csv",
                "link_id,from,to,kind,case_id,grade\nl1,p1,p3,recruited,c1,0.8\nl2,p1,p4,groomed,c2,0.7\n\
                 l3,p1,p5,paid,c3,0.9\nl4,p2,p3,contact,c1,0.9\n",
            ),
        ]);
        let options = Recruiters { draws: 0, least: 0.0, ..Recruiters::default() };
        options.find(&case, &Identities::as_given(&case)).expect("a case")
    }

    #[test]
    fn ties_that_speak_of_recruiting_are_told_from_the_others() {
        let found = found();
        let over = found[0].over_expression.expect("he has ties");
        assert_eq!((over.ties, over.recruiting), (3, 2));
        // Two of the four ties are of a recruiter: of four ways to choose three of them two hold both.
        assert!((over.p - 0.5).abs() < 1e-12, "{over:?}");
        assert_eq!(found[0].rate.expect("he is in files").cases, 3);
    }

    #[test]
    fn rows_read_strictly_are_worth_less_and_leniently_more() {
        let found = found();
        let readings = &found[0].grade_readings;
        let names: Vec<&str> = readings.iter().map(|one| one.grades).collect();
        assert_eq!(names, ["strict", "default", "lenient"]);
        let [strict, as_they_are, lenient] = [0, 1, 2].map(|at| readings[at].recurrence);
        assert!(strict < as_they_are && as_they_are < lenient, "{readings:?}");
        assert!((as_they_are - found[0].recurrence).abs() < 1e-12);
        assert!(readings.iter().all(|one| one.rank == 1));
    }

    #[test]
    fn a_rank_is_one_more_than_how_many_others_stand_above() {
        let companions = Companions {
            rates: BTreeMap::new(),
            over: BTreeMap::new(),
            readings: Vec::new(),
            recurrences: vec![0.9, 0.8, 0.5, 0.2],
            recent: None,
        };
        // The second falls below the third, to between the two, and rises.
        assert_eq!(companions.rank_at(0.3, 0.8), 3);
        assert_eq!(companions.rank_at(0.6, 0.8), 2);
        assert_eq!(companions.rank_at(0.85, 0.8), 2);
        assert_eq!(companions.rank_at(0.95, 0.8), 1);
        assert_eq!(companions.rank_at(0.2, 0.2), 4);
        assert_eq!(companions.rank_at(0.0, 0.9), 4);
    }

    #[test]
    fn the_last_day_is_that_of_any_link_or_advertisement() {
        let last = |link: &str, ad: &str| {
            let links = format!("link_id,from,to,kind,start,end\nl1,p1,p2,paid,{link}\n");
            let ads = format!("ad_id,posted,last_seen\na1,{ad}\n");
            let tables = [
                ("people.csv", "person_id\np1\np2\n"),
                ("roles.csv", "case_id,person_id,role\n"),
                ("links.csv", &links),
                ("ads.csv", &ads),
            ];
            last_day(&case(&tables)).map(|day| day.to_string())
        };
        assert_eq!(last("2019-01-05,2019-02", ",").as_deref(), Some("2019-02-28"));
        assert_eq!(last("2019-01-05,", "2019-01-06,2019-01-09").as_deref(), Some("2019-01-09"));
        assert_eq!(last("2019-01-05,", "2019-01-06,").as_deref(), Some("2019-01-06"));
        assert_eq!(last(",", ","), None);
    }
}
