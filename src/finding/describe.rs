//! Turns the evidence against somebody into what is told of him.

use std::collections::{BTreeMap, BTreeSet};

use super::caution::Caution;
use super::companions::Companions;
use super::engine::{Engine, Score, Weighed};
use super::evidence::Item;
use super::explain::Explain;
use super::recurrence::{Posterior, Share};
use super::standing::Standing;
use super::{Episode, EvidenceItem, MergeFinding, Recruiter};
use crate::case::{Case, Day, IdKind, Role, Status};
use crate::identity::EntityId;

pub(super) struct Describe<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) weighed: &'a Weighed,
    pub(super) companions: &'a Companions,
}

/// The evidence against one person in the best reading.
pub(super) struct Own {
    pub(super) units: Vec<usize>,
    pub(super) shares: Vec<Share>,
    pub(super) posterior: Posterior,
}

/// An item with the victim it is about.
type Told<'a> = (Option<u32>, &'a Item);

impl Describe<'_> {
    pub(super) fn recruiter(
        &self,
        rank: usize,
        one: &(EntityId, Score),
        rank_interval: [usize; 2],
    ) -> Recruiter {
        let (entity, score) = *one;
        let own = self.own(entity);
        let explain = Explain {
            engine: self.engine,
            weighed: self.weighed,
            companions: self.companions,
            own: &own,
            recurrence: score.recurrence,
        };
        let recurrence_by_gap = explain.by_gap();
        Recruiter {
            rank,
            entity,
            pseudonym: self.engine.identities.entities.pseudonym(self.engine.case, entity),
            person_ids: self.engine.person_ids(entity),
            recurrence: score.recurrence,
            rank_interval,
            expected_victims: score.expected_victims,
            expected_episodes: score.expected_episodes,
            roles: self.roles(entity),
            cautions: self.cautions(entity, &own, score, recurrence_by_gap),
            episodes: self.episodes(&own),
            may_be_protected: score.barred,
            active_now: explain.active_now(),
            rate: self.companions.rate(entity),
            over_expression: self.companions.over_expression(entity),
            grade_readings: self.companions.readings(entity),
            without_case: explain.without_case(),
            without_source: explain.without_source(),
            recurrence_by_gap,
            decisive_rows: explain.decisive_rows(),
            would_raise: explain.would_raise(),
            merges: self.merges(entity),
        }
    }

    fn own(&self, entity: EntityId) -> Own {
        let engine = self.engine;
        let rows: BTreeSet<u32> = engine.identities.entities.rows(entity).iter().copied().collect();
        let units: Vec<usize> = rows.iter().flat_map(|&row| engine.units_of(row)).collect();
        let share = |&unit: &usize| engine.share(unit, self.weighed, &engine.best);
        let shares: Vec<Share> = units.iter().map(share).collect();
        let posterior = engine.posterior(&shares);
        Own { units, shares, posterior }
    }

    /// In order of time; an episode without a day comes last.
    fn episodes(&self, own: &Own) -> Vec<Episode> {
        let mut episodes: Vec<(i32, Episode)> = (0..own.posterior.episodes.len())
            .filter_map(|number| {
                let units: Vec<usize> = (own.units.iter().zip(&own.posterior.episode_of))
                    .filter(|&(_, &episode)| episode == number)
                    .map(|(&unit, _)| unit)
                    .collect();
                let speaks = units.iter().any(|&unit| self.engine.units.units[unit].speaks);
                speaks.then(|| self.episode(&units, own.posterior.episodes[number]))
            })
            .collect();
        episodes.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.case_ids.cmp(&b.1.case_ids)));
        episodes.into_iter().map(|(_, episode)| episode).collect()
    }

    fn episode(&self, units: &[usize], probability: f64) -> (i32, Episode) {
        let engine = self.engine;
        let (case, entities) = (engine.case, &engine.identities.entities);
        let mut items: Vec<Told<'_>> = units.iter().flat_map(|&unit| self.items(unit)).collect();
        items.sort_by_key(|(victim, item)| {
            (item.assertion.file, item.assertion.line, *victim, item.class)
        });
        let dated = || {
            let acts = items.iter().any(|(_, item)| item.class.is_act() && item.when.is_known());
            let own = items.iter().filter(move |(_, item)| item.class.is_act() || !acts);
            own.map(|(_, item)| item.when)
        };
        let start = dated().filter_map(crate::case::When::earliest).min();
        let end = dated().filter_map(crate::case::When::latest).max();
        let files = units.iter().filter_map(|&unit| engine.units.units[unit].case.known());
        let files: BTreeSet<&str> = files.map(|file| case.shown(IdKind::Case, file)).collect();
        let victims: BTreeSet<_> = items
            .iter()
            .filter_map(|(victim, _)| entities.victim(entities.of_row((*victim)?)))
            .collect();
        let mut evidence: Vec<String> =
            items.iter().map(|(_, item)| case.place_of(&item.assertion)).collect();
        evidence.dedup();
        let episode = Episode {
            start: start.map(|day| day.to_string()),
            end: end.map(|day| day.to_string()),
            case_ids: files.into_iter().map(Into::into).collect(),
            victims: victims.into_iter().collect(),
            probability,
            evidence,
            items: items.iter().map(|one| self.item(*one)).collect(),
        };
        (start.map_or(i32::MAX, Day::number), episode)
    }

    fn items(&self, unit: usize) -> impl Iterator<Item = Told<'_>> {
        let engine = self.engine;
        let strands = engine.units.strands_of(&engine.units.units[unit]).iter();
        strands.flat_map(move |&at| {
            let strand = &engine.record.strands[at];
            engine.record.items_of(strand).iter().map(|item| (strand.victim, item))
        })
    }

    fn item(&self, (victim, item): Told<'_>) -> EvidenceItem {
        let (case, entities) = (self.engine.case, &self.engine.identities.entities);
        EvidenceItem {
            victim: victim.and_then(|row| entities.victim(entities.of_row(row))),
            class: item.class.name(),
            row: case.place_of(&item.assertion),
            source: case.shown(IdKind::Source, item.assertion.source).into(),
            certainty: item.assertion.certainty,
            weight: self.engine.ratios.of_class(item.class),
            date: item.when.to_string(),
            channel: case.shown(IdKind::Channel, item.channel).into(),
        }
    }

    fn roles(&self, entity: EntityId) -> Vec<(&'static str, usize)> {
        let mut cases: BTreeMap<Role, BTreeSet<_>> = BTreeMap::new();
        for role in self.engine.roles_of(entity) {
            cases.entry(role.role).or_default().insert(role.case);
        }
        cases.into_iter().map(|(role, cases)| (role.code(), cases.len())).collect()
    }

    /// What a reader should know before he thinks ill of somebody.
    fn cautions(&self, entity: EntityId, own: &Own, score: Score, by_gap: f64) -> Vec<Caution> {
        let case: &Case = self.engine.case;
        let mut cautions = Vec::new();
        if score.barred > 0.0 {
            cautions.push(Caution::MayBeProtected(score.barred));
        }
        for (standing, what) in [
            (Standing::Professional, Caution::Professional),
            (Standing::Client, Caution::Client),
            (Standing::Bystander, Caution::Bystander),
        ] {
            if self.stands(own, standing) {
                cautions.push(what);
            }
        }
        let acquitted =
            self.engine.roles_of(entity).filter(|role| role.status == Some(Status::Acquitted));
        let files: BTreeSet<&str> =
            acquitted.map(|role| case.shown(IdKind::Case, role.case)).collect();
        cautions.extend(files.into_iter().map(|file| Caution::Acquitted(file.to_owned())));
        let speaking = || own.shares.iter().filter(|share| share.speaks);
        let first = speaking().next().and_then(|share| share.voice);
        if first.is_some() && speaking().all(|share| share.voice == first) {
            cautions.push(Caution::OneSource);
        }
        if score.recurrence >= 0.5 && by_gap < 0.5 {
            cautions.push(Caution::NearInTime);
        }
        cautions
    }

    fn stands(&self, own: &Own, standing: Standing) -> bool {
        let units = own.units.iter().map(|&unit| &self.engine.units.units[unit]);
        units
            .into_iter()
            .any(|unit| self.engine.standings.in_case(unit.actor, unit.case) == standing)
    }

    fn merges(&self, entity: EntityId) -> Vec<MergeFinding> {
        let engine = self.engine;
        let entities = &engine.identities.entities;
        let own = engine.identities.merges.iter().filter(|merge| {
            entities.of_row(merge.rows.0) == entity && entities.of_row(merge.rows.1) == entity
        });
        own.map(|merge| MergeFinding::of(engine.case, merge)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::{Caution, Recruiter, Recruiters};
    use crate::identity::Identities;
    use crate::identity::sketch::case;

    /// Somebody who recruited two, each in a file and by a source of its own, with further roles.
    fn found(second_day: &str, second_source: &str, roles: &str) -> Recruiter {
        let links = format!(
            "link_id,from,to,kind,case_id,start,source,grade\nl1,p1,p2,recruited,c1,2019-03-01,s1,0.95\n\
             l2,p1,p3,recruited,c2,{second_day},{second_source},0.95\n"
        );
        let roles = format!("case_id,person_id,role,status\nc1,p2,victim,\nc2,p3,victim,\n{roles}");
        let case = case(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\nc10\n"),
            ("people.csv", "person_id\np1\np2\np3\n"),
            ("roles.csv", &roles),
            ("links.csv", &links),
        ]);
        let options = Recruiters { draws: 0, least: 0.0, ..Recruiters::default() };
        let found = options.find(&case, &Identities::as_given(&case)).expect("a case");
        found.into_iter().next().expect("somebody is listed")
    }

    fn cautions(second_day: &str, second_source: &str, roles: &str) -> Vec<Caution> {
        found(second_day, second_source, roles).cautions
    }

    #[test]
    fn what_speaks_for_caution_is_told_and_nothing_else() {
        assert_eq!(cautions("2020-03-01", "s2", ""), []);
        assert_eq!(cautions("2020-03-01", "s1", ""), [Caution::OneSource]);
        assert_eq!(cautions("2019-03-15", "s2", ""), [Caution::NearInTime]);
        for (role, caution) in [
            ("professional", Caution::Professional),
            ("client", Caution::Client),
            ("family", Caution::Bystander),
        ] {
            assert_eq!(cautions("2020-03-01", "s2", &format!("c2,p1,{role},\n")), [caution]);
        }
        let acquitted = "c3,p1,driver,acquitted\n";
        assert_eq!(cautions("2020-03-01", "s2", acquitted), [Caution::Acquitted("c3".into())]);
    }

    #[test]
    fn roles_are_told_with_the_number_of_their_files() {
        let roles = "c1,p1,driver,\nc3,p1,driver,\nc3,p1,driver,suspect\nc3,p1,recruiter,\n";
        assert_eq!(found("2020-03-01", "s2", roles).roles, [("recruiter", 1), ("driver", 2)]);
    }

    #[test]
    fn an_episode_tells_its_file_its_victim_and_its_rows() {
        let found = found("2020-03-01", "s2", "");
        let told: Vec<_> = found
            .episodes
            .iter()
            .map(|one| (one.start.as_deref(), one.case_ids.join(" "), one.evidence.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                (Some("2019-03-01"), "c1".to_owned(), "links.csv:2".to_owned()),
                (Some("2020-03-01"), "c2".to_owned(), "links.csv:3".to_owned()),
            ]
        );
        let item = &found.episodes[1].items[0];
        assert_eq!(
            (item.class, item.row.as_str(), item.source.as_str()),
            ("recruited", "links.csv:3", "s2")
        );
        assert_eq!(item.date, "2020-03-01");
        assert!((item.certainty - 0.95).abs() < 1e-12);
    }
}
