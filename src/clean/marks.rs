//! What speaks for a line being furniture when it is looked at alone.

use super::credit::Credit;
use super::furniture::{Furniture, FurnitureKind, Opens, Row, Weight, Where};
use super::line::{Ending, Line, Lines, Shape};
use super::word_odds::{WordOdds, WordSum};

/// What a line says of itself.
#[derive(Debug, Clone, Default)]
pub struct Marks<'f> {
    /// Rows of each weight that stand in it, in the order of [`Weight`].
    pub rows: [u8; 4],
    /// The row that says most.
    pub best: Option<&'f Row>,
    /// What it says of the lines after it.
    pub opens: Option<Opens>,
    /// Share of its words that the longest row covers, in [0, 1].
    pub covered: f64,
    /// The credit that it ends with.
    pub credit: Credit,
    /// What its words say.
    pub words: WordSum,
    /// Log-odds that it is furniture, in nats, by rows, shape and words alone.
    pub log_odds: f64,
}

/// Words of a paragraph that is more than a notice.
const LONG: u32 = 60;

/// Nats for a credit that says what a picture comes from.
const CREDITED: f64 = 5.0;

/// Nats for a row of each weight, in the order of [`Weight`].
const NATS: [f64; 4] = [-4.0, 1.2, 3.5, 7.0];

impl<'f> Marks<'f> {
    /// Whether the phrase that says most of the line is of a kind.
    pub(super) fn is_row_of(&self, kind: FurnitureKind) -> bool {
        self.best.is_some_and(|row| row.kind == kind)
    }

    /// The marks of every line.
    pub fn of(text: &str, lines: &Lines, furniture: &'f Furniture, words: &WordOdds) -> Vec<Self> {
        let of = |(index, line): (usize, &Line)| {
            let mut marks = Marks::default();
            furniture.matches(lines, index, |row| marks.add(row, line));
            marks.credit = Credit::of(line.span().of(text));
            marks.words = words.sum(lines.words(index));
            let said = 0.4 * marks.words.nats;
            marks.log_odds = shape_log_odds(&line.shape) + marks.nats() + said.clamp(-1.5, 3.0);
            if marks.credit == Credit::Source && line.shape.words <= LONG {
                marks.log_odds += CREDITED;
            }
            marks
        };
        lines.as_slice().iter().enumerate().map(of).collect()
    }

    fn add(&mut self, row: &'f Row, line: &Line) {
        // A phrase says little of a long paragraph that it is only a part of.
        let is_part = line.shape.words > LONG && row.place != Where::Line;
        let weight = if is_part { row.weight.min(Weight::Hint) } else { row.weight } as usize;
        self.rows[weight] = self.rows[weight].saturating_add(1);
        let words = row.pattern.split(' ').count() as f64;
        self.covered = self.covered.max((words / f64::from(line.shape.words.max(1))).min(1.0));
        let rank = |row: &Row| (row.weight, row.place == Where::Line, row.pattern.len());
        if row.weight != Weight::Genuine && self.best.is_none_or(|best| rank(row) > rank(best)) {
            self.best = Some(row);
        }
        if row.opens != Opens::Nothing && row.weight != Weight::Genuine {
            self.opens = self.opens.max(Some(row.opens));
        }
    }

    /// Whether the line, which has this shape, is a sentence that nothing in it speaks against: most likely the article's.
    pub(super) fn is_clean_sentence(&self, shape: &Shape) -> bool {
        shape.is_sentence() && self.log_odds < 0.0
    }

    /// How many rows of a weight stand in the line.
    pub fn count(&self, weight: Weight) -> u8 {
        self.rows[weight as usize]
    }

    fn nats(&self) -> f64 {
        let strongest = [Weight::Sure, Weight::Likely, Weight::Hint].into_iter().find(|&w| self.count(w) > 0);
        let best = strongest.map_or(0.0, |weight| NATS[weight as usize]);
        let more =
            f64::from(self.rows[1..].iter().map(|&n| u32::from(n)).sum::<u32>().saturating_sub(1).min(3));
        best + 0.7 * more + if self.count(Weight::Genuine) > 0 { NATS[0] } else { 0.0 }
    }
}

/// Nats that the shape of a line adds, whatever it says.
fn shape_log_odds(shape: &Shape) -> f64 {
    if shape.words == 0 {
        return 1.5;
    }
    if shape.is_sentence() {
        return -3.0 - 0.06 * f64::from(shape.words.min(40));
    }
    let mut nats = if shape.words >= 12 { -2.0 } else { -0.5 };
    if is_time_stamp(shape) {
        nats += 3.5;
    }
    nats += 1.5 * f64::from(shape.separators.min(3)) + f64::from(shape.addresses.min(2));
    if shape.ending == Ending::Ellipsis {
        nats += 0.5;
    }
    nats
}

/// Whether a line is a time stamp and nothing else: it has a day, a month or an age, and no other word.
pub fn is_time_stamp(shape: &Shape) -> bool {
    shape.words >= 2
        && shape.temporal == shape.words
        && (shape.calendar > 0 || shape.temporal > shape.numbers + 1)
}

/// What a line is taken for that no row says more of.
pub fn kind_by_shape(shape: &Shape) -> Option<FurnitureKind> {
    if is_time_stamp(shape) {
        Some(FurnitureKind::Timestamp)
    } else if shape.separators > 0 {
        Some(FurnitureKind::Navigation)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "pattern\tmatch\tkind\tweight\topens\tnote\nleave a reply\tline\tcomments\tsure\trest\t\n\
        also read\tstart\trelated\tlikely\t\t\nread\thas\trelated\thint\t\t\ncorrection\tstart\tlegal\tgenuine\t\t\n";

    #[test]
    fn rows_and_shape_add_up() {
        let furniture = Furniture::parse("f.tsv", ROWS).unwrap();
        let text = "Leave a reply\nAlso read: one\nCorrection: we read it wrong.\nShe read it to the end.\n3 May 2021, 10:14 pm";
        let lines = Lines::of(text);
        let marks = Marks::of(text, &lines, &furniture, &WordOdds::default());
        let odds: Vec<f64> = marks.iter().map(|m| (10.0 * m.log_odds).round()).collect();
        assert_eq!(format!("{odds:?}"), "[65.0, 37.0, -61.0, -22.0, 30.0]");
        assert_eq!((marks[0].opens, marks[0].covered), (Some(Opens::Rest), 1.0));
        assert_eq!(marks[1].best.map(|row| row.pattern.as_str()), Some("also read"));
        assert_eq!((marks[2].count(Weight::Genuine), marks[2].count(Weight::Hint)), (1, 1));
    }

    #[test]
    fn time_stamps() {
        let is = |text: &str| is_time_stamp(&Lines::of(text).as_slice()[0].shape);
        assert!(is("Sunday 16 June 2023") && is("Updated 3 sec ago") && is("16 June 2023"));
        assert!(!is("14:32") && !is("2023") && !is("Service: Wednesday, 6 July") && !is("1,500 2,000"));
    }
}
