//! The numbers of a network before and after a removal, and after random ones.

use rayon::prelude::*;
use serde::Serialize;

use super::{Removal, WhatIf, WhatIfGround};
use crate::error::Result;
use crate::finding::quantile::quantile;
use crate::graph::{Csr, Mode};
use crate::identity::EntityId;
use crate::measure::{Cohesion, KeyGoal};
use crate::random::Random;

/// A number before and after a removal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// What it is of.
    pub figure: &'static str,
    /// Before; none where it is of the removal itself.
    pub before: Option<f64>,
    /// After.
    pub after: f64,
    /// The 5 % and 95 % quantile of what is after, where it is uncertain.
    pub after_interval: Option<[f64; 2]>,
    /// The mean after random removals of as many; none without draws.
    pub random: Option<f64>,
    /// The 5 % and 95 % quantile after random removals.
    pub random_interval: Option<[f64; 2]>,
}

/// What the network is before.
pub(super) struct Before {
    pub(super) cohesion: Cohesion,
    numbers: Numbers,
}

/// What is looked at, in the order of [`NAMES`].
type Numbers = [f64; NAMES.len()];

const NAMES: [&str; 15] = [
    "nodes",
    "ties",
    "components",
    "largest component",
    "share in the largest component",
    "fragmentation",
    "distance-weighted fragmentation",
    "efficiency",
    "mean others within reach",
    "victims tied to somebody who may harm them",
    "victims joined by a path to somebody who may harm them",
    "recruitments in 12 months",
    "within reach of the removed",
    "nearness of the removed",
    "firm groups touched",
];

/// From here on figures are of the removal itself, and have nothing before it.
const OF_THE_REMOVAL: usize = 12;

/// The place of the recruitments, of which the removal accounts for a part that is uncertain.
const RECRUITMENTS: usize = 11;

impl Before {
    pub(super) fn of(ground: &WhatIfGround<'_>, steps: usize) -> Result<Self> {
        let cohesion = Cohesion::of(&ground.flat.csr);
        let numbers = numbers_of(ground, &Removal::default(), &cohesion, steps)?;
        Ok(Self { cohesion, numbers })
    }
}

pub(super) struct Figures<'a> {
    pub(super) what: &'a WhatIf,
    pub(super) ground: &'a WhatIfGround<'a>,
    pub(super) before: &'a Before,
}

impl Figures<'_> {
    pub(super) fn after(&self, removal: &Removal) -> Result<Numbers> {
        let all = [&removal.targets[..], &removal.to_safety].concat();
        let cohesion = Cohesion::without(&self.ground.flat.csr, &all)?;
        numbers_of(self.ground, removal, &cohesion, self.what.steps)
    }

    /// The numbers after random removals of as many of each sort, beside the same who are taken to safety.
    pub(super) fn random(&self, removal: &Removal) -> Result<Vec<Numbers>> {
        let alike = self.ground.alike(&removal.targets);
        (0..self.what.draws)
            .into_par_iter()
            .map(|draw| {
                let mut random = Random::new(self.what.seed, draw as u64);
                let mut targets = Vec::with_capacity(removal.targets.len());
                for (count, pool) in &alike {
                    let mut pool = pool.clone();
                    random.shuffle(&mut pool);
                    targets.extend(pool.into_iter().take(*count));
                }
                self.after(&Removal { targets, to_safety: removal.to_safety.clone() })
            })
            .collect()
    }

    pub(super) fn table(
        &self,
        removal: &Removal,
        after: &Numbers,
        random: &[Numbers],
    ) -> Vec<Figure> {
        let before = self.before.numbers;
        let mut table: Vec<Figure> = (0..NAMES.len())
            .map(|at| {
                let mut drawn: Vec<f64> = random.iter().map(|one| one[at]).collect();
                drawn.sort_by(f64::total_cmp);
                let any = !drawn.is_empty();
                Figure {
                    figure: NAMES[at],
                    before: (at < OF_THE_REMOVAL).then_some(before[at]),
                    after: after[at],
                    after_interval: None,
                    random: any.then(|| drawn.iter().sum::<f64>() / drawn.len() as f64),
                    random_interval: any
                        .then(|| [*quantile(&drawn, 0.05), *quantile(&drawn, 0.95)]),
                }
            })
            .collect();
        table.insert(RECRUITMENTS + 1, self.accounted_for(removal, &table[RECRUITMENTS]));
        table
    }

    /// The recruitments that the removed account for: what is missing afterwards, with its interval.
    fn accounted_for(&self, removal: &Removal, all: &Figure) -> Figure {
        let people = self.ground.people(&removal.targets);
        let before = all.before.unwrap_or_default();
        let less = |after: f64| (before - after).max(0.0);
        Figure {
            figure: "of them by the removed",
            before: None,
            after: self.ground.prospects.mean(&people),
            after_interval: Some(self.ground.prospects.interval(&people, self.what.seed)),
            random: all.random.map(less),
            random_interval: all.random_interval.map(|[low, high]| [less(high), less(low)]),
        }
    }

    pub(super) fn cells_touched(&self, removal: &Removal) -> Vec<usize> {
        touched(self.ground, &self.ground.people(&removal.targets))
    }

    /// The victims who were tied to somebody who may harm them, are not taken to safety, and no longer are.
    pub(super) fn out_of_reach(&self, removal: &Removal) -> Vec<u32> {
        let after = tied_victims(self.ground, &gone(self.ground, removal));
        let safe = |u: &u32| removal.to_safety.contains(u);
        tied_victims(self.ground, &vec![false; self.ground.flat.nodes.len()])
            .into_iter()
            .filter(|u| after.binary_search(u).is_err() && !safe(u))
            .collect()
    }
}

/// By node: whether it is removed, or taken to safety.
pub(super) fn gone(ground: &WhatIfGround<'_>, removal: &Removal) -> Vec<bool> {
    let mut gone = vec![false; ground.flat.nodes.len()];
    for &u in removal.targets.iter().chain(&removal.to_safety) {
        gone[u as usize] = true;
    }
    gone
}

fn numbers_of(
    ground: &WhatIfGround<'_>,
    removal: &Removal,
    cohesion: &Cohesion,
    steps: usize,
) -> Result<Numbers> {
    let csr = &ground.flat.csr;
    let gone = gone(ground, removal);
    let people = ground.people(&removal.targets);
    let of_all = cohesion.nodes.max(1) as f64;
    let within = KeyGoal::Reach { steps: u32::try_from(steps).unwrap_or(u32::MAX).max(1) };
    Ok([
        cohesion.nodes as f64,
        cohesion.edges as f64,
        cohesion.components as f64,
        cohesion.largest as f64,
        cohesion.largest as f64 / of_all,
        cohesion.fragmentation(),
        cohesion.distance_fragmentation(),
        cohesion.efficiency(),
        cohesion.mean_within(steps),
        tied_victims(ground, &gone).len() as f64,
        joined_victims(ground, &gone) as f64,
        ground.prospects.all() - ground.prospects.mean(&people),
        within.value(csr, &removal.targets)?,
        KeyGoal::Nearness.value(csr, &removal.targets)?,
        touched(ground, &people).len() as f64,
    ])
}

/// The numbers of the firm groups that some of these people belong to.
fn touched(ground: &WhatIfGround<'_>, people: &[EntityId]) -> Vec<usize> {
    let holds = |cell: &&super::Community| people.iter().any(|&entity| cell.holds(entity));
    ground.cells.iter().filter(holds).map(|cell| cell.community).collect()
}

fn is_victim(ground: &WhatIfGround<'_>, u: u32) -> bool {
    match ground.flat.nodes[u as usize] {
        Mode::Person(entity) => ground.identities.entities.victim(entity).is_some(),
        _ => false,
    }
}

fn may_harm(ground: &WhatIfGround<'_>, u: u32) -> bool {
    match ground.flat.nodes[u as usize] {
        Mode::Person(entity) => ground.guard.may_harm(entity),
        _ => false,
    }
}

/// The victims who are left and have a tie to somebody left who may harm them, in order.
fn tied_victims(ground: &WhatIfGround<'_>, gone: &[bool]) -> Vec<u32> {
    let csr: &Csr = &ground.flat.csr;
    let harmed =
        |&u: &u32| csr.neighbors(u).iter().any(|&v| !gone[v as usize] && may_harm(ground, v));
    csr.nodes().filter(|&u| !gone[u as usize] && is_victim(ground, u)).filter(harmed).collect()
}

/// How many victims who are left some path joins to somebody left who may harm them.
fn joined_victims(ground: &WhatIfGround<'_>, gone: &[bool]) -> usize {
    let csr = &ground.flat.csr;
    let mut seen = gone.to_vec();
    let mut order: Vec<u32> =
        csr.nodes().filter(|&u| !gone[u as usize] && may_harm(ground, u)).collect();
    for &u in &order {
        seen[u as usize] = true;
    }
    let mut head = 0;
    while let Some(&u) = order.get(head) {
        head += 1;
        for &v in csr.neighbors(u) {
            if !std::mem::replace(&mut seen[v as usize], true) {
                order.push(v);
            }
        }
    }
    order.into_iter().filter(|&u| is_victim(ground, u)).count()
}
