//! `reconcile`: the board of what did not make it, and what to do about it.
//!
//! The scope (`-i`, `--event`, `--since`) bounds everything; the selection (`--state`, `--category`, `--cause`, `--search`,
//! `--lead`, `--limit`) bounds the listed leads and what an action takes, not the counts (decisions.md 15).

mod aside;
mod choice;
mod export;
mod fix;
mod live;
mod retry;
pub(in crate::cli) mod view;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use self::choice::Choice;
pub(in crate::cli) use self::live::write_live;
use crate::app::App;
use crate::cli::board_page::{self, Contents};
use crate::cli::command_error::CommandError;
use crate::cli::commands::lead;
use crate::cli::commands::lead::selection::{EXPRESSIONS, StateValue};
use crate::cli::context::Context;
use crate::cli::parts::{self, Part};
use crate::cli::values::{self, Since};
use crate::domain::board::Board;
use crate::domain::category::Category;
use crate::domain::integration::Integration;
use crate::exit::ExitStatus;
use crate::store::{Selection, Store};
use crate::ui::format::{clean, counted};

/// Leads a terminal lists unless told otherwise: a screen is read, a list of thousands is not.
const LISTED_ON_A_TERMINAL: u64 = 50;

/// Show what failed and why, and push it again
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync reconcile --event \"Expo 2026\"\n  mobly-sync reconcile --event \"Expo 2026\" --retry\n  mobly-sync reconcile --category NO_TAG_MAPPING --retry\n  mobly-sync reconcile --fix 1\n  mobly-sync reconcile --export failed.csv\n  mobly-sync reconcile --lead ann@example.com --adopt 12345\n  mobly-sync reconcile --cause 2a --ignore --reason \"booth test scans\""
)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub struct ReconcileArgs {
    /// Group by event, or list leads
    #[arg(long, value_name = "VIEW", default_value = "event")]
    pub view: ViewValue,

    /// How failed leads are grouped below their categories
    #[arg(long, value_name = "WHAT", default_value = "cause")]
    pub by: GroupingValue,

    /// Only leads in this state
    #[arg(long, value_name = "STATE", help_heading = "Selection")]
    pub state: Option<StateValue>,

    /// Only leads that failed with this category
    #[arg(long, value_name = "CODE", help_heading = "Selection")]
    pub category: Option<Category>,

    /// Only leads of one cause: its id on the last board (1a), or its key; several keys are told apart by commas
    #[arg(
        long,
        value_name = "ID",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub cause: Vec<String>,

    /// Only leads whose name or e-mail contains this
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    pub search: Option<String>,

    /// Only this lead, by id, prefix of four or more, or e-mail
    #[arg(long, value_name = "LEAD", help_heading = "Selection")]
    pub lead: Option<String>,

    /// Only leads this holds for, like "jobTitle ~ engineer and phone is empty" (--help tells more)
    #[arg(long = "where", value_name = "EXPR", long_help = EXPRESSIONS, help_heading = "Selection")]
    pub matching: Option<String>,

    /// Only leads last attempted since then: a day, a moment, or how long ago
    #[arg(long, value_name = "DATE", value_parser = values::since, help_heading = "Selection")]
    pub since: Option<Since>,

    /// At most so many leads
    #[arg(long, value_name = "N", help_heading = "Selection")]
    pub limit: Option<u64>,

    /// Push again what is selected (without a selection: every failed lead; with --event: its waiting leads too)
    #[arg(long, help_heading = "Actions", conflicts_with_all = ["ignore", "unignore"])]
    pub retry: bool,

    /// With --retry: take cleared leads too, and write what differs
    #[arg(long, help_heading = "Actions", requires = "retry")]
    pub again: bool,

    /// With --retry, --adopt or --create: show what would be pushed, lead by lead, and push nothing
    #[arg(long, help_heading = "Actions", conflicts_with_all = ["ignore", "unignore"])]
    pub dry_run: bool,

    /// Repair what is selected, in a dialogue: NUMBER is a category (1) or a cause (1a) of the last board
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "", help_heading = "Actions", conflicts_with_all = ["retry", "dry_run", "ignore", "unignore", "adopt", "create", "cause", "html"])]
    pub fix: Option<String>,

    /// Take what is selected out of Failed; the history stays
    #[arg(
        long,
        help_heading = "Actions",
        requires = "reason",
        conflicts_with = "unignore"
    )]
    pub ignore: bool,

    /// Why it is ignored
    #[arg(
        long,
        value_name = "TEXT",
        help_heading = "Actions",
        requires = "ignore",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    pub reason: Option<String>,

    /// Put what is selected back
    #[arg(long, help_heading = "Actions")]
    pub unignore: bool,

    /// Write what is selected, failed leads without a selection, as CSV with the reasons; lead import takes it back corrected (- for standard output)
    #[arg(long, value_name = "FILE", help_heading = "Files", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["retry", "dry_run", "fix", "ignore", "unignore", "adopt", "create", "html"])]
    pub export: Option<String>,

    /// Write the board as one page that stands alone: donut, groups, and what is selected (all leads without a selection)
    #[arg(long, value_name = "FILE", help_heading = "Files", value_hint = clap::ValueHint::FilePath)]
    pub html: Option<PathBuf>,

    /// With --html: every attempt of every lead, as `log --all` has them
    #[arg(
        long,
        help_heading = "Files",
        requires = "html",
        conflicts_with = "no_pii"
    )]
    pub with_logs: bool,

    /// With --html: no names, addresses, values or messages
    #[arg(long, help_heading = "Files", requires = "html")]
    pub no_pii: bool,

    /// With --lead: use this record of the vendor for it
    #[arg(long, value_name = "ID", help_heading = "Actions", requires = "lead", conflicts_with_all = ["create", "ignore", "unignore"], value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub adopt: Option<String>,

    /// With --lead: create a new record for it, whatever was found
    #[arg(long, help_heading = "Actions", requires = "lead", conflicts_with_all = ["ignore", "unignore"])]
    pub create: bool,
}

/// `--view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum ViewValue {
    Event,
    Lead,
}

/// `--by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum GroupingValue {
    Category,
    Cause,
    Value,
    Field,
    Phase,
}

impl ReconcileArgs {
    /// Whether something is pushed.
    #[must_use]
    pub fn pushes(&self) -> bool {
        self.retry || self.adopt.is_some() || self.create
    }

    /// Whether a push may come of it.
    #[must_use]
    pub fn may_push(&self) -> bool {
        self.pushes() || self.fix.is_some()
    }

    fn acts(&self) -> bool {
        self.pushes() || self.ignore || self.unignore
    }
}

/// The board with what an action did, which stands beside it in the document.
#[derive(Serialize)]
struct Document {
    #[serde(flatten)]
    board: Board,
    #[serde(flatten)]
    did: serde_json::Map<String, Value>,
}

/// What an action did to one integration's leads.
#[derive(Default)]
struct Done {
    status: Option<ExitStatus>,
    /// Its key and value in the document.
    document: Option<(&'static str, Value)>,
    /// Whether people have been told so much already that only what is left to do is worth showing.
    told: bool,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &ReconcileArgs) -> Result<ExitStatus, CommandError> {
    choice::check(args)?;
    let (app, store) = context.open()?;
    let integrations = context.integrations(&store)?;
    drop(store);
    let several = context
        .globals
        .integration
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("all"));
    for (given, what) in [
        (args.html.is_some(), "a page"),
        (args.export.is_some(), "an export"),
        (args.fix.is_some(), "a repair"),
    ] {
        if given && integrations.len() > 1 {
            return Err(CommandError::usage(format!(
                "{what} is of one integration: name it with -i"
            )));
        }
    }
    if let Some(file) = &args.export {
        lead::export::writable_beside_json(&context.ui, file)?;
    }
    let mut status = ExitStatus::Done;
    let mut documents = Vec::new();
    let mut parts = Vec::new();
    for integration in &integrations {
        if args.dry_run {
            parts.push(retry_as_planned(context, args, &app, integration).await);
            continue;
        }
        match one(context, args, &app, integration).await {
            Ok((ended, document)) => {
                status = status.combine(ended);
                documents.push(document);
            }
            // Of several, one that cannot push keeps the others from nothing.
            Err(error) if several && integrations.len() > 1 => {
                status = status.combine(error.exit_status());
                error.warn(&context.ui);
            }
            Err(error) => return Err(error),
        }
    }
    if args.dry_run {
        return parts::finish(context, parts);
    }
    if context.ui.json() {
        if several {
            context
                .ui
                .document(&serde_json::json!({ "integrations": documents }));
        } else if let Some(document) = documents.first() {
            context.ui.document(document);
        }
    }
    Ok(status)
}

/// Shows what a retry would do; its document is the plan alone.
async fn retry_as_planned(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    integration: &Integration,
) -> Result<Part, CommandError> {
    let mut store = app.store()?;
    let choice = Choice::make(context, args, app, &mut store, integration)?;
    let done = retry::run(context, args, app, store, integration, &choice).await?;
    Ok(Part {
        document: done.document.map(|(_, plan)| plan).unwrap_or_default(),
        status: done.status.unwrap_or(ExitStatus::Done),
    })
}

/// Acts on one integration and shows its board as it is then.
async fn one(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    integration: &Integration,
) -> Result<(ExitStatus, Document), CommandError> {
    let mut store = app.store()?;
    let choice = Choice::make(context, args, app, &mut store, integration)?;
    let done = do_it(context, args, app, store, integration, &choice).await?;
    let mut store = app.store()?;
    // A push may have changed what the connection knows of itself: a refused sign-in.
    let integration = store
        .integration_by_id(integration.id)?
        .unwrap_or_else(|| integration.clone());
    let now = context.now(app, &store)?;
    let listed = listed(context, args, &store, &integration, &choice)?;
    let board = store.board(&integration, &listed)?;
    store.remember_board(integration.id, &choice.shown, &board, now)?;
    let sight = view::Sight {
        context,
        store: &store,
        integration: &integration,
        choice: &choice,
        now,
    };
    // Standard output is the CSV's alone.
    if !context.ui.json() && args.export.as_deref() != Some("-") {
        sight.show(&board, done.told)?;
    }
    if let Some(path) = &args.html {
        let chosen = Selection::from(&choice.shown);
        let view = sight.view(&board, false)?;
        let contents = Contents {
            logs: args.with_logs,
            no_personal_data: args.no_pii,
            live: false,
        };
        let leads = board_page::write(
            path,
            &store,
            &integration,
            &chosen,
            args.limit,
            view,
            contents,
        )?;
        context.ui.status(format!(
            "Wrote {} with {}.",
            clean(&path.display().to_string()),
            counted(leads, "lead")
        ));
    }
    let document = Document {
        board,
        did: done
            .document
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    };
    Ok((done.status.unwrap_or(ExitStatus::Done), document))
}

/// Does what the options ask for, without the board behind it.
async fn act(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    integration: &Integration,
) -> Result<Done, CommandError> {
    choice::check(args)?;
    let mut store = app.store()?;
    let choice = Choice::make(context, args, app, &mut store, integration)?;
    do_it(context, args, app, store, integration, &choice).await
}

async fn do_it(
    context: &Context,
    args: &ReconcileArgs,
    app: &App,
    mut store: Store,
    integration: &Integration,
    choice: &Choice,
) -> Result<Done, CommandError> {
    if args.pushes() {
        retry::run(context, args, app, store, integration, choice).await
    } else if args.ignore || args.unignore {
        aside::run(context, args, app, &mut store, integration, choice)
    } else if args.fix.is_some() {
        fix::run(context, args, app, &mut store, integration, choice).await
    } else if let Some(file) = &args.export {
        export::run(context, args, &store, integration, choice, file)
    } else {
        Ok(Done::default())
    }
}

/// What the board lists: what was chosen; after an action on a state or cause that left it, nothing is.
fn listed(
    context: &Context,
    args: &ReconcileArgs,
    store: &Store,
    integration: &Integration,
    choice: &Choice,
) -> Result<crate::domain::board::BoardFilter, CommandError> {
    let mut filter = choice.shown.clone();
    let people = context.ui.out_is_terminal() && !context.ui.json();
    if people && filter.limit.is_none() && filter.lists_leads() {
        filter.limit = Some(LISTED_ON_A_TERMINAL);
    }
    if args.acts() && !filter.causes.is_empty() {
        let selection = Selection::from(&filter);
        if store.count_leads(integration, &selection)? == 0 {
            filter.causes.clear();
        }
    }
    Ok(filter)
}
