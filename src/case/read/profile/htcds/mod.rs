//! Workbooks of the Human Trafficking Case Data Standard (HTCDS) 2.0.
//!
//! HTCDS is a standard of the International Organization for Migration, under CC BY 4.0; IOM has not seen or endorsed
//! this reader. A row of its templates is one case of one person. It becomes a row of cases, one of people, the
//! person's identifiers, and a role: a victim, unless the row says that she is none. The templates name no offender, so no
//! link is made of how she was recruited: nobody is invented. Channels and places become rows of their own, and the
//! role keeps their names as attributes.
//!
//! A row without consent (`con_Consent`) is refused: the standard asks for it, and nobody can ask her later.

mod codes;
mod fields;

use std::collections::{BTreeMap, BTreeSet};

use self::codes::{Standing, channel_class, is_status, is_yes, means, part_in_it, parts, standing};
use self::fields::Columns;
use super::super::super::fault::FaultClass;
use super::super::super::means::Means;
use super::super::super::schema::Table;
use super::super::super::vocabulary::{Basis, ChannelClass, MeansCode, Role, Status};
use super::super::reader::Reader;
use super::super::text_rows::TextRow;
use super::super::workbook::Sheet;
use super::{ForeignRows, Headers, NewRow};
use crate::error::{Position, Result, excerpt};

pub(in super::super) use fields::is_htcds;

/// How old somebody is who is no minor any more.
const OF_AGE: f64 = 18.0;

/// The parts of an address, in the order in which they are written.
const ADDRESS: [&str; 5] = [
    "prs_MailingStreet",
    "prs_MailingPostalCode",
    "prs_MailingCity",
    "prs_MailingState",
    "prs_MailingCountry",
];

/// Other fields of a person that are read.
const OF_A_PERSON: [&str; 7] = [
    "prs_FirstName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Gender",
    "prs_Email",
    "prs_HomePhone",
    "prs_MobilePhone",
];

/// What stands in a column of the contract, for messages.
const NAMES: [(Table, &str, &str); 4] = [
    (Table::People, "birth", "prs_Birthdate"),
    (Table::People, "name", "prs_FirstName"),
    (Table::People, "sex", "prs_Gender"),
    (Table::Cases, "opened", "cas_IncomingReferralDate"),
];

const CONSENT: &str = "consent: a row is read where `con_Consent` says yes. The standard asks for it; who may read \
                       these data on other grounds says so by filling the column";

impl Reader<'_> {
    /// Reads the sheet at that place as cases of the standard; other sheets are told and not read.
    pub(in super::super) fn htcds(
        &mut self,
        sheets: &[Sheet],
        at: usize,
        book: &str,
    ) -> Result<()> {
        for (_, sheet) in sheets.iter().enumerate().filter(|(other, _)| *other != at) {
            self.unknown_file(&format!("{book}#{}", sheet.name), "");
        }
        let file = format!("{book}#{}", sheets[at].name);
        let mut rows = Rows { file: file.clone(), ..Rows::default() };
        rows.gather(&sheets[at]);
        let headers: Headers =
            NAMES.iter().map(|&(table, column, name)| ((table, column), name.into())).collect();
        self.foreign(rows.out, &file, &headers)
    }
}

#[derive(Debug, Default)]
struct Rows {
    file: String,
    channels: BTreeSet<String>,
    places: BTreeSet<String>,
    out: ForeignRows,
}

/// A row of the sheet by its fields.
struct Filled<'r> {
    line: u32,
    cells: BTreeMap<&'r str, &'r str>,
}

impl Filled<'_> {
    fn text(&self, field: &str) -> &str {
        self.cells.get(field).copied().unwrap_or_default().trim()
    }

    fn joined(&self, fields: &[&str], between: &str) -> String {
        let filled = fields.iter().map(|field| self.text(field)).filter(|text| !text.is_empty());
        filled.collect::<Vec<_>>().join(between)
    }

    /// Whether any field of a section is filled.
    fn has(&self, section: &str) -> bool {
        self.cells.iter().any(|(field, text)| field.starts_with(section) && !text.trim().is_empty())
    }

    /// Keeps the fields of some sections that are read as nothing else.
    fn keep(&self, row: &mut NewRow, sections: &[&str], but: &[&str]) {
        for (field, text) in &self.cells {
            if sections.iter().any(|section| field.starts_with(section)) && !but.contains(field) {
                row.keep(*field, *text);
            }
        }
    }
}

impl Rows {
    fn gather(&mut self, sheet: &Sheet) {
        let columns = Columns::of(sheet);
        for field in &columns.contradicted {
            let why = "the field that the label below it names, by which the cells were read";
            self.out.leave(format!("hidden name `{field}`"), sheet.header_line, why);
        }
        for row in sheet.rows.iter().skip(usize::from(columns.labels)) {
            self.row(row, &columns);
        }
    }

    fn row(&mut self, row: &TextRow, columns: &Columns) {
        let mut filled = Filled { line: row.line, cells: BTreeMap::new() };
        let mut nameless = 0;
        for (at, text) in row.fields.filled() {
            match columns.fields.get(at).map(String::as_str).filter(|field| !field.is_empty()) {
                Some(field) => _ = filled.cells.insert(field, text),
                // The templates number their rows.
                None if text.bytes().all(|byte| byte.is_ascii_digit()) => {}
                None => nameless += 1,
            }
        }
        if nameless > 0 {
            let why = "cells below a field; what stands below none was not read";
            self.out.leave("row with a cell below no field", row.line, why);
        }
        if filled.cells.values().all(|text| text.trim().is_empty()) {
            return;
        }
        if !is_yes(filled.text("con_Consent")) {
            let found = match filled.text("con_Consent") {
                "" => "no consent".to_owned(),
                other => format!("`{}`", excerpt(other)),
            };
            let column = "con_Consent".to_owned();
            let position = Position { file: self.file.clone(), line: row.line.into(), column };
            self.out.refuse(
                FaultClass::Required,
                position,
                (found, CONSENT.into()),
                row.text().as_bytes(),
            );
            return;
        }
        self.take(&filled);
    }

    /// One row: a case, a person, what tells who she is, and what she was in the case.
    fn take(&mut self, row: &Filled<'_>) {
        let id = format!("row{}", row.line);
        let mut case = NewRow::new(Table::Cases, row.line)
            .with("case_id", &id)
            .with("opened", row.text("cas_IncomingReferralDate"))
            .with("unit", row.text("cas_CaseOwner"))
            .with("outcome", row.joined(&["cas_Status", "cas_ReasonForCaseClosure"], "; "));
        let read =
            ["cas_IncomingReferralDate", "cas_CaseOwner", "cas_Status", "cas_ReasonForCaseClosure"];
        row.keep(&mut case, &["cas_", "cco_", "org_", "spl_"], &read);
        self.out.push(case);
        self.person(row, &id);
        self.roles(row, &id);
    }

    fn person(&mut self, row: &Filled<'_>, id: &str) {
        let sex = match row.text("prs_Gender") {
            "Feminine" => "female",
            "Masculine" => "male",
            other => other,
        };
        let mut person = NewRow::new(Table::People, row.line)
            .with("person_id", id)
            .with("name", row.joined(&["prs_FirstName", "prs_SecondName"], " "))
            .with("birth", row.text("prs_Birthdate"))
            .with("sex", sex);
        row.keep(&mut person, &["prs_"], &[&OF_A_PERSON[..], &ADDRESS].concat());
        self.out.push(person);
        let address = row.joined(&ADDRESS, ", ");
        let told = [
            ("email", row.text("prs_Email")),
            ("phone", row.text("prs_HomePhone")),
            ("phone", row.text("prs_MobilePhone")),
            ("address", &address),
        ];
        for (kind, value) in told.into_iter().filter(|(_, value)| !value.is_empty()) {
            let used = NewRow::new(Table::Identifiers, row.line).with("person_id", id);
            self.out.push(used.with("kind", kind).with("value", value));
        }
    }

    fn roles(&mut self, row: &Filled<'_>, id: &str) {
        let acts: Vec<&str> = parts(row.text("per_RoleInProcess")).collect();
        let role = |role: Role, status: Option<Status>, basis: Basis| {
            let new = NewRow::new(Table::Roles, row.line).with("case_id", id).with("person_id", id);
            let new = new.with("role", role.code()).with("status", status.map_or("", Status::code));
            new.with("basis", basis.code())
        };
        // A row of somebody's acts alone is of an offender; any other is of the one whom the case is about.
        if row.has("vic_") || acts.is_empty() {
            let status = row.text("vic_TraffickingStatus");
            if !is_status(status) {
                let why = "a trafficking status of the standard; she is held to be a victim";
                self.out.leave(format!("trafficking status `{}`", excerpt(status)), row.line, why);
            }
            let mut own = match standing(status) {
                Standing::Victim(basis) => role(Role::Victim, Some(Status::Victim), basis),
                Standing::NoVictim => role(Role::Unknown, None, Basis::Fact),
            };
            self.circumstances(row, &mut own);
            self.out.push(own);
        }
        for act in acts {
            let (part, status) = part_in_it(act);
            let mut other = role(part, status, Basis::Assessment);
            other.keep("per_RoleInProcess", act);
            other.keep("per_RoleDetails", row.text("per_RoleDetails"));
            self.out.push(other);
        }
    }

    /// What the row says of how it came about: for want of an offender, attributes of the role.
    fn circumstances(&mut self, row: &Filled<'_>, role: &mut NewRow) {
        let age = row.text("vic_AgeWhenTrafficked");
        match age.parse::<f64>() {
            Ok(years) if (0.0..=130.0).contains(&years) => {
                role.set("minor", if years < OF_AGE { "yes" } else { "no" });
            }
            _ if age.is_empty() => {}
            _ => self.out.leave(
                format!("age `{}`", excerpt(age)),
                row.line,
                "an age in years; whether she was a minor is not read from it",
            ),
        }
        let control = parts(row.text("vic_MethodsOfControl"));
        let control = control.fold(Means::default(), |all, code| all.with(means(code)));
        role.keep("means", control.iter().map(MeansCode::code).collect::<Vec<_>>().join(";"));
        row.keep(role, &["vic_", "hte_", "con_"], &[]);
        for field in ["vic_RecruitmentWebsitesAndApps", "vic_ExploitationWebsitesAndApps"] {
            for name in parts(row.text(field)) {
                self.channel(name, row.line);
            }
        }
        for field in ["vic_LocationOfRecruitment", "vic_LocationOfExploitation"] {
            self.place(row.text(field), row.line);
        }
        let without = [
            ("vic_MethodOfRecruitment", "recruitment"),
            ("vic_RecruitmentWebsitesAndApps", "recruitment"),
            ("vic_MethodsOfControl", "control"),
            ("vic_ExploitationWebsitesAndApps", "exploitation"),
            ("hte_Type", "an event"),
        ];
        let met: BTreeSet<&str> = without
            .iter()
            .filter(|(field, _)| !row.text(field).is_empty())
            .map(|(_, what)| *what)
            .collect();
        for what in met {
            let why = "an offender, whom the row does not name: no link was made, and the role keeps what was written as attributes";
            self.out.leave(format!("{what} by somebody unnamed"), row.line, why);
        }
    }

    fn channel(&mut self, name: &str, line: u32) {
        if self.channels.insert(name.to_owned()) {
            let class = channel_class(name).map_or("", ChannelClass::code);
            let row = NewRow::new(Table::Channels, line).with("channel_id", name);
            self.out.push(row.with("name", name).with("class", class));
        }
    }

    fn place(&mut self, name: &str, line: u32) {
        if !name.is_empty() && self.places.insert(name.to_owned()) {
            self.out
                .push(NewRow::new(Table::Places, line).with("place_id", name).with("name", name));
        }
    }
}

#[cfg(test)]
mod tests;
