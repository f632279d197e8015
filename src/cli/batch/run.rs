//! A run over rows: from the inputs through the workers to the outputs.

use std::fs;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, Scope};
use std::time::Instant;

use super::args::BatchArgs;
use super::bar::Bar;
use super::checkpoint::{Checkpoint, Options};
use super::limit::Limited;
use super::parallel::in_order;
use super::parquet::{self, Shape, Table};
use super::queue::Queue;
use super::row::{Added, Each, Row, Rows, Worker};
use super::sink::{Part, Place, Sink, with_end};
use super::source::{Reader, Source, Start, is_table};
use super::tally::Tally;
use crate::audit::Header;
use crate::cli::error::CliError;
use crate::cli::trail::Trail;
use crate::cli::{Outcome, say};

/// Bytes of rows under way for each worker; a longer row goes alone.
const UNDER_WAY: usize = 2 << 20;

/// What a run is to do.
pub(super) struct Run<'a> {
    pub args: &'a BatchArgs,
    pub paths: &'a [PathBuf],
    pub output: Option<&'a Path>,
    pub quiet: bool,
    /// Options on which the output depends.
    pub options: Options,
    /// The trail that is asked for, and its header.
    pub audit: Option<(&'a Path, Header)>,
    /// What became of edits; empty where there are none.
    pub edited: &'static str,
    pub has_verdicts: bool,
    /// Whether edits are findings that are left.
    pub finds: bool,
    /// What objects hold.
    pub added: Added,
}

impl Run<'_> {
    /// Does all rows.
    pub(super) fn all(self, each: &Each<'_>) -> Result<Outcome, CliError> {
        let begun = Instant::now();
        let sources = Source::all(self.paths)?;
        let place = Place::of(self.output, &sources)?;
        parquet::check(&sources, &place, self.args)?;
        let state = self.state(&sources, &place)?;
        if is_whole(&sources, &place, &state) {
            place.progress().iter().try_for_each(|path| remove(path))?;
            self.sum_up(&state.tally, 0, begun);
            return Ok(self.outcome(&state.tally));
        }
        let names: Vec<String> = sources.iter().map(|source| source.path.display().to_string()).collect();
        let (queue, read) =
            (Arc::new(Queue::new(UNDER_WAY * self.args.workers())), Arc::new(AtomicU64::new(0)));
        let bar = Bar::new(&sources, place == Place::Stdout, self.quiet, Arc::clone(&read));
        let has_lost = AtomicBool::new(false);
        let trail = match (&self.audit, &state.trail) {
            (None, _) => Trail::none(),
            (Some((path, header)), None) => Trail::create(path, header)?,
            (Some((path, _)), Some(state)) => Trail::resume(path, state)?,
        };
        let start = Start { input: state.input, line: state.line, offset: state.offset };
        let progress = place.progress().filter(|_| can_resume(&sources));
        let mut writing = Writing {
            sources: &sources,
            place: &place,
            progress: progress.as_deref(),
            args: self.args,
            added: self.added,
            bar: &bar,
            trail,
            sink: None,
            since: 0,
            read: 0,
            last: start.offset,
            state,
        };
        if progress.is_some() {
            tell_of_resume();
        }
        writing.begin()?;
        let reader = Reader {
            sources: sources.clone(),
            start,
            longest_line: self.args.max_line,
            text_field: self.args.text_field.clone(),
            id_field: self.args.id_field.clone(),
            queue: Arc::clone(&queue),
            read,
        };
        thread::scope(|scope: &Scope<'_, '_>| {
            let workers = (0..self.args.workers()).map(|_| {
                let limited = Limited::new(scope, each, self.args.timeout, &has_lost);
                let mut worker = Worker { args: self.args, names: &names, limited };
                move |job| worker.rows(job)
            });
            reader.spawn()?;
            let done = in_order(scope, &queue, workers, &mut |rows: Option<Rows>| writing.take(rows));
            bar.finish();
            let (tally, bytes) = writing.end(done)?;
            self.sum_up(&tally, bytes, begun);
            if has_lost.load(Ordering::Relaxed) {
                leave();
            }
            Ok(self.outcome(&tally))
        })
    }

    fn sum_up(&self, tally: &Tally, bytes: u64, begun: Instant) {
        if !self.quiet {
            say(&tally.summary(self.edited, self.has_verdicts, bytes, begun.elapsed()));
        }
    }

    fn outcome(&self, tally: &Tally) -> Outcome {
        Outcome::of(tally.failed > 0, self.finds && tally.edits > 0)
    }

    /// Where to begin.
    fn state(&self, sources: &[Source], place: &Place) -> Result<Checkpoint, CliError> {
        let state = Checkpoint::begin(self.options.clone(), sources);
        let Some(path) = place.progress() else {
            return if self.args.resume {
                let message = "--resume needs --output: only what was written to files can be gone on with";
                Err(CliError::Usage(message.to_owned()))
            } else {
                Ok(state)
            };
        };
        let earlier = Checkpoint::read(&path)?;
        if !self.args.resume {
            return if earlier.is_some() {
                let path = path.display();
                let message =
                    format!("{path}: an interrupted run left this file: go on with --resume, or remove it");
                Err(CliError::Usage(message))
            } else {
                Ok(state)
            };
        }
        if !can_resume(sources) {
            let message = "--resume needs inputs that are files: nothing else can be read again";
            return Err(CliError::Usage(message.to_owned()));
        }
        if let Some(earlier) = earlier {
            earlier.fits(&state, &path)?;
            // One file for all inputs is finished only with the last: until then all of them go on from what is left.
            if let Place::Folder(_) = place {
                tidy(place, earlier.input.checked_sub(1).and_then(|input| sources.get(input)))?;
            }
            return Ok(earlier);
        }
        if let Place::File(file) = place
            && file.exists()
        {
            tidy(place, sources.last())?;
            let message = format!("{}: is whole, there is nothing to resume", file.display());
            return Err(CliError::Usage(message));
        }
        Ok(state)
    }
}

/// Removes what a run that was interrupted left of a table that it had finished.
fn tidy(place: &Place, source: Option<&Source>) -> Result<(), CliError> {
    match source.filter(|source| is_table(&source.path)).and_then(|source| place.file(source)) {
        Some(file) if file.exists() => remove(&with_end(&file, ".part")),
        _ => Ok(()),
    }
}

/// Whether an interrupted run did all but remove its progress file: a table has its name, and what it was made of is gone.
fn is_whole(sources: &[Source], place: &Place, state: &Checkpoint) -> bool {
    let (Place::File(file), Some(progress)) = (place, place.progress()) else { return false };
    let changed = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    state.input == sources.len()
        && is_table(file)
        && !with_end(file, ".part").exists()
        // A file that was there before the run is not its output.
        && changed(&progress).zip(changed(file)).is_some_and(|(progress, file)| file >= progress)
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> Result<(), CliError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(CliError::io(path, error)),
        _ => Ok(()),
    }
}

/// Whether all inputs can be read again.
fn can_resume(sources: &[Source]) -> bool {
    // What is not there fails in the same way again.
    sources.iter().all(|source| {
        !source.is_stdin() && fs::metadata(&source.path).map_or(true, |data| data.is_file() || data.is_dir())
    })
}

/// Says, when the user interrupts the run, how to go on: the files are good at any moment.
fn tell_of_resume() {
    // Without a handler the run is interrupted all the same.
    let _ = ctrlc::set_handler(|| {
        say("\nunspin: interrupted: the same command with --resume goes on from here");
        #[allow(clippy::exit, reason = "the files are as they are after a kill, which a run can go on from")]
        std::process::exit(130);
    });
}

/// Ends the program although a worker was left to itself and may still run: everything is written, and that row failed.
fn leave() -> ! {
    #[allow(clippy::exit, reason = "waiting for the worker may take for ever")]
    std::process::exit(2)
}

/// The writing end of a run.
struct Writing<'a> {
    sources: &'a [Source],
    place: &'a Place,
    progress: Option<&'a Path>,
    args: &'a BatchArgs,
    added: Added,
    bar: &'a Bar,
    trail: Trail,
    sink: Option<Sink>,
    /// Bytes of rows since the last frame ended.
    since: u64,
    /// Bytes of all rows in this run.
    read: u64,
    /// Bytes of the input up to the last row.
    last: u64,
    state: Checkpoint,
}

impl Writing<'_> {
    /// Opens the output and makes it known that there is a run.
    fn begin(&mut self) -> Result<(), CliError> {
        if let Place::Folder(folder) = self.place {
            fs::create_dir_all(folder).map_err(|error| CliError::io(folder, error))?;
        }
        // One output is there from the beginning, even if everything is done but for giving it its name.
        if let (Place::Stdout | Place::File(_), Some(source)) = (self.place, self.sources.first()) {
            self.open(source)?;
        }
        if let Some(path) = self.progress {
            self.state.trail = self.trail.state()?;
            self.state.write(path)?;
        }
        Ok(())
    }

    fn open(&mut self, source: &Source) -> Result<(), CliError> {
        self.sink = Some(match self.place.file(source) {
            None => Sink::Stdout(BufWriter::with_capacity(1 << 16, std::io::stdout().lock())),
            Some(path) if is_table(&source.path) => {
                let shape = Shape {
                    text_field: self.args.text_field.clone(),
                    id_field: self.args.id_field.clone(),
                    added: self.added,
                    every: self.args.checkpoint,
                    row_groups: self.args.row_groups,
                };
                let inputs = match self.place {
                    Place::Folder(_) => std::slice::from_ref(source),
                    Place::Stdout | Place::File(_) => self.sources,
                };
                Sink::Table(Box::new(Table::open(&path, self.state.written, inputs, shape)?))
            }
            Some(path) => Sink::File(Part::open(&path, self.state.written)?),
        });
        Ok(())
    }

    fn take(&mut self, rows: Option<Rows>) -> Result<(), CliError> {
        let Some(rows) = rows else {
            if let Some(Sink::Stdout(out)) = &mut self.sink {
                std::io::Write::flush(out)?;
            }
            return Ok(());
        };
        let source = &self.sources[rows.input];
        // What was done of an input that can't be read further is still finished.
        if self.sink.is_none() && (rows.error.is_none() || self.state.line > 0) {
            self.open(source)?;
        }
        if let Some(error) = &rows.error {
            self.fail(error)?;
        } else if let Some(Sink::Table(table)) = &mut self.sink {
            table.turn_to(&source.path, rows.input, self.state.line, self.state.offset)?;
        }
        for row in rows.done {
            self.row(row)?;
        }
        if rows.is_last {
            self.next_input(rows.input, rows.error.is_some())?;
        }
        self.bar.show(self.state.tally.rows);
        Ok(())
    }

    fn row(&mut self, row: Row) -> Result<(), CliError> {
        let mut row = row;
        if let Some(error) = &row.error {
            self.fail(error)?;
        }
        if let Some(entry) = &row.entry {
            self.trail.put(entry)?;
        }
        let Some(sink) = &mut self.sink else { return Ok(()) };
        sink.write(&mut row)?;
        let Row { line, end, tally, .. } = row;
        self.state.tally += tally;
        (self.state.line, self.state.offset) = (line, end);
        self.since += end - self.last;
        self.read += end - self.last;
        self.last = end;
        // Frames end where rows say so, not where time or threads do: the bytes are the same in any run.
        if sink.is_full(self.since, self.args.checkpoint) {
            self.seal()?;
        }
        Ok(())
    }

    /// Says what went wrong, in order with what is already written, where both go to one terminal.
    fn fail(&mut self, error: &CliError) -> Result<(), CliError> {
        if let Some(Sink::Stdout(out)) = &mut self.sink {
            std::io::Write::flush(out)?;
        }
        self.bar.say(&format!("unspin: {error}"));
        Ok(())
    }

    /// Writes what there is, to a file, and how far that is.
    fn seal(&mut self) -> Result<(), CliError> {
        if let Some(sink) = &mut self.sink
            && let Some(written) = sink.seal()?
        {
            self.state.written = written;
            self.checkpoint()?;
        }
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<(), CliError> {
        // A run that goes on from here counts from here too.
        self.since = 0;
        let Some(path) = self.progress else { return Ok(()) };
        if let Some(sink) = &self.sink {
            sink.sync()?;
        }
        self.state.trail = self.trail.state()?;
        self.state.write(path)
    }

    /// Ends an input, and its file if it has one of its own.
    fn next_input(&mut self, input: usize, has_failed: bool) -> Result<(), CliError> {
        if let Some(Sink::Table(table)) = &mut self.sink {
            table.end_input()?;
            if let Place::Folder(_) = self.place {
                // A table that is finished can't be cut off and gone on with.
                self.seal()?;
            }
        }
        (self.state.input, self.state.line, self.state.offset, self.last) = (input + 1, 0, 0, 0);
        if has_failed {
            // Not before the input is finished: who goes on from there finds the error again.
            self.state.tally += Tally::FAILED;
        }
        if let Place::Folder(_) = self.place {
            self.state.written = 0;
            if let Some(sink) = self.sink.take()
                && let Some(left) = sink.finish()?
            {
                self.checkpoint()?;
                remove(&left)?;
            }
        }
        Ok(())
    }

    /// Ends the run. Returns what was done, and how many bytes were read for it.
    fn end(mut self, done: Result<(), CliError>) -> Result<(Tally, u64), CliError> {
        // Whoever reads the output may have enough; the trail is whole all the same.
        if matches!(done, Ok(()) | Err(CliError::BrokenPipe)) {
            self.seal()?;
            self.trail.finish()?;
        }
        done?;
        let left = self.sink.take().map(Sink::finish).transpose()?.flatten();
        if let Some(path) = self.progress {
            fs::remove_file(path).map_err(|error| CliError::io(path, error))?;
        }
        if let Some(left) = left {
            remove(&left)?;
        }
        Ok((self.state.tally, self.read))
    }
}
