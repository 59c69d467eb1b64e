//! The exports of lead-capture tools and CRMs, a few made-up rows under the headers each of them has: every one is read
//! without a word on its columns.

use serde_json::Value;

use crate::support::World;

/// Imports a file into an event of its own and returns its lead.
fn imported(file: &str, options: &[&str], lead: &str) -> Value {
    let world = World::new();
    let path = world.file("export.csv", file);
    let mut arguments = vec!["lead", "import", &path, "--create-event"];
    arguments.extend(options);
    let document = world.json(&arguments);
    assert_eq!(document["warnings"], serde_json::json!([]), "{document}");
    world.json(&["lead", "show", lead])["lead"].clone()
}

#[track_caller]
fn has(lead: &Value, fields: &[(&str, &str)]) {
    for (key, value) in fields {
        assert_eq!(lead["fields"][key], *value, "{key}: {lead:#}");
    }
}

#[track_caller]
fn met(lead: &Value, event: &str, at: &str) {
    assert_eq!(lead["events"][0]["name"], event, "{lead:#}");
    assert_eq!(lead["captured_at"], at, "{lead:#}");
}

const ANN: [(&str, &str); 5] = [
    ("firstName", "Ann"),
    ("lastName", "Lee"),
    ("email", "ann@firm.example"),
    ("companyName", "Firm, Inc."),
    ("jobTitle", "CTO"),
];

#[test]
fn mobly() {
    let lead = imported(
        "firstName,lastName,email,companyName,jobTitle,phone,phoneType,linkedin,companyCity,companyZip,companyWebsite,event,numberOfScans,remoteId\n\
         Ann,Lee,ann@firm.example,\"Firm, Inc.\",CTO,+1 555 010 1234,work,https://www.linkedin.com/in/ann,Rome,00100,https://firm.example,Expo,3,00Q1\n",
        &[],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("phoneType", "work"),
            ("linkedin", "https://www.linkedin.com/in/ann"),
            ("companyCity", "Rome"),
            ("companyZip", "00100"),
            ("companyWebsite", "https://firm.example"),
        ],
    );
    assert_eq!(lead["events"][0]["name"], "Expo");
    assert_eq!(lead["scans"], 3);
}

#[test]
fn icapture() {
    let lead = imported(
        "Event Name,First Name,Last Name,Company,Title,Email,Phone,Address 1,City,State,Zip Code,Country,Captured By,Capture Date,Capture Time,Notes,Follow Up\n\
         Expo,Ann,Lee,\"Firm, Inc.\",CTO,ann@firm.example,+1 555 010 1234,1 Main St,Rome,RM,00100,Italy,Bo Rep,11/17/2026,9:15 AM,met at booth,Hot\n",
        &[],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("companyStreetAddress", "1 Main St"),
            ("lastScannedBy", "Bo Rep"),
            ("notes", "met at booth"),
            ("Follow Up", "Hot"),
        ],
    );
    met(&lead, "Expo", "2026-11-17T09:15:00Z");
}

#[test]
fn cvent_lead_capture() {
    let lead = imported(
        "First Name,Last Name,Title,Company Name,Email Address,Work Phone,Mobile Phone,Work Address 1,Work City,Work State/Province,Work ZIP/Postal Code,Work Country,Captured By,Captured Date/Time,Rating,Comments\n\
         Ann,Lee,CTO,\"Firm, Inc.\",ann@firm.example,+1 555 010 1234,+1 555 010 9999,1 Main St,Rome,RM,00100,Italy,Bo Rep,2026-11-17 09:15,4,met at booth\n",
        &["--event", "Expo"],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("mobilePhone", "+1 555 010 9999"),
            ("companyStreetAddress", "1 Main St"),
            ("companyCity", "Rome"),
            ("companyState", "RM"),
            ("companyZip", "00100"),
            ("companyCountry", "Italy"),
            ("lastScannedBy", "Bo Rep"),
            ("notes", "met at booth"),
            ("Rating", "4"),
        ],
    );
    met(&lead, "Expo", "2026-11-17T09:15:00Z");
}

#[test]
fn captello() {
    let lead = imported(
        "Submission ID,Submission Date,Event Name,First Name,Last Name,Work Email,Work Phone,Company,Job Title,Work Street,Work City,Work State,Work Zip,Work Country,Submitted By,Notes\n\
         77,2026-11-17 09:15:00,Expo,Ann,Lee,ann@firm.example,+1 555 010 1234,\"Firm, Inc.\",CTO,1 Main St,Rome,RM,00100,Italy,bo@us.example,met at booth\n",
        &[],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("companyStreetAddress", "1 Main St"),
            ("companyZip", "00100"),
            ("lastScannedBy", "bo@us.example"),
            ("Submission ID", "77"),
        ],
    );
    met(&lead, "Expo", "2026-11-17T09:15:00Z");
}

#[test]
fn popl() {
    let lead = imported(
        "First name,Last name,Job Title,Company,Email,Number,Website,Address,Lead Owner,Tags,Notes\n\
         Ann,Lee,CTO,\"Firm, Inc.\",ann@firm.example,+1 555 010 1234,https://firm.example,\"1 Main St, Rome\",bo@us.example,hot,met at booth\n",
        &["--event", "Expo"],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("companyWebsite", "https://firm.example"),
            ("address", "1 Main St, Rome"),
            ("leadOwner", "bo@us.example"),
            ("Tags", "hot"),
        ],
    );
    // A column that counts the rows is no telephone.
    let counted = imported(
        "Number,First Name,Company,Email\n1,Ann,Firm,ann@firm.example\n",
        &["--event", "Expo"],
        "ann@firm.example",
    );
    has(&counted, &[("Number", "1")]);
}

#[test]
fn hubspot() {
    let lead = imported(
        "\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Phone Number\",\"Contact owner\",\"Lead Status\",\"Create Date\",\"Job Title\",\"Associated Company\",\"Mobile Phone Number\",\"Website URL\",\"City\",\"State/Region\",\"Postal Code\",\"Country/Region\"\n\
         \"501\",\"Ann\",\"Lee\",\"ann@firm.example\",\"+1 555 010 1234\",\"Bo Rep\",\"NEW\",\"2026-11-17 09:15\",\"CTO\",\"Firm, Inc.\",\"+1 555 010 9999\",\"https://firm.example\",\"Rome\",\"RM\",\"00100\",\"Italy\"\n",
        &["--event", "Expo"],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("mobilePhone", "+1 555 010 9999"),
            ("companyWebsite", "https://firm.example"),
            ("companyState", "RM"),
            ("companyZip", "00100"),
            ("companyCountry", "Italy"),
            ("leadOwner", "Bo Rep"),
            ("Record ID", "501"),
        ],
    );
}

#[test]
fn salesforce() {
    let lead = imported(
        "\"Lead Owner\",\"First Name\",\"Last Name\",\"Title\",\"Company / Account\",\"Email\",\"Phone\",\"Mobile\",\"Lead Source\",\"Street\",\"City\",\"State/Province\",\"Zip/Postal Code\",\"Country\",\"No. of Employees\",\"Industry\",\"Create Date\"\n\
         \"Bo Rep\",\"Ann\",\"Lee\",\"CTO\",\"Firm, Inc.\",\"ann@firm.example\",\"+1 555 010 1234\",\"+1 555 010 9999\",\"Trade Show\",\"1 Main St\",\"Rome\",\"RM\",\"00100\",\"Italy\",\"250\",\"Banking\",\"11/17/2026\"\n",
        &["--event", "Expo"],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("mobilePhone", "+1 555 010 9999"),
            ("companyStreetAddress", "1 Main St"),
            ("companyState", "RM"),
            ("companyZip", "00100"),
            ("companySize", "250"),
            ("companyIndustry", "Banking"),
            ("leadOwner", "Bo Rep"),
            ("Lead Source", "Trade Show"),
        ],
    );
}

#[test]
fn eventbrite() {
    let lead = imported(
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,Total Paid,Attendee Status,Event Name,Home Address 1,Work Phone,Job Title,Company,Work Address 1,Work City,Work State,Work Zip,Work Country\n\
         111,2026-10-01 18:00,Ann,Lee,ann@firm.example,1,,Visitor,222,,Free Order,USD,0.00,Checked In,Expo,2 Side St,+1 555 010 1234,CTO,\"Firm, Inc.\",1 Main St,Rome,RM,00100,Italy\n",
        &[],
        "ann@firm.example",
    );
    has(&lead, &ANN);
    has(
        &lead,
        &[
            ("phone", "+1 555 010 1234"),
            ("companyStreetAddress", "1 Main St"),
            ("companyCity", "Rome"),
            ("companyZip", "00100"),
            ("Ticket Type", "Visitor"),
            ("Order #", "111"),
            ("Home Address 1", "2 Side St"),
        ],
    );
    assert_eq!(lead["events"][0]["name"], "Expo");
    assert_eq!(lead["scans"], 1, "tickets are no scans");
}
