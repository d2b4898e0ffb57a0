//! A drawing as PNG, drawn by resvg with fonts that come with us: the same drawing gives the same picture wherever it is made.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb, roxmltree};
use skrifa::{FontRef, MetadataProvider};

use crate::error::{Error, Result};

/// How a drawing becomes a picture of pixels.
///
/// # Examples
///
/// ```
/// use kluwen::finding::Map;
/// use kluwen::output::{Placement, Png, Svg};
///
/// let map = Map::default();
/// let svg = Svg::default().text(&map, &Placement::default().of(&map)?);
/// let picture = Png::default().of(&svg)?;
/// assert!(picture.bytes.starts_with(b"\x89PNG"));
/// assert!(picture.missing.is_empty());
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Png {
    /// How many pixels an inch of the drawing has.
    pub dpi: f64,
}

impl Default for Png {
    fn default() -> Self {
        Self { dpi: 150.0 }
    }
}

/// A picture, and what could not be drawn on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// The file.
    pub bytes: Vec<u8>,
    /// Letters that the fonts do not have: a box stands in place of each.
    pub missing: Vec<char>,
}

/// A picture has at most so many pixels: four bytes each are in memory while it is drawn. A0 at 200 to the inch is within it.
const MOST_PIXELS: f64 = 64e6;

/// DejaVu Sans, plain and bold: free to pass on (Bitstream Vera and DejaVu licences), with the letters of Latin, Greek, Cyrillic,
/// Armenian, Georgian, Hebrew and Arabic script.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

impl Png {
    /// The picture of a drawing that [`Svg`](super::Svg) made.
    ///
    /// The same drawing gives the same bytes on the same kind of processor; no font of the system is looked at.
    ///
    /// # Errors
    ///
    /// If the resolution is no number above 0, the drawing cannot be read, or the picture would have more than 64 million pixels.
    pub fn of(&self, svg: &str) -> Result<Raster> {
        if !(self.dpi > 0.0 && self.dpi.is_finite()) {
            return Err(Error::usage("a picture has more than 0 pixels to the inch"));
        }
        let unread = |error: &dyn std::fmt::Display| {
            Error::usage(format!("the drawing cannot be read: {error}"))
        };
        let document = roxmltree::Document::parse(svg).map_err(|error| unread(&error))?;
        let tree = Tree::from_xmltree(&document, &options()).map_err(|error| unread(&error))?;
        let scale = self.scale(&document);
        let [width, height] =
            [tree.size().width(), tree.size().height()].map(|side| f64::from(side) * scale);
        if width.ceil() * height.ceil() > MOST_PIXELS {
            return Err(Error::limit(
                format!(
                    "a picture of {:.0} × {:.0} pixels; at most {MOST_PIXELS:.0} are drawn",
                    width.ceil(),
                    height.ceil()
                ),
                "ask for fewer pixels to the inch, smaller paper or fewer people, or take SVG",
            ));
        }
        let mut pixels = pixmap(width, height)
            .ok_or_else(|| Error::usage("a picture has at least one pixel"))?;
        // The renderer counts in numbers of 32 bits.
        #[allow(clippy::cast_possible_truncation)]
        let scale = scale as f32;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        let bytes = pixels.encode_png().map_err(|error| unread(&error))?;
        Ok(Raster { bytes, missing: missing(&document) })
    }

    /// How many pixels a unit of the tree has. Its units are 96 to the inch where the drawing is measured in millimeters, and points where
    /// it is measured in none.
    fn scale(self, document: &roxmltree::Document<'_>) -> f64 {
        let width = document.root_element().attribute("width").unwrap_or_default();
        let units = if width.ends_with("mm") { 96.0 } else { 72.0 };
        self.dpi / units
    }
}

/// No font, file or image but ours, whatever the drawing asks for.
fn options() -> Options<'static> {
    Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "DejaVu Sans".into(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

/// Pixels for a width and height that have been found small enough.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pixmap(width: f64, height: f64) -> Option<Pixmap> {
    Pixmap::new(width.ceil() as u32, height.ceil() as u32)
}

/// Letters of the texts that are drawn and that the fonts do not have.
fn missing(document: &roxmltree::Document<'_>) -> Vec<char> {
    let Ok(font) = FontRef::new(dejavu::sans::regular()) else { return Vec::new() };
    let known = font.charmap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let letters: BTreeSet<char> =
        texts.filter_map(|text| text.text()).flat_map(str::chars).collect();
    letters.into_iter().filter(|&letter| known.map(letter).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of that width and height in pixels, as its head says.
    fn sides(width: &str, height: &str, dpi: f64) -> [u32; 2] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 72 36\"/>"
        );
        let bytes = Png { dpi }.of(&svg).expect("a picture").bytes;
        let number = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        [number(16), number(20)]
    }

    #[test]
    fn an_inch_has_as_many_pixels_as_were_asked_for() {
        // An inch by half of one, in points and in millimeters.
        assert_eq!(sides("72", "36", 150.0), [150, 75]);
        assert_eq!(sides("25.4mm", "12.7mm", 150.0), [150, 75]);
        assert_eq!(sides("72", "36", 10.5), [11, 6], "a part of a pixel is one");
    }

    #[test]
    fn a_picture_has_some_pixels_and_not_too_many() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"72\" height=\"72\"/>";
        for dpi in [0.0, -1.0, f64::INFINITY, f64::NAN] {
            let error = Png { dpi }.of(svg).expect_err("no picture").to_string();
            assert!(error.contains("more than 0 pixels"), "{error}");
        }
        let error = Png { dpi: 8001.0 }.of(svg).expect_err("too many").to_string();
        assert!(error.contains("8001 × 8001 pixels; at most 64000000"), "{error}");
        let error = Png::default().of("<svg").expect_err("no drawing").to_string();
        assert!(error.contains("cannot be read"), "{error}");
    }

    #[test]
    fn letters_that_the_font_has_not_are_told_once_and_in_order() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>a語é漢</text><title>字</title><text>漢</text></svg>";
        let document = roxmltree::Document::parse(svg).expect("a drawing");
        assert_eq!(missing(&document), ['漢', '語']);
    }
}
