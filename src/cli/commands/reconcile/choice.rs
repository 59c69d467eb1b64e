//! What the options mean: the scope, and the leads chosen in it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{GroupingValue, ReconcileArgs, ViewValue};
use crate::app::App;
use crate::cli::command_error::CommandError;
use crate::cli::commands::lead::selection::{StateValue, expression};
use crate::cli::context::Context;
use crate::cli::services::Naming;
use crate::domain::board::{Board, BoardFilter, BoardState, GroupBy, View};
use crate::domain::category::Category;
use crate::domain::event::Event;
use crate::domain::hints::quote;
use crate::domain::integration::Integration;
use crate::domain::sync_state::PreSyncReason;
use crate::env_vars;
use crate::store::{Selection, Store};

/// Characters of a cause's stable key.
const KEY_LENGTH: usize = 32;

/// The scope and the selection, understood.
pub(super) struct Choice {
    /// What the board shows and lists.
    pub(super) shown: BoardFilter,
    /// The event it is bound to.
    pub(super) event: Option<Event>,
    /// The event `--event` names: the environment never narrows what a retry takes.
    pub(super) named_event: Option<Event>,
}

impl Choice {
    /// Reads the options against the file.
    ///
    /// # Errors
    /// Names that mean nothing or several things; a cause that is on no board any more.
    pub(super) fn make(
        context: &Context,
        args: &ReconcileArgs,
        app: &App,
        store: &mut Store,
        integration: &Integration,
    ) -> Result<Self, CommandError> {
        let now = context.now(app, store)?;
        let naming = if args.acts() {
            Naming::Write
        } else {
            Naming::Read
        };
        let named_event = context
            .globals
            .event
            .as_deref()
            .map(|name| context.event(store, name, naming))
            .transpose()?;
        let event = match (&named_event, env_vars::event()) {
            (Some(event), _) => Some(event.clone()),
            (None, Some(name)) => Some(context.event(store, &name, Naming::Read)?),
            (None, None) => None,
        };
        let lead = args
            .lead
            .as_deref()
            .map(|text| context.lead(store, text))
            .transpose()?;
        let named = Named::read(args);
        let mut shown = BoardFilter {
            event: event.as_ref().map(|event| event.id),
            since: args
                .since
                .map(|since| since.resolve(now, &TimeZone::system())),
            state: named.state.or(args.state.map(board_state)),
            category: named.category.or(args.category),
            causes: Vec::new(),
            search: args.search.clone(),
            lead,
            matching: args
                .matching
                .as_deref()
                .map(|text| expression(store, text))
                .transpose()?,
            limit: args.limit,
            view: match args.view {
                ViewValue::Event => View::Event,
                ViewValue::Lead => View::Lead,
            },
            by: grouping(args.by),
        };
        find_causes(
            context,
            args,
            store,
            integration,
            &mut shown,
            &named.causes,
            now,
        )?;
        Ok(Self {
            shown,
            event,
            named_event,
        })
    }

    /// The chosen leads within a scope, whatever their state.
    pub(super) fn leads(&self, event: Option<&Event>) -> Selection {
        Selection {
            event: event.map(|event| event.id),
            states: Vec::new(),
            ..Selection::from(&self.shown)
        }
    }

    /// Whether failed leads alone are meant: of one category or cause.
    pub(super) fn names_failures(&self) -> bool {
        self.shown.category.is_some() || !self.shown.causes.is_empty()
    }
}

/// Refuses options that contradict each other, before anything is opened.
///
/// # Errors
/// A usage error.
pub(super) fn check(args: &ReconcileArgs) -> Result<(), CommandError> {
    let grouped = args.category.is_some() || !args.cause.is_empty();
    if let Some(state) = args.state
        && grouped
        && !matches!(state, StateValue::Failed | StateValue::Ignored)
    {
        return Err(CommandError::usage(format!(
            "only failed leads have a category or a cause, --state {} has neither",
            board_state(state).name()
        )));
    }
    if args.pushes() {
        check_push(args)?;
    } else if args.dry_run {
        return Err(CommandError::usage("--dry-run shows what a push would do")
            .fix("mobly-sync reconcile --retry --dry-run"));
    }
    if args.ignore && !matches!(args.state, None | Some(StateValue::Failed)) {
        return Err(CommandError::usage("only failed leads can be ignored")
            .hint("leads that wait are kept back with lead hold"));
    }
    if args.unignore && !matches!(args.state, None | Some(StateValue::Ignored)) {
        return Err(CommandError::usage("--unignore is for ignored leads"));
    }
    Ok(())
}

fn check_push(args: &ReconcileArgs) -> Result<(), CommandError> {
    match args.state {
        Some(StateValue::Held) => Err(CommandError::usage("held leads are never pushed")
            .hint("let them wait again first: mobly-sync lead release")),
        Some(StateValue::Ignored) => Err(CommandError::usage("ignored leads are never pushed")
            .hint("put them back into Failed first")
            .fix("mobly-sync reconcile --state ignored --unignore")),
        Some(StateValue::Enriching) => Err(CommandError::usage(
            "leads that are still being filled in cannot be pushed",
        )),
        Some(StateValue::Cleared) if !args.again => Err(CommandError::usage(
            "cleared leads are there already; only --again compares them once more",
        )
        .fix("mobly-sync reconcile --state cleared --retry --again")),
        _ => Ok(()),
    }
}

/// What `--cause` and the NUMBER of `--fix` name. Beside positions and keys `--fix` takes a category by its code, and FROZEN.
struct Named {
    causes: Vec<String>,
    category: Option<Category>,
    state: Option<BoardState>,
}

impl Named {
    fn read(args: &ReconcileArgs) -> Self {
        let mut named = Self {
            causes: args.cause.clone(),
            category: None,
            state: None,
        };
        let number = args.fix.as_deref().map(str::trim).unwrap_or_default();
        if number.eq_ignore_ascii_case(PreSyncReason::Frozen.code()) {
            named.state = Some(BoardState::PreSync);
        } else if let Ok(category) = number.parse() {
            named.category = Some(category);
        } else if !number.is_empty() {
            named.causes.push(number.to_owned());
        }
        named
    }
}

/// Binds the filter to all that is named; of several each must be a cause, since a category has its own option.
fn find_causes(
    context: &Context,
    args: &ReconcileArgs,
    store: &mut Store,
    integration: &Integration,
    filter: &mut BoardFilter,
    texts: &[String],
    now: Timestamp,
) -> Result<(), CommandError> {
    let category = filter.category;
    let mut keys = Vec::new();
    for text in texts {
        filter.category = category;
        find_cause(context, args, store, integration, filter, text, now)?;
        if texts.len() > 1 && filter.causes.is_empty() {
            return Err(CommandError::usage(format!(
                "{text:?} is a whole category: it stands alone, or as --category"
            )));
        }
        keys.append(&mut filter.causes);
    }
    if texts.len() > 1 {
        filter.category = category;
    }
    filter.causes = keys;
    Ok(())
}

/// Binds the filter to what an id of the last board of this scope ("1a", "2"), or a stable key, stands for.
fn find_cause(
    context: &Context,
    args: &ReconcileArgs,
    store: &mut Store,
    integration: &Integration,
    filter: &mut BoardFilter,
    text: &str,
    now: Timestamp,
) -> Result<(), CommandError> {
    let scope = BoardFilter {
        event: filter.event,
        since: filter.since,
        by: filter.by,
        ..BoardFilter::default()
    };
    if is_key(text) {
        let board = store.board(integration, &scope)?;
        let causes = board.failed.iter().flat_map(|group| &group.causes);
        let key = text.to_ascii_lowercase();
        filter.causes = causes
            .into_iter()
            .find(|cause| cause.key == key)
            .map_or_else(|| vec![key], |cause| cause.members.clone());
    } else if let Some(cause) = store.recall_cause(integration.id, filter, text)? {
        filter.category = filter.category.or(Some(cause.category));
        filter.causes = cause.keys;
    } else {
        return Err(stale(context, store, integration, &scope, text, now)?);
    }
    let wanted = if args.unignore {
        BoardState::Ignored
    } else {
        BoardState::Failed
    };
    let selection = Selection {
        states: vec![wanted],
        event: filter.event,
        category: filter.category,
        causes: filter.causes.clone(),
        ..Selection::default()
    };
    if store.count_leads(integration, &selection)? == 0 {
        return Err(stale(context, store, integration, &scope, text, now)?);
    }
    Ok(())
}

fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The error of an id that stands for nothing (any more), with the ids that do.
fn stale(
    context: &Context,
    store: &mut Store,
    integration: &Integration,
    scope: &BoardFilter,
    text: &str,
    now: Timestamp,
) -> Result<CommandError, CommandError> {
    let board = store.board(integration, scope)?;
    // The new list is shown, so its ids hold from now on.
    store.remember_board(integration.id, scope, &board, now)?;
    let error = CommandError::not_found(format!("{text:?} is no cause on the board of this scope"));
    if board.failed.is_empty() {
        return Ok(error.hint("nothing is failed there now"));
    }
    let event = context
        .shown_event()
        .map(|event| format!(" --event {}", quote(&event)))
        .unwrap_or_default();
    Ok(lines(&board)
        .into_iter()
        .map(|line| format!("now there is: {line}"))
        .fold(
            error.hint("ids hold until the next board of the same event"),
            CommandError::hint,
        )
        .fix(format!("mobly-sync reconcile{event}")))
}

fn lines(board: &Board) -> Vec<String> {
    let mut lines = Vec::new();
    for (position, group) in board.failed.iter().enumerate() {
        lines.push(format!(
            "{} {} {}",
            position + 1,
            group.category.code(),
            group.count
        ));
        for cause in &group.causes {
            let what = [cause.field.as_deref(), cause.value.as_deref()];
            let what: Vec<&str> = what.into_iter().flatten().collect();
            let what = if what.is_empty() {
                cause.vendor_message.clone()
            } else {
                what.join(" ")
            };
            lines.push(format!("{} {what} {}", cause.id, cause.count));
        }
    }
    lines
}

fn board_state(state: StateValue) -> BoardState {
    match state {
        StateValue::Enriching => BoardState::Enriching,
        StateValue::PreSync => BoardState::PreSync,
        StateValue::Held => BoardState::Held,
        StateValue::Failed => BoardState::Failed,
        StateValue::Cleared => BoardState::Cleared,
        StateValue::Ignored => BoardState::Ignored,
    }
}

fn grouping(by: GroupingValue) -> GroupBy {
    match by {
        GroupingValue::Category => GroupBy::Category,
        GroupingValue::Cause => GroupBy::Cause,
        GroupingValue::Value => GroupBy::Value,
        GroupingValue::Field => GroupBy::Field,
        GroupingValue::Phase => GroupBy::Phase,
    }
}
