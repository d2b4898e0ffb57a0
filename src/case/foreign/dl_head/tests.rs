//! What the heads of DL files say.

use super::super::super::limits::Limits;
use super::super::ForeignFormat;
use super::*;

fn builder() -> Builder {
    Builder::new(ForeignFormat::UcinetDl, "a.dl", 0, Limits::default())
}

fn read(text: &str) -> Head<'_> {
    head(text, &builder()).expect("a head")
}

fn refused(text: &str) -> String {
    head(text, &builder()).expect_err("no head").to_string()
}

#[test]
fn a_file_begins_with_dl_and_a_blank_or_comma_or_nothing() {
    for text in ["dl", "DL n=3", "dl,n=3", "dl\tn=3", "\n  Dl n=3\n"] {
        assert!(begins(text), "{text}");
    }
    for text in ["", "d", "dln=3", "dl=3", "é", "dx n=3", "*vertices 3\ndl n=3"] {
        assert!(!begins(text), "{text}");
    }
}

#[test]
fn a_line_says_whose_labels_follow() {
    for (line, of, after) in [
        ("labels:", Some(Labels::Both), ""),
        ("labels", Some(Labels::Both), ""),
        ("labels : a,b", Some(Labels::Both), " a,b"),
        ("row labels: a", Some(Labels::Rows), " a"),
        ("column labels:a", Some(Labels::Columns), "a"),
        ("col labels a", Some(Labels::Columns), "a"),
        ("matrix labels:", Some(Labels::Matrices), ""),
        ("level labels:", Some(Labels::Matrices), ""),
        ("label: a", None, ""),
    ] {
        let read = labels_line(line);
        assert_eq!(read.map(|(_, after)| after), of.map(|_| after), "{line}");
        assert!(read.map(|(of, _)| of) == of, "{line}");
    }
}

#[test]
fn settings_after_labels_are_told_from_labels() {
    for line in [
        "format=edgelist1",
        "format = fullmatrix",
        "n=3",
        "n = 3",
        "nr=2, nc=3",
        "nc = 3",
        "nm=1",
        "diagonal=absent",
        "diagonal absent",
        "diagonal present",
    ] {
        assert!(looks_like_settings(line), "{line}");
    }
    for line in ["nora", "nr", "nc two", "nancy = x", "format", "formats=x", "diagonal", "n"] {
        assert!(!looks_like_settings(line), "{line}");
    }
}

#[test]
fn every_setting_is_read() {
    let head = read(
        "dl nr=2, nc=3; nm=1\nformat=edgelist2\nrow labels:\nAnn,Bob\ncolumn labels:\np\nq r\nmatrix labels:\nknows\n\
         diagonal absent\ndata: 1 2\n\n3 4\n",
    );
    assert_eq!((head.rows, head.columns, head.two_mode), (2, 3, true));
    assert_eq!((head.layout, head.no_diagonal, head.line), (Layout::EdgeList, true, 1));
    assert_eq!(head.row_labels, ["Ann", "Bob"]);
    assert_eq!(head.column_labels, ["p", "q", "r"]);
    assert_eq!(head.matrix_labels, ["knows"]);
    assert_eq!(head.data, [(11, " 1 2"), (12, ""), (13, "3 4")]);
    assert!(!head.rows_embedded && !head.columns_embedded);
}

#[test]
fn the_diagonal_may_be_left_out_after_the_labels() {
    for (line, absent) in [
        ("diagonal absent", true),
        ("diagonal = absent", true),
        ("DIAGONAL PRESENT", false),
        ("diagonal=present", false),
    ] {
        let text = format!("dl\nn=2\nlabels:\na,b\n{line}\ndata:\n");
        let head = read(&text);
        assert_eq!((head.no_diagonal, head.row_labels), (absent, vec!["a", "b"]), "{line}");
    }
}

#[test]
fn labels_of_one_side_or_both_may_stand_in_the_data() {
    for (line, rows, columns) in [
        ("labels embedded", true, true),
        ("LABELS EMBEDDED:", true, true),
        ("row labels embedded", true, false),
        ("column labels: embedded", false, true),
    ] {
        let text = format!("dl n=2\n{line}\ndata:\n");
        let head = read(&text);
        assert_eq!((head.rows_embedded, head.columns_embedded), (rows, columns), "{line}");
        assert!(head.row_labels.is_empty() && head.column_labels.is_empty());
    }
}

#[test]
fn a_label_may_begin_as_the_word_before_the_data_does() {
    let head = read("dl n=4\nlabels:\nDatabase\ndata-1\ndata_2\nBob\nDATA\n1 2\n");
    assert_eq!(head.row_labels, ["Database", "data-1", "data_2", "Bob"]);
    assert_eq!(head.data.iter().map(|(_, line)| *line).collect::<Vec<_>>(), ["", "1 2"]);
}

#[test]
fn labels_may_hold_blanks_between_commas_or_quotes_and_letters_of_any_script() {
    let long = "İ".repeat(9);
    let two = format!("{long},b");
    for (line, labels) in [
        ("Ann Lee, Bob,", vec!["Ann Lee", "Bob"]),
        ("\"Ann, Lee\" Bob", vec!["Ann, Lee", "Bob"]),
        ("Ann Bob", vec!["Ann", "Bob"]),
        ("\u{212a}im,ẞ", vec!["\u{212a}im", "ẞ"]),
        (&two, vec![&long, "b"]),
    ] {
        let text = format!("dl n=2\nlabels: {line}\ndata: {line}\n");
        let head = read(&text);
        assert_eq!((head.row_labels, head.column_labels), (labels.clone(), labels));
        assert_eq!(head.data, [(3, &*format!(" {line}"))]);
    }
}

#[test]
fn a_head_that_says_too_little_or_too_much_is_refused_at_its_line() {
    let counts =
        "no number of nodes; expected `n=` with the number of nodes, or both `nr=` and `nc=`";
    for (text, told) in [
        (
            "\nlabels:\n",
            "a.dl:2: `labels:`; expected `dl` at the start of a file for UCINET".into(),
        ),
        ("", format!("a.dl:1: {counts}")),
        ("\ndl\nnr=2\ndata:\n", format!("a.dl:2: {counts}")),
        ("dl n=2 nr=2\ndata:\n", format!("a.dl:1: {counts}")),
        ("dl n=2\n", "a.dl:1: no `data:`; expected `data:` and the data after it".into()),
        ("dl n=2\nformat\n", "a.dl:2: `format` without a value; expected a value after it".into()),
        ("dl n=x\n", "a.dl:1: `x`; expected a number of nodes, a whole number".into()),
        ("dl nr=x\n", "a.dl:1: `x`; expected a number of rows, a whole number".into()),
        ("dl nc=x\n", "a.dl:1: `x`; expected a number of columns, a whole number".into()),
        ("dl nm=x\n", "a.dl:1: `x`; expected a number of matrices, a whole number".into()),
        (
            "\ndl n=2\nlabels:\na,b,c\ndata:\n",
            "a.dl:2: 3 labels of 2 nodes; expected no more labels than nodes".into(),
        ),
        (
            "dl nr=1 nc=3\nrow labels:\na,b\ndata:\n",
            "a.dl:1: 2 labels of 1 nodes; expected no more labels than nodes".into(),
        ),
    ] {
        assert_eq!(refused(text), told, "{text}");
    }
    assert!(refused("dl n=2\ncolor=red\n").starts_with("a.dl:2: `color`; expected `n=`, `nr=`"));
    assert!(refused("dl n=2 format=x\n").starts_with("a.dl:1: the format `x`; expected `fullm"));
}

#[test]
fn layouts_are_known_by_their_long_and_short_names() {
    for (name, meant) in [
        ("fullmatrix", Layout::FullMatrix),
        ("FM", Layout::FullMatrix),
        ("lowerhalf", Layout::LowerHalf),
        ("lh", Layout::LowerHalf),
        ("upperhalf", Layout::UpperHalf),
        ("uh", Layout::UpperHalf),
        ("edgelist1", Layout::EdgeList),
        ("el2", Layout::EdgeList),
        ("NodeList1", Layout::NodeList),
        ("nl2", Layout::NodeList),
    ] {
        assert_eq!(layout(name, 1, &builder()).expect(name), meant, "{name}");
    }
}
