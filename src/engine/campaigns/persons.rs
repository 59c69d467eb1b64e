//! Who is to become a member: leads that are one person go as one.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Scene;
use crate::domain::ids::LeadId;
use crate::engine::work::{Place, Work};
use crate::store::{Membership, StoreError, Subject};

/// A person that one or more leads of the window turned out to be.
pub(super) struct Person {
    pub(super) place: Place,
    /// The leads' places in the window.
    pub(super) works: Vec<usize>,
    pub(super) subjects: Vec<Subject>,
    /// When it was first met at an event that feeds the campaign; stays as it is whoever is met again.
    pub(super) met: Timestamp,
    /// The statuses its leads ask for.
    pub(super) statuses: Vec<String>,
    /// What we made of it before.
    pub(super) known: Option<Membership>,
    /// An answer of this run was lost.
    pub(super) lost: bool,
    /// An answer about it was lost before: what is found may be ours.
    pub(super) in_doubt: bool,
}

impl Person {
    /// Whether we wrote exactly what is wanted: then nothing is left to ask.
    pub(super) fn is_as_written(&self) -> bool {
        let known = self.known.as_ref();
        self.statuses.len() <= 1
            && known.is_some_and(|known| known.status.as_ref() == self.statuses.first())
    }

    /// Whether a status found at the vendor is ours: what we wrote, or, where an answer was lost, what we would write.
    pub(super) fn wrote(&self, found: Option<&str>, wanted: Option<&str>) -> bool {
        let known = self.known.as_ref();
        known.is_some_and(|known| known.status.as_deref() == found)
            || ((self.lost || self.in_doubt) && found == wanted)
    }
}

/// The persons of these leads, in their order, with what is known of them.
pub(super) async fn gather(
    scene: &Scene<'_>,
    works: &[Work],
    due: &[usize],
) -> Result<Vec<Person>, StoreError> {
    let mut persons: Vec<Person> = Vec::new();
    let mut by_place: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
    for index in due {
        let work = &works[*index];
        let (Some(place), Some(statuses)) = (&work.record, work.campaigns.asks(scene.campaign.id))
        else {
            continue;
        };
        let next = persons.len();
        let at = *by_place.entry((place.object, &place.id)).or_insert(next);
        if at == next {
            persons.push(Person {
                place: place.clone(),
                works: Vec::new(),
                subjects: Vec::new(),
                met: work.queued.lead.captured_at,
                statuses: Vec::new(),
                known: None,
                lost: false,
                in_doubt: false,
            });
        }
        let person = &mut persons[at];
        person.works.push(*index);
        person.subjects.push(Subject::lead(work.lead()));
        for status in statuses {
            if !person.statuses.contains(status) {
                person.statuses.push(status.clone());
            }
        }
    }
    let (id, account, object) = (
        scene.campaign.id,
        scene.session.frame.account,
        scene.object(),
    );
    let keys: Vec<(String, String)> = persons
        .iter()
        .map(|person| (person.place.object.to_owned(), person.place.id.clone()))
        .collect();
    let subjects: Vec<Subject> = persons
        .iter()
        .flat_map(|person| person.subjects.iter().cloned())
        .collect();
    let leads: Vec<LeadId> = due.iter().map(|index| works[*index].lead()).collect();
    let (known, doubts, met) = scene
        .session
        .store
        .call(move |store| {
            Ok((
                store.memberships(id, &keys)?,
                store.doubts(account, &object, &subjects)?,
                store.met_for(id, &leads)?,
            ))
        })
        .await?;
    for person in &mut persons {
        let key = (person.place.object.to_owned(), person.place.id.clone());
        person.known = known.get(&key).cloned();
        person.in_doubt = person
            .subjects
            .iter()
            .any(|subject| doubts.contains_key(subject));
        let leads = person.works.iter().map(|index| works[*index].lead());
        if let Some(first) = leads.filter_map(|lead| met.get(&lead)).min() {
            person.met = *first;
        }
    }
    Ok(persons)
}
