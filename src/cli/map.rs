//! `kluwen map`: a network map.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::error::{Error, Result};
use kluwen::finding::{Cells, Community, Made, Map, Names, Note, Picture, Recruiters};
use kluwen::graph::{Direction, Network, Shared, View, Weight};
use kluwen::identity::{EntityId, Identities};
use kluwen::measure::Quality;
use kluwen::output::{Dot, Layout, Placement, save};

use super::Manner;
use super::flags::{LangFlag, ViewFlags};
use super::group::By as Method;
use super::identity::IdentityFlags;
use super::measures::{By, Taken};
use super::nodes;
use super::print;
use super::reading::Reading;

/// A network map in DOT
///
/// Draw it with Graphviz: `kluwen map CASE | dot -Tsvg > map.svg`. People are shown by code; a large network
/// shows the ranked people and what ties them, and says what it left out.
#[derive(Debug, Args)]
pub(crate) struct MapCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// In what form
    #[arg(long, value_enum, default_value_t = MapForm::Dot)]
    format: MapForm,
    /// Of whom and what
    #[arg(long, value_enum, default_value_t)]
    network: MapNetwork,
    /// Larger signs for those who score high by this measure, as with `rank --by` [default: for the ranked]
    #[arg(long, value_enum, value_name = "MEASURE")]
    size: Option<By>,
    /// A color for each of the largest groups by this method, as with `group --by`, instead of colors by role
    #[arg(long, value_enum, value_name = "METHOD")]
    color: Option<Method>,
    /// Only this person and who is tied to him; may be given again
    #[arg(long, value_name = "WHO")]
    around: Vec<String>,
    /// Show at most so many people
    #[arg(long, value_name = "N", default_value_t = Picture::default().most)]
    most: usize,
    /// Show beside people what they share; may be given again
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    with: Vec<Beside>,
    /// Where signs stand; with `dot`, each sign then has its `pos`
    #[arg(long, value_enum, value_name = "LAYOUT")]
    layout: Option<MapLayout>,
    /// What stands over the map [default: how much it shows]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// In which language
    #[arg(long, value_enum, value_name = "LANG", default_value_t)]
    lang: LangFlag,
    /// Show names instead of codes, victims excepted, and say why
    #[arg(long, value_name = "WHY")]
    reveal: Option<String>,
    #[command(flatten)]
    view: ViewFlags,
}

/// What people share that a map can show beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Beside {
    /// Where they were first reached or advertised
    Channels,
    /// Where something happened
    Places,
    /// Phones, accounts, vehicles that two of those shown used, or one who was asked for; by number, or as they are with `--reveal`
    Identifiers,
    /// In which case files they have a role
    Cases,
}

impl From<Beside> for Shared {
    fn from(beside: Beside) -> Self {
        match beside {
            Beside::Channels => Self::Channels,
            Beside::Places => Self::Places,
            Beside::Identifiers => Self::Identifiers,
            Beside::Cases => Self::Cases,
        }
    }
}

/// Where signs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MapLayout {
    /// Those who are tied stand near each other
    Force,
    /// In rings around those asked for, or around the first ranked
    Concentric,
    /// From left to right by the first day of their ties
    Timeline,
}

impl From<MapLayout> for Layout {
    fn from(layout: MapLayout) -> Self {
        match layout {
            MapLayout::Force => Self::Force,
            MapLayout::Concentric => Self::Concentric,
            MapLayout::Timeline => Self::Timeline,
        }
    }
}

/// A form of map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MapForm {
    /// For Graphviz
    Dot,
}

/// What a map is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MapNetwork {
    /// People, tied by links
    #[default]
    People,
    /// People and case files, tied by roles
    Cases,
}

impl MapCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let case = &read.taken.case;
        let entities = &identities.entities;
        let around = self.around.iter().map(|who| nodes::person(who, case, entities));
        let picture = Picture {
            most: self.most,
            view: self.view.view(case)?,
            around: around.collect::<Result<_>>()?,
            names: names(self.reveal.as_deref())?,
            with: self.with.iter().copied().map(Shared::from).collect(),
            region: self.identity.region()?,
        };
        if !self.with.is_empty() && self.network == MapNetwork::Cases {
            return Err(Error::usage("`--with` is for `--network people`"));
        }
        if (self.size.is_some() || self.color.is_some()) && self.network == MapNetwork::Cases {
            return Err(Error::usage("`--size` and `--color` are for `--network people`"));
        }
        let network = Network::new(case, entities);
        let mut map = match self.network {
            MapNetwork::People => self.people(&picture, &network, &identities)?,
            MapNetwork::Cases => picture.draw_cases(&network),
        };
        if map.nodes.is_empty() && !case.roles.is_empty() && self.network == MapNetwork::People {
            manner
                .say("Nobody has a link here; `--network cases` draws who is in which case file.");
        }
        manner.say(&format!(
            "{} people shown of {}; {} ties.",
            map.people(),
            map.people_in_all,
            map.edges.len()
        ));
        map.notes.extend(self.reveal.clone().map(Note::Revealed));
        map.title.clone_from(&self.title);
        map.made = Some(Made {
            seed: self.identity.seed,
            inputs: (read.taken.files.iter())
                .map(|file| (file.name.clone(), file.sha256.clone().unwrap_or_default()))
                .collect(),
        });
        let MapForm::Dot = self.format;
        let placed = self
            .layout
            .map(|layout| Placement { layout: layout.into(), seed: self.identity.seed }.of(&map));
        let dot = Dot { lang: self.lang.into(), ..Dot::default() };
        let dot = dot.text(&map, placed.transpose()?.as_ref());
        match &self.out {
            Some(path) => {
                save(path, &self.reading.guard(self.identity.decisions()), |out| {
                    out.write_all(dot.as_bytes())
                })?;
            }
            None => print::print(|out| out.write_all(dot.as_bytes()))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl MapCommand {
    fn people(
        &self,
        picture: &Picture,
        network: &Network<'_>,
        identities: &Identities,
    ) -> Result<Map> {
        let options = Recruiters { draws: 0, seed: self.identity.seed, ..Recruiters::default() };
        let recruiters = options.find(network.case(), identities)?;
        // Whether groups stand out from chance is no part of a map.
        let mut cells = Cells { region: self.identity.region()?, ..Cells::default() };
        cells = cells.seeded(self.identity.seed);
        cells.rewiring.draws = 0;
        let mut map = picture.draw(network, &recruiters, &cells.find(network)?.groups);
        self.carry_across(&mut map, network, &picture.view)?;
        Ok(map)
    }

    /// Shows on the map what `rank` and `group` say of all people of the view, also those who are not drawn.
    fn carry_across(&self, map: &mut Map, network: &Network<'_>, view: &View) -> Result<()> {
        if self.size.is_none() && self.color.is_none() {
            return Ok(());
        }
        let flat = network.flatten(view, Direction::Undirected, Weight::None);
        let place = |entity: EntityId| flat.nodes.binary_search(&entity).ok();
        if let Some(by) = self.size {
            let scores = by.of_any_graph(Taken::default())?.scores(&flat.csr)?;
            map.size_by(&by.name(), |entity| place(entity).map(|at| scores[at]));
        }
        if let Some(method) = self.color {
            let divided = method.divide(&flat.csr, Quality::default(), self.identity.seed)?;
            let (partition, agreed) = divided;
            let firm = |at: &usize| {
                agreed.as_ref().is_none_or(|agreed| agreed.membership[*at] >= Community::FIRM)
            };
            let group = |at: usize| partition.groups()[at] as usize;
            map.color_by(method.name(), |entity| place(entity).filter(firm).map(group));
        }
        Ok(())
    }
}

/// Names are shown only to whoever says why.
pub(crate) fn names(reveal: Option<&str>) -> Result<Names> {
    match reveal.map(str::trim) {
        None => Ok(Names::Codes),
        Some("") => Err(Error::usage("`--reveal` takes the reason for which names are shown")),
        Some(_) => Ok(Names::Revealed),
    }
}
