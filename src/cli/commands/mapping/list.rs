//! `mapping list`: the rows, with their warnings.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::cli::set_up::Setup;
use crate::cli::set_up::rows::Row;
use crate::domain::lead::{FIELDS, Role};
use crate::domain::mapping::{Rule, Source};
use crate::engine::set_up::order;
use crate::exit::ExitStatus;
use crate::ui::Ui;
use crate::ui::format::{clean, counted, wrap};
use crate::ui::table::{Cell, Table, Tone};
use crate::vendors::ObjectInfo;

/// Show the mapping, with what is odd about it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping list\n  mobly-sync mapping list --object company --json"
)]
pub struct MappingListArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    objects: Vec<Object>,
}

#[derive(Serialize)]
struct Object {
    object: &'static str,
    role: Role,
    rows: Vec<Row>,
    /// Fields of ours that go nowhere.
    #[serde(skip)]
    skipped: Vec<&'static str>,
}

/// Runs the command. Nothing is asked of the vendor: warnings go by its fields as they were last read.
///
/// # Errors
/// If nothing was ever connected, or there is no such object.
pub async fn run(context: &Context, args: &MappingListArgs) -> Result<ExitStatus, CommandError> {
    let setup = Setup::open(context)?;
    let wanted = setup.objects(args.object.as_deref())?;
    let event = match context.shown_event() {
        Some(name) => Some(context.event(&setup.store, &name, Naming::Read)?.id),
        None => None,
    };
    let mut rules = setup.store.rules(setup.integration.id)?;
    rules.retain(|rule| event.is_none() || rule.event.is_none() || rule.event == event);
    rules.sort_by_cached_key(|rule| order(setup.vendor, rule));
    let schemas = setup.kept_fields()?;
    let objects: Vec<Object> = wanted
        .into_iter()
        .map(|info| Object {
            object: info.key,
            role: info.role,
            rows: rules
                .iter()
                .filter(|rule| rule.object == info.key)
                .map(|rule| setup.row(rule, schemas.get(info.key)))
                .collect(),
            skipped: skipped(info, &rules),
        })
        .collect();
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            integration: &setup.integration.name,
            objects,
        });
        return Ok(ExitStatus::Done);
    }
    if ui.out_is_terminal() {
        for (index, object) in objects.iter().enumerate() {
            if index > 0 {
                ui.data("");
            }
            show(ui, object);
        }
    } else {
        piped(ui, &objects);
    }
    if rules.is_empty() {
        ui.status("No field is mapped.");
        ui.next(&setup.command("mapping defaults"));
    }
    Ok(ExitStatus::Done)
}

/// Our fields of the object's role that fill nothing there.
fn skipped(info: &ObjectInfo, rules: &[Rule]) -> Vec<&'static str> {
    FIELDS
        .iter()
        .filter(|field| field.role == info.role)
        .map(|field| field.key)
        .filter(|key| {
            !rules.iter().any(|rule| {
                rule.object == info.key
                    && matches!(&rule.source, Source::Field(used) if used == key)
            })
        })
        .collect()
}

fn show(ui: &Ui, object: &Object) {
    let theme = ui.theme();
    ui.data(format_args!(
        "{}  {}",
        theme.strong(object.object),
        theme.faint(&format!(
            "{} {} {}",
            object.role.name(),
            theme.symbols().dot,
            counted(object.rows.len() as u64, "row")
        ))
    ));
    if !object.rows.is_empty() {
        let mut table = Table::new(&["FIELD", "TYPE", "REMOTE", "TAKES", "WRITE"]);
        for row in &object.rows {
            table.row([
                Cell::toned(row.filled_from(), Tone::Strong),
                Cell::toned(row.kind, Tone::Faint),
                row.shown().to_owned().into(),
                Cell::toned(short(row.remote_type.unwrap_or_default()), Tone::Faint),
                row.write.into(),
            ]);
        }
        table.print(ui);
    }
    let width = ui.width().min(100);
    for row in &object.rows {
        let mut points = row.finer_points();
        if row.key {
            points.insert(0, "match key".to_owned());
        }
        if !points.is_empty() {
            let line = format!("{}: {}", row.shown(), points.join(", "));
            ui.data(theme.faint(&wrap(&clean(&line), width, 2)));
        }
        if let Some(warning) = &row.warning {
            let line = match warning.starts_with(&row.remote) {
                true => warning.replacen(&row.remote, row.shown(), 1),
                false => format!("{}: {warning}", row.shown()),
            };
            ui.data(theme.care(&wrap(&clean(&line), width, 2)));
        }
    }
    if !object.skipped.is_empty() {
        let line = format!("skipped: {}", object.skipped.join(", "));
        ui.data(theme.faint(&wrap(&line, width, 2)));
    }
}

/// Closed lists by one word: the columns have to fit eighty.
fn short(kind: &str) -> &str {
    match kind {
        "one of a list" => "list",
        "several of a list" => "lists",
        other => other,
    }
}

/// Object, source, value, type, remote, its type, write behaviour, event, translations, warning.
fn piped(ui: &Ui, objects: &[Object]) {
    let mut table = Table::new(&[]);
    for object in objects {
        for row in &object.rows {
            let values: Vec<String> = row
                .values
                .iter()
                .map(|(ours, theirs)| format!("{ours}={theirs}"))
                .collect();
            table.row([
                object.object.to_owned(),
                row.source.to_owned(),
                row.value.clone(),
                row.kind.to_owned(),
                row.remote.clone(),
                row.remote_type.unwrap_or_default().to_owned(),
                row.write.to_owned(),
                row.event.clone().unwrap_or_default(),
                values.join("; "),
                row.warning.clone().unwrap_or_default(),
            ]);
        }
    }
    table.print(ui);
}
