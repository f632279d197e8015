//! A line that is being typed.

use super::key::Key;

/// A line of text with a cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// Bytes before the cursor.
    cursor: usize,
}

impl Line {
    /// A line to be changed, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// The whole line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Takes a key; those that mean nothing in a line are left alone.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Char(letter) => {
                self.text.insert(self.cursor, letter);
                self.cursor += letter.len_utf8();
            }
            Key::Backspace => {
                let end = self.cursor;
                self.cursor = self.left();
                self.text.drain(self.cursor..end);
            }
            Key::Delete => {
                let right = self.right();
                self.text.drain(self.cursor..right);
            }
            Key::Left => self.cursor = self.left(),
            Key::Right => self.cursor = self.right(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            Key::Clear => *self = Self::default(),
            Key::Enter | Key::Escape | Key::Interrupt | Key::Up | Key::Down => {}
        }
    }

    fn left(&self) -> usize {
        self.before_cursor().char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        self.text[self.cursor..].chars().next().map_or(self.cursor, |letter| self.cursor + letter.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_and_go_at_the_cursor() {
        let mut line = Line::new("né");
        let mut after = |keys: &[Key]| {
            for &key in keys {
                line.press(key);
            }
            (line.text().to_owned(), line.before_cursor().to_owned())
        };
        let state = |text: &str, before: &str| (text.to_owned(), before.to_owned());
        assert_eq!(after(&[Key::Left, Key::Char('ü')]), state("nüé", "nü"));
        assert_eq!(after(&[Key::Backspace, Key::Delete, Key::Delete]), state("n", "n"));
        assert_eq!(after(&[Key::Home, Key::Backspace, Key::Left, Key::Char('a')]), state("an", "a"));
        assert_eq!(after(&[Key::End, Key::Right, Key::Char('y'), Key::Enter]), state("any", "any"));
        assert_eq!(after(&[Key::Clear]), state("", ""));
    }
}
