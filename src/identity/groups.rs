//! Things that belong together, by what is said of two of them at a time.

/// Groups of mentions that grow by joining two (union-find with path halving); each is named by its lowest mention.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    above: Vec<u32>,
}

impl Groups {
    pub(crate) fn new(count: usize) -> Self {
        Self { above: (0..).take(count).collect() }
    }

    /// The lowest mention of the group.
    pub(crate) fn root(&mut self, mut mention: u32) -> u32 {
        while self.above[mention as usize] != mention {
            let next = self.above[self.above[mention as usize] as usize];
            self.above[mention as usize] = next;
            mention = next;
        }
        mention
    }

    /// Joins the groups of two mentions; false if they are one already.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.above[a.max(b) as usize] = a.min(b);
        a != b
    }
}
