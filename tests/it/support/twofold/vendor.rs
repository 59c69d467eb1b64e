//! The vendor itself: what it holds, and how it answers.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mobly_sync::domain::category::Category;
use mobly_sync::domain::failure::Failure;
use mobly_sync::domain::remote::{ObjectSchema, RemoteField, RemoteKind, RemoteOption};
use mobly_sync::vendors::{
    ActivityDraft, ActivityQuery, CallError, CallErrorKind, CallTrace, Change, Find, FindAnswer,
    Found, KeyKind, LinkAnswer, MatchPlan, Member, MemberAnswer, MemberRow, RemoteAccount,
    RemoteCampaign, RemoteId, RemoteRecord, Row, RowAnswer, Values, Vendor, VendorInfo, Verdict,
    WriteAnswer,
};
use serde_json::{Value, json};

use super::info::{FIELDS, LABELS, SHOWS};
use super::{ACCOUNT, LEAD};
use crate::support::members::Campaigns;
use crate::support::tasks;

/// What the vendor holds, and what it was asked.
#[derive(Default)]
pub(crate) struct There {
    pub(crate) records: Vec<RemoteRecord>,
    /// `find lead Email 3`, `create contact 2` …
    pub(crate) calls: Vec<String>,
    /// Answers to rows of this address (or this text), each given once, in order.
    pub(crate) scripted: HashMap<String, Vec<Verdict>>,
    /// Records that somebody converts just before they are written.
    pub(crate) converting: HashMap<String, (&'static str, String)>,
    /// How many writes of an object are done and never answered.
    pub(crate) lost: HashMap<&'static str, usize>,
    /// How many writes of an object are neither done nor answered.
    pub(crate) dropped: HashMap<&'static str, usize>,
    /// A text that has its whole request refused, without a word about rows.
    pub(crate) refuses: Option<&'static str>,
    /// Parents that a request is at just now.
    busy: HashSet<String>,
    /// Parents that two requests were at.
    pub(crate) met: Vec<String>,
    /// Whether a write waits a moment for another one to meet.
    pub(crate) sociable: bool,
    at_once: usize,
    /// The most writes at the same time.
    pub(crate) most_at_once: usize,
    /// Persons who are not there are brought by somebody else.
    pub(crate) makes_nobody: bool,
    /// Accounts are somebody else's to write.
    pub(crate) keeps_accounts: bool,
    /// New accounts are known by an id of ours.
    pub(crate) named_by_us: bool,
    /// The options of the lead's fields that have some.
    pub(crate) options: HashMap<&'static str, Vec<&'static str>>,
    /// Its campaigns.
    pub(crate) campaigns: Campaigns,
}

impl There {
    /// Puts a record there; its id.
    pub(crate) fn put(&mut self, object: &'static str, id: &str, values: &[(&str, &str)]) {
        let values = values.iter();
        self.records.push(RemoteRecord {
            object,
            id: id.into(),
            values: values
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect(),
            created: None,
            instead: None,
        });
    }

    pub(crate) fn convert(&mut self, id: &str, instead: (&'static str, &str)) {
        let found = self.records.iter_mut().find(|record| record.id == id);
        found.unwrap().instead = Some((instead.0, instead.1.to_owned()));
    }

    pub(crate) fn remove(&mut self, object: &str, id: &str) {
        self.records
            .retain(|record| (record.object, record.id.as_str()) != (object, id));
    }

    pub(crate) fn of(&self, object: &str) -> Vec<&RemoteRecord> {
        let records = self.records.iter();
        records.filter(|record| record.object == object).collect()
    }

    pub(crate) fn value(&self, object: &str, id: &str, field: &str) -> Value {
        let mut records = self.records.iter();
        let found = records.find(|record| (record.object, record.id.as_str()) == (object, id));
        found
            .and_then(|record| record.values.get(field).cloned())
            .unwrap_or_default()
    }

    /// How many calls begin so.
    pub(crate) fn called(&self, beginning: &str) -> usize {
        let calls = self.calls.iter();
        calls.filter(|call| call.starts_with(beginning)).count()
    }

    fn write_row(&mut self, object: &'static str, row: &Row) -> Verdict {
        let told = ["Email", "Text"];
        let mut told = told
            .iter()
            .filter_map(|name| row.change.values().get(*name));
        let told = told.next().and_then(Value::as_str);
        if let Some(script) = told.and_then(|email| self.scripted.get_mut(email))
            && !script.is_empty()
        {
            return script.remove(0);
        }
        if object == ACCOUNT && self.keeps_accounts {
            let failure = Failure::new(Category::Connection, "not yours").with_code("NOT_YOURS");
            return Verdict::Refused(failure);
        }
        if let Some(account) = row.change.values().get("AccountId")
            && !self.records.iter().any(|held| *account == held.id)
        {
            return Verdict::LinkGone;
        }
        match &row.change {
            Change::Create { values } => {
                let id = format!("{object}-{}", self.records.len() + 1);
                self.records.push(RemoteRecord {
                    object,
                    id: id.clone(),
                    values: values.clone(),
                    // Later than whatever was sent, however time runs here.
                    created: Some("2100-01-01T00:00:00Z".parse().unwrap()),
                    instead: None,
                });
                Verdict::Done { id, stored: None }
            }
            Change::Update { id, .. } if self.converting.contains_key(id) => {
                let (object, instead) = self.converting.remove(id).unwrap_or_default();
                self.convert(id, (object, &instead));
                Verdict::Gone
            }
            Change::Update { id, values } => {
                let mut records = self.records.iter_mut();
                let held = records.find(|held| held.object == object && held.id == *id);
                let Some(held) = held else {
                    return Verdict::Gone;
                };
                assert!(held.instead.is_none(), "a converted record was written");
                held.values.extend(values.clone());
                Verdict::Done {
                    id: id.clone(),
                    stored: None,
                }
            }
        }
    }
}

/// The vendor.
pub(crate) struct Twofold {
    pub(super) info: &'static VendorInfo,
    pub(super) plan: MatchPlan,
    pub(super) there: Arc<Mutex<There>>,
}

impl Twofold {
    fn is_alone(&self) -> bool {
        let there = self.there.lock().unwrap();
        there.sociable && there.at_once < 2
    }
}

fn text(name: &str) -> RemoteField {
    RemoteField {
        name: name.into(),
        label: name.into(),
        kind: RemoteKind::Text,
        max_length: None,
        options: None,
        required_on_create: false,
        writable: true,
        unique: false,
        custom: false,
        opt_out: false,
        rules: Vec::new(),
    }
}

fn option(value: &str) -> RemoteOption {
    RemoteOption {
        value: value.into(),
        label: value.into(),
    }
}

fn trace() -> CallTrace {
    CallTrace {
        method: "POST".into(),
        url: "https://twofold.example".into(),
        status: 200,
        ..CallTrace::default()
    }
}

#[async_trait]
impl Vendor for Twofold {
    fn info(&self) -> &'static VendorInfo {
        self.info
    }

    fn plan(&self) -> MatchPlan {
        self.plan.clone()
    }

    fn makes_persons(&self) -> bool {
        !self.there.lock().unwrap().makes_nobody
    }

    fn company_key(
        &self,
        domain: Option<&str>,
        name: Option<&str>,
    ) -> Option<(&'static str, String)> {
        let ours = self.there.lock().unwrap().named_by_us;
        let key = domain.or(name).filter(|_| ours)?;
        Some(("Key", format!("ours:{key}")))
    }

    fn leaves_companies(&self, failure: &Failure) -> bool {
        failure.code.as_deref() == Some("NOT_YOURS")
    }

    async fn account(&self) -> Result<RemoteAccount, CallError> {
        Err(CallError::unsupported("accounts"))
    }

    async fn describe(
        &self,
        object: &'static str,
        _: &[String],
    ) -> Result<ObjectSchema, CallError> {
        let names = FIELDS.iter().find(|(key, _)| *key == object).unwrap().1;
        let fields = names.iter().map(|name| RemoteField {
            required_on_create: *name == "LastName" || (object == ACCOUNT && *name == "Name"),
            ..text(name)
        });
        let there = self.there.lock().unwrap();
        let lists = [(LABELS, RemoteKind::Many), (SHOWS, RemoteKind::One)];
        let lists = lists.into_iter().filter(|_| object == LEAD);
        let lists = lists.filter_map(|(name, kind)| Some((name, kind, there.options.get(name)?)));
        let lists = lists.map(|(name, kind, options)| RemoteField {
            kind,
            options: Some(options.iter().map(|value| option(value)).collect()),
            ..text(name)
        });
        Ok(ObjectSchema {
            fields: fields.chain(lists).collect(),
        })
    }

    async fn find(&self, find: &Find) -> Result<FindAnswer, CallError> {
        let mut there = self.there.lock().unwrap();
        there.calls.push(format!(
            "find {} {:?} {}",
            find.object,
            find.by,
            find.keys.join(" ")
        ));
        let text = |record: &RemoteRecord, field: &str| {
            let value = record.values.get(field).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let holds = |record: &RemoteRecord, key: &str| match find.by {
            KeyKind::Id => record.id == key,
            KeyKind::Email => text(record, "Email").eq_ignore_ascii_case(key),
            KeyKind::Domain => text(record, "Website").contains(key),
            KeyKind::Name if find.object == ACCOUNT => text(record, "Name") == key,
            KeyKind::Name => {
                format!("{}|{}", text(record, "FirstName"), text(record, "LastName")) == key
            }
            KeyKind::ExternalId => false,
        };
        let keys = find.keys.iter();
        let found = keys.map(|key| Found {
            key: key.clone(),
            records: there
                .of(find.object)
                .into_iter()
                .filter(|record| holds(record, key))
                .map(|record| RemoteRecord {
                    // Only what was asked for is told.
                    values: record
                        .values
                        .iter()
                        .filter(|(name, _)| find.fields.contains(name))
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                    ..record.clone()
                })
                .collect(),
        });
        Ok(FindAnswer {
            found: found.collect(),
            call: trace(),
        })
    }

    async fn write(&self, object: &'static str, rows: &[Row]) -> Result<WriteAnswer, CallError> {
        let kind = if rows[0].change.is_create() {
            "create"
        } else {
            "update"
        };
        let parents: HashSet<String> = {
            let mut there = self.there.lock().unwrap();
            there.calls.push(format!("{kind} {object} {}", rows.len()));
            there.at_once += 1;
            there.most_at_once = there.most_at_once.max(there.at_once);
            let parents = rows.iter().filter_map(|row| match &row.change {
                Change::Create { values } => {
                    let parent = values.get("AccountId").or(values.get("Who"));
                    Some(parent?.as_str()?.to_owned())
                }
                Change::Update { id, .. } => there
                    .value(object, id, "AccountId")
                    .as_str()
                    .map(str::to_owned),
            });
            let parents: HashSet<String> = parents.collect();
            for parent in &parents {
                if !there.busy.insert(parent.clone()) {
                    there.met.push(parent.clone());
                }
            }
            parents
        };
        // Another batch joins it, or nothing lets it: then it has waited long enough.
        let begun = std::time::Instant::now();
        while self.is_alone() && begun.elapsed() < std::time::Duration::from_millis(100) {
            tokio::task::yield_now().await;
        }
        let mut there = self.there.lock().unwrap();
        there.at_once -= 1;
        there.busy.retain(|parent| !parents.contains(parent));
        let no_answer = || {
            CallError::new(CallErrorKind::OutcomeUnknown {
                message: "no answer".into(),
                may_run: std::time::Duration::ZERO,
            })
        };
        if let Some(left) = there.dropped.get_mut(object)
            && *left > 0
        {
            *left -= 1;
            return Err(no_answer());
        }
        let texts = rows
            .iter()
            .filter_map(|row| row.change.values().get("Text"));
        if texts
            .into_iter()
            .any(|text| Some(text) == there.refuses.map(Value::from).as_ref())
        {
            return Err(CallError::new(CallErrorKind::Refused {
                failure: Failure::new(Category::ValidationRule, "not this word"),
                guilty: Vec::new(),
            }));
        }
        let answers = rows.iter().map(|row| RowAnswer {
            trace: row.trace.clone(),
            verdict: there.write_row(object, row),
            sent: serde_json::to_value(row.change.values()).unwrap(),
            received: Value::Null,
        });
        let rows = answers.collect();
        match there.lost.get_mut(object) {
            Some(left) if *left > 0 => {
                *left -= 1;
                Err(no_answer())
            }
            _ => Ok(WriteAnswer {
                job: None,
                rows,
                call: trace(),
            }),
        }
    }

    async fn campaign(&self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.there.lock().unwrap().campaigns.get(id)
    }

    async fn members(
        &self,
        campaign: &RemoteCampaign,
        persons: &[(&'static str, RemoteId)],
    ) -> Result<Vec<Option<Member>>, CallError> {
        let mut there = self.there.lock().unwrap();
        Ok(there.campaigns.members(&campaign.id, persons))
    }

    async fn join_campaign(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        self.there.lock().unwrap().campaigns.begin(&campaign.id);
        // Others get their turn: whoever may be at the same campaign meets this request.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        let mut there = self.there.lock().unwrap();
        there.campaigns.join(&campaign.id, rows, trace())
    }

    fn activity(&self, draft: &ActivityDraft) -> Result<Row, Failure> {
        Ok(tasks::row(draft))
    }

    async fn find_activities(
        &self,
        asked: &[ActivityQuery],
        _: jiff::Timestamp,
    ) -> Result<Vec<Option<RemoteId>>, CallError> {
        let mut there = self.there.lock().unwrap();
        there.calls.push(format!("look {}", asked.len()));
        Ok(tasks::find(&there.records, asked))
    }

    async fn linked(&self, _: &[RemoteId]) -> Result<Vec<Vec<RemoteId>>, CallError> {
        panic!("nothing is joined by a call of its own");
    }

    async fn link(&self, _: &[(RemoteId, RemoteId)]) -> Result<LinkAnswer, CallError> {
        panic!("nothing is joined by a call of its own");
    }

    fn encode(&self, _: &RemoteField, parts: &[String], _: bool) -> Result<Value, Failure> {
        Ok(json!(parts.join(";")))
    }

    fn same(&self, _: &RemoteField, left: &Value, right: &Value) -> bool {
        left == right
    }

    fn join(&self, field: &RemoteField, theirs: &Value, ours: &Value) -> Option<Value> {
        if field.kind != RemoteKind::Many {
            return (theirs != ours).then(|| ours.clone());
        }
        let parts = |value: &'_ Value| -> Vec<String> {
            let text = value.as_str().unwrap_or_default();
            text.split(';').map(str::to_owned).collect()
        };
        let mut all = parts(theirs);
        let held = all.len();
        all.extend(parts(ours));
        let mut seen = HashSet::new();
        all.retain(|part| seen.insert(part.clone()));
        (all.len() > held).then(|| json!(all.join(";")))
    }

    fn lacks(&self, _: &'static str, _: &Values) -> Option<Failure> {
        None
    }
}
