//! How one name comes to be written in several ways.

use super::super::chance::Chance;

/// `name` as another clerk writes it: one or two habits of its culture applied.
pub(in crate::simulate) fn spelt_otherwise(
    name: &str,
    habits: &[(&str, &str)],
    chance: &mut Chance,
) -> String {
    let applicable = |name: &str| -> Vec<(String, String)> {
        let both = habits.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
        // A letter may become two, and two one; but not every letter two, each time a name is copied.
        let fits =
            both.filter(|(one, other)| name.contains(one) && (one.len() > 1 || other.len() <= 2));
        fits.map(|(one, other)| (one.to_owned(), other.to_owned())).collect()
    };
    let mut written = name.to_owned();
    for _ in 0..=chance.below(2) {
        let ways = applicable(&written);
        if ways.is_empty() {
            break;
        }
        let (one, other) = &ways[chance.below(ways.len())];
        written = written.replacen(one.as_str(), other, 1);
    }
    if chance.yes(0.1) { last_name_first(&written) } else { written }
}

/// `Jan van der Veer` as `Veer, Jan van der`.
fn last_name_first(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((rest, last)) => format!("{last}, {rest}"),
        None => name.to_owned(),
    }
}

/// `text` with one slip: a letter left out, doubled, changed or two turned round.
pub(in crate::simulate) fn misspelt(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 4 {
        return text.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 2);
    if !letters[at].is_alphabetic() || !letters[at + 1].is_alphabetic() {
        return text.to_owned();
    }
    match chance.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = chance.of(&['a', 'e', 'o', 'n', 'r', 's', 't', 'l']),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_habit_is_applied_in_either_direction() {
        let written = spelt_otherwise("Şuq", &[("q", "k")], &mut Chance::new(1, 0));
        assert!(["Şuk", "Şuq"].contains(&written.as_str()), "{written}");
    }

    #[test]
    fn a_name_can_be_turned_round() {
        assert_eq!(last_name_first("Jan van der Veer"), "Veer, Jan van der");
        assert_eq!(last_name_first("Jan"), "Jan");
    }

    #[test]
    fn a_slip_changes_at_most_one_place() {
        let mut chance = Chance::new(3, 0);
        for _ in 0..200 {
            let slip = misspelt("Anouk Kraanveld", &mut chance);
            assert!(strsim::damerau_levenshtein("Anouk Kraanveld", &slip) <= 1, "{slip}");
        }
    }
}
