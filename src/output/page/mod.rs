//! A network map as one HTML file that opens offline: the picture, the data, and a viewer that is ours.
//!
//! The file needs nothing beside it and can reach nothing: its policy lets no script or style run but the two that are written
//! into it, which are known by their hashes, and forbids every connection. With scripts off, and on paper, the
//! static picture is shown. What a case says is in one block of JSON, and the viewer puts it on the page as text only.

mod data;
mod escape;
mod script;
mod tables;
mod template;
mod why;

use sha2::{Digest, Sha256};

use crate::finding::Map;
use crate::output::base64;
use crate::output::drawing::telling;
use crate::output::placement::Placed;
use crate::output::words::{Lang, Words};

/// How a map is written as HTML.
///
/// # Examples
///
/// ```
/// use kluwen::finding::Map;
/// use kluwen::output::{HtmlMap, Placement};
///
/// let map = Map { title: Some("Harbor <1>".into()), ..Map::default() };
/// let placed = Placement::default().of(&map)?;
/// let page = HtmlMap::default().text(&map, &placed, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
/// assert!(page.contains("<title>Harbor &lt;1&gt;</title>"));
/// # Ok::<(), kluwen::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HtmlMap {
    /// In which language the page opens; the reader can change it.
    pub lang: Lang,
}

impl HtmlMap {
    /// The map as one HTML file: the same map gives the same bytes.
    ///
    /// `svg` is the static picture of the same map at the same places, as the writer of SVG made it. It stands in the page as it is, so it must
    /// come from that writer. It has presentation attributes only: a style sheet of its own would not be let through.
    ///
    /// # Cost
    ///
    /// Time and size go with nodes, ties and rows of evidence: about 100 bytes each.
    #[must_use]
    pub fn text(&self, map: &Map, placed: &Placed, svg: &str) -> String {
        let words = Words::of(self.lang);
        let script = script::text();
        let picture = picture(svg);
        let title = escape::html(&telling::title(map, &words));
        template::fill(&[
            ("lang", self.lang.code()),
            ("title", &title),
            ("script-hash", &hash(&script)),
            ("style-hash", &hash(script::STYLE)),
            ("style", script::STYLE),
            ("no-script", &escape::html(&words.say("viewer-no-script").into())),
            ("picture", picture),
            ("data", &escape::json(&data::Data::of(map, placed, self.lang))),
            ("script", &script),
        ])
    }
}

/// The element itself: what may stand before it in a file of its own has no place in HTML.
fn picture(svg: &str) -> &str {
    svg.find("<svg").map_or("", |at| svg[at..].trim_end())
}

/// What a policy calls a text by.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", base64::encode(&Sha256::digest(text.as_bytes())))
}
