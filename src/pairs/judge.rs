//! Whether a difference looks like a substitution, or like the work of an editor.

use std::ops::Range;

use super::lists::{AGREEMENTS, DATES, ENDINGS, NUMBERS};
use super::side::Side;
use crate::text::{Case, TokenKind};

/// Words of the longest phrase that a substitution puts in or takes out.
const LONGEST: usize = 5;

/// Why a difference is no substitution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Words that have nothing beside them in the original.
    Added,
    /// Words of the original that have nothing beside them in the copy.
    Removed,
    /// More words than a substitution has, or more than one sentence.
    Long,
    /// A sentence of which less than half is the same.
    Rewritten,
    /// Another number.
    Numbers,
    /// Names, abbreviations, days and months, or words that are capitalised in one text alone.
    Names,
    /// Another form of the same word.
    Inflection,
    /// Quotation marks, commas, hyphens and the like.
    Punctuation,
    /// Several words each that nothing tells how to split, seen once.
    Ambiguous,
    /// A pair that was seen too rarely, or only in texts that look edited.
    Weak,
}

impl Reason {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Long => "long",
            Self::Rewritten => "rewritten",
            Self::Numbers => "numbers",
            Self::Names => "names",
            Self::Inflection => "inflection",
            Self::Punctuation => "punctuation",
            Self::Ambiguous => "ambiguous",
            Self::Weak => "weak",
        }
    }

    /// Whether it speaks for an editor: spinners do nothing of the kind.
    pub(super) fn is_editing(self) -> bool {
        matches!(
            self,
            Self::Added | Self::Removed | Self::Long | Self::Rewritten | Self::Numbers | Self::Names
        )
    }
}

/// A difference that looks like a substitution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judged {
    pub spun: Range<usize>,
    pub original: Range<usize>,
    /// The phrases as a row has them, but for the capitals of [`is_capital`](Self::is_capital).
    pub spun_form: String,
    pub canonical: String,
    /// Both phrases are capitalised, and not as the first words of a sentence.
    pub is_capital: bool,
    /// Both have several words: it may be two substitutions.
    pub is_ambiguous: bool,
}

/// Judges tokens that stand against each other.
pub(super) fn judge(spun: (&Side, Range<usize>), original: (&Side, Range<usize>)) -> Result<Judged, Reason> {
    let ((spun, a), (original, b)) = (spun, original);
    let (a, b) = widened((spun, a), (original, b));
    let (a, b) = (stripped(spun, a), stripped(original, b));
    let (left, right) = (words(spun, &a), words(original, &b));
    if left == right {
        return Err(Reason::Punctuation);
    }
    if left.is_empty() {
        return Err(Reason::Removed);
    }
    if right.is_empty() {
        return Err(Reason::Added);
    }
    if left.len() > LONGEST || right.len() > LONGEST || is_broken(spun, &a) || is_broken(original, &b) {
        return Err(Reason::Long);
    }
    let has_hyphen = |side: &Side, range: &Range<usize>| range.clone().any(|i| side.tokens.key(i) == "-");
    if left.concat() == right.concat() && (has_hyphen(spun, &a) || has_hyphen(original, &b)) {
        return Err(Reason::Punctuation);
    }
    if changes_number((spun, &a), (original, &b), &left, &right) {
        return Err(Reason::Numbers);
    }
    if let ([left], [right]) = (left.as_slice(), right.as_slice())
        && is_inflection(left, right)
    {
        return Err(Reason::Inflection);
    }
    if [&left, &right].into_iter().all(|words| words.iter().any(|w| DATES.contains(w))) {
        return Err(Reason::Names);
    }
    let is_capital = match (capitals(spun, &a), capitals(original, &b)) {
        (Capitals::None, Capitals::None) => false,
        (Capitals::All, Capitals::All) => true,
        _ => return Err(Reason::Names),
    };
    let form = |side: &Side, range: &Range<usize>| {
        let phrase = side.phrase(range.clone());
        if is_capital || is_pronoun(side.tokens.key(range.start)) { phrase } else { uncapitalised(&phrase) }
    };
    Ok(Judged {
        spun_form: form(spun, &a),
        canonical: form(original, &b),
        is_capital,
        is_ambiguous: left.len() > 1 && right.len() > 1,
        spun: a,
        original: b,
    })
}

fn uncapitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The keys of the words, numbers and signs that are read as words.
fn words<'s>(side: &'s Side, range: &Range<usize>) -> Vec<&'s str> {
    range.clone().filter(|&index| is_word(side, index)).map(|index| side.tokens.key(index)).collect()
}

fn is_word(side: &Side, index: usize) -> bool {
    side.tokens.as_slice()[index].kind != TokenKind::Symbol
        || matches!(side.tokens.key(index), "%" | "$" | "£" | "€" | "&")
}

/// Takes in the rest of words with hyphens, where both texts have it: not `term` for `run`, but `long-term` for `long-run`.
fn widened(
    (spun, mut a): (&Side, Range<usize>),
    (original, mut b): (&Side, Range<usize>),
) -> (Range<usize>, Range<usize>) {
    let same = |x: usize, y: usize| spun.tokens.key(x) == original.tokens.key(y);
    while a.start > 1
        && b.start > 1
        && spun.is_hyphen(a.start - 1)
        && original.is_hyphen(b.start - 1)
        && same(a.start - 2, b.start - 2)
    {
        (a.start, b.start) = (a.start - 2, b.start - 2);
    }
    while spun.is_hyphen(a.end) && original.is_hyphen(b.end) && same(a.end + 1, b.end + 1) {
        (a.end, b.end) = (a.end + 2, b.end + 2);
    }
    (a, b)
}

/// The range without punctuation at its ends.
fn stripped(side: &Side, mut range: Range<usize>) -> Range<usize> {
    while !range.is_empty() && !is_word(side, range.start) {
        range.start += 1;
    }
    while !range.is_empty() && !is_word(side, range.end - 1) {
        range.end -= 1;
    }
    range
}

/// Whether a sentence ends inside, or punctuation other than a hyphen stands there.
fn is_broken(side: &Side, range: &Range<usize>) -> bool {
    let inner = range.start + 1..range.end;
    inner.clone().any(|index| side.tokens.as_slice()[index].starts_sentence)
        || inner.clone().any(|index| !is_word(side, index) && !side.is_hyphen(index))
}

/// Whether one side has a number that the other does not have, in digits or in words.
fn changes_number(
    (spun, a): (&Side, &Range<usize>),
    (original, b): (&Side, &Range<usize>),
    left: &[&str],
    right: &[&str],
) -> bool {
    let digits = |side: &Side, range: &Range<usize>| {
        range.clone().any(|index| side.tokens.as_slice()[index].kind == TokenKind::Number)
    };
    let values = |words: &[&str]| {
        let value = |word: &&str| match NUMBERS.iter().find(|(name, _)| name == word) {
            Some((_, digits)) => Some((*digits).to_owned()),
            None if word.starts_with(|c: char| c.is_ascii_digit()) => Some((*word).to_owned()),
            None => None,
        };
        let mut values: Vec<String> = words.iter().filter_map(value).collect();
        values.sort_unstable();
        values
    };
    let (left, right) = (values(left), values(right));
    let in_digits = digits(spun, a) || digits(original, b);
    let in_both = !left.is_empty() && !right.is_empty();
    (in_digits || in_both) && left != right
}

/// Whether two words are forms of one.
fn is_inflection(left: &str, right: &str) -> bool {
    if AGREEMENTS.iter().any(|&(x, y)| (left, right) == (x, y) || (left, right) == (y, x)) {
        return true;
    }
    let shared: usize =
        left.chars().zip(right.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let ends = |word: &str| ENDINGS.contains(&&word[shared..]);
    shared >= 3 && ends(left) && ends(right)
}

/// Which words of a phrase have a capital that is their own.
#[derive(Debug, PartialEq)]
enum Capitals {
    None,
    /// Those that headlines and names capitalise.
    All,
    Other,
}

fn is_pronoun(key: &str) -> bool {
    key == "i" || key.starts_with("i'")
}

fn capitals(side: &Side, range: &Range<usize>) -> Capitals {
    let tokens = side.tokens.as_slice();
    let (mut capital, mut lower, mut other) = (0, 0, 0);
    for index in range.clone().filter(|&index| tokens[index].kind == TokenKind::Word) {
        if is_pronoun(side.tokens.key(index)) {
            continue;
        }
        match tokens[index].case {
            Case::Capital if index == range.start && opens(side, index) => {}
            Case::Capital => capital += 1,
            Case::Lower => lower += usize::from(tokens[index].span.len() >= 4),
            Case::Upper | Case::Mixed => other += 1,
        }
    }
    match (capital, lower, other) {
        (0, _, 0) => Capitals::None,
        (_, 0, 0) => Capitals::All,
        _ => Capitals::Other,
    }
}

/// Whether only punctuation stands between the start of the sentence, or a quotation, and the token.
fn opens(side: &Side, index: usize) -> bool {
    let tokens = side.tokens.as_slice();
    let mut at = index;
    while !tokens[at].starts_sentence {
        if at == 0 || tokens[at - 1].kind != TokenKind::Symbol {
            return false;
        }
        if matches!(side.tokens.key(at - 1), "\"" | ":") {
            return true;
        }
        at -= 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::words::WordAligner;
    use super::*;
    use crate::dictionary::Dictionary;

    /// The first difference of two texts, judged.
    fn first(spun: &str, original: &str) -> Result<(String, String, bool), Reason> {
        let (spun, original) = (Side::new(spun.to_owned()), Side::new(original.to_owned()));
        let lexicon = Lexicon::default();
        let dictionary = Dictionary::default();
        let aligner = WordAligner { dictionary: &dictionary, lexicon: &lexicon };
        let (a, b) = (0..spun.tokens.len(), 0..original.tokens.len());
        let steps = aligner.align((&spun, a), (&original, b));
        let step = steps.into_iter().next().expect("they differ");
        judge((&spun, step.spun), (&original, step.original))
            .map(|j| (j.spun_form, j.canonical, j.is_capital))
    }

    fn row(spun: &str, canonical: &str, capital: bool) -> (String, String, bool) {
        (spun.to_owned(), canonical.to_owned(), capital)
    }

    #[test]
    fn substitutions() {
        assert_eq!(
            first("He will go to the dam.", "He will visit the dam."),
            Ok(row("go to", "visit", false))
        );
        assert_eq!(first("Folks left.", "People left."), Ok(row("folks", "people", false)));
        assert_eq!(first("It fell in Could again", "It fell in May again"), Ok(row("Could", "May", true)));
        assert_eq!(first("an additional boat", "a further boat"), Ok(row("additional", "further", false)));
        assert_eq!(first("a long-run plan", "a long-term plan"), Ok(row("long-run", "long-term", false)));
        assert_eq!(first("some 2 boats", "some two boats"), Ok(row("2", "two", false)));
        assert_eq!(first("40 % of it", "40 percent of it"), Ok(row("%", "percent", false)));
        assert_eq!(
            first("“We’ll go,” he stated.", "\"We'll go,\" he said."),
            Ok(row("stated", "said", false))
        );
        assert_eq!(first("left with out it", "left without it"), Ok(row("with out", "without", false)));
    }

    #[test]
    fn revisions() {
        use Reason::{Added, Inflection, Long, Names, Numbers, Punctuation, Removed};
        for (spun, original, reason) in [
            ("He also left.", "He left.", Added),
            ("He left.", "He also left.", Removed),
            ("At least 9 died.", "At least 12 died.", Numbers),
            ("At least nine died.", "At least ten died.", Numbers),
            ("Mr Hale left.", "Mr Wexford left.", Numbers),
            ("It opens on Monday.", "It opens on Friday.", Names),
            ("The US troops", "The British troops", Names),
            ("the boats are old", "the boat are old", Inflection),
            ("boats is old", "boats are old", Inflection),
            ("He \"left\" it", "He left it", Punctuation),
            ("He left, it rained", "He left it rained", Punctuation),
            ("a co-operative plan", "a cooperative plan", Punctuation),
            ("It was one two three four five six", "It seemed to be a rather fine day x", Long),
        ] {
            let found = first(spun, original);
            if reason == Numbers && spun.starts_with("Mr") {
                assert_eq!(
                    found,
                    Ok(row("Hale", "Wexford", true)),
                    "a name that the words of the texts decide on"
                );
            } else {
                assert_eq!(found, Err(reason), "{spun} / {original}");
            }
        }
    }
}
