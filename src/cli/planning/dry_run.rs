//! `--dry-run`: the plan and its leads, and nothing pushed.

use serde_json::Value;

use super::{Ended, SHOWN, Scene};
use crate::app::{Planned, Prepared};
use crate::cli::command_error::CommandError;
use crate::cli::pushing::{self, push_failed};
use crate::exit::ExitStatus;
use crate::ui::format::{count, counted};
use crate::ui::plan as screen;

impl Scene<'_> {
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
        if let Some(message) = planned.guard(self.options.max_overwrites, self.options.max_creates)
        {
            status = status.combine(ExitStatus::Stopped);
            ui.warning(format!("the push would not begin: {message}"));
        }
        let document = if ui.json() {
            let document = planned.document().await.map_err(failed)?;
            serde_json::to_value(document).unwrap_or_default()
        } else {
            self.show(&planned).await?;
            let command = self.request.command.trim_end_matches(" --dry-run");
            context.ui.next(&format!("mobly-sync {command}"));
            Value::Null
        };
        Ok(Ended {
            document,
            status,
            pushed: 0,
            summary: None,
        })
    }

    /// The plan's lines and its leads.
    async fn show(&self, planned: &Planned) -> Result<(), CommandError> {
        let ui = &self.context.ui;
        for line in screen::lines(ui.theme(), &self.view(planned)) {
            // A pipe wants the rows alone.
            match ui.out_is_terminal() {
                true => ui.data(line),
                false => ui.status(line),
            }
        }
        let limit = ui.out_is_terminal().then_some(SHOWN);
        let limit = self.options.limit.map_or(limit, |_| None);
        let leads = planned.leads(0, limit).await;
        let leads = leads.map_err(|error| push_failed(self.integration, error))?;
        if ui.out_is_terminal() && !leads.is_empty() {
            ui.data("");
        }
        screen::differences(ui, &leads);
        let totals = planned.rehearsal.totals;
        let all = totals.create + totals.update + totals.unchanged + totals.fail + totals.skip;
        let shown = u64::try_from(leads.len()).unwrap_or(u64::MAX);
        if all > shown {
            ui.status(format!(
                "{} of {} shown; piped or with --json all are",
                count(shown),
                counted(all, "lead")
            ));
        }
        Ok(())
    }
}
