//! What a record that is made again holds, whose it is, and what it is looked up by.

use serde_json::Value;

use super::super::super::plan::Remake;
use super::super::Carrying;
use super::Case;
use crate::domain::company::website_host;
use crate::domain::email;
use crate::domain::lead::Role;
use crate::domain::write::is_blank;
use crate::engine::session::Session;
use crate::store::{Store, StoreError, Subject};
use crate::vendors::{KeyKind, LinkKind, Values};

impl Carrying<'_> {
    pub(super) async fn prepare(
        &self,
        object: &'static str,
        steps: Vec<Remake>,
    ) -> Result<Vec<Case>, StoreError> {
        let mut cases = Vec::with_capacity(steps.len());
        for step in steps {
            let values = self.values(object, &step);
            let (subject, links) = self.whose(&step).await?;
            cases.push(Case {
                key: key(self.session, &step, &values),
                step,
                values,
                subject,
                lost: None,
                links,
            });
        }
        let (account, run) = (self.session.frame.account, self.of.run);
        let subjects: Vec<Subject> = cases.iter().map(|case| case.subject.clone()).collect();
        let look = move |store: &mut Store| {
            let doubts = store.doubts(account, object, &subjects)?;
            Ok((doubts, store.creates_cut_off(run, object)?))
        };
        let (doubts, cut_off) = self.session.store.call(look).await?;
        for case in &mut cases {
            let doubt = doubts.get(&case.subject);
            let lost = doubt.or(cut_off.get(case.subject.as_str()));
            case.lost = lost.copied();
        }
        Ok(cases)
    }

    /// What it held; a company it stood under may itself have been made again.
    fn values(&self, object: &'static str, step: &Remake) -> Values {
        let before = step.item.change.before.as_ref();
        let before = before.and_then(|before| before.as_object());
        let mut values: Values = before
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let order = &self.session.plan;
        if let LinkKind::InPerson { field, .. } = order.link
            && let (Some(company), Some(value)) = (order.create_company, values.get_mut(field))
        {
            *value = self.carried.remade.follow(company, value);
        }
        self.session.vendor.settle(object, None, &mut values);
        values
    }

    /// What the request is about, and the companies the person is joined to.
    async fn whose(
        &self,
        step: &Remake,
    ) -> Result<(Subject, Vec<(&'static str, String)>), StoreError> {
        let session = self.session;
        let (account, run) = (session.frame.account, self.of.run);
        let old = step.item.change.remote_id.clone();
        let lead = step.item.leads.first().copied();
        let is_company = step.info.role == Role::Company;
        let by_association = matches!(session.plan.link, LinkKind::Association { .. });
        let company = session.plan.create_company;
        let company = company.filter(|_| !is_company && by_association);
        let look = move |store: &mut Store| {
            let keys = store.undone_company_keys(run, &old)?;
            let subject = match (lead, keys.first()) {
                (_, Some(key)) if is_company => Subject::company(key),
                (Some(lead), _) if !is_company => Subject::lead(lead),
                _ => Subject::putting_back(&old),
            };
            let (Some(lead), Some(company)) = (lead, company) else {
                return Ok((subject, Vec::new()));
            };
            let mut links = store.remote_links(account, lead)?;
            links.retain(|link| link.object == company);
            let links = links.into_iter().map(|link| (company, link.remote_id));
            Ok((subject, links.collect()))
        };
        session.store.call(look).await
    }
}

/// What a record is found by: a person's address, a company's domain or name.
fn key(session: &Session, step: &Remake, values: &Values) -> Option<(KeyKind, String)> {
    let text = |name: &str| {
        let value = values.get(name).filter(|value| !is_blank(value))?;
        value.as_str().map(str::to_owned)
    };
    let keys = &session.plan.company_keys;
    let wanted = match step.info.role {
        Role::Company => {
            let host = text(keys.domain).and_then(|text| website_host(&text));
            [
                host.map(|host| (KeyKind::Domain, host)),
                text(keys.name).map(|name| (KeyKind::Name, name)),
            ]
        }
        Role::Persona => {
            let address = text(session.plan.identity.email).or_else(|| listed_address(values));
            let address = address.and_then(|text| email::key(&text));
            [address.map(|address| (KeyKind::Email, address)), None]
        }
    };
    wanted.into_iter().flatten().find(|(by, _)| {
        let mut lookups = step.info.lookups.iter();
        lookups.any(|lookup| lookup.by == *by)
    })
}

/// The first address where a vendor keeps several in a list of entries, the one they call primary before the others.
fn listed_address(values: &Values) -> Option<String> {
    let entries = values.values().filter_map(Value::as_array).flatten();
    let mut addresses: Vec<(bool, &str)> = entries
        .filter_map(|entry| Some((entry["primary"] == true, entry["value"].as_str()?)))
        .filter(|(_, text)| email::is_valid(text))
        .collect();
    addresses.sort_by_key(|(is_primary, _)| !is_primary);
    addresses.first().map(|(_, text)| (*text).to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_among_entries_is_found() {
        let address = |values: Value| listed_address(&serde_json::from_value(values).unwrap());
        let emails = json!([{"value": "bob@home.com"}, {"value": "bob@beta.com", "primary": true}]);
        let phones = json!([{"value": "+44 20 5550", "primary": true}]);
        assert_eq!(
            address(json!({"phones": phones, "emails": emails, "name": "Bob"})),
            Some("bob@beta.com".to_owned())
        );
        assert_eq!(
            address(json!({"phones": phones, "labels": ["a@b.com"]})),
            None
        );
    }
}
