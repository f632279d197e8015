//! Styled text, broken into lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks text between words into lines of at most so many columns; a longer word is broken. Every line after the first begins with
/// spaces as wide as the text's first part, which is not broken.
pub(super) fn wrapped(parts: &[(&str, Style)], width: usize) -> Vec<Line<'static>> {
    let indent = parts.first().map_or(0, |(text, _)| text.width()).min(width / 2);
    let mut out = Lines { width: width.max(1), indent, done: Vec::new(), line: Vec::new(), used: 0 };
    for (number, (text, style)) in parts.iter().enumerate() {
        if number == 0 {
            out.push(text, *style);
            continue;
        }
        for word in text.split_inclusive(' ') {
            out.word(word, *style);
        }
    }
    out.end();
    out.done
}

struct Lines {
    width: usize,
    indent: usize,
    done: Vec<Line<'static>>,
    line: Vec<Span<'static>>,
    used: usize,
}

impl Lines {
    /// Adds a word and the space after it, which may hang over.
    fn word(&mut self, word: &str, style: Style) {
        let bare = word.trim_end_matches(' ');
        if self.used + bare.width() > self.width && self.used > self.indent {
            self.end();
        }
        for letter in bare.chars() {
            if self.used + letter.width().unwrap_or(0) > self.width && self.used > self.indent {
                self.end();
            }
            self.push(letter.encode_utf8(&mut [0; 4]), style);
        }
        if word.len() > bare.len() && self.used < self.width {
            self.push(" ", style);
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        self.used += text.width();
        match self.line.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(text),
            _ => self.line.push(Span::styled(text.to_owned(), style)),
        }
    }

    fn end(&mut self) {
        if !self.line.is_empty() {
            self.done.push(Line::from(std::mem::take(&mut self.line)));
        }
        self.used = self.indent;
        self.line.push(Span::raw(" ".repeat(self.indent)));
    }
}

/// The text, cut to so many columns, with a sign that it was.
pub(super) fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used <= width
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        let lines = |width| -> Vec<String> {
            wrapped(&[("- ", Style::new()), ("one two three", Style::new())], width)
                .iter()
                .map(Line::to_string)
                .collect()
        };
        assert_eq!(lines(80), ["- one two three"]);
        assert_eq!(lines(10), ["- one two ", "  three"]);
        assert_eq!(lines(5), ["- one", "  two", "  thr", "  ee"]);
        assert_eq!(
            (fitted("日本語", 5), fitted("abc", 3), fitted("abcd", 3)),
            ("日本…".to_owned(), "abc".to_owned(), "ab…".to_owned())
        );
    }
}
