//! Advertisements whose hands are known: written by rules of their own, not by `simulate`.

use std::fmt::Write as _;

use crate::dice::Dice;

/// What is planted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planted {
    /// Hands with three to eight advertisements each, half of them under the hand's phone.
    pub(crate) hands: usize,
    /// Hands of two advertisements under one phone.
    pub(crate) pairs: usize,
    /// The chance that a word of a template is changed in an advertisement.
    pub(crate) edited: f64,
    /// Advertisements of somebody else, each of its own hand.
    pub(crate) strangers: usize,
    /// Groups of writers who share a telephone, as those of an agency do.
    pub(crate) agencies: Agencies,
    /// Advertisements by as many people with one text that a site proposes.
    pub(crate) copied: usize,
    /// How many words a text has; that of a hand between three quarters and six quarters of it.
    pub(crate) words: usize,
    pub(crate) seed: u64,
}

/// Agencies, the writers of each, and the advertisements of each writer, which are edited like those of a hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agencies {
    pub(crate) count: usize,
    pub(crate) writers: usize,
    pub(crate) ads: usize,
}

impl Agencies {
    pub(crate) const NONE: Self = Self { count: 0, writers: 0, ads: 0 };
}

/// Advertisements, and who wrote them.
pub(crate) struct Ads {
    /// The rows of `ads.csv`.
    pub(crate) rows: String,
    /// By advertisement: its hand, where an agency is one.
    pub(crate) hands: Vec<usize>,
    /// By advertisement: its hand, where each writer of an agency is one.
    pub(crate) writers: Vec<usize>,
}

impl Dice {
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

    /// The text of a template, each word changed with a chance.
    fn edited(&mut self, template: &[String], chance: f64) -> Vec<String> {
        let change = |word: &String| if self.yes(chance) { self.word() } else { word.clone() };
        template.iter().map(change).collect()
    }
}

struct Planting {
    dice: Dice,
    ads: Ads,
    hand: usize,
    writer: usize,
    phones: u64,
}

impl Planting {
    /// A number that nobody else has: numbers are given out, and do not meet by chance.
    fn phone(&mut self) -> String {
        self.phones += 1;
        format!("06{:08}", self.phones * 61_803_399 % 100_000_000)
    }

    fn put(&mut self, phone: &str, words: &[String]) {
        let site = " placed through the site read its terms";
        let tail = if self.dice.yes(0.2) { site } else { "" };
        let ad = self.ads.hands.len();
        writeln!(self.ads.rows, "a{ad},{phone},{}{tail}", words.join(" ")).expect("it grows");
        self.ads.hands.push(self.hand);
        self.ads.writers.push(self.writer);
    }

    /// Whoever writes so many advertisements, and how often under a phone.
    fn writer(&mut self, ads: usize, phone: &str, under_it: f64, planted: Planted) {
        let least = planted.words * 3 / 4;
        let length = least + self.dice.below(least);
        let template = self.dice.text(length);
        for _ in 0..ads {
            let words = self.dice.edited(&template, planted.edited);
            let own = if self.dice.yes(under_it) { phone.to_owned() } else { self.phone() };
            self.put(&own, &words);
        }
        self.writer += 1;
    }
}

pub(crate) fn plant(planted: Planted) -> Ads {
    let rows = String::from("ad_id,phone,text\n");
    let ads = Ads { rows, hands: Vec::new(), writers: Vec::new() };
    let dice = Dice::new(planted.seed.wrapping_mul(7919));
    let mut all = Planting { dice, ads, hand: 0, writer: 0, phones: 0 };
    for number in 0..planted.hands + planted.pairs {
        let phone = all.phone();
        if number < planted.hands {
            let ads = 3 + all.dice.below(6);
            all.writer(ads, &phone, 0.5, planted);
        } else {
            all.writer(2, &phone, 1.0, planted);
        }
        all.hand += 1;
    }
    for _ in 0..planted.agencies.count {
        let phone = all.phone();
        for _ in 0..planted.agencies.writers {
            all.writer(planted.agencies.ads, &phone, 1.0, planted);
        }
        all.hand += 1;
    }
    let copied = all.dice.text(planted.words);
    for number in 0..planted.strangers + planted.copied {
        let own = all.dice.text(planted.words);
        let phone = all.phone();
        all.put(&phone, if number < planted.copied { &copied } else { &own });
        (all.hand, all.writer) = (all.hand + 1, all.writer + 1);
    }
    all.ads
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
