//! Who wrote a row down, and how far it is to be believed.

use super::super::chance::Chance;
use crate::case::Basis;

/// Source, grade and basis of a row.
#[derive(Clone, Debug)]
pub(in crate::simulate) struct Voucher {
    /// The kind of document and its number in the case; none where nobody noted it.
    pub(in crate::simulate) document: Option<(&'static str, usize)>,
    pub(in crate::simulate) grade: String,
    pub(in crate::simulate) basis: Option<Basis>,
}

/// The habits of those who keep one case: their scheme of grades, and their documents.
#[derive(Debug)]
pub(super) struct Desk {
    scheme: usize,
    /// How often information of each grade comes, where it is true and where it is false.
    levels: [[f64; 5]; 2],
    documents: usize,
}

const KINDS: [&str; 7] = [
    "statement victim",
    "statement suspect",
    "chat export",
    "observation report",
    "phone extraction",
    "intelligence note",
    "interview neighbour",
];

impl Desk {
    pub(super) fn new(chance: &mut Chance) -> Self {
        let of_true = chance.dirichlet([7, 8, 4, 1, 0]);
        let of_false = chance.dirichlet([1, 3, 8, 6, 2]);
        Self {
            scheme: chance.weighted(&[0.35, 0.2, 0.15, 0.1, 0.05, 0.15]),
            levels: [of_true, of_false],
            documents: 6 + chance.below(10),
        }
    }

    /// The voucher of a row that is true, or is not.
    pub(super) fn voucher(&self, is_true: bool, chance: &mut Chance) -> Voucher {
        let level = chance.weighted(&self.levels[usize::from(!is_true)]);
        let number = chance.below(self.documents);
        let document = (!chance.yes(0.04)).then(|| (KINDS[number % KINDS.len()], number + 1));
        let assessed = chance.yes(if is_true { 0.08 } else { 0.4 });
        let basis = match (assessed, chance.yes(0.6)) {
            (true, _) => Some(Basis::Assessment),
            (false, true) => Some(Basis::Fact),
            (false, false) => None,
        };
        let grade = if chance.yes(0.1) { String::new() } else { self.grade(level, chance) };
        Voucher { document, grade, basis }
    }

    /// Information of a level from 0 (confirmed) to 4 (improbable), in the scheme of the case.
    fn grade(&self, level: usize, chance: &mut Chance) -> String {
        let source = chance.weighted(&[0.4, 0.35, 0.2, 0.05]).max(level.saturating_sub(2));
        let letter = ["A", "B", "C", "D"][source.min(3)];
        let number = level + 1;
        match self.scheme {
            0 => format!("{letter}{number}"),
            1 => format!("5x5x5:{letter}{number}{}", 1 + chance.below(5)),
            2 => {
                let source = ["reliable", "reliable", "untested", "not_reliable"][source.min(3)];
                let information = ["A", "B", "C", "D", "E"][level.min(4)];
                format!("3x5x2:{source}-{information}-{}", chance.of(&["P", "C"]))
            }
            3 => format!("4x4:{}{}", ["A", "B", "X", "C"][source.min(3)], number.min(4)),
            4 => {
                let about = [0.95, 0.85, 0.7, 0.5, 0.2][level.min(4)];
                format!("{:.2}", about + 0.05 * (chance.unit() - 0.5))
            }
            _ => String::new(),
        }
    }
}
