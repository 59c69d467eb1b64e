//! A push that is planned first: the guards on counts, the question, and five to begin with.

use std::collections::BTreeSet;

use super::dry_run::section;
use super::{Ended, Scene};
use crate::app::{Planned, Prepared};
use crate::cli::command_error::CommandError;
use crate::cli::parts::declined;
use crate::cli::pushing::{self, push_failed};
use crate::domain::plan::PlannedAction;
use crate::domain::run::StopReason;
use crate::exit::ExitStatus;
use crate::ui::format::{count, counted, width};
use crate::ui::plan as screen;

/// How many are pushed to try a plan out.
const A_FEW: u64 = 5;
/// What stands around a question: the signs of the prompt, and the answer.
const ANSWER: usize = 6;

impl Scene<'_> {
    /// Pushes by a plan, unless a guard on counts or somebody who was asked says no.
    ///
    /// # Errors
    /// What keeps a push from beginning, and a no.
    pub(super) async fn push(&self, prepared: &Prepared) -> Result<Ended, CommandError> {
        let failed = |error| push_failed(self.integration, error);
        let planned = prepared.plan(&self.request).await.map_err(failed)?;
        let played = &planned.rehearsal.summary;
        // A refused sign-in is the push's own to record.
        if !played.sign_in_refused {
            let stopped = planned.rehearsal.stopped();
            let guard = planned.guard(self.guards()).filter(|_| stopped.is_none());
            let is_guard = guard.is_some();
            let refusal = stopped
                .map(|message| (None, message))
                .or_else(|| guard.map(|(guard, message)| (Some(guard), message)));
            if let Some((guard, message)) = refusal {
                let refused = prepared
                    .refuse(&self.request, &planned, message, guard)
                    .await;
                let summary = refused.map_err(failed)?;
                pushing::show(self.context, self.integration, &summary);
                if is_guard {
                    let command = &self.request.command;
                    self.context
                        .ui
                        .next(&format!("mobly-sync {command} --dry-run"));
                }
                return Ok(Ended::pushed(summary));
            }
            if self.asks {
                return self.ask(prepared, &planned).await;
            }
        }
        self.go(prepared, &planned, self.request.selection.limit, false)
            .await
    }

    /// Pushes by the plan, at most `limit` leads, and shows how it went. `tries`: it is a beginning, whose end is no stop.
    async fn go(
        &self,
        prepared: &Prepared,
        planned: &Planned,
        limit: Option<u64>,
        tries: bool,
    ) -> Result<Ended, CommandError> {
        let mut request = self.request.clone();
        request.selection.limit = limit;
        // The plan has seen to it, and what was tried out is not due any more.
        request.expect = None;
        let pushed = prepared.push(request, Some(&planned.rehearsal)).await;
        let mut summary = pushed.map_err(|error| push_failed(self.integration, error))?;
        if tries && summary.stopped == Some(StopReason::Limit) {
            // Nobody set a limit: the rest is asked for next.
            summary.stopped = None;
            summary.stop_message = None;
        }
        pushing::show(self.context, self.integration, &summary);
        Ok(Ended::pushed(summary))
    }

    /// Shows the plan and asks until there is an answer.
    async fn ask(&self, prepared: &Prepared, planned: &Planned) -> Result<Ended, CommandError> {
        let (ui, totals) = (&self.context.ui, planned.rehearsal.totals);
        for line in screen::lines(ui.theme(), ui.width(), &self.view(planned)) {
            ui.status(line);
        }
        ui.status("");
        let people = totals.create + totals.update + totals.unchanged + totals.fail;
        let mut tried: Option<Ended> = None;
        loop {
            let answer = self.question(people, tried.as_ref())?;
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => {
                    let done = tried.as_ref().map_or(0, |few| few.pushed);
                    let limit = self.request.selection.limit;
                    let limit = limit.map(|limit| limit.saturating_sub(done));
                    let mut ended = self.go(prepared, planned, limit, false).await?;
                    if let Some(few) = &tried {
                        ended.status = ended.status.combine(few.status);
                        ended.pushed += few.pushed;
                    }
                    return Ok(ended);
                }
                "d" | "differences" => self.differences(planned, tried.as_ref()).await?,
                "5" | "five" if tried.is_none() && self.may_try_a_few(people) => {
                    let few = self.go(prepared, planned, Some(A_FEW), true).await?;
                    let goes_on = matches!(few.status, ExitStatus::Done | ExitStatus::SomeFailed);
                    if !goes_on {
                        return Ok(few);
                    }
                    tried = Some(few);
                }
                "n" | "no" | "" => {
                    // What was tried stands, and the rest waits as it did.
                    return tried.map_or_else(
                        || Err(declined()),
                        |mut few| {
                            few.status = few.status.combine(ExitStatus::Stopped);
                            Ok(few)
                        },
                    );
                }
                _ if tried.is_none() && self.may_try_a_few(people) => ui.status("y, n, d or 5"),
                _ => ui.status("y, n or d"),
            }
        }
    }

    /// Whether a few can go first: those that went must not be among the rest.
    fn may_try_a_few(&self, people: u64) -> bool {
        let chosen = &self.request.selection;
        let chosen_again = self.request.again || (chosen.failed && chosen.limit.is_some());
        people > A_FEW && !chosen_again
    }

    /// Asks once; an empty answer is a no.
    fn question(&self, people: u64, tried: Option<&Ended>) -> Result<String, CommandError> {
        let (ui, environment) = (&self.context.ui, self.environment());
        let what = match tried {
            None => format!("Push {} people to {environment}?", count(people)),
            Some(few) => {
                let rest = count(people.saturating_sub(few.pushed));
                format!("Push the other {rest} to {environment}?")
            }
        };
        let five = match tried.is_none() && self.may_try_a_few(people) {
            true => "  [5] try five first",
            false => "",
        };
        let answers = format!("[y]es  [N]o  [d]ifferences{five}");
        let whole = format!("{what}  {answers}");
        // A question that wraps would be drawn twice.
        let asked = match width(&whole) + ANSWER <= ui.width() {
            true => whole,
            false => {
                ui.status(what);
                answers
            }
        };
        Ok(ui.prompter().input(&asked, Some(""))?)
    }

    /// What would fail and why, and a few leads in full; those that were tried are told no more.
    async fn differences(
        &self,
        planned: &Planned,
        tried: Option<&Ended>,
    ) -> Result<(), CommandError> {
        let ui = &self.context.ui;
        for line in section(self.failures(planned).await?) {
            ui.status(line);
        }
        ui.status("");
        let mut done = BTreeSet::new();
        if let Some(few) = tried {
            let number = usize::try_from(few.pushed).unwrap_or(0);
            let leads = planned.leads(&PlannedAction::ALL, 0, Some(number)).await;
            let leads = leads.map_err(|error| push_failed(self.integration, error))?;
            done.extend(leads.into_iter().map(|lead| lead.id));
        }
        let (leads, more) = self.samples(planned, &done).await?;
        screen::differences_beside(ui, &leads);
        if more > 0 {
            ui.status(format!(
                "{} more: mobly-sync {} --dry-run --json",
                counted(more, "lead"),
                self.command()
            ));
        }
        ui.status("");
        Ok(())
    }
}
