//! Growing the trees that tell page furniture from an article.

use super::boosting::{Growth, Sample, boost};
use super::word_counts::WordCounts;
use crate::clean::{
    Context, Furniture, Judges, Layout, LineFeatures, LineJudge, Lines, Marks, OPENING_FEATURES,
    OpeningJudge, Structure, WordOdds, first_reading, openings, second_features,
};
use crate::detect::Forest;
use crate::evaluate::{LabelledLine, LineLabel, Reprint};
use crate::text::Span;

/// Least lines, and least places where an article may begin, in a leaf of a tree.
const FEWEST_LINES: usize = 12;
const FEWEST_OPENINGS: usize = 8;
/// The second reading learns from first readings by trees that have not seen the page: so many parts take turns.
const PARTS: usize = 5;
/// Which later page's article is put behind a page to learn from, and whether with the furniture around it: pages with two articles are
/// rare. Multiples of [`PARTS`], so that some trees have seen neither.
const COMPOSED: [(usize, bool); 6] =
    [(5, true), (15, false), (30, true), (35, false), (45, true), (60, false)];

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

/// A text whose lines are known: a page, or one of the two articles on it.
struct Known<'p> {
    text: &'p str,
    /// Whether each line is furniture, where that is said.
    truth: Vec<Option<bool>>,
}

/// The lines of a known text that need a judge, with what is known of them.
struct Judged {
    lines: Lines,
    truth: Vec<Option<bool>>,
    features: Vec<Option<LineFeatures>>,
    structure: Vec<Structure>,
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
            self.judged(Known { text, truth }, &odds)
        });
        let genuine: Vec<Judged> = genuine.collect();
        let parts: Vec<Forest> = (0..PARTS).map(|part| grow_without(part, &pages, &genuine)).collect();
        let mut places = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            let trees = &parts[number % PARTS];
            places.extend(self.opening_samples(page, &words.odds_without(&self.counts[number]), trees));
            for (step, with_furniture) in COMPOSED {
                let other = (number + step) % self.pages.len();
                let mut both = self.counts[number].clone();
                both.add(&self.counts[other]);
                let odds = words.odds_without(&both);
                let page = appended(page, self.pages[other], with_furniture);
                places.extend(self.opening_samples(&page, &odds, trees));
            }
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
        let lines = Lines::of(text.text);
        let marks = Marks::of(&lines, self.furniture, odds);
        let layout = Layout::of(text.text, &lines, &marks);
        let features = first_reading(&lines, &marks, &layout, &Forest::default()).features;
        Judged { lines, truth: text.truth, features, structure: layout.structure }
    }

    /// What a page teaches of where second articles begin; a boundary that is not among the places looked at teaches nothing.
    fn opening_samples(
        &self,
        page: &Reprint,
        odds: &WordOdds,
        trees: &Forest,
    ) -> Vec<Sample<OPENING_FEATURES>> {
        let truth = page.lines.iter().position(|line| line.label == LineLabel::Appended);
        let lines = Lines::of(&page.text);
        let marks = Marks::of(&lines, self.furniture, odds);
        let layout = Layout::of(&page.text, &lines, &marks);
        let first = first_reading(&lines, &marks, &layout, trees).probabilities;
        let all = openings(&page.text, &lines, &marks, &first).into_iter();
        all.map(|opening| Sample { features: opening.features, is_true: truth == Some(opening.line) })
            .collect()
    }
}

impl Judged {
    fn first_samples(&self) -> impl Iterator<Item = Sample<{ crate::clean::LINE_FEATURES }>> + '_ {
        self.features
            .iter()
            .zip(&self.truth)
            .filter_map(|(features, truth)| Some(Sample { features: (*features)?, is_true: (*truth)? }))
    }

    /// What the second reading learns from a text after a first reading by some trees.
    fn second_samples(&self, trees: &Forest) -> Vec<Sample<{ crate::clean::SECOND_FEATURES }>> {
        let first = crate::clean::read_again(&self.features, &self.structure, trees);
        let context = Context::of(&self.lines, &first);
        let of = |(index, (features, truth)): (usize, (&Option<LineFeatures>, &Option<bool>))| {
            let features = second_features(features.as_ref()?, &context.features(index));
            Some(Sample { features, is_true: (*truth)? })
        };
        self.features.iter().zip(&self.truth).enumerate().filter_map(of).collect()
    }
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

/// The texts of a page: a second article is a text of its own, as it is when pages are cleaned.
fn known(page: &Reprint) -> Vec<Known<'_>> {
    let second =
        page.lines.iter().position(|line| line.label == LineLabel::Appended).unwrap_or(page.lines.len());
    let start = page.lines.get(second).map_or(page.text.len(), |line| line.span.start());
    let truth = |lines: &[LabelledLine]| {
        lines
            .iter()
            .map(|line| match line.label {
                LineLabel::Furniture => Some(true),
                LineLabel::Article | LineLabel::Appended => Some(false),
                LineLabel::Either => None,
            })
            .collect()
    };
    let (first, rest) = page.lines.split_at(second);
    vec![
        Known { text: &page.text[..start], truth: truth(first) },
        Known { text: &page.text[start..], truth: truth(rest) },
    ]
}

/// A page with the article of another behind it, with or without the furniture around that.
fn appended(page: &Reprint, other: &Reprint, with_furniture: bool) -> Reprint {
    let mut out = page.clone();
    out.text.push('\n');
    let from = other.lines.iter().position(|line| line.label == LineLabel::Article).unwrap_or(0);
    let mut end = 0;
    for line in &other.lines[from..] {
        let is_article = line.label == LineLabel::Article;
        if !is_article && !with_furniture || line.label == LineLabel::Appended {
            continue;
        }
        // Empty lines as they stand there.
        let gap = other.text[..line.span.start()].bytes().rev().take_while(|&b| b == b'\n').count();
        out.text.extend(std::iter::repeat_n('\n', gap.saturating_sub(1).min(usize::from(end > 0) * 2)));
        let start = out.text.len();
        out.text.push_str(line.span.of(&other.text));
        end = out.text.len();
        out.text.push('\n');
        let label = if is_article { LineLabel::Appended } else { line.label };
        out.lines.push(LabelledLine { span: Span::new(start, end), label, furniture: Vec::new() });
    }
    out
}
