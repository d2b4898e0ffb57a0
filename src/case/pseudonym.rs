//! By what ids are called in what goes out: as the files have them, or by pseudonyms.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::record::Assertion;
use super::schema::Table;
use super::symbol::Symbol;
use super::{Ad, Case};
use crate::error::{Error, Result};

/// What an id is the id of. One text has another pseudonym for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// A person who is mentioned.
    Person,
    /// A case file.
    Case,
    /// A way of reaching people.
    Channel,
    /// Somewhere.
    Place,
    /// A link.
    Link,
    /// An advertisement.
    Ad,
    /// A document or statement.
    Source,
    /// The unit that worked on a case.
    Unit,
    /// A phone, an account or the like.
    Value,
}

impl IdKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Case,
        Self::Channel,
        Self::Place,
        Self::Link,
        Self::Ad,
        Self::Source,
        Self::Unit,
        Self::Value,
    ];

    /// The word for it: `person`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Case => "case",
            Self::Channel => "channel",
            Self::Place => "place",
            Self::Link => "link",
            Self::Ad => "ad",
            Self::Source => "source",
            Self::Unit => "unit",
            Self::Value => "value",
        }
    }

    /// What its pseudonyms begin with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Person => "P",
            Self::Case => "C",
            Self::Channel => "CH",
            Self::Place => "PL",
            Self::Link => "L",
            Self::Ad => "AD",
            Self::Source => "S",
            Self::Unit => "U",
            Self::Value => "V",
        }
    }
}

/// What gives ids their pseudonyms: the same to the same id of one kind, always.
pub trait Pseudonymise: Sync {
    /// The pseudonym of an id.
    fn pseudonym(&self, kind: IdKind, id: &str) -> String;
}

/// The pseudonyms of a case's ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown(HashMap<(IdKind, Symbol), Box<str>>);

impl Case {
    /// From here on ids are shown by pseudonyms; all that is worked out rests on the ids as before.
    ///
    /// - **Cost**: a pseudonym for each id, and one pass over all rows.
    ///
    /// # Errors
    ///
    /// If two ids would have one pseudonym: two people must not become one.
    ///
    /// # Examples
    ///
    /// ```
    /// use kluwen::case::{Case, IdKind};
    /// use kluwen::custody::{Key, Pseudonyms};
    ///
    /// let mut case = Case::open("graphs/study25")?;
    /// let person = case.people[0].person;
    /// case.show_by(&Pseudonyms::new(&Key::from_bytes([7; 32])))?;
    /// assert!(case.shown(IdKind::Person, person).starts_with("P-"));
    /// # Ok::<(), kluwen::Error>(())
    /// ```
    pub fn show_by(&mut self, pseudonyms: &dyn Pseudonymise) -> Result<()> {
        let mut given: Vec<(IdKind, Symbol, Box<str>)> = self
            .ids_by_kind()
            .into_par_iter()
            .map(|(kind, id)| {
                let text = match kind {
                    IdKind::Ad => self.own_ids[Table::Ads as usize].text(id),
                    IdKind::Link => self.own_ids[Table::Links as usize].text(id),
                    _ => self.text(id),
                };
                (kind, id, pseudonyms.pseudonym(kind, text).into())
            })
            .collect();
        given.par_sort_unstable_by(|a, b| a.2.cmp(&b.2));
        if given.windows(2).any(|two| two[0].2 == two[1].2) {
            return Err(Error::usage(
                "two ids have one pseudonym under this key; take another key",
            ));
        }
        let shown = given.into_iter().map(|(kind, id, text)| ((kind, id), text)).collect();
        self.shown = Some(Shown(shown));
        Ok(())
    }

    /// Whether ids are shown by pseudonyms.
    #[must_use]
    pub fn is_pseudonymous(&self) -> bool {
        self.shown.is_some()
    }

    /// By what an id is called in what goes out: its text, or its pseudonym after [`show_by`](Self::show_by).
    ///
    /// Why nothing is known, where that stands in place of an id, is no secret.
    #[must_use]
    pub fn shown(&self, kind: IdKind, id: Symbol) -> &str {
        match &self.shown {
            Some(shown) if id.is_known() => shown.0.get(&(kind, id)).map_or("", |text| text),
            _ => self.text(id),
        }
    }

    /// By what an advertisement is called in what goes out.
    #[must_use]
    pub fn shown_ad(&self, ad: &Ad) -> &str {
        match &self.shown {
            Some(shown) => shown.0.get(&(IdKind::Ad, ad.ad)).map_or("", |text| text),
            None => self.ad_id(ad),
        }
    }

    /// The id of that kind whose text, or whose pseudonym, is `word`.
    #[must_use]
    pub fn id_called(&self, kind: IdKind, word: &str) -> Option<Symbol> {
        let by_pseudonym = || {
            let mut all = self.shown.iter().flat_map(|shown| &shown.0);
            all.find(|((of, _), text)| *of == kind && &***text == word).map(|((_, id), _)| *id)
        };
        self.symbol(word).or_else(by_pseudonym)
    }

    /// Every id that may be shown, each once.
    fn ids_by_kind(&self) -> Vec<(IdKind, Symbol)> {
        use IdKind::{Ad, Case, Channel, Person, Place, Source};
        let Self { cases, people, channels, places, identifiers, roles, links, ads, .. } = self;
        let mut met = Met { seen: vec![[false; 9]; self.symbol_count()], all: Vec::new() };
        for row in cases.iter() {
            met.row(&row.assertion, [(Case, row.case), (IdKind::Unit, row.unit)]);
        }
        people.iter().for_each(|row| met.row(&row.assertion, [(Person, row.person)]));
        channels.iter().for_each(|row| met.row(&row.assertion, [(Channel, row.channel)]));
        places.iter().for_each(|row| met.row(&row.assertion, [(Place, row.place)]));
        for row in identifiers.iter() {
            met.row(&row.assertion, [(Channel, row.channel), (IdKind::Value, row.value)]);
        }
        roles.iter().for_each(|row| met.row(&row.assertion, [(Case, row.case)]));
        for row in links.iter() {
            let at = [(Case, row.case), (Channel, row.channel), (Place, row.place)];
            met.row(&row.assertion, at);
        }
        for row in ads.iter() {
            let at = [(Case, row.case), (Channel, row.channel), (Place, row.place)];
            met.row(&row.assertion, at);
            let values = [row.phone, row.handle, row.image];
            for value in values {
                met.take(IdKind::Value, value);
            }
        }
        for (_, assertion) in &self.victims_of_refused_rows {
            met.take(Source, assertion.source);
        }
        // Each has an id of its own, where it has one.
        met.all.extend(ads.iter().map(|row| (Ad, row.ad)));
        met.all.extend(links.iter().filter_map(|row| Some((IdKind::Link, row.link.known()?))));
        met.all
    }
}

/// Ids as they are met.
struct Met {
    /// By symbol: of which kinds it was met.
    seen: Vec<[bool; 9]>,
    all: Vec<(IdKind, Symbol)>,
}

impl Met {
    fn row<const N: usize>(&mut self, assertion: &Assertion, ids: [(IdKind, Symbol); N]) {
        self.take(IdKind::Source, assertion.source);
        for (kind, id) in ids {
            self.take(kind, id);
        }
    }

    fn take(&mut self, kind: IdKind, id: Symbol) {
        let seen = &mut self.seen[id.number()][kind as usize];
        if id.is_known() && !*seen {
            *seen = true;
            self.all.push((kind, id));
        }
    }
}

#[cfg(test)]
mod tests;
