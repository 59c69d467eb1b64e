//! Taking back what was written: what a vendor documents, as data, and what became of each thing.

use serde_json::Value;

use super::{CallTrace, RemoteId};
use crate::domain::failure::Failure;

/// What of our writing a vendor takes back. Fields are put back as any update; this is about the rest.
#[derive(Debug, Clone, Copy)]
pub struct Undoing {
    /// The objects whose records can be removed. One that is not among them stays.
    pub objects: &'static [Removable],
    /// Most activities in one [`super::Vendor::remove`]; `None`: they stay.
    pub activities: Option<usize>,
    /// Most members in one [`super::Vendor::leave_campaign`]; else why they stay, as a sentence.
    pub members: Result<usize, &'static str>,
    /// Whether a member may be given back an earlier status.
    pub statuses_go_back: bool,
    /// Most pairs in one [`super::Vendor::unlink`]; `None`: persons are joined by a field of theirs, or stay joined.
    pub links: Option<usize>,
}

impl Undoing {
    /// Nothing at all.
    pub const NOTHING: Self = Self {
        objects: &[],
        activities: None,
        members: Err("the vendor documents no way to take members out again"),
        statuses_go_back: false,
        links: None,
    };

    /// How records of an object are removed.
    #[must_use]
    pub fn object(&self, object: &str) -> Option<&'static Removable> {
        self.objects.iter().find(|known| known.object == object)
    }
}

/// An object whose records can be removed.
#[derive(Debug, Clone, Copy)]
pub struct Removable {
    /// The vendor's word.
    pub object: &'static str,
    /// Most records in one [`super::Vendor::remove`].
    pub rows: usize,
}

/// What became of one thing that was to go.
#[derive(Debug, Clone, PartialEq)]
pub enum RemoveEnd {
    /// Gone now.
    Done,
    /// It was not there any more, which is as good.
    Gone,
    /// Locked just now: again after a while.
    Later,
    /// Refused.
    Refused(Failure),
    /// The answer does not mention it: never success.
    Silent,
}

/// The answer to one removal.
#[derive(Debug, Clone)]
pub struct RemoveAnswer {
    /// For each thing, in the order asked: the end, and what the answer said of it.
    pub ends: Vec<(RemoveEnd, Value)>,
    /// The call.
    pub call: CallTrace,
}

impl RemoveAnswer {
    /// An answer without a word on single things: all of them are gone.
    #[must_use]
    pub fn all_done(count: usize, call: CallTrace) -> Self {
        Self {
            ends: vec![(RemoveEnd::Done, Value::Null); count],
            call,
        }
    }

    /// One end for the only thing asked.
    #[must_use]
    pub fn one(end: RemoveEnd, call: CallTrace) -> Self {
        Self {
            ends: vec![(end, call.body.clone())],
            call,
        }
    }

    /// The end of each result, where there are as many as things asked; else nothing is known of any.
    #[must_use]
    pub fn in_order(
        count: usize,
        results: &[Value],
        end: impl Fn(&Value) -> RemoveEnd,
        call: CallTrace,
    ) -> Self {
        let ends = match results.len() == count {
            true => results
                .iter()
                .map(|result| (end(result), result.clone()))
                .collect(),
            false => vec![(RemoveEnd::Silent, Value::Null); count],
        };
        Self {
            ends,
            call: CallTrace {
                body: Value::Null,
                ..call
            },
        }
    }
}

/// One person to be taken out of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveRow {
    /// The person's object; all rows of one request are of one.
    pub object: &'static str,
    /// The person's record.
    pub person: RemoteId,
    /// The membership's own id, where there is one.
    pub member: Option<RemoteId>,
}
