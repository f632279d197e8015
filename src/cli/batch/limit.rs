//! A time limit for each text.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{Builder, Scope};
use std::time::Duration;

use super::parallel::STACK;
use super::row::{Done, Each, guarded};
use crate::cli::error::CliError;

/// Work on texts that is given up when it takes too long.
///
/// A thread can't be stopped from outside. So texts are given to a helper, and if its answer does not come in time, the helper is left
/// to itself and the next text gets a new one.
pub(super) struct Limited<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    each: &'scope Each<'scope>,
    limit: Option<Duration>,
    helper: Option<Helper>,
    has_lost: &'scope AtomicBool,
}

/// A thread that works on texts.
struct Helper {
    texts: Sender<(String, String)>,
    done: Receiver<Result<Done, CliError>>,
}

impl<'scope, 'env> Limited<'scope, 'env> {
    /// `has_lost` says afterwards whether a helper was left to itself: it may still run.
    pub(super) fn new(
        scope: &'scope Scope<'scope, 'env>,
        each: &'scope Each<'scope>,
        limit: Option<Duration>,
        has_lost: &'scope AtomicBool,
    ) -> Self {
        Self { scope, each, limit, helper: None, has_lost }
    }

    /// Works on the text of that name.
    pub(super) fn run(&mut self, name: &str, text: String) -> Result<Done, CliError> {
        let Some(limit) = self.limit else { return (self.each)(name, text) };
        let lost = || CliError::Usage("the thread that worked on this text is gone".to_owned());
        let helper = match &mut self.helper {
            Some(helper) => helper,
            none => none.insert(Helper::new(self.scope, self.each)?),
        };
        helper.texts.send((name.to_owned(), text)).map_err(|_| lost())?;
        match helper.done.recv_timeout(limit) {
            Ok(done) => done,
            Err(error) => {
                self.helper = None;
                if error == RecvTimeoutError::Disconnected {
                    return Err(lost());
                }
                self.has_lost.store(true, Ordering::Relaxed);
                let seconds = limit.as_secs_f64();
                Err(CliError::Usage(format!("given up after {seconds} s: allow more time with --timeout")))
            }
        }
    }
}

impl Helper {
    fn new<'scope>(scope: &'scope Scope<'scope, '_>, each: &'scope Each<'scope>) -> Result<Self, CliError> {
        let (texts, inbox) = mpsc::channel::<(String, String)>();
        let (outbox, done) = mpsc::channel();
        Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
            while let Ok((name, text)) = inbox.recv() {
                if outbox.send(guarded(|| each(&name, text))).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { texts, done })
    }
}
