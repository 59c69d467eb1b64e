//! What vendors and their customers call our fields.

/// Names of one thing, by our field. Compared without case and punctuation.
pub(super) const SYNONYMS: &[(&str, &[&str])] = &[
    ("firstName", &["givenname", "forename", "vorname", "prenom"]),
    ("lastName", &["surname", "familyname", "nachname", "nom"]),
    (
        "email",
        &["emailaddress", "mail", "workemail", "businessemail"],
    ),
    (
        "phone",
        &[
            "phonenumber",
            "telephone",
            "tel",
            "businessphone",
            "workphone",
            "officephone",
        ],
    ),
    (
        "mobilePhone",
        &["mobile", "mobilephonenumber", "cell", "cellphone", "handy"],
    ),
    (
        "jobTitle",
        &["title", "position", "jobfunction", "role", "jobrole"],
    ),
    ("description", &["about", "summary", "bio"]),
    (
        "notes",
        &["note", "comments", "comment", "remarks", "message"],
    ),
    (
        "address",
        &["street", "streetaddress", "mailingstreet", "addressline1"],
    ),
    (
        "linkedin",
        &[
            "linkedinurl",
            "linkedinprofile",
            "linkedinbio",
            "hslinkedinurl",
        ],
    ),
    ("facebook", &["facebookurl", "facebookpage"]),
    ("twitter", &["twitterurl", "twitterhandle", "x"]),
    (
        "leadOwner",
        &[
            "owner",
            "hubspotownerid",
            "ownerid",
            "contactowner",
            "assignedto",
        ],
    ),
    ("leadScore", &["score", "rating", "hubspotscore"]),
    (
        "lastScannedBy",
        &["scannedby", "capturedby", "rep", "boothrep"],
    ),
    (
        "eventName",
        &[
            "event",
            "tradeshow",
            "show",
            "conference",
            "campaign",
            "leadsourcedetail",
        ],
    ),
    (
        "capturedAt",
        &[
            "captured",
            "capturedate",
            "scandate",
            "scannedat",
            "dateofscan",
        ],
    ),
    ("numberOfScans", &["scans", "scancount"]),
    (
        "companyName",
        &[
            "company",
            "name",
            "accountname",
            "organization",
            "organisation",
            "firm",
        ],
    ),
    (
        "companyWebsite",
        &["website", "websiteurl", "url", "homepage", "web"],
    ),
    (
        "companyDomain",
        &["domain", "domainname", "companydomainname"],
    ),
    (
        "companyIndustry",
        &["industry", "sector", "branch", "vertical"],
    ),
    (
        "companySize",
        &[
            "numberofemployees",
            "employees",
            "employeecount",
            "headcount",
            "size",
        ],
    ),
    (
        "companyStreetAddress",
        &["address", "street", "billingstreet", "streetaddress"],
    ),
    (
        "companyCity",
        &["city", "town", "billingcity", "mailingcity", "ort"],
    ),
    (
        "companyState",
        &["state", "region", "stateregion", "province", "billingstate"],
    ),
    (
        "companyCountry",
        &["country", "countryregion", "billingcountry", "land"],
    ),
    (
        "companyZip",
        &[
            "zip",
            "postalcode",
            "zipcode",
            "postcode",
            "billingpostalcode",
            "plz",
        ],
    ),
    (
        "companyLinkedin",
        &["linkedincompanypage", "linkedin", "linkedinurl"],
    ),
];
