//! How leads are chosen, the same wherever leads are chosen.

use clap::Args;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::{Naming, nothing_connected};
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
}

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
    /// Twice here, as far as can be told
    Twice,
    /// No answer to any qualifier
    NoQualifier,
    /// Still being filled in by its source
    NotEnriched,
}

/// A choice ready to be read, and the integration whose states are shown beside the leads.
pub(super) struct Chosen {
    pub(super) filter: LeadFilter,
    pub(super) integration: Option<Integration>,
}

/// Reads the options. Without any connection leads have no state, and only asking for one is an error.
pub(super) fn choose(
    context: &Context,
    store: &Store,
    args: &SelectionArgs,
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
    let event = context
        .shown_event()
        .map(|name| context.event(store, &name, Naming::Read))
        .transpose()?;
    let account = integration
        .as_ref()
        .and_then(|integration| integration.account.as_ref());
    let state = match (args.state, account) {
        (None, _) => None,
        (Some(state), Some(account)) => Some((account.id, state.into())),
        (Some(_), None) => {
            return Err(nothing_connected().hint(
                "a lead has a state from the first connection on; until then all of them wait",
            ));
        }
    };
    Ok(Chosen {
        filter: LeadFilter {
            event: event.map(|event| event.id),
            state,
            search: args.search.clone(),
            issues: args.issue.map(IssueValue::issues).unwrap_or_default(),
        },
        integration,
    })
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
