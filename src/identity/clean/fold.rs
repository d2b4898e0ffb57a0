/// The matching key of a text.
#[must_use]
pub fn fold(text: &str) -> String {
    any_ascii::any_ascii(text).to_ascii_lowercase()
}
