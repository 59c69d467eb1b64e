//! What a provider is asked about a lead, and whether it was asked that before.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::check::Checked;
use super::provider::{Provider, Question};
use crate::domain::company;
use crate::domain::ids::EventId;
use crate::domain::ids::LeadId;
use crate::domain::lead::Lead;
use crate::store::enrichment_wants::Wanted;

/// Bytes of the hash.
const HASH: usize = 16;

/// The questions for a provider, and whom each is about.
#[derive(Debug, Default)]
pub(super) struct Asking {
    pub(super) questions: Vec<Question>,
    pub(super) who: HashMap<LeadId, Who>,
}

/// Whom a question is about, as people told us: hashed. What enrichment filled in makes nobody somebody else, or each provider
/// were asked again about what the others found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who([u8; HASH]);

impl Who {
    pub(super) fn of(
        fields: &BTreeMap<String, String>,
        filled: Option<&BTreeMap<String, String>>,
    ) -> Self {
        const IDENTITY: &[&str] = &[
            "email",
            "firstName",
            "lastName",
            "companyName",
            "companyWebsite",
            "linkedin",
        ];
        let mut digest = Sha256::new();
        for key in IDENTITY {
            let told = fields
                .get(*key)
                .filter(|value| filled.and_then(|filled| filled.get(*key)) != Some(value))
                .map_or("", String::as_str);
            digest.update(told.trim().to_lowercase().as_bytes());
            digest.update([0]);
        }
        let mut hash = [0; HASH];
        hash.copy_from_slice(&digest.finalize()[..HASH]);
        Self(hash)
    }

    /// Whether the provider said before that it does not know any of what is asked now.
    pub(super) fn was_asked(self, known: &[u8], question: &Question) -> bool {
        let Some((who, unknown)) = known.split_at_checked(HASH) else {
            return false;
        };
        let unknown: Vec<&[u8]> = unknown.split(|byte| *byte == b'\n').collect();
        who == self.0
            && question
                .missing
                .iter()
                .all(|field| unknown.contains(&field.as_bytes()))
    }
}

/// What is remembered of a question and its answer: whom it was about, and which fields the provider did not know.
pub(super) fn written(who: Option<&Who>, question: &Question, checked: &Checked) -> Vec<u8> {
    let unknown: Vec<&str> = question
        .missing
        .iter()
        .filter(|field| !checked.fields.contains_key(*field))
        .map(String::as_str)
        .collect();
    let mut known = who.map_or_else(Vec::new, |who| who.0.to_vec());
    known.extend_from_slice(unknown.join("\n").as_bytes());
    known
}

/// The question about a lead; `None` where it lacks nothing that is wanted and the provider knows, or too little is known to
/// ask.
pub(super) fn question(
    lead: Lead,
    planned: &BTreeMap<LeadId, BTreeMap<String, String>>,
    provider: &dyn Provider,
    wanted: &Wanted,
) -> Option<Question> {
    let id = lead.id;
    let mut fields = lead.fields;
    if let Some(planned) = planned.get(&id) {
        fields.extend(planned.clone());
    }
    let fields = with_domain(fields);
    let events: Vec<EventId> = lead.events.iter().map(|event| event.id).collect();
    let missing = wanted.missing(provider.fields(), &fields, &events);
    let needs = provider.needs();
    let enough = needs.is_empty()
        || needs
            .iter()
            .any(|set| set.iter().all(|field| fields.contains_key(field)));
    (enough && !missing.is_empty()).then_some(Question {
        lead: id,
        fields,
        missing,
    })
}

/// The company's domain is no field of a lead, but what companies are asked about by.
fn with_domain(mut fields: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let get = |key: &str| fields.get(key).map(String::as_str);
    if let Some((domain, _)) = company::domain(get("companyWebsite"), get("email")) {
        fields.insert("companyDomain".to_owned(), domain);
    }
    fields
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn map(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn missing(fields: &[&str]) -> Question {
        Question {
            lead: LeadId(1),
            fields: BTreeMap::new(),
            missing: fields
                .iter()
                .map(|field| (*field).to_owned())
                .collect::<BTreeSet<_>>(),
        }
    }

    #[test]
    fn less_is_no_new_question_and_more_is_one() {
        let who = Who::of(&map(&[("email", "Ann@acme.com")]), None);
        let known = written(
            Some(&who),
            &missing(&["jobTitle", "phone", "companyZip"]),
            &Checked {
                fields: map(&[("jobTitle", "Buyer")]),
                ..Checked::default()
            },
        );
        assert!(who.was_asked(&known, &missing(&["phone"])));
        assert!(who.was_asked(&known, &missing(&["companyZip", "phone"])));
        assert!(!who.was_asked(&known, &missing(&["linkedin", "phone"])));
        assert!(
            !who.was_asked(&known, &missing(&["jobTitle"])),
            "what was found and is gone may be asked again"
        );
        assert!(!who.was_asked(b"short", &missing(&["phone"])));
    }

    #[test]
    fn what_was_found_makes_nobody_somebody_else() {
        let before = map(&[("firstName", "Ann"), ("companyName", "Acme")]);
        let mut after = before.clone();
        after.extend(map(&[("email", "ann@acme.com")]));
        let found = map(&[("email", "ann@acme.com")]);
        let who = Who::of(&before, None);
        assert_eq!(who, Who::of(&after, Some(&found)));
        after.extend(map(&[("email", "ann.lee@acme.com")]));
        assert_ne!(
            who,
            Who::of(&after, Some(&found)),
            "typed by somebody since"
        );
    }
}
