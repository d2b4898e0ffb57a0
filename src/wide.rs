//! The widest instructions of the processor that a program runs on.

use pulp::Arch;

/// Runs `work` with the widest vectors and the bit counts that this processor has.
///
/// A binary that runs on any processor may use none of them; here the choice is made once the program runs. Only what is
/// inlined into `work` profits, so it and what it calls in its loops are `#[inline(always)]`. No result depends on the
/// choice: nothing is fused and no sum is taken in another order.
#[inline]
pub(crate) fn widest<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_is_done_once_and_its_result_returned() {
        let mut runs = 0;
        let bits: u32 = widest(|| {
            runs += 1;
            [0b1011_u64, 0, u64::MAX].iter().map(|word| word.count_ones()).sum()
        });
        assert_eq!((runs, bits), (1, 67));
    }
}
