//! Standard properties of companies.

use super::industries::industry_options;
use super::{
    LIFECYCLE_STAGES, Property, boolean, datetime, fixed_select, in_group, long_text, number,
    open_select, text,
};

const COMPANY_TYPES: [(&str, &str); 5] = [
    ("Prospect", "PROSPECT"),
    ("Partner", "PARTNER"),
    ("Reseller", "RESELLER"),
    ("Vendor", "VENDOR"),
    ("Other", "OTHER"),
];

const LEAD_STATUSES: [(&str, &str); 8] = [
    ("New", "NEW"),
    ("Open", "OPEN"),
    ("In Progress", "IN_PROGRESS"),
    ("Open Deal", "OPEN_DEAL"),
    ("Unqualified", "UNQUALIFIED"),
    ("Attempted to Contact", "ATTEMPTED_TO_CONTACT"),
    ("Connected", "CONNECTED"),
    ("Bad Timing", "BAD_TIMING"),
];

pub(super) fn properties() -> Vec<Property> {
    in_group("companyinformation", description())
        .chain(in_group("companyinformation", qualification()))
        .chain(in_group("companyinformation", kept_by_hubspot()))
        .collect()
}

fn description() -> Vec<Property> {
    vec![
        text("name", "Company name"),
        text("domain", "Company Domain Name"),
        text("website", "Website URL"),
        Property::standard("phone", "Phone Number", "string", "phonenumber"),
        text("address", "Street Address"),
        text("address2", "Street Address 2"),
        text("city", "City"),
        text("state", "State/Region"),
        text("zip", "Postal Code"),
        text("country", "Country/Region"),
        text("timezone", "Time Zone"),
        text("linkedin_company_page", "LinkedIn Company Page"),
        text("linkedinbio", "LinkedIn Bio"),
        text("facebook_company_page", "Facebook Company Page"),
        text("twitterhandle", "Twitter Handle"),
        text("founded_year", "Year Founded"),
        long_text("description", "Description"),
        long_text("about_us", "About Us"),
        number("numberofemployees", "Number of Employees"),
        number("annualrevenue", "Annual Revenue"),
        boolean("is_public", "Is Public"),
    ]
}

fn qualification() -> Vec<Property> {
    vec![
        // Whether customers may add industries is not documented; here they may, as with other open lists.
        industry_options(open_select("industry", "Industry", [])),
        fixed_select("type", "Type", COMPANY_TYPES),
        open_select("lifecyclestage", "Lifecycle Stage", LIFECYCLE_STAGES),
        open_select("hs_lead_status", "Lead Status", LEAD_STATUSES),
        Property::owner("hubspot_owner_id", "Company owner"),
    ]
}

fn kept_by_hubspot() -> Vec<Property> {
    vec![
        number("hs_object_id", "Record ID").read_only(),
        datetime("createdate", "Create Date").read_only(),
        datetime("hs_lastmodifieddate", "Last Modified Date").read_only(),
        text("hs_additional_domains", "Additional Domains").read_only(),
        number("num_associated_contacts", "Number of Associated Contacts").calculated(),
        datetime("notes_last_updated", "Last Activity Date").calculated(),
        number("num_notes", "Number of Sales Activities").calculated(),
        number("num_associated_deals", "Number of Associated Deals").calculated(),
        datetime("notes_next_activity_date", "Next Activity Date").calculated(),
        text("hs_merged_object_ids", "Merged record IDs").read_only(),
    ]
}
