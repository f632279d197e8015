//! The screens of a review.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::wrap::{fitted, wrapped};
use crate::repair::{Choice, Reservation};
use crate::report::plain;
use crate::review::{Decision, Item, Line as Typed, Mode, Proposal, Session};

/// Alternatives that have a key.
const MOST_ALTERNATIVES: usize = 9;

/// Keys and what they do.
const KEYS: [(&str, &str); 14] = [
    ("a", "accept the first alternative"),
    ("1-9", "take this alternative"),
    ("e", "type a wording of your own"),
    ("r", "reject: leave what is there"),
    ("s space", "skip: leave it open"),
    ("A R S", "the same for all that are open"),
    ("u", "undo"),
    ("n → ↓", "next fix, decided or not"),
    ("p ← ↑", "the one before"),
    ("/", "filter by words of a fix, its"),
    ("", "rule or tier; by >0.9 or <0.5"),
    ("Esc", "drop the filter, leave typing"),
    ("q ^C", "quit; all decisions are kept"),
    ("?", "show these keys"),
];

/// What is told by colours, or by anything else where there are none.
struct Look {
    before: Style,
    after: Style,
    dim: Style,
    strong: Style,
    warning: Style,
}

impl Look {
    fn new(colour: bool) -> Self {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let struck = Style::new().add_modifier(Modifier::UNDERLINED);
        if colour {
            Self {
                before: struck.fg(Color::Red),
                after: bold.fg(Color::Green),
                dim: plain.add_modifier(Modifier::DIM),
                strong: bold,
                warning: plain.fg(Color::Yellow),
            }
        } else {
            Self { before: struck, after: bold, dim: plain, strong: bold, warning: plain }
        }
    }
}

/// Draws a review as it stands.
pub(super) fn draw(frame: &mut Frame<'_>, session: &Session, colour: bool) {
    let (look, area) = (Look::new(colour), frame.area());
    let width = usize::from(area.width);
    let body = match (session.mode(), session.item()) {
        (Mode::Help, _) => help(&look, width),
        (Mode::Done | Mode::Over, _) | (_, None) => done(session, &look, width),
        (_, Some(item)) => {
            let lines = usize::from(area.height);
            looking(session, item, &look, width, lines)
        }
    };
    // The last two lines are for what is typed or told, and for the keys.
    let body_height = area.height.saturating_sub(2);
    frame.render_widget(Paragraph::new(body), Rect { height: body_height, ..area });
    let row = |y: u16| Rect { y: area.y + y, height: u16::from(y < area.height), ..area };
    let (typed, cursor) = prompt(session, &look, width);
    frame.render_widget(Paragraph::new(typed), row(body_height));
    frame.render_widget(
        Paragraph::new(Line::styled(keys(session.mode(), width), look.dim)),
        row(body_height + 1),
    );
    if let Some(cursor) = cursor {
        let x = u16::try_from(cursor).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position { x: area.x + x, y: area.y + body_height });
    }
}

/// A fix in its sentence, what may have stood there, and why.
fn looking(session: &Session, item: &Item, look: &Look, width: usize, height: usize) -> Vec<Line<'static>> {
    let mut out = heading(session, item, look, width);
    // A third of the screen for each of the two sentences at most.
    let room = width * (height.saturating_sub(9) / 3).clamp(1, 6);
    let spare = room.saturating_sub(plain(&item.row.text).width());
    let context = item.context.cut(spare * 3 / 5, spare * 2 / 5);
    let proposal = shown(session, item);
    let none = Style::new();
    let mut sentence = |mark: &str, text: &str, style: Style| {
        let parts = [(mark, look.dim), (&context.before, none), (text, style), (&context.after, none)];
        out.extend(wrapped(&parts, width));
    };
    sentence("- ", &plain(&item.row.text), look.before);
    sentence("+ ", &proposal, look.after);
    out.push(Line::default());
    let decision = session.decision();
    for (number, proposal) in item.proposals.iter().take(MOST_ALTERNATIVES).enumerate() {
        out.push(alternative(number, proposal, decision, look, width));
    }
    if let Some(keep) = item.row.evidence.keep {
        let text = fitted("as it is", width.saturating_sub(10));
        let mark = if decision.is_some_and(|d| d.choice == Choice::Reject) { ">" } else { " " };
        out.push(Line::styled(format!("{mark} r {text}  {keep:.2}"), look.dim));
    }
    out.push(Line::default());
    out.extend(status(session, look, width));
    for ground in &item.row.grounds {
        if item.row.grounds.len() > 1 {
            out.extend(wrapped(
                &[("  ", none), (&plain(&ground.value), look.strong), (":", look.dim)],
                width,
            ));
        }
        for text in &ground.sentences {
            out.extend(wrapped(&[("  · ", look.dim), (&plain(text), look.dim)], width));
        }
    }
    if item.row.grounds.is_empty() {
        out.extend(wrapped(&[("  · ", look.dim), (&plain(&item.row.message), look.dim)], width));
    }
    out
}

/// Where the fix is, which one of how many, and of what kind.
fn heading(session: &Session, item: &Item, look: &Look, width: usize) -> Vec<Line<'static>> {
    let (number, of) = session.position();
    let filter = session.filter();
    let filter = if filter.is_empty() { String::new() } else { format!("  /{}", plain(filter)) };
    let count = fitted(&format!("{number}/{of}{filter}"), width / 2);
    let place = format!("{}:{}:{}", plain(&item.path), item.row.place.line, item.row.place.column);
    let place = fitted(&place, width.saturating_sub(count.width() + 1));
    let gap = " ".repeat(width.saturating_sub(place.width() + count.width()));
    let mut kind = format!("{}, {}", item.row.rule, item.row.applicability.name());
    if let Some(reservation) = item.row.reservation.filter(|r| matches!(r, Reservation::Meaning(_))) {
        kind = format!("{kind}, {}", reservation.reason());
    }
    for (applies, text) in [
        (item.row.evidence.in_quotation, "in a quotation"),
        (item.is_description, "a description: type a wording"),
    ] {
        if applies {
            kind = format!("{kind}, {text}");
        }
    }
    let mut out = vec![Line::from(vec![Span::styled(place, look.strong), Span::raw(gap), Span::raw(count)])];
    out.extend(wrapped(&[("", look.dim), (&kind, look.dim)], width));
    out.push(Line::default());
    out
}

/// The wording that is shown in the sentence: what was decided, or what is proposed first.
fn shown(session: &Session, item: &Item) -> String {
    let text = match session.decision() {
        // An article before the place is not part of the sentence's gap.
        Some(decision) if decision.span == item.span() => decision.after.as_ref().unwrap_or(&item.row.text),
        Some(decision) => {
            let own =
                decision.after.as_ref().map(|after| (after, decision.before.strip_suffix(&item.row.text)));
            let Some((after, Some(article))) = own else { return plain(&item.row.text) };
            return format!("(not “{}”) {}", plain(article.trim()), plain(after));
        }
        None => item.proposals.first().map_or(&item.row.text, |proposal| &proposal.after),
    };
    plain(text)
}

fn alternative(
    number: usize,
    proposal: &Proposal,
    decision: Option<&Decision>,
    look: &Look,
    width: usize,
) -> Line<'static> {
    let chosen =
        decision.is_some_and(|d| d.span == proposal.span && d.after.as_ref() == Some(&proposal.after));
    let mark = if chosen { ">" } else { " " };
    let text = if proposal.after.is_empty() { "cut it" } else { &plain(&proposal.after) };
    let text = fitted(text, width.saturating_sub(10));
    let style = if chosen || (decision.is_none() && number == 0) { look.after } else { Style::new() };
    Line::from(vec![
        Span::styled(format!("{mark} {} ", number + 1), look.dim),
        Span::styled(text, style),
        Span::styled(format!("  {:.2}", proposal.confidence), look.dim),
    ])
}

/// What was decided here, and how far the review has come.
fn status(session: &Session, look: &Look, width: usize) -> Vec<Line<'static>> {
    let here = session.decision().map_or("open", |decision| match decision.choice {
        Choice::Accept => "accepted",
        Choice::Pick => "picked",
        Choice::OwnWording => "own wording",
        Choice::Reject => "rejected",
    });
    let (applied, rejected, open) = session.counts();
    let counts = format!("  {applied} accepted {rejected} rejected {open} open");
    wrapped(&[("", look.dim), (here, look.strong), (&counts, look.dim)], width)
}

fn help(look: &Look, width: usize) -> Vec<Line<'static>> {
    let line = |&(key, what): &(&str, &str)| {
        let text = fitted(what, width.saturating_sub(8));
        Line::from(vec![Span::styled(format!("{key:<8}"), look.strong), Span::raw(text)])
    };
    KEYS.iter().map(line).collect()
}

fn done(session: &Session, look: &Look, width: usize) -> Vec<Line<'static>> {
    let (applied, rejected, open) = session.counts();
    let title = match applied + rejected + open {
        0 => "There is nothing to review.",
        _ if !session.filter().is_empty() => "No open fix passes the filter; Esc drops it.",
        _ if open > 0 => "No fix is left that was not skipped.",
        _ => "All fixes are decided.",
    };
    let mut out = wrapped(&[("", look.strong), (title, look.strong)], width);
    out.push(Line::default());
    out.push(Line::raw(format!("{applied:>5} accepted")));
    out.push(Line::raw(format!("{rejected:>5} rejected")));
    out.push(Line::raw(format!("{open:>5} open")));
    out
}

/// What is typed, with the column of its cursor, or what there is to tell.
fn prompt(session: &Session, look: &Look, width: usize) -> (Line<'static>, Option<usize>) {
    let typed = |what: &str, line: &Typed| {
        let before = plain(line.before_cursor());
        // Of a long line, the part around the cursor is seen.
        let room = width.saturating_sub(what.width() + 1).max(1);
        let mut skipped = 0;
        while plain(&before[skipped..]).width() > room {
            skipped += before[skipped..].chars().next().map_or(1, char::len_utf8);
        }
        let text = plain(line.text());
        let text = format!("{what}{}", &text[skipped..]);
        let cursor = what.width() + before[skipped..].width();
        (Line::styled(text, look.strong), Some(cursor))
    };
    match session.mode() {
        Mode::Wording(line) => typed("wording: ", line),
        Mode::Filtering(line) if session.message().is_empty() => typed("/", line),
        Mode::Filtering(line) => typed(&format!("{}  /", fitted(session.message(), width / 2)), line),
        _ => (Line::styled(fitted(session.message(), width), look.warning), None),
    }
}

/// The keys in one line, as many as it takes.
fn keys(mode: &Mode, width: usize) -> String {
    let lists: &[&str] = match mode {
        Mode::Looking => &[
            "a accept  r reject  s skip  1-9 pick  e own wording  u undo  A R S for all open  / filter  ? help  q keep and quit",
            "a accept  r reject  s skip  1-9 pick  e own wording  u undo  / filter  ? help  q keep and quit",
            "a accept  r reject  s skip  1-9 pick  e own wording  ? help  q quit",
            "a r s 1-9 e u A R S /   ? help  q quit",
        ],
        Mode::Done | Mode::Over => &[
            "Enter or q keep and quit  u undo  p back to the last one  / filter  ? help",
            "q quit  u undo  p back  / filter  ? help",
        ],
        Mode::Wording(_) => {
            &["Enter take this wording, to the letter  Esc leave it", "Enter take it  Esc leave it"]
        }
        Mode::Filtering(_) => {
            &["Enter filter (nothing shows all)  Esc leave it", "Enter filter  Esc leave it"]
        }
        Mode::Help => &["any key goes back"],
    };
    let fits = lists.iter().find(|list| list.width() <= width);
    fitted(fits.or(lists.last()).copied().unwrap_or_default(), width)
}
