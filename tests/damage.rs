//! Damage of encodings: cases by nature, and what holds for every text.

mod common;

use std::fs;

use proptest::prelude::*;
use unspin::clean::{Damage, DamageKind, damage};

/// The text with its damage repaired.
fn repaired(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for Damage { span, replacement, .. } in damage(text) {
        out.push_str(&text[at..span.start()]);
        out.push_str(&replacement);
        at = span.end();
    }
    out + &text[at..]
}

fn file(name: &str) -> String {
    let path = common::repository().join("tests/damage").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first columns of each row, escapes read, with the number of the line.
fn rows<const N: usize>(name: &str) -> Vec<(usize, [String; N])> {
    let text = file(name);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with("# "));
    lines
        .map(|(index, line)| {
            let mut columns = line.split('\t').map(unescaped);
            let row = std::array::from_fn(|_| {
                columns.next().unwrap_or_else(|| panic!("{name}:{}: too few columns", index + 1))
            });
            (index + 1, row)
        })
        .collect()
}

fn unescaped(column: &str) -> String {
    let mut out = String::new();
    let mut rest = column;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let escape = rest.chars().next().unwrap_or('\\');
        match escape {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            '0' => out.push('\0'),
            'u' => {
                let end = rest.find('}').expect("a closing brace");
                let code = u32::from_str_radix(&rest[2..end], 16).expect("hexadecimal digits");
                out.push(char::from_u32(code).expect("a character"));
                rest = &rest[end + 1..];
                continue;
            }
            other => out.push(other),
        }
        rest = &rest[escape.len_utf8()..];
    }
    out + rest
}

#[test]
fn in_the_wild() {
    let failed = |(line, [text, right]): (usize, [String; 2])| {
        let got = repaired(&text);
        (got != right).then(|| format!("line {line}: {got:?} is not {right:?}"))
    };
    let failures: Vec<String> = rows("in-the-wild.tsv").into_iter().filter_map(failed).collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn right_text_stays() {
    for (line, [text]) in rows("negative.tsv") {
        assert_eq!(damage(&text), [], "line {line}: {text}");
    }
}

#[test]
fn known_failures_still_fail() {
    for (line, [text, right]) in rows("known-failures.tsv") {
        assert_ne!(repaired(&text), right, "line {line} passes now: move it to in-the-wild.tsv");
    }
}

/// Windows-1252 from 0x80 to 0x9f, holes as in Latin-1.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn as_windows(text: &str) -> String {
    let special: Vec<char> = WINDOWS.chars().collect();
    let misread = |byte| match byte {
        0x80..0xa0 => special[usize::from(byte) - 0x80],
        _ => char::from(byte),
    };
    text.bytes().map(misread).collect()
}

fn as_latin1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

fn escaped(text: &str) -> String {
    let escape =
        |c: char| if c.is_ascii() && c != '&' { c.to_string() } else { format!("&#{};", u32::from(c)) };
    text.chars().map(escape).collect()
}

/// Damages a text.
type Way = fn(&str) -> String;

/// Every way in which the tests damage a text.
const WAYS: [(&str, Way); 7] = [
    ("Windows-1252", as_windows),
    ("Latin-1", as_latin1),
    ("Windows-1252 twice", |text| as_windows(&as_windows(text))),
    ("Windows-1252 three times", |text| as_windows(&as_windows(&as_windows(text)))),
    ("Latin-1, then Windows-1252", |text| as_windows(&as_latin1(text))),
    ("entities", escaped),
    ("entities of Windows-1252", |text| escaped(&as_windows(text))),
];

#[test]
fn synthetic_damage_is_undone_exactly() {
    let mut failures = Vec::new();
    for sentence in file("sentences.txt").lines() {
        assert_eq!(damage(sentence), [], "right as it is");
        for (way, damaged) in WAYS {
            let got = repaired(&damaged(sentence));
            if got != sentence {
                failures.push(format!("{way}: {got:?} is not {sentence:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn kinds_and_places() {
    let text = "It\u{2019}s donâ€™t,\u{a0}&amp; ﬁne\u{200b}";
    let found = damage(text);
    let said: Vec<_> = found.iter().map(|d| (d.span.of(text), &*d.replacement, d.kind)).collect();
    assert_eq!(
        said,
        [
            ("â€™", "’", DamageKind::Mojibake),
            ("\u{a0}", " ", DamageKind::Space),
            ("&amp;", "&", DamageKind::Entity),
            ("ﬁ", "fi", DamageKind::Ligature),
            ("\u{200b}", "", DamageKind::Invisible),
        ]
    );
}

/// Right and damaged pieces in any order.
fn mixture() -> impl Strategy<Value = String> {
    let mut pieces: Vec<String> =
        rows::<2>("in-the-wild.tsv").into_iter().map(|(_, [text, _])| text).collect();
    pieces.extend(rows::<1>("negative.tsv").into_iter().map(|(_, [text])| text));
    let whole = prop::sample::select(pieces);
    let part = prop::sample::select(vec![
        "Ã",
        "Â",
        "â",
        "€",
        "™",
        "ð",
        "Ÿ",
        "\u{a0}",
        "\u{ad}",
        "©",
        "é",
        "Ñ",
        "Ð",
        "½",
        "\u{80}",
        "\u{99}",
        " ",
        "\n",
        "\r\n",
        "&",
        "amp;",
        "#8217;",
        "lt;",
        "ﬁ",
        "\u{200d}",
        "👩",
        "\u{feff}",
        "\u{2028}",
        "\x12",
        "\x0c",
        "`",
        "\"",
        "‚",
        "Ä",
        "ô",
        "√",
        "a",
        "word ",
        "-\n",
        "the river rose to the second step of the mill on Sunday and the\n",
        "[sic]",
        "<b>",
    ])
    .prop_map(str::to_owned);
    let piece = prop_oneof![1 => whole, 4 => part, 1 => "[ -~À-ÿ\u{80}-\u{bf}‘-”]{0,6}"];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn damage_is_in_order_on_boundaries_and_apart(text in mixture()) {
        let mut at = 0;
        for found in damage(&text) {
            prop_assert!(at <= found.span.start() && found.span.start() < found.span.end(), "{found:?}");
            prop_assert!(found.span.get(&text).is_some_and(|before| before != found.replacement), "{found:?}");
            at = found.span.end();
        }
    }

    #[test]
    fn repaired_text_has_no_damage(text in mixture()) {
        let once = repaired(&text);
        prop_assert_eq!(damage(&once), [], "{:?}", once);
    }

    #[test]
    fn plain_ascii_has_no_damage(text in "([ -%'-~\t]{0,90}\n\n){0,6}") {
        prop_assert_eq!(damage(&text), []);
    }
}
