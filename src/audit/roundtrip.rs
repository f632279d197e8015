//! Tests: what is written can be read, done again and undone.

use proptest::prelude::*;

use super::assemble::tests::cause;
use super::write::tests::header;
use super::{AuditWriter, DocumentRecord, read_trail, records, replay, revert};
use crate::repair::{
    Choice, Decider, Edit, Fix, Outcome, PlannedFix, Review, SkipReason, applied_edits, apply,
};
use crate::text::Span;

fn review() -> Review {
    Review { decision: Some(Choice::Reject), reviewer: Some("Ä. \"B\"".to_owned()) }
}

/// Fixes whose edits don't overlap but may interleave, with insertions, deletions and neighbours that touch.
fn planned() -> impl Strategy<Value = (String, Vec<PlannedFix>)> {
    let texts = prop::collection::vec(any::<char>(), 0..60);
    let cuts =
        prop::collection::vec((0usize..120, any::<bool>(), 0usize..4, "[a-zß\\r\\n\"\\\\]{0,5}"), 0..12);
    (texts, cuts, prop::collection::vec((any::<bool>(), 0.0..=1.0), 4)).prop_map(|(text, mut cuts, fates)| {
        let text: String = text.into_iter().collect();
        let boundary =
            |at: usize| (0..=at.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap();
        for cut in &mut cuts {
            cut.0 = boundary(cut.0);
        }
        cuts.sort();
        let mut fixes: Vec<PlannedFix> = fates
            .into_iter()
            .enumerate()
            .map(|(i, (applied, confidence))| {
                let decided_by = if applied { Decider::Policy } else { Decider::Reviewer(review()) };
                let outcome = if applied { Outcome::Applied } else { Outcome::Skipped(SkipReason::Rejected) };
                let fix =
                    Fix {
                        id: i + 1, cause: cause("“q”"), edits: Vec::new(), confidence, reservation: None
                    };
                PlannedFix { fix, outcome, decided_by }
            })
            .collect();
        for (i, (start, long, fix, replacement)) in cuts.iter().enumerate() {
            let end = cuts.get(i + 1).map_or(text.len(), |next| next.0);
            let span = Span::new(*start, if *long { end } else { *start });
            fixes[*fix].fix.edits.push(Edit { span, replacement: replacement.clone() });
        }
        (text, fixes)
    })
}

proptest! {
    #[test]
    fn written_read_replayed_and_reverted(documents in prop::collection::vec(planned(), 1..3)) {
        let mut writer = AuditWriter::new(Vec::new(), &header()).unwrap();
        let mut repaired = Vec::new();
        for (text, planned) in &documents {
            let applied = apply(text, applied_edits(planned)).unwrap();
            let records = records(text, planned, &applied.landed).unwrap();
            writer.document(&DocumentRecord::new("p", text, &applied.text, "spun", 1.0, 0.5), &records).unwrap();
            repaired.push((applied.text, records));
        }
        let trail = read_trail(&writer.finish().unwrap()[..]).unwrap();
        prop_assert_eq!(trail.documents.len(), documents.len());
        for (i, document) in trail.documents.iter().enumerate() {
            prop_assert_eq!(&document.records, &repaired[i].1);
            prop_assert_eq!(&replay(&documents[i].0, document).unwrap(), &repaired[i].0);
            prop_assert_eq!(&revert(&repaired[i].0, document).unwrap(), &documents[i].0);
        }
    }
}
