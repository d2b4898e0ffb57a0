//! Every control, with a real mouse and real keys.

use kluwen::output::Lang;

use super::{open, ring};

/// A place of the map where nothing is.
const NOWHERE: [f64; 2] = [340.0, 215.0];

#[test]
fn it_opens_without_a_complaint_and_says_what_it_shows() {
    let mut page = open(ring(), Lang::En);
    page.shows(12, 12);
    assert_eq!(page.status(), "12 of 12 people and 12 of 12 ties shown; filters: none");
    assert!(
        page.browser
            .text("document.querySelector('#v-lead').textContent")
            .starts_with("12 people shown of 40")
    );
    page.is_quiet();
}

#[test]
fn a_click_on_a_person_says_who_and_why_ranked() {
    let mut page = open(ring(), Lang::En);
    page.click_sign(0);
    assert_eq!(page.chosen(), "E1");
    let panel = page.panel();
    for said in [
        "Why ranked",
        "rank 1 among recurring recruiters, 97%",
        "1 to 3",
        "4.1",
        "3.2",
        "Caution: acquitted in E1; its rows do not count",
        "Episode 1",
        "first contact",
        "recruiter: E1, c2",
    ] {
        assert!(panel.contains(said), "{said}: {panel}");
    }
    assert!(!panel.contains("SECRET SOURCE"));
    page.browser.click_on("[data-list='neighbors'] li button");
    assert_eq!(page.chosen(), "E2");
    page.browser.click_on(".close");
    assert_eq!(page.chosen(), "");
    page.is_quiet();
}

#[test]
fn a_click_on_a_tie_shows_its_rows() {
    let mut page = open(ring(), Lang::En);
    let between = page.screen([120.0, 50.0]);
    page.browser.click(between);
    assert_eq!(page.chosen(), "recruited (3)");
    let panel = page.panel();
    for said in ["E1 → E2", "2019-01-01", "0.90", "links.csv:88", "not an accusation"] {
        assert!(panel.contains(said), "{said}: {panel}");
    }
}

#[test]
fn keys_move_between_people_and_let_go() {
    let mut page = open(ring(), Lang::En);
    let nowhere = page.screen(NOWHERE);
    page.browser.click(nowhere);
    page.browser.key("Tab");
    assert_eq!(page.chosen(), "E1", "the ranked come first");
    page.browser.key("Tab");
    assert_eq!(page.chosen(), "E2");
    page.browser.key("Shift+Tab");
    page.browser.key("ArrowDown");
    assert_eq!(page.chosen(), "E5");
    page.browser.key("ArrowRight");
    assert_eq!(page.chosen(), "E6");
    page.browser.key("ArrowUp");
    page.browser.key("ArrowLeft");
    assert_eq!(page.chosen(), "E1");
    assert!(page.status().contains("E1, recruiter"), "{}", page.status());
    page.browser.key("Enter");
    assert_eq!(
        page.browser.eval("document.querySelector('#v-panel').contains(document.activeElement)"),
        true
    );
    page.browser.eval("document.querySelector('#v-canvas').focus()");
    page.browser.key("Escape");
    assert_eq!(page.chosen(), "");
    page.browser.key("Tab");
    assert_ne!(page.browser.text("document.activeElement.id"), "v-canvas");
    page.is_quiet();
}

#[test]
fn keys_wheel_buttons_and_fingers_zoom() {
    let mut page = open(ring(), Lang::En);
    let scale = "Number(document.querySelector('#v-canvas').dataset.view.split(' ')[2])";
    let whole = page.browser.eval(scale).as_f64().unwrap();
    let nowhere = page.screen(NOWHERE);
    page.browser.click(nowhere);
    page.browser.key("+");
    page.browser.until(&format!("{scale} > {whole} * 1.2"));
    page.browser.key("-");
    page.browser.key("-");
    page.browser.until(&format!("{scale} < {whole} * 0.9"));
    page.browser.key("0");
    page.browser.until(&format!("Math.abs({scale} - {whole}) < 1e-6"));
    // What is under the pointer stays there.
    let before = page.sign(5);
    page.browser.wheel(before, -200.0);
    page.browser.until(&format!("{scale} > {whole} * 1.1"));
    let after = page.sign(5);
    assert!(
        (before[0] - after[0]).abs() < 1.5 && (before[1] - after[1]).abs() < 1.5,
        "{before:?} {after:?}"
    );
    page.browser.click_on("#v-fit");
    page.browser.until(&format!("Math.abs({scale} - {whole}) < 1e-6"));
    page.browser.click_on("#v-in");
    page.browser.until(&format!("{scale} > {whole} * 1.2"));
    page.browser.click_on("#v-fit");
    page.browser.pinch(before, 100.0, 200.0);
    page.browser.until(&format!("{scale} > {whole} * 1.5"));
}

#[test]
fn dragging_the_ground_moves_all_and_a_sign_that_sign_only() {
    let mut page = open(ring(), Lang::En);
    let (from, other) = (page.sign(0), page.sign(6));
    let to = page.screen([120.0, 105.0]);
    page.browser.drag(from, to, 6);
    page.browser.click(to);
    assert_eq!(page.chosen(), "E1");
    assert_eq!(
        page.browser.text("document.querySelector('[data-act=pin]').getAttribute('aria-pressed')"),
        "true"
    );
    page.browser.click(other);
    assert_eq!(page.chosen(), "E7");
    let nowhere = page.screen(NOWHERE);
    page.browser.drag(nowhere, [nowhere[0] + 80.0, nowhere[1] + 40.0], 5);
    page.browser.click([other[0] + 80.0, other[1] + 40.0]);
    assert_eq!(page.chosen(), "E7");
    page.is_quiet();
}

#[test]
fn search_finds_by_code_role_and_case() {
    let mut page = open(ring(), Lang::En);
    for (query, found) in
        [("e12", "1"), ("victim", "4"), ("c2", "12"), ("groomer", "0"), ("RECRUITER", "12")]
    {
        let nowhere = page.screen(NOWHERE);
        page.browser.click(nowhere);
        page.browser.key("/");
        page.browser.eval("document.activeElement.select()");
        page.browser.write(query);
        assert_eq!(
            page.browser.text("document.querySelector('#v-canvas').dataset.found"),
            found,
            "{query}"
        );
        page.browser.key("Escape");
    }
    page.browser.key("/");
    page.browser.write("E12");
    page.browser.key("Enter");
    assert_eq!(page.chosen(), "E12");
}

#[test]
fn parts_kinds_and_communities_filter() {
    let mut page = open(ring(), Lang::En);
    page.tick("parts", 1);
    page.shows(8, 4);
    assert!(
        page.status().ends_with("filters: sorts of people or things off: 1"),
        "{}",
        page.status()
    );
    page.tick("parts", 1);
    page.tick("kinds", 0);
    assert_eq!(page.count("ties"), 7);
    page.tick("kinds", 0);
    page.shows(12, 12);
    page.browser.eval("document.querySelector('#v-community').focus()");
    page.browser.key("ArrowDown");
    page.browser.until("document.querySelector('#v-canvas').dataset.people === '4'");
    assert!(page.status().contains("community 1"));
    page.browser.click_on("#v-reset");
    page.shows(12, 12);
}

#[test]
fn certainty_filters() {
    let mut page = open(ring(), Lang::En);
    page.browser.eval("document.querySelector('#v-least').focus()");
    for _ in 0..14 {
        page.browser.key("ArrowRight");
    }
    page.shows(6, 3);
    assert!(page.status().contains("certainty from 0.70"), "{}", page.status());
    page.browser.key("End");
    page.shows(0, 0);
}

#[test]
fn time_narrows_and_plays() {
    let mut page = open(ring(), Lang::En);
    page.browser.eval("document.querySelector('#v-to').focus()");
    page.browser.key("Home");
    page.shows(3, 2);
    assert!(page.status().contains("2019-01-01 – 2019-01-01"), "{}", page.status());
    page.browser.click_on("#v-undated");
    page.shows(2, 1);
    assert!(page.status().contains("undated ties hidden: 1"));
    page.browser.eval("window.seen = new Set(); new MutationObserver(() => \
        window.seen.add(document.querySelector('#v-canvas').dataset.ties)).observe(document.querySelector('#v-canvas'), { attributes: true })");
    page.browser.click_on("#v-play");
    page.browser.until("document.querySelector('#v-canvas').dataset.playing === 'yes'");
    page.browser.until("document.querySelector('#v-canvas').dataset.playing === 'no'");
    page.shows(12, 11);
    let months = page.browser.eval("window.seen.size").as_u64().unwrap();
    assert!(months >= 8, "{months} different months were seen");
    page.browser.click_on("#v-monthly");
    page.browser.click_on("#v-play");
    page.browser.until("document.querySelector('#v-canvas').dataset.playing === 'no'");
    page.shows(2, 1);
}

#[test]
fn hiding_expanding_and_surroundings() {
    let mut page = open(ring(), Lang::En);
    page.click_sign(1);
    page.act("hide");
    page.shows(11, 10);
    assert!(page.status().contains("hidden by hand: 1"));
    page.click_sign(0);
    page.act("expand");
    page.shows(12, 12);
    page.browser.eval("document.querySelector('.acts select').focus()");
    page.browser.key("ArrowDown");
    page.browser.until("document.querySelector('#v-canvas').dataset.people === '3'");
    assert!(page.status().contains("up to distance 1 from E1"), "{}", page.status());
    page.browser.click_on("#v-reset");
    page.shows(12, 12);
    // A double click shows who is around again.
    page.click_sign(1);
    page.act("hide");
    let at = page.sign(0);
    page.browser.double_click(at);
    page.shows(12, 12);
}

#[test]
fn communities_fold_into_one_sign_and_unfold() {
    let mut page = open(ring(), Lang::En);
    page.click_sign(0);
    page.act("fold");
    assert_eq!((page.count("people"), page.count("groups")), (8, 1));
    assert_eq!(page.chosen(), "Community 1 · 4 shown");
    assert!(page.status().contains("communities folded: 1 (people: 4)"), "{}", page.status());
    page.act("unfold");
    page.shows(12, 12);
    page.browser.click_on("#v-fold-all");
    assert_eq!((page.count("people"), page.count("groups")), (4, 2));
    page.browser.click_on("#v-unfold-all");
    page.shows(12, 12);
    page.is_quiet();
}

#[test]
fn the_table_shows_what_the_map_shows() {
    let mut page = open(ring(), Lang::En);
    page.browser.click_on("#v-open-table");
    let rows = "document.querySelectorAll('#v-table tbody tr').length";
    assert_eq!(page.browser.eval(rows), 12);
    page.tick("parts", 1);
    assert_eq!(page.browser.eval(rows), 8);
    let first = "document.querySelector('#v-table tbody td').textContent";
    assert_eq!(page.browser.text(first), "E1");
    page.browser.click_on("#v-table th button");
    assert_eq!(page.browser.text(first), "E12");
    assert_eq!(page.browser.text("document.querySelector('#v-table th').ariaSort"), "descending");
    page.browser.click_on("#v-table tbody button");
    assert_eq!(page.chosen(), "E12");
    page.browser.click_on("#v-table .row button:nth-child(2)");
    assert_eq!(page.browser.eval(rows), 4);
    assert_eq!(
        page.browser.text("document.querySelector('#v-table caption').textContent"),
        page.status()
    );
}
