//! The key findings, each in a sentence with its probability in words.

use super::channels::{is_few, named};
use super::view::LIKELY;
use super::windows::median_interval;
use super::words::{chance, count, decimal};
use crate::finding::{ChannelFinding, Findings, Recruiter, Use};
use crate::output::percent::percent;

/// What a reader of one page must know, most important first.
pub(super) fn headlines(findings: &Findings) -> Vec<String> {
    let channels = [Use::Advertising, Use::Recruitment].map(|use_| channel(findings, use_));
    let all = [Some(recruiters(findings)), protected(findings)];
    let windows = [windows(findings), communities(findings)];
    let all = all.into_iter().chain(channels).chain(windows);
    all.flatten().collect()
}

fn recruiters(findings: &Findings) -> String {
    let likely = |one: &&Recruiter| one.recurrence >= LIKELY;
    let likely: Vec<&Recruiter> = findings.recruiters.iter().filter(likely).collect();
    let Some(first) = likely.first() else {
        return "Nobody is more likely than not to have recruited victims in two or more \
                separate episodes. That is what the rows show, not that there is nobody."
            .into();
    };
    let people = count(likely.len(), "person is", "people are");
    format!(
        "{people} more likely than not to have recruited victims in two or more separate \
         episodes. First is {}: {}, with {} victims expected. Of those {}, {} should be \
         expected not to be recurring recruiters.",
        first.entity,
        chance(first.recurrence),
        decimal(first.expected_victims),
        likely.len(),
        innocents(findings.basis.expected_false),
    )
}

/// How many are expected to be listed wrongly; never zero, which no list can promise.
pub(super) fn innocents(expected: f64) -> String {
    if expected < 0.1 { "fewer than 0.1".into() } else { format!("about {}", decimal(expected)) }
}

fn protected(findings: &Findings) -> Option<String> {
    let victims = findings.protected.len();
    if victims == 0 {
        return None;
    }
    let recruiting = findings.protected.iter().filter(|one| one.recruiting_recorded);
    let also = match recruiting.count() {
        0 => String::new(),
        n => format!(
            " Rows also say of {} that they recruited others: look at who stood above them.",
            count(n, "victim", "victims")
        ),
    };
    let are = count(victims, "person is a victim", "people are victims");
    Some(format!("{are} in a case, and so in no ranking.{also}"))
}

/// The first channel of a use, where its share of minors stands out.
fn channel(findings: &Findings, use_: Use) -> Option<String> {
    let of_use = |one: &&ChannelFinding| one.use_ == use_;
    let first = findings.channels.iter().find(of_use)?;
    let posterior = first.posterior.filter(|&p| p >= LIKELY)?;
    let done = match use_ {
        Use::Advertising => "advertised",
        Use::Recruitment => "first contacted",
    };
    let usual = first.base_share.map(percent);
    Some(format!(
        "{} of the {} victims {done} through {} whose age is known were minors. It is {} that \
         their share there is more than 1.25 times the usual{}.{}",
        first.minors,
        first.known,
        named(first),
        chance(posterior),
        usual.map(|share| format!(" {share}")).unwrap_or_default(),
        if is_few(first) { " Few victims: read the interval." } else { "" },
    ))
}

fn windows(findings: &Findings) -> Option<String> {
    let windows = &findings.windows;
    let median = windows.median_days?;
    Some(format!(
        "Half of {} victims with a dated first contact were exploited within {} days of it \
         (95% interval: {}).",
        windows.victims,
        decimal(median),
        median_interval(windows),
    ))
}

fn communities(findings: &Findings) -> Option<String> {
    let firm = findings.communities.iter().filter(|one| one.is_firm()).count();
    let first = findings.communities.first()?;
    Some(format!(
        "{} of people with more ties among themselves than to others, {firm} of them firm; the \
         largest has {} people. Such a group is not a gang.",
        count(findings.communities.len(), "group", "groups"),
        first.entities.len(),
    ))
}
