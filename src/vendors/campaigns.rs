//! Campaigns and their members, in words of our own.

use jiff::Timestamp;
use serde_json::Value;

use super::{CallTrace, RemoteId};
use crate::domain::failure::Failure;

/// What a vendor calls campaigns, and how members are written.
pub struct CampaignInfo {
    /// The vendor's word: "campaign", "program", "marketing event".
    pub word: &'static str,
    /// Where people find the id, as a sentence that follows a colon.
    pub id_guide: &'static str,
    /// Most members in one [`super::Vendor::members`].
    pub reads: usize,
    /// Most members in one [`super::Vendor::join`].
    pub rows: usize,
    /// Whether all rows of one request must have one status.
    pub one_status: bool,
    /// Whether all persons of one request must be of one object.
    pub one_object: bool,
}

/// A field of persons whose values stand for campaigns, at a vendor that has none.
pub struct MarkInfo {
    /// The word on the command line: "label", "field".
    pub word: &'static str,
    /// The person object.
    pub object: &'static str,
    /// Its field; `None`: any that holds text or options, named before its value.
    pub field: Option<&'static str>,
    /// Where people make a new one, as a sentence that follows a colon.
    pub make: &'static str,
}

/// A campaign as the vendor holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteCampaign {
    /// The id, in the vendor's full form.
    pub id: RemoteId,
    /// The name.
    pub name: String,
    /// Why it takes no new members; `None`: it does.
    pub closed: Option<String>,
    /// The statuses a member may have, in their order of progress.
    pub statuses: Vec<MemberStatus>,
}

/// One status of a campaign's members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberStatus {
    /// The exact text.
    pub label: String,
    /// Whether new members have it unless told otherwise.
    pub usual: bool,
    /// How far along: a member is never moved to a lower one.
    pub rank: u32,
}

/// A person as a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The membership's own id, where there is one.
    pub id: Option<RemoteId>,
    /// The status.
    pub status: Option<String>,
}

/// One person to be made a member, or to be given another status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Names the row in the answer.
    pub trace: String,
    /// The person's object.
    pub object: &'static str,
    /// The person's record.
    pub person: RemoteId,
    /// The status to have.
    pub status: Option<String>,
    /// The membership that is there already; `None`: a new one.
    pub member: Option<Member>,
    /// When the person was met where the campaign is fed from: the same whenever the row is sent again.
    pub met: Timestamp,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum MemberEnd {
    /// A member with that status.
    Done {
        /// The membership's id, where the vendor has one.
        id: Option<RemoteId>,
    },
    /// Is a member already: read it, and decide anew.
    Exists,
    /// The person's record is gone.
    Gone,
    /// Locked just now: again after a while.
    Later,
    /// Refused.
    Refused(Failure),
    /// The answer does not mention it.
    Silent,
}

/// The answer to one [`super::Vendor::join`].
#[derive(Debug, Clone)]
pub struct MemberAnswer {
    /// For each row, by its trace: the end, and the row's part of the request and of the answer.
    pub rows: Vec<(String, MemberEnd, Value, Value)>,
    /// The call.
    pub call: CallTrace,
}
