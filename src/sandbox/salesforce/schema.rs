//! The standard objects every org has (fact sheet, section 9), read from `definitions/`.

use super::field::Field;
use super::object::Object;

/// Names in the order the org shows them.
pub(super) fn standard_objects() -> Vec<Object> {
    let object = |name, label, prefix, text| Object::new(name, label, prefix, text, true);
    vec![
        object(
            "Account",
            "Account",
            "001",
            include_str!("definitions/Account.txt"),
        ),
        object(
            "Campaign",
            "Campaign",
            "701",
            include_str!("definitions/Campaign.txt"),
        ),
        object(
            "CampaignMember",
            "Campaign Member",
            "00v",
            include_str!("definitions/CampaignMember.txt"),
        ),
        object(
            "CampaignMemberStatus",
            "Campaign Member Status",
            "01Y",
            include_str!("definitions/CampaignMemberStatus.txt"),
        ),
        object(
            "Contact",
            "Contact",
            "003",
            include_str!("definitions/Contact.txt"),
        ),
        object("Case", "Case", "500", include_str!("definitions/Case.txt")),
        object(
            "ContentDocumentLink",
            "Content Document Link",
            "06A",
            include_str!("definitions/ContentDocumentLink.txt"),
        ),
        object(
            "Contract",
            "Contract",
            "800",
            include_str!("definitions/Contract.txt"),
        ),
        object(
            "Event",
            "Event",
            "00U",
            include_str!("definitions/Event.txt"),
        ),
        object(
            "Group",
            "Group",
            "00G",
            include_str!("definitions/Group.txt"),
        ),
        object("Lead", "Lead", "00Q", include_str!("definitions/Lead.txt")),
        Object::new(
            "Organization",
            "Organization",
            "00D",
            include_str!("definitions/Organization.txt"),
            false,
        ),
        object(
            "Opportunity",
            "Opportunity",
            "006",
            include_str!("definitions/Opportunity.txt"),
        ),
        object(
            "OpportunityContactRole",
            "Opportunity Contact Role",
            "00K",
            include_str!("definitions/OpportunityContactRole.txt"),
        ),
        object(
            "QueueSobject",
            "Queue Sobject",
            "03g",
            include_str!("definitions/QueueSobject.txt"),
        ),
        Object::new(
            "RecordType",
            "Record Type",
            "012",
            include_str!("definitions/RecordType.txt"),
            false,
        ),
        object("Task", "Task", "00T", include_str!("definitions/Task.txt")),
        object("User", "User", "005", include_str!("definitions/User.txt")),
    ]
}

/// The fields an org has only with person accounts.
pub(super) fn person_account_fields(object: &str) -> Vec<Field> {
    let lines: &[&str] = match object {
        "Account" => &[
            "IsPersonAccount|Is Person Account|boolean|0|system",
            "LastName|Last Name|string|80|",
            "FirstName|First Name|string|40|",
            "PersonEmail|Email|email|80|lookup",
            "PersonContactId|Person Contact ID|reference|18|system|Contact>PersonContact",
        ],
        "Contact" => &["IsPersonAccount|Is Person Account|boolean|0|system"],
        _ => &[],
    };
    lines.iter().filter_map(|line| Field::parse(line)).collect()
}

/// Where an object keeps addresses: the prefix of `Street`, `City`, `State`, …
pub(super) fn address_prefixes(object: &str) -> &'static [&'static str] {
    match object {
        "Lead" => &[""],
        "Contact" => &["Mailing"],
        "Account" => &["Billing"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_definitions_is_read() {
        for object in standard_objects() {
            assert!(object.field("Id").is_some(), "{}", object.name);
        }
        let texts = [
            include_str!("definitions/Account.txt"),
            include_str!("definitions/Campaign.txt"),
            include_str!("definitions/CampaignMember.txt"),
            include_str!("definitions/CampaignMemberStatus.txt"),
            include_str!("definitions/Contact.txt"),
            include_str!("definitions/Group.txt"),
            include_str!("definitions/Lead.txt"),
            include_str!("definitions/Organization.txt"),
            include_str!("definitions/QueueSobject.txt"),
            include_str!("definitions/RecordType.txt"),
            include_str!("definitions/Case.txt"),
            include_str!("definitions/ContentDocumentLink.txt"),
            include_str!("definitions/Contract.txt"),
            include_str!("definitions/Event.txt"),
            include_str!("definitions/Opportunity.txt"),
            include_str!("definitions/OpportunityContactRole.txt"),
            include_str!("definitions/Task.txt"),
            include_str!("definitions/User.txt"),
        ];
        for line in texts
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.starts_with('#'))
        {
            assert!(Field::parse(line).is_some(), "{line}");
        }
        for object in ["Account", "Contact"] {
            assert!(person_account_fields(object).len() == if object == "Account" { 5 } else { 1 });
        }
    }
}
