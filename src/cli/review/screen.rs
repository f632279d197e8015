//! The terminal: keys in, screens out, and everything as it was before when it is left.

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::draw::draw;
use crate::cli::error::CliError;
use crate::review::{Key, Saved, Session};

/// Leaves the screen, however it comes to that; a panic does so by a hook of its own, before it is told of.
struct Restored;

impl Drop for Restored {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

/// Shows a review and takes keys until it is over; what is decided is handed over before the next key is taken.
pub(super) fn run(
    session: &mut Session,
    colour: bool,
    mut keep: impl FnMut(&[Saved]) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let _restored = Restored;
    let mut terminal = ratatui::try_init()?;
    while !session.is_over() {
        terminal.draw(|frame| draw(frame, session, colour))?;
        if let Event::Key(pressed) = event::read()?
            && let Some(key) = key(pressed)
        {
            keep(&session.press(key))?;
        }
    }
    Ok(())
}

/// The key that was pressed, if it means anything to a review.
fn key(pressed: KeyEvent) -> Option<Key> {
    if pressed.kind == KeyEventKind::Release {
        return None;
    }
    let control = pressed.modifiers.contains(KeyModifiers::CONTROL);
    let other = pressed.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META);
    Some(match pressed.code {
        KeyCode::Char('c' | 'd') if control => Key::Interrupt,
        KeyCode::Char('u') if control => Key::Clear,
        KeyCode::Char('a') if control => Key::Home,
        KeyCode::Char('e') if control => Key::End,
        KeyCode::Char('j' | 'm') if control => Key::Enter,
        KeyCode::Char('h') if control => Key::Backspace,
        KeyCode::Char(letter) if !control && !other => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        _ => return None,
    })
}
