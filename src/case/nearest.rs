//! The codes that somebody may have meant.

/// The codes nearest to `text`, best first, at most three: those that a slip of the pen explains.
#[must_use]
pub(super) fn nearest<'a>(text: &str, codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const ENOUGH: f64 = 0.75;
    let text = text.trim().to_lowercase().replace([' ', '-'], "_");
    let mut near: Vec<(f64, &str)> = codes
        .map(|code| (strsim::jaro_winkler(&text, code), code))
        .filter(|&(likeness, _)| likeness >= ENOUGH)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().take(3).map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{Code as _, Role};
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_code() {
        let codes = || Role::ALL.iter().map(|(code, _)| *code);
        assert_eq!(nearest("Recruter", codes())[0], "recruiter");
        assert_eq!(nearest("money handler", codes())[0], "money_handler");
        assert!(nearest("xyzzy", codes()).is_empty());
    }
}
