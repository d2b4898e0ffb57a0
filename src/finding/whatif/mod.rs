//! What a network loses when some of it is removed. Structure only, not a forecast.

mod figures;
mod guard;
mod plan;
mod prospects;
mod regrowth;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use self::figures::Figure;
pub use self::guard::Guarded;
pub use self::plan::{Among, Plan, Proposal};
pub use self::prospects::ESTIMATE;
pub use self::regrowth::{Regrowth, Successor};

use self::figures::{Before, Figures};
use self::guard::Guard;
use self::prospects::Prospects;
use super::{Analysis, Community, Recruiters, Recruiting};
use crate::case::{Case, IdKind};
use crate::error::{Error, Result};
use crate::graph::{Flat, Mode, Network};
use crate::identity::{EntityId, Identities};

/// What is said with every answer.
pub const STRUCTURE_ONLY: &str = "structure only, not a forecast";

/// What if some people, phones, channels or case files were removed from a network?
///
/// Each figure stands before and after, and beside what random removals of as many give, because almost any removal makes
/// a network smaller. It is about the structure of what is on record: who is left will act otherwise, and who
/// takes a vacant place may make the network more efficient than it was; three ways in which that may go are drawn.
///
/// Whoever is a victim or a minor in any case, or probably one person with a victim, is never proposed and never removed as a
/// target. She may be taken to safety, which is counted apart. Professionals, family, witnesses, clients and, where rows name offenders, people of
/// whom no row says that they are, are not proposed.
///
/// - **Cost**: the distances of all pairs for each draw and for each draw of each way of regrowth; groups and recruiters once.
/// - **Order**: the same to the bit for any number of threads.
///
/// # Source
///
/// Figures as in [`Cohesion`](crate::measure::Cohesion); regrowth after P. A. C. Duijn, V. Kashirin, P. M. A. Sloot, "The relative
/// ineffectiveness of criminal network disruption", Sci. Rep. 4:4238, 2014, in which vacancies are filled by the nearest, by those of
/// capital, or at random.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// How many random removals stand beside, and how often each way of regrowth is drawn. 100 by default.
    pub draws: usize,
    /// Who is within reach of somebody: within so many steps. 2 by default.
    pub steps: usize,
    /// The seed of all draws.
    pub seed: u64,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self { draws: 100, steps: 2, seed: 0 }
    }
}

/// The network of a case, with all that is found out before anything is removed.
#[derive(Debug)]
pub struct WhatIfGround<'a> {
    case: &'a Case,
    identities: &'a Identities,
    flat: Flat<Mode>,
    guard: Guard,
    prospects: Prospects,
    cells: Vec<Community>,
}

/// What is removed, by node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// As targets.
    pub targets: Vec<u32>,
    /// Taken to safety.
    pub to_safety: Vec<u32>,
}

/// What a network loses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Losses {
    /// [`STRUCTURE_ONLY`].
    pub note: &'static str,
    /// The seed of all draws.
    pub seed: u64,
    /// How many draws were made.
    pub draws: usize,
    /// The codes of what was removed.
    pub removed: Vec<String>,
    /// The codes of who was taken to safety.
    pub to_safety: Vec<String>,
    /// The numbers, before and after.
    pub figures: Vec<Figure>,
    /// How recruitments are estimated.
    pub recruitments: &'static str,
    /// The numbers of the firm groups that somebody who was removed belongs to.
    pub cells_touched: Vec<usize>,
    /// The codes of victims who were tied to somebody who may harm them and no longer are.
    pub out_of_reach: Vec<String>,
    /// The network once vacancies are filled.
    pub regrowth: Vec<Regrowth>,
}

impl<'a> WhatIfGround<'a> {
    /// The ground of a network: who is guarded, who recruits how much, who belongs together, as the analysis finds it.
    ///
    /// # Errors
    ///
    /// If samples of who is who are not of this case.
    pub fn new(
        network: &Network<'a>,
        identities: &'a Identities,
        flat: Flat<Mode>,
        analysis: &Analysis,
    ) -> Result<Self> {
        let case = network.case();
        let recruiters = Recruiters { least: 0.0, draws: 0, ..analysis.recruiters.clone() };
        let recruiting: Recruiting = recruiters.look(case, identities)?;
        let groups = analysis.cells.find(network)?.groups;
        Ok(Self {
            case,
            identities,
            flat,
            guard: Guard::of(case, identities, &recruiting),
            prospects: Prospects::of(case, &recruiting),
            cells: groups.into_iter().filter(Community::is_firm).collect(),
        })
    }

    /// The network.
    #[must_use]
    pub fn flat(&self) -> &Flat<Mode> {
        &self.flat
    }

    /// The code of a node: `E12`, `V9`, `case c4`, `phone +31…`.
    #[must_use]
    pub fn code(&self, node: u32) -> String {
        let text = |kind, id| self.case.shown(kind, id);
        match self.flat.nodes[node as usize] {
            Mode::Person(entity) => self.identities.entities.code(entity),
            Mode::Channel(id) => format!("channel {}", text(IdKind::Channel, id)),
            Mode::Case(id) => format!("case {}", text(IdKind::Case, id)),
            Mode::Place(id) => format!("place {}", text(IdKind::Place, id)),
            Mode::Identifier(kind, value) => format!("{kind} {}", text(IdKind::Value, value)),
        }
    }

    /// Why somebody is not proposed, if that is so.
    #[must_use]
    pub fn guarded(&self, entity: EntityId) -> Option<Guarded> {
        self.guard.why(entity)
    }

    fn codes(&self, nodes: &[u32]) -> Vec<String> {
        nodes.iter().map(|&node| self.code(node)).collect()
    }

    fn people(&self, nodes: &[u32]) -> Vec<EntityId> {
        let person = |&node: &u32| match self.flat.nodes[node as usize] {
            Mode::Person(entity) => Some(entity),
            _ => None,
        };
        nodes.iter().filter_map(person).collect()
    }

    /// Fails if a target is protected, if somebody else is to be taken to safety, or if a node is named twice.
    fn check(&self, removal: &Removal) -> Result<()> {
        let all = || removal.targets.iter().chain(&removal.to_safety);
        for &node in all() {
            if node as usize >= self.flat.nodes.len() {
                return Err(Error::usage(format!("no node {node} in this network")));
            }
            if all().filter(|&&other| other == node).count() > 1 {
                return Err(Error::usage(format!("{} is named twice", self.code(node))));
            }
        }
        for &node in &removal.targets {
            self.guard.check(self.flat.nodes[node as usize], &self.code(node))?;
        }
        for &node in &removal.to_safety {
            let safe = match self.flat.nodes[node as usize] {
                Mode::Person(entity) => self.guard.why(entity).is_some_and(Guarded::is_protected),
                _ => false,
            };
            if !safe {
                return Err(Error::usage(format!(
                    "{} is no victim and no minor on record; only these are taken to safety",
                    self.code(node)
                )));
            }
        }
        Ok(())
    }
}

impl WhatIf {
    /// What a network loses by a removal.
    ///
    /// # Errors
    ///
    /// If a target is protected, somebody taken to safety is not, or a node is named twice or is none.
    pub fn losses(&self, ground: &WhatIfGround<'_>, removal: &Removal) -> Result<Losses> {
        ground.check(removal)?;
        let before = Before::of(ground, self.steps)?;
        let figures = Figures { what: self, ground, before: &before };
        let after = figures.after(removal)?;
        let random = figures.random(removal)?;
        let regrowth = self.regrowth(ground, removal, &before)?;
        Ok(Losses {
            note: STRUCTURE_ONLY,
            seed: self.seed,
            draws: self.draws,
            removed: ground.codes(&removal.targets),
            to_safety: ground.codes(&removal.to_safety),
            figures: figures.table(removal, &after, &random),
            recruitments: ESTIMATE,
            cells_touched: figures.cells_touched(removal),
            out_of_reach: ground.codes(&figures.out_of_reach(removal)),
            regrowth,
        })
    }

    fn regrowth(
        &self,
        ground: &WhatIfGround<'_>,
        removal: &Removal,
        before: &Before,
    ) -> Result<Vec<Regrowth>> {
        let fit: Vec<bool> = (0..).take(ground.flat.nodes.len()).map(|u| ground.fits(u)).collect();
        let gone = figures::gone(ground, removal);
        let vacancies = regrowth::Ground {
            case: ground.case,
            entities: &ground.identities.entities,
            flat: &ground.flat,
            removed: &removal.targets,
            gone: &gone,
            fit: &fit,
            seed: self.seed,
            draws: self.draws,
            before: before.cohesion.efficiency(),
        };
        let all = Successor::ALL.into_iter().map(|by| vacancies.regrown(by));
        Ok(all.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}
