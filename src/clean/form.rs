//! The form of a line: what it is by its look alone. Lines of one form in a row go together: tables, lists, menus.

use super::line::{Ending, Line, Shape};
use super::marks::is_time_stamp;

/// What a line is by its look alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Marks and no words.
    Marks,
    /// Cells between `|`.
    Row,
    /// An item of a list.
    Item,
    /// A time or a number and no more.
    Bare,
    /// A date, a time or an age.
    Stamp,
    /// It asks something.
    Question,
    /// A closed sentence.
    Prose,
    /// A web or mail address, a user name.
    Address,
    /// A label with a colon and a value.
    Label,
    /// It can be a name.
    Name,
    /// One word or two.
    Word,
    /// It can be a headline.
    Headline,
    /// None of these.
    Other,
}

/// How many forms there are.
pub(super) const FORMS: usize = Form::Other as usize + 1;

impl Form {
    /// The form of a line.
    pub(super) fn of(line: &Line, text: &str) -> Self {
        let shape = &line.shape;
        if shape.words == 0 {
            Self::Marks
        } else if shape.pipes > 0 {
            Self::Row
        } else if shape.is_item {
            Self::Item
        } else if is_bare(shape) {
            Self::Bare
        } else if is_time_stamp(shape) {
            Self::Stamp
        } else if asks(line, text) {
            Self::Question
        } else if shape.is_sentence() {
            Self::Prose
        } else if shape.addresses > 0 {
            Self::Address
        } else if shape.is_labelled {
            Self::Label
        } else if is_name(shape) {
            Self::Name
        } else if shape.words <= 2 {
            Self::Word
        } else if shape.is_headline() {
            Self::Headline
        } else {
            Self::Other
        }
    }
}

/// Whether a line can be a name: two to four words with capitals and nothing else.
pub(super) fn is_name(shape: &Shape) -> bool {
    (2..=4).contains(&shape.words)
        && shape.capitals == shape.words
        && shape.ending == Ending::Open
        && shape.separators == 0
}

/// Whether a line is a time or a number and no more: "14:32", "8:40 p.m.".
pub(super) fn is_bare(shape: &Shape) -> bool {
    shape.numbers > 0 && shape.calendar == 0 && shape.temporal == shape.words && shape.words <= 4
}

/// Whether a line ends with a question mark.
pub(super) fn asks(line: &Line, text: &str) -> bool {
    line.span().of(text).ends_with(['?'])
}

/// Whether two lines have much the same shape.
pub(super) fn is_alike(a: &Shape, b: &Shape) -> bool {
    a.words.abs_diff(b.words) <= 1 + a.words.min(b.words) / 3
        && a.ending == b.ending
        && a.is_item == b.is_item
        && a.starts_lower == b.starts_lower
        && (a.numbers > 0) == (b.numbers > 0)
}

/// How a line ends, as a number that grows with how closed it is.
pub(super) fn closure(shape: &Shape) -> f64 {
    match shape.ending {
        Ending::Open => 0.0,
        Ending::Colon => 1.0,
        Ending::Ellipsis => 2.0,
        Ending::Sentence => 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::Lines;
    use super::*;

    #[test]
    fn forms() {
        use Form::*;
        let text = "★★★\nBattery | 31 h\n- Mend net\n14:32\n3 May 2021\nWho spotted it?\nThe river rose in the night.\nmedia@penwick.example\n\
            Players: 1–4\nAnna Hale\nThanks\nA short history of the spade\nand on";
        let lines = Lines::of(text);
        let forms: Vec<Form> = lines.as_slice().iter().map(|line| Form::of(line, text)).collect();
        let all =
            [Marks, Row, Item, Bare, Stamp, Question, Prose, Address, Label, Name, Word, Headline, Word];
        assert_eq!(forms, all);
        assert!(is_alike(&lines.as_slice()[9].shape, &lines.as_slice()[10].shape));
    }
}
