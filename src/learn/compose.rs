//! Pages with two articles, put together from two pages: there are few of them.

use super::pages::{chance, respaced};
use crate::evaluate::{LabelledLine, LineLabel, Reprint};
use crate::text::Span;

/// Which later page's article is put behind a page, and whether with the furniture around it. Multiples of the parts in which the learner takes
/// turns, so that some trees have seen neither.
const COMPOSED: [(usize, bool); 8] =
    [(5, true), (15, false), (30, true), (35, false), (45, true), (60, false), (75, true), (90, false)];
/// It ends after so many words, from the first to the second number: mostly it is a beginning that stands there.
const SHORTENED: (usize, usize) = (50, 170);
/// One that begins with its text begins with a paragraph of so many words at least.
const LEAD: usize = 10;
/// One in so many has other spaces between its lines.
const RESPACED: usize = 3;

/// Pages made from the one of a number with the articles of others behind it, and the numbers of these.
pub(super) fn composed<'p>(
    pages: &'p [&'p Reprint],
    number: usize,
) -> impl Iterator<Item = (usize, Reprint)> + 'p {
    COMPOSED.into_iter().enumerate().map(move |(turn, (step, with_furniture))| {
        let other = (number + step) % pages.len();
        let page = appended(pages[number], pages[other], Composition::of(number, turn, with_furniture));
        (other, if (number + turn).is_multiple_of(RESPACED) { respaced(&page) } else { page })
    })
}

/// How the article of another page is put behind a page.
#[derive(Debug, Clone, Copy)]
struct Composition {
    /// Whether the furniture around it comes along.
    with_furniture: bool,
    /// Whether it begins with its text.
    is_headless: bool,
    /// How many words of it at most.
    most_words: usize,
    /// Where in what follows the article of the page, from 0 to 1.
    place: f64,
}

impl Composition {
    /// The one of a page's turn.
    fn of(number: usize, turn: usize, with_furniture: bool) -> Self {
        let (from, to) = SHORTENED;
        let most_words = from + number * 37 % (to - from);
        let place = (2.0 * chance(number * COMPOSED.len() + turn)).min(1.0);
        Self { with_furniture, is_headless: (number / 2 + turn).is_multiple_of(3), most_words, place }
    }
}

/// A page with the article of another behind its own.
fn appended(page: &Reprint, other: &Reprint, how: Composition) -> Reprint {
    let is_own = |line: &LabelledLine| line.label != LineLabel::Furniture;
    let tail = page.lines.iter().rposition(is_own).map_or(0, |last| last + 1);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among few lines")]
    let place = tail + ((page.lines.len() - tail) as f64 * how.place).floor() as usize;
    let before = page.lines.get(place).map_or(page.text.len(), |line| line.span.start());
    let mut out = Reprint {
        text: page.text[..before].to_owned(),
        lines: page.lines[..place].to_vec(),
        about: Vec::new(),
    };
    out.text.push('\n');
    let begins = |line: &&LabelledLine| {
        let text = line.span.of(&other.text);
        line.label == LineLabel::Article
            && (!how.is_headless || text.ends_with('.') && text.split_whitespace().count() >= LEAD)
    };
    let from = other.lines.iter().position(|line| begins(&line)).unwrap_or(0);
    let (mut end, mut words) = (0, 0);
    for line in &other.lines[from..] {
        if words >= how.most_words {
            break;
        }
        let is_article = line.label == LineLabel::Article;
        if !is_article && !how.with_furniture || line.label == LineLabel::Appended {
            continue;
        }
        // Empty lines as they stand there.
        let gap = other.text[..line.span.start()].bytes().rev().take_while(|&b| b == b'\n').count();
        out.text.extend(std::iter::repeat_n('\n', gap.saturating_sub(1).min(usize::from(end > 0) * 2)));
        let start = out.text.len();
        out.text.push_str(line.span.of(&other.text));
        end = out.text.len();
        out.text.push('\n');
        words += if is_article { line.span.of(&other.text).split_whitespace().count() } else { 0 };
        let label = if is_article { LineLabel::Appended } else { line.label };
        out.lines.push(LabelledLine { span: Span::new(start, end), label, furniture: Vec::new() });
    }
    let moved = out.text.len() - before;
    out.text.push_str(&page.text[before..]);
    out.lines.extend(page.lines[place..].iter().map(|line| LabelledLine {
        span: Span::new(line.span.start() + moved, line.span.end() + moved),
        label: line.label,
        furniture: Vec::new(),
    }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_article_is_put_behind_a_page() {
        let page = Reprint::parse("+\tThe dam holds\n").unwrap();
        let other = Reprint::parse("-\tShare\n+\tStriker leaves\n-\tTweet\n+\tHe went.\n").unwrap();
        let text = |with_furniture, most_words| {
            appended(
                &page,
                &other,
                Composition { with_furniture, is_headless: false, most_words, place: 1.0 },
            )
            .text
        };
        assert_eq!(text(true, usize::MAX), "The dam holds\n\nStriker leaves\nTweet\nHe went.\n");
        assert_eq!(text(false, usize::MAX), "The dam holds\n\nStriker leaves\nHe went.\n");
        assert_eq!(text(false, 2), "The dam holds\n\nStriker leaves\n");
        // Among what follows the article, and without a headline.
        let lead = "He went to the coast, where nobody knew him, by the last train.";
        let page = Reprint::parse("+\tThe dam holds\n-\tShare\n-\tTweet\n").unwrap();
        let other = Reprint::parse(&format!("+\tStriker leaves\n+\t{lead}\n")).unwrap();
        let how = Composition { with_furniture: false, is_headless: true, most_words: 50, place: 0.5 };
        let both = appended(&page, &other, how);
        assert_eq!(both.text, format!("The dam holds\nShare\n\n{lead}\nTweet\n"));
        let said: Vec<&str> = both.lines.iter().map(|line| line.span.of(&both.text)).collect();
        assert_eq!(said, ["The dam holds", "Share", lead, "Tweet"]);
    }
}
