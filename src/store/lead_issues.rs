//! What makes a lead worth a look before it is pushed, told by SQL.

use super::{Store, StoreError};

/// What makes a lead worth a look before it is pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// No address people can be matched by.
    NoEmail,
    /// An address that says nothing about a company.
    FreeMail,
    /// Another lead has the same address, or the same name and company where one of the two has no address.
    Twice,
    /// No answer to a qualifier its event requires, or to any qualifier at all.
    NoQualifier,
    /// Its source is still filling it in, or it lacks company, title or phone and nobody ever tried to fill them in.
    NotEnriched,
}

impl Issue {
    /// Every issue with its word on the command line.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("no-email", Self::NoEmail),
        ("free-mail", Self::FreeMail),
        ("twice", Self::Twice),
        ("no-qualifier", Self::NoQualifier),
        ("not-enriched", Self::NotEnriched),
    ];

    /// The issue as a condition over `leads l`, without parameters; [`Issue::Twice`] needs [`Store::find_twins`].
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::NoEmail => "l.email_key IS NULL",
            Self::FreeMail => "lead_free_mail(l.email_key)",
            Self::Twice => TWICE,
            Self::NoQualifier => NO_QUALIFIER,
            Self::NotEnriched => NOT_ENRICHED,
        }
    }
}

const TWICE: &str = "((l.email_key IS NOT NULL AND (
       EXISTS (SELECT 1 FROM leads o WHERE o.email_key = l.email_key AND o.id <> l.id)
       OR EXISTS (SELECT 1 FROM temp.lead_twins t WHERE t.lead_id = l.id)))
   OR (l.person_key IS NOT NULL AND (
       EXISTS (SELECT 1 FROM leads o WHERE o.person_key = l.person_key AND o.id <> l.id)
       OR EXISTS (SELECT 1 FROM temp.lead_twins t WHERE t.person_key = l.person_key))))";

/// A qualifier asked for at one of the lead's events (or everywhere) is a required one without an answer, or there is one and
/// the lead answers none at all.
const NO_QUALIFIER: &str = "EXISTS (SELECT 1 FROM qualifiers q WHERE q.archived = 0
   AND (q.all_events = 1 OR EXISTS (SELECT 1 FROM event_leads x CROSS JOIN qualifier_events v
          ON v.qualifier_id = q.id AND v.event_id = x.event_id WHERE x.lead_id = l.id))
   AND ((q.required = 1 AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.lead_id = l.id AND a.qualifier_id = q.id))
     OR NOT EXISTS (SELECT 1 FROM answers a WHERE a.lead_id = l.id)))";

/// The one place that says what "not enriched" means: it is on its way through, or never went and lacks what people look for
/// first. Where enrichment is switched off and was never used nobody misses it: else every lead had an issue.
const NOT_ENRICHED: &str = "(l.readiness = 'enriching' OR (
   (l.company_name IS NULL OR json_extract(l.fields, '$.jobTitle') IS NULL
     OR (json_extract(l.fields, '$.phone') IS NULL AND json_extract(l.fields, '$.mobilePhone') IS NULL))
   AND NOT EXISTS (SELECT 1 FROM enrichments n WHERE n.lead_id = l.id)
   AND (EXISTS (SELECT 1 FROM enrichments) OR EXISTS (SELECT 1 FROM enrichment_settings s
          WHERE s.enabled = 1 AND (s.what LIKE 'rules:%' OR s.what LIKE 'provider:%')))))";

impl Store {
    /// Notes down the leads with an address that share name and company with one without: [`Issue::Twice`] looks there. One
    /// walk over the leads, and none where every lead has an address.
    pub(super) fn find_twins(&self) -> Result<(), StoreError> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS lead_twins (lead_id INTEGER PRIMARY KEY, person_key TEXT NOT NULL);
             CREATE INDEX IF NOT EXISTS temp.lead_twins_person ON lead_twins(person_key);
             DELETE FROM temp.lead_twins;",
        )?;
        self.connection.execute(
            "INSERT INTO temp.lead_twins (lead_id, person_key)
             SELECT l.id, p.person_key FROM (SELECT id, lead_person(first_name, last_name, company_name) AS person_key
               FROM leads WHERE email_key IS NOT NULL AND erased_at IS NULL
                 AND EXISTS (SELECT 1 FROM leads WHERE person_key IS NOT NULL)) p
             CROSS JOIN leads l ON l.id = p.id
             WHERE EXISTS (SELECT 1 FROM leads o WHERE o.person_key = p.person_key)",
            [],
        )?;
        Ok(())
    }
}
