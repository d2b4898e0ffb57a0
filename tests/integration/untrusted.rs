//! Text that somebody else chose leaves by few doors, and all of them are known.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::repository;

/// Where text is taken out of its type, and how often: the escape functions of the sinks.
///
/// A new line here is a new door. It must be a function that nothing of a case gets around, with a test in `parse_back` that reads back
/// what went in.
const DOORS: [(&str, usize); 13] = [
    // A digest of names of files, of which nothing can be read.
    ("src/output/drawing/telling.rs", 1),
    ("src/output/csv.rs", 1),
    ("src/output/dot/quote.rs", 1),
    ("src/output/exchange/dl.rs", 1),
    ("src/output/exchange/neo4j.rs", 1),
    ("src/output/exchange/pajek.rs", 1),
    ("src/output/exchange/parquet.rs", 1),
    ("src/output/exchange/xml.rs", 1),
    ("src/output/page/escape.rs", 1),
    ("src/output/parquet.rs", 1),
    ("src/output/svg/escape.rs", 1),
    ("src/output/table.rs", 1),
    // Its own file names the door and tries nothing.
    ("src/untrusted.rs", 0),
];

/// Where values are serialized: JSON for files and programs, JSON within a page, and templates.
const SERIALIZERS: [&str; 3] =
    ["src/output/json_text.rs", "src/output/page/escape.rs", "src/output/report/render.rs"];

/// Every source in a folder with its text as it is compiled: without comments and without unit tests.
fn sources(folder: &Path, ending: &str, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, ending, into);
        } else if path.extension().is_some_and(|own| own == ending) {
            let text = fs::read_to_string(&path).expect("a source is text");
            let name = path.strip_prefix(repository("")).expect("it is in the repository");
            into.insert(name.display().to_string(), compiled(&text));
        }
    }
}

fn compiled(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn all(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    sources(&repository(folder), ending, &mut found);
    assert!(found.len() > 5, "{folder} holds sources");
    found
}

#[test]
fn text_leaves_its_type_by_known_doors_only() {
    let found: BTreeMap<String, usize> = all("src", "rs")
        .into_iter()
        .map(|(name, text)| (name, text.matches(".through(").count()))
        .filter(|(_, times)| *times > 0)
        .collect();
    let known: BTreeMap<String, usize> = DOORS
        .iter()
        .filter(|(_, times)| *times > 0)
        .map(|&(name, times)| (name.into(), times))
        .collect();
    assert_eq!(found, known);
}

#[test]
fn the_type_lends_and_prints_nothing() {
    let text = &all("src", "rs")["src/untrusted.rs"];
    let traits = text
        .lines()
        .filter_map(|line| line.strip_prefix("impl ")?.strip_suffix(" for Untrusted {"));
    let traits: Vec<&str> = traits.collect();
    let harmless = [
        "fmt::Debug",
        "From<&str>",
        "From<String>",
        "PartialEq<str>",
        "PartialEq<&str>",
        "PartialEq<String>",
        "Serialize",
    ];
    assert_eq!(traits, harmless);
    for barred in [
        "for String",
        "for Box<str>",
        "Deref",
        "AsRef",
        "Display",
        "Borrow<str>",
        "-> &str",
        "pub fn through",
    ] {
        assert!(!text.contains(barred), "{barred}");
    }
}

#[test]
fn values_become_json_and_pages_in_few_places() {
    for (name, text) in all("src/output", "rs") {
        let serializes =
            ["serde_json::to_", "serde_json::Value", "json!(", "Serializer::", "Serde("];
        let used: Vec<&str> = serializes.into_iter().filter(|one| text.contains(one)).collect();
        assert!(used.is_empty() || SERIALIZERS.contains(&name.as_str()), "{name}: {used:?}");
    }
}

/// What a report writes as it is: a digest, a plot of numbers and months, and the map, which a sink of its own made. All else is escaped.
const AS_IT_IS: [&str; 3] = ["{{ plot.body|safe }}", "{{ hash|safe }}", "{{ map|safe }}"];

/// What stands in attributes of a report: numbers and names of ours.
const IN_ATTRIBUTES: [&str; 8] = [
    "plot.width",
    "plot.height",
    "lang",
    "hash|safe",
    "say(\"report-contents\")",
    "section",
    "use.id",
    "say(\"section-\" ~ section)",
];

#[test]
fn templates_of_the_report_escape_all_that_is_of_a_case() {
    let templates: BTreeMap<String, String> = all("src/output/report/html", "html")
        .into_iter()
        .chain(all("src/output/report/markdown", "md"))
        .collect();
    for (name, text) in templates {
        let known: String = AS_IT_IS.iter().fold(text.clone(), |text, own| text.replace(own, ""));
        for barred in ["|safe", "| safe", "autoescape", "<script", "onclick", " style=", " src="] {
            assert!(!known.contains(barred), "{name}: {barred}");
        }
        for line in text.lines() {
            for (begin, _) in line.match_indices("=\"") {
                let value = line[begin + 2..].split("\" ").next().unwrap_or_default();
                let value = value.split("\">").next().unwrap_or_default();
                let filled = value.split("{{ ").skip(1).filter_map(|rest| rest.split(" }}").next());
                for one in filled {
                    assert!(IN_ATTRIBUTES.contains(&one), "{name}: {one} in {line}");
                }
            }
        }
    }
}

/// What turns text into markup, into a program, or into a request.
const BARRED_IN_VIEWER: [&str; 25] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "DOMParser",
    "document.write",
    "srcdoc",
    "eval(",
    "Function(",
    "import(",
    "javascript:",
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "window.open",
    "location.",
    "postMessage",
    "localStorage",
    "document.cookie",
    "cssText",
    "insertRule",
    "setAttribute('style'",
    "setAttribute(\"style\"",
];

#[test]
fn the_viewer_puts_text_on_the_page_as_text_only() {
    for (name, text) in all("src/output/page/viewer", "js") {
        for barred in BARRED_IN_VIEWER {
            assert!(!text.contains(barred), "{name}: {barred}");
        }
        for timer in ["setTimeout(", "setInterval("] {
            for called in text.split(timer).skip(1) {
                assert!(
                    !called.trim_start().starts_with(['\'', '"', '`']),
                    "{name}: {timer} with a text"
                );
            }
        }
        // `made.setAttribute(name, value)` makes elements of our own; a style that is set is a number of ours.
        let styles: Vec<&str> = text.lines().filter(|line| line.contains(".style.")).collect();
        assert!(
            styles.iter().all(|line| line.contains(".style.transform = ")),
            "{name}: {styles:?}"
        );
    }
}

/// A source with this line in it.
fn with(line: &str) -> String {
    format!("use crate::untrusted::Untrusted;\n\nfn hole(text: &Untrusted) {{\n    {line}\n}}\n")
}

#[test]
fn a_new_hole_would_be_seen() {
    let hole = compiled(&with("text.through(|raw| print(raw));"));
    assert_eq!(hole.matches(".through(").count(), 1);
    assert!(compiled(&with("// text.through(print)")).matches(".through(").count() == 0);
}
