//! How somebody is named, and what is noted of him.

use super::super::chance::Chance;
use super::super::names::{Names, misspelt, spelt_otherwise};
use super::super::people::{Kind, PersonNo};
use super::{MentionNo, Open, PersonRow, Recorder};
use crate::case::Day;

impl Recorder<'_> {
    pub(super) fn person(&mut self, open: &Open<'_>, mention: MentionNo, person: PersonNo) {
        let (name, alias) = self.name(person);
        let birth = self.birth(person);
        let female = self.world.people.all[person].name.female;
        let sex = match (self.chance.yes(0.85), female) {
            (false, _) => "",
            (true, true) => "female",
            (true, false) => "male",
        };
        let voucher = open.desk.voucher(true, &mut self.chance);
        self.rows.people.push(PersonRow { mention, name, alias, birth, sex, voucher });
    }

    /// Name and alias, as they are written.
    fn name(&mut self, person: PersonNo) -> (String, String) {
        let who = &self.world.people.all[person];
        let names = &self.world.people.names;
        let nickname = names.nickname_text(who.nickname);
        let under_alias = match who.kind {
            Kind::Offender => self.recording.under_alias,
            Kind::Client => 0.4,
            Kind::Victim | Kind::HotelStaff => 0.05,
            Kind::Taxi => 0.3,
            _ => 0.0,
        };
        let chance = &mut self.chance;
        if chance.yes(under_alias) {
            let offender = who.kind == Kind::Offender;
            if offender && chance.yes(self.recording.free_nickname) {
                let nickname = slip(nickname.to_owned(), self.recording.typo, chance);
                let as_name = chance.yes(0.5);
                return if as_name { (nickname, String::new()) } else { (String::new(), nickname) };
            }
            let first = names.first(who.name).to_owned();
            return (slip(first, self.recording.typo, chance), String::new());
        }
        let mut full = names.full(who.name);
        if chance.yes(self.recording.other_spelling) {
            full = spelt_otherwise(&full, Names::habits(who.name), chance);
        }
        let has_alias = who.kind == Kind::Offender && chance.yes(0.15);
        let alias = if has_alias { nickname.to_owned() } else { String::new() };
        (slip(full, self.recording.typo, chance), alias)
    }

    fn birth(&mut self, person: PersonNo) -> String {
        let who = &self.world.people.all[person];
        let known = match who.kind {
            Kind::Offender => self.recording.birth_known,
            Kind::Victim => 0.8,
            Kind::Client => self.recording.birth_known / 2.0,
            _ => 0.1,
        };
        if !self.chance.yes(known) {
            return self.why_missing().into();
        }
        let mut born = who.born;
        if self.chance.yes(self.recording.false_birth) {
            born += self.chance.days(200, 3000) * self.chance.of(&[-1, 1]);
            self.rows.false_births.insert(person);
        }
        let text = Day::from_number(born).to_string();
        let kept = [10, 7, 4][self.chance.weighted(&[0.82, 0.05, 0.13])];
        text.get(..kept).unwrap_or(&text).to_owned()
    }
}

fn slip(text: String, typo: f64, chance: &mut Chance) -> String {
    if chance.yes(typo) { misspelt(&text, chance) } else { text }
}
