//! The contract between the pull and a source.
//!
//! * One [`Source::page`] is exactly one request. Pages are numbered from 0 and shift when items are added or removed while
//!   they are read: whoever walks them has to reckon with that.
//! * An item that cannot be understood is counted in [`Page::odd`], never guessed at, and hides no other.

use async_trait::async_trait;

use super::{SourceInfo, SourceItem, SourceLead};
use crate::transport::Transport;
use crate::vendors::{CallError, CallTrace};

/// What is listed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Listing {
    /// Events.
    Events,
    /// Qualifiers with their options.
    QualifierGroups,
    /// Parts of events.
    Activations,
    /// Leads.
    Leads,
    /// The leads of one event, by the source's id of the event.
    EventLeads(String),
    /// Activities of all leads.
    Activities,
    /// Activities of one lead, by the source's id of the lead.
    LeadActivities(String),
}

impl Listing {
    /// A short name, the same for ever: cursors are kept by it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Events => "events".to_owned(),
            Self::QualifierGroups => "qualifiers".to_owned(),
            Self::Activations => "activations".to_owned(),
            Self::Leads => "leads".to_owned(),
            Self::EventLeads(event) => format!("event:{event}"),
            Self::Activities => "activities".to_owned(),
            Self::LeadActivities(lead) => format!("activities:{lead}"),
        }
    }
}

/// One page of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its items, in the source's order.
    pub items: Vec<SourceItem>,
    /// How many there are in all, where the source tells.
    pub total: Option<u64>,
    /// Entries that could not be understood.
    pub odd: u64,
}

impl Page {
    /// Entries on the page, understood or not.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.items.len() as u64 + self.odd
    }
}

/// What a proven sign-in tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceProof {
    /// The source's id of the account, where it tells one.
    pub account: Option<String>,
    /// The account's name, where it tells one.
    pub name: Option<String>,
    /// How many events there are.
    pub events: Option<u64>,
}

/// What became of an id written back.
#[derive(Debug, Clone, PartialEq)]
pub enum WriteBack {
    /// It is there.
    Done(CallTrace),
    /// The lead is not there any more.
    LeadGone(CallTrace),
}

/// Translates between us and one source's API, for one connection.
#[async_trait]
pub trait Source: Send + Sync {
    /// The source's data.
    fn info(&self) -> &'static SourceInfo;

    /// What it is asked through.
    fn transport(&self) -> &Transport;

    /// Proves the credentials. One request.
    ///
    /// # Errors
    /// [`crate::vendors::CallErrorKind::SignIn`] where the credentials are refused.
    async fn prove(&self) -> Result<SourceProof, CallError>;

    /// One page of a listing, the first being 0. One request.
    ///
    /// # Errors
    /// As every call; never a partial page.
    async fn page(&self, listing: &Listing, page: u32) -> Result<Page, CallError>;

    /// One lead; `None`: there is none of that id (any more). One request.
    ///
    /// # Errors
    /// As every call.
    async fn lead(&self, id: &str) -> Result<Option<SourceLead>, CallError>;

    /// Tells the source a lead's id in another system (`system` as [`SourceInfo::remote_id_type`] names it), or takes it back
    /// with `None`. One request; twice is the same as once.
    ///
    /// # Errors
    /// As every call.
    async fn set_remote_id(
        &self,
        lead: &str,
        system: &str,
        remote_id: Option<&str>,
    ) -> Result<WriteBack, CallError>;
}
