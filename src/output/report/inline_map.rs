//! A map, drawn as SVG, within a page.

/// The element of `svg` alone, if a page may hold it: nothing in it runs, styles or brings in another document.
///
/// The policy of the page stops what would; a drawing that has it is none of ours, and is left out.
pub(super) fn inline(svg: &str) -> Option<String> {
    const BARRED: [&str; 7] =
        ["<script", "<style", "<foreignobject", "<image", "<use", "<a ", "<!"];
    let element = svg[svg.find("<svg")?..].trim_end();
    // In XML `<` opens markup wherever it stands; text of a case has `&lt;` for it.
    let lower = element.to_ascii_lowercase();
    let barred = BARRED.iter().any(|markup| lower.contains(markup));
    (element.ends_with("</svg>") && !barred).then(|| element.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_comes_without_what_stands_before_it() {
        let svg = "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg><text>&lt;script</text></svg>\n";
        assert_eq!(inline(svg).as_deref(), Some("<svg><text>&lt;script</text></svg>"));
    }

    #[test]
    fn a_drawing_that_could_run_is_left_out() {
        for body in ["<SCRIPT>", "<style>", "<foreignObject>", "<image href='x'/>", "<![CDATA["] {
            assert_eq!(inline(&format!("<svg>{body}</svg>")), None, "{body}");
        }
        assert_eq!(inline("<svg><g>"), None);
        assert_eq!(inline(""), None);
    }
}
