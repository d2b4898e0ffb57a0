//! What people are said to have done to, with or for one another.

use super::super::people::Kind;
use super::super::story::Story;
use super::super::world::Part;
use super::{LinkRow, MentionNo, Open, Recorder};
use crate::case::{LinkKind, Setting};

/// One side of a link and the other, and what is between them.
#[derive(Clone, Copy)]
struct Tie {
    from: MentionNo,
    to: MentionNo,
    kind: LinkKind,
}

/// Whether it was he to whom it is put down.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blame {
    True,
    False,
}

/// When it was, and on what way.
#[derive(Clone, Copy, Default)]
struct Circumstance<'a> {
    start: Option<i32>,
    end: Option<i32>,
    channel: Option<usize>,
    place: Option<usize>,
    about: Option<MentionNo>,
    story_means: Option<&'a Story>,
    is_false: bool,
}

impl Recorder<'_> {
    pub(super) fn links(&mut self, open: &mut Open<'_>) {
        let case = open.case;
        for story in &case.stories {
            let victim = open.seen(story.victim);
            let Some(victim) = victim else { continue };
            self.by_offenders(open, story, victim);
            self.by_coerced(open, story, victim);
            self.by_clients(open, story, victim);
            self.by_hubs(open, story, victim);
        }
        self.among_offenders(open);
        self.among_victims(open);
        self.by_bystanders(open);
    }

    fn by_offenders(&mut self, open: &Open<'_>, story: &Story, victim: MentionNo) {
        let exploiter = open.case.exploiter();
        let to_whom = open.seen(exploiter).filter(|_| exploiter != story.recruiter);
        // That she was exploited stands in the file also where nobody knows by whom: then it is put down to
        // somebody who is known.
        let crew = open.case.offenders.iter().map(|&(person, _)| open.seen(person));
        let blamed = open.seen(exploiter).or_else(|| crew.flatten().next());
        for &(person, part) in &open.case.offenders {
            let Some(from) = open.seen(person) else { continue };
            if person == story.recruiter {
                self.recruitment(
                    open,
                    story,
                    Tie { from, to: victim, kind: LinkKind::Recruited },
                    to_whom,
                );
            } else if self.chance.yes(self.recording.false_recruiter) {
                self.false_recruitment(open, story, from, victim);
            }
            if Some(from) == blamed {
                let blame = if person == exploiter { Blame::True } else { Blame::False };
                self.exploitation(
                    open,
                    story,
                    Tie { from, to: victim, kind: LinkKind::Exploited },
                    blame,
                );
            } else {
                self.help(open, story, part, from, victim);
            }
        }
    }

    /// A recruitment that was: as such, in one or several rows, or as no more than a contact.
    fn recruitment(
        &mut self,
        open: &Open<'_>,
        story: &Story,
        tie: Tie,
        to_whom: Option<MentionNo>,
    ) {
        let met = Circumstance {
            start: Some(story.contact),
            channel: Some(story.channel),
            ..Circumstance::default()
        };
        if !self.chance.yes(self.recording.recruitment_recorded) {
            self.link(open, Tie { kind: LinkKind::Contact, ..tie }, met);
            return;
        }
        let (stated, met_first) = (self.chance.yes(0.7), self.chance.yes(0.7));
        if stated || !met_first {
            let means = Some(story).filter(|_| self.chance.yes(0.5));
            let last = story.exploited.map_or(14, |(start, _)| (start - story.contact).min(14));
            let start = Some(story.contact + self.chance.days(0, last));
            let how = Circumstance { start, story_means: means, ..Circumstance::default() };
            self.link(open, tie, how);
        }
        if met_first {
            self.link(open, Tie { kind: LinkKind::FirstContact, ..tie }, met);
        }
        if story.affection && self.chance.yes(0.4) {
            let how = Circumstance { start: Some(story.contact), ..Circumstance::default() };
            self.link(open, Tie { kind: LinkKind::Groomed, ..tie }, how);
        }
        if let Some(about) = to_whom.filter(|_| story.exploited.is_some() && self.chance.yes(0.35))
        {
            let start = story.exploited.map(|(start, _)| start);
            let how = Circumstance { start, about: Some(about), ..Circumstance::default() };
            self.link(open, Tie { kind: LinkKind::Introduced, ..tie }, how);
        }
    }

    /// A recruitment that was not: a suspicion that went into the file.
    fn false_recruitment(
        &mut self,
        open: &Open<'_>,
        story: &Story,
        from: MentionNo,
        to: MentionNo,
    ) {
        let start = self.chance.yes(0.5).then_some(story.contact + self.chance.days(0, 20));
        let how = Circumstance { start, is_false: true, ..Circumstance::default() };
        self.link(open, Tie { from, to, kind: LinkKind::Recruited }, how);
    }

    fn exploitation(&mut self, open: &Open<'_>, story: &Story, tie: Tie, blame: Blame) {
        let Some((start, end)) = story.exploited else { return };
        let during = Circumstance {
            start: Some(start),
            end: Some(end),
            place: Some(story.place),
            story_means: Some(story).filter(|_| self.chance.yes(0.5)),
            is_false: blame == Blame::False,
            ..Circumstance::default()
        };
        self.link(open, tie, during);
        if self.chance.yes(0.5) {
            let how = Circumstance {
                start: Some(start),
                story_means: Some(story),
                is_false: blame == Blame::False,
                ..Circumstance::default()
            };
            self.link(open, Tie { kind: LinkKind::Controlled, ..tie }, how);
        }
        if story.contact_after {
            let start = Some(end + self.chance.days(3, 200));
            let how = Circumstance { start, ..Circumstance::default() };
            self.link(open, Tie { kind: LinkKind::ContactAfter, ..tie }, how);
        }
    }

    /// What those do who neither recruit nor exploit.
    fn help(&mut self, open: &Open<'_>, story: &Story, part: Part, from: MentionNo, to: MentionNo) {
        let during = story.exploited.map(|(start, end)| self.chance.days(start, end));
        let kind = match part {
            Part::Driver => LinkKind::Transported,
            Part::Host => LinkKind::Housed,
            Part::Advertiser => LinkKind::Advertised,
            Part::Controller => LinkKind::Controlled,
            Part::Recruiter | Part::Exploiter | Part::MoneyHandler | Part::IdentityProvider => {
                LinkKind::Contact
            }
        };
        let at_all = during.is_some() || kind == LinkKind::Contact;
        if at_all && self.chance.yes(0.65) {
            let place = (kind == LinkKind::Housed).then_some(story.place);
            let how = Circumstance { start: during, place, ..Circumstance::default() };
            self.link(open, Tie { from, to, kind }, how);
        }
        if self.chance.yes(0.3) {
            let start = Some(story.contact + self.chance.days(0, 60));
            let how = Circumstance { start, ..Circumstance::default() };
            self.link(open, Tie { from, to, kind: LinkKind::Contact }, how);
        }
    }

    /// What a victim did who was made to recruit.
    fn by_coerced(&mut self, open: &Open<'_>, story: &Story, victim: MentionNo) {
        if self.world.people.all[story.recruiter].kind != Kind::Victim {
            return;
        }
        let Some(from) = open.seen(story.recruiter) else { return };
        let exploiter = open.seen(open.case.exploiter());
        self.recruitment(
            open,
            story,
            Tie { from, to: victim, kind: LinkKind::Recruited },
            exploiter,
        );
        if let Some(above) = exploiter.filter(|_| self.chance.yes(0.6)) {
            let how = Circumstance { start: Some(story.contact), ..Circumstance::default() };
            self.link(open, Tie { from: above, to: from, kind: LinkKind::Controlled }, how);
        }
    }

    fn by_clients(&mut self, open: &Open<'_>, story: &Story, victim: MentionNo) {
        let exploiter = open.seen(open.case.exploiter());
        for &client in &story.clients {
            let Some(from) = open.seen(client) else { continue };
            let start = story.exploited.map(|(start, end)| self.chance.days(start, end));
            let how = Circumstance { start, ..Circumstance::default() };
            self.link(open, Tie { from, to: victim, kind: LinkKind::ClientOf }, how);
            if let Some(to) = exploiter.filter(|_| self.chance.yes(0.2)) {
                let how = Circumstance { about: Some(victim), ..how };
                self.link(open, Tie { from, to, kind: LinkKind::Paid }, how);
            }
            if self.chance.yes(self.recording.false_client) {
                self.false_recruitment(open, story, from, victim);
            }
        }
    }

    /// Care, police, taxi and hotel.
    fn by_hubs(&mut self, open: &Open<'_>, story: &Story, victim: MentionNo) {
        let staff = self.staff(story);
        for (person, kind) in [
            (story.care, LinkKind::ProfessionalContact),
            (story.police, LinkKind::ProfessionalContact),
            (story.taxi, LinkKind::Transported),
            (staff, LinkKind::Housed),
        ] {
            let Some(from) = person.and_then(|person| open.seen(person)) else { continue };
            let last = story.exploited.map_or(story.contact + 90, |(_, end)| end + 60);
            let start = Some(self.chance.days(story.contact, last));
            let place = (kind == LinkKind::Housed).then_some(story.place);
            let how = Circumstance { start, place, ..Circumstance::default() };
            self.link(open, Tie { from, to: victim, kind }, how);
            if self.chance.yes(self.recording.false_professional) {
                self.false_recruitment(open, story, from, victim);
            }
        }
    }

    fn among_offenders(&mut self, open: &Open<'_>) {
        let crew: Vec<MentionNo> =
            open.case.offenders.iter().filter_map(|&(person, _)| open.seen(person)).collect();
        for (no, &from) in crew.iter().enumerate() {
            for &to in &crew[no + 1..] {
                if from != to && self.chance.yes(0.5) {
                    let kind = self.chance.of(&[
                        LinkKind::Contact,
                        LinkKind::Contact,
                        LinkKind::Accomplice,
                        LinkKind::Friend,
                    ]);
                    let start = Some(open.case.begins + self.chance.days(0, 200));
                    let how = Circumstance { start, ..Circumstance::default() };
                    self.link(open, Tie { from, to, kind }, how);
                }
            }
        }
    }

    /// Victims of one case who lived in one institution.
    fn among_victims(&mut self, open: &Open<'_>) {
        let housed: Vec<MentionNo> = (open.case.stories.iter())
            .filter(|story| story.setting == Setting::Institution)
            .filter_map(|story| open.seen(story.victim))
            .collect();
        for pair in housed.windows(2) {
            if pair[0] != pair[1] && self.chance.yes(0.4) {
                let tie = Tie { from: pair[0], to: pair[1], kind: LinkKind::CoResident };
                self.link(open, tie, Circumstance::default());
            }
        }
    }

    fn by_bystanders(&mut self, open: &Open<'_>) {
        for &person in &open.case.bystanders {
            let no = self.chance.below(open.case.stories.len());
            let Some(story) = open.case.stories.get(no) else { continue };
            let (from, to) = (open.seen(person), open.seen(story.victim));
            if let (Some(from), Some(to)) = (from, to) {
                let kind = self.chance.of(&[LinkKind::Kin, LinkKind::Kin, LinkKind::Friend]);
                self.link(open, Tie { from, to, kind }, Circumstance::default());
            }
        }
    }

    fn link(&mut self, open: &Open<'_>, tie: Tie, how: Circumstance<'_>) {
        let start = how.start.map(|day| self.date(day)).unwrap_or_default();
        let end = how.end.map(|day| self.date(day)).unwrap_or_default();
        let channel = how.channel.filter(|_| self.chance.yes(0.75));
        let place = how.place.filter(|_| self.chance.yes(0.8));
        let means = how.story_means.map(|story| {
            let codes = story.means.iter().filter(|_| self.chance.yes(0.7)).map(|code| code.code());
            codes.collect::<Vec<_>>().join(";")
        });
        let voucher = open.desk.voucher(!how.is_false, &mut self.chance);
        self.rows.links.push(LinkRow {
            from: tie.from,
            to: tie.to,
            kind: tie.kind,
            case: open.no,
            about: how.about,
            channel,
            place,
            means: means.unwrap_or_default(),
            start,
            end,
            voucher,
        });
    }
}
