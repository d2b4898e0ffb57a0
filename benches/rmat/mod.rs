//! Recursive-matrix graphs with the chances of Graph500, from a seed.

/// Draws edges between `2^scale` nodes.
pub(crate) struct Rmat {
    scale: u32,
    state: u64,
}

impl Rmat {
    /// The draws of a scale are always the same.
    pub(crate) fn new(scale: u32) -> Self {
        Self { scale, state: u64::from(scale) }
    }

    /// One edge.
    pub(crate) fn pair(&mut self) -> (u32, u32) {
        let (mut u, mut v) = (0, 0);
        for _ in 0..self.scale {
            let (down, right) = match self.next() % 100 {
                0..57 => (0, 0),
                57..76 => (0, 1),
                76..95 => (1, 0),
                _ => (1, 1),
            };
            (u, v) = (2 * u + down, 2 * v + right);
        }
        (u, v)
    }

    /// A random number.
    ///
    /// # Source
    ///
    /// G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
