//! Numbers in words.

use crate::output::percent::percent;

/// The word for a probability: the yardstick of British police and intelligence, with its gaps closed.
pub(super) fn likelihood(probability: f64) -> &'static str {
    match probability {
        p if p >= 0.925 => "almost certain",
        p if p >= 0.775 => "highly likely",
        p if p >= 0.525 => "likely",
        p if p >= 0.375 => "a realistic possibility",
        p if p >= 0.225 => "unlikely",
        p if p >= 0.075 => "highly unlikely",
        _ => "a remote chance",
    }
}

/// `almost certain (97%)`.
pub(super) fn chance(probability: f64) -> String {
    format!("{} ({})", likelihood(probability), percent(probability))
}

/// `1 person`, `3 people`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A number with at most one decimal.
pub(super) fn decimal(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// `from to until`, or the one day, or what is known of them; a dash where nothing is.
pub(super) fn span(start: Option<&str>, end: Option<&str>) -> String {
    match (start, end) {
        (Some(start), Some(end)) if start == end => start.into(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => "–".into(),
    }
}

/// A share and its interval, or dashes.
pub(super) fn share_of(share: Option<f64>, interval: Option<[f64; 2]>) -> (String, String) {
    let ends = |[low, high]: [f64; 2]| format!("{} to {}", percent(low), percent(high));
    (share.map_or_else(|| "–".into(), percent), interval.map_or_else(|| "–".into(), ends))
}

/// The first `most` of `items`, and how many more there are.
pub(super) fn some_of(items: &[String], most: usize) -> String {
    let shown = items.iter().take(most).cloned();
    let more = items.len().saturating_sub(most);
    let rest = (more > 0).then(|| format!("and {more} more"));
    shown.chain(rest).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_yardstick_has_no_gaps() {
        assert_eq!(chance(0.97), "almost certain (97%)");
        assert_eq!(chance(0.45), "a realistic possibility (45%)");
        assert_eq!(chance(0.0), "a remote chance (0%)");
    }

    #[test]
    fn a_span_says_what_is_known() {
        assert_eq!(span(Some("2019-03-02"), None), "from 2019-03-02");
        assert_eq!(span(Some("2019-03-02"), Some("2019-03-02")), "2019-03-02");
    }
}
