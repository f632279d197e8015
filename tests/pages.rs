//! How well the article is taken out of HTML pages: the labelled pages of `tests/pages`, by the words that are kept.
//!
//! Pages `*-1` are for tuning, pages `*-2` for measuring. The floors are a little below what was measured;
//! `cargo test --test pages -- --nocapture` shows the figures.

#![allow(clippy::print_stdout, reason = "figures, seen with --nocapture")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use unspin::clean::{CleanPolicy, Cleaner, Page, PageFormat};
use unspin::evaluate::{LineLabel, Reprint};

type Words = HashMap<String, usize>;

fn count<'t>(texts: impl IntoIterator<Item = &'t str>) -> Words {
    let mut out = Words::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *out.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    out
}

/// Words of the first that aren't in the second.
fn less(one: &Words, other: &Words) -> Words {
    let rest = one
        .iter()
        .map(|(word, count)| (word.clone(), count.saturating_sub(other.get(word).copied().unwrap_or(0))));
    rest.filter(|(_, count)| *count > 0).collect()
}

fn total(words: &Words) -> usize {
    words.values().sum()
}

/// What of a page is the article, and what is either.
fn truth(reprint: &Reprint) -> (Words, Words) {
    let text = &reprint.text;
    let mut article = Vec::new();
    for line in reprint.lines.iter().filter(|line| line.label == LineLabel::Article) {
        let mut from = line.span.start();
        for furniture in &line.furniture {
            article.push(&text[from..furniture.start()]);
            from = furniture.end();
        }
        article.push(&text[from..line.span.end()]);
    }
    let either =
        reprint.lines.iter().filter(|line| line.label == LineLabel::Either).map(|line| line.span.of(text));
    (count(article), count(either))
}

#[derive(Debug, Clone, Copy, Default)]
struct Score {
    precision: f64,
    recall: f64,
}

impl Score {
    fn of(kept: &str, truth: &(Words, Words)) -> Self {
        let kept = count([kept]);
        let wrong = less(&kept, &truth.0);
        let right = total(&kept) - total(&wrong);
        let scored = right + total(&less(&wrong, &truth.1));
        Self { precision: right as f64 / scored.max(1) as f64, recall: right as f64 / total(&truth.0) as f64 }
    }

    fn f1(self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

/// Precision, recall and F1, averaged over the pages.
fn mean(scores: &[Score]) -> [f64; 3] {
    let of = |value: fn(&Score) -> f64| scores.iter().map(value).sum::<f64>() / scores.len() as f64;
    [of(|score| score.precision), of(|score| score.recall), of(|score| score.f1())]
}

struct Measured {
    extracted: [f64; 3],
    cleaned: [f64; 3],
    /// Right titles, bylines, dates, sources, languages.
    right: [usize; 5],
}

fn measure(set: char) -> Measured {
    let cleaner = Cleaner::builtin().unwrap();
    let mut pages: Vec<_> =
        fs::read_dir(Path::new("tests/pages")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| {
        path.extension().is_some_and(|e| e == "html")
            && path.file_stem().unwrap().to_str().unwrap().ends_with(set)
    });
    pages.sort();
    assert_eq!(pages.len(), 12);
    let (mut extracted, mut after, mut right) = (Vec::new(), Vec::new(), [0; 5]);
    for path in pages {
        let reprint = Reprint::parse(&fs::read_to_string(path.with_extension("lines")).unwrap()).unwrap();
        let truth = truth(&reprint);
        let page = Page::read(&fs::read(&path).unwrap(), PageFormat::Auto).unwrap();
        let text = page.document.text();
        let clean = cleaner.clean(text, &CleanPolicy::default());
        extracted.push(Score::of(text, &truth));
        after.push(Score::of(&clean.text, &truth));
        let found = page.metadata.or(clean.metadata);
        let found = [found.title, found.byline, found.date, found.source, found.language]
            .map(Option::unwrap_or_default);
        let name = path.file_stem().unwrap().to_str().unwrap();
        let [e, c] = [extracted[extracted.len() - 1], after[after.len() - 1]];
        println!(
            "{name:12} {:.3} {:.3} {:.3}  cleaned {:.3} {:.3} {:.3}",
            e.precision,
            e.recall,
            e.f1(),
            c.precision,
            c.recall,
            c.f1()
        );
        for (index, name) in ["title", "byline", "date", "source", "language"].into_iter().enumerate() {
            let expected = reprint.about(name).unwrap_or("");
            if found[index] == expected {
                right[index] += 1;
            } else {
                println!("    {name}: {:?}, not {expected:?}", found[index]);
            }
        }
    }
    let measured = Measured { extracted: mean(&extracted), cleaned: mean(&after), right };
    println!("extracted {:.3?} cleaned {:.3?} right {right:?}", measured.extracted, measured.cleaned);
    measured
}

fn at_least(measured: &Measured, extracted: [f64; 3], cleaned: [f64; 3], right: [usize; 5]) {
    for index in 0..3 {
        assert!(
            measured.extracted[index] >= extracted[index],
            "extracted: {:?}, at least {extracted:?}",
            measured.extracted
        );
        assert!(
            measured.cleaned[index] >= cleaned[index],
            "cleaned: {:?}, at least {cleaned:?}",
            measured.cleaned
        );
    }
    for (measured, least) in measured.right.iter().zip(right) {
        assert!(*measured >= least, "{measured:?}, at least {right:?}");
    }
}

#[test]
fn tuning_pages() {
    at_least(&measure('1'), [0.885, 0.99, 0.93], [0.95, 0.98, 0.965], [12, 11, 11, 9, 11]);
}

#[test]
fn held_out_pages() {
    at_least(&measure('2'), [0.915, 0.975, 0.94], [0.945, 0.97, 0.955], [12, 12, 11, 11, 12]);
}
