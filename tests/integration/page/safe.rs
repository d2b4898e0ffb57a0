//! Nothing of a case runs, nothing goes out, and victims are not ranked.

use kluwen::output::Lang;
use sha2::{Digest, Sha256};

use super::{open, ring, text};
use crate::invented::{HOSTILE, map, shown};

#[test]
fn hostile_texts_are_shown_and_do_nothing() {
    let texts: Vec<String> = HOSTILE.map(ToOwned::to_owned).into();
    let mut page = open(map(&texts), Lang::En);
    let title = page.browser.text("document.title");
    assert_eq!(title, shown(&texts.concat()).split_whitespace().collect::<Vec<_>>().join(" "));
    for (place, text) in texts.iter().enumerate() {
        page.click_sign(place);
        assert_eq!(page.chosen(), shown(text));
        assert!(page.panel().contains(&shown(text)));
    }
    for (selector, most) in [
        ("script", 2),
        ("style", 1),
        ("img", 1),
        ("a", 0),
        ("iframe", 0),
        ("[href]", 0),
        ("[style]", 1),
    ] {
        let found = page.browser.eval(&format!("document.querySelectorAll('{selector}').length"));
        assert!(found.as_u64().unwrap() <= most, "{selector}: {found}");
    }
    page.browser.click_on("#v-save-svg");
    let svg = String::from_utf8(page.browser.saved_file("map.svg")).unwrap();
    let drawn = roxmltree::Document::parse(&svg).unwrap();
    assert!(
        drawn.descendants().all(|node| !node.has_tag_name("script") && !node.has_tag_name("image"))
    );
    assert_eq!(page.browser.text("document.title"), title);
    page.is_quiet();
}

#[test]
fn the_policy_lets_our_script_and_style_run_and_nothing_else() {
    let page = text(&ring(), Lang::En);
    let between = |begin: &str, end: &str| {
        page.split_once(begin).unwrap().1.split_once(end).unwrap().0.to_owned()
    };
    let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let rules: Vec<&str> = policy.split("; ").collect();
    let names: Vec<&str> = rules.iter().filter_map(|rule| rule.split(' ').next()).collect();
    assert_eq!(
        names,
        ["default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"]
    );
    assert_eq!((rules[0], rules[3]), ("default-src 'none'", "img-src data: blob:"));
    assert_eq!((rules[4], rules[5]), ("base-uri 'none'", "form-action 'none'"));
    for (rule, text) in
        [(rules[1], between("<script>", "</script>")), (rules[2], between("<style>", "</style>"))]
    {
        let hash = rule.split_once("'sha256-").unwrap().1.strip_suffix('\'').unwrap();
        assert_eq!(hash.len(), 44);
        assert_eq!(crate::browser::from_base64(hash), Sha256::digest(text.as_bytes()).to_vec());
    }
    for barred in [
        "http:",
        "https:",
        "innerHTML",
        "eval(",
        "Function(",
        "unsafe-",
        "fetch(",
        "XMLHttp",
        "WebSocket",
    ] {
        let ours = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!ours.contains(barred), "{barred}");
    }
}

#[test]
fn a_victim_has_no_rank_whatever_the_map_says() {
    let mut map = ring();
    map.nodes[1].ranked = map.nodes[0].ranked.clone();
    map.nodes[1].recurrence = Some((1, 0.99));
    map.nodes[1].size = 2;
    let mut page = open(map, Lang::En);
    page.click_sign(1);
    let panel = page.panel();
    assert!(panel.contains("never ranked") && !panel.contains("Why ranked"), "{panel}");
    assert!(!panel.contains("recurring"), "{panel}");
    let data = "JSON.parse(document.querySelector('#v-data').textContent).nodes[1]";
    assert_eq!(
        page.browser.eval(&format!("'why' in {data} || 'rank' in {data} || 'size' in {data}")),
        false
    );
}

#[test]
fn the_same_map_gives_the_same_bytes_and_no_source_is_in_them() {
    let page = text(&ring(), Lang::En);
    assert_eq!(page, text(&ring(), Lang::En));
    assert!(!page.contains("SECRET SOURCE"));
}

#[test]
fn an_empty_map_opens() {
    let mut page = open(kluwen::finding::Map::default(), Lang::En);
    page.shows(0, 0);
    page.browser.click_on("#v-open-table");
    page.browser.click_on("#v-save-svg");
    page.browser.saved_file("map.svg");
    page.is_quiet();
}
