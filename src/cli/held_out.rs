//! `unspin model held-out`: documents that no model was trained on.

use std::io::{BufWriter, Write};

use serde::Serialize;

use super::args::{HeldOutArgs, PartName};
use super::error::CliError;
use super::{Outcome, io};
use crate::evaluate::{HeldOut, Part};

/// A row that `eval` and a spinner read.
#[derive(Serialize)]
struct Row<'d> {
    id: &'d str,
    text: &'d str,
}

pub(super) fn run(args: &HeldOutArgs) -> Result<Outcome, CliError> {
    let part = args.part.map(|part| match part {
        PartName::Dev => Part::Dev,
        PartName::Test => Part::Test,
        PartName::Learn => Part::Learn,
    });
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    for corpus in &args.corpora {
        let file = corpus.file_name().unwrap_or_default().to_string_lossy();
        let mut held_out = HeldOut::new(args.every, args.words, part);
        for line in io::lines(corpus)? {
            let line = line.map_err(|e| CliError::io(corpus, e))?;
            if let Some(document) = held_out.add(&line) {
                let id = format!("{file}:{}", document.line);
                serde_json::to_writer(&mut out, &Row { id: &id, text: &document.text })?;
                out.write_all(b"\n")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}
