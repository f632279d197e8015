//! Tests: whatever is done to a trail is found, and said where.

use std::io::Write;

use proptest::prelude::*;

use super::write::tests::small_trail;
use super::{AuditError, Problem, Verification, read_trail, verify_trail};
use crate::text::sha256_hex;

fn verify(trail: &[u8]) -> Verification {
    verify_trail(trail).unwrap()
}

fn problems(trail: &[u8]) -> Vec<Problem> {
    verify(trail).problems
}

fn lines(trail: &[u8]) -> Vec<&[u8]> {
    trail.split_inclusive(|&b| b == b'\n').collect()
}

/// The trail with a line replaced, and that line sealed anew.
fn resealed(at: usize, change: impl Fn(&str) -> String) -> Vec<u8> {
    let trail = String::from_utf8(small_trail()).unwrap();
    let mut lines: Vec<String> = trail.lines().map(str::to_owned).collect();
    let changed = change(lines[at].rsplit_once(",\"digest\":").unwrap().0);
    lines[at] = format!("{changed},\"digest\":\"{}\"}}", sha256_hex(changed.as_bytes()));
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect()
}

/// Seals all lines anew, as a program would that knows the format.
fn rewritten(bodies: &[&str]) -> Vec<u8> {
    let (mut previous, mut out) = ("0".repeat(64), Vec::new());
    for (i, body) in bodies.iter().enumerate() {
        let content = format!("{{{body},\"line\":{},\"previous\":\"{previous}\"", i + 1);
        previous = sha256_hex(content.as_bytes());
        writeln!(out, "{content},\"digest\":\"{previous}\"}}").unwrap();
    }
    out
}

const HEADER: &str = concat!(
    r#""type":"header","schema":"unspin-audit","version":1,"tool":"t","#,
    r#""policy":{"min_confidence":0.5,"any_verdict":true,"new":1},"dictionaries":[],"model":"""#
);
const DOCUMENT: &str = concat!(
    r#""type":"document","id":1,"path":"-","sha256_before":"","sha256_after":"","bytes_before":0,"bytes_after":0,"#,
    r#""verdict":"clean","spin_probability":0,"spin_rate":0,"records":0"#
);

#[test]
fn a_whole_trail_is_whole() {
    let trail = small_trail();
    let found = verify(&trail);
    assert_eq!(found.problems, []);
    assert_eq!((found.lines, found.documents, found.applied, found.skipped), (7, 2, 2, 1));
    let read = read_trail(&trail[..]).unwrap();
    assert_eq!((Some(read.header), Some(read.digest.clone())), (found.header, found.digest));
    assert!(trail.ends_with(format!("\"digest\":\"{}\"}}\n", read.digest).as_bytes()));
    assert_eq!(read.documents.iter().map(|d| (d.id, d.records.len())).collect::<Vec<_>>(), [(1, 3), (2, 0)]);
}

#[test]
fn every_flipped_bit_is_found_in_its_line() {
    let mut trail = small_trail();
    let mut line = 1;
    for at in 0..trail.len() {
        let end = trail[at] == b'\n';
        for bit in 0..8 {
            trail[at] ^= 1 << bit;
            let found = problems(&trail);
            assert!(found.iter().any(|p| p.line() == line), "byte {at}, bit {bit}: {found:?}");
            // A lost line feed concerns two lines; an `end` that can't be told from another record is missed.
            let alone = end || trail[at] == b'\n' || line == 7 || found.len() == 1;
            assert!(alone, "byte {at}, bit {bit}: {found:?}");
            trail[at] ^= 1 << bit;
        }
        line += u64::from(end);
    }
    assert_eq!(problems(&trail), []);
}

#[test]
fn every_dropped_line_is_found() {
    let trail = small_trail();
    let all = lines(&trail);
    for i in 0..all.len() {
        let line = i as u64 + 1;
        let found = problems(&[&all[..i], &all[i + 1..]].concat().concat());
        let expected =
            if line == 7 { Problem::Truncated { line: 6 } } else { Problem::Dropped { line, count: 1 } };
        assert_eq!(found, [expected]);
    }
    let found = problems(&[&all[..2], &all[4..]].concat().concat());
    assert_eq!(found, [Problem::Dropped { line: 3, count: 2 }]);
    // One of two comes late, and twice: the other is still missed.
    let found = problems(&[&all[..2], &all[4..5], &all[2..3], &all[2..3], &all[5..]].concat().concat());
    let late = |line| Problem::OutOfOrder { line, record: 3 };
    assert_eq!(found, [Problem::Dropped { line: 3, count: 1 }, late(4), late(5)]);
}

#[test]
fn every_two_swapped_lines_are_found() {
    let trail = small_trail();
    let all = lines(&trail);
    for i in 0..all.len() {
        for j in i + 1..all.len() {
            let mut swapped = all.clone();
            swapped.swap(i, j);
            let found = problems(&swapped.concat());
            if j == i + 1 {
                assert_eq!(found, [Problem::Swapped { line: i as u64 + 1 }]);
            } else {
                let record = i as u64 + 1;
                assert!(
                    found.contains(&Problem::OutOfOrder { line: j as u64 + 1, record }),
                    "{i} {j} {found:?}"
                );
                assert!(!found.iter().any(|p| matches!(p, Problem::Dropped { .. })), "{i} {j} {found:?}");
            }
        }
    }
}

#[test]
fn every_repeated_line_is_found() {
    let trail = small_trail();
    let all = lines(&trail);
    for i in 0..all.len() {
        let line = i as u64 + 2;
        let found = problems(&[&all[..=i], &all[i..]].concat().concat());
        let expected = if line == 8 {
            Problem::Appended { line, lines: 1 }
        } else {
            Problem::OutOfOrder { line, record: line - 1 }
        };
        assert_eq!(found, [expected]);
    }
}

#[test]
fn every_truncation_is_found() {
    let trail = small_trail();
    for end in 1..trail.len() {
        let found = problems(&trail[..end]);
        assert_eq!(found.len(), 1, "{end}: {found:?}");
        assert!(matches!(found[0], Problem::Truncated { .. } | Problem::NotATrail), "{end}: {found:?}");
    }
    assert_eq!(problems(b""), [Problem::NotATrail]);
}

#[test]
fn several_problems_are_each_named() {
    let trail = small_trail();
    let mut all: Vec<Vec<u8>> = lines(&trail).into_iter().map(<[u8]>::to_vec).collect();
    let at = all[1].iter().position(|&b| b == b'.').unwrap();
    all[1][at] ^= 1;
    all.swap(3, 4);
    all.remove(5);
    let found = problems(&all.concat());
    assert!(matches!(found[0], Problem::Altered { line: 2, .. }), "{found:?}");
    assert_eq!(found[1..], [Problem::Swapped { line: 4 }, Problem::Dropped { line: 6, count: 1 }]);
    let Err(AuditError::Broken(told)) = read_trail(&all.concat()[..]) else {
        panic!("a broken trail was read")
    };
    assert_eq!(told, found);
    let text = AuditError::Broken(told).to_string();
    assert!(
        text.starts_with("the audit trail can't be relied on: 3 problem(s), the first in line 2: altered")
    );
}

#[test]
fn a_line_sealed_anew_is_found_by_the_next() {
    let found = problems(&resealed(3, |line| line.replace("\"ends\"", "\"Ends\"")));
    assert_eq!(found, [Problem::Unlinked { line: 5 }]);
    let found = problems(&resealed(6, |line| line.replace("\"documents\":2", "\"documents\":3")));
    assert_eq!(found, [Problem::DocumentCount { line: 7, stated: 3, found: 2 }]);
    let found = problems(&resealed(0, |line| line.replace("\"previous\":\"0", "\"previous\":\"1")));
    assert_eq!(found, [Problem::Unlinked { line: 1 }, Problem::Unlinked { line: 2 }]);
}

#[test]
fn what_follows_the_end_is_found() {
    let trail = small_trail();
    let found = problems(&[&trail[..], b"\n{}\n\xff"].concat());
    assert_eq!(found, [Problem::Appended { line: 8, lines: 3 }]);
    let found = problems(&[&trail[..], &trail].concat());
    assert_eq!(found, [Problem::Appended { line: 8, lines: 7 }]);
}

#[test]
fn other_files_are_told_apart() {
    assert_eq!(problems(b"{\"id\":1,\"text\":\"a\"}\n{}\n"), [Problem::NotATrail]);
    assert_eq!(problems(b"some text"), [Problem::NotATrail]);
    let found = problems(&rewritten(&[&HEADER.replace("unspin-audit", "other")]));
    assert_eq!(found, [Problem::UnknownSchema { line: 1, found: "other".to_owned() }]);
    let found = problems(&rewritten(&[&HEADER.replace(":1,", ":2,")]));
    assert_eq!(found, [Problem::UnknownVersion { line: 1, found: 2 }]);
}

#[test]
fn converted_line_ends_are_said_once() {
    let trail = String::from_utf8(small_trail()).unwrap().replace('\n', "\r\n");
    assert_eq!(problems(trail.as_bytes()), [Problem::LineEnds { line: 1 }]);
}

#[test]
fn well_sealed_nonsense_is_found() {
    let end = r#""type":"end","documents":1"#;
    assert_eq!(problems(&rewritten(&[HEADER, DOCUMENT, end])), []);
    let text =
        |bodies: &[&str]| problems(&rewritten(bodies)).iter().map(ToString::to_string).collect::<Vec<_>>();
    let count = DOCUMENT.replace("\"records\":0", "\"records\":1");
    assert_eq!(text(&[HEADER, &count, end]), ["line 2: the document says that 1 fixes follow, but 0 do"]);
    assert_eq!(
        text(&[HEADER, HEADER, DOCUMENT, end]),
        ["line 2: unexpected: the header is the first record, and only the first"]
    );
    assert_eq!(
        text(&[DOCUMENT, end]),
        ["line 1: unexpected: the header is the first record, and only the first"]
    );
    assert_eq!(
        text(&[HEADER, r#""type":"note""#, DOCUMENT, end]),
        ["line 2: unexpected: a record of type \"note\""]
    );
    assert_eq!(text(&[HEADER, r#""type":"document""#, end]), ["line 2: unexpected: missing field `id`"]);
    assert_eq!(text(&[HEADER, r#""type":"end","documents":0"#]), Vec::<String>::new());
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(cuts in prop::collection::vec((any::<usize>(), any::<usize>(), "(?s).{0,3}"), 1..4)) {
        let whole = small_trail();
        let mut trail = whole.clone();
        for (start, length, bytes) in cuts {
            let start = start % (trail.len() + 1);
            let end = (start + length % 700).min(trail.len());
            trail.splice(start..end, bytes.into_bytes());
        }
        prop_assert_eq!(problems(&trail).is_empty(), trail == whole);
    }

    #[test]
    fn shuffled_lines_are_found(order in Just((0usize..7).collect::<Vec<_>>()).prop_shuffle(), kept in 0usize..=7) {
        let trail = small_trail();
        let all = lines(&trail);
        let shuffled: Vec<u8> = order[..kept].iter().flat_map(|&i| all[i].to_vec()).collect();
        prop_assert_eq!(problems(&shuffled).is_empty(), shuffled == trail);
    }
}
