//! Work that the vendor takes on and does later: one request hands in many rows, others ask how far it is.

use std::time::Duration;

use super::RowAnswer;

/// How many rows go by a job, and from how many on that pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bulk {
    /// Fewer rows go by requests of their own.
    pub from: usize,
    /// Most rows in a job.
    pub rows: usize,
    /// Most bytes in a job.
    pub bytes: usize,
    /// How long to ask for its end before the run goes on without it; the next run asks again.
    pub patience: Duration,
}

/// A job the vendor has taken on. It outlives this process: its id is in the file before anything else happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The vendor's id of it.
    pub id: String,
    /// When it is worth asking for the first time.
    pub ask_after: Duration,
}

/// How far a job is.
#[derive(Debug, Clone)]
pub enum JobState {
    /// Not done yet; when it is worth asking again.
    Running(Duration),
    /// Done: a verdict for every row handed in. [`super::Verdict::Taken`] where the vendor tells no id.
    Done(Vec<RowAnswer>),
    /// The vendor does not know the job (any more).
    Unknown,
}
