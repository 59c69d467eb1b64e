//! The check: what a push would be refused, found without one.
//!
//! **Same code.** The vendor's fields are read as at the beginning of a push, and every lead goes through the mapping, the
//! vendor's encoding and the local checks of a push, window by window. Nothing is written at the vendor and no lead moves;
//! the fields as they were read are kept, as every reading of them is.
//!
//! **What it cannot know.** No record is compared. Who has none known here counts as new, and of a record that is there every
//! field counts as one that would be written: what a push would leave as it is may be told as a problem. What only the
//! vendor knows (duplicate rules, triggers, unique values) is not found. People are looked up by their address for one
//! thing: whether they go by another name there ([`LookUp`]).
//!
//! **All of it.** A push stops at a lead's first refusal; here a lead counts for each, so that one round of repairs is
//! enough. [`CheckReport::would_fail`] counts it once.

mod drift;
mod findings;
mod fixes;
mod judge;
mod names;
mod refusals;

use std::sync::Arc;

use serde::Serialize;

use super::campaigns::{Ahead, CampaignDesk};
use super::events::Silent;
use super::session::{Session, SessionParts};
use super::set_up::is_match_key;
use super::working::WINDOW;
use crate::clock::Clock;
use crate::domain::category::Category;
use crate::domain::hints::quote;
use crate::domain::ids::{AccountId, ClaimId, EventId, LeadId, LeadIds, RunId};
use crate::domain::integration::Integration;
use crate::domain::qualifier::Qualifier;
use crate::domain::run::Trigger;
use crate::store::mappings::StoredRule;
use crate::store::{RunFrame, StoreError, StoreHandle};
use crate::vendors::{CallError, KeyKind, Vendor};
use drift::Drifts;
use findings::Findings;
use fixes::Repairs;
use judge::Judge;
use names::Names;
pub use names::OtherName;

/// What a check works with.
pub struct CheckContext {
    /// The store, behind its thread.
    pub store: StoreHandle,
    /// The vendor, signed in.
    pub vendor: Arc<dyn Vendor>,
    /// The connection.
    pub integration: Integration,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who is looked up.
    pub look_up: LookUp,
}

/// Who is looked up at the vendor, to tell who goes by another name there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LookUp {
    /// Nobody.
    Nobody,
    /// As many as a handful of requests tell of.
    #[default]
    Few,
    /// Everybody, whatever it costs.
    Everybody,
}

/// Why nothing can be told.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The vendor's fields or campaigns cannot be read.
    #[error(transparent)]
    Call(Box<CallError>),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What would fail, and what changed at the vendor.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// Leads looked at: waiting and failed ones.
    pub checked: u64,
    /// Of those, how many would fail.
    pub would_fail: u64,
    /// Why, the most leads first; a lead counts for each of its problems.
    pub problems: Vec<Problem>,
    /// What became of mapped fields since their rows were made.
    pub drift: Vec<Drift>,
    /// People a push would match by their address though they go by another name there.
    pub other_names: Vec<OtherName>,
    /// People of whom that is not known, since they were not looked up.
    pub not_looked_up: u64,
    /// The requests that would tell; `None`: nobody can say.
    #[serde(skip)]
    pub requests: Option<u64>,
    /// What fails no lead, but is worth a look.
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// One cause, with the command that settles it.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// The board's category.
    pub category: Category,
    /// The vendor's object.
    pub object: Option<String>,
    /// What fills the field: ours, or a qualifier's name.
    pub field: Option<String>,
    /// The vendor's field.
    pub remote: Option<String>,
    /// The refused value, where it tells causes apart.
    pub value: Option<String>,
    /// How many leads.
    pub count: u64,
    /// The command.
    pub fix: String,
    /// The option, or the field, that is probably meant.
    #[serde(skip)]
    pub guess: Option<String>,
    /// One of the refusals, in words.
    #[serde(skip)]
    pub message: String,
}

/// One difference between a mapped field as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// The vendor's object.
    pub object: String,
    /// The vendor's field.
    pub remote: String,
    /// What it was when the row was made.
    pub was: String,
    /// What it is.
    pub is: String,
    /// Leads checked that have a value for it.
    pub leads: u64,
    /// The command that accepts it.
    #[serde(skip)]
    pub accept: String,
}

/// Something worth a look that fails no lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A sentence without full stop.
    pub message: String,
    /// The command.
    pub command: String,
}

/// What the file tells beforehand.
struct Known {
    rules: Vec<StoredRule>,
    qualifiers: Vec<crate::domain::mapping::QualifierRule>,
    /// Every qualifier, archived ones too.
    asked: Vec<Qualifier>,
    events: Vec<crate::domain::event::Event>,
    fed: std::collections::BTreeSet<EventId>,
    leads: Vec<LeadId>,
    ids: LeadIds,
    must_be_named: bool,
}

/// Checks the leads of one event, or all.
///
/// # Errors
/// Where the file fails, or the vendor does not tell its fields: what they were says nothing of what a push would meet.
pub async fn check(
    context: CheckContext,
    event: Option<EventId>,
) -> Result<CheckReport, CheckError> {
    let Some(account) = context.integration.account.as_ref().map(|of| of.id) else {
        return Err(StoreError::Unexpected("a check without an account".to_owned()).into());
    };
    let (known, campaigns) = read(&context, account, event).await?;
    let session = session(&context, account, event, &known, campaigns);
    let call = |error| CheckError::Call(Box::new(error));
    session.read_metadata().await.map_err(call)?;
    let ahead = Ahead::read(&session, &known.fed).await?.map_err(call)?;
    let repairs = Repairs::new(&session, &known, event).await;
    let mut drifts = Drifts::of(&session, &repairs, &known.rules, &known.qualifiers);
    let mut names = Names::new(&session, context.look_up);
    let mut findings = Findings::default();
    let mut judge = Judge::new(&session, &ahead, &known.asked).await;
    let mut pages = known.leads.chunks(WINDOW).map(<[LeadId]>::to_vec);
    let mut read = || {
        let page = pages.next();
        page.map(|page| {
            context
                .store
                .begin(move |store| store.queued_leads(account, &page))
        })
        .transpose()
    };
    let mut next = read()?;
    while let Some(page) = next {
        let queued = page.answer().await?;
        // The next page is read while this one is judged.
        next = read()?;
        judge
            .judge(queued, &mut findings, &mut drifts, &mut names)
            .await?;
    }
    let told = names.look_up(&mut findings).await;
    let warnings = warnings(&session, &judge, &repairs);
    let drift = drifts.told(&repairs);
    Ok(CheckReport {
        checked: findings.checked,
        would_fail: findings.would_fail,
        problems: repairs.problems(findings, &drift),
        drift,
        other_names: told.people,
        not_looked_up: told.left_out,
        requests: told.requests,
        warnings,
    })
}

async fn read(
    context: &CheckContext,
    account: AccountId,
    event: Option<EventId>,
) -> Result<(Known, CampaignDesk), StoreError> {
    let integration = context.integration.clone();
    let info = context.vendor.info();
    let (marks, has_campaigns) = (info.marks, info.campaigns.is_some());
    context
        .store
        .call(move |store| {
            let campaigns = match has_campaigns || !marks.is_empty() {
                true => CampaignDesk::new(
                    store.campaign_rules(account)?,
                    store.campaigns(account)?,
                    marks,
                ),
                false => CampaignDesk::default(),
            };
            let known = Known {
                rules: store.stored_rules(integration.id)?,
                qualifiers: store.qualifier_rules(integration.id)?,
                asked: store.qualifiers(true)?,
                events: store.events()?,
                fed: store.events_to_check(account, event)?,
                leads: store.leads_to_check(account, event)?,
                ids: store.ids().clone(),
                must_be_named: store.must_be_named(&integration)?,
            };
            Ok((known, campaigns))
        })
        .await
}

/// A session that reads: it has no run and no claim, and nothing in it is committed.
fn session(
    context: &CheckContext,
    account: AccountId,
    event: Option<EventId>,
    known: &Known,
    campaigns: CampaignDesk,
) -> Session {
    Session::new(SessionParts {
        vendor: Arc::clone(&context.vendor),
        store: context.store.clone(),
        file: context.store.clone(),
        rehearsal: None,
        clock: Arc::clone(&context.clock),
        reporter: Arc::new(Silent),
        integration: context.integration.clone(),
        frame: RunFrame {
            run: RunId(0),
            account,
            trigger: Trigger::Manual,
            event,
            integration_revision: context.integration.revision,
        },
        claim: ClaimId(0),
        rules: known.rules.iter().map(|row| row.rule.clone()).collect(),
        qualifiers: known.qualifiers.clone(),
        campaigns,
        again: false,
        settle: None,
        max_failures: None,
        ids: known.ids.clone(),
        due: known.leads.len() as u64,
    })
}

/// What fails nobody: people who cannot be found again (decisions.md 46), answers that were to be given (decisions.md 33).
fn warnings(session: &Session, judge: &Judge<'_>, repairs: &Repairs<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let object = session.plan.create_person;
    let by_address = session
        .plan
        .person
        .iter()
        .any(|step| step.object == object && step.by == KeyKind::Email);
    let info = session.object(object).filter(|_| by_address);
    let filled = |info| {
        let mut rules = session.rules.iter();
        rules.any(|rule| rule.object == object && is_match_key(info, rule))
    };
    if let Some(info) = info.filter(|info| !filled(*info)) {
        let remote = session.plan.identity.email;
        warnings.push(Warning {
            message: format!(
                "no row fills {}.{remote}: nobody is found again by an address, and a lost answer cannot be told apart",
                info.key
            ),
            command: repairs.scoped(format!("mobly-sync mapping set email {remote} --object {object}")),
        });
    }
    for (qualifier, count) in judge.unanswered() {
        let (leads, lack) = match count {
            1 => ("1 lead".to_owned(), "has"),
            several => (format!("{several} leads"), "have"),
        };
        let event = repairs
            .event()
            .map(|event| format!(" --event {}", quote(event)));
        warnings.push(Warning {
            message: format!("{leads} {lack} no answer to {qualifier:?}, which is required"),
            command: format!(
                "mobly-sync lead list --issue no-qualifier{}",
                event.unwrap_or_default()
            ),
        });
    }
    warnings
}
