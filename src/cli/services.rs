//! What most commands need from the file: the application, the integration, event or lead somebody named, who they are.

use std::sync::Arc;

use jiff::Timestamp;

use super::command_error::{CommandError, ErrorCode};
use super::context::Context;
use super::values;
use crate::app::{App, AppError, SessionError};
use crate::clock::SharedClock;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::history::Author;
use crate::domain::ids::LeadId;
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::env_vars;
use crate::secrets::SecretError;
use crate::sources::{self, SourceInfo};
use crate::store::{Candidate, Lookup, Store};
use crate::vendors::{self, CallError, CallErrorKind, VendorInfo};

/// What a command does with what is named: the beginning of a name is enough for reading, and for writing where a person
/// sees the full name echoed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Shows.
    Read,
    /// Changes or pushes.
    Write,
}

impl Context {
    /// The application on the file named by `--db`, the environment, or the platform.
    ///
    /// # Errors
    /// Where the platform tells no data directory.
    pub fn app(&self) -> Result<App, CommandError> {
        Ok(App::new(self.globals.db.clone())?)
    }

    /// The application with its file open.
    ///
    /// # Errors
    /// As every command that needs the file.
    pub fn open(&self) -> Result<(App, Store), CommandError> {
        let app = self.app()?;
        let store = app.store()?;
        Ok((app, store))
    }

    /// Who does this, by which command; `command` is written by the caller, never taken from the arguments as they are.
    #[must_use]
    pub fn author(&self, command: impl Into<String>) -> Author {
        Author {
            command: command.into(),
            person: env_vars::user(),
        }
    }

    /// The integration a command means: by VENDOR or `-i`, else the CRM; the marketing tool only where no CRM was ever
    /// connected.
    ///
    /// # Errors
    /// `not_found`, `not_connected`, or two different names (usage).
    pub fn integration(
        &self,
        store: &Store,
        vendor: Option<&str>,
    ) -> Result<Integration, CommandError> {
        if let Some(source) = self.named_source(vendor)? {
            return Err(only_gives(source));
        }
        self.connection(store, vendor)
    }

    /// The source of leads that is named by VENDOR or `-i`, connected or not.
    ///
    /// # Errors
    /// If they name two different ones.
    pub fn named_source(
        &self,
        vendor: Option<&str>,
    ) -> Result<Option<&'static SourceInfo>, CommandError> {
        let name = self.named_integration(vendor)?;
        Ok(name.as_deref().and_then(sources::lookup))
    }

    /// The connection a command means, a source of leads too where one is named.
    ///
    /// # Errors
    /// As [`Context::integration`], but for sources.
    pub fn connection(
        &self,
        store: &Store,
        vendor: Option<&str>,
    ) -> Result<Integration, CommandError> {
        let integrations = store.integrations()?;
        if let Some(name) = self.named_integration(vendor)? {
            let found = integrations
                .iter()
                .find(|integration| integration.name.eq_ignore_ascii_case(&name));
            return found.cloned().ok_or_else(|| unknown_integration(&name));
        }
        let of = |category| {
            let mut fitting: Vec<&Integration> = integrations
                .iter()
                .filter(|integration| integration.category == category)
                .collect();
            // A connected one before one that was; of several that were, the latest.
            fitting.sort_by_key(|integration| (integration.connected, integration.id));
            fitting.last().map(|integration| (*integration).clone())
        };
        match (
            of(IntegrationCategory::Crm),
            of(IntegrationCategory::Marketing),
        ) {
            (Some(crm), Some(marketing)) if !crm.connected && marketing.connected => {
                Err(CommandError::new(
                    ErrorCode::NotConnected,
                    format!("{} is not connected; {} is", crm.name, marketing.name),
                )
                .hint(format!(
                    "connect it again, or name the other with -i {}",
                    marketing.name
                ))
                .fix(format!("mobly-sync connect {}", crm.name)))
            }
            (Some(found), _) | (None, Some(found)) => Ok(found),
            (None, None) if integrations.is_empty() => Err(nothing_connected()),
            (None, None) => Err(CommandError::new(
                ErrorCode::NotConnected,
                "leads have a source and nowhere to go: no CRM is connected yet",
            )
            .fix(format!("mobly-sync connect {}", values::example_vendor()))),
        }
    }

    /// The integrations a command takes in turn: all with `-i all`, else the one meant.
    ///
    /// # Errors
    /// As [`Context::integration`].
    pub fn integrations(&self, store: &Store) -> Result<Vec<Integration>, CommandError> {
        if self
            .globals
            .integration
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("all"))
        {
            let all: Vec<Integration> = store
                .integrations()?
                .into_iter()
                .filter(|integration| integration.category != IntegrationCategory::Source)
                .collect();
            return if all.is_empty() {
                Err(nothing_connected())
            } else {
                Ok(all)
            };
        }
        Ok(vec![self.integration(store, None)?])
    }

    /// The event of that name or number.
    ///
    /// # Errors
    /// `not_found` (1), `ambiguous` (2); for a change without a terminal only the full name or number will do (2).
    pub fn event(&self, store: &Store, name: &str, naming: Naming) -> Result<Event, CommandError> {
        match store.find_event(name)? {
            Lookup::Exact(event) => Ok(event),
            Lookup::Prefix(event) if naming == Naming::Read || self.ui.can_prompt() => {
                if naming == Naming::Write {
                    self.ui.note(format!("event: {}", event.name));
                }
                Ok(event)
            }
            Lookup::Prefix(event) => Err(CommandError::new(
                ErrorCode::Ambiguous,
                format!(
                    "{name:?} is only the beginning of {:?}; a script names an event in full or by its id ({})",
                    event.name, event.id
                ),
            )),
            Lookup::Unknown => {
                let near = store.events()?;
                let nearest =
                    super::values::nearest(name, near.iter().map(|event| event.name.as_str()));
                let error = CommandError::not_found(format!("there is no event {name:?}"))
                    .fix("mobly-sync event list");
                Err(match nearest {
                    Some(nearest) => error.hint(format!("did you mean {nearest:?}?")),
                    None => error,
                })
            }
            Lookup::Ambiguous(candidates) => Err(ambiguous(name, "events", &candidates)),
        }
    }

    /// The event `--event` names, for a push or a retry: the environment never narrows those.
    ///
    /// # Errors
    /// As [`Context::event`].
    pub fn pushed_event(&self, store: &Store) -> Result<Option<Event>, CommandError> {
        self.globals
            .event
            .as_deref()
            .map(|name| self.event(store, name, Naming::Write))
            .transpose()
    }

    /// The lead of that id, prefix or address.
    ///
    /// # Errors
    /// `not_found` (1), `ambiguous` (2).
    pub fn lead(&self, store: &Store, text: &str) -> Result<LeadId, CommandError> {
        match store.find_lead(text)? {
            Lookup::Exact(lead) | Lookup::Prefix(lead) => Ok(lead),
            Lookup::Unknown => Err(CommandError::not_found(format!("there is no lead {text:?}"))
                .hint("a lead is named by its id, the first four characters of it or more, or its e-mail address")
                .fix(format!("mobly-sync lead list --search {}", quote(text)))),
            Lookup::Ambiguous(candidates) => Err(ambiguous(text, "leads", &candidates)),
        }
    }

    /// The clock commands of this file go by.
    ///
    /// # Errors
    /// As every statement.
    pub fn clock(&self, app: &App, store: &Store) -> Result<SharedClock, CommandError> {
        Ok(app.clock(&store.integrations()?))
    }

    /// The time by that clock.
    ///
    /// # Errors
    /// As every statement.
    pub fn now(&self, app: &App, store: &Store) -> Result<Timestamp, CommandError> {
        Ok(Arc::clone(&self.clock(app, store)?).now())
    }
}

/// The vendor of that name.
///
/// # Errors
/// A usage error that names the known ones, and the one that was probably meant.
pub fn vendor_info(name: &str) -> Result<&'static VendorInfo, CommandError> {
    vendors::lookup(name).ok_or_else(|| {
        let known = values::vendor_names().collect::<Vec<_>>().join(", ");
        if vendors::is_to_come(name) {
            return CommandError::new(
                ErrorCode::Unsupported,
                format!("this version does not connect {name} yet; it connects {known}"),
            )
            .hint("leads wait safely here: import them now, push them when the vendor is there")
            .fix("mobly-sync lead import FILE --event EVENT --create-event");
        }
        if let Some(source) = sources::lookup(name) {
            return only_gives(source);
        }
        let nearest = values::nearest(name, values::vendor_names());
        let error = CommandError::usage(format!(
            "{name:?} is no vendor this version connects; it connects {known}"
        ))
        .fix(format!(
            "mobly-sync connect {}",
            nearest.unwrap_or_else(values::example_vendor)
        ));
        match nearest {
            Some(vendor) => error.hint(format!("did you mean {vendor}?")),
            None if name.eq_ignore_ascii_case("all") => {
                error.hint("all integrations are named by an option: -i all")
            }
            None => error,
        }
    })
}

/// The name for people of what is connected or can be: a vendor's, or a source's.
#[must_use]
pub fn title_of(name: &str) -> Option<&'static str> {
    let vendor = vendors::lookup(name).map(|vendor| vendor.title);
    vendor.or_else(|| sources::lookup(name).map(|source| source.title))
}

/// Nothing is pushed to a source.
fn only_gives(source: &SourceInfo) -> CommandError {
    CommandError::usage(format!(
        "{} is where leads come from: it has no mode, no mapping and no board, and nothing is pushed there",
        source.title
    ))
    .hint("it is for connect, disconnect, enable, disable, status, doctor and lead pull")
    .fix("mobly-sync lead pull")
}

/// The vendor behind an integration, for its words.
///
/// # Errors
/// Where the file was made by a version that knew more vendors.
pub fn vendor_of(integration: &Integration) -> Result<&'static VendorInfo, CommandError> {
    vendors::lookup(&integration.vendor)
        .ok_or_else(|| CommandError::from(SessionError::UnknownVendor(integration.vendor.clone())))
}

/// The account as people read it: its label, and its id by the vendor's word unless the label holds it.
#[must_use]
pub fn account_title(integration: &Integration) -> String {
    let Some(account) = &integration.account else {
        return "no account".to_owned();
    };
    let word = account_word(&integration.vendor);
    if account.name.contains(&account.vendor_account) {
        account.name.clone()
    } else {
        format!("{} ({word} {})", account.name, account.vendor_account)
    }
}

/// The same with what kind of account it is: `Acme (portal 123, PRODUCTION)`.
#[must_use]
pub fn account_with_environment(integration: &Integration) -> String {
    let title = account_title(integration);
    let Some(account) = &integration.account else {
        return title;
    };
    let environment = account.environment.name().to_uppercase();
    match title.strip_suffix(')') {
        Some(open) => format!("{open}, {environment})"),
        None => format!("{title} ({environment})"),
    }
}

/// The word for an account.
#[must_use]
pub fn account_word(name: &str) -> &'static str {
    let vendor = vendors::lookup(name).map(|vendor| vendor.account_word);
    let source = || sources::lookup(name).map(|source| source.account_word);
    vendor.or_else(source).unwrap_or("account")
}

/// Nothing was ever connected.
#[must_use]
pub fn nothing_connected() -> CommandError {
    CommandError::new(ErrorCode::NotConnected, "nothing is connected yet").fix(format!(
        "mobly-sync connect {}",
        super::values::example_vendor()
    ))
}

fn unknown_integration(name: &str) -> CommandError {
    match title_of(name) {
        Some(title) => CommandError::new(
            ErrorCode::NotConnected,
            format!("{title} was never connected here"),
        )
        .fix(format!("mobly-sync connect {}", name.to_lowercase())),
        None => match vendor_info(name) {
            Err(error) => error,
            Ok(_) => nothing_connected(),
        },
    }
}

fn ambiguous(name: &str, what: &str, candidates: &[Candidate]) -> CommandError {
    let listed = candidates
        .iter()
        .map(|candidate| format!("{} ({})", candidate.id, candidate.label));
    CommandError::new(
        ErrorCode::Ambiguous,
        format!("{name:?} fits several {what}"),
    )
    .hint(format!("one of: {}", listed.collect::<Vec<_>>().join(", ")))
}

impl From<AppError> for CommandError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            AppError::Path(error) => {
                Self::new(ErrorCode::Database, error.to_string()).hint("name the file with --db")
            }
        }
    }
}

impl From<SecretError> for CommandError {
    fn from(error: SecretError) -> Self {
        // doctor tries the places and names what repairs them.
        Self::new(ErrorCode::SecretStore, error.to_string())
            .hint(error.fix())
            .fix("mobly-sync doctor")
    }
}

impl From<SessionError> for CommandError {
    fn from(error: SessionError) -> Self {
        let message = error.to_string();
        match error {
            SessionError::Secret(error) => error.into(),
            SessionError::BaseUrl(_) | SessionError::Option(_) => Self::usage(message),
            SessionError::UnknownVendor(_) => Self::new(ErrorCode::Unsupported, message),
            SessionError::NoToken(name) => Self::new(ErrorCode::NeedsSignIn, message)
                .hint(format!(
                    "sign in again, or set {}",
                    env_vars::token_name(&name)
                ))
                .fix(format!("mobly-sync connect {name}")),
            SessionError::Transport(_) => Self::new(ErrorCode::Network, message),
        }
    }
}

/// A call to a vendor outside a push failed.
#[must_use]
pub fn call_failed(integration: &str, error: &CallError) -> CommandError {
    let message = error.to_string();
    match &error.kind {
        CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. } => CommandError::new(
            ErrorCode::NeedsSignIn,
            format!("{integration} refuses the sign-in: {message}"),
        )
        .fix(format!("mobly-sync connect {integration}")),
        CallErrorKind::NotAllowed(_) => CommandError::new(ErrorCode::Vendor, message)
            .hint("grant the permission in the vendor's settings, then try again"),
        CallErrorKind::Refused { .. } => CommandError::new(ErrorCode::Vendor, message),
        CallErrorKind::Wait { .. } => {
            CommandError::new(ErrorCode::Limit, message).hint("try again when the limit is free")
        }
        CallErrorKind::Unavailable { .. } | CallErrorKind::OutcomeUnknown { .. } => {
            CommandError::new(ErrorCode::Network, message)
                .hint("nothing was changed; check the connection and try again")
        }
    }
}
