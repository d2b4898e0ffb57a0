//! What a manifest says when it is read back, and whether it is whole.

use super::*;

#[test]
fn any_flipped_bit_of_a_manifest_is_found() {
    let text = Manifest::new(7).to_json();
    assert!(is_sealed(&text), "{text}");
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let found = String::from_utf8(bytes).map_or(true, |text| !is_sealed(&text));
            assert!(found, "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn a_manifest_that_was_read_back_is_sealed_anew() {
    let mut manifest = Manifest::new(7);
    manifest.wrote("report.md", Saved { bytes: 3, sha256: "0".repeat(64) });
    let text = manifest.to_json();
    let read = Manifest::parse(&text).expect("it is one");
    assert!(read.is_sealed && !read.manifest.is_unsealed_schema());
    assert_eq!((read.manifest.seal.len(), read.manifest.outputs[0].bytes), (64, 3));
    assert_eq!(read.manifest.to_json(), text);
}

#[test]
fn the_first_schema_is_known_and_a_later_one_is_not() {
    let text = Manifest::new(7).to_json();
    let of = |number: &str| text.replace("manifest/2", &format!("manifest/{number}"));
    let mut older: serde_json::Value = serde_json::from_str(&of("1")).expect("JSON");
    for name in ["seal", "command", "limits"] {
        older.as_object_mut().expect("an object").remove(name);
    }
    let first = Manifest::parse(&older.to_string()).expect("it is an older one");
    assert!(first.manifest.is_unsealed_schema() && !first.is_sealed);
    // With what came later in it, it only says that it is older.
    let forged = Manifest::parse(&of("1")).expect("it can be read");
    assert!(!forged.manifest.is_unsealed_schema() && !forged.is_sealed);
    let told = Manifest::parse(&of("3")).expect_err("it is of no version yet").to_string();
    assert!(told.starts_with("manifest.json: schema `kluwen.manifest/3`; expected"), "{told}");
    let told = Manifest::parse("{\n\"seed\": x}").expect_err("it is no JSON").to_string();
    assert!(told.starts_with("manifest.json:2: "), "{told}");
}

#[test]
fn a_file_without_its_digest_is_refused() {
    let mut manifest = Manifest::new(7);
    let mut files = [InputFile { name: "a/links.csv".into(), bytes: 12, sha256: None }];
    let told = manifest.read_from(InputRole::Case, &files).expect_err("it has none").to_string();
    assert!(told.starts_with("links.csv: read without its SHA-256"), "{told}");
    files[0].sha256 = Some("0".repeat(64));
    manifest.read_from(InputRole::Grades, &files).expect("it has one");
    let entry = InputEntry {
        role: InputRole::Grades,
        name: "links.csv".into(),
        bytes: 12,
        sha256: Some("0".repeat(64)),
    };
    assert_eq!(manifest.inputs, [entry]);
}

#[test]
fn it_is_staged_as_the_last_file_of_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (guard, manifest) = (InputGuard::default(), Manifest::new(7));
    let mut drafts = Drafts::new(&guard);
    drafts.stage(folder.path().join("report.md"), |out| out.write_all(b"x")).expect("written");
    manifest.stage(folder.path(), &mut drafts).expect("it is written");
    drafts.commit().expect("both are named");
    let text = std::fs::read_to_string(folder.path().join(Manifest::NAME)).expect("it is there");
    assert_eq!(text, manifest.to_json());
}
