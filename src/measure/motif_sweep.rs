//! Triples of events within δ, two of which are linked, counted in one sweep through time.

/// What an event has for a key or a lone direction that it has not.
pub(super) const NONE: u32 = u32::MAX;

/// An event of a sweep: one of a pair that is linked by its key, one that stands alone beside such a pair, or either.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) day: i32,
    /// With which others it makes a pair; [`NONE`] if with none.
    pub(super) key: u32,
    /// What it is in a pair: below the number of classes.
    pub(super) class: usize,
    /// What it is beside a pair, 0 or 1; [`NONE`] if it is never beside one.
    pub(super) lone: u32,
}

/// By place of the lone event (after the pair, amid it, before it), the classes of the pair in order of time, and what the lone
/// event is.
pub(super) type Triples<const C: usize> = [[[[u128; 2]; C]; C]; 3];

/// Where a sweep is: how many events of each key and class lie in the δ days before and after, and how many pairs.
struct Sweep<const C: usize> {
    before: Vec<[u32; C]>,
    after: Vec<[u32; C]>,
    pairs_before: [[u64; C]; C],
    pairs_around: [[u64; C]; C],
    pairs_after: [[u64; C]; C],
}

/// How many triples of three different days, no more than `delta` days apart, hold a pair of one key and a lone event.
///
/// With two classes any two events of a key are a pair; with four, one of the classes 0 and 1 with one of 2 and 3. Events come
/// in order of days, keys are below `keys`. Those of one day are not in order, and make no pair.
///
/// - **Cost**: a few steps an event, and memory for each key.
pub(super) fn triples<const C: usize>(events: &[Event], keys: usize, delta: u32) -> Triples<C> {
    let delta = i64::from(delta);
    let mut sweep = Sweep::<C>::new(keys);
    let mut found = [[[[0; 2]; C]; C]; 3];
    let (mut oldest, mut ahead) = (0, 0);
    for today in events.chunk_by(|a, b| a.day == b.day) {
        let day = i64::from(today[0].day);
        while i64::from(events[oldest].day) < day - delta {
            let gone = same_day(&events[oldest..]);
            sweep.forget(gone);
            oldest += gone.len();
        }
        while ahead < events.len() && i64::from(events[ahead].day) <= day + delta {
            let seen = same_day(&events[ahead..]);
            sweep.foresee(seen);
            ahead += seen.len();
        }
        sweep.reach(today);
        sweep.count(today, &mut found);
        sweep.pass(today);
    }
    found
}

fn same_day(events: &[Event]) -> &[Event] {
    let later = events.iter().position(|event| event.day != events[0].day);
    &events[..later.unwrap_or(events.len())]
}

/// With which classes a class makes pairs.
fn partners<const C: usize>(class: usize) -> std::ops::Range<usize> {
    if C == 2 {
        0..2
    } else if class < 2 {
        2..4
    } else {
        0..2
    }
}

/// The events that can be of a pair: their key and class.
fn linked(events: &[Event]) -> impl Iterator<Item = (usize, usize)> {
    let can = events.iter().filter(|event| event.key != NONE);
    can.map(|event| (event.key as usize, event.class))
}

impl<const C: usize> Sweep<C> {
    fn new(keys: usize) -> Self {
        let none = [[0; C]; C];
        Self {
            before: vec![[0; C]; keys],
            after: vec![[0; C]; keys],
            pairs_before: none,
            pairs_around: none,
            pairs_after: none,
        }
    }

    /// A day is now more than δ days ago.
    fn forget(&mut self, day: &[Event]) {
        for (key, class) in linked(day) {
            self.before[key][class] -= 1;
        }
        for (key, class) in linked(day) {
            for other in partners::<C>(class) {
                self.pairs_before[class][other] -= u64::from(self.before[key][other]);
            }
        }
    }

    /// A day is now within the next δ days.
    fn foresee(&mut self, day: &[Event]) {
        for (key, class) in linked(day) {
            for other in partners::<C>(class) {
                self.pairs_after[other][class] += u64::from(self.after[key][other]);
            }
        }
        for (key, class) in linked(day) {
            self.after[key][class] += 1;
        }
    }

    /// The day has come: its events no longer lie ahead.
    fn reach(&mut self, day: &[Event]) {
        for (key, class) in linked(day) {
            self.after[key][class] -= 1;
        }
        for (key, class) in linked(day) {
            for other in partners::<C>(class) {
                self.pairs_after[class][other] -= u64::from(self.after[key][other]);
                self.pairs_around[other][class] -= u64::from(self.before[key][other]);
            }
        }
    }

    /// Counts the pairs before, around and after the lone events of a day.
    fn count(&self, day: &[Event], found: &mut Triples<C>) {
        let pairs = [&self.pairs_before, &self.pairs_around, &self.pairs_after];
        for lone in 0..2_u32 {
            let many = day.iter().filter(|event| event.lone == lone).count() as u128;
            if many == 0 {
                continue;
            }
            for (place, pairs) in pairs.into_iter().enumerate() {
                for (first, row) in pairs.iter().enumerate() {
                    for (second, &pairs) in row.iter().enumerate() {
                        found[place][first][second][lone as usize] += many * u128::from(pairs);
                    }
                }
            }
        }
    }

    /// The day is over: its events lie behind.
    fn pass(&mut self, day: &[Event]) {
        for (key, class) in linked(day) {
            for other in partners::<C>(class) {
                self.pairs_before[other][class] += u64::from(self.before[key][other]);
                self.pairs_around[class][other] += u64::from(self.after[key][other]);
            }
        }
        for (key, class) in linked(day) {
            self.before[key][class] += 1;
        }
    }
}
