//! Numbers as the house writes them: `.97` in English, `0,97` in Dutch.

use super::{Lang, Words};

impl Words {
    /// `number` with so many decimals.
    pub(crate) fn fixed(&self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        match self.lang {
            Lang::Nl => text.replace('.', ","),
            Lang::En => match text.strip_prefix("0.") {
                Some(decimals) => format!(".{decimals}"),
                None => text.replacen("-0.", "-.", 1),
            },
        }
    }

    /// `number` with at most one decimal.
    pub(crate) fn decimal(&self, number: f64) -> String {
        let whole = format!("{number:.1}").ends_with(".0");
        self.fixed(number, usize::from(!whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_point() {
        let (en, nl) = (Words::of(Lang::En), Words::of(Lang::Nl));
        assert_eq!((en.fixed(0.97, 2), nl.fixed(0.97, 2)), (".97".into(), "0,97".into()));
        assert_eq!((en.fixed(-0.5, 1), nl.fixed(-0.5, 1)), ("-.5".into(), "-0,5".into()));
        assert_eq!((en.fixed(10.25, 2), nl.fixed(10.25, 2)), ("10.25".into(), "10,25".into()));
        assert_eq!((en.decimal(3.04), nl.decimal(3.2)), ("3".into(), "3,2".into()));
        assert_eq!((en.decimal(0.0), en.decimal(0.3)), ("0".into(), ".3".into()));
    }
}
