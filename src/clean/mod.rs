//! Scraped reprints: the article, and only the article.

mod furniture;
mod line;
pub mod versions;
mod words;

pub use furniture::{Furniture, FurnitureError, FurnitureKind, Opens, Row, Weight, Where};
pub use line::{Ending, Line, Lines, Shape};
