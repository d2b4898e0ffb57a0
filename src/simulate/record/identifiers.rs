//! Phones, handles, addresses, vehicles and accounts that are noted of somebody.

use super::super::details::{self, TOWNS};
use super::super::people::{Kind, PersonNo, new_address};
use super::{IdentifierRow, MentionNo, Open, Recorder};
use crate::case::{IdentifierKind, PlaceClass, Setting};

impl Recorder<'_> {
    pub(super) fn identifiers(&mut self, open: &Open<'_>, mention: MentionNo, person: PersonNo) {
        self.time_passes(person);
        let kind = self.world.people.all[person].kind;
        let private = !matches!(kind, Kind::Care | Kind::Police | Kind::HotelStaff);
        let (phone, handle, address) = (
            self.chance.yes(self.recording.phone_known),
            private && self.chance.yes(self.recording.handle_known),
            private && self.chance.yes(self.recording.address_known),
        );
        if phone {
            let value = self.phone(person);
            self.note(open, mention, IdentifierKind::Phone, value);
        }
        if handle {
            let value = self.present[person].handle.clone();
            self.note(open, mention, IdentifierKind::Handle, value);
        }
        if address {
            let value = self.address(open, person);
            self.note(open, mention, IdentifierKind::Address, value);
        }
        let serial = u32::try_from(person).unwrap_or(0);
        let drives = matches!(kind, Kind::Offender | Kind::Taxi | Kind::Client);
        if drives && self.chance.yes(self.recording.vehicle_known) {
            let value = details::plate(serial, &mut self.chance);
            self.note(open, mention, IdentifierKind::Vehicle, value);
        }
        if private && kind != Kind::Bystander && self.chance.yes(self.recording.iban_known) {
            let value = details::iban(serial, &mut self.chance);
            self.note(open, mention, IdentifierKind::Iban, value);
        }
    }

    fn note(&mut self, open: &Open<'_>, mention: MentionNo, kind: IdentifierKind, value: String) {
        let platform = kind == IdentifierKind::Handle && self.chance.yes(0.5);
        let channel = platform.then(|| self.world.ways.online(false, &mut self.chance));
        let dated = self.chance.yes(0.25);
        let start = if dated { self.date(open.case.begins) } else { String::new() };
        let voucher = open.desk.voucher(true, &mut self.chance);
        let row = IdentifierRow { mention, kind, value, channel, start, voucher };
        self.rows.identifiers.push(row);
    }

    /// From one case to the next, what somebody has may change.
    fn time_passes(&mut self, person: PersonNo) {
        let kind = self.world.people.all[person].kind;
        let settled = matches!(kind, Kind::Care | Kind::Police | Kind::Taxi | Kind::HotelStaff);
        let present = &mut self.present[person];
        if !present.met_before || settled {
            present.met_before = true;
            return;
        }
        if !self.chance.yes(self.recording.phone_kept) {
            self.next_phone += 1;
            present.phone = self.next_phone;
        }
        if !self.chance.yes(self.recording.handle_kept) {
            // Half of the new handles remind of the old one.
            present.handle = if self.chance.yes(0.5) {
                details::changed_handle(&present.handle, &mut self.chance)
            } else {
                let who = &self.world.people.all[person];
                details::handle(self.world.people.names.first(who.name), &mut self.chance)
            };
        }
        if !self.chance.yes(self.recording.address_kept) {
            present.at_hotel = self.chance.yes(self.recording.hotel_instead);
            present.address = new_address(&mut self.chance);
        }
    }

    fn phone(&mut self, person: PersonNo) -> String {
        let shared = self.world.shared_phones.get(&person).copied();
        let serial = shared.unwrap_or(self.present[person].phone);
        details::phone(serial, &mut self.chance)
    }

    /// An institution and a hotel are the address of many.
    fn address(&mut self, open: &Open<'_>, person: PersonNo) -> String {
        let story = open.case.stories.iter().find(|story| story.victim == person);
        let class = match story.map(|story| story.setting) {
            Some(Setting::Institution) => Some(PlaceClass::YouthInstitution),
            _ if self.present[person].at_hotel => Some(PlaceClass::Hotel),
            _ => None,
        };
        let Some(class) = class else {
            return details::address(self.present[person].address, &mut self.chance);
        };
        let all: Vec<usize> = self.world.ways.of_class(class).collect();
        let place = all.get(person % all.len().max(1)).copied().unwrap_or(0);
        format!("{}, {}", self.world.ways.places[place].name, TOWNS[place % TOWNS.len()])
    }
}
