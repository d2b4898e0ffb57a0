//! Who may be mistaken for whom, and victims who were made to recruit.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chance;
use super::people::{Kind, PersonNo};
use super::world::{Frame, World, people_count};

/// Some victims are made to recruit one or two others: in their own case, or in a later one of the same
/// recruiter if there is one, else in any later one.
pub(super) fn coerce(world: &mut World, frame: Frame<'_>, chance: &mut Chance) {
    let wanted = people_count(frame.figures.coerced, frame.victims).max(1);
    let mut own: BTreeMap<PersonNo, usize> = BTreeMap::new();
    for (no, case) in world.cases.iter().enumerate() {
        for story in &case.stories {
            own.entry(story.victim).or_insert(no);
        }
    }
    let mut order = world.victims.clone();
    chance.shuffle(&mut order);
    for victim in order {
        if world.coerced.len() == wanted {
            break;
        }
        let Some(&case) = own.get(&victim) else { continue };
        let at = if chance.yes(0.6) { case } else { later_case(world, case, chance) };
        if recruits_in(world, victim, at, chance) {
            world.coerced.push(victim);
            world.decoys.entry(victim).or_default().push("coerced");
        }
    }
    world.coerced.sort_unstable();
}

fn later_case(world: &World, case: usize, chance: &mut Chance) -> usize {
    let recruiter = world.cases[case].recruiter;
    let of_recruiter =
        (case + 1..world.cases.len()).find(|&no| world.cases[no].recruiter == recruiter);
    let left = world.cases.len() - case - 1;
    of_recruiter.unwrap_or_else(|| if left == 0 { case } else { case + 1 + chance.below(left) })
}

/// Makes `victim` recruit in case `at`, if anybody there was met after her.
fn recruits_in(world: &mut World, victim: PersonNo, at: usize, chance: &mut Chance) -> bool {
    let case = &mut world.cases[at];
    let own = case.stories.iter().find(|story| story.victim == victim);
    let after = own.map(|story| story.exploited.map_or(i32::MAX, |(start, _)| start));
    let coerced: BTreeSet<PersonNo> = world.coerced.iter().copied().collect();
    let free = |other: PersonNo| other != victim && !coerced.contains(&other);
    let mut fit: Vec<usize> = (0..case.stories.len())
        .filter(|&no| {
            let story = &case.stories[no];
            let later = after.is_none_or(|day| story.contact >= day - 30);
            free(story.victim) && !coerced.contains(&story.recruiter) && later
        })
        .collect();
    chance.shuffle(&mut fit);
    let some = 1 + chance.below(2);
    for &no in fit.iter().take(some) {
        case.stories[no].recruiter = victim;
    }
    if own_is_absent(after) && !fit.is_empty() {
        case.coerced.push(victim);
    }
    !fit.is_empty()
}

fn own_is_absent(after: Option<i32>) -> bool {
    after.is_none()
}

/// Name twins, shared and recycled phones, and clients who stand in several cases.
pub(super) fn plant(world: &mut World, frame: Frame<'_>, chance: &mut Chance) {
    repeat_clients(world);
    name_twins(world, frame.victims, chance);
    shared_phones(world, frame, chance);
    recycled_phones(world, frame, chance);
}

fn repeat_clients(world: &mut World) {
    const OFTEN: usize = 3;
    let mut cases: BTreeMap<PersonNo, usize> = BTreeMap::new();
    for case in &world.cases {
        let all = case.stories.iter().flat_map(|story| story.clients.iter().copied());
        for client in all.collect::<BTreeSet<_>>() {
            *cases.entry(client).or_default() += 1;
        }
    }
    for (client, _) in cases.into_iter().filter(|&(_, count)| count >= OFTEN) {
        world.decoys.entry(client).or_default().push("repeat_client");
    }
}

/// Pairs of recruiters of one case each who bear one name and are some years apart.
fn name_twins(world: &mut World, victims: usize, chance: &mut Chance) {
    let mut cases: BTreeMap<PersonNo, usize> = BTreeMap::new();
    for (person, _) in world.cases.iter().flat_map(|case| &case.offenders) {
        *cases.entry(*person).or_default() += 1;
    }
    let recruiters: BTreeSet<PersonNo> = world.cases.iter().map(|case| case.recruiter).collect();
    let mut once: Vec<PersonNo> =
        recruiters.into_iter().filter(|person| cases.get(person) == Some(&1)).collect();
    chance.shuffle(&mut once);
    for pair in once.chunks_exact(2).take((victims / 100).max(1)) {
        world.people.all[pair[1]].name = world.people.all[pair[0]].name;
        for &person in pair {
            world.decoys.entry(person).or_default().push("name_twin");
        }
    }
}

/// Groups who answer one phone: agencies of three to six, households of two.
fn shared_phones(world: &mut World, frame: Frame<'_>, chance: &mut Chance) {
    let mut order = of_kinds(world, &[Kind::Offender, Kind::Client, Kind::Victim]);
    let mut left = people_count(frame.figures.shared_phone, order.len()).max(5);
    chance.shuffle(&mut order);
    let mut rest = order.as_slice();
    while left > 0 && rest.len() > 6 {
        let agency = chance.yes(0.5);
        let size = if agency { 3 + chance.below(4) } else { 2 };
        let (group, others) = rest.split_at(size);
        let (phone, home) = (world.people.new_phone(), world.people.all[group[0]].address);
        for &person in group {
            world.shared_phones.insert(person, phone);
            if !agency {
                world.people.all[person].address = home;
            }
            let kind = if agency { "agency_phone" } else { "household_phone" };
            world.decoys.entry(person).or_default().push(kind);
        }
        left = left.saturating_sub(size);
        rest = others;
    }
}

/// Prepaid numbers that were somebody else's before.
fn recycled_phones(world: &mut World, frame: Frame<'_>, chance: &mut Chance) {
    let mut order = of_kinds(world, &[Kind::Offender, Kind::Client]);
    order.retain(|person| !world.shared_phones.contains_key(person));
    chance.shuffle(&mut order);
    let pairs = people_count(frame.figures.recycled_phone, order.len()).max(1);
    for pair in order.chunks_exact(2).take(pairs) {
        world.people.all[pair[1]].phone = world.people.all[pair[0]].phone;
        for &person in pair {
            world.decoys.entry(person).or_default().push("recycled_phone");
        }
    }
}

fn of_kinds(world: &World, kinds: &[Kind]) -> Vec<PersonNo> {
    let all = world.people.all.iter().enumerate();
    all.filter(|(_, person)| kinds.contains(&person.kind)).map(|(no, _)| no).collect()
}
