//! Which rows go with a case, and which texts go with them.

use std::collections::{BTreeMap, BTreeSet};

use super::mention::Mention;
use super::search::is_distinct;
use super::source::Source;
use crate::case::Table;
use crate::error::Result;

/// What goes with a case.
#[derive(Debug, Default)]
pub(super) struct Going {
    case_id: String,
    /// People whom no other case mentions.
    pub(super) people: BTreeSet<String>,
    /// Channels and places that no row mentions which stays.
    channels: BTreeSet<String>,
    places: BTreeSet<String>,
}

/// Texts by which what goes could be known.
#[derive(Debug, Default)]
pub(super) struct GoneTexts {
    /// To be looked for.
    pub(super) searched: BTreeSet<String>,
    /// Too short to be told from other texts.
    pub(super) short: BTreeSet<String>,
    /// How many others are also an id, a name, an alias or an identifier of people who stay.
    pub(super) shared: usize,
}

/// Calls `visit` with each row of all sources.
fn each(sources: &[Source], visit: &mut dyn FnMut(Option<Table>, &Mention)) -> Result<()> {
    for source in sources {
        match source {
            Source::Closed(_) => {}
            Source::Rows(file) => file.each(&mut |row| visit(row.table, &row.mention))?,
            Source::Snapshot { taken, .. } => {
                for table in Table::ALL {
                    for row in 0..taken.case.rows_of(table) {
                        visit(Some(table), &Mention::of_row(&taken.case, table, row));
                    }
                }
            }
        }
    }
    Ok(())
}

impl Going {
    pub(super) fn with(case_id: &str, sources: &[Source]) -> Result<Self> {
        let mut going = Self { case_id: case_id.trim().to_owned(), ..Self::default() };
        let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
        each(sources, &mut |_, mention| match &mention.case {
            Some(case) if *case == going.case_id => own.extend(mention.people.iter().cloned()),
            Some(_) => others.extend(mention.people.iter().cloned()),
            None => {}
        })?;
        going.people = own.difference(&others).cloned().collect();
        let mut used = [BTreeMap::new(), BTreeMap::new()];
        each(sources, &mut |table, mention| {
            let stays = !going.takes(table, mention);
            let things = [(Table::Channels, &mention.channel), (Table::Places, &mention.place)];
            for ((own, thing), used) in things.into_iter().zip(&mut used) {
                if let Some(thing) = thing.as_ref().filter(|_| table != Some(own)) {
                    *used.entry(thing.clone()).or_insert(false) |= stays;
                }
            }
        })?;
        let unused = |used: BTreeMap<String, bool>| {
            used.into_iter().filter(|(_, stays)| !stays).map(|(thing, _)| thing).collect()
        };
        [going.channels, going.places] = used.map(unused);
        Ok(going)
    }

    /// Whether a row goes. One that is of no case goes if anybody goes whom it mentions.
    pub(super) fn takes(&self, table: Option<Table>, mention: &Mention) -> bool {
        let holds = |all: &BTreeSet<String>, one: &Option<String>| {
            one.as_ref().is_some_and(|one| all.contains(one))
        };
        match table {
            Some(Table::Channels) => holds(&self.channels, &mention.channel),
            Some(Table::Places) => holds(&self.places, &mention.place),
            _ => {
                mention.case.as_deref() == Some(&self.case_id)
                    || mention.people.iter().any(|person| self.people.contains(person))
            }
        }
    }

    /// The texts by which what goes could be known, but for those that are also a person's own who stays. A text that
    /// only stands somewhere in a row that stays is looked for: it may be the name of somebody who went.
    pub(super) fn texts(&self, sources: &[Source]) -> Result<GoneTexts> {
        let mut gone: BTreeMap<String, bool> = BTreeMap::new();
        each(sources, &mut |table, mention| {
            if self.takes(table, mention) {
                for text in &mention.telling {
                    gone.entry(text.clone()).or_insert(false);
                }
            }
        })?;
        each(sources, &mut |table, mention| {
            if !self.takes(table, mention) {
                for text in &mention.of_people {
                    if let Some(is_shared) = gone.get_mut(text) {
                        *is_shared = true;
                    }
                }
            }
        })?;
        let mut texts = GoneTexts::default();
        for (text, is_shared) in gone {
            if is_shared {
                texts.shared += 1;
            } else if is_distinct(&text) {
                texts.searched.insert(text);
            } else {
                texts.short.insert(text);
            }
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two cases that share a person, a channel and a place, and a row of no case.
    const FILES: [(&str, &str); 8] = [
        ("cases.csv", "case_id\nc1\nc2\n"),
        ("people.csv", "person_id,name\np1,Ada\np2,Bo Vos\np3,Cy\np4,Di\n"),
        ("channels.csv", "channel_id\nch1\nch2\nch3\n"),
        ("places.csv", "place_id\npl1\npl2\n"),
        (
            "identifiers.csv",
            "person_id,kind,value,channel_id\np1,handle,@ada,ch1\np2,handle,@bo,ch2\np3,handle,Bo Vos,\n",
        ),
        (
            "roles.csv",
            "case_id,person_id,role\nc1,p1,other\n c1 ,p2,other\nc2,p2,other\nc1,p4,other\n",
        ),
        (
            "links.csv",
            "from,to,kind,case_id,place_id,channel_id\np2,p3,paid,,pl2,\np3,p1,paid,,,ch2\np2,p4,paid,c1,pl1,\n",
        ),
        ("notes.txt", "p1 was here\n"),
    ];

    fn sources() -> Vec<Source> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in FILES {
            std::fs::write(folder.path().join(name), text).expect("it is written");
        }
        Source::all_at(folder.path()).expect("it can be purged")
    }

    fn texts(set: &BTreeSet<String>) -> Vec<&str> {
        set.iter().map(String::as_str).collect()
    }

    #[test]
    fn people_and_things_go_that_nothing_mentions_which_stays() {
        let sources = sources();
        let going = Going::with(" c1", &sources).expect("rows");
        assert_eq!(texts(&going.people), ["p1", "p4"]);
        assert_eq!(texts(&going.channels), ["ch1"]);
        assert_eq!(texts(&going.places), ["pl1"]);
        let mut taken = Vec::new();
        each(&sources, &mut |table, mention| {
            if going.takes(table, mention) {
                taken.push(format!(
                    "{} {}",
                    table.map_or("", Table::name),
                    mention.people.concat()
                ));
            }
        })
        .expect("rows");
        taken.sort();
        assert_eq!(
            taken,
            [
                "cases ",
                "channels ",
                "identifiers p1",
                "links p2p4",
                "links p3p1",
                "people p1",
                "people p4",
                "places ",
                "roles p1",
                "roles p2",
                "roles p4",
            ]
        );
    }

    #[test]
    fn texts_are_searched_unless_they_are_short_or_of_those_who_stay() {
        let sources = sources();
        let going = Going::with("c1", &sources).expect("rows");
        let gone = going.texts(&sources).expect("rows");
        assert_eq!(texts(&gone.searched), ["@ada", "Ada", "c1", "ch1", "p1", "p4", "pl1"]);
        assert_eq!(texts(&gone.short), ["Di"]);
        assert_eq!(gone.shared, 0);
        let other = Going { people: BTreeSet::from(["p2".to_owned()]), ..Going::default() };
        let gone = other.texts(&sources).expect("rows");
        assert_eq!(texts(&gone.searched), ["@bo", "p2"]);
        assert_eq!(gone.shared, 1, "the name of one is a handle of another");
    }

    #[test]
    fn a_case_that_no_row_names_takes_nobody() {
        let going = Going::with("c9", &sources()).expect("rows");
        assert!(going.people.is_empty() && going.channels.is_empty());
    }
}
