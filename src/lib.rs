//! Finds text that a machine has spun, writes it back to its canonical wording, and proves every change.
//!
//! A spinner swaps words and phrases of an article for synonyms, so that a copy looks new: "foreign minister" becomes "overseas
//! minister", "news conference" becomes "information convention". This crate undoes that, and leaves genuine text alone. It is
//! also a program; README.md shows what that does.
//!
//! # In ten lines
//!
//! ```
//! use unspin::verbs::{CheckOptions, FixOptions};
//!
//! let engine = unspin::Engine::builtin()?;
//! let text = "The river flooded in Could, killing no less than 9 folks within the villages of Penwick and Oxmarl and sweeping away \
//!             two bridges. Residents blame the dam, which opened its gates with out warning on the evening of the storm. Lesmark has \
//!             denied that, saying rain alone induced the flood. Health officers are nonetheless handing out bottled water in Oxmarl.";
//! let report = engine.check(text, &CheckOptions::default())?;
//! assert_eq!(report.verdict.kind.name(), "spun");
//! assert_eq!(report.rows[0].message, r#""Could" may stand for "May""#);
//! let fixed = engine.fix(text, &FixOptions::default())?;
//! assert!(fixed.text().starts_with("The river flooded in May, killing at least nine people in the villages"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Three layers
//!
//! [`verbs`] is the shortest way: what the program does with a text, as one call each: [`Engine::check`], [`Engine::fix`],
//! [`Engine::score`] and, for scraped pages, [`Cleaner::clean_page`](clean::Cleaner::clean_page). Their answers are what the program
//! writes as JSON.
//!
//! [`pipeline`] gives the parts: [`Engine::scan`] judges a document, [`Engine::mend`] repairs it under a
//! [`Policy`](repair::Policy):
//!
//! ```
//! use unspin::repair::Policy;
//! use unspin::text::Document;
//!
//! let engine = unspin::Engine::builtin()?;
//! let document = Document::new(include_str!("../samples/spun.txt"));
//!
//! // Is it spun, and where?
//! let scan = engine.scan(&document);
//! let first = &scan.findings[0];
//! assert_eq!(first.span.of(document.text()), "Overseas");
//! assert_eq!(first.alternatives[0].replacement, "Foreign");
//!
//! // What stood there before?
//! let mended = engine.mend(&document, &Policy::default());
//! for planned in &mended.fixes {
//!     println!("{:?} {:.2} {:?}", planned.outcome, planned.fix.confidence, planned.fix.edits);
//! }
//! # Ok::<(), unspin::pipeline::EngineError>(())
//! ```
//!
//! An [`Engine`] is never changed by a document. It can be shared by threads, and a clone of it costs next to nothing: the data is
//! shared. [`Engine::new`] takes any dictionary and model.
//!
//! Below it each stage stands for itself, a module each, in the order in which a document passes them:
//!
//! 1. [`text`]: an immutable document, its tokens, sentences and quotations.
//! 2. [`dictionary`]: which phrases may be spun, what they may stand for, and how often a spinner chooses so.
//! 3. [`language`]: which of the readings fits the place.
//! 4. [`detect`]: the probability of every reading, the spin rate of the document, the verdict.
//! 5. [`terms`]: tortured phrases of academic papers, judged by themselves.
//! 6. [`repair`]: fixes made of edits, a decision on each, and one function that applies them.
//! 7. [`audit`]: the record of it all, from which the repair can be checked, repeated and undone.
//! 8. [`report`]: what people and scripts are told. [`evaluate`] measures all this against texts of which the truth is known;
//!    [`learn`] fits what is fitted.
//! 9. [`clean`]: scraped reprints, cut to the article, by fixes like any other.
//! 10. [`readability`]: how hard a text is to read; [`translation`]: whether it reads like a machine translation.
//! 11. [`pairs`]: rows for a dictionary, from spun copies and their originals.
//! 12. [`review`]: decisions of people on fixes, and how they are laid over a plan.
//! 13. [`screen`]: a glance that passes over most clean documents, for those who have millions of them.
//!
//! # What holds throughout
//!
//! - Text is never changed in place. Every change is an [`Edit`](repair::Edit) of a [`Fix`](repair::Fix), with byte offsets into the
//!   document as it came, and what no edit covers is carried over byte for byte.
//! - The same input, data and version give the same output: nothing depends on time, chance, threads or the order of a hash table.
//! - Repairing a repaired text changes nothing more.
//! - The library touches no files, prints nothing and doesn't exit; the built-in data is part of the program. Only the command
//!   line does these things.
pub mod audit;
mod bytes;
pub mod clean;
#[doc(hidden)]
pub mod cli;
pub mod detect;
pub mod dictionary;
pub mod evaluate;
mod hash;
pub mod language;
pub mod learn;
mod odds;
pub mod pairs;
pub mod pipeline;
pub mod readability;
pub mod repair;
pub mod report;
pub mod review;
pub mod screen;
pub mod terms;
pub mod text;
pub mod translation;
pub mod verbs;

pub use pipeline::Engine;

/// The examples of the read-me are tests as well.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
