//! `log LEAD`: what was sent, what came back.
//!
//! The current issue is the last attempt of a lead that is not there, unless that attempt went well. A cleared lead has none,
//! but keeps its whole log (product.md 13).

mod view;

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::board::{BoardState, LeadLine};
use crate::domain::failure::Phase;
use crate::domain::ids::LeadId;
use crate::domain::integration::Integration;
use crate::domain::run::{AttemptEntry, AttemptStatus};
use crate::exit::ExitStatus;
use crate::store::write_backs::WriteBackState;
use crate::store::{Selection, Store};

/// Show what was sent for a lead, and the vendor's answer
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync log ann@example.com\n  mobly-sync log 7XK2M9QD --all --json"
)]
pub struct LogArgs {
    /// The lead, by id, prefix of four or more, or e-mail
    pub lead: String,

    /// Every attempt, not only the current issue
    #[arg(long)]
    pub all: bool,
}

#[derive(Serialize)]
struct Document {
    integration: String,
    lead: Value,
    attempts: Vec<Value>,
    write_back: Option<WriteBackDocument>,
}

/// Whether the lead's source was told of its record.
#[derive(Serialize)]
struct WriteBackDocument {
    source: String,
    remote_id: Option<String>,
    told: bool,
    waiting: bool,
    at: String,
    message: Option<String>,
}

impl From<WriteBackState> for WriteBackDocument {
    fn from(state: WriteBackState) -> Self {
        Self {
            source: state.source,
            remote_id: state.remote_id,
            told: state.told == Some(true),
            waiting: state.told.is_none(),
            at: state.at.to_string(),
            message: state.message,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// If there is no such lead.
pub async fn run(context: &Context, args: &LogArgs) -> Result<ExitStatus, CommandError> {
    let (app, store) = context.open()?;
    let mut documents = Vec::new();
    let lead = context.lead(&store, &args.lead)?;
    let now = context.now(&app, &store)?;
    for integration in context.integrations(&store)? {
        let line = line(&store, &integration, lead)?;
        let attempts = attempts(&store, &integration, lead, line.as_ref(), args.all)?;
        let write_back = match &integration.account {
            Some(account) => store.write_back_of(account.id, lead)?,
            None => None,
        };
        if context.ui.json() {
            documents.push(Document {
                integration: integration.name.clone(),
                lead: match &line {
                    Some(line) => serde_json::to_value(line).unwrap_or_default(),
                    None => bare(&store, lead)?,
                },
                attempts: attempts.iter().map(document).collect(),
                write_back: write_back.map(WriteBackDocument::from),
            });
        } else {
            let sight = view::Sight {
                context,
                integration: &integration,
                all: args.all,
                now,
            };
            let name = line
                .as_ref()
                .map_or_else(|| store.ids().encode(lead), |line| line.id.clone());
            sight.show(&name, line.as_ref(), &attempts, write_back.as_ref());
        }
    }
    if context.ui.json() {
        let several = context
            .globals
            .integration
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("all"));
        match documents.first() {
            Some(only) if !several => context.ui.document(only),
            _ => context.ui.document(&json!({ "integrations": documents })),
        }
    }
    Ok(ExitStatus::Done)
}

/// An attempt with the steps of one phase as one: the deciding call on top, the others of several campaigns or activities below
/// it.
fn document(attempt: &AttemptEntry) -> Value {
    let mut phases: Vec<Value> = Vec::new();
    let mut last = None;
    for phase in &attempt.phases {
        let step = serde_json::to_value(phase).unwrap_or_default();
        let several =
            matches!(phase.name, Phase::Campaign | Phase::Activity) && last == Some(phase.name);
        last = Some(phase.name);
        match phases.last_mut().and_then(Value::as_object_mut) {
            Some(deciding) if several => {
                let first = Value::Object(deciding.clone());
                let calls = deciding.entry("calls").or_insert_with(|| json!([first]));
                if let Some(calls) = calls.as_array_mut() {
                    calls.push(step);
                }
            }
            _ => phases.push(step),
        }
    }
    let mut document = serde_json::to_value(attempt).unwrap_or_default();
    document["phases"] = Value::Array(phases);
    document
}

fn line(
    store: &Store,
    integration: &Integration,
    lead: LeadId,
) -> Result<Option<LeadLine>, CommandError> {
    let selection = Selection {
        lead: Some(lead),
        ..Selection::default()
    };
    let mut found = None;
    store.lead_lines(integration, &selection, Some(1), &mut |line| {
        found = Some(line);
        Ok(())
    })?;
    Ok(found)
}

fn attempts(
    store: &Store,
    integration: &Integration,
    lead: LeadId,
    line: Option<&LeadLine>,
    all: bool,
) -> Result<Vec<AttemptEntry>, CommandError> {
    let Some(account) = &integration.account else {
        return Ok(Vec::new());
    };
    let mut attempts = store.attempts(account.id, lead, all)?;
    let cleared = line.is_some_and(|line| line.state == BoardState::Cleared);
    if !all {
        attempts.retain(|attempt| !cleared && attempt.status != AttemptStatus::Cleared);
    }
    // Written down as answers came; told in the order the steps depend on each other.
    for attempt in &mut attempts {
        attempt.phases.sort_by_key(|phase| phase.name);
    }
    Ok(attempts)
}

/// A lead that is on no board of this connection: it never had an account.
fn bare(store: &Store, lead: LeadId) -> Result<Value, CommandError> {
    let found = store.load_leads(&[lead])?.pop();
    Ok(json!({
        "id": store.ids().encode(lead),
        "name": found.as_ref().map(crate::domain::lead::Lead::display_name),
        "email": found.as_ref().and_then(|lead| lead.field("email")),
        "event": found.as_ref().and_then(|lead| lead.events.last().map(|event| event.name.clone())),
        "events": found
            .as_ref()
            .map(|lead| lead.events.iter().map(|event| event.name.clone()).collect::<Vec<_>>())
            .unwrap_or_default(),
        "state": null, "category": null, "landed": false, "ignored": false, "record": null, "run": null, "message": null,
        "reason": null,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RunId;
    use crate::domain::run::PhaseEntry;

    #[test]
    fn several_campaigns_are_one_phase_with_the_deciding_call_on_top() {
        let phase = |name, ok, note: &str| PhaseEntry::local(name, ok, Some(note.to_owned()));
        let attempt = AttemptEntry {
            id: 1,
            run: RunId(1),
            event: None,
            started: String::new(),
            finished: None,
            trigger: "auto".into(),
            status: AttemptStatus::Failed,
            result: None,
            category: None,
            message: None,
            phases: vec![
                phase(Phase::Person, true, "person"),
                phase(Phase::Campaign, false, "refused"),
                phase(Phase::Campaign, true, "joined"),
            ],
        };
        let document = document(&attempt);
        let phases = document["phases"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(phases.len(), 2);
        assert_eq!(phases[0].get("calls"), None);
        assert_eq!(phases[1]["note"], "refused");
        let notes: Vec<&Value> = [0, 1]
            .iter()
            .map(|at| &phases[1]["calls"][at]["note"])
            .collect();
        assert_eq!(notes, ["refused", "joined"]);
    }
}
