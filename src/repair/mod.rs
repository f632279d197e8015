//! From findings to changes: wording, plan, application.

mod apply;
mod compose;
mod edit;
mod plan;
mod wording;

pub use apply::{Applied, ApplyError, applied_edits, apply, apply_fixes};
pub use compose::compose;
pub use edit::{Applicability, Cause, Edit, Fix};
pub use plan::{Decider, Outcome, PlannedFix, Policy, SkipReason, plan};
pub use wording::{article_before, capitalised, wording};
