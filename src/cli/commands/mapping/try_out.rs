//! `mapping try`: one disposable lead through the real mapping, read back field by field and removed again.

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::{SchemaError, TrialOf};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::pushing;
use crate::cli::services::{Naming, account_title};
use crate::cli::set_up::Setup;
use crate::domain::history::RunOutcome;
use crate::domain::ids::RunId;
use crate::domain::lead::EventName;
use crate::domain::run::Trigger;
use crate::domain::write::is_blank;
use crate::engine;
use crate::engine::trial::{Tried, TriedField};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::NewRun;
use crate::store::runs::RunEnd;
use crate::ui::format::{clean, counted};
use crate::ui::progress;
use crate::ui::table::{Cell, Table, Tone};

/// Send one made-up lead through the mapping, show every field as the vendor took it, and remove it again
#[derive(Debug, Args)]
#[command(
    after_help = "The lead is made up and never part of your leads. With --event the rows of that event count.\n\nExamples:\n  mobly-sync mapping try\n  mobly-sync mapping try --event \"Expo 2026\" --json"
)]
pub struct MappingTryArgs {}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    account: Option<&'a str>,
    run: RunId,
    /// Whether every field was taken as it was sent, and nothing is left behind.
    ok: bool,
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Record<'a> {
    object: &'static str,
    id: Option<&'a str>,
    removed: bool,
    problems: &'a [String],
    fields: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    field: &'a str,
    remote: &'a str,
    given: &'a str,
    sent: &'a Value,
    taken: &'a Option<Value>,
    same: bool,
    message: &'a Option<String>,
}

/// A problem of the application, or one of the command line.
enum TrialError {
    Schema(SchemaError),
    Command(CommandError),
}

impl From<SchemaError> for TrialError {
    fn from(error: SchemaError) -> Self {
        Self::Schema(error)
    }
}

/// Runs the command.
///
/// # Errors
/// If the connection cannot push, nothing of a person is mapped, or somebody said no.
pub async fn run(context: &Context, _args: &MappingTryArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    engine::gate(&setup.integration)
        .map_err(|refusal| pushing::push_failed(&setup.integration, refusal.into()))?;
    let event = context
        .globals
        .event
        .as_deref()
        .map(|name| context.event(&setup.store, name, Naming::Read))
        .transpose()?;
    let objects = setup.objects(None)?;
    let rules = setup.store.rules(setup.integration.id)?;
    let wanted: Vec<String> = rules.iter().map(|rule| rule.remote.clone()).collect();
    let fields = setup.fields(context, &objects, &wanted).await?;
    let qualifiers = setup.store.qualifier_rules(setup.integration.id)?;
    let of = TrialOf {
        rules: &rules,
        qualifiers: &qualifiers,
        objects: &fields.objects,
        event: event.as_ref().map(|event| EventName {
            id: event.id,
            name: event.name.clone(),
        }),
    };
    // A person who leaves in the middle would leave the records there.
    let (guard, _raised) = pushing::interruptible(context);
    let may = |stay: &[&'static str]| may_go_on(context, &setup, stay);
    let tried = setup
        .app
        .try_mapping(
            &setup.store,
            &setup.integration,
            &of,
            progress::reporter(&context.ui),
            &may,
        )
        .await;
    drop(guard);
    let tried = tried.map_err(|error| match error {
        TrialError::Schema(error) => setup.unreadable(error),
        TrialError::Command(error) => error,
    })?;
    let Some((tried, requests)) = tried else {
        return Err(CommandError::new(
            ErrorCode::ConfirmationNeeded,
            "nothing was sent",
        ));
    };
    let run = record(context, &mut setup, &tried, requests)?;
    let ok = tried.iter().all(is_fine);
    if context.ui.json() {
        context.ui.document(&Document {
            integration: &setup.integration.name,
            account: setup
                .integration
                .account
                .as_ref()
                .map(|account| account.vendor_account.as_str()),
            run,
            ok,
            records: tried.iter().map(document).collect(),
        });
    } else {
        show(context, &tried);
    }
    Ok(if ok {
        ExitStatus::Done
    } else {
        ExitStatus::SomeFailed
    })
}

fn is_fine(tried: &Tried) -> bool {
    tried.removed && tried.problems.is_empty() && tried.fields.iter().all(|field| field.same)
}

/// Names the account, says first what would stay there, and asks.
fn may_go_on(context: &Context, setup: &Setup, stay: &[&'static str]) -> Result<bool, TrialError> {
    let environment = setup
        .integration
        .account
        .as_ref()
        .map_or_else(String::new, |account| {
            account.environment.name().to_uppercase()
        });
    if !stay.is_empty() {
        context.ui.warning(format!(
            "{} does not let this connection remove records through its API: the test {} stays there",
            setup.vendor.title,
            stay.join(" and the test ")
        ));
    }
    let account = clean(&account_title(&setup.integration));
    let title = setup.vendor.title;
    if !context.ui.can_prompt() || context.ui.json() || context.ui.options().yes {
        context.ui.status(format!(
            "Sending one test lead to {title}, {account}, {environment}"
        ));
    }
    let question = format!("Send one test lead to {title}, {account}, {environment}?");
    context
        .may_go_on(&question, stay.is_empty())
        .map_err(TrialError::Command)
}

fn record(
    context: &Context,
    setup: &mut Setup,
    tried: &[Tried],
    requests: u64,
) -> Result<RunId, CommandError> {
    let new = NewRun {
        integration: Some(setup.integration.id),
        account: setup.integration.account.as_ref().map(|account| account.id),
        command: "mapping try".to_owned(),
        trigger: Trigger::Test.name().to_owned(),
        event: None,
        person: env_vars::user(),
    };
    let count = |holds: &dyn Fn(&Tried) -> bool| tried.iter().filter(|one| holds(one)).count();
    let refused: usize = tried
        .iter()
        .map(|one| {
            one.fields
                .iter()
                .filter(|field| field.refused.is_some())
                .count()
        })
        .sum();
    let end = RunEnd {
        outcome: RunOutcome::Done,
        stop_reason: None,
        requests,
        counts: json!({
            "created": count(&|one| one.id.is_some()),
            "removed": count(&|one| one.removed),
            "refused_fields": refused,
        }),
    };
    let run = setup.store.begin_run(&new, setup.now)?;
    let now = context.now(&setup.app, &setup.store)?;
    setup.store.finish_run(run, &end, now)?;
    Ok(run)
}

fn document(tried: &Tried) -> Record<'_> {
    Record {
        object: tried.object,
        id: tried.id.as_deref(),
        removed: tried.removed,
        problems: &tried.problems,
        fields: tried
            .fields
            .iter()
            .map(|field| Field {
                field: &field.ours,
                remote: &field.remote,
                given: &field.given,
                sent: &field.sent,
                taken: &field.taken,
                same: field.same,
                message: &field.refused,
            })
            .collect(),
    }
}

fn show(context: &Context, tried: &[Tried]) {
    let ui = &context.ui;
    let theme = ui.theme();
    for record in tried {
        let id = record.id.as_deref().unwrap_or("not made");
        if ui.out_is_terminal() {
            ui.data(format_args!(
                "{}  {}",
                theme.strong(record.object),
                theme.faint(id)
            ));
        }
        let mut table = match ui.out_is_terminal() {
            true => Table::new(&["", "FIELD", "FROM", "SENT", "TAKEN AS"]),
            false => Table::new(&[]),
        };
        for field in &record.fields {
            let (mark, tone, taken) = verdict(field, theme.symbols());
            let mut cells: Vec<Cell> = Vec::new();
            if !ui.out_is_terminal() {
                cells.push(record.object.into());
            }
            cells.extend([
                Cell::toned(mark, tone),
                Cell::toned(field.remote.clone(), Tone::Strong),
                field.ours.clone().into(),
                text(&field.sent).into(),
                Cell::toned(taken, tone),
            ]);
            table.row(cells);
        }
        table.print(ui);
        for problem in &record.problems {
            ui.warning(clean(problem));
        }
        if ui.out_is_terminal() {
            ui.data("");
        }
    }
    let removed = tried.iter().filter(|record| record.removed).count();
    let made = tried.iter().filter(|record| record.id.is_some()).count();
    if made > 0 {
        ui.status(format!(
            "Made {}, read back, removed {removed}.",
            counted(made as u64, "record")
        ));
    }
}

fn verdict(
    field: &TriedField,
    symbols: &crate::ui::theme::Symbols,
) -> (&'static str, Tone, String) {
    match (&field.refused, &field.taken) {
        (Some(why), _) => (symbols.wrong, Tone::Bad, clean(why)),
        (None, Some(taken)) if field.same => (symbols.done, Tone::Good, text(taken)),
        (None, Some(taken)) => {
            let taken = match is_blank(taken) {
                true => "nothing".to_owned(),
                false => text(taken),
            };
            (symbols.care, Tone::Care, taken)
        }
        (None, None) => (symbols.care, Tone::Care, "not read back".to_owned()),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        other => clean(&other.to_string()),
    }
}
