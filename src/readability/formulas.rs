//! The formulas, each exactly as it was published.

use super::counts::Counts;

/// A readability formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Formula {
    /// Flesch reading ease (Flesch 1948): 121.22 at most, the higher the easier; 60 to 70 is plain English.
    FleschReadingEase,
    /// Flesch–Kincaid grade (Kincaid and others 1975).
    FleschKincaid,
    /// Gunning's fog index (Gunning 1952), a grade.
    Fog,
    /// SMOG grade (G. H. Mc Laughlin 1969). Made for thirty sentences; on fewer it is rough.
    Smog,
    /// Coleman–Liau index (Coleman and Liau 1975), a grade. Digits count as letters, as they did in the authors' own example.
    ColemanLiau,
    /// Automated readability index (Senter and Smith 1967), a grade.
    Ari,
    /// Dale–Chall raw score (Dale and Chall 1948), with the list of 1995: 4.9 and less is grade 4, 9 to 9.9 is college, 10 graduates.
    DaleChall,
    /// Spache's formula as revised (Spache 1974), a grade; made for texts of the first three grades.
    Spache,
    /// Läsbarhetsindex (Björnsson 1968): 20 is very easy, 60 very difficult.
    Lix,
    /// Long words per sentence (Anderson 1983).
    Rix,
    /// Linsear Write (O'Hayre 1966), a grade; over the whole text, not a sample of a hundred words.
    LinsearWrite,
}

impl Formula {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::FleschReadingEase,
        Self::FleschKincaid,
        Self::Fog,
        Self::Smog,
        Self::ColemanLiau,
        Self::Ari,
        Self::LinsearWrite,
        Self::Spache,
        Self::DaleChall,
        Self::Lix,
        Self::Rix,
    ];

    /// Its key in JSON and CSV, and for sorting.
    pub fn key(self) -> &'static str {
        match self {
            Self::FleschReadingEase => "flesch_reading_ease",
            Self::FleschKincaid => "flesch_kincaid_grade",
            Self::Fog => "gunning_fog",
            Self::Smog => "smog",
            Self::ColemanLiau => "coleman_liau",
            Self::Ari => "ari",
            Self::DaleChall => "dale_chall",
            Self::Spache => "spache",
            Self::Lix => "lix",
            Self::Rix => "rix",
            Self::LinsearWrite => "linsear_write",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::FleschReadingEase => "Flesch reading ease",
            Self::FleschKincaid => "Flesch–Kincaid grade",
            Self::Fog => "Gunning fog",
            Self::Smog => "SMOG",
            Self::ColemanLiau => "Coleman–Liau",
            Self::Ari => "ARI",
            Self::DaleChall => "Dale–Chall",
            Self::Spache => "Spache",
            Self::Lix => "LIX",
            Self::Rix => "RIX",
            Self::LinsearWrite => "Linsear Write",
        }
    }

    /// Whether it gives a school grade for texts of any difficulty, so that the consensus counts it.
    pub fn is_grade(self) -> bool {
        match self {
            Self::FleschKincaid
            | Self::Fog
            | Self::Smog
            | Self::ColemanLiau
            | Self::Ari
            | Self::LinsearWrite => true,
            Self::FleschReadingEase | Self::DaleChall | Self::Spache | Self::Lix | Self::Rix => false,
        }
    }

    /// Its value, always finite; `None` for texts without words, and for those in another script than the Latin one.
    pub fn of(self, counts: &Counts) -> Option<f64> {
        if counts.words == 0 || counts.sentences == 0 || !counts.is_latin() {
            return None;
        }
        let words = counts.words as f64;
        let sentences = counts.sentences as f64;
        let per_sentence = words / sentences;
        let percent = |count: usize| 100.0 * count as f64 / words;
        Some(match self {
            Self::FleschReadingEase => {
                206.835 - 1.015 * per_sentence - 84.6 * counts.syllables as f64 / words
            }
            Self::FleschKincaid => 0.39 * per_sentence + 11.8 * counts.syllables as f64 / words - 15.59,
            Self::Fog => 0.4 * (per_sentence + percent(counts.complex_words)),
            // The constant stands outside the root.
            Self::Smog => 1.0430 * (30.0 * counts.polysyllables as f64 / sentences).sqrt() + 3.1291,
            Self::ColemanLiau => 0.0588 * percent(counts.characters) - 29.6 / per_sentence - 15.8,
            Self::Ari => 4.71 * counts.characters as f64 / words + 0.5 * per_sentence - 21.43,
            Self::DaleChall => {
                let difficult = percent(counts.difficult_words);
                // Five percent, not a twentieth of the raw score.
                let adjusted = if difficult > 5.0 { 3.6365 } else { 0.0 };
                0.1579 * difficult + 0.0496 * per_sentence + adjusted
            }
            Self::Spache => 0.121 * per_sentence + 0.082 * percent(counts.unfamiliar_words) + 0.659,
            Self::Lix => per_sentence + percent(counts.long_words),
            Self::Rix => counts.long_words as f64 / sentences,
            Self::LinsearWrite => {
                let easy = counts.words.saturating_sub(counts.polysyllables) as f64;
                let points = (easy + 3.0 * counts.polysyllables as f64) / sentences;
                if points > 20.0 { points / 2.0 } else { points / 2.0 - 1.0 }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(formula: Formula, counts: &Counts, wanted: f64, places: i32) {
        let found = formula.of(counts).unwrap();
        assert!((found - wanted).abs() < 0.500_001 * 10f64.powi(-places), "{formula:?}: {found}, {wanted}");
    }

    /// The paragraph on the fog index that readability libraries test with, as counted by hand.
    const FOG: Counts = Counts {
        words: 117,
        sentences: 7,
        syllables: 192,
        letters: 562,
        characters: 562,
        long_words: 0,
        polysyllables: 20,
        complex_words: 17,
        difficult_words: 36,
        unfamiliar_words: 54,
        foreign_letters: 0,
    };

    fn counts(words: usize, sentences: usize, syllables: usize, characters: usize) -> Counts {
        Counts { words, sentences, syllables, letters: characters, characters, ..Counts::default() }
    }

    #[test]
    fn a_paragraph_by_its_counts() {
        close(Formula::FleschReadingEase, &FOG, 51.039_230_769, 9);
        // Not 10.1255, which a factor of 0.38 gives.
        close(Formula::FleschKincaid, &FOG, 10.292_673_993, 9);
        close(Formula::ColemanLiau, &FOG, 10.673_162_393, 9);
        close(Formula::Ari, &FOG, 9.551_245_421, 9);
        close(Formula::Fog, &FOG, 12.497_680_098, 9);
        close(Formula::DaleChall, &FOG, 9.323_990_110, 9);
        close(Formula::Spache, &FOG, 6.466_043_956, 9);
        close(Formula::LinsearWrite, &FOG, 11.214_285_714, 9);
        close(Formula::Smog, &FOG, 12.785_403_641, 9);
    }

    #[test]
    fn published_values() {
        close(Formula::Smog, &Counts { polysyllables: 81, ..counts(600, 30, 900, 3000) }, 12.516_100, 6);
        // The example of Coleman and Liau: their value counts digits.
        close(Formula::ColemanLiau, &counts(119, 5, 200, 639), 14.530_420, 6);
        close(Formula::ColemanLiau, &counts(14, 4, 20, 65), 3.042_857, 6);
        close(Formula::ColemanLiau, &counts(56, 4, 70, 214), 4.555_714, 6);
        close(Formula::FleschReadingEase, &counts(6, 1, 6, 17), 116.145, 9);
        close(Formula::FleschKincaid, &counts(6, 1, 6, 17), -1.45, 9);
        close(Formula::FleschReadingEase, &counts(13, 1, 24, 70), 37.455, 3);
        close(Formula::FleschKincaid, &counts(13, 1, 24, 70), 11.265, 3);
        // Green Eggs and Ham: 5.7 words a sentence, 1.02 syllables a word.
        close(Formula::FleschKincaid, &counts(5700, 1000, 5814, 20_000), -1.33, 2);
        // The floor.
        close(Formula::FleschKincaid, &counts(1, 1, 1, 1), -3.40, 9);
        close(Formula::FleschReadingEase, &counts(1, 1, 1, 1), 121.22, 9);
    }

    #[test]
    fn passages_by_their_counts() {
        // Kipling's If.
        let poem = counts(292, 4, 338, 1125);
        close(Formula::FleschReadingEase, &poem, 34.8126, 4);
        close(Formula::FleschKincaid, &poem, 26.5389, 4);
        close(Formula::Ari, &poem, 33.2164, 4);
        // The opening of Moby Dick.
        let novel = Counts { polysyllables: 23, complex_words: 22, ..counts(201, 8, 270, 884) };
        close(Formula::Ari, &novel, 11.847, 3);
        close(Formula::Fog, &novel, 14.428, 3);
        close(Formula::ColemanLiau, &novel, 8.882, 3);
        close(Formula::Smog, &novel, 12.816, 3);
    }

    #[test]
    fn thresholds() {
        let text = |difficult_words| Counts { difficult_words, ..counts(100, 10, 130, 400) };
        close(Formula::DaleChall, &text(5), 0.1579 * 5.0 + 0.496, 9);
        close(Formula::DaleChall, &text(6), 0.1579 * 6.0 + 0.496 + 3.6365, 9);
        let text = |words| Counts { ..counts(words, 10, 2 * words, 4 * words) };
        close(Formula::LinsearWrite, &text(200), 9.0, 9);
        close(Formula::LinsearWrite, &text(201), 10.05, 9);
        let text = Counts { long_words: 25, ..counts(100, 10, 130, 400) };
        close(Formula::Lix, &text, 35.0, 9);
        close(Formula::Rix, &text, 2.5, 9);
    }

    #[test]
    fn undefined_without_words_and_in_other_scripts() {
        for formula in Formula::ALL {
            assert_eq!(formula.of(&Counts::default()), None);
            assert_eq!(formula.of(&Counts { foreign_letters: 9, ..counts(3, 1, 3, 17) }), None);
            assert!(formula.of(&Counts { foreign_letters: 8, ..counts(3, 1, 3, 17) }).is_some());
        }
    }
}
