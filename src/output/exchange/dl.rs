//! DL, the text format of UCINET (Borgatti, Everett and Freeman, *UCINET for Windows*): an edge list by number, with labels.
//!
//! A pair of nodes has one value in UCINET, so the counts of all ties from one to another are added up.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::chart::Chart;

/// Holds one number for each pair of nodes that is tied.
pub(super) fn write(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut ties: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (_, edge) in chart.edges() {
        let count = if edge.count.is_finite() { edge.count } else { 1.0 };
        *ties.entry((edge.from, edge.to)).or_default() += count;
    }
    // One statement a line, which igraph asks for.
    writeln!(out, "DL n={}\nformat = edgelist1\nlabels:", chart.map.nodes.len())?;
    chart.nodes().try_for_each(|(place, _)| writeln!(out, "{}", chart.id(place).through(label)))?;
    writeln!(out, "data:")?;
    ties.into_iter()
        .try_for_each(|((from, to), count)| writeln!(out, "{} {} {count}", from + 1, to + 1))
}

/// An id in which nothing ends a label: the format has neither quotes that every reader knows nor escapes.
fn label(id: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '~');
    id.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}
