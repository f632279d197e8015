//! Tests: what the screens look like, wide and narrow.

use std::fmt::Write;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use super::draw::draw;
use crate::repair::{Applicability, MeaningRisk, Reservation};
use crate::report::render::samples::assert_snapshot;
use crate::report::{Evidence, Excerpt, Ground, LineIndex, Replacement, Row};
use crate::review::{Author, Context, Item, Key, Proposal, Session};
use crate::text::Span;

const TEXT: &str = "The river flooded in Could, killing no less than 9 folks within the villages of Penwick and Oxmarl and \
                    sweeping away two bridges.";

fn item(text: &str, alternatives: &[(&str, f64)]) -> Item {
    let start = TEXT.find(text).unwrap();
    let span = Span::new(start, start + text.len());
    let value = |&(value, _): &(&str, f64)| value.to_owned();
    let replacement = |a: &(&str, f64)| Replacement { value: value(a), confidence: a.1 };
    let proposal =
        |a: &(&str, f64)| Proposal { span, before: text.to_owned(), after: value(a), confidence: a.1 };
    let grounds = alternatives.iter().map(|a| Ground {
        value: value(a),
        confidence: a.1,
        sentences: vec!["the words around it make it 44 times likelier than what stands there".to_owned()],
    });
    let evidence = Evidence { keep: Some(0.02), in_quotation: text == "folks", ..Evidence::default() };
    Item {
        document: 0,
        path: "texts/of/last/week/spun.txt".to_owned(),
        row: Row {
            place: LineIndex::new(TEXT).place(span),
            rule: "spun-phrase",
            message: String::new(),
            text: text.to_owned(),
            replacements: alternatives.iter().map(replacement).collect(),
            applicability: Applicability::of(alternatives[0].1),
            reservation: (text == "9").then_some(Reservation::Meaning(MeaningRisk::Number)),
            evidence,
            outcome: None,
            grounds: grounds.collect(),
            excerpt: Excerpt::default(),
            fingerprint: String::new(),
        },
        context: Context { before: TEXT[..start].to_owned(), after: TEXT[span.end()..].to_owned() },
        proposals: alternatives.iter().map(proposal).collect(),
        is_description: false,
    }
}

fn session() -> Session {
    let items = vec![
        item("Could", &[("May", 0.98)]),
        item("9", &[("nine", 0.7), ("ten", 0.1)]),
        item("folks", &[("people", 0.9), ("persons", 0.05)]),
    ];
    Session::new(items, |_| Vec::new(), Author::Reviewer(None))
}

fn press(session: &mut Session, keys: &str) {
    for key in keys.chars() {
        session.press(if key == '\n' { Key::Enter } else { Key::Char(key) });
    }
}

fn drawn(session: &Session, width: u16, height: u16, colour: bool) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, session, colour)).unwrap();
    terminal
}

fn text(session: &Session, width: u16, height: u16) -> String {
    let terminal = drawn(session, width, height, false);
    let buffer = terminal.backend().buffer();
    let row =
        |y: u16| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned() + "\n";
    (0..height).map(row).collect()
}

#[test]
fn screens() {
    for (width, height, name) in
        [(40, 24, "review-40.txt"), (100, 30, "review-100.txt"), (200, 16, "review-200.txt")]
    {
        let mut session = session();
        let mut found = String::new();
        let mut show = |session: &Session, what: &str| {
            let _ = write!(found, "--- {what}\n{}", text(session, width, height));
        };
        show(&session, "the first fix");
        press(&mut session, "a2");
        show(&session, "after two decisions, in a quotation");
        press(&mut session, "p/folk");
        show(&session, "a filter is typed");
        press(&mut session, "\nx");
        show(&session, "filtered");
        press(&mut session, "e of the valley");
        show(&session, "a wording is typed");
        press(&mut session, "\n");
        show(&session, "nothing passes the filter any more");
        press(&mut session, "?");
        show(&session, "help");
        session.press(Key::Enter);
        session.press(Key::Escape);
        show(&session, "done");
        press(&mut session, "p");
        show(&session, "back, with a wording");
        assert_snapshot(name, &found);
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let session = session();
    let colours = |colour| {
        let terminal = drawn(&session, 80, 24, colour);
        let cells = terminal.backend().buffer().content();
        [Color::Red, Color::Green].map(|wanted| cells.iter().any(|cell| cell.fg == wanted))
    };
    assert_eq!((colours(true), colours(false)), ([true, true], [false, false]));
    let terminal = drawn(&session, 80, 24, false);
    assert!(
        terminal
            .backend()
            .buffer()
            .content()
            .iter()
            .all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset)
    );
}

/// No screen is so small, and no line so long, that drawing fails.
#[test]
fn any_size() {
    for (width, height) in [(1, 1), (2, 3), (7, 2), (40, 4), (300, 100)] {
        let mut session = session();
        for keys in
            ["", "a", "eé日本語 and a wording that is much longer than the screen is wide", "\n", "?", "xrr"]
        {
            press(&mut session, keys);
            text(&session, width, height);
        }
    }
}

#[test]
fn the_cursor_is_where_is_typed() {
    let mut session = session();
    press(&mut session, "e!");
    let mut terminal = drawn(&session, 40, 10, false);
    terminal.backend_mut().assert_cursor_position((u16::try_from("wording: May!".len()).unwrap(), 8));
}
