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
        // `database` may be a label.
        let goes_on = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let is_whole = |after: &&str| !after.starts_with(goes_on);
        if let Some(after) = lower.strip_prefix("data").filter(is_whole) {
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
mod tests;
