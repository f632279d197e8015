//! Parquet in batches: a table in, the same table out with a column `unspin`.
//!
//! Texts go through the workers like those of JSON Lines. All other columns are copied as they are stored, values with their levels, so
//! that types, nulls and nesting can't change ([`copy`]); they are not held in memory, but read when a row group is written ([`table`]).
//!
//! A Parquet file can be read only when its end is written. So a file that is being written is a row of small ones, one for each row group,
//! which can be cut off and gone on with like frames of zstd; at the end they are joined, without being decoded ([`join`]).

mod added;
mod check;
mod columns;
mod copy;
mod error;
mod group;
mod join;
mod least;
mod open;
mod output;
mod read;
mod table;

pub(super) use check::check;
pub(in crate::cli) use error::TableError;
pub(super) use read::read;
pub(super) use table::{Shape, Table};
