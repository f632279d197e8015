//! What stands in for Parquet in a build without it.

use std::path::{Path, PathBuf};

use super::args::BatchArgs;
use super::row::{Added, Row};
use super::sink::Place;
use super::source::{Reader, Source, Start, is_table};
use crate::cli::error::CliError;

/// Refuses inputs and outputs that are Parquet.
pub(super) fn check(sources: &[Source], place: &Place, _args: &BatchArgs) -> Result<(), CliError> {
    let output = match place {
        Place::File(path) => Some(path),
        _ => None,
    };
    match sources.iter().map(|source| &source.path).chain(output).find(|path| is_table(path)) {
        Some(path) => Err(CliError::Usage(format!(
            "{}: this unspin is built without Parquet: `cargo install unspin --features parquet` builds it with",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// Reads nothing: there is nothing to read.
pub(super) fn read(_reader: &Reader, _number: usize, _source: &Source, _start: Start) -> bool {
    false
}

/// What a table is to hold.
pub(super) struct Shape {
    pub text_field: String,
    pub id_field: String,
    pub added: Added,
    pub every: u64,
    pub row_groups: usize,
}

/// A table that can't be.
pub(super) enum Table {}

impl Table {
    pub(super) fn open(
        path: &Path,
        _written: u64,
        _inputs: &[Source],
        shape: Shape,
    ) -> Result<Self, CliError> {
        let Shape { text_field, id_field, added, every, row_groups } = shape;
        let shape = format!("{text_field}, {id_field}, {added:?}, {every}, {row_groups}");
        Err(CliError::Usage(format!("{}: this unspin is built without Parquet ({shape})", path.display())))
    }

    pub(super) fn turn_to(&mut self, _: &Path, _: usize, _: usize, _: u64) -> Result<(), CliError> {
        match *self {}
    }

    pub(super) fn push(&mut self, _: &mut Row) -> Result<(), CliError> {
        match *self {}
    }

    pub(super) fn is_between_groups(&self) -> bool {
        match *self {}
    }

    pub(super) fn pending(&self) -> u64 {
        match *self {}
    }

    pub(super) fn end_input(&mut self) -> Result<(), CliError> {
        match *self {}
    }

    pub(super) fn seal(&mut self) -> Result<u64, CliError> {
        match *self {}
    }

    pub(super) fn sync(&self) -> Result<(), CliError> {
        match *self {}
    }

    pub(super) fn finish(self) -> Result<PathBuf, CliError> {
        match self {}
    }
}
