//! Which cases there are, and which offenders stand in them.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::figures::Figures;
use super::people::{People, PersonNo, days};
use super::world::{Decoys, FIRST_DAY, Frame, Part, TrueCase, new_offender, people_count};

/// Cases with their offenders, and how many victims each has.
pub(super) struct Plan {
    pub(super) cases: Vec<TrueCase>,
    pub(super) sizes: Vec<usize>,
    pub(super) decoys: Decoys,
}

/// Plans all cases: first those of recurring recruiters, then those of one case each.
pub(super) fn plan(frame: Frame<'_>, people: &mut People, chance: &mut Chance) -> Plan {
    let sizes = sizes(frame.victims, chance);
    let mut episodes = episodes(frame, people, chance);
    // Where cases are few, the last of the recurring recruiters have fewer episodes.
    episodes.truncate(sizes.len() * 4 / 5);
    while episodes.len() < sizes.len() {
        let day = FIRST_DAY + days(chance.unit() * f64::from(frame.days));
        episodes.push((new_offender(day, frame.figures, people, chance), day));
    }
    episodes.sort_unstable_by_key(|&(recruiter, day)| (day, recruiter));
    let mut crews = Crews::new(frame, people, chance);
    let cases = episodes.iter().map(|&(recruiter, day)| TrueCase {
        begins: day,
        opened: day,
        closed: day,
        recruiter,
        offenders: crews.of_case(recruiter, day, people, chance),
        stories: Vec::new(),
        coerced: Vec::new(),
        bystanders: Vec::new(),
    });
    let cases = cases.collect();
    Plan { cases, sizes, decoys: crews.decoys }
}

/// How many victims each case has; `victims` in all.
fn sizes(victims: usize, chance: &mut Chance) -> Vec<usize> {
    let weights = Figures::VICTIMS.map(|(_, weight)| weight);
    let mut sizes = Vec::new();
    let mut left = victims;
    while left > 0 {
        let size = Figures::VICTIMS[chance.weighted(&weights)].0.min(left);
        sizes.push(size);
        left -= size;
    }
    sizes
}

/// The cases of recurring recruiters: who and when. The first of all recruiters come first, then all second
/// ones, so that cutting the list short leaves most of them two.
fn episodes(frame: Frame<'_>, people: &mut People, chance: &mut Chance) -> Vec<(PersonNo, i32)> {
    const MOST: usize = 12;
    // Apart enough for two cases to be two episodes: 30 days lie between their first contacts.
    const LEAST_GAP: f64 = 60.0;
    let figures = frame.figures;
    let length = f64::from(frame.days);
    let mut found = Vec::new();
    for _ in 0..people_count(figures.recurring, frame.victims).max(3) {
        let first = chance.unit() * 0.7 * length;
        let recruiter = new_offender(FIRST_DAY + days(first), figures, people, chance);
        let mut at = first;
        for turn in 0..(2 + chance.geometric(figures.more_cases)).min(MOST) {
            found.push((turn, recruiter, FIRST_DAY + days(at)));
            let next = at + LEAST_GAP + chance.exponential((figures.gap - LEAST_GAP).max(1.0));
            // The second is there in any case; of the later ones, those within the time.
            let late = if turn == 0 { at + chance.unit() * (length - at) } else { length + 1.0 };
            at = if next <= length { next } else { late };
            if at > length {
                break;
            }
        }
    }
    found.sort_by_key(|&(turn, _, _)| turn);
    found.into_iter().map(|(_, recruiter, day)| (recruiter, day)).collect()
}

/// Who stands beside whom.
struct Crews<'a> {
    figures: &'a Figures,
    facilitators: Vec<(PersonNo, Part)>,
    /// Exploiters of several cases, one entry a case still to come.
    exploiters: Vec<PersonNo>,
    /// Who stood beside a recruiter before, and as what.
    associates: BTreeMap<PersonNo, Vec<(PersonNo, Part)>>,
    decoys: Decoys,
}

impl<'a> Crews<'a> {
    fn new(frame: Frame<'a>, people: &mut People, chance: &mut Chance) -> Self {
        let figures = frame.figures;
        let mut decoys = Decoys::new();
        let mut facilitators = Vec::new();
        for _ in 0..people_count(figures.facilitators, frame.victims).max(2) {
            let person = new_offender(FIRST_DAY + frame.days / 2, figures, people, chance);
            decoys.entry(person).or_default().push("repeat_facilitator");
            facilitators.push((person, chance.of(&Part::HELPERS)));
        }
        let mut exploiters = Vec::new();
        for _ in 0..people_count(figures.exploiters, frame.victims).max(1) {
            let person = new_offender(FIRST_DAY + frame.days / 2, figures, people, chance);
            decoys.entry(person).or_default().push("repeat_exploiter");
            exploiters.extend(std::iter::repeat_n(person, 2 + chance.geometric(1.0)));
        }
        chance.shuffle(&mut exploiters);
        Self { figures, facilitators, exploiters, associates: BTreeMap::new(), decoys }
    }

    fn of_case(
        &mut self,
        recruiter: PersonNo,
        day: i32,
        people: &mut People,
        chance: &mut Chance,
    ) -> Vec<(PersonNo, Part)> {
        let size = 1 + chance.weighted(&Figures::OFFENDERS);
        let mut crew = vec![(recruiter, Part::Recruiter)];
        for place in 1..size {
            let part = if place == 1 { Part::Exploiter } else { chance.of(&Part::HELPERS) };
            let (person, part) = self.beside(recruiter, part, &crew, day, people, chance);
            crew.push((person, part));
        }
        if chance.yes(self.figures.facilitator_in_case) {
            let (person, part) = chance.of(&self.facilitators);
            crew.push((person, part));
        }
        let known = self.associates.entry(recruiter).or_default();
        for &(person, part) in &crew[1..] {
            if !self.decoys.contains_key(&person) && !known.contains(&(person, part)) {
                known.push((person, part));
            }
        }
        crew
    }

    fn beside(
        &mut self,
        recruiter: PersonNo,
        part: Part,
        crew: &[(PersonNo, Part)],
        day: i32,
        people: &mut People,
        chance: &mut Chance,
    ) -> (PersonNo, Part) {
        let free = |person| crew.iter().all(|&(other, _)| other != person);
        let known = self.associates.get(&recruiter).map_or(&[][..], Vec::as_slice);
        let fits = |&&(person, known_for): &&(PersonNo, Part)| {
            free(person) && (known_for == Part::Exploiter) == (part == Part::Exploiter)
        };
        let known: Vec<(PersonNo, Part)> = known.iter().filter(fits).copied().collect();
        if chance.yes(self.figures.associate_again)
            && let Some(again) = chance.any(&known)
        {
            return again;
        }
        if part == Part::Exploiter
            && chance.yes(0.5)
            && let Some(person) = self.exploiters.pop().filter(|&person| free(person))
        {
            return (person, part);
        }
        (new_offender(day, self.figures, people, chance), part)
    }
}
