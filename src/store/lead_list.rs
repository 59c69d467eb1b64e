//! Lists of leads, one page at a time: a million leads are never in memory together.

use std::ops::ControlFlow;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::expression::{self, Place};
use super::{Store, StoreError};
use crate::domain::expression::Expression;
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::lead::Lead;

pub use super::lead_issues::Issue;

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
    /// Those an expression holds for.
    pub matching: Option<Expression>,
    /// The account whose states the expression means; without one no lead has a state.
    pub place: Option<AccountId>,
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
        self.each_page(filter, &mut |page| {
            let ids: Vec<LeadId> = page.iter().map(|found| found.lead).collect();
            let mut issues = page.into_iter().map(|found| (found.lead, found.issues));
            for lead in self.load_leads(&ids)? {
                // Both are in the same order; a lead that is gone is left out of the second.
                let issues = issues
                    .by_ref()
                    .find(|(id, _)| *id == lead.id)
                    .map(|(_, issues)| issues)
                    .unwrap_or_default();
                if visit(ListedLead { lead, issues })?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// The leads of the filter, without reading them.
    ///
    /// # Errors
    /// As every statement.
    pub fn listed_leads(&self, filter: &LeadFilter) -> Result<Vec<LeadId>, StoreError> {
        let mut leads = Vec::new();
        self.each_page::<StoreError>(filter, &mut |page| {
            leads.extend(page.into_iter().map(|found| found.lead));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(leads)
    }

    /// How many leads the filter selects.
    ///
    /// # Errors
    /// As every statement.
    pub fn count_listed_leads(&self, filter: &LeadFilter) -> Result<u64, StoreError> {
        Ok(self.listed_leads(filter)?.len() as u64)
    }

    fn each_page<E: From<StoreError>>(
        &self,
        filter: &LeadFilter,
        visit: &mut dyn FnMut(Vec<Found>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        // A read transaction, unless the caller has one: pages of different moments could show a lead twice.
        let snapshot = self
            .connection
            .is_autocommit()
            .then(|| super::transaction::snapshot(&self.connection))
            .transpose()?;
        if filter.issues.contains(&Issue::Twice) {
            self.find_twins()?;
        }
        let mut after = LeadId(0);
        loop {
            let page = self.page(filter, after)?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.lead;
            if visit(page)?.is_break() {
                break;
            }
        }
        drop(snapshot);
        Ok(())
    }

    fn page(&self, filter: &LeadFilter, after: LeadId) -> Result<Vec<Found>, StoreError> {
        let (sql, parameters) = statement(filter, after);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            let mut issues = Vec::new();
            for (index, issue) in filter.issues.iter().enumerate() {
                if row.get(index + 1)? {
                    issues.push(*issue);
                }
            }
            let lead = LeadId(row.get(0)?);
            page.push(Found { lead, issues });
        }
        Ok(page)
    }
}

/// A lead of a page, before it is read.
struct Found {
    lead: LeadId,
    issues: Vec<Issue>,
}

/// The statement of a page, with its parameters in the order of the text.
fn statement(filter: &LeadFilter, after: LeadId) -> (String, Vec<Value>) {
    let mut parameters = Vec::new();
    let mut sql = String::from("SELECT l.id");
    for issue in &filter.issues {
        sql.push_str(&format!(", {}", issue.condition()));
    }
    // The narrowest table leads, so that a rare state or a small event does not walk every lead.
    let id = match (filter.event, filter.state) {
        (Some(_), _) => "e.lead_id",
        (None, Some(_)) => "s.lead_id",
        (None, None) => "l.id",
    };
    sql.push_str(match id {
        "e.lead_id" => {
            " FROM event_leads e CROSS JOIN leads l ON l.id = e.lead_id AND e.event_id = ?"
        }
        "s.lead_id" => {
            " FROM sync_records s CROSS JOIN leads l ON l.id = s.lead_id AND s.account_id = ?"
        }
        _ => " FROM leads l",
    });
    parameters.extend(filter.event.map(|event| Value::Integer(event.0)));
    if let Some((account, _)) = filter.state {
        if filter.event.is_some() {
            sql.push_str(" CROSS JOIN sync_records s ON s.account_id = ? AND s.lead_id = l.id");
        }
        parameters.push(Value::Integer(account.0));
    }
    sql.push_str(&format!(" WHERE {id} > ? AND l.erased_at IS NULL"));
    parameters.push(Value::Integer(after.0));
    if let Some((_, state)) = filter.state {
        sql.push_str(" AND ");
        sql.push_str(state.condition());
    }
    add_search(filter, &mut sql, &mut parameters);
    if let Some(expression) = &filter.matching {
        let place = filter.place.map_or(Place::Nowhere, Place::Account);
        let condition = expression::condition(expression, place);
        sql.push_str(" AND ");
        sql.push_str(&condition.text);
        parameters.extend(condition.parameters);
    }
    if !filter.issues.is_empty() {
        let any: Vec<&str> = filter
            .issues
            .iter()
            .map(|issue| issue.condition())
            .collect();
        sql.push_str(&format!(" AND ({})", any.join(" OR ")));
    }
    sql.push_str(&format!(" ORDER BY {id} LIMIT {PAGE}"));
    (sql, parameters)
}

fn add_search(filter: &LeadFilter, sql: &mut String, parameters: &mut Vec<Value>) {
    let search = filter.search.as_deref().map(str::trim);
    let Some(text) = search.filter(|text| !text.is_empty()) else {
        return;
    };
    // LIKE folds ASCII only; names are searched as they are written.
    sql.push_str(
        r" AND (l.email LIKE ? ESCAPE '\' OR l.email_key LIKE ? ESCAPE '\'
           OR ifnull(l.first_name || ' ', '') || ifnull(l.last_name, '') LIKE ? ESCAPE '\'
           OR l.last_name || ' ' || l.first_name LIKE ? ESCAPE '\')",
    );
    parameters.extend(vec![Value::Text(pattern(text)); 4]);
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
