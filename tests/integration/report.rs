//! The report, read back by parsers and a browser.

use kluwen::finding::Findings;
use kluwen::output::Report;
use pulldown_cmark::{Event, Options, Parser, Tag};
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

use crate::invented::{HOSTILE, findings, shown};
use crate::program::run;

fn html(text: &str) -> String {
    let report = Report { title: format!("Findings {text}"), ..Report::default() };
    report.html(&findings(text))
}

fn parse(html: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(html, options).unwrap()
}

fn text_of(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}

#[test]
fn the_page_is_well_formed_and_shows_hostile_text_as_text() {
    for text in HOSTILE {
        let html = html(text);
        let page = parse(&html);
        let all = text_of(page.root_element());
        assert!(all.matches(&shown(text)).count() >= 10, "{text:?}");
        assert!(page.descendants().all(|node| !node.has_tag_name("script")));
    }
}

#[test]
fn no_attribute_runs_or_styles_anything() {
    let html = html(HOSTILE[4]);
    let page = parse(&html);
    let attributes = page.descendants().flat_map(|node| node.attributes());
    for attribute in attributes {
        let name = attribute.name();
        let barred = ["style", "href", "src", "srcdoc", "action"].contains(&name);
        assert!(!barred && !name.starts_with("on"), "{name}");
    }
}

#[test]
fn the_policy_allows_the_one_style_sheet_only() {
    let html = html("x");
    let page = parse(&html);
    let style = page
        .descendants()
        .find(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "style")));
    let digest = Sha256::digest(style.unwrap().text().unwrap());
    let policy = page
        .descendants()
        .find(|node| node.attribute("http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.unwrap().attribute("content").unwrap();
    let want = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&digest)
    );
    assert_eq!(policy, want);
}

/// Base64, bit by bit: slow and obvious.
fn base64(bytes: &[u8]) -> String {
    let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9');
    let letters: Vec<char> = letters.chain(['+', '/']).collect();
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let letter = |six: &[u8]| {
        let padded = six.iter().chain(&[0; 6]).take(6);
        letters[padded.fold(0, |number, &bit| number * 2 + usize::from(bit))]
    };
    let mut out: String = bits.chunks(6).map(letter).collect();
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

#[test]
fn a_browser_runs_nothing_and_styles_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    std::fs::write(&page, html(&HOSTILE.concat())).unwrap();
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let address = format!("file://{}", page.display());
    let arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", &profile, "--dump-dom", &address];
    let dom = run("chromium", "chromium", &arguments, b"");
    let dom = String::from_utf8(dom).unwrap();
    let title = dom.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(title.starts_with("Findings "), "{title}");
    assert!(!dom.contains("<script") && !dom.contains("<img"));
}

/// What a Markdown reader makes of a report.
fn events(markdown: &str) -> Vec<Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
}

#[test]
fn markdown_shows_hostile_text_as_text() {
    for text in HOSTILE {
        let markdown = Report::default().markdown(&findings(text));
        let events = events(&markdown);
        let all: String = events
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        assert!(all.matches(&shown(text)).count() >= 10, "{text:?}");
        let markup = events.iter().find(|event| {
            matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Code(_)
                    | Event::Start(
                        Tag::Link { .. }
                            | Tag::Image { .. }
                            | Tag::CodeBlock(_)
                            | Tag::Strikethrough
                    )
            )
        });
        assert_eq!(markup, None, "{text:?}");
    }
}

#[test]
fn markdown_has_the_same_shape_whatever_the_text() {
    let shape = |text: &str| -> Vec<std::mem::Discriminant<Event<'static>>> {
        let markdown = Report::default().markdown(&findings(text));
        let events = events(&markdown).into_iter().map(Event::into_static);
        let structure = events.filter(|event| !matches!(event, Event::Text(_)));
        structure.map(|event| std::mem::discriminant(&event)).collect()
    };
    for text in HOSTILE {
        assert_eq!(shape(text), shape("plain"), "{text:?}");
    }
}

#[test]
fn no_raw_markup_survives_for_readers_that_know_no_escapes() {
    let markdown = Report::default().markdown(&findings(&HOSTILE.concat()));
    for canary in ["<script", "<img", "`", "](", "https://", "www.", "\u{202e}", "\u{1b}"] {
        assert!(!markdown.contains(canary), "{canary:?}");
    }
}

#[test]
fn neither_sources_nor_victims_ids_are_shown() {
    let (findings, victims) = study();
    let report = Report::default();
    for text in [report.html(&findings), report.markdown(&findings)] {
        for id in &victims {
            let bare = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == id);
            assert!(!bare, "{id}");
        }
    }
    assert!(!html("x").contains("SECRET SOURCE"));
}

/// The findings of the study case, and the ids of its victims.
fn study() -> (Findings, Vec<String>) {
    use kluwen::case::{ReadOptions, read};
    let taken = read("graphs/study25".as_ref(), &ReadOptions::default()).unwrap();
    let identities = kluwen::identity::Identities::as_given(&taken.case);
    let findings = kluwen::finding::Analysis::default().of(&taken, &identities).unwrap();
    let victims = findings.protected.iter().flat_map(|one| one.person_ids.clone()).collect();
    (findings, victims)
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let (findings, _) = study();
    let report = Report::default();
    assert_eq!(report.html(&findings), report.html(&findings));
    assert_eq!(report.markdown(&findings), report.markdown(&findings));
}

#[test]
fn an_empty_case_is_reported_too() {
    let mut findings = findings("x");
    findings.recruiters.clear();
    findings.channels.clear();
    findings.communities.clear();
    findings.windows.curve.clear();
    let html = Report::default().html(&findings);
    assert!(text_of(parse(&html).root_element()).contains("not that there is nobody"));
    let markdown = Report::default().markdown(&findings);
    assert!(markdown.contains("not that there is nobody"));
}
