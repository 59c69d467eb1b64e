//! `enrichment edit NAME`.

use clap::Args;
use serde_json::{Value, json};

use super::add::{Standing, place_of};
use super::described::{Described, refused};
use super::key::{self, Given};
use super::named::provider;
use super::show;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::integration::SecretPlace;
use crate::enrich::http::Config;
use crate::enrich::presets;
use crate::exit::ExitStatus;

/// Change a provider: its key, its costs, its place, where fields stand
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync enrichment edit hunter --key-stdin < key.txt\n  mobly-sync enrichment edit hunter --budget 200 --first\n  mobly-sync enrichment edit hunter --fields jobTitle,phone\n  mobly-sync enrichment edit hunter --field phone= --field linkedin=person.linkedin.handle"
)]
pub struct EnrichmentEditArgs {
    /// The provider
    pub name: String,

    /// Read a new key from standard input
    #[arg(long)]
    pub key_stdin: bool,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub described: Described,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub standing: Standing,
}

/// Runs the command.
///
/// # Errors
/// If there is no such provider, or what it would become cannot be used; nothing is changed then.
pub fn run(context: &Context, args: &EnrichmentEditArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let before = provider(&store, &args.name)?;
    let mut after = before.clone();
    let changes = args.described.changes()?;
    let config_given = changes
        .as_object()
        .is_some_and(|changes| !changes.is_empty());
    if config_given {
        after.changes = kept_nulls(&before.changes, &changes);
    }
    let place = args.standing.place(&store)?;
    let config = presets::describe(after.preset.as_deref(), &after.changes)
        .map_err(|error| refused(&error))?;
    args.standing.apply(&mut after, &config)?;
    let moved = args.standing.first || args.standing.after.is_some();
    if after == before && !args.key_stdin && !moved {
        let nothing = args.standing.budget.is_none()
            && args.standing.budget_per_run.is_none()
            && !config_given
            && args.standing.fields.is_empty()
            && args.standing.base_url.is_none();
        if nothing {
            return Err(CommandError::usage("nothing to change is given")
                .fix("mobly-sync enrichment edit --help"));
        }
    }
    if args.key_stdin {
        let given = key::obtain(context, &before.name, config.takes_key(), true)?;
        after.secret_place = place_of(&app, &store, &before, &given)?;
    } else if config.takes_key() && before.secret_place == SecretPlace::None {
        let given = key::obtain(context, &before.name, true, false)?;
        if !matches!(given, Given::None) {
            after.secret_place = place_of(&app, &store, &before, &given)?;
        }
    }
    let now = context.now(&app, &store)?;
    let author = context.author(format!("enrichment edit {}", before.name));
    let run = store.put_enrichment_provider(&after, &place, &author, now)?;
    let changed = run.is_some() || args.key_stdin;
    if context.ui.json() {
        let shown = show::one(&store, &before.name, now)?;
        context
            .ui
            .document(&json!({ "provider": shown, "changed": changed }));
    } else if changed {
        context.ui.status(format!("Changed {}.", before.name));
    } else {
        context.ui.status(format!("{} is so already.", before.name));
    }
    Ok(ExitStatus::Done)
}

/// As [`Config::merged`], but a `null` stays: it takes something of the preset away.
fn kept_nulls(before: &Value, changes: &Value) -> Value {
    let mut merged = Config::merged(before, changes);
    if let (Some(fields), Some(taken)) = (
        merged.get_mut("fields").and_then(Value::as_object_mut),
        [before, changes]
            .map(|one| one.get("fields").and_then(Value::as_object))
            .into_iter()
            .flatten()
            .next_back(),
    ) {
        for (name, value) in taken {
            if value.is_null() {
                fields.insert(name.clone(), Value::Null);
            }
        }
    }
    merged
}
