//! `disable`: pause an integration.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::exit::ExitStatus;

/// Pause an integration; its connection and mapping stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync disable")]
pub struct DisableArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    changed: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &DisableArgs) -> Result<ExitStatus, CommandError> {
    let chosen = parts::connections(context, args.vendor.as_deref())?;
    let parts = chosen
        .iter()
        .map(|integration| disable(context, integration))
        .collect();
    parts::finish(context, parts)
}

fn disable(context: &Context, integration: &Integration) -> Result<Part, CommandError> {
    parts::must_be_connected(integration)?;
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let author = context.author(format!("disable {}", integration.name));
    let changed = store.set_enabled(integration.id, false, &author, now)?;
    let title = parts::title(integration);
    if changed {
        context.ui.status(
            if integration.category == IntegrationCategory::Source {
                format!("Disabled {title}. Its connection stays; no leads are pulled and nothing is told it until it is enabled.")
            } else {
                format!("Disabled {title}. Its connection and mapping stay; leads are still taken in and wait.")
            },
        );
        context
            .ui
            .next(&format!("mobly-sync enable {}", integration.name));
    } else {
        context.ui.status(format!("{title} is disabled already."));
    }
    Ok(Part::new(
        &Document {
            integration: integration.name.clone(),
            changed,
        },
        ExitStatus::Done,
    ))
}
