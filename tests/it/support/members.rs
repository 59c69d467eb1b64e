//! The campaigns of the vendor in memory: members by person, and answers as a test wants them.

use std::collections::{BTreeMap, HashSet, VecDeque};

use mobly_sync::domain::category::Category;
use mobly_sync::domain::failure::Failure;
use mobly_sync::vendors::{
    CallError, CallErrorKind, CallTrace, CampaignInfo, Guilty, Member, MemberAnswer, MemberEnd,
    MemberRow, MemberStatus, RemoteCampaign, RemoteId,
};
use serde_json::{Value, json};

pub(crate) static CAMPAIGNS: CampaignInfo = CampaignInfo {
    word: "campaign",
    id_guide: "in the address of the campaign's page",
    reads: 200,
    rows: 200,
    one_status: false,
    one_object: false,
};

/// What the next request meets.
pub(crate) enum Script {
    /// Done, and the answer is lost.
    DoneAndLost,
    /// Not done, and nobody knows.
    Lost,
    /// The person's row ends so; the others are done.
    Row(&'static str, MemberEnd),
    /// Somebody else adds the person first.
    Overtaken(&'static str, &'static str),
    /// Refused as a whole for this person's row.
    Blames(&'static str),
    /// Refused as a whole without a word about rows while this person's is among them.
    RefusedWith(&'static str),
}

/// All campaigns.
#[derive(Default)]
pub(crate) struct Campaigns {
    there: BTreeMap<String, RemoteCampaign>,
    members: BTreeMap<(String, String), Member>,
    /// Objects of those who were asked to join.
    pub(crate) objects: BTreeMap<String, &'static str>,
    /// `campaign 701`, `members 701 3`, `join 701 2`, `change 701 1`.
    pub(crate) calls: Vec<String>,
    pub(crate) scripts: VecDeque<Script>,
    busy: HashSet<String>,
    /// Campaigns that two requests were at.
    pub(crate) met: Vec<String>,
}

/// The failure of a scripted refusal.
pub(crate) fn no_member() -> Failure {
    Failure::new(Category::ValidationRule, "no members from that country")
}

impl Campaigns {
    /// A campaign whose statuses come in their order.
    pub(crate) fn put(&mut self, id: &str, statuses: &[&str]) {
        let statuses = statuses.iter().enumerate();
        let campaign = RemoteCampaign {
            id: id.to_owned(),
            name: format!("Campaign {id}"),
            closed: None,
            statuses: statuses
                .map(|(rank, label)| MemberStatus {
                    label: (*label).to_owned(),
                    usual: rank == 0,
                    rank: u32::try_from(rank).unwrap(),
                })
                .collect(),
        };
        self.there.insert(id.to_owned(), campaign);
    }

    pub(crate) fn close(&mut self, id: &str, reason: &str) {
        self.there.get_mut(id).unwrap().closed = Some(reason.to_owned());
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.there.remove(id);
    }

    /// A colleague makes a person a member, or changes its status.
    pub(crate) fn set(&mut self, id: &str, person: &str, status: &str) {
        let member = Member {
            id: Some(format!("m-{person}")),
            status: Some(status.to_owned()),
        };
        self.members
            .insert((id.to_owned(), person.to_owned()), member);
    }

    /// The status of a person, if it is a member.
    pub(crate) fn status(&self, id: &str, person: &str) -> Option<&str> {
        let key = (id.to_owned(), person.to_owned());
        self.members.get(&key)?.status.as_deref()
    }

    pub(crate) fn count(&self, id: &str) -> usize {
        self.members.keys().filter(|(of, _)| of == id).count()
    }

    /// How many calls begin so.
    pub(crate) fn called(&self, beginning: &str) -> usize {
        let calls = self.calls.iter();
        calls.filter(|call| call.starts_with(beginning)).count()
    }

    pub(crate) fn get(&mut self, id: &str) -> Result<Option<RemoteCampaign>, CallError> {
        self.calls.push(format!("campaign {id}"));
        Ok(self.there.get(id).cloned())
    }

    pub(crate) fn members(
        &mut self,
        id: &str,
        persons: &[(&'static str, RemoteId)],
    ) -> Vec<Option<Member>> {
        assert!(persons.len() <= CAMPAIGNS.reads);
        self.calls.push(format!("members {id} {}", persons.len()));
        let of = |person: &RemoteId| self.members.get(&(id.to_owned(), person.clone())).cloned();
        persons.iter().map(|(_, person)| of(person)).collect()
    }

    pub(crate) fn begin(&mut self, id: &str) {
        if !self.busy.insert(id.to_owned()) {
            self.met.push(id.to_owned());
        }
    }

    pub(crate) fn join(
        &mut self,
        id: &str,
        rows: &[MemberRow],
        call: CallTrace,
    ) -> Result<MemberAnswer, CallError> {
        self.busy.remove(id);
        assert!(rows.len() <= CAMPAIGNS.rows);
        let known = rows[0].member.is_some();
        assert!(
            rows.iter().all(|row| row.member.is_some() == known),
            "mixed"
        );
        let verb = if known { "change" } else { "join" };
        self.calls.push(format!("{verb} {id} {}", rows.len()));
        let lost = || {
            CallError::new(CallErrorKind::OutcomeUnknown {
                message: "the connection broke".into(),
                may_run: std::time::Duration::ZERO,
            })
        };
        let refused = |guilty| {
            CallError::new(CallErrorKind::Refused {
                failure: no_member(),
                guilty,
            })
        };
        let script = self.scripts.pop_front();
        match &script {
            Some(Script::Lost) => return Err(lost()),
            Some(Script::Blames(person)) => {
                let guilty = rows.iter().find(|row| row.person == *person).unwrap();
                return Err(refused(vec![Guilty::Trace(guilty.trace.clone())]));
            }
            Some(Script::RefusedWith(person)) if rows.iter().any(|row| row.person == *person) => {
                let again = Script::RefusedWith(person);
                self.scripts.push_front(again);
                return Err(refused(Vec::new()));
            }
            // It is for the request that holds the person.
            Some(Script::RefusedWith(person)) => {
                self.scripts.push_front(Script::RefusedWith(person));
            }
            Some(Script::Overtaken(person, status)) => self.set(id, person, status),
            _ => {}
        }
        let mut answers = Vec::new();
        for row in rows {
            let scripted = match &script {
                Some(Script::Row(person, end)) if row.person == *person => Some(end.clone()),
                _ => None,
            };
            let end = scripted.unwrap_or_else(|| self.write(id, row));
            let sent = json!({ "person": row.person, "status": row.status });
            answers.push((row.trace.clone(), end, sent, Value::Null));
        }
        match script {
            Some(Script::DoneAndLost) => Err(lost()),
            _ => Ok(MemberAnswer {
                rows: answers,
                call,
            }),
        }
    }

    fn write(&mut self, id: &str, row: &MemberRow) -> MemberEnd {
        let key = (id.to_owned(), row.person.clone());
        match (self.members.get_mut(&key), &row.member) {
            (Some(_), None) => MemberEnd::Exists,
            (None, Some(_)) => panic!("changes somebody who is no member"),
            (Some(held), Some(_)) => {
                held.status.clone_from(&row.status);
                MemberEnd::Done { id: None }
            }
            (None, None) => {
                let member = Member {
                    id: Some(format!("m-{}", row.person)),
                    status: row.status.clone(),
                };
                let done = member.id.clone();
                self.members.insert(key, member);
                self.objects.insert(row.person.clone(), row.object);
                MemberEnd::Done { id: done }
            }
        }
    }
}
