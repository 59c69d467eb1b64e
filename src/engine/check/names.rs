//! Who would be matched under another name: looked up by address, as a push does, where that costs little or is asked for.

use serde::Serialize;

use super::LookUp;
use super::findings::Findings;
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::engine::identity::other_name;
use crate::engine::matching::{PersonFound, PersonQuery, find_persons};
use crate::engine::session::Session;
use crate::store::QueuedLead;
use crate::vendors::KeyKind;

/// Requests that are made for it without being asked for.
const UNASKED: usize = 10;
/// People looked up at once.
const PORTION: usize = 1_000;

/// A person who goes by another name there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherName {
    /// The lead, by its public id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// The vendor's object.
    pub object: String,
    /// The record.
    pub record: String,
    /// The name there.
    pub theirs: String,
    /// Whether the lead would fail for it (`--identity hold`, role addresses).
    pub held: bool,
}

/// What the lookups brought.
#[derive(Default)]
pub(super) struct Told {
    pub(super) people: Vec<OtherName>,
    /// How many were not looked up.
    pub(super) left_out: u64,
    /// The requests they would take; `None`: that cannot be known.
    pub(super) requests: Option<u64>,
}

/// The people to look up.
pub(super) struct Names<'a> {
    session: &'a Session,
    people: Vec<Person>,
    most: usize,
    left_out: u64,
}

struct Person {
    lead: LeadId,
    name: (String, String),
    address: String,
    key: String,
    hint: Option<String>,
    /// Whether it would fail anyway.
    fails: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new(session: &'a Session, look_up: LookUp) -> Self {
        let most = match look_up {
            LookUp::Nobody => 0,
            LookUp::Few => keys(session).map_or(0, |keys| {
                // Steps by which nobody is asked cost nothing.
                UNASKED / keys.len().max(1) * keys.iter().min().copied().unwrap_or(0)
            }),
            LookUp::Everybody => usize::MAX,
        };
        Self {
            session,
            people: Vec::new(),
            most,
            left_out: 0,
        }
    }

    /// Takes a lead that a push would look for by its address.
    pub(super) fn take(&mut self, queued: &QueuedLead, fails: bool) {
        let session = self.session;
        let lead = &queued.lead;
        let stored = queued.links.iter().any(|link| session.writes(&link.object));
        let field = |key: &str| lead.field(key).filter(|text| !text.trim().is_empty());
        // A missing name differs from nothing.
        let (Some(key), Some(first), Some(last), false) = (
            &lead.email_key,
            field("firstName"),
            field("lastName"),
            stored,
        ) else {
            return;
        };
        if self.people.len() >= self.most {
            self.left_out += 1;
            return;
        }
        let hint = queued.hint.clone();
        self.people.push(Person {
            lead: lead.id,
            name: (first.to_owned(), last.to_owned()),
            address: field("email").unwrap_or_default().to_owned(),
            key: key.clone(),
            hint: hint.or_else(|| field("remoteId").map(str::to_owned)),
            fails,
        });
    }

    /// Looks them up. Leads that would be kept back for it are findings; a lookup without an answer tells nothing.
    pub(super) async fn look_up(self, findings: &mut Findings) -> Told {
        let session = self.session;
        let mut told = Told {
            left_out: self.left_out,
            ..Told::default()
        };
        for portion in self.people.chunks(PORTION) {
            let queries = portion.iter().enumerate();
            let queries = queries.map(|(index, person)| PersonQuery {
                index,
                hint: person.hint.clone(),
                external: session.external_id(person.lead),
                email: Some(person.key.clone()),
                lead: Some(person.lead),
                ..PersonQuery::default()
            });
            let search = find_persons(session, queries.collect()).await;
            for (index, found) in search.found {
                let person = &portion[index];
                match found {
                    PersonFound::Record {
                        record,
                        by: KeyKind::Email,
                        ..
                    } => {
                        let name = (person.name.0.as_str(), person.name.1.as_str());
                        let other = other_name(session, name, Some(&person.address), &record);
                        let Some(other) = other else { continue };
                        if other.holds {
                            let failure = Failure::new(Category::IdentityConflict, other.note())
                                .on_object(record.object)
                                .with_candidates(vec![record.id.clone()]);
                            findings.add(person.lead, Phase::Person, failure, person.fails);
                        }
                        told.people.push(OtherName {
                            id: session.ids.encode(person.lead),
                            name: other.ours,
                            email: person.address.clone(),
                            object: record.object.to_owned(),
                            record: record.id,
                            theirs: other.theirs,
                            held: other.holds,
                        });
                    }
                    PersonFound::Refused { .. } | PersonFound::Nobodys { .. } => told.left_out += 1,
                    _ => {}
                }
            }
        }
        told.people.sort_by(|left, right| left.id.cmp(&right.id));
        told.requests = keys(session).map(|keys| {
            let requests = keys.iter().map(|keys| told.left_out.div_ceil(*keys as u64));
            requests.sum()
        });
        told
    }
}

/// How many people each question of a push by address (or by our own id) asks for at once; `None`: all records there are
/// would be read for it.
fn keys(session: &Session) -> Option<Vec<usize>> {
    let asks = session.plan.person.iter().filter(|step| match step.by {
        KeyKind::Email => true,
        KeyKind::ExternalId => session.integration.settings.external_id.is_some(),
        _ => false,
    });
    asks.map(|step| {
        let copied = session.mirror_for(step.object, step.by).is_some();
        (!copied).then(|| session.keys_at_once(step.object, step.by).max(1))
    })
    .collect()
}
