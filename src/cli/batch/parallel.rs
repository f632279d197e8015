//! Work by several threads, with results in order.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};
use std::thread::{Builder, Scope};

use super::queue::{Numbered, Queue};

/// Stack of a worker: that of a main thread, because pages may be nested deeply.
pub(super) const STACK: usize = 8 << 20;

/// Stops a queue if its thread panics: nobody may wait for what will never come.
pub(super) struct StopOnPanic<J>(pub Arc<Queue<J>>);

impl<J> Drop for StopOnPanic<J> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// Gives all jobs of a queue to workers, and their results, in the order of the jobs, to `each`; `None` says that the next result is
/// not there yet. After an error or a panic of `each` the queue is stopped.
pub(super) fn in_order<'scope, J, R, E, W>(
    scope: &'scope Scope<'scope, '_>,
    queue: &Arc<Queue<J>>,
    workers: impl IntoIterator<Item = W>,
    each: &mut impl FnMut(Option<R>) -> Result<(), E>,
) -> Result<(), E>
where
    J: Send + 'scope,
    R: Send + 'scope,
    W: FnMut(J) -> R + Send + 'scope,
    E: From<io::Error>,
{
    let (sender, results) = mpsc::channel();
    for mut work in workers {
        let (queue, sender) = (StopOnPanic(Arc::clone(queue)), sender.clone());
        Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
            while let Some(Numbered { number, cost, job }) = queue.0.take() {
                if sender.send(Numbered { number, cost, job: work(job) }).is_err() {
                    break;
                }
            }
        })?;
    }
    drop(sender);
    let guard = StopOnPanic(Arc::clone(queue));
    let done = sorted(&results, &guard.0, each);
    if done.is_err() {
        queue.stop();
    }
    done
}

fn sorted<J, R, E>(
    results: &mpsc::Receiver<Numbered<R>>,
    queue: &Queue<J>,
    each: &mut impl FnMut(Option<R>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    loop {
        let result = match results.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => return Ok(()),
            Err(TryRecvError::Empty) => {
                each(None)?;
                let Ok(result) = results.recv() else { return Ok(()) };
                result
            }
        };
        waiting.insert(result.number, result);
        while let Some(result) = waiting.remove(&next) {
            each(Some(result.job))?;
            queue.release(result.cost);
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// All results before `each` ends the run.
    fn run(threads: usize, each: impl Fn(u64) -> io::Result<()>) -> io::Result<Vec<u64>> {
        let queue = Arc::new(Queue::new(8));
        let filler = Arc::clone(&queue);
        let mut found = Vec::new();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                // Ends early where the queue is stopped.
                let _ = (0..200).all(|job| filler.put(1, job));
                filler.close();
            });
            let workers = (0..threads).map(|_| {
                |job: u64| {
                    std::thread::sleep(Duration::from_micros((job * 7919) % 300));
                    job
                }
            });
            in_order(scope, &queue, workers, &mut |result: Option<u64>| {
                found.extend(result);
                result.map_or(Ok(()), &each)
            })
        })?;
        Ok(found)
    }

    #[test]
    fn results_come_in_order() {
        for threads in [1, 2, 7] {
            assert_eq!(run(threads, |_| Ok(())).unwrap(), (0..200).collect::<Vec<_>>());
        }
    }

    /// The test ends: nobody waits for anybody.
    #[test]
    fn an_error_stops_everybody() {
        let enough = |job| if job == 50 { Err(io::Error::other("enough")) } else { Ok(()) };
        assert_eq!(run(3, enough).unwrap_err().to_string(), "enough");
    }

    /// This one too.
    #[test]
    fn a_panic_stops_everybody() {
        let broken = |job| if job == 50 { panic!("broken on purpose") } else { Ok(()) };
        assert!(std::panic::catch_unwind(|| run(3, broken)).is_err());
    }
}
