//! Numbers in a text that are prices, times, days and measures of a body, and no part of a telephone number.

/// Whether what stands between two blanks is one of them: `150,-`, `€200`, `1.70`, `12:00-23:00`, `90-60-90`, `26/11/2026`.
pub(super) fn is_measure(chunk: &str) -> bool {
    let digits = chunk.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits > MOST_DIGITS {
        return false;
    }
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    is_price(chunk, digits)
        || is_day(bare)
        || is_body(bare)
        || bare.split(['-', '–', '/']).all(is_time_or_decimal)
}

/// Two hours with minutes, or a day, have no more.
const MOST_DIGITS: usize = 8;
/// A price has no more.
const PRICE_DIGITS: usize = 6;

fn is_price(chunk: &str, digits: usize) -> bool {
    let end = chunk.trim_end_matches(['.', '!', '?', ';', ')']);
    let is_round = [",-", ".-", ",=", "-,", ",–", ",--"].iter().any(|mark| end.ends_with(mark));
    digits <= PRICE_DIGITS && (is_round || chunk.contains(['€', '$', '£']))
}

/// `20:30`, `20.30`, `1.70`, `1,70`, `150,00`; letters behind it (`u`, `m`) are its unit.
fn is_time_or_decimal(piece: &str) -> bool {
    let number = piece.trim_end_matches(|c: char| c.is_alphabetic());
    let Some((whole, sign, part)) = parted(number) else { return false };
    let (Ok(above), Ok(below)) = (whole.parse::<u32>(), part.parse::<u32>()) else { return false };
    let is_time = above <= 24 && below < 60 && part.len() == 2;
    let is_decimal = part.len() <= 2 && !(whole.len() > 1 && whole.starts_with('0'));
    match sign {
        ':' => is_time,
        ',' => is_decimal && whole.len() <= 4,
        // Telephone numbers are parted by points, too: `98.70`.
        _ => (is_time && below % 5 == 0) || (is_decimal && whole.len() != 2 && whole.len() <= 4),
    }
}

/// Two numbers with one sign between them.
fn parted(number: &str) -> Option<(&str, char, &str)> {
    let sign = number.chars().find(|c| !c.is_ascii_digit()).filter(|c| ":.,".contains(*c))?;
    let (whole, part) = number.split_once(sign)?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(whole) && is_number(part)).then_some((whole, sign, part))
}

/// Three numbers with one sign between each two.
fn three(bare: &str) -> Option<[(usize, u32); 3]> {
    let sign = bare.chars().find(|c| "-/.".contains(*c))?;
    let parts: Vec<(usize, u32)> = bare
        .split(sign)
        .map(|part| Some((part.len(), part.parse().ok()?)))
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// A day with its year in full, in either order.
fn is_day(bare: &str) -> bool {
    let is_year = |(length, year): (usize, u32)| length == 4 && (1900..2100).contains(&year);
    let is_rest = |(length, number): (usize, u32)| length <= 2 && (1..=31).contains(&number);
    three(bare).is_some_and(|[a, b, c]| {
        is_rest(b) && ((is_year(a) && is_rest(c)) || (is_rest(a) && is_year(c)))
    })
}

/// Bust, waist and hip.
fn is_body(bare: &str) -> bool {
    three(bare).is_some_and(|all| all.iter().all(|(_, number)| (50..=150).contains(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_times_days_and_measures_are_told_from_numbers() {
        for text in [
            "150,-",
            "200,-!",
            "€150",
            "150€",
            "1.70",
            "1,70m",
            "12:00",
            "12:00-23:00",
            "12.00-23.30u",
            "90-60-90",
            "90/60/90.",
            "26-11-2026",
            "2026-11-26",
            "1/5/2026",
            "49,50",
        ] {
            assert!(is_measure(text), "{text}");
        }
        for text in [
            "06-98700142",
            "06-98-70-01-42",
            "98.70",
            "06.98",
            "0151/23456789",
            "19",
            "dame",
            "06-12-34",
            "98-70-01",
            "+31",
        ] {
            assert!(!is_measure(text), "{text}");
        }
    }
    #[test]
    fn a_time_has_two_digits_of_minutes_and_at_most_twenty_four_hours() {
        for (piece, is) in [
            ("24:59", true),
            ("25:00", false),
            ("12:59", true),
            ("12:60", false),
            ("12:5", false),
            ("12:005", false),
            ("12:+5", false),
            ("12:30u", true),
            ("12.05", true),
            ("12.07", false),
            ("06.30", true),
            ("12:", false),
            (":30", false),
            ("u", false),
        ] {
            assert_eq!(is_time_or_decimal(piece), is, "{piece}");
        }
    }

    #[test]
    fn a_decimal_has_up_to_four_digits_and_two_behind_the_sign() {
        for (piece, is) in [
            ("1,70", true),
            ("0,5", true),
            ("06,98", false),
            ("1234,50", true),
            ("12345,50", false),
            ("1,234", false),
            ("9.07", true),
            ("120.50", true),
            ("1234.50", true),
            ("12345.50", false),
            ("9.123", false),
            ("025.50", false),
        ] {
            assert_eq!(is_time_or_decimal(piece), is, "{piece}");
        }
    }

    #[test]
    fn a_price_has_a_sign_and_at_most_six_digits() {
        for text in [
            "150.-", "150,=", "150-,", "150,–", "150,--", "150,-.", "150,-;", "150,-)", "$90",
            "£90",
        ] {
            assert!(is_measure(text), "{text}");
        }
        assert!(is_measure("€123456") && !is_measure("€1234567"));
        assert!(!is_measure("123456") && !is_measure("€") && !is_measure(",-"));
    }

    #[test]
    fn a_day_has_four_digits_of_a_year_of_two_centuries_and_at_most_two_of_the_rest() {
        for (text, is) in [
            ("31-1-1900", true),
            ("1-1-1899", false),
            ("1-1-2099", true),
            ("1-1-2100", false),
            ("2099/12/31", true),
            ("32-1-2026", false),
            ("1-32-2026", false),
            ("0-1-2026", false),
            ("1-001-2026", false),
            ("1-1-02026", false),
            ("2026-1-2026", false),
            ("2026-1-32", false),
            ("1.1.2026", true),
            ("1-1/2026", false),
            ("1-1", false),
            ("1-1-1-2026", false),
        ] {
            assert_eq!(is_day(text), is, "{text}");
        }
    }

    #[test]
    fn a_body_has_three_measures_of_fifty_to_a_hundred_and_fifty() {
        for (text, is) in [
            ("50-150-50", true),
            ("49-90-90", false),
            ("90-60-151", false),
            ("90-60", false),
            ("90.60.90", true),
            ("90-60/90", false),
        ] {
            assert_eq!(is_body(text), is, "{text}");
        }
        assert!(is_measure("(90-60-90)"), "signs around it are not of it");
        assert!(!is_measure("11-11-20261"), "nine digits are no measure");
    }
}
