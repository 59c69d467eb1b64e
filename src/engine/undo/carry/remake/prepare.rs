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
                keys: keys(self.session, &step, &values),
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
            .filter(|(_, value)| !is_blank(value))
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

/// What a record is found by: a company's domain, or its name; all of a person's addresses.
fn keys(session: &Session, step: &Remake, values: &Values) -> Vec<(KeyKind, String)> {
    let has = |by: KeyKind| step.info.lookups.iter().any(|lookup| lookup.by == by);
    let of = |name: &str| values.get(name).map(texts).unwrap_or_default();
    if step.info.role == Role::Company {
        let known = session.plan.company_keys;
        let hosts = of(known.domain).into_iter();
        let hosts = hosts.filter_map(|text| website_host(&text));
        let hosts = hosts.map(|host| (KeyKind::Domain, host));
        let names = of(known.name).into_iter();
        let names = names.map(|name| (KeyKind::Name, name));
        let first = hosts.chain(names).find(|(by, _)| has(*by));
        return first.into_iter().collect();
    }
    if !has(KeyKind::Email) {
        return Vec::new();
    }
    // Some vendors read a person's address from another field than they write it to.
    let mut rows = session.vendor.info().defaults.iter();
    let written = rows.find(|row| row.object == step.info.key && row.field == "email");
    let fields = [session.plan.identity.email]
        .into_iter()
        .chain(written.map(|row| row.remote));
    let mut addresses: Vec<String> = fields
        .flat_map(of)
        .filter_map(|text| email::key(&text))
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    let addresses = addresses.into_iter();
    addresses.map(|address| (KeyKind::Email, address)).collect()
}

/// The texts of a value: its own, or those of a list; an entry may be a record that holds it as its `value`.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.clone()],
        Value::Array(entries) => entries.iter().flat_map(texts).collect(),
        Value::Object(entry) => entry.get("value").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::texts;

    #[test]
    fn texts_are_read_from_lists_too() {
        assert_eq!(texts(&json!("a@b.co")), ["a@b.co"]);
        assert_eq!(texts(&json!(["a@b.co", " "])), ["a@b.co"]);
        let list =
            json!([{"value": "a@b.co", "primary": true}, {"value": "c@d.co"}, {"label": "work"}]);
        assert_eq!(texts(&list), ["a@b.co", "c@d.co"]);
        assert!(texts(&json!(null)).is_empty() && texts(&json!(7)).is_empty());
    }
}
