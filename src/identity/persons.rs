//! How many people a value must belong to.

use super::clean::{BirthLikeness, Likeness, birth_likeness, likeness};
use super::mentions::Mentions;

/// The most holders of a value that are looked at one by one; of more, so many stand for all.
const LOOKED_AT: usize = 64;

/// How many people at least must be among these mentions: so many of them cannot be one another.
///
/// It is the number of colours that a greedy colouring of their contradictions takes, in the order of the rows. A phone of one
/// man in five case files needs one person; the phone of an agency needs as many as call from it.
///
/// - **Cost**: O(k²) for k mentions, at most 64.
pub(super) fn needed(mentions: &Mentions, holders: &[u32]) -> usize {
    let looked_at = &holders[..holders.len().min(LOOKED_AT)];
    let mut persons: Vec<Vec<u32>> = Vec::new();
    for &mention in looked_at {
        let free = |person: &&mut Vec<u32>| {
            !person.iter().any(|&other| contradict(mentions, mention, other))
        };
        match persons.iter_mut().find(free) {
            Some(person) => person.push(mention),
            None => persons.push(vec![mention]),
        }
    }
    if looked_at.len() == holders.len() || persons.len() * 8 < looked_at.len() {
        return persons.len();
    }
    persons.len() * holders.len() / looked_at.len()
}

/// Whether two mentions are hardly one person: they stand in one case file, were born on two days, or have two full names.
pub(super) fn contradict(mentions: &Mentions, a: u32, b: u32) -> bool {
    let born = birth_likeness(mentions.birth[a as usize], mentions.birth[b as usize]);
    matches!(born, Some(BirthLikeness::Different | BirthLikeness::Excluded))
        || mentions.share_a_case(a, b)
        || have_two_names(mentions, a, b)
}

fn have_two_names(mentions: &Mentions, a: u32, b: u32) -> bool {
    let differ = |a: &[u32], b: &[u32]| {
        let alike = |&a: &u32| b.iter().any(|&b| alike(mentions, a, b));
        !a.is_empty() && !b.is_empty() && !a.iter().any(alike)
    };
    differ(mentions.given.of(a), mentions.given.of(b))
        && differ(mentions.family.of(a), mentions.family.of(b))
}

fn alike(mentions: &Mentions, a: u32, b: u32) -> bool {
    let token = |number: u32| &mentions.tokens[number as usize];
    likeness(token(a), token(b)) != Likeness::Different
}
