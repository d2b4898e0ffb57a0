//! From edges in any order to sorted rows, in linear time and on all threads.
//!
//! Nodes are cut into ranges that hold about as many arcs each. Every block of edges sorts its arcs by range; every range then sorts its
//! own, in cache, straight into its part of the rows. No two threads write to one place, and the rows do not depend on how many there are.

use std::borrow::Borrow;
use std::ops::Range;

use rayon::prelude::*;

use super::arcs::{Arcs, Ends};
use super::weights::{Held, WeightRow, Weights};

/// About how many arcs a range of nodes holds: so many are sorted in cache.
const RANGE_ARCS: usize = 1 << 15;

/// The most ranges: a block writes to all of them in turn.
const RANGES: usize = 1 << 10;

/// How many ranges are filled before the arcs sorted for them are given back, so that not all arcs stand in memory twice.
const WAVE: usize = 32;

/// One direction of a graph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    /// `offsets[u]..offsets[u + 1]` is the row of `u`.
    pub(super) offsets: Vec<usize>,
    pub(super) targets: Vec<u32>,
    pub(super) weights: Option<Weights>,
}

impl Rows {
    #[inline(always)]
    pub(super) fn range(&self, u: u32) -> Range<usize> {
        self.offsets[u as usize]..self.offsets[u as usize + 1]
    }

    #[inline(always)]
    pub(super) fn row(&self, u: u32) -> &[u32] {
        &self.targets[self.range(u)]
    }

    #[inline(always)]
    pub(super) fn row_weights(&self, u: u32) -> Option<WeightRow<'_>> {
        self.weights.as_ref().map(|weights| weights.row(self.range(u)))
    }

    #[inline]
    pub(super) fn weighted_row(&self, u: u32) -> impl Iterator<Item = (u32, f64)> + Clone + '_ {
        let weights = self.row_weights(u);
        let weight = move |i: usize| weights.map_or(1.0, |weights| weights.at(i));
        self.row(u).iter().enumerate().map(move |(i, &v)| (v, weight(i)))
    }

    /// Rows that are sorted already, block by block.
    pub(super) fn of_sorted(blocks: &[SortedRows]) -> Self {
        let mut offsets = vec![0];
        for block in blocks {
            let first = offsets[offsets.len() - 1];
            offsets.extend(block.ends.iter().map(|end| first + end));
        }
        let shorts: Option<Vec<Vec<f32>>> =
            blocks.par_iter().map(|block| held_by::<f32>(&block.weights)).collect();
        let weights = match shorts {
            Some(shorts) => Weights::Short(concatenated(&shorts)),
            None => Weights::Long(concatenated(
                &blocks.iter().map(|block| &block.weights).collect::<Vec<_>>(),
            )),
        };
        let targets = concatenated(&blocks.iter().map(|block| &block.targets).collect::<Vec<_>>());
        Self { offsets, targets, weights: Some(weights) }
    }

    /// Rows of the arcs of all `blocks`; `None` if weights of parallel arcs add up to what `W` does not hold.
    pub(super) fn from_blocks<W: Held, B: Arcs<W>>(
        node_count: usize,
        blocks: Vec<B>,
        ends: Ends,
    ) -> Option<Self> {
        let offsets = offsets(node_count, &blocks, ends);
        let ranges = Ranges::cut(&offsets);
        let mut sorted: Vec<ByRange<W>> =
            blocks.into_par_iter().map(|block| ByRange::sort(&block, ends, &ranges)).collect();
        let arcs = offsets[node_count];
        let (mut targets, mut weights) = (vec![0; arcs], vec![W::default(); arcs]);
        let mut slots = ranges.slots(&offsets, &mut targets, &mut weights);
        let mut lengths = Vec::with_capacity(slots.len());
        for (wave, slots) in slots.chunks_mut(WAVE).enumerate() {
            let filled = slots.par_iter_mut().enumerate().map(|(at, slot)| {
                let range = wave * WAVE + at;
                let own: Vec<&[Arc<W>]> = sorted.iter().map(|block| block.of(range)).collect();
                slot.fill(&by_target(&own, node_count))
            });
            lengths.extend(filled.collect::<Vec<_>>());
            for block in &mut sorted {
                block.waves[wave] = Vec::new();
            }
        }
        let lengths: Option<Vec<Vec<u32>>> = lengths.into_iter().collect();
        Some(closed_up(&offsets, &lengths?, targets, weights))
    }
}

/// The weights as `W` holds them; none if it does not.
fn held_by<W: Held>(weights: &[f64]) -> Option<Vec<W>> {
    weights.iter().map(|&weight| W::exactly(weight)).collect()
}

/// All parts one after another, copied on all threads.
fn concatenated<T: Copy + Default + Send + Sync>(parts: &[impl Borrow<Vec<T>> + Sync]) -> Vec<T> {
    let mut all = vec![T::default(); parts.iter().map(|part| part.borrow().len()).sum()];
    let mut rest = all.as_mut_slice();
    let mut places = Vec::with_capacity(parts.len());
    for part in parts {
        let (own, others) = rest.split_at_mut(part.borrow().len());
        places.push(own);
        rest = others;
    }
    places.into_par_iter().zip(parts).for_each(|(own, part)| own.copy_from_slice(part.borrow()));
    all
}

/// Some rows, sorted.
#[derive(Debug, Default)]
pub(crate) struct SortedRows {
    /// Where each row ends in the others.
    pub(crate) ends: Vec<usize>,
    pub(crate) targets: Vec<u32>,
    pub(crate) weights: Vec<f64>,
}

/// An arc of a range: its first node counted from the start of the range, its second, its weight.
#[derive(Clone, Copy, Default)]
struct Arc<W> {
    row: u32,
    target: u32,
    weight: W,
}

/// Where each row starts if no two arcs are parallel.
fn offsets<W: Held, B: Arcs<W>>(node_count: usize, blocks: &[B], ends: Ends) -> Vec<usize> {
    let share = blocks.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts: Vec<Vec<u32>> = blocks
        .par_chunks(share)
        .map(|blocks| {
            let mut counts = vec![0_u32; node_count];
            for block in blocks {
                block.each(ends, |u, _, _| counts[u as usize] += 1);
            }
            counts
        })
        .collect();
    let mut offsets = Vec::with_capacity(node_count + 1);
    let mut sum = 0;
    offsets.push(sum);
    for u in 0..node_count {
        sum += counts.iter().map(|counts| counts[u] as usize).sum::<usize>();
        offsets.push(sum);
    }
    offsets
}

/// Ranges of nodes with about as many arcs each.
struct Ranges {
    /// `starts[r]..starts[r + 1]` are the nodes of range `r`.
    starts: Vec<usize>,
    /// The range of each node.
    of: Vec<u16>,
}

impl Ranges {
    fn cut(offsets: &[usize]) -> Self {
        let (nodes, arcs) = (offsets.len() - 1, offsets[offsets.len() - 1]);
        // Without edges no range is ever full.
        let share = arcs.div_ceil((arcs / RANGE_ARCS).clamp(1, RANGES - 1)).max(1);
        let (mut starts, mut of) = (vec![0], Vec::with_capacity(nodes));
        let mut range = 0;
        for u in 0..nodes {
            let full = offsets[u] - offsets[starts[starts.len() - 1]] >= share;
            if full {
                starts.push(u);
                range += 1;
            }
            of.push(range);
        }
        starts.push(nodes);
        Self { starts, of }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The part of the rows that each range fills.
    fn slots<'a, W>(
        &self,
        offsets: &'a [usize],
        mut targets: &'a mut [u32],
        mut weights: &'a mut [W],
    ) -> Vec<Slot<'a, W>> {
        let mut slots = Vec::with_capacity(self.count());
        for ends in self.starts.windows(2) {
            let arcs = offsets[ends[1]] - offsets[ends[0]];
            let (own, rest) = targets.split_at_mut(arcs);
            let (own_weights, rest_weights) = weights.split_at_mut(arcs);
            let rows = &offsets[ends[0]..=ends[1]];
            slots.push(Slot { offsets: rows, targets: own, weights: own_weights });
            (targets, weights) = (rest, rest_weights);
        }
        slots
    }
}

/// The arcs of a block, sorted by range and within it in the order of the block.
struct ByRange<W> {
    /// Where the arcs of each range end among those of its wave.
    ends: Vec<u32>,
    waves: Vec<Vec<Arc<W>>>,
}

impl<W: Held> ByRange<W> {
    fn sort(block: &impl Arcs<W>, ends: Ends, ranges: &Ranges) -> Self {
        let mut next = vec![0_u32; ranges.count()];
        block.each(ends, |u, _, _| next[ranges.of[u as usize] as usize] += 1);
        let mut waves = Vec::with_capacity(next.len().div_ceil(WAVE));
        for wave in next.chunks_mut(WAVE) {
            let mut sum = 0;
            for start in wave {
                (*start, sum) = (sum, sum + *start);
            }
            waves.push(vec![Arc::default(); sum as usize]);
        }
        block.each(ends, |u, target, weight| {
            let range = ranges.of[u as usize] as usize;
            let first = ranges.starts[range];
            let row = u32::try_from(u as usize - first).expect("nodes are numbered by 32 bits");
            waves[range / WAVE][next[range] as usize] = Arc { row, target, weight };
            next[range] += 1;
        });
        Self { ends: next, waves }
    }

    fn of(&self, range: usize) -> &[Arc<W>] {
        let start = if range.is_multiple_of(WAVE) { 0 } else { self.ends[range - 1] };
        &self.waves[range / WAVE][start as usize..self.ends[range] as usize]
    }
}

/// The arcs of a range by target: a radix sort.
fn by_target<W: Held>(blocks: &[&[Arc<W>]], node_count: usize) -> Vec<Arc<W>> {
    /// Fewer are sorted by comparing them.
    const FEW: usize = 1 << 10;
    const MOST_BITS: u32 = 11;
    let count = blocks.iter().map(|block| block.len()).sum();
    if count < FEW {
        let mut arcs = blocks.concat();
        arcs.sort_unstable_by_key(|arc| arc.target);
        return arcs;
    }
    let bits = usize::BITS - node_count.leading_zeros();
    let passes = bits.div_ceil(MOST_BITS);
    let width = bits.div_ceil(passes);
    let digit =
        |shift: u32| move |arc: &Arc<W>| (arc.target >> shift) as usize & ((1 << width) - 1);
    let (mut arcs, mut sorted) = (vec![Arc::default(); count], Vec::new());
    counting_sort(blocks, &mut arcs, 1 << width, digit(0));
    for pass in 1..passes {
        sorted.resize(count, Arc::default());
        counting_sort(&[&arcs], &mut sorted, 1 << width, digit(pass * width));
        std::mem::swap(&mut arcs, &mut sorted);
    }
    arcs
}

fn counting_sort<W: Copy>(
    blocks: &[&[Arc<W>]],
    sorted: &mut [Arc<W>],
    width: usize,
    digit: impl Fn(&Arc<W>) -> usize,
) {
    let mut next = vec![0_u32; width + 1];
    for block in blocks {
        for arc in *block {
            next[digit(arc) + 1] += 1;
        }
    }
    for at in 0..width {
        next[at + 1] += next[at];
    }
    for block in blocks {
        for arc in *block {
            let slot = &mut next[digit(arc)];
            sorted[*slot as usize] = *arc;
            *slot += 1;
        }
    }
}

/// The part of the rows that one range fills.
struct Slot<'a, W> {
    /// Where its rows start among all rows if no two arcs are parallel, and where the last one ends.
    offsets: &'a [usize],
    targets: &'a mut [u32],
    weights: &'a mut [W],
}

impl<W: Held> Slot<'_, W> {
    /// Writes arcs that are sorted by target, parallel ones as one, and returns the length of each row.
    fn fill(&mut self, arcs: &[Arc<W>]) -> Option<Vec<u32>> {
        let Self { offsets, targets, weights } = self;
        let mut next: Vec<usize> = offsets.iter().map(|offset| offset - offsets[0]).collect();
        for arc in arcs {
            let slot = &mut next[arc.row as usize];
            targets[*slot] = arc.target;
            weights[*slot] = arc.weight;
            *slot += 1;
        }
        let (mut lengths, mut to) = (Vec::with_capacity(offsets.len() - 1), 0);
        for row in offsets.windows(2) {
            let row = row[0] - offsets[0]..row[1] - offsets[0];
            let first = to;
            if to == row.start && targets[row.clone()].is_sorted_by(|a, b| a < b) {
                to = row.end;
            } else {
                to = merge(targets, weights, row, to)?;
            }
            lengths.push(u32::try_from(to - first).expect("a row names each node once"));
        }
        Some(lengths)
    }
}

/// Moves a sorted row to where it starts at `to`, parallel arcs as one, and returns where it then ends.
fn merge<W: Held>(
    targets: &mut [u32],
    weights: &mut [W],
    row: Range<usize>,
    mut to: usize,
) -> Option<usize> {
    let (mut at, mut scratch) = (row.start, Vec::new());
    while at < row.end {
        let target = targets[at];
        let end = at + targets[at..row.end].iter().take_while(|&&other| other == target).count();
        let weight = match &weights[at..end] {
            [only] => *only,
            run => W::exactly(sum_in_any_order(run, &mut scratch))?,
        };
        (targets[to], weights[to]) = (target, weight);
        (at, to) = (end, to + 1);
    }
    Some(to)
}

/// The sum of the weights of a run, the same to the bit however the run is ordered.
fn sum_in_any_order<W: Held>(run: &[W], sorted: &mut Vec<f64>) -> f64 {
    sorted.clear();
    sorted.extend(run.iter().map(|weight| weight.wide()));
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.iter().sum()
}

/// The rows, moved together where parallel arcs became one.
fn closed_up<W: Held>(
    full: &[usize],
    lengths: &[Vec<u32>],
    mut targets: Vec<u32>,
    mut weights: Vec<W>,
) -> Rows {
    let mut offsets = Vec::with_capacity(full.len());
    offsets.push(0);
    let (mut from, mut to, mut u) = (0, 0, 0);
    for lengths in lengths {
        let held: usize = lengths.iter().map(|&length| length as usize).sum();
        if from != to {
            targets.copy_within(from..from + held, to);
            weights.copy_within(from..from + held, to);
        }
        for &length in lengths {
            u += 1;
            to += length as usize;
            offsets.push(to);
        }
        from = full[u];
    }
    targets.truncate(to);
    weights.truncate(to);
    Rows { offsets, targets, weights: W::column(weights) }
}
