//! What if we knew the truth?
//!
//! [`Simulation`] plants a world (people, cases, who recruited whom and when), writes down what an investigation
//! might have seen of it, as a case folder of the contract, and beside it `truth.json`. Two streams of
//! random choices are used: one for what happened and one for what was written down, so that the same
//! seed in another [`Tier`] is the same world through other files.
//!
//! [`Figures`] is what happens, [`Recording`] what of it is seen; both can be changed field by field. The shape
//! of `truth.json` is that of [`Truth`], and [`score`] holds findings against it.
//!
//! Everybody is invented: names are built of syllables, phones, accounts and plates belong to nobody,
//! places lie in the open sea.

mod adverts;
mod chance;
mod decoys;
mod details;
mod figures;
mod gathering;
mod names;
mod people;
mod planning;
mod record;
pub mod score;
mod simulation;
mod story;
mod tables;
mod texts;
mod tier;
mod truth;
mod ways;
mod world;

pub use figures::Figures;
pub use simulation::{Scale, Simulation};
pub use tier::{Recording, Tier};
pub use truth::{
    AdHand, ClosedChannel, Participation, PlantedChannel, TrueEpisode, TruePerson, TrueWindow,
    Truth,
};
