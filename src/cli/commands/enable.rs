//! `enable`: resume a disabled integration and push what is due.

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::pushing::Wanted;
use crate::domain::integration::{Integration, IntegrationCategory, Mode};
use crate::domain::run::Trigger;
use crate::exit::ExitStatus;

/// Resume a disabled integration, and push what is due
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync enable")]
pub struct EnableArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    enabled: bool,
    changed: bool,
    sync: Value,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &EnableArgs) -> Result<ExitStatus, CommandError> {
    let chosen = parts::connections(context, args.vendor.as_deref())?;
    let mut parts = Vec::new();
    for integration in &chosen {
        parts.push(enable(context, integration).await);
    }
    parts::finish(context, parts)
}

async fn enable(context: &Context, integration: &Integration) -> Result<Part, CommandError> {
    parts::must_be_connected(integration)?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let author = context.author(format!("enable {}", integration.name));
    let changed = store.set_enabled(integration.id, true, &author, now)?;
    let title = parts::title(integration);
    if changed {
        context.ui.status(format!("Enabled {title}."));
    } else {
        context.ui.status(format!("{title} is enabled already."));
    }
    let mut sync = (Value::Null, ExitStatus::Done);
    if integration.category == IntegrationCategory::Source {
        if changed {
            context.ui.next("mobly-sync lead pull");
        }
        return Ok(Part::new(
            &Document {
                integration: integration.name.clone(),
                enabled: true,
                changed,
                sync: sync.0,
            },
            sync.1,
        ));
    }
    let running = Integration {
        enabled: true,
        ..integration.clone()
    };
    if changed && running.mode == Mode::Automatic {
        let wanted = Wanted {
            trigger: Trigger::Auto,
            ..Wanted::due(&running, "enable")
        };
        sync = parts::push_what_waited(context, &app, &running, wanted).await?;
    } else if changed {
        parts::tell_frozen(context, &store, &running)?;
    }
    Ok(Part::new(
        &Document {
            integration: integration.name.clone(),
            enabled: true,
            changed,
            sync: sync.0,
        },
        sync.1,
    ))
}
