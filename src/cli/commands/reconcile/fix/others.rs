//! What no change of the mapping settles: says plainly what to do, and offers what can be done from here.

use super::desk::Desk;
use super::leads;
use super::topics::Group;
use super::values::fitting;
use crate::cli::command_error::CommandError;
use crate::domain::board::LeadLine;
use crate::domain::category::Category;
use crate::domain::hints::Command;
use crate::domain::lead::{FIELDS, field_info};
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::remote::{RemoteField, RemoteOption};
use crate::store::Store;
use crate::ui::format::{clean, counted, wrap};

/// What can be done from here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Settle,
    Constant,
    FromField,
    Correct,
    Export,
    Retry,
    Ignore,
    Leave,
}

impl Way {
    fn text(self) -> &'static str {
        match self {
            Self::Settle => "Say which record each lead is",
            Self::Constant => "Fill it with the same for every lead",
            Self::FromField => "Fill it from a field of the leads",
            Self::Correct => "Correct the leads",
            Self::Export => "Write the leads to a file to correct",
            Self::Retry => "The cause is gone: go on to the retry",
            Self::Ignore => "Take these leads out of Failed, with a reason",
            Self::Leave => "Leave it",
        }
    }
}

/// Says what it is and asks what to do. Whether a retry is worth while now.
///
/// # Errors
/// If the person left.
pub(super) async fn offer(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
) -> Result<bool, CommandError> {
    tell(desk, group);
    let ours = our_field(desk, store, group)?;
    let ways = ways(group, ours.is_some());
    let choices: Vec<String> = ways.iter().map(|way| way.text().to_owned()).collect();
    let chosen = desk
        .ui()
        .prompter()
        .select("What shall be done?", &choices, 0)?;
    match ways[chosen] {
        Way::Settle => settle(desk, store, group).await,
        Way::Constant => constant(desk, group).await,
        Way::FromField => from_field(desk, store, group).await,
        Way::Correct => match ours {
            Some(key) => leads::correct(desk, store, group, &Source::Field(key)).await,
            None => Ok(false),
        },
        Way::Export => leads::export(desk, group, group.leads())
            .await
            .map(|()| false),
        Way::Retry => Ok(true),
        Way::Ignore => ignore(desk, group).await.map(|()| false),
        Way::Leave => Ok(false),
    }
}

/// What the vendor says, what it means, what settles it: as `explain` has it.
fn tell(desk: &Desk<'_>, group: &Group) {
    let ui = desk.ui();
    let theme = ui.theme();
    let text = group.category.text();
    let width = ui.width().min(100);
    let title = group.title();
    if !title.is_empty() {
        ui.status(wrap(&format!("  {}", theme.strong(&title)), width, 2));
    }
    let mut messages: Vec<String> = Vec::new();
    for cause in &group.causes {
        let message = clean(&cause.vendor_message);
        if !message.is_empty() && message != title && !messages.contains(&message) {
            messages.push(message);
        }
    }
    for message in messages.iter().take(3) {
        ui.status(wrap(&format!("  {message}"), width, 2));
    }
    ui.status(wrap(&format!("  {}", text.cause), width, 2));
    ui.status(wrap(&format!("  {}", text.remedy), width, 2));
    if let Some(fix) = group.causes.first().and_then(|cause| cause.fix.as_deref()) {
        ui.status(format!("  {}", theme.good(&clean(fix))));
    }
    ui.status("");
}

fn ways(group: &Group, correctable: bool) -> Vec<Way> {
    let mut ways = match group.category {
        Category::AmbiguousMatch | Category::DuplicateRecord | Category::IdentityConflict => {
            vec![Way::Settle]
        }
        Category::RequiredFieldMissing
            if group.is_of_the_mapping() && group.target().1.is_some() =>
        {
            vec![Way::Constant, Way::FromField]
        }
        Category::NotEnoughData | Category::ValidationRule | Category::DataFormatValidation
            if correctable =>
        {
            vec![Way::Correct]
        }
        _ => Vec::new(),
    };
    let by_lead = matches!(
        group.category,
        Category::NotEnoughData
            | Category::ValidationRule
            | Category::DataFormatValidation
            | Category::DataValueValidation
            | Category::DataTooLong
    );
    ways.extend(by_lead.then_some(Way::Export));
    ways.extend([Way::Retry, Way::Ignore, Way::Leave]);
    ways
}

/// The field of ours a failure is about, where it tells one that can be edited: the one that is mapped to the vendor's field,
/// else the one the failure itself names.
fn our_field(
    desk: &Desk<'_>,
    store: &Store,
    group: &Group,
) -> Result<Option<String>, CommandError> {
    let (object, field) = group.target();
    let is_blamed = |rule: &Rule| {
        Some(rule.remote.as_str()) == field && object.is_none_or(|object| rule.object == object)
    };
    let integration = desk.integration().id;
    let rules = store.rules(integration)?;
    if let Some(rule) = rules.into_iter().find(is_blamed) {
        return Ok(match rule.source {
            Source::Field(key) if field_info(&key).is_none_or(|known| !known.computed) => Some(key),
            _ => None,
        });
    }
    let asked = store.qualifier_rules(integration)?;
    let is_answer = |rule: &QualifierRule| {
        Some(rule.remote.as_str()) == field && object.is_none_or(|object| rule.object == object)
    };
    if asked.iter().any(is_answer) {
        return Ok(None);
    }
    let known = field.and_then(field_info);
    Ok(match (group.category, known) {
        (_, Some(known)) if !known.computed => Some(known.key.to_owned()),
        (Category::NotEnoughData, None) => Some("email".to_owned()),
        _ => None,
    })
}

/// Each lead in turn: which record it is, or that it is a new one. That pushes it, so no retry is left to do.
async fn settle(desk: &mut Desk<'_>, store: &Store, group: &Group) -> Result<bool, CommandError> {
    for line in leads::lines(desk, store, group)? {
        if !settle_one(desk, &line).await? {
            break;
        }
    }
    Ok(false)
}

/// Whether to go on with the next.
async fn settle_one(desk: &mut Desk<'_>, line: &LeadLine) -> Result<bool, CommandError> {
    let ui = desk.ui().clone();
    ui.status("");
    let theme = ui.theme();
    ui.status(format!(
        "  {}  {} {}",
        theme.strong(&line.id),
        clean(&line.name),
        theme.faint(&clean(line.email.as_deref().unwrap_or_default()))
    ));
    if let Some(message) = &line.message {
        ui.status(wrap(
            &format!("  {}", clean(message)),
            ui.width().min(100),
            2,
        ));
    }
    let mut choices: Vec<String> = candidates(line)
        .iter()
        .map(|id| format!("It is the record {id}"))
        .collect();
    let named = choices.len();
    let rest = [
        "It is another record: name it",
        "It is nobody there yet: create a record",
        "Leave this one",
        "Leave them all",
    ];
    choices.extend(rest.map(|text| fitting(&ui, text)));
    let chosen = ui.prompter().select("Who is it?", &choices, 0)?;
    let settled = Command::new("reconcile").option("--lead", &line.id);
    let settled = match chosen {
        one if one < named => settled.option("--adopt", &candidates(line)[one]),
        one if one == named => {
            let id = ui.prompter().input("Its id at the vendor", None)?;
            settled.option("--adopt", &id)
        }
        one if one == named + 1 => settled.flag("--create"),
        one => return Ok(one == named + 2),
    };
    let settled = settled.of(desk.scope());
    desk.act(&settled).await?;
    Ok(true)
}

/// The records a message names, in brackets at its end.
fn candidates(line: &LeadLine) -> Vec<String> {
    let message = line.message.as_deref().unwrap_or_default();
    let listed = message
        .strip_suffix(')')
        .and_then(|message| message.rsplit_once("(records "))
        .map(|(_, listed)| listed);
    listed
        .into_iter()
        .flat_map(|listed| listed.split(", "))
        .map(str::to_owned)
        .collect()
}

async fn constant(desk: &mut Desk<'_>, group: &Group) -> Result<bool, CommandError> {
    let Some((object, field)) = required(desk, group).await? else {
        return Ok(false);
    };
    let ui = desk.ui().clone();
    let question = format!("{object} {} shall hold", clean(field.shown()));
    let value = match field.options.as_deref() {
        Some(options) if !options.is_empty() => {
            let choices: Vec<String> = options
                .iter()
                .map(|one| fitting(&ui, &label(one)))
                .collect();
            let chosen = ui.prompter().select(&question, &choices, 0)?;
            options[chosen].value.clone()
        }
        _ => ui.prompter().input(&question, None)?,
    };
    let line = Command::new("mapping set")
        .option("--constant", &value)
        .argument(&field.name)
        .option("--object", &object)
        .of(desk.scope());
    desk.carry_out(&line).await
}

fn label(option: &RemoteOption) -> String {
    match option.label.is_empty() {
        true => clean(&option.value),
        false => clean(&option.label),
    }
}

async fn from_field(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
) -> Result<bool, CommandError> {
    let Some((object, field)) = required(desk, group).await? else {
        return Ok(false);
    };
    let ui = desk.ui().clone();
    let mut ours: Vec<(String, String)> = FIELDS
        .iter()
        .map(|field| (field.key.to_owned(), field.label.to_owned()))
        .collect();
    let own = store.custom_fields()?;
    ours.extend(own.into_iter().map(|name| (name.clone(), name)));
    let choices: Vec<String> = ours
        .iter()
        .map(|(key, label)| fitting(&ui, &clean(&format!("{label}  {key}"))))
        .collect();
    let question = format!("{object} {} is filled from", clean(field.shown()));
    let chosen = ui.prompter().select(&question, &choices, 0)?;
    let line = Command::new("mapping set")
        .argument(&ours[chosen].0)
        .argument(&field.name)
        .option("--object", &object)
        .of(desk.scope());
    desk.carry_out(&line).await
}

/// The field the vendor demands, with its object.
async fn required(
    desk: &mut Desk<'_>,
    group: &Group,
) -> Result<Option<(String, RemoteField)>, CommandError> {
    let (object, field) = group.target();
    let Some(name) = field else { return Ok(None) };
    let objects: Vec<String> = match object {
        Some(object) => vec![object.to_owned()],
        None => desk
            .setup
            .vendor
            .objects
            .iter()
            .map(|object| object.key.to_owned())
            .collect(),
    };
    for object in objects {
        if let Some(described) = desk.fields(&object, name).await?
            && let Some(field) = described.schema.field(name)
        {
            return Ok(Some((object, field.clone())));
        }
    }
    Ok(None)
}

async fn ignore(desk: &mut Desk<'_>, group: &Group) -> Result<(), CommandError> {
    let question = format!("Why are {} ignored?", counted(group.leads(), "lead"));
    let reason = desk.ui().prompter().input(&question, None)?;
    let line = group
        .reconcile(desk.scope())
        .flag("--ignore")
        .option("--reason", &reason)
        .of(desk.scope());
    desk.act(&line).await
}
