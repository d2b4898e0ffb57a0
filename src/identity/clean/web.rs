/// Parameters of a web address that say where somebody came from, not what is shown.
const TRACKING: &[&str] = &[
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "igsh", "mc_cid", "mc_eid",
    "ref_src", "_ga",
];

/// A web address without its scheme and `www.`.
pub(super) fn without_scheme(text: &str) -> &str {
    let bare = text.find("://").map_or(text, |at| &text[at + 3..]);
    let starts = bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    if starts { &bare[4..] } else { bare }
}

/// A web address as a key: host in small letters, no scheme, `www.`, usual port, trailing slash, fragment or tracking; its
/// parameters in order.
pub(super) fn url(text: &str) -> String {
    let whole: String = text.split_whitespace().collect();
    let bare = without_scheme(&whole).split('#').next().unwrap_or_default();
    let (place, query) = bare.split_once('?').unwrap_or((bare, ""));
    let (host, path) = place.find('/').map_or((place, ""), |at| place.split_at(at));
    let host = host.to_lowercase();
    let host = [":80", ":443"].iter().find_map(|port| host.strip_suffix(port)).unwrap_or(&host);
    let mut key = format!("{}{}", host.trim_end_matches('.'), path.trim_end_matches('/'));
    let mut parameters: Vec<&str> =
        query.split('&').filter(|part| says_what_is_shown(part)).collect();
    parameters.sort_unstable();
    for (number, parameter) in parameters.into_iter().enumerate() {
        key.push(if number == 0 { '?' } else { '&' });
        key.push_str(parameter);
    }
    key
}

fn says_what_is_shown(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
}

/// An e-mail address as a key: small letters, without `mailto:` and `+tag`. A text without `@` stays as it is.
pub(super) fn email(text: &str) -> String {
    let small: String = text.split_whitespace().collect::<String>().to_lowercase();
    let bare = small.strip_prefix("mailto:").unwrap_or(&small).trim_matches(['<', '>']);
    match bare.rsplit_once('@') {
        Some((user, host)) => {
            let user = user.split_once('+').map_or(user, |(user, _)| user);
            format!("{user}@{}", host.trim_end_matches('.'))
        }
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_web_address_have_one_key() {
        for text in [
            "https://www.Example.org/a/B?id=7&x=1#top",
            "example.org/a/B/?utm_source=q&x=1&id=7&fbclid=9",
            "http://example.org:80/a/B?x=1&&id=7",
        ] {
            assert_eq!(url(text), "example.org/a/B?id=7&x=1", "{text}");
        }
        assert_eq!(url("HTTP://WWW.EXAMPLE.ORG/"), "example.org");
    }

    #[test]
    fn writings_of_one_mailbox_have_one_key() {
        for text in [
            "Kim@Example.org",
            "kim+ads@example.org",
            "mailto:kim@example.org.",
            "<kim@example.org>",
        ] {
            assert_eq!(email(text), "kim@example.org", "{text}");
        }
        assert_eq!(email("kim example"), "kimexample");
    }
}
