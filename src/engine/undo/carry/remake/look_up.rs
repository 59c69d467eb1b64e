//! Looking up what is to be made again: a lost answer may have made it, somebody else may have.

use std::collections::HashMap;

use jiff::Timestamp;

use super::super::Carrying;
use super::super::carried::Kept;
use super::Case;
use crate::domain::run::{PhaseAction, PhaseEntry, StopReason};
use crate::engine::matching::{CLOCK_SKEW, find_all};
use crate::engine::session::Session;
use crate::store::StoreError;
use crate::vendors::{KeyKind, RemoteRecord};

/// The records of each key; `None`: they could not be asked for.
type Found = HashMap<(KeyKind, String), Option<Vec<RemoteRecord>>>;

impl Carrying<'_> {
    /// Adopts what one of our own requests made, leaves what somebody else made; returns what surely is not there.
    pub(super) async fn look_up(
        &mut self,
        object: &'static str,
        cases: Vec<Case>,
    ) -> Result<Vec<Case>, StoreError> {
        let found = find(self.session, object, &cases).await;
        let mut absent = Vec::new();
        let mut kept = Kept::default();
        for case in cases {
            let change = &case.step.item.change;
            let records = match &case.key {
                Some(key) => found.get(key).cloned().flatten(),
                None => Some(Vec::new()),
            };
            let Some(records) = records else {
                self.stays(change, "whether it is there could not be asked");
                continue;
            };
            let ours = records.iter().find(|record| made_by_us(&case, record));
            match (ours, records.first()) {
                (Some(record), _) => self.adopt(object, &case, record, &mut kept),
                (None, Some(record)) => {
                    let id = &record.id;
                    let why = format!("{id} is there under the same key, and nobody is made twice");
                    self.stays(change, why);
                }
                (None, None) if case.key.is_none() && case.lost.is_some() => {
                    let why = "a request to make it was never answered, and without an address nothing tells whether it is \
                               there: see there before it is made by hand";
                    self.stays(change, why);
                }
                (None, None) => match open_until(self.session, object, &case) {
                    Some(until) => self.wait(&case, until),
                    None => absent.push(case),
                },
            }
        }
        self.keep(kept, 0).await?;
        Ok(absent)
    }

    fn adopt(&mut self, object: &'static str, case: &Case, record: &RemoteRecord, kept: &mut Kept) {
        let note = "made again by a request whose answer was lost".to_owned();
        let entry = PhaseEntry {
            action: Some(PhaseAction::Match),
            object: Some(object.to_owned()),
            remote_id: Some(record.id.clone()),
            ..PhaseEntry::local(case.phase(), true, Some(note))
        };
        self.made(object, case, &record.id, &entry, kept);
    }

    /// Nothing is made while finding nothing proves nothing.
    fn wait(&mut self, case: &Case, until: Timestamp) {
        let why = "a record may still be made by a request whose answer was lost; it is looked up before it is made again";
        self.session
            .stop(StopReason::Outage, Some(until), why.to_owned());
        self.stays(&case.step.item.change, "its answer was lost a moment ago");
    }
}

async fn find(session: &Session, object: &'static str, cases: &[Case]) -> Found {
    let mut found = HashMap::new();
    for by in [KeyKind::Email, KeyKind::Domain, KeyKind::Name] {
        let mut keys: Vec<String> = cases
            .iter()
            .filter_map(|case| case.key.clone())
            .filter(|(of, _)| *of == by)
            .map(|(_, key)| key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            continue;
        }
        for (key, answer) in find_all(session, object, by, keys, None).await {
            found.insert((by, key), answer.ok().map(|(records, _)| records));
        }
    }
    found
}

/// Whether a request of ours whose answer was lost may have made a record.
fn made_by_us(case: &Case, record: &RemoteRecord) -> bool {
    case.lost.is_some_and(|lost| {
        let since = lost.sent.checked_sub(CLOCK_SKEW).unwrap_or(lost.sent);
        record.created.is_none_or(|created| created >= since)
    })
}

/// Until when finding nothing proves nothing.
fn open_until(session: &Session, object: &str, case: &Case) -> Option<Timestamp> {
    let lost = case.lost?;
    let lag = case.key.as_ref().map(|(by, _)| session.lag(object, *by));
    let until = lost.visible(lag.unwrap_or_default());
    (until > session.clock.now()).then_some(until)
}
