//! `status`: every integration, its queue, and what needs a person.

mod source;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::app::{App, Checked, SessionError};
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::parts::title;
use crate::cli::services::{account_word, title_of, vendor_info};
use crate::cli::values::example_vendor;
use crate::clock::from_micros;
use crate::domain::board::Summary;
use crate::domain::budget::Budget;
use crate::domain::history::{RunEntry, RunOutcome};
use crate::domain::integration::{
    Account, ConnectionState, Environment, Integration, IntegrationCategory, Mode, SecretPlace,
};
use crate::engine::needs::{Here, Need, needs};
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::board::overview::Overview;
use crate::ui::format::{ago, count, counted, moment};
use crate::ui::status::{IntegrationView, NeedView, StatusView, print};

/// Show every integration, and what needs you
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync status\n  mobly-sync status --check\n  mobly-sync status --json | jq '.needs[]'"
)]
pub struct StatusArgs {
    /// The integration (the same as -i)
    pub vendor: Option<String>,

    /// Ask the vendors, instead of telling what is known
    #[arg(long)]
    pub check: bool,
}

#[derive(Serialize)]
struct Document {
    integrations: Vec<IntegrationDocument>,
    needs: Vec<Need>,
}

#[derive(Serialize)]
struct IntegrationDocument {
    vendor: String,
    category: &'static str,
    account: Option<AccountDocument>,
    environment: Option<Environment>,
    state: ConnectionState,
    mode: Option<Mode>,
    summary: Option<Summary>,
    budget: Option<BudgetDocument>,
    last_run: Option<RunEntry>,
    /// Of a source: when it was asked last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pulled: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_backs: Option<WriteBackDocument>,
}

/// What a source is to be told of its leads' records.
#[derive(Serialize)]
struct WriteBackDocument {
    waiting: u64,
    ended: u64,
}

#[derive(Serialize)]
struct AccountDocument {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct BudgetDocument {
    used: u64,
    limit: u64,
}

/// One connection with everything known of it.
enum Known {
    /// Where leads go.
    Target(Box<Target>),
    /// Where they come from.
    Source(Box<source::Known>),
}

/// One integration with everything known of it.
struct Target {
    integration: Integration,
    overview: Overview,
    budget: Option<Budget>,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &StatusArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let clock = context.clock(&app, &store)?;
    let chosen = chosen(context, &store, args.vendor.as_deref())?;
    let mut all_needs = Vec::new();
    if args.check {
        for integration in chosen.iter().filter(|one| one.connected) {
            let checked = if integration.category == IntegrationCategory::Source {
                app.check_source(&mut store, integration, clock.clone())
                    .await?
            } else {
                app.check(&mut store, integration, clock.clone()).await?
            };
            all_needs.extend(need_of(integration, checked));
        }
    }
    let here = Here {
        now: clock.now(),
        zone: TimeZone::system(),
    };
    let mut known = Vec::new();
    for integration in chosen {
        // A check may have changed it.
        let integration = store
            .integration_by_id(integration.id)?
            .unwrap_or(integration);
        if integration.category == IntegrationCategory::Source {
            let source = source::Known::of(&store, integration)?;
            all_needs.extend(source.needs());
            known.push(Known::Source(Box::new(source)));
            continue;
        }
        let overview = store.overview(&integration, here.now)?;
        all_needs.extend(needs(&integration, &title(&integration), &overview, &here));
        let budget = budget(&store, &integration)?;
        known.push(Known::Target(Box::new(Target {
            integration,
            overview,
            budget,
        })));
    }
    if known.is_empty() {
        all_needs.push(nothing_connected(&store, args.vendor.as_deref())?);
    }
    if context.ui.json() {
        context.ui.document(&Document {
            integrations: known.into_iter().map(document).collect(),
            needs: all_needs,
        });
    } else {
        print(
            &context.ui,
            &view(&app, &store, &known, all_needs, &here, args.check)?,
        );
    }
    Ok(ExitStatus::Done)
}

/// All of them, unless one is named. One never connected is no error here: that is what is to be told.
fn chosen(
    context: &Context,
    store: &Store,
    vendor: Option<&str>,
) -> Result<Vec<Integration>, CommandError> {
    let all = store.integrations()?;
    let Some(name) = context.named_integration(vendor)? else {
        return Ok(all);
    };
    if name == "all" {
        return Ok(all);
    }
    let found: Vec<Integration> = all
        .into_iter()
        .filter(|integration| integration.name.eq_ignore_ascii_case(&name))
        .collect();
    if found.is_empty() && title_of(&name).is_none() {
        vendor_info(&name)?;
    }
    Ok(found)
}

fn nothing_connected(store: &Store, vendor: Option<&str>) -> Result<Need, CommandError> {
    let leads = store.file_counts()?.leads;
    let named = vendor.and_then(|name| Some((name, title_of(name)?)));
    let what = named.map_or("nothing is connected yet".to_owned(), |(_, title)| {
        format!("{title} was never connected here")
    });
    Ok(Need {
        code: "not_connected",
        count: leads,
        message: what,
        command: format!(
            "mobly-sync connect {}",
            named.map_or_else(
                || example_vendor().to_owned(),
                |(name, _)| name.to_lowercase()
            )
        ),
    })
}

/// What a check found that the file does not keep.
fn need_of(integration: &Integration, checked: Checked) -> Option<Need> {
    let title = title(integration);
    let connect = format!("mobly-sync connect {}", integration.vendor);
    let (code, message, command) = match checked {
        // The file has it now, and it is told with how many leads wait for it.
        Checked::Fine | Checked::SignInRefused => return None,
        Checked::OtherAccount { found } => (
            "wrong_account",
            format!("the token for {title} is of account {found}, not of the one connected"),
            connect,
        ),
        Checked::NoSession(SessionError::NoToken(_)) => (
            "needs_sign_in",
            format!("there is no token for {title}"),
            connect,
        ),
        // Signing in again would meet the same store.
        Checked::NoSession(error) => (
            "secret_store",
            format!("{title} cannot be asked: {error}"),
            "mobly-sync doctor".to_owned(),
        ),
        Checked::Unreachable(why) => (
            "unreachable",
            format!("{title} could not be asked: {why}"),
            "mobly-sync status --check".to_owned(),
        ),
    };
    Some(Need {
        code,
        count: 0,
        message,
        command,
    })
}

/// The limit that is counted by the day.
fn budget(store: &Store, integration: &Integration) -> Result<Option<Budget>, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(None);
    };
    let budgets = store.budgets(account.id)?;
    Ok(budgets
        .into_iter()
        .filter(|budget| budget.allowed.is_some())
        .max_by_key(|budget| budget.at))
}

fn document(known: Known) -> IntegrationDocument {
    let known = match known {
        Known::Target(target) => *target,
        Known::Source(source) => return source.document(),
    };
    let integration = known.integration;
    IntegrationDocument {
        state: integration.state(),
        category: integration.category.name(),
        environment: integration
            .account
            .as_ref()
            .map(|account| account.environment),
        account: document_of_account(integration.account),
        vendor: integration.vendor,
        mode: Some(integration.mode),
        summary: Some(known.overview.summary),
        budget: known.budget.and_then(|budget| {
            Some(BudgetDocument {
                used: budget.used,
                limit: budget.allowed?,
            })
        }),
        last_run: known.overview.last_push,
        pulled: None,
        write_backs: None,
    }
}

fn document_of_account(account: Option<Account>) -> Option<AccountDocument> {
    account.map(|account| AccountDocument {
        id: account.vendor_account,
        name: account.name,
    })
}

fn view(
    app: &App,
    store: &Store,
    known: &[Known],
    needs: Vec<Need>,
    here: &Here,
    checked: bool,
) -> Result<StatusView, CommandError> {
    let counts = store.file_counts()?;
    let mut leads = counted(counts.leads, "lead");
    if counts.enriching > 0 {
        leads.push_str(&format!(" ({} enriching)", count(counts.enriching)));
    }
    Ok(StatusView {
        heading: vec![
            format!("mobly-sync {}", env!("CARGO_PKG_VERSION")),
            app.database().display().to_string(),
            counted(counts.events, "event"),
            leads,
        ],
        integrations: known
            .iter()
            .map(|one| match one {
                Known::Target(target) => block(target, here),
                Known::Source(source) => source.view(here),
            })
            .collect(),
        needs: needs
            .into_iter()
            .map(|need| NeedView {
                code: need.code.to_owned(),
                count: need.count,
                message: need.message,
                command: need.command,
            })
            .collect(),
        as_of: as_of(known, here, checked),
    })
}

/// What is known is as old as the last time a vendor told something.
fn as_of(known: &[Known], here: &Here, checked: bool) -> Option<String> {
    let last = if checked {
        Some(here.now)
    } else {
        known
            .iter()
            .filter_map(|one| match one {
                Known::Target(target) => target.budget.as_ref().map(|budget| budget.at),
                Known::Source(_) => None,
            })
            .max()
    };
    last.map(|at| {
        let at = at.to_zoned(here.zone.clone());
        let today = at.date() == here.now.to_zoned(here.zone.clone()).date();
        let form = if today { "%H:%M" } else { "%-d %b %H:%M" };
        format!("Last checked {}", at.strftime(form))
    })
}

fn block(known: &Target, here: &Here) -> IntegrationView {
    let integration = &known.integration;
    let account = integration.account.as_ref();
    let word = account_word(&integration.vendor);
    let mut account_parts = Vec::new();
    if let Some(account) = account {
        if !account.name.contains(&account.vendor_account) {
            account_parts.push(account.name.clone());
            account_parts.push(format!("{word} {}", account.vendor_account));
        } else {
            account_parts.push(account.name.clone());
        }
        account_parts.push(account.environment.name().to_uppercase());
    }
    IntegrationView {
        category: integration.category.title(),
        vendor: title(integration),
        name: integration.name.clone(),
        state: integration.state(),
        account: account.map(|account| account.vendor_account.clone()),
        account_parts,
        environment: account.map(|account| account.environment.name()),
        mode: integration.mode.name(),
        parts: parts(integration, here),
        summary: Some(known.overview.summary),
        lines: lines(known, here),
    }
}

fn parts(integration: &Integration, here: &Here) -> Vec<String> {
    let since = from_micros(integration.mode_since);
    let mode = match integration.mode {
        Mode::Automatic => "Automatic".to_owned(),
        Mode::Manual => format!("Manual since {}", moment(since, here.now, &here.zone)),
    };
    let variable = env_vars::token_name(&integration.vendor);
    let from_environment = env_vars::token(&integration.vendor).is_some();
    let token = match integration.secret_place {
        _ if !integration.connected => None,
        _ if from_environment => Some(format!("token from {variable}")),
        SecretPlace::Keyring => Some("token from keychain".to_owned()),
        SecretPlace::File => Some("token from encrypted file".to_owned()),
        SecretPlace::Environment => Some(format!("{variable} is not set")),
        SecretPlace::None => Some("no token".to_owned()),
    };
    let identity = integration
        .settings
        .hold_identity
        .then(|| "identity: hold".to_owned());
    let external = integration
        .settings
        .external_id
        .as_ref()
        .map(|field| format!("matched by {field}"));
    let place = integration.settings.base_url.clone();
    [Some(mode), token, identity, external, place]
        .into_iter()
        .flatten()
        .collect()
}

fn lines(known: &Target, here: &Here) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(run) = &known.overview.last_push {
        lines.push(last_push(run, here));
    }
    lines.extend(
        known
            .budget
            .as_ref()
            .and_then(|budget| day_s_use(budget, here)),
    );
    lines
}

/// How much of the day's limit is used; where only our own use is known, that.
fn day_s_use(budget: &Budget, here: &Here) -> Option<String> {
    let (used, allowed, unit) = (budget.used, budget.allowed?, budget.unit());
    let when = ago(budget.at, here.now);
    if !budget.counted {
        let share = crate::domain::board::percent(used, allowed);
        return Some(format!(
            "{} of {} {unit} today ({share} %), {when}",
            count(used),
            count(allowed)
        ));
    }
    let today = budget.resets_at.is_none_or(|ends| ends > here.now);
    today.then(|| {
        format!(
            "{} of {} {unit} today by our own count, {when}",
            count(used),
            count(allowed)
        )
    })
}

fn last_push(run: &RunEntry, here: &Here) -> String {
    let at: Option<Timestamp> = run.finished.as_ref().unwrap_or(&run.started).parse().ok();
    let when = at.map_or_else(String::new, |at| moment(at, here.now, &here.zone));
    let number = |key: &str| run.counts[key].as_u64().unwrap_or(0);
    let event = run
        .event
        .as_ref()
        .map(|event| format!(", {event}"))
        .unwrap_or_default();
    let outcome = match run.outcome {
        None => " (at work)".to_owned(),
        Some(RunOutcome::Done) => String::new(),
        Some(outcome) => format!(" ({})", outcome.name()),
    };
    format!(
        "last push   {when}, run {}{event}: {} of {} cleared{outcome}",
        run.run,
        count(number("cleared")),
        count(number("pushed"))
    )
}
