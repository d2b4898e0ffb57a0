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
use super::field::{FAINT, Field, MISSING, OTHER, PART, SAME};
use super::frequency::Frequencies;
use super::groups::Groups;
use super::mentions::Mentions;
use super::model::{Model, Pair, Stratum, sigmoid};
use super::{Entities, Identities, Merge, Samples};
use crate::case::Case;
use crate::error::Result;
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

/// Up to so many mentions all pairs tell how often two people agree by coincidence; of more, a draw of pairs.
const ALL_PAIRS: usize = 800;
/// How many readings come before the one that is given: the first without company. A second of them changed nothing that was measured.
const READINGS: usize = 1;
const RANDOM_PAIRS: usize = 300_000;

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
        let decisions = self.decisions.rows(case)?;
        let mentions = Mentions::of(case, self.region);
        let order = neighbours(&mentions);
        let mut pairs = self.blocking.pairs(&mentions);
        let blind = self.blocking.blind(&mentions);
        let mut work = Work {
            mentions: &mentions,
            decisions: &decisions,
            blind: &blind,
            frequencies: Frequencies::of(&mentions, None),
            persons: None,
            seed: self.seed,
        };
        for _ in 0..READINGS {
            let (_, edges) = work.compare(&pairs);
            let persons = Clustering::new(&mentions, edges).best();
            pairs.extend(Company::new(&mentions, &persons).pairs(self.blocking, &order));
            pairs.par_sort_unstable();
            pairs.dedup();
            work.frequencies = Frequencies::of(&mentions, Some(&persons));
            work.persons = Some(persons);
        }
        let (model, edges) = work.compare(&pairs);
        let clustering = Clustering::new(&mentions, edges);
        let best = clustering.best();
        let samples = Samples::new(clustering.samples(self.samples, self.seed, &best));
        let merges = work.merges(&model, &clustering.edges, &best);
        Ok(Identities { entities: Entities::of_groups(case, &best, &samples), samples, merges })
    }
}

/// What one round of comparing works with.
struct Work<'a> {
    mentions: &'a Mentions,
    decisions: &'a [(Rows, Verdict)],
    /// Pairs that were chosen whatever their dates of birth, and for how many each stands.
    blind: &'a [(Rows, f64)],
    frequencies: Frequencies,
    /// By row, the label of its person in the round before; none in the first.
    persons: Option<Vec<u32>>,
    seed: u64,
}

impl Work<'_> {
    /// Compares pairs, fits a model to them, and weighs them.
    fn compare(&self, pairs: &[Rows]) -> (Model, Vec<Edge>) {
        let company = self.persons.as_ref().map(|persons| Company::new(self.mentions, persons));
        let pair = |&rows: &Rows| self.pair(rows, company.as_ref());
        let pairs: Vec<Pair> = pairs.par_iter().filter_map(pair).collect();
        let random: Vec<Pair> = self.random_pairs().par_iter().filter_map(pair).collect();
        let totals = Stratum::totals(&self.mentions.part);
        let mut model = Model::fit(&pairs, &random, totals);
        if let Some(persons) = &self.persons {
            let of_one = Stratum::pairs_of_one(&self.mentions.part, persons);
            model = model.with_shares(of_one, totals);
        }
        let blind = |&(rows, stands_for): &(Rows, f64)| pair(&rows).map(|pair| (pair, stands_for));
        let blind: Vec<(Pair, f64)> = self.blind.par_iter().filter_map(blind).collect();
        let calibration = Calibration::of(&model, &blind);
        let edge = |pair: &Pair| {
            let logit = weigh(&model, &calibration, pair);
            Edge { rows: pair.rows, logit, evidence: logit - model.prior(pair) }
        };
        let mut edges: Vec<Edge> = pairs.par_iter().map(edge).collect();
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
                Err(at) => edges.insert(at, Edge { rows, logit, evidence: logit }),
            }
        }
    }

    /// Why mentions of one person were put together: the strongest pairs that hold each group.
    fn merges(&self, model: &Model, edges: &[Edge], labels: &[u32]) -> Vec<Merge> {
        let company = self.persons.as_ref().map(|persons| Company::new(self.mentions, persons));
        let mut within: Vec<&Edge> = edges
            .iter()
            .filter(|edge| labels[edge.rows.0 as usize] == labels[edge.rows.1 as usize])
            .collect();
        within.sort_by(|a, b| b.logit.total_cmp(&a.logit).then(a.rows.cmp(&b.rows)));
        let mut groups = Groups::new(labels.len());
        let mut merges: Vec<Merge> = within
            .into_iter()
            .filter(|edge| groups.join(edge.rows.0, edge.rows.1))
            .map(|edge| {
                let (a, b) = edge.rows;
                let stratum =
                    Stratum::of(self.mentions.part[a as usize], self.mentions.part[b as usize]);
                let weights = if edge.logit == f64::INFINITY {
                    vec![("decided by a person", f64::INFINITY)]
                } else {
                    model.explain(&self.compared(edge.rows, company.as_ref()), stratum)
                };
                Merge { rows: edge.rows, probability: sigmoid(edge.logit), weights }
            })
            .collect();
        merges.sort_by_key(|merge| merge.rows);
        merges
    }
}

/// What a model says of a pair; dates of birth that exclude each other are overruled only by a full name together with an identifier.
fn weigh(model: &Model, calibration: &Calibration, pair: &Pair) -> f64 {
    let level = |field: Field| pair.pattern[field as usize];
    let named = |field| (SAME..=PART).contains(&level(field));
    let identified =
        Field::ALL.into_iter().any(|field| field.is_identifier() && level(field) == SAME);
    let excluded = level(Field::Birth) == OTHER
        && !(named(Field::Given) && named(Field::Family) && identified);
    let says_something =
        pair.pattern.iter().any(|&level| (SAME..=FAINT).contains(&level) && level != MISSING);
    if excluded || !says_something { f64::NEG_INFINITY } else { calibration.logit(model, pair) }
}
