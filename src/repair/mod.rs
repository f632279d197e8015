//! From findings to changes: wording, plan, application.

mod apply;
mod edit;
mod wording;

pub use apply::{Applied, ApplyError, apply};
pub use edit::{Applicability, Cause, Edit, Fix};
pub use wording::{capitalised, wording};
