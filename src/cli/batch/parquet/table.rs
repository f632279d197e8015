//! A table that is being written.

use std::fs;
use std::path::{Path, PathBuf};

use parquet::file::writer::SerializedFileWriter;
use std::sync::Arc;

use super::error::TableError;
use super::group::Group;
use super::join::{begin_frame, end_frame, join};
use super::least::{least, rows};
use super::open::Open;
use super::output::Output;
use crate::cli::batch::row::{Added, Row};
use crate::cli::batch::sink::{Part, with_end};
use crate::cli::batch::source::Source;
use crate::cli::error::CliError;

/// Rows that are collected for a row group, in checkpoints: larger row groups are better to read, and cost memory here.
const GROUP: u64 = 4;

/// What a table is to hold.
#[derive(Debug, Clone)]
pub(in super::super) struct Shape {
    pub text_field: String,
    pub id_field: String,
    pub added: Added,
    /// Bytes of texts between two checkpoints.
    pub every: u64,
    /// Row groups that a file may have.
    pub row_groups: usize,
}

/// Rows that are written as Parquet. A row group of the input becomes one of the output, or several if it is large; small ones become
/// one together where there are so many rows that a file could not have a row group for each.
pub(in super::super) struct Table {
    path: PathBuf,
    part: Part,
    shape: Shape,
    /// The input that rows come from.
    from: Option<(Open, Output)>,
    group: Option<Group>,
    /// Bytes of the input's texts up to the last row.
    last: u64,
    /// Rows that a row group has, unless it is the last of its input.
    least: usize,
}

impl Table {
    /// Opens the file for the rows of these inputs, for going on after so many bytes.
    pub(in super::super) fn open(
        path: &Path,
        written: u64,
        inputs: &[Source],
        shape: Shape,
    ) -> Result<Self, CliError> {
        let part = Part::begin(path, written)?;
        // That there are not too many inputs is checked before.
        let least = least(&rows(inputs), shape.row_groups).unwrap_or(usize::MAX);
        Ok(Self { path: path.to_owned(), part, shape, from: None, group: None, last: 0, least })
    }

    /// Says which input the next rows come from, and how many rows and bytes of texts of it are done.
    pub(in super::super) fn turn_to(
        &mut self,
        path: &Path,
        input: usize,
        row: usize,
        offset: u64,
    ) -> Result<(), CliError> {
        if self.from.as_ref().is_some_and(|(from, _)| from.input == input) {
            return Ok(());
        }
        let open = Open::new(path, input, row, (&self.shape.text_field, &self.shape.id_field))?;
        let output = Output::of(open.metadata(), &open.columns, self.shape.added)
            .map_err(|error| TableError::Write(error).of(&self.path))?;
        self.from = Some((open, output));
        self.last = offset;
        Ok(())
    }

    pub(in super::super) fn push(&mut self, row: &mut Row) -> Result<(), CliError> {
        let Some((from, output)) = &mut self.from else { return Ok(()) };
        from.take()?;
        let failed = |error: TableError| error.of(&self.path);
        let group = match &mut self.group {
            Some(group) => group,
            none => none.insert(Group::new(Arc::clone(&output.added), &output.factory).map_err(failed)?),
        };
        group.push(row, row.end - self.last).map_err(failed)?;
        self.last = row.end;
        let is_whole = from.is_between_groups() || group.bytes >= self.shape.every.saturating_mul(GROUP);
        if is_whole && group.rows >= self.least {
            self.end_group()?;
        }
        Ok(())
    }

    /// Whether the row group of the last row is finished.
    pub(in super::super) fn is_between_groups(&self) -> bool {
        self.group.is_none()
    }

    /// Bytes that are not in the file yet.
    pub(in super::super) fn pending(&self) -> u64 {
        self.part.pending()
    }

    fn end_group(&mut self) -> Result<(), CliError> {
        if let (Some(group), Some((from, output))) = (self.group.take(), &mut self.from) {
            let at = begin_frame(&mut self.part.frame);
            group.finish(from, &output.schema, &output.properties, &mut self.part.frame)?;
            end_frame(&mut self.part.frame, at);
        }
        Ok(())
    }

    /// Ends an input. One without rows gives the output its columns all the same.
    pub(in super::super) fn end_input(&mut self) -> Result<(), CliError> {
        self.end_group()?;
        if let Some((_, output)) = self.from.take()
            && self.part.is_empty()
        {
            let at = begin_frame(&mut self.part.frame);
            let (schema, properties) = (Arc::clone(&output.schema), Arc::clone(&output.properties));
            SerializedFileWriter::new(&mut self.part.frame, schema, properties)
                .and_then(|mut file| file.finish())
                .map_err(|error| TableError::Write(error).of(&self.path))?;
            end_frame(&mut self.part.frame, at);
        }
        Ok(())
    }

    /// Writes what there is. Returns the bytes in the file.
    pub(in super::super) fn seal(&mut self) -> Result<u64, CliError> {
        self.part.seal()
    }

    /// Makes sure that the bytes stay even if the machine fails.
    pub(in super::super) fn sync(&self) -> Result<(), CliError> {
        self.part.sync()
    }

    /// Makes one file of the row groups and gives it its name. Returns what may be removed when nobody can want to go on from there.
    pub(in super::super) fn finish(mut self) -> Result<PathBuf, CliError> {
        let part = with_end(&self.path, ".part");
        self.part.seal()?;
        self.part.sync()?;
        // Without one input that can be read there are no columns.
        if !self.part.is_empty() {
            let whole = with_end(&self.path, ".join");
            join(&part, &whole).map_err(|error| error.of(&self.path))?;
            fs::rename(&whole, &self.path).map_err(|error| CliError::io(&self.path, error))?;
        }
        Ok(part)
    }
}
