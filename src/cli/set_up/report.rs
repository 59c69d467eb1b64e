//! How a change of the mapping is told: each row before and after, what it concerns, what to do next. No change pushes
//! anything.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Setup;
use super::rows::Row;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::domain::hints::quote;
use crate::domain::ids::{EventId, RunId};
use crate::domain::mapping::Rule;
use crate::domain::sync_state::PreSyncReason;
use crate::ui::Ui;
use crate::ui::format::{counted, width};

/// One row before and after.
#[derive(Debug, Clone, Serialize)]
pub struct RowChange {
    object: String,
    remote: String,
    event: Option<String>,
    before: Option<Row>,
    after: Option<Row>,
}

impl RowChange {
    /// Whether a row that was there changes or goes.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.before.is_some()
    }
}

/// What a command has to say beside the rows.
#[derive(Debug, Default)]
pub struct Told {
    /// Worth knowing.
    pub notes: Vec<String>,
    /// Worth a second look.
    pub warnings: Vec<String>,
    /// Further keys of the document.
    pub extra: Map<String, Value>,
    /// The event a rule is for: only its leads are concerned.
    pub event: Option<EventId>,
    /// What to say where nothing changed.
    pub unchanged: &'static str,
    /// Changes that are no rows, in words (targets of qualifiers).
    pub others: Vec<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    changed: bool,
    run: Option<RunId>,
    changes: &'a [RowChange],
    cleared: u64,
    again: Option<&'a str>,
    due: u64,
    next: Option<&'a str>,
    notes: &'a [String],
    warnings: &'a [String],
    #[serde(flatten)]
    extra: &'a Map<String, Value>,
}

impl Setup {
    /// The rows that differ, in the order of lists.
    #[must_use]
    pub fn changes(&self, before: &[Rule], after: &[Rule]) -> Vec<RowChange> {
        let key = |rule: &Rule| (rule.object.clone(), rule.remote.clone(), rule.event);
        let find = |rules: &[Rule], wanted: &Rule| {
            rules.iter().find(|rule| key(rule) == key(wanted)).cloned()
        };
        let bare = |rule: Option<&Rule>| {
            rule.map(|rule| Rule {
                described: None,
                ..rule.clone()
            })
        };
        let gone = before.iter().filter(|old| find(after, old).is_none());
        let mut all: Vec<&Rule> = after.iter().chain(gone).collect();
        all.sort_by_cached_key(|rule| crate::engine::set_up::order(self.vendor, rule));
        all.into_iter()
            .map(|rule| (find(before, rule), find(after, rule), rule))
            .filter(|(old, new, _)| bare(old.as_ref()) != bare(new.as_ref()))
            .map(|(old, new, rule)| RowChange {
                object: rule.object.clone(),
                remote: rule.remote.clone(),
                event: rule.event.map(|id| self.event_name(id)),
                before: old.map(|rule| self.row(&rule, None)),
                after: new.map(|rule| self.row(&rule, None)),
            })
            .collect()
    }

    /// Tells what a command changed: `before` are the rows as they were, those of now are read.
    ///
    /// # Errors
    /// As every statement.
    pub fn tell(
        &mut self,
        context: &Context,
        before: &[Rule],
        run: Option<RunId>,
        told: &Told,
    ) -> Result<(), CommandError> {
        let was_mapped = self.integration.mapped;
        if let Some(fresh) = self.store.integration_by_id(self.integration.id)? {
            self.integration = fresh;
        }
        let changes = self.changes(before, &self.store.rules(self.integration.id)?);
        let cleared = match run {
            Some(_) => {
                self.store
                    .board_summary(&self.integration, told.event)?
                    .cleared
            }
            None => 0,
        };
        let again = (cleared > 0).then(|| self.again(told.event));
        let due = self.due()?;
        let next = (due > 0).then(|| self.command("sync"));
        let mut warnings = told.warnings.clone();
        if was_mapped && !self.integration.mapped {
            warnings.push(
                "no field of a person is filled any more: leads wait in Pre-Sync until one is"
                    .to_owned(),
            );
        }
        let ui = &context.ui;
        if ui.json() {
            for warning in &warnings {
                ui.warning(warning);
            }
            ui.document(&Document {
                integration: &self.integration.name,
                changed: run.is_some(),
                run,
                changes: &changes,
                cleared,
                again: again.as_deref(),
                due,
                next: next.as_deref(),
                notes: &told.notes,
                warnings: &warnings,
                extra: &told.extra,
            });
            return Ok(());
        }
        show(ui, &changes);
        for line in &told.others {
            ui.status(line);
        }
        if run.is_none() {
            ui.status(told.unchanged);
        }
        for note in &told.notes {
            ui.note(note);
        }
        for warning in &warnings {
            ui.warning(warning);
        }
        if let Some(again) = &again {
            ui.status(format_args!(
                "{} as before the change; to bring them up to date: {}",
                counted_stay(cleared),
                ui.theme().good(again)
            ));
        }
        if let Some(next) = &next {
            ui.status(format_args!(
                "{} due; nothing was pushed.",
                if due == 1 {
                    "1 lead is".to_owned()
                } else {
                    format!("{} are", counted(due, "lead"))
                }
            ));
            ui.next(next);
        }
        Ok(())
    }

    /// The command that compares Cleared leads again, those of an event or all.
    #[must_use]
    pub fn again(&self, event: Option<EventId>) -> String {
        match event {
            Some(event) => {
                let name = self.event_name(event);
                self.command(&format!("sync-event {} --again", quote(&name)))
            }
            None => self.command("sync --again"),
        }
    }

    /// Leads the next `sync` takes.
    ///
    /// # Errors
    /// As every statement.
    pub fn due(&self) -> Result<u64, CommandError> {
        let counts = self.store.pre_sync_counts(&self.integration, None)?;
        Ok(counts
            .iter()
            .filter(|(reason, _)| *reason == PreSyncReason::Queued)
            .map(|(_, count)| count)
            .sum())
    }
}

fn counted_stay(cleared: u64) -> String {
    match cleared {
        1 => "1 Cleared lead stays".to_owned(),
        several => format!("{} stay", counted(several, "Cleared lead")),
    }
}

/// The rows that differ, one a line.
pub fn show(ui: &Ui, changes: &[RowChange]) {
    let symbols = ui.theme().symbols();
    let target = |change: &RowChange| {
        let row = change.after.as_ref().or(change.before.as_ref());
        let field = row.map_or(change.remote.as_str(), |row| row.shown());
        format!("{}.{field}", change.object)
    };
    let widest = changes
        .iter()
        .map(|change| width(&target(change)))
        .max()
        .unwrap_or(0);
    for change in changes {
        let words = |row: Option<&Row>| row.map_or_else(|| symbols.none.to_owned(), Row::in_words);
        let (before, after) = (words(change.before.as_ref()), words(change.after.as_ref()));
        let what = format!("{before} {} {after}", symbols.arrow);
        ui.status(format_args!(
            "{}  {}",
            crate::ui::format::pad(&target(change), widest),
            crate::ui::format::clean(&what)
        ));
    }
}
