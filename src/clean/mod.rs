//! Scraped reprints: the article, and only the article.

pub mod damage;
mod furniture;
mod line;
mod words;

pub use damage::{Damage, DamageKind, damage};
pub use furniture::{Furniture, FurnitureError, FurnitureKind, Opens, Row, Weight, Where};
pub use line::{Ending, Line, Lines, Shape};
