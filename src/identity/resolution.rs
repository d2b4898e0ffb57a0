//! Who is who, worked out from what the mentions share.

use rayon::prelude::*;

use super::agglomeration::Edge;
use super::blocking::{Blocking, Rows, neighbours};
use super::calibration::Calibration;
use super::clean::Region;
use super::clustering::Clustering;
use super::company::Company;
use super::comparison::{Compared, Comparison};
use super::decisions::{Decisions, Verdict};
use super::field::{FAINT, Field, OTHER, PART, SAME};
use super::frequency::Frequencies;
use super::groups::Groups;
use super::mentions::Mentions;
use super::model::{Model, Pair, Stratum};
use super::{Entities, Identities, Merge, Samples};
use crate::case::Case;
use crate::error::Result;
use crate::odds::sigmoid;
use crate::pairing::{MakePairs, SharedKeys};
use crate::random::Random;

/// How mentions are read as people.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::identity::Resolution;
///
/// let case = Case::open("graphs/study25")?;
/// let identities = Resolution::default().of(&case)?;
/// assert!(identities.entities.len() <= case.people.len());
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// The country whose telephone numbers are written without a country code.
    pub region: Region,
    /// Which mentions are compared.
    pub blocking: Blocking,
    /// How many readings are drawn beside the best one.
    pub samples: usize,
    /// Where every random choice comes from.
    pub seed: u64,
    /// What a person decided.
    pub decisions: Decisions,
}

impl Default for Resolution {
    fn default() -> Self {
        Self {
            region: Region::default(),
            blocking: Blocking::default(),
            samples: 100,
            seed: 0,
            decisions: Decisions::default(),
        }
    }
}

/// Makes the pairs to compare from keys and the rows that have them, and the order of neighbours.
type Blocks<'a> = dyn FnMut(Vec<(u64, u32)>, &[u32]) -> Result<Vec<Rows>> + 'a;

/// A pair with lower odds by what it says itself is no person in whatever company, and is not weighed twice.
const LOST: f64 = -12.0;
/// Up to so many mentions all pairs tell how often two people agree by coincidence; of more, a draw of pairs.
const ALL_PAIRS: usize = 800;
const RANDOM_PAIRS: usize = 300_000;
/// The most pairs that the model is fitted to; of more, each so-many-th.
const FITTED: usize = 1 << 19;

impl Resolution {
    /// Who the people of a case are: the best reading, and others as often as they are likely.
    ///
    /// Mentions are compared twice: first by what they say themselves, then also by the company in which people are met, once the
    /// first reading says who that is.
    ///
    /// - **Cost**: about linear in the mentions: each is compared with those that share a key ([`Blocking`]).
    ///
    /// # Errors
    ///
    /// If a decision is about an id that is not in the case, or decisions contradict each other.
    pub fn of(&self, case: &Case) -> Result<Identities> {
        self.of_blocks(case, &mut |keys, order| Ok(self.blocking.of_blocks(keys, order)))
    }

    /// The same, with pairs that another makes of keys that tell nothing: an engine, where there are many people.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of), or if the pairs cannot be made.
    pub fn of_by(&self, case: &Case, make: &mut MakePairs<'_>) -> Result<Identities> {
        let rule = self.blocking.rule();
        self.of_blocks(case, &mut |mut keys, order| {
            keys.par_sort_unstable();
            keys.dedup();
            make(rule, SharedKeys { keys: &keys, places: Some(order) })
        })
    }

    fn of_blocks(&self, case: &Case, blocks: &mut Blocks<'_>) -> Result<Identities> {
        let mentions = Mentions::of(case, self.region);
        let decisions = mentions.decided(&self.decisions.rows(case)?);
        let order = neighbours(&mentions);
        let pairs = blocks(super::blocking::all_keys(&mentions), &order)?;
        let mut work = Work {
            mentions: &mentions,
            decisions: &decisions,
            frequencies: Frequencies::of(&mentions, None),
            persons: None,
            blind: self.blocking.blind(&mentions),
            seed: self.seed,
        };
        let (_, mut edges) = work.compare(&pairs);
        drop(pairs);
        let first = Clustering::new(&mentions.cases, edges.clone()).best();
        work.frequencies = Frequencies::of(&mentions, Some(&first));
        work.persons = Some(&first);
        let mut pairs = blocks(Company::new(&mentions, &first).keys(), &order)?;
        pairs.extend(edges.iter().filter(|edge| edge.logit > LOST).map(|edge| edge.rows));
        pairs.par_sort_unstable();
        pairs.dedup();
        let (model, again) = work.compare(&pairs);
        // What was lost stays as it is, where company did not bring it up again.
        edges.retain(|edge| edge.logit <= LOST && pairs.binary_search(&edge.rows).is_err());
        edges.extend(again);
        edges.par_sort_by_key(|edge| edge.rows);
        edges.dedup_by_key(|edge| edge.rows);
        let clustering = Clustering::new(&mentions.cases, edges);
        let best = clustering.best();
        let samples = clustering.samples(self.samples, self.seed, &best);
        let samples = Samples::new(samples.iter().map(|labels| mentions.by_row(labels)).collect());
        let merges = work.merges(&model, &clustering.edges, &best);
        let entities = Entities::of_groups(case, &mentions.by_row(&best), &samples);
        Ok(Identities { entities, samples, merges })
    }
}

/// What one round of comparing works with.
struct Work<'a> {
    mentions: &'a Mentions,
    decisions: &'a [(Rows, Verdict)],
    frequencies: Frequencies,
    /// By row, the label of its person, once a first reading says it.
    persons: Option<&'a [u32]>,
    /// Pairs that were chosen whatever their dates of birth, and for how many each stands.
    blind: Vec<(Rows, f64)>,
    seed: u64,
}

impl Work<'_> {
    /// Compares pairs, fits a model to them, and weighs them.
    fn compare(&self, pairs: &[Rows]) -> (Model, Vec<Edge>) {
        let company = self.persons.map(|persons| Company::new(self.mentions, persons));
        let pair = |&rows: &Rows| self.pair(rows, company.as_ref());
        // Of many pairs some are fitted to; and none is kept longer than it takes to weigh it.
        let step = pairs.len().div_ceil(FITTED).max(1);
        let fitted: Vec<Pair> = pairs.par_iter().step_by(step).filter_map(pair).collect();
        let random: Vec<Pair> = self.random_pairs().par_iter().filter_map(pair).collect();
        let totals = Stratum::totals(&self.mentions.part);
        let mut model = Model::fit(&fitted, step as f64, &random, totals);
        if let Some(persons) = self.persons {
            model = model.with_shares(Stratum::pairs_of_one(&self.mentions.part, persons), totals);
        }
        let blind = |&(rows, stands_for): &(Rows, f64)| {
            pair(&rows)
                .filter(|pair| Calibration::listens_to(&model, pair))
                .map(|pair| (pair, stands_for))
        };
        let blind: Vec<(Pair, f64)> = self.blind.par_iter().filter_map(blind).collect();
        let calibration = Calibration::of(&model, &blind);
        let edge = |pair: Pair| {
            let logit = weigh(&model, &calibration, &pair);
            Edge { rows: pair.rows, logit, evidence: logit - model.prior(&pair), stands_for: 1.0 }
        };
        let mut edges: Vec<Edge> =
            pairs.par_iter().filter_map(|rows| pair(rows).map(edge)).collect();
        self.decide(&mut edges);
        (model, edges)
    }

    /// Two mentions compared; none where they stand in one case file, and so are two people.
    fn pair(&self, rows: Rows, company: Option<&Company<'_>>) -> Option<Pair> {
        let (a, b) = rows;
        if a == b || self.mentions.share_a_case(a, b) {
            return None;
        }
        let stratum = Stratum::of(self.mentions.part[a as usize], self.mentions.part[b as usize]);
        Some(Pair::new(rows, &self.compared(rows, company), stratum))
    }

    fn compared(&self, (a, b): Rows, company: Option<&Company<'_>>) -> Compared {
        let comparison = Comparison { mentions: self.mentions, frequencies: &self.frequencies };
        let mut compared = comparison.of(a, b);
        if let Some(company) = company {
            company.compare((a, b), &mut compared);
        }
        compared
    }

    /// Pairs that say how often two people agree by coincidence.
    fn random_pairs(&self) -> Vec<Rows> {
        let count = u32::try_from(self.mentions.len()).expect("fewer than 2³² rows");
        if self.mentions.len() <= ALL_PAIRS {
            return (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        }
        let mut random = Random::new(self.seed, 1);
        let mut any = || u32::try_from(random.below(count.into())).expect("below a number of rows");
        (0..RANDOM_PAIRS).map(|_| (any(), any())).map(|(a, b)| (a.min(b), a.max(b))).collect()
    }

    /// Decisions take the place of what was worked out.
    fn decide(&self, edges: &mut Vec<Edge>) {
        for &(rows, verdict) in self.decisions {
            let logit = match verdict {
                Verdict::Same => f64::INFINITY,
                Verdict::Different => f64::NEG_INFINITY,
            };
            match edges.binary_search_by_key(&rows, |edge| edge.rows) {
                Ok(at) => edges[at].logit = logit,
                Err(at) => edges.insert(at, Edge { rows, logit, evidence: logit, stands_for: 1.0 }),
            }
        }
    }

    /// Why mentions of one person were put together: the strongest pairs that hold each group.
    fn merges(&self, model: &Model, edges: &[Edge], labels: &[u32]) -> Vec<Merge> {
        let company = self.persons.map(|persons| Company::new(self.mentions, persons));
        let mut within: Vec<&Edge> = edges
            .iter()
            .filter(|edge| labels[edge.rows.0 as usize] == labels[edge.rows.1 as usize])
            .collect();
        within.sort_by(|a, b| b.logit.total_cmp(&a.logit).then(a.rows.cmp(&b.rows)));
        let mut groups = Groups::new(labels.len());
        let mut merges: Vec<Merge> = within
            .into_iter()
            .filter(|edge| groups.join(edge.rows.0, edge.rows.1))
            .map(|edge| Merge {
                rows: self.mentions.rows_of(edge.rows),
                probability: sigmoid(edge.logit),
                weights: self.reasons(model, edge, company.as_ref()),
            })
            .collect();
        merges.sort_by_key(|merge| merge.rows);
        merges
    }

    /// What speaks for two mentions, in bits that add up to their odds.
    fn reasons(
        &self,
        model: &Model,
        edge: &Edge,
        company: Option<&Company<'_>>,
    ) -> Vec<(&'static str, f64)> {
        if edge.logit == f64::INFINITY {
            return vec![("decided by a person", f64::INFINITY)];
        }
        let (a, b) = edge.rows;
        let stratum = Stratum::of(self.mentions.part[a as usize], self.mentions.part[b as usize]);
        let mut weights = model.explain(&self.compared(edge.rows, company), stratum);
        let sum: f64 = weights.iter().map(|(_, bits)| bits).sum();
        let put_right = edge.logit / std::f64::consts::LN_2 - sum;
        if put_right.abs() >= 0.05 {
            weights.push(("held against dates of birth", put_right));
        }
        weights
    }
}

/// What a model says of a pair; nothing where nothing of it is alike. Dates of birth that exclude each other bar it, unless an
/// identifier agrees, or nearly so under one name: then a date may be false. Namesakes are many.
fn weigh(model: &Model, calibration: &Calibration, pair: &Pair) -> f64 {
    let alike = |field: Field, least: u8| (SAME..=least).contains(&pair.pattern[field as usize]);
    let named = alike(Field::Given, PART) && alike(Field::Family, PART);
    let least = if named { PART } else { SAME };
    let identified =
        Field::ALL.into_iter().any(|field| field.is_identifier() && alike(field, least));
    let excluded = pair.pattern[Field::Birth as usize] == OTHER && !identified;
    let says_something = pair.pattern.iter().any(|level| (SAME..=FAINT).contains(level));
    if excluded || !says_something { f64::NEG_INFINITY } else { calibration.logit(model, pair) }
}

#[cfg(test)]
mod tests;
