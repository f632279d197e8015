//! How `dictionaries/syllables.tsv` is made, and measured: from a pronouncing dictionary, by an ignored test.
//!
//! ```text
//! UNSPIN_CMUDICT=cmudict.dict UNSPIN_CORPUS=news.txt.zst \
//!   cargo test --release --lib cmudict -- --ignored --nocapture
//! ```
//!
//! The first file is the CMU Pronouncing Dictionary; the second says how common words are. With `UNSPIN_WRITE_SYLLABLES=1` the table is
//! written anew.
//!
//! First each vowel group of a word gets its share of the word's syllables: hard expectation–maximisation over how many syllables
//! a group has with given letters beside it. Then the table is grown: of all surroundings of all groups the set is chosen that
//! costs least, a row costing a little more than a mistake in a word that the corpus does not have.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write as _};

use super::syllables::{Letters, Outwards, SyllableTable, TABLE, is_leftwards, spelled};
use crate::hash;

/// Words and the numbers of syllables that they may have.
type Words = BTreeMap<String, BTreeSet<usize>>;

/// Syllables that one group may have, plus one.
const MOST: usize = 4;
/// What a row costs, where a mistake in a word costs 1 and [`COMMON`] times the logarithm of its frequency.
const ROW: f64 = 1.02;
const COMMON: f64 = 0.3;
/// Rounds of alignment.
const ROUNDS: usize = 6;
/// Parts of the words, each of which is held out once, to measure how well a table does on words that it was not made from.
const PARTS: u64 = 10;

#[test]
#[ignore = "needs the CMU Pronouncing Dictionary and a corpus"]
fn the_table_is_made_from_cmudict_and_measured() {
    let path = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} names no file"));
    let (letters, others) = read(&fs::read_to_string(path("UNSPIN_CMUDICT")).expect("a text"));
    let frequencies = frequencies(&path("UNSPIN_CORPUS"));
    let all = table(&letters, &frequencies);
    let mut out = format!("held out: {}\n", held_out(&letters, &frequencies));
    for (what, words, table) in [
        ("table made from all", &letters, &SyllableTable::parse(&all)),
        ("built-in table", &letters, &TABLE),
        ("built-in table, words with apostrophes", &others, &TABLE),
    ] {
        let _ = writeln!(out, "{what}: {}", Accuracy::of(words, &frequencies, table));
    }
    let _ = write!(std::io::stderr().lock(), "{out}");

    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/syllables.tsv");
    if std::env::var_os("UNSPIN_WRITE_SYLLABLES").is_some() {
        fs::write(file, &all).expect("the table can be written");
    }
    let stored = fs::read_to_string(file).expect("the table is in the repository");
    assert!(
        stored == all,
        "syllables.tsv is not what these files give: write it anew (dictionaries/README.md)"
    );
}

/// The words of letters alone, and those with apostrophes, from lines like `tomato(2)  T AH0 M AA1 T OW2`.
fn read(source: &str) -> (Words, Words) {
    let mut words = Words::new();
    for line in source.lines().filter(|line| !line.starts_with(";;;")) {
        let line = line.split(" #").next().unwrap_or_default();
        let mut parts = line.split_whitespace();
        let Some(word) = parts.next() else { continue };
        let word = word.split('(').next().unwrap_or_default().to_lowercase();
        // A vowel carries its stress as a digit.
        let count = parts.filter(|sound| sound.ends_with(|c: char| c.is_ascii_digit())).count();
        let is_word = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
        if is_word && count > 0 {
            words.entry(word).or_default().insert(count);
        }
    }
    words.into_iter().partition(|(word, _)| !word.contains('\''))
}

/// How often words stand in a million words of a corpus.
fn frequencies(path: &str) -> BTreeMap<String, f64> {
    let file = BufReader::new(fs::File::open(path).expect("the corpus can be opened"));
    let plain: Box<dyn Read> =
        if std::path::Path::new(path).extension().is_some_and(|extension| extension == "zst") {
            Box::new(ruzstd::decoding::StreamingDecoder::new(file).expect("a zstd file"))
        } else {
            Box::new(file)
        };
    let mut counts = BTreeMap::<String, f64>::new();
    let mut total = 0.0;
    for line in BufReader::new(plain).lines() {
        let line = line.expect("text").to_lowercase().replace('\u{2019}', "'");
        for word in line.split(|c: char| !c.is_ascii_lowercase() && c != '\'') {
            let word = word.trim_matches('\'');
            if let Some(count) = counts.get_mut(word) {
                *count += 1.0;
            } else if !word.is_empty() {
                counts.insert(word.to_owned(), 1.0);
            }
            total += f64::from(u8::from(!word.is_empty()));
        }
    }
    for count in counts.values_mut() {
        *count *= 1e6 / total;
    }
    counts
}

/// Each part of the words by the table that the other parts give.
fn held_out(words: &Words, frequencies: &BTreeMap<String, f64>) -> Accuracy {
    let mut sum = Accuracy::default();
    for part in 0..PARTS {
        let is_held_out = |word: &String| hash::bytes(word.as_bytes()) % PARTS == part;
        let (held_out, others): (Words, Words) =
            words.clone().into_iter().partition(|(word, _)| is_held_out(word));
        let part = Accuracy::of(&held_out, frequencies, &SyllableTable::parse(&table(&others, frequencies)));
        sum = Accuracy {
            words: sum.words + part.words,
            right: sum.right + part.right,
            running: sum.running + part.running,
            running_right: sum.running_right + part.running_right,
        };
    }
    sum
}

/// How many words are part.
#[derive(Default)]
struct Accuracy {
    words: usize,
    right: usize,
    /// The same for running words, in millionths of a text.
    running: f64,
    running_right: f64,
}

impl Accuracy {
    fn of(words: &Words, frequencies: &BTreeMap<String, f64>, table: &SyllableTable) -> Self {
        let mut out = Self { words: words.len(), ..Self::default() };
        for (word, counts) in words {
            let frequency = frequencies.get(word).copied().unwrap_or_default();
            out.running += frequency;
            if counts.contains(&table.of_folded(word.as_bytes())) {
                out.right += 1;
                out.running_right += frequency;
            }
        }
        out
    }
}

impl std::fmt::Display for Accuracy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { words, right, running, running_right } = self;
        let (types, tokens) = (100.0 * *right as f64 / *words as f64, 100.0 * running_right / running);
        write!(f, "{right} of {words} words right ({types:.2} %), {tokens:.2} % of running words")
    }
}

/// The rows of the table that these words give.
fn table(words: &Words, frequencies: &BTreeMap<String, f64>) -> String {
    let weight = |word: &str| 1.0 + COMMON * frequencies.get(word).copied().unwrap_or_default().ln_1p();
    let mut rows: Vec<(String, usize)> = Vec::new();
    let mut sites = Vec::new();
    for (word, shares) in aligned(words) {
        let letters = Letters::new(word.as_bytes());
        for (group, share) in letters.groups().into_iter().zip(shares) {
            let mut path = word.as_bytes()[group.clone()].to_vec();
            path.push(b'|');
            let depth = path.len();
            // As far as it takes to see both edges.
            let (left, right) = (group.start + 1, letters.len - group.end + 1);
            let turns = (3 * left).max(3 * right.div_ceil(2));
            path.extend(Outwards::new(&letters, group).take(turns));
            sites.push(Site { path, depth, share, weight: weight(word) });
        }
    }
    sites.sort_by(|a, b| a.path.cmp(&b.path));
    for of_group in sites.chunk_by(|a, b| a.path[..a.depth] == b.path[..b.depth]) {
        let depth = of_group[0].depth;
        grow(of_group, depth).write(&mut of_group[0].path[..depth].to_vec(), 1, &mut rows);
    }
    for (word, counts) in words.iter().filter(|(word, _)| Letters::new(word.as_bytes()).groups().is_empty()) {
        if !counts.contains(&word.bytes().map(spelled).sum::<usize>())
            && let Some(&count) = counts.first()
        {
            rows.push((word.clone(), count));
        }
    }
    rows.sort();
    let mut out = String::from(
        "# Vowel groups among other letters, and their syllables: see README.md\nletters\tsyllables\n",
    );
    for (surroundings, count) in rows {
        let _ = writeln!(out, "{surroundings}\t{count}");
    }
    out
}

/// A vowel group of a word: the path that a look-up walks, of which so many steps are the group, and its syllables.
struct Site {
    path: Vec<u8>,
    depth: usize,
    share: usize,
    weight: f64,
}

/// What is best done with some sites, for each number of syllables that shorter surroundings give.
struct Branch {
    cost: [f64; MOST],
    /// The number that a row for these surroundings gives; `None` where none is worth it.
    row: [Option<usize>; MOST],
    children: Vec<(u8, Branch)>,
}

/// The cheapest rows for sites that share the first `depth` steps and are sorted.
fn grow(sites: &[Site], depth: usize) -> Branch {
    let mut cost = [0.0; MOST];
    let mut children = Vec::new();
    let is_pure = sites.iter().all(|site| site.share == sites[0].share);
    let ended = sites.iter().take_while(|site| is_pure || site.path.len() == depth);
    let here = ended.clone().count();
    for site in ended {
        (0..MOST).filter(|&count| count != site.share).for_each(|count| cost[count] += site.weight);
    }
    for same in sites[here..].chunk_by(|a, b| a.path[depth] == b.path[depth]) {
        let child = grow(same, depth + 1);
        (0..MOST).for_each(|count| cost[count] += child.cost[count]);
        children.push((same[0].path[depth], child));
    }
    let best = (0..MOST).min_by(|&a, &b| cost[a].total_cmp(&cost[b])).unwrap_or(1);
    let row = cost.map(|inherited| (inherited > cost[best] + ROW).then_some(best));
    let least = cost[best] + ROW;
    Branch { cost: cost.map(|inherited| inherited.min(least)), row, children }
}

impl Branch {
    fn write(&self, path: &mut Vec<u8>, inherited: usize, rows: &mut Vec<(String, usize)>) {
        let count = self.row[inherited].unwrap_or(inherited);
        if self.row[inherited].is_some() {
            rows.push((surroundings(path), count));
        }
        for (symbol, child) in &self.children {
            path.push(*symbol);
            child.write(path, count, rows);
            path.pop();
        }
    }
}

/// The path of a look-up as a row shows it: `a|t_e__b` is `be[a]t_`.
fn surroundings(path: &[u8]) -> String {
    let text = std::str::from_utf8(path).expect("ASCII");
    let (group, steps) = text.split_once('|').expect("the end of the group");
    let (mut left, mut right) = (String::new(), String::new());
    for (turn, step) in steps.chars().enumerate() {
        let side = if is_leftwards(turn) { &mut left } else { &mut right };
        if !side.ends_with('_') {
            side.push(step);
        }
    }
    format!("{}[{group}]{right}", left.chars().rev().collect::<String>())
}

/// A group with the letter after it, and with a letter before and two after.
type Beside<'w> = [&'w [u8]; 2];

/// Each word's syllables as shares of its vowel groups.
fn aligned(words: &Words) -> BTreeMap<&str, Vec<usize>> {
    let mut counts: BTreeMap<(usize, Vec<u8>), [f64; MOST]> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for _ in 0..ROUNDS {
        out = words
            .iter()
            .filter_map(|(word, totals)| Some((word.as_str(), shares(word, totals, &counts)?)))
            .collect();
        counts.clear();
        for (word, shares) in &out {
            let padded = format!("_{word}__");
            for (group, &share) in Letters::new(word.as_bytes()).groups().into_iter().zip(shares) {
                for (kind, letters) in beside(padded.as_bytes(), &group).into_iter().enumerate() {
                    counts.entry((kind, letters.to_vec())).or_default()[share] += 1.0;
                }
            }
        }
    }
    out
}

fn beside<'w>(padded: &'w [u8], group: &std::ops::Range<usize>) -> Beside<'w> {
    [&padded[group.start + 1..group.end + 2], &padded[group.start..group.end + 3]]
}

/// The likeliest shares of a word's groups that sum to one of its numbers of syllables; `None` if it has no groups, or none do.
fn shares(
    word: &str,
    totals: &BTreeSet<usize>,
    counts: &BTreeMap<(usize, Vec<u8>), [f64; MOST]>,
) -> Option<Vec<usize>> {
    let padded = format!("_{word}__");
    let groups = Letters::new(word.as_bytes()).groups();
    // For each sum so far the best way to it.
    let mut ways: BTreeMap<usize, (f64, Vec<usize>)> = BTreeMap::from([(0, (0.0, Vec::new()))]);
    for group in &groups {
        let [near, far] = beside(padded.as_bytes(), group);
        let of =
            |kind: usize, letters: &[u8]| counts.get(&(kind, letters.to_vec())).copied().unwrap_or_default();
        let (near_counts, far_counts) = (of(0, near), of(1, far));
        let prior = prior(near);
        let mut next: BTreeMap<usize, (f64, Vec<usize>)> = BTreeMap::new();
        for (sum, (log, path)) in &ways {
            for share in 0..MOST {
                let smoothed = |counts: &[f64; MOST], below: f64, strength: f64| {
                    (counts[share] + strength * below) / (counts.iter().sum::<f64>() + strength)
                };
                let p = smoothed(&far_counts, smoothed(&near_counts, prior[share], 2.0), 3.0);
                let log = log + p.ln();
                if next.get(&(sum + share)).is_none_or(|(other, _)| *other < log) {
                    next.insert(sum + share, (log, [path.as_slice(), &[share]].concat()));
                }
            }
        }
        ways = next;
    }
    let possible = totals.iter().filter_map(|total| ways.get(total));
    let best = possible.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (!groups.is_empty()).then(|| best.1.clone())
}

/// What is assumed of a group and the letter after it before anything is counted: above all that an `e` at the end of a word, or before
/// its last `s` or `d`, is as likely silent as not, and that hardly anything else is silent.
fn prior(near: &[u8]) -> [f64; MOST] {
    let (next, group) = near.split_last().expect("a group and a letter");
    let none = match group {
        b"e" if matches!(next, b'_' | b's' | b'd') => 0.5,
        b"e" => 0.1,
        b"ue" | b"ee" | b"ie" | b"mc" => 0.02,
        _ => 0.002,
    };
    let two = match group.len() {
        _ if group == b"mc" => 0.005,
        1 => 0.02,
        2 => 0.2,
        _ => 0.4,
    };
    [none, 1.0 - none - two - 0.002, two, 0.002]
}
