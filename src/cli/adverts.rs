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
        let options = self.options()?;
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

    /// How advertisements are compared.
    fn options(&self) -> Result<Adverts> {
        let region = self.identity.region()?;
        Ok(Adverts { region, seed: self.identity.seed, ..Adverts::default() })
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

#[cfg(test)]
mod tests {
    use kluwen::identity::EntityId;

    use super::super::trial::lines;
    use super::*;

    #[test]
    fn a_hand_is_told_with_whom_it_offers_and_what_it_writes_from() {
        let cluster = |template: Option<&str>| AdCluster {
            cluster: 1,
            ad_ids: vec!["a1".into(), "a2".into(), "a3".into()],
            coordination: 0.98765,
            ties: vec![("text", 3), ("phone", 2)],
            victims: Vec::new(),
            payers: vec![EntityId::from_number(6)],
            phones: 2,
            phone_entropy: 0.9183,
            handles: 4,
            handle_entropy: 0.5,
            places: 5,
            place_entropy: 0.25,
            channels: vec!["ch1".into(), "ch2".into()],
            first_seen: Some("2019-03-02".into()),
            last_seen: None,
            template: template.map(str::to_owned),
            slots: 6,
            template_share: template.map(|_| 0.75),
        };
        let told = "1,0.988,3,,E7,2,0.918,4,0.5,5,0.25";
        let seen = "6,2019-03-02,,\"text 3, phone 2\",ch1 ch2,a1 a2 a3";
        assert_eq!(
            lines(&sheet(&[cluster(Some("nieuw [] hier")), cluster(None)], Form::Csv)),
            [format!("{told},0.75,{seen},nieuw [] hier"), format!("{told},,{seen},")]
        );
    }

    #[test]
    fn a_table_shows_the_beginning_of_a_template() {
        let words = vec!["la"; 13].join(" ");
        let shown = format!("{} … (13 in all)", ["la"; 12].join(" "));
        assert_eq!(template(&words, Form::Table), Cell::from(shown));
        assert_eq!(template(&words, Form::Csv), Cell::from(words));
    }

    #[test]
    fn advertisements_are_compared_as_was_typed() {
        let words = ["case", "--region", "de", "--seed", "3"];
        let options = super::super::trial::typed::<AdvertsCommand>(&words).options();
        let region = kluwen::identity::clean::Region::parse("de").expect("a country");
        let want = Adverts { region, seed: 3, ..Adverts::default() };
        assert_eq!(options.expect("a known country"), want);
    }
}
