//! What stands over and under the drawing: title, how much is shown, what the reader must know, and from what it was made.

use super::canvas::{Canvas, Type};
use crate::error::printable;
use crate::finding::{Map, Note};
use crate::output::drawing::telling;
use crate::output::drawing::text::{BOLD, LINE, wrapped};
use crate::output::words::Words;
use crate::untrusted::Untrusted;

/// Lines of text one under the other.
#[derive(Debug, Default)]
pub(super) struct Block {
    lines: Vec<(Untrusted, Type)>,
    /// How high it is.
    pub(super) height: f64,
}

const TITLE: Type = Type { bold: true, color: "#000000", ..Type::of(15.0) };
const LEAD: Type = Type::of(9.0);
const NOTE: Type = Type::of(8.0);
const MADE: Type = Type { color: "#555555", ..Type::of(7.0) };

/// A text of a case longer than this is cut: a page is for a picture.
const MOST_LETTERS: usize = 600;

impl Block {
    fn add(&mut self, text: &Untrusted, look: Type, room: f64) {
        let room = if look.bold { room / BOLD } else { room };
        for line in text.pieces(|text| wrapped(&shown(text), look.size, room)) {
            self.height += look.size * LINE;
            self.lines.push((line, look));
        }
    }

    /// Draws it from its left upper corner.
    pub(super) fn draw(&self, canvas: &mut Canvas, [x, mut y]: [f64; 2]) {
        for (line, look) in &self.lines {
            y += look.size * LINE;
            canvas.line(line, [x, y - look.size * 0.25], *look);
        }
    }
}

/// The text as it can be seen, cut where it is too long.
fn shown(text: &str) -> String {
    let mut text: String = printable(text).chars().take(MOST_LETTERS + 1).collect();
    if text.chars().count() > MOST_LETTERS {
        text.pop();
        text.push('…');
    }
    text
}

/// What stands over the drawing.
pub(super) fn over(map: &Map, room: f64, words: &Words) -> Block {
    let mut block = Block::default();
    block.add(&telling::title(map, words), TITLE, room);
    block.add(&Untrusted::joined(telling::lead(map, words), " · "), LEAD, room);
    block
}

/// What stands under the drawing and its legend; `said` is what is to be said of this drawing alone.
pub(super) fn under(map: &Map, said: &[Untrusted], room: f64, words: &Words) -> Block {
    let mut block = Block::default();
    if !map.notes.iter().any(|note| matches!(note, Note::NoAccusation | Note::NoTie)) {
        block.add(&telling::note(&Note::NoAccusation, words), NOTE, room);
    }
    for note in &map.notes {
        block.add(&telling::note(note, words), NOTE, room);
    }
    for text in said {
        block.add(text, NOTE, room);
    }
    if let Some(made) = telling::made(map, words) {
        block.add(&made, MADE, room);
    }
    block
}
