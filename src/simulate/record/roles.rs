//! Who is said to have been what in a case.

use super::super::people::{Kind, PersonNo};
use super::super::story::Story;
use super::super::world::Part;
use super::{Answer, MentionNo, Open, Recorder, RoleRow};
use crate::case::{Minor, PlaceClass, Role, Status};

impl Recorder<'_> {
    pub(super) fn roles(&mut self, open: &mut Open<'_>) {
        let case = open.case;
        for story in &case.stories {
            self.victim(open, story);
        }
        for &person in &case.coerced {
            self.coerced(open, person);
        }
        for &(person, part) in &case.offenders {
            self.offender(open, person, part);
        }
        for story in &case.stories {
            self.around(open, story);
        }
        for &person in &case.bystanders {
            let role = self.chance.of(&[Role::Family, Role::Witness, Role::Reporter]);
            self.plain(open, person, role, Some(Status::Witness));
        }
    }

    fn victim(&mut self, open: &mut Open<'_>, story: &Story) {
        let Some(mention) = self.mention(open, story.victim) else { return };
        let minor = if story.minor { Minor::Yes } else { Minor::No };
        let minor = self.answer(0.88, minor);
        let setting = self.answer(0.88, story.setting);
        let voucher = open.desk.voucher(true, &mut self.chance);
        let status = self.chance.yes(0.9).then_some(Status::Victim);
        let (case, role) = (open.no, Role::Victim);
        self.rows.roles.push(RoleRow { case, mention, role, status, minor, setting, voucher });
        let recruits = open.case.stories.iter().any(|other| other.recruiter == story.victim);
        if recruits && self.chance.yes(0.6) {
            let role = self.chance.of(&[Role::CoercedParticipant, Role::Recruiter]);
            self.role(open, mention, role, Some(Status::Suspect), true);
        }
    }

    /// A victim of another case who was made to recruit in this one.
    fn coerced(&mut self, open: &mut Open<'_>, person: PersonNo) {
        let Some(mention) = self.mention(open, person) else { return };
        let unmarked = self.chance.yes(self.recording.coerced_unmarked);
        let role = if unmarked { Role::Recruiter } else { Role::CoercedParticipant };
        self.role(open, mention, role, Some(Status::Suspect), true);
    }

    fn offender(&mut self, open: &mut Open<'_>, person: PersonNo, part: Part) {
        let Some(mention) = self.mention(open, person) else { return };
        let status = match self.chance.weighted(&[0.55, 0.32, 0.02, 0.11]) {
            0 => Some(Status::Suspect),
            1 => Some(Status::Convicted),
            2 => Some(Status::Acquitted),
            _ => None,
        };
        if self.chance.yes(self.recording.role_missing) {
            match self.chance.below(3) {
                0 => {}
                1 => self.role(open, mention, Role::Unknown, status, true),
                _ => self.role(open, mention, Role::Offender, status, true),
            }
            return;
        }
        let part = self.known_for(open, person, part);
        let (role, is_true) = self.recorded_part(part);
        self.role(open, mention, role, status, is_true);
        let also_exploits = part == Part::Recruiter && open.case.exploiter() == person;
        if also_exploits && role != Role::Exploiter && self.chance.yes(0.5) {
            self.role(open, mention, Role::Exploiter, status, true);
        }
    }

    /// The part by which somebody is known: half of the others who recruited are known by that.
    fn known_for(&mut self, open: &Open<'_>, person: PersonNo, part: Part) -> Part {
        let recruited = open.case.stories.iter().any(|story| story.recruiter == person);
        let known = recruited && self.chance.yes(0.5);
        if known { Part::Recruiter } else { open.case.true_part(person, part) }
    }

    /// The role under which a part is recorded, and whether that is true.
    fn recorded_part(&mut self, part: Part) -> (Role, bool) {
        let recording = self.recording;
        let own = match part {
            Part::Recruiter => Role::Recruiter,
            Part::Exploiter => Role::Exploiter,
            Part::Controller => Role::Controller,
            Part::Driver => Role::Driver,
            Part::Host => Role::Host,
            Part::Advertiser => Role::Advertiser,
            Part::MoneyHandler => Role::MoneyHandler,
            Part::IdentityProvider => Role::IdentityProvider,
        };
        let (wrong, chance) = match part {
            Part::Recruiter => (Role::Exploiter, recording.recruiter_as_exploiter),
            Part::Exploiter => (Role::Recruiter, recording.exploiter_as_recruiter),
            _ => (Role::Recruiter, recording.facilitator_as_recruiter),
        };
        if self.chance.yes(chance) {
            return (wrong, false);
        }
        let groomed = part == Part::Recruiter && self.chance.yes(0.08);
        (if groomed { Role::Groomer } else { own }, true)
    }

    /// Clients and those who are there by profession.
    fn around(&mut self, open: &mut Open<'_>, story: &Story) {
        for &client in &story.clients {
            let status = self.chance.of(&[Status::Contact, Status::Suspect, Status::Witness]);
            self.plain(open, client, Role::Client, Some(status));
        }
        for person in [story.care, story.police].into_iter().flatten() {
            self.plain(open, person, Role::Professional, Some(Status::Professional));
        }
        if let Some(taxi) = story.taxi {
            self.plain(open, taxi, Role::Driver, Some(Status::Contact));
        }
        if let Some(staff) = self.staff(story) {
            let mentioned = open.mentions.contains_key(&staff) || self.chance.yes(0.4);
            if mentioned {
                self.plain(open, staff, Role::Host, Some(Status::Contact));
            }
        }
    }

    /// Who works in the hotel where she was exploited.
    pub(super) fn staff(&self, story: &Story) -> Option<PersonNo> {
        let hotel = self.world.ways.places[story.place].class == PlaceClass::Hotel;
        let staff = self.world.staff.get(&story.place).copied();
        staff.filter(|_| hotel && story.exploited.is_some())
    }

    /// One role a case for somebody who is no suspect of it; the first counts.
    fn plain(&mut self, open: &mut Open<'_>, person: PersonNo, role: Role, status: Option<Status>) {
        if open.mentions.contains_key(&person) {
            return;
        }
        let Some(mention) = self.mention(open, person) else { return };
        let hub = self.world.people.all[person].kind != Kind::Client;
        let missing =
            if hub { self.recording.role_missing / 4.0 } else { self.recording.role_missing };
        if self.chance.yes(missing) {
            // A client without a role stays a contact; what he is cannot be told from a role.
            self.role(open, mention, Role::Unknown, Some(Status::Contact), true);
        } else {
            self.role(open, mention, role, status, true);
        }
    }

    fn role(
        &mut self,
        open: &Open<'_>,
        mention: MentionNo,
        role: Role,
        status: Option<Status>,
        is_true: bool,
    ) {
        let (minor, setting) = (Answer::Missing(""), Answer::Missing(""));
        let voucher = open.desk.voucher(is_true, &mut self.chance);
        let case = open.no;
        self.rows.roles.push(RoleRow { case, mention, role, status, minor, setting, voucher });
    }

    fn answer<T>(&mut self, known: f64, value: T) -> Answer<T> {
        if self.chance.yes(known) {
            Answer::Given(value)
        } else {
            Answer::Missing(self.why_missing())
        }
    }
}
