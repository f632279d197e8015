//! Scraped reprints: the article, and only the article.

mod appended;
mod cleaner;
mod cohesion;
mod cut;
mod features;
mod furniture;
mod judges;
mod label;
mod line;
mod marks;
mod word_odds;
mod words;

pub use appended::{
    Boundary, OPENING_FEATURE_NAMES, OPENING_FEATURES, Opening, OpeningFeatures, OpeningJudge, is_byline, is_dateline, openings,
    second_article,
};
pub use cleaner::{CleanPolicy, Cleaned, Cleaner};
pub use cut::cut_lines;
pub use features::{LINE_FEATURE_NAMES, LINE_FEATURES, Layout, LineFeatures};
pub use furniture::{Furniture, FurnitureError, FurnitureKind, Opens, Row, Weight, Where};
pub use judges::Judges;
pub use label::{Label, LineJudge, judged_lines, label};
pub use line::{Ending, Line, Lines, Shape};
pub use marks::{Marks, is_time_stamp};
pub use word_odds::{WordOdds, WordSum};
