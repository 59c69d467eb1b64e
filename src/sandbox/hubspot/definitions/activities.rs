//! Standard properties of notes and tasks.

use super::{Property, datetime, fixed_select, in_group, long_text, number, text};

fn common() -> Vec<Property> {
    vec![
        datetime("hs_timestamp", "Activity date"),
        Property::owner("hubspot_owner_id", "Activity assigned to"),
        number("hs_object_id", "Record ID").read_only(),
        datetime("hs_createdate", "Create date").read_only(),
        datetime("hs_lastmodifieddate", "Last modified date").read_only(),
    ]
}

pub(super) fn note_properties() -> Vec<Property> {
    let mut properties = common();
    properties.push(Property::standard(
        "hs_note_body",
        "Note body",
        "string",
        "html",
    ));
    properties.push(text("hs_attachment_ids", "Attached file IDs"));
    in_group("engagement", properties).collect()
}

pub(super) fn task_properties() -> Vec<Property> {
    let mut properties = common();
    properties.extend([
        text("hs_task_subject", "Task Title"),
        long_text("hs_task_body", "Task Notes"),
        fixed_select(
            "hs_task_status",
            "Task Status",
            [
                ("Not started", "NOT_STARTED"),
                ("In progress", "IN_PROGRESS"),
                ("Waiting", "WAITING"),
                ("Completed", "COMPLETED"),
                ("Deferred", "DEFERRED"),
            ],
        ),
        fixed_select(
            "hs_task_priority",
            "Priority",
            [
                ("None", "NONE"),
                ("Low", "LOW"),
                ("Medium", "MEDIUM"),
                ("High", "HIGH"),
            ],
        ),
        fixed_select(
            "hs_task_type",
            "Task Type",
            [("To-do", "TODO"), ("Call", "CALL"), ("Email", "EMAIL")],
        ),
    ]);
    in_group("task", properties).collect()
}
