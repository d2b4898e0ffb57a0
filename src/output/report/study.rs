//! The figures of the study of 25 case files, as a reader sees them.

use serde::Serialize;

use crate::finding::{Findings, StudyFigure};
use crate::output::percent::percent;

/// Figures of one topic.
#[derive(Debug, Serialize)]
pub(super) struct TopicView {
    title: &'static str,
    figures: Vec<FigureView>,
}

#[derive(Debug, Serialize)]
struct FigureView {
    name: &'static str,
    share: String,
    interval: String,
    /// Of how many, and how many of those are on record.
    count: String,
    coverage: String,
    study: &'static str,
}

pub(super) fn study(findings: &Findings) -> Vec<TopicView> {
    let topic = |figures: &[StudyFigure]| TopicView {
        title: figures[0].topic,
        figures: figures.iter().map(figure).collect(),
    };
    findings.study.chunk_by(|a, b| a.topic == b.topic).map(topic).collect()
}

fn figure(one: &StudyFigure) -> FigureView {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".into());
    FigureView {
        name: one.figure,
        share: or_dash(one.share.map(percent)),
        interval: or_dash(
            one.interval.map(|[low, high]| format!("{} to {}", percent(low), percent(high))),
        ),
        count: match one.count {
            Some(count) => format!("{count} of {}", one.of),
            None => format!("estimated from {}", one.of),
        },
        coverage: format!("{} of {}", one.of, one.out_of),
        study: one.study,
    }
}
