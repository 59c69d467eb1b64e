//! What made-up leads are called and do. Companies are at `.example` addresses, which nobody can own.

pub(super) const FIRST: &[&str] = &[
    "Ana", "Björn", "Chloé", "Dmitri", "Emeka", "Fatima", "Giulia", "Hiroshi", "Ines", "Jürgen",
    "Kwame", "Lena", "Mateusz", "Noor", "Olga", "Priya", "Quentin", "Rosa", "Søren", "Tomás",
    "Uma", "Víctor", "Wen", "Yara", "Zoë",
];

pub(super) const LAST: &[&str] = &[
    "Almeida",
    "Brandt",
    "Castillo",
    "D'Angelo",
    "Eriksen",
    "Fischer",
    "García",
    "Hughes",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Müller",
    "Nakamura",
    "O'Brien",
    "Petrov",
    "Quispe",
    "Rossi",
    "Sánchez",
    "Tanaka",
    "Usman",
    "van der Berg",
    "Whitaker",
    "Xu",
    "Yılmaz",
    "Zimmermann",
];

pub(super) const TITLES: &[&str] = &[
    "Head of Operations",
    "VP Sales",
    "Marketing Manager",
    "Procurement Lead",
    "CTO",
    "Plant Engineer",
    "Event Coordinator",
    "Founder & CEO",
];

pub(super) struct Company {
    pub(super) name: &'static str,
    pub(super) domain: &'static str,
    pub(super) industry: &'static str,
    pub(super) street: &'static str,
    pub(super) city: &'static str,
    pub(super) state: Option<&'static str>,
    pub(super) zip: &'static str,
    pub(super) country: &'static str,
    pub(super) calling_code: &'static str,
}

pub(super) const COMPANIES: &[Company] = &[
    Company {
        name: "Acme Robotics",
        domain: "acme-robotics.example",
        industry: "Industrial Automation",
        street: "12 Foundry Rd",
        city: "Columbus",
        state: Some("OH"),
        zip: "43004",
        country: "United States",
        calling_code: "+1614555",
    },
    Company {
        name: "Nordlicht Energie GmbH",
        domain: "nordlicht.example",
        industry: "Renewables & Environment",
        street: "Hafenstraße 7",
        city: "Hamburg",
        state: None,
        zip: "20457",
        country: "Germany",
        calling_code: "+4940555",
    },
    Company {
        name: "Lumière Santé",
        domain: "lumiere-sante.example",
        industry: "Hospital & Health Care",
        street: "3 rue des Lilas",
        city: "Lyon",
        state: None,
        zip: "69003",
        country: "France",
        calling_code: "+3347855",
    },
    Company {
        name: "Pacific Freight Co.",
        domain: "pacificfreight.example",
        industry: "Logistics and Supply Chain",
        street: "900 Harbor Blvd, Suite 4",
        city: "Oakland",
        state: Some("California"),
        zip: "94607",
        country: "USA",
        calling_code: "+1510555",
    },
    Company {
        name: "Sakura Semiconductors",
        domain: "sakura-semi.example",
        industry: "Semiconductors",
        street: "2-4-1 Marunouchi",
        city: "Tokyo",
        state: None,
        zip: "100-0005",
        country: "Japan",
        calling_code: "+813555",
    },
    Company {
        name: "Maple Bank",
        domain: "maplebank.example",
        industry: "Banking",
        street: "55 King St W",
        city: "Toronto",
        state: Some("ON"),
        zip: "M5K 1A2",
        country: "Canada",
        calling_code: "+1416555",
    },
    Company {
        name: "Café Sol, Lda.",
        domain: "cafesol.example",
        industry: "Food & Beverages",
        street: "Rua Augusta 101",
        city: "Lisboa",
        state: None,
        zip: "1100-048",
        country: "Portugal",
        calling_code: "+351215",
    },
];

/// Name, first day's city and country of events; numbered beyond the first round.
pub(super) const EVENTS: &[(&str, &str, &str, &str)] = &[
    (
        "FutureFab Expo",
        "Chicago",
        "United States",
        "America/Chicago",
    ),
    (
        "Hannover Automation Days",
        "Hannover",
        "Germany",
        "Europe/Berlin",
    ),
    (
        "CloudSummit",
        "Amsterdam",
        "Netherlands",
        "Europe/Amsterdam",
    ),
    (
        "MedTech Forum",
        "Boston",
        "United States",
        "America/New_York",
    ),
    ("Retail Next", "London", "United Kingdom", "Europe/London"),
    ("Founders' Dinner", "Lisboa", "Portugal", "Europe/Lisbon"),
    ("GreenGrid", "Copenhagen", "Denmark", "Europe/Copenhagen"),
];

/// Who captures: address, first and last name, which may be missing.
pub(super) const USERS: &[(Option<&str>, Option<&str>, Option<&str>)] = &[
    (Some("sam.rep@exhibitor.example"), Some("Sam"), Some("Rep")),
    (Some("kim.booth@exhibitor.example"), Some("Kim"), None),
    (Some("alex.lane@exhibitor.example"), None, None),
    (None, Some("Invited"), Some("Guest")),
];

pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) status: &'static str,
    pub(super) multiple: bool,
    pub(super) required: bool,
    pub(super) all_events: bool,
    pub(super) usage: Option<&'static str>,
    pub(super) options: &'static [&'static str],
}

pub(super) const GROUPS: &[Group] = &[
    Group {
        name: "Interest",
        status: "PUBLISHED",
        multiple: true,
        required: false,
        all_events: true,
        usage: Some("Everything they asked about"),
        options: &["Demo", "Pricing", "Partnership", "Support"],
    },
    Group {
        name: "Timeline",
        status: "PUBLISHED",
        multiple: false,
        required: true,
        all_events: true,
        usage: None,
        options: &["0-3 months", "3-6 months", "6-12 months", "No project"],
    },
    Group {
        name: "Product line",
        status: "PUBLISHED",
        multiple: true,
        required: false,
        all_events: false,
        usage: None,
        options: &["Arms", "Grippers; special", "Vision", "Safety, fences"],
    },
    Group {
        name: "Budget",
        status: "PUBLISHED",
        multiple: false,
        required: false,
        all_events: false,
        usage: Some("Ask politely"),
        options: &["< 10k", "10k – 50k", "> 50k"],
    },
    Group {
        name: "Partner type",
        status: "DRAFT",
        multiple: false,
        required: false,
        all_events: true,
        usage: None,
        options: &["Reseller", "Integrator"],
    },
    Group {
        name: "Rating (old)",
        status: "ARCHIVED",
        multiple: false,
        required: false,
        all_events: true,
        usage: None,
        options: &["A", "B", "C"],
    },
];

pub(super) const NOTES: &[&str] = &[
    "Wants a call after the show.",
    "Met at the booth; knows our product from a colleague.",
    "Asked for prices.\nSecond line: send the brochure.",
    "Très intéressé — à rappeler.",
];
