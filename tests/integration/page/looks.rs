//! Languages, light and dark, paper, and what is saved.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use kluwen::output::Lang;
use roxmltree::Document;
use serde_json::json;

use super::{open, ring};

#[test]
fn both_languages_are_there() {
    let mut page = open(ring(), Lang::Nl);
    assert!(page.status().starts_with("12 van 12 personen"), "{}", page.status());
    assert_eq!(page.browser.text("document.documentElement.lang"), "nl");
    page.click_sign(1);
    assert!(page.panel().contains("slachtoffer"), "{}", page.panel());
    page.browser.click_on("#v-lang");
    assert!(page.status().starts_with("12 of 12 people"), "{}", page.status());
    assert!(page.panel().contains("A victim"), "{}", page.panel());
    page.is_quiet();
}

/// The color at the upper left corner of the map.
const CORNER: &str = "[...document.querySelector('#v-canvas').getContext('2d').getImageData(1, 1, 1, 1).data].slice(0, 3).reduce((a, b) => a + b)";

#[test]
fn it_is_dark_where_the_reader_wants_it_and_turns_light() {
    let mut page = open(ring(), Lang::En);
    page.browser.until(&format!("{CORNER} === 765"));
    let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    page.browser.call("Emulation.setEmulatedMedia", dark);
    page.browser.until(&format!("{CORNER} < 150"));
    page.browser.click_on("#v-theme");
    page.browser.until(&format!("{CORNER} === 765"));
}

#[test]
fn texts_can_be_read_on_their_ground() {
    // Contrast as WCAG 2 has it, in the page, of every text in light and in dark.
    const LEAST: &str = "(() => {
        const lum = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
        const ground = (e) => { for (let n = e; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor);
            if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
        let least = [99, ''];
        for (const e of document.querySelectorAll('#v-app *')) {
            if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
            const [a, b] = [lum(rgb(getComputedStyle(e).color).slice(0, 3)), lum(ground(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 120)];
        }
        return least;
    })()";
    let mut page = open(ring(), Lang::En);
    page.click_sign(0);
    page.browser.click_on("#v-open-table");
    for _ in 0..2 {
        let least = page.browser.eval(LEAST);
        assert!(least[0].as_f64().unwrap() >= 4.5, "{least}");
        page.browser.click_on("#v-theme");
    }
}

#[test]
fn without_scripts_and_on_paper_the_picture_is_shown() {
    let sees = |selector: &str| {
        format!("document.querySelector('{selector}').getClientRects().length > 0")
    };
    let (picture, viewer) = (sees("#v-static > svg"), sees("#v-app"));
    let mut page = open(ring(), Lang::En);
    assert_eq!(page.browser.eval(&picture), false);
    page.browser.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert_eq!(page.browser.eval(&picture), true);
    assert_eq!(page.browser.eval(&viewer), false);
    page.browser.call("Emulation.setEmulatedMedia", json!({ "media": "" }));
    page.browser.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    let path = page.page.clone();
    page.browser.go(&path);
    page.browser.until(&picture);
    assert_eq!(page.browser.eval(&viewer), false);
    let said = page.browser.text("document.querySelector('#v-static').innerText");
    assert!(said.contains("Harbor") && said.contains("not an accusation"), "{said}");
}

#[test]
fn what_is_shown_is_saved_as_svg() {
    let mut page = open(ring(), Lang::En);
    page.tick("parts", 1);
    page.browser.click_on("#v-save-svg");
    let svg = String::from_utf8(page.browser.saved_file("map.svg")).unwrap();
    let drawn = Document::parse(&svg).unwrap();
    let texts: Vec<&str> = drawn
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    let people = texts.iter().filter(|text| text.starts_with('E')).count();
    assert_eq!(people, 8, "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("8 of 12 people")), "{texts:?}");
    page.is_quiet();
}

#[test]
fn what_is_in_sight_is_saved_as_png() {
    let mut page = open(ring(), Lang::En);
    page.browser.click_on("#v-save-png");
    let png = page.browser.saved_file("map.png");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let (mut rest, mut packed) = (&png[8..], Vec::new());
    while rest.len() >= 12 {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        if &rest[4..8] == b"IDAT" {
            packed.extend_from_slice(&rest[8..8 + length]);
        }
        rest = &rest[12 + length..];
    }
    let mut pixels = Vec::new();
    ZlibDecoder::new(packed.as_slice()).read_to_end(&mut pixels).unwrap();
    // Differences between pixels: a picture of one color has next to none.
    let strokes = pixels.iter().filter(|byte| **byte != 0 && **byte != 255).count();
    assert!(strokes > 2000, "{strokes}");
}

#[test]
fn the_button_prints_what_is_shown() {
    let mut page = open(ring(), Lang::En);
    page.tick("parts", 1);
    page.browser.eval(
        "window.print = () => { const i = document.querySelector('#v-paper'); window.printed = [i.naturalWidth, i.alt, document.documentElement.className]; }",
    );
    page.browser.click_on("#v-print");
    page.browser.until("window.printed");
    let printed = page.browser.eval("window.printed");
    assert!(printed[0].as_u64().unwrap() > 100, "{printed}");
    assert!(printed[1].as_str().unwrap().starts_with("8 of 12 people"), "{printed}");
    assert_eq!(printed[2], "live paper");
    page.is_quiet();
}
