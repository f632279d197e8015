//! Measuring repairs and verdicts against aligned texts.

mod evaluation;
mod gold;
mod held_out;
mod label_table;
mod offsets;
mod reliability;
mod reprint;
mod restored;
mod rows;
mod score;
mod tortured;
mod verdicts;

pub use evaluation::{Evaluation, Source, Tally, VerdictCounts};
pub use gold::{GoldError, GoldProblem, parse_gold};
pub use held_out::{HeldOut, HeldOutDocument, Part};
pub use label_table::LabelTable;
pub use reliability::{Bin, Reliability};
pub use reprint::{KeptText, LabelledLine, LineLabel, Reprint, ReprintError};
pub use restored::is_restored;
pub use rows::{Row, RowError};
pub use score::{Counts, Gold, Score, score};
pub use tortured::{Missed, Recovery, recovery};
pub use verdicts::{FALSE_POSITIVES_PER_MILLE, OperatingPoint, auroc, operating_point, recall_above};
