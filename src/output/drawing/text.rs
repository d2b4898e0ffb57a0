//! How wide text is, so that it stays within its sign and its page.

/// How wide each letter from U+0020 to U+052F (Latin, Greek, Cyrillic) is in DejaVu Sans, in fiftieths of the size, rounded up: the letter
/// `0` is none, the next of ASCII one, and so on. DejaVu Sans is wider than Verdana, Helvetica and Arial, so that what fits with it
/// fits with them. Made of the advances in its table `hmtx`; a test holds this table against the font.
const ADVANCES: &str = concat!(
    r"@EGZP`W>DDIZ@C@APPPPPPPPPPAAZZZKbSSSWPMWV??QL\VXOXSPOUSbSOSDADZIIOPLPOBPP>>M>aPOPPEKDPNYNNKPAPZS",
    r"SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS@EPPPPAIIbHOZCbIIZEEIPP@IEHOaaaKSSSSSSaSPPPP????WVXXXXXZXUUUUOOP",
    r"OOOOOObLOOOO>>>>OPOOOOOZOPPPPNPNSOSOSOSLSLSLSLWPWPPOPOPOPOPOWPWPWPWPVP^S?>?>?>?>?>NL?>QMML>L>LCL",
    r"BM?VPVPVPYVPXOXOXOfdSESESEPKPKPKPKODODODUPUPUPUPUPUPbYONOSKSKSKBPUSPSPTSLWYSPOPXOMBWSbB?VM>NaVPX",
    r"^O`VQPSPKPADODO[PWUVUSKRRMKPRMJP?IG?xqjZXG__XSO?>XOUPUPUPUPUPOSOSOabWPWPQMXOXORM>xqjWPhSVPSOabXO",
    r"SOSOPOPO?>?>XOXOSESEUPUPPKODPKVPUZSOSKSOPOXOXOXOXOONH[H>bbSSLLOKKOHSUSPO?>XPSEONOPPPLLPSOOYLKWR>",
    r"SPPNNPPP>ACDI>TaaaQQPO[UQEEEEEKKOOKAAHADDPONNYNOKKMMJJJJXMRTQ?RJUJJcecZOW[TQJJRRED9=??CJC>G@@@@@",
    r"CCIIIIII>III>IIIAA@@IID@IIIIII@IF9CGCIIIIISSIIJSSSSISSSISSSSSSSS00000000000000000000000000000000",
    r"000000000000000000000000000000000000000000000000S000SSS00S0S0000000SSSSSSSSSSSSSQM\Q>>VQSSILLLA?",
    r"SSSSIIS@V\ESYSZZASSLSPSVX?QS\VPXVOSPOOXSXW?OQLPAMQPNOLLPOANNPLLOOPNPOMQMQZAMOMZQOOS[SQZRXOQNMGQQ",
    r"\P_ZVQXOSOWPSOOKRPL>XOOOPS\QPTSTPPXOSP???geXTVOVSSSOXPfQVVTV\VXVOSOO\SWSfgZ]SSfSOONKSO^KQQOPVQOQ",
    r"PLNN[NSN^`TXNL[OOOPKLK>>>^]QOQNQ_ZWR`V\XjcXOdZPL[\XOXRXRb^`Vkd_ZSLJ00000EEWRSNOPOKRNPKf^QKTOTOTO",
    r"[ZVRc\g^\SSLONONONSN_YSNSNSP`U`U?f^QOWRVRWSSN]W>SOSOabPOXOXOf^QKRMVQVQXOXOXOSLONONONSNOK]XRNSNSN",
    r"SNc]a\RNf`haWQWTOLVPkb]\dbXPbYTOg^g^XSSSSSSSSSSS",
);

/// The advance of all other letters; few are wider, and Chinese ones are about as wide as the text is high.
const OTHER: f64 = 1.1;

/// How much wider than others bold letters may be, over a whole line.
pub(in crate::output) const BOLD: f64 = 1.2;

/// How far a letter reaches over and under the line, and from there to the next, in sizes.
pub(in crate::output) const LINE: f64 = 1.2;

/// How wide `text` is where letters are `size` high.
pub(in crate::output) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(letter: char) -> f64 {
    let place = (letter as usize).checked_sub(0x20);
    let own = place.and_then(|place| ADVANCES.as_bytes().get(place));
    own.map_or(OTHER, |own| f64::from(own - b'0') / 50.0)
}

/// `text` in lines of at most `room`; a word that is longer than a line is cut.
pub(in crate::output) fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut rest = word;
        loop {
            let last = lines.len() - 1;
            let line = &mut lines[last];
            let glue = if line.is_empty() { "" } else { " " };
            let taken = width(line, size) + width(glue, size);
            if taken + width(rest, size) <= room {
                line.push_str(glue);
                line.push_str(rest);
                break;
            }
            if line.is_empty() {
                let fits = cut(rest, size, room);
                line.push_str(&rest[..fits]);
                rest = &rest[fits..];
            }
            lines.push(String::new());
        }
    }
    lines
}

/// How many bytes of `text` fit in `room`, one letter at least.
fn cut(text: &str, size: f64, room: f64) -> usize {
    let mut taken = 0.0;
    for (at, letter) in text.char_indices() {
        taken += advance(letter) * size;
        if taken > room && at > 0 {
            return at;
        }
    }
    text.len()
}

/// `text`, or as much of it as fits in `room` with a `…`.
pub(in crate::output) fn shortened(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let fits = cut(text, size, room - width("…", size));
    format!("{}…", &text[..fits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_their_room_and_lose_nothing() {
        let text = "a word, an extraordinarilylongwordthatfitsnowhere and  two spaces";
        for room in [20.0, 60.0, 200.0] {
            let lines = wrapped(text, 10.0, room);
            assert!(lines.iter().all(|line| width(line, 10.0) <= room), "{lines:?}");
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }

    #[test]
    fn a_letter_that_has_no_room_is_a_line_all_the_same() {
        assert_eq!(wrapped("WW", 10.0, 1.0).concat(), "WW");
    }

    #[test]
    fn what_is_cut_says_so_and_fits() {
        let cut = shortened("Grootvergadering", 10.0, 60.0);
        assert!(cut.ends_with('…') && width(&cut, 10.0) <= 60.0);
        assert_eq!(shortened("E12", 10.0, 60.0), "E12");
    }

    #[cfg(feature = "png")]
    #[test]
    fn the_table_is_that_of_the_font_rounded_up() {
        use skrifa::instance::{LocationRef, Size};
        use skrifa::{FontRef, MetadataProvider};

        let font = FontRef::new(dejavu::sans::regular()).unwrap();
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let (mut found, mut letters) = (0, 0);
        for letter in '\u{20}'..'\u{530}' {
            letters += 1;
            let Some(glyph) = font.charmap().map(letter) else { continue };
            found += 1;
            let (own, table) = (f64::from(metrics.advance_width(glyph).unwrap()), advance(letter));
            assert!(table >= own - 1e-6 && table < own + 0.021, "{letter} {own} {table}");
        }
        assert!(found * 10 > letters * 9, "{found} of {letters}");
    }

    #[cfg(feature = "png")]
    #[test]
    fn bold_lines_are_no_wider_than_said() {
        use skrifa::instance::{LocationRef, Size};
        use skrifa::{FontRef, MetadataProvider};

        let font = FontRef::new(dejavu::sans::bold()).unwrap();
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        for text in [
            "Network map: 60 of 200 people",
            "Netwerkkaart: 1 van 9 personen",
            "illicit, illegible",
        ] {
            let own = text.chars().filter_map(|letter| font.charmap().map(letter));
            let own: f32 = own.filter_map(|glyph| metrics.advance_width(glyph)).sum();
            assert!(f64::from(own) <= BOLD * width(text, 1.0), "{text}");
        }
    }

    #[test]
    fn words_stay_on_a_line_as_long_as_they_fit() {
        // `xx` is 12 wide in letters of 10, and a blank 3.2.
        assert!((width("xx xx", 10.0) - 27.2).abs() < 1e-9);
        assert_eq!(wrapped("xx xx xx", 10.0, 27.3), ["xx xx", "xx"]);
        assert_eq!(wrapped("xx xx xx", 10.0, 27.1), ["xx", "xx", "xx"]);
        // A word is cut where it leaves its line.
        assert_eq!(wrapped("xxxxx", 10.0, 12.0), ["xx", "xx", "x"]);
        assert_eq!(wrapped("", 10.0, 12.0), [""]);
    }

    #[test]
    fn a_text_is_cut_to_leave_room_for_the_sign_that_it_was() {
        // The sign is 11 wide, and so one of three letters of 6 stays.
        assert_eq!(shortened("xxx", 10.0, 18.1), "xxx");
        assert_eq!(shortened("xxx", 10.0, 17.9), "x…");
        assert_eq!(shortened("xxxx", 10.0, 23.0), "xx…");
    }
}
