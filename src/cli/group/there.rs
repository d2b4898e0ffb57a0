//! Groups of a network that an engine holds.

use std::path::Path;
use std::process::ExitCode;

use kluwen::cluster::fetch::named;
use kluwen::cluster::{Column, Columns, Program, Question, Values, divided, programs};
use kluwen::error::{Error, Result};
use kluwen::graph::Mode;
use kluwen::measure::{LabelPropagation, Partition};

use super::super::Manner;
use super::super::there::{There, Wanted, refuse_a_list, write_job};
use super::{By, Found, Group, QualityFlag};

/// The label of each node, both as the engine numbers them, in node order.
type Labels = Vec<(i64, i64)>;

impl Group {
    pub(super) fn of_engine(&self, manner: Manner) -> Result<ExitCode> {
        self.refuse_there()?;
        if let Some(path) = self.engine.job()? {
            return self.of_job(&path, manner);
        }
        let question = ("group", Question::People);
        let held = self.identity.take_there(&self.engine, &self.reading, question, manner)?;
        let wanted = self.wanted();
        let mut there = There::make(held, wanted, &self.engine, manner)?;
        let labels = match self.by {
            By::Components => Some(Self::components(&mut there)?),
            By::LabelPropagation => Some(self.spread(&mut there)?),
            _ => None,
        };
        if let Some(labels) = labels {
            if self.quality == QualityFlag::Modularity {
                return self.of_labels(&mut there, &labels, manner);
            }
            manner.say("The engine knows modularity alone: to measure the division otherwise, the graph is fetched.");
            let flat = there.fetch(self.fetch.fetching(), wanted)?;
            let (partition, _) = partition_of(&there, &labels)?;
            let csr = self.oriented(&flat, &there.identities.entities)?;
            let found = Found {
                nodes: &flat.nodes,
                partition: &partition,
                agreed: None,
                quality: self.quality().value(&csr, &partition)?,
                bits: None,
                undivided: partition.undivided(&csr),
                left_out: flat.left_out,
            };
            let who = (&there.read.taken.case, &there.identities.entities);
            return self.show(found, who, manner);
        }
        if self.fetch.fetching().allows(&there.size) || !self.goes_in_pieces() {
            let flat = there.fetch(self.fetch.fetching(), wanted)?;
            let who = (&there.read.taken.case, &there.identities.entities);
            return self.of_flat(&flat, who, manner);
        }
        self.in_pieces(&mut there, manner)
    }

    fn wanted(&self) -> Wanted<'_> {
        Wanted { between: self.network.into(), flatten: self.flatten, view: &self.view }
    }

    /// Whether the groups of one component do not hang on the others, and the engine can say how good they are all together.
    fn goes_in_pieces(&self) -> bool {
        matches!(self.by, By::Louvain | By::Leiden) && self.quality == QualityFlag::Modularity
    }

    fn components(there: &mut There<'_>) -> Result<Labels> {
        fetched(there, &["nodes", "edges"], programs::components())
    }

    /// Groups of label propagation: its labels, told apart where one is left in several places.
    fn spread(&self, there: &mut There<'_>) -> Result<Labels> {
        let options = LabelPropagation { seed: self.identity.seed, ..LabelPropagation::default() };
        there.run(&["nodes", "edges"]).settle(&programs::label_propagation(&options)?)?;
        let (alike, place) = (programs::alike(), format!("{}/alike", there.work()));
        there.engine().save(alike.table, &alike.query, &place)?;
        let apart = Program { name: "pieces", ..programs::components_among(alike.table) };
        fetched(there, &["nodes", "alike"], apart)
    }

    /// Shows a division that the engine made, with its modularity as the engine works it out.
    fn of_labels(
        &self,
        there: &mut There<'_>,
        labels: &Labels,
        manner: Manner,
    ) -> Result<ExitCode> {
        let (partition, nodes) = partition_of(there, labels)?;
        let quality = self.modularity(there, labels)?;
        let undivided = if self.by == By::Components {
            partition.sizes().first().copied()
        } else {
            let components = Self::components(there)?;
            let (components, _) = partition_of(there, &components)?;
            undivided(&partition, &components)
        };
        let found = Found {
            nodes: &nodes,
            partition: &partition,
            agreed: None,
            quality,
            bits: None,
            undivided,
            left_out: there.size.left_out,
        };
        let who = (&there.read.taken.case, &there.identities.entities);
        self.show(found, who, manner)
    }

    fn modularity(&self, there: &mut There<'_>, labels: &Labels) -> Result<f64> {
        let column = |name: &str, cells: Vec<i64>| {
            Column::new(name, Values::Whole(cells.into_iter().map(Some).collect()))
        };
        let (nodes, groups) = labels.iter().copied().unzip();
        let rows = Columns(vec![column("node", nodes), column("label", groups)]);
        let place = format!("{}/groups", there.work());
        there.engine().put("groups", &rows, &place)?;
        let rows =
            there.run(&["edges", "groups"]).program(&programs::modularity(self.resolution))?;
        rows.first_real("quality")
            .ok_or_else(|| Error::usage("the engine gave no modularity: expected one row"))
    }

    /// Groups component by component, where the whole is too large to be fetched.
    fn in_pieces(&self, there: &mut There<'_>, manner: Manner) -> Result<ExitCode> {
        let (size, view) = (there.size, there.asked().clone());
        let flattening = self.wanted().flattening(&view);
        let (fetching, seed) = (self.fetch.fetching(), self.identity.seed);
        let mut run = there.run(&["nodes", "edges"]);
        let of = (&flattening, &size);
        let found = divided(&mut run, of, &fetching, self.quality(), |part, quality| {
            Ok(self.by.divide(&part.csr, quality, seed)?.0.groups().to_vec())
        })?;
        drop(run);
        manner.say(&format!(
            "The graph is too large to be fetched as a whole, and its components are not: {} came in {} pieces, each divided here by the resolution that makes \
             its moves those of the whole. Groups can differ from those of the whole as they do between seeds.",
            size.nodes, found.pieces
        ));
        let labels: Labels =
            found.nodes.into_iter().zip(found.labels.into_iter().map(i64::from)).collect();
        self.of_labels(there, &labels, manner)
    }

    fn of_job(&self, path: &Path, manner: Manner) -> Result<ExitCode> {
        if self.by != By::Components {
            return Err(Error::usage(format!(
                "a job is one program and fetches nothing, which `--by {}` needs; it can `--by components`",
                self.by.name()
            )));
        }
        let (read, identities) = self.identity.take(&self.reading, manner)?;
        let from = (self.reading.case.as_path(), &self.engine);
        write_job(path, (&read, &identities), self.wanted(), from, |_, _| {
            Ok(in_order(programs::components()))
        })?;
        manner.say(&format!(
            "{} is a job for Spark. The label of a group is its least node; node 0 is E1, node 1 is E2 and so on, which other commands take for codes.",
            path.display()
        ));
        Ok(ExitCode::SUCCESS)
    }

    fn refuse_there(&self) -> Result<()> {
        refuse_a_list(&self.reading)?;
        if self.over_time.is_some() {
            return Err(Error::usage(
                "`--over-time` needs the day of each link, and an engine makes graphs without days: leave out `--engine`",
            ));
        }
        Ok(())
    }
}

fn in_order(mut program: Program) -> Program {
    program.result.push_str(" ORDER BY node");
    program
}

fn fetched(there: &mut There<'_>, reads: &[&'static str], program: Program) -> Result<Labels> {
    let rows = there.run(reads).program(&in_order(program))?;
    let missing = || Error::usage("the engine gave no columns `node` and `label`");
    let nodes = rows.whole("node").ok_or_else(missing)?;
    let labels = rows.whole("label").ok_or_else(missing)?;
    nodes.iter().zip(labels).map(|(node, label)| node.zip(*label).ok_or_else(missing)).collect()
}

/// The division that labels are, and what each node is.
fn partition_of(there: &There<'_>, labels: &Labels) -> Result<(Partition, Vec<Mode>)> {
    let mut all: Vec<i64> = labels.iter().map(|one| one.1).collect();
    all.sort_unstable();
    all.dedup();
    let place = |label: i64| {
        let at = all.binary_search(&label).unwrap_or_default();
        u32::try_from(at).map_err(|_| Error::limit("more than 2³² groups", "choose fewer rows"))
    };
    let places = labels.iter().map(|one| place(one.1)).collect::<Result<Vec<u32>>>()?;
    let nodes = labels.iter().map(|one| named(&there.who, one.0)).collect::<Result<_>>()?;
    Ok((Partition::from_labels(&places), nodes))
}

/// How many nodes the largest component has, if they are all in one group.
fn undivided(partition: &Partition, components: &Partition) -> Option<usize> {
    let members = components.members();
    let largest = members.first()?;
    let group = |node: &u32| partition.groups()[*node as usize];
    largest.iter().all(|node| group(node) == group(&largest[0])).then_some(largest.len())
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::{held, real, typed, whole};
    use super::*;

    #[test]
    fn only_groups_by_modularity_are_made_component_by_component() {
        let pieces = |by: &str, quality: &str| {
            typed::<Group>(&["case", "--by", by, "--quality", quality]).goes_in_pieces()
        };
        for by in ["louvain", "leiden"] {
            assert!(pieces(by, "modularity"), "{by}");
            for quality in ["cpm", "directed", "barber"] {
                assert!(!pieces(by, quality), "{by} {quality}");
            }
        }
        for by in ["components", "label-propagation", "map-equation"] {
            assert!(!pieces(by, "modularity"), "{by}");
        }
    }

    #[test]
    fn the_largest_component_is_told_where_it_is_one_group() {
        // Three nodes of one component and two of another.
        let components = Partition::from_labels(&[0, 0, 0, 1, 1]);
        let of = |labels: &[u32]| undivided(&Partition::from_labels(labels), &components);
        assert_eq!(of(&[4, 4, 4, 4, 4]), Some(3));
        assert_eq!(of(&[0, 0, 0, 3, 4]), Some(3));
        assert_eq!(of(&[0, 0, 1, 2, 2]), None);
        let none = Partition::from_labels(&[]);
        assert_eq!(undivided(&none, &none), None);
    }

    #[test]
    fn an_answer_is_asked_for_in_the_order_of_nodes() {
        let asked = in_order(programs::components()).result;
        assert_eq!(asked, programs::components().result + " ORDER BY node");
    }

    #[test]
    fn what_an_engine_cannot_do_is_refused() {
        let refused =
            |words: &[&str]| typed::<Group>(words).refuse_there().expect_err("refused").to_string();
        assert!(refused(&["case", "--over-time", "30"]).contains("`--over-time` needs the day"));
        assert!(refused(&["edges.csv"]).contains("not a list of edges"));
        typed::<Group>(&["case"]).refuse_there().expect("fine");
        let job = typed::<Group>(&["case", "--by", "louvain"]);
        let error = job.of_job(Path::new("job.py"), Manner { quiet: true }).expect_err("no job");
        assert!(error.to_string().contains("which `--by louvain` needs"), "{error}");
    }

    /// What is done with the network of an engine that answers so, and what the engine was given.
    fn with_there<T>(
        answer: Vec<Column>,
        ask: impl FnOnce(&Group, &mut There<'_>) -> Result<T>,
    ) -> (std::result::Result<T, String>, Vec<(String, Columns)>) {
        let group = typed::<Group>(&["case", "--resolution", "0.5"]);
        let (held, given) = held(answer);
        let manner = Manner { quiet: true };
        let mut there =
            There::make(held, group.wanted(), &group.engine, manner).expect("a network");
        let found = ask(&group, &mut there).map_err(|error| error.to_string());
        (found, given.take())
    }

    #[test]
    fn an_engine_is_given_the_groups_and_says_how_good_they_are() {
        let labels = vec![(0, 7), (1, 7), (2, 9)];
        let ask = |group: &Group, there: &mut There<'_>| group.modularity(there, &labels);
        let (quality, given) = with_there(vec![real("quality", &[0.375])], ask);
        assert_eq!(quality, Ok(0.375));
        let groups = given.iter().find(|(name, _)| name == "groups").expect("they were given");
        assert_eq!(groups.1, Columns(vec![whole("node", &[0, 1, 2]), whole("label", &[7, 7, 9])]));
        let (none, _) = with_there(Vec::new(), ask);
        assert_eq!(none, Err("the engine gave no modularity: expected one row".to_owned()));
    }

    #[test]
    fn labels_of_an_engine_are_groups_of_people() {
        let answer = || vec![whole("node", &[0, 1, 2]), whole("label", &[40, -3, 40])];
        let (labels, _) = with_there(answer(), |_, there| Group::components(there));
        let labels = labels.expect("both columns");
        assert_eq!(labels, [(0, 40), (1, -3), (2, 40)]);
        let (found, _) = with_there(answer(), |_, there| partition_of(there, &labels));
        let (partition, nodes) = found.expect("people");
        let groups = partition.groups();
        assert!(groups[0] == groups[2] && groups[0] != groups[1], "{groups:?}");
        let people =
            [0, 1, 2].map(|number| Mode::Person(kluwen::identity::EntityId::from_number(number)));
        assert_eq!(nodes, people);
        let missing = "the engine gave no columns `node` and `label`";
        for answer in [vec![whole("node", &[0])], vec![whole("label", &[40])]] {
            let (none, _) = with_there(answer, |_, there| Group::components(there));
            assert!(none.expect_err("a column is missing").contains(missing));
        }
    }
}
