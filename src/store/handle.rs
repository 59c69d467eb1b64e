//! The store behind a thread of its own, for asynchronous callers.
//!
//! SQLite has one writer; so has the program. Jobs run in the order they were sent, each with its own transaction, and
//! the network goes on meanwhile.

use std::sync::mpsc;

use tokio::sync::oneshot;

use super::{Store, StoreError};

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// Sends work to the store's thread. Cheap to clone; the thread ends with the last clone.
#[derive(Clone)]
pub struct StoreHandle {
    jobs: mpsc::Sender<Job>,
}

impl StoreHandle {
    /// Moves a store onto a thread of its own.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn(mut store: Store) -> Result<Self, StoreError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || {
                for job in inbox {
                    job(&mut store);
                }
            })
            .map_err(|error| StoreError::Unexpected(format!("no thread for the store: {error}")))?;
        Ok(Self { jobs })
    }

    /// Runs a job on the store and waits for its answer.
    ///
    /// # Errors
    /// The job's own.
    pub async fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.begin(job)?.answer().await
    }

    /// Begins a job at once; its answer may be waited for later, while something else is done.
    ///
    /// # Errors
    /// Where the thread has ended; the answer's are the job's own.
    pub fn begin<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Begun<T>, StoreError> {
        let (answer, receiver) = oneshot::channel();
        self.jobs
            .send(Box::new(move |store| {
                // A caller that went away no longer wants the answer; the job was done all the same.
                let _ = answer.send(job(store));
            }))
            .map_err(|_| gone())?;
        Ok(Begun(receiver))
    }
}

/// A job that is under way.
pub struct Begun<T>(oneshot::Receiver<Result<T, StoreError>>);

impl<T> Begun<T> {
    /// Waits for its answer.
    ///
    /// # Errors
    /// The job's own.
    pub async fn answer(self) -> Result<T, StoreError> {
        self.0.await.map_err(|_| gone())?
    }
}

fn gone() -> StoreError {
    StoreError::Unexpected("the store's thread has ended".to_owned())
}
