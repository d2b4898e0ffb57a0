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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    fn drawn(block: &Block) -> String {
        let mut canvas = Canvas::default();
        block.draw(&mut canvas, [28.0, 100.0]);
        canvas.finish()
    }

    #[test]
    fn a_text_of_a_case_is_cut_past_600_letters() {
        let text = |letters: usize| "é".repeat(letters);
        assert_eq!(shown(&text(600)), text(600));
        assert_eq!(shown(&text(601)), text(600) + "…");
        assert_eq!(shown("a\u{202e}"), "a\\u{202e}");
    }

    #[test]
    fn lines_stand_one_under_the_other() {
        let map = Map { title: Some("Harbor".into()), ..Map::default() };
        let block = over(&map, 500.0, &Words::of(Lang::En));
        // 15 and 9 high, with a fifth between them.
        assert!((block.height - 28.8).abs() < 1e-9, "{}", block.height);
        let svg = drawn(&block);
        // Letters stand a quarter of their height over the end of their line: 118 and 128.8.
        for begin in [
            "<text x=\"28\" y=\"114.25\" font-size=\"15\" fill=\"#000000\" font-weight=\"bold\">Harbor<",
            "<text x=\"28\" y=\"126.55\" font-size=\"9\" fill=\"#222222\">0 people shown of 0",
        ] {
            assert!(svg.contains(begin), "{begin}\n{svg}");
        }
    }

    #[test]
    fn bold_letters_have_less_room() {
        // `xx xx` is 40.8 wide in letters of 15, and a fifth more where they are bold.
        let lines = |room| {
            let map = Map { title: Some("xx xx".into()), ..Map::default() };
            over(&map, room, &Words::of(Lang::En))
                .lines
                .iter()
                .filter(|(_, look)| look.bold)
                .count()
        };
        assert_eq!([lines(49.1), lines(48.8)], [1, 2]);
    }

    #[test]
    fn that_a_link_is_no_accusation_is_said_once() {
        let count = |notes: Vec<Note>| {
            let map = Map { notes, ..Map::default() };
            let block = under(&map, &[], 5000.0, &Words::of(Lang::En));
            let svg = drawn(&block);
            (svg.matches("not an accusation").count(), svg.matches("no accusation").count())
        };
        assert_eq!(count(Vec::new()), (1, 0));
        assert_eq!(count(vec![Note::NoAccusation]), (1, 0));
        assert_eq!(count(vec![Note::NoTie]), (0, 1));
    }
}
