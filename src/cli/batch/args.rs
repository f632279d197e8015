//! What may be typed for runs over rows.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::super::args::at_least_one;
use super::super::input::LONGEST_TEXT;

/// Rows instead of files.
#[derive(Debug, Args)]
pub(in crate::cli) struct BatchArgs {
    /// Read rows and write each back with an `unspin` object added: JSON Lines, as they are or compressed (.gz, .zst), or Parquet. In
    /// folders, files named .jsonl, .ndjson, .json.gz, .parquet and the like are read
    #[arg(long, visible_alias = "batch", conflicts_with_all = ["exclude", "no_ignore"])]
    pub jsonl: bool,
    /// The field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    pub text_field: String,
    /// The field that names a row, given with its errors
    #[arg(long, value_name = "NAME", default_value = "id", requires = "jsonl")]
    pub id_field: String,
    /// Longest line that is read; a longer one is an error of that line
    #[arg(long, value_name = "BYTES", default_value_t = 256 << 20, requires = "jsonl")]
    pub max_line: usize,
    /// Longest text of a row that is judged; a longer one is an error of that row. What a row costs in time and memory grows with it
    #[arg(long, value_name = "BYTES", default_value_t = LONGEST_TEXT, requires = "jsonl")]
    pub max_bytes: usize,
    /// Give up a row after this time, which is an error of that row. Off by default: which rows that hits depends on the machine
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "jsonl")]
    pub timeout: Option<Duration>,
    /// Work on this many rows at once; the output is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), requires = "jsonl")]
    pub threads: Option<u16>,
    /// Write rows of the form that dolma calls attributes instead: id and places as [start, end, score], counted in characters
    #[arg(long, requires = "jsonl")]
    pub attributes: bool,
    /// Go on with a run that was interrupted, with the same options; needs --output
    #[arg(long, requires = "jsonl")]
    pub resume: bool,
    /// Bytes of rows between two points from which a run can go on; compressed files begin a new frame at each
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20, requires = "jsonl", hide = true)]
    pub checkpoint: u64,
    /// Row groups that a Parquet file may have; the default is what the format has numbers for
    #[arg(long, value_name = "N", default_value_t = 32_767, value_parser = at_least_one, requires = "jsonl", hide = true)]
    pub row_groups: usize,
}

/// Where rows go.
#[derive(Debug, Args)]
pub(in crate::cli) struct OutputArgs {
    /// Write the rows to this file, compressed if its name ends in .gz or .zst, or to a folder: a file for each input
    #[arg(short, long, value_name = "PATH", requires = "jsonl")]
    pub output: Option<PathBuf>,
}

impl BatchArgs {
    /// How many rows are worked on at once.
    pub(super) fn workers(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(all, usize::from)
    }
}

/// A time above zero in seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|&seconds: &f64| seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "give a number of seconds above 0".to_owned())
}
