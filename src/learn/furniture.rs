//! Growing the trees that tell page furniture from an article.

use std::borrow::Cow;

use super::boosting::{Growth, Sample, boost};
use super::word_counts::WordCounts;
use crate::clean::{
    Context, Furniture, Groups, Judges, Layout, LineFeatures, LineJudge, Lines, Marks, OPENING_FEATURES,
    OpeningJudge, Structure, WordOdds, first_reading, openings, second_features,
};
use crate::detect::Forest;
use crate::evaluate::{LabelledLine, LineLabel, Reprint};
use crate::hash;
use crate::text::Span;

/// Least lines, and least places where an article may begin, in a leaf of a tree.
const FEWEST_LINES: usize = 12;
const FEWEST_OPENINGS: usize = 8;
/// A word more makes a line count so much more: it is words that are lost.
const BY_WORDS: f64 = 0.03;
/// The second reading learns from first readings by trees that have not seen the page: so many parts take turns.
const PARTS: usize = 5;
/// Which later page's article is put behind a page to learn from, and whether with the furniture around it: pages with two articles are
/// rare. Multiples of [`PARTS`], so that some trees have seen neither.
const COMPOSED: [(usize, bool); 8] =
    [(5, true), (15, false), (30, true), (35, false), (45, true), (60, false), (75, true), (90, false)];

/// What a place of a page counts beside one of a page that was put together.
const OWN: usize = 4;
/// Of two articles that are put behind a page, one ends after so many words, from the first to the second number: mostly it is a
/// beginning that stands there.
const SHORTENED: (usize, usize) = (50, 170);
/// One that begins with its text begins with a paragraph of so many words at least.
const LEAD: usize = 10;
/// A page is also read as it is when it was cleaned, and when this share of its furniture was cut: pages are read again until nothing is
/// left to cut, and what was kept must not go then.
const THINNED: f64 = 0.75;

/// Labelled pages and genuine texts to learn from.
#[derive(Debug)]
pub struct PageLearner<'p> {
    furniture: &'p Furniture,
    pages: Vec<&'p Reprint>,
    genuine: &'p [String],
    /// Words of each page, and of all that is no page.
    counts: Vec<WordCounts>,
    others: &'p WordCounts,
}

/// A text whose lines are known: a page, one of the two articles on it, or what is left of it.
struct Known<'p> {
    text: Cow<'p, str>,
    /// Whether each line is furniture, where that is said.
    truth: Vec<Option<bool>>,
}

/// The lines of a known text that need a judge, with what is known of them.
struct Judged {
    lines: Lines,
    truth: Vec<Option<bool>>,
    features: Vec<Option<LineFeatures>>,
    structure: Vec<Structure>,
    groups: Groups,
}

impl<'p> PageLearner<'p> {
    /// Learns from pages and genuine texts; `others` counts the words of the list and of the genuine texts.
    pub fn new(
        furniture: &'p Furniture,
        pages: Vec<&'p Reprint>,
        genuine: &'p [String],
        others: &'p WordCounts,
    ) -> Self {
        let counts = pages.iter().map(|page| WordCounts::of_page(page)).collect();
        Self { furniture, pages, genuine, counts, others }
    }

    /// Counts words and grows all trees.
    pub fn learn(&self) -> Judges {
        let mut words = self.others.clone();
        self.counts.iter().for_each(|counts| words.add(counts));
        let mut pages = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            // A page must not be judged by the words that it taught itself.
            let odds = words.odds_without(&self.counts[number]);
            pages.push(known(page).into_iter().map(|text| self.judged(text, &odds)).collect::<Vec<_>>());
        }
        let odds = words.odds_without(&WordCounts::default());
        let genuine = self.genuine.iter().map(|text| {
            let truth = vec![Some(false); Lines::of(text).len()];
            self.judged(Known { text: text.as_str().into(), truth }, &odds)
        });
        let genuine: Vec<Judged> = genuine.collect();
        let parts: Vec<Forest> = (0..PARTS).map(|part| grow_without(part, &pages, &genuine)).collect();
        let mut places = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            let trees = &parts[number % PARTS];
            let own = self.openings_of_page(page, &words.odds_without(&self.counts[number]), trees);
            places.extend(own.repeat(OWN));
            for (turn, (step, with_furniture)) in COMPOSED.into_iter().enumerate() {
                let other = (number + step) % self.pages.len();
                let mut both = self.counts[number].clone();
                both.add(&self.counts[other]);
                let odds = words.odds_without(&both);
                let page = appended(page, self.pages[other], Composition::of(number, turn, with_furniture));
                places.extend(self.openings_of_page(&page, &odds, trees));
            }
        }
        for (number, text) in self.genuine.iter().enumerate() {
            places.extend(self.opening_samples(text, None, &odds, &parts[number % PARTS]));
        }
        Judges {
            words: odds,
            lines: LineJudge {
                first: grow_first(pages.iter().flatten().chain(&genuine)),
                second: grow_second(&parts, &pages, &genuine),
            },
            openings: OpeningJudge { trees: boost(&places, &Growth::sampled(FEWEST_OPENINGS)) },
        }
    }

    fn judged(&self, text: Known<'_>, odds: &WordOdds) -> Judged {
        let lines = Lines::of(&text.text);
        let marks = Marks::of(&lines, self.furniture, odds);
        let layout = Layout::of(&text.text, &lines, &marks);
        let features = first_reading(&lines, &marks, &layout, &Forest::default()).features;
        let (groups, structure) = layout.into_parts();
        Judged { lines, truth: text.truth, features, structure, groups }
    }

    /// What a page teaches of where second articles begin; a boundary that is not among the places looked at teaches nothing.
    fn openings_of_page(
        &self,
        page: &Reprint,
        odds: &WordOdds,
        trees: &Forest,
    ) -> Vec<Sample<OPENING_FEATURES>> {
        let truth = page.lines.iter().position(|line| line.label == LineLabel::Appended);
        self.opening_samples(&page.text, truth, odds, trees)
    }

    /// The same of a text with a second article that begins with this line, or none.
    fn opening_samples(
        &self,
        text: &str,
        truth: Option<usize>,
        odds: &WordOdds,
        trees: &Forest,
    ) -> Vec<Sample<OPENING_FEATURES>> {
        let lines = Lines::of(text);
        let marks = Marks::of(&lines, self.furniture, odds);
        let layout = Layout::of(text, &lines, &marks);
        let first = first_reading(&lines, &marks, &layout, trees).probabilities;
        let all = openings(&lines, &marks, &layout, &first).into_iter();
        all.map(|opening| Sample::new(opening.features, truth == Some(opening.line))).collect()
    }
}

impl Judged {
    fn first_samples(&self) -> impl Iterator<Item = Sample<{ crate::clean::LINE_FEATURES }>> + '_ {
        self.features
            .iter()
            .zip(&self.truth)
            .filter_map(|(features, truth)| Some(line_sample((*features)?, (*truth)?)))
    }

    /// What the second reading learns from a text after a first reading by some trees.
    fn second_samples(&self, trees: &Forest) -> Vec<Sample<{ crate::clean::SECOND_FEATURES }>> {
        let first = crate::clean::read_again(&self.features, &self.structure, trees);
        let context = Context::of(&self.lines, &self.groups, &first, &|index| self.features[index].is_some());
        let of = |(index, (features, truth)): (usize, (&Option<LineFeatures>, &Option<bool>))| {
            let features = second_features(features.as_ref()?, &context.features(index));
            Some(line_sample(features, (*truth)?))
        };
        self.features.iter().zip(&self.truth).enumerate().filter_map(of).collect()
    }
}

/// What a line teaches. The second of its features is how many words it has.
fn line_sample<const N: usize>(features: [f32; N], is_true: bool) -> Sample<N> {
    Sample { weight: 1.0 + BY_WORDS * f64::from(features[1]), ..Sample::new(features, is_true) }
}

fn grow_first<'j>(texts: impl Iterator<Item = &'j Judged>) -> Forest {
    boost(&texts.flat_map(Judged::first_samples).collect::<Vec<_>>(), &Growth::sampled(FEWEST_LINES))
}

/// The trees of a first reading that have not seen one part of the texts.
fn grow_without(part: usize, pages: &[Vec<Judged>], genuine: &[Judged]) -> Forest {
    let is_in = |number: usize| number % PARTS != part;
    let pages = pages.iter().enumerate().filter(|(number, _)| is_in(*number)).flat_map(|(_, texts)| texts);
    let genuine = genuine.iter().enumerate().filter(|(number, _)| is_in(*number)).map(|(_, text)| text);
    grow_first(pages.chain(genuine))
}

/// The trees of the second reading, from first readings by trees that have not seen the text.
fn grow_second(parts: &[Forest], pages: &[Vec<Judged>], genuine: &[Judged]) -> Forest {
    let pages =
        pages.iter().enumerate().flat_map(|(number, texts)| texts.iter().map(move |text| (number, text)));
    let samples = pages
        .chain(genuine.iter().enumerate())
        .flat_map(|(number, text)| text.second_samples(&parts[number % PARTS]));
    boost(&samples.collect::<Vec<_>>(), &Growth::sampled(FEWEST_LINES))
}

/// The texts of a page: as it stands, without its furniture, and with little of it. A second article is a text of its own, as it is when
/// pages are cleaned.
fn known(page: &Reprint) -> Vec<Known<'_>> {
    let second =
        page.lines.iter().position(|line| line.label == LineLabel::Appended).unwrap_or(page.lines.len());
    let start = page.lines.get(second).map_or(page.text.len(), |line| line.span.start());
    let truth = |lines: &[LabelledLine]| lines.iter().map(|line| truth(line.label)).collect();
    let (first, rest) = page.lines.split_at(second);
    let (whole, after) = page.text.split_at(start);
    vec![
        Known { text: whole.into(), truth: truth(first) },
        Known { text: after.into(), truth: truth(rest) },
        without(page, first, |_| true),
        without(page, first, |number| chance(number) < THINNED),
    ]
}

fn truth(label: LineLabel) -> Option<bool> {
    match label {
        LineLabel::Furniture => Some(true),
        LineLabel::Article | LineLabel::Appended => Some(false),
        LineLabel::Either => None,
    }
}

/// A number in [0, 1) that looks like chance and is the same everywhere.
fn chance(number: usize) -> f64 {
    hash::fraction(hash::bytes(&(number as u64).to_le_bytes()))
}

/// Some lines of a page without the furniture that `is_cut` picks by its number.
fn without(page: &Reprint, lines: &[LabelledLine], is_cut: impl Fn(usize) -> bool) -> Known<'static> {
    let mut out = Known { text: Cow::default(), truth: Vec::new() };
    let text = out.text.to_mut();
    let mut end = 0;
    for (number, line) in lines.iter().enumerate() {
        let gap = &page.text[end..line.span.start()];
        end = line.span.end();
        if line.label == LineLabel::Furniture && is_cut(number) {
            continue;
        }
        text.push_str(gap.strip_prefix('\n').unwrap_or(gap));
        text.push_str(line.span.of(&page.text));
        text.push('\n');
        out.truth.push(truth(line.label));
    }
    out
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
        let is_whole = (number + turn).is_multiple_of(2);
        let most_words = if is_whole { usize::MAX } else { from + number * 37 % (to - from) };
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
    fn a_page_is_also_read_without_its_furniture() {
        let page = Reprint::parse(
            "-\tShare\n+\tThe dam holds\n\n-\tTweet\n?\tBy Anna Hale\n\n=\tStriker leaves\n=\tHe went.\n",
        )
        .unwrap();
        let texts: Vec<(String, Vec<Option<bool>>)> =
            known(&page).into_iter().map(|known| (known.text.into_owned(), known.truth)).collect();
        assert_eq!(texts[0].1, [Some(true), Some(false), Some(true), None]);
        assert_eq!(texts[1], ("Striker leaves\nHe went.\n".to_owned(), vec![Some(false); 2]));
        assert_eq!(texts[2], ("The dam holds\nBy Anna Hale\n".to_owned(), vec![Some(false), None]));
        assert!((2..=4).contains(&texts[3].1.len()));
    }

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
