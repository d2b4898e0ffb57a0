//! What stands over the map: its title, how much it shows, and what the reader must know.

use graphviz_rust::dot_structures::{GraphAttributes, Stmt};

use super::attribute::{number, text, word};
use super::quote::heading;
use crate::finding::Map;
use crate::output::drawing::telling;
use crate::output::words::Words;

/// The label of the whole graph.
pub(super) fn of(map: &Map, words: &Words) -> Stmt {
    let notes = map.notes.iter().map(|note| telling::note(note, words));
    let below = telling::lead(map, words).into_iter().chain(notes).chain(telling::made(map, words));
    let below = below.flat_map(|line| line.pieces(wrapped));
    let lines = heading(&telling::title(map, words), below);
    Stmt::GAttribute(GraphAttributes::Graph(vec![
        text("label", lines),
        word("labelloc", "t"),
        word("labeljust", "l"),
        number("fontsize", 11.0),
        word("fontcolor", "#222222"),
    ]))
}

/// `note` in lines that do not widen the map.
fn wrapped(note: &str) -> Vec<String> {
    const WIDTH: usize = 120;
    let mut lines = vec![String::new()];
    for word in note.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.into());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_note_has_120_letters_at_most() {
        let words = |lengths: &[usize]| {
            lengths.iter().map(|&length| "é".repeat(length)).collect::<Vec<_>>()
        };
        let lines = |lengths: &[usize]| wrapped(&words(lengths).join(" "));
        assert_eq!(lines(&[60, 59]), [words(&[60, 59]).join(" ")]);
        assert_eq!(lines(&[60, 60]), words(&[60, 60]));
        assert_eq!(lines(&[130, 1]), words(&[130, 1]));
        assert_eq!(wrapped(""), [""]);
    }
}
