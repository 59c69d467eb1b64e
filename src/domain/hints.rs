//! The command that settles what a board row tells: the next step, ready to paste.
//!
//! Pure: facts in, a command line out. Every command carries the `-i` and `--event` it needs and is quoted for a shell.
//! Words in capitals (`OPTION`, `VALUE`) are for the reader to fill in: only where nothing better is known.

mod before_push;

use super::category::Category;
use super::lead::field_info;
use super::mapping::{Rule, Source, template_fields};
use super::sync_state::PreSyncReason;
pub use before_push::{accept, accept_target, before_push, map_answers};

/// What every command of a board shares.
#[derive(Debug, Clone, Copy)]
pub struct HintScope<'a> {
    /// The vendor, for `connect`.
    pub vendor: &'a str,
    /// The integration's name, where commands would else mean another one.
    pub integration: Option<&'a str>,
    /// The event the board is bound to.
    pub event: Option<&'a str>,
}

/// What is known of a cause when its repair is looked for.
#[derive(Debug, Clone, Copy)]
pub struct CauseFacts<'a> {
    /// The kind.
    pub category: Category,
    /// The vendor's object.
    pub object: Option<&'a str>,
    /// The vendor's field; a qualifier's name for `NO_TAG_MAPPING`.
    pub field: Option<&'a str>,
    /// The refused value.
    pub value: Option<&'a str>,
    /// The mapping row that fills the field.
    pub rule: Option<&'a Rule>,
    /// The name of the event the row is for, where it is for one.
    pub rule_event: Option<&'a str>,
    /// The qualifier that fills the field, and the answer that became the refused value.
    pub qualifier: Option<(&'a str, Option<&'a str>)>,
    /// Whether the field takes a user of the account.
    pub takes_user: bool,
    /// The option (or, for a lost field, the field) that is probably meant.
    pub guess: Option<&'a str>,
    /// How many leads.
    pub count: u64,
    /// One of the leads, by its public id.
    pub lead: &'a str,
}

/// A command line under construction.
#[derive(Debug, Clone)]
pub struct Command(String);

impl Command {
    /// The program with words that need no quoting.
    #[must_use]
    pub fn new(words: &str) -> Self {
        Self(format!("mobly-sync {words}"))
    }

    /// One more argument, quoted where it must be.
    #[must_use]
    pub fn argument(mut self, text: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(&quote(text));
        self
    }

    /// An option with its value.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        // A value that looks like an option must be tied to its name.
        let joint = if value.starts_with('-') && name.starts_with("--") {
            '='
        } else {
            ' '
        };
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push(joint);
        self.0.push_str(&quote(value));
        self
    }

    /// An option, where it has a value.
    #[must_use]
    pub fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.option(name, value),
            None => self,
        }
    }

    /// An option that is its own value.
    #[must_use]
    pub fn flag(mut self, name: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(name);
        self
    }

    /// The line as it is.
    #[must_use]
    pub fn line(self) -> String {
        self.0
    }

    /// The line, for the connection of a scope.
    #[must_use]
    pub fn of(self, scope: HintScope<'_>) -> String {
        self.optional("-i", scope.integration).0
    }
}

/// A word as a POSIX shell reads it back, quoted only where it must be.
#[must_use]
pub fn quote(text: &str) -> String {
    let plain = |character: char| {
        character.is_alphanumeric()
            || matches!(
                character,
                '_' | '-' | '.' | '/' | ':' | '@' | '%' | '+' | '=' | ','
            )
    };
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    if !text.contains(['"', '$', '`', '\\', '!']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The command that moves waiting leads of a reason. `busiest` is the event most of them wait at, `held` one of the held
/// events, where the board is not bound to an event.
#[must_use]
pub fn pre_sync(
    reason: PreSyncReason,
    scope: HintScope<'_>,
    busiest: Option<&str>,
    held: Option<&str>,
) -> Option<String> {
    let event = scope.event.or(busiest);
    let command = match reason {
        PreSyncReason::Frozen | PreSyncReason::BeforeConnect => match event {
            Some(event) => Command::new("sync-event").argument(event),
            None => Command::new("reconcile --state pre-sync --retry"),
        },
        PreSyncReason::Queued => match scope.event {
            Some(event) => Command::new("sync-event").argument(event),
            None => Command::new("sync"),
        },
        PreSyncReason::EventHeld => {
            return scope
                .event
                .or(held)
                .map(|event| Command::new("event release").argument(event).0);
        }
        PreSyncReason::Disconnected | PreSyncReason::NeedsSignIn => {
            return Some(Command::new("connect").argument(scope.vendor).0);
        }
        PreSyncReason::Disabled => Command::new("enable"),
        PreSyncReason::Unmapped => Command::new("mapping defaults"),
        PreSyncReason::NeedsData => Command::new("lead list")
            .optional("--event", scope.event)
            .option("--state", BOARD_PRE_SYNC),
        PreSyncReason::WaitingForCrm => return None,
    };
    Some(command.of(scope))
}

const BOARD_PRE_SYNC: &str = "pre-sync";

/// The first step for a whole category: that of its largest cause, else a look at its leads.
#[must_use]
pub fn category(
    category: Category,
    scope: HintScope<'_>,
    largest: Option<&CauseFacts<'_>>,
) -> String {
    largest.map_or_else(|| show_leads(category, scope), |facts| cause(facts, scope))
}

/// The board's own suggested retry. It names Failed: without that an event's retry would push the waiting leads nobody has
/// looked at (screens.md 2).
#[must_use]
pub fn retry(scope: HintScope<'_>) -> String {
    Command::new("reconcile")
        .optional("--event", scope.event)
        .option("--state", "failed")
        .flag("--retry")
        .of(scope)
}

/// The command that settles one cause.
#[must_use]
pub fn cause(facts: &CauseFacts<'_>, scope: HintScope<'_>) -> String {
    match facts.category {
        Category::NoTagMapping => Command::new("qualifier map")
            .argument(facts.field.unwrap_or("QUALIFIER"))
            .argument(&pair(facts.value.unwrap_or("ANSWER"), facts))
            .of(scope),
        Category::DataValueValidation => refused_option(facts, scope),
        Category::DataTooLong if facts.field.is_some() => {
            mapping_set(facts).flag("--truncate").of(scope)
        }
        Category::MissingRemoteField => lost_field(facts, scope),
        Category::RequiredFieldMissing => Command::new("mapping set")
            .option("--constant", "VALUE")
            .argument(facts.field.unwrap_or("REMOTE"))
            .optional("--object", facts.object)
            .of(scope),
        Category::Authentication => Command::new("connect").argument(scope.vendor).0,
        Category::RateLimited => Command::new("sync").of(scope),
        Category::AutomationError | Category::Connection | Category::Unexpected => {
            Command::new("log").argument(facts.lead).of(scope)
        }
        Category::DuplicateRecord | Category::AmbiguousMatch | Category::IdentityConflict => {
            if facts.count > 1 {
                return show_leads(facts.category, scope);
            }
            Command::new("reconcile")
                .option("--lead", facts.lead)
                .option("--adopt", "ID")
                .of(scope)
        }
        // One lead is corrected; several go without the field, unless it is what they are known by.
        Category::DataFormatValidation if facts.count > 1 && may_go_without(facts) => {
            mapping_set(facts).option("--on-invalid", "drop").of(scope)
        }
        Category::DataTooLong
        | Category::DataFormatValidation
        | Category::ValidationRule
        | Category::NotEnoughData => edit_leads(facts, scope),
    }
}

fn may_go_without(facts: &CauseFacts<'_>) -> bool {
    facts
        .rule
        .is_some_and(|rule| !matches!(&rule.source, Source::Field(key) if key == "email"))
}

/// The command that settles what a campaign refused; `None` where it is the lead's or the vendor's matter as elsewhere.
#[must_use]
pub fn campaign(category: Category, scope: HintScope<'_>) -> Option<String> {
    // Gone, closed, or without the status any more: the list tells which, and which events feed it.
    matches!(
        category,
        Category::DataValueValidation | Category::Connection
    )
    .then(|| {
        Command::new("campaign list")
            .optional("--event", scope.event)
            .of(scope)
    })
}

/// The command that shows what of its activities a lead was refused for: no field and no mapping is to blame; `None` where
/// it is the vendor's matter as elsewhere.
#[must_use]
pub fn activity(facts: &CauseFacts<'_>, scope: HintScope<'_>) -> Option<String> {
    matches!(
        facts.category,
        Category::MissingRemoteField
            | Category::RequiredFieldMissing
            | Category::DataFormatValidation
            | Category::DataValueValidation
            | Category::DataTooLong
            | Category::ValidationRule
            | Category::NotEnoughData
    )
    .then(|| match facts.count {
        1 => Command::new("lead show").argument(facts.lead).0,
        _ => show_leads(facts.category, scope),
    })
}

/// "ours=theirs", with the guess where there is one.
fn pair(ours: &str, facts: &CauseFacts<'_>) -> String {
    format!("{ours}={}", facts.guess.unwrap_or("OPTION"))
}

fn refused_option(facts: &CauseFacts<'_>, scope: HintScope<'_>) -> String {
    if let Some((qualifier, answer)) = facts.qualifier {
        return Command::new("qualifier map")
            .argument(qualifier)
            .argument(&pair(answer.unwrap_or("ANSWER"), facts))
            .of(scope);
    }
    if facts.rule.is_none() {
        return edit_leads(facts, scope);
    }
    if facts.takes_user {
        return mapping_set(facts)
            .option("--fallback-owner", "EMAIL")
            .of(scope);
    }
    let refused = facts.value.unwrap_or("OURS");
    let meant = facts.guess.unwrap_or("OPTION");
    match facts.rule.map(|rule| (&rule.source, &rule.options)) {
        Some((Source::Constant(text), _)) if text == refused => Command::new("mapping set")
            .option("--constant", meant)
            .argument(facts.field.unwrap_or("REMOTE"))
            .optional("--object", facts.object)
            .optional("--event", facts.rule_event)
            .of(scope),
        Some((_, options)) if options.default.as_deref() == Some(refused) => {
            mapping_set(facts).option("--default", meant).of(scope)
        }
        // What was refused may be what the row itself makes of ours.
        Some((_, options)) => {
            let mut made = options.values.iter();
            let ours = made.find(|(_, theirs)| theirs.as_str() == refused);
            let ours = ours.map_or(refused, |(ours, _)| ours);
            mapping_set(facts)
                .option("--value", &pair(ours, facts))
                .of(scope)
        }
        None => mapping_set(facts)
            .option("--value", &pair(refused, facts))
            .of(scope),
    }
}

fn lost_field(facts: &CauseFacts<'_>, scope: HintScope<'_>) -> String {
    let lost = facts.field.unwrap_or("REMOTE");
    match (facts.guess, facts.qualifier) {
        (Some(found), Some((qualifier, _))) => Command::new("qualifier map")
            .argument(qualifier)
            .option("--to", found)
            .optional("--object", facts.object)
            .of(scope),
        (None, Some((qualifier, _))) => Command::new("qualifier unmap")
            .argument(qualifier)
            .of(scope),
        (Some(found), None) => {
            let set = mapping_set_to(facts, found).of(scope);
            match facts.rule.map(|rule| &rule.source) {
                // A field of ours moves; what is named by its target is made anew, and the old row goes.
                Some(Source::Constant(_) | Source::Template(_)) => {
                    format!("{set} && {}", mapping_unset(facts, lost).of(scope))
                }
                _ => set,
            }
        }
        (None, None) => mapping_unset(facts, lost).of(scope),
    }
}

fn mapping_unset(facts: &CauseFacts<'_>, remote: &str) -> Command {
    Command::new("mapping unset")
        .argument(remote)
        .optional("--object", facts.object)
        .optional("--event", facts.rule_event)
}

fn mapping_set(facts: &CauseFacts<'_>) -> Command {
    mapping_set_to(facts, facts.field.unwrap_or("REMOTE"))
}

/// `mapping set` as it would make the row that is there now, on its way to `remote`.
fn mapping_set_to(facts: &CauseFacts<'_>, remote: &str) -> Command {
    let command = match facts.rule.map(|rule| &rule.source) {
        Some(Source::Field(key)) => Command::new("mapping set").argument(key),
        Some(Source::Constant(text)) => Command::new("mapping set").option("--constant", text),
        Some(Source::Template(text)) => Command::new("mapping set").option("--template", text),
        None => Command::new("mapping set").argument("FIELD"),
    };
    command
        .argument(remote)
        .optional("--object", facts.object)
        .optional("--event", facts.rule_event)
}

/// One lead is edited; of several a person first sees which.
fn edit_leads(facts: &CauseFacts<'_>, scope: HintScope<'_>) -> String {
    if facts.count > 1 {
        return show_leads(facts.category, scope);
    }
    if let (None, Some((qualifier, _))) = (facts.rule, facts.qualifier) {
        return Command::new("lead edit")
            .argument(facts.lead)
            .option("--qualifier", &format!("{qualifier}=ANSWER"))
            .0;
    }
    let named = match facts.rule.map(|rule| &rule.source) {
        Some(Source::Template(text)) => {
            template_fields(text).unwrap_or_default().into_iter().next()
        }
        _ => None,
    };
    let field = match facts.rule.map(|rule| &rule.source) {
        Some(Source::Field(key)) => key,
        Some(Source::Template(_)) => named.as_deref().unwrap_or("FIELD"),
        // A lead without a company is told by our own name of what it lacks.
        _ if facts.category == Category::NotEnoughData => facts
            .field
            .and_then(field_info)
            .map_or("email", |field| field.key),
        _ => "FIELD",
    };
    Command::new("lead edit")
        .argument(facts.lead)
        .option("--set", &format!("{field}=VALUE"))
        .0
}

fn show_leads(category: Category, scope: HintScope<'_>) -> String {
    Command::new("reconcile")
        .optional("--event", scope.event)
        .option("--category", category.code())
        .of(scope)
}

#[cfg(test)]
#[path = "hints_tests.rs"]
mod tests;
