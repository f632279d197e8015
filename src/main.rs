//! The `unspin` program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    unspin::cli::run()
}
