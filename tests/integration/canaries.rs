//! Finds canaries, `zq` and some letters and `qz`, in whatever form a program may have written them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use parquet::file::reader::{FileReader as _, SerializedFileReader};

/// A canary that left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) place: String,
    /// Two letters that say what it stood for.
    pub(crate) kind: String,
    pub(crate) text: String,
}

/// Every canary in a file or text, each once, however it is packed and encoded.
pub(crate) fn found_in(place: &str, bytes: &[u8]) -> Vec<Found> {
    let mut texts = BTreeSet::new();
    for view in views(bytes) {
        plain(&view, &mut texts);
    }
    let found = |text: String| Found { place: place.into(), kind: text[2..4].into(), text };
    texts.into_iter().map(found).collect()
}

/// A file as it is, and as what is packed in it.
fn views(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut views = vec![bytes.to_vec()];
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut inside = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut inside).expect("whole gzip");
        views.push(inside);
    } else if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole archive");
        for number in 0..archive.len() {
            let mut inside = Vec::new();
            archive.by_index(number).unwrap().read_to_end(&mut inside).expect("a whole entry");
            views.push(inside);
        }
    } else if bytes.starts_with(b"PAR1") {
        let mut copy = tempfile::tempfile().unwrap();
        copy.write_all(bytes).unwrap();
        let file = SerializedFileReader::new(copy).unwrap();
        let rows = file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string());
        views.push(rows.collect::<Vec<_>>().join("\n").into_bytes());
    } else if bytes.starts_with(b"\x89PNG") {
        // Compressed texts would hide from a search; there are no texts at all.
        for chunk in ["tEXt", "zTXt", "iTXt", "eXIf"] {
            let found = bytes.windows(4).any(|window| window == chunk.as_bytes());
            assert!(!found, "a picture with a chunk {chunk}");
        }
    }
    views
}

/// Canaries in bytes, also where letters are of two bytes, escaped, or in base 64.
fn plain(bytes: &[u8], texts: &mut BTreeSet<String>) {
    search(bytes, texts);
    let narrow: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != 0).collect();
    search(&narrow, texts);
    search(&unescaped(&narrow), texts);
    for run in narrow.split(|&byte| !(byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte))) {
        if run.len() >= 16 {
            (0..4).for_each(|start| search(&from_base64(&run[start..]), texts));
        }
    }
}

fn search(bytes: &[u8], texts: &mut BTreeSet<String>) {
    const LENGTH: usize = 11;
    for window in bytes.windows(LENGTH) {
        if window.iter().all(u8::is_ascii_alphabetic) {
            let text = String::from_utf8_lossy(window).to_ascii_lowercase();
            if text.starts_with("zq") && text.ends_with("qz") {
                texts.insert(text);
            }
        }
    }
}

/// With `%71`, `&#113;`, `&#x71;`, `\u0071`, `\u{71}` and `\x71` as the letters that they stand for.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let escapes: [(&[u8], u32, usize, &[u8]); 6] = [
            (b"%", 16, 2, b""),
            (b"&#x", 16, 6, b";"),
            (b"&#", 10, 7, b";"),
            (b"\\u{", 16, 6, b"}"),
            (b"\\u", 16, 4, b""),
            (b"\\x", 16, 2, b""),
        ];
        let found = escapes.iter().find_map(|&(begin, radix, most, end)| {
            let digits = rest.strip_prefix(begin)?;
            let count = digits
                .iter()
                .take(most)
                .take_while(|&&digit| char::from(digit).is_digit(radix))
                .count();
            let text = std::str::from_utf8(&digits[..count]).ok()?;
            let letter = u8::try_from(u32::from_str_radix(text, radix).ok()?).ok()?;
            digits[count..].starts_with(end).then_some((letter, begin.len() + count + end.len()))
        });
        let (letter, length) = found.unwrap_or((first, 1));
        out.push(letter);
        rest = &rest[length..];
    }
    out
}

fn from_base64(text: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut bits, mut count, mut out) = (0_u32, 0, Vec::new());
    for six in text.iter().filter_map(|&byte| value(byte)) {
        bits = (bits << 6 | u32::from(six)) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count).to_le_bytes()[0]);
        }
    }
    out
}

#[test]
fn a_canary_is_found_in_every_form() {
    let canary = "zqnmbcdfgqz";
    let escaped =
        |form: fn(u32) -> String| canary.chars().map(|c| form(c.into())).collect::<String>();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(canary.as_bytes()).unwrap();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("a", options).unwrap();
    archive.write_all(canary.repeat(9).as_bytes()).unwrap();
    let forms: Vec<Vec<u8>> = vec![
        canary.into(),
        canary.to_ascii_uppercase().into(),
        canary.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        canary.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        escaped(|c| format!("%{c:02X}")).into(),
        escaped(|c| format!("&#{c};")).into(),
        escaped(|c| format!("&#x{c:x};")).into(),
        escaped(|c| format!("\\u{c:04x}")).into(),
        escaped(|c| format!("\\u{{{c:x}}}")).into(),
        // ` zqnmbcdfgqz` after no, one and two other letters.
        b"\"enFubWJjZGZncXo=\"".into(),
        b"\"LXpxbm1iY2RmZ3F6\"".into(),
        b"\"LS16cW5tYmNkZmdxeg==\"".into(),
        gzip.finish().unwrap(),
        archive.finish().unwrap().into_inner(),
    ];
    for form in forms {
        let found = found_in("here", &form);
        assert_eq!(found.len(), 1, "{:?}", String::from_utf8_lossy(&form));
        assert_eq!((found[0].kind.as_str(), found[0].text.as_str()), ("nm", canary));
    }
    assert!(found_in("here", b"zqnmbcdfgq zqnm1cdfgqz").is_empty());
}
