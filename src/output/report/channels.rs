//! Channels, as a reader sees them.

use serde::Serialize;

use super::words::{decimal, likelihood, span};
use crate::finding::{ChannelFinding, Findings, Use};
use crate::output::percent::percent;

/// Channels of one use.
#[derive(Debug, Serialize)]
pub(super) struct UseView {
    title: &'static str,
    meaning: &'static str,
    channels: Vec<ChannelView>,
}

#[derive(Debug, Serialize)]
struct ChannelView {
    rank: usize,
    name: String,
    id: String,
    class: String,
    victims: usize,
    minors: usize,
    known: usize,
    /// Whether so few victims are known that the share says little.
    few: bool,
    share: String,
    base: String,
    posterior: String,
    likelihood: &'static str,
    ratio: String,
    interval: String,
    seen: String,
}

pub(super) fn channels(findings: &Findings) -> Vec<UseView> {
    let of = |use_: Use, title, meaning| UseView {
        title,
        meaning,
        channels: findings
            .channels
            .iter()
            .filter(|channel| channel.use_ == use_)
            .map(channel)
            .collect(),
    };
    vec![
        of(
            Use::Advertising,
            "Where victims were advertised",
            "Channels on which victims were offered.",
        ),
        of(
            Use::Recruitment,
            "Where victims were recruited",
            "Channels through which victims were first contacted.",
        ),
    ]
}

/// What channels of a use are called together, and what is counted of them by month.
pub(super) fn used(use_: Use) -> (&'static str, &'static str) {
    match use_ {
        Use::Advertising => ("Advertising over time", "advertisements posted"),
        Use::Recruitment => ("Recruitment over time", "victims first contacted"),
    }
}

/// The name of a channel, or its id where it has none.
pub(super) fn named(one: &ChannelFinding) -> &str {
    if one.name.is_empty() { &one.channel_id } else { &one.name }
}

/// Whether the age of so few victims is known that a share says little.
pub(super) fn is_few(one: &ChannelFinding) -> bool {
    one.known < 10
}

fn channel(one: &ChannelFinding) -> ChannelView {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".into());
    ChannelView {
        rank: one.rank,
        name: named(one).into(),
        id: one.channel_id.clone(),
        class: one.class.replace('_', " "),
        victims: one.victims,
        minors: one.minors,
        known: one.known,
        few: is_few(one),
        share: or_dash(one.share.map(percent)),
        base: or_dash(one.base_share.map(percent)),
        posterior: or_dash(one.posterior.map(percent)),
        likelihood: one.posterior.map_or("too few to say", likelihood),
        ratio: or_dash(one.risk_ratio.map(decimal)),
        interval: or_dash(
            one.risk_ratio_interval
                .map(|[low, high]| format!("{} to {}", decimal(low), decimal(high))),
        ),
        seen: span(one.first_seen.as_deref(), one.last_seen.as_deref()),
    }
}
