//! The page: how large it is, which way round, and how much smaller the drawing becomes on it.

/// On what a map is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm, upright or on its side.
    A4,
    /// 297 × 420 mm, upright or on its side.
    A3,
    /// As large as the map needs it. This is the default.
    #[default]
    Screen,
}

/// Points in a millimeter.
const POINTS: f64 = 72.0 / 25.4;

/// The margin of a page, in points: 10 mm, which every printer leaves.
pub(super) const MARGIN: f64 = 10.0 * POINTS;

impl Paper {
    /// Width and height in millimeters of both ways round; none for a screen.
    pub(super) fn sides(self) -> Option<[[f64; 2]; 2]> {
        let [short, long] = match self {
            Self::A4 => [210.0, 297.0],
            Self::A3 => [297.0, 420.0],
            Self::Screen => return None,
        };
        Some([[long, short], [short, long]])
    }
}

/// A page, or a screen as large as the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Page {
    /// Width and height in points.
    pub(super) size: [f64; 2],
    /// The same in millimeters, for paper.
    pub(super) millimeters: Option<[f64; 2]>,
}

impl Page {
    pub(super) fn of_paper(millimeters: [f64; 2]) -> Self {
        Self { size: millimeters.map(|side| side * POINTS), millimeters: Some(millimeters) }
    }
}
