//! Names that somebody may have chosen who wishes the reader ill, or who was merely careless.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What breaks careless output: markup, strings, templates, formulas, lines, direction, names that programs have for themselves.
pub(crate) const AWKWARD: [&str; 50] = [
    "\"",
    "'",
    "`",
    "\\",
    "\\N",
    "\\\\\"",
    "]]>",
    "<![CDATA[x]]>",
    "</script>",
    "<script>x</script>",
    "<img src=x onerror=x()>",
    "-->",
    "<!--",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s%n",
    "${x}",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "''+1",
    "-5",
    "-1+1",
    "paid;=cmd()",
    "tab\t@x",
    "line\nend",
    "carriage\rreturn",
    "\r\n",
    "\0",
    "\u{1}\u{1b}[2J\u{7f}\u{9b}31m",
    "\u{2028}\u{2029}",
    "\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}",
    "\u{202e}gro.live\u{2066}",
    "\u{feff}bom",
    "e\u{301}\u{323}\u{e9}",
    "\u{1f469}\u{200d}\u{1f467}",
    "",
    "   ",
    "__proto__",
    "constructor",
    "&amp;&#60;&lt;",
    "[x](javascript:x) ![i](https://x.example) www.x.example",
    "# h\n\n- l\n\n***",
    "| a | b |\n| - | - |",
    "*Arcs\n1 2",
    "- x",
    "1. x",
    "> x",
    "    x",
    "---",
    "\u{3000}x\u{a0}",
];

/// How long a name may be and still be somebody's idea of one.
const LONG: usize = 1 << 16;

/// One of them, several as one, any text at all, or one over and over.
pub(crate) fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&AWKWARD[..]).prop_map(str::to_owned),
        4 => vec(select(&AWKWARD[..]), 2..6).prop_map(|pieces| pieces.concat()),
        3 => any::<String>(),
        1 => select(&AWKWARD[..]).prop_map(long),
    ]
}

/// A name over and over; of nothing there is no more.
pub(crate) fn long(name: &str) -> String {
    name.repeat(LONG / name.len().max(1) * usize::from(!name.is_empty()))
}

/// These bytes in a file that goes when it is closed.
#[cfg(feature = "parquet")]
pub(crate) fn in_a_file(bytes: &[u8]) -> std::fs::File {
    use std::io::Write;

    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("it is written");
    file
}

/// A few cases, as each writes whole files; `PROPTEST_CASES` asks for more.
pub(crate) fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(few),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// What takes the place of characters that act on a reader, in every format that says so: `\u{1b}`.
pub(crate) fn spelt(text: &str, acts: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if acts(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}
