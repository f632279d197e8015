//! Growing the trees that tell page furniture from an article.

use rayon::prelude::*;

use super::boosting::{Growth, Sample, boost};
use super::compose::composed;
use super::pages::{Known, genuine_text, known, respaced};
use super::word_counts::WordCounts;
use crate::clean::{
    Context, Furniture, Groups, Judges, Layout, LineFeatures, LineJudge, Lines, Marks, OPENING_FEATURES,
    Opening, OpeningJudge, Structure, WordOdds, first_reading, openings, second_features,
};
use crate::detect::Forest;
use crate::evaluate::{LineLabel, Reprint};

/// Least lines, and least places where an article may begin, in a leaf of a tree.
const FEWEST_LINES: usize = 16;
const FEWEST_OPENINGS: usize = 8;
/// A word more makes a line count so much more: it is words that are lost.
const BY_WORDS: f64 = 0.03;
/// The second reading learns from first readings by trees that have not seen the page: so many parts take turns.
const PARTS: usize = 5;
/// How often a place of a page, with each of two spaces between its lines, counts beside one of a page that was put together.
const OWN: usize = 2;
/// How much a place within a second article counts: it must not be taken for where that begins, but it looks like it, and to cut there loses
/// nothing of the first.
const WITHIN: f64 = 0.2;

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
        words.keep_pairs_of(&self.counts);
        let all = words.odds();
        let judged_page = |(page, counts): (&&Reprint, _)| {
            // A page must not be judged by the words that it taught itself.
            let odds = words.odds_without(&all, counts);
            known(page).into_iter().map(|text| self.judged(text, &odds)).collect::<Vec<_>>()
        };
        let pages: Vec<Vec<Judged>> = self.pages.par_iter().zip(&self.counts).map(judged_page).collect();
        let genuine = self.genuine.par_iter().enumerate();
        let mut genuine: Vec<Judged> =
            genuine.map(|(number, text)| self.judged(Known::genuine(text, number), &all)).collect();
        let trees = grow_first(pages.iter().flatten());
        for text in &mut genuine {
            text.doubt(&trees);
        }
        let parts: Vec<Forest> =
            (0..PARTS).into_par_iter().map(|part| grow_without(part, &pages, &genuine)).collect();
        let places_of_page = |(number, page): (usize, &&Reprint)| {
            let trees = &parts[number % PARTS];
            let odds = words.odds_without(&all, &self.counts[number]);
            let mut places = Vec::new();
            for page in [page, &respaced(page)] {
                places.extend(self.openings_of_page(page, &odds, trees).repeat(OWN));
            }
            for (other, page) in composed(&self.pages, number) {
                let mut both = self.counts[number].clone();
                both.add(&self.counts[other]);
                places.extend(self.openings_of_page(&page, &words.odds_without(&all, &both), trees));
            }
            places
        };
        let places_of_genuine = |(number, text): (usize, &String)| {
            self.opening_samples(&genuine_text(text, number), None, &all, &parts[number % PARTS])
        };
        let places = self.pages.par_iter().enumerate().map(places_of_page);
        let places: Vec<_> =
            places.chain(self.genuine.par_iter().enumerate().map(places_of_genuine)).flatten_iter().collect();
        let (first, (second, openings)) = rayon::join(
            || grow_first(pages.iter().flatten().chain(&genuine)),
            || {
                let openings = || boost(&places, &Growth::sampled(FEWEST_OPENINGS));
                rayon::join(|| grow_second(&parts, &pages, &genuine), openings)
            },
        );
        Judges { words: all, lines: LineJudge { first, second }, openings: OpeningJudge { trees: openings } }
    }

    fn judged(&self, text: Known<'_>, odds: &WordOdds) -> Judged {
        let lines = Lines::of(&text.text);
        let marks = Marks::of(&text.text, &lines, self.furniture, odds);
        let layout = Layout::of(&text.text, &lines, &marks, odds);
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
        let marks = Marks::of(text, &lines, self.furniture, odds);
        let layout = Layout::of(text, &lines, &marks, odds);
        let first = first_reading(&lines, &marks, &layout, trees).probabilities;
        let all = openings(&lines, &marks, &layout, &first).into_iter();
        let sample = |opening: Opening| {
            let is_within = truth.is_some_and(|truth| opening.line > truth);
            let weight = if is_within { WITHIN } else { 1.0 };
            Sample { weight, ..Sample::new(opening.features, truth == Some(opening.line)) }
        };
        all.map(sample).collect()
    }
}

impl Judged {
    /// Says nothing of lines of a genuine text that trees which know pages alone take for furniture: genuine texts hold some as well.
    fn doubt(&mut self, trees: &Forest) {
        let first = crate::clean::read_again(&self.features, &self.structure, trees);
        for (truth, probability) in self.truth.iter_mut().zip(first) {
            *truth = truth.filter(|_| probability <= 0.5);
        }
    }

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
