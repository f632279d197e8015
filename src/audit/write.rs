//! Writing a trail.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::chain::Chain;
use super::record::{AuditRecord, DocumentLine, DocumentRecord, EndLine, Header, HeaderLine};
use super::{SCHEMA, VERSION};

/// A trail that can't be written. What was written until then has no end and is reported as truncated.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The writer failed.
    #[error("the audit trail can't be written: {0}")]
    Io(#[from] io::Error),
    /// A figure can't be written in JSON. Nothing of the record was written.
    #[error("the {what} is {figure}, which JSON can't say: give a probability in [0, 1]")]
    NotFinite {
        /// Which figure.
        what: &'static str,
        /// Its value: infinite or not a number.
        figure: f64,
    },
}

/// Writes a trail, document by document; it keeps no more than one document in memory.
///
/// Writes are few and large, so the writer needs no buffer. After an error the trail is of no use.
#[derive(Debug)]
pub struct AuditWriter<W: Write> {
    writer: W,
    chain: Chain,
    documents: u64,
    /// Written so far.
    bytes: u64,
    lines: Vec<u8>,
}

/// Where a trail that is being written stands: enough to go on with it in another run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailState {
    /// Bytes that are written.
    pub bytes: u64,
    /// Documents in them.
    pub documents: u64,
    /// Lines.
    pub lines: u64,
    /// Digest of the last line.
    pub digest: String,
}

impl<W: Write> AuditWriter<W> {
    /// Goes on with a trail. The writer must add to the bytes that the state counts, and nothing else may follow these.
    pub fn resume(writer: W, state: &TrailState) -> Self {
        let chain = Chain::after(state.lines, state.digest.clone());
        Self { writer, chain, documents: state.documents, bytes: state.bytes, lines: Vec::new() }
    }

    /// Where the trail stands.
    pub fn state(&self) -> TrailState {
        let (lines, digest) = self.chain.state();
        TrailState { bytes: self.bytes, documents: self.documents, lines, digest: digest.to_owned() }
    }

    /// The writer, to make sure that what was written is safe.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    /// Begins a trail: writes its header.
    ///
    /// # Errors
    ///
    /// If the writer fails, or the policy's least confidence is not a number.
    pub fn new(writer: W, header: &Header) -> Result<Self, WriteError> {
        finite("least confidence", header.policy.min_confidence)?;
        let mut trail = Self { writer, chain: Chain::new(), documents: 0, bytes: 0, lines: Vec::new() };
        let line = HeaderLine { schema: SCHEMA, version: VERSION, header };
        trail.chain.seal("header", &line, &mut trail.lines)?;
        trail.flush_lines()?;
        Ok(trail)
    }

    /// Writes a document and the records of its fixes.
    ///
    /// # Errors
    ///
    /// If the writer fails, or a figure is not a number.
    pub fn document(&mut self, about: &DocumentRecord, records: &[AuditRecord]) -> Result<(), WriteError> {
        finite("spin probability", about.spin_probability)?;
        finite("spin rate", about.spin_rate)?;
        for record in records {
            finite("confidence of a fix", record.confidence)?;
        }
        self.documents += 1;
        let line = DocumentLine { id: self.documents, about: about.clone(), records: records.len() as u64 };
        self.chain.seal("document", &line, &mut self.lines)?;
        for record in records {
            self.chain.seal("fix", record, &mut self.lines)?;
        }
        self.flush_lines()
    }

    /// Ends the trail and gives the writer back, flushed.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.chain.seal("end", &EndLine { documents: self.documents }, &mut self.lines)?;
        self.flush_lines()?;
        self.writer.flush()?;
        Ok(self.writer)
    }

    fn flush_lines(&mut self) -> Result<(), WriteError> {
        self.writer.write_all(&self.lines)?;
        self.bytes += self.lines.len() as u64;
        self.lines.clear();
        Ok(())
    }
}

fn finite(what: &'static str, figure: f64) -> Result<(), WriteError> {
    if figure.is_finite() { Ok(()) } else { Err(WriteError::NotFinite { what, figure }) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::assemble::tests::{applied, fix, skipped};
    use super::super::records;
    use super::*;
    use crate::repair::{Decider, Outcome, PlannedFix, Policy, Review, SkipReason, applied_edits, apply};

    pub fn header() -> Header {
        Header::new(Policy::default(), vec!["d1".to_owned()], "m1")
    }

    /// Text before and after, and the planned fixes.
    pub fn sample() -> (&'static str, &'static str, Vec<PlannedFix>) {
        let planned = vec![
            applied(fix(1, 0.99, &[(0, 1, "the"), (3, 8, "visit")])),
            skipped(fix(2, 0.2, &[(9, 13, "is")]), SkipReason::BelowMinConfidence),
            PlannedFix {
                decided_by: Decider::Reviewer(Review::default()),
                ..applied(fix(3, 0.7, &[(14, 18, "")]))
            },
        ];
        ("a\r\ngo to ends here", "the\r\nvisit ends ", planned)
    }

    /// A trail of two documents: header, document, three fixes, document, end.
    pub fn small_trail() -> Vec<u8> {
        let (before, after, planned) = sample();
        let applied = apply(before, applied_edits(&planned)).unwrap();
        assert_eq!(applied.text, after);
        let records = records(before, &planned, &applied.landed).unwrap();
        let mut writer = AuditWriter::new(Vec::new(), &header()).unwrap();
        let about = DocumentRecord::new("a.txt", before, after, "spun", 0.999, 0.8);
        writer.document(&about, &records).unwrap();
        writer.document(&DocumentRecord::new("-", "x", "x", "clean", 0.001, 0.0), &[]).unwrap();
        writer.finish().unwrap()
    }

    /// The contract: names and order of the fields.
    #[test]
    fn a_trail_reads_so() {
        let trail = String::from_utf8(small_trail()).unwrap();
        let bodies: Vec<&str> = trail.lines().map(|line| line.split(",\"line\":").next().unwrap()).collect();
        assert_eq!(
            bodies[0],
            concat!(
                r#"{"type":"header","schema":"unspin-audit","version":1,"tool":"unspin "#,
                env!("CARGO_PKG_VERSION"),
                r#"","policy":{"min_confidence":0.5,"any_verdict":false,"least_applicability":"display","quotes":"fix"},"dictionaries":["d1"],"model":"m1""#
            )
        );
        assert!(bodies[1].starts_with(r#"{"type":"document","id":1,"path":"a.txt","sha256_before":""#));
        assert!(bodies[1].ends_with(
            r#","bytes_before":18,"bytes_after":16,"verdict":"spun","spin_probability":0.999,"spin_rate":0.8,"records":3"#
        ));
        assert_eq!(
            bodies[3],
            concat!(
                r#"{"type":"fix","id":2,"outcome":"skipped","reason":"below-min-confidence","decided_by":"policy","#,
                r#""rule":"spun-phrase","spun":"go to","canonical":"visit","family":"A","source":"news.tsv","quoted":false,"#,
                r#""confidence":0.2,"applicability":"display","#,
                r#""edits":[{"before_span":{"start":9,"end":13},"before":"ends","after_span":null,"after":"is"}]"#
            )
        );
        assert!(bodies[4].contains(r#""outcome":"applied","decided_by":"reviewer","rule""#));
        assert_eq!(bodies[6], r#"{"type":"end","documents":2"#);
    }

    #[test]
    fn every_outcome_is_written_and_read_by_its_name() {
        let names = [
            (SkipReason::BelowMinConfidence, "below-min-confidence"),
            (SkipReason::BelowApplicability, "below-applicability"),
            (SkipReason::InQuotation, "in-quotation"),
            (SkipReason::VerdictNotSpun, "verdict-not-spun"),
            (SkipReason::Overlap, "overlap"),
            (SkipReason::Rejected, "rejected"),
        ];
        for (reason, name) in names {
            let json = serde_json::to_string(&Outcome::Skipped(reason)).unwrap();
            assert_eq!(json, format!(r#"{{"outcome":"skipped","reason":"{name}"}}"#));
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), Outcome::Skipped(reason));
        }
    }

    #[test]
    fn a_trail_that_is_gone_on_with_is_the_same() {
        let (before, after, planned) = sample();
        let records =
            records(before, &planned, &apply(before, applied_edits(&planned)).unwrap().landed).unwrap();
        let mut first = AuditWriter::new(Vec::new(), &header()).unwrap();
        first.document(&DocumentRecord::new("a.txt", before, after, "spun", 0.999, 0.8), &records).unwrap();
        let state = first.state();
        let bytes = first.writer().clone();
        assert_eq!(state.bytes, bytes.len() as u64);
        let mut second = AuditWriter::resume(bytes, &state);
        second.document(&DocumentRecord::new("-", "x", "x", "clean", 0.001, 0.0), &[]).unwrap();
        assert_eq!(second.finish().unwrap(), small_trail());
    }

    #[test]
    fn what_json_cannot_say_is_refused() {
        let mut writer = AuditWriter::new(Vec::new(), &header()).unwrap();
        let about = DocumentRecord::new("-", "x", "x", "clean", f64::NAN, 0.0);
        assert!(matches!(writer.document(&about, &[]), Err(WriteError::NotFinite { .. })));
    }
}
