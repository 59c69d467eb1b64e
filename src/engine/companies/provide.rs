//! Which companies leads need, and what the end of each means for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CompanyEnd, Demand, merge_demand, resolve};
use crate::domain::category::Category;
use crate::domain::company;
use crate::domain::lead::Lead;
use crate::domain::mapping::Outgoing;
use crate::engine::session::Session;
use crate::engine::work::Work;
use crate::store::{Commit, StoreError};

/// Finds or makes the companies of some leads. A lead ends here where its company cannot be known yet, or was refused and
/// nobody may be there without one.
pub(in crate::engine) async fn provide(
    session: &Session,
    works: &mut [Work],
    who: &[usize],
) -> Result<(), StoreError> {
    let demands = demands(works, who);
    if demands.is_empty() {
        return Ok(());
    }
    let ends = resolve(session, demands.into_values().collect()).await?;
    let mut commit = Commit::default();
    for index in who {
        let work = &mut works[*index];
        let Some(key) = company_key(work).filter(|_| !work.closed) else {
            continue;
        };
        let Some(end) = ends.get(&key).cloned() else {
            continue;
        };
        match &*end {
            CompanyEnd::NotBefore(until) => {
                session.park(work.lead(), *until);
                work.closed = true;
            }
            CompanyEnd::Nobodys { category, message } => {
                work.interrupt(&mut commit, *category, message.clone());
            }
            CompanyEnd::Failed { failure, phase, .. }
                if !session.plan.person_stands_alone
                    || matches!(failure.category, Category::Authentication) =>
            {
                work.company_end = Some(Arc::clone(&end));
                let (phase, failure) = (*phase, failure.clone());
                work.fail(session, &mut commit, phase, failure);
            }
            _ => work.company_end = Some(end),
        }
    }
    session.commit(commit).await
}

fn company_key(work: &Work) -> Option<String> {
    key_of(&work.queued.lead, &work.company)
}

/// What a lead's company is known by here; none where nothing is said of one.
pub(in crate::engine) fn key_of(lead: &Lead, mapped: &[Outgoing]) -> Option<String> {
    if mapped.is_empty() {
        return None;
    }
    let domain = lead
        .company_domain()
        .map(|(domain, _)| format!("d:{domain}"));
    domain.or_else(|| {
        lead.field("companyName")
            .and_then(company::name_key)
            .map(|name| format!("n:{name}"))
    })
}

/// The companies these leads need, each once; leads come oldest first, so the newest word on a field wins.
fn demands(works: &[Work], who: &[usize]) -> BTreeMap<String, Demand> {
    let mut demands = BTreeMap::new();
    for work in who
        .iter()
        .map(|index| &works[*index])
        .filter(|work| !work.closed)
    {
        let Some(key) = company_key(work) else {
            continue;
        };
        let is_news = work.says_of_company();
        let demand = Demand::of(key, &work.queued.lead, work.company.clone(), is_news);
        merge_demand(&mut demands, demand);
    }
    demands
}
