//! How few rows a row group may have, so that one file holds them all.

use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::FileReader;

use super::read::open;
use crate::cli::batch::source::Source;

/// Rows of each input.
pub(super) fn rows(inputs: &[Source]) -> Vec<usize> {
    // What can't be read is said in its turn, and has no rows.
    let tables = inputs.iter().filter_map(|input| open(&input.path).ok());
    tables.map(|table| rows_in(table.metadata())).collect()
}

/// Rows of a table.
pub(super) fn rows_in(table: &ParquetMetaData) -> usize {
    table.row_groups().iter().map(rows_of).sum()
}

/// Rows of a row group.
pub(super) fn rows_of(group: &RowGroupMetaData) -> usize {
    usize::try_from(group.num_rows()).unwrap_or_default()
}

/// Rows that a row group must have, unless it is the last of its input, so that inputs with so many rows make `most` row groups or
/// fewer. `None` if there are more inputs than that.
pub(super) fn least(rows: &[usize], most: usize) -> Option<usize> {
    let inputs = rows.iter().filter(|&&rows| rows > 0).count();
    let all: usize = rows.iter().sum();
    // An input makes at most as many as its rows by the least, rounded up: (all + inputs * (least - 1)) / least for all of them.
    (inputs <= most).then(|| (all - inputs) / (most + 1 - inputs) + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups(rows: &[usize], least: usize) -> usize {
        rows.iter().map(|rows| rows.div_ceil(least)).sum()
    }

    #[test]
    fn one_input_fills_a_file_to_the_last_row_group() {
        for (rows, expected) in [(0, 1), (1, 1), (7, 1), (8, 2), (14, 2), (15, 3)] {
            assert_eq!(least(&[rows], 7), Some(expected), "{rows} rows");
        }
        assert_eq!(least(&[32_767], 32_767), Some(1));
        assert_eq!(least(&[1_000_000], 32_767), Some(31));
        assert_eq!(least(&[1, 0, 1], 1), None);
        assert_eq!(least(&[2, 0, 9], 2), Some(10));
    }

    proptest! {
        #[test]
        fn no_file_has_too_many(rows in prop::collection::vec(0_usize..200, 0..20), more in 0_usize..60) {
            let most = rows.len().max(1) + more;
            prop_assert!(groups(&rows, least(&rows, most).unwrap()) <= most);
        }
    }
}
