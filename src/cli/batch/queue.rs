//! Jobs on their way to the workers.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A job with its number and its cost.
pub(super) struct Numbered<J> {
    pub number: u64,
    /// To be given to [`Queue::release`] when the job is off everybody's hands.
    pub cost: usize,
    pub job: J,
}

/// Jobs in order, as many at a time as a budget of bytes allows: from [`put`](Self::put) to [`release`](Self::release) a job counts.
pub(super) struct Queue<J> {
    state: Mutex<State<J>>,
    changed: Condvar,
    budget: usize,
}

struct State<J> {
    jobs: VecDeque<Numbered<J>>,
    next: u64,
    /// Bytes of all jobs that are waiting, worked on, or not yet written.
    under_way: usize,
    is_closed: bool,
}

impl<J> Queue<J> {
    pub(super) fn new(budget: usize) -> Self {
        let state = State { jobs: VecDeque::new(), next: 0, under_way: 0, is_closed: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), budget }
    }

    /// Adds a job, once there is room for it; one that is larger than the budget waits until it is alone. `false` if nobody wants
    /// jobs any more.
    pub(super) fn put(&self, cost: usize, job: J) -> bool {
        let mut state = self.lock();
        while !state.is_closed && state.under_way > 0 && state.under_way + cost > self.budget {
            state = self.wait(state);
        }
        if state.is_closed {
            return false;
        }
        let number = state.next;
        state.next += 1;
        state.under_way += cost;
        state.jobs.push_back(Numbered { number, cost, job });
        self.changed.notify_all();
        true
    }

    /// The next job, once there is one; `None` if there will be no more.
    pub(super) fn take(&self) -> Option<Numbered<J>> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.is_closed {
                return None;
            }
            state = self.wait(state);
        }
    }

    /// Makes room: a job is done and written.
    pub(super) fn release(&self, cost: usize) {
        self.lock().under_way -= cost;
        self.changed.notify_all();
    }

    /// Says that there are no more jobs; those that wait are still done.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Says that nobody wants jobs any more; those that wait are dropped.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.jobs.clear();
        self.changed.notify_all();
    }

    /// Nothing that is done under the lock can leave it half done.
    fn lock(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<J>>) -> MutexGuard<'s, State<J>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_is_under_way_than_the_budget() {
        let (queue, most) = (Queue::new(10), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                (0..100).for_each(|job| assert!(queue.put(4, job)));
                queue.close();
            });
            let mut jobs = Vec::new();
            while let Some(Numbered { number, cost, job }) = queue.take() {
                most.fetch_max(queue.lock().under_way, Ordering::Relaxed);
                jobs.push((number, job));
                queue.release(cost);
            }
            assert_eq!(jobs, (0..100).map(|n| (n, usize::try_from(n).unwrap())).collect::<Vec<_>>());
        });
        assert!((4..=8).contains(&most.into_inner()));
    }

    #[test]
    fn a_large_job_goes_alone_and_a_stopped_queue_takes_none() {
        let queue = Queue::new(10);
        assert!(queue.put(100, 'a'));
        let job = queue.take().unwrap();
        queue.release(job.cost);
        assert!(queue.put(1, 'b'));
        queue.stop();
        assert!(queue.take().is_none() && !queue.put(1, 'c'));
    }
}
