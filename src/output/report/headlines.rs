//! The key findings, each in a sentence with its probability in words.

use super::channels::{is_few, named};
use super::phrases::chance;
use super::view::LIKELY;
use super::windows::median_interval;
use crate::finding::{ChannelFinding, Findings, Recruiter, Use};
use crate::output::percent::percent;
use crate::output::words::Words;

/// What a reader of one page must know, most important first.
pub(super) fn headlines(findings: &Findings, words: &Words) -> Vec<String> {
    let channels = [Use::Advertising, Use::Recruitment].map(|use_| channel(findings, use_, words));
    let first = [Some(recruiters(findings, words)), protected(findings, words)];
    let rest = [windows(findings, words), communities(findings, words)];
    first.into_iter().chain(channels).chain(rest).flatten().collect()
}

fn recruiters(findings: &Findings, words: &Words) -> String {
    let likely = |one: &&Recruiter| one.recurrence >= LIKELY;
    let likely: Vec<&Recruiter> = findings.recruiters.iter().filter(likely).collect();
    let Some(first) = likely.first() else {
        return words.say("headline-nobody");
    };
    words.with(
        "headline-recruiters",
        &[
            ("people", likely.len().into()),
            ("first", first.entity.to_string().into()),
            ("chance", chance(first.recurrence, words).into()),
            ("victims", words.decimal(first.expected_victims).into()),
            ("innocents", innocents(findings.basis.expected_false, words).into()),
        ],
    )
}

/// How many are expected to be listed wrongly; never zero, which no list can promise.
pub(super) fn innocents(expected: f64, words: &Words) -> String {
    if expected < 0.1 {
        words.with("fewer-than", &[("count", words.fixed(0.1, 1).into())])
    } else {
        words.with("about", &[("count", words.decimal(expected).into())])
    }
}

fn protected(findings: &Findings, words: &Words) -> Option<String> {
    let victims = findings.protected.len();
    if victims == 0 {
        return None;
    }
    let are = words.with("headline-victims", &[("victims", victims.into())]);
    let recruiting = findings.protected.iter().filter(|one| one.recruiting_recorded).count();
    if recruiting == 0 {
        return Some(are);
    }
    let also = words.with("headline-victims-recruiting", &[("victims", recruiting.into())]);
    Some(format!("{are} {also}"))
}

/// The first channel of a use, where its share of minors stands out.
fn channel(findings: &Findings, use_: Use, words: &Words) -> Option<String> {
    let of_use = |one: &&ChannelFinding| one.use_ == use_;
    let first = findings.channels.iter().find(of_use)?;
    let posterior = first.posterior.filter(|&p| p >= LIKELY)?;
    let counted = words.with(
        match use_ {
            Use::Advertising => "headline-advertised",
            Use::Recruitment => "headline-contacted",
        },
        &[
            ("minors", first.minors.into()),
            ("known", first.known.into()),
            ("channel", named(first).into()),
        ],
    );
    let above = words.fixed(1.25, 2);
    let chance = chance(posterior, words);
    let more = match first.base_share.map(percent) {
        Some(usual) => words.with(
            "headline-more-than",
            &[("chance", chance.into()), ("above", above.into()), ("usual", usual.into())],
        ),
        None => words.with("headline-more", &[("chance", chance.into()), ("above", above.into())]),
    };
    let few = is_few(first).then(|| words.say("headline-few"));
    Some([Some(counted), Some(more), few].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn windows(findings: &Findings, words: &Words) -> Option<String> {
    let windows = &findings.windows;
    let median = windows.median_days?;
    Some(words.with(
        "headline-windows",
        &[
            ("victims", windows.victims.into()),
            ("days", words.decimal(median).into()),
            ("interval", median_interval(windows, words).into()),
        ],
    ))
}

fn communities(findings: &Findings, words: &Words) -> Option<String> {
    let firm = findings.communities.iter().filter(|one| one.is_firm()).count();
    let first = findings.communities.first()?;
    Some(words.with(
        "headline-groups",
        &[
            ("groups", findings.communities.len().into()),
            ("firm", firm.into()),
            ("people", first.entities.len().into()),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Lang;

    #[test]
    fn no_list_promises_that_all_of_it_is_right() {
        let words = Words::of(Lang::En);
        let said = [0.0, 0.099, 0.1, 3.26, 12.0].map(|expected| innocents(expected, &words));
        assert_eq!(said, ["fewer than .1", "fewer than .1", "about .1", "about 3.3", "about 12"]);
    }
}
