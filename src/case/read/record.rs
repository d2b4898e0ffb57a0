//! How a row becomes a record, table by table; the columns are those of `Table::columns`.

use super::super::fault::FaultClass;
use super::super::ids::Ids;
use super::super::local_symbols::Settled;
use super::super::record::{
    Ad, Assertion, CaseFile, Channel, Identifier, Link, Person, Place, RoleInCase,
};
use super::super::schema::{Table, assertion};
use super::super::symbol::Symbol;
use super::super::vocabulary::Status;
use super::row::{Row, quoted};

const OWN: usize = assertion::COUNT;

/// A record that one row of a table becomes.
pub(in crate::case) trait Record: Copy + Send {
    const TABLE: Table;

    /// Whether rows of other tables name rows of this one by their ids.
    const REFERRED_TO: bool = false;

    fn read(row: &mut Row<'_, '_>) -> Self;

    fn assertion(&self) -> &Assertion;

    /// Who is a victim by this row, even if the row is refused for another of its cells.
    fn victim(&self) -> Option<Symbol> {
        None
    }

    /// Settles every symbol of the record.
    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol));

    /// The id that no other row of the table may have, if the table has one and the row fills it.
    fn id(&self) -> Option<Symbol> {
        None
    }

    /// The id of the record, where no other row refers to it and it is kept apart.
    fn own_id(&mut self) -> Option<&mut Symbol> {
        None
    }

    fn settle(&mut self, settled: &Settled) {
        self.each_symbol(|symbol| settled.settle(symbol));
        if let Some(id) = self.own_id() {
            settled.settle_own_id(id);
        }
    }
}

impl Record for CaseFile {
    const TABLE: Table = Table::Cases;
    const REFERRED_TO: bool = true;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let (opened, closed) = row.span(OWN + 2, OWN + 3);
        Self {
            assertion: row.assertion(),
            case: row.id(OWN),
            unit: row.text(OWN + 1),
            opened,
            closed,
            outcome: row.text(OWN + 4),
            purpose: row.text(OWN + 5),
            retain_until: row.when(OWN + 6),
        }
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.case, &mut self.unit, &mut self.outcome, &mut self.purpose]
            .into_iter()
            .for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        Some(self.case)
    }
}

impl Record for Person {
    const TABLE: Table = Table::People;
    const REFERRED_TO: bool = true;

    fn read(row: &mut Row<'_, '_>) -> Self {
        Self {
            assertion: row.assertion(),
            person: row.id(OWN),
            name: row.telling(OWN + 1),
            alias: row.telling(OWN + 2),
            birth: row.when(OWN + 3),
            sex: row.text(OWN + 4),
        }
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.person, &mut self.name, &mut self.alias, &mut self.sex]
            .into_iter()
            .for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        Some(self.person)
    }
}

impl Record for Channel {
    const TABLE: Table = Table::Channels;
    const REFERRED_TO: bool = true;

    fn read(row: &mut Row<'_, '_>) -> Self {
        Self {
            assertion: row.assertion(),
            channel: row.id(OWN),
            name: row.text(OWN + 1),
            class: row.code(OWN + 2),
        }
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.channel, &mut self.name].into_iter().for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        Some(self.channel)
    }
}

impl Record for Place {
    const TABLE: Table = Table::Places;
    const REFERRED_TO: bool = true;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let latitude = row.number(OWN + 3, "a latitude in [-90, 90]", |n| n.abs() <= 90.0);
        let longitude = row.number(OWN + 4, "a longitude in [-180, 180]", |n| n.abs() <= 180.0);
        row.both_or_neither(OWN + 3, OWN + 4);
        Self {
            assertion: row.assertion(),
            place: row.id(OWN),
            name: row.text(OWN + 1),
            class: row.code(OWN + 2),
            location: latitude.zip(longitude),
        }
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.place, &mut self.name].into_iter().for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        Some(self.place)
    }
}

impl Record for Identifier {
    const TABLE: Table = Table::Identifiers;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let (start, end) = row.span(OWN + 4, OWN + 5);
        Self {
            assertion: row.assertion(),
            person: row.reference(OWN, Table::People),
            kind: row.required_code(OWN + 1),
            value: row.id(OWN + 2),
            channel: row.optional_reference(OWN + 3, Table::Channels),
            start,
            end,
        }
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.person, &mut self.value, &mut self.channel]
            .into_iter()
            .for_each(settle);
    }
}

impl Record for RoleInCase {
    const TABLE: Table = Table::Roles;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let (start, end) = row.span(OWN + 6, OWN + 7);
        Self {
            assertion: row.assertion(),
            case: row.reference(OWN, Table::Cases),
            person: row.reference(OWN + 1, Table::People),
            role: row.required_code(OWN + 2),
            status: row.code(OWN + 3),
            minor: row.code(OWN + 4),
            setting: row.code(OWN + 5),
            start,
            end,
        }
    }

    fn victim(&self) -> Option<Symbol> {
        let victim = self.role.is_victim() || self.status == Some(Status::Victim);
        victim.then_some(self.person)
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        [source, grade, &mut self.case, &mut self.person].into_iter().for_each(settle);
    }
}

impl Record for Link {
    const TABLE: Table = Table::Links;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let from = row.reference(OWN, Table::People);
        let to = row.reference(OWN + 1, Table::People);
        if from == to && from.is_known() {
            let expected = "two people; mend one end or remove the row".into();
            row.fault(FaultClass::SelfLink, OWN + 1, "the same id as in `from`".into(), expected);
        }
        let (start, end) = row.span(OWN + 9, OWN + 10);
        Self {
            assertion: row.assertion(),
            from,
            to,
            kind: row.required_code(OWN + 2),
            link: row.own_id(OWN + 3),
            case: row.optional_reference(OWN + 4, Table::Cases),
            about: row.optional_reference(OWN + 5, Table::People),
            channel: row.optional_reference(OWN + 6, Table::Channels),
            place: row.optional_reference(OWN + 7, Table::Places),
            means: row.means(OWN + 8),
            start,
            end,
            count: row.count(OWN + 11),
        }
    }

    fn victim(&self) -> Option<Symbol> {
        self.acted_upon()
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        let ends = [&mut self.from, &mut self.to, &mut self.about];
        let rest = [&mut self.case, &mut self.channel, &mut self.place];
        [source, grade].into_iter().chain(ends).chain(rest).for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        self.link.known()
    }

    fn own_id(&mut self) -> Option<&mut Symbol> {
        Some(&mut self.link)
    }
}

impl Record for Ad {
    const TABLE: Table = Table::Ads;

    fn read(row: &mut Row<'_, '_>) -> Self {
        let (posted, last_seen) = row.span(OWN + 6, OWN + 7);
        Self {
            assertion: row.assertion(),
            ad: row.required_own_id(OWN),
            channel: row.optional_reference(OWN + 1, Table::Channels),
            case: row.optional_reference(OWN + 2, Table::Cases),
            victim: row.optional_reference(OWN + 3, Table::People),
            posted_by: row.optional_reference(OWN + 4, Table::People),
            payer: row.optional_reference(OWN + 5, Table::People),
            posted,
            last_seen,
            phone: row.telling(OWN + 8),
            handle: row.telling(OWN + 9),
            place: row.optional_reference(OWN + 10, Table::Places),
            price: row.text(OWN + 11),
            text: row.text(OWN + 12),
            image: row.text(OWN + 13),
        }
    }

    fn victim(&self) -> Option<Symbol> {
        self.victim.known()
    }

    fn assertion(&self) -> &Assertion {
        &self.assertion
    }

    fn each_symbol(&mut self, settle: impl Fn(&mut Symbol)) {
        let Assertion { source, grade, .. } = &mut self.assertion;
        let who = [&mut self.case, &mut self.victim, &mut self.posted_by, &mut self.payer];
        let said =
            [&mut self.phone, &mut self.handle, &mut self.price, &mut self.text, &mut self.image];
        let at = [&mut self.channel, &mut self.place];
        [source, grade].into_iter().chain(who).chain(said).chain(at).for_each(settle);
    }

    fn id(&self) -> Option<Symbol> {
        Some(self.ad)
    }

    fn own_id(&mut self) -> Option<&mut Symbol> {
        Some(&mut self.ad)
    }
}

/// Gives the record's id its row; says so if an earlier row has the id.
pub(in crate::case) fn claim<R: Record>(record: &R, ids: &mut Ids, row: usize) -> bool {
    record.id().is_none_or(|id| ids.insert(id, row))
}

/// What is wrong with an id that an earlier row has.
pub(super) fn duplicate(id: &str) -> (String, String) {
    (quoted(id), "an id of its own; an earlier row has this one".into())
}

#[cfg(test)]
mod tests;
