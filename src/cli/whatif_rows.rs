//! What `kluwen whatif` prints: a row a figure, and what the rows are not.

use kluwen::error::Result;
use kluwen::finding::{Losses, STRUCTURE_ONLY};
use kluwen::output::{Cell, Sheet};

use super::flags::Form;
use super::print;

/// Prints what a network loses.
pub(crate) fn print(losses: &Losses, form: Form) -> Result<()> {
    match form {
        Form::Json => print::json(losses),
        Form::Csv | Form::Jsonl => print::sheet(&sheet(losses, true), form),
        Form::Table => {
            print::sheet(&sheet(losses, false), form)?;
            print::print(|out| writeln!(out, "{STRUCTURE_ONLY}"))
        }
    }
}

const COLUMNS: [&str; 9] = [
    "figure",
    "before",
    "after",
    "after_low",
    "after_high",
    "random",
    "random_low",
    "random_high",
    "note",
];

/// A row a figure, and two for each way in which vacancies are filled; in the forms for programs each says what it is not.
fn sheet(losses: &Losses, noted: bool) -> Sheet {
    let columns = if noted { &COLUMNS[..] } else { &COLUMNS[..COLUMNS.len() - 1] };
    let mut sheet = Sheet::new(columns.iter().copied());
    let ends = |interval: Option<[f64; 2]>| {
        interval.map_or([Cell::Missing, Cell::Missing], |ends| ends.map(Cell::from))
    };
    let mut row = |name: String, before: Option<f64>, after: f64, own, random: Option<f64>, of| {
        let [low, high] = ends(own);
        let [random_low, random_high] = ends(of);
        let cells = [
            Cell::from(name),
            before.into(),
            after.into(),
            low,
            high,
            random.into(),
            random_low,
            random_high,
            losses.note.into(),
        ];
        sheet.push(cells.into_iter().take(columns.len()));
    };
    for one in &losses.figures {
        let name = one.figure.to_owned();
        row(name, one.before, one.after, one.after_interval, one.random, one.random_interval);
    }
    let before = |name: &str| {
        losses.figures.iter().find(|one| one.figure == name).and_then(|one| one.before)
    };
    for one in &losses.regrowth {
        let by = one.filled_by.words();
        let figure = format!("efficiency, places taken by {by}");
        row(
            figure,
            before("efficiency"),
            one.efficiency,
            Some(one.efficiency_interval),
            None,
            None,
        );
        let figure = format!("largest component, places taken by {by}");
        let interval = Some(one.largest_interval);
        row(figure, before("largest component"), one.largest, interval, None, None);
    }
    sheet
}
