//! Identity, channels, advertisements, communities and windows against the truth.

use std::collections::BTreeMap;

use super::Score;
use super::clusters::{Agreement, Labels, adjusted_rand, b_cubed, pairwise};
use super::found::Found;
use super::people::People;
use super::ranking::{Ranking, share};

impl Score {
    /// Who is who: over all mentions, over those of offenders, and over those of recurring recruiters.
    pub(super) fn identity(&mut self, people: &People<'_>, found: &Found) {
        if found.entities.is_empty() {
            return;
        }
        let items = people.mentions(found);
        let kind = |item: usize| &*people.truth.persons[items[item].0].kind;
        self.agreement("b3_all", b_cubed(&items, |_| true));
        self.agreement("b3_offenders", b_cubed(&items, |item| kind(item) == "offender"));
        let recurring = |item: usize| people.recurring.contains(&items[item].0);
        self.agreement("b3_recurring", b_cubed(&items, recurring));
        self.agreement("pairs_all", pairwise(&items));
    }

    fn agreement(&mut self, name: &str, agreement: Agreement) {
        self.put(format!("{name}_precision"), agreement.precision);
        self.put(format!("{name}_recall"), agreement.recall);
        self.put(format!("{name}_f1"), agreement.f1());
    }

    pub(super) fn rest(&mut self, people: &People<'_>, found: &Found) {
        for used_for in ["advertising", "recruitment"] {
            let ranking = channels(people, found, used_for);
            self.put(format!("{used_for}_channel_ap"), ranking.average_precision());
            self.put(
                format!("{used_for}_channel_top_1"),
                ranking.precision_at(1).filter(|_| ranking.positives > 0),
            );
        }
        if !found.ad_clusters.is_empty() {
            self.agreement("ad_pairs", pairwise(&ads(people, found)));
        }
        self.put("community_ari", communities(people, found));
        self.windows(people, found);
    }

    fn windows(&mut self, people: &People<'_>, found: &Found) {
        let (truth, windows) = (people.truth, &found.windows);
        for (days, share, interval, truly) in [
            (7, windows.within_7_days, windows.within_7_days_interval, truth.within_7_days),
            (30, windows.within_30_days, windows.within_30_days_interval, truth.within_30_days),
        ] {
            self.put(format!("window_error_{days}"), share.map(|share| (share - truly).abs()));
            let holds = |[low, high]: [f64; 2]| f64::from(u8::from((low..=high).contains(&truly)));
            self.put(format!("window_covered_{days}"), interval.map(holds));
        }
    }
}

fn channels(people: &People<'_>, found: &Found, used_for: &str) -> Ranking {
    let planted: Vec<&str> = (people.truth.channels.iter())
        .filter(|channel| channel.use_ == used_for)
        .map(|channel| &*channel.channel_id)
        .collect();
    let mut ranked: Vec<_> =
        found.channels.iter().filter(|channel| channel.use_ == used_for).collect();
    ranked.sort_by_key(|channel| channel.rank);
    let hits = ranked.iter().map(|channel| planted.contains(&&*channel.channel_id)).collect();
    Ranking { hits, positives: planted.len() }
}

/// Hand and cluster of each advertisement. Those of agencies are left out: to say of them that one hand
/// coordinates them is no error, and no find. So are those that the truth does not list.
fn ads(people: &People<'_>, found: &Found) -> Vec<Labels> {
    let mut cluster_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (no, cluster) in found.ad_clusters.iter().enumerate() {
        for ad in &cluster.ad_ids {
            cluster_of.entry(ad).or_insert(no);
        }
    }
    let hands = people.truth.ad_hands.iter().enumerate();
    let ads = hands.flat_map(|(hand, ads)| ads.ad_ids.iter().map(move |ad| (hand, &**ad)));
    let alone = found.ad_clusters.len()..;
    ads.zip(alone)
        .map(|((hand, ad), alone)| (hand, cluster_of.get(ad).copied().unwrap_or(alone)))
        .collect()
}

/// The adjusted Rand index of communities and planted cells, over entities who are in a cell.
fn communities(people: &People<'_>, found: &Found) -> Option<f64> {
    let mut cell_of = BTreeMap::new();
    for (no, cell) in people.truth.cells.iter().enumerate() {
        cell_of.extend(cell.iter().filter_map(|id| Some((people.person(id)?, no))));
    }
    let mut community_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (no, community) in found.communities.iter().enumerate() {
        community_of.extend(community.entities.iter().map(|entity| (&**entity, no)));
    }
    if community_of.is_empty() {
        return None;
    }
    let mut items = Vec::new();
    for (alone, entity) in found.entities.iter().enumerate() {
        let cell = people.most(&entity.person_ids).and_then(|person| cell_of.get(&person));
        let alone = found.communities.len() + alone;
        let community = community_of.get(&*entity.entity).copied().unwrap_or(alone);
        items.extend(cell.map(|&cell| (cell, community)));
    }
    share(1.0, items.len()).and_then(|_| adjusted_rand(&items))
}
