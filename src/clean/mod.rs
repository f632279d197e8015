//! Scraped reprints: the article, and only the article.

mod appended;
mod cleaner;
mod cohesion;
mod context;
mod cut;
mod damage;
mod extract;
mod features;
mod folding;
mod form;
mod furniture;
mod groups;
mod html;
mod judges;
mod label;
mod language;
mod layout;
mod line;
mod marks;
mod mentions;
mod metadata;
mod openers;
mod phrases;
mod stamp;
mod structure;
mod versions;
mod word_odds;
mod words;

pub use appended::{
    Boundary, OPENING_FEATURE_NAMES, OPENING_FEATURES, Opening, OpeningFeatures, OpeningJudge, openings,
    second_article,
};
pub use cleaner::{CUT_FROM, CleanPolicy, Cleaned, Cleaner, PageKind, VersionChoice};
pub use context::{CONTEXT_FEATURE_NAMES, CONTEXT_FEATURES, Context, SECOND_FEATURES};
pub use cut::cut_lines;
pub use damage::{Damage, DamageKind, damage};
pub use extract::{ExtractError, Extraction, Page, PageFormat, looks_like_html};
pub use features::{LINE_FEATURES, LineFeatures, OWN_FEATURE_NAMES, OWN_FEATURES};
pub use furniture::{Furniture, FurnitureError, FurnitureKind, Opens, Row, Weight, Where};
pub use groups::{GROUP_FEATURE_NAMES, GROUP_FEATURES, Groups};
pub use judges::Judges;
pub use label::{FirstReading, Label, LineJudge, first_reading, label, read_again, second_features};
pub use language::foreign_language;
pub use layout::Layout;
pub use line::{Ending, Line, Lines, Shape};
pub use marks::{Marks, is_time_stamp};
pub use mentions::{MENTION_FEATURE_NAMES, MENTION_FEATURES};
pub use metadata::{Metadata, iso_date, metadata};
pub use openers::{is_byline, is_dateline};
pub use structure::Structure;
pub use versions::{VersionPage, VersionRow, version_page};
pub use word_odds::{WordOdds, WordSum};
