//! What can be seen to go wrong before a run begins.

use parquet::file::reader::FileReader;

use super::least::{least, rows_in};
use super::read::open;
use crate::cli::batch::args::BatchArgs;
use crate::cli::batch::sink::Place;
use crate::cli::batch::source::{Source, is_table};
use crate::cli::error::CliError;
use crate::report::ADDED_FIELD;

/// Asserts that the output can be written where it is to go.
pub(in super::super) fn check(sources: &[Source], place: &Place, args: &BatchArgs) -> Result<(), CliError> {
    let tables: Vec<&Source> = sources.iter().filter(|source| is_table(&source.path)).collect();
    let refuse = |message: String| Err(CliError::Usage(message));
    let Some(first) = tables.first() else {
        return match place {
            Place::File(path) if is_table(path) => {
                let path = path.display();
                refuse(format!(
                    "{path}: rows of JSON Lines are written as JSON Lines: name a file like out.jsonl.zst"
                ))
            }
            _ => Ok(()),
        };
    };
    let name = first.path.display();
    if args.attributes {
        return refuse(format!(
            "{name}: --attributes are rows beside rows of JSON Lines, not beside Parquet"
        ));
    }
    match place {
        Place::Stdout => {
            refuse(format!("{name}: Parquet is written to files: name one, or a folder, with --output"))
        }
        Place::Folder(_) => Ok(()),
        Place::File(path) if !is_table(path) => {
            let path = path.display();
            refuse(format!(
                "{path}: rows of Parquet are written as Parquet: name a file like out.parquet, or a folder"
            ))
        }
        Place::File(_) if tables.len() < sources.len() => refuse(format!(
            "{name}: Parquet and JSON Lines can't go to one file: name a folder with --output"
        )),
        Place::File(path) => fit_together(sources, args.row_groups).or_else(|why| {
            let path = path.display();
            refuse(format!("{why}, so that not all can go to {path}: name a folder with --output"))
        }),
    }
}

/// Whether the rows of all tables can stand in one.
fn fit_together(tables: &[Source], row_groups: usize) -> Result<(), String> {
    let (mut first, mut rows) = (None, Vec::new());
    for table in tables {
        // What can't be read is said in its turn.
        let Ok(file) = open(&table.path) else { continue };
        let schema = file.metadata().file_metadata().schema_descr().root_schema_ptr();
        // A result of an earlier run is replaced.
        let kept: Vec<_> =
            schema.get_fields().iter().filter(|column| column.name() != ADDED_FIELD).cloned().collect();
        let (name, columns) = first.get_or_insert_with(|| (table.path.display(), kept.clone()));
        if *columns != kept {
            return Err(format!("{}: its columns are not those of {name}", table.path.display()));
        }
        rows.push(rows_in(file.metadata()));
    }
    if least(&rows, row_groups).is_none() {
        let tables = rows.iter().filter(|&&rows| rows > 0).count();
        return Err(format!("there are {tables} tables with rows, and a file holds {row_groups} row groups"));
    }
    Ok(())
}
