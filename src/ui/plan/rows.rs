//! A plan as rows for programs.

use serde_json::Value;

use crate::domain::plan::PlannedLead;
use crate::ui::table::Cell;

/// Rows for programs: id, name, e-mail, action, matched by, object, record, field, old, new, written, why not.
pub(super) fn rows(lead: &PlannedLead) -> Vec<Vec<Cell>> {
    let plain = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let head = [
        lead.id.clone(),
        lead.name.clone(),
        lead.email.clone().unwrap_or_default(),
        lead.action.name().to_owned(),
        lead.matched_by.clone().unwrap_or_default(),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in &lead.records {
        let place = [record.object.clone(), record.id.clone().unwrap_or_default()];
        for field in &record.fields {
            let written = if field.write { "write" } else { "leave" };
            let cells = [
                field.remote.clone(),
                plain(&field.old),
                plain(&field.new),
                written.to_owned(),
                field.why_not.clone().unwrap_or_default(),
            ];
            rows.push(head.iter().chain(&place).cloned().chain(cells).collect());
        }
    }
    if let Some(message) = lead
        .message
        .as_ref()
        .or(rows.is_empty().then_some(&String::new()))
    {
        let code = lead
            .category
            .map(|category| category.code().to_owned())
            .unwrap_or_default();
        let rest = [
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            code,
            message.clone(),
        ];
        rows.push(head.iter().cloned().chain(rest).collect());
    }
    rows.into_iter()
        .map(|row| row.into_iter().map(Cell::from).collect())
        .collect()
}
