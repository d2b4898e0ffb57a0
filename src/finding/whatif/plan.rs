//! Whose removal would do most, of those who may be proposed.

use std::collections::BTreeMap;

use super::WhatIfGround;
use crate::case::IdentifierKind;
use crate::error::{Error, Result};
use crate::graph::Mode;
use crate::measure::{Dismantled, Dismantling, KeyPlayers};

/// What may be proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Among {
    /// People who are not guarded. This is the default.
    #[default]
    People,
    /// Phones, accounts, channels and places of which none is a protected person's own. Case files are never proposed.
    Shared,
}

/// How a set is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// The set that together does most.
    KeyPlayers(KeyPlayers),
    /// The first of an order that takes the network apart.
    Dismantling {
        /// The order, and how many of it.
        order: Dismantling,
        /// How many are proposed at most.
        most: usize,
    },
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The nodes; of an order, in it.
    pub nodes: Vec<u32>,
    /// Of an order: the size of the largest component before any removal and after each. Else empty.
    pub largest: Vec<usize>,
    /// Whether it is proven that no set of as many does more by the goal; an order is not.
    pub proven: bool,
    /// How many could have been proposed.
    pub candidates: usize,
    /// How many nodes there are of the sort that is proposed.
    pub of: usize,
}

impl WhatIfGround<'_> {
    /// The nodes whose removal would do most by a plan.
    ///
    /// # Errors
    ///
    /// If too few may be proposed, or an option of the plan is out of its range.
    pub fn propose(&self, among: Among, plan: &Plan) -> Result<Proposal> {
        let nodes = (0..).take(self.flat.nodes.len());
        let (open, closed): (Vec<u32>, Vec<u32>) = nodes.partition(|&u| self.is_open(among, u));
        let of = self.flat.nodes.iter().filter(|&&mode| is_sort(among, mode)).count();
        let enough = |size: usize| {
            if size == 0 || open.len() < size {
                return Err(Error::usage(format!(
                    "{size} are to be proposed, but only {} of {of} may be",
                    open.len()
                )));
            }
            Ok(())
        };
        let candidates = open.len();
        match plan {
            Plan::KeyPlayers(players) => {
                enough(players.size)?;
                let players = KeyPlayers { forbidden: closed, ..players.clone() };
                let found = players.find(&self.flat.csr)?;
                let largest = Vec::new();
                Ok(Proposal { nodes: found.nodes, largest, proven: found.proven, candidates, of })
            }
            Plan::Dismantling { order, most } => {
                enough(*most)?;
                let order = Dismantling { forbidden: closed, ..order.clone() };
                let Dismantled { mut nodes, mut largest, .. } = order.run(&self.flat.csr)?;
                nodes.truncate(*most);
                largest.truncate(*most + 1);
                Ok(Proposal { nodes, largest, proven: false, candidates, of })
            }
        }
    }

    /// Whether a node may be proposed.
    pub(super) fn is_open(&self, among: Among, u: u32) -> bool {
        let mode = self.flat.nodes[u as usize];
        is_sort(among, mode)
            && match mode {
                Mode::Person(entity) => self.guard.why(entity).is_none(),
                Mode::Identifier(..) => {
                    !self.flat.csr.neighbors(u).iter().any(|&v| self.is_protected(v))
                }
                _ => true,
            }
    }

    /// Whether somebody may take a place that falls vacant: who may be proposed.
    pub(super) fn fits(&self, u: u32) -> bool {
        self.is_open(Among::People, u)
    }

    fn is_protected(&self, u: u32) -> bool {
        match self.flat.nodes[u as usize] {
            Mode::Person(entity) => {
                self.guard.why(entity).is_some_and(super::Guarded::is_protected)
            }
            _ => false,
        }
    }

    /// By node that may be removed at random in place of a target: those of the same sort that may be proposed, or all of the sort
    /// where these are too few.
    pub(super) fn alike(&self, targets: &[u32]) -> Vec<(usize, Vec<u32>)> {
        let mut sorts: BTreeMap<Sort, usize> = BTreeMap::new();
        for &u in targets {
            *sorts.entry(sort(self.flat.nodes[u as usize])).or_default() += 1;
        }
        let alike = |(own, count): (Sort, usize)| {
            let all = || {
                let nodes = (0..).take(self.flat.nodes.len());
                nodes.filter(move |&u| sort(self.flat.nodes[u as usize]) == own)
            };
            let open: Vec<u32> = all()
                .filter(|&u| self.is_open(Among::People, u) || self.is_open(Among::Shared, u))
                .collect();
            let pool = if open.len() > count {
                open
            } else {
                all().filter(|&u| !self.is_protected(u)).collect()
            };
            (count, pool)
        };
        sorts.into_iter().map(alike).collect()
    }
}

fn is_sort(among: Among, mode: Mode) -> bool {
    match among {
        Among::People => matches!(mode, Mode::Person(_)),
        Among::Shared => matches!(mode, Mode::Identifier(..) | Mode::Channel(_) | Mode::Place(_)),
    }
}

/// What a node is, as far as random removals are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Person,
    Channel,
    Case,
    Place,
    Identifier(IdentifierKind),
}

fn sort(mode: Mode) -> Sort {
    match mode {
        Mode::Person(_) => Sort::Person,
        Mode::Channel(_) => Sort::Channel,
        Mode::Case(_) => Sort::Case,
        Mode::Place(_) => Sort::Place,
        Mode::Identifier(kind, _) => Sort::Identifier(kind),
    }
}
