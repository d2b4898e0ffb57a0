//! Which recruitments of one person hang together.

use crate::case::Symbol;

/// When recruitments by one person are one episode.
///
/// Whatever is of one case file is one episode. What is of several files may be, too, and there are two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Episodes {
    /// Of several case files.
    pub across: Across,
    /// Recruitments so many days apart or fewer are near each other. 30 by default.
    pub gap_days: i32,
    /// An episode that runs over several case files ends after so many days; a steady recruiter has several.
    pub longest_days: i32,
}

/// When recruitments in several case files are one episode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Across {
    /// When they are near each other and of the same victim: files about other victims are other episodes,
    /// because whoever opened two files held them apart. This is the default.
    #[default]
    SameVictim,
    /// When they are near each other, of whichever victims.
    Near,
}

impl Default for Episodes {
    fn default() -> Self {
        Self { across: Across::SameVictim, gap_days: 30, longest_days: 92 }
    }
}

/// What decides of which episode a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) case: Symbol,
    /// Whom; none where it is not known.
    pub(super) victim: Option<u32>,
    pub(super) days: Option<(i32, i32)>,
}

impl Episodes {
    /// The episode of each piece, numbered from 0 in order of the pieces.
    ///
    /// Evidence without a case and without a date says nothing of when it was. It joins other evidence
    /// of the same victim; where there is none, all of it together is one episode, which is the
    /// cautious reading.
    ///
    /// # Cost
    ///
    /// `O(n log n)`.
    pub(super) fn of(&self, pieces: &[Piece]) -> (Vec<usize>, usize) {
        let mut groups = Groups((0..pieces.len()).collect());
        join_by_case(pieces, &mut groups);
        self.join_by_date(pieces, &mut groups);
        join_the_unplaced(pieces, &mut groups);
        groups.numbered()
    }

    fn join_by_date(&self, pieces: &[Piece], groups: &mut Groups) {
        let dated = pieces.iter().enumerate().filter_map(|(at, piece)| Some((piece.days?, at)));
        let mut order: Vec<((i32, i32), usize)> = dated.collect();
        order.sort_unstable();
        match self.across {
            Across::Near => self.sweep(&order, groups),
            Across::SameVictim => {
                let mut own: Vec<(u32, (i32, i32), usize)> = order
                    .iter()
                    .filter_map(|&(days, at)| Some((pieces[at].victim?, days, at)))
                    .collect();
                own.sort_unstable();
                for of_one in own.chunk_by(|a, b| a.0 == b.0) {
                    let of_one: Vec<_> = of_one.iter().map(|&(_, days, at)| (days, at)).collect();
                    self.sweep(&of_one, groups);
                }
                self.join_the_caseless(pieces, &order, groups);
            }
        }
    }

    /// Whoever begins within the gap after all before him ended hangs together with them, until
    /// the episode has lasted as long as one may.
    fn sweep(&self, order: &[((i32, i32), usize)], groups: &mut Groups) {
        let mut before: Option<(i32, i32, usize)> = None;
        for &((earliest, latest), at) in order {
            let days = |from: i32| i64::from(earliest) - i64::from(from);
            before = match before {
                Some((began, ended, other))
                    if days(ended) <= i64::from(self.gap_days)
                        && days(began) <= i64::from(self.longest_days) =>
                {
                    groups.join(other, at);
                    Some((began, ended.max(latest), at))
                }
                _ => Some((earliest, latest, at)),
            };
        }
    }

    /// What has a date and no case file joins what is next to it in time.
    fn join_the_caseless(
        &self,
        pieces: &[Piece],
        order: &[((i32, i32), usize)],
        groups: &mut Groups,
    ) {
        for pair in order.windows(2) {
            let (((_, ended), one), ((began, _), other)) = (pair[0], pair[1]);
            let near = i64::from(began) - i64::from(ended) <= i64::from(self.gap_days);
            let caseless = [one, other].iter().any(|&at| !pieces[at].case.is_known());
            if near && caseless {
                groups.join(one, other);
            }
        }
    }
}

fn join_by_case(pieces: &[Piece], groups: &mut Groups) {
    let mut order: Vec<usize> =
        (0..pieces.len()).filter(|&at| pieces[at].case.is_known()).collect();
    order.sort_by_key(|&at| (pieces[at].case, at));
    for pair in order.windows(2) {
        if pieces[pair[0]].case == pieces[pair[1]].case {
            groups.join(pair[0], pair[1]);
        }
    }
}

fn join_the_unplaced(pieces: &[Piece], groups: &mut Groups) {
    let is_placed = |piece: &Piece| piece.case.is_known() || piece.days.is_some();
    if pieces.iter().all(is_placed) {
        return;
    }
    let mut placed: Vec<(Option<u32>, usize)> = (0..pieces.len())
        .filter(|&at| is_placed(&pieces[at]))
        .map(|at| (pieces[at].victim, at))
        .collect();
    placed.sort_unstable();
    let mut adrift = None;
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| !is_placed(piece)) {
        let place = placed.partition_point(|&(victim, _)| victim < piece.victim);
        let other = placed.get(place).filter(|(victim, _)| *victim == piece.victim);
        groups.join(other.map_or_else(|| *adrift.get_or_insert(at), |&(_, other)| other), at);
    }
}

/// Sets that grow together; the lowest member names a set.
struct Groups(Vec<usize>);

impl Groups {
    fn name(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.name(one), self.name(other));
        self.0[one.max(other)] = one.min(other);
    }

    /// The number of each member's set, and how many sets there are.
    fn numbered(mut self) -> (Vec<usize>, usize) {
        let names: Vec<usize> = (0..self.0.len()).map(|at| self.name(at)).collect();
        let mut number = vec![0; names.len()];
        let mut count = 0;
        for (at, &name) in names.iter().enumerate() {
            if name == at {
                number[at] = count;
                count += 1;
            } else {
                number[at] = number[name];
            }
        }
        (number, count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(case: usize, victim: u32, day: i32) -> Piece {
        let cases = crate::case::Symbols::default();
        let mut cases = cases;
        let names: Vec<Symbol> = (0..40).map(|n| cases.intern(&format!("c{n}"))).collect();
        Piece { case: names[case], victim: Some(victim), days: Some((day, day)) }
    }

    fn count(episodes: Episodes, pieces: &[Piece]) -> usize {
        episodes.of(pieces).1
    }

    const NEAR: Episodes = Episodes { across: Across::Near, gap_days: 30, longest_days: 92 };

    #[test]
    fn two_files_about_two_victims_are_two_episodes_unless_nearness_is_to_count() {
        let pieces = [piece(0, 1, 0), piece(1, 2, 10)];
        assert_eq!(count(Episodes::default(), &pieces), 2);
        assert_eq!(count(NEAR, &pieces), 1);
    }

    #[test]
    fn two_files_about_one_victim_within_a_month_are_one_episode() {
        assert_eq!(count(Episodes::default(), &[piece(0, 1, 0), piece(1, 1, 30)]), 1);
        assert_eq!(count(Episodes::default(), &[piece(0, 1, 0), piece(1, 1, 31)]), 2);
    }

    #[test]
    fn a_steady_recruiter_has_several_episodes_in_either_reading() {
        let pieces: Vec<Piece> = (0..24)
            .map(|n| piece(n, 0, 0))
            .enumerate()
            .map(|(n, one)| {
                let n = i32::try_from(n).expect("few");
                Piece { victim: u32::try_from(n).ok(), days: Some((n * 20, n * 20)), ..one }
            })
            .collect();
        assert_eq!(count(Episodes::default(), &pieces), 24);
        assert_eq!(count(NEAR, &pieces), 5);
    }

    #[test]
    fn what_is_without_case_and_date_joins_its_victim_or_drifts_together() {
        let adrift = |victim| Piece { case: Symbol::EMPTY, victim: Some(victim), days: None };
        let pieces = [piece(0, 1, 0), adrift(1), adrift(2), adrift(3)];
        assert_eq!(Episodes::default().of(&pieces), (vec![0, 0, 1, 1], 2));
    }
}
