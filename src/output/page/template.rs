//! The page around the data.

const PAGE: &str = include_str!("viewer/page.html");

/// The page with a text in the place of each `{{name}}`. What is put in is not looked at again.
pub(super) fn fill(texts: &[(&str, &str)]) -> String {
    let mut parts = PAGE.split("{{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or_default();
        let text = texts.iter().find(|(own, _)| *own == name).map(|(_, text)| *text);
        out.push_str(text.unwrap_or_else(|| panic!("the page has no text `{name}`")));
        out.push_str(rest);
    }
    out
}
