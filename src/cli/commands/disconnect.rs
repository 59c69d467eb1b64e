//! `disconnect`: remove a connection and its secret.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::domain::integration::{Integration, IntegrationCategory, SecretPlace};
use crate::env_vars;
use crate::exit::ExitStatus;

/// Remove a connection; mapping, qualifiers and history stay
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync disconnect")]
pub struct DisconnectArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,

    /// Disconnect even where the place of the secret cannot be reached: the secret stays there
    #[arg(long)]
    pub forget: bool,
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
pub async fn run(context: &Context, args: &DisconnectArgs) -> Result<ExitStatus, CommandError> {
    let chosen = parts::connections(context, args.vendor.as_deref())?;
    let mut parts = Vec::new();
    for integration in &chosen {
        parts.push(disconnect(context, integration, args.forget).await);
    }
    parts::finish(context, parts)
}

async fn disconnect(
    context: &Context,
    integration: &Integration,
    forget: bool,
) -> Result<Part, CommandError> {
    let (app, mut store) = context.open()?;
    let now = context.now(&app, &store)?;
    let title = parts::title(integration);
    let (mut changed, mut revoked) = (false, false);
    if integration.connected {
        let clock = context.clock(&app, &store)?;
        revoked = app.revoke(&store, integration, clock).await;
        // The secret first: a connection said to be gone whose token is still there would be the worse half.
        match app.forget_secret(&store, integration) {
            Ok(()) => {}
            Err(error) if forget => context.ui.warning(format!(
                "the secret could not be removed and stays where it is: {error}"
            )),
            Err(error) => {
                return Err(CommandError::from(error)
                    .hint("to disconnect all the same and leave the secret where it is: --forget")
                    .fix(format!(
                        "mobly-sync disconnect {} --forget",
                        integration.name
                    )));
            }
        }
        let author = context.author(format!("disconnect {}", integration.name));
        changed = store.disconnect(integration.id, &author, now)?;
    }
    if changed {
        context.ui.status(
            if integration.category == IntegrationCategory::Source {
                format!("Disconnected {title}. Its events and leads stay; no more are pulled.")
            } else {
                format!("Disconnected {title}. Mapping, qualifiers, history and what was pushed there stay for the next connect.")
            },
        );
        tell_secret(context, integration, revoked);
        context
            .ui
            .next(&format!("mobly-sync connect {}", integration.vendor));
    } else {
        context
            .ui
            .status(format!("{title} is disconnected already."));
    }
    Ok(Part::new(
        &Document {
            integration: integration.name.clone(),
            changed,
        },
        ExitStatus::Done,
    ))
}

fn tell_secret(context: &Context, integration: &Integration, revoked: bool) {
    let is_set = env_vars::token(&integration.vendor).is_some();
    if integration.secret_place == SecretPlace::Environment || is_set {
        let names = env_vars::sign_in_names(&integration.vendor).join(" and ");
        context.ui.note(format!(
            "what {names} holds is not ours to remove: unset it where it is set"
        ));
    } else if revoked {
        context
            .ui
            .note("the sign-in was removed from here and revoked at the vendor");
    } else {
        context.ui.note(
            "the token was removed from here; the vendor still knows it until it is revoked there",
        );
    }
}
