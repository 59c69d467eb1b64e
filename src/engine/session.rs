//! What every part of one run shares: the connection, its rules, the flag that ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use parking::Lock;
use tokio::sync::RwLock;

use super::addresses::Addresses;
use super::campaigns::CampaignDesk;
use super::companies::CompanyDesk;
use super::events::{Reporter, SyncEvent};
use super::metadata::Metadata;
use super::mirror::Mirrors;
use super::parents::Parents;
use super::records::Records;
use super::rehearsal::Stage;
use super::tally::Tally;
use crate::clock::Clock;
use crate::domain::ids::{ClaimId, LeadId, LeadIds};
use crate::domain::integration::Integration;
use crate::domain::lead::Lead;
use crate::domain::mapping::{QualifierRule, Rule};
use crate::domain::rows::Rows;
use crate::domain::run::StopReason;
use crate::store::{Commit, RunFrame, StoreError, StoreHandle};
use crate::vendors::{ActivityInfo, KeyKind, MatchPlan, ObjectInfo, Vendor};

/// One run over one account.
pub(super) struct Session {
    pub(super) vendor: Arc<dyn Vendor>,
    pub(super) plan: MatchPlan,
    pub(super) store: StoreHandle,
    /// The file itself, for what outlives the run: copies of the vendor's records, and what is known of other leads.
    pub(super) file: StoreHandle,
    /// What a rehearsal has invented so far; `None`: what is decided is written.
    pub(super) rehearsal: Option<Arc<Stage>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) reporter: Arc<dyn Reporter>,
    pub(super) integration: Integration,
    pub(super) frame: RunFrame,
    pub(super) claim: ClaimId,
    pub(super) rules: Vec<Rule>,
    pub(super) qualifiers: Vec<QualifierRule>,
    pub(super) metadata: RwLock<Metadata>,
    pub(super) companies: CompanyDesk,
    pub(super) campaigns: CampaignDesk,
    /// The addresses being written just now.
    pub(super) addresses: Addresses,
    /// The records being changed just now.
    pub(super) records: Records,
    /// Our copies of the vendor's records, where it keeps any.
    pub(super) mirrors: Mirrors,
    /// The objects persons may be of, in the order of the plan.
    pub(super) persons: Vec<&'static str>,
    /// Records whose children are never written by two requests at once.
    pub(super) parents: Parents,
    pub(super) again: bool,
    pub(super) settle: Option<Settle>,
    pub(super) max_failures: Option<u64>,
    pub(super) ids: LeadIds,
    tally: Lock<Tally>,
    stop: Stop,
    parked: Lock<Vec<Parked>>,
}

/// How a person settles one ambiguous or duplicate match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settle {
    /// This record it is.
    Adopt(String),
    /// A new one, whatever was found.
    Create,
}

/// A lead whose create is in doubt until the vendor's index can know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parked {
    pub(super) lead: LeadId,
    pub(super) until: Timestamp,
}

/// Why the run ends early.
#[derive(Debug, Clone)]
pub(super) struct StopCause {
    pub(super) reason: StopReason,
    pub(super) until: Option<Timestamp>,
    pub(super) message: String,
    pub(super) sign_in: bool,
}

#[derive(Default)]
struct Stop {
    raised: AtomicBool,
    cause: Lock<Option<StopCause>>,
}

/// A lock that cannot be poisoned into a panic: a panicking task has ended its run anyway.
pub(super) mod parking {
    use std::sync::{Mutex, MutexGuard, PoisonError};

    #[derive(Default)]
    pub(in crate::engine) struct Lock<T>(Mutex<T>);

    impl<T> Lock<T> {
        pub(in crate::engine) fn new(value: T) -> Self {
            Self(Mutex::new(value))
        }

        pub(in crate::engine) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }
}

/// The parts a session is made of.
pub(super) struct SessionParts {
    pub(super) vendor: Arc<dyn Vendor>,
    pub(super) store: StoreHandle,
    pub(super) file: StoreHandle,
    pub(super) rehearsal: Option<Arc<Stage>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) reporter: Arc<dyn Reporter>,
    pub(super) integration: Integration,
    pub(super) frame: RunFrame,
    pub(super) claim: ClaimId,
    pub(super) rules: Vec<Rule>,
    pub(super) qualifiers: Vec<QualifierRule>,
    pub(super) campaigns: CampaignDesk,
    pub(super) again: bool,
    pub(super) settle: Option<Settle>,
    pub(super) max_failures: Option<u64>,
    pub(super) ids: LeadIds,
    pub(super) due: u64,
}

impl Session {
    pub(super) fn new(parts: SessionParts) -> Self {
        let plan = parts.vendor.plan();
        let mut persons: Vec<&'static str> = Vec::new();
        let steps = plan.person.iter().map(|step| step.object);
        for object in steps.chain([plan.create_person]) {
            if !persons.contains(&object) {
                persons.push(object);
            }
        }
        Self {
            plan,
            vendor: parts.vendor,
            store: parts.store,
            file: parts.file,
            rehearsal: parts.rehearsal,
            clock: parts.clock,
            reporter: parts.reporter,
            integration: parts.integration,
            frame: parts.frame,
            claim: parts.claim,
            rules: parts.rules,
            qualifiers: parts.qualifiers,
            metadata: RwLock::default(),
            companies: CompanyDesk::default(),
            campaigns: parts.campaigns,
            addresses: Addresses::default(),
            records: Records::default(),
            mirrors: Mirrors::default(),
            persons,
            parents: Parents::default(),
            again: parts.again,
            settle: parts.settle,
            max_failures: parts.max_failures,
            ids: parts.ids,
            tally: Lock::new(Tally {
                due: parts.due,
                ..Tally::default()
            }),
            stop: Stop::default(),
            parked: Lock::default(),
        }
    }

    /// The vendor's data on an object.
    pub(super) fn object(&self, key: &str) -> Option<&'static ObjectInfo> {
        self.vendor
            .info()
            .objects
            .iter()
            .find(|object| object.key == key)
    }

    /// What activities are kept as, where the connection sends them.
    pub(super) fn activities(&self) -> Option<&'static ActivityInfo> {
        let info = self.vendor.info().activities;
        info.filter(|_| self.integration.settings.activities)
    }

    /// Whether the run is played through only: then it tells why it decides what.
    pub(super) fn rehearses(&self) -> bool {
        self.rehearsal.is_some()
    }

    /// Whether this connection writes persons of an object.
    pub(super) fn writes(&self, object: &str) -> bool {
        self.persons.contains(&object)
    }

    /// Whether persons who are not there wait for another tool's sync, unless somebody asked for one.
    pub(super) fn leaves_new_persons(&self) -> bool {
        !self.vendor.makes_persons() && self.settle != Some(Settle::Create)
    }

    /// What may fill fields of a lead's records, or of a company's, which several leads may share.
    pub(super) fn rows(&self, lead: Option<&Lead>) -> Rows<'_> {
        let own = lead.and_then(|lead| lead.events.last());
        Rows {
            rules: &self.rules,
            qualifiers: &self.qualifiers,
            event: self.frame.event.or(own.map(|event| event.id)),
        }
    }

    /// How long a new record may stay invisible to a lookup.
    pub(super) fn lag(&self, object: &str, by: KeyKind) -> SignedDuration {
        self.object(object)
            .and_then(|object| object.lookups.iter().find(|lookup| lookup.by == by))
            .and_then(|lookup| SignedDuration::try_from(lookup.lag).ok())
            .unwrap_or_default()
    }

    /// Writes what an answer brought, and shows how far the run is.
    pub(super) async fn commit(&self, commit: Commit) -> Result<(), StoreError> {
        if commit.is_empty() {
            return Ok(());
        }
        let (frame, now) = (self.frame, self.clock.now());
        self.store
            .call(move |store| store.commit(&frame, &commit, now))
            .await?;
        self.show_progress();
        Ok(())
    }

    /// Changes the numbers of the run.
    pub(super) fn count(&self, change: impl FnOnce(&mut Tally)) {
        let mut tally = self.tally.lock();
        change(&mut tally);
        let too_many = self.max_failures.is_some_and(|limit| tally.failed > limit);
        drop(tally);
        if too_many {
            self.stop(
                StopReason::Guard,
                None,
                "more leads failed than --max-failures allows".to_owned(),
            );
        }
    }

    /// The numbers so far.
    pub(super) fn tally(&self) -> Tally {
        self.tally.lock().clone()
    }

    pub(super) fn show_progress(&self) {
        let tally = self.tally.lock();
        let event = SyncEvent::Progress {
            done: tally.decided(),
            total: tally.due,
            cleared: tally.cleared,
            failed: tally.failed,
        };
        drop(tally);
        self.reporter.report(event);
    }

    /// Ends the run: what is in flight comes home, nothing new leaves. The first reason stands, but a refused sign-in
    /// beats all others, since it asks for a person.
    pub(super) fn stop(&self, reason: StopReason, until: Option<Timestamp>, message: String) {
        self.raise(StopCause {
            reason,
            until,
            message,
            sign_in: false,
        });
    }

    pub(super) fn stop_for_sign_in(&self, message: String) {
        self.raise(StopCause {
            reason: StopReason::Outage,
            until: None,
            message,
            sign_in: true,
        });
    }

    fn raise(&self, cause: StopCause) {
        let mut current = self.stop.cause.lock();
        if current.is_none()
            || (cause.sign_in && !current.as_ref().is_some_and(|known| known.sign_in))
        {
            *current = Some(cause);
        }
        self.stop.raised.store(true, Ordering::Release);
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.raised.load(Ordering::Acquire)
    }

    pub(super) fn stop_cause(&self) -> Option<StopCause> {
        self.stop.cause.lock().clone()
    }

    /// Puts a lead aside until the vendor's index can know of it.
    pub(super) fn park(&self, lead: LeadId, until: Timestamp) {
        self.parked.lock().push(Parked { lead, until });
    }

    pub(super) fn parked_leads(&self) -> std::collections::HashSet<LeadId> {
        self.parked
            .lock()
            .iter()
            .map(|parked| parked.lead)
            .collect()
    }

    /// Our value of the vendor's unique field, where the connection names one.
    pub(super) fn external_id(&self, lead: LeadId) -> Option<String> {
        self.integration
            .settings
            .external_id
            .as_ref()
            .map(|_| self.ids.encode(lead))
    }

    pub(super) fn take_parked(&self) -> Vec<Parked> {
        std::mem::take(&mut *self.parked.lock())
    }
}
