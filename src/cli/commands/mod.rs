//! The commands, one file each; nouns with several verbs have a folder.
//!
//! A new command is a file here, a variant and an arm below, and its place in [`GROUPS`]; then `mobly-sync util generate .`.

pub mod campaign;
pub mod completions;
pub mod connect;
pub mod db;
pub mod demo;
pub mod disable;
pub mod disconnect;
pub mod doctor;
pub mod enable;
pub mod enrichment;
pub mod event;
pub mod explain;
pub mod history;
pub mod lead;
pub mod log;
pub mod man;
pub mod mapping;
pub mod mode;
pub mod open;
pub mod push_options;
pub mod qualifier;
pub mod reconcile;
pub mod report;
pub mod requirement;
pub mod sandbox;
pub mod status;
pub mod suppress;
pub mod sync;
pub mod sync_event;
pub mod undo;
pub mod util;
pub mod verify;

use clap::Subcommand;

use super::command_error::CommandError;
use super::context::Context;
use crate::exit::ExitStatus;

/// Every command.
#[derive(Debug, Subcommand)]
#[allow(missing_docs)] // each has its description in its own file
pub enum Command {
    Connect(connect::ConnectArgs),
    Status(status::StatusArgs),
    Mode(mode::ModeArgs),
    Enable(enable::EnableArgs),
    Disable(disable::DisableArgs),
    Disconnect(disconnect::DisconnectArgs),
    Mapping(mapping::MappingArgs),
    Qualifier(qualifier::QualifierArgs),
    Campaign(campaign::CampaignArgs),
    Enrichment(enrichment::EnrichmentArgs),
    Requirement(requirement::RequirementArgs),
    Explain(explain::ExplainArgs),
    Event(event::EventArgs),
    Lead(lead::LeadArgs),
    Suppress(suppress::SuppressArgs),
    SyncEvent(sync_event::SyncEventArgs),
    Sync(sync::SyncArgs),
    Reconcile(reconcile::ReconcileArgs),
    Log(log::LogArgs),
    Open(open::OpenArgs),
    Verify(verify::VerifyArgs),
    Report(report::ReportArgs),
    History(history::HistoryArgs),
    Undo(undo::UndoArgs),
    Demo(demo::DemoArgs),
    Sandbox(sandbox::SandboxArgs),
    Doctor(doctor::DoctorArgs),
    Db(db::DbArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    #[command(hide = true)]
    Util(util::UtilArgs),
}

/// The commands as the help groups them; every visible one is in exactly one group (a test sees to it).
pub const GROUPS: &[(&str, &[&str])] = &[
    (
        "Connections",
        &[
            "connect",
            "status",
            "mode",
            "enable",
            "disable",
            "disconnect",
        ],
    ),
    (
        "Data flow",
        &["mapping", "qualifier", "campaign", "requirement", "explain"],
    ),
    (
        "Events and leads",
        &["event", "lead", "enrichment", "suppress"],
    ),
    (
        "Sync",
        &[
            "sync-event",
            "sync",
            "reconcile",
            "log",
            "open",
            "verify",
            "report",
            "history",
            "undo",
        ],
    ),
    ("First steps", &["demo", "sandbox"]),
    ("Upkeep", &["doctor", "db", "completions", "man"]),
];

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// If it failed; leads that failed are no error but an exit status.
    pub async fn run(&self, context: &Context) -> Result<ExitStatus, CommandError> {
        match self {
            Self::Connect(args) => connect::run(context, args).await,
            Self::Status(args) => status::run(context, args).await,
            Self::Mode(args) => mode::run(context, args).await,
            Self::Enable(args) => enable::run(context, args).await,
            Self::Disable(args) => disable::run(context, args).await,
            Self::Disconnect(args) => disconnect::run(context, args).await,
            Self::Mapping(args) => mapping::run(context, args).await,
            Self::Qualifier(args) => qualifier::run(context, args).await,
            Self::Requirement(args) => requirement::run(context, args).await,
            Self::Suppress(args) => suppress::run(context, args).await,
            Self::Campaign(args) => campaign::run(context, args).await,
            Self::Enrichment(args) => enrichment::run(context, args).await,
            Self::Explain(args) => explain::run(context, args),
            Self::Event(args) => event::run(context, args).await,
            Self::Lead(args) => lead::run(context, args).await,
            Self::SyncEvent(args) => sync_event::run(context, args).await,
            Self::Sync(args) => sync::run(context, args).await,
            Self::Reconcile(args) => reconcile::run(context, args).await,
            Self::Log(args) => log::run(context, args).await,
            Self::Open(args) => open::run(context, args).await,
            Self::Verify(args) => verify::run(context, args).await,
            Self::Report(args) => report::run(context, args).await,
            Self::History(args) => history::run(context, args).await,
            Self::Undo(args) => undo::run(context, args).await,
            Self::Demo(args) => demo::run(context, args).await,
            Self::Sandbox(args) => sandbox::run(context, args).await,
            Self::Doctor(args) => doctor::run(context, args).await,
            Self::Db(args) => db::run(context, args),
            Self::Completions(args) => completions::run(context, args),
            Self::Man(args) => man::run(context, args),
            Self::Util(args) => util::run(context, args),
        }
    }

    /// Whether the command may push: then it gets worker threads, else none are started.
    #[must_use]
    pub fn may_push(&self) -> bool {
        match self {
            Self::SyncEvent(_)
            | Self::Sync(_)
            | Self::Mode(_)
            | Self::Enable(_)
            | Self::Undo(_)
            | Self::Demo(_)
            | Self::Sandbox(_) => true,
            Self::Reconcile(args) => args.may_push(),
            Self::Lead(args) => args.may_push(),
            _ => false,
        }
    }
}
