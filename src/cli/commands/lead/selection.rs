//! How leads are chosen, the same wherever leads are chosen.

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::{Naming, nothing_connected};
use crate::domain::expression::Expression;
use crate::domain::hints::quote;
use crate::domain::ids::{EventId, LeadId};
use crate::domain::integration::Integration;
use crate::store::Store;
use crate::store::lead_list::{Issue, LeadFilter, ListedState};

/// The options that choose.
#[derive(Debug, Clone, Default, Args)]
pub struct SelectionArgs {
    /// Only leads in this state
    #[arg(long, value_name = "STATE")]
    pub state: Option<StateValue>,

    /// Only leads whose name or e-mail holds this
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,

    /// Only leads with this flaw
    #[arg(long, value_name = "ISSUE")]
    pub issue: Option<IssueValue>,

    /// Only leads this holds for, like "jobTitle ~ engineer and email is empty" (--help tells more)
    #[arg(long = "where", value_name = "EXPR", long_help = EXPRESSIONS)]
    pub matching: Option<String>,
}

/// What `--where` takes, wherever it stands.
pub const EXPRESSIONS: &str = "Only leads this holds for

  jobTitle = CEO       jobTitle != CEO         companyName ~ acme (contains)
  email is empty       phone is not empty      jobTitle in (CEO, 'Head of IT')
  companySize > 200    scans >= 2              capturedAt >= 2026-11-17
  event = \"Expo 26\"    category ~ DATA         state = failed and phone is empty
  qualifier:Interest = Demo                    qualifier:\"Follow up\" is empty

Joined by and, or, not and parentheses; 'and' binds before 'or'. Fields go by key, label (\"Job Title\") or their own name; names and values with spaces are quoted, and a quote within is doubled. Beside the fields there are event, state, category, scans, capturedAt, source, name (first and last) and qualifier:NAME; field:NAME means a field where both are there. Text is compared without regard to case and surrounding space. What a lead does not have differs from everything: jobTitle != CEO includes leads without a title. Days are this machine's.";

/// `--state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[allow(missing_docs)]
pub enum StateValue {
    Enriching,
    PreSync,
    Held,
    Failed,
    Cleared,
    Ignored,
}

/// `--issue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum IssueValue {
    /// Any of them
    Any,
    /// No e-mail address
    NoEmail,
    /// An address at a free-mail provider
    FreeMail,
    /// Another lead has its address, or its name and company where one has no address
    Twice,
    /// No answer to a qualifier that is required, or to any
    NoQualifier,
    /// Still being filled in by its source
    NotEnriched,
}

impl SelectionArgs {
    /// Whether something is chosen by them.
    pub(super) fn chooses(&self) -> bool {
        self.state.is_some()
            || self.search.is_some()
            || self.issue.is_some()
            || self.matching.is_some()
    }

    /// The options as they are typed.
    pub(super) fn typed(&self) -> String {
        let value = |name: &str, text: Option<String>| {
            text.map_or_else(String::new, |text| format!(" {name} {}", quote(&text)))
        };
        let word = |value: clap::builder::PossibleValue| value.get_name().to_owned();
        let state = self.state.and_then(|state| state.to_possible_value());
        let issue = self.issue.and_then(|issue| issue.to_possible_value());
        [
            value("--where", self.matching.clone()),
            value("--issue", issue.map(word)),
            value("--state", state.map(word)),
            value("--search", self.search.clone()),
        ]
        .concat()
    }
}

/// A choice ready to be read, and the integration whose states are shown beside the leads.
pub(super) struct Chosen {
    pub(super) filter: LeadFilter,
    pub(super) integration: Option<Integration>,
}

/// Reads the options of a command that shows. Without any connection leads have no state, and only asking for one is an error.
pub(super) fn choose(
    context: &Context,
    store: &Store,
    args: &SelectionArgs,
) -> Result<Chosen, CommandError> {
    let event = context
        .shown_event()
        .map(|name| context.event(store, &name, Naming::Read))
        .transpose()?;
    choose_of(context, store, args, event.map(|event| event.id))
}

/// Reads the options of a command that changes: the environment names no event here, and an event is named in full.
pub(super) fn choose_to_change(
    context: &Context,
    store: &Store,
    args: &SelectionArgs,
) -> Result<Chosen, CommandError> {
    let named = context.globals.event.as_deref();
    let event = named
        .map(|name| context.event(store, name, Naming::Write))
        .transpose()?;
    choose_of(context, store, args, event.map(|event| event.id))
}

fn choose_of(
    context: &Context,
    store: &Store,
    args: &SelectionArgs,
    event: Option<EventId>,
) -> Result<Chosen, CommandError> {
    let integration = match context.integration(store, None) {
        Ok(integration) => Some(integration),
        Err(error)
            if context.globals.integration.is_none() && error.code() == ErrorCode::NotConnected =>
        {
            None
        }
        Err(error) => return Err(error),
    };
    let account = integration
        .as_ref()
        .and_then(|integration| integration.account.as_ref())
        .map(|account| account.id);
    let matching = args
        .matching
        .as_deref()
        .map(|text| expression(store, text))
        .transpose()?;
    let asks = args.state.is_some() || matching.as_ref().is_some_and(Expression::needs_place);
    if asks && account.is_none() {
        return Err(nothing_connected()
            .hint("a lead has a state from the first connection on; until then all of them wait"));
    }
    Ok(Chosen {
        filter: LeadFilter {
            event,
            state: account.zip(args.state.map(ListedState::from)),
            search: args.search.clone(),
            issues: args.issue.map(IssueValue::issues).unwrap_or_default(),
            matching,
            place: account,
        },
        integration,
    })
}

/// Reads an expression against what the file knows.
///
/// # Errors
/// A usage error that points at what cannot be understood.
pub fn expression(store: &Store, text: &str) -> Result<Expression, CommandError> {
    let read = |thorough| -> Result<_, CommandError> {
        let vocabulary = store.vocabulary(TimeZone::system(), thorough)?;
        Ok(Expression::parse(text, &vocabulary))
    };
    let parsed = match read(false)? {
        // A custom field of leads long ago is found by looking through all of them.
        Err(error) if error.unknown_field => read(true)?,
        parsed => parsed,
    };
    parsed.map_err(|error| {
        let pointed = error.pointed(text);
        let lines = pointed.replace('\n', "\n  ");
        let wrong = CommandError::usage(format!(
            "--where: {error} (column {})\n  {lines}",
            error.at + 1
        ));
        error.hints.into_iter().fold(wrong, CommandError::hint)
    })
}

/// The leads somebody names or chooses, each once.
pub(super) fn named_or_chosen(
    context: &Context,
    store: &Store,
    names: &[String],
    args: &SelectionArgs,
) -> Result<Vec<LeadId>, CommandError> {
    match (names.is_empty(), args.chooses()) {
        (false, true) => Err(
            CommandError::usage("leads are either named or chosen, not both")
                .hint("leave out the names, or --where, --issue, --state and --search"),
        ),
        (false, false) => super::named(context, store, names),
        (true, _) => {
            let chosen = choose_to_change(context, store, args)?;
            Ok(store.listed_leads(&chosen.filter)?)
        }
    }
}

impl From<StateValue> for ListedState {
    fn from(value: StateValue) -> Self {
        match value {
            StateValue::Enriching => Self::Enriching,
            StateValue::PreSync => Self::PreSync,
            StateValue::Held => Self::Held,
            StateValue::Failed => Self::Failed,
            StateValue::Cleared => Self::Cleared,
            StateValue::Ignored => Self::Ignored,
        }
    }
}

impl IssueValue {
    fn issues(self) -> Vec<Issue> {
        let one = match self {
            Self::Any => return Issue::ALL.iter().map(|(_, issue)| *issue).collect(),
            Self::NoEmail => Issue::NoEmail,
            Self::FreeMail => Issue::FreeMail,
            Self::Twice => Issue::Twice,
            Self::NoQualifier => Issue::NoQualifier,
            Self::NotEnriched => Issue::NotEnriched,
        };
        vec![one]
    }
}

/// An issue's word on the command line.
pub(super) fn issue_name(issue: Issue) -> &'static str {
    Issue::ALL
        .iter()
        .find(|(_, known)| *known == issue)
        .map_or("", |(name, _)| name)
}
