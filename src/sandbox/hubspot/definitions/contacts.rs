//! Standard properties of contacts.

use super::{
    LIFECYCLE_STAGES, Property, boolean, datetime, fixed_select, in_group, long_text, number,
    open_select, text,
};

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

const SENIORITIES: [(&str, &str); 9] = [
    ("Vp", "vp"),
    ("Director", "director"),
    ("Manager", "manager"),
    ("Executive", "executive"),
    ("Owner", "owner"),
    ("Partner", "partner"),
    ("Senior", "senior"),
    ("Employee", "employee"),
    ("Entry", "entry"),
];

const EMPLOYEE_RANGES: [(&str, &str); 8] = [
    ("1-5", "1-5"),
    ("5-25", "5-25"),
    ("25-50", "25-50"),
    ("50-100", "50-100"),
    ("100-500", "100-500"),
    ("500-1000", "500-1000"),
    ("1000+", "1000+"),
    ("Unknown", "unknown"),
];

pub(super) fn properties() -> Vec<Property> {
    in_group("contactinformation", person())
        .chain(in_group("contactinformation", qualification()))
        .chain(in_group("emailinformation", email_flags()))
        .chain(in_group("contactinformation", kept_by_hubspot()))
        .collect()
}

fn person() -> Vec<Property> {
    vec![
        // `hasUniqueValue` is true for e-mail although HubSpot made the property.
        text("email", "Email").unique(),
        text("firstname", "First Name"),
        text("lastname", "Last Name"),
        text("salutation", "Salutation"),
        text("jobtitle", "Job Title"),
        text("company", "Company Name"),
        Property::standard("phone", "Phone Number", "string", "phonenumber"),
        Property::standard(
            "mobilephone",
            "Mobile Phone Number",
            "string",
            "phonenumber",
        ),
        text("fax", "Fax Number"),
        text("website", "Website URL"),
        text("address", "Street Address"),
        text("city", "City"),
        text("state", "State/Region"),
        text("zip", "Postal Code"),
        text("country", "Country/Region"),
        text("work_email", "Work email"),
        text("hs_linkedin_url", "LinkedIn URL"),
        text("twitterhandle", "Twitter Username"),
        text("linkedinbio", "LinkedIn Bio"),
        text("industry", "Industry"),
        text("degree", "Degree"),
        text("school", "School"),
        text("field_of_study", "Field of Study"),
        text("date_of_birth", "Date of birth"),
        text("gender", "Gender"),
        text("marital_status", "Marital Status"),
        text("annualrevenue", "Annual Revenue"),
        text("hs_language", "Preferred language"),
        text("hs_timezone", "Time Zone"),
        long_text("message", "Message"),
        Property::standard("closedate", "Close Date", "datetime", "date"),
    ]
}

fn qualification() -> Vec<Property> {
    vec![
        open_select("lifecyclestage", "Lifecycle Stage", LIFECYCLE_STAGES),
        open_select("hs_lead_status", "Lead Status", LEAD_STATUSES),
        open_select("hs_seniority", "Seniority", SENIORITIES),
        fixed_select("numemployees", "Number of Employees", EMPLOYEE_RANGES),
        Property::owner("hubspot_owner_id", "Contact owner"),
        number("hubspotscore", "HubSpot Score").calculated(),
    ]
}

fn email_flags() -> Vec<Property> {
    vec![
        boolean("hs_email_optout", "Unsubscribed from all email"),
        text("hs_email_domain", "Email Domain").calculated(),
        number("hs_email_bounce", "Marketing emails bounced").read_only(),
        boolean("hs_email_is_ineligible", "Is globally ineligible").read_only(),
    ]
}

fn kept_by_hubspot() -> Vec<Property> {
    vec![
        number("hs_object_id", "Record ID").read_only(),
        datetime("createdate", "Create Date").read_only(),
        datetime("lastmodifieddate", "Last Modified Date").read_only(),
        number("associatedcompanyid", "Primary Associated Company ID").read_only(),
        text("hs_additional_emails", "Additional email addresses").read_only(),
        datetime("notes_last_updated", "Last Activity Date").calculated(),
        datetime("notes_last_contacted", "Last Contacted").calculated(),
        number("num_notes", "Number of Sales Activities").calculated(),
        number("num_associated_deals", "Number of Associated Deals").calculated(),
        datetime("notes_next_activity_date", "Next Activity Date").calculated(),
        text("hs_merged_object_ids", "Merged record IDs").read_only(),
        fixed_select(
            "hs_object_source",
            "Record source",
            [("Integration", "INTEGRATION")],
        )
        .read_only(),
    ]
}
