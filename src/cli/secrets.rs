//! Addresses of engines hold tokens; where words of a command are repeated, they stand without.

use kluwen::cluster::Address;

const SCHEME: &str = "sc://";

/// `text`, with each address of an engine in it as it may be shown.
pub(crate) fn left_out(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(SCHEME) {
        let (before, from) = rest.split_at(at);
        let ends = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`');
        let (address, behind) = from.split_at(from.find(ends).unwrap_or(from.len()));
        shown += before;
        // What is no address may still hold a token.
        shown +=
            &address.parse().map_or(format!("{SCHEME}…"), |address: Address| address.to_string());
        rest = behind;
    }
    shown + rest
}

/// `text`, with nothing behind any `token=`: for messages, which may quote a path that was meant for an address.
pub(crate) fn tokens_left_out(text: &str) -> String {
    const NAME: &str = "token=";
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(NAME) {
        let (before, value) = rest.split_at(at + NAME.len());
        let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '\'' | '"' | '`' | ':');
        shown += before;
        shown += "…";
        rest = &value[value.find(ends).unwrap_or(value.len())..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_all_but_the_secrets() {
        for (text, shown) in [
            ("rank", "rank"),
            ("--engine=sc://h:1/;token=s3cret", "--engine=sc://h:1/;token=…"),
            (
                "value 'sc://h:1;token=s3cret' for sc://i:2",
                "value 'sc://h:1/;token=…' for sc://i:2",
            ),
            ("sc://h:port/;token=s3cret", "sc://…"),
        ] {
            assert_eq!(left_out(text), shown);
        }
    }

    #[test]
    fn no_message_holds_a_token() {
        let message = "sc://h/;token=s3cret;a=b: could not read; token=hush";
        assert_eq!(tokens_left_out(message), "sc://h/;token=…;a=b: could not read; token=…");
    }
}
