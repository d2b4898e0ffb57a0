//! Does the page open anywhere, do what its buttons say, and run nothing that a case says?

mod canaries;
mod looks;
mod pace;
mod safe;
mod works;

use std::path::PathBuf;

use kluwen::case::{Day, LinkKind, When};
use kluwen::finding::{Map, Note, TieKind};
use kluwen::output::{HtmlMap, Lang, Placed, Svg};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::invented;

/// Twelve people in a ring: every third a recruiter, a victim, unknown; each tied to the next, a month later than the one before. The
/// last tie has no date, and every fourth is nearly certain.
fn ring() -> Map {
    let names: Vec<String> = (1..=12).map(|number| format!("E{number}")).collect();
    let mut map = invented::map(&names);
    map.title = Some("Harbor".into());
    map.notes = vec![Note::NoAccusation];
    map.people_in_all = 40;
    for (month, edge) in (0..).zip(&mut map.edges) {
        let begin = Day::from_number(17_897 + 31 * month);
        edge.when = When::between(begin, begin);
        edge.certainty = if month % 4 == 0 { 0.9 } else { 0.6 };
    }
    map.edges[11].when = When::UNRECORDED;
    map.edges[2].kind = TieKind::Link(LinkKind::Paid);
    map
}

/// In rows of four.
fn rows(map: &Map) -> Placed {
    let at = (0..map.nodes.len()).map(|place| {
        let row = u32::try_from(place / 4).unwrap();
        let column = u32::try_from(place % 4).unwrap();
        [60.0 + 120.0 * f64::from(column), 50.0 + 110.0 * f64::from(row)]
    });
    Placed {
        at: at.collect(),
        extents: vec![[24.0, 15.0]; map.nodes.len()],
        size: [500.0, 400.0],
        axis: None,
        centers: Vec::new(),
    }
}

fn text(map: &Map, lang: Lang) -> String {
    let placed = rows(map);
    let svg = Svg { lang, ..Svg::default() }.text(map, &placed);
    HtmlMap { lang }.text(map, &placed, &svg)
}

/// A page that is open.
struct Open {
    browser: Browser,
    page: PathBuf,
    map: Map,
    _folder: TempDir,
}

fn open(map: Map, lang: Lang) -> Open {
    let html = text(&map, lang);
    open_text(&html, map)
}

fn open_text(html: &str, map: Map) -> Open {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("map.html");
    std::fs::write(&page, html).unwrap();
    let mut browser = Browser::open(&page, [1280, 800]);
    browser.until("document.querySelector('#v-canvas').dataset.view");
    Open { browser, page, map, _folder: folder }
}

impl Open {
    /// Where a place of the map is on the screen.
    fn screen(&mut self, [x, y]: [f64; 2]) -> [f64; 2] {
        let seen = self.browser.eval(
            "(() => { const c = document.querySelector('#v-canvas'), b = c.getBoundingClientRect(); \
             return [...c.dataset.view.split(' ').map(Number), b.x + b.width / 2, b.y + b.height / 2]; })()",
        );
        let seen: Vec<f64> = (0..5).map(|at| seen[at].as_f64().unwrap()).collect();
        [(x - seen[0]) * seen[2] + seen[3], (y - seen[1]) * seen[2] + seen[4]]
    }

    /// Where the sign of a node is on the screen, if nobody moved it.
    fn sign(&mut self, node: usize) -> [f64; 2] {
        let at = rows(&self.map).at[node];
        self.screen(at)
    }

    fn click_sign(&mut self, node: usize) {
        let at = self.sign(node);
        self.browser.click(at);
    }

    /// Who the panel is about; empty where it is about nobody.
    fn chosen(&mut self) -> String {
        self.browser.text("document.querySelector('#v-panel .heading h2')?.textContent ?? ''")
    }

    fn panel(&mut self) -> String {
        self.browser.text("document.querySelector('#v-panel').textContent")
    }

    fn status(&mut self) -> String {
        self.browser.text("document.querySelector('#v-status').textContent")
    }

    /// How many people, ties or folded groups are shown.
    fn count(&mut self, what: &str) -> usize {
        self.browser
            .text(&format!("document.querySelector('#v-canvas').dataset.{what}"))
            .parse()
            .unwrap()
    }

    fn shows(&mut self, people: usize, ties: usize) {
        assert_eq!((self.count("people"), self.count("ties")), (people, ties), "{}", self.status());
    }

    /// Takes the hook off a box of a list of boxes, or puts it back.
    fn tick(&mut self, list: &str, place: usize) {
        self.browser.click_on(&format!("#v-{list} .box:nth-child({}) input", place + 1));
    }

    fn act(&mut self, name: &str) {
        self.browser.click_on(&format!("[data-act='{name}']"));
    }

    fn is_quiet(&mut self) {
        assert_eq!(self.browser.complaints(), Vec::<serde_json::Value>::new());
    }
}
