//! From entities to rows of the contract.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::super::super::super::ftm::{interval, row_id};
use super::super::super::super::schema::Table;
use super::super::super::super::vocabulary::{Code, IdentifierKind, LinkKind, Role, Status};
use super::super::{ForeignRows, NewRow};
use super::entity::Entity;
use super::schema::{Place, TELLING, Tie, Used, role};
use super::told::{address, dated, finish, identifier_of_note, is_own, notes, plain_id};

/// At most so many pairs of one tie become links: a list of ends is no list of pairs.
const PAIRS: usize = 10_000;

pub(super) struct Rows<'e> {
    entities: &'e [Entity],
    by_id: HashMap<&'e str, &'e Entity>,
    /// Things to which an Ownership leads.
    owned: BTreeSet<&'e str>,
    channels: BTreeSet<String>,
    out: &'e mut ForeignRows,
}

impl<'e> Rows<'e> {
    pub(super) fn new(entities: &'e [Entity], out: &'e mut ForeignRows) -> Self {
        let by_id = entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
        let ownerships = entities.iter().filter(|entity| entity.schema == "Ownership");
        let owned =
            ownerships.flat_map(|entity| entity.values("asset")).map(String::as_str).collect();
        Self { entities, by_id, owned, channels: BTreeSet::new(), out }
    }

    /// Makes rows of all entities.
    pub(super) fn gather(mut self) {
        for entity in self.entities {
            match (row_id(&entity.id), Place::of(&entity.schema)) {
                (Some((Table::Channels, id)), _) => self.channel(entity, id),
                (Some((Table::Ads, id)), _) => self.ad(entity, id),
                (_, Place::Actor) => self.actor(entity),
                (_, Place::Case) => self.case(entity),
                (_, Place::Somewhere) => self.place(entity),
                (_, Place::Party) => self.party(entity),
                (_, Place::Tie(tie)) => self.tie(entity, tie),
                (_, Place::Used(used)) => self.used(entity, used, &[]),
                (_, Place::None(why)) => self.out.leave(entity.schema.as_str(), entity.line, why),
            }
        }
    }

    /// Ends a row: what stands in notes comes in its column, and what was not asked for beside the row.
    fn finish(&mut self, mut row: NewRow, entity: &Entity, used: &[&str]) {
        finish(&mut row, entity, used);
        self.out.push(row);
    }

    fn actor(&mut self, entity: &Entity) {
        let id = plain_id(&entity.id);
        let whole = [entity.first("firstName"), entity.first("lastName")].join(" ");
        let mut names = entity.values("name").iter();
        let name = names.next().map_or(whole.trim(), String::as_str);
        let more = ["alias", "weakAlias", "previousName"].map(|property| entity.values(property));
        let aliases: Vec<String> =
            names.chain(more.into_iter().flatten()).map(|alias| alias.replace(';', ",")).collect();
        let mut row = NewRow::new(Table::People, entity.line)
            .with("person_id", &id)
            .with("name", name)
            // A blank keeps words of two alphabets apart, which otherwise look like one.
            .with("alias", aliases.join(if is_own(entity) { ";" } else { "; " }))
            .with("birth", interval(entity.values("birthDate")))
            .with("sex", entity.first("gender"));
        if entity.schema != "Person" {
            row.keep("ftm_schema", &entity.schema);
            let why = "a person: the contract has no table of organisations, so it is a row of people, with `ftm_schema` beside it";
            self.out.leave(format!("{} read as people", entity.schema), entity.line, why);
        }
        let mut used = vec!["name", "alias", "weakAlias", "previousName", "birthDate", "gender"];
        used.extend(TELLING.map(|(property, _)| property));
        used.push("addressEntity");
        // What of these stands in notes is of the person's identifiers, not of the person.
        self.finish(row, entity, &used);
        for (property, kind) in TELLING {
            for value in entity.values(property) {
                self.identifier(entity, &id, kind, value);
            }
        }
        for at in entity.values("addressEntity") {
            match self.by_id.get(at.as_str()).map(|place| address(place)) {
                Some(text) if !text.is_empty() => {
                    self.identifier(entity, &id, IdentifierKind::Address, &text);
                }
                _ => self.out.leave(
                    "addressEntity",
                    entity.line,
                    "an Address of that id in the file",
                ),
            }
        }
        for (kind, value) in notes(entity).filter_map(identifier_of_note) {
            self.identifier(entity, &id, kind, &value);
        }
    }

    fn identifier(&mut self, entity: &Entity, person: &str, kind: IdentifierKind, value: &str) {
        let row = NewRow::new(Table::Identifiers, entity.line);
        self.out.push(row.with("person_id", person).with("kind", kind.code()).with("value", value));
    }

    fn channel(&mut self, entity: &Entity, id: String) {
        self.channels.insert(id.clone());
        let row = NewRow::new(Table::Channels, entity.line).with("channel_id", id);
        self.finish(row.with("name", entity.first("name")), entity, &["name"]);
    }

    fn case(&mut self, entity: &Entity) {
        let row = NewRow::new(Table::Cases, entity.line)
            .with("case_id", plain_id(&entity.id))
            .with("opened", interval(entity.values("fileDate")))
            .with("closed", interval(entity.values("closeDate")))
            .with("outcome", entity.first("status"));
        // Of our own files the name repeats the id.
        let used = ["fileDate", "closeDate", "status", if is_own(entity) { "name" } else { "" }];
        self.finish(row, entity, &used);
    }

    fn place(&mut self, entity: &Entity) {
        let row = NewRow::new(Table::Places, entity.line)
            .with("place_id", plain_id(&entity.id))
            .with("name", address(entity))
            .with("lat", entity.first("latitude"))
            .with("lon", entity.first("longitude"));
        self.finish(row, entity, &["full", "name", "latitude", "longitude"]);
    }

    fn ad(&mut self, entity: &Entity, id: String) {
        let row = NewRow::new(Table::Ads, entity.line)
            .with("ad_id", id)
            .with("text", entity.first("bodyText"))
            .with("posted", interval(entity.values("publishedAt")));
        self.finish(row, entity, &["bodyText", "publishedAt", "name"]);
    }

    fn party(&mut self, entity: &Entity) {
        let text = entity.first("role");
        let status = Status::parse(entity.first("status"));
        let known = Role::parse(text.trim()).map(|role| (role, status));
        let (role, status) = known.or_else(|| role(text)).unwrap_or((Role::Unknown, status));
        if known.is_none() && !text.is_empty() {
            let why = format!(
                "a role of the contract; it was read as `{role}`, and stands in `ftm_role` as written"
            );
            self.out.leave(format!("role `{text}`"), entity.line, &why);
        }
        let (parties, cases) = (entity.values("party"), entity.values("case"));
        for (party, case) in self.pairs(entity, parties, cases) {
            let mut row = NewRow::new(Table::Roles, entity.line)
                .with("case_id", plain_id(&case))
                .with("person_id", plain_id(&party))
                .with("role", role.code())
                .with("status", status.map_or("", Status::code));
            dated(&mut row, entity);
            if known.is_none() {
                row.keep("ftm_role", text);
            }
            let used = ["party", "case", "role", "status", "startDate", "endDate", "date"];
            self.finish(row, entity, &used);
        }
    }

    fn tie(&mut self, entity: &Entity, tie: Tie) {
        let (from, to) = (entity.values(tie.from), entity.values(tie.to));
        let pairs = self.pairs(entity, from, to);
        let several = pairs.len() > 1;
        for ((from, to), number) in pairs.into_iter().zip(1_usize..) {
            let thing = self.by_id.get(to.as_str()).copied();
            if let Some((thing, Place::Used(used))) =
                thing.map(|thing| (thing, Place::of(&thing.schema)))
            {
                // Who owns a thing by which people are known is known by it.
                self.used(thing, used, std::slice::from_ref(&from));
            } else if let Some(other) = [&from, &to].into_iter().find_map(|end| self.no_actor(end))
            {
                let what = format!("{} that leads to {other}", entity.schema);
                let why = "a tie of two people or organisations: the contract has no other, so it was not read";
                self.out.leave(what, entity.line, why);
            } else {
                self.link(entity, tie, [&from, &to], several.then_some(number));
            }
        }
    }

    /// What an end of a tie is, if it is known and does not act.
    fn no_actor(&self, end: &str) -> Option<&'e str> {
        let thing = self.by_id.get(end)?;
        let channel = matches!(row_id(end), Some((Table::Channels, _)));
        let acts = matches!(Place::of(&thing.schema), Place::Actor) && !channel;
        (!acts).then_some(thing.schema.as_str())
    }

    fn link(&mut self, entity: &Entity, tie: Tie, [from, to]: [&str; 2], number: Option<usize>) {
        let text = entity.first(tie.role);
        let kind = LinkKind::parse(text).unwrap_or(tie.kind);
        let own = row_id(&entity.id).map(|(_, id)| id);
        let id =
            own.unwrap_or_else(|| if is_own(entity) { String::new() } else { entity.id.clone() });
        let id = number.map_or(id.clone(), |number| format!("{id}#{number}"));
        let mut row = NewRow::new(Table::Links, entity.line)
            .with("link_id", id)
            .with("from", plain_id(from))
            .with("to", plain_id(to))
            .with("kind", kind.code());
        dated(&mut row, entity);
        let mut used = vec![tie.from, tie.to, "startDate", "endDate", "date"];
        used.extend(LinkKind::parse(text).map(|_| tie.role));
        if !is_own(entity) {
            row.keep("ftm_schema", &entity.schema);
        }
        self.finish(row, entity, &used);
    }

    /// Each end with each other end; none where an end is missing or they are too many.
    fn pairs(&mut self, entity: &Entity, from: &[String], to: &[String]) -> Vec<(String, String)> {
        if from.is_empty() || to.is_empty() {
            let what = format!("{} without one of its ends", entity.schema);
            self.out.leave(what, entity.line, "both ends; it was not read");
            return Vec::new();
        }
        if from.len().saturating_mul(to.len()) > PAIRS {
            let what = format!("{} with too many ends", entity.schema);
            let why = format!("at most {PAIRS} pairs in a tie; it was not read");
            self.out.leave(what, entity.line, &why);
            return Vec::new();
        }
        from.iter().flat_map(|from| to.iter().map(|to| (from.clone(), to.clone()))).collect()
    }

    /// What somebody uses; of `owners`, or where there are none of those that it names.
    fn used(&mut self, entity: &Entity, used: Used, owners: &[String]) {
        let named = used.holders.iter().flat_map(|property| entity.values(property));
        let owners: Vec<String> =
            if owners.is_empty() { named.cloned().collect() } else { owners.to_vec() };
        if owners.is_empty() && !self.owned.contains(entity.id.as_str()) {
            let what = format!("{} of nobody", entity.schema);
            self.out.leave(what, entity.line, "somebody who uses it; it was not read");
        }
        let service = entity.first("service");
        for owner in &owners {
            for &(property, kind) in used.values {
                for value in entity.values(property) {
                    let mut row = NewRow::new(Table::Identifiers, entity.line)
                        .with("person_id", plain_id(owner))
                        .with("kind", kind.code())
                        .with("value", value);
                    dated(&mut row, entity);
                    if !service.is_empty() && !is_own(entity) {
                        self.service(service, entity.line);
                        row.set("channel_id", service);
                    }
                    let properties = used.values.iter().map(|(property, _)| *property);
                    let all = used.holders.iter().copied().chain(properties);
                    let all: Vec<&str> =
                        all.chain(["service", "name", "startDate", "endDate", "date"]).collect();
                    self.finish(row, entity, &all);
                }
            }
        }
    }

    /// The channel that a service is, once.
    fn service(&mut self, service: &str, line: u32) {
        if self.channels.insert(service.to_owned()) {
            let row = NewRow::new(Table::Channels, line);
            self.out.push(row.with("channel_id", service).with("name", service));
        }
    }
}

#[cfg(test)]
mod tests;
