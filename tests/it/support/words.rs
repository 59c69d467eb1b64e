//! What the vendors call things, for tests that hold for all of them: a further vendor needs a row a match order.

use mobly_sync::sandbox::{RunningSandbox, SandboxOptions};
use mobly_sync::vendors::{ALL, Grant, SignInWay};
use serde_json::Value;

use super::show::Show;

/// One vendor in one of its match orders.
#[derive(Debug)]
pub(crate) struct Words {
    /// The word on the command line.
    pub(crate) vendor: &'static str,
    /// The options of the connection.
    pub(crate) options: &'static [(&'static str, &'static str)],
    /// What the path of a request that makes records holds, for faults.
    pub(crate) create: &'static str,
    /// The same where many go at once by another.
    pub(crate) bulk: Option<&'static str>,
    /// The sandbox's count of the persons that are made.
    pub(crate) persons: &'static str,
    /// The sandbox's count of the companies that are made, where any are.
    pub(crate) companies: Option<&'static str>,
    /// The sandbox's counts that are nothing where everybody is there once.
    pub(crate) none: &'static [&'static str],
    /// The field of a person that takes a job title.
    pub(crate) title: &'static str,
    /// What else a new person must have, beside names and address.
    pub(crate) minimum: &'static [(&'static str, &'static str)],
    /// Rows are told apart by their place alone: an answer with a row too many, as one with a row too few, tells nothing of
    /// any row.
    pub(crate) rows_by_place: bool,
    /// What the account is like for these tests: control paths of the sandbox and their bodies.
    pub(crate) account: &'static [(&'static str, &'static str)],
    /// The control paths of the sandbox that tell all it holds of people, companies and what joins them.
    pub(crate) dump: &'static [&'static str],
}

/// The table.
pub(crate) const WORDS: &[Words] = &[
    Words {
        vendor: "hubspot",
        options: &[],
        create: "batch/create",
        bulk: None,
        persons: "contacts",
        companies: Some("companies"),
        none: &["duplicate_emails", "duplicate_company_domains"],
        title: "jobtitle",
        minimum: &[],
        rows_by_place: false,
        account: &[],
        dump: &["objects/contacts", "objects/companies", "associations"],
    },
    Words {
        vendor: "pardot",
        options: &[("business-unit", super::pardot::UNIT)],
        create: "do/upsertLatestByEmail",
        bulk: Some("v5/imports"),
        persons: "prospects",
        companies: None,
        none: &["duplicate_emails", "deleted", "open_imports"],
        title: "jobTitle",
        minimum: &[],
        rows_by_place: false,
        account: &[],
        dump: &["prospects", "memberships", "imports"],
    },
    Words {
        vendor: "salesforce",
        options: &[("strategy", "leads-and-contacts")],
        ..LEADS
    },
    Words {
        vendor: "salesforce",
        options: &[("strategy", "leads-only")],
        ..LEADS
    },
    Words {
        vendor: "salesforce",
        options: &[("strategy", "accounts-and-contacts")],
        persons: "contacts",
        companies: Some("accounts"),
        minimum: &[],
        ..LEADS
    },
    ZOHO,
    Words {
        options: &[("use-contacts", "true")],
        ..ZOHO
    },
    MARKETO,
    Words {
        options: &[("companies", "true")],
        companies: Some("companies"),
        ..MARKETO
    },
    Words {
        vendor: "pipedrive",
        options: &[],
        create: "v2/persons",
        bulk: None,
        persons: "persons",
        companies: Some("organizations"),
        none: &[
            "duplicate_emails",
            "duplicate_organization_names",
            "duplicate_domains",
            "persons_without_organization",
        ],
        title: "job_title",
        minimum: &[],
        rows_by_place: false,
        account: &[
            // Job titles are there with contact sync alone.
            ("settings", r#"{"contact_sync": true}"#),
            // What was under way when the first request was refused is refused with it, and is no insistence.
            ("limits", r#"{"patience": 1000}"#),
        ],
        dump: &["records/persons", "records/organizations"],
    },
];

/// Marketo, whose companies are text on its leads.
const MARKETO: Words = Words {
    vendor: "marketo",
    create: "v1/leads.json",
    none: &[
        "duplicate_emails",
        "duplicate_company_names",
        "duplicate_domains",
    ],
    title: "title",
    minimum: &[],
    dump: &["records/leads", "records/companies", "activities"],
    ..LEADS
};

/// Zoho makes Leads in either order, so companies are text.
const ZOHO: Words = Words {
    vendor: "zoho",
    create: "v8/Leads",
    title: "Designation",
    dump: &["records/Leads", "records/Contacts", "records/Accounts"],
    ..LEADS
};

/// Salesforce where Leads are made.
const LEADS: Words = Words {
    vendor: "salesforce",
    options: &[],
    create: "composite/sobjects",
    bulk: None,
    persons: "leads",
    companies: None,
    none: &[
        "duplicate_emails",
        "duplicate_account_names",
        "duplicate_domains",
        "contacts_without_account",
    ],
    title: "Title",
    minimum: &[("Company", "Acme")],
    rows_by_place: true,
    account: &[],
    dump: &[
        "records/Lead",
        "records/Contact",
        "records/Account",
        "records/CampaignMember",
    ],
};

impl Words {
    /// The vendor with its sandbox.
    pub(crate) async fn show(&self, change: impl FnOnce(&mut SandboxOptions)) -> Show {
        let show = Show::with_options(self.vendor, self.options, change).await;
        for (path, body) in self.account {
            let body = serde_json::from_str(body).unwrap();
            let (status, answer) = show.sandbox.admin("POST", path, &body);
            assert!(status < 300, "{path}: {status} {answer}");
        }
        show
    }

    /// All that the vendor holds of people, companies and what joins them, and how often somebody wrote there.
    pub(crate) fn all_there(&self, sandbox: &RunningSandbox) -> Vec<Value> {
        let told = self.dump.iter().map(|path| {
            let (status, answer) = sandbox.admin("GET", path, &Value::Null);
            assert!(status < 300, "{}: {path}: {status} {answer}", self.vendor);
            answer
        });
        told.chain([sandbox.stats()["writes"].clone()]).collect()
    }

    /// Records of persons in one request that makes them.
    pub(crate) fn rows(&self, vendor: &dyn mobly_sync::vendors::Vendor) -> usize {
        let object = vendor.plan().create_person;
        let mut objects = vendor.info().objects.iter();
        let info = objects.find(|info| info.key == object).unwrap();
        info.create.unwrap().rows
    }

    /// The address of a person who has none of their own, where the vendor knows people by it alone.
    pub(crate) fn address(&self, vendor: &dyn mobly_sync::vendors::Vendor) -> &'static str {
        let plan = vendor.plan();
        let values = self
            .minimum
            .iter()
            .copied()
            .chain([(plan.identity.last_name, "Li")])
            .map(|(name, value)| (name.to_owned(), serde_json::json!(value)))
            .collect();
        let lacks = vendor.lacks(plan.create_person, &values);
        lacks.map_or("", |_| "bo@beta.com")
    }

    /// Whether no token can be given as it is.
    pub(crate) fn signs_in_with_a_browser(&self) -> bool {
        self.way(Grant::Token).is_none() && self.way(Grant::AuthorizationCode).is_some()
    }

    /// Whether an app signing in by itself is all there is.
    pub(crate) fn signs_in_by_itself(&self) -> bool {
        self.way(Grant::Token).is_none() && self.way(Grant::AuthorizationCode).is_none()
    }

    fn way(&self, grant: Grant) -> Option<&'static SignInWay> {
        let info = mobly_sync::vendors::lookup(self.vendor).unwrap();
        info.sign_in.way(grant)
    }

    /// A fault that strikes where records are made.
    pub(crate) fn fault(&self, fault: &str) -> mobly_sync::sandbox::Fault {
        format!("{fault}@{}", self.create).parse().unwrap()
    }
}

#[test]
fn every_vendor_has_its_words() {
    for vendor in ALL {
        assert!(
            WORDS.iter().any(|words| words.vendor == vendor.name),
            "{} has no row",
            vendor.name
        );
    }
}
