//! Campaigns that are values of a person's field: they go with the person, in the same row.
//!
//! Where the field holds several, ours is added to what is there; where it holds one, that of the lead's latest event
//! replaces it. What is gone at the vendor keeps nobody out: the person goes without it, and then the lead is Failed for it.

use super::CampaignDesk;
use crate::domain::campaign::{Campaign, CampaignRule, Wanted};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::CampaignId;
use crate::domain::lead::Lead;
use crate::domain::mapping::{Mapped, OnInvalid, Outgoing, WriteBehaviour};
use crate::domain::remote::{ObjectSchema, RemoteField, RemoteKind};
use crate::domain::run::{PhaseAction, PhaseEntry};
use crate::engine::set_up::option_value;
use crate::engine::work::Work;
use crate::store::{Commit, Membership};
use crate::vendors::MarkInfo;

/// A campaign that is a value of a person's field.
pub(in crate::engine) struct Mark {
    pub(super) campaign: CampaignId,
    word: &'static str,
    name: String,
    pub(super) object: &'static str,
    pub(super) field: String,
    value: String,
}

/// What a lead's row does about one mark.
pub(in crate::engine) struct Placed {
    campaign: CampaignId,
    place: Place,
}

enum Place {
    /// It is a value of this field.
    InRow(String),
    /// The field holds one value, and this other mark is it.
    Beaten(String),
    /// Persons of the object are not written.
    Unwritten,
    /// The vendor has no such field or option any more.
    Gone(Failure),
}

impl Mark {
    /// The campaigns of an account that events feed and that are marks.
    pub(super) fn all(
        rules: &[CampaignRule],
        known: &[Campaign],
        kinds: &'static [MarkInfo],
    ) -> Vec<Self> {
        let fed = |campaign: &&Campaign| {
            campaign.is_mark() && rules.iter().any(|rule| rule.campaign == campaign.id)
        };
        let of = |campaign: &Campaign| {
            let kind = kinds.iter().find(|kind| kind.word == campaign.kind)?;
            let (field, value) = campaign.marked(kind.field)?;
            Some(Self {
                campaign: campaign.id,
                word: kind.word,
                name: campaign.name.clone(),
                object: kind.object,
                field: field.to_owned(),
                value: value.to_owned(),
            })
        };
        known.iter().filter(fed).filter_map(of).collect()
    }

    /// The name as sentences use it.
    pub(super) fn title(&self) -> String {
        format!("{} {:?}", self.word, self.name)
    }

    /// The vendor's field.
    ///
    /// # Errors
    /// Where it is gone or cannot be written, or the value is none of its options any more.
    fn target<'a>(&self, schema: &'a ObjectSchema) -> Result<&'a RemoteField, Failure> {
        let gone = |why: String| {
            let message = format!("the {} is gone: {why}", self.title());
            Failure::new(Category::Connection, message).on_field(self.field.clone())
        };
        let field = schema.field(&self.field).filter(|field| field.writable);
        let field =
            field.ok_or_else(|| gone(format!("{} has no field {:?}", self.object, self.field)))?;
        option_value(field, &self.value)
            .map_err(|_| gone(format!("{} has no such option", field.label)))?;
        Ok(field)
    }

    /// How far back the latest of the lead's events lies that asks for it: the greater, the later.
    fn asked_at(&self, lead: &Lead, rules: &[CampaignRule]) -> Option<usize> {
        let asks = |event| {
            let mut rules = rules.iter();
            rules.any(|rule| {
                rule.campaign == self.campaign
                    && rule.event == event
                    && lead.scans >= rule.threshold
            })
        };
        lead.events.iter().rposition(|event| asks(event.id))
    }
}

impl CampaignDesk {
    /// Adds what a lead shall be marked with to what it sends, by object; what becomes of each mark.
    pub(in crate::engine) fn mark(
        &self,
        lead: &Lead,
        wanted: &[Wanted],
        schemas: &[(&'static str, std::sync::Arc<ObjectSchema>)],
        persons: &mut [(&'static str, Mapped)],
    ) -> Vec<Placed> {
        let is_wanted = |campaign: CampaignId| {
            wanted
                .iter()
                .any(|one| matches!(one, Wanted::Member { .. }) && one.campaign() == campaign)
        };
        let mut marks: Vec<&Mark> = self.marks().iter().collect();
        marks.retain(|mark| is_wanted(mark.campaign));
        // The latest event's comes last.
        marks.sort_by_key(|mark| mark.asked_at(lead, self.rules()));
        let mut placed: Vec<Placed> = Vec::with_capacity(marks.len());
        for (at, mark) in marks.iter().enumerate() {
            let mut person = persons.iter_mut();
            let mapped = person.find(|(object, _)| *object == mark.object);
            let mut schema = schemas.iter();
            let schema = schema.find(|(object, _)| *object == mark.object);
            let place = match (mapped, schema) {
                (Some((_, mapped)), Some((_, schema))) => match mark.target(schema) {
                    Ok(field) => {
                        let later = marks[at + 1..].iter().find(|later| {
                            field.kind != RemoteKind::Many
                                && later.object == mark.object
                                && later.target(schema).is_ok_and(|of| of.name == field.name)
                        });
                        if later.is_none() {
                            send(mapped, field, &mark.value);
                        }
                        later.map_or_else(
                            || Place::InRow(field.name.clone()),
                            |later| Place::Beaten(later.title()),
                        )
                    }
                    Err(failure) => Place::Gone(failure.on_object(mark.object)),
                },
                _ => Place::Unwritten,
            };
            placed.push(Placed {
                campaign: mark.campaign,
                place,
            });
        }
        placed
    }

    /// Why a person of an object would be Failed for what shall mark it.
    pub(in crate::engine) fn lost_marks<'a>(
        &'a self,
        placed: &'a [Placed],
        object: &'a str,
    ) -> impl Iterator<Item = &'a Failure> {
        let of = move |placed: &&Placed| {
            let mark = self.mark_of(placed.campaign);
            mark.is_some_and(|mark| mark.object == object)
        };
        placed
            .iter()
            .filter(of)
            .filter_map(|placed| match &placed.place {
                Place::Gone(failure) => Some(failure),
                _ => None,
            })
    }

    fn mark_of(&self, campaign: CampaignId) -> Option<&Mark> {
        self.marks().iter().find(|mark| mark.campaign == campaign)
    }
}

/// Adds a value to a field that holds several, after whatever the mapping says of it; else it stands instead of the mapping's.
fn send(mapped: &mut Mapped, field: &RemoteField, value: &str) {
    let many = field.kind == RemoteKind::Many;
    let ours = "campaign";
    let mut values = mapped.values.iter_mut();
    if many
        && let Some(known) = values.find(|known| known.ours == ours && known.remote == field.name)
    {
        known.parts.push(value.to_owned());
        return;
    }
    if !many {
        let other = |known: &Outgoing| !known.remote.eq_ignore_ascii_case(&field.name);
        mapped.values.retain(other);
    }
    mapped.values.push(Outgoing {
        remote: field.name.clone(),
        ours: ours.to_owned(),
        parts: vec![value.to_owned()],
        write: match many {
            true => WriteBehaviour::Append,
            false => WriteBehaviour::Overwrite,
        },
        truncate: false,
        on_invalid: OnInvalid::Fail,
        fallback_owner: None,
    });
}

/// What the log says of a lead's marks now that its person is there, and what each is Failed for.
pub(super) fn tell(
    desk: &CampaignDesk,
    work: &Work,
    commit: &mut Commit,
) -> Vec<(PhaseEntry, Option<Failure>)> {
    let progress = &work.campaigns;
    let mut told = Vec::with_capacity(progress.marks.len());
    for placed in &progress.marks {
        let (Some(mark), Some(record)) = (desk.mark_of(placed.campaign), &work.record) else {
            continue;
        };
        let title = mark.title();
        let skipped = |note| (PhaseAction::Skip, true, note);
        let (action, ok, note) = match &placed.place {
            Place::Unwritten => {
                let object = mark.object;
                skipped(format!(
                    "{title} is for {object}s, and none of those are written"
                ))
            }
            _ if record.object != mark.object => skipped(format!(
                "{title} is for {}s, and this person is {} {}",
                mark.object, record.object, record.id
            )),
            Place::Beaten(by) => skipped(format!(
                "{title} gives way to {by}: {} holds one value",
                mark.field
            )),
            Place::Gone(failure) => (PhaseAction::Update, false, failure.message.clone()),
            Place::InRow(field) => {
                let membership = Membership {
                    campaign: mark.campaign,
                    object: record.object.to_owned(),
                    person: record.id.clone(),
                    status: None,
                    remote_id: None,
                };
                commit.memberships.push((work.lead(), membership));
                match progress.sent.contains(field) {
                    true => (
                        PhaseAction::Update,
                        true,
                        format!("{title} went with the person"),
                    ),
                    false => skipped(format!("the person has {title} already")),
                }
            }
        };
        let entry = PhaseEntry {
            action: Some(action),
            object: Some(mark.word.to_owned()),
            ..PhaseEntry::local(Phase::Campaign, ok, Some(note))
        };
        let failure = match &placed.place {
            Place::Gone(failure) if !ok => Some(failure.clone()),
            _ => None,
        };
        told.push((entry, failure));
    }
    told
}
