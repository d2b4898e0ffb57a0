//! Networks of two sides.

use super::held::Held;
use super::{counted_edges, people, tied_nodes};
use crate::case::{LinkKind, Table};
use crate::cluster::program::Assignment;
use crate::cluster::sql::{is_known, text, texts, whole};

/// Who has a role in which case file.
pub(super) fn people_and_cases(held: &Held<'_>) -> [Assignment; 3] {
    let rows = format!(
        "SELECT entities.entity AS source, others.node AS target FROM roles \
         JOIN entities ON entities.person_id = roles.person_id \
         LEFT ANTI JOIN without ON without.entity = entities.entity \
         LEFT JOIN others ON others.id = roles.case_id \
         WHERE {} AND {}",
        is_known("roles.case_id"),
        held.condition(Table::Roles)
    );
    [Assignment::new("ties", rows), counted_edges(), tied_nodes()]
}

/// Which victims were offered on, or first contacted through, which channels.
pub(super) fn victims_and_channels(held: &Held<'_>) -> [Assignment; 3] {
    let contacts = format!(
        "SELECT to_entity AS entity, channel_id FROM ({}) AS contacts WHERE kind = {}",
        people::links(held, "links.kind AS kind, links.channel_id AS channel_id"),
        text(LinkKind::FirstContact.code())
    );
    let ads = format!(
        "SELECT entities.entity AS entity, ads.channel_id AS channel_id FROM ads \
         JOIN entities ON entities.person_id = ads.victim_id \
         LEFT ANTI JOIN without ON without.entity = entities.entity WHERE {}",
        held.condition(Table::Ads)
    );
    let rows = format!(
        "SELECT offered.entity AS source, others.node AS target FROM ({contacts} UNION ALL {ads}) AS offered \
         JOIN victim_entities ON victim_entities.entity = offered.entity LEFT JOIN others ON others.id = offered.channel_id WHERE {}",
        is_known("offered.channel_id")
    );
    [Assignment::new("ties", rows), counted_edges(), tied_nodes()]
}

/// Who acted on which victim; contacts of professionals and those of which nothing is said are not acts.
pub(super) fn actors_and_victims(held: &Held<'_>, people: usize) -> [Assignment; 3] {
    let no_acts = [LinkKind::ProfessionalContact, LinkKind::Contact, LinkKind::Other];
    let rows = format!(
        "SELECT acts.from_entity AS source, acts.to_entity + {} AS target FROM ({}) AS acts \
         JOIN victim_entities ON victim_entities.entity = acts.to_entity \
         LEFT ANTI JOIN victim_entities AS protected_people ON protected_people.entity = acts.from_entity \
         WHERE acts.kind NOT IN ({})",
        whole(i64::try_from(people).unwrap_or(i64::MAX)),
        people::links(held, "links.kind AS kind"),
        texts(no_acts.iter().map(|kind| kind.code()))
    );
    [Assignment::new("ties", rows), counted_edges(), tied_nodes()]
}

/// The table of rows that tie several people to one thing each.
pub(super) const TIED_ROWS: &str = "tied_rows";

/// Who has a link through, posted or paid an advertisement on, or is offered on which channel.
pub(super) fn people_and_channels(held: &Held<'_>) -> [Assignment; 4] {
    let links = format!(
        "SELECT from_entity AS one, to_entity AS other, CAST(NULL AS BIGINT) AS third, thing FROM ({}) AS links_held",
        people::links(held, "links.channel_id AS thing")
    );
    let person = |name: &str, column: &str| {
        format!(
            "LEFT JOIN entities AS {name} ON {name}.person_id = ads.{column} \
             LEFT ANTI JOIN without AS no_{name} ON no_{name}.entity = {name}.entity"
        )
    };
    let ads = format!(
        "SELECT victim.entity AS one, poster.entity AS other, payer.entity AS third, ads.channel_id AS thing FROM ads {} {} {} \
         WHERE COALESCE(victim.entity, poster.entity, payer.entity) IS NOT NULL AND {}",
        person("victim", "victim_id"),
        person("poster", "posted_by"),
        person("payer", "payer"),
        held.condition(Table::Ads)
    );
    of_rows(&format!("{links} UNION ALL {ads}"))
}

/// Who has a link at which place.
pub(super) fn people_and_places(held: &Held<'_>) -> [Assignment; 4] {
    of_rows(&format!(
        "SELECT from_entity AS one, to_entity AS other, CAST(NULL AS BIGINT) AS third, thing FROM ({}) AS links_held",
        people::links(held, "links.place_id AS thing")
    ))
}

/// Ties of rows that name up to three people and a thing.
fn of_rows(rows: &str) -> [Assignment; 4] {
    let named = format!(
        "SELECT one, other, third, others.node AS target FROM ({rows}) AS all_rows \
         LEFT JOIN others ON others.id = all_rows.thing WHERE {}",
        is_known("all_rows.thing")
    );
    let end = |person: &str| format!("SELECT {person} AS source, target FROM {TIED_ROWS}");
    let ties = format!(
        "SELECT source, target FROM ({}) AS ends WHERE source IS NOT NULL",
        ["one", "other", "third"].map(end).join(" UNION ALL ")
    );
    [
        Assignment::new(TIED_ROWS, named),
        Assignment::new("ties", ties),
        counted_edges(),
        tied_nodes(),
    ]
}
