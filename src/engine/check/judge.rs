//! One window of leads, judged as a push would, without asking the vendor about any of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::drift::Drifts;
use super::findings::Findings;
use super::names::Names;
use super::refusals::{refusals_of_known, refusals_of_new};
use crate::domain::company;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;
use crate::domain::lead::Lead;
use crate::domain::mapping::Mapped;
use crate::domain::qualifier::Qualifier;
use crate::domain::remote::ObjectSchema;
use crate::domain::sync_state::State;
use crate::engine::activities;
use crate::engine::campaigns::Ahead;
use crate::engine::companies::{Demand, Said, case_hash, key_of, merge_demand};
use crate::engine::in_person;
use crate::engine::session::Session;
use crate::engine::window::{Fields, Sending, mapping_failure};
use crate::engine::work::HASH;
use crate::store::{KnownCompany, QueuedLead, RemoteLink, StoreError};
use crate::vendors::LinkKind;

/// Stands for a company's id that the push will know.
const SOME_COMPANY: &str = "0";

/// What became of a company, as far as it can be known.
#[derive(Clone)]
enum Company {
    /// It is there, or could be made, without some of what is said of it.
    Fine(Said),
    /// Nothing but a domain is known of it: none is made.
    Absent,
    /// It would be refused.
    Refused(Arc<[Failure]>, Said),
}

/// Judges leads window by window; remembers companies, which all leads of one share.
pub(super) struct Judge<'a> {
    session: &'a Session,
    ahead: &'a Ahead,
    fields: Fields,
    companies: HashMap<String, Company>,
    required: Vec<(&'a Qualifier, u64)>,
}

/// One lead on its way through.
struct Case {
    queued: QueuedLead,
    sending: Sending,
    /// What its company is known by, where it needs one.
    company: Option<String>,
}

impl<'a> Judge<'a> {
    pub(super) async fn new(
        session: &'a Session,
        ahead: &'a Ahead,
        asked: &'a [Qualifier],
    ) -> Self {
        let mut fields = Fields::read(session).await;
        for (object, schema) in fields.persons.iter_mut().chain(&mut fields.company) {
            *schema = Arc::new(used(session, object, schema));
        }
        Self {
            session,
            ahead,
            fields,
            companies: HashMap::new(),
            required: asked
                .iter()
                .filter(|qualifier| qualifier.required && !qualifier.archived)
                .map(|qualifier| (qualifier, 0))
                .collect(),
        }
    }

    /// Required qualifiers with the leads that do not answer them.
    pub(super) fn unanswered(&self) -> impl Iterator<Item = (&str, u64)> {
        let counted = self.required.iter().filter(|(_, count)| *count > 0);
        counted.map(|(qualifier, count)| (qualifier.name.as_str(), *count))
    }

    /// Judges one window, as large as a push's.
    pub(super) async fn judge(
        &mut self,
        queued: Vec<QueuedLead>,
        findings: &mut Findings,
        drifts: &mut Drifts<'_>,
        names: &mut Names<'_>,
    ) -> Result<(), StoreError> {
        let unchanged = self.unchanged(&queued).await?;
        let mut cases = Vec::with_capacity(queued.len());
        for queued in queued {
            self.count_unanswered(&queued);
            let sending = Sending::of(self.session, &self.fields, &queued.lead);
            drifts.count(self.session, &sending);
            if unchanged.contains(&queued.lead.id) {
                findings.take(queued.lead.id, Vec::new());
                continue;
            }
            let mut case = Case {
                queued,
                sending,
                company: None,
            };
            if self.needs_company(&case) {
                case.company = key_of(&case.queued.lead, &case.sending.company.values);
            }
            cases.push(case);
        }
        self.judge_companies(&cases).await?;
        for case in cases {
            let refusals = self.refusals(&case);
            names.take(&case.queued, !refusals.is_empty());
            findings.take(case.queued.lead.id, refusals);
        }
        Ok(())
    }

    /// Waiting leads that would send what was last written there: a push does nothing with them.
    async fn unchanged(&self, queued: &[QueuedLead]) -> Result<HashSet<LeadId>, StoreError> {
        let sent = |queued: &&QueuedLead| {
            queued.payload_hash.is_some() && queued.standing.state == State::Waiting
        };
        let sent: Vec<QueuedLead> = queued.iter().filter(sent).cloned().collect();
        if sent.is_empty() {
            return Ok(HashSet::new());
        }
        let mut activities = activities::load(self.session, &sent).await?;
        let same = sent.into_iter().filter_map(|queued| {
            let sending = Sending::of(self.session, &self.fields, &queued.lead);
            let activities = activities.remove(&queued.lead.id).unwrap_or_default();
            (queued.payload_hash == Some(sending.hash(&activities))).then_some(queued.lead.id)
        });
        Ok(same.collect())
    }

    fn count_unanswered(&mut self, queued: &QueuedLead) {
        let lead = &queued.lead;
        for (qualifier, count) in &mut self.required {
            let asked = qualifier.events.as_ref().is_none_or(|events| {
                let mut of = lead.events.iter();
                of.any(|event| events.contains(&event.id))
            });
            let mut answers = lead.answers.iter();
            let answered = answers.any(|answer| answer.qualifier == qualifier.id);
            *count += u64::from(asked && !answered);
        }
    }

    /// The person's record that is known here, the one linked last.
    fn known<'b>(&self, queued: &'b QueuedLead) -> Option<&'b RemoteLink> {
        let mut links = queued.links.iter();
        links.rfind(|link| self.session.persons.contains(&link.object.as_str()))
    }

    /// Whether a push would look for the lead's company: where it stands in the person, only of who is new or has none.
    fn needs_company(&self, case: &Case) -> bool {
        let session = self.session;
        if mapping_failure(session, &case.sending.persons, &case.sending.company).is_some() {
            return false;
        }
        if !matches!(session.plan.link, LinkKind::InPerson { .. }) {
            return true;
        }
        let company = session.plan.create_company.unwrap_or_default();
        match self.known(&case.queued) {
            Some(_) => !case.queued.links.iter().any(|link| link.object == company),
            None => !session.leaves_new_persons(),
        }
    }

    async fn judge_companies(&mut self, cases: &[Case]) -> Result<(), StoreError> {
        let Some((object, schema)) = self.fields.company.clone() else {
            return Ok(());
        };
        let mut demands: BTreeMap<String, Demand> = BTreeMap::new();
        for case in cases {
            let Some(key) = case.company.clone() else {
                continue;
            };
            let mapped = &case.sending.company.values;
            let hash = case.queued.payload_hash.as_ref();
            let said = hash.and_then(|hash| hash.get(HASH..));
            let is_news = said.is_none_or(|said| case.sending.hash(&[]).get(HASH..) != Some(said));
            let demand = Demand::of(key, &case.queued.lead, mapped.clone(), is_news);
            let open = match self.companies.get(&demand.key) {
                None => Some(demand),
                Some(Company::Fine(said)) => demand.unsaid(said),
                Some(Company::Absent) => demand.names_a_company().then_some(demand),
                Some(Company::Refused(_, said)) => demand.another_try(said),
            };
            if let Some(demand) = open {
                merge_demand(&mut demands, demand);
            }
        }
        let known = self.known_companies(&demands).await?;
        for (key, demand) in demands {
            let known = known.get(&key).or_else(|| known.get(&alias(&demand)?));
            let end = self.judge_company(object, &schema, known, demand);
            self.companies.insert(key, end);
        }
        Ok(())
    }

    /// What a push would make of a company: words that would be refused give way, as there.
    fn judge_company(
        &self,
        object: &'static str,
        schema: &ObjectSchema,
        known: Option<&KnownCompany>,
        mut demand: Demand,
    ) -> Company {
        let vendor = &*self.session.vendor;
        if known.is_none() && !demand.names_a_company() {
            return Company::Absent;
        }
        let mut first: Option<Arc<[Failure]>> = None;
        loop {
            let mapped = &demand.mapped;
            let refusals = match known {
                Some(known) if known.payload_hash == Some(case_hash(object, &demand)) => Vec::new(),
                Some(known) => {
                    refusals_of_known(vendor, object, schema, mapped, known.created_by_us)
                }
                // Earlier leads have it made.
                None if demand.said.is_written() => {
                    refusals_of_known(vendor, object, schema, mapped, true)
                }
                None => {
                    let own = vendor.company_key(demand.domain.as_deref(), demand.name.as_deref());
                    let under = own.as_ref().map(|(field, id)| (*field, id.as_str()));
                    refusals_of_new(
                        vendor,
                        object,
                        schema,
                        mapped,
                        self.session.rows(None),
                        under,
                    )
                }
            };
            if refusals.is_empty() {
                return Company::Fine(demand.all_said());
            }
            let refusals: Arc<[Failure]> = refusals
                .into_iter()
                .map(|failure| failure.on_object(object))
                .collect();
            let gave_way = demand.give_way(&refusals, Phase::Prepare);
            let first = first.get_or_insert(refusals);
            if !gave_way {
                return Company::Refused(Arc::clone(first), demand.said);
            }
        }
    }

    async fn known_companies(
        &self,
        demands: &BTreeMap<String, Demand>,
    ) -> Result<HashMap<String, KnownCompany>, StoreError> {
        if demands.is_empty() {
            return Ok(HashMap::new());
        }
        let names = demands.values().filter_map(alias);
        let keys: Vec<String> = demands.keys().cloned().chain(names).collect();
        let account = self.session.frame.account;
        self.session
            .store
            .call(move |store| store.known_companies(account, &keys))
            .await
    }

    /// Everything a push would be refused for this lead.
    fn refusals(&self, case: &Case) -> Vec<(Phase, Failure)> {
        let session = self.session;
        let sending = &case.sending;
        let company = case
            .company
            .as_ref()
            .and_then(|key| self.companies.get(key));
        let known = self.known(&case.queued);
        let object = session
            .persons
            .iter()
            .copied()
            .find(|object| known.is_some_and(|link| link.object == *object))
            .unwrap_or(session.plan.create_person);
        let mut all: Vec<Failure> = sending.company.failures.clone();
        match company {
            Some(Company::Refused(refused, _)) => all.extend(refused.iter().cloned()),
            Some(Company::Fine(said)) => {
                let own = &sending.company.values;
                all.extend(said.flaws_of(own).map(|flaw| flaw.failure.clone()));
            }
            Some(Company::Absent) | None => {}
        }
        let nothing = Mapped::default();
        let mut persons = sending.persons.iter();
        let mapped = persons.find(|(of, _)| *of == object);
        let mapped = mapped.map_or(&nothing, |(_, mapped)| mapped);
        let mut schemas = self.fields.persons.iter();
        let schema = schemas.find(|(of, _)| *of == object);
        let of_person = |failure: Failure| failure.on_object(object);
        // Answers that are not mapped are told of their qualifier, whatever the person's object.
        all.extend(mapped.failures.iter().cloned());
        if let Some((_, schema)) = schema {
            let refused = match known {
                Some(link) => self.of_known(object, schema, mapped, link.created_by_us),
                None if session.leaves_new_persons() => {
                    self.of_known(object, schema, mapped, false)
                }
                None => self.of_new(&case.queued.lead, schema, mapped, company),
            };
            all.extend(refused.into_iter().map(of_person));
        }
        let mut refusals: Vec<(Phase, Failure)> = all
            .into_iter()
            .map(|failure| (Phase::Prepare, failure))
            .collect();
        let lost = session.campaigns.lost_marks(&sending.marks, object);
        refusals.extend(lost.map(|failure| (Phase::Campaign, failure.clone())));
        let refused = self
            .ahead
            .refusals(session, &sending.wanted, known.is_none());
        refusals.extend(
            refused
                .into_iter()
                .map(|failure| (Phase::Campaign, failure)),
        );
        refusals
    }

    fn of_known(
        &self,
        object: &'static str,
        schema: &ObjectSchema,
        mapped: &Mapped,
        created_by_us: bool,
    ) -> Vec<Failure> {
        let vendor = &*self.session.vendor;
        refusals_of_known(vendor, object, schema, &mapped.values, created_by_us)
    }

    fn of_new(
        &self,
        lead: &Lead,
        schema: &ObjectSchema,
        mapped: &Mapped,
        company: Option<&Company>,
    ) -> Vec<Failure> {
        let session = self.session;
        let object = session.plan.create_person;
        let field = in_person::field_of(session, object);
        let under = match company {
            Some(Company::Fine(_)) => field.map(|field| (field, SOME_COMPANY)),
            Some(Company::Refused(..)) => None,
            Some(Company::Absent) | None => {
                if field.is_some() && !session.plan.person_stands_alone {
                    return vec![in_person::no_company(session, object)];
                }
                None
            }
        };
        if matches!(company, Some(Company::Refused(..))) && !session.plan.person_stands_alone {
            // Told of the company; the person is not tried without it.
            return self.of_known(object, schema, mapped, true);
        }
        refusals_of_new(
            &*session.vendor,
            object,
            schema,
            &mapped.values,
            session.rows(Some(lead)),
            under,
        )
    }
}

/// The key by which a company that is meant by its domain may be known too.
fn alias(demand: &Demand) -> Option<String> {
    demand.domain.as_ref()?;
    let name = company::name_key(demand.name.as_deref()?)?;
    Some(format!("n:{name}"))
}

/// The fields that are written, read or demanded: looking a name up among a handful is what makes large files quick.
fn used(session: &Session, object: &'static str, schema: &ObjectSchema) -> ObjectSchema {
    let names = session.fields_of(object);
    let used = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let fields = schema.fields.iter();
    ObjectSchema {
        fields: fields
            .filter(|field| field.required_on_create || used(&field.name))
            .cloned()
            .collect(),
    }
}
