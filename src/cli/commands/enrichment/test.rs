//! `enrichment test NAME EMAIL`.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use serde_json::json;

use super::described::refused;
use super::named::provider;
use crate::app::ProviderProblem;
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::domain::email;
use crate::domain::ids::LeadId;
use crate::enrich::http::Trial;
use crate::enrich::{Answer, Provider as _, ProviderError, Question};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::StoreHandle;
use crate::ui::pairs::Pairs;

/// Ask a provider about one person and show what it would fill; it may cost a credit
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync enrichment test hunter ann@acme.com")]
pub struct EnrichmentTestArgs {
    /// The provider
    pub name: String,

    /// The person's address
    pub email: String,

    /// What else is known, such as lastName=Lee (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", value_parser = crate::cli::values::assignment)]
    pub known: Vec<crate::cli::values::Assignment>,
}

/// Runs the command.
///
/// # Errors
/// If there is no such provider, or it does not answer.
pub async fn run(context: &Context, args: &EnrichmentTestArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let found = provider(&store, &args.name)?;
    if email::domain(&args.email).is_none() {
        return Err(CommandError::usage(format!(
            "{:?} is no e-mail address",
            args.email
        )));
    }
    let clock = context.clock(&app, &store)?;
    let desk = StoreHandle::spawn(app.store()?)?;
    let opened = app
        .open_enrichment_provider(&store, &found, desk, &clock)
        .map_err(|problem| not_opened(&found.name, &problem))?;
    let mut fields: BTreeMap<String, String> = args
        .known
        .iter()
        .map(|known| {
            (
                crate::domain::lead::canonical_key(&known.name),
                known.value.clone(),
            )
        })
        .collect();
    fields.insert("email".to_owned(), args.email.trim().to_owned());
    let missing: BTreeSet<String> = opened
        .fields()
        .iter()
        .filter(|field| !fields.contains_key(*field))
        .cloned()
        .collect();
    // No lead of that number: the answer is shown and not kept.
    let question = Question {
        lead: LeadId(0),
        fields,
        missing,
    };
    let trials = opened
        .try_out(std::slice::from_ref(&question))
        .await
        .map_err(|error| failed(&found.name, &error))?;
    let Some(trial) = trials.into_iter().next() else {
        return Err(CommandError::internal("a provider answered nothing"));
    };
    tell(context, &found.name, &trial);
    Ok(ExitStatus::Done)
}

fn tell(context: &Context, name: &str, trial: &Trial) {
    let (result, found) = match &trial.answer {
        Answer::Found(found) => ("found", Some(found)),
        Answer::Unknown => ("unknown", None),
        Answer::Skipped { .. } => ("skipped", None),
    };
    let why = match &trial.answer {
        Answer::Skipped { why } => Some(why.clone()),
        _ => trial.note.clone(),
    };
    let ui = &context.ui;
    if ui.json() {
        ui.document(&json!({
            "provider": name, "result": result, "fields": found.map(|found| &found.fields),
            "confidence": found.and_then(|found| found.confidence), "kept": trial.kept, "note": why,
        }));
        return;
    }
    match found {
        Some(found) => {
            let mut pairs = Pairs::default();
            for (field, value) in &found.fields {
                pairs.add(field.clone(), value.clone());
            }
            pairs.print(ui);
            let sure = found
                .confidence
                .map_or_else(String::new, |percent| format!(", {percent} % sure"));
            ui.status(format!(
                "{name} would fill these{sure}. Nothing was changed."
            ));
        }
        None => {
            let why = why.map_or_else(String::new, |why| format!(" ({why})"));
            ui.status(format!("{name} knows nothing of this person{why}."));
        }
    }
    if trial.kept {
        ui.note("the answer was kept from before; nothing was asked");
    } else {
        ui.note("this was a question like any other: it may have cost a credit");
    }
}

fn not_opened(name: &str, problem: &ProviderProblem) -> CommandError {
    match problem {
        ProviderProblem::Config(error) => refused(error),
        ProviderProblem::Secret(error) => {
            CommandError::new(ErrorCode::SecretStore, error.to_string())
                .hint(error.fix())
                .fix("mobly-sync doctor")
        }
        ProviderProblem::NoKey => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("there is no key for {name}"),
        )
        .hint(format!("or set {}", env_vars::enrichment_key_name(name)))
        .fix(format!("mobly-sync enrichment edit {name} --key-stdin")),
        ProviderProblem::Open(error) => CommandError::usage(error.to_string())
            .fix(format!("mobly-sync enrichment edit {name} --base-url URL")),
    }
}

fn failed(name: &str, error: &ProviderError) -> CommandError {
    let message = format!("{name}: {error}");
    match error {
        ProviderError::SignIn(_) => CommandError::new(ErrorCode::NeedsSignIn, message).fix(format!("mobly-sync enrichment edit {name} --key-stdin")),
        ProviderError::Budget(_) => CommandError::new(ErrorCode::Limit, message).fix(format!("mobly-sync enrichment edit {name} --budget N")),
        ProviderError::Limit { until } => {
            let told = CommandError::new(ErrorCode::Limit, message);
            match until {
                Some(until) => told.hint(format!("try again after {until}")),
                None => told.hint("try again in a minute"),
            }
        }
        ProviderError::Unavailable { .. } => CommandError::new(ErrorCode::Network, message).hint("nothing was changed; check the address with `mobly-sync enrichment list --json` and try again"),
        ProviderError::Other(_) => CommandError::new(ErrorCode::Vendor, message),
    }
}
