//! Channels, as a reader sees them.

use serde::Serialize;

use super::phrases::{between, likelihood, or_dash, span};
use crate::finding::{ChannelFinding, Findings, Use};
use crate::output::percent::percent;
use crate::output::words::Words;

/// Channels of one use.
#[derive(Debug, Serialize)]
pub(super) struct UseView {
    /// `advertising` or `recruitment`.
    pub(super) id: &'static str,
    pub(super) channels: Vec<ChannelView>,
}

#[derive(Debug, Serialize)]
pub(super) struct ChannelView {
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
    likelihood: String,
    ratio: String,
    interval: String,
    seen: String,
}

pub(super) fn channels(findings: &Findings, words: &Words) -> Vec<UseView> {
    let of = |use_: Use| {
        let own = findings.channels.iter().filter(|channel| channel.use_ == use_);
        UseView { id: id(use_), channels: own.map(|one| channel(one, words)).collect() }
    };
    vec![of(Use::Advertising), of(Use::Recruitment)]
}

/// By what a use is known in a page and in the texts.
pub(super) fn id(use_: Use) -> &'static str {
    match use_ {
        Use::Advertising => "advertising",
        Use::Recruitment => "recruitment",
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

fn channel(one: &ChannelFinding, words: &Words) -> ChannelView {
    ChannelView {
        rank: one.rank,
        name: named(one).into(),
        id: one.channel_id.clone(),
        class: words.term("group", &one.class),
        victims: one.victims,
        minors: one.minors,
        known: one.known,
        few: is_few(one),
        share: or_dash(one.share.map(percent)),
        base: or_dash(one.base_share.map(percent)),
        posterior: or_dash(one.posterior.map(percent)),
        likelihood: one
            .posterior
            .map_or_else(|| words.say("too-few"), |posterior| likelihood(posterior, words)),
        ratio: or_dash(one.risk_ratio.map(|ratio| words.decimal(ratio))),
        interval: or_dash(
            one.risk_ratio_interval
                .map(|[low, high]| between(words.decimal(low), words.decimal(high), words)),
        ),
        seen: span(one.first_seen.as_deref(), one.last_seen.as_deref(), words),
    }
}
