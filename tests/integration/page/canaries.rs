//! A case in which every text is a trap, on the pages that are made of it, in a real browser: nothing runs, nothing is asked for.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::common::{Folder, on_case};

/// What would run, or ask for something, if anything took it for more than text. Each says so by a global.
const TRAPS: [&str; 10] = [
    "<img src=x onerror=\"window.canary='img'\">",
    "\"><script>window.canary='script'</script>",
    "'\" onmouseover=\"window.canary='over'\" autofocus onfocus=\"window.canary='focus'\" x='",
    "javascript:window.canary='address'",
    "</script></style></title></svg><script>window.canary='end'</script>",
    "<svg><animate onbegin=\"window.canary='svg'\"/><a href=\"javascript:alert(1)\">x</a></svg>",
    "<iframe srcdoc=\"<script>parent.canary='frame'</script>\"></iframe>",
    "url(https://canary.example/x.png) @import 'https://canary.example/x.css';",
    "${window.canary='template'}{{constructor.constructor('window.canary=1')()}}",
    "]]><!--<link rel=stylesheet href=https://canary.example/x.css>",
];

/// All traps as one text, another one first in each place.
fn trap(first: usize) -> String {
    let at = first % TRAPS.len();
    [&TRAPS[at..], &TRAPS[..at]].concat().concat()
}

/// Every field of every table holds a trap.
fn case() -> String {
    let id = |kind: &str, number: usize| format!("{}{kind}{number}", trap(number));
    let mut rows: Vec<Value> = (1..=3)
        .map(|n| json!({"table": "cases", "case_id": id("c", n), "unit": trap(n), "outcome": trap(n), "purpose": trap(n)}))
        .collect();
    rows.extend((1..=5).map(|n| {
        json!({"table": "people", "person_id": id("p", n), "name": trap(n + 3), "alias": trap(n + 5), "sex": trap(n),
            "source": trap(n), trap(n): trap(n)})
    }));
    rows.extend([
        json!({"table": "channels", "channel_id": id("ch", 1), "name": trap(2), "class": "game"}),
        json!({"table": "places", "place_id": id("pl", 1), "name": trap(4), "class": "hotel"}),
        json!({"table": "identifiers", "person_id": id("p", 1), "kind": "handle", "value": trap(6)}),
        json!({"table": "identifiers", "person_id": id("p", 5), "kind": "handle", "value": trap(6)}),
    ]);
    for n in 1..=3 {
        let (case, victim) = (id("c", n), id("p", n + 1));
        let act = |kind: &str, month: usize| {
            json!({"table": "links", "link_id": id(kind, n), "from": id("p", 1), "to": victim, "kind": kind, "case_id": case,
                "channel_id": id("ch", 1), "place_id": id("pl", 1), "start": format!("201{n}-0{month}"),
                "source": trap(n + month), "grade": "B2", trap(1): trap(n)})
        };
        rows.extend([
            json!({"table": "roles", "case_id": case, "person_id": victim, "role": "victim", "minor": "yes", "source": trap(n)}),
            json!({"table": "roles", "case_id": case, "person_id": id("p", 1), "role": "recruiter", "source": trap(n)}),
            json!({"table": "roles", "case_id": case, "person_id": id("p", 5), "role": "driver", "source": trap(n)}),
            act("first_contact", 1),
            act("recruited", 2),
            act("exploited", 4),
            json!({"table": "links", "from": id("p", 5), "to": victim, "kind": "transported", "case_id": case,
                "start": format!("201{n}-05"), "source": trap(n)}),
            json!({"table": "ads", "ad_id": id("a", n), "channel_id": id("ch", 1), "case_id": case, "victim_id": victim,
                "phone": trap(n), "handle": trap(n), "price": trap(n), "image": trap(n), "text": trap(n), "posted": "2019"}),
        ]);
    }
    rows.iter().map(|row| row.to_string() + "\n").collect()
}

/// The report and the map of that case in a language.
fn pages(folder: &Folder, lang: &str) -> [PathBuf; 2] {
    // A name of a file has no `/`.
    let name = trap(0).replace('/', "").chars().take(180).collect::<String>() + ".jsonl";
    let case = folder.write(&name, case());
    let [findings, map] =
        [format!("findings-{lang}"), format!("map-{lang}.html")].map(|name| folder.join(&name));
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    let words = ["--out", &text(&findings), "--reveal", &trap(1), "--lang", lang];
    on_case("analyse", &case, &words).fine();
    let words = ["--out", &text(&map), "--title", &trap(7), "--reveal", &trap(8), "--lang", lang];
    on_case("map", &case, &[&words[..], &["--with", "channels,places,identifiers,cases"]].concat())
        .fine();
    [findings.join("report.html"), map]
}

/// Opens a page so that all it asks for is seen.
fn watched(page: &Path) -> Browser {
    let mut browser = Browser::open(page, [1280, 900]);
    browser.call("Network.enable", json!({}));
    browser.events();
    browser.go(page);
    browser
}

/// What a page did that no page of ours does: it ran a trap, opened a dialog, asked for something, or was stopped by its policy.
fn misdeeds(browser: &mut Browser) -> Vec<String> {
    let mut found = Vec::new();
    let canary = browser.text("String(window.canary)");
    if canary != "undefined" {
        found.push(format!("ran {canary}"));
    }
    for event in browser.events() {
        let (method, told) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
        match method {
            "Network.requestWillBeSent" => {
                let url = told["request"]["url"].as_str().unwrap_or_default();
                let own = url == told["documentURL"]
                    || url.starts_with("data:")
                    || url.starts_with("blob:");
                if !own {
                    found.push(format!("asked for {url}"));
                }
            }
            "Page.javascriptDialogOpening"
            | "Log.entryAdded"
            | "Runtime.exceptionThrown"
            | "Runtime.consoleAPICalled" => found.push(format!("{method}: {told}")),
            _ => {}
        }
    }
    found
}

/// Elements and attributes that only a trap can have made.
fn assert_no_strange_element(browser: &mut Browser, most_scripts: u64) {
    let count = |browser: &mut Browser, selector: &str| {
        browser.eval(&format!("document.querySelectorAll({}).length", json!(selector))).as_u64()
    };
    for selector in [
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "link",
        "animate",
        "foreignObject",
        "[srcdoc]",
        "svg a",
    ] {
        assert_eq!(count(browser, selector), Some(0), "{selector}");
    }
    assert!(count(browser, "script") <= Some(most_scripts));
    let handlers = "[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith('on') \
        || (/^(href|src|action|xlink:href)$/.test(a.name) && !/^(#|data:|blob:|$)/.test(a.value))).map((a) => a.name).join()";
    assert_eq!(browser.text(handlers), "");
}

/// Points at and clicks on every sign of a map, and opens all that the panel has to say; gives the parts that were opened.
fn go_over_the_map(browser: &mut Browser) -> Vec<String> {
    browser.until("document.querySelector('#v-canvas').dataset.view");
    browser.click_on("#v-fit");
    let signs = "(() => { const d = JSON.parse(document.querySelector('#v-data').textContent); \
        return d.nodes.map((n) => [...n.at, d.parts[n.part].code, n.label]); })()";
    let signs = browser.eval(signs);
    let mut opened = Vec::new();
    for sign in signs.as_array().expect("signs") {
        let place = browser.eval(&format!(
            "(() => {{ const c = document.querySelector('#v-canvas'), b = c.getBoundingClientRect(); \
             const [x, y, s] = c.dataset.view.split(' ').map(Number); \
             return [({} - x) * s + b.x + b.width / 2, ({} - y) * s + b.y + b.height / 2]; }})()",
            sign[0], sign[1]
        ));
        let at = [0, 1].map(|axis| place[axis].as_f64().expect("a place"));
        browser.point(at);
        browser.click(at);
        if browser.text("document.querySelector('#v-panel .heading h2')?.textContent ?? ''")
            != sign[3]
        {
            continue;
        }
        browser.eval(
            "document.querySelectorAll('#v-panel details').forEach((one) => { one.open = true; })",
        );
        if browser.eval("!!document.querySelector('#v-panel [data-list] li li button')") == true {
            browser.click_on("#v-panel [data-list] li li button");
        }
        opened.push(sign[2].as_str().expect("a code").to_owned());
    }
    opened
}

/// Everything else that puts text of a case on the page.
fn try_the_controls(browser: &mut Browser) {
    browser.click_on("#v-search");
    browser.write("canary");
    browser.until("document.querySelectorAll('#v-found li').length");
    browser.click_on("#v-found li button");
    for button in [
        "#v-open-table",
        "#v-lang",
        "#v-theme",
        "#v-phrases",
        "#v-monthly",
        "#v-lang",
        "#v-save-svg",
    ] {
        browser.click_on(button);
    }
    assert!(
        browser.eval("document.querySelectorAll('#v-table tr').length > 3").as_bool() == Some(true)
    );
}

#[test]
fn traps_in_every_field_are_text_on_every_page() {
    let folder = Folder::of::<&str>(&[]);
    for lang in ["en", "nl"] {
        let [report, map] = pages(&folder, lang);
        let mut browser = watched(&report);
        browser.eval("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        let seen = browser.text("document.body.textContent");
        assert!(TRAPS.iter().all(|trap| seen.contains(trap)), "they are shown as they are");
        for selector in ["nav a", "h1", "table td", "svg"] {
            browser.click_on(selector);
        }
        assert_no_strange_element(&mut browser, 0);
        assert_eq!(misdeeds(&mut browser), Vec::<String>::new(), "{lang} report");

        browser.go(&map);
        let mut opened = go_over_the_map(&mut browser);
        try_the_controls(&mut browser);
        assert_no_strange_element(&mut browser, 2);
        assert_eq!(misdeeds(&mut browser), Vec::<String>::new(), "{lang} map");
        opened.sort();
        opened.dedup();
        let parts =
            ["case-file", "channel", "facilitator", "identifier", "place", "recruiter", "victim"];
        assert_eq!(opened, parts, "each kind of sign was opened");
    }
}

/// The same watch on a page without a policy that takes text for markup: it must see all of it.
#[test]
fn a_page_with_a_hole_would_be_seen() {
    let page = format!("<!DOCTYPE html><title>x</title><body>{}</body>", TRAPS[0]);
    let folder = Folder::of(&[("open.html", page.clone())]);
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
    folder.write("strict.html", page.replace("<title>", &format!("{policy}<title>")));
    let mut browser = watched(&folder.join("open.html"));
    browser.until("window.canary");
    let found = misdeeds(&mut browser);
    assert!(found.iter().any(|one| one == "ran img"), "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("asked for file://")), "{found:?}");
    browser.go(&folder.join("strict.html"));
    let found = misdeeds(&mut browser);
    assert!(found.iter().any(|one| one.contains("Content Security Policy")), "{found:?}");
}
