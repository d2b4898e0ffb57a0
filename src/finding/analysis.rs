//! The main job: everything that is found in a case, from one reading of it.

use super::protected::protected;
use super::study::study;
use super::{
    Adverts, Basis, Cells, Channels, EntityFinding, Findings, Grooming, ModelCard, Motifs,
    OverTime, Recruiter, Recruiters, Recruiting,
};
use crate::case::{Case, Day, Taken};
use crate::error::Result;
use crate::graph::Network;
use crate::identity::{Entities, Identities};

/// All that can be asked of a case, with its options.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// How recurring recruiters are found.
    pub recruiters: Recruiters,
    /// How channels are found.
    pub channels: Channels,
    /// How channels are followed month by month.
    pub over_time: OverTime,
    /// How advertisements of one hand are found.
    pub adverts: Adverts,
    /// How communities are found.
    pub cells: Cells,
    /// How grooming windows are found.
    pub grooming: Grooming,
    /// How motifs are found.
    pub motifs: Motifs,
}

/// The period of groups through time, in days.
const A_YEAR: u32 = 365;

impl Analysis {
    /// The same analysis with every random choice from `seed`.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.recruiters.seed = seed;
        self.over_time.seed = seed;
        self.adverts.seed = seed;
        self.cells = self.cells.seeded(seed);
        self.grooming.seed = seed;
        self.motifs.seed = seed;
        self
    }

    /// All findings of a case that was read.
    ///
    /// # Errors
    ///
    /// If an option is out of its range.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{ReadOptions, read};
    /// use kluwen::finding::Analysis;
    /// use kluwen::identity::Identities;
    ///
    /// let taken = read("graphs/study25".as_ref(), &ReadOptions::default())?;
    /// let identities = Identities::as_given(&taken.case);
    /// let findings = Analysis::default().of(&taken, &identities)?;
    /// assert_eq!(findings.recruiters[0].person_ids, ["p9"]);
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn of(&self, taken: &Taken, identities: &Identities) -> Result<Findings> {
        let (case, entities) = (&taken.case, &identities.entities);
        let network = Network::new(case, entities);
        let Recruiting { recruiters, withheld, leads, measured } =
            self.recruiters.look(case, identities)?;
        let entity = |entity| EntityFinding {
            entity,
            person_ids: entities.person_ids(case, entity).map(Into::into).collect(),
            probability: entities.probability(entity),
        };
        let windows = self.grooming.find(case, entities);
        let hands = self.adverts.find(case, entities);
        let cells = self.cells.find(&network)?;
        Ok(Findings {
            schema: "kluwen.findings/1",
            basis: self.basis(taken, entities, &recruiters),
            model_card: ModelCard::of(taken, &recruiters, measured),
            recruiters,
            protected: protected(case, entities),
            withheld,
            leads,
            channels: self.channels.find(case, entities),
            channels_over_time: self.over_time.find(case, entities)?,
            entities: entities.iter().map(entity).collect(),
            ad_clusters: hands.clusters,
            ad_notes: hands.notes,
            communities: cells.groups,
            communities_basis: cells.basis,
            communities_over_time: self.cells.over_time(&network, A_YEAR)?,
            study: study(case, entities, &windows),
            motifs: self.motifs.find(case, identities)?,
            windows,
        })
    }

    fn basis(&self, taken: &Taken, entities: &Entities, recruiters: &[Recruiter]) -> Basis {
        const LISTED: f64 = 0.5;
        let case = &taken.case;
        let (rows_read, rows_used, rows_refused) = taken.totals();
        let days = days(case);
        let listed = recruiters.iter().filter(|recruiter| recruiter.recurrence >= LISTED);
        Basis {
            version: env!("CARGO_PKG_VERSION"),
            seed: self.recruiters.seed,
            rows_read,
            rows_used,
            rows_refused,
            rows_above_clearance: case.above_clearance().map(|(_, count)| count).sum(),
            cases: case_count(case),
            people: entities.len(),
            victims: entities.iter().filter(|&e| entities.victim(e).is_some()).count(),
            links: case.links.len(),
            ads: case.ads.len(),
            first_day: days.map(|(first, _)| first.to_string()),
            last_day: days.map(|(_, last)| last.to_string()),
            expected_false: listed.map(|recruiter| 1.0 - recruiter.recurrence).sum(),
        }
    }
}

/// How many case files there are, whether a table lists them or rows only name them.
pub(super) fn case_count(case: &Case) -> usize {
    let of_roles = case.roles.iter().map(|role| role.case);
    let of_links = case.links.iter().map(|link| link.case);
    let named = case.cases.iter().map(|file| file.case).chain(of_roles).chain(of_links);
    let mut named: Vec<_> = named.filter(|id| id.is_known()).collect();
    named.sort_unstable();
    named.dedup();
    named.len()
}

/// The first and last day of anything that happened: links and advertisements.
fn days(case: &Case) -> Option<(Day, Day)> {
    let of_links = case.links.iter().flat_map(|link| [link.start, link.end]);
    let of_ads = case.ads.iter().flat_map(|ad| [ad.posted, ad.last_seen]);
    let all = of_links.chain(of_ads);
    let first = all.clone().filter_map(crate::case::When::earliest).min()?;
    Some((first, all.filter_map(crate::case::When::latest).max()?))
}
