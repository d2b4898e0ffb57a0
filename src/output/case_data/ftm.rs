//! A case as `FollowTheMoney` entities, by the convention of `case/ftm.rs`.
//!
//! No entity has a topic: a label such as `crime.traffick.human` would stick to a victim as well as to an offender,
//! and a role belongs to a case and not to a person.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::super::json_text::write_json_line;
use super::ftm_entity::Entity;
use super::ftm_identifiers::{account, telling};
use super::{CaseData, Row};
use crate::case::{HANDLING, Missing, Table, ftm};

/// Schemata of those who act that are no people; a row that came from one goes out as one.
const ORGANISATIONS: [&str; 4] = ["LegalEntity", "Organization", "Company", "PublicBody"];

/// Writes a case as `FollowTheMoney` entities, one JSON object a line.
///
/// What of a case survives that, and how, is told by [`ftm_fates`](super::ftm_fates).
///
/// # Errors
///
/// If `out` fails.
///
/// # Examples
///
/// ```
/// use kluwen::Case;
/// use kluwen::output::{Disclosure, CaseData, write_ftm};
///
/// let case = Case::open("graphs/study25")?;
/// let mut out = Vec::new();
/// write_ftm(&CaseData::new(&case, Disclosure::Coded), &mut out)?;
/// assert!(out.starts_with(b"{\"id\":\"kluwen.cases.case.2D1\",\"schema\":\"CourtCase\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_ftm(data: &CaseData<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Ftm::of(data);
    for table in Table::ALL {
        if table == Table::People {
            // A case file of which only other tables tell must be there before they are read.
            unlisted_cases(data, out)?;
        }
        for row in data.rows(table) {
            for entity in writer.entities(&row) {
                write_json_line(&entity, out)?;
            }
        }
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Ftm {
    /// Those who act and are no people, with their schema.
    organisations: BTreeMap<String, &'static str>,
    channel_names: BTreeMap<String, String>,
    /// By person: the kind and value of identifiers that are properties of a person.
    telling: BTreeMap<String, Vec<(String, String)>>,
    /// By person: how those may be handled; the whole person is handled so, who cannot be told from them.
    handling: BTreeMap<String, BTreeSet<String>>,
}

impl Ftm {
    fn of(data: &CaseData<'_>) -> Self {
        let mut all = Self::default();
        for row in data.rows(Table::Channels) {
            all.channel_names.insert(row.text("channel_id").into(), row.text("name").into());
        }
        for row in data.rows(Table::People) {
            let schema = row.attributes.iter().find(|(name, _)| name == "ftm_schema");
            let known = schema
                .and_then(|(_, schema)| ORGANISATIONS.into_iter().find(|known| known == schema));
            if let Some(schema) = known {
                all.organisations.insert(row.text("person_id").into(), schema);
            }
        }
        for row in data.rows(Table::Identifiers).filter(|row| account(&row.text("kind")).is_none())
        {
            let person = all.telling.entry(row.text("person_id").into()).or_default();
            person.push((row.text("kind").into(), row.text("value").into()));
            let codes = row.handling().map(str::to_owned).into_iter();
            let codes: BTreeSet<String> =
                codes.chain(data.grades.handling_code(&row.text("grade"))).collect();
            if !codes.is_empty() {
                all.handling.entry(row.text("person_id").into()).or_default().extend(codes);
            }
        }
        all
    }

    /// What a row becomes.
    fn entities(&mut self, row: &Row<'_>) -> Vec<Entity> {
        let mut entities = self.plain_entities(row);
        let own = row.handling().map(str::to_owned);
        let of_person = self.handling.get(row.text("person_id").as_ref());
        let of_person = of_person.filter(|_| row.table == Table::People).into_iter().flatten();
        let codes: Vec<String> = own.into_iter().chain(of_person.cloned()).collect();
        if !codes.is_empty() {
            let codes = codes.join(";");
            for entity in &mut entities {
                entity.note(HANDLING, &codes);
            }
        }
        entities
    }

    fn plain_entities(&mut self, row: &Row<'_>) -> Vec<Entity> {
        match row.table {
            Table::Cases => vec![case(row)],
            Table::People => vec![self.person(row)],
            Table::Channels => vec![channel(row)],
            Table::Places => vec![place(row)],
            Table::Identifiers => self.account(row),
            Table::Roles => vec![role(row)],
            Table::Links => vec![self.link(row)],
            Table::Ads => vec![ad(row)],
        }
    }

    fn person(&mut self, row: &Row<'_>) -> Entity {
        let id = row.text("person_id");
        let schema = self.organisations.get(id.as_ref()).copied().unwrap_or("Person");
        let mut entity = Entity::thing(schema, ftm::entity_id(Table::People, &id));
        entity.pass(&["person_id", "name"]);
        named(&mut entity, &row.text("name"), &id);
        let alias = row.text("alias");
        if alias.split(';').all(|one| !one.trim().is_empty()) {
            alias.split(';').for_each(|one| entity.put("alias", one));
            entity.pass(&["alias"]);
        }
        if schema == "Person" {
            entity.date(row, "birth", "birthDate");
            if matches!(row.text("sex").as_ref(), "female" | "male" | "other") {
                entity.tell(row, "sex", "gender");
            }
        }
        for (kind, value) in self.telling.get(id.as_ref()).into_iter().flatten() {
            match telling(kind, value) {
                Some((property, value)) => entity.put(property, value),
                None => entity.note(&format!("{}{kind}", ftm::IDENTIFIER), value),
            }
        }
        entity.note_rest(row);
        entity
    }

    /// What somebody uses, where there is a schema for it; else it stands with the person.
    fn account(&self, row: &Row<'_>) -> Vec<Entity> {
        let kind = row.text("kind");
        let Some((schema, property, owner)) = account(&kind) else { return Vec::new() };
        let id = ftm::row_entity_id(Table::Identifiers, row.number);
        let person = ftm::entity_id(Table::People, &row.text("person_id"));
        let mut entity = match schema {
            "Identification" => Entity::interval(schema, id),
            _ => Entity::thing(schema, id),
        };
        entity.pass(&["person_id", "kind"]);
        entity.tell(row, "value", property);
        if schema == "Identification" {
            entity.date(row, "start", "startDate");
            entity.date(row, "end", "endDate");
        }
        if schema == "UserAccount" {
            let channel = row.text("channel_id");
            entity.put(
                "service",
                self.channel_names.get(channel.as_ref()).cloned().unwrap_or_default(),
            );
        }
        entity.note_rest(row);
        let Some(owner) = owner else {
            // An account is an asset, which an Ownership ties to who has it.
            let mut tie = Entity::interval("Ownership", format!("{}.owner", entity.id()));
            tie.put("owner", person);
            tie.put("asset", entity.id());
            return vec![entity, tie];
        };
        entity.put(owner, person);
        vec![entity]
    }

    fn link(&self, row: &Row<'_>) -> Entity {
        let ends = ["from", "to"].map(|column| row.text(column));
        let people = ends.iter().all(|end| !self.organisations.contains_key(end.as_ref()));
        let kind = row.text("kind");
        let (schema, from, to, role) = match kind.as_ref() {
            "paid" => ("Payment", "payer", "beneficiary", None),
            "kin" if people => ("Family", "person", "relative", Some("relationship")),
            "partner" | "friend" if people => {
                ("Associate", "person", "associate", Some("relationship"))
            }
            _ => ("UnknownLink", "subject", "object", Some("role")),
        };
        let id = row.text("link_id");
        let own = crate::case::Missing::parse(&id).is_none();
        let entity_id = if own {
            ftm::entity_id(Table::Links, &id)
        } else {
            ftm::row_entity_id(Table::Links, row.number)
        };
        let mut entity = Entity::interval(schema, entity_id);
        if own {
            entity.pass(&["link_id"]);
        }
        entity.pass(&["from", "to", "kind"]);
        for (property, end) in [from, to].into_iter().zip(ends) {
            entity.put(property, ftm::entity_id(Table::People, &end));
        }
        if let Some(role) = role {
            entity.put(role, kind);
        }
        dated(&mut entity, row);
        entity
    }
}

/// Cases that no row tells of: those that roles name, and with them those that links and advertisements name, as none may be missing where some are listed.
fn unlisted_cases(data: &CaseData<'_>, out: &mut dyn Write) -> io::Result<()> {
    let of = |table| {
        let named = data.rows(table).map(|row| row.text("case_id").into_owned());
        named.filter(|case| Missing::parse(case).is_none()).collect::<BTreeSet<String>>()
    };
    let (listed, mut named) = (of(Table::Cases), of(Table::Roles));
    if !named.is_empty() {
        named.extend([Table::Links, Table::Ads].into_iter().flat_map(of));
    }
    for case in named.difference(&listed) {
        let mut entity = Entity::thing("CourtCase", ftm::entity_id(Table::Cases, case));
        entity.put("name", case);
        write_json_line(&entity, out)?;
    }
    Ok(())
}

/// The start and the end in their properties, and all else that is left.
fn dated(entity: &mut Entity, row: &Row<'_>) {
    entity.date(row, "start", "startDate");
    entity.date(row, "end", "endDate");
    entity.note_rest(row);
}

/// A name, which every thing must have; where there is none, the id stands for it, and is not read as a name.
fn named(entity: &mut Entity, name: &str, id: &str) {
    if name.is_empty() {
        entity.put("name", id);
        entity.note("name", "");
    } else {
        entity.put("name", name);
    }
}

fn case(row: &Row<'_>) -> Entity {
    let id = row.text("case_id");
    let mut entity = Entity::thing("CourtCase", ftm::entity_id(Table::Cases, &id));
    entity.put("name", id);
    entity.pass(&["case_id"]);
    entity.date(row, "opened", "fileDate");
    entity.date(row, "closed", "closeDate");
    entity.tell(row, "outcome", "status");
    entity.note_rest(row);
    entity
}

fn channel(row: &Row<'_>) -> Entity {
    let id = row.text("channel_id");
    let mut entity = Entity::thing("Organization", ftm::entity_id(Table::Channels, &id));
    entity.pass(&["channel_id", "name"]);
    named(&mut entity, &row.text("name"), &id);
    entity.note_rest(row);
    entity
}

fn place(row: &Row<'_>) -> Entity {
    let mut entity = Entity::thing("Address", ftm::entity_id(Table::Places, &row.text("place_id")));
    entity.pass(&["place_id"]);
    entity.tell(row, "name", "full");
    entity.tell(row, "lat", "latitude");
    entity.tell(row, "lon", "longitude");
    entity.note_rest(row);
    entity
}

fn role(row: &Row<'_>) -> Entity {
    let mut entity =
        Entity::interval("CourtCaseParty", ftm::row_entity_id(Table::Roles, row.number));
    entity.pass(&["person_id", "case_id"]);
    entity.put("party", ftm::entity_id(Table::People, &row.text("person_id")));
    entity.put("case", ftm::entity_id(Table::Cases, &row.text("case_id")));
    entity.tell(row, "role", "role");
    entity.tell(row, "status", "status");
    dated(&mut entity, row);
    entity
}

fn ad(row: &Row<'_>) -> Entity {
    let mut entity = Entity::thing("PlainText", ftm::entity_id(Table::Ads, &row.text("ad_id")));
    entity.pass(&["ad_id"]);
    entity.tell(row, "text", "bodyText");
    entity.date(row, "posted", "publishedAt");
    entity.note_rest(row);
    entity
}
