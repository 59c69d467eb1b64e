//! A plan lead by lead: what would be filled, replaced and left of each record.

use serde_json::Value;

use super::rows::rows;
use crate::domain::plan::{ASSOCIATION, LEAD_WOULD_FAIL, PlannedAction, PlannedField, PlannedLead};
use crate::ui::Ui;
use crate::ui::format::{clean, cut, pad, width};
use crate::ui::table::tab_separated;
use crate::ui::theme::Theme;

/// Columns between a lead and what becomes of it, at most.
const WIDEST: usize = 96;

/// Shows leads: on a terminal as people read them, piped a row for each field.
pub fn differences(ui: &Ui, leads: &[PlannedLead]) {
    for lead in leads {
        if ui.out_is_terminal() {
            for line in lead_lines(ui.theme(), ui.width(), lead) {
                ui.data(line.trim_end());
            }
        } else {
            for row in rows(lead) {
                ui.data(tab_separated(&row));
            }
        }
    }
}

/// The same on standard error, beside a question.
pub fn differences_beside(ui: &Ui, leads: &[PlannedLead]) {
    for lead in leads {
        for line in lead_lines(ui.theme(), ui.width(), lead) {
            ui.status(line.trim_end());
        }
    }
}

fn lead_lines(theme: Theme, columns: usize, lead: &PlannedLead) -> Vec<String> {
    let symbols = theme.symbols();
    let who: Vec<String> = [Some(lead.name.as_str()), lead.email.as_deref()]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .map(clean)
        .collect();
    let how = lead
        .matched_by
        .as_ref()
        .map(|by| format!(" by {by}"))
        .unwrap_or_default();
    let what = format!("{}{how}", lead.action.name());
    let who = format!("{}  {}", lead.id, who.join(&format!(" {} ", symbols.dot)));
    // What becomes of a lead stands where the eye still follows its line.
    let room = columns.min(WIDEST).saturating_sub(width(&what) + 2);
    let painted = match lead.action {
        PlannedAction::Fail => theme.bad(&what),
        PlannedAction::Create | PlannedAction::Update => theme.good(&what),
        _ => theme.faint(&what),
    };
    let mut lines = vec![format!(
        "{}  {painted}",
        pad(&cut(&who, room, symbols.cut), room)
    )];
    if let Some(message) = &lead.message {
        let code = lead
            .category
            .map(|category| format!("{} ", category.code()))
            .unwrap_or_default();
        lines.push(cut(
            &format!("     {code}{}", clean(message)),
            columns,
            symbols.cut,
        ));
    }
    for record in &lead.records {
        let told: Vec<&PlannedField> = record
            .fields
            .iter()
            .filter(|field| is_told(lead, field))
            .collect();
        if told.is_empty() {
            continue;
        }
        let id = record.id.as_deref().unwrap_or("(new)");
        lines.push(format!("     {} {}", clean(&record.object), clean(id)));
        lines.extend(told.iter().map(|field| field_line(theme, columns, field)));
    }
    lines
}

/// What is so already needs no line, nor what a lead's own line has said.
fn is_told(lead: &PlannedLead, field: &PlannedField) -> bool {
    let said = |why: &str| match why {
        "already so" | "holds it already" | LEAD_WOULD_FAIL => true,
        why => lead.message.as_deref() == Some(why),
    };
    field.write || !field.why_not.as_deref().is_some_and(said)
}

fn field_line(theme: Theme, columns: usize, field: &PlannedField) -> String {
    let symbols = theme.symbols();
    let blank = crate::domain::write::is_blank(&field.old);
    let (sign, text) = match (field.write, blank) {
        (true, true) => ("+", text_of(&field.new)),
        (true, false) => (
            "~",
            format!(
                "{} {} {}",
                text_of(&field.old),
                symbols.arrow,
                text_of(&field.new)
            ),
        ),
        (false, _) => {
            let why = field.why_not.as_deref().unwrap_or_default();
            let kept = if blank {
                String::new()
            } else {
                format!("keeps {}: ", text_of(&field.old))
            };
            ("=", format!("{kept}{why}"))
        }
    };
    let name = match field.field.as_str() {
        ASSOCIATION => format!("joins {}", clean(&field.remote)),
        _ => clean(&field.remote),
    };
    let line = format!("       {sign} {}  {}", pad(&name, 22), clean(&text));
    let line = cut(&line, columns, symbols.cut);
    match sign {
        "~" => theme.care(&line),
        "=" => theme.faint(&line),
        _ => line,
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => format!("{:?}", clean(text)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::PlannedRecord;
    use crate::ui::TestUi;

    fn lead() -> PlannedLead {
        let field = |remote: &str, old: Value, new: &str| PlannedField {
            field: remote.to_owned(),
            remote: remote.to_owned(),
            old,
            new: new.into(),
            write: true,
            why_not: None,
        };
        PlannedLead {
            id: "A1B2C3D4".into(),
            name: "Ann Li".into(),
            email: Some("ann@acme.com".into()),
            action: PlannedAction::Update,
            matched_by: Some("email".into()),
            records: vec![PlannedRecord {
                object: "contact".into(),
                id: Some("7".into()),
                fields: vec![
                    field("phone", Value::Null, "+1 555"),
                    field("jobtitle", "Clerk".into(), "CEO"),
                    field("city", "Oslo".into(), "Rome").left("already filled in there"),
                    field("state", "Oslo".into(), "Oslo").left("already so"),
                ],
            }],
            category: None,
            message: None,
        }
    }

    #[test]
    fn a_terminal_shows_what_is_filled_replaced_and_left() {
        let ui = TestUi::terminal(80);
        differences(&ui.ui(), &[lead()]);
        let text = dialoguer::console::strip_ansi_codes(&ui.stdout()).into_owned();
        assert!(text.contains("update by email\n"), "{text}");
        assert!(
            text.contains("+ phone                   \"+1 555\"\n"),
            "{text}"
        );
        assert!(
            text.contains("~ jobtitle                \"Clerk\" → \"CEO\"\n"),
            "{text}"
        );
        assert!(
            text.contains("= city                    keeps \"Oslo\": already filled in there\n"),
            "{text}"
        );
        assert!(!text.contains("state"), "{text}");
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
    }

    #[test]
    fn a_lead_that_would_fail_says_why_once() {
        let refused = "Email (email): \"no address\" is not an e-mail address";
        let mut failing = PlannedLead {
            action: PlannedAction::Fail,
            matched_by: None,
            category: Some(crate::domain::category::Category::DataFormatValidation),
            message: Some(refused.to_owned()),
            ..lead()
        };
        let fields = &mut failing.records[0].fields;
        fields.truncate(2);
        fields[0] = fields[0].clone().left(refused);
        fields[1] = fields[1].clone().left(LEAD_WOULD_FAIL);
        let company = PlannedRecord {
            object: "company".into(),
            id: None,
            fields: vec![PlannedField {
                write: true,
                why_not: None,
                ..fields[0].clone()
            }],
        };
        failing.records.push(company);
        let ui = TestUi::terminal(80);
        differences(&ui.ui(), &[failing]);
        let text = dialoguer::console::strip_ansi_codes(&ui.stdout()).into_owned();
        assert_eq!(text.matches("e-mail address").count(), 1, "{text}");
        assert!(!text.contains("contact"), "{text}");
        assert!(text.contains("company (new)\n       + phone"), "{text}");
    }

    #[test]
    fn a_pipe_has_a_row_for_each_field() {
        let ui = TestUi::piped();
        differences(&ui.ui(), &[lead()]);
        let text = ui.stdout();
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(text.starts_with("A1B2C3D4\tAnn Li\tann@acme.com\tupdate\temail\tcontact\t7\tphone\t\t+1 555\twrite\t\n"), "{text}");
    }
}
