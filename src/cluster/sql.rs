//! Names and values as they stand in a query, the same to Spark and to Sail.

use crate::case::MISSING_CODES;

/// A number, typed: Spark takes `0.85` for a decimal number, and rounds by its rules.
pub(super) fn real(value: f64) -> String {
    format!("{value:e}D")
}

/// A whole number of 64 bits.
pub(super) fn whole(value: i64) -> String {
    format!("CAST({value} AS BIGINT)")
}

/// A text, whatever stands in it.
pub(super) fn text(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('\'');
    for letter in value.chars() {
        if matches!(letter, '\'' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('\'');
    quoted
}

/// Several texts, as `IN (…)` takes them.
pub(super) fn texts<'t>(values: impl IntoIterator<Item = &'t str>) -> String {
    values.into_iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The condition that a cell holds a value rather than a reason why it holds none.
pub(super) fn is_known(cell: &str) -> String {
    format!("({cell} IS NOT NULL AND {cell} NOT IN ({}))", texts(MISSING_CODES))
}

/// The name of a table or column, whatever stands in it.
pub(super) fn name(value: &str) -> String {
    format!("`{}`", value.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_typed_and_keeps_all_its_digits() {
        assert_eq!(real(0.85), "8.5e-1D");
        assert_eq!(real(0.1 + 0.2), "3.0000000000000004e-1D");
        assert_eq!(real(1.0), "1e0D");
        assert_eq!(real(-2.5), "-2.5e0D");
    }

    #[test]
    fn a_reason_why_there_is_no_value_is_none() {
        let codes = "'', 'unknown', 'refused', 'not_asked', 'not_applicable'";
        assert_eq!(is_known("x"), format!("(x IS NOT NULL AND x NOT IN ({codes}))"));
    }

    #[test]
    fn no_text_ends_its_quotes() {
        assert_eq!(text("it's"), r"'it\'s'");
        assert_eq!(text(r"a\"), r"'a\\'");
        assert_eq!(texts(["a", "b"]), "'a', 'b'");
        assert_eq!(name("a`b"), "`a``b`");
    }
}
