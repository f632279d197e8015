//! The formulas over one text, and what they have in common.

use super::counts::Counts;
use super::formulas::Formula;

/// Words that an adult reads in a minute, silently, of English that is no fiction: the mean of 190 studies in Brysbaert (2019), "How
/// many words do we read per minute?", Journal of Memory and Language 109.
pub const WORDS_PER_MINUTE: f64 = 238.0;

/// A school grade by several formulas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    /// The median of the formulas for which [`Formula::is_grade`] holds.
    pub consensus: f64,
    /// The lowest of them.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
}

/// What the formulas say of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// The value of each formula, in the order of [`Formula::ALL`].
    values: [Option<f64>; Formula::ALL.len()],
    /// The grade on which the formulas agree.
    pub grade: Option<Grade>,
    /// Time to read the text, in seconds.
    pub seconds: f64,
}

impl Scores {
    /// The scores of a text with these counts.
    pub fn of(counts: &Counts) -> Self {
        let values = Formula::ALL.map(|formula| formula.of(counts));
        Self { values, grade: grade(counts), seconds: counts.words as f64 * 60.0 / WORDS_PER_MINUTE }
    }

    /// The value of a formula, if it is defined.
    pub fn get(&self, formula: Formula) -> Option<f64> {
        Formula::ALL.iter().position(|&other| other == formula).and_then(|at| self.values[at])
    }
}

fn grade(counts: &Counts) -> Option<Grade> {
    let all = Formula::ALL.into_iter().filter(|formula| formula.is_grade());
    let mut grades = all.map(|formula| formula.of(counts)).collect::<Option<Vec<f64>>>()?;
    grades.sort_by(f64::total_cmp);
    let (&lowest, &highest) = (grades.first()?, grades.last()?);
    let middle = grades.len() / 2;
    let consensus = f64::midpoint(grades[(grades.len() - 1) / 2], grades[middle]);
    Some(Grade { consensus, lowest, highest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_is_the_median() {
        let counts = Counts {
            words: 100,
            sentences: 5,
            syllables: 150,
            letters: 450,
            characters: 450,
            polysyllables: 10,
            complex_words: 8,
            ..Counts::default()
        };
        let grade = Scores::of(&counts).grade.unwrap();
        let mut all: Vec<f64> =
            Formula::ALL.iter().filter(|f| f.is_grade()).map(|f| f.of(&counts).unwrap()).collect();
        all.sort_by(f64::total_cmp);
        assert_eq!(all.len(), 6);
        assert!((grade.lowest - all[0]).abs() < 1e-9 && (grade.highest - all[5]).abs() < 1e-9);
        assert!(grade.consensus > all[2] && grade.consensus < all[3]);
    }

    #[test]
    fn time_to_read() {
        let seconds = Scores::of(&Counts { words: 476, ..Counts::default() }).seconds;
        assert!((seconds - 120.0).abs() < 1e-9, "{seconds}");
    }
}
