//! `kluwen map`: a network map.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use kluwen::case::InputFile;
use kluwen::error::{Error, Result};
use kluwen::finding::{Cells, Community, Made, Map, Names, Note, Picture, Recruiters};
use kluwen::graph::{Direction, Network, Shared, View, Weight};
use kluwen::identity::{EntityId, Identities};
use kluwen::measure::Quality;

use super::Manner;
use super::drawing::{DrawingFlags, placement};
use super::flags::ViewFlags;
use super::group::By as Method;
use super::identity::IdentityFlags;
use super::measures::{By, Taken};
use super::nodes;
use super::reading::{Read, Reading};

/// A network map: a page to look around in, a picture for paper, or a file for another tool
///
/// `kluwen map CASE --out map.html` opens in any browser, offline. People are shown by code; a large network
/// shows the ranked people and what ties them, and says what it left out. For Graphviz: `kluwen map CASE | dot -Tsvg > map.svg`.
#[derive(Debug, Args)]
pub(crate) struct MapCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    #[command(flatten)]
    drawing: DrawingFlags,
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
    /// Show names instead of codes, victims excepted, and say why
    #[arg(long, value_name = "WHY")]
    reveal: Option<String>,
    /// Refused: no map of people is for publication
    #[arg(long, hide = true)]
    publish: bool,
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

/// What a map is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MapNetwork {
    /// People, tied by links
    #[default]
    People,
    /// People and case files, tied by roles
    Cases,
}

/// Why no map of people is published, in any form.
const NO_MAP: &str = "a map shows people one by one, who can be told by their place in it; none is for publication. Publish figures: `kluwen analyse --publish`";

impl MapCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        if self.publish {
            return Err(Error::usage(NO_MAP));
        }
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
        map.notes.extend(self.reveal.as_deref().map(|why| Note::Revealed(why.into())));
        map.title = self.drawing.title.as_deref().map(Into::into);
        map.made = Some(made(&read, self.identity.seed));
        let placement = placement(self.identity.seed, picture.around);
        let guard = self.reading.guard(self.identity.decisions());
        self.drawing.write(&map, &placement, &guard, manner)?;
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

/// From what a map is made.
pub(crate) fn made(read: &Read, seed: u64) -> Made {
    let sum =
        |file: &InputFile| (file.name.as_str().into(), file.sha256.clone().unwrap_or_default());
    Made { seed, inputs: read.taken.files.iter().map(sum).collect() }
}

/// Names are shown only to whoever says why.
pub(crate) fn names(reveal: Option<&str>) -> Result<Names> {
    match reveal.map(str::trim) {
        None => Ok(Names::Codes),
        Some("") => Err(Error::usage("`--reveal` takes the reason for which names are shown")),
        Some(_) => Ok(Names::Revealed),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::typed;
    use super::*;

    #[test]
    fn names_are_shown_only_for_a_reason() {
        assert_eq!(names(None).expect("codes"), Names::Codes);
        assert_eq!(names(Some("court")).expect("names"), Names::Revealed);
        for empty in ["", " "] {
            names(Some(empty)).expect_err("no reason");
        }
    }

    #[test]
    fn no_map_is_for_publication() {
        let command = typed::<MapCommand>(&["case", "--publish"]);
        let error = command.run(Manner { quiet: true }).expect_err("people").to_string();
        assert!(error.starts_with("a map shows people one by one"), "{error}");
    }

    #[test]
    fn what_is_shown_beside_people_is_what_was_typed() {
        let beside = [Beside::Channels, Beside::Places, Beside::Identifiers, Beside::Cases];
        let want = [Shared::Channels, Shared::Places, Shared::Identifiers, Shared::Cases];
        assert_eq!(beside.map(Shared::from), want);
    }

    fn with_map<T>(words: &[&str], ask: impl FnOnce(&MapCommand, Map) -> T) -> T {
        let case = super::super::trial::case_of(&[
            ("people.csv", "person_id\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\n"),
            (
                "links.csv",
                "link_id,from,to,kind\nl1,a,b,contact\nl2,a,c,contact\nl3,a,d,contact\n\
                 l4,a,e,contact\nl5,a,f,contact\nl6,g,h,contact\nl7,h,i,contact\nl8,i,g,contact\n",
            ),
        ]);
        let identities = Identities::as_given(&case);
        let network = Network::new(&case, &identities.entities);
        let command = typed::<MapCommand>(&[&["case"], words].concat());
        let map = command.people(&Picture::default(), &network, &identities).expect("a map");
        ask(&command, map)
    }

    #[test]
    fn signs_are_large_and_colored_by_what_was_asked_for() {
        with_map(&[], |_, map| {
            assert!(map.nodes.iter().all(|node| node.hue.is_none()));
            assert!(!map.notes.iter().any(|note| matches!(note, Note::Size(_) | Note::Groups(_))));
        });
        with_map(&["--size", "degree", "--color", "components"], |_, map| {
            let node = |entity: u32| {
                let who = Some(EntityId::from_number(entity));
                map.nodes.iter().find(|node| node.entity == who).expect("a person")
            };
            // Anna has five ties, and the others one or two; of nine nobody is the highest tenth.
            assert_eq!([0, 1, 6].map(|one| node(one).size), [1, 0, 0]);
            // Six of her component, then three of the other.
            assert_eq!([0, 1, 6, 8].map(|one| node(one).hue), [Some(0), Some(0), Some(1), Some(1)]);
            assert!(map.notes.contains(&Note::Size("degree".into())));
            assert!(map.notes.contains(&Note::Groups("components".into())));
        });
    }

    #[test]
    fn flags_of_people_are_refused_for_case_files() {
        let folder = super::super::trial::folder_of(&[
            ("people.csv", "person_id\na\n"),
            ("roles.csv", "case_id,person_id,role\nc1,a,client\n"),
        ]);
        let case = folder.path().to_str().expect("text");
        for (words, refused) in [
            (["--with", "channels"], "`--with` is for `--network people`"),
            (["--size", "degree"], "`--size` and `--color` are for `--network people`"),
            (["--color", "leiden"], "`--size` and `--color` are for `--network people`"),
        ] {
            let words = [&[case, "--network", "cases"], &words[..]].concat();
            let error = typed::<MapCommand>(&words).run(Manner { quiet: true });
            assert_eq!(error.expect_err(refused).to_string(), refused);
        }
    }
}
