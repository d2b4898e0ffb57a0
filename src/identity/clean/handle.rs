use unicode_normalization::UnicodeNormalization;

use super::fold;
use super::web::without_scheme;

/// Hosts on which the path names an account.
const PLATFORMS: &[&str] = &[
    "instagram.com",
    "facebook.com",
    "fb.com",
    "fb.me",
    "messenger.com",
    "m.me",
    "tiktok.com",
    "snapchat.com",
    "twitter.com",
    "x.com",
    "t.me",
    "telegram.me",
    "telegram.org",
    "vk.com",
    "ok.ru",
    "onlyfans.com",
    "linkedin.com",
    "youtube.com",
    "reddit.com",
    "twitch.tv",
    "discord.com",
    "kik.me",
    "wa.me",
    "pinterest.com",
    "threads.net",
    "badoo.com",
    "tinder.com",
];

/// Parts of a path that stand before the account.
const BEFORE: &[&str] =
    &["add", "in", "user", "u", "c", "channel", "people", "users", "s", "stories"];

/// The fewest letters of a stem.
const SHORTEST_STEM: usize = 4;

/// A handle in small letters, without blanks, `@` and the address of its platform.
pub(super) fn handle(text: &str) -> String {
    let small: String =
        text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    account(&small).trim_start_matches('@').to_owned()
}

/// The account that a web address of a platform names; the whole text where it is none.
fn account(text: &str) -> &str {
    let (host, path) = without_scheme(text).split_once('/').unwrap_or((text, ""));
    let mobile = host.strip_prefix("m.").or_else(|| host.strip_prefix("mobile."));
    if !PLATFORMS.contains(&host) && mobile.is_none_or(|host| !PLATFORMS.contains(&host)) {
        return text;
    }
    if let Some((_, id)) = path.split_once("profile.php?id=") {
        return id.split('&').next().unwrap_or(id);
    }
    let bare = path.split(['?', '#']).next().unwrap_or(path);
    let named = bare.split('/').find(|part| !part.is_empty() && !BEFORE.contains(part));
    named.unwrap_or(text)
}

/// What stays of a handle when its owner needs a new one: its letters, digits between letters read as the letters they look like
/// (`r0s4lind_99` is `rosalind`). None where fewer than four letters are left.
pub(super) fn stem(handle: &str) -> Option<String> {
    let folded = fold(handle);
    let end = folded.trim_end_matches(|c: char| !c.is_ascii_lowercase());
    let inner = end.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let stem: String = inner.chars().map(as_letter).filter(char::is_ascii_lowercase).collect();
    (stem.len() >= SHORTEST_STEM).then_some(stem)
}

/// The letter that a digit stands for in a disguised word.
pub(crate) fn as_letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_the_account_and_no_more() {
        for text in [
            "@Rosa_Lind.99",
            "rosa_lind.99",
            "https://www.instagram.com/Rosa_Lind.99/?hl=nl",
            "instagram.com/rosa_lind.99",
            "https://www.tiktok.com/@rosa_lind.99",
            "snapchat.com/add/rosa_lind.99",
            "https://m.facebook.com/rosa_lind.99#x",
            "ｒosa_lind.99 ",
        ] {
            assert_eq!(handle(text), "rosa_lind.99", "{text}");
        }
        assert_eq!(handle("https://facebook.com/profile.php?id=1000&x=1"), "1000");
        assert_eq!(handle("x.com"), "x.com");
        assert_eq!(handle("mobile.twitter.com/rosa"), "rosa");
        assert_eq!(handle("instagram.com//rosa"), "rosa");
        assert_eq!(handle("m.example.org/rosa"), "m.example.org/rosa");
        assert_eq!(handle("example.org/rosa"), "example.org/rosa");
        assert_eq!(handle("@"), "");
    }

    #[test]
    fn a_stem_outlives_the_numbers() {
        for (text, expected) in [
            ("rosa_lind.99", Some("rosalind")),
            ("r0s4lind_99", Some("rosalind")),
            ("__rosalind__", Some("rosalind")),
            ("rosalind2", Some("rosalind")),
            ("kim_07", None),
            ("rosa", Some("rosa")),
            ("b0134578z2x", Some("boieastbzx")),
            ("1234567", None),
            ("", None),
        ] {
            assert_eq!(stem(text).as_deref(), expected, "{text}");
        }
    }
}
