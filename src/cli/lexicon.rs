//! `unspin dict lexicon`: words, n-grams and synonyms for finding terms.

use super::args::LexiconArgs;
use super::error::CliError;
use super::{Outcome, io, say};
use crate::dictionary::{SourceDigest, digest_of};
use crate::language::is_held_out;
use crate::terms::{LexiconOptions, LexiconWords};
use crate::text::hexadecimal;
use sha2::{Digest, Sha256};

pub(super) fn run(args: &LexiconArgs) -> Result<Outcome, CliError> {
    let options = LexiconOptions {
        ngrams: args.ngrams,
        synonyms: args.synonyms,
        hold_out: args.hold_out,
        ..LexiconOptions::default()
    };
    let thesaurus = io::read_text(&args.thesaurus)?;
    let mut words = LexiconWords::default();
    let sha256 = each_line(args, |line| words.add(line))?;
    let mut trainer = words.finish(&thesaurus, options);
    each_line(args, |line| trainer.add(line))?;
    let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sources =
        [SourceDigest { file: name(&args.corpus), sha256 }, digest_of(&name(&args.thesaurus), &thesaurus)];
    let bytes = trainer.finish(&sources)?;
    io::write_atomically(&args.output, &bytes)?;
    say(&format!("{}: {} bytes", args.output.display(), bytes.len()));
    Ok(Outcome::Clean)
}

/// Gives each line that is not held out to `each`; returns the digest of the whole text.
fn each_line(args: &LexiconArgs, mut each: impl FnMut(&str)) -> Result<String, CliError> {
    let mut digest = Sha256::new();
    for (number, line) in io::lines(&args.corpus)?.enumerate() {
        let line = line.map_err(|e| CliError::io(&args.corpus, e))?;
        digest.update(line.as_bytes());
        digest.update(b"\n");
        if !is_held_out(number, args.hold_out) {
            each(&line);
        }
    }
    Ok(hexadecimal(&digest.finalize()))
}
