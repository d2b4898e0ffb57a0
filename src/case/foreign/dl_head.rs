//! The head of a DL file: how many nodes, in which format, with which labels.

use super::builder::Builder;
use super::text::{lines, quoted, words};
use crate::error::Result;

/// How the data are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layout {
    #[default]
    FullMatrix,
    LowerHalf,
    UpperHalf,
    EdgeList,
    NodeList,
}

/// What the head says.
#[allow(clippy::struct_excessive_bools)] // each is a word that a head may hold, and any of them may stand with any other
#[derive(Debug, Default)]
pub(super) struct Head<'t> {
    pub(super) layout: Layout,
    /// How many rows and columns there are: two sides, or twice the same.
    pub(super) rows: u64,
    pub(super) columns: u64,
    pub(super) two_mode: bool,
    /// Whether the diagonal of a matrix is left out.
    pub(super) no_diagonal: bool,
    pub(super) row_labels: Vec<&'t str>,
    pub(super) column_labels: Vec<&'t str>,
    pub(super) matrix_labels: Vec<&'t str>,
    pub(super) rows_embedded: bool,
    pub(super) columns_embedded: bool,
    /// The line on which the counts stand.
    pub(super) line: u64,
    /// The lines of the data.
    pub(super) data: Vec<(u64, &'t str)>,
}

/// Whose labels are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    No,
    Both,
    Rows,
    Columns,
    Matrices,
}

/// Reads the head, and keeps the lines of the data.
pub(super) fn head<'t>(text: &'t str, builder: &Builder) -> Result<Head<'t>> {
    let mut head = Head::default();
    let mut counts = [None::<u64>; 3];
    let mut labels = Labels::No;
    let mut begun = false;
    let mut in_data = false;
    for (number, line) in lines(text) {
        let line = line.trim();
        if in_data {
            head.data.push((number, line));
            continue;
        }
        if line.is_empty() {
            continue;
        }
        let mut rest = line;
        if !begun {
            let Some(after) = after_dl(line) else {
                return Err(builder.fault(
                    number,
                    "",
                    quoted(line),
                    "`dl` at the start of a file for UCINET",
                ));
            };
            (rest, begun, head.line) = (after, true, number);
        }
        // As long as `rest`, which some letters of other scripts in lower case would not be.
        let lower = rest.to_ascii_lowercase();
        if let Some(after) = lower.strip_prefix("data") {
            let after = after.trim_start().strip_prefix(':').unwrap_or(after);
            in_data = true;
            head.data.push((number, &rest[rest.len() - after.len()..]));
        } else if let Some((of, after)) = labels_line(&lower) {
            if after.trim() == "embedded" || after.trim() == "embedded:" {
                head.rows_embedded |= of != Labels::Columns;
                head.columns_embedded |= of != Labels::Rows;
                labels = Labels::No;
            } else {
                labels = of;
                head.labels(labels, &rest[rest.len() - after.len()..]);
            }
        } else if labels != Labels::No && !looks_like_settings(&lower) {
            head.labels(labels, rest);
        } else {
            labels = Labels::No;
            head.settings(rest, number, &mut counts, builder)?;
        }
    }
    head.count(counts, in_data, builder)?;
    Ok(head)
}

fn after_dl(line: &str) -> Option<&str> {
    let (start, after) = line.split_at_checked(2)?;
    let parted = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == ',');
    (start.eq_ignore_ascii_case("dl") && parted).then(|| after.trim_start_matches([',', ' ', '\t']))
}

/// Whether a text begins as a DL file does.
pub(super) fn begins(head: &str) -> bool {
    super::format::first_line(head, &[]).and_then(after_dl).is_some()
}

/// Whose labels a line announces, and what stands after that.
fn labels_line(lower: &str) -> Option<(Labels, &str)> {
    let starts = [
        ("row labels", Labels::Rows),
        ("column labels", Labels::Columns),
        ("col labels", Labels::Columns),
        ("matrix labels", Labels::Matrices),
        ("level labels", Labels::Matrices),
        ("labels", Labels::Both),
    ];
    let (after, of) =
        starts.iter().find_map(|(start, of)| Some((lower.strip_prefix(start)?, *of)))?;
    let after = after.trim_start();
    let after = after.strip_prefix(':').unwrap_or(after);
    Some((of, after))
}

/// Whether a line after labels is no more of them: `nr = 3`, `diagonal absent`.
fn looks_like_settings(lower: &str) -> bool {
    let after = |name| lower.strip_prefix(name).map(str::trim_start);
    let is_set = |name| after(name).is_some_and(|after| after.starts_with('='));
    ["format", "n", "nr", "nc", "nm", "diagonal"].into_iter().any(is_set)
        || ["diagonal absent", "diagonal present"].contains(&lower)
}

impl<'t> Head<'t> {
    fn labels(&mut self, of: Labels, line: &'t str) {
        // Between commas a label may hold blanks.
        let parted: Vec<&'t str> = if line.contains(',') && !line.contains('"') {
            line.split(',').map(str::trim).filter(|label| !label.is_empty()).collect()
        } else {
            words(line, &[',']).unwrap_or_default().iter().map(|word| word.text).collect()
        };
        match of {
            Labels::Both => {
                self.row_labels.extend(&parted);
                self.column_labels.extend(&parted);
            }
            Labels::Rows => self.row_labels.extend(&parted),
            Labels::Columns => self.column_labels.extend(&parted),
            Labels::Matrices => self.matrix_labels.extend(&parted),
            Labels::No => {}
        }
    }

    fn settings(
        &mut self,
        line: &'t str,
        number: u64,
        counts: &mut [Option<u64>; 3],
        builder: &Builder,
    ) -> Result<()> {
        let parted: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | ';'))
            .filter(|word| !word.is_empty())
            .collect();
        let mut parted = parted.into_iter();
        while let Some(name) = parted.next() {
            let mut value = || {
                parted.next().ok_or_else(|| {
                    builder.fault(
                        number,
                        "",
                        format!("{} without a value", quoted(name)),
                        "a value after it",
                    )
                })
            };
            match name.to_lowercase().as_str() {
                "n" => counts[0] = Some(builder.count(value()?, "a number of nodes", number)?),
                "nr" => counts[1] = Some(builder.count(value()?, "a number of rows", number)?),
                "nc" => counts[2] = Some(builder.count(value()?, "a number of columns", number)?),
                "nm" => {
                    builder.count(value()?, "a number of matrices", number)?;
                }
                "format" => self.layout = layout(value()?, number, builder)?,
                "diagonal" => self.no_diagonal = value()?.to_lowercase().starts_with("absent"),
                _ => {
                    let expected =
                        "`n=`, `nr=`, `nc=`, `nm=`, `format=`, `diagonal`, `labels:` or `data:`";
                    return Err(builder.fault(number, "", quoted(name), expected));
                }
            }
        }
        Ok(())
    }

    fn count(
        &mut self,
        [n, rows, columns]: [Option<u64>; 3],
        in_data: bool,
        builder: &Builder,
    ) -> Result<()> {
        match (n, rows, columns) {
            (Some(n), None, None) => (self.rows, self.columns) = (n, n),
            (_, Some(rows), Some(columns)) => {
                (self.rows, self.columns, self.two_mode) = (rows, columns, true);
            }
            _ => {
                let expected = "`n=` with the number of nodes, or both `nr=` and `nc=`";
                return Err(builder.fault(self.line.max(1), "", "no number of nodes", expected));
            }
        }
        if !in_data {
            return Err(builder.fault(
                self.line,
                "",
                "no `data:`",
                "`data:` and the data after it",
            ));
        }
        let most = [(&self.row_labels, self.rows), (&self.column_labels, self.columns)];
        for (labels, count) in most {
            if labels.len() as u64 > count {
                let found = format!("{} labels of {count} nodes", labels.len());
                return Err(builder.fault(self.line, "", found, "no more labels than nodes"));
            }
        }
        Ok(())
    }
}

fn layout(text: &str, line: u64, builder: &Builder) -> Result<Layout> {
    match text.to_lowercase().as_str() {
        "fullmatrix" | "fm" => Ok(Layout::FullMatrix),
        "lowerhalf" | "lh" => Ok(Layout::LowerHalf),
        "upperhalf" | "uh" => Ok(Layout::UpperHalf),
        "edgelist1" | "el1" | "edgelist2" | "el2" => Ok(Layout::EdgeList),
        "nodelist1" | "nl1" | "nodelist2" | "nl2" => Ok(Layout::NodeList),
        _ => {
            let expected = "`fullmatrix`, `lowerhalf`, `upperhalf`, `edgelist1`, `edgelist2`, `nodelist1` or `nodelist2`";
            Err(builder.fault(line, "", format!("the format {}", quoted(text)), expected))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::ForeignFormat;
    use super::*;

    fn builder() -> Builder {
        Builder::new(ForeignFormat::UcinetDl, "a.dl", 0, Limits::default())
    }

    fn read(text: &str) -> Head<'_> {
        head(text, &builder()).expect("a head")
    }

    fn refused(text: &str) -> String {
        head(text, &builder()).expect_err("no head").to_string()
    }

    #[test]
    fn a_file_begins_with_dl_and_a_blank_or_comma_or_nothing() {
        for text in ["dl", "DL n=3", "dl,n=3", "dl\tn=3", "\n  Dl n=3\n"] {
            assert!(begins(text), "{text}");
        }
        for text in ["", "d", "dln=3", "dl=3", "é", "dx n=3", "*vertices 3\ndl n=3"] {
            assert!(!begins(text), "{text}");
        }
    }

    #[test]
    fn a_line_says_whose_labels_follow() {
        for (line, of, after) in [
            ("labels:", Some(Labels::Both), ""),
            ("labels", Some(Labels::Both), ""),
            ("labels : a,b", Some(Labels::Both), " a,b"),
            ("row labels: a", Some(Labels::Rows), " a"),
            ("column labels:a", Some(Labels::Columns), "a"),
            ("col labels a", Some(Labels::Columns), "a"),
            ("matrix labels:", Some(Labels::Matrices), ""),
            ("level labels:", Some(Labels::Matrices), ""),
            ("label: a", None, ""),
        ] {
            let read = labels_line(line);
            assert_eq!(read.map(|(_, after)| after), of.map(|_| after), "{line}");
            assert!(read.map(|(of, _)| of) == of, "{line}");
        }
    }

    #[test]
    fn settings_after_labels_are_told_from_labels() {
        for line in [
            "format=edgelist1",
            "format = fullmatrix",
            "n=3",
            "n = 3",
            "nr=2, nc=3",
            "nc = 3",
            "nm=1",
            "diagonal=absent",
            "diagonal absent",
            "diagonal present",
        ] {
            assert!(looks_like_settings(line), "{line}");
        }
        for line in ["nora", "nr", "nc two", "nancy = x", "format", "formats=x", "diagonal", "n"] {
            assert!(!looks_like_settings(line), "{line}");
        }
    }

    #[test]
    fn every_setting_is_read() {
        let head = read(
            "dl nr=2, nc=3; nm=1\nformat=edgelist2\nrow labels:\nAnn,Bob\ncolumn labels:\np\nq r\nmatrix labels:\nknows\n\
             diagonal absent\ndata: 1 2\n\n3 4\n",
        );
        assert_eq!((head.rows, head.columns, head.two_mode), (2, 3, true));
        assert_eq!((head.layout, head.no_diagonal, head.line), (Layout::EdgeList, true, 1));
        assert_eq!(head.row_labels, ["Ann", "Bob"]);
        assert_eq!(head.column_labels, ["p", "q", "r"]);
        assert_eq!(head.matrix_labels, ["knows"]);
        assert_eq!(head.data, [(11, " 1 2"), (12, ""), (13, "3 4")]);
        assert!(!head.rows_embedded && !head.columns_embedded);
    }

    #[test]
    fn the_diagonal_may_be_left_out_after_the_labels() {
        for (line, absent) in [
            ("diagonal absent", true),
            ("diagonal = absent", true),
            ("DIAGONAL PRESENT", false),
            ("diagonal=present", false),
        ] {
            let text = format!("dl\nn=2\nlabels:\na,b\n{line}\ndata:\n");
            let head = read(&text);
            assert_eq!((head.no_diagonal, head.row_labels), (absent, vec!["a", "b"]), "{line}");
        }
    }

    #[test]
    fn labels_of_one_side_or_both_may_stand_in_the_data() {
        for (line, rows, columns) in [
            ("labels embedded", true, true),
            ("LABELS EMBEDDED:", true, true),
            ("row labels embedded", true, false),
            ("column labels: embedded", false, true),
        ] {
            let text = format!("dl n=2\n{line}\ndata:\n");
            let head = read(&text);
            assert_eq!((head.rows_embedded, head.columns_embedded), (rows, columns), "{line}");
            assert!(head.row_labels.is_empty() && head.column_labels.is_empty());
        }
    }

    #[test]
    fn labels_may_hold_blanks_between_commas_or_quotes_and_letters_of_any_script() {
        let long = "İ".repeat(9);
        let two = format!("{long},b");
        for (line, labels) in [
            ("Ann Lee, Bob,", vec!["Ann Lee", "Bob"]),
            ("\"Ann, Lee\" Bob", vec!["Ann, Lee", "Bob"]),
            ("Ann Bob", vec!["Ann", "Bob"]),
            ("\u{212a}im,ẞ", vec!["\u{212a}im", "ẞ"]),
            (&two, vec![&long, "b"]),
        ] {
            let text = format!("dl n=2\nlabels: {line}\ndata: {line}\n");
            let head = read(&text);
            assert_eq!((head.row_labels, head.column_labels), (labels.clone(), labels));
            assert_eq!(head.data, [(3, &*format!(" {line}"))]);
        }
    }

    #[test]
    fn a_head_that_says_too_little_or_too_much_is_refused_at_its_line() {
        let counts =
            "no number of nodes; expected `n=` with the number of nodes, or both `nr=` and `nc=`";
        for (text, told) in [
            (
                "\nlabels:\n",
                "a.dl:2: `labels:`; expected `dl` at the start of a file for UCINET".into(),
            ),
            ("", format!("a.dl:1: {counts}")),
            ("\ndl\nnr=2\ndata:\n", format!("a.dl:2: {counts}")),
            ("dl n=2 nr=2\ndata:\n", format!("a.dl:1: {counts}")),
            ("dl n=2\n", "a.dl:1: no `data:`; expected `data:` and the data after it".into()),
            (
                "dl n=2\nformat\n",
                "a.dl:2: `format` without a value; expected a value after it".into(),
            ),
            ("dl n=x\n", "a.dl:1: `x`; expected a number of nodes, a whole number".into()),
            ("dl nr=x\n", "a.dl:1: `x`; expected a number of rows, a whole number".into()),
            ("dl nc=x\n", "a.dl:1: `x`; expected a number of columns, a whole number".into()),
            ("dl nm=x\n", "a.dl:1: `x`; expected a number of matrices, a whole number".into()),
            (
                "\ndl n=2\nlabels:\na,b,c\ndata:\n",
                "a.dl:2: 3 labels of 2 nodes; expected no more labels than nodes".into(),
            ),
            (
                "dl nr=1 nc=3\nrow labels:\na,b\ndata:\n",
                "a.dl:1: 2 labels of 1 nodes; expected no more labels than nodes".into(),
            ),
        ] {
            assert_eq!(refused(text), told, "{text}");
        }
        assert!(
            refused("dl n=2\ncolor=red\n").starts_with("a.dl:2: `color`; expected `n=`, `nr=`")
        );
        assert!(
            refused("dl n=2 format=x\n").starts_with("a.dl:1: the format `x`; expected `fullm")
        );
    }

    #[test]
    fn layouts_are_known_by_their_long_and_short_names() {
        for (name, meant) in [
            ("fullmatrix", Layout::FullMatrix),
            ("FM", Layout::FullMatrix),
            ("lowerhalf", Layout::LowerHalf),
            ("lh", Layout::LowerHalf),
            ("upperhalf", Layout::UpperHalf),
            ("uh", Layout::UpperHalf),
            ("edgelist1", Layout::EdgeList),
            ("el2", Layout::EdgeList),
            ("NodeList1", Layout::NodeList),
            ("nl2", Layout::NodeList),
        ] {
            assert_eq!(layout(name, 1, &builder()).expect(name), meant, "{name}");
        }
    }
}
