//! Decisions of people on fixes: made one by one, kept in a file, laid over a plan.
//!
//! Nothing here knows a terminal. A [`Session`] is a queue of [`Item`]s and what was decided on each; it takes [`Key`]s and says
//! what is to be kept. A file of decisions is JSON Lines: a header that names schema and version, then a line for each decision as
//! it was made, each of which says by itself to what place of which text it belongs:
//!
//! ```text
//! {"type":"header","schema":"unspin-decisions","version":1,"tool":…}
//! {"type":"decision","document":<SHA-256>,"path":…,"start":4,"end":12,"before":"overseas","rule":"spun-phrase",
//!  "decision":"accept","after":"foreign","confidence":0.99,"decided_by":"reviewer","reviewer":"anna"}
//! ```
//!
//! Lines are only ever added: a change of mind, or taking a decision back (`"decision":"undecided"`), is a line as well, and the
//! last line about a place counts. Whoever is cut off while writing leaves a last line without a line feed, which is dropped.
//!
//! [`overlay`] puts decisions over the fixes that a policy planned; `fix --decisions` does so.

mod cut;
mod decision;
mod decisions;
mod filter;
mod item;
mod key;
mod line;
mod overlay;
mod page;
mod press;
mod session;

pub use cut::{is_of_page, page_items};
pub use decision::{Author, Decision};
pub use decisions::{Decisions, DecisionsError, Problem};
pub use filter::Filter;
pub use item::{Context, Item, Proposal, items};
pub use key::Key;
pub use line::Line;
pub use overlay::{holds, out_of_reach, overlay, protected};
pub use page::Undecided;
pub use session::{Mode, Saved, Session};
