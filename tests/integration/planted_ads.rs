//! Advertisements whose hands are known: written by rules of their own, not by `simulate`.

use std::fmt::Write as _;

/// What is planted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    /// Hands with three to eight advertisements each.
    pub(crate) hands: usize,
    /// The chance that a word of a template is changed in an advertisement.
    pub(crate) edited: f64,
    /// Advertisements of somebody else, each of its own hand.
    pub(crate) strangers: usize,
    /// People who share a telephone and write their own texts; a group has six.
    pub(crate) agencies: usize,
    /// Advertisements by as many people with one text that a site proposes.
    pub(crate) copied: usize,
    /// How many words a text has; that of a hand between three quarters and six quarters of it.
    pub(crate) words: usize,
    pub(crate) seed: u64,
}

/// A stream of numbers that look random (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a length")
    }

    /// From 0 to 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn yes(&mut self, chance: f64) -> bool {
        self.unit() <= chance
    }

    /// A word, the low numbers far oftener.
    fn word(&mut self) -> String {
        let high = self.below(4000) + 1;
        let middle = self.below(high) + 1;
        format!("w{}", self.below(middle))
    }

    fn text(&mut self, words: usize) -> Vec<String> {
        (0..words).map(|_| self.word()).collect()
    }

    fn phone(&mut self) -> String {
        format!("06{:08}", self.next() % 100_000_000)
    }
}

/// The rows of `ads.csv`, and by advertisement its hand.
pub(crate) fn plant(planted: Planted) -> (String, Vec<usize>) {
    let mut dice = Dice(planted.seed.wrapping_mul(7919));
    let mut rows = String::from("ad_id,phone,text\n");
    let mut hands = Vec::new();
    let mut hand = 0;
    let mut put = |hand: usize, phone: &str, words: &[String], dice: &mut Dice| {
        let tail = if dice.yes(0.2) { " placed through the site read its terms" } else { "" };
        writeln!(rows, "a{},{phone},{}{tail}", hands.len(), words.join(" ")).expect("it grows");
        hands.push(hand);
    };
    for _ in 0..planted.hands {
        let least = planted.words * 3 / 4;
        let length = least + dice.below(least);
        let (template, phone) = (dice.text(length), dice.phone());
        for _ in 0..3 + dice.below(6) {
            let change = |word: &String, dice: &mut Dice| {
                if dice.yes(planted.edited) { dice.word() } else { word.clone() }
            };
            let words: Vec<String> = template.iter().map(|word| change(word, &mut dice)).collect();
            let own = if dice.yes(0.5) { phone.clone() } else { dice.phone() };
            put(hand, &own, &words, &mut dice);
        }
        hand += 1;
    }
    for _ in 0..planted.agencies {
        let phone = dice.phone();
        for _ in 0..6 {
            let words = dice.text(planted.words);
            put(hand, &phone, &words, &mut dice);
        }
        hand += 1;
    }
    let copied = dice.text(planted.words);
    for number in 0..planted.strangers + planted.copied {
        let words = if number < planted.copied { copied.clone() } else { dice.text(planted.words) };
        let phone = dice.phone();
        put(hand, &phone, &words, &mut dice);
        hand += 1;
    }
    (rows, hands)
}

/// Pairwise precision and recall of groups of advertisements against their hands.
pub(crate) fn agreement(groups: &[Vec<usize>], hands: &[usize]) -> (f64, f64) {
    let pairs = |count: usize| (count * count.saturating_sub(1)) as f64 / 2.0;
    let of_hands = |ads: &mut dyn Iterator<Item = usize>| {
        let mut own: Vec<usize> = ads.map(|ad| hands[ad]).collect();
        own.sort_unstable();
        own.chunk_by(|a, b| a == b).map(|same| pairs(same.len())).sum::<f64>()
    };
    let found: f64 = groups.iter().map(|group| pairs(group.len())).sum();
    let right: f64 = groups.iter().map(|group| of_hands(&mut group.iter().copied())).sum();
    let planted = of_hands(&mut (0..hands.len()));
    (right / found.max(1.0), right / planted.max(1.0))
}
