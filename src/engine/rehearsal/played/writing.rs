//! What is written in a play: done at once and sent nowhere; a push writes truly.

use serde_json::{Value, json};

use super::super::reads;
use super::{LINKS, Played};
use crate::vendors::{
    CallError, CallTrace, Change, LinkAnswer, LinkEnd, Member, MemberAnswer, MemberEnd, MemberRow,
    RemoteCampaign, RemoteId, Row, RowAnswer, Values, Verdict, WriteAnswer,
};

impl Played {
    pub(super) async fn write_here(
        &self,
        object: &'static str,
        rows: &[Row],
    ) -> Result<WriteAnswer, CallError> {
        if self.acts {
            return self.inner.write(object, rows).await;
        }
        self.stage.would_send(1, self.inner.write_cost(rows.len()));
        self.stage.wrote(object, rows.len());
        let mut records = Vec::with_capacity(rows.len());
        let mut links = Vec::new();
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows {
            let (id, values) = match &row.change {
                Change::Create { values } => (None, values),
                Change::Update { id, values } => (Some(id.as_str()), values),
            };
            let record = self.stage.record(object, id, values);
            let id = record.0.id.clone();
            links.extend(row.links.iter().map(|(_, to)| (id.clone(), to.clone())));
            records.push(record);
            answers.push(RowAnswer {
                trace: row.trace.clone(),
                verdict: Verdict::Done { id, stored: None },
                sent: json!(values),
                received: Value::Null,
            });
        }
        self.stage.remember(object, records).await?;
        self.join_all(&links).await?;
        Ok(WriteAnswer {
            rows: answers,
            job: None,
            call: CallTrace::default(),
        })
    }

    pub(super) async fn link_here(
        &self,
        pairs: &[(RemoteId, RemoteId)],
    ) -> Result<LinkAnswer, CallError> {
        if self.acts {
            return self.inner.link(pairs).await;
        }
        self.stage.would_send(1, self.inner.write_cost(1));
        self.join_all(pairs).await?;
        Ok(LinkAnswer {
            pairs: vec![LinkEnd::Done; pairs.len()],
            call: CallTrace::default(),
        })
    }

    pub(super) async fn join_here(
        &self,
        campaign: &RemoteCampaign,
        rows: &[MemberRow],
    ) -> Result<MemberAnswer, CallError> {
        if self.acts {
            return self.inner.join_campaign(campaign, rows).await;
        }
        self.stage.would_send(1, self.inner.write_cost(rows.len()));
        let mut records = Vec::with_capacity(rows.len());
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows {
            let before = row.member.as_ref();
            let id = before.and_then(|member| member.id.clone());
            let member = Member {
                id: id.clone(),
                status: row.status.clone(),
            };
            let mut values = Values::new();
            if let Value::Object(fields) = reads::member_to_json(Some(&member)) {
                values.extend(fields);
            }
            let key = format!("{} {}", row.object, row.person);
            records.push(self.stage.record("", Some(&key), &values));
            let sent = json!({
                "campaign": campaign.id, "person": row.person, "status": row.status,
                "was": before.and_then(|member| member.status.as_ref()),
            });
            answers.push((row.trace.clone(), MemberEnd::Done { id }, sent, Value::Null));
        }
        let question = reads::members(&campaign.id);
        self.stage.remember(&question, records).await?;
        Ok(MemberAnswer {
            rows: answers,
            call: CallTrace::default(),
        })
    }

    /// Remembers persons as joined to companies.
    async fn join_all(&self, pairs: &[(RemoteId, RemoteId)]) -> Result<(), CallError> {
        if pairs.is_empty() {
            return Ok(());
        }
        let records = pairs
            .iter()
            .map(|(person, company)| {
                let values = Values::from([(company.clone(), Value::Bool(true))]);
                self.stage.record("", Some(person), &values)
            })
            .collect();
        self.stage.remember(LINKS, records).await
    }
}
