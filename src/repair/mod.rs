//! From findings to changes: wording, plan, application.

mod apply;
mod compose;
mod edit;
mod inflection;
mod meaning;
mod plan;
mod quantity;
mod wording;

pub use apply::{Applied, ApplyError, applied_edits, apply, apply_fixes};
pub use compose::{Origin, compose, compose_stages, keep_apart};
pub use edit::{Applicability, Cause, Edit, Fix, Reservation};
pub use meaning::{MeaningRisk, meaning_risk};
pub use plan::{
    Choice, Decider, Outcome, PlannedFix, Policy, Quotes, Review, SkipReason, article_edit, plan,
};
pub use wording::{article_before, capitalised, wording, write_wording};
