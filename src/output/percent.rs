//! Shares and probabilities as people read them.

/// `share` in whole percent; never 0 % or 100 % for what is not exactly that.
pub(super) fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent < 1.0 && percent > 0.0 {
        "<1%".into()
    } else if percent > 99.0 && percent < 100.0 {
        ">99%".into()
    } else {
        format!("{percent:.0}%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_called_certain_that_is_not() {
        let all = [0.0, 0.001, 0.01, 0.125, 0.97, 0.99, 0.9999, 1.0].map(percent);
        assert_eq!(all, ["0%", "<1%", "1%", "12%", "97%", "99%", ">99%", "100%"]);
    }
}
