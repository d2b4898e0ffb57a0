//! Flags that several commands share, and what they become.

use clap::{Args, ValueEnum};
use kluwen::case::{Basis, Case, Code, LinkKind, Role, When};
use kluwen::error::{Error, Result, excerpt};
use kluwen::finding::Publishing;
use kluwen::graph::{Direction, Isolates, View, Weight};
use kluwen::measure::Length;
use kluwen::output::{Format, Lang};

/// In what form rows are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    #[default]
    Table,
    Json,
    Jsonl,
    Csv,
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Table => Self::Table,
            Form::Json => Self::Json,
            Form::Jsonl => Self::Jsonl,
            Form::Csv => Self::Csv,
        }
    }
}

/// In which language a report or a map is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangFlag {
    /// English
    #[default]
    En,
    /// Dutch
    Nl,
}

impl From<LangFlag> for Lang {
    fn from(lang: LangFlag) -> Self {
        match lang {
            LangFlag::En => Self::En,
            LangFlag::Nl => Self::Nl,
        }
    }
}

/// Which links are looked at.
#[derive(Clone, Debug, Args)]
pub(crate) struct ViewFlags {
    /// Only links that can have been within this time, such as 2019-03 or 2019/2020
    #[arg(long, value_name = "WHEN")]
    during: Option<String>,
    /// Only links of this kind; may be given again
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Only links of this case file; may be given again
    #[arg(long = "case-file", value_name = "ID", value_delimiter = ',')]
    case_file: Vec<String>,
    /// Only links of at least this certainty
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    certainty: f64,
    /// Only links that state a fact
    #[arg(long)]
    facts_only: bool,
    /// Only links with this value in a column that the contract does not know
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    attribute: Vec<String>,
    /// Without people who have this role in any case; may be given again
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    without: Vec<String>,
    /// Keep people without a link
    #[arg(long)]
    isolates: bool,
}

impl ViewFlags {
    /// The view; a case file or column that the case does not know is a slip, and said.
    pub(crate) fn view(&self, case: &Case) -> Result<View> {
        self.view_where(case, |column| has_column(case, column))
    }

    /// The same, where something else than the case says of which columns there are.
    pub(crate) fn view_where(
        &self,
        case: &Case,
        has_column: impl Fn(&str) -> bool,
    ) -> Result<View> {
        let during = self.during.as_deref().map(|text| {
            When::parse(text).map_err(|bad| {
                Error::usage(format!("`--during {}`: expected {bad}", excerpt(text)))
            })
        });
        if !(0.0..=1.0).contains(&self.certainty) {
            return Err(Error::usage("`--certainty` must lie in [0, 1]"));
        }
        for id in &self.case_file {
            if !named_case(case, id) {
                return Err(Error::usage(format!(
                    "`--case-file {}`: no row is of such a case",
                    excerpt(id)
                )));
            }
        }
        let attributes: Vec<(String, String)> =
            self.attribute.iter().map(|pair| attribute(pair)).collect::<Result<_>>()?;
        for (column, _) in &attributes {
            if !has_column(column) {
                let column = excerpt(column);
                return Err(Error::usage(format!(
                    "`--where {column}=…`: no row has such a column of its own"
                )));
            }
        }
        Ok(View {
            during: during.transpose()?,
            kinds: codes::<LinkKind>("--kind", &self.kind)?,
            cases: self.case_file.clone(),
            certainty: self.certainty,
            basis: self.facts_only.then_some(Basis::Fact),
            attributes,
            without: codes::<Role>("--without", &self.without)?,
            isolates: if self.isolates { Isolates::Keep } else { Isolates::Drop },
        })
    }
}

fn named_case(case: &Case, id: &str) -> bool {
    let of_roles = case.roles.iter().map(|role| role.case);
    let of_links = case.links.iter().map(|link| link.case);
    let of_ads = case.ads.iter().map(|ad| ad.case);
    let listed = case.cases.iter().map(|file| file.case);
    let symbol = case.symbol(id);
    listed.chain(of_roles).chain(of_links).chain(of_ads).any(|file| Some(file) == symbol)
}

fn has_column(case: &Case, column: &str) -> bool {
    let symbol = case.symbol(column);
    let of_links = case.links.attributes().iter();
    let all = of_links.chain(case.roles.attributes()).chain(case.ads.attributes());
    symbol.is_some() && all.into_iter().any(|attribute| Some(attribute.column) == symbol)
}

fn codes<C: Code>(flag: &str, texts: &[String]) -> Result<Vec<C>> {
    let all = || C::ALL.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
    texts
        .iter()
        .map(|text| {
            C::parse(text).ok_or_else(|| {
                Error::usage(format!("`{flag} {}`: expected one of {}", excerpt(text), all()))
            })
        })
        .collect()
}

fn attribute(pair: &str) -> Result<(String, String)> {
    let split = pair.split_once('=').map(|(column, value)| (column.to_owned(), value.to_owned()));
    split.ok_or_else(|| Error::usage(format!("`--where {}`: expected COLUMN=VALUE", excerpt(pair))))
}

/// How links become the edges of a simple graph.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct FlattenFlags {
    /// Links run one way only
    #[arg(long)]
    directed: bool,
    /// What the weight of a link is
    #[arg(long, value_name = "WEIGHT", value_enum, default_value_t)]
    weight: WeightFlag,
}

/// How many rows of a ranking are printed.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct TopFlag {
    /// Print so many rows; 0 prints all [default: 20 in a table, else all]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
}

impl TopFlag {
    /// The most rows in that form.
    pub(crate) fn most(self, form: Form) -> usize {
        match self.top.unwrap_or(if form == Form::Table { 20 } else { 0 }) {
            0 => usize::MAX,
            top => top,
        }
    }
}

/// What the weight of a link is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WeightFlag {
    /// Each tie counts 1
    #[default]
    None,
    /// How often
    Count,
    /// How sure, added up over all rows
    Certainty,
    /// How sure that at least one row is right; rows of one source count once
    Chance,
}

impl FlattenFlags {
    /// The same for paths of that length: those by certainty need chances.
    pub(crate) fn on_paths(self, length: LengthFlag) -> Result<Self> {
        match (length, self.weight) {
            (LengthFlag::Certainty, WeightFlag::None | WeightFlag::Chance) => {
                Ok(Self { weight: WeightFlag::Chance, ..self })
            }
            (LengthFlag::Certainty, _) => Err(Error::usage(
                "`--length certainty` multiplies chances: leave out `--weight`, or give `--weight chance`",
            )),
            _ => Ok(self),
        }
    }

    /// Whether links have another weight than 1.
    pub(crate) fn is_weighted(self) -> bool {
        self.weight != WeightFlag::None
    }

    /// Whether links run one way only.
    pub(crate) fn is_directed(self) -> bool {
        self.directed
    }

    pub(crate) fn direction(self) -> Direction {
        if self.directed { Direction::Directed } else { Direction::Undirected }
    }

    pub(crate) fn weight(self) -> Weight {
        match self.weight {
            WeightFlag::None => Weight::None,
            WeightFlag::Count => Weight::Count,
            WeightFlag::Certainty => Weight::Certainty,
            WeightFlag::Chance => Weight::Chance,
        }
    }

    pub(crate) fn describe(self) -> String {
        let weight = match self.weight {
            WeightFlag::None => "each tie counts 1",
            WeightFlag::Count => "ties weigh their count",
            WeightFlag::Certainty => "ties weigh their certainty",
            WeightFlag::Chance => "ties weigh the chance that a row of theirs is right",
        };
        format!("{}, {weight}", if self.directed { "directed" } else { "undirected" })
    }
}

/// How long a tie is on a path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LengthFlag {
    /// One step
    #[default]
    Hops,
    /// Its weight
    Weight,
    /// The stronger, the shorter
    Reciprocal,
    /// The surer, the shorter: the chance that all ties of a path are right is the greatest
    Certainty,
}

impl From<LengthFlag> for Length {
    fn from(flag: LengthFlag) -> Self {
        match flag {
            LengthFlag::Hops => Self::Hops,
            LengthFlag::Weight => Self::Weight,
            LengthFlag::Reciprocal => Self::Reciprocal,
            LengthFlag::Certainty => Self::Certainty,
        }
    }
}

/// How small a count may be that is published.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct MinCell {
    /// With --publish, withhold counts of fewer people than this, and all that fewer stand behind
    #[arg(long, value_name = "N", default_value_t = Publishing::default().min_cell, requires = "publish")]
    min_cell: usize,
}

impl MinCell {
    pub(crate) fn publishing(self) -> Result<Publishing> {
        let publishing = Publishing { min_cell: self.min_cell };
        publishing.check()?;
        Ok(publishing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{case_of, typed};
    use super::*;

    /// A case in whose every table another case file is named, and other columns of its own.
    fn case() -> Case {
        case_of(&[
            ("cases.csv", "case_id\nc1\nc2\nc3\nc4\n"),
            ("people.csv", "person_id\np1\np2\n"),
            ("channels.csv", "channel_id,name\nch1,Site\n"),
            ("roles.csv", "case_id,person_id,role,team\nc2,p1,victim,red\n"),
            ("links.csv", "link_id,from,to,kind,case_id,mood\nl1,p2,p1,contact,c3,calm\n"),
            ("ads.csv", "ad_id,channel_id,case_id,victim_id,shade\na1,ch1,c4,p1,dark\n"),
        ])
    }

    #[test]
    fn a_case_file_is_known_by_any_row() {
        let case = case();
        for id in ["c1", "c2", "c3", "c4"] {
            assert!(named_case(&case, id), "{id}");
        }
        // Ids of other things are none.
        for id in ["c5", "p1", "ch1", "l1", ""] {
            assert!(!named_case(&case, id), "{id}");
        }
    }

    #[test]
    fn a_column_of_its_own_is_known_from_any_of_three_tables() {
        let case = case();
        for column in ["team", "mood", "shade"] {
            assert!(has_column(&case, column), "{column}");
        }
        for column in ["kind", "c1", "red", "weight"] {
            assert!(!has_column(&case, column), "{column}");
        }
    }

    #[test]
    fn what_is_looked_at_is_what_was_typed() {
        let case = case();
        let view = |words: &[&str]| typed::<ViewFlags>(words).view(&case);
        assert_eq!(view(&[]).expect("all"), View::default());
        let words = [
            "--during",
            "2019",
            "--kind",
            "contact,paid",
            "--case-file",
            "c3",
            "--certainty",
            "1",
            "--facts-only",
            "--where",
            "mood=calm=er",
            "--without",
            "victim",
            "--isolates",
        ];
        let want = View {
            during: Some(When::parse("2019").expect("a year")),
            kinds: vec![LinkKind::Contact, LinkKind::Paid],
            cases: vec!["c3".into()],
            certainty: 1.0,
            basis: Some(Basis::Fact),
            attributes: vec![("mood".into(), "calm=er".into())],
            without: vec![Role::Victim],
            isolates: Isolates::Keep,
        };
        assert_eq!(view(&words).expect("all are known"), want);
        for (words, message) in [
            (["--during", "x"], "`--during x`: expected"),
            (["--certainty", "1.1"], "`--certainty` must lie in [0, 1]"),
            (["--certainty", "-0.1"], "`--certainty` must lie in [0, 1]"),
            (["--case-file", "c9"], "`--case-file c9`: no row is of such a case"),
            (["--where", "mood"], "`--where mood`: expected COLUMN=VALUE"),
            (["--where", "kind=x"], "`--where kind=…`: no row has such a column of its own"),
            (["--kind", "love"], "`--kind love`: expected one of "),
            (["--without", "boss"], "`--without boss`: expected one of "),
        ] {
            let words = [words[0].to_owned() + "=" + words[1]];
            let error = view(&[&words[0]]).expect_err(message).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn a_table_has_twenty_rows_unless_it_is_said_and_0_is_all() {
        let most = |words: &[&str], form| typed::<TopFlag>(words).most(form);
        assert_eq!(most(&[], Form::Table), 20);
        assert_eq!(most(&[], Form::Csv), usize::MAX);
        for form in [Form::Table, Form::Json] {
            assert_eq!(most(&["--top", "3"], form), 3);
            assert_eq!(most(&["--top", "0"], form), usize::MAX);
        }
    }

    #[test]
    fn ties_weigh_and_run_as_they_are_asked_for() {
        let flags = |words: &[&str]| typed::<FlattenFlags>(words);
        let (plain, one_way) = (flags(&[]), flags(&["--directed"]));
        assert_eq!(
            [plain.direction(), one_way.direction()],
            [Direction::Undirected, Direction::Directed]
        );
        assert_eq!([plain.is_directed(), one_way.is_directed()], [false, true]);
        for (word, weight, told) in [
            ("none", Weight::None, "each tie counts 1"),
            ("count", Weight::Count, "ties weigh their count"),
            ("certainty", Weight::Certainty, "ties weigh their certainty"),
            ("chance", Weight::Chance, "ties weigh the chance that a row of theirs is right"),
        ] {
            let flags = flags(&["--weight", word]);
            assert_eq!(flags.weight(), weight);
            assert_eq!(flags.is_weighted(), word != "none", "{word}");
            assert_eq!(flags.describe(), format!("undirected, {told}"));
        }
        assert_eq!(one_way.describe(), "directed, each tie counts 1");
    }

    #[test]
    fn paths_by_certainty_are_of_chances() {
        let on = |weight: &str, length| {
            typed::<FlattenFlags>(&["--weight", weight]).on_paths(length).map(FlattenFlags::weight)
        };
        for weight in ["none", "chance"] {
            assert_eq!(on(weight, LengthFlag::Certainty).expect("chances"), Weight::Chance);
        }
        for weight in ["count", "certainty"] {
            on(weight, LengthFlag::Certainty).expect_err("no chances");
        }
        assert_eq!(on("count", LengthFlag::Weight).expect("counts"), Weight::Count);
        assert_eq!(on("none", LengthFlag::Hops).expect("steps"), Weight::None);
    }
}
