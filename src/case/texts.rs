//! Texts one after another in one piece of memory.

/// Texts by number, equal or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    /// The texts that stand one after another in `bytes`, of which each ends where `ends` says; none if
    /// an end lies before the one before it or within a letter, or the last is not that of `bytes`.
    pub(super) fn cut(bytes: String, ends: Vec<usize>) -> Option<Self> {
        let ascending = ends.is_sorted() && ends.last().copied().unwrap_or(0) == bytes.len();
        let whole = ascending && ends.iter().all(|&end| bytes.is_char_boundary(end));
        whole.then_some(Self { bytes, ends })
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them without anything between.
    pub(super) fn bytes(&self) -> &str {
        &self.bytes
    }

    /// How many bytes each has.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        self.ends.iter().zip(starts).map(|(end, start)| end - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_they_end_and_nowhere_else() {
        let cut = |text: &str, ends: &[usize]| Texts::cut(text.into(), ends.to_vec());
        let texts = cut("aéb", &[1, 1, 4]).expect("three texts");
        assert_eq!([0, 1, 2].map(|n| texts.get(n)), ["a", "", "éb"]);
        assert_eq!(texts.lengths().collect::<Vec<_>>(), [1, 0, 3]);
        for ends in [&[1, 2, 4][..], &[3, 1, 4], &[1], &[1, 5], &[]] {
            assert!(cut("aéb", ends).is_none(), "{ends:?}");
        }
        assert!(cut("", &[]).is_some());
    }
}
