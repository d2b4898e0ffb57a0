//! The report, as HTML and as Markdown.

use kluwen::error::printable;
use kluwen::output::{Lang, Report};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use roxmltree::{Document, ParsingOptions};

use super::names::{cases, name};
use crate::invented::findings;

fn report(name: &str) -> Report {
    Report { title: Some(format!("Findings {name}")), lang: Lang::Nl, ..Report::default() }
}

/// How often text must be seen that stands everywhere.
const OFTEN: usize = 10;

/// What elements and attributes a page has, whatever its texts.
fn shape(html: &str) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let page = Document::parse_with_options(html, options).unwrap();
    let elements = page.descendants().filter(roxmltree::Node::is_element);
    let told = |node: roxmltree::Node<'_, '_>| {
        let names: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        format!("{} {}", node.tag_name().name(), names.join(" "))
    };
    elements.map(told).collect()
}

/// Everything that a reader may take for markup; only what replaces letters by prettier ones is off.
fn extensions() -> Options {
    Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)
}

/// Whether nothing of it is more than text: no link, picture, code, heading or HTML that a text made.
fn structure(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, extensions());
    events
        .filter(|event| !matches!(event, Event::Text(_)))
        .map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => format!("heading {level}"),
            other => format!("{other:?}").split(['(', '{']).take(2).collect(),
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn a_report_shows_names_and_is_shaped_by_none(name in name()) {
        let plain = if name.is_empty() { "" } else { "plain" };
        let html = report(&name).html(&findings(&name), None);
        prop_assert_eq!(shape(&html), shape(&report(plain).html(&findings(plain), None)));
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let page = Document::parse_with_options(&html, options).unwrap();
        let texts: String = page.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
        prop_assert!(texts.matches(&printable(&name)).count() >= OFTEN);

        let markdown = report(&name).markdown(&findings(&name));
        let wanted = structure(&report(plain).markdown(&findings(plain)));
        prop_assert_eq!(structure(&markdown), wanted);
        let texts: String = Parser::new_ext(&markdown, extensions()).filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        }).collect();
        prop_assert!(texts.matches(&printable(&name)).count() >= OFTEN);
    }
}
