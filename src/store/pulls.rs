//! Pages of a source, taken in one transaction each together with how far the walk is.
//!
//! A pull that is killed between two instructions has either all of a page and the cursor behind it, or neither. What a page
//! tells of leads that are not here yet (who belongs to which event, which activities a lead has) is kept until they are.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::activities::{self, NewActivity};
use super::capture_row::Channel;
use super::captures::{Capturer, Change};
use super::connection::micros;
use super::pull_leads::{self, End, PulledLead, Terms};
use super::pull_walks::keep_cursor;
use super::suppressions::{Traces, erased};
use super::transaction::begin;
use super::{Store, StoreError, enroll, leads, merging};
use crate::domain::activity::ActivityKind;
use crate::domain::ids::{EventId, IntegrationId, LeadId, RunId};

/// The trigger of a pull's run in history.
pub const TRIGGER: &str = "pull";

/// That a lead belongs to an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledMember {
    /// The source's id of the lead.
    pub lead: String,
    /// Announced.
    pub registered: bool,
    /// Came.
    pub checked_in: bool,
}

/// Something that happened with a lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledActivity {
    /// The source's id.
    pub id: String,
    /// The source's id of the lead.
    pub lead: String,
    /// What kind of thing.
    pub kind: ActivityKind,
    /// What there is to say; empty: nothing worth taking down.
    pub text: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Who took it down.
    pub author: Option<String>,
}

/// What a page holds.
#[derive(Debug, Clone)]
pub enum PulledItems {
    /// Leads.
    Leads(Vec<PulledLead>),
    /// Leads of one of our events.
    Members(EventId, Vec<PulledMember>),
    /// Activities.
    Activities(Vec<PulledActivity>),
}

/// A page, and where the walk is behind it.
#[derive(Debug, Clone)]
pub struct PulledPage<'a> {
    /// The connection it comes through.
    pub integration: IntegrationId,
    /// The run it belongs to.
    pub run: RunId,
    /// The walk's name.
    pub listing: &'a str,
    /// What it holds.
    pub items: PulledItems,
    /// The ids of everything on it, of what is left out too.
    pub ids: Vec<String>,
    /// The walk's state behind it, as JSON; `None`: the walk keeps no state.
    pub state: Option<String>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageDone {
    /// New people.
    pub created: u64,
    /// Known people with something new.
    pub updated: u64,
    /// Known people without.
    pub unchanged: u64,
    /// Of these, those the source is still filling in.
    pub enriching: u64,
    /// Leads that were removed here, and left out.
    pub removed: u64,
    /// Leads of people who were erased here, and left out.
    pub erased: u64,
    /// Activities taken down.
    pub activities: u64,
    /// Answers to qualifiers the source does not list.
    pub unknown_answers: u64,
}

impl Store {
    /// Takes in a page and moves the cursor behind it, both or neither.
    ///
    /// # Errors
    /// As every statement.
    pub fn take_page(
        &mut self,
        page: &PulledPage<'_>,
        now: Timestamp,
    ) -> Result<PageDone, StoreError> {
        let terms = self.terms(page.integration)?;
        let transaction = begin(&self.connection)?;
        let mut capturer = Capturer::new(&transaction, Some(page.run.0), now)?;
        let mut done = PageDone::default();
        match &page.items {
            PulledItems::Leads(leads) => {
                for lead in leads {
                    let taken = pull_leads::take(&mut capturer, lead, &terms)?;
                    done.unknown_answers += taken.unknown_answers;
                    match taken.end {
                        End::Removed => {
                            done.removed += 1;
                            continue;
                        }
                        End::Erased => {
                            done.erased += 1;
                            continue;
                        }
                        End::Here(Change::Created) => done.created += 1,
                        End::Here(Change::Updated) => done.updated += 1,
                        End::Here(Change::Unchanged) => done.unchanged += 1,
                    }
                    done.enriching += u64::from(lead.enriching);
                }
            }
            PulledItems::Members(event, members) => {
                for member in members {
                    take_member(&mut capturer, *event, member)?;
                }
            }
            PulledItems::Activities(all) => {
                done.activities = take_activities(&mut capturer, all)?;
            }
        }
        capturer.deltas.apply(&transaction)?;
        if let Some(state) = &page.state {
            keep_cursor(&transaction, page, state, now)?;
        }
        transaction.commit()?;
        Ok(done)
    }

    /// On what terms leads of a connection are taken in.
    fn terms(&self, integration: IntegrationId) -> Result<Terms, StoreError> {
        let (since, settings): (i64, String) = self
            .connection
            .prepare_cached(
                "SELECT ifnull(a.first_seen, i.created_at), i.settings FROM integrations i
                 LEFT JOIN accounts a ON a.id = i.account_id WHERE i.id = ?1",
            )?
            .query_row([integration.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let settings: crate::domain::integration::Settings = serde_json::from_str(&settings)?;
        Ok(Terms {
            due_since: if settings.backlog_push {
                i64::MIN
            } else {
                since
            },
        })
    }

    /// Leads of the source that are here and have activities nobody asked for yet, by the source's ids.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_with_open_activities(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT s.lead FROM source_activities s
             WHERE s.taken = 0 AND (EXISTS (SELECT 1 FROM leads l WHERE l.source = 'mobly' AND l.external_id = s.lead)
               OR EXISTS (SELECT 1 FROM lead_aliases a WHERE a.source = 'mobly' AND a.external_id = s.lead))
             ORDER BY s.lead",
        )?;
        let leads = statement.query_map([], |row| row.get(0))?;
        Ok(leads.collect::<Result<_, _>>()?)
    }

    /// Whatever these leads are said to have was asked for: what did not come is not there any more.
    ///
    /// # Errors
    /// As every statement.
    pub fn close_activities(&mut self, leads: &[String]) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE source_activities SET taken = 1
             WHERE taken = 0 AND lead IN (SELECT value FROM json_each(?1))",
            [serde_json::to_string(leads)?],
        )?;
        Ok(())
    }

    /// Whether a lead of the source that was captured since then is in no event.
    ///
    /// # Errors
    /// As every statement.
    pub fn captured_nowhere_since(&self, since: Timestamp) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM leads l WHERE l.created_at >= ?1 AND l.captured_at >= ?1 AND l.source = 'mobly'
                   AND NOT EXISTS (SELECT 1 FROM event_leads e WHERE e.lead_id = l.id))",
            )?
            .query_row([micros(since)], |row| row.get(0))?)
    }

    /// Those of some events that may be going on: a day before and after are days of another time zone.
    ///
    /// # Errors
    /// As every statement.
    pub fn current_events(
        &self,
        events: &BTreeMap<String, EventId>,
        now: Timestamp,
    ) -> Result<BTreeMap<String, EventId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM events WHERE id = ?1
               AND ifnull(starts_on, '0') <= date(?2, '+1 day') AND ifnull(ends_on, '9') >= date(?2, '-1 day'))",
        )?;
        let today = now.strftime("%Y-%m-%d").to_string();
        let mut current = BTreeMap::new();
        for (external, event) in events {
            if statement.query_row(params![event.0, today], |row| row.get(0))? {
                current.insert(external.clone(), *event);
            }
        }
        Ok(current)
    }

    /// The members of one of our events, as the source told them: the source's ids of the leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn source_members(&self, event: EventId) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT lead FROM source_members WHERE event_id = ?1 ORDER BY lead")?;
        let leads = statement.query_map([event.0], |row| row.get(0))?;
        Ok(leads.collect::<Result<_, _>>()?)
    }
}

/// Our lead of the source's id, or the one it was merged into.
pub(super) fn of_source(connection: &Connection, id: &str) -> Result<Option<LeadId>, StoreError> {
    let lead = connection
        .prepare_cached("SELECT id FROM leads WHERE source = 'mobly' AND external_id = ?1")?
        .query_row([id], |row| row.get(0).map(LeadId))
        .optional()?;
    match lead {
        Some(lead) => Ok(Some(lead)),
        None => merging::of_source(connection, id),
    }
}

fn take_member(
    capturer: &mut Capturer<'_>,
    event: EventId,
    member: &PulledMember,
) -> Result<(), StoreError> {
    let traces = Traces {
        email_key: None,
        person_key: None,
        external_id: Some(&member.lead),
    };
    if erased(capturer.connection, traces)?.is_some() {
        return Ok(());
    }
    capturer
        .connection
        .prepare_cached(
            "INSERT INTO source_members (lead, event_id, registered, checked_in) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (lead, event_id) DO UPDATE SET registered = excluded.registered, checked_in = excluded.checked_in",
        )?
        .execute(params![member.lead, event.0, member.registered, member.checked_in])?;
    let Some(lead) = of_source(capturer.connection, &member.lead)? else {
        return Ok(());
    };
    if pull_leads::join(capturer, &member.lead, lead, capturer.now)? {
        touch(capturer, lead)?;
    }
    Ok(())
}

/// A new revision, due again.
fn touch(capturer: &mut Capturer<'_>, lead: LeadId) -> Result<(), StoreError> {
    leads::bump(capturer.connection, lead, capturer.now)?;
    enroll::requeue(
        capturer.connection,
        &mut capturer.deltas,
        lead,
        capturer.now,
    )
}

/// Takes activities down, each once; those of leads that are not here are left for when they are.
fn take_activities(capturer: &mut Capturer<'_>, all: &[PulledActivity]) -> Result<u64, StoreError> {
    let mut touched = Vec::new();
    let mut taken = 0;
    for activity in all {
        let Some(lead) = of_source(capturer.connection, &activity.lead)? else {
            continue;
        };
        capturer
            .connection
            .prepare_cached(
                "INSERT INTO source_activities (lead, activity, taken) VALUES (?1, ?2, 1)
                 ON CONFLICT (lead, activity) DO UPDATE SET taken = 1",
            )?
            .execute(params![activity.lead, activity.id])?;
        if activity.text.is_empty() || is_taken(capturer.connection, &activity.id)? {
            continue;
        }
        let new = NewActivity {
            lead,
            kind: activity.kind,
            text: activity.text.clone(),
            at: activity.at.unwrap_or(capturer.now),
            author: activity.author.clone(),
            source: Channel::Mobly,
        };
        let made = activities::add(capturer.connection, &new, capturer.now)?;
        capturer
            .connection
            .prepare_cached("UPDATE activities SET external_id = ?2 WHERE id = ?1")?
            .execute(params![made.id.0, activity.id])?;
        taken += 1;
        if !touched.contains(&lead) {
            touched.push(lead);
        }
    }
    for lead in touched {
        touch(capturer, lead)?;
    }
    Ok(taken)
}

fn is_taken(connection: &Connection, activity: &str) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM activities WHERE external_id = ?1)")?
        .query_row([activity], |row| row.get(0))?)
}

#[cfg(test)]
#[path = "pulls_tests.rs"]
mod tests;
