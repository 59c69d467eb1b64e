//! `--dry-run`: the plan and its leads, and nothing pushed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Ended, Scene};
use crate::app::{Planned, Prepared};
use crate::cli::command_error::CommandError;
use crate::cli::pushing::{self, push_failed};
use crate::domain::plan::{PlannedAction, PlannedLead};
use crate::exit::ExitStatus;
use crate::ui::format::counted;
use crate::ui::plan::{self as screen, PlanView};

impl Scene<'_> {
    /// Plans, and shows the plan.
    ///
    /// # Errors
    /// What keeps a plan from being made.
    pub(super) async fn dry_run(&self, prepared: &Prepared) -> Result<Ended, CommandError> {
        let failed = |error| push_failed(self.integration, error);
        let planned = prepared.dry_run(&self.request).await.map_err(failed)?;
        let (context, ui) = (self.context, &self.context.ui);
        let summary = &planned.rehearsal.summary;
        let mut status = pushing::exit_of(summary);
        for note in &summary.notes {
            ui.note(note);
        }
        if let Some(message) = planned.rehearsal.stopped() {
            ui.warning(format!("the plan is not whole: {message}"));
        }
        if let Some((_, message)) = planned.guard(self.guards()) {
            status = status.combine(ExitStatus::Stopped);
            ui.warning(format!("the push would not begin: {message}"));
        }
        let document = if ui.json() {
            let document = planned.document(self.guards()).await.map_err(failed)?;
            serde_json::to_value(document).unwrap_or_default()
        } else {
            self.show(&planned).await?;
            context.ui.next(&format!("mobly-sync {}", self.command()));
            Value::Null
        };
        Ok(Ended {
            document,
            status,
            pushed: 0,
            summary: None,
        })
    }

    /// The command of the push itself.
    pub(super) fn command(&self) -> &str {
        self.request.command.trim_end_matches(" --dry-run")
    }

    /// The plan's lines and its leads: for people a few of them, for programs a row for each field of each.
    async fn show(&self, planned: &Planned) -> Result<(), CommandError> {
        let ui = &self.context.ui;
        if !ui.out_is_terminal() {
            // A pipe wants the rows alone.
            for line in screen::lines(ui.theme(), ui.width(), &self.view(planned)) {
                ui.status(line);
            }
            screen::differences(ui, &self.all(planned).await?);
            return Ok(());
        }
        let failures = self.failures(planned).await?;
        let view = PlanView {
            categories: Vec::new(),
            ..self.view(planned)
        };
        for line in screen::lines(ui.theme(), ui.width(), &view) {
            ui.data(line);
        }
        for line in section(failures) {
            ui.data(line);
        }
        let (leads, more) = match self.options.limit {
            Some(_) => (self.all(planned).await?, 0),
            None => self.samples(planned, &BTreeSet::new()).await?,
        };
        if !leads.is_empty() {
            ui.data("");
        }
        screen::differences(ui, &leads);
        if more > 0 {
            ui.status(format!(
                "{} more: mobly-sync {} --dry-run --json",
                counted(more, "lead"),
                self.command()
            ));
        }
        Ok(())
    }

    async fn all(&self, planned: &Planned) -> Result<Vec<PlannedLead>, CommandError> {
        let leads = planned.leads(&PlannedAction::ALL, 0, None).await;
        leads.map_err(|error| push_failed(self.integration, error))
    }
}

/// Lines with a blank one before them.
pub(super) fn section(lines: Vec<String>) -> impl Iterator<Item = String> {
    let blank = (!lines.is_empty()).then(String::new);
    blank.into_iter().chain(lines)
}
