//! A case without some of its rows, as if they had never been read.

use super::fault::Faults;
use super::own_ids::OwnIds;
use super::record::{
    Ad, Assertion, CaseFile, Channel, Identifier, Link, Person, Place, RoleInCase,
};
use super::schema::Table;
use super::symbol::{Symbol, Symbols};
use super::table::{Attribute, Rows};
use super::{Case, Taken};

/// What is taken out of a case.
pub(crate) struct Leaving<'l> {
    /// Whether the row of that number goes.
    pub(crate) row: &'l dyn Fn(Table, usize) -> bool,
    /// Whether a person of that id goes.
    pub(crate) person: &'l dyn Fn(&str) -> bool,
    /// Whether a text that was said of the files speaks of what goes.
    pub(crate) tells: &'l dyn Fn(&str) -> bool,
}

impl Taken {
    /// The same without what goes: no text of it is left. It is made to be [written](super::write_snapshot), not to be worked with.
    pub(crate) fn without(&self, leaving: &Leaving<'_>) -> Self {
        let mut kept = Self { case: Case::default(), ..self.clone() };
        kept.case.files.clone_from(&self.case.files);
        let mut texts =
            Texts { from: &self.case, to: &mut kept.case.symbols, own: OwnIds::default() };
        let mut gone = Vec::new();
        macro_rules! table {
            ($($rows:ident: $table:ident),+) => {$(
                kept.case.$rows = texts.rows(&self.case.$rows, Table::$table, leaving, &mut gone);
                kept.case.own_ids[Table::$table as usize] = std::mem::take(&mut texts.own);
            )+};
        }
        table!(
            cases: Cases, people: People, channels: Channels, places: Places, identifiers: Identifiers,
            roles: Roles, links: Links, ads: Ads
        );
        for (victim, mut assertion) in self.case.victims_of_refused_rows.iter().copied() {
            if !(leaving.person)(self.case.text(victim)) {
                texts.assertion(&mut assertion);
                let victim = texts.again(victim);
                kept.case.victims_of_refused_rows.push((victim, assertion));
            }
        }
        kept.count(&gone);
        kept.faults = self.faults_without(&gone, leaving);
        kept
    }

    /// Rows that are gone were never read.
    fn count(&mut self, gone: &[(Table, Assertion)]) {
        for (table, assertion) in gone {
            let file = &self.case.files[usize::from(assertion.file)];
            let of = |count: &&mut super::RowCount| count.table == *table && count.file == *file;
            if let Some(count) = self.counts.iter_mut().find(of) {
                count.used = count.used.saturating_sub(1);
                count.read = count.used + count.refused;
            }
        }
    }

    fn faults_without(&self, gone: &[(Table, Assertion)], leaving: &Leaving<'_>) -> Faults {
        let mut places: Vec<(&str, u64)> = gone
            .iter()
            .map(|(_, at)| (self.case.files[usize::from(at.file)].as_str(), u64::from(at.line)))
            .collect();
        places.sort_unstable();
        let mut faults = Faults::default();
        let stays = |fault: &&super::Fault| {
            let place = (fault.position.file.as_str(), fault.position.line);
            let texts = [&fault.found, &fault.expected, &fault.position.column];
            places.binary_search(&place).is_err() && !texts.iter().any(|text| (leaving.tells)(text))
        };
        faults.extend(self.faults.listed().iter().filter(stays).cloned());
        faults
    }
}

impl Case {
    /// How many rows a table has.
    pub(crate) fn rows_of(&self, table: Table) -> usize {
        self.row_counts()[table as usize].1
    }

    /// All texts of the rows, and those by which rows are known to no other.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let shared = (0..).take(self.symbols.len()).map(|n| self.symbols.texts().get(n));
        let own = self
            .own_ids
            .iter()
            .flat_map(|ids| (0..).take(ids.texts().len()).map(|number| ids.texts().get(number)));
        shared.chain(own)
    }
}

/// Texts of a case, taken in again where a row still has them.
struct Texts<'c> {
    from: &'c Case,
    to: &'c mut Symbols,
    own: OwnIds,
}

impl Texts<'_> {
    fn again(&mut self, symbol: Symbol) -> Symbol {
        self.to.intern(self.from.text(symbol))
    }

    fn assertion(&mut self, assertion: &mut Assertion) {
        for symbol in [&mut assertion.source, &mut assertion.grade] {
            *symbol = self.again(*symbol);
        }
    }

    fn rows<R: Renamed>(
        &mut self,
        rows: &Rows<R>,
        table: Table,
        leaving: &Leaving<'_>,
        gone: &mut Vec<(Table, Assertion)>,
    ) -> Rows<R> {
        let (mut kept, mut attributes) = (Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let mut row = *row;
            if (leaving.row)(table, at) {
                gone.push((table, *row.assertion()));
                continue;
            }
            self.assertion(row.assertion());
            row.rename(self);
            let number = u32::try_from(kept.len()).expect("not more rows than before");
            attributes.extend(rows.attributes_of(at).iter().map(|attribute| Attribute {
                row: number,
                column: self.again(attribute.column),
                value: self.again(attribute.value),
            }));
            kept.push(row);
        }
        Rows::new(kept, attributes)
    }
}

/// A row whose texts get other numbers.
trait Renamed: Copy {
    fn assertion(&mut self) -> &mut Assertion;
    fn rename(&mut self, texts: &mut Texts<'_>);
}

macro_rules! renamed {
    ($($record:ident { $($field:ident),* } $($own:ident by $text:ident)?;)+) => {$(
        impl Renamed for $record {
            fn assertion(&mut self) -> &mut Assertion {
                &mut self.assertion
            }

            fn rename(&mut self, texts: &mut Texts<'_>) {
                $(self.$own = texts.own.intern(texts.from.$text(self));)?
                $(self.$field = texts.again(self.$field);)*
            }
        }
    )+};
}

renamed! {
    CaseFile { case, unit, outcome, purpose };
    Person { person, name, alias, sex };
    Channel { channel, name };
    Place { place, name };
    Identifier { person, value, channel };
    RoleInCase { case, person };
    Link { from, to, case, about, channel, place } link by link_id;
    Ad { channel, case, victim, posted_by, payer, phone, handle, place, price, text, image } ad by ad_id;
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{taken, told};
    use super::*;

    /// Two of three people stay, one of three links, and faults of each kind that is kept or goes.
    const FILES: [(&str, &str); 4] = [
        ("cases.csv", "case_id\nc1\n"),
        ("people.csv", "person_id,name,colour\np1,Ada,red\np2,nil,blue\np3,nil,green\n"),
        ("roles.csv", "case_id,person_id,role\nc8,p1,victim\nc9,p2,victim\n"),
        (
            "links.csv",
            "from,to,kind,link_id\np1,p2,paid,l1\np2,p1,paid,l2\np1,p7,paid,l3\np1,p9,paid,l4\np1,p3,paid,l5\n",
        ),
    ];

    /// The case without the person `p2`, her links, and what was said of `p9`.
    fn left(taken: &Taken) -> Taken {
        taken.without(&Leaving {
            row: &|table, row| match table {
                Table::People => row == 1,
                Table::Links => row < 2,
                _ => false,
            },
            person: &|id| id == "p2",
            tells: &|text| text.contains("p9"),
        })
    }

    #[test]
    fn no_text_of_what_goes_is_left() {
        let left = left(&taken(&FILES)).case;
        let mut texts: Vec<&str> = left.texts().filter(|text| text.len() > 1).collect();
        texts.retain(|text| !super::super::symbol::MISSING_CODES.contains(text));
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts, ["Ada", "c1", "colour", "green", "l5", "nil", "p1", "p3", "red"]);
    }

    #[test]
    fn rows_that_stay_keep_their_ids_ends_and_attributes() {
        let left = left(&taken(&FILES)).case;
        let of = [Table::Cases, Table::People, Table::Roles, Table::Links];
        assert_eq!(of.map(|table| left.rows_of(table)), [1, 2, 0, 1]);
        assert_eq!(left.text(left.people[1].person), "p3");
        let colour = left.people.attributes_of(1)[0];
        assert_eq!((left.text(colour.column), left.text(colour.value)), ("colour", "green"));
        let link = &left.links[0];
        assert_eq!([left.text(link.from), left.text(link.to)], ["p1", "p3"]);
        assert_eq!(left.link_id(link), "l5");
        assert_eq!(left.place_of(&link.assertion), "links.csv:6");
    }

    #[test]
    fn victims_of_refused_rows_stay_but_those_who_go() {
        let taken = taken(&FILES);
        assert_eq!(taken.case.victims_of_refused_rows.len(), 2);
        let left = left(&taken).case;
        let [(victim, at)] = left.victims_of_refused_rows[..] else { panic!("there is one") };
        assert_eq!((left.text(victim), left.place_of(&at).as_str()), ("p1", "roles.csv:2"));
    }

    #[test]
    fn rows_that_are_gone_were_never_read() {
        let left = left(&taken(&FILES));
        let counts: Vec<(Table, usize, usize, usize)> =
            left.counts.iter().map(|one| (one.table, one.read, one.used, one.refused)).collect();
        assert_eq!(
            counts,
            [
                (Table::Cases, 1, 1, 0),
                (Table::People, 2, 2, 0),
                (Table::Roles, 2, 0, 2),
                (Table::Links, 3, 1, 2)
            ]
        );
    }

    #[test]
    fn faults_stay_unless_they_are_of_a_row_that_goes_or_tell_of_what_goes() {
        let places = |taken: &Taken| -> Vec<String> {
            let place = |fault: &super::super::Fault| {
                format!("{}:{}", fault.position.file, fault.position.line)
            };
            taken.faults.listed().iter().map(place).collect()
        };
        let before = taken(&FILES);
        let all = ["people.csv:1", "people.csv:3", "people.csv:4", "roles.csv:2", "roles.csv:3"];
        assert_eq!(places(&before)[..5], all, "{:?}", told(&before));
        assert_eq!(places(&before)[5..], ["links.csv:4", "links.csv:5"]);
        let after = left(&before);
        assert_eq!(
            places(&after),
            ["people.csv:1", "people.csv:4", "roles.csv:2", "roles.csv:3", "links.csv:4"]
        );
        assert_eq!(after.faults.counts().values().sum::<usize>(), 5);
    }
}
