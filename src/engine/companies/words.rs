//! What leads say of a company: one demand from many of them, and what is left to say once it has been settled.
//!
//! Of several words on a field the newest capture's counts (decisions.md 26). A word that would be refused gives way to an
//! older one and fails the leads that say it; their colleagues are not held up by it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::CompanyEnd;
use crate::domain::failure::{Failure, Phase};
use crate::domain::lead::Lead;
use crate::domain::mapping::Outgoing;
use crate::domain::run::PhaseEntry;

/// A company some leads of a window need.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Demand {
    /// `d:acme.com` or `n:acme`.
    pub(in crate::engine) key: String,
    /// The name as captured.
    pub(in crate::engine) name: Option<String>,
    /// The domain.
    pub(in crate::engine) domain: Option<String>,
    /// Whether a lead's own website told the domain (else only an address did).
    pub(in crate::engine) domain_told: bool,
    /// What it shall hold; of several leads, the newest capture's word for each field.
    pub(in crate::engine) mapped: Vec<Outgoing>,
    /// Whether a lead says something of it that it has not said before.
    pub(in crate::engine) is_news: bool,
    /// What was said of it earlier in the run, and what was refused of this.
    pub(in crate::engine) said: Said,
    /// Older words on the same fields, the newest first.
    pub(super) older: Vec<Outgoing>,
}

/// What leads of this run have said of a company. Fields are kept as hashes: a run may meet a hundred thousand companies.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Said {
    fields: Vec<u64>,
    flaws: Vec<Flaw>,
    /// Words that are left out without failing anybody.
    dropped: Vec<Outgoing>,
}

/// A word that is refused, whoever says it.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Flaw {
    /// The word.
    pub(in crate::engine) word: Outgoing,
    /// Why.
    pub(in crate::engine) failure: Failure,
    /// The step that told.
    pub(in crate::engine) phase: Phase,
    /// What the log has of it, where a request told.
    pub(in crate::engine) entry: Option<PhaseEntry>,
}

impl Said {
    /// Which of these words are refused.
    pub(in crate::engine) fn flaws_of<'a>(
        &'a self,
        words: &'a [Outgoing],
    ) -> impl Iterator<Item = &'a Flaw> {
        self.flaws.iter().filter(|flaw| flaw.is_among(words))
    }

    /// Everything that was refused.
    pub(in crate::engine) fn flaws(&self) -> &[Flaw] {
        &self.flaws
    }

    /// Whether anything has been written of it.
    pub(in crate::engine) fn is_written(&self) -> bool {
        !self.fields.is_empty()
    }

    /// Whether nothing need be said again: the field was written, or this very word refused.
    fn covers(&self, word: &Outgoing) -> bool {
        self.fields.contains(&hash(&word.remote))
            || self.flaws.iter().any(|flaw| flaw.is(word))
            || self.dropped.iter().any(|dropped| is_same(dropped, word))
    }
}

impl Flaw {
    fn is(&self, word: &Outgoing) -> bool {
        is_same(&self.word, word)
    }

    fn is_among(&self, words: &[Outgoing]) -> bool {
        words.iter().any(|word| self.is(word))
    }
}

impl Demand {
    /// A lead's word on its company.
    pub(in crate::engine) fn of(
        key: String,
        lead: &Lead,
        mapped: Vec<Outgoing>,
        is_news: bool,
    ) -> Self {
        let domain = lead.company_domain();
        Self {
            key,
            name: lead.field("companyName").map(str::to_owned),
            domain_told: domain.as_ref().is_some_and(|(_, told)| *told),
            domain: domain.map(|(domain, _)| domain),
            mapped,
            is_news,
            said: Said::default(),
            older: Vec::new(),
        }
    }

    /// Whether enough is known to make the company: a domain alone, told only by an address, makes none.
    pub(in crate::engine) fn names_a_company(&self) -> bool {
        self.name.is_some() || self.domain_told
    }

    /// Everything said once this has been settled.
    pub(in crate::engine) fn all_said(&self) -> Said {
        let mut said = self.said.clone();
        let written = self.mapped.iter().filter(|word| !said.covers(word));
        let fields: Vec<u64> = written.map(|word| hash(&word.remote)).collect();
        said.fields.extend(fields);
        said
    }

    /// The same where none of it could be written, for this reason.
    pub(in crate::engine) fn all_refused(
        &self,
        failure: &Failure,
        phase: Phase,
        entry: &PhaseEntry,
    ) -> Said {
        let mut said = self.said.clone();
        said.flaws.extend(self.mapped.iter().map(|word| Flaw {
            word: word.clone(),
            failure: failure.clone(),
            phase,
            entry: Some(entry.clone()),
        }));
        said
    }

    /// Words that are left out by the rule of their row make room for older ones. Whether there were any.
    pub(in crate::engine) fn leave_out(&mut self, fields: &[String]) -> bool {
        let mut others = false;
        for field in fields {
            let mut words = self.mapped.iter();
            let Some(at) = words.position(|word| word.remote == *field) else {
                continue;
            };
            self.said.dropped.push(self.mapped[at].clone());
            if self.older.iter().any(|word| word.remote == *field) {
                self.mapped.remove(at);
                self.take_older(field, at);
                others = true;
            }
        }
        others
    }

    /// Takes back the words these failures are about, for older ones where there are any. False: a failure is about no word,
    /// and nothing of the company can be written.
    pub(in crate::engine) fn give_way(&mut self, failures: &[Failure], phase: Phase) -> bool {
        for failure in failures {
            let mut words = self.mapped.iter();
            let Some(at) = words.position(|word| failure.field.as_ref() == Some(&word.remote))
            else {
                return false;
            };
            let word = self.mapped.remove(at);
            self.said.flaws.push(Flaw {
                word,
                failure: failure.clone(),
                phase,
                entry: None,
            });
            self.take_older(failure.field.as_deref().unwrap_or_default(), at);
        }
        !failures.is_empty()
    }

    /// What the log has of the request that told of the last word taken back.
    pub(in crate::engine) fn told_by(&mut self, entry: &PhaseEntry) {
        if let Some(flaw) = self.said.flaws.last_mut() {
            flaw.entry = Some(entry.clone());
        }
    }

    fn take_older(&mut self, remote: &str, at: usize) {
        while let Some(older) = self.older.iter().position(|word| word.remote == remote) {
            let word = self.older.remove(older);
            if !self.said.covers(&word) {
                self.mapped.insert(at, word);
                return;
            }
        }
    }

    /// What is left to say of a company that has been settled.
    pub(in crate::engine) fn rest(&self, end: &CompanyEnd) -> Option<Self> {
        match end {
            CompanyEnd::Ready { said, .. } => self.unsaid(said),
            // Nobody before knew more of it than a domain.
            CompanyEnd::Absent => self.names_a_company().then(|| self.clone()),
            CompanyEnd::Failed { said, .. } => self.another_try(said),
            _ => None,
        }
    }

    /// Where the words of others were refused and kept the company from being written: another try by other words.
    pub(in crate::engine) fn another_try(&self, said: &Said) -> Option<Self> {
        let mut words = self.mapped.iter();
        let refused = |word: &Outgoing| {
            said.flaws
                .iter()
                .any(|flaw| flaw.word.remote == word.remote)
        };
        let has_another = words.any(|word| refused(word) && !said.covers(word));
        has_another.then(|| Self {
            said: said.clone(),
            ..self.clone()
        })
    }

    /// What is left to say where this has been said.
    pub(in crate::engine) fn unsaid(&self, said: &Said) -> Option<Self> {
        let mut rest = Self {
            mapped: Vec::new(),
            older: Vec::new(),
            said: said.clone(),
            ..self.clone()
        };
        let words = self.mapped.iter().chain(&self.older);
        for word in words.filter(|word| !said.covers(word)) {
            rest.take(word.clone(), false);
        }
        (!rest.mapped.is_empty()).then_some(rest)
    }

    /// Adds a word: `wins` over the one that is there, or stands behind it.
    fn take(&mut self, word: Outgoing, wins: bool) {
        let mut held = self.mapped.iter_mut();
        let Some(held) = held.find(|held| held.remote == word.remote) else {
            self.mapped.push(word);
            return;
        };
        if held.parts == word.parts {
            return;
        }
        match wins {
            true => self.older.insert(0, std::mem::replace(held, word)),
            false => self.older.push(word),
        }
    }
}

/// Adds a lead's word on a company: later captures win field by field, and what is new wins over what was said before.
pub(in crate::engine) fn merge_demand(demands: &mut BTreeMap<String, Demand>, demand: Demand) {
    let Some(known) = demands.get_mut(&demand.key) else {
        demands.insert(demand.key.clone(), demand);
        return;
    };
    known.name = demand.name.or(known.name.take());
    known.domain = known.domain.take().or(demand.domain);
    known.domain_told |= demand.domain_told;
    let wins = demand.is_news || !known.is_news;
    known.is_news |= demand.is_news;
    for word in demand.mapped {
        known.take(word, wins);
    }
    for word in demand.older {
        known.take(word, false);
    }
}

fn is_same(left: &Outgoing, right: &Outgoing) -> bool {
    left.remote == right.remote && left.parts == right.parts
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
