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

#[cfg(test)]
mod tests {
    use kluwen::finding::{Figure, Regrowth, Successor};

    use super::super::trial::lines;
    use super::*;

    #[test]
    fn every_figure_and_every_way_to_fill_a_place_has_its_numbers() {
        let figure = |figure, before, random_interval| Figure {
            figure,
            before,
            after: 2.0,
            after_interval: None,
            random: Some(3.0),
            random_interval,
        };
        let losses = Losses {
            note: "no forecast",
            seed: 0,
            draws: 1,
            removed: Vec::new(),
            to_safety: Vec::new(),
            figures: vec![
                figure("efficiency", Some(0.5), Some([1.0, 4.0])),
                figure("largest component", Some(9.0), None),
                figure("victims", None, None),
            ],
            recruitments: "",
            cells_touched: Vec::new(),
            out_of_reach: Vec::new(),
            regrowth: vec![Regrowth {
                filled_by: Successor::Anybody,
                filled: 1.0,
                efficiency: 0.25,
                efficiency_interval: [0.125, 0.375],
                largest: 8.0,
                largest_interval: [7.0, 8.5],
                more_efficient: 0.0,
            }],
        };
        let rows = [
            "efficiency,0.5,2,,,3,1,4",
            "largest component,9,2,,,3,,",
            "victims,,2,,,3,,",
            "\"efficiency, places taken by anybody\",0.5,0.25,0.125,0.375,,,",
            "\"largest component, places taken by anybody\",9,8,7,8.5,,,",
        ];
        assert_eq!(lines(&sheet(&losses, false)), rows);
        assert_eq!(lines(&sheet(&losses, true)), rows.map(|row| format!("{row},no forecast")));
    }
}
