//! Memberships that get an earlier status, or are made again.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::super::members::image;
use super::super::plan::MemberStep;
use super::Carrying;
use super::carried::Kept;
use crate::domain::failure::Phase;
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::send::answered;
use crate::engine::work::refused;
use crate::store::{ChangeKind, Membership, StoreError, Subject};
use crate::vendors::{MemberAnswer, MemberEnd, MemberRow};

impl Carrying<'_> {
    /// Writes memberships; each request is of one campaign, one kind of person and one status.
    pub(super) async fn join(&mut self, steps: Vec<MemberStep>) -> Result<(), StoreError> {
        let Some(info) = self.session.vendor.info().campaigns else {
            return Ok(());
        };
        let mut groups: BTreeMap<(String, &'static str, Option<String>), Vec<MemberStep>> =
            BTreeMap::new();
        let (found, steps): (Vec<MemberStep>, Vec<MemberStep>) =
            steps.into_iter().partition(|step| step.found.is_some());
        self.find_joined(info.word, found).await?;
        for mut step in steps {
            step.person = self.carried.remade.current(step.object, &step.person);
            let status = step.to.clone().flatten();
            let key = (step.campaign.id.clone(), step.object, status);
            groups.entry(key).or_default().push(step);
        }
        for steps in groups.into_values() {
            for chunk in steps.chunks(info.rows.max(1)) {
                if self.session.stopped() {
                    return Ok(());
                }
                self.join_chunk(info.word, chunk).await?;
            }
        }
        Ok(())
    }

    /// Memberships as a request whose answer was lost left them: ours to remember.
    async fn find_joined(&mut self, word: &str, steps: Vec<MemberStep>) -> Result<(), StoreError> {
        let mut kept = Kept::default();
        for step in &steps {
            let note = "put back by a request whose answer was lost".to_owned();
            let entry = PhaseEntry {
                action: Some(PhaseAction::Match),
                object: Some(word.to_owned()),
                ..PhaseEntry::local(Phase::Campaign, true, Some(note))
            };
            let id = step.found.as_ref().and_then(|member| member.id.clone());
            self.carried.memberships += 1;
            self.joined(step, id, &entry, &mut kept).await?;
        }
        self.keep(kept, steps.len()).await
    }

    async fn join_chunk(&mut self, word: &str, steps: &[MemberStep]) -> Result<(), StoreError> {
        let now = self.session.clock.now();
        let rows: Vec<MemberRow> = steps
            .iter()
            .enumerate()
            .map(|(index, step)| MemberRow {
                trace: index.to_string(),
                object: step.object,
                person: step.person.clone(),
                status: step.to.clone().flatten(),
                member: step.member.clone(),
                met: now,
            })
            .collect();
        let subjects = steps.iter();
        let subjects = subjects.map(|step| Subject::putting_back(&step.item.change.remote_id));
        // Members are read before anything is sent, so that a repetition finds what was done.
        let id = self
            .write_ahead(Phase::Campaign, "join", word, subjects.collect())
            .await?;
        let mut kept = Kept::default();
        let campaign = &steps[0].campaign;
        match self.session.vendor.join_campaign(campaign, &rows).await {
            Ok(answer) => {
                kept.commit.answered.push(answered(id, Some(&answer.call)));
                self.take_joined(word, steps, answer, &mut kept).await?;
            }
            Err(error) => {
                let call = error.call.as_deref();
                kept.commit.answered.push(answered(id, call));
                let why = self.blame(&error);
                for step in steps {
                    self.stays(&step.item.change, why.clone());
                }
            }
        }
        self.keep(kept, steps.len()).await
    }

    async fn take_joined(
        &mut self,
        word: &str,
        steps: &[MemberStep],
        answer: MemberAnswer,
        kept: &mut Kept,
    ) -> Result<(), StoreError> {
        let call = answer.call;
        let mut ends: HashMap<String, (MemberEnd, Value, Value)> = answer
            .rows
            .into_iter()
            .map(|(trace, end, sent, received)| (trace, (end, sent, received)))
            .collect();
        for (index, step) in steps.iter().enumerate() {
            let silent = (MemberEnd::Silent, Value::Null, Value::Null);
            let (end, sent, received) = ends.remove(&index.to_string()).unwrap_or(silent);
            let update = PhaseAction::Update;
            let mut entry = refused(Phase::Campaign, update, word, sent, Some(&call));
            if let Some(response) = &mut entry.response {
                response.body = received;
            }
            match end {
                MemberEnd::Done { id } => {
                    entry.ok = true;
                    entry.note = Some("put back".to_owned());
                    self.carried.memberships += 1;
                    self.joined(step, id, &entry, kept).await?;
                }
                MemberEnd::Exists => kept.done(&mut self.carried, &step.item, &entry),
                MemberEnd::Refused(failure) => self.stays(&step.item.change, failure.message),
                _ => {
                    let why = "the vendor's answer does not say that it was done";
                    self.stays(&step.item.change, why);
                }
            }
        }
        Ok(())
    }

    /// A membership that has its earlier status, or is there again.
    async fn joined(
        &mut self,
        step: &MemberStep,
        id: Option<String>,
        entry: &PhaseEntry,
        kept: &mut Kept,
    ) -> Result<(), StoreError> {
        let change = &step.item.change;
        let status = step.to.clone().flatten();
        let key = format!("{}/{}", step.campaign.id, step.person);
        let member = id.or_else(|| step.member.as_ref().and_then(|member| member.id.clone()));
        let after = json!({
            "campaign": step.campaign.id, "object": step.object, "person": step.person, "status": status, "member": member,
        });
        let held = step.member.as_ref();
        let before = held.map(|member| json!({ "status": member.status }));
        kept.done(&mut self.carried, &step.item, entry);
        if key != change.remote_id {
            // The person was made again: what the first run did is known under the new record.
            let done = (change.object.clone(), key.clone(), change.kind);
            kept.undo.done.push(done);
        }
        kept.changed(ChangeKind::Joined, &change.object, &key, before, after);
        let (account, remote) = (self.session.frame.account, step.campaign.id.clone());
        let campaign = self
            .session
            .store
            .call(move |store| store.campaign_of(account, &remote))
            .await?;
        let is_known = image(&step.item)["person"].is_string();
        if let Some(campaign) = campaign.filter(|_| is_known) {
            let membership = Membership {
                campaign,
                object: step.object.to_owned(),
                person: step.person.clone(),
                status,
                remote_id: member,
            };
            let leads = step.item.leads.iter();
            let memberships = leads.map(|lead| (*lead, membership.clone()));
            kept.commit.memberships.extend(memberships);
        }
        Ok(())
    }
}
