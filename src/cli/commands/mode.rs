//! `mode`: when leads are pushed.

use clap::Args;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::pushing::Wanted;
use crate::cli::values::{self, ModeWords};
use crate::clock::from_micros;
use crate::domain::integration::{Integration, Mode};
use crate::domain::run::Trigger;
use crate::domain::sync_state::PreSyncReason;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::ui::format::{clean, count, counted, moment};

/// Show or set when leads are pushed: automatic or manual
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mode\n  mobly-sync mode manual\n  mobly-sync mode automatic --from-now"
)]
#[command(visible_alias = "set-mode")]
pub struct ModeArgs {
    /// The mode to set; without it the mode is shown
    #[arg(value_name = "automatic|manual")]
    pub first: Option<String>,

    /// The integration (the same as -i); the two may change places
    #[arg(value_name = "VENDOR")]
    pub second: Option<String>,

    /// With automatic: leave what is frozen now where it is; naming its event pushes it
    #[arg(long)]
    pub from_now: bool,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    mode: Mode,
    changed: bool,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &ModeArgs) -> Result<ExitStatus, CommandError> {
    let words: ModeWords =
        values::mode_words(args.first.iter().chain(&args.second)).map_err(CommandError::usage)?;
    if args.from_now && words.mode != Some(Mode::Automatic) {
        return Err(CommandError::usage("--from-now belongs to mode automatic")
            .fix("mobly-sync mode automatic --from-now"));
    }
    let chosen = parts::chosen(context, words.vendor.as_deref())?;
    let mut parts = Vec::new();
    for integration in &chosen {
        parts.push(match words.mode {
            None => show(context, integration),
            Some(mode) if mode == integration.mode => Ok(already(context, integration)),
            Some(Mode::Manual) => manual(context, integration),
            Some(Mode::Automatic) => automatic(context, integration, args.from_now).await,
        });
    }
    parts::finish(context, parts)
}

fn part(integration: &Integration, mode: Mode, changed: bool, sync: (Value, ExitStatus)) -> Part {
    Part::new(
        &Document {
            integration: integration.name.clone(),
            mode,
            changed,
            sync: sync.0,
        },
        sync.1,
    )
}

fn unchanged(integration: &Integration) -> Part {
    part(
        integration,
        integration.mode,
        false,
        (Value::Null, ExitStatus::Done),
    )
}

fn show(context: &Context, integration: &Integration) -> Result<Part, CommandError> {
    let ui = &context.ui;
    if ui.json() {
        return Ok(unchanged(integration));
    }
    if !ui.out_is_terminal() {
        ui.data(integration.mode.name());
        return Ok(unchanged(integration));
    }
    let (app, store) = context.open()?;
    let now = context.now(&app, &store)?;
    let since = moment(
        from_micros(integration.mode_since),
        now,
        &TimeZone::system(),
    );
    ui.data(format!(
        "{}  {} since {since}{}",
        parts::title(integration),
        ui.theme().strong(name(integration.mode)),
        resting(integration)
    ));
    parts::tell_frozen(context, &store, integration)?;
    Ok(unchanged(integration))
}

fn already(context: &Context, integration: &Integration) -> Part {
    context.ui.status(format!(
        "{} is in {} mode already.",
        parts::title(integration),
        name(integration.mode)
    ));
    unchanged(integration)
}

fn manual(context: &Context, integration: &Integration) -> Result<Part, CommandError> {
    let title = parts::title(integration);
    context.confirm(
        &format!("Switch {title} to Manual? Leads will wait until somebody pushes them."),
        &format!("mobly-sync mode manual {}", integration.name),
    )?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let author = context.author(format!("mode manual {}", integration.name));
    let changed = store.set_mode(integration.id, Mode::Manual, &author, now)?;
    context.ui.status(format!(
        "{title} is in Manual mode now{}: leads wait as Frozen until their event is pushed.",
        resting(integration)
    ));
    let now_manual = Integration {
        mode: Mode::Manual,
        ..integration.clone()
    };
    parts::tell_frozen(context, &store, &now_manual)?;
    Ok(part(
        integration,
        Mode::Manual,
        changed,
        (Value::Null, ExitStatus::Done),
    ))
}

async fn automatic(
    context: &Context,
    integration: &Integration,
    from_now: bool,
) -> Result<Part, CommandError> {
    let (app, mut store) = context.open()?;
    let title = parts::title(integration);
    let pushes = integration.connected && integration.enabled && integration.mapped && !from_now;
    if pushes {
        ask(context, &store, integration)?;
    }
    let now = context.now(&app, &store)?;
    let option = if from_now { " --from-now" } else { "" };
    let author = context.author(format!("mode automatic {}{option}", integration.name));
    let changed = if from_now {
        store.set_automatic_from_now(integration.id, &author, now)?
    } else {
        store.set_mode(integration.id, Mode::Automatic, &author, now)?
    };
    let fresh = store
        .integration_by_id(integration.id)?
        .unwrap_or_else(|| integration.clone());
    context.ui.status(format!(
        "{title} is in Automatic mode now{}.",
        resting(integration)
    ));
    let mut sync = (Value::Null, ExitStatus::Done);
    if from_now {
        parts::tell_frozen(context, &store, &fresh)?;
    } else if changed && fresh.connected && fresh.enabled {
        let wanted = Wanted {
            trigger: Trigger::ModeSwitch,
            ..Wanted::due(&fresh, "mode automatic")
        };
        sync = parts::push_what_waited(context, &app, &fresh, wanted).await?;
    }
    Ok(part(integration, Mode::Automatic, changed, sync))
}

/// On a terminal the Frozen leads are listed by event before they are pushed.
fn ask(context: &Context, store: &Store, integration: &Integration) -> Result<(), CommandError> {
    let counts = store.pre_sync_counts(integration, None)?;
    let frozen = parts::count_of(&counts, PreSyncReason::Frozen);
    if frozen == 0 || !context.ui.can_prompt() || context.ui.json() || context.ui.options().yes {
        return Ok(());
    }
    let now = context.now(&context.app()?, store)?;
    let overview = store.overview(integration, now)?;
    context
        .ui
        .status(format!("{} are frozen:", counted(frozen, "lead")));
    for event in overview.events.iter().filter(|event| event.frozen > 0) {
        let event_name = event.event.as_deref().unwrap_or("(no event)");
        context.ui.status(format!(
            "  {:>9}  {}",
            count(event.frozen),
            clean(event_name)
        ));
    }
    let question = format!(
        "Switch to Automatic and push them to {}?",
        parts::title(integration)
    );
    if context.may_go_on(&question, true)? {
        Ok(())
    } else {
        Err(parts::declined()
            .hint("--from-now switches without pushing them")
            .fix("mobly-sync mode automatic --from-now"))
    }
}

fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Automatic => "Automatic",
        Mode::Manual => "Manual",
    }
}

/// A mode set while nothing runs is kept for later.
fn resting(integration: &Integration) -> &'static str {
    if !integration.connected {
        " (it takes effect when it is connected again)"
    } else if !integration.enabled {
        " (it takes effect when it is enabled again)"
    } else {
        ""
    }
}
