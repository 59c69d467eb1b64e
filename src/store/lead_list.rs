//! Lists of leads, one page at a time: a million leads are never in memory together.

use std::collections::HashSet;
use std::ops::ControlFlow;

use rusqlite::ToSql;

use super::lead_row::json_ids;
use super::{Store, StoreError};
use crate::domain::company;
use crate::domain::email;
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::lead::{Lead, Readiness};

/// Leads loaded at a time.
const PAGE: usize = 1_000;

/// Where a lead stands, in the words of the board's filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedState {
    /// Its source is still filling it in.
    Enriching,
    /// Waiting.
    PreSync,
    /// Kept back on purpose.
    Held,
    /// Refused, and somebody should care.
    Failed,
    /// There.
    Cleared,
    /// Refused, and nobody has to care.
    Ignored,
}

impl ListedState {
    /// Every state with its word on the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("enriching", Self::Enriching),
        ("pre-sync", Self::PreSync),
        ("failed", Self::Failed),
        ("cleared", Self::Cleared),
        ("held", Self::Held),
        ("ignored", Self::Ignored),
    ];

    fn condition(self) -> &'static str {
        match self {
            Self::Enriching => "s.state = 'waiting' AND l.readiness = 'enriching'",
            Self::PreSync => "s.state = 'waiting' AND l.readiness <> 'enriching'",
            Self::Held => "s.state = 'held'",
            Self::Failed => "s.state = 'failed' AND s.ignored_at IS NULL",
            Self::Cleared => "s.state = 'cleared'",
            Self::Ignored => "s.state = 'failed' AND s.ignored_at IS NOT NULL",
        }
    }
}

/// What makes a lead worth a look before it is pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// No address people can be matched by.
    NoEmail,
    /// An address that says nothing about a company.
    FreeMail,
    /// Another lead has the same address (or, both without one, the same name and company).
    Twice,
    /// No answer to any qualifier, although there are some.
    NoQualifier,
    /// Its source is still filling it in.
    NotEnriched,
}

impl Issue {
    /// Every issue with its word on the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("no-email", Self::NoEmail),
        ("free-mail", Self::FreeMail),
        ("twice", Self::Twice),
        ("no-qualifier", Self::NoQualifier),
        ("not-enriched", Self::NotEnriched),
    ];
}

/// Which leads are listed; every part given must hold.
#[derive(Debug, Clone, Default)]
pub struct LeadFilter {
    /// Those of an event.
    pub event: Option<EventId>,
    /// Those that stand so in an account.
    pub state: Option<(AccountId, ListedState)>,
    /// Those whose name or address contains the text, in any case.
    pub search: Option<String>,
    /// Those with one of these issues; empty: all.
    pub issues: Vec<Issue>,
}

/// A lead of a list.
#[derive(Debug, Clone)]
pub struct ListedLead {
    /// The lead.
    pub lead: Lead,
    /// Those of the filter's issues it has.
    pub issues: Vec<Issue>,
}

impl Store {
    /// Shows every lead of the filter to `visit`, in order of capture into this file, until it breaks off. The list is that
    /// of one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// As every statement, or `visit`'s own.
    pub fn each_lead<E: From<StoreError>>(
        &self,
        filter: &LeadFilter,
        visit: &mut dyn FnMut(ListedLead) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        // A read transaction, unless the caller has one: pages of different moments could show a lead twice.
        let snapshot = self
            .connection
            .is_autocommit()
            .then(|| super::transaction::snapshot(&self.connection))
            .transpose()?;
        let mut after = LeadId(0);
        loop {
            let ids = self.page(filter, after)?;
            let Some(last) = ids.last() else {
                break;
            };
            after = *last;
            let twice = self.twice(filter, &ids)?;
            let asked = self.has_qualifiers()?;
            for lead in self.load_leads(&ids)? {
                let issues: Vec<Issue> = filter
                    .issues
                    .iter()
                    .copied()
                    .filter(|issue| has(*issue, &lead, &twice, asked))
                    .collect();
                if (filter.issues.is_empty() || !issues.is_empty())
                    && visit(ListedLead { lead, issues })?.is_break()
                {
                    return Ok(());
                }
            }
        }
        drop(snapshot);
        Ok(())
    }

    /// How many leads the filter selects.
    ///
    /// # Errors
    /// As every statement.
    pub fn count_listed_leads(&self, filter: &LeadFilter) -> Result<u64, StoreError> {
        let mut count = 0;
        self.each_lead::<StoreError>(filter, &mut |_| {
            count += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }

    fn page(&self, filter: &LeadFilter, after: LeadId) -> Result<Vec<LeadId>, StoreError> {
        let (sql, search) = statement(filter);
        let mut parameters: Vec<(&str, &dyn ToSql)> = vec![(":after", &after.0)];
        let event = filter.event.map(|event| event.0);
        if event.is_some() {
            parameters.push((":event", &event));
        }
        let account = filter.state.map(|(account, _)| account.0);
        if account.is_some() {
            parameters.push((":account", &account));
        }
        if search.is_some() {
            parameters.push((":search", &search));
        }
        let ids = self
            .connection
            .prepare_cached(&sql)?
            .query_map(parameters.as_slice(), |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    fn twice(&self, filter: &LeadFilter, ids: &[LeadId]) -> Result<HashSet<LeadId>, StoreError> {
        if !filter.issues.contains(&Issue::Twice) {
            return Ok(HashSet::new());
        }
        let twice = self
            .connection
            .prepare_cached(
                "SELECT l.id FROM json_each(?1) j CROSS JOIN leads l ON l.id = j.value
                 WHERE EXISTS (SELECT 1 FROM leads o WHERE o.email_key = l.email_key AND o.id <> l.id)
                    OR EXISTS (SELECT 1 FROM leads o WHERE o.person_key = l.person_key AND o.id <> l.id)",
            )?
            .query_map([json_ids(ids)?], |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        Ok(twice)
    }

    fn has_qualifiers(&self) -> Result<bool, StoreError> {
        let any = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM qualifiers WHERE archived = 0)")?
            .query_row([], |row| row.get(0))?;
        Ok(any)
    }
}

/// The statement of a page, and the pattern it searches for.
fn statement(filter: &LeadFilter) -> (String, Option<String>) {
    // The narrowest table leads, so that a rare state or a small event does not walk every lead.
    let (from, id) = match (filter.event, filter.state) {
        (Some(_), Some(_)) => (
            "event_leads e CROSS JOIN leads l ON l.id = e.lead_id AND e.event_id = :event
             CROSS JOIN sync_records s ON s.account_id = :account AND s.lead_id = l.id",
            "e.lead_id",
        ),
        (Some(_), None) => (
            "event_leads e CROSS JOIN leads l ON l.id = e.lead_id AND e.event_id = :event",
            "e.lead_id",
        ),
        (None, Some(_)) => (
            "sync_records s CROSS JOIN leads l ON l.id = s.lead_id AND s.account_id = :account",
            "s.lead_id",
        ),
        (None, None) => ("leads l", "l.id"),
    };
    let mut sql = format!("SELECT l.id FROM {from}");
    sql.push_str(&format!(" WHERE {id} > :after AND l.erased_at IS NULL"));
    if let Some((_, state)) = filter.state {
        sql.push_str(" AND ");
        sql.push_str(state.condition());
    }
    let search = filter
        .search
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(pattern);
    if search.is_some() {
        // LIKE folds ASCII only; names are searched as they are written.
        sql.push_str(
            r" AND (l.email LIKE :search ESCAPE '\' OR l.email_key LIKE :search ESCAPE '\'
               OR ifnull(l.first_name || ' ', '') || ifnull(l.last_name, '') LIKE :search ESCAPE '\'
               OR l.last_name || ' ' || l.first_name LIKE :search ESCAPE '\')",
        );
    }
    sql.push_str(&format!(" ORDER BY {id} LIMIT {PAGE}"));
    (sql, search)
}

fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn has(issue: Issue, lead: &Lead, twice: &HashSet<LeadId>, asked: bool) -> bool {
    match issue {
        Issue::NoEmail => lead.email_key.is_none(),
        Issue::FreeMail => lead
            .field("email")
            .and_then(email::domain)
            .is_some_and(|host| company::is_free_mail(&host)),
        Issue::Twice => twice.contains(&lead.id),
        Issue::NoQualifier => asked && lead.answers.is_empty(),
        Issue::NotEnriched => lead.readiness == Readiness::Enriching,
    }
}
