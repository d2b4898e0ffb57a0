//! ANX, the XML of i2 Analyst's Notebook: a chart of entities and links, with cards and grades.
//!
//! i2 publishes no grammar that may be shipped, so the structure is what `anxwritter` (MIT, PyPI) writes, and a test holds ours against it;
//! whether Analyst's Notebook opens the file can be seen with Analyst's Notebook alone. The document is UTF-16, as its own are.

mod grades;
mod head;
mod item;
mod utf16;

use std::io::{self, Write};

use super::chart::Chart;
use super::xml::Xml;
use grades::Grades;
use utf16::Utf16;

pub(super) fn write(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    let grades = Grades::of(chart);
    let mut out = Utf16::new(out)?;
    let mut xml = Xml::new(&mut out, "utf-16")?;
    xml.tag("Chart")?.with("Rigorous", true)?.open()?;
    head::write(&mut xml, chart, &grades)?;
    xml.open("ChartItemCollection")?;
    for (place, node) in chart.nodes() {
        item::entity(&mut xml, chart, &grades, place, node)?;
    }
    let mut before = None;
    let mut beside = 0;
    for (place, edge) in chart.edges() {
        // Links between the same two would lie on each other.
        beside = if before == Some((edge.from, edge.to)) { beside + 1 } else { 0 };
        before = Some((edge.from, edge.to));
        item::link(&mut xml, chart, &grades, place, edge, beside)?;
    }
    xml.close()?;
    xml.close()
}
