//! The report, read back by parsers and a browser.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kluwen::finding::Findings;
use kluwen::output::{Lang, Report};
use pulldown_cmark::{Event, Options, Parser, Tag};
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

use crate::invented::{HOSTILE, findings, shown};
use crate::program::run;

const LANGS: [Lang; 2] = [Lang::En, Lang::Nl];

/// A map as an SVG writer would draw it, with a text of a case.
const MAP: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\
                   <circle cx=\"4\" cy=\"4\" r=\"2\" fill=\"#ffffff\"/><text>V9 &lt;script&gt;</text></svg>\n";

fn report(lang: Lang) -> Report {
    Report { lang, ..Report::default() }
}

fn html(text: &str, lang: Lang) -> String {
    let report = Report { title: Some(format!("Findings {text}")), ..report(lang) };
    report.html(&findings(text), Some(MAP))
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
    for (text, lang) in everywhere() {
        let html = html(text, lang);
        let page = parse(&html);
        let all = text_of(page.root_element());
        assert!(all.matches(&shown(text)).count() >= 10, "{text:?}");
        assert!(page.descendants().all(|node| !node.has_tag_name("script")));
    }
}

/// Every hostile text, in every language.
fn everywhere() -> impl Iterator<Item = (&'static str, Lang)> {
    HOSTILE.into_iter().flat_map(|text| LANGS.map(|lang| (text, lang)))
}

#[test]
fn no_attribute_runs_or_styles_anything_and_links_stay_in_the_page() {
    for lang in LANGS {
        let html = html(HOSTILE[4], lang);
        let page = parse(&html);
        let ids: Vec<&str> = page.descendants().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are unique: {ids:?}");
        let attributes = page.descendants().flat_map(|node| node.attributes());
        for attribute in attributes {
            let (name, value) = (attribute.name(), attribute.value());
            if name == "href" {
                let place = value.strip_prefix('#').unwrap_or_else(|| panic!("{value} leads out"));
                assert!(ids.contains(&place), "{value} leads nowhere");
            }
            let barred = ["style", "src", "srcdoc", "action"].contains(&name);
            assert!(!barred && !name.starts_with("on"), "{name}");
        }
    }
}

#[test]
fn the_map_stands_in_the_page_and_a_map_that_could_run_does_not() {
    let findings = findings("x");
    let of = |map: Option<&str>| report(Lang::En).html(&findings, map);
    let drawn = of(Some(MAP));
    let page = parse(&drawn);
    let figure = page.descendants().find(|node| node.attribute("class") == Some("map")).unwrap();
    assert!(
        figure
            .descendants()
            .any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "circle")))
    );
    assert!(text_of(figure).contains("V9 <script>") && text_of(figure).contains("map.html"));
    assert!(!drawn.contains("<?xml"));
    for body in ["<script>x</script>", "<style>x</style>", "<foreignObject/>", "<image href='x'/>"]
    {
        let page = of(Some(&format!("<svg>{body}</svg>")));
        assert_eq!(page, of(None), "{body}");
    }
    assert!(text_of(parse(&of(None)).root_element()).contains("map.svg"));
}

#[test]
fn the_policy_allows_the_one_style_sheet_only() {
    for lang in LANGS {
        policy_of(&html("x", lang));
    }
}

fn policy_of(html: &str) {
    let page = parse(html);
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
    LANGS.into_iter().for_each(opened_in_a_browser);
}

fn opened_in_a_browser(lang: Lang) {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    std::fs::write(&page, html(&HOSTILE.concat(), lang)).unwrap();
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
    for (text, lang) in everywhere() {
        let markdown = report(lang).markdown(&findings(text));
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
    let shape = |text: &str, lang| -> Vec<std::mem::Discriminant<Event<'static>>> {
        let markdown = report(lang).markdown(&findings(text));
        let events = events(&markdown).into_iter().map(Event::into_static);
        let structure = events.filter(|event| !matches!(event, Event::Text(_)));
        structure.map(|event| std::mem::discriminant(&event)).collect()
    };
    for (text, lang) in everywhere() {
        assert_eq!(shape(text, lang), shape("plain", Lang::En), "{text:?} {lang:?}");
    }
}

#[test]
fn no_raw_markup_survives_for_readers_that_know_no_escapes() {
    for lang in LANGS {
        let markdown = report(lang).markdown(&findings(&HOSTILE.concat()));
        for canary in ["<script", "<img", "`", "](", "https://", "www.", "\u{202e}", "\u{1b}"] {
            assert!(!markdown.contains(canary), "{canary:?}");
        }
    }
}

#[test]
fn neither_sources_nor_victims_ids_are_shown() {
    let (findings, victims) = study();
    for text in LANGS.into_iter().flat_map(|lang| both(findings, lang)) {
        for id in victims {
            let bare = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == id);
            assert!(!bare, "{id}");
        }
    }
    assert!(LANGS.iter().all(|&lang| !html("x", lang).contains("SECRET SOURCE")));
}

/// The page and the Markdown.
fn both(findings: &Findings, lang: Lang) -> [String; 2] {
    [report(lang).html(findings, None), report(lang).markdown(findings)]
}

/// The findings of the study case, and the ids of its victims.
fn study() -> &'static (Findings, Vec<String>) {
    static STUDY: LazyLock<(Findings, Vec<String>)> = LazyLock::new(analysed);
    &STUDY
}

fn analysed() -> (Findings, Vec<String>) {
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
    for lang in LANGS {
        assert_eq!(both(findings, lang), both(findings, lang));
    }
}

#[test]
fn an_empty_case_is_reported_too() {
    let mut findings = findings("x");
    findings.recruiters.clear();
    findings.channels.clear();
    findings.communities.clear();
    findings.windows.curve.clear();
    for (lang, said) in
        [(Lang::En, "not that there is nobody"), (Lang::Nl, "niet dat er niemand is")]
    {
        let [html, markdown] = both(&findings, lang);
        assert!(text_of(parse(&html).root_element()).contains(said));
        assert!(markdown.contains(said));
    }
}

/// The words of a text, in small letters, without names of files and what stands in them.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| c.is_whitespace() || "()|;,>".contains(c));
    let plain = parts.filter(|part| !part.contains(".csv") && !part.contains(".json"));
    let words = plain.flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words that the texts of a language are made of.
fn vocabulary(lang: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in ["report", "found", "heads", "terms", "map"] {
        let path = format!("src/output/words/{lang}/{file}.ftl");
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines() {
            let said = if line.starts_with(' ') {
                line
            } else {
                line.split_once('=').unwrap_or(("", "")).1
            };
            // Between braces stand names of variables, and in front of a plural its name.
            let outside = said.split('}').map(|part| part.split('{').next().unwrap());
            let plural = |part: &str| part.replace("*[other]", "").replace("[one]", "");
            all.extend(outside.flat_map(|part| words(&plural(part))));
        }
    }
    all
}

#[test]
fn a_dutch_report_has_no_english_word_left() {
    let (english, dutch) = (vocabulary("en"), vocabulary("nl"));
    assert!(english.len() > 500 && dutch.len() > 500, "{} {}", english.len(), dutch.len());
    let (study, _) = study();
    for findings in [study, &findings("x")] {
        let [html, markdown] = both(findings, Lang::Nl);
        let page = parse(&html);
        assert_eq!(page.root_element().attribute("lang"), Some("nl"));
        let body = page
            .descendants()
            .find(|node| node.has_tag_name(("http://www.w3.org/1999/xhtml", "body")));
        // Elements are apart, though no space is between them.
        let texts = body.unwrap().descendants().filter_map(|node| node.text());
        let said = texts.collect::<Vec<_>>().join(" ");
        // What channels are called is the case's own text.
        let names: BTreeSet<String> =
            findings.channels.iter().flat_map(|one| words(&one.name)).collect();
        for text in [said, markdown] {
            let left: Vec<String> = words(&text)
                .into_iter()
                .filter(|word| english.contains(word) && !dutch.contains(word))
                .filter(|word| !names.contains(word))
                .collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }
}

#[test]
fn both_languages_have_the_same_shape() {
    let (findings, _) = study();
    let shape = |lang| -> Vec<String> {
        let html = report(lang).html(findings, Some(MAP));
        let page = parse(&html);
        // Marks on an axis may be as many as there is room for.
        let drawn =
            |node: &Node<'_, '_>| node.tag_name().namespace() == Some("http://www.w3.org/2000/svg");
        let elements = page.descendants().filter(|node| node.is_element() && !drawn(node));
        elements.map(|node| node.tag_name().name().to_owned()).collect()
    };
    assert_eq!(shape(Lang::En), shape(Lang::Nl));
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let (findings, _) = study();
    let [english, dutch] = LANGS.map(|lang| report(lang).markdown(findings));
    assert!(english.contains("more than 1.25 times") && english.contains("index of .83"));
    assert!(dutch.contains("meer dan 1,25 keer") && dutch.contains("Rand-index van 0,83"));
    let version = concat!("kluwen ", env!("CARGO_PKG_VERSION"));
    let numbers = english.replace(version, "");
    let after = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let zero = numbers.split(" 0.").skip(1).any(after);
    assert!(!zero, "house style has no zero before the point");
}
