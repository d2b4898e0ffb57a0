//! What does it mean for the investigation?
//!
//! Where people and numbers meet again: who recruits again and again, which channels advertise or
//! reach victims, how long grooming takes, who belongs together. Each number can be traced
//! to the rows it comes from, and victims are kept out of every ranking of offenders.

mod adverts;
mod alternatives;
mod analysis;
mod beta;
mod case_picture;
mod caution;
mod cells;
mod channels;
mod chosen;
mod companions;
mod describe;
mod engine;
mod episodes;
mod evidence;
mod explain;
mod failings;
mod first_ties;
mod gamma;
mod leads;
mod linear;
mod log_rank;
mod map;
mod minors;
mod missing_row;
mod model_card;
mod motifs;
mod nearly_all;
mod over_expression;
mod over_time;
mod part;
mod picture;
mod proportion;
mod protected;
mod published;
mod quantile;
mod rates;
mod ratios;
mod recruiter;
mod recruiters;
mod recurrence;
mod reliability;
mod resampling;
mod rows;
mod score_test;
#[cfg(test)]
pub(crate) mod sketch;
mod standing;
mod study;
mod suppression;
mod survival;
mod things;
mod turnbull;
mod two_by_two;
mod units;
mod weights;
mod whatif;
mod windows;

use serde::Serialize;

pub use adverts::{AdCluster, AdHands, AdNote, Adverts};
pub use alternatives::Alternative;
pub use analysis::Analysis;
pub use caution::Caution;
pub use cells::{CellChange, Cells, CellsBasis, CellsFound, CellsOverTime, Period};
pub use channels::Channels;
pub use companions::GradeReading;
pub use episodes::{Across, Episodes};
pub use failings::{KnownFailure, SyntheticError};
pub use leads::Lead;
pub use map::{Evidence, Made, Map, MapEdge, MapNode, Note, Part, Shown, TieKind};
pub use missing_row::MissingRow;
pub use model_card::{Coverage, Cut, Measured, MeasuredClass, ModelCard, TableCoverage};
pub use motifs::{Census, CensusOf, CensusRow, Motif, MotifInstance, Motifs};
pub use over_expression::OverExpression;
pub use over_time::{
    ChannelSeries, Closure, Drift, LevelChange, Moved, OverTime, SeasonAndTrend, UseOverTime,
};
pub use picture::{Names, Picture};
pub use published::{Published, PublishedChannel, PublishedFigure, PublishedWindows, Publishing};
pub use rates::Rate;
pub use recruiter::{Change, Episode, EvidenceItem, MergeFinding, Recruiter, Without};
pub use recruiters::{Recruiters, Recruiting};
pub use resampling::Missing;
pub use standing::Standing;
pub use study::StudyFigure;
pub use weights::{ClassRates, EvidenceClass, EvidenceWeights};
pub use whatif::{
    Among, ESTIMATE, Figure, Guarded, Losses, Plan, Proposal, Regrowth, Removal, STRUCTURE_ONLY,
    Successor, WhatIf, WhatIfGround,
};
pub use windows::{Grooming, LastContact, Partition, Reach, SurvivalPoint, WindowGroup, Windows};

use crate::identity::{EntityId, VictimId};

/// All that was found in a case; the shape of `findings.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Findings {
    /// `kluwen.findings/1`.
    pub schema: &'static str,
    /// Who recruits again and again, most likely first.
    pub recruiters: Vec<Recruiter>,
    /// Who is a victim in any case, and so in no ranking of offenders.
    pub protected: Vec<Protected>,
    /// Who is in no list because he may well be one person with somebody protected.
    pub withheld: Vec<Withheld>,
    /// People of unknown part who are close to recruited victims: no ranking of offenders.
    pub leads: Vec<Lead>,
    /// Channels that reach or advertise victims, by use and then by posterior.
    pub channels: Vec<ChannelFinding>,
    /// The same channels month by month, and what followed closures, by use.
    pub channels_over_time: Vec<UseOverTime>,
    /// Who is who.
    pub entities: Vec<EntityFinding>,
    /// Advertisements of one hand.
    pub ad_clusters: Vec<AdCluster>,
    /// What is to be known about the advertisements.
    pub ad_notes: Vec<AdNote>,
    /// Who belongs together.
    pub communities: Vec<Community>,
    /// What the groups rest on.
    pub communities_basis: CellsBasis,
    /// Groups, year by year.
    pub communities_over_time: CellsOverTime,
    /// From first contact to exploitation.
    pub windows: Windows,
    /// The figures of the Dutch study of 25 case files, counted here.
    pub study: Vec<StudyFigure>,
    /// Sequences of acts that the trade is known by.
    pub motifs: Vec<Motif>,
    /// What the findings rest on.
    pub basis: Basis,
    /// How far the findings can be trusted, and where they are known to fail.
    pub model_card: ModelCard,
}

/// What the findings rest on: for honest denominators, and for repeating the run.
#[derive(Clone, Debug, Serialize)]
pub struct Basis {
    /// The version of the engine.
    pub version: &'static str,
    /// Where every random choice comes from.
    pub seed: u64,
    /// Rows read, used and refused.
    pub rows_read: usize,
    /// Rows that are in the case.
    pub rows_used: usize,
    /// Rows with a fault.
    pub rows_refused: usize,
    /// Rows that are not for whoever asked, above the clearance; none of them is in the findings.
    pub rows_above_clearance: usize,
    /// Case files.
    pub cases: usize,
    /// People, after identity.
    pub people: usize,
    /// Among them victims.
    pub victims: usize,
    /// Links.
    pub links: usize,
    /// Advertisements.
    pub ads: usize,
    /// The first and last day of anything dated.
    pub first_day: Option<String>,
    /// The last day of anything dated.
    pub last_day: Option<String>,
    /// How many people listed with a recurrence of at least .5 are expected not to be recurring recruiters.
    pub expected_false: f64,
}

/// Somebody who is in no list because he may be one person with somebody protected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withheld {
    /// Who.
    pub entity: EntityId,
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// The chance that this is one person with somebody protected.
    pub chance: f64,
    /// Why.
    pub why: String,
}

/// Somebody who is never ranked as an offender.
#[derive(Clone, Debug, Serialize)]
pub struct Protected {
    /// Who.
    pub entity: EntityId,
    /// Under which pseudonym.
    pub victim: VictimId,
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// Why: `victim status in case c9`.
    pub why: String,
    /// Where that stands.
    pub evidence: String,
    /// Whether rows say that she recruited others herself: look at who stood above her.
    pub recruiting_recorded: bool,
    /// Who exploited or controlled her in the cases where she recruited.
    pub above: Vec<EntityId>,
}

/// What a channel was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Victims were offered there.
    Advertising,
    /// Victims were first contacted there.
    Recruitment,
}

/// A channel, in one use.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelFinding {
    /// From 1, within its use.
    pub rank: usize,
    /// Its id.
    pub channel_id: String,
    /// Its name.
    pub name: String,
    /// Its class, where recorded.
    pub class: String,
    /// In which use.
    #[serde(rename = "use")]
    pub use_: Use,
    /// How many victims.
    pub victims: usize,
    /// How many of them were minors.
    pub minors: usize,
    /// Of how many victims it is known whether they were minors.
    pub known: usize,
    /// In how many cases.
    pub cases: usize,
    /// The share of minors among those known.
    pub share: Option<f64>,
    /// The share of minors over all victims of this use.
    pub base_share: Option<f64>,
    /// The chance that the channel's share of minors is more than 1.25 times the base share.
    pub posterior: Option<f64>,
    /// How many times likelier a victim here is a minor than a victim elsewhere.
    pub risk_ratio: Option<f64>,
    /// The 95 % interval of that, by the score.
    pub risk_ratio_interval: Option<[f64; 2]>,
    /// The odds that a victim here is a minor, over those elsewhere.
    pub odds_ratio: Option<f64>,
    /// The 95 % interval of that, exact.
    pub odds_ratio_interval: Option<[f64; 2]>,
    /// The share over the base share.
    pub lift: Option<f64>,
    /// The rate of false discovery at which more minors than chance would be called a finding, over all channels of this use.
    pub q: Option<f64>,
    /// The first and last day of use on record.
    pub first_seen: Option<String>,
    /// The last day of use on record.
    pub last_seen: Option<String>,
}

/// A person, and the ids that are this person.
#[derive(Clone, Debug, Serialize)]
pub struct EntityFinding {
    /// Who.
    pub entity: EntityId,
    /// The ids that are this person.
    pub person_ids: Vec<String>,
    /// How sure it is that they are one person.
    pub probability: f64,
}

/// People who belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Community {
    /// From 1, the largest first.
    pub community: usize,
    /// Who.
    pub entities: Vec<EntityId>,
    /// How often two of them fall together, over divisions by several methods from several seeds, on average.
    pub stability: f64,
    /// By person: how often they fall together with another of the group, on average.
    pub membership: Vec<f64>,
}

impl Community {
    /// From this share on people belong together; under it nobody should call them a group.
    pub const FIRM: f64 = 0.7;

    /// Whether it holds together firmly enough to be called a group.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.stability >= Self::FIRM
    }

    /// Whether somebody firmly belongs to it, and it is a group at all.
    #[must_use]
    pub fn holds(&self, entity: EntityId) -> bool {
        let mut members = self.entities.iter().zip(&self.membership);
        self.is_firm() && members.any(|(&one, &share)| one == entity && share >= Self::FIRM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_firm_group_holds_and_only_those_who_are_firmly_in_it() {
        let people: Vec<EntityId> = (0..3).map(EntityId::from_number).collect();
        let group = |stability| Community {
            community: 1,
            entities: vec![people[0], people[1]],
            stability,
            membership: vec![0.7, 0.69],
        };
        let held =
            |group: &Community| people.iter().map(|&one| group.holds(one)).collect::<Vec<_>>();
        assert_eq!(held(&group(0.7)), [true, false, false]);
        assert_eq!(held(&group(0.69)), [false; 3]);
        assert!(group(0.7).is_firm() && !group(0.69).is_firm());
    }
}
