//! The figures of the study of 25 case files, as a reader sees them.

use serde::Serialize;

use super::phrases::share_of;
use crate::finding::{Findings, StudyFigure};
use crate::output::words::Words;

/// Figures of one topic.
#[derive(Debug, Serialize)]
pub(super) struct TopicView {
    title: String,
    figures: Vec<FigureView>,
}

#[derive(Debug, Serialize)]
struct FigureView {
    name: String,
    share: String,
    interval: String,
    /// Of how many, and how many of those are on record.
    count: String,
    coverage: String,
    study: String,
}

pub(super) fn study(findings: &Findings, words: &Words) -> Vec<TopicView> {
    let topic = |figures: &[StudyFigure]| TopicView {
        title: words.term("study", figures[0].topic),
        figures: figures.iter().map(|one| figure(one, words)).collect(),
    };
    findings.study.chunk_by(|a, b| a.topic == b.topic).map(topic).collect()
}

fn figure(one: &StudyFigure, words: &Words) -> FigureView {
    let (share, interval) = share_of(one.share, one.interval, words);
    let of = |count: usize, all: usize| {
        words.with("count-of", &[("count", count.into()), ("all", all.into())])
    };
    FigureView {
        name: words.term("study", one.figure),
        share,
        interval,
        count: match one.count {
            Some(count) => of(count, one.of),
            None => words.with("estimated-from", &[("all", one.of.into())]),
        },
        coverage: of(one.of, one.out_of),
        study: words.term("study", one.study),
    }
}
