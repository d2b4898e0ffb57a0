//! The tables of a case folder, row by row.

use std::io::{self, Write};

use csv::Writer;

use super::adverts::Advert;
use super::chance::Chance;
use super::details;
use super::gathering::Numbers;
use super::record::{Answer, IdentifierRow, LinkRow, PersonRow, RoleRow, Rows, Voucher};
use super::world::World;
use crate::case::{Basis, Day, Minor, Table};

/// What is written, and under which ids.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) world: &'a World,
    pub(super) rows: &'a Rows,
    pub(super) numbers: &'a Numbers,
    pub(super) seed: u64,
    pub(super) events: Events,
}

/// How many rows are added for each victim, for trials of size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Events {
    /// Contacts on record for each victim.
    pub(super) contacts: usize,
    /// Postings of her advertisements.
    pub(super) postings: usize,
    /// Advertisements without a victim, for every 100 victims, and how often each is posted.
    pub(super) background: usize,
    /// The same, how often.
    pub(super) reposts: usize,
}

/// A table on its way out: the contract's columns that hold anything, in the contract's order.
struct Sheet<'w> {
    writer: Writer<&'w mut dyn Write>,
    cells: Vec<String>,
}

impl<'w> Sheet<'w> {
    fn new(table: Table, out: &'w mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::from_writer(out);
        // Own columns first, source, grade and basis last.
        let (assertion, own) = table.columns().split_at(3);
        writer.write_record(own.iter().chain(assertion).map(|column| column.name))?;
        Ok(Self { writer, cells: Vec::new() })
    }

    fn put(&mut self, text: impl Into<String>) -> &mut Self {
        self.cells.push(text.into());
        self
    }

    fn maybe(&mut self, text: Option<impl Into<String>>) -> &mut Self {
        self.cells.push(text.map(Into::into).unwrap_or_default());
        self
    }

    /// Ends the row with source, grade and basis.
    fn end(&mut self, source: String, grade: &str, basis: Option<Basis>) -> io::Result<()> {
        self.put(source).put(grade).maybe(basis.map(Basis::code));
        self.writer.write_record(&self.cells)?;
        self.cells.clear();
        Ok(())
    }

    /// Ends the row with a voucher of a case.
    fn vouch(&mut self, case: usize, voucher: &Voucher) -> io::Result<()> {
        let source =
            voucher.document.map(|(kind, number)| format!("{kind}, PV {}-{number}", case + 1));
        self.end(source.unwrap_or_default(), &voucher.grade, voucher.basis)
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn day(day: i32) -> String {
    Day::from_number(day).to_string()
}

fn answer<T>(answer: Answer<T>, code: fn(T) -> &'static str) -> &'static str {
    match answer {
        Answer::Given(value) => code(value),
        Answer::Missing(why) => why,
    }
}

impl Tables<'_> {
    /// Writes one table.
    pub(super) fn write(self, table: Table, out: &mut dyn Write) -> io::Result<()> {
        let mut sheet = Sheet::new(table, out)?;
        match table {
            Table::Cases => self.cases(&mut sheet)?,
            Table::People => self.people(&mut sheet)?,
            Table::Channels => self.channels(&mut sheet)?,
            Table::Places => self.places(&mut sheet)?,
            Table::Identifiers => self.identifiers(&mut sheet)?,
            Table::Roles => self.roles(&mut sheet)?,
            Table::Links => self.links(&mut sheet)?,
            Table::Ads => self.ads(&mut sheet)?,
        }
        sheet.finish()
    }

    fn cases(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        const OUTCOMES: [&str; 4] = ["convicted", "convicted in part", "dismissed", ""];
        for (no, case) in self.world.cases.iter().enumerate() {
            let mut chance = Chance::new(self.seed, 1_000 + no as u64);
            let unit = chance.of(&details::TOWNS);
            sheet.put(Numbers::case(no)).put(unit).put(day(case.opened)).put(day(case.closed));
            sheet.put(chance.of(&OUTCOMES)).put("criminal investigation");
            sheet.put(day(case.closed + 20 * 365));
            sheet.end("case register".into(), "A1", Some(Basis::Fact))?;
        }
        Ok(())
    }

    fn people(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        // In the order of the shuffled ids: the order of the rows tells nothing either.
        let mut order: Vec<&PersonRow> = self.rows.people.iter().collect();
        order.sort_by_key(|row| self.numbers.mentions[row.mention]);
        for row in order {
            sheet.put(self.numbers.person(row.mention)).put(&*row.name).put(&*row.alias);
            sheet.put(&*row.birth).put(row.sex);
            sheet.vouch(self.rows.mentions[row.mention].1, &row.voucher)?;
        }
        Ok(())
    }

    fn channels(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        for (no, channel) in self.world.ways.channels.iter().enumerate() {
            sheet.put(Numbers::channel(no)).put(&*channel.name).put(channel.class.code());
            sheet.end("channel list".into(), "", None)?;
        }
        Ok(())
    }

    fn places(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        for (no, place) in self.world.ways.places.iter().enumerate() {
            let (lat, lon) = place.location.unzip();
            let degrees = |value: Option<f64>| value.map(|value| format!("{value:.4}"));
            sheet.put(place_id(no)).put(&*place.name).put(place.class.code());
            sheet.maybe(degrees(lat)).maybe(degrees(lon));
            sheet.end("place list".into(), "", None)?;
        }
        Ok(())
    }

    fn identifiers(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        let mut order: Vec<&IdentifierRow> = self.rows.identifiers.iter().collect();
        order.sort_by_key(|row| self.numbers.mentions[row.mention]);
        for row in order {
            sheet.put(self.numbers.person(row.mention)).put(row.kind.code()).put(&*row.value);
            sheet.maybe(row.channel.map(Numbers::channel)).put(&*row.start).put("");
            sheet.vouch(self.rows.mentions[row.mention].1, &row.voucher)?;
        }
        Ok(())
    }

    fn roles(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        for row in &self.rows.roles {
            let RoleRow { case, mention, role, status, minor, setting, voucher } = row;
            sheet.put(Numbers::case(*case)).put(self.numbers.person(*mention)).put(role.code());
            sheet.maybe(status.map(crate::case::Status::code)).put(answer(*minor, Minor::code));
            sheet.put(answer(*setting, crate::case::Setting::code)).put("").put("");
            sheet.vouch(*case, voucher)?;
        }
        Ok(())
    }

    fn links(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        for (no, row) in self.rows.links.iter().enumerate() {
            self.link(no, row, sheet)?;
        }
        self.contacts(sheet)
    }

    fn link(self, no: usize, row: &LinkRow, sheet: &mut Sheet<'_>) -> io::Result<()> {
        sheet.put(self.numbers.person(row.from)).put(self.numbers.person(row.to));
        sheet.put(row.kind.code()).put(format!("l{}", no + 1)).put(Numbers::case(row.case));
        sheet.maybe(row.about.map(|mention| self.numbers.person(mention)));
        sheet.maybe(row.channel.map(Numbers::channel)).maybe(row.place.map(place_id));
        sheet.put(&*row.means).put(&*row.start).put(&*row.end).put("");
        sheet.vouch(row.case, &row.voucher)
    }

    /// Calls and messages beside all else, made while they are written.
    fn contacts(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        let mut chance = Chance::new(self.seed, 3);
        let mut no = self.rows.links.len();
        for (case_no, case) in self.world.cases.iter().enumerate() {
            let mentions = &self.rows.of_case[case_no];
            if mentions.len() < 2 {
                continue;
            }
            for _ in 0..self.events.contacts * case.stories.len() {
                let from = chance.below(mentions.len());
                let to = (from + 1 + chance.below(mentions.len() - 1)) % mentions.len();
                no += 1;
                sheet.put(self.numbers.person(mentions[from]));
                sheet.put(self.numbers.person(mentions[to])).put("contact").put(format!("l{no}"));
                sheet.put(Numbers::case(case_no)).put("").put("").put("").put("");
                sheet
                    .put(day(chance.days(case.begins, case.opened.max(case.begins))))
                    .put("")
                    .put("");
                sheet.end(format!("phone extraction, PV {}-1", case_no + 1), "A2", None)?;
            }
        }
        Ok(())
    }

    fn ads(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        let adverts = &self.world.adverts.all;
        let mut order: Vec<usize> = (0..adverts.len()).collect();
        order.sort_by_key(|&no| self.numbers.ads[no]);
        let mut chance = Chance::new(self.seed, 4);
        for no in order {
            let id = self.numbers.ad(no);
            self.ad(id, &adverts[no], adverts[no].posted, &mut chance, sheet)?;
        }
        self.reposts(sheet)
    }

    fn ad(
        self,
        id: String,
        advert: &Advert,
        posted: i32,
        chance: &mut Chance,
        sheet: &mut Sheet<'_>,
    ) -> io::Result<()> {
        let case = advert.story.map(|(case, _)| case);
        let mention = |person: usize| {
            let in_case = self.rows.of_case[case?].iter().copied();
            in_case.clone().find(|&mention| self.rows.mentions[mention].0 == person)
        };
        let victim = advert.story.map(|(case, story)| self.world.cases[case].stories[story].victim);
        let person = |person: Option<usize>| {
            person.and_then(mention).map(|mention| self.numbers.person(mention))
        };
        sheet.put(id).put(Numbers::channel(advert.channel)).maybe(case.map(Numbers::case));
        sheet.maybe(person(victim));
        sheet.maybe(person(advert.payer.filter(|_| chance.yes(0.25))));
        sheet.maybe(person(advert.payer.filter(|_| chance.yes(0.35))));
        sheet.put(day(posted));
        let seen = chance.yes(0.6).then(|| day(advert.last_seen.max(posted)));
        sheet.maybe(seen);
        sheet.maybe(chance.yes(0.8).then(|| details::phone(advert.phone, chance))).put("");
        sheet.maybe(advert.place.map(place_id)).put(advert.price.to_string()).put(&*advert.text);
        sheet.maybe(chance.yes(0.4).then(|| format!("img-{:06}", advert.image % 1_000_000)));
        sheet.end(format!("ad capture {}", case.map_or(0, |case| case + 1)), "A1", None)
    }

    /// The same advertisements again and again, and those without a victim, made while they are written.
    fn reposts(self, sheet: &mut Sheet<'_>) -> io::Result<()> {
        let mut chance = Chance::new(self.seed, 5);
        let adverts = &self.world.adverts.all;
        let mut next = adverts.len();
        let of_victims: Vec<&Advert> = adverts.iter().filter(|one| one.story.is_some()).collect();
        let strangers: Vec<&Advert> = adverts.iter().filter(|one| one.story.is_none()).collect();
        let victims = self.world.victims.len();
        let background = victims * self.events.background / 100 * self.events.reposts;
        for (pool, count) in [(of_victims, victims * self.events.postings), (strangers, background)]
        {
            if pool.is_empty() {
                continue;
            }
            for _ in 0..count {
                next += 1;
                let advert = pool[chance.below(pool.len())];
                let posted = advert.posted + chance.days(0, 90);
                self.ad(format!("a{next}"), advert, posted, &mut chance, sheet)?;
            }
        }
        Ok(())
    }
}

fn place_id(no: usize) -> String {
    format!("pl{}", no + 1)
}
