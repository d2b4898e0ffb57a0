//! In whose company somebody is met.

use super::blocking::{Rows, key};
use super::comparison::Compared;
use super::field::{Field, OTHER, SAME};
use super::lists::{Lists, shared};
use super::mentions::Mentions;

/// Who stands with whom in which case file, once people are known.
///
/// Two mentions whose files share a third person are likelier one, the more so the fewer files that person is in; a policeman who
/// is in all of them says nothing.
///
/// Source: Bhattacharya & Getoor (2007), ACM TKDD 1:5, for the use of relations between people that are being resolved.
#[derive(Clone, Debug)]
pub(super) struct Company<'a> {
    mentions: &'a Mentions,
    persons: &'a [u32],
    /// By case file: the people in it.
    of_file: Lists,
    /// By person: the files.
    files: Lists,
}

/// The most pairs of case files that are looked into for one pair of mentions: who is in more is met everywhere.
const MOST_FILES: usize = 64;
/// A file with more people is a list, and who stands on one list is not in company; it would also take long to go through.
const MOST_PEOPLE: usize = 256;
/// A person in more files brings no two mentions together that nothing else does.
const RARE: usize = 4;

impl<'a> Company<'a> {
    pub(super) fn new(mentions: &'a Mentions, persons: &'a [u32]) -> Self {
        let rows = (0..).take(mentions.len());
        let pairs = rows.flat_map(|row| {
            mentions.cases.of(row).iter().map(move |&file| (file, persons[row as usize]))
        });
        let of_file = Lists::from_pairs(mentions.case_count, pairs.collect());
        let files = of_file.turned(mentions.len());
        Self { mentions, persons, of_file, files }
    }

    /// Adds what the company of two mentions says.
    pub(super) fn compare(&self, (a, b): Rows, compared: &mut Compared) {
        let files = [a, b].map(|row| self.mentions.cases.of(row));
        let is_list = |&file: &u32| self.of_file.of(file).len() > MOST_PEOPLE;
        if files[0].len() * files[1].len() > MOST_FILES
            || files.iter().copied().flatten().any(is_list)
        {
            return;
        }
        let own = [self.persons[a as usize], self.persons[b as usize]];
        let with_others = |files: &[u32]| {
            files
                .iter()
                .any(|&file| self.of_file.of(file).iter().any(|person| !own.contains(person)))
        };
        if !with_others(files[0]) || !with_others(files[1]) {
            return;
        }
        let mut rarest: Option<usize> = None;
        for &x in files[0] {
            for &y in files[1] {
                let both = shared(self.of_file.of(x), self.of_file.of(y));
                let met = both
                    .filter(|person| !own.contains(person))
                    .map(|person| self.files.of(person).len());
                rarest = rarest.into_iter().chain(met).min();
            }
        }
        let chance = |most: usize| {
            let either = files.map(|files| self.met_by_chance(files, own, most));
            libm::log(either[0].max(either[1]).min(0.9))
        };
        compared.set(Field::Company, rarest.map_or((OTHER, 0.0), |files| (SAME, chance(files))));
    }

    /// How many people of these files, other than the two themselves and in at most so many files, another file holds by chance.
    fn met_by_chance(&self, files: &[u32], own: [u32; 2], most: usize) -> f64 {
        let people = files
            .iter()
            .flat_map(|&file| self.of_file.of(file))
            .filter(|person| !own.contains(person));
        let elsewhere =
            people.map(|&person| self.files.of(person).len()).filter(|&count| count <= most);
        let expected: f64 = elsewhere.map(|count| (count as f64 - 1.0).max(0.1)).sum();
        expected / self.of_file.len() as f64
    }

    /// By which offenders are compared because a third person, met in few files, stands with both.
    pub(super) fn keys(&self) -> Vec<(u64, u32)> {
        let by_file = self.mentions.cases.turned(self.mentions.case_count);
        let mut keys = Vec::new();
        for person in (0..).take(self.files.len()) {
            let files = self.files.of(person);
            if !(2..=RARE).contains(&files.len()) {
                continue;
            }
            for &file in files {
                let others = by_file.of(file).iter().filter(|&&row| {
                    self.mentions.part[row as usize].is_offender()
                        && self.persons[row as usize] != person
                });
                keys.extend(others.map(|&row| (key(7, person.into(), 0), row)));
            }
        }
        keys
    }
}
