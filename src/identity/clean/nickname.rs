/// A name without the nicknames in it, and those nicknames, as they are written.
///
/// A nickname stands in quotation marks, in brackets, or after `alias`, `aka` or `bijgenaamd`. An opening mark that is never closed
/// is an apostrophe or a slip, and stays.
pub(super) fn set_nicknames_aside(text: &str) -> (String, Vec<String>) {
    let (text, after_alias) = split_at_alias(text);
    let mut rest = String::with_capacity(text.len());
    let mut nicknames = Vec::new();
    let mut left = text;
    // What is not closed once is not closed later: each mark is searched in vain once at most.
    let mut unclosed = String::new();
    while let Some(c) = left.chars().next() {
        let behind = &left[c.len_utf8()..];
        let starts_word = rest.chars().last().is_none_or(|last| !last.is_alphanumeric());
        let marks = closing(c).filter(|_| starts_word && !unclosed.contains(c));
        let enclosed = marks.and_then(|marks| enclosed(behind, marks));
        if marks.is_some() && enclosed.is_none() {
            unclosed.push(c);
        }
        if let Some((inside, outside)) = enclosed {
            nicknames.push(inside.to_owned());
            rest.push(' ');
            left = outside;
        } else {
            rest.push(c);
            left = behind;
        }
    }
    nicknames.extend(after_alias.map(str::to_owned));
    (rest, nicknames)
}

/// Which marks close what `opening` opens.
fn closing(opening: char) -> Option<&'static [char]> {
    Some(match opening {
        '"' | '“' | '”' | '„' | '«' | '»' | '＂' => &['"', '“', '”', '«', '»', '＂'],
        '\'' | '‘' | '’' | '‚' | '`' => &['\'', '’', '‘', '`'],
        '(' => &[')'],
        '[' => &[']'],
        _ => return None,
    })
}

/// What is inside, up to the first closing mark that ends a word, and what follows it.
fn enclosed<'a>(text: &'a str, marks: &[char]) -> Option<(&'a str, &'a str)> {
    let ends_word = |&(at, mark): &(usize, &str)| {
        let next = text[at + mark.len()..].chars().next();
        next.is_none_or(|next| !next.is_alphanumeric())
    };
    let (at, mark) = text.match_indices(marks).find(ends_word)?;
    Some((&text[..at], &text[at + mark.len()..]))
}

fn split_at_alias(text: &str) -> (&str, Option<&str>) {
    let mut from = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_matches(['.', ',', ':']).replace('.', "").to_lowercase();
        if matches!(bare.as_str(), "alias" | "aka" | "bijgenaamd") {
            return (&text[..from], Some(&text[from + word.len()..]));
        }
        from += word.len();
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicknames_are_found_where_people_write_them() {
        for (text, name, nicknames) in [
            ("\"Appie\" Yilmaz", " Yilmaz", vec!["Appie"]),
            ("Jan „de Lange” Smit", "Jan   Smit", vec!["de Lange"]),
            ("Jan 'Kobus' Smit", "Jan   Smit", vec!["Kobus"]),
            ("Jan (Jopie) Smit [J]", "Jan   Smit  ", vec!["Jopie", "J"]),
            ("Jan Smit a.k.a. Jopie", "Jan Smit ", vec!["Jopie"]),
            ("Kees O'Neill", "Kees O'Neill", vec![]),
            ("Gerard 't Hart", "Gerard 't Hart", vec![]),
            ("Jan (Jopie", "Jan (Jopie", vec![]),
            ("'t (Hart) (van", "'t (van", vec!["Hart"]),
            // An apostrophe within a word opens nothing, and closes no later mark out.
            ("D'Angelo 'Kobus' Smit", "D'Angelo   Smit", vec!["Kobus"]),
            ("Kees O'Neill, Hans' zoon", "Kees O'Neill, Hans' zoon", vec![]),
            ("Jan 'O'Neil' Smit", "Jan   Smit", vec!["O'Neil"]),
            ("Jan «Kobus» Smit", "Jan   Smit", vec!["Kobus"]),
            ("Jan Smit (J) alias Jopie", "Jan Smit  ", vec!["J", "Jopie"]),
            ("Jan Smit bijgenaamd: Jopie", "Jan Smit ", vec!["Jopie"]),
            ("Jan Smit, aka, Jopie", "Jan Smit, ", vec!["Jopie"]),
            ("Aliassen Smit", "Aliassen Smit", vec![]),
        ] {
            let (rest, found) = set_nicknames_aside(text);
            assert_eq!(
                rest.split_whitespace().collect::<Vec<_>>(),
                name.split_whitespace().collect::<Vec<_>>(),
                "{text}"
            );
            assert_eq!(found, nicknames, "{text}");
        }
    }
}
