//! Where rows come from.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ignore::WalkBuilder;

use super::codec::Codec;
use super::parallel::StopOnPanic;
use super::queue::Queue;
use crate::cli::error::CliError;
use crate::cli::input::Input;
use crate::cli::io::{Line as Found, read_line};

/// Bytes of lines that are worked on together: enough that handing them over costs nothing, few enough that all workers have some.
const CHUNK: usize = 1 << 16;
/// What a line costs beside its bytes.
const OVERHEAD: usize = 256;
/// Ends of the names of files in folders that are read; others are passed over, tables too where they can't be read.
const ENDS: &[&str] = &[
    ".jsonl",
    ".ndjson",
    ".jsonl.gz",
    ".ndjson.gz",
    ".json.gz",
    ".jsonl.zst",
    ".ndjson.zst",
    ".json.zst",
    #[cfg(feature = "parquet")]
    TABLE,
];
/// End of the names of files that are Parquet.
const TABLE: &str = ".parquet";

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The file; `-` is standard input.
    pub path: PathBuf,
    /// Its place in the folder that was named, or its name.
    pub place: PathBuf,
}

impl Source {
    pub(super) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == Input::STDIN
    }

    /// All inputs under the paths that were typed: files in the order typed, those of a folder sorted by name.
    pub(super) fn all(paths: &[PathBuf]) -> Result<Vec<Self>, CliError> {
        let mut out = Vec::new();
        for path in paths {
            if !path.is_dir() {
                let place = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
                out.push(Self { path: path.clone(), place });
                continue;
            }
            let before = out.len();
            let mut walk = WalkBuilder::new(path);
            for entry in walk.standard_filters(false).hidden(true).sort_by_file_name(Ord::cmp).build() {
                let entry = entry.map_err(|error| CliError::io(path, io::Error::other(error)))?;
                let name = entry.file_name().to_string_lossy().to_lowercase();
                if ENDS.iter().any(|end| name.ends_with(end)) && entry.path().is_file() {
                    let place = entry.path().strip_prefix(path).unwrap_or(entry.path()).to_owned();
                    out.push(Self { path: entry.into_path(), place });
                }
            }
            if out.len() == before {
                let ends = ENDS.join(", ");
                let folder = path.display();
                return Err(CliError::Usage(format!("{folder}: no files of rows in this folder ({ends})")));
            }
        }
        Ok(out)
    }
}

/// Whether a file is Parquet, by its name.
pub(in crate::cli) fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case(&TABLE[1..]))
}

/// A line of an input, or why it can't be done.
pub(super) struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Bytes of the input up to its end, decompressed; of a table, bytes of its texts.
    pub end: u64,
    pub content: Result<Content, String>,
}

/// What is there to work on.
pub(super) enum Content {
    /// A line of JSON.
    Json(Vec<u8>),
    /// A row of a table.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only the reader of Parquet makes them"))]
    Cell(Cell),
}

/// A text in a row of a table.
pub(super) struct Cell {
    /// `None` if it is null.
    pub text: Option<Vec<u8>>,
    /// What the row calls itself.
    pub id: Option<String>,
}

/// Some lines of one input.
pub(super) struct Job {
    pub input: usize,
    pub lines: Vec<Line>,
    /// How the input ended, if these are its last lines; an error is that of opening it.
    pub end: Option<Result<(), CliError>>,
    cost: usize,
}

impl Job {
    pub(super) fn new(input: usize) -> Self {
        Self { input, lines: Vec::new(), end: None, cost: OVERHEAD }
    }

    fn add(&mut self, line: Line, bytes: usize) {
        self.cost += OVERHEAD + bytes;
        self.lines.push(line);
    }

    /// These lines, if they are enough to be handed over; others come after them.
    #[cfg(feature = "parquet")]
    pub(super) fn add_and_split(&mut self, line: Line, bytes: usize) -> Option<Self> {
        self.add(line, bytes);
        let next = Self::new(self.input);
        (self.cost >= CHUNK).then(|| std::mem::replace(self, next))
    }
}

/// Where to begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    /// Number of the input, from 0.
    pub input: usize,
    /// Lines of it that are done.
    pub line: usize,
    /// Bytes of these, decompressed.
    pub offset: u64,
}

/// Puts the lines of all inputs into a queue, on a thread that nobody waits for: it may wait for input that never comes.
pub(super) struct Reader {
    pub sources: Vec<Source>,
    pub start: Start,
    pub longest_line: usize,
    /// Columns of tables that hold the text and the name of a row.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet has columns"))]
    pub text_field: String,
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet has columns"))]
    pub id_field: String,
    pub queue: Arc<Queue<Job>>,
    /// Counts the bytes that were read from files, as they are there.
    pub read: Arc<AtomicU64>,
}

impl Reader {
    pub(super) fn spawn(self) -> io::Result<()> {
        std::thread::Builder::new().spawn(move || {
            let guard = StopOnPanic(Arc::clone(&self.queue));
            if self
                .sources
                .iter()
                .enumerate()
                .skip(self.start.input)
                .all(|(n, source)| self.source(n, source))
            {
                guard.0.close();
            }
        })?;
        Ok(())
    }

    /// Reads one input. `false` if nobody wants more.
    fn source(&self, number: usize, source: &Source) -> bool {
        let start = if number == self.start.input { self.start } else { Start::default() };
        if is_table(&source.path) {
            return super::parquet::read(self, number, source, start);
        }
        let mut job = Job::new(number);
        let opened = if source.is_stdin() {
            crate::cli::io::announce_stdin();
            Ok(Box::new(io::stdin()) as Box<dyn Read + Send>)
        } else {
            self.open(&source.path, start.offset)
        };
        match opened {
            Ok(input) => self.lines(input, job, start),
            Err(error) => {
                job.end = Some(Err(CliError::io(&source.path, error)));
                self.put(job)
            }
        }
    }

    /// Opens a file after its first plain bytes.
    fn open(&self, path: &Path, offset: u64) -> io::Result<Box<dyn Read + Send>> {
        let (mut file, codec) = (File::open(path)?, Codec::of(path));
        if codec == Codec::Plain && offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
            self.read.fetch_add(offset, Ordering::Relaxed);
        }
        let mut input = codec.reader(Counted { inner: file, count: Arc::clone(&self.read) });
        if codec != Codec::Plain {
            io::copy(&mut input.by_ref().take(offset), &mut io::sink())?;
        }
        Ok(input)
    }

    fn lines(&self, input: Box<dyn Read + Send>, mut job: Job, start: Start) -> bool {
        let pulled = Arc::new(AtomicU64::new(start.offset));
        let counted = Counted { inner: input, count: Arc::clone(&pulled) };
        let mut input = BufReader::with_capacity(1 << 16, counted);
        for number in start.line + 1.. {
            // The next line may be long in coming: hand over what is there.
            if !job.lines.is_empty() && (job.cost >= CHUNK || input.buffer().is_empty()) {
                let next = Job::new(job.input);
                if !self.put(std::mem::replace(&mut job, next)) {
                    return false;
                }
            }
            let mut bytes = Vec::new();
            let mut is_over = false;
            let content = match read_line(&mut input, &mut bytes, self.longest_line) {
                Ok(Found::End) => break,
                Ok(Found::Read) => {
                    if number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
                        bytes.drain(..3);
                    }
                    Ok(bytes)
                }
                Ok(Found::TooLong(bytes)) => {
                    let most = self.longest_line;
                    Err(format!("a line of {bytes} bytes: at most {most} are read, more with --max-line"))
                }
                Err(error) => {
                    is_over = true;
                    Err(format!("the input can't be read further than here: {error}"))
                }
            };
            let end = pulled.load(Ordering::Relaxed) - input.buffer().len() as u64;
            let bytes = content.as_ref().map_or(0, Vec::len);
            job.add(Line { number, end, content: content.map(Content::Json) }, bytes);
            if is_over {
                break;
            }
        }
        job.end = Some(Ok(()));
        self.put(job)
    }

    pub(super) fn put(&self, job: Job) -> bool {
        self.queue.put(job.cost, job)
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
