//! Maps as PNG: are texts drawn, with our fonts alone, and is it told what could not be?

use kluwen::error::ErrorKind;
use kluwen::finding::{Map, MapNode, Part};
use kluwen::output::{Paper, Placement, Png, Svg};

fn drawing(label: &str) -> String {
    let map = Map { nodes: vec![MapNode::new(label.into(), Part::Victim)], ..Map::default() };
    Svg::default().text(&map, &Placement::default().of(&map).unwrap())
}

/// Width and height, as the file says.
fn sides(bytes: &[u8]) -> [u32; 2] {
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    [16, 20].map(|at| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()))
}

#[test]
fn letters_of_many_scripts_give_pixels() {
    let png = |svg: &str| Png::default().of(svg).unwrap();
    let blank = png(&drawing("XX").replace(">XX<", "><"));
    for label in ["Noor", "Łódź", "Şükrü", "Ивановић", "Ελένη", "ěščř", "ĳßœ"]
    {
        let picture = png(&drawing(label));
        assert!(picture.missing.is_empty(), "{label}: {:?}", picture.missing);
        assert_ne!(
            picture.bytes,
            png(&drawing(label).replace(&format!(">{label}<"), "><")).bytes,
            "{label}"
        );
        assert!(picture.bytes.len() > blank.bytes.len(), "{label}");
    }
}

#[test]
fn letters_that_no_font_has_are_told() {
    assert_eq!(Png::default().of(&drawing("山b田")).unwrap().missing, ['山', '田']);
}

#[test]
fn the_same_drawing_gives_the_same_bytes() {
    let svg = drawing("E1");
    assert_eq!(Png::default().of(&svg).unwrap(), Png::default().of(&svg).unwrap());
}

#[test]
fn a_page_has_as_many_pixels_as_its_inches_say() {
    let svg = Svg { paper: Paper::A4, ..Svg::default() };
    let map = Map::default();
    let svg = svg.text(&map, &Placement::default().of(&map).unwrap());
    let [width, height] = sides(&Png { dpi: 100.0 }.of(&svg).unwrap().bytes);
    let mut sides = [width, height];
    sides.sort_unstable();
    // 210 and 297 mm.
    assert_eq!(sides, [827, 1170]);
}

#[test]
fn too_many_pixels_and_what_is_no_drawing_are_errors() {
    let limit = Png { dpi: 3000.0 }.of(&drawing("E1")).unwrap_err();
    assert!(matches!(limit.kind(), ErrorKind::Limit { .. }), "{limit}");
    for dpi in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(Png { dpi }.of(&drawing("E1")).is_err());
    }
    for text in ["", "no drawing", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\"/>"] {
        assert!(Png::default().of(text).is_err(), "{text}");
    }
}

#[test]
fn no_file_is_looked_at() {
    let folder = crate::common::Folder::of(&[(
        "secret.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>",
    )]);
    let image = |href: &str| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"{href}\" width=\"9\" height=\"9\"/></svg>"
        );
        Png::default().of(&svg).unwrap().bytes
    };
    assert_eq!(image(&folder.join("secret.svg").display().to_string()), image("nowhere"));
}
