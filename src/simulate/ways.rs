//! Channels and places: where victims are met, offered and exploited.

use super::chance::Chance;
use super::figures::Figures;
use crate::case::{ChannelClass, PlaceClass};

/// A channel, by its place in [`Ways`].
pub(super) type ChannelNo = usize;
/// A place, by its place in [`Ways`].
pub(super) type PlaceNo = usize;

#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) name: String,
    pub(super) class: ChannelClass,
    /// Minors are planted here.
    pub(super) planted: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) class: PlaceClass,
    pub(super) location: Option<(f64, f64)>,
}

/// All channels and places of a world: first those of advertising, then those of first contact.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) channels: Vec<Channel>,
    pub(super) places: Vec<Place>,
    /// How likely each channel of advertising is for an adult.
    popularity: Vec<f64>,
    minor_odds: f64,
    pub(super) ad_channels: usize,
}

/// Classes of the channels of first contact, and the chance of each class and of each of its channels.
const ONLINE: [(ChannelClass, f64, usize); 5] = [
    (ChannelClass::SocialNetwork, 0.5, 6),
    (ChannelClass::DatingApp, 0.3, 5),
    (ChannelClass::SexAdSite, 0.1, 1),
    (ChannelClass::Game, 0.06, 3),
    (ChannelClass::Other, 0.04, 1),
];
const OFFLINE: [(ChannelClass, f64, &str); 4] = [
    (ChannelClass::WordOfMouth, 0.5, "through friends"),
    (ChannelClass::Other, 0.15, "school"),
    (ChannelClass::Institution, 0.15, "institution"),
    (ChannelClass::Street, 0.2, "the street"),
];

impl Ways {
    pub(super) fn new(figures: &Figures, victims: usize, chance: &mut Chance) -> Self {
        let mut ways = Self {
            channels: Vec::new(),
            places: Vec::new(),
            popularity: Vec::new(),
            minor_odds: figures.minor_odds,
            ad_channels: figures.ad_channels.max(1),
        };
        ways.add_ad_channels(figures, chance);
        ways.add_contact_channels(figures, chance);
        ways.add_places(victims, chance);
        ways
    }

    fn add_ad_channels(&mut self, figures: &Figures, chance: &mut Chance) {
        use ChannelClass::{DatingApp, Messenger, SexAdSite, SexChat};
        for rank in 0..self.ad_channels {
            let class =
                chance.of(&[SexAdSite, SexAdSite, SexAdSite, SexChat, Messenger, DatingApp]);
            self.popularity.push(libm::pow((rank + 1) as f64, -figures.ad_zipf));
            self.channels.push(Channel { name: platform(rank), class, planted: false });
        }
        // The most popular is the decoy: it has most minors because it has most of all.
        let mut ranks: Vec<usize> = (1..self.ad_channels).collect();
        chance.shuffle(&mut ranks);
        for &rank in ranks.iter().take(figures.planted_ads) {
            self.channels[rank].planted = true;
        }
    }

    fn add_contact_channels(&mut self, figures: &Figures, chance: &mut Chance) {
        let first = self.channels.len();
        for (class, _, count) in ONLINE {
            for _ in 0..count {
                let name = platform(self.channels.len());
                self.channels.push(Channel { name, class, planted: false });
            }
        }
        let mut online: Vec<ChannelNo> = (first..self.channels.len()).collect();
        chance.shuffle(&mut online);
        for &channel in online.iter().take(figures.planted_contacts) {
            self.channels[channel].planted = true;
        }
        for (class, _, name) in OFFLINE {
            self.channels.push(Channel { name: name.into(), class, planted: false });
        }
    }

    /// Hotels, institutions, homes, windows and clubs; in the open North Sea.
    fn add_places(&mut self, victims: usize, chance: &mut Chance) {
        const NAMES: [&str; 10] = [
            "Reiger", "Zwaan", "Anker", "Kroon", "Linde", "Molen", "Haven", "Ster", "Poort", "Valk",
        ];
        let counts = [
            (PlaceClass::Hotel, "Hotel", victims / 30),
            (PlaceClass::YouthInstitution, "Jeugdhuis", victims / 150),
            (PlaceClass::Home, "Woning", victims / 8),
            (PlaceClass::Window, "Raam", victims / 100),
            (PlaceClass::Club, "Club", victims / 100),
        ];
        for (class, word, count) in counts {
            for number in 0..count.max(2) {
                let name = format!("{word} {} {}", NAMES[number % 10], 1 + number / 10);
                let at = (53.5 + chance.unit() * 0.8, 3.2 + chance.unit());
                let location = chance.yes(0.7).then_some(at);
                self.places.push(Place { name, class, location });
            }
        }
    }

    /// A channel to offer a victim, likelier a planted one if she is a minor.
    pub(super) fn ad_channel(&self, minor: bool, chance: &mut Chance) -> ChannelNo {
        let odds = |channel: usize| {
            if minor && self.channels[channel].planted { self.minor_odds } else { 1.0 }
        };
        let weights: Vec<f64> =
            self.popularity.iter().enumerate().map(|(no, p)| p * odds(no)).collect();
        chance.weighted(&weights)
    }

    /// A channel to meet a stranger online.
    pub(super) fn online(&self, minor: bool, chance: &mut Chance) -> ChannelNo {
        let mut weights = Vec::new();
        for (_, share, count) in ONLINE {
            let total: f64 = (1..=count).map(|rank| 1.0 / rank as f64).sum();
            weights.extend((1..=count).map(|rank| share / rank as f64 / total));
        }
        for (no, weight) in weights.iter_mut().enumerate() {
            if minor && self.channels[self.ad_channels + no].planted {
                *weight *= self.minor_odds;
            }
        }
        self.ad_channels + chance.weighted(&weights)
    }

    /// A way to meet somebody elsewhere.
    pub(super) fn offline(&self, chance: &mut Chance) -> ChannelNo {
        let weights = OFFLINE.map(|(_, share, _)| share);
        self.channels.len() - OFFLINE.len() + chance.weighted(&weights)
    }

    /// A place of that class.
    pub(super) fn place(&self, class: PlaceClass, chance: &mut Chance) -> PlaceNo {
        let of_class: Vec<PlaceNo> = self.of_class(class).collect();
        chance.any(&of_class).unwrap_or(0)
    }

    pub(super) fn of_class(&self, class: PlaceClass) -> impl Iterator<Item = PlaceNo> + '_ {
        (0..self.places.len()).filter(move |&no| self.places[no].class == class)
    }
}

/// The name of a platform that is not there.
fn platform(number: usize) -> String {
    const FRONT: [&str; 9] =
        ["Klets", "Hart", "Nacht", "Fluister", "Bel", "Spiegel", "Lief", "Roos", "Vonk"];
    const BACK: [&str; 8] =
        ["hoek", "koers", "kaart", "kamer", "brief", "plein", "markt", "wijzer"];
    format!("{}{}", FRONT[number % 9], BACK[number % 8])
}
