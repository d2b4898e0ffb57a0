//! `kluwen adverts`: which advertisements are of one hand.

use std::process::ExitCode;

use clap::Args;
use kluwen::cluster::Question;
use kluwen::error::Result;
use kluwen::finding::{AdCluster, Adverts};
use kluwen::output::{Cell, Sheet};

use super::Manner;
use super::engine::EngineFlags;
use super::flags::Form;
use super::held::Held;
use super::identity::IdentityFlags;
use super::print::{self, listed};
use super::reading::Reading;
use super::recruiters::rounded;

/// Which advertisements are of one hand, and by what
///
/// Texts are compared without what hides them; a shared phone, handle, payer, image or victim counts beside them. It is
/// coordination that is found: agencies and people who work together by their own will coordinate, too.
#[derive(Debug, Args)]
pub(crate) struct AdvertsCommand {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    identity: IdentityFlags,
    #[command(flatten)]
    engine: EngineFlags,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl AdvertsCommand {
    pub(crate) fn run(&self, manner: Manner) -> Result<ExitCode> {
        let question = ("adverts", Question::Adverts);
        let Held { read, identities, mut session } =
            self.identity.take_from(&self.engine, &self.reading, question, manner)?;
        let options = Adverts {
            region: self.identity.region()?,
            seed: self.identity.seed,
            ..Adverts::default()
        };
        let (case, entities) = (&read.taken.case, &identities.entities);
        let found = match &mut session {
            None => options.find(case, entities),
            Some(session) => {
                options.find_by(case, entities, &mut |rule, keys| session.pairs(rule, keys))?
            }
        };
        found.notes.iter().for_each(|note| manner.say(&note.to_string()));
        let clusters = &found.clusters;
        print::rows(clusters, || sheet(clusters, self.format), self.format)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A template, of which a table shows the beginning.
fn template(text: &str, form: Form) -> Cell {
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    listed(&words, form).into()
}

fn sheet(clusters: &[AdCluster], form: Form) -> Sheet {
    let mut sheet = Sheet::new([
        "cluster",
        "coordination",
        "ads",
        "victims",
        "payers",
        "phones",
        "phone_entropy",
        "handles",
        "handle_entropy",
        "places",
        "place_entropy",
        "template_share",
        "slots",
        "first_seen",
        "last_seen",
        "ties",
        "channels",
        "ad_ids",
        "template",
    ]);
    let text = |value: &Option<String>| value.clone().map_or(Cell::Missing, Cell::from);
    for one in clusters {
        let ties: Vec<String> =
            one.ties.iter().map(|(tie, count)| format!("{tie} {count}")).collect();
        let codes = |codes: Vec<String>| Cell::from(listed(&codes, form));
        sheet.push([
            Cell::from(one.cluster),
            rounded(one.coordination),
            one.ad_ids.len().into(),
            codes(one.victims.iter().map(ToString::to_string).collect()),
            codes(one.payers.iter().map(ToString::to_string).collect()),
            one.phones.into(),
            rounded(one.phone_entropy),
            one.handles.into(),
            rounded(one.handle_entropy),
            one.places.into(),
            rounded(one.place_entropy),
            one.template_share.map_or(Cell::Missing, rounded),
            one.slots.into(),
            text(&one.first_seen),
            text(&one.last_seen),
            ties.join(", ").into(),
            listed(&one.channels, form).into(),
            listed(&one.ad_ids, form).into(),
            one.template.as_deref().map_or(Cell::Missing, |text| template(text, form)),
        ]);
    }
    sheet
}
