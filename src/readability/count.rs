//! One pass over a text that counts everything.

use super::character::Kind;
use super::counts::Counts;
use super::easy::{Easy, Known, Lists, Short};
use super::sentence::{End, Gap, Sentence};
use super::syllables::{self, Letters, TABLE};
use super::word::{Word, kind_at, letters_of, lists, may_go_on};

impl Counts {
    /// The counts of a text, in one pass that allocates nothing.
    pub fn of(text: &str) -> Self {
        Pass::new(text, None).run()
    }
}

/// Counts many texts, and remembers words: this changes no count, it is only faster.
#[derive(Debug)]
pub struct Counter {
    memo: Memo,
}

impl Counter {
    /// A counter that remembers nothing yet.
    pub fn new() -> Self {
        Self { memo: Memo { words: vec![(Short::EMPTY, Known::NOTHING); Memo::WORDS].into_boxed_slice() } }
    }

    /// The same as [`Counts::of`].
    pub fn count(&mut self, text: &str) -> Counts {
        Pass::new(text, Some(&mut self.memo)).run()
    }
}

impl Default for Counter {
    fn default() -> Self {
        Self::new()
    }
}

/// What is known of words that are not easy; a new one takes the place of an old one.
#[derive(Debug)]
struct Memo {
    words: Box<[(Short, Known)]>,
}

impl Memo {
    const WORDS: usize = 1 << 14;

    /// What is known of a word; found out if it isn't remembered.
    #[inline]
    fn get(&mut self, word: Short, find: impl FnOnce() -> Known) -> Known {
        let place = &mut self.words[word.number() % Self::WORDS];
        if place.0 != word {
            *place = (word, find());
        }
        place.1
    }
}

/// Syllables of a word of so many letters.
#[inline(never)]
fn of_short(word: Short, len: usize) -> usize {
    let letters = word.bytes();
    TABLE.of_word(&Letters::new(letters.get(..len).unwrap_or(&letters)))
}

struct Pass<'t> {
    text: &'t str,
    bytes: &'t [u8],
    easy: &'static Easy,
    memo: Option<&'t mut Memo>,
    counts: Counts,
    at: usize,
    sentence: Sentence,
}

impl<'t> Pass<'t> {
    fn new(text: &'t str, memo: Option<&'t mut Memo>) -> Self {
        Self {
            memo,
            text,
            bytes: text.as_bytes(),
            easy: Easy::builtin(),
            counts: Counts::default(),
            at: 0,
            sentence: Sentence::EMPTY,
        }
    }

    fn run(mut self) -> Counts {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii_alphabetic() && self.plain_word() {
                continue;
            }
            let Some((kind, len)) = kind_at(self.text, self.at) else { break };
            match kind {
                Kind::Letter(_) | Kind::Foreign | Kind::Digit => {
                    let word = Word::read(self.text, self.at);
                    self.add(word);
                    self.at = word.end;
                    continue;
                }
                Kind::Space => self.sentence.gap.has_space = true,
                Kind::Newline => {
                    if self.sentence.gap.is_blank {
                        self.close();
                    }
                    self.sentence.gap =
                        Gap { has_space: true, has_break: true, is_blank: true, ..self.sentence.gap };
                }
                Kind::Stop => self.sentence.stop(self.text, self.at),
                Kind::Ideographic => self.close(),
                Kind::Quote | Kind::Apostrophe => {
                    self.sentence.gap = Gap { has_quote: true, is_blank: false, ..self.sentence.gap };
                }
                Kind::Mark => {}
                Kind::Hyphen | Kind::Other => {
                    self.sentence.gap.is_blank = false;
                    if !self.sentence.gap.has_space {
                        self.sentence.gap.end = End::None;
                    }
                }
            }
            self.at += len;
        }
        self.close();
        self.counts
    }

    /// Adds the word at the current place if it is a short one of ASCII letters alone, as nearly all are, and says whether it is.
    #[inline]
    fn plain_word(&mut self) -> bool {
        let Some(block) = self.bytes[self.at..].first_chunk() else { return false };
        let block = u128::from_le_bytes(*block);
        let len = letters_of(block);
        let end = self.at + len;
        let Some(&next) = self.bytes.get(end) else { return false };
        if len == Short::MOST || may_go_on(next, len) {
            return false;
        }
        let word = Word::plain(self.at, end);
        let is_name = self.enter(word);
        let short = Short::first(block, len);
        let known = self.easy.get(short).unwrap_or_else(|| {
            let find = || Known { syllables: of_short(short, len), lists: Lists::NONE };
            match &mut self.memo {
                Some(memo) => memo.get(short, find),
                None => find(),
            }
        });
        self.count(word, known, is_name);
        // A comma right behind a word says nothing.
        self.at = end + usize::from(next == b',');
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
            self.sentence.gap.has_space = true;
        }
        true
    }

    /// Ends the sentence, if there is one.
    fn close(&mut self) {
        self.counts.sentences += usize::from(self.sentence.words > 0);
        self.sentence.words = 0;
        self.sentence.last = 0..0;
        self.sentence.gap.end = End::None;
    }

    /// Adds a word that is not plain, or long.
    #[inline(never)]
    fn add(&mut self, word: Word) {
        let is_name = self.enter(word);
        let text = word.of(self.text);
        let find = |easy| Known { syllables: syllables::syllables(text).max(1), lists: lists(text, easy) };
        let known = match (Short::new(text.as_bytes()), &mut self.memo) {
            _ if word.letters == 0 => Known { syllables: 1, lists: Lists::BOTH },
            (Some(short), Some(memo)) if word.is_ascii && word.digits == 0 => {
                memo.get(short, || find(self.easy))
            }
            _ => find(self.easy),
        };
        self.count(word, known, is_name);
    }

    /// Takes a word into the sentence, or starts a new one with it. Says whether it is a name.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call takes longer than what is done here")]
    fn enter(&mut self, word: Word) -> bool {
        if self.sentence.words > 0
            && (self.sentence.gap.has_break || self.sentence.gap.end != End::None)
            && self.sentence.starts(self.text, word)
        {
            self.close();
        }
        if self.sentence.words == 0 {
            self.sentence.is_lower = word.is_lower_case(self.text);
            return false;
        }
        self.bytes[word.start].is_ascii_uppercase() && self.sentence.is_name(self.text, word)
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call takes longer than what is done here")]
    fn count(&mut self, word: Word, known: Known, is_name: bool) {
        let characters = word.letters + word.digits;
        let is_long = known.syllables > 2;
        let counts = &mut self.counts;
        counts.words += 1;
        counts.syllables += known.syllables;
        counts.letters += word.letters;
        counts.characters += characters;
        counts.long_words += usize::from(characters > 6);
        counts.polysyllables += usize::from(is_long);
        counts.difficult_words += usize::from(!is_name && !known.lists.has(Lists::DALE_CHALL));
        counts.unfamiliar_words += usize::from(!is_name && !known.lists.has(Lists::SPACHE));
        counts.foreign_letters += word.foreign;
        if is_long && !is_name && word.is_complex(self.text, known.syllables) {
            self.counts.complex_words += 1;
        }
        self.sentence.words += 1;
        self.sentence.last = word.start..word.end;
        self.sentence.gap = Gap::NONE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> usize {
        Counts::of(text).sentences
    }

    #[test]
    fn words_and_letters() {
        for (text, words, letters, characters) in [
            ("The cat sat.", 3, 9, 9),
            ("It's a two-day, 1,500-mile trip (3.5 percent).", 7, 25, 31),
            ("U.S. and U.K. e.g. A.", 5, 10, 10),
            ("naïve café’s don’t 21st G20 9/11", 7, 17, 24),
            ("rock ' n ' roll -- x - y a_b", 7, 13, 13),
            ("жук 中文。", 2, 5, 5),
            ("10:30 v2.0 1.", 3, 1, 8),
            ("end.Next wo\u{ad}rd e\u{301}te\u{301}", 4, 14, 14),
        ] {
            let counts = Counts::of(text);
            assert_eq!(
                (counts.words, counts.letters, counts.characters),
                (words, letters, characters),
                "{text}"
            );
        }
    }

    #[test]
    fn sentences_end_at_stops() {
        for (text, wanted) in [
            ("One. Two! Three? Four", 4),
            ("Why? 3.5 percent. In 2019. Then", 4),
            ("It ended… Then it began. Wait... what? No... Yes.", 5),
            ("hello. how are you. fine.", 3),
            ("It costs $3.50 at example.com today.", 1),
            ("One.\u{a0}Two.\u{200b}Three", 3),
            ("第一。第二！第三", 3),
        ] {
            assert_eq!(sentences(text), wanted, "{text}");
        }
    }

    #[test]
    fn abbreviations_and_initials_end_none() {
        for text in [
            "Then Dr. Smith of the U.S. Army and J. K. Rowling met Gen. Lee at 5 p.m. Tuesday.",
            "Apple Inc. and Acme Corp. Ltd. grew by 3.5 percent vs. Jan. 5 (see No. 7, e.g. Fig. 2).",
            "George W. Bush, Ph.D. students, St. Petersburg and Sen. Blumenthal's i.e. mine.",
            "1. Buy milk",
        ] {
            assert_eq!(sentences(text), 1, "{text}");
        }
    }

    #[test]
    fn abbreviations_may_end_one() {
        for text in [
            "It was made in the U.S. The army paid.",
            "He works for Apple Inc. He likes it.",
            "They met at 5 p.m. It rained.",
            "He said no. She went.",
            "Plan B. They left.",
            "It was I. You know.",
            "The cat sat. Dogs barked.",
        ] {
            assert_eq!(sentences(text), 2, "{text}");
        }
    }

    #[test]
    fn quotations() {
        for (text, wanted) in [
            ("“It is late.” She left.", 2),
            ("He said: “Stop!” and left.", 1),
            ("“Stop!” Mr Smith said.", 1),
            ("“Stop!” The car did.", 2),
            ("\"Why?\" asked Tom. 'Because,' said Ann.", 2),
            ("(It rained.) He left.", 2),
            ("He asked, “Who?” (Nobody knew.)", 2),
        ] {
            assert_eq!(sentences(text), wanted, "{text}");
        }
    }

    #[test]
    fn lines_and_paragraphs() {
        for (text, wanted) in [
            ("A headline\n\nthe text goes\non here.\nNext", 3),
            ("a\r\n\r\nb", 2),
            ("a\n \t\nb", 2),
            ("a\n-\nb", 1),
            ("one,\ntwo", 1),
            ("One\nTwo", 2),
            ("\n\n* * *\n\n…\n\n", 0),
        ] {
            assert_eq!(sentences(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn complex_words() {
        let complex = |text: &str| (Counts::of(text).polysyllables, Counts::of(text).complex_words);
        assert_eq!(complex("A beautiful idea"), (2, 2));
        assert_eq!(complex("The created processes are happening"), (3, 0));
        assert_eq!(complex("The companies delivered"), (2, 2));
        assert_eq!(complex("We saw Alabama and “Beautiful things”"), (2, 1));
        assert_eq!(complex("A two-day-trip"), (1, 0));
        assert_eq!(complex("A beautiful-day"), (1, 1));
    }

    #[test]
    fn difficult_words() {
        let difficult = |text: &str| (Counts::of(text).difficult_words, Counts::of(text).unfamiliar_words);
        assert_eq!(difficult("The cats’ mother said he couldn’t come in 1999"), (0, 0));
        assert_eq!(difficult("We saw Alabama, NATO and readability formulas"), (2, 2));
        assert_eq!(difficult("READABILITY MATTERS"), (1, 1));
        assert_eq!(difficult("an acorn"), (0, 1));
    }

    #[test]
    fn texts_without_words() {
        for text in ["", " \n\n ", "... !? — “”", "\u{feff}", "''-"] {
            assert_eq!(Counts::of(text), Counts::default(), "{text:?}");
        }
    }

    #[test]
    fn very_long_lines_and_words() {
        let counts = Counts::of(&"word ".repeat(200_000));
        assert_eq!((counts.words, counts.sentences, counts.syllables), (200_000, 1, 200_000));
        let counts = Counts::of(&"na".repeat(200_000));
        assert_eq!((counts.words, counts.letters, counts.syllables), (1, 400_000, 200_000));
    }

    #[test]
    fn other_scripts() {
        let counts = Counts::of("Съешь же ещё этих мягких французских булок. Да выпей чаю.");
        assert_eq!((counts.words, counts.sentences, counts.foreign_letters), (10, 2, 46));
        assert_eq!(counts.syllables, counts.words);
        assert!(!counts.is_latin());
    }
}
